// Generated WDM providers, run on the host harness under sanitizers: what the vectors of differential.test.ts do not
// reach. The C programs in this folder replace some of the skeleton's functions.
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { compilerWith } from '../../c/toolchain.js';
import { runProgram } from '../provider/sample-program.js';
import { programs } from './programs.js';

const compiler = compilerWith('sanitizers', 'generated WDM drivers', ['gcc', 'clang']);

describe.runIf(compiler !== undefined)('on the host harness', () => {
  let build: HostBuild;
  beforeAll(async () => {
    if (compiler !== undefined) build = await startHostBuild(compiler);
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  test.each(programs)('$name', { timeout: 120_000 }, async ({ file, output, defines, driver }) => {
    await runProgram(build, driver(build), file, output, defines);
  });
});
