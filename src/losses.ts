/**
 * What a text with errors may have said that was not read: classes that were skipped, and parts of those that were not.
 *
 * Whoever reports that something is missing asks here first. It must not know what any declaration means.
 */
import { type Span } from '../grammar/index.js';
import { type Diagnostic, type Location } from './diagnostics/diagnostic.js';
import { writtenPlace } from './source/composition.js';
import { type SourceFile } from './source/source-file.js';

export interface Losses {
  /** Whether the text may declare a class of that name that was not read. */
  readonly mayDeclare: (name: string) => boolean;
  /** Whether a part of what stands there may be lost. */
  readonly isTorn: (source: SourceFile, span: Span) => boolean;
  /** Whether names may stand in the tree that are macros. */
  readonly mayDefine: boolean;
}

/** Those of a text that was read as a whole. */
export const NO_LOSSES: Losses = {
  mayDeclare: () => false,
  isTorn: () => false,
  mayDefine: false,
};

/** MOF 3 has further kinds of types, which are not read. */
const DECLARATION = /\b(?:class|structure|enumeration|association)\s+([^\s{;:]+)/gi;

/** An include that is not read, a macro or the branch of a condition: it may have held anything. */
const HOLDS_ANYTHING = /^MOF1(?:00|30[1346])/;

/** What is missing of `sources`: the parts that the parser left out, and what the errors of earlier stages cost. */
export function lossesOf(
  sources: readonly SourceFile[],
  leftOut: readonly Location[],
  diagnostics: readonly Diagnostic[],
): Losses {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return NO_LOSSES;
  const unread = errors.filter(({ code }) => HOLDS_ANYTHING.test(code));
  const starts = new Map<string, number[]>();
  for (const { source, span } of [
    ...leftOut.map(writtenPlace),
    ...unread.flatMap(({ location }) => location ?? []),
  ]) {
    const all = starts.get(source.name);
    if (all === undefined) starts.set(source.name, [span.start]);
    else all.push(span.start);
  }
  for (const all of starts.values()) all.sort((a, b) => a - b);
  const words = unread.length > 0 ? new Set<string>() : classWords(sources);
  return {
    mayDeclare: (name) => unread.length > 0 || words.has(name.toLowerCase()),
    isTorn(source, span) {
      const place = writtenPlace({ source, span });
      const all = starts.get(place.source.name) ?? [];
      return (all[firstFrom(all, place.span.start)] ?? Infinity) < place.span.end;
    },
    // A string without an end takes what follows for strings, in which no macro is replaced.
    mayDefine: unread.length > 0 || errors.some(({ code }) => code === 'MOF1102'),
  };
}

/** The names behind the words that begin a declaration, wherever they stand: whatever is declared is among them. */
function classWords(sources: readonly SourceFile[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { text } of sources) {
    for (const [, name = ''] of text.matchAll(DECLARATION)) {
      found.add(name.toLowerCase());
    }
  }
  return found;
}

/** The index of the first of the ascending `numbers` that is not below `limit`. */
function firstFrom(numbers: readonly number[], limit: number): number {
  let low = 0;
  let high = numbers.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((numbers[middle] ?? Infinity) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
