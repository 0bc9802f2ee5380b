/**
 * Finds out which syntax errors follow from one another: where an error is followed by others, the tokens around it are read
 * with one of them left out, put in or changed. When that leaves fewer errors, it is what the writer did, and the others
 * follow from it.
 *
 * It must not know the grammar; who calls it reads tokens and says how many problems there are.
 */
import { createTokenInstance, EOF, type IToken, type TokenType } from 'chevrotain';
import { type SyntaxProblem } from './ast.js';
import { endOf } from './nodes.js';
import { isProductionStart, type TokenCursor } from './recovery.js';
import * as t from './tokens.js';

/** `removed` tokens from `index` on give way to `put`. */
export interface Repair {
  readonly index: number;
  readonly removed: 0 | 1;
  readonly put: readonly IToken[];
}

/** Reads tokens and counts the problems that begin before `end`; any number above `most` may stand for more. */
export type CountProblems = (tokens: IToken[], end: number, most: number) => number;

/** How many tokens before and after an error may be the one that is wrong. */
const BEFORE = 3;
const AFTER = 1;
/** How many tokens after an error are read, when no declaration ends sooner. */
const AHEAD = 600;
/** How many tokens are read again, at least; a long text may take as many as it has, some times over. */
const BUDGET = 300_000;
const TIMES = 3;

/** A part of the tokens that is read by itself: whole declarations, as far as can be told. */
interface Part {
  readonly from: number;
  readonly to: number;
  /** Problems from there on come from the cut. */
  readonly end: number;
}

/**
 * The repairs of `tokens`, in their order, and the errors that each explains itself: these are to be reported, and what else
 * was found in the part that was repaired is not. `starts` has where declarations begin that were read as such.
 */
export function findRepairs(
  tokens: readonly IToken[],
  errors: readonly SyntaxProblem[],
  starts: readonly number[],
  count: CountProblems,
): readonly (Repair & { readonly error: SyntaxProblem })[] {
  const repairs: (Repair & { readonly error: SyntaxProblem })[] = [];
  let budget = BUDGET + TIMES * tokens.length;
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
    const read = (repair: Repair | undefined, most: number): number => {
      budget -= part.to - part.from;
      return count(repaired(tokens, repair, part), part.end, most);
    };
    const before = read(undefined, Infinity);
    let fewest = before - own;
    let best: Repair | undefined;
    for (const repair of candidates(tokens, index)) {
      if (fewest === 0 || budget < 0) break;
      const now = read(repair, fewest - 1);
      if (now >= fewest) continue;
      fewest = now;
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

/** The types of tokens that may be missing or meant, the likeliest first, with a text that stands for them. */
const MEANT: readonly (readonly [TokenType, string, unknown?])[] = [
  [t.Semicolon, ';'],
  [t.Identifier, 'uint32'],
  [t.Comma, ','],
  [t.RParen, ')'],
  [t.RBracket, ']'],
  [t.RCurly, '}'],
  [t.LParen, '('],
  [t.LCurly, '{'],
  [t.LBracket, '['],
  [t.Equals, '='],
  [t.Colon, ':'],
  [t.StringPiece, '""', ''],
  [t.NumberText, '1', { kind: 'integer', value: 1n }],
  [t.Identifier, 'amended'],
  [t.Class, 'class'],
  [t.Of, 'of'],
  [t.Instance, 'instance'],
  [t.Pragma, '#pragma'],
  [t.Qualifier, 'qualifier'],
  [t.AliasName, '$Alias'],
];

/** What may have been done to the tokens around `index`, the likeliest first. */
function* candidates(tokens: readonly IToken[], index: number): Generator<Repair> {
  const places = [index];
  for (let at = index - 1; at >= Math.max(0, index - BEFORE); at--) places.push(at);
  for (let at = index + 1; at <= index + AFTER; at++) places.push(at);
  const within = places.filter((at) => at < tokens.length);
  for (const at of within) yield { index: at, removed: 1, put: [] };
  for (const at of [...places]) {
    for (const meant of MEANT) {
      yield { index: at, removed: 0, put: [standIn(tokens, at, 0, meant)] };
      if (at < tokens.length) yield { index: at, removed: 1, put: [standIn(tokens, at, 1, meant)] };
    }
  }
}

/** A token that stands where one is missing, or for another one. */
function standIn(
  tokens: readonly IToken[],
  at: number,
  removed: 0 | 1,
  [type, image, payload]: (typeof MEANT)[number],
): IToken {
  const previous = tokens[at - 1];
  const start =
    removed === 1 ? (tokens[at]?.startOffset ?? 0) : previous === undefined ? 0 : endOf(previous);
  const token = createTokenInstance(type, image, start, NaN, NaN, NaN, NaN, NaN);
  token.payload = payload;
  return token;
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
  let low = 0;
  let high = tokens.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((tokens[middle]?.startOffset ?? Infinity) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
