/**
 * Finds the names in a text that may be macros: outside of strings, character literals, numbers and aliases. It must not
 * know macros. Comments are the caller's business.
 */
import { type Span } from '../../grammar/ast.js';

/** A name, as a part of regular expressions. */
export const NAME = String.raw`[A-Za-z_\u0080-\uFFFF][\w\u0080-\uFFFF]*`;

/** Whether the character may begin a name; everything beyond ASCII may, so that no part of such a name is a macro. */
export function beginsName(code: number): boolean {
  return (
    (code >= 97 && code <= 122) ||
    (code >= 65 && code <= 90) ||
    code === 95 ||
    (code >= 0x80 && code !== 0xfeff)
  );
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

/** Whether the character is white space within a line. */
export function isBlank(code: number): boolean {
  return code === 32 || (code >= 8 && code <= 12 && code !== 10) || code === 0xfeff;
}

/** The offset after the name or number (in the preprocessor's sense, `0x1F` or `1.5e3`) that begins at `index`. */
export function endOfWord(text: string, index: number): number {
  const isNumber = isDigit(text.charCodeAt(index));
  let end = index + 1;
  for (; end < text.length; end++) {
    const code = text.charCodeAt(end);
    if (!beginsName(code) && !isDigit(code) && !(isNumber && code === 46)) break;
  }
  return end;
}

/** The names in `[start, end)` of a single line without comments. */
export function namesIn(text: string, start: number, end: number): Span[] {
  const names: Span[] = [];
  let index = start;
  while (index < end) {
    const code = text.charCodeAt(index);
    if (code === 34 || code === 39) index = endOfQuoted(text, index, end);
    else if (code === 36) index = endOfWord(text, index);
    else if (isDigit(code)) index = endOfWord(text, index);
    else if (beginsName(code)) {
      const stop = endOfWord(text, index);
      names.push({ start: index, end: stop });
      index = stop;
    } else index++;
  }
  return names;
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
