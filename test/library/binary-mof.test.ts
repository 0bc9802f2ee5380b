/** MOF text to a binary MOF and back, as the library has it: what the command line writes, and every fault as a diagnostic. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { compileMof, decompileBmf } from '../../src/index.js';
import { bmfs } from '../binary-mof/bmf-files.js';
import { corpus } from '../mof-files.js';

const bytesOf = (text: string) => new TextEncoder().encode(text);

test.each<[string, string, string[]]>([
  ['a text', 'class Fan { uint32 Speed; };', []],
  ['a fault of syntax', 'class Fan { uint32 Speed }', ['MOF1201', 'MOF1201']],
  ['a list of several kinds', '[List{1, "a"}] class Fan { };', ['MOF5002']],
  ['a directive without effect', '#pragma deleteclass("X", nofail)\nclass Fan { };', ['MOF5004']],
  ['an unknown include', '#pragma include("x.mof")\nclass Fan { };', ['MOF1004']],
])('compiling %s', (_case, text, codes) => {
  const { value, diagnostics } = compileMof(bytesOf(text), 'fan.mof');
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  expect(value.length > 0).toBe(codes.every((code) => code === 'MOF5004'));
});

test('the options are those of the command line', () => {
  const text = '#include "size.h"\n#ifdef BIG\nclass Fan { uint8 Data[SIZE]; };\n#endif';
  const { value, diagnostics } = compileMof(
    bytesOf(text),
    'fan.mof',
    (path) => (path === 'size.h' ? { name: path, bytes: bytesOf('#define SIZE 16') } : undefined),
    {
      defines: ['BIG'],
      namespace: String.raw`root\wmi`,
      mfl: [{ name: 'fan.mfl', bytes: bytesOf('[Description("turns") : amended] class Fan { };') }],
    },
  );
  expect(diagnostics).toEqual([]);
  const decompiled = decompileBmf(value, 'fan.bmf').value;
  expect(decompiled).toContain(String.raw`#pragma namespace("root\\wmi")`);
  expect(decompiled).toContain('uint8 Data[16];');
  expect(decompiled).toContain('Description("turns")');
});

test('what is no binary MOF, what is damaged, and what is too much', () => {
  expect(() => decompileBmf(bytesOf('class A { };'), 'a.mof')).toThrow(
    new RangeError("'a.mof' is not a binary MOF"),
  );
  const { value } = compileMof(bytesOf('class A { };'), 'a.mof');
  expect(decompileBmf(value.subarray(0, -3), 'a.bmf')).toMatchObject({
    value: '',
    diagnostics: [{ code: 'MOF1012' }],
  });
  const tooMuch = bytesOf(`[L{${'1,'.repeat(260_000)}1}] class A { };`);
  expect(compileMof(tooMuch, 'a.mof')).toMatchObject({
    value: new Uint8Array(),
    diagnostics: [{ code: 'MOF5001' }],
  });
});

const pairs = bmfs.filter(({ name }) => name.startsWith('bmf-pairs/'));
if (pairs.length === 0) console.log(`pairs of a MOF and its .bmf skipped: ${corpus} has none`);

test.each(pairs)('$name is what its MOF compiles to', ({ name, bytes }) => {
  const path = `${corpus}/${name.replace(/bmf$/i, 'mof')}`;
  const { value } = compileMof(readFileSync(path), basename(path));
  expect(Buffer.compare(value, bytes)).toBe(0);
});
