/**
 * Finds follow-on syntax errors. Where other errors follow an error, the tokens around it are parsed again with one of them
 * removed, inserted or replaced. If that leaves fewer errors, the others follow from the first one.
 */
import { createTokenInstance, EOF, type IToken, type TokenType } from 'chevrotain';
import { type SyntaxProblem } from './ast.js';
import { endOf } from './nodes.js';
import { firstIndex } from '../src/text/binary-search.js';
import { isProductionStart, type TokenCursor } from './recovery.js';
import * as t from './tokens.js';

/** Replaces `removed` tokens at `index` by `put`. */
export interface Repair {
  readonly index: number;
  readonly removed: 0 | 1;
  readonly put: readonly IToken[];
}

/**
 * Parses tokens and returns where their problems begin, in order; `undefined` if there are more than `most`. If `gap` is given,
 * errors next to it count like all others.
 */
export type FindProblems = (
  tokens: IToken[],
  gap: number | undefined,
  most: number,
) => readonly number[] | undefined;

/** How many tokens after an error are parsed, unless a declaration ends before. */
const AHEAD = 600;
/** How many tokens are parsed again at most in one round, however long the text is. */
const BUDGET = 50_000;

/** A part of the tokens that is parsed by itself: whole declarations, as far as can be determined. */
interface Part {
  readonly from: number;
  readonly to: number;
  /** Problems from there on are caused by the cut. */
  readonly end: number;
}

/**
 * The repairs of `tokens`, in order, each with the error that it explains. Report that error, and not the others of the
 * repaired part. `starts` has the offsets at which the parsed declarations begin.
 */
export function findRepairs(
  tokens: readonly IToken[],
  errors: readonly SyntaxProblem[],
  starts: readonly number[],
  find: FindProblems,
): readonly (Repair & { readonly error: SyntaxProblem })[] {
  const repairs: (Repair & { readonly error: SyntaxProblem })[] = [];
  let budget = BUDGET;
  let done = 0;
  for (const error of errors) {
    const { start } = error.span;
    if (start < done) continue;
    const index = firstFrom(tokens, start);
    const part = partAround(tokens, index, starts);
    const own = error.code === 'MOF1201' ? 1 : 0;
    const others = errors.filter(
      ({ code, span }) => code === 'MOF1201' && span.start >= start && span.start < part.end,
    ).length;
    if (others - own < 1) continue;
    const read = (repair: Repair | undefined, most: number): readonly number[] | undefined => {
      budget -= part.to - part.from;
      const gap = own === 0 ? start : undefined;
      return find(repaired(tokens, repair, part), gap, most)?.filter((place) => place < part.end);
    };
    const before = read(undefined, Infinity) ?? [];
    // The error itself stays and its follow-on errors come next, so the remaining errors are the last ones of before.
    let fewest = Math.min(before.length, others) - own;
    let best: Repair | undefined;
    for (const repair of candidates(tokens, index, own === 0)) {
      if (fewest < 1 || budget < 0) break;
      const left = read(repair, fewest - 1);
      if (left === undefined || !endsWith(before, left)) continue;
      fewest = left.length;
      best = repair;
    }
    if (best !== undefined) {
      repairs.push({ ...best, error });
      done = part.end;
    }
    if (budget < 0) break;
  }
  return repairs;
}

function endsWith(all: readonly number[], end: readonly number[]): boolean {
  return end.every((place, index) => place === all[all.length - end.length + index]);
}

/** The tokens with all `repairs`, which are in order. */
export function withRepairs(tokens: readonly IToken[], repairs: readonly Repair[]): IToken[] {
  const all: IToken[] = [];
  let copied = 0;
  for (const { index, removed, put } of repairs) {
    for (; copied < index; copied++) all.push(...tokens.slice(copied, copied + 1));
    all.push(...put);
    copied = index + removed;
  }
  for (const token of tokens.slice(copied)) all.push(token);
  return all;
}

function repaired(
  tokens: readonly IToken[],
  repair: Repair | undefined,
  { from, to }: Part,
): IToken[] {
  if (repair === undefined) return tokens.slice(from, to);
  const { index, removed, put } = repair;
  return [
    ...tokens.slice(from, index),
    ...put,
    ...tokens.slice(index + removed, Math.max(to, index + removed)),
  ];
}

/** Placeholders for missing or wrong tokens, by their text. */
const PLACEHOLDERS: Readonly<Record<string, readonly [TokenType, unknown?]>> = {
  ';': [t.Semicolon],
  ',': [t.Comma],
  '=': [t.Equals],
  ':': [t.Colon],
  '(': [t.LParen],
  ')': [t.RParen],
  '[': [t.LBracket],
  ']': [t.RBracket],
  '{': [t.LCurly],
  '}': [t.RCurly],
  // A type or any other name, and a name that is a flavor.
  uint32: [t.Identifier],
  amended: [t.Identifier],
  class: [t.Class],
  instance: [t.Instance],
  of: [t.Of],
  '#pragma': [t.Pragma],
  '""': [t.StringPiece, ''],
  '1': [t.NumberText, { kind: 'integer', value: 1n }],
};

