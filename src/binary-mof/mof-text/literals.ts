/**
 * Writes texts, characters and numbers as literals of MOF. The result is ASCII, so that it survives any encoding, and no text can
 * end its literal.
 */
import { type Piece, WIDTH } from './pieces.js';

const ESCAPES: ReadonlyMap<number, string> = new Map([
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x22, '\\"'],
  [0x5c, '\\\\'],
]);
const QUOTE = 0x27;
const TILDE = 0x7e;
const BLANK = 0x20;

/** Code units, so that each half of a pair and a half without its other half are escapes of their own. */
function escaped(code: number): string {
  const short = ESCAPES.get(code);
  if (short !== undefined) return short;
  if (code >= BLANK && code <= TILDE) return String.fromCharCode(code);
  // Always four digits, so that a digit of the text after it stays one of its own.
  return `\\x${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function escapes(value: string): string {
  if (PLAIN.test(value)) return value;
  // Joined, not appended one by one: V8 would keep each step, many times as large as the text.
  return Array.from({ length: value.length }, (_, at) => escaped(value.charCodeAt(at))).join('');
}

/** Text without anything that has to be escaped. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** `"text"`; a long one becomes adjacent literals, broken after line ends and blanks. */
export function textLiteral(value: string): Piece {
  // Text that is too long for a line has no flat form, which would only take memory.
  const flat = value.length > WIDTH ? undefined : `"${escapes(value)}"`;
  return {
    flat: flat !== undefined && flat.length <= WIDTH ? flat : undefined,
    broken: (width) => brokenText(value, width),
    hugs: false,
  };
}

/** A piece is never shorter than this for want of room, however deep it is nested. */
const MIN_PIECE = 20;

function brokenText(value: string, width: number): string[] {
  const room = Math.max(width - 2, MIN_PIECE);
  const pieces: string[] = [];
  let start = 0;
  while (start < value.length) {
    const end = endOfPiece(value, start, room);
    pieces.push(`"${escapes(value.slice(start, end))}"`);
    start = end;
  }
  return pieces.length === 0 ? ['""'] : pieces;
}

/** Where a piece that begins at `start` ends: after a line end, else at the end of a word, else where the room ends. */
function endOfPiece(value: string, start: number, room: number): number {
  let length = 0;
  let word = 0;
  for (let at = start; at < value.length; at++) {
    length += escaped(value.charCodeAt(at)).length;
    if (length > room) return word > start ? word : Math.max(at, start + 1);
    if (value[at] === '\n') return at + 1;
    if (value[at] === ' ' && value[at + 1] !== ' ') word = at + 1;
  }
  return value.length;
}

/** `'c'` */
export function charLiteral(code: number): string {
  return code === QUOTE ? "'\\''" : code === 0x22 ? `'"'` : `'${escaped(code)}'`;
}

/** A number with a point, which reads back as the very same; `undefined` for infinities and NaN. */
export function realLiteral(value: number): string | undefined {
  if (!Number.isFinite(value)) return undefined;
  const [digits = '', exponent] = (Object.is(value, -0) ? '-0' : String(value)).split('e');
  const withPoint = digits.includes('.') ? digits : `${digits}.0`;
  return exponent === undefined ? withPoint : `${withPoint}e${exponent}`;
}
