/**
 * Makes untrusted text safe to print on a terminal, and measures how many columns it takes. A MOF text or a file name may hold escape
 * sequences, line breaks or bidirectional controls.
 */

/** Safe text, such as most names. */
const PLAIN = /^[ -~]*$/;

let unsafe: RegExp | undefined;

/**
 * Characters that control a terminal, end a line, reorder text or are invisible. Compiled on demand, because V8 takes a millisecond
 * for it.
 */
function unsafeCharacters(): RegExp {
  return (unsafe ??= /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu);
}

/** `text` on one line, with every unsafe character as an escape such as `\x1b` or `\u202e`. */
export function printable(text: string): string {
  if (PLAIN.test(text)) return text;
  return text.replace(unsafeCharacters(), (character) => escapeOf(character.codePointAt(0) ?? 0));
}

function escapeOf(code: number): string {
  if (code === 0x0a) return '\\n';
  if (code === 0x0d) return '\\r';
  if (code === 0x09) return '\\t';
  const hex = code.toString(16);
  if (code < 0x100) return `\\x${hex.padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}

/** One character of a source line as printed: its safe text, its columns and its offset. */
export interface Cell {
  readonly text: string;
  readonly width: number;
  /** UTF-16 offset within the line. */
  readonly offset: number;
}

const TAB_STOP = 4;

/** The characters of one line of source text (without its line end), tabs expanded, unsafe ones replaced. */
export function cellsOf(line: string): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let offset = 0;
  for (const character of line) {
    const text = character === '\t' ? ' '.repeat(TAB_STOP - (column % TAB_STOP)) : shown(character);
    const width = character === '\t' ? text.length : widthOf(text);
    cells.push({ text, width, offset });
    column += width;
    offset += character.length;
  }
  return cells;
}

/** A safe character of one column, so that the carets below a line stay aligned. */
function shown(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return '\u2421';
  return PLAIN.test(character) || character.search(unsafeCharacters()) < 0 ? character : '\ufffd';
}

/** The columns that `text` takes on a terminal: 2 for wide East Asian characters and emoji, 0 for combining marks. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/^\p{M}$/u.test(character)) continue;
    width += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  }
  return width;
}

/** Ranges with East_Asian_Width W or F that occur in practice (Unicode 15, EastAsianWidth.txt), and emoji. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2e80, 0x303e],
  [0x3041, 0x33ff],
  [0x3400, 0x4dbf],
  [0x4e00, 0x9fff],
  [0xa000, 0xa4cf],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe30, 0xfe6f],
  [0xff00, 0xff60],
  [0xffe0, 0xffe6],
  [0x1f300, 0x1f64f],
  [0x1f680, 0x1f6ff],
  [0x1f900, 0x1f9ff],
  [0x20000, 0x3fffd],
];

function isWide(code: number): boolean {
  return code >= 0x1100 && WIDE.some(([first, last]) => code >= first && code <= last);
}

/** The largest width of the texts; 0 without texts. */
export function widest(texts: Iterable<string>): number {
  let most = 0;
  for (const text of texts) most = Math.max(most, widthOf(text));
  return most;
}
