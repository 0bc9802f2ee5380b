// Values that a driver stores while its queries report another count, on the host harness under sanitizers: a request that changes a
// part of a count and its arrays never makes the stored count cover elements that are not there.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { compilerWith } from '../../c/toolchain.js';
import { emitClasses } from './chosen-classes.js';
import { runProgram } from './sample-program.js';

const here = import.meta.dirname;
const compiler = compilerWith('sanitizers', 'values that a driver stores', ['gcc', 'clang']);

const CLASSES = ['All', 'Array', 'Count'].map((name) => `Keep_${name}`);

describe.runIf(compiler !== undefined)('on the host harness', () => {
  let build: HostBuild;
  beforeAll(async () => {
    if (compiler !== undefined) build = await startHostBuild(compiler);
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  test.each([
    { where: 'in pool', target: 'wdm', defines: [] },
    { where: 'in a buffer of the driver', target: 'blocks', defines: ['KEEP_IN_BUFFER'] },
  ])('$where', { timeout: 120_000 }, async ({ target, defines }) => {
    const driver = await emitClasses(build, {
      folder: here,
      base: 'keep',
      target,
      classes: CLASSES,
      output: `keep-${target}`,
    });
    await runProgram(build, driver, join(here, 'keep.c'), 'keep: all fine\n', defines);
  });
});
