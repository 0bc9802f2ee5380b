/**
 * Localised texts: puts the amended qualifiers of an .mfl file back into the classes that they were split from.
 *
 * mofcomp -AMENDMENT splits a MOF in two, a neutral .mof and an .mfl that repeats the classes with their `: amended`
 * qualifiers only; wmimofck -y -z joins them again.
 */
import { nameKey } from '../text/name-key.js';
import {
  type ClassDeclaration,
  type ClassFeature,
  type Identifier,
  type MofProduction,
  type Parameter,
  type Qualifier,
} from '../../grammar/index.js';
import { type Span } from '../text/span.js';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { composer } from '../text/composition.js';
import { type SourceFile } from '../text/source-file.js';
import { addTo } from '../text/lists.js';

/** A production and the text that contains it. */
export interface PlacedProduction {
  readonly source: SourceFile;
  readonly node: MofProduction;
}

/** A class of an .mfl file, or one that a joined file repeats with the qualifier `amendment`. */
export interface Amendment {
  readonly source: SourceFile;
  readonly node: ClassDeclaration;
}

/** A syntax node with qualifiers. */
interface Element {
  readonly name: Identifier;
  readonly qualifiers: readonly Qualifier[];
  readonly span: Span;
}

/** A change of a text: `[start, end)` is replaced by a part of another text. */
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
    node.qualifiers.some(({ name }) => nameKey(name) === 'amendment')
  );
}

export function isAmended({ flavors }: Qualifier): boolean {
  return flavors.some((flavor) => nameKey(flavor) === 'amended');
}

/** The texts of `productions` with the texts of `amendments` in them; only those that change are in the map. */
export function amendedSources(
  productions: readonly PlacedProduction[],
  amendments: readonly Amendment[],
): ReadonlyMap<SourceFile, SourceFile> {
  if (amendments.length === 0) return new Map();
  const byName = grouped(amendments.map((each) => ({ ...each, name: each.node.name })));
  const edits = new Map<SourceFile, Edit[]>();
  for (const { source, node } of productions) {
    if (node.kind !== 'ClassDeclaration' || node.features === undefined || isAmendment(node))
      continue;
    const amending = byName.get(nameKey(node.name));
    if (amending === undefined) continue;
    const ofSource = edits.get(source) ?? [];
    const features = grouped(node.features);
    for (const amendment of amending) addEdits(ofSource, source, node, features, amendment);
    if (ofSource.length > 0) edits.set(source, ofSource);
  }
  return new Map([...edits].map(([source, found]) => [source, edited(source, found)]));
}

/** Reports amendments of declarations that `productions` lack. */
export function findStrayAmendments(
  productions: readonly PlacedProduction[],
  amendments: readonly Amendment[],
): Diagnostic[] {
  if (amendments.length === 0) return [];
  const classes = declaredClasses(productions);
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
    const features = classes.get(nameKey(node.name));
    if (features === undefined) {
      if (hasAmended(node)) add(source, node, `the class '${node.name.name}'`);
      continue;
    }
    for (const feature of node.features ?? []) {
      const all = features.get(nameKey(feature.name)) ?? [];
      const name = `${node.name.name}.${feature.name.name}`;
      if (all.length === 0) {
        if (hasAmended(feature)) add(source, feature, `'${name}'`);
        continue;
      }
      const parameters = grouped(all.flatMap(parametersOf));
      for (const parameter of parametersOf(feature)) {
        if (!parameters.has(nameKey(parameter.name)) && hasAmended(parameter)) {
          add(source, parameter, `the parameter '${parameter.name.name}' of '${name}'`);
        }
      }
    }
  }
  return stray;
}

type Features = ReadonlyMap<string, readonly ClassFeature[]>;

/** The features of all declarations of each class, by the names of both. */
function declaredClasses(productions: readonly PlacedProduction[]): ReadonlyMap<string, Features> {
  const nodes = productions.flatMap(({ node }) =>
    node.kind === 'ClassDeclaration' && !isAmendment(node) ? [node] : [],
  );
  return new Map(
    [...grouped(nodes)].map(([name, found]) => [
      name,
      grouped(found.flatMap(({ features }) => features ?? [])),
    ]),
  );
}

/** Whether the element or a part of it has an amended qualifier. */
export function hasAmended(element: Element | ClassDeclaration | ClassFeature): boolean {
  if (element.qualifiers.some(isAmended)) return true;
  if (!('kind' in element)) return false;
  if (element.kind === 'ClassDeclaration') return (element.features ?? []).some(hasAmended);
  return element.kind === 'MethodDeclaration' && element.parameters.some(hasAmended);
}

function addEdits(
  edits: Edit[],
  source: SourceFile,
  target: ClassDeclaration,
  features: Features,
  { source: from, node }: Amendment,
): void {
  const amend = (element: Element, amending: Element) => {
    for (const edit of elementEdits(source, element, from, amending)) edits.push(edit);
  };
  amend(target, node);
  for (const feature of node.features ?? []) {
    for (const found of features.get(nameKey(feature.name)) ?? []) {
      amend(found, feature);
      const parameters = grouped(parametersOf(found));
      for (const parameter of parametersOf(feature)) {
        for (const same of parameters.get(nameKey(parameter.name)) ?? []) amend(same, parameter);
      }
    }
  }
}

/** Replaces qualifiers of the same name, and appends the others after the last one. */
function elementEdits(
  source: SourceFile,
  target: Element,
  from: SourceFile,
  amending: Element,
): Edit[] {
  const added: Edit[] = [];
  const edits: Edit[] = [];
  const amended = amending.qualifiers.filter(isAmended);
  if (amended.length === 0) return [];
  const present = grouped(target.qualifiers);
  for (const each of amended) {
    const qualifier = { source: from, span: each.span };
    const [before] = present.get(nameKey(each.name)) ?? [];
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

/** All of the same name together, each in the order of the text. */
function grouped<T extends { readonly name: Identifier }>(all: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all) {
    const name = nameKey(each.name);
    addTo(groups, name, each);
  }
  return groups;
}

function parametersOf(feature: ClassFeature): readonly Parameter[] {
  return feature.kind === 'MethodDeclaration' ? feature.parameters : [];
}
