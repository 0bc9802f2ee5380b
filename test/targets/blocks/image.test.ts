// The imports of blocks without a transport, and of miniports: their code links without pool, locks and paging.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { analyze, emit } from '../../../src/generate.js';
import { thoroughCompilers, compile, run } from '../../c/toolchain.js';
import { includesBeside, root, samples } from '../../mof-files.js';

const compilers = thoroughCompilers('the image of blocks', ['mingw64-gcc', 'mingw32-gcc']);
const folder = mkdtempSync(join(tmpdir(), 'mofgen-image-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const PREFIXES = { 'mingw64-gcc': 'x86_64-w64-mingw32-', 'mingw32-gcc': 'i686-w64-mingw32-' };

/** The files of these MOF texts for a target, in one folder: the C files of all of them, and of the core once. */
function sources(target: string, paths: readonly string[]): readonly string[] {
  const place = mkdtempSync(join(folder, `${target}-`));
  const all = paths.flatMap((path) => {
    const { value } = analyze(readFileSync(path), path, includesBeside());
    return emit(value, path, { targets: [target] }).value;
  });
  for (const { name, text } of all) writeFileSync(join(place, name), text);
  const names = all.map(({ name }) => name).filter((name) => name.endsWith('.c'));
  return [...new Set(names)].map((name) => join(place, name));
}

/** The names that the linked code of the samples imports. */
async function imported(
  compiler: keyof typeof PREFIXES,
  target: string,
  paths: readonly string[] = samples.map(({ path }) => path),
) {
  const image = join(folder, `${compiler}-${target}.o`);
  const linked = await compile({
    compiler,
    files: sources(target, paths),
    includes: [join(root, 'test/c/include')],
    flags: ['-O2', '-r', '-nostdlib'],
    output: image,
  });
  expect(linked).toEqual({ status: 0, output: '' });
  const listed = await run(`${PREFIXES[compiler]}nm`, ['--undefined-only', image]);
  // 32-bit Windows puts an underscore before each name, and the size of the parameters after it.
  return Array.from(listed.output.matchAll(/ U _?(\w+)/g), ([, name = '']) => name);
}

/** What a compiler calls for copies, fills, comparisons, and divisions of 64 bits on 32-bit processors. */
const OF_COMPILERS = ['memcpy', 'memset', 'memcmp', 'memmove', '__udivdi3'];

/** The library that a miniport links with. */
const OF_PORT_DRIVERS = [
  'ScsiPortWmiDispatchFunction',
  'ScsiPortWmiFireLogicalUnitEvent',
  'ScsiPortWmiPostProcess',
];

describe.runIf(compilers.length > 0)('images', { timeout: 120_000 }, () => {
  test.each(compilers as (keyof typeof PREFIXES)[])('blocks with %s', async (compiler) => {
    const names = await imported(compiler, 'blocks');
    expect(names.filter((name) => !OF_COMPILERS.includes(name))).toEqual([]);
  });

  test.each(compilers as (keyof typeof PREFIXES)[])('miniports with %s', async (compiler) => {
    const names = await imported(compiler, 'scsiwmi');
    const others = names.filter((name) => !OF_COMPILERS.includes(name));
    expect(others.map((name) => name.replace(/^_imp_+/, '')).sort()).toEqual(OF_PORT_DRIVERS);
  });

  test('an image of another target imports pool functions', async () => {
    const [compiler = 'mingw64-gcc'] = compilers as (keyof typeof PREFIXES)[];
    const path = join(root, 'samples/sensor-log/sensor-log.mof');
    expect(await imported(compiler, 'wdm', [path])).toEqual(
      expect.arrayContaining([expect.stringMatching(/^_imp_ExAllocatePool/)]),
    );
  });

  test.each(['<wdm.h>', '<ntifs.h>'])('with %s in the place of <ntddk.h>', async (header) => {
    const [compiler = 'mingw64-gcc'] = compilers;
    const files = sources('blocks', [join(root, 'samples/sensor-log/sensor-log.mof')]);
    expect(
      await compile({
        compiler,
        files: files.filter((name) => !name.endsWith('_impl.c')),
        includes: [join(root, 'test/c/include')],
        defines: [`MOFGEN_SYSTEM_HEADER=${header}`],
      }),
    ).toEqual({ status: 0, output: '' });
  });
});
