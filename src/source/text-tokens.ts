/**
 * Reads the arguments of a macro from a MOF text, token by token, over lines and comments. It must not know macros.
 */
import { endOfLine, isClosed, scanChar } from '../../grammar/scanning.js';
import { continuation } from './logical-line.js';
import { readToken, type Token } from './pp-tokens.js';
import { type SourceFile } from './source-file.js';
import { isBlank } from './words.js';

/** Where tokens come from. */
export interface TokenSource {
  /** The next token; `undefined` at the end. */
  readonly next: () => Token | undefined;
  /** Takes the last token back, to be read again. */
  readonly back: () => void;
}

export interface TextTokens extends TokenSource {
  /** After the last token. */
  readonly offset: () => number;
}

/**
 * The tokens of `file` from `start` on; they end where a directive begins. `first` comes before them. `endOfString` finds the
 * offset after the string that begins at one.
 */
export function textTokens(
  file: SourceFile,
  start: number,
  first: Token,
  endOfString: (index: number) => number,
): TextTokens {
  const { text } = file;
  let index = start;
  let previous = start;
  let last: Token | undefined;
  let waiting: Token | undefined = first;

  const read = (): Token | undefined => {
    let isLineStart = false;
    let isSpaced = false;
    let at = index;
    for (; at < text.length;) {
      const code = text.charCodeAt(at);
      if (code === 10 || code === 13) {
        isLineStart = true;
        at++;
      } else if (isBlank(code)) at++;
      else if (code === 47 && text[at + 1] === '/') at = endOfLine(text, at);
      else if (code === 47 && text[at + 1] === '*') {
        const close = text.indexOf('*/', at + 2);
        at = close < 0 ? text.length : close + 2;
      } else if (code === 92) {
        const next = continuation(text, at);
        if (next === undefined) break;
        at = next;
      } else break;
      isSpaced = true;
    }
    if (at >= text.length || (isLineStart && text[at] === '#')) return undefined;
    const { kind, end } = readText(text, at, endOfString);
    previous = index;
    index = end;
    return {
      kind,
      text: text.slice(at, end),
      source: file,
      start: at,
      end,
      isSpaced,
      use: undefined,
      isPainted: false,
      isJoined: false,
    };
  };

  return {
    next() {
      last = waiting ?? read();
      waiting = undefined;
      return last;
    },
    back() {
      waiting = last;
    },
    offset: () => (waiting === undefined ? index : waiting === first ? start : previous),
  };
}

/** Strings of MOF may go on over lines. */
function readText(
  text: string,
  at: number,
  endOfString: (index: number) => number,
): ReturnType<typeof readToken> {
  const quote = text[at];
  if (quote !== '"' && quote !== "'") return readToken(text, at, text.length);
  const end = quote === '"' ? endOfString(at) : at + (scanChar(text, at)?.[0].length ?? 1);
  return { kind: isClosed(text.slice(at, end)) ? 'string' : 'other', end };
}
