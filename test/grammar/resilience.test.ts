// No text makes the parser throw, hang or run out of stack.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse, type ParseResult } from '../../grammar/index.js';
import { tokenize } from '../../grammar/lexer.js';
import { perRun, runs } from '../effort.js';

const SAMPLE = `#pragma namespace("root")
qualifier Key : boolean = null, scope(property), flavor(ToInstance);
[WMI, Dynamic, Provider("WmiProv"), guid("{00000000-0000-0000-0000-000000000001}") : amended]
class Sample : Base {
  [key, read] string InstanceName;
  [WmiDataId(1), Values{"a", "b"}] uint32 One[4] = {1, 0x2, 3.5, 'c', $D};
  Other ref Two; // comment
  void Three([in, ID(0)] object:Other a, [out] uint8 b[] = instance of Other { x = 1; });
};
instance of Sample as $S { One = {1}; Two; /* end */ };
`;

/** Checks what holds for every text; returns the result. */
function parseSafely(text: string): ParseResult {
  const result = parse(text);
  let last = 0;
  for (const { span, message } of result.problems) {
    expect(message).not.toBe('');
    expect(span.start).toBeGreaterThanOrEqual(last);
    expect(span.end).toBeGreaterThanOrEqual(span.start);
    expect(span.end).toBeLessThanOrEqual(text.length);
    last = span.start;
  }
  expectCompleteNodes(result.value);
  return result;
}

/** Checks that no recovered node has a missing member or a place that is no number. */
function expectCompleteNodes(node: unknown): void {
  if (typeof node !== 'object' || node === null) return;
  if ('span' in node) {
    const { start, end } = node.span as { readonly start: number; readonly end: number };
    if (!(Number.isInteger(start) && Number.isInteger(end) && start <= end)) {
      expect.fail(`a broken span ${start} to ${end}`);
    }
  }
  if ('name' in node && node.name === '') expect.fail('an empty name');
  for (const child of Object.values(node)) expectCompleteNodes(child);
}

test('any text gives a result', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
      parseSafely(text);
    }),
    { numRuns: runs(1000) },
  );
});

test('any order of words and signs gives a result', () => {
  const words =
    'class instance of qualifier ref as true null scope flavor any A b uint32 object #pragma #x';
  const signs = '[ ] { } ( ) ; , : = " \' // /* */ \\ $A $ - 1 0b 1. "s" \'c\' \n @';
  const pieces = [...words.split(' '), ...signs.split(' '), '\n'];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 60 }), (chosen) => {
      parseSafely(chosen.join(' '));
      parseSafely(chosen.join(''));
    }),
    { numRuns: runs(1000) },
  );
});

test('a text with some characters removed or put in gives a result', () => {
  const edit = fc.record({
    at: fc.nat(SAMPLE.length),
    remove: fc.nat(12),
    insert: fc.oneof(fc.constant(''), fc.constantFrom(...'[]{}();,:="\'\\\n#$/*1a@ '), fc.string()),
  });
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = SAMPLE;
      for (const { at, remove, insert } of edits) {
        text = text.slice(0, at) + insert + text.slice(at + remove);
      }
      parseSafely(text);
    }),
    { numRuns: runs(1500) },
  );
});

test('one sign less is one problem nearly everywhere, and never more than two', () => {
  const counts: number[] = [];
  for (const match of SAMPLE.matchAll(/[;,:=()[\]{}]/g)) {
    const text = SAMPLE.slice(0, match.index) + ' ' + SAMPLE.slice(match.index + 1);
    counts.push(parse(text).problems.length);
  }
  expect(counts.length).toBeGreaterThan(60);
  expect(Math.max(...counts)).toBe(2);
  expect(counts.filter((count) => count > 1).length).toBeLessThan(counts.length / 10);
});

test('every beginning of a text gives a result', () => {
  for (let end = 0; end <= SAMPLE.length; end++) parseSafely(SAMPLE.slice(0, end));
});

test('every single character gives a result', () => {
  for (let code = 0; code <= 0xffff; code++) {
    const { problems } = parse(String.fromCharCode(code));
    if (problems.some(({ span }) => span.end > 1)) expect.fail(`U+${code.toString(16)}`);
  }
});

test('the same text gives the same result', () => {
  const broken = SAMPLE.replaceAll(';', ' ');
  const first = parse(broken);
  parse('class A {');
  expect(parse(broken)).toEqual(first);
});

