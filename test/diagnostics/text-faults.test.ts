/** One bad sample for each fault of the text (MOF1xxx); those of what it says stand in test/model/faults. */
import { expect, test } from 'vitest';
import { DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { analyze } from '../../src/generate.js';
import { workplace } from '../cli/command-line.js';

const text = (mof: string): Uint8Array => new TextEncoder().encode(mof);
const deep = `class A { [Values${'{'.repeat(101)}`;

/** The code, what is wrong, and bytes that show just that. */
const faults: readonly (readonly [string, string, Uint8Array])[] = [
  ['MOF1002', 'UTF-16 with half a character', Uint8Array.of(0xff, 0xfe, 0x41)],
  ['MOF1003', 'bytes that are no UTF-8', Uint8Array.of(0x2f, 0x2f, 0xe4)],
  ['MOF1004', 'an include that is missing', text('#pragma include("missing.mof")')],
  ['MOF1005', 'a file that includes itself', text('#pragma include("main.mof")')],
  ['MOF1006', 'an include without a name', text('#pragma include')],
  ['MOF1007', 'a chain of includes without end', text('#pragma include("next-1.mof")')],
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
  ['MOF1204', 'a preprocessor line', text('#define ONE 1\nclass A { };')],
];

const includes: Readonly<Record<string, string>> = { 'main.mof': '#pragma include("main.mof")' };

/** `next-7.mof` includes `next-8.mof`, without end. */
function readInclude(path: string) {
  const next = /^next-(\d+)\.mof$/.exec(path)?.[1];
  const content =
    next === undefined ? includes[path] : `#pragma include("next-${Number(next) + 1}.mof")`;
  return content === undefined ? undefined : { name: path, bytes: text(content) };
}

test.each(faults)('%s: %s', (code, _what, bytes) => {
  const { diagnostics } = analyze(bytes, 'main.mof', readInclude);
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

test('every code of the text has a row here', () => {
  const codes = Object.keys(DIAGNOSTICS).filter((code) => code.startsWith('MOF1'));
  expect([...new Set(['MOF1001', ...faults.map(([code]) => code)])].sort()).toEqual(codes.sort());
});
