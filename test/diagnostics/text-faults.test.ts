/** One bad sample for each fault of the text (MOF1xxx); those of the model are in test/model/faults. */
import { expect, test } from 'vitest';
import { DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { CLASS_A_B, WITH_MORE } from '../../src/diagnostics/explain/binary-examples.js';
import { analyze } from '../../src/generate.js';
import { workplace } from '../cli/command-line.js';

const text = (mof: string): Uint8Array => new TextEncoder().encode(mof);
const deep = `class A { [Values${'{'.repeat(101)}`;
const doubling = Array.from(
  { length: 40 },
  (_, index) => `#define M${index} M${index + 1} M${index + 1}\n`,
)
  .concat('class A { uint8 B = M0; };')
  .join('');

/** The code, what is wrong, and bytes with only this fault. */
const faults: readonly (readonly [string, string, Uint8Array])[] = [
  ['MOF1002', 'UTF-16 with half a character', Uint8Array.of(0xff, 0xfe, 0x41)],
  ['MOF1003', 'bytes that are no UTF-8', Uint8Array.of(0x2f, 0x2f, 0xe4)],
  ['MOF1004', 'an include that is missing', text('#pragma include("missing.mof")')],
  ['MOF1005', 'a file that includes itself', text('#pragma include("main.mof")')],
  ['MOF1006', 'an include without a name', text('#pragma include')],
  ['MOF1007', 'a chain of includes without end', text('#pragma include("next-1.mof")')],
  ['MOF1009', 'a Windows program', Uint8Array.of(0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0)],
  ['MOF1012', 'a binary MOF that is cut off', text('FOMB....')],
  ['MOF1013', 'a binary MOF with a name that MOF text cannot spell', CLASS_A_B],
  ['MOF1016', 'a binary MOF with a byte after its end', WITH_MORE],
  ['MOF1101', 'a sign that MOF does not have', text('class A { uint8 B; }; ?')],
  ['MOF1102', 'a comment without an end', text('class A { }; /* and so on')],
  ['MOF1103', 'an octal number with a 9', text('class A { uint8 B = 09; };')],
  ['MOF1104', 'a real without a point', text('class A { real32 B = 1e5; };')],
  ['MOF1105', 'an unknown escape', text('[Locale("MS\\0x409")] class A { };')],
  ['MOF1106', 'a line break in a string', text('[Description("one\ntwo")] class A { };')],
  ['MOF1107', 'a character literal of two', text("class A { char16 B = 'ab'; };")],
  ['MOF1201', 'a missing semicolon', text('class A { uint8 B };')],
  ['MOF1202', 'nesting without end', text(deep)],
  ['MOF1203', 'an unknown directive', text('#pragma fly("high")\nclass A { };')],
  ['MOF1204', 'a directive of another language', text('#import "a.tlb"\nclass A { };')],
  ['MOF1205', 'an unknown macro', text('[Description(AND "b")] class A { };')],
  ['MOF1120', 'quotes in a string', text('[Description("the "fast" fan")] class A { };')],
  ['MOF1121', 'a string without its first quote', text('[Description(the fan")] class A { };')],
  ['MOF1008', 'a C header that is not there', text('#include "missing.h"\nclass A { };')],
  ['MOF1301', 'a macro without a name', text('#define 1 one\nclass A { };')],
  ['MOF1302', 'one macro for two things', text('#define ONE 1\n#define ONE 2\nclass A { };')],
  ['MOF1303', 'macros that double each other', text(doubling)],
  ['MOF1304', 'a condition without its end', text('#if 1\nclass A { };')],
  ['MOF1305', 'an end without its condition', text('class A { };\n#endif')],
  ['MOF1306', 'a condition that breaks off', text('#if 1 +\n#endif\nclass A { };')],
  ['MOF1307', 'a condition of a header for a C compiler', text('#include "c.h"\nclass A { };')],
  ['MOF1308', 'an #error', text('#error nothing is here yet\nclass A { };')],
  ['MOF1010', 'UTF-8 beyond ASCII', text('// \u00E4\nclass A { };')],
  ['MOF1010', 'a byte order mark of UTF-8', text('\uFEFFclass A { };')],
  ['MOF1011', 'a backslash in a file name', text('#pragma include("sub\\new.mof")')],
  ['MOF1420', 'an argument too few', text('#define F(x, y) x\nclass A { uint8 B = F(1); };')],
  ['MOF1421', 'a use without an end', text('#define F(x) x\nclass A { };\nF(')],
  ['MOF1422', 'names that do not join', text('#define F(x) x ## [2]\nclass A { uint8 F(B); };')],
  ['MOF1423', 'an #error of a header', text('#include "stop.h"\nclass A { };')],
  ['MOF1901', 'an allowance without use', text('// mofgen-allow MOF2203\nclass A { };')],
  [
    'MOF1430',
    'blanks of a web page',
    Uint8Array.from(Buffer.from('\uFEFFclass\u00A0A { };', 'utf16le')),
  ],
  ['MOF1903', 'a comment that chooses nothing', text('// mofgen: quiet\nclass A { };')],
  ['MOF1902', 'an allowance of an error', text('// mofgen-allow MOF2202\nclass A { };')],
  ['MOF1309', 'a #warning', text('#warning little is here yet\nclass A { };')],
];

const includes: Readonly<Record<string, string>> = {
  'main.mof': '#pragma include("main.mof")',
  'sub/new.mof': 'class New { };',
  'stop.h': '#error no target',
  'c.h': '#if sizeof(int) == 4\n#endif',
};

/** `next-7.mof` includes `next-8.mof`, without end. */
function readInclude(path: string) {
  const next = /^next-(\d+)\.mof$/.exec(path)?.[1];
  const content =
    next === undefined ? includes[path] : `#pragma include("next-${Number(next) + 1}.mof")`;
  return content === undefined ? undefined : { name: path, bytes: text(content) };
}

test.each(faults)('%s: %s', (code, _what, bytes) => {
  const { diagnostics } = analyze(bytes, 'main.mof', (path) =>
    readInclude(path.replaceAll('\\', '/')),
  );
  expect(diagnostics.map((each) => each.code)).toEqual([code]);
  const [only] = diagnostics;
  expect(only?.location).toBeDefined();
  expect(only?.message).toMatch(/^[^A-Z].*[^.]$/s);
});

test('MOF1001: an input that cannot be read', async () => {
  const { stderr, exitCode } = await workplace().run(['check', 'no-such-file.mof']);
  expect(exitCode).toBe(3);
  expect(stderr).toMatch(/error MOF1001: cannot read 'no-such-file.mof'/);
});

test('MOF1401: a localised text for a class that is not there', async () => {
  const { run } = workplace({
    'a.mof': 'class A { };',
    'a.mfl': '[Description("b") : amended, amendment] class B { };',
  });
  const { stderr, exitCode } = await run(['check', 'a.mof', '--mfl', 'a.mfl', '-q']);
  expect(exitCode).toBe(0);
  expect(stderr).toBe(
    [
      "a.mfl:1:47: warning MOF1401: the class 'B' is amended, but not declared",
      'a.mfl:1:47: help: correct the name, or give the .mof that this .mfl was split from',
      '1 warning',
      '',
    ].join('\n'),
  );
});

/** Codes of other inputs than one text, which are tested below and in test/cli. */
const ELSEWHERE = ['MOF1001', 'MOF1014', 'MOF1015', 'MOF1401', 'MOF1904'];

test('every code of the text has a row here', () => {
  const codes = Object.keys(DIAGNOSTICS).filter((code) => code.startsWith('MOF1'));
  expect([...new Set([...ELSEWHERE, ...faults.map(([code]) => code)])].sort()).toEqual(
    codes.sort(),
  );
});

test('MOF1401: a localised copy in a file that declares other classes, but not this one', () => {
  const copy = '[Description("b") : amended, amendment, locale(0x409)] class B { };';
  const codesOf = (mof: string) =>
    analyze(text(mof), 'main.mof', readInclude).diagnostics.map(({ code }) => code);
  expect(codesOf(`class A { }; ${copy}`)).toEqual(['MOF1401']);
  expect(codesOf(`class B { }; ${copy}`)).toEqual([]);
  // An .mfl by itself.
  expect(codesOf(copy)).toEqual([]);
});
