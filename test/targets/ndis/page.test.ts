// The example of docs/targets/ndis.md compiles for Windows, with a replacement of mingw's <ndis.h>, which ends at NDIS 5.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { emit } from '../../../src/generate.js';
import { availableCompilers, compile } from '../../c/toolchain.js';
import { root } from '../../mof-files.js';
import { modelOf } from '../ts/generated-module.js';

const page = readFileSync(join(root, 'docs/targets/ndis.md'), 'utf8');
const examples = Array.from(page.matchAll(/```c\n([\s\S]*?)```/g), ([, text = '']) => text);

const folder = mkdtempSync(join(tmpdir(), 'mofgen-ndis-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const compilers = availableCompilers('the example for NDIS', [
  'mingw64-gcc',
  'mingw32-gcc',
  'mingw64-clang',
]);

test('there is one example', () => {
  expect(examples).toHaveLength(1);
});

test.each(compilers)('with %s', async (compiler) => {
  const mof = readFileSync(join(root, 'samples/door-light/door-light.mof'), 'utf8');
  const files = emit(modelOf(mof, 'door-light.mof'), 'door-light.mof', { targets: ['ndis'] }).value;
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  const [text = ''] = examples;
  const includes = [folder, join(root, 'test/c/include')];
  expect(await compile({ compiler, text, includes })).toEqual({ status: 0, output: '' });
});
