/**
 * Splits a MOF in two, as mofcomp -AMENDMENT does: the text without its `: amended` qualifiers, and an .mfl that repeats
 * the classes with those only. It keeps comments and layout.
 */
import { nameKey } from '../text/name-key.js';
import {
  type ClassDeclaration,
  type ClassFeature,
  type Parameter,
  type Qualifier,
} from '../../grammar/index.js';
import { type Span } from '../text/span.js';
import { hasAmended, isAmended, isAmendment, type PlacedProduction } from './amendments.js';
import { type CompilationUnit } from './compilation.js';
import { missingFlavor } from './flavors.js';

export interface SplitTexts {
  readonly neutral: string;
  readonly localized: string;
}

/** The namespace of classes without a `#pragma namespace`: the one into which WMI loads those of drivers. */
const DEFAULT_NAMESPACE = String.raw`\\.\root\wmi`;

/** The locale that the MOF itself names, in `#pragma amendment("MS_409")`. */
export function localeIn({ productions }: CompilationUnit): string | undefined {
  for (const { node } of productions) {
    if (node.kind !== 'CompilerDirective' || nameKey(node.name) !== 'amendment') continue;
    const [locale] = node.arguments ?? [];
    if (locale?.kind === 'String') return locale.value;
  }
  return undefined;
}

/** The number in the name of a locale, `ms_409` or `MS_0x409`; `undefined` for another form. */
export function localeNumber(locale: string): number | undefined {
  const [, digits] = /^ms_(?:0x)?([0-9a-f]{1,5})$/i.exec(locale) ?? [];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/**
 * Splits the first text of `unit`, which must have no errors; files that it names in `#pragma include` are split by
 * themselves. Macros are replaced and textual includes are in place, as both halves are for mofcomp.
 */
export function split(unit: CompilationUnit, locale: number): SplitTexts {
  const source = unit.text;
  const own = unit.productions.filter((each) => each.source === source);
  return {
    neutral: withoutRanges(
      source.text,
      own.flatMap(({ node }) => removals(source.text, node)),
    ),
    localized: localizedText(own, locale).replace(/\r?\n/g, lineEndOf(source.text)),
  };
}

function lineEndOf(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

function withoutRanges(text: string, ranges: readonly Span[]): string {
  const parts: string[] = [];
  let copied = 0;
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    parts.push(text.slice(copied, start));
    copied = Math.max(copied, end);
  }
  return parts.join('') + text.slice(copied);
}

function removals(text: string, node: PlacedProduction['node']): Span[] {
  if (node.kind === 'CompilerDirective') {
    if (nameKey(node.name) !== 'amendment') return [];
    const rest = /^[ \t]*(?:\r\n|\n|\r)?/.exec(text.slice(node.span.end))?.[0].length ?? 0;
    return [{ start: node.span.start, end: node.span.end + rest }];
  }
  if (node.kind !== 'ClassDeclaration' || isAmendment(node)) return [];
  const elements = [
    node,
    ...(node.features ?? []).flatMap((feature) => [feature, ...parametersOf(feature)]),
  ];
  return elements.flatMap(({ qualifiers, span }) => amendedRanges(text, qualifiers, span.start));
}

/** The amended qualifiers of a list that begins at `open`, each with the comma on one side. */
function amendedRanges(text: string, qualifiers: readonly Qualifier[], open: number): Span[] {
  const amended = qualifiers.filter(isAmended);
  const last = qualifiers.at(-1);
  if (amended.length === 0 || last === undefined) return [];
  if (amended.length === qualifiers.length) {
    return [{ start: open, end: endOfList(text, last.span.end) }];
  }
  const firstKept = qualifiers.findIndex((each) => !isAmended(each));
  return qualifiers.flatMap((each, index) => {
    if (!isAmended(each)) return [];
    const before = qualifiers[index - 1];
    return index < firstKept
      ? [{ start: each.span.start, end: qualifiers[index + 1]?.span.start ?? each.span.end }]
      : [{ start: before?.span.end ?? each.span.start, end: each.span.end }];
  });
}

/** The offset after the bracket that closes a list, and the blanks after it. */
function endOfList(text: string, from: number): number {
  const rest = /(?:[^\]/]|\/\/[^\r\n]*|\/\*[^]*?\*\/)*\][ \t]*/y;
  rest.lastIndex = from;
  return from + (rest.exec(text)?.[0].length ?? 0);
}

function localizedText(productions: readonly PlacedProduction[], locale: number): string {
  const digits = locale.toString(16);
  const parts: string[] = [];
  let namespace = DEFAULT_NAMESPACE;
  let written: string | undefined;
  for (const { source, node } of productions) {
    if (node.kind === 'CompilerDirective' && nameKey(node.name) === 'namespace') {
      const [argument] = node.arguments ?? [];
      if (argument?.kind === 'String') namespace = argument.value.replace(/[\\/]+$/, '');
    }
    if (node.kind !== 'ClassDeclaration' || isAmendment(node) || !hasAmended(node)) continue;
    if (written !== namespace) {
      parts.push(
        `#pragma namespace(${quoted(namespace)})\n` +
          `instance of __namespace{ name="ms_${digits}";};\n` +
          `#pragma namespace(${quoted(`${namespace}\\ms_${digits}`)})\n\n`,
      );
      written = namespace;
    }
    parts.push(localizedClass(source.text, node, digits));
  }
  return parts.join('');
}

function quoted(text: string): string {
  return `"${text.replace(/[\\"]/g, '\\$&')}"`;
}

function localizedClass(text: string, node: ClassDeclaration, digits: string): string {
  const of = ({ span }: { readonly span: Span }) => text.slice(span.start, span.end);
  const qualifier = (each: Qualifier) => `${of(each)}${missingFlavor(each)}`;
  const list = (all: readonly Qualifier[]) => {
    const kept = all.filter((each) => isAmended(each) || isKey(each)).map(qualifier);
    return kept.length === 0 ? '' : `[${kept.join(', ')}] `;
  };
  const suffix = (array: ClassFeature | Parameter) =>
    'array' in array && array.array !== undefined ? of(array.array) : '';
  const feature = (each: ClassFeature): string => {
    if (each.kind !== 'MethodDeclaration') {
      return `  ${list(each.qualifiers)}${of(each.type)} ${of(each.name)}${suffix(each)};\n`;
    }
    const parameters = each.parameters.map(
      (parameter) =>
        `${list(parameter.qualifiers)}${of(parameter.type)} ${of(parameter.name)}${suffix(parameter)}`,
    );
    return `  ${list(each.qualifiers)}${of(each.returnType)} ${of(each.name)}(${parameters.join(', ')});\n`;
  };
  const qualifiers = [
    ...node.qualifiers.filter(isAmended).map(qualifier),
    'AMENDMENT',
    `LOCALE(0x${digits})`,
  ];
  const features = (node.features ?? []).filter(
    (each) => hasAmended(each) || each.qualifiers.some(isKey),
  );
  const superclass = node.superclass === undefined ? '' : ` : ${of(node.superclass)}`;
  return `[${qualifiers.join(', ')}]\nclass ${of(node.name)}${superclass}\n{\n${features.map(feature).join('')}};\n\n`;
}

/** A class and its localised copy have the same keys. */
function isKey({ name }: Qualifier): boolean {
  return nameKey(name.name) === 'key';
}

function parametersOf(feature: ClassFeature): readonly Parameter[] {
  return feature.kind === 'MethodDeclaration' ? feature.parameters : [];
}
