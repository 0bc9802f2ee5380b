// The page of documentation: its contents, its links, and the escaping of MOF texts.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { printable } from '../../src/diagnostics/printable.js';
import { showMarkdown } from '../../src/show/markdown.js';
import {
  anchors,
  markdownCode,
  markdownTable,
  markdownText,
} from '../../src/show/markdown-text.js';
import { hasCorpus } from '../mof-files.js';
import { corpusInputs, RARITIES, sample, samples, shownText } from './all-forms.js';
import { runs } from '../effort.js';

test.each(['calibration', 'smart-fan', 'odd-corners'])(
  '%s: the page is what it was',
  async (name) => {
    await expect(showMarkdown([sample(name)])).toMatchFileSnapshot(`expected/${name}.md`);
  },
);

test.each([
  ['plain words', 'plain words'],
  ['  white\n\n space\t\r ', 'white space'],
  ['a|b', 'a&#124;b'],
  ['a\\|b', 'a\\\\&#124;b'],
  ['ends in \\', 'ends in \\\\'],
  ['`code` ``x``', '\\`code\\` \\`\\`x\\`\\`'],
  ['*a* _b_ ~~c~~', '\\*a\\* \\_b\\_ \\~\\~c\\~\\~'],
  ['<b>&lt;</b>', '&lt;b&gt;&amp;lt;&lt;/b&gt;'],
  ['<!-- -->', '&lt;!-- --&gt;'],
  ['[a](b) ![c](d) [^1]', '\\[a\\](b) !\\[c\\](d) \\[\\^1\\]'],
  ['http://a.b www.a.b me@a.b', 'http\\://a.b www\\.a.b me&#64;a.b'],
  ['# no heading', '\\# no heading'],
  ['- no list', '\\- no list'],
  ['+ no list', '\\+ no list'],
  ['12. no list', '12\\. no list'],
  ['1) no list', '1\\) no list'],
  ['12 is a number', '12 is a number'],
  ['0..9', '0..9'],
  ['1.', '1\\.'],
  ['=== no heading', '\\=== no heading'],
  [': no definition', '\\: no definition'],
  ['{{ no }} {% template %}', '\\{\\{ no \\}\\} \\{% template %\\}'],
  ['$no mathematics$', '&#36;no mathematics&#36;'],
  ['bell \u0007, turned \u202e round', 'bell \\\\x07, turned \\\\u202e round'],
])('as text, %j is %j', (text, want) => {
  expect(markdownText(text)).toBe(want);
});

test.each([
  ['Speed', '`Speed`'],
  ['string(4)[count]', '`string(4)[count]`'],
  ['Größe', '`Größe`'],
  ['a`b', 'a\\`b'],
  ['a|b', 'a&#124;b'],
  ['{{a}}', '\\{\\{a\\}\\}'],
  [' a ', 'a'],
  ['', ''],
])('as code, %j is %j', (name, want) => {
  expect(markdownCode(name)).toBe(want);
});

test('names that are alike have anchors of their own', () => {
  const anchor = anchors();
  const names = ['Fan', 'FAN', 'fan-2', 'fän', 'f n', '"><script>'];
  expect(names.map((name) => anchor('class', name))).toEqual([
    'class-fan',
    'class-fan-2',
    'class-fan-2-2',
    'class-f-n',
    'class-f-n-2',
    'class--script-',
  ]);
});

test('columns are aligned by what they take on a screen, the last one is not', () => {
  const columns = [
    { title: 'Name', align: 'left' },
    { title: 'Id', align: 'right' },
    { title: 'Text', align: 'left' },
  ] as const;
  expect(
    markdownTable(columns, [
      ['名前', '1', 'a'],
      ['b', '12345', 'longer'],
    ]),
  ).toBe(`\
| Name |    Id | Text |
| ---- | ----: | --- |
| 名前 |     1 | a   |
| b    | 12345 | longer |
`);
});

