/** Which characters make up names, numbers and white space, and where a literal ends. It must not know macros. */

/** A name, as a part of regular expressions. */
export const NAME = String.raw`[A-Za-z_\u0080-\u009F\u00A1-\uFEFE\uFF00-\uFFFF][\w\u0080-\u009F\u00A1-\uFEFE\uFF00-\uFFFF]*`;

/** Whether the character may begin a name; all beyond ASCII but white space may, so that no part of such a name is a macro. */
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

/** The offset after the number in the preprocessor's sense that begins at `index`, such as `0x1F`, `1.5e+3` or `1ab`. */
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
