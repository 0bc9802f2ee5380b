import { expect, test } from 'vitest';
import fc from 'fast-check';
import { readJson } from '../../src/config/json-text.js';

test('comments and trailing commas are taken, and places are known', () => {
  const text = '// first\n{ "a": [1, { "b": 2 }], /* more */ "c": true, }';
  const { value, faults, offsetOf } = readJson(text);
  expect(value).toEqual({ a: [1, { b: 2 }], c: true });
  expect(faults).toEqual([]);
  const at = (path: (string | number)[], isKey = false) => text.slice(offsetOf(path, isKey));
  expect(at(['a'])).toMatch(/^\[1/);
  expect(at(['a'], true)).toMatch(/^"a"/);
  expect(at(['a', 1, 'b'])).toMatch(/^2/);
  expect(at(['a', 1, 'absent'])).toMatch(/^\{ "b"/);
  expect(at([])).toMatch(/^\{ "a"/);
});

test.each<[string, readonly string[]]>([
  ['', ['0: value expected']],
  ['{ "a": 1 "b": 2 }', ['9: comma expected']],
  ['{ "a": 1', ['8: close brace expected']],
  ['{ a: 1 }', ['2: invalid symbol']],
  ['{ "a": 1, "a": 2 }', [`10: the key 'a' is given twice`]],
  ['{} {}', ['3: end of file expected']],
  ['['.repeat(200), ['0: values are nested more than 100 deep']],
])('%j', (text, want) => {
  const { faults } = readJson(text);
  expect(
    faults.slice(0, want.length).map(({ offset, message }) => `${offset}: ${message}`),
  ).toEqual(want);
});

test('reads what JSON.parse reads', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
      const text = JSON.stringify(value);
      expect(readJson(text)).toMatchObject({ value: JSON.parse(text) as unknown, faults: [] });
    }),
  );
});

test('never throws', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'{}[]",:/*1a\n ') }), (text) => {
      expect(readJson(text).faults).toBeInstanceOf(Array);
    }),
  );
});

test('a key may be called __proto__', () => {
  const { value } = readJson('{ "__proto__": 1 }');
  expect(Object.keys(value as object)).toEqual(['__proto__']);
});
