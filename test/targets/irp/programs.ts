// The C programs in this folder, each with the driver that it runs: emitted into a build's folder, ready to be linked.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitSample, emitText } from '../provider/sample-program.js';
import { type DriverProgram } from '../wdm/programs.js';

export const guestMof = readFileSync(join(import.meta.dirname, 'guest.mof'), 'utf8');

const NOTHING = `[WMI, Dynamic, Provider("WMIProv"), guid("{0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d1aa}")]
class Nothing { [key, read] string InstanceName; [read] boolean Active; };`;

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

export const programs: readonly DriverProgram[] = [
  program('door-light', 'door-light', (build) => emitSample(build, 'irp', 'door-light')),
  program(
    'the binary MOF as a block',
    'door-light',
    (build) => {
      const emitted = emitSample(build, 'irp', 'door-light', {}, 'door-light-mof');
      writeFileSync(join(emitted.folder, 'door-light_mof.x'), '0x46, 0x4f, 0x4d, 0x42, 0x07,\n');
      return emitted;
    },
    ['DOOR_LIGHT_WMI_DYNAMIC_MOF'],
  ),
  program(
    'instances with a base name',
    'door-light',
    (build) => emitSample(build, 'irp', 'door-light', {}, 'door-light-base-name'),
    ['DOOR_LIGHT_WMI_BASE_NAME=L"Light"'],
  ),
  program('sessions and disks with names', 'guest', (build) =>
    emitText(build, 'irp', 'guest', 'guest', guestMof, {
      replaced: ['GuestDiskSet', 'GuestClockQuery', 'GuestSessionEndSession', 'GuestLoadCollect'],
    }),
  ),
  program('a block without data and methods', 'nothing', (build) =>
    emitText(build, 'irp', 'nothing', 'nothing', NOTHING),
  ),
  program('two MOF files on one device', 'joined', (build) => {
    const light = emitSample(build, 'irp', 'door-light', {}, 'joined');
    const guest = emitText(build, 'irp', 'joined', 'guest', guestMof, {
      replaced: ['GuestWmiFromDevice'],
    });
    return { folder: light.folder, sources: [...new Set([...light.sources, ...guest.sources])] };
  }),
];
