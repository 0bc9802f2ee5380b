/**
 * What a text with errors may have said that was not read: classes that were skipped, and parts of those that were not.
 *
 * Whoever reports that something is missing asks here first. It must not know what any declaration means.
 */
import { type MofProduction, type Span } from '../grammar/index.js';
import { firstFrom } from '../grammar/ordered.js';
import { type PlacedProduction } from './amendments.js';
import { type Diagnostic, type Location } from './diagnostics/diagnostic.js';
import { writtenPlace } from './source/composition.js';
import { type SourceFile } from './source/source-file.js';
import { addTo } from './lists.js';

export interface Losses {
  /** Whether the text may declare a class of that name that was not read. */
  readonly mayDeclare: (name: string) => boolean;
  /** Whether a part of what stands there may be lost. */
  readonly isTorn: (source: SourceFile, span: Span) => boolean;
  /** Whether what is found there may follow from a fault of the text: it is reported in the same part of a declaration. */
  readonly isSpoiled: (location: Location) => boolean;
  /** Whether names may stand in the tree that are macros. */
  readonly mayDefine: boolean;
}

/** Those of a text that was read as a whole. */
export const NO_LOSSES: Losses = {
  mayDeclare: () => false,
  isTorn: () => false,
  isSpoiled: () => false,
  mayDefine: false,
};

/** MOF 3 has further kinds of types, which are not read. */
const DECLARATION = /\b(?:class|structure|enumeration|association)\s+([^\s{;:]+)/gi;

const NAMELESS = /\bclass(?:\s*[^\s\w\u0080-\uFFFF]|\s*$)/i;

const DEFINITION = /^[ \t]*#[ \t]*define[ \t]+(\w+)/gm;

const WORD = /[\w\u0080-\uFFFF]+/g;

/** An include that is not read, a macro or the branch of a condition: it may have held anything. */
const HOLDS_ANYTHING = /^MOF1(?:00|30[1346])/;

/** Signs that were not read or out of place. Malformed numbers and strings without an end have a value all the same. */
const OF_SIGNS: ReadonlySet<string> = new Set(['MOF1101', 'MOF1201']);

/** Where a quote is missing, what follows is taken for strings, in which no macro is replaced. */
const OF_QUOTES: ReadonlySet<string> = new Set(['MOF1102', 'MOF1121']);

/** What is missing of `sources`, the texts that were parsed of `files`: the parts that the parser left out, and what the errors of earlier stages cost. */
export function lossesOf(
  sources: readonly SourceFile[],
  productions: readonly PlacedProduction[],
  leftOut: readonly Location[],
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): Losses {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return NO_LOSSES;
  const unread = errors.filter(({ code }) => HOLDS_ANYTHING.test(code));
  const starts = startsByFile([
    ...leftOut.map(writtenPlace),
    ...unread.flatMap(({ location }) => location ?? []),
  ]);
  const mayBeAny = unread.length > 0 || leftOut.some(isNameless);
  const isUnquoted = errors.some(({ code }) => OF_QUOTES.has(code));
  const words = unread.length > 0 ? new Set<string>() : classWords(sources, leftOut);
  if (isUnquoted) for (const { text } of files) addNames(text, DEFINITION, words);
  const faulty = errors.flatMap(({ code, location }) =>
    location !== undefined && OF_SIGNS.has(code) ? [location] : [],
  );
  const spoiled = spoiledParts(productions, faulty);
  return {
    mayDeclare: (name) => mayBeAny || words.has(name.toLowerCase()),
    isTorn(source, span) {
      const place = writtenPlace({ source, span });
      const all = starts.get(place.source.name) ?? [];
      return (all[firstFrom(all, place.span.start)] ?? Infinity) < place.span.end;
    },
    isSpoiled: ({ source, span }) => covers(spoiled.get(source.name) ?? NO_SPANS, span.start),
    mayDefine: unread.length > 0 || isUnquoted,
  };
}

const NO_SPANS: Spans = { starts: [], ends: [] };

/**
 * Features and beginnings of classes with one of the `faults` in their qualifiers, methods, directives and declarations of
 * qualifiers with one anywhere: they lack a part, but are in the tree. By file, in the order of the text.
 */
function spoiledParts(
  productions: readonly PlacedProduction[],
  faults: readonly Location[],
): ReadonlyMap<string, Spans> {
  const starts = startsByFile(faults);
  const spoiled = new Map<string, Span[]>();
  for (const { source, node } of productions) {
    for (const [span, faultEnd] of partsOf(node)) {
      const place = writtenPlace({ source, span });
      const { name } = place.source;
      const all = starts.get(name) ?? [];
      const first = all[firstFrom(all, place.span.start)] ?? Infinity;
      if (first >= place.span.start + faultEnd - span.start) continue;
      addTo(spoiled, name, place.span);
    }
  }
  return new Map(
    [...spoiled].map(([name, spans]) => {
      spans.sort((a, b) => a.start - b.start);
      return [name, { starts: spans.map(({ start }) => start), ends: spans.map(({ end }) => end) }];
    }),
  );
}

/** The parts of a declaration, each with the place up to which a fault spoils it. */
function partsOf(node: MofProduction): readonly (readonly [span: Span, faultEnd: number])[] {
  if (node.kind === 'QualifierDeclaration') return [[node.span, node.span.end]];
  // A sign that follows a directive at once, as in `#pragma locale())`, is meant to be in it.
  if (node.kind === 'CompilerDirective') return [[node.span, node.span.end + 1]];
  if (node.kind !== 'ClassDeclaration') return [];
  const head = { start: node.span.start, end: node.name.span.end };
  return [
    [head, head.end],
    ...(node.features ?? []).map(
      (feature) =>
        [
          feature.span,
          feature.kind === 'MethodDeclaration' ? feature.span.end : feature.type.span.start,
        ] as const,
    ),
  ];
}

/** Where the places begin, in the order of each file. */
function startsByFile(places: readonly Location[]): ReadonlyMap<string, readonly number[]> {
  const starts = new Map<string, number[]>();
  for (const { source, span } of places) {
    addTo(starts, source.name, span.start);
  }
  for (const all of starts.values()) all.sort((a, b) => a - b);
  return starts;
}

interface Spans {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
}

/** Whether one of the `spans`, which are in order and do not overlap, covers `offset`. */
function covers({ starts, ends }: Spans, offset: number): boolean {
  return (ends[firstFrom(starts, offset + 1) - 1] ?? -1) > offset;
}

/** Whether a class was left out whose name is missing. */
function isNameless({ source, span }: Location): boolean {
  return NAMELESS.test(source.text.slice(span.start, span.end));
}

/**
 * The names behind the words that begin a declaration, wherever they stand, and all words of what was left out: whatever is
 * declared is among them.
 */
function classWords(sources: readonly SourceFile[], leftOut: readonly Location[]): Set<string> {
  const found = new Set<string>();
  for (const { source, span } of leftOut) {
    for (const [word] of source.text.slice(span.start, span.end).matchAll(WORD)) {
      found.add(word.toLowerCase());
    }
  }
  for (const { text } of sources) addNames(text, DECLARATION, found);
  return found;
}

function addNames(text: string, declaration: RegExp, names: Set<string>): void {
  for (const [, name = ''] of text.matchAll(declaration)) names.add(name.toLowerCase());
}