/**
 * Repairs of the tokens around an error, the likeliest first, as counted over mistakes in real texts: the distance from the
 * error, how many tokens to remove, and what to insert.
 */
const AROUND_ERRORS: readonly (readonly [distance: number, removed: 0 | 1, put: string])[] = [
  [0, 1, ''],
  [0, 1, 'uint32'],
  [0, 1, '}'],
  [-1, 1, '}'],
  [0, 1, ';'],
  [0, 1, ')'],
  [0, 1, '{'],
  [-1, 0, '{'],
  [0, 1, '('],
  [0, 1, ','],
  [1, 1, ';'],
  [0, 0, '{'],
  [0, 1, '='],
  [-1, 0, ')'],
  [1, 1, ''],
  [-1, 1, ']'],
  [0, 1, ']'],
  [0, 1, 'class'],
  [-1, 1, ''],
  [-1, 1, 'uint32'],
  [1, 0, ';'],
  [0, 1, '['],
  [1, 0, ')'],
  [0, 0, '}'],
  [0, 0, '='],
  [0, 1, 'amended'],
  [-1, 1, '{'],
  [0, 0, '['],
  [0, 1, '#pragma'],
  [0, 1, ':'],
  [0, 1, 'of'],
];

/** Placeholders for characters that are not a token. */
const AT_GAPS = Object.keys(PLACEHOLDERS).map((put) => [0, 0, put] as const);

function* candidates(tokens: readonly IToken[], index: number, isGap: boolean): Generator<Repair> {
  for (const [distance, removed, put] of isGap ? AT_GAPS : AROUND_ERRORS) {
    const at = index + distance;
    if (at < 0 || at + removed > tokens.length) continue;
    yield { index: at, removed, put: put === '' ? [] : [placeholder(tokens, at, removed, put)] };
  }
}

/** A placeholder at `at`, which replaces a token or is inserted. */
function placeholder(tokens: readonly IToken[], at: number, removed: 0 | 1, image: string): IToken {
  const [type, payload] = PLACEHOLDERS[image] ?? [t.Identifier];
  const previous = tokens[at - 1];
  const end = previous === undefined ? 0 : endOf(previous);
  const start = removed === 1 ? (tokens[at]?.startOffset ?? end) : end;
  return { ...createTokenInstance(type, image, start, NaN, NaN, NaN, NaN, NaN), payload };
}

/** The declarations around the token at `index`, with the one after them. */
function partAround(tokens: readonly IToken[], index: number, starts: readonly number[]): Part {
  const cursor = cursorAt(tokens, index);
  const offset = tokens[index]?.startOffset ?? Infinity;
  // One further back: what is found at the start of a declaration may belong to the one before it.
  const declaration = starts.filter((start) => start < offset).at(-1) ?? 0;
  const from = firstFrom(tokens, declaration);
  let found = 0;
  let to = Math.min(tokens.length, index + AHEAD);
  for (let distance = 2; index + distance - 1 < to; distance++) {
    if (!isProductionStart(cursor, distance) || ++found < 2) continue;
    to = listStart(tokens, index + distance - 1);
    break;
  }
  if (to <= index) to = Math.min(tokens.length, index + AHEAD);
  const last = tokens[to - 1];
  return { from, to, end: to === tokens.length || last === undefined ? Infinity : endOf(last) };
}

/** The index of the `[` of the qualifier list that ends before the token at `index`, or `index`. */
function listStart(tokens: readonly IToken[], index: number): number {
  if (tokens[index - 1]?.tokenType !== t.RBracket) return index;
  let depth = 0;
  for (let at = index - 1; at >= 0; at--) {
    const type = tokens[at]?.tokenType;
    if (type === t.RBracket) depth++;
    else if (type === t.LBracket && --depth === 0) return at;
    else if (type === t.Semicolon) break;
  }
  return index;
}

const END: IToken = createTokenInstance(EOF, '', NaN, NaN, NaN, NaN, NaN, NaN);

function cursorAt(tokens: readonly IToken[], index: number): TokenCursor {
  return { peek: (distance) => tokens[index + distance - 1] ?? END, skip: () => undefined };
}

/** The index of the first token at `offset` or after it. */
function firstFrom(tokens: readonly IToken[], offset: number): number {
  return firstIndex(tokens.length, (index) => (tokens[index]?.startOffset ?? Infinity) >= offset);
}
