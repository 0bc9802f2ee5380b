// The TypeScript for single names and texts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { joinedName } from '../../../src/targets/joined-name.js';
import {
  localScope,
  memberScope,
  moduleScope,
  pascalCase,
  toIdentifier,
} from '../../../src/targets/ts/identifiers.js';
import { commentText, docComment, tsString } from '../../../src/targets/ts/text.js';
import { runs } from '../../effort.js';

test.each([
  ['Fan', 'Fan'],
  ['_x$1', '_x$1'],
  ['Lüfter', 'Lüfter'],
  ['3com', '_3com'],
  ['a-b', 'a_u002Db'],
  ['a×', 'a_u00D7'],
  ['\u0301', '_\u0301'],
  ['😀', '_u1F600'],
  ['𝒳', '_𝒳'],
  ['', ''],
])('the identifier of %j is %j', (given, want) => {
  expect(toIdentifier(given)).toBe(want);
});

test.each([
  ['smart-fan', 'SmartFan'],
  ['a b.c', 'ABC'],
  ['DELL_wmi', 'DELL_wmi'],
  ['3com', '_3com'],
  ['..', ''],
  ["it's", 'ItS'],
])('the base name %j gives %j', (given, want) => {
  expect(pascalCase(given)).toBe(want);
});

test('joined names follow the style of the first', () => {
  expect(joinedName('Fan', 'Boost', 'Input')).toBe('FanBoostInput');
  expect(joinedName('DELL_Fan', 'Boost', 'Input')).toBe('DELL_Fan_Boost_Input');
});

test('a scope gives each name once', () => {
  const scope = memberScope(['query']);
  const names = ['query', 'query', 'Query', 'a', 'a', 'a', 'toString', '__proto__'];
  expect(names.map((name) => scope.claim(name))).toEqual([
    ...['query_', 'query__', 'Query', 'a', 'a_', 'a__', 'toString_', '__proto___'],
  ]);
});

test('locals avoid what the module and their function use, but not each other function', () => {
  const module = moduleScope();
  expect([module.claim('class'), module.claim('string'), module.claim('wmi')]).toEqual([
    ...['class_', 'string_', 'wmi_'],
  ]);
  module.claim('FanCodec');
  for (const local of [localScope(module, ['reader']), localScope(module, ['reader'])]) {
    expect(['FanCodec', 'reader', 'Speed', 'let'].map((name) => local.claim(name))).toEqual([
      ...['FanCodec_', 'reader_', 'Speed', 'let_'],
    ]);
  }
});

test.each([
  ['a */ b', 'a *\\/ b'],
  ['a /* b', 'a /\\* b'],
  ['*\u0000/', '*\\u{0}/'],
  ['two\nlines\r\nand\u2028more', 'two lines and more'],
  ['\u202eabc', '\\u{202e}abc'],
  ['\ud800', '\\u{d800}'],
  ['@deprecated {@link x} a@b', '\\@deprecated {\\@link x} a@b'],
  ['//# sourceMappingURL=x', '//\\# sourceMappingURL=x'],
  ['  \t ', ''],
])('in a comment %j is %j', (given, want) => {
  expect(commentText(given)).toBe(want);
});

test.each([
  [[], ''],
  [[undefined, ' '], ''],
  [['one'], '/** one */'],
  [['one', undefined, 'two'], '/**\n * one\n *\n * two\n */'],
])('paragraphs %j make the comment %j', (given, want) => {
  expect(docComment(given)).toBe(want);
});

test('comments are wrapped between words', () => {
  const lines = docComment(['word '.repeat(60)])
    .split('\n')
    .slice(1, -1);
  expect(lines.length).toBe(4);
  expect(lines.every((line) => /^ \*(?: word)+$/.test(line) && line.length <= 100)).toBe(true);
});

test('no text ends its comment or reaches another line', () => {
  const pieces = fc.constantFrom(
    '*',
    '/',
    '\\',
    '@',
    '\n',
    '\r',
    '\u2028',
    '\u0085',
    ' ',
    '\0',
    'x',
  );
  const text = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary' })))
    .map((each) => each.join(''));
  fc.assert(
    fc.property(text, (given) => {
      expect(commentText(given)).not.toMatch(/\*\/|\/\*|[\n\r\u2028\u2029]|\p{Cc}/u);
      const comment = docComment([given, 'x']);
      expect(comment.indexOf('*/')).toBe(comment.length - 2);
    }),
    { numRuns: runs(2000) },
  );
});

test.each([
  ['plain', '"plain"'],
  ["it's", `"it's"`],
  ['say "hi"', `'say "hi"'`],
  [`it's a "fan"`, `'it\\'s a "fan"'`],
  [`it's a "fan`, `"it's a \\"fan"`],
  ['back\\slash "', `'back\\\\slash "'`],
])('the string literal of %j is %s, as prettier prefers quotes', (given, want) => {
  expect(tsString(given)).toBe(want);
});

test('a string literal is read back as the text it was made of', () => {
  const pieces = fc.constantFrom(
    "'",
    '"',
    '\\',
    '`',
    '${',
    '\n',
    '\u2028',
    '\ud800',
    '\u202e',
    '#',
  );
  const text = fc
    .array(fc.oneof(pieces, fc.string({ unit: 'binary' })))
    .map((each) => each.join(''));
  fc.assert(
    fc.property(text, (given) => {
      const literal = tsString(given);
      expect(literal).toMatch(/^(["'])(?:(?!\1)[^\\\p{Cc}\u2028\u2029]|\\.)*\1$/u);
      const json = literal
        .slice(1, -1)
        .replace(/\\.|"/g, (each) => (each === '"' ? '\\"' : each === "\\'" ? "'" : each));
      expect(JSON.parse(`"${json}"`)).toBe(given);
    }),
    { numRuns: runs(2000) },
  );
});
