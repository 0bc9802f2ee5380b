/**
 * Decodes the text of one literal into its value, and finds the problems in it.
 *
 * Offsets of the problems count from the start of the literal. Rules: DSP0004 2.x, MOF grammar annex (integerValue,
 * realValue, charValue, stringValue); grammar/README.md lists what is accepted beyond them.
 */
import { type SyntaxFix, type SyntaxProblem } from './ast.js';
import { edit, insertion, replacement } from './fixes.js';
import { MAX_PROBLEMS } from './problems.js';
import { isClosed } from '../src/text/scanning.js';

/** The value of a literal. */
export interface Decoded<T> {
  readonly value: T;
  readonly problems: readonly SyntaxProblem[];
}

/** A number: `integer` when it was written as one. */
export type NumberValue =
  | { readonly kind: 'integer'; readonly value: bigint }
  | { readonly kind: 'real'; readonly value: number };

const NO_PROBLEMS: readonly SyntaxProblem[] = [];
const LOWEST = -(2n ** 63n);
const HIGHEST = 2n ** 64n - 1n;
/** More digits than any 64-bit number has in binary, with room for leading zeros. */
const MAX_DIGITS = 100;

const INTEGER = /^[+-]?(?:0[xX][0-9a-fA-F]+|[01]+[bB]|0[0-7]+|[1-9]\d*|0)$/;
const REAL = /^[+-]?\d*\.\d+(?:[eE][+-]?\d+)?$/;
const TOLERATED_REAL = /^[+-]?(?:\d+\.(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+)$/;

/** Decodes a number; a malformed one counts as the integer 0. */
export function decodeNumber(image: string): Decoded<NumberValue> {
  if (image.length <= 15 && /^\d+$/.test(image) && (image[0] !== '0' || image.length === 1)) {
    return { value: { kind: 'integer', value: BigInt(image) }, problems: NO_PROBLEMS };
  }
  if (image.length <= MAX_DIGITS && INTEGER.test(image)) return decodeInteger(image);
  if (REAL.test(image)) return decodeReal(image, NO_PROBLEMS);
  if (TOLERATED_REAL.test(image)) {
    return decodeReal(image, [
      problem(
        'MOF1104',
        `real number '${shortened(image)}' without a point and digits after it`,
        0,
        image.length,
        `write '${shortened(withDigits(image))}'; other MOF compilers accept no other form`,
        replacement({ start: 0, end: image.length }, withDigits(image)),
      ),
    ]);
  }
  return malformed(image, `malformed number '${shortened(image)}'`, numberHelp(image));
}

function decodeInteger(image: string): Decoded<NumberValue> {
  const negative = image.startsWith('-');
  const digits = image.replace(/^[+-]/, '');
  const magnitude = BigInt(
    /[bB]$/.test(digits) && !/^0[xX]/.test(digits)
      ? `0b${digits.slice(0, -1)}`
      : /^0[0-7]+$/.test(digits)
        ? `0o${digits}`
        : digits,
  );
  const value = negative ? -magnitude : magnitude;
  if (value < LOWEST || value > HIGHEST) {
    return malformed(
      image,
      `the number '${shortened(image)}' does not fit into 64 bits`,
      'integers go from -9223372036854775808 (sint64) to 18446744073709551615 (uint64)',
    );
  }
  return { value: { kind: 'integer', value }, problems: NO_PROBLEMS };
}

function decodeReal(image: string, problems: readonly SyntaxProblem[]): Decoded<NumberValue> {
  const value = Number(image);
  if (!Number.isFinite(value)) {
    return malformed(
      image,
      `the number '${shortened(image)}' does not fit into a real64`,
      'a real64 goes up to about 1.79e308',
    );
  }
  return { value: { kind: 'real', value }, problems };
}

/** A malformed number has the value of the decimal digits that it begins with. */
function malformed(image: string, message: string, help: string): Decoded<NumberValue> {
  const [digits = '0'] = /^[+-]?\d{1,18}(?!\d)/.exec(image) ?? [];
  return {
    value: { kind: 'integer', value: BigInt(digits.replace('+', '')) },
    problems: [problem('MOF1103', message, 0, image.length, help)],
  };
}

function numberHelp(image: string): string {
  const digits = image.replace(/^[+-]/, '');
  if (/^0\d+$/.test(digits)) return 'a leading 0 makes a number octal: its digits go from 0 to 7';
  if (/^\d+[bB]$/.test(digits)) return 'a trailing b makes a number binary: its digits are 0 and 1';
  if (/^0[xX]/.test(digits)) return 'a hexadecimal number is 0x and the digits 0 to 9, a to f';
  return 'numbers are decimal (42), hexadecimal (0x2A), octal (052), binary (101010b) or real (4.2)';
}

function withDigits(image: string): string {
  return image.includes('.') ? image.replace('.', '.0') : image.replace(/[eE]/, '.0e');
}

const ESCAPES: Readonly<Record<string, string>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};

/**
 * Decodes a string with its quotes. Line ends inside it are kept, with a warning. So are unknown escapes with their
 * backslash, because the texts that have them mean a backslash (`MS\0x409`, paths in prose).
 */
