/** Files with tables: acpidump's text, and tables as they are in memory. */
import { expect, test } from 'vitest';
import { acpiForm, readAcpi } from '../../src/acpi/reading.js';
import { dump, name, smallTable, table } from './aml-bytes.js';

const other = table('SSDT', name('ABCD', 1));
const text = dump(smallTable, other);
const bytes = (...parts: readonly (string | Uint8Array)[]) =>
  Uint8Array.from(Buffer.concat(parts.map((part) => Buffer.from(part))));
const utf16 = (of: string) => bytes(Uint8Array.of(0xff, 0xfe), Buffer.from(of, 'utf16le'));

test.each([
  ['a dump', bytes(text), 'acpidump'],
  [
    'a dump with CRLF and lines before it',
    bytes('\r\n\r\n', text.replaceAll('\n', '\r\n')),
    'acpidump',
  ],
  ['a dump in UTF-16', utf16(text), 'acpidump'],
  ['an old dump', bytes(text.replaceAll(' 0x0000000000000000', ' 0x7f7e1000')), 'acpidump'],
  ['tables', bytes(smallTable, other), 'table'],
])('%s has the same contents', (_case, input, form) => {
  expect(acpiForm(input)).toBe(form);
  expect(readAcpi(input)).toEqual(readAcpi(bytes(smallTable, other)));
  expect(readAcpi(input)?.tables.map(({ signature }) => signature)).toEqual(['DSDT', 'SSDT']);
  expect(readAcpi(input)?.findings).toEqual([]);
});

test.each([
  ['nothing', ''],
  ['MOF', '#pragma namespace("a")\nclass Scope { uint32 Name; };'],
  ['MOF that begins with a comment', '/* DefinitionBlock (1) */ class A {};'],
  ['a heading alone', 'DSDT @ 0x0000000000000000\n'],
  [
    'a text that begins like a table',
    'DSDT is a table. This is a text about tables, and about SSDT.',
  ],
  ['a binary MOF', 'FOMB\x01\0\0\0\x04\0\0\0\x09\0\0\0DS\0\x01'.padEnd(60, '\0')],
])('%s is no ACPI table', (_case, input) => {
  expect(acpiForm(bytes(input))).toBeUndefined();
  expect(readAcpi(bytes(input))).toBeUndefined();
});

const lines = text.split('\n');
const changed = (at: number, to: number): Uint8Array => {
  const copy = Uint8Array.from(smallTable);
  copy[at] = to;
  return copy;
};
test.each([
  [
    'a line is missing',
    bytes([...lines.slice(0, 3), ...lines.slice(4)].join('\n')),
    [
      'dump: offset 0x0030 follows byte 32: lines of the dump are missing or doubled',
      'table: DSDT declares',
    ],
  ],
  [
    'a malformed line',
    bytes([...lines.slice(0, 3), 'hello', ...lines.slice(3)].join('\n')),
    ['dump: expected the heading of a table or a line of its bytes'],
  ],
  [
    'a heading of another table',
    bytes(text.replace('DSDT @', 'SSDT @')),
    ['table: the bytes under the heading SSDT are not a table'],
  ],
  ['a wrong checksum', changed(9, 0), ['table: the bytes of DSDT do not add up to 0']],
  ['a length that lies', changed(6, 1), ['table: DSDT declares']],
  [
    'bytes after the last table',
    bytes(smallTable, 'rest'),
    ['table: 4 bytes after the last table'],
  ],
  ['a short table', bytes(dump(smallTable.subarray(0, 20))), ['table: DSDT has 20 bytes']],
])('%s', (_case, input, want) => {
  const findings = readAcpi(input)?.findings.filter(({ kind }) => kind !== 'unfollowed') ?? [];
  const texts = findings.map(({ kind, message }) => `${kind}: ${message}`);
  expect(texts.map((each, index) => each.slice(0, want[index]?.length))).toEqual(want);
});
