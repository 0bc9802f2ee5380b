// A miniport in the manner of NetKVM that implements some classes of a larger MOF, chosen with --class, on the host harness under
// sanitizers, without one allocation.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { compilerWith } from '../../c/toolchain.js';
import { emitClasses } from '../provider/chosen-classes.js';
import { runProgram } from '../provider/sample-program.js';

const here = import.meta.dirname;
const compiler = compilerWith('sanitizers', 'a miniport in the manner of NetKVM', ['gcc', 'clang']);

const CLASSES = [
  'Logging',
  'Statistics',
  'Queues',
  'Operations',
  'QueueStopped',
  'LimitChanged',
  'LinkBack',
].map((name) => `Nic_${name}`);

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
      base: 'nic',
      target: 'ndis',
      classes: CLASSES,
    });
    const program = join(here, 'nic.c');
    await runProgram(build, driver, program, 'nic: all fine\n');
  });
});