export function decodeString(image: string): Decoded<string> {
  const closed = isClosed(image);
  const inner = closed ? image.slice(1, -1) : image.slice(1);
  const problems: SyntaxProblem[] = [];
  if (!closed) {
    problems.push(
      problem(
        'MOF1102',
        'this string has no end',
        0,
        1,
        'end it with a double quote on the same line',
        insertion(likelyEnd(image), '"'),
      ),
    );
  } else {
    if (/[\r\n]/.test(inner)) {
      const help =
        'end the string before the line end and continue with another: "…" "…" are joined';
      const message = 'line break inside a string';
      const fix = joinedPieces(inner);
      problems.push(problem('MOF1106', message, 0, 1, help, fix));
    }
  }
  return { value: unescape(inner, 1, problems), problems };
}

/** Where the closing quote of a string was probably forgotten: before the signs that end its line. */
function likelyEnd(image: string): number {
  const line = image.search(/[\r\n]/);
  const end = line < 0 ? image.length : line;
  let at = end;
  while (at > 1 && ' \t)]},;'.includes(image.charAt(at - 1))) at--;
  return at;
}

/** A fix that splits a string over several lines into one piece a line, with the same value. */
function joinedPieces(inner: string): SyntaxFix {
  const edits = Array.from(inner.matchAll(/\r\n|\r|\n/g), ({ index, 0: lineEnd }) => {
    const escaped = lineEnd.replace('\r', '\\r').replace('\n', '\\n');
    const start = index + 1;
    return edit(start, start + lineEnd.length, `${escaped}"${lineEnd}"`);
  });
  return { title: 'end the string before each line end and continue with another', edits };
}

/** Decodes a char literal with its quotes into one UTF-16 code unit; a malformed one counts as U+0000. */
export function decodeChar(image: string): Decoded<number> {
  if (!isClosed(image)) {
    const help = 'end it with a single quote, or write text between double quotes';
    return {
      value: 0,
      problems: [problem('MOF1102', 'this character literal has no end', 0, 1, help)],
    };
  }
  const problems: SyntaxProblem[] = [];
  const value = unescape(image.slice(1, -1), 1, problems);
  if (value.length !== 1) {
    const found = value.length === 0 ? 'nothing' : `'${shortened(value)}'`;
    const message = `a char16 literal holds one UTF-16 character, found ${found}`;
    problems.length = 0;
    const inner = image.slice(1, -1);
    const help = 'write text between double quotes';
    const fix = inner.includes('"')
      ? undefined
      : replacement({ start: 0, end: image.length }, `"${inner}"`);
    problems.push(problem('MOF1107', message, 0, image.length, help, fix));
    return { value: 0, problems };
  }
  return { value: value.charCodeAt(0), problems };
}

/** Replaces the escapes of `text`, which begins at `offset` of its literal. */
function unescape(text: string, offset: number, problems: SyntaxProblem[]): string {
  let backslash = text.indexOf('\\');
  if (backslash < 0) return text;
  const parts: string[] = [];
  let copied = 0;
  while (backslash >= 0) {
    parts.push(text.slice(copied, backslash));
    const letter = text[backslash + 1] ?? '';
    const simple = ESCAPES[letter];
    const hex = letter === 'x' || letter === 'X' ? hexDigits(text, backslash + 2) : '';
    if (simple !== undefined) {
      parts.push(simple);
      copied = backslash + 2;
    } else if (hex !== '') {
      parts.push(String.fromCharCode(Number.parseInt(hex, 16)));
      copied = backslash + 2 + hex.length;
    } else {
      // The character after the backslash is copied with the text that follows.
      parts.push('\\');
      copied = backslash + 1;
      const isLineEnd = letter === '' || letter === '\r' || letter === '\n';
      if (!isLineEnd && problems.length <= MAX_PROBLEMS) {
        problems.push(unknownEscape(letter, offset + backslash));
      }
    }
    backslash = text.indexOf('\\', copied);
  }
  parts.push(text.slice(copied));
  return parts.join('');
}

function hexDigits(text: string, start: number): string {
  let end = start;
  while (end < start + 4 && /^[0-9a-fA-F]$/.test(text[end] ?? '')) end++;
  return text.slice(start, end);
}

function unknownEscape(letter: string, start: number): SyntaxProblem {
  return problem(
    'MOF1105',
    letter === 'x' || letter === 'X'
      ? `no hexadecimal digits after '\\${letter}'`
      : `unknown escape '\\${letter}' is kept as it is`,
    start,
    start + 2,
    `write '\\\\${letter}' for a backslash`,
    replacement({ start, end: start + 1 }, '\\\\'),
  );
}

function problem(
  code: SyntaxProblem['code'],
  message: string,
  start: number,
  end: number,
  help: string,
  fix?: SyntaxFix,
): SyntaxProblem {
  return { code, message, help, span: { start, end }, ...(fix && { fix }) };
}

const CONTROLS = /\p{Cc}/gu;

/** `text` cut to a length that fits into a message, without control characters. */
export function shortened(text: string): string {
  const line = text.slice(0, 41).replace(CONTROLS, ' ');
  return line.length > 40 ? `${line.slice(0, 37)}…` : line;
}
