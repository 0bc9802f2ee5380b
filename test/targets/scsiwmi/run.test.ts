// Generated providers of miniports, run on the host harness under sanitizers, at DISPATCH_LEVEL and at the IRQL of
// an interrupt: what the vectors of differential.test.ts do not reach. gcov checks the coverage of their core.
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, hostIncludes, startHostBuild } from '../../c/host.js';
import { thoroughCompilers, compile, compilerWith, run } from '../../c/toolchain.js';
import { runtimeFolder } from '../../runtime-c/core-build.js';
import { expectCovered, gcov } from '../../runtime-c/gcov.js';
import { runProgram } from '../provider/sample-program.js';
import { EVENT_LIMIT, programs } from './programs.js';

const compiler = compilerWith('sanitizers', 'generated providers of miniports', ['gcc', 'clang']);

describe.runIf(compiler !== undefined)('on the host harness', () => {
  let build: HostBuild;
  beforeAll(async () => {
    if (compiler !== undefined) build = await startHostBuild(compiler);
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  test.each(programs)('$name', { timeout: 120_000 }, async ({ file, output, defines, driver }) => {
    await runProgram(build, await driver(build), file, output, defines);
  });
});

const FLAGS = ['-fshort-wchar', '-pthread', '-g', '-O0'];
const STEM = 'mofgen_wmi_scsi';
const covering = thoroughCompilers('coverage of the C core for miniports', ['gcc']);

test.runIf(covering.length > 0)('coverage of the core', { timeout: 300_000 }, async () => {
  const build = await startHostBuild('gcc', FLAGS);
  try {
    const object = join(build.folder, `${STEM}.o`);
    const made = await compile({
      compiler: 'gcc',
      files: [join(runtimeFolder, `${STEM}.c`)],
      includes: [...hostIncludes, runtimeFolder],
      defines: EVENT_LIMIT,
      flags: [...FLAGS, '--coverage', '-c'],
      output: object,
      cwd: build.folder,
    });
    expect(made).toEqual({ status: 0, output: '' });
    // One after the other: each adds to the counts.
    for (const [index, { file, output, defines = [], driver }] of programs.entries()) {
      const { folder, sources } = await driver(build);
      const program = await build.build(`program-${index}`, {
        sources: [...sources.filter((each) => basename(each) !== `${STEM}.c`), file, object],
        includes: [folder],
        defines: [...new Set([...defines, ...EVENT_LIMIT])],
        flags: ['--coverage'],
      });
      expect(program.status, program.output).toBe(0);
      expect(await run(program.path, [], { cwd: build.folder })).toEqual({ status: 0, output });
    }
    const coverage = (await gcov(build.folder, [STEM])).get(`${STEM}.c`);
    if (coverage === undefined) throw new Error(`gcov knows no ${STEM}.c`);
    expectCovered(`${STEM}.c`, coverage);
  } finally {
    build.remove();
  }
});