test.each<[title: string, text: string]>([
  ['braces', '{'.repeat(100_000)],
  ['brackets', '['.repeat(100_000)],
  ['mixed', `class A { a b = ${'{('.repeat(50_000)}`],
  ['instances', 'instance of A { a = '.repeat(101)],
])('%s nested too deep are one problem, found before parsing', (_title, text) => {
  const { problems, value } = parse(text);
  expect(problems.map(({ code }) => code)).toEqual(['MOF1202']);
  expect(value.productions).toEqual([]);
});

test('a hundred levels are not too deep', () => {
  const { problems } = parse(`class A { uint32 a = ${'{'.repeat(99)}1${'}'.repeat(99)}; };`);
  expect(problems).toEqual([]);
});

test('very long lists need no more stack than short ones', () => {
  const length = perRun({ thorough: 200_000, quick: 50_000 });
  const qualifiers = Array.from({ length }, (_, index) => `q${index}(${index})`).join(',');
  const values = '1,'.repeat(length);
  const pieces = '"a" '.repeat(length);
  const text = `[${qualifiers}] class A { uint32 a[] = {${values}}; string b = ${pieces}; };`;
  expect(parse(text).problems).toEqual([]);
});

const LONG = perRun({ thorough: 5_000_000, quick: 500_000 });

test.each<[title: string, text: string, problems: number]>([
  ['string', `class A { string a = "${'x'.repeat(LONG)}"; };`, 0],
  ['string of escapes', `class A { string a = "${'\\n'.repeat(LONG / 2)}"; };`, 0],
  ['comment', `/*${'*'.repeat(LONG)}*/`, 0],
  ['run of blanks', ' '.repeat(LONG), 0],
  ['name', `class ${'x'.repeat(LONG)} {};`, 0],
  ['number', `class A { uint32 a = ${'9'.repeat(LONG)}; };`, 1],
  ['run of backslashes', `class A { string a = "${'\\'.repeat(LONG)}"; };`, 0],
  ['string without an end', `"${'a\n'.repeat(LONG / 2)}`, 1],
  ['preprocessor line', `#define ${'x'.repeat(LONG)}`, 1],
])(`a %s of ${LONG} characters is read in one go`, (_title, text, problems) => {
  expect(parse(text).problems).toHaveLength(problems);
});

const MANY = perRun({ thorough: 50_000, quick: 5000 });

test.each<[title: string, text: string, code: string]>([
  ['strange characters', '$ '.repeat(MANY), 'MOF1101'],
  ['preprocessor lines', '#x\n'.repeat(MANY), 'MOF1204'],
  ['malformed numbers', `class A { uint32 a[] = {1${', 08'.repeat(MANY)}}; };`, 'MOF1103'],
  ['malformed characters', `class A { char16 a[] = {'a'${`, ''`.repeat(MANY)}}; };`, 'MOF1107'],
  ['unknown escapes of one string', `class A { string a = "${'\\s'.repeat(MANY)}"; };`, 'MOF1105'],
  ['unknown directives', '#pragma x\n'.repeat(MANY), 'MOF1203'],
  ['words between strings', `class A { string a = "a" ${'B "a" '.repeat(MANY)}; };`, 'MOF1120'],
  ['unknown flavors', `[a : b${', a : b'.repeat(MANY)}] class A { };`, 'MOF1201'],
  ['signs out of place', '}'.repeat(MANY), 'MOF1201'],
])(
  'of many %s a thousand are reported, and one more problem mentions the others',
  (_title, text, code) => {
    const { problems } = parse(text);
    expect(problems).toHaveLength(1001);
    expect(problems.at(-1)).toMatchObject({
      code,
      message: 'more than 1000 problems; the rest is not shown',
    });
    // No more than that is kept meanwhile.
    expect(tokenize(text).problems.length).toBeLessThanOrEqual(1001);
  },
);

test.each([
  [100, false],
  [101, true],
])('brackets nested %i deep are too deep: %s', (depth, isTooDeep) => {
  const text = `class A { uint8 a = ${'{'.repeat(depth - 1)}1${'}'.repeat(depth - 1)}; };`;
  expect(parse(text).problems.some(({ code }) => code === 'MOF1202')).toBe(isTooDeep);
});
