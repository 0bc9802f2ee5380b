/**
 * Preprocessing tokens (ISO C, 6.4): names, numbers, literals and punctuators, each with the place where it is written. It
 * must not know macros.
 */
import { type MacroUse } from './composition.js';
import { type LogicalLine, spanInSource } from './logical-line.js';
import { type SourceFile } from './source-file.js';
import { beginsName, endOfNumber, endOfQuoted, endOfWord, isBlank, isDigit } from './words.js';

/**
 * `padding` and `seam` are no tokens: they are between tokens that macros brought together, and decide whether a blank is
 * between them. A padding has the blank of the token that it stands for, a seam leaves that to its neighbour.
 */
type TokenKind = 'name' | 'number' | 'string' | 'punctuator' | 'other' | 'padding' | 'seam';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Where it is written; of a text that an operator made, where its operand is. */
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
  /** White space is before it. */
  readonly isSpaced: boolean;
  /** The use of the macro whose text it belongs to; `undefined` for one that was written in the place of the use. */
  readonly use: MacroUse | undefined;
  /** It is the name of a macro that was not replaced within itself, and never is. */
  readonly isPainted: boolean;
  /** `##` joins it to the next one. */
  readonly isJoined: boolean;
}

const PUNCTUATOR =
  /\.\.\.|<<=|>>=|##|->|\+\+|--|<<|>>|<=|>=|==|!=|&&|\|\||[*/%+\-&^|]=|[-[\](){}.&*+~!/%<>^|?:;=,#]/y;
const ENCODING_PREFIX = /^(?:L|u|U|u8)$/;

/** The kind of the token that begins at `index`, and where it ends, at `limit` at the latest. */
export function readToken(
  text: string,
  index: number,
  limit: number,
): { readonly kind: TokenKind; readonly end: number } {
  const code = text.charCodeAt(index);
  if (code === 34 || code === 39) {
    const end = endOfQuoted(text, index, limit);
    return { kind: isClosedLiteral(text, index, end) ? 'string' : 'other', end };
  }
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(index + 1)))) {
    return { kind: 'number', end: Math.min(endOfNumber(text, index), limit) };
  }
  // An alias of MOF is no macro.
  if (code === 36) return { kind: 'other', end: Math.min(endOfWord(text, index), limit) };
  if (beginsName(code)) {
    const end = Math.min(endOfWord(text, index), limit);
    const quote = text.charCodeAt(end);
    if (end < limit && (quote === 34 || quote === 39) && end - index <= 2) {
      const closed = endOfQuoted(text, end, limit);
      const isPrefix = ENCODING_PREFIX.test(text.slice(index, end));
      if (isPrefix && isClosedLiteral(text, end, closed)) return { kind: 'string', end: closed };
    }
    return { kind: 'name', end };
  }
  PUNCTUATOR.lastIndex = index;
  const length = PUNCTUATOR.exec(text)?.[0].length;
  if (length !== undefined) return { kind: 'punctuator', end: Math.min(index + length, limit) };
  return { kind: 'other', end: index + 1 };
}

function isClosedLiteral(text: string, start: number, end: number): boolean {
  if (end - start < 2 || text[end - 1] !== text[start]) return false;
  let backslashes = 0;
  while (text[end - 2 - backslashes] === '\\') backslashes++;
  return end - 2 - backslashes < start || backslashes % 2 === 0;
}

/** The tokens in `[start, end)` of a line, in which comments are blanks already. */
export function lineTokens(line: LogicalLine, start: number, end: number): Token[] {
  const { text, source } = line;
  const tokens: Token[] = [];
  let isSpaced = false;
  let index = start;
  while (index < end) {
    if (isBlank(text.charCodeAt(index))) {
      isSpaced = true;
      index++;
      continue;
    }
    const { kind, end: stop } = readToken(text, index, end);
    const span = spanInSource(line, index, stop);
    tokens.push({
      kind,
      text: text.slice(index, stop),
      source,
      start: span.start,
      end: span.end,
      isSpaced,
      use: undefined,
      isPainted: false,
      isJoined: false,
    });
    isSpaced = false;
    index = stop;
  }
  return tokens;
}

/** Whether the token is that punctuator. */
export function isPunctuator(token: Token | undefined, text: string): boolean {
  return token !== undefined && token.kind === 'punctuator' && token.text === text;
}

/** Whether two tokens without white space between them would be read as something else. */
export function wouldJoin(left: string, right: string): boolean {
  const last = left.charCodeAt(left.length - 1);
  const first = right.charCodeAt(0);
  const isWord = (code: number) => beginsName(code) || isDigit(code) || code === 46 || code === 36;
  if (isWord(last)) return isWord(first) || first === 34 || first === 39 || isSign(first);
  // A sign belongs to the digits after it, as in `-LIMIT`.
  if (isSign(last) && isDigit(first)) return false;
  return !BRACKETS.includes(left.charAt(left.length - 1)) && !BRACKETS.includes(right.charAt(0));
}

const BRACKETS = '()[]{},;';

function isSign(code: number): boolean {
  return code === 43 || code === 45;
}

/** What is between the text of a macro and its neighbours. */
export const SEAM: Token = {
  kind: 'seam',
  text: '',
  source: { name: '', text: '', encoding: 'utf-8' },
  start: 0,
  end: 0,
  isSpaced: false,
  use: undefined,
  isPainted: false,
  isJoined: false,
};

const SPACED_PADDING: Token = { ...SEAM, kind: 'padding', isSpaced: true };
const CLOSE_PADDING: Token = { ...SEAM, kind: 'padding' };

/** Stands before what replaces `token`, and has its white space. */
export function paddingOf({ isSpaced }: Token): Token {
  return isSpaced ? SPACED_PADDING : CLOSE_PADDING;
}

export function isPadding({ kind }: Token): boolean {
  return kind === 'padding' || kind === 'seam';
}

/** Finds out whether white space is before a token, from the paddings before it. */
export function spacing(): {
  readonly pad: (padding: Token) => void;
  readonly before: (token: Token) => boolean;
} {
  let found: boolean | undefined;
  return {
    pad({ kind, isSpaced }) {
      const isOpen = kind === 'seam';
      if (found === undefined || (!found && isOpen)) found = isOpen ? undefined : isSpaced;
    },
    before(token) {
      const result = found ?? token.isSpaced;
      found = undefined;
      return result;
    },
  };
}
