// Generated WDM providers at work on the host harness, under sanitizers: what the vectors of differential.test.ts do not
// reach. The C programs beside this file replace some of the skeleton's functions by their own.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, test } from 'vitest';
import { type HostBuild, startHostBuild } from '../../c/host.js';
import { compilerWith } from '../../c/toolchain.js';
import { emit } from '../../../src/generate.js';
import { modelOf } from '../ts/generated-module.js';
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

const METHODS_ALONE = `[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1aa}")]
class Act { [key, read] string InstanceName; [read] boolean Active;
  [Implemented, WmiMethodId(1)] void Go(); };`;

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

  test('instances that go while requests have them', { timeout: 120_000 }, async () => {
    const options = { replaced: ['SmartFanQuery'] };
    const emitted = emitSample(build, 'wdm', 'smart-fan', options, 'removal');
    await runProgram(build, emitted, program('removal'), 'removal: all fine\n');
  });

  test('two MOF files on one device', { timeout: 120_000 }, async () => {
    const light = emitSample(build, 'wdm', 'door-light', {}, 'joined');
    const replaced = ['SmartFanWmiFromDevice'];
    const fan = emitSample(build, 'wdm', 'smart-fan', { replaced }, 'joined');
    const sources = [...new Set([...light.sources, ...fan.sources])];
    const output = 'joined: all fine\n';
    await runProgram(build, { folder: light.folder, sources }, program('joined'), output);
  });

  test('a block with methods alone', { timeout: 120_000 }, async () => {
    const folder = join(build.folder, 'methods-alone');
    mkdirSync(folder);
    const files = emit(modelOf(METHODS_ALONE, 'act.mof'), 'act.mof', { targets: ['wdm'] }).value;
    for (const { name, text } of files) writeFileSync(join(folder, name), text);
    const sources = files
      .filter(({ name }) => name.endsWith('.c'))
      .map(({ name }) => join(folder, name));
    const output = 'methods-alone: all fine\n';
    await runProgram(build, { folder, sources }, program('methods-alone'), output);
  });

  test('the binary MOF as a block', { timeout: 120_000 }, async () => {
    const emitted = emitSample(build, 'wdm', 'door-light', {}, 'door-light-mof');
    writeFileSync(join(emitted.folder, 'door-light_mof.x'), '0x46, 0x4f, 0x4d, 0x42, 0x07,\n');
    await runProgram(build, emitted, program('door-light'), 'door-light: all fine\n', [
      'DOOR_LIGHT_WMI_DYNAMIC_MOF',
    ]);
  });
});
