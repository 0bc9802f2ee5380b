/**
 * Turns the bytes of a MOF file into text.
 *
 * MOF files are ASCII, UTF-8, UTF-16 (what `mofcomp -MOF:` writes) or, on old disks, in a Windows code page.
 */
import { firstIndex } from '../text/binary-search.js';
import { isBinaryMof } from '../binary-mof/header.js';
import { diagnostic, type Diagnostic, type Result } from '../diagnostics/diagnostic.js';
import { type Encoding, type SourceFile } from '../text/source-file.js';

type Utf16 = 'utf-16le' | 'utf-16be';

/**
 * Decodes `bytes`, the content of the file that a person knows as `name`.
 *
 * A byte order mark decides; without one, two bytes of which one is NUL mean UTF-16 (a MOF begins with an ASCII
 * character); else strict UTF-8; else windows-1252, with the warning MOF1003 at the first byte that is not UTF-8.
 * Bytes that are not what they claim to be are MOF1002, and the text then has U+FFFD in their place. Bytes that are no text at
 * all are MOF1009, once, and the text is empty.
 */
export function decode(bytes: Uint8Array, name: string): Result<SourceFile> {
  if (isBinaryMof(bytes)) {
    return noText(
      name,
      'this is a binary MOF, where a text is needed; mofgen decompile makes a text of it',
    );
  }
  if (startsWith(bytes, 0xff, 0xfe, 0, 0) || startsWith(bytes, 0, 0, 0xfe, 0xff)) {
    return utf32(name);
  }
  if (startsWith(bytes, 0xff, 0xfe)) return utf16(bytes.subarray(2), name, 'utf-16le');
  if (startsWith(bytes, 0xfe, 0xff)) return utf16(bytes.subarray(2), name, 'utf-16be');
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return markedUtf8(bytes.subarray(3), name);
  const [first, second] = bytes;
  if (first !== undefined && second !== undefined) {
    if (first === 0 && second === 0 && bytes.some((byte) => byte !== 0)) return utf32(name);
    if (isUtf32LittleEndian(bytes)) return utf32(name);
    if (first !== 0 && second === 0) return unmarkedUtf16(bytes, name, 'utf-16le');
    if (first === 0 && second !== 0) return unmarkedUtf16(bytes, name, 'utf-16be');
  }
  if (isInterrupted(bytes)) return noText(name, NUL_BYTES);
  return unmarked(bytes, name);
}

const BEGINNING = 8000;
const NUL_BYTES =
  'the file holds NUL bytes, so it is no text; mofgen reads MOF texts in UTF-8 or UTF-16';

function noText(name: string, message: string): Result<SourceFile> {
  const source: SourceFile = { name, text: '', encoding: 'utf-8' };
  const location = { source, span: { start: 0, end: 0 } };
  return { value: source, diagnostics: [diagnostic('MOF1009', location, message)] };
}

function unmarkedUtf16(bytes: Uint8Array, name: string, encoding: Utf16): Result<SourceFile> {
  const { length } = bytes;
  const units = decodeText(bytes.subarray(0, Math.min(BEGINNING, length & ~1)), encoding);
  const codes = Array.from(units, (unit) => unit.codePointAt(0) ?? 0);
  return isInterrupted(codes) ? noText(name, NUL_BYTES) : utf16(bytes, name, encoding);
}

/** Whether the beginning has a NUL with more after it. Old editors append NULs to a text. */
function isInterrupted(codes: Uint8Array | readonly number[]): boolean {
  const first = codes.slice(0, BEGINNING).indexOf(0);
  return first >= 0 && codes.slice(first).some((code) => !MAY_END.has(code));
}

/** NUL, the end of a text on old systems, and white space. */
const MAY_END: ReadonlySet<number> = new Set([0, 0x1a, 0x09, 0x0a, 0x0c, 0x0d, 0x20]);

/** A first character of four bytes: as UTF-16 it would be followed by a NUL character, which no MOF text has there. */
function isUtf32LittleEndian(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes;
  return first !== 0 && second === 0 && third === 0 && fourth === 0;
}

function utf32(name: string): Result<SourceFile> {
  const value: SourceFile = { name, text: '', encoding: 'utf-8' };
  return {
    value,
    diagnostics: [
      fault(
        value,
        0,
        'the file is UTF-32, which MOF compilers do not read',
        'save it as UTF-8 or UTF-16',
      ),
    ],
  };
}

function utf16(bytes: Uint8Array, name: string, encoding: Utf16): Result<SourceFile> {
  const text = decodeText(bytes.subarray(0, bytes.length & ~1), encoding);
  const value: SourceFile = { name, text, encoding };
  const diagnostics: Diagnostic[] = [];
  let lone = text.indexOf('\uFFFD');
  while (lone >= 0 && isWrittenReplacement(bytes, lone, encoding)) {
    lone = text.indexOf('\uFFFD', lone + 1);
  }
  if (lone >= 0) {
    const help = 'save it again as UTF-8 or UTF-16 from an editor that shows it well';
    diagnostics.push(fault(value, lone, 'half of a UTF-16 surrogate pair', help));
  }
  if (bytes.length % 2 === 1) {
    const message = 'the UTF-16 file has an odd number of bytes';
    diagnostics.push(
      fault(value, text.length, message, 'its last byte may be lost: copy it again'),
    );
  }
  return { value, diagnostics };
}

