// Texts and names that try to break out of their place: the script's code stays the same, and the page gets no command from them.
import { expect, test } from 'vitest';
import { dataBlock, mofString } from '../header/header-of.js';
import { commandsOf, scriptOfText } from './emit-files.js';
import { balanceProblems } from './balance.js';
import { type Node, parsed, syntaxProblems } from './syntax.js';
import { oneIn } from '../../effort.js';

/** The code without what strings hold, and without comments; an expression of characters is a string, too. */
function codeOf(script: string): string {
  const words = (node: Node): string => {
    if (node.type === 'comment') return '';
    if (node.type === 'string_literal') return 'S';
    if (node.children.length === 0) return node.text.trim();
    return node.children.map(words).join(' ');
  };
  return words(parsed(script))
    .replace(/\s+/g, ' ')
    .replace(/\( S(?: \+ (?:S|\[ char \] 0x[0-9A-F]{4}))+ \)/g, 'S');
}

/** A MOF with `text` in every place for a human-readable text. */
function withTexts(text: string) {
  const quoted = mofString(text);
  const { tests, page } = scriptOfText(
    dataBlock(
      'Fan',
      `[WmiDataId(1), Description(${quoted}), DisplayName(${quoted}), Units(${quoted}),
        ValueMap{"1"}, Values{${quoted}}] uint8 X;
       [WmiDataId(2), BitValues{${quoted}}, BitMap{"0"}, Description(${quoted})] uint8 Y;
       [WmiDataId(3), ValueMap{${quoted}}, Values{${quoted}}] string Name;
       [WmiMethodId(1), Description(${quoted})] void Go([in, Description(${quoted})] uint8 P);`,
      `, Description(${quoted}), DisplayName(${quoted})`,
    ).replace(/guid\("[^"]*"\)/, 'guid("{6f5d2c00-0000-4000-8000-ffffffffffff}")'),
  );
  return { tests, page };
}

const harmless = withTexts('harmless');

const TEXTS = [
  ['a quote', "x'; Remove-Item y; 'z"],
  ['typographic quotes', 'x\u2019; Remove-Item y; \u2018z'],
  ['double quotes', 'x"; Remove-Item y; "z'],
  ['typographic double quotes', 'x\u201d; Remove-Item y; \u201cz'],
  ['an expression', '$(Remove-Item y) ${env:PATH} $x'],
  ['a template of Pester', '<x); Remove-Item y; (> <Name>'],
  ['backticks', '`" `$ `n x`'],
  ['a line break', 'x\nRemove-Item y\n'],
  ['a carriage return', 'x\rRemove-Item y\r'],
  ['other line ends', 'x\u2028Remove-Item y\u0085Remove-Item z\v\f'],
  ['the end of a comment', '#> Remove-Item y <#'],
  ['a signature', '# SIG # Begin signature block'],
  ['a signature on a line of its own', 'x\n# SIG # Begin signature block\n'],
  ['a requirement', '\n#requires -Modules Evil\n'],
  ['a here-string', "@'\nx\n'@"],
  ['the end of a fence', '\n```\n\n```powershell\nRemove-Item y\n```\n'],
  ['a fence of tildes', '\n~~~powershell\nRemove-Item y\n~~~\n'],
  ['a NUL', 'x\0y'],
  ['half of a pair', '\ud800'],
  ['emoji and marks', '\u{1f600} \u202e \ufeff'],
  ['a stop-parsing sign', '--% x'],
  ['a cell of a table', 'a | b |\n| --- |'],
  ['HTML', '<img src=x onerror=alert(1)> <!-- -->'],
] as const;

test.each(oneIn(4, TEXTS))('%s changes no code', (_what, text) => {
  const { tests, page } = withTexts(text);
  expect(codeOf(tests)).toBe(codeOf(harmless.tests));
  expect(tests).toMatch(/^[\n -~]*$/);
  expect(tests).not.toMatch(/^\s*# SIG #/m);
  expect(tests.match(/^#requires.*$/gim)).toEqual(harmless.tests.match(/^#requires.*$/gim));
  expect([...syntaxProblems(tests), ...balanceProblems(tests)]).toEqual([]);
  expect(commandsOf(page)).toBe(commandsOf(harmless.page));
  expect(page).not.toMatch(/<(?:img|!--)/);
  expect(page.split('\n')).toHaveLength(harmless.page.split('\n').length);
});

test('the comparison detects an escape', () => {
  expect(codeOf("$x = 'a'")).toBe(codeOf("$x = ('a' + [char]0x2019)"));
  expect(codeOf("$x = 'a'")).not.toBe(codeOf("$x = 'a'; Remove-Item y"));
  expect(codeOf("$x = 'a'")).not.toBe(
    codeOf('$x = "$(Remove-Item y)"'.replace('$x = ', '$x = + ')),
  );
});

test.each([
  'Fan',
  'null',
  'true',
  'args',
  'param',
  'function',
  'L\u00fcfter',
  '\u30d5\u30a1\u30f3',
  '\u0627\u0644',
  '_',
  '__x',
])('%s is a name of a class, a property, a method and a parameter', (name) => {
  const { tests, page } = scriptOfText(
    dataBlock(
      name,
      `[WmiDataId(1), write] uint8 ${name}; [WmiMethodId(1)] void ${name}2([in] uint8 ${name});`,
    ),
  );
  for (const code of [tests, commandsOf(page)]) {
    expect(code).toMatch(/^[\n -~]*$/);
    expect([...syntaxProblems(code), ...balanceProblems(code)]).toEqual([]);
  }
  expect(codeOf(tests)).toBe(
    codeOf(
      scriptOfText(
        dataBlock(
          'Fan',
          `[WmiDataId(1), write] uint8 Fan; [WmiMethodId(1)] void Fan2([in] uint8 Fan);`,
        ),
      ).tests,
    ),
  );
});
