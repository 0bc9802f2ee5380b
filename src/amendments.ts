/**
 * Localised texts: puts the amended qualifiers of an .mfl file back into the classes that they were split from.
 *
 * mofcomp -AMENDMENT splits a MOF in two, a neutral .mof and an .mfl that repeats the classes with their `: amended`
 * qualifiers only; wmimofck -y -z joins them again. It works on texts and syntax trees and must not know what a qualifier
 * means.
 */
import {
  type ClassDeclaration,
  type ClassFeature,
  type Identifier,
  type MofProduction,
  type Parameter,
  type Qualifier,
  type Span,
} from '../grammar/index.js';
import { type Diagnostic, diagnostic } from './diagnostics/diagnostic.js';
import { composer } from './source/composition.js';
import { type SourceFile } from './source/source-file.js';

/** A production and the text it stands in. */
export interface PlacedProduction {
  readonly source: SourceFile;
  readonly node: MofProduction;
}

/** A class of an .mfl file, or one that a joined file repeats with the qualifier `amendment`. */
export interface Amendment {
  readonly source: SourceFile;
  readonly node: ClassDeclaration;
}

/** What has qualifiers. */
interface Element {
  readonly name: Identifier;
  readonly qualifiers: readonly Qualifier[];
  readonly span: Span;
}

/** A change of a text: `[start, end)` gives way to a part of another one. */
interface Edit {
  readonly start: number;
  readonly end: number;
  readonly before: string;
  readonly qualifier: { readonly source: SourceFile; readonly span: Span };
  readonly after: string;
}

/** Whether `node` is a localised copy of a class that is declared elsewhere. */
export function isAmendment(node: MofProduction): boolean {
  return (
    node.kind === 'ClassDeclaration' &&
    node.qualifiers.some(({ name }) => key(name) === 'amendment')
  );
}

export function isAmended({ flavors }: Qualifier): boolean {
  return flavors.some((flavor) => key(flavor) === 'amended');
}

/** The texts of `productions` with the texts of `amendments` in them; only those that change are in the map. */
export function amendedSources(
  productions: readonly PlacedProduction[],
  amendments: readonly Amendment[],
): ReadonlyMap<SourceFile, SourceFile> {
  const byName = new Map<string, Amendment[]>();
  for (const each of amendments) {
    byName.set(key(each.node.name), [...(byName.get(key(each.node.name)) ?? []), each]);
  }
  const edits = new Map<SourceFile, Edit[]>();
  for (const { source, node } of productions) {
    if (node.kind !== 'ClassDeclaration' || node.features === undefined || isAmendment(node))
      continue;
    for (const amendment of byName.get(key(node.name)) ?? []) {
      const found = editsOf(source, node, amendment);
      if (found.length > 0) edits.set(source, [...(edits.get(source) ?? []), ...found]);
    }
  }
  return new Map([...edits].map(([source, found]) => [source, edited(source, found)]));
}

/** What `amendments` say about something that `productions` do not declare. */
export function findStrayAmendments(
  productions: readonly PlacedProduction[],
  amendments: readonly Amendment[],
): Diagnostic[] {
  const classes = new Map<string, ClassDeclaration[]>();
  for (const { node } of productions) {
    if (node.kind !== 'ClassDeclaration' || isAmendment(node)) continue;
    classes.set(key(node.name), [...(classes.get(key(node.name)) ?? []), node]);
  }
  const help = 'correct the name, or give the .mof that this .mfl was split from';
  const stray: Diagnostic[] = [];
  const add = (source: SourceFile, { name }: Element, what: string) => {
    stray.push(
      diagnostic('MOF1401', { source, span: name.span }, `${what} is amended, but not declared`, {
        help,
      }),
    );
  };
  for (const { source, node } of amendments) {
    const found = classes.get(key(node.name));
    if (found === undefined) {
      if (hasAmended(node)) add(source, node, `the class '${node.name.name}'`);
      continue;
    }
    for (const feature of node.features ?? []) {
      const all = found.flatMap(({ features }) => namesakes(features ?? [], feature));
      const name = `${node.name.name}.${feature.name.name}`;
      if (all.length === 0) {
        if (hasAmended(feature)) add(source, feature, `'${name}'`);
        continue;
      }
      for (const parameter of parametersOf(feature)) {
        const isDeclared = all.some((each) => namesakes(parametersOf(each), parameter).length > 0);
        if (!isDeclared && hasAmended(parameter)) {
          add(source, parameter, `the parameter '${parameter.name.name}' of '${name}'`);
        }
      }
    }
  }
  return stray;
}

