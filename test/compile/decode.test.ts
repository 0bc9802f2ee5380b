// How bytes are decoded to text, and what is reported about bytes that are no text.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decode } from '../../src/compile/decode.js';
import { type Encoding } from '../../src/text/source-file.js';
import { runs } from '../effort.js';

const TEXT = 'class Größe { string 名前 = "\u{1F600}\uFFFD"; };\r\n';
const UTF8_MARK = [0xef, 0xbb, 0xbf];
const LE_MARK = [0xff, 0xfe];
const BE_MARK = [0xfe, 0xff];

function utf8(text: string): number[] {
  return [...new TextEncoder().encode(text)];
}

function utf16le(text: string): number[] {
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index)).flatMap(
    (unit) => [unit & 0xff, unit >> 8],
  );
}

function utf16be(text: string): number[] {
  const bytes = utf16le(text);
  return bytes.map((_, index) => bytes[index ^ 1] ?? 0);
}

/** Encoding, text, and `CODE start-end` of each diagnostic. */
function summary(bytes: readonly number[]): [Encoding, string, ...string[]] {
  const { value, diagnostics } = decode(Uint8Array.from(bytes), 'a.mof');
  expect(value.name).toBe('a.mof');
  const findings = diagnostics.map(({ code, location }) => {
    expect(location?.source).toBe(value);
    return `${code} ${location?.span.start}-${location?.span.end}`;
  });
  return [value.encoding, value.text, ...findings];
}

test.each<[title: string, bytes: number[], encoding: Encoding, text: string, note?: string]>([
  ['nothing', [], 'utf-8', ''],
  ['ASCII', utf8('class A {};'), 'utf-8', 'class A {};'],
  ['one byte', utf8(';'), 'utf-8', ';'],
  ['UTF-8', utf8('class \u00E4\u20AC'), 'utf-8', 'class \u00E4\u20AC', 'MOF1010 6-7'],
  ['UTF-8 with a mark', [...UTF8_MARK, ...utf8(TEXT)], 'utf-8 with BOM', TEXT, 'MOF1010 0-1'],
  ['a UTF-8 mark alone', UTF8_MARK, 'utf-8 with BOM', '', 'MOF1010 0-0'],
  ['UTF-16LE with a mark', [...LE_MARK, ...utf16le(TEXT)], 'utf-16le', TEXT],
  ['UTF-16BE with a mark', [...BE_MARK, ...utf16be(TEXT)], 'utf-16be', TEXT],
  ['a UTF-16 mark alone', LE_MARK, 'utf-16le', ''],
  ['UTF-16LE without a mark', utf16le(TEXT), 'utf-16le', TEXT],
  ['UTF-16BE without a mark', utf16be(TEXT), 'utf-16be', TEXT],
  ['NUL bytes at the end', [...utf8('class'), 0, 0], 'utf-8', 'class\0\0'],
  [
    'NUL bytes and the end of old editors',
    [...utf8('class'), 0, 0x1a, 10],
    'utf-8',
    'class\0\u001a\n',
  ],
  ['NUL bytes alone', [0, 0], 'utf-8', '\0\0'],
  [
    'a second mark, which is text',
    [...UTF8_MARK, ...UTF8_MARK],
    'utf-8 with BOM',
    '\uFEFF',
    'MOF1010 0-1',
  ],
  ['a second UTF-16 mark', [...LE_MARK, ...LE_MARK], 'utf-16le', '\uFEFF'],
])('%s', (_title, bytes, encoding, text, ...note) => {
  expect(summary(bytes)).toEqual([encoding, text, ...note]);
});

