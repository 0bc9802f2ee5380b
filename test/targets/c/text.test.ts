// MOF text in C comments and strings, MOF names as C identifiers, numbers as C constants: given and wanted.
import { expect, test } from 'vitest';
import { cInteger } from '../../../src/targets/c/define-values.js';
import { freeForms, nameScope, toIdentifier } from '../../../src/targets/c/identifiers.js';
import { reservedMember, reservedName } from '../../../src/targets/c/reserved.js';
import { commentText, cString, docLines } from '../../../src/targets/c/text.js';

test.each([
  ['plain', 'plain'],
  ['  two\n\tlines  ', 'two lines'],
  ['*/', '* /'],
  ['/*', '/ *'],
  ['/*/', '/ * /'],
  ['*/*', '* / *'],
  ['C:\\', 'C:\\.'],
  ['C:\\ ', 'C:\\.'],
  ['a \\ b', 'a \\ b'],
  ['what??/', 'what? ?/'],
  ['???/', '?? ?/'],
  ['??/??/', '? ?/? ?/'],
  ['really??', 'really??'],
  ['caf\u00e9', 'caf<U+00E9>'],
  ['\u{1f300}', '<U+1F300>'],
  ['\ud800', '<U+D800>'],
  ['\u202e', '<U+202E>'],
  ['\0\x07', '<U+0000><U+0007>'],
  ['', ''],
])('%j in a comment is %j', (text, wanted) => {
  expect(commentText(text)).toBe(wanted);
});

test('lines of a comment are wrapped, and none ends in a backslash', () => {
  expect(docLines(undefined)).toEqual([]);
  expect(docLines('')).toEqual([]);
  expect(docLines('one two')).toEqual(['one two']);
  const long = `${'x'.repeat(94)}\\`;
  expect(docLines(`${long} next`)).toEqual([`${long}.`, 'next']);
  expect(docLines('word '.repeat(50)).every((line) => line.length <= 96)).toBe(true);
});

test.each([
  ['plain', '"plain"'],
  ['say "a\\b"', '"say \\"a\\\\b\\""'],
  ['a\n\r\tb', '"a\\n\\r\\tb"'],
  ['\x001', '"\\0001"'],
  ['caf\u00e9', '"caf\\303\\251"'],
  ['??/', '"?\\?/"'],
  ['???', '"?\\?\\?"'],
])('%j as a string is %s', (text, wanted) => {
  expect(cString(text)).toBe(wanted);
});

test.each([
  ['Fan', 'Fan'],
  ['fan_2', 'fan_2'],
  ['2fan', '_2fan'],
  ['a-b c', 'a_b_c'],
  ['', '_'],
  ['$x', '_x'],
  ['L\u00fcfter', 'L_u00FCfter'],
  ['\u{1f300}', '_u1F300'],
  ['\u0661', '_u0661'],
])('%j as an identifier is %s', (name, wanted) => {
  expect(toIdentifier(name)).toBe(wanted);
});

test.each([
  [0n, '0'],
  [-1n, '-1'],
  [2n ** 63n - 1n, '9223372036854775807'],
  [2n ** 63n, '9223372036854775808ULL'],
  [2n ** 64n - 1n, '18446744073709551615ULL'],
  [2n ** 64n, undefined],
  [-(2n ** 63n), '(-9223372036854775807LL - 1)'],
  [-(2n ** 63n) - 1n, undefined],
])('%s as a C constant is %s', (value, wanted) => {
  expect(cInteger(value)).toBe(wanted);
});

test.each([
  ['if', 'keyword of C', 'keyword of C'],
  ['class', 'keyword of C++', 'keyword of C++'],
  ['small', 'macro of Windows', 'macro of Windows'],
  ['ULONG', 'name of Windows', 'name of Windows'],
  ['NTSTATUS', 'name of Windows', undefined],
  ['STATUS_WMI_SET_FAILURE', 'name of Windows', undefined],
  ['STATUS_PRINTER_READY', undefined, undefined],
  ['RtlZeroMemory', 'name of Windows', undefined],
  ['Rtlx', undefined, undefined],
  ['WDF_ANYTHING', 'name of Windows', undefined],
  ['_In_reads_bytes_', 'name of Windows', undefined],
  ['_In_', 'macro of Windows', 'macro of Windows'],
  ['__anything', 'name that compilers keep', 'name that compilers keep'],
  ['_Anything', undefined, undefined],
  ['Ulong', undefined, undefined],
])('%s is %s in a file and %s in a structure', (name, inFile, inStructure) => {
  expect(reservedName(name)).toBe(inFile);
  expect(reservedMember(name)).toBe(inStructure);
});

test.each([
  ['Fan', ['Fan_', 'Fan__', 'Fan___', 'Fan_4', 'Fan_5']],
  ['__LINE__', ['X__LINE__', 'X__LINE___']],
  ['_In_reads_', ['X_In_reads_']],
  ['MOFGEN_X', ['XMOFGEN_X']],
  ['_', ['X_', 'X__']],
  ['MOFGEN', ['XMOFGEN']],
])('forms of %s', (name, forms) => {
  const taken = new Set([name]);
  const freeForm = freeForms();
  for (const wanted of forms) {
    const form = freeForm(name, (each) => taken.has(each));
    expect(form).toBe(wanted);
    expect(reservedName(form)).toBeUndefined();
    taken.add(form);
  }
});

test('a scope returns each name once', () => {
  const scope = nameScope((name) => name === 'taken');
  expect(['a', 'a', 'a', 'taken', 'a_', 'b c'].map((name) => scope.claim(name))).toEqual([
    ...['a', 'a_', 'a__', 'taken_', 'a___', 'b_c'],
  ]);
});
