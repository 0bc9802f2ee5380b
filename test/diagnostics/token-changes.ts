/**
 * Changes one token or one quote of a MOF text, and returns the new findings and the place of the first one.
 */
import { tokenize } from '../../grammar/lexer.js';
import { analyze } from '../../src/analyze.js';
import { type IncludeReader } from '../../src/compile/compilation.js';
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { positionAt, type SourceFile } from '../../src/text/source-file.js';

/** The kinds of changes; `misspelt` and `strange` are further ways to replace a token. */
export type Kind = 'deleted' | 'doubled' | 'replaced' | 'misspelt' | 'strange' | 'quote deleted';

export interface Change {
  readonly kind: Kind;
  readonly start: number;
  /** The text before the change. */
  readonly image: string;
  /** The text after the change. */
  readonly put: string;
}

/** The result of a change. */
export interface Outcome {
  readonly change: Change;
  /** The findings that the text did not have before, in the order in which they are reported: `line:column CODE message`. */
  readonly news: readonly string[];
  /** Whether the first of them is on a changed line or its neighbour; `true` without new findings. */
  readonly isNear: boolean;
  /** `line:column` of the change. */
  readonly place: string;
}

/** Numbers from 0 to `below`, the same in every run. */
export function numbersFrom(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/** Replaces a token, with blanks where it would merge with its neighbours, which would be a second change. */
function apart(text: string, start: number, end: number, token: string): string {
  const joins = (left: string, right: string) => /\w$/.test(left) && /^\w/.test(right);
  const before = joins(text.slice(Math.max(0, start - 1), start), token) ? ' ' : '';
  const after = joins(token, text.slice(end, end + 1)) ? ' ' : '';
  return `${before}${token}${after}`;
}

/** Every change of every `step`th token of `text`, beginning with the one at `first`. */
export function tokenChanges(
  text: string,
  { step = 1, first = 0, random }: { step?: number; first?: number; random: (n: number) => number },
): readonly Change[] {
  const { tokens } = tokenize(text);
  const changes: Change[] = [];
  for (let index = first; index < tokens.length; index += step) {
    const { image = '', startOffset: start = 0 } = tokens[index] ?? {};
    const other = tokens[random(tokens.length)]?.image ?? '';
    changes.push({ kind: 'deleted', start, image, put: '' });
    changes.push({ kind: 'doubled', start, image, put: `${image} ${image}` });
    changes.push({ kind: 'strange', start, image, put: '?' });
    if (other !== image) {
      const put = apart(text, start, start + image.length, other);
      changes.push({ kind: 'replaced', start, image, put });
    }
    const misspelt = misspelling(image, random);
    if (misspelt !== undefined) changes.push({ kind: 'misspelt', start, image, put: misspelt });
  }
  return changes;
}

/** A name with two letters swapped. */
function misspelling(image: string, random: (n: number) => number): string | undefined {
  if (!/^[A-Za-z_]\w{2,}$/.test(image)) return undefined;
  const at = random(image.length - 1);
  const swapped = `${image.slice(0, at)}${image.charAt(at + 1)}${image.charAt(at)}${image.slice(at + 2)}`;
  return swapped === image || /^\d/.test(swapped) ? undefined : swapped;
}

/** Each `"` of `text` that begins or ends a string, deleted. */
export function quoteChanges(text: string, { step = 1, first = 0 } = {}): readonly Change[] {
  const places = tokenize(text).tokens.flatMap(({ image, startOffset }) =>
    image.startsWith('"') ? [startOffset, startOffset + image.length - 1] : [],
  );
  return places
    .filter((_place, index) => index % step === first % step)
    .map((start) => ({ kind: 'quote deleted', start, image: '"', put: '' }));
}

/** A text that is changed, with the findings of the unchanged text. */
export interface Original {
  readonly name: string;
  readonly text: string;
  readonly outcomeOf: (change: Change) => Outcome;
}

export function original(name: string, text: string, readInclude: IncludeReader): Original {
  const found = (of: string): readonly Diagnostic[] =>
    analyze(new TextEncoder().encode(of), name, readInclude).diagnostics;
  const before = found(text);
  const source: SourceFile = { name, text, encoding: 'utf-8' };
  return {
    name,
    text,
    outcomeOf(change) {
      const { start, image, put } = change;
      const end = start + image.length;
      const now = found(text.slice(0, start) + put + text.slice(end));
      const news = newOnes(now, before);
      const changed = [positionAt(source, start), positionAt(source, end)].map(({ line }) => line);
      const [from = 0, to = 0] = changed;
      const first = news[0];
      const line = first && placeOf(first, name)?.line;
      return {
        change,
        news: news.map((each) => shown(each, name)),
        isNear: first === undefined || (line !== undefined && line >= from - 1 && line <= to + 1),
        place: `${from}:${positionAt(source, start).column}`,
      };
    },
  };
}

/** New findings. A finding that only moved or names another number is not new. */
function newOnes(now: readonly Diagnostic[], before: readonly Diagnostic[]): readonly Diagnostic[] {
  const known = counted(before.map(({ code, message }) => `${code} ${message}`));
  const rest = now.filter(({ code, message }) => !takes(known, `${code} ${message}`));
  const codes = counted(
    [...known].flatMap(([words, n]) => Array.from({ length: n }, () => words.slice(0, 7))),
  );
  return rest.filter(({ code }) => !takes(codes, code));
}

function counted(all: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of all) counts.set(each, (counts.get(each) ?? 0) + 1);
  return counts;
}

function takes(counts: Map<string, number>, key: string): boolean {
  const count = counts.get(key) ?? 0;
  if (count > 0) counts.set(key, count - 1);
  return count > 0;
}

function placeOf({ location }: Diagnostic, name: string) {
  if (location?.source.name !== name) return undefined;
  return positionAt(location.source, location.span.start);
}

function shown(finding: Diagnostic, name: string): string {
  const place = placeOf(finding, name);
  return `${place === undefined ? 'elsewhere' : `${place.line}:${place.column}`} ${finding.code} ${finding.message}`;
}
