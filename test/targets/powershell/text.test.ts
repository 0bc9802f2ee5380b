// Text in PowerShell: any text survives as a string, and cannot break out of a title, a comment or a member name.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  psComment,
  psInteger,
  psMember,
  psString,
  psTitle,
} from '../../../src/targets/powershell/text.js';
import '../../property-seed.js';
import { balanceProblems } from './balance.js';
import { Scope, Shell } from './interpreter.js';
import { parsed, syntaxProblems } from './syntax.js';
import { Num, type Value } from './values.js';

/** The value of an expression, in each place where emitted scripts have one. */
function valuesOf(expression: string): readonly Value[] {
  const code = [
    `$plain = ${expression}`,
    `$entry = @{ Name = ${expression}; Other = 1 }`,
    `$argument = Give -Value ${expression} -Other 1`,
    `$list = @(\n    ${expression}\n    'end'\n)`,
  ].join('\n');
  expect(syntaxProblems(code)).toEqual([]);
  expect(balanceProblems(code)).toEqual([]);
  const scope = new Scope();
  new Shell({ Give: ({ named }) => [named.get('value') ?? null] }).script(code, scope);
  const entry = scope.find('entry');
  const list = scope.find('list');
  return [
    scope.find('plain') ?? null,
    entry instanceof Object && 'get' in entry ? entry.get('Name') : null,
    scope.find('argument') ?? null,
    Array.isArray(list) && list.length === 2 ? (list[0] ?? null) : null,
  ];
}

const TEXTS: readonly string[] = [
  '',
  "'",
  "''",
  "it's",
  'a" b',
  '$(Remove-Item x)',
  '${why}',
  '`n',
  'a`',
  '#> <#',
  '# SIG # Begin signature block',
  '@{ x = 1 }',
  "@'\nx\n'@",
  'a\nb\r\nc',
  '\0\u0001\u001b[31m',
  '\u2018 \u2019 \u201a \u201b',
  '\u201c \u201d \u201e',
  '\u2013Skip',
  '\u00e9',
  '\u{1f600}',
  '\ud800',
  '\u202e\u2066',
  '{0} {1}',
  '<x> <$(1)>',
  '-Value',
  '[char]0x41',
];

/** Texts with many signs that mean something to PowerShell. */
const anyText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "'",
        '"',
        '`',
        '$',
        '(',
        ')',
        '{',
        '}',
        '\n',
        '#',
        '\u2019',
        '\u201d',
        ';',
        '@',
        '|',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
      fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

describe('a string', () => {
  test.each(TEXTS)('returns %j', (text) => {
    const expression = psString(text);
    expect(expression).toMatch(/^[ -~]+$/);
    expect(valuesOf(expression)).toEqual([text, text, text, text]);
  });

  test('returns any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const expression = psString(text);
        expect(expression).toMatch(/^[ -~]+$/);
        expect(valuesOf(expression)).toEqual([text, text, text, text]);
      }),
    );
  });

  test.each([
    ['Fan', "'Fan'"],
    ["it's", "'it''s'"],
    ['L\u00fcfter', "('L' + [char]0x00FC + 'fter')"],
    ['\u2019', "('' + [char]0x2019)"],
  ])('%j is %s', (text, want) => {
    expect(psString(text)).toBe(want);
  });
});

describe('a title', () => {
  // What Pester evaluates, and what ends its double quotes, which PowerShell has four of.
  test('has nothing that Pester evaluates', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const [title] = valuesOf(psTitle(text));
        expect(title).not.toMatch(/["$`<>{}'\u2018-\u201f\p{C}]/u);
      }),
    );
  });

  test.each([
    ['calls Go', 'calls Go'],
    ['L\u00fcfter', 'L\u00fcfter'],
    ['<$(Remove-Item x)>', '__(Remove-Item x)_'],
  ])('%j is %j', (text, want) => {
    expect(valuesOf(psTitle(text))[0]).toBe(want);
  });
});

describe('a comment', () => {
  test('is one line that means nothing', () => {
    fc.assert(
      fc.property(anyText, anyText, (subject, text) => {
        const comment = psComment(subject, text);
        expect(comment).toMatch(/^# [ -~]*$/);
        expect(comment).not.toMatch(/^# SIG # /);
        const root = parsed(`${comment}\n$x = 1\n`);
        expect(root.namedChildren.map(({ type }) => type)).toEqual(['comment', 'statement_list']);
      }),
    );
  });

  test.each([
    ['SIG', '# Begin signature block', '# SIG: # Begin signature block'],
    ['', 'requires -Version 9', '# : requires -Version 9'],
    ['Fan', ' a\n\tb \u00e9', '# Fan: a b <U+00E9>'],
    ['Fan', '', '# Fan:'],
  ])('%j and %j are %j', (subject, text, want) => {
    expect(psComment(subject, text)).toBe(want);
  });
});

test.each([
  ['Speed', 'Speed'],
  ['_x9', '_x9'],
  ['L\u00fcfter', "('L' + [char]0x00FC + 'fter')"],
  ['9', "'9'"],
])('the member %j is %s', (name, want) => {
  expect(psMember(name)).toBe(want);
  expect(syntaxProblems(`$x.${psMember(name)}`)).toEqual([]);
});

test('an integer has its value, whatever its size', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n - 1n }), (value) => {
      const scope = new Scope();
      new Shell({}).script(`$x = ${psInteger(value)}`, scope);
      const found = scope.find('x');
      expect(found instanceof Num ? found.value : found).toBe(value);
    }),
  );
});

test.each([
  [2n ** 31n - 1n, '2147483647'],
  [2n ** 31n, "[decimal]'2147483648'"],
  [-(2n ** 31n), '-2147483648'],
  [-(2n ** 31n) - 1n, "[decimal]'-2147483649'"],
])('%s is %s', (value, want) => {
  expect(psInteger(value)).toBe(want);
});
