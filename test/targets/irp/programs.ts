// The C programs in this folder, each with the driver that it runs: emitted into a build's folder, ready to be linked.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emit } from '../../../src/generate.js';
import { type HostBuild } from '../../c/host.js';
import { emitSample, type EmittedSample, without } from '../provider/sample-program.js';
import { modelOf } from '../ts/generated-module.js';
import { type DriverProgram } from '../wdm/programs.js';

export const guestMof = readFileSync(join(import.meta.dirname, 'guest.mof'), 'utf8');

/** Emits a driver for a MOF text, without functions that a test has in the place of the user's file. */
export function emitText(
  build: HostBuild,
  folderName: string,
  base: string,
  mof: string,
  replaced: readonly string[] = [],
): Pick<EmittedSample, 'folder' | 'sources'> {
  const folder = join(build.folder, folderName);
  mkdirSync(folder, { recursive: true });
  const files = emit(modelOf(mof, `${base}.mof`), `${base}.mof`, { targets: ['irp'] }).value;
  for (const { name, owner, text } of files) {
    writeFileSync(join(folder, name), owner === 'user' ? without(text, replaced) : text);
  }
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
    emitText(build, 'guest', 'guest', guestMof, [
      ...['GuestDiskSet', 'GuestClockQuery', 'GuestSessionEndSession', 'GuestLoadCollect'],
    ]),
  ),
  program('two MOF files on one device', 'joined', (build) => {
    const light = emitSample(build, 'irp', 'door-light', {}, 'joined');
    const guest = emitText(build, 'joined', 'guest', guestMof, ['GuestWmiFromDevice']);
    return { folder: light.folder, sources: [...new Set([...light.sources, ...guest.sources])] };
  }),
];
