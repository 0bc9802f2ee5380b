// The C programs in this folder, each with the driver that it runs: emitted into a build's folder, ready to be linked.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HostBuild } from '../../c/host.js';
import {
  emitSample,
  type EmittedSample,
  emitText,
  type SampleOptions,
} from '../provider/sample-program.js';

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

const KEPT = `// mofgen: lock-methods
[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1ab}")]
class Kept { [key, read] string InstanceName; [read] boolean Active;
  [WmiDataId(1), read, write] uint32 Value;
  [Implemented, WmiMethodId(1)] void Go(); };
[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1ac}")]
class Shown { [key, read] string InstanceName; [read] boolean Active;
  [WmiDataId(1), read] uint32 Number; };`;

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
    emitSample(
      build,
      'wdm',
      'smart-fan',
      { replaced: ['SmartFanQuery', 'SmartFanWmiFromDevice'] },
      'removal',
    ),
  ),
  ...[false, true].map((noInstanceLock) =>
    program(`each routine, ${noInstanceLock ? 'without' : 'with'} the lock`, 'routines', (build) =>
      emitText(build, 'wdm', noInstanceLock ? 'routines-unlocked' : 'routines', 'kept', KEPT, {
        replaced: ['KeptQuery', 'KeptSet', 'KeptGo'],
        options: { noInstanceLock },
      }),
    ),
  ),
  program('two MOF files on one device', 'joined', (build) => {
    const light = emitSample(
      build,
      'wdm',
      'door-light',
      { replaced: ['DoorLightQuery'] },
      'joined',
    );
    const replaced = ['SmartFanWmiFromDevice'];
    const fan = emitSample(build, 'wdm', 'smart-fan', { replaced }, 'joined');
    return { folder: light.folder, sources: [...new Set([...light.sources, ...fan.sources])] };
  }),
  program('a block with methods alone', 'methods-alone', (build) =>
    emitText(build, 'wdm', 'methods-alone', 'act', METHODS_ALONE),
  ),
  program('an event without data', 'silent', (build) =>
    emitText(build, 'wdm', 'silent', 'ping', SILENT),
  ),
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