/** Whether the element or a part of it has an amended qualifier. */
export function hasAmended(element: Element | ClassDeclaration | ClassFeature): boolean {
  if (element.qualifiers.some(isAmended)) return true;
  if (!('kind' in element)) return false;
  if (element.kind === 'ClassDeclaration') return (element.features ?? []).some(hasAmended);
  return element.kind === 'MethodDeclaration' && element.parameters.some(hasAmended);
}

function editsOf(
  source: SourceFile,
  target: ClassDeclaration,
  { source: from, node }: Amendment,
): Edit[] {
  const edits = elementEdits(source, target, from, node);
  for (const feature of node.features ?? []) {
    for (const found of namesakes(target.features ?? [], feature)) {
      edits.push(...elementEdits(source, found, from, feature));
      for (const parameter of parametersOf(feature)) {
        for (const same of namesakes(parametersOf(found), parameter)) {
          edits.push(...elementEdits(source, same, from, parameter));
        }
      }
    }
  }
  return edits;
}

/** Replaces qualifiers of the same name, and puts the others behind the last one. */
function elementEdits(
  source: SourceFile,
  target: Element,
  from: SourceFile,
  amending: Element,
): Edit[] {
  const added: Edit[] = [];
  const edits: Edit[] = [];
  for (const each of amending.qualifiers) {
    if (!isAmended(each)) continue;
    const qualifier = { source: from, span: each.span };
    const before = target.qualifiers.find(({ name }) => key(name) === key(each.name));
    if (before !== undefined) {
      edits.push({ ...before.span, before: '', qualifier, after: '' });
      continue;
    }
    const last = target.qualifiers.at(-1);
    const { start } = target.span;
    const at = last?.span.end ?? (source.text[start] === '[' ? start + 1 : start);
    added.push({
      start: at,
      end: at,
      before: last === undefined ? '' : ', ',
      qualifier,
      after: '',
    });
  }
  return [...edits, ...(target.qualifiers.length > 0 ? added : bracketed(source, target, added))];
}

/** The first qualifiers of something that has none: they need commas between them, and perhaps brackets. */
function bracketed(source: SourceFile, { span }: Element, added: readonly Edit[]): Edit[] {
  const hasBrackets = source.text[span.start] === '[';
  return added.map((edit, index) => ({
    ...edit,
    before: index > 0 ? ', ' : hasBrackets ? '' : '[',
    after: !hasBrackets && index === added.length - 1 ? '] ' : '',
  }));
}

function edited(source: SourceFile, edits: readonly Edit[]): SourceFile {
  const output = composer();
  let copied = 0;
  // Edits at one place keep their order.
  for (const edit of edits.toSorted((a, b) => a.start - b.start)) {
    if (edit.start < copied) continue;
    output.copy(source, copied, edit.start);
    const { qualifier } = edit;
    output.space(edit.before);
    output.copy(qualifier.source, qualifier.span.start, qualifier.span.end);
    output.space(edit.after);
    copied = edit.end;
  }
  output.copy(source, copied, source.text.length);
  return output.compose(source);
}

function namesakes<T extends Element>(all: readonly T[], wanted: Element): T[] {
  return all.filter(({ name }) => key(name) === key(wanted.name));
}

function parametersOf(feature: ClassFeature): readonly Parameter[] {
  return feature.kind === 'MethodDeclaration' ? feature.parameters : [];
}

function key(name: Identifier): string {
  return name.name.toLowerCase();
}
