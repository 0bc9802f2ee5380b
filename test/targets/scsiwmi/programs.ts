// The C programs in this folder, each with the miniport that it runs: emitted into a build's folder, ready to be linked.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type HostBuild } from '../../c/host.js';
import { emitClasses } from '../provider/chosen-classes.js';
import { emitSample, type EmittedSample } from '../provider/sample-program.js';

const here = import.meta.dirname;

export interface MiniportProgram {
  readonly name: string;
  readonly file: string;
  readonly output: string;
  readonly defines?: readonly string[];
  readonly driver: (build: HostBuild) => Promise<Pick<EmittedSample, 'folder' | 'sources'>>;
}

const CLASSES = ['Statistics', 'Labels', 'Operations', 'Link', 'Note', 'Ping'].map(
  (name) => `Hba_${name}`,
);

/** The limit of newer kits, which mingw-w64's headers do not have. */
export const EVENT_LIMIT: readonly string[] = ['WMI_MINIPORT_EVENT_ITEM_MAX_SIZE=128'];

const chosen: MiniportProgram['driver'] = (build) =>
  emitClasses(build, { folder: here, base: 'hba', target: 'scsiwmi', classes: CLASSES });

export const programs: readonly MiniportProgram[] = [
  {
    name: 'some classes of a MOF',
    file: join(here, 'hba.c'),
    output: 'hba: all fine\n',
    driver: chosen,
  },
  {
    name: 'the same at the IRQL of an interrupt, with the event limit of newer kits',
    file: join(here, 'hba.c'),
    output: 'hba: all fine\n',
    defines: ['HBA_IRQL=9', ...EVENT_LIMIT],
    driver: chosen,
  },
  {
    name: 'a MOF as a resource',
    file: join(here, 'door-light.c'),
    output: 'door-light: all fine\n',
    driver: (build) => Promise.resolve(emitSample(build, 'scsiwmi', 'door-light')),
  },
  {
    name: 'a MOF as a block',
    file: join(here, 'door-light.c'),
    output: 'door-light: all fine\n',
    defines: ['DOOR_LIGHT_WMI_DYNAMIC_MOF'],
    driver: (build) => {
      const emitted = emitSample(build, 'scsiwmi', 'door-light', {}, 'door-light-mof');
      writeFileSync(join(emitted.folder, 'door-light_mof.x'), '0x46, 0x4f, 0x4d, 0x42, 0x07,\n');
      return Promise.resolve(emitted);
    },
  },
];
