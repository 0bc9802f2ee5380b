// The value of one literal, and malformed forms: decoding alone, without the parser.
import { expect, test } from 'vitest';
import { decodeChar, decodeNumber, decodeString } from '../../grammar/literals.js';

function codes({
  problems,
}: {
  readonly problems: readonly { readonly code: string }[];
}): string[] {
  return problems.map(({ code }) => code);
}

test.each<[given: string, want: bigint]>([
  ['0', 0n],
  ['7', 7n],
  ['42', 42n],
  ['+42', 42n],
  ['-42', -42n],
  ['-0', 0n],
  ['0x2A', 42n],
  ['0X2a', 42n],
  ['0xb', 11n],
  ['0x0B', 11n],
  ['-0x10', -16n],
  ['052', 42n],
  ['00', 0n],
  ['-07', -7n],
  ['0b', 0n],
  ['00b', 0n],
  ['01b', 1n],
  ['1b', 1n],
  ['101010B', 42n],
  ['-101b', -5n],
  ['999999999999999', 999999999999999n],
  ['1000000000000000', 1000000000000000n],
  ['18446744073709551615', 2n ** 64n - 1n],
  ['0xFFFFFFFFFFFFFFFF', 2n ** 64n - 1n],
  [`${'1'.repeat(64)}b`, 2n ** 64n - 1n],
  ['-9223372036854775808', -(2n ** 63n)],
])('the integer %s is %s', (given, want) => {
  expect(decodeNumber(given)).toEqual({ value: { kind: 'integer', value: want }, problems: [] });
});

test.each<[given: string, want: number]>([
  ['1.5', 1.5],
  ['.5', 0.5],
  ['-.5', -0.5],
  ['+3.25', 3.25],
  ['0.0', 0],
  ['00.5', 0.5],
  ['1.0e3', 1000],
  ['1.5E-2', 0.015],
  ['2.5e+1', 25],
])('the real %s is %s', (given, want) => {
  expect(decodeNumber(given)).toEqual({ value: { kind: 'real', value: want }, problems: [] });
});

test.each<[given: string, want: number, instead: string]>([
  ['1.', 1, '1.0'],
  ['-0.', -0, '-0.0'],
  ['1e5', 100000, '1.0e5'],
  ['1E-5', 0.00001, '1.0e-5'],
  ['1.e5', 100000, '1.0e5'],
])('the real %s is accepted with a warning that contains %s and %s', (given, want, instead) => {
  const decoded = decodeNumber(given);
  expect(decoded.value).toEqual({ kind: 'real', value: want });
  expect(codes(decoded)).toEqual(['MOF1104']);
  expect(decoded.problems[0]?.help?.toLowerCase()).toContain(`'${instead}'`);
});

test.each([
  '08',
  '09',
  '008',
  '2b',
  '9b',
  '02B',
  '0x',
  '0xG',
  '12abc',
  '1_000',
  '1.2.3',
  '1.5e',
  '0x1.8',
  '18446744073709551616',
  '-9223372036854775809',
  '1.0e999',
  '9'.repeat(101),
])('the number %s is an error over its whole length', (given) => {
  const { problems } = decodeNumber(given);
  expect(problems).toMatchObject([{ code: 'MOF1103', span: { start: 0, end: given.length } }]);
});

test.each<[given: string, want: string]>([
  ['""', ''],
  ['"abc"', 'abc'],
  [String.raw`"\b\t\n\f\r\"\'\\"`, '\b\t\n\f\r"\'\\'],
  [String.raw`"\x41\X42"`, 'AB'],
  [String.raw`"\xE4"`, 'ä'],
  [String.raw`"\x20AC1"`, '€1'],
  [String.raw`"\x9z"`, '\tz'],
  [String.raw`"\\x41"`, String.raw`\x41`],
  [String.raw`"C:\\temp\\"`, String.raw`C:\temp` + '\\'],
  ['"\u{1F600}"', '\u{1F600}'],
])('the string %s is %j', (given, want) => {
  expect(decodeString(given)).toEqual({ value: want, problems: [] });
});

test.each<[given: string, want: string, spans: [number, number][]]>([
  [String.raw`"MS\0x409"`, String.raw`MS\0x409`, [[3, 5]]],
  [
    String.raw`"a\sb\d"`,
    String.raw`a\sb\d`,
    [
      [2, 4],
      [5, 7],
    ],
  ],
  [String.raw`"\xg"`, String.raw`\xg`, [[1, 3]]],
])('the unknown escapes of %s are kept, each with a warning', (given, want, spans) => {
  const decoded = decodeString(given);
  expect(decoded.value).toBe(want);
  expect(codes(decoded)).toEqual(spans.map(() => 'MOF1105'));
  expect(decoded.problems.map(({ span }) => [span.start, span.end])).toEqual(spans);
});

test.each<[given: string, want: string]>([
  ['"a\nb"', 'a\nb'],
  ['"a\r\nb\r\nc"', 'a\r\nb\r\nc'],
  ['"a\\\nb"', 'a\\\nb'],
])('the line breaks in %j are kept, with one warning', (given, want) => {
  const decoded = decodeString(given);
  expect(decoded.value).toBe(want);
  expect(codes(decoded)).toEqual(['MOF1106']);
});

test.each(['"', '"abc', String.raw`"abc\"`])('the string %s has no end', (given) => {
  expect(codes(decodeString(given))).toEqual(['MOF1102']);
});

test.each<[given: string, want: number]>([
  ["'x'", 0x78],
  [String.raw`'\n'`, 0x0a],
  [String.raw`'\''`, 0x27],
  [String.raw`'\\'`, 0x5c],
  [String.raw`'\x41'`, 0x41],
  [String.raw`'\X00E4'`, 0xe4],
  [`'"'`, 0x22],
  ["'€'", 0x20ac],
])('the character %s is U+%i', (given, want) => {
  expect(decodeChar(given)).toEqual({ value: want, problems: [] });
});

test.each<[given: string, code: string]>([
  ["''", 'MOF1107'],
  ["'ab'", 'MOF1107'],
  ["'\u{1F600}'", 'MOF1107'],
  [String.raw`'\q'`, 'MOF1107'],
  ["'x", 'MOF1102'],
  ["'", 'MOF1102'],
])('the character %s is one problem, %s', (given, code) => {
  expect(codes(decodeChar(given))).toEqual([code]);
});
