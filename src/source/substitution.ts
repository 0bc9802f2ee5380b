/**
 * What a macro with parameters becomes for its arguments, and the operators `#` and `##`. It must not know how arguments are
 * found, nor which tokens are macros.
 *
 * ISO C, 6.10.3.1 to 6.10.3.3. White space in strings of `#`, and the comma before an absent rest of arguments, are as gcc
 * has them.
 */
import { type MacroUse } from './composition.js';
import { type BodyToken, type Macro } from './macros.js';
import {
  isPadding,
  isPunctuator,
  paddingOf,
  readToken,
  SEAM,
  spacing,
  type Token,
} from './pp-tokens.js';

/** One argument. */
export interface Argument {
  /** As it was written. */
  readonly tokens: readonly Token[];
  /** With its own macros replaced. */
  readonly expanded: () => readonly Token[];
  /** It is the rest of the arguments, and there is none, not even a comma before it. */
  readonly isAbsent: boolean;
}

/** Every token of an argument costs some time and memory, each time that it is in a text. */
export const COST_OF_TOKEN = 2;

/**
 * The text of `macro` with `args` in the place of its parameters. `isSpent` takes the cost of what is copied before it is,
 * and says whether that is too much; the result is incomplete then.
 */
export function substituted(
  { tokens, parameters }: Pick<Macro, 'tokens' | 'parameters'>,
  args: readonly Argument[],
  use: MacroUse,
  isSpent: (cost: number) => boolean,
): Token[] {
  const result: Token[] = [];
  const rest = parameters?.isVariadic === true ? parameters.names.length - 1 : -1;
  let before: BodyToken | undefined;
  for (const token of tokens()) {
    const argument = args[token.parameter];
    if (argument === undefined) {
      result.push({ ...token, use });
    } else {
      const joinsLeft = before?.isJoined === true;
      if (before !== undefined && !joinsLeft) result.push(paddingOf(token));
      const last = result.at(-1);
      const isPlain = !token.isStringized && !joinsLeft && !token.isJoined;
      const copied = isPlain ? argument.expanded() : argument.tokens;
      if (isSpent(sizeOf(copied))) return result;
      if (token.isStringized) {
        result.push({ ...stringized(argument.tokens, token, use), isJoined: token.isJoined });
      } else if (isPlain) {
        for (const each of copied) result.push(each);
      } else {
        if (joinsLeft && last !== undefined) {
          // A comma is not joined to the rest of the arguments: `##` only takes it away when there is none.
          const isRest = token.parameter === rest && isPunctuator(last, ',');
          const isEmpty = argument.tokens.length === 0;
          if (isRest && argument.isAbsent) result.pop();
          else if (isEmpty || (isRest && !token.isJoined)) join(result, token.isJoined);
        }
        for (const each of argument.tokens) result.push(each);
        if (argument.tokens.length > 0) join(result, token.isJoined);
      }
      if (!token.isJoined) result.push(SEAM);
    }
    before = token;
  }
  return result;
}

function sizeOf(tokens: readonly Token[]): number {
  let size = 0;
  for (const { text } of tokens) size += COST_OF_TOKEN + text.length;
  return size;
}

/** Has the last token joined to the next one, or not. */
function join(tokens: Token[], isJoined: boolean): void {
  const last = tokens.at(-1);
  if (last !== undefined && !isPadding(last)) tokens[tokens.length - 1] = { ...last, isJoined };
}

/** The string that `#` makes of an argument; `operand` is where it is written. */
function stringized(tokens: readonly Token[], operand: BodyToken, use: MacroUse): Token {
  const { pad, before } = spacing();
  const parts: string[] = [];
  for (const token of tokens) {
    if (isPadding(token)) {
      pad(token);
      continue;
    }
    const isSpaced = before(token);
    if (isSpaced && parts.length > 0) parts.push(' ');
    const isLiteral = token.kind === 'string';
    parts.push(isLiteral ? token.text.replace(/[\\"]/g, '\\$&') : token.text);
  }
  const inner = parts.join('');
  let backslashes = 0;
  while (inner[inner.length - 1 - backslashes] === '\\') backslashes++;
  const text = backslashes % 2 === 1 ? inner.slice(0, -1) : inner;
  return { ...operand, kind: 'string', text: `"${text}"`, isSpaced: false, use };
}

/** The one token that two become; `undefined` when they make none. */
export function pasted(left: Token, right: Token): Token | undefined {
  const text = left.text + right.text;
  if (/^\/[/*]/.test(text)) return undefined;
  const { kind, end } = readToken(text, 0, text.length);
  if (end !== text.length || kind === 'other') return undefined;
  return { ...left, kind, text, isPainted: false, isJoined: false };
}
