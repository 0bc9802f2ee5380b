// A driver in the manner of a DSM that implements some classes of a larger MOF, chosen with --class, on the host harness under
// sanitizers, at DISPATCH_LEVEL and without one allocation.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { compilerWith } from '../../c/toolchain.js';
import { emitClasses } from '../provider/chosen-classes.js';
import { runProgram } from '../provider/sample-program.js';

const here = import.meta.dirname;
const compiler = compilerWith('sanitizers', 'a driver in the manner of a DSM', ['gcc', 'clang']);

const CLASSES = ['Paths', 'Policy', 'Operations', 'PathChanged', 'Keys'].map(
  (name) => `Multipath_${name}`,
);

describe.runIf(compiler !== undefined)('on the host harness', () => {
  let build: HostBuild;
  beforeAll(async () => {
    if (compiler !== undefined) build = await startHostBuild(compiler);
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  test('some classes of a MOF', { timeout: 120_000 }, async () => {
    const driver = await emitClasses(build, {
      folder: here,
      base: 'multipath',
      target: 'blocks',
      classes: CLASSES,
    });
    const program = join(here, 'multipath.c');
    await runProgram(build, driver, program, 'multipath: all fine\n', [], [join(here, 'include')]);
  });
});
