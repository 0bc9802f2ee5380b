// Generated WDM providers at work on the host harness, under sanitizers: what the vectors of differential.test.ts do not
// reach. The C programs beside this file replace some of the skeleton's functions by their own.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { compilerWith } from '../../c/toolchain.js';
import { emitSample, runProgram, type SampleOptions } from '../provider/sample-program.js';

const compiler = compilerWith('sanitizers', 'generated WDM drivers', ['gcc', 'clang']);

interface Program extends SampleOptions {
  readonly sample: string;
}

const programs: readonly Program[] = [
  {
    sample: 'card-reader',
    replaced: ['CardReader_SlotState_Lock', 'CardReader_SlotState_Forget'],
  },
  { sample: 'door-light' },
  { sample: 'smart-fan' },
  {
    sample: 'sensor-log',
    replaced: ['SensorLogDrainPrepare', 'SensorLogDrainCommit', 'SensorLogCollect'],
  },
  {
    sample: 'calibration',
    replaced: ['CalibrationSwapFactors', 'CalibrationSet', 'CalibrationQuery'],
  },
  { sample: 'odd-corners', replaced: ['classconstructor'], options: { noInstanceLock: true } },
];

describe.runIf(compiler !== undefined)('on the host harness', () => {
  let build: HostBuild;
  beforeAll(async () => {
    if (compiler !== undefined) build = await startHostBuild(compiler);
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  const program = (sample: string): string => join(import.meta.dirname, `${sample}.c`);

  test.each(programs)('$sample', { timeout: 120_000 }, async ({ sample, ...options }) => {
    const emitted = emitSample(build, 'wdm', sample, options);
    await runProgram(build, emitted, program(sample), `${sample}: all fine\n`);
  });

  test('the binary MOF as a block', { timeout: 120_000 }, async () => {
    const emitted = emitSample(build, 'wdm', 'door-light', {}, 'door-light-mof');
    writeFileSync(join(emitted.folder, 'door-light_mof.x'), '0x46, 0x4f, 0x4d, 0x42, 0x07,\n');
    await runProgram(build, emitted, program('door-light'), 'door-light: all fine\n', [
      'DOOR_LIGHT_WMI_DYNAMIC_MOF',
    ]);
  });
});