/** Markdown without its literal text. */
function skeleton(markdown: string): string {
  return markdown
    .replace(/\\[!-/:-@[-`{-~]/g, '')
    .replace(/&(?:#\d+|amp|lt|gt|quot);/g, '')
    .replace(/[^\n|`*_~<>[\]#\\&$@{}^]/gu, '')
    .replace(/`/g, '');
}

const ODD = [
  '|',
  '`',
  '```',
  '*',
  '_',
  '<b>',
  '<!--',
  '&lt;',
  '[',
  '](x)',
  '![',
  '\\',
  '\n',
  '\n\n',
  '# ',
  '- ',
  '1. ',
  '---',
  '===',
  '~~',
  'http://a.b',
  'www.a.b',
  'a@b.cd',
  '"',
  '$',
  '{{',
  '[^1]',
  '[1]: x',
  '\t',
  'a',
  ' | ',
  '|---|',
  '\u2028',
] as const;
const hostile = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom(...ODD) },
      fc.string({ unit: 'binary', maxLength: 3 }),
    ),
    { maxLength: 8 },
  )
  .map((parts) => parts.join(''));

test('a hostile text is only words: no cell, line, heading, markup, HTML or link', () => {
  fc.assert(
    fc.property(hostile, (text) => {
      for (const encoded of [markdownText(text), markdownCode(text)]) {
        expect(skeleton(encoded)).toMatch(/^_*$/);
        expect(encoded).not.toMatch(/[\n\r]|^\s|\s$/);
        expect(encoded).not.toMatch(/^(?:[-+=:%>#]|\d+[.)](?: |$))/);
      }
      // In code, underscores and links are plain characters.
      expect(markdownText(text)).not.toMatch(/(?<!\\):\/\/|www\./i);
      expect(skeleton(markdownText(text))).toBe('');
    }),
  );
});

test('a reader sees the text unchanged', () => {
  const decoded = (markdown: string) =>
    markdown.replace(
      /\\([!-/:-@[-`{-~])|&(#\d+|amp|lt|gt|quot);/g,
      (_, escaped?: string, entity?: string) => escaped ?? characterOf(entity ?? ''),
    );
  fc.assert(
    fc.property(hostile, (text) => {
      expect(decoded(markdownText(text))).toBe(printable(text.replace(/\s+/g, ' ').trim()));
    }),
  );
});

function characterOf(entity: string): string {
  const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
  return named[entity] ?? String.fromCodePoint(Number(entity.slice(1)));
}

/** A MOF with `text` wherever a text is allowed. */
function textsEverywhere(text: string): string {
  const literal = `"${Array.from(text, (character) =>
    /[^ !#-[\]-~]/.test(character)
      ? Array.from(
          { length: character.length },
          (_, at) => `\\x${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
        ).join('')
      : character,
  ).join('')}"`;
  const texts = `Description(${literal}), DisplayName(${literal})`;
  const more = `${texts}, Units(${literal}), Values{${literal}, ${literal}}, BitValues{${literal}}`;
  return `[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}"), ${texts}]
class Fan { [key, read] string InstanceName; [read] boolean Active; [WmiDataId(1), read, ${more}] uint32 Speed;
[WmiMethodId(1), Implemented, ${texts}] void Turn([in, ${more}] uint16 By); };`;
}

test('a page is built in the same way for any texts', () => {
  const want = skeleton(showMarkdown([shownText(textsEverywhere('x'))]));
  expect(want).toMatch(/##/);
  fc.assert(
    fc.property(hostile, (text) => {
      const page = showMarkdown([shownText(textsEverywhere(`x${text}`))]);
      expect(skeleton(page)).toBe(want);
    }),
    { numRuns: runs(50) },
  );
});

/** The anchors of a page, and what its links lead to. */
function linksOf(page: string) {
  const ids = Array.from(page.matchAll(/<a id="([^"]*)"><\/a>/g), ([, id]) => id);
  const targets = Array.from(page.matchAll(/\]\(#([^)]*)\)/g), ([, target]) => target);
  return { ids, targets };
}

test.runIf(hasCorpus)('every link of a page over many real files leads to one place', () => {
  const inputs = [
    ...samples.values(),
    ...corpusInputs('windows-driver-samples', 'linux-firmware', 'bmf-pairs'),
  ];
  const { ids, targets } = linksOf(showMarkdown(inputs));
  console.log(`a page over ${inputs.length} files has ${targets.length} links`);
  expect(ids.length).toBeGreaterThan(80);
  expect(new Set(ids).size).toBe(ids.length);
  expect(targets.filter((target) => !ids.includes(target))).toEqual([]);
});

test('structures and their users, bases and derived classes are linked', () => {
  const page = showMarkdown([sample('calibration')]);
  expect(page).toContain('- Embedded in: [`Calibration`](#class-calibration)\n');
  expect(page).toContain('- Base of: [`Calibration`](#class-calibration)\n');
  expect(page).toContain('- Derives from: [`Instrument`](#class-instrument)\n');
  expect(page).toContain('| [`CalibrationPoint[4]`](#class-calibrationpoint) |');
  expect(page).toContain('Inherited from [`Instrument`](#class-instrument). |');
});

test('events, ranges, values without a number, other classes', () => {
  const page = showMarkdown([sample('sensor-log'), shownText(RARITIES)]);
  expect(page).toContain('- Role: event\n');
  expect(page).toContain('- Role: data block, expensive\n');
  expect(page).toContain('| Display name: Shown. From 0 to 18446744073709551615. |');
  expect(page).toContain('|                 0..9 | few |');
  expect(page).toContain('## Other classes\n\n| Class   | Derives from |');
  expect(page.match(/^# .*$/gm)).toEqual(['# samples/sensor-log/sensor-log.mof', '# a.mof']);
  expect(showMarkdown([shownText('')])).toBe('# a.mof\n\nNo classes.\n');
});
