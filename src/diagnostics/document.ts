/** A value as JSON that is safe to print: no character controls the terminal, reorders text or is invisible. */

/** JSON escapes the C0 controls of strings itself; the remaining line ends are those of the indentation. */
const UNSAFE = /[\u007f-\u009f]|[\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** Indented JSON with a final line end; unsafe characters are written as JSON escapes. */
export function jsonDocument(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2).replace(UNSAFE, escaped)}\n`;
}

function escaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
  ).join('');
}
