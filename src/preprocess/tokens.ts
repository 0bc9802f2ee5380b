/**
 * Preprocessing tokens (ISO C, 6.4): names, numbers, literals and punctuators, with their places, and the characters they consist of.
 */
import { type MacroUse } from '../text/composition.js';
import { type SourceFile } from '../text/source-file.js';
import { type LogicalLine, spanInSource } from './logical-line.js';

/**
 * `padding` and `seam` are placeholders between tokens that macros bring together; they decide whether a blank separates them. A
 * padding has the white space of the token that was replaced; a seam leaves it to its neighbour.
 */
type TokenKind = 'name' | 'number' | 'string' | 'punctuator' | 'other' | 'padding' | 'seam';

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Where it is written; for the result of an operator, where its operand is. */
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
  /** Whether white space precedes it. */
  readonly isSpaced: boolean;
  /** The use of the macro whose body it is from; `undefined` for a token of the text. */
  readonly use: MacroUse | undefined;
  /** The name of a macro within its own expansion, which is never replaced (ISO C, 6.10.3.4). */
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
  // An alias of MOF is not a macro.
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

/** The tokens in `[start, end)` of a line, in which comments are already replaced by blanks. */
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

/** Whether two adjacent tokens would be read as other tokens. */
export function wouldJoin(left: string, right: string): boolean {
  const last = left.charCodeAt(left.length - 1);
  const first = right.charCodeAt(0);
  const isWord = (code: number) => beginsName(code) || isDigit(code) || code === 46 || code === 36;
  if (isWord(last)) return isWord(first) || first === 34 || first === 39 || isSign(first);
  // A sign stays with its digits, as in `-LIMIT`.
  if (isSign(last) && isDigit(first)) return false;
  return !BRACKETS.includes(left.charAt(left.length - 1)) && !BRACKETS.includes(right.charAt(0));
}

const BRACKETS = '()[]{},;';

function isSign(code: number): boolean {
  return code === 43 || code === 45;
}

/** The placeholder between the expansion of a macro and its neighbours. */
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

/** The placeholder before the replacement of `token`, with its white space. */
export function paddingOf({ isSpaced }: Token): Token {
  return isSpaced ? SPACED_PADDING : CLOSE_PADDING;
}

export function isPadding({ kind }: Token): boolean {
  return kind === 'padding' || kind === 'seam';
}

/** Whether white space precedes a token, computed from the paddings before it. */
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

/** A name, as a part of regular expressions. */
export const NAME = String.raw`[A-Za-z_\u0080-\u009F\u00A1-\uFEFE\uFF00-\uFFFF][\w\u0080-\u009F\u00A1-\uFEFE\uFF00-\uFFFF]*`;

/** Whether the character may begin a name. All characters beyond ASCII except white space may, so that no part of such a name is a macro. */
export function beginsName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 0x80 && code !== 0xfeff && code !== 0xa0)
  );
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether the character is white space within a line. */
export function isBlank(code: number): boolean {
  return (
    code === 32 || (code >= 8 && code <= 12 && code !== 10) || code === 0xfeff || code === 0xa0
  );
}

/** The offset after the name that begins at `index`. */
export function endOfWord(text: string, index: number): number {
  let end = index + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (!beginsName(code) && !isDigit(code)) break;
  }
  return end;
}

/** The offset after the preprocessing number that begins at `index`, such as `0x1F`, `1.5e+3` or `1ab`. */
export function endOfNumber(text: string, index: number): number {
  let end = index + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if ((code === 43 || code === 45) && 'eEpP'.includes(text.charAt(end - 1))) continue;
    if (code !== 46 && !isDigit(code) && !beginsName(code)) break;
  }
  return end;
}

/** The offset after the literal whose quote is at `index`; `end` when it is not closed. */
export function endOfQuoted(text: string, index: number, end: number): number {
  const quote = text.charCodeAt(index);
  for (let at = index + 1; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 92) at++;
    else if (code === quote) return at + 1;
  }
  return end;
}