test.each<[title: string, bytes: number[], want: [Encoding, string, ...string[]]]>([
  [
    'Latin letters of a code page are a warning at the first of them',
    [...utf8('a "'), 0xe4, 0x80, ...utf8('"')],
    ['windows-1252', 'a "ä€"', 'MOF1003 3-4'],
  ],
  [
    'the place counts characters, also after valid UTF-8',
    [...utf8('ä'), 0xff],
    ['windows-1252', 'Ã¤ÿ', 'MOF1003 2-3'],
  ],
  [
    'a UTF-8 character cut off at the end',
    [0x61, 0xe2, 0x82],
    ['windows-1252', 'aâ‚', 'MOF1003 1-2'],
  ],
  ['an overlong UTF-8 form', [0xc0, 0xaf], ['windows-1252', 'À¯', 'MOF1003 0-1']],
  ['a surrogate written in UTF-8', [0xed, 0xa0, 0x80], ['windows-1252', 'í\u00A0€', 'MOF1003 0-1']],
  [
    'bytes that contradict a UTF-8 mark',
    [...UTF8_MARK, ...utf8('ä'), 0xff, 0x62],
    ['utf-8 with BOM', 'ä\uFFFDb', 'MOF1002 1-2'],
  ],
  ['an odd byte in UTF-16', [...LE_MARK, 0x61, 0, 0x62], ['utf-16le', 'a', 'MOF1002 1-1']],
  [
    'half of a surrogate pair',
    [...LE_MARK, 0x61, 0, 0x3d, 0xd8, 0x62, 0],
    ['utf-16le', 'a\uFFFDb', 'MOF1002 1-2'],
  ],
  [
    'half of a surrogate pair after a written U+FFFD',
    [...BE_MARK, 0xff, 0xfd, 0xdc, 0],
    ['utf-16be', '\uFFFD\uFFFD', 'MOF1002 1-2'],
  ],
  ['UTF-32LE', [0xff, 0xfe, 0, 0, 0x61, 0, 0, 0], ['utf-8', '', 'MOF1002 0-0']],
  ['UTF-32BE', [0, 0, 0xfe, 0xff, 0, 0, 0, 0x61], ['utf-8', '', 'MOF1002 0-0']],
  ['UTF-32BE without a mark', [0, 0, 0, 0x61], ['utf-8', '', 'MOF1002 0-0']],
  [
    'UTF-32LE without a mark',
    [0x2f, 0, 0, 0, 0x2f, 0, 0, 0, 0x61, 0, 0, 0],
    ['utf-8', '', 'MOF1002 0-0'],
  ],
])('%s', (_title, bytes, want) => {
  expect(summary(bytes)).toEqual(want);
});

test('any bytes are decoded, and places are within the text', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      const { value, diagnostics } = decode(bytes, 'a.mof');
      for (const { location } of diagnostics) {
        expect(location?.span.end).toBeLessThanOrEqual(value.text.length);
      }
    }),
    { numRuns: runs(2000) },
  );
});

test.each<[title: string, bytes: number[]]>([
  ['a binary MOF', [...utf8('FOMB'), 1, 0, 0, 0]],
  ['a binary MOF that is cut off', utf8('FOMB')],
  ['a program', [...utf8('MZ'), 0x90, 0, 3, 0, 0, 0]],
  ['a text after NUL bytes', [...utf8('class'), 0, 0, ...utf8(' A')]],
  ['bytes that begin like UTF-16', [1, 0, 2, 0, 0, 0, 7, 7]],
])('%s is no text, which is reported once', (_title, bytes) => {
  expect(summary(bytes)).toEqual(['utf-8', '', 'MOF1009 0-0']);
});

test('any text is decoded from each encoding with a mark', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(summary([...UTF8_MARK, ...utf8(text)])).toEqual([
        'utf-8 with BOM',
        text,
        `MOF1010 0-${Math.min(1, text.length)}`,
      ]);
      if (text.startsWith('\0')) return;
      expect(summary([...LE_MARK, ...utf16le(text)])).toEqual(['utf-16le', text]);
      expect(summary([...BE_MARK, ...utf16be(text)])).toEqual(['utf-16be', text]);
    }),
  );
});

test('the first byte that is not UTF-8 is found in a large file', () => {
  const bytes = new Uint8Array(5_000_000).fill(0x61);
  bytes[4_000_001] = 0xff;
  expect(decode(bytes, 'a.mof').diagnostics[0]?.location?.span.start).toBe(4_000_001);
});