function markedUtf8(bytes: Uint8Array, name: string): Result<SourceFile> {
  const encoding: Encoding = 'utf-8 with BOM';
  const strict = strictUtf8(bytes);
  if (strict !== undefined) {
    const source: SourceFile = { name, text: strict, encoding };
    return { value: source, diagnostics: [utf8Note(source, 0, 'a byte order mark of UTF-8')] };
  }
  const value: SourceFile = { name, text: decodeText(bytes, 'utf-8'), encoding };
  const message = 'the file claims to be UTF-8 by its byte order mark, but is not';
  const place = decodeText(bytes.subarray(0, validUtf8Length(bytes)), 'utf-8').length;
  return { value, diagnostics: [fault(value, place, message, 'save it again as UTF-8')] };
}

function unmarked(bytes: Uint8Array, name: string): Result<SourceFile> {
  const strict = strictUtf8(bytes);
  if (strict !== undefined) {
    const source: SourceFile = { name, text: strict, encoding: 'utf-8' };
    const first = strict.search(/[^\0-\x7F]/);
    if (first < 0) return { value: source, diagnostics: [] };
    return { value: source, diagnostics: [utf8Note(source, first, 'UTF-8 beyond ASCII')] };
  }
  const value: SourceFile = {
    name,
    text: decodeWindows1252(bytes),
    encoding: 'windows-1252',
  };
  // In windows-1252 every byte is one character, so the byte's place is the character's place.
  const start = validUtf8Length(bytes);
  const byte = (bytes[start] ?? 0).toString(16).toUpperCase().padStart(2, '0');
  return {
    value,
    diagnostics: [
      diagnostic(
        'MOF1003',
        { source: value, span: { start, end: start + 1 } },
        `the byte 0x${byte} is not UTF-8; the file is read as windows-1252`,
        { help: 'save it as UTF-16 with a byte order mark, which mofcomp reads everywhere' },
      ),
    ],
  };
}

/** mofgen reads UTF-8; mofcomp takes a text that is not UTF-16 to be in the code page of the machine. */
function utf8Note(source: SourceFile, start: number, what: string): Diagnostic {
  const end = Math.min(start + 1, source.text.length);
  return diagnostic(
    'MOF1010',
    { source, span: { start, end } },
    `the file has ${what}, which mofcomp does not read as such`,
    { help: 'save it as UTF-16 with a byte order mark, or keep to ASCII' },
  );
}

function decodeText(bytes: Uint8Array, encoding: Utf16 | 'utf-8'): string {
  return new TextDecoder(encoding, { ignoreBOM: true }).decode(bytes);
}

/** What windows-1252 has in the places 0x80 to 0x9F; elsewhere its bytes are the first 256 Unicode characters. */
const WINDOWS_1252_C1 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008DŽ\u008F\u0090‘’“”•–—˜™š›œ\u009DžŸ';

/** By hand, because the TextDecoder of Node 20 takes windows-1252 for ISO 8859-1. */
function decodeWindows1252(bytes: Uint8Array): string {
  const parts: string[] = [];
  // In pieces, because every byte is an argument of its own.
  for (let start = 0; start < bytes.length; start += 8192) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + 8192)));
  }
  return parts
    .join('')
    .replace(/[\u0080-\u009F]/g, (character) =>
      WINDOWS_1252_C1.charAt(character.charCodeAt(0) - 0x80),
    );
}

/** The text of `bytes`, `undefined` when they are not UTF-8. */
function strictUtf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** The length of the longest valid beginning of `bytes`, for bytes that are not UTF-8 throughout. */
function validUtf8Length(bytes: Uint8Array): number {
  // A beginning may end within a character, hence the search for one that does not.
  let length = firstIndex(bytes.length + 1, (end) => !isUtf8Beginning(bytes.subarray(0, end))) - 1;
  while (length > 0 && strictUtf8(bytes.subarray(0, length)) === undefined) length--;
  return length;
}

function isUtf8Beginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** Whether the U+FFFD at `index` of the decoded text is in the file, not a replacement by the decoder. */
function isWrittenReplacement(bytes: Uint8Array, index: number, encoding: Utf16): boolean {
  const pair = [bytes[2 * index], bytes[2 * index + 1]];
  const [high, low] = encoding === 'utf-16be' ? pair : pair.reverse();
  return high === 0xff && low === 0xfd;
}

function startsWith(bytes: Uint8Array, ...start: number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

function fault(source: SourceFile, offset: number, message: string, help: string): Diagnostic {
  const end = Math.min(offset + 1, source.text.length);
  return diagnostic('MOF1002', { source, span: { start: offset, end } }, message, { help });
}
