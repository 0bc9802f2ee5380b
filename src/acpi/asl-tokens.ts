/** Splits ASL text, as iasl writes it, into tokens without comments. */

export interface AslToken {
  readonly kind: 'word' | 'number' | 'string' | 'sign' | 'torn';
  /** As written; of a string the text between the quotes, of an unterminated token its kind. */
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

const SPACE = /[\s\uFEFF]+/y;
/** A number, or what begins like one. */
const NUMBER = /[0-9][A-Za-z0-9_]*/y;
const WHOLE_NUMBER = /^(?:0[xX][0-9A-Fa-f]+|[0-9]+)$/;
/** Keywords, and names with their prefixes and dots. */
const WORD = /[\\^A-Za-z_][\\^.A-Za-z0-9_]*/y;

/** The tokens of a text, one for each call; undefined at its end. */
export function aslTokens(text: string): () => AslToken | undefined {
  let at = 0;
  let line = 1;
  const matched = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  let newline = text.indexOf('\n');
  /** Goes to `end`, and counts the lines up to it. */
  const advance = (end: number) => {
    for (; newline >= 0 && newline < end; newline = text.indexOf('\n', newline + 1)) line++;
    at = end;
  };
  const token = (kind: AslToken['kind'], written: string, end: number): AslToken => {
    const made = { kind, text: written, line };
    advance(end);
    return made;
  };

  return () => {
    while (at < text.length) {
      const space = matched(SPACE);
      if (space !== undefined) {
        advance(at + space.length);
      } else if (text[at] === '#' || text.startsWith('//', at)) {
        const end = text.indexOf('\n', at);
        at = end < 0 ? text.length : end;
      } else if (text.startsWith('/*', at)) {
        const end = text.indexOf('*/', at + 2);
        if (end < 0) return token('torn', 'comment', text.length);
        advance(end + 2);
      } else if (text[at] === '"') {
        const end = stringEnd(text, at + 1);
        if (end === undefined) return token('torn', 'string', text.length);
        return token('string', text.slice(at + 1, end), end + 1);
      } else {
        const number = matched(NUMBER);
        if (number !== undefined) {
          const kind = WHOLE_NUMBER.test(number) ? 'number' : 'sign';
          return token(kind, number, at + number.length);
        }
        const word = matched(WORD);
        if (word !== undefined) return token('word', word, at + word.length);
        return token('sign', text[at] ?? '', at + 1);
      }
    }
    return undefined;
  };
}

/** The place of the quote that ends a string; a backslash makes the next character one of the string. */
function stringEnd(text: string, from: number): number | undefined {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return undefined;
}

/** The value of a number: hexadecimal with `0x`, octal with `0`, else decimal (ACPI 6.5, section 19.2.5). */
export function aslNumber(text: string): number {
  return /^0[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number(text);
}

/** A string without ASL's escapes, as bytes; characters beyond one byte become `?`. */
export function aslStringBytes(text: string): number[] {
  const bytes: number[] = [];
  const pattern = /\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3})|([\s\S]))|[\s\S]/g;
  for (const [whole, hex, octal, escaped] of text.matchAll(pattern)) {
    const character = escaped ?? whole;
    if (hex !== undefined) bytes.push(Number.parseInt(hex, 16));
    else if (octal !== undefined) bytes.push(Number.parseInt(octal, 8) & 0xff);
    else if (escaped !== undefined && ESCAPES.has(escaped)) bytes.push(ESCAPES.get(escaped) ?? 0);
    else bytes.push(character.charCodeAt(0) > 0xff ? 0x3f : character.charCodeAt(0));
  }
  return bytes;
}

const ESCAPES = new Map([
  ['a', 7],
  ['b', 8],
  ['f', 12],
  ['n', 10],
  ['r', 13],
  ['t', 9],
  ['v', 11],
]);
