// The adapters in docs/targets/blocks.md compile for Windows, and run on the host harness under sanitizers.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { emit } from '../../../src/generate.js';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { availableCompilers, compile, compilerWith, ddkFolders } from '../../c/toolchain.js';
import { root } from '../../mof-files.js';
import { emitSample, runProgram } from '../provider/sample-program.js';
import { modelOf } from '../ts/generated-module.js';

const here = import.meta.dirname;
const page = readFileSync(join(root, 'docs/targets/blocks.md'), 'utf8');

const ADAPTERS = ['classpnp', 'mpio', 'battery', 'irp'] as const;

/** The C text after the marker comment. */
function adapter(name: string): string {
  const [, text] =
    new RegExp(`<!-- adapter: ${name} -->\\n\\n\`\`\`c\\n([\\s\\S]*?)\`\`\``).exec(page) ?? [];
  if (text === undefined) throw new Error(`the page has no adapter ${name}`);
  return text;
}

test('the page has no other adapter', () => {
  const names = Array.from(page.matchAll(/<!-- adapter: (.*?) -->/g), ([, name]) => name);
  expect(names).toEqual(ADAPTERS);
});

const folder = mkdtempSync(join(tmpdir(), 'mofgen-adapters-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const windows = availableCompilers('the adapters of blocks', [
  'mingw64-gcc',
  'mingw32-gcc',
  'mingw64-clang',
]);

describe.runIf(windows.length > 0)('for Windows', () => {
  const place = join(folder, 'calibration');
  beforeAll(() => {
    mkdirSync(place);
    const mof = readFileSync(join(root, 'samples/calibration/calibration.mof'), 'utf8');
    const model = modelOf(mof, 'calibration.mof');
    for (const { name, text } of emit(model, 'calibration.mof', { targets: ['blocks'] }).value)
      writeFileSync(join(place, name), text);
  });

  test.each(windows.flatMap((compiler) => ADAPTERS.map((name) => ({ name, compiler }))))(
    '$name with $compiler',
    async ({ name, compiler }) => {
      // Of two headers called poclass.h the one in the folder of batclass.h has to be found.
      const systemIncludes = ddkFolders(compiler).map((ddk) => dirname(ddk));
      const includes = [place, join(here, 'include')];
      expect(await compile({ compiler, text: adapter(name), includes, systemIncludes })).toEqual({
        status: 0,
        output: '',
      });
    },
  );

  // What Visual C++ reports as C4204, a warning of level 4, Clang reports for the C before C99.
  const clang = windows.filter((compiler) => compiler === 'mingw64-clang');
  test.each(clang.flatMap((compiler) => ADAPTERS.map((name) => ({ name, compiler }))))(
    'constant aggregates in $name with $compiler',
    async ({ name, compiler }) => {
      const made = await compile({
        compiler,
        text: adapter(name),
        includes: [place, join(here, 'include')],
        systemIncludes: ddkFolders(compiler).map((ddk) => dirname(ddk)),
        flags: ['-std=gnu89', '-Wno-comment'],
      });
      expect(made).toEqual({ status: 0, output: '' });
    },
  );
});

const host = compilerWith('sanitizers', 'the adapters of blocks', ['gcc', 'clang']);

describe.runIf(host !== undefined)('on the host harness', () => {
  let build: HostBuild;
  beforeAll(async () => {
    if (host !== undefined) build = await startHostBuild(host);
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  test.each(ADAPTERS)('%s', { timeout: 120_000 }, async (name) => {
    const driver = emitSample(build, 'blocks', 'calibration', {}, name);
    const file = join(driver.folder, 'adapter.c');
    writeFileSync(file, adapter(name));
    const includes = ['include', 'host'].map((each) => join(here, each));
    const sources = [...driver.sources, file];
    const program = join(here, 'adapters', `${name}.c`);
    await runProgram(build, { ...driver, sources }, program, `${name}: all fine\n`, [], includes);
  });
});
