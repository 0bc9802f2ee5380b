/** Records what syntax errors hid, so that follow-on diagnostics can be dropped: skipped classes, and missing parts of others. */
import { nameKey } from '../text/name-key.js';
import { type MofProduction } from '../../grammar/index.js';
import { type Span } from '../text/span.js';
import { firstFrom } from '../text/binary-search.js';
import { type PlacedProduction } from './amendments.js';
import { type Row, rowOf } from '../diagnostics/codes.js';
import { type Diagnostic, type Location } from '../diagnostics/diagnostic.js';
import { writtenPlace } from '../text/composition.js';
import { type SourceFile } from '../text/source-file.js';
import { addTo } from '../text/lists.js';

export interface Losses {
  /** Whether nothing is hidden. */
  readonly isWhole: boolean;
  /** Whether a part that was not read may declare a class of that name. */
  readonly mayDeclare: (name: string) => boolean;
  /** Whether a part of the declaration at the span may be missing. */
  readonly isIncomplete: (source: SourceFile, span: Span) => boolean;
  /** Whether a syntax error in the same part of a declaration may explain what is found there. */
  readonly isSuspect: (location: Location) => boolean;
  /** Whether names in the tree may be macros. */
  readonly mayHideMacros: boolean;
}

/** Of a text without errors. */
export const NO_LOSSES: Losses = {
  isWhole: true,
  mayDeclare: () => false,
  isIncomplete: () => false,
  isSuspect: () => false,
  mayHideMacros: false,
};

/** MOF 3 has further kinds of types, which are not read. */
const DECLARATION = /\b(?:class|structure|enumeration|association)\s+([^\s{;:]+)/gi;

const NAMELESS = /\bclass(?:\s*[^\s\w\u0080-\uFFFF]|\s*$)/i;

const DEFINITION = /^[ \t]*#[ \t]*define[ \t]+(\w+)/gm;

const WORD = /[\w\u0080-\uFFFF]+/g;

/**
 * Records what the errors in `diagnostics` hide of `sources`, the texts that were parsed of `files`. `leftOut` are the parts that the
 * parser skipped.
 */
export function lossesOf(
  sources: readonly SourceFile[],
  productions: readonly PlacedProduction[],
  leftOut: readonly Location[],
  diagnostics: readonly Diagnostic[],
  files: readonly SourceFile[],
): Losses {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return NO_LOSSES;
  const unread = errors.filter(({ code }) => rowOf(code).hides === 'text');
  const starts = startsByFile([
    ...leftOut.map(writtenPlace),
    ...unread.flatMap(({ location }) => location ?? []),
  ]);
  const mayBeAny = unread.length > 0 || leftOut.some(isNameless);
  const isUnquoted = errors.some(({ code }) => rowOf(code).hides === 'macros');
  const words = unread.length > 0 ? new Set<string>() : classWords(sources, leftOut);
  if (isUnquoted) for (const { text } of files) addNames(text, DEFINITION, words);
  const suspect = suspectParts(productions, {
    tokens: placesOf(errors, 'token'),
    quotes: placesOf(errors, 'macros'),
  });
  return {
    isWhole: false,
    mayDeclare: (name) => mayBeAny || words.has(nameKey(name)),
    isIncomplete(source, span) {
      const place = writtenPlace({ source, span });
      const all = starts.get(place.source.name) ?? [];
      return (all[firstFrom(all, place.span.start)] ?? Infinity) < place.span.end;
    },
    isSuspect: ({ source, span }) => covers(suspect.get(source.name) ?? NO_SPANS, span.start),
    mayHideMacros: unread.length > 0 || isUnquoted,
  };
}

/** Where the errors are that hide something of that kind. */
function placesOf(errors: readonly Diagnostic[], hidden: Row['hides']): readonly Location[] {
  return errors.flatMap(({ code, location }) =>
    location !== undefined && rowOf(code).hides === hidden ? [location] : [],
  );
}

const NO_SPANS: Spans = { starts: [], ends: [] };

/**
 * Parts of the tree that lack something because of a fault: features and heads of classes with a wrong token in their qualifiers;
 * methods, directives and declarations of qualifiers with one anywhere; directives with a missing quote, because their arguments are
 * strings. By file, in the order of the text.
 */
function suspectParts(
  productions: readonly PlacedProduction[],
  {
    tokens,
    quotes,
  }: { readonly tokens: readonly Location[]; readonly quotes: readonly Location[] },
): ReadonlyMap<string, Spans> {
  const startsOfTokens = startsByFile(tokens);
  const startsOfBoth = startsByFile([...tokens, ...quotes]);
  const suspect = new Map<string, Span[]>();
  for (const { source, node } of productions) {
    const starts = node.kind === 'CompilerDirective' ? startsOfBoth : startsOfTokens;
    for (const [span, faultEnd] of partsOf(node)) {
      const place = writtenPlace({ source, span });
      const { name } = place.source;
      const all = starts.get(name) ?? [];
      const first = all[firstFrom(all, place.span.start)] ?? Infinity;
      if (first >= place.span.start + faultEnd - span.start) continue;
      addTo(suspect, name, place.span);
    }
  }
  return new Map(
    [...suspect].map(([name, spans]) => {
      spans.sort((a, b) => a.start - b.start);
      return [name, { starts: spans.map(({ start }) => start), ends: spans.map(({ end }) => end) }];
    }),
  );
}

/** The parts of a declaration, each with the end of the range in which a fault makes it suspect. */
function partsOf(node: MofProduction): readonly (readonly [span: Span, faultEnd: number])[] {
  if (node.kind === 'QualifierDeclaration') return [[node.span, node.span.end]];
  // A token right after a directive, as in `#pragma locale())`, belongs to it.
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

/** Whether a class without a name was left out. */
function isNameless({ source, span }: Location): boolean {
  return NAMELESS.test(source.text.slice(span.start, span.end));
}

/**
 * The names that a hidden declaration may have: those after `class` and similar words anywhere, and all words of the parts that were
 * left out.
 */
function classWords(sources: readonly SourceFile[], leftOut: readonly Location[]): Set<string> {
  const found = new Set<string>();
  for (const { source, span } of leftOut) {
    for (const [word] of source.text.slice(span.start, span.end).matchAll(WORD)) {
      found.add(nameKey(word));
    }
  }
  for (const { text } of sources) addNames(text, DECLARATION, found);
  return found;
}

function addNames(text: string, declaration: RegExp, names: Set<string>): void {
  for (const [, name = ''] of text.matchAll(declaration)) names.add(nameKey(name));
}
