// Suppression comments: which findings they suppress, and what is reported about unused ones.
import { expect, test } from 'vitest';
import { analyze } from '../../src/generate.js';
import { items, newGuid } from '../model/resolve-text.js';
import { smallMof, workplace } from '../cli/command-line.js';

/** The codes that are reported, in order, and the text that each points at. */
function found(text: string, included = ''): string[] {
  const { diagnostics } = analyze(new TextEncoder().encode(text), 'a.mof', (path) => ({
    name: path,
    bytes: new TextEncoder().encode(included),
  }));
  return diagnostics.map(({ code, location }) => {
    const at = location?.source.text.slice(location.span.start, location.span.end);
    return `${code} ${at}`;
  });
}

const HEAD = `[WMI, Dynamic, Provider("WMIProv"), guid("${newGuid()}")]\nclass A\n{\n  [key] string InstanceName;\n  boolean Active;\n`;
const TWO_KEYS = (before: string, after: string, between = '') =>
  `${HEAD}${before}  [WmiDataId(1), key] uint8 X;${after}\n${between}  [WmiDataId(2), key] uint8 Y;\n};\n`;

test.each<[string, string, string[]]>([
  ['no comment', TWO_KEYS('', ''), ['MOF2211 key', 'MOF2211 key']],
  ['before an item', TWO_KEYS('  // mofgen-allow MOF2211\n', ''), ['MOF2211 key']],
  ['after an item, for its line', TWO_KEYS('', ' // mofgen-allow MOF2211'), ['MOF2211 key']],
  ['before the class, for all of it', `// mofgen-allow MOF2211\n${TWO_KEYS('', '')}`, []],
  ['with a reason', `//mofgen-allow mof2211: keys, as in the firmware\n${TWO_KEYS('', '')}`, []],
  [
    'several codes',
    `// mofgen-allow MOF2211, MOF2203\n${TWO_KEYS('', '').replace('WmiDataId(2)', 'WmiDataId(3)')}`,
    [],
  ],
  [
    'further comments may be between',
    `// mofgen-allow MOF2211\n// and more\n\n${TWO_KEYS('', '')}`,
    [],
  ],
  [
    'a file with CRLF',
    `// mofgen-allow MOF2211\r\n${TWO_KEYS('', '').replaceAll('\n', '\r\n')}`,
    [],
  ],
  [
    'before a parameter',
    `${HEAD}  [WmiMethodId(1)] void F([out] uint8 X,\n // mofgen-allow MOF2506\n [in] uint8 Y); };`,
    [],
  ],
  [
    'in strings, other comments and after other words it is no comment',
    `/* // mofgen-allow MOF2211 */ // see mofgen-allow MOF2211\n[Description("\\n// mofgen-allow MOF2211\\n"), ${TWO_KEYS('', '').slice(1)}`,
    ['MOF2211 key', 'MOF2211 key'],
  ],
  [
    'after a string without an end',
    TWO_KEYS('  // mofgen-allow MOF2211\n', ' // mofgen-allow MOF2211').replace(
      '"WMIProv"',
      '"WMIProv',
    ),
    ['MOF1102 "', 'MOF2211 key'],
  ],
  [
    'after a string without a beginning',
    `// mofgen-allow MOF2211\n${TWO_KEYS('', '').replace('"WMIProv"', 'WMIProv"')}`,
    ['MOF1121 WMIProv"'],
  ],
])('%s', (_what, text, want) => {
  expect(found(text)).toEqual(want);
});

test.each<[string, string, string[]]>([
  ['allows nothing', '// mofgen-allow MOF2211\nclass A { };', ['MOF1901 MOF2211']],
  ['nothing follows', 'class A { };\n// mofgen-allow MOF2211\n', ['MOF1901 MOF2211']],
  [
    'the wrong line',
    TWO_KEYS('', '', ' // mofgen-allow MOF2203\n'),
    ['MOF2211 key', 'MOF1901 MOF2203', 'MOF2211 key'],
  ],
  ['one of two codes', `// mofgen-allow MOF2211 MOF2203\n${TWO_KEYS('', '')}`, ['MOF1901 MOF2203']],
  ['no such code', '// mofgen-allow MOF9999\nclass A { };', ['MOF1902 MOF9999']],
  ['a name of JavaScript', '// mofgen-allow constructor\nclass A { };', ['MOF1902 constructor']],
  ['no code at all', '// mofgen-allow\nclass A { };', ['MOF1902 // mofgen-allow']],
  [
    'a code that is reported only without others is not unused',
    `// mofgen-allow MOF2404\n${TWO_KEYS('', '')}`,
    ['MOF2211 key', 'MOF2211 key'],
  ],
  ['a code that only targets report is not unused', '// mofgen-allow MOF3102\nclass A { };', []],
  [
    'an error cannot be suppressed',
    `// mofgen-allow MOF2202\n${TWO_KEYS('', '').replace('WmiDataId(2)', 'WmiDataId(1)').replaceAll(', key', '')}`,
    ['MOF1902 MOF2202', 'MOF2202 WmiDataId(1)'],
  ],
])('a comment without effect: %s', (_what, text, want) => {
  expect(found(text)).toEqual(want);
});

test('an error that may be allowed is suppressed by a comment, and the model is complete', () => {
  const text = `// mofgen-allow MOF2209\n${HEAD.replace('  [key] string InstanceName;\n', '')}${items('uint8 X')} };`;
  const { value, diagnostics } = analyze(new TextEncoder().encode(text), 'a.mof', () => undefined);
  expect(diagnostics).toEqual([]);
  expect(value.blocks[0]?.data.items).toHaveLength(1);
});

test('included files and macros: places are those that were written', () => {
  const keys = `// mofgen-allow MOF2211\n${TWO_KEYS('', '')}`;
  expect(found('#pragma include("b.mof")', keys)).toEqual([]);
  expect(found('#include "b.mof"\n', keys)).toEqual([]);
  expect(found(`#define KEY key\n${keys.replaceAll(', key]', ', KEY]')}`)).toEqual([]);
});

test('findings of a target are suppressed as well', async () => {
  const text = smallMof(
    'Fan',
    '// mofgen-allow MOF3102: a word of C\n  [WmiDataId(3), read] uint32 if;',
  );
  const { run } = workplace({ 'a.mof': text });
  expect((await run(['check', 'a.mof', '-q', '-t', 'header'])).stderr).toBe('');
});

test('an allowed error of the command line does not keep a file from being emitted', async () => {
  const text = smallMof().replace(/\[[^\]]*\] string InstanceName;/, '');
  const { run } = workplace({ 'a.mof': text });
  expect((await run(['generate', 'a.mof'])).exitCode).toBe(1);
  const allowed = await run(['generate', 'a.mof', '--allow', 'MOF2209']);
  expect(allowed).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('written') as string,
  });
});
