// The C programs in this folder, each with the driver that it runs: emitted into a build's folder, ready to be linked.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emit } from '../../../src/generate.js';
import { type HostBuild } from '../../c/host.js';
import { emitSample, type EmittedSample, type SampleOptions } from '../provider/sample-program.js';
import { modelOf } from '../ts/generated-module.js';

/** A program: its C file, what it prints, and the driver. */
export interface DriverProgram {
  readonly name: string;
  readonly file: string;
  readonly output: string;
  readonly defines?: readonly string[];
  readonly driver: (build: HostBuild) => Pick<EmittedSample, 'folder' | 'sources'>;
}

const METHODS_ALONE = `[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1aa}")]
class Act { [key, read] string InstanceName; [read] boolean Active;
  [Implemented, WmiMethodId(1)] void Go(); };`;

const SILENT = `class WMIEvent : __ExtrinsicEvent { };
// mofgen: no-instance
[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1aa}")]
class Ping : WMIEvent { [key, read] string InstanceName; [read] boolean Active; };`;

function emitText(build: HostBuild, folderName: string, base: string, mof: string) {
  const folder = join(build.folder, folderName);
  mkdirSync(folder);
  const files = emit(modelOf(mof, `${base}.mof`), `${base}.mof`, { targets: ['wdm'] }).value;
  for (const { name, text } of files) writeFileSync(join(folder, name), text);
  const sources = files.filter(({ name }) => name.endsWith('.c'));
  return { folder, sources: sources.map(({ name }) => join(folder, name)) };
}

function program(
  name: string,
  file: string,
  driver: DriverProgram['driver'],
  defines: readonly string[] = [],
): DriverProgram {
  return {
    name,
    file: join(import.meta.dirname, `${file}.c`),
    output: `${file}: all fine\n`,
    defines,
    driver,
  };
}

const sample = (name: string, options: SampleOptions = {}): DriverProgram =>
  program(name, name, (build) => emitSample(build, 'wdm', name, options));

export const programs: readonly DriverProgram[] = [
  sample('card-reader', {
    replaced: ['CardReader_SlotState_Lock', 'CardReader_SlotState_Forget'],
  }),
  sample('door-light'),
  sample('smart-fan'),
  sample('sensor-log', {
    replaced: ['SensorLogDrainPrepare', 'SensorLogDrainCommit', 'SensorLogCollect'],
  }),
  sample('calibration', {
    replaced: ['CalibrationSwapFactors', 'CalibrationSet', 'CalibrationQuery'],
  }),
  sample('odd-corners', { replaced: ['classconstructor'], options: { noInstanceLock: true } }),
  program('instances that go while requests have them', 'removal', (build) =>
    emitSample(build, 'wdm', 'smart-fan', { replaced: ['SmartFanQuery'] }, 'removal'),
  ),
  program('two MOF files on one device', 'joined', (build) => {
    const light = emitSample(build, 'wdm', 'door-light', {}, 'joined');
    const replaced = ['SmartFanWmiFromDevice'];
    const fan = emitSample(build, 'wdm', 'smart-fan', { replaced }, 'joined');
    return { folder: light.folder, sources: [...new Set([...light.sources, ...fan.sources])] };
  }),
  program('a block with methods alone', 'methods-alone', (build) =>
    emitText(build, 'methods-alone', 'act', METHODS_ALONE),
  ),
  program('an event without data', 'silent', (build) => emitText(build, 'silent', 'ping', SILENT)),
  program(
    'the binary MOF as a block',
    'door-light',
    (build) => {
      const emitted = emitSample(build, 'wdm', 'door-light', {}, 'door-light-mof');
      writeFileSync(join(emitted.folder, 'door-light_mof.x'), '0x46, 0x4f, 0x4d, 0x42, 0x07,\n');
      return emitted;
    },
    ['DOOR_LIGHT_WMI_DYNAMIC_MOF'],
  ),
];
