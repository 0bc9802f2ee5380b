// The device of guest-device.h as the runtime's model of a driver that answers its IRPs itself: the oracle of the C.
import { join } from 'node:path';
import { bindBlock, bindEvent, type BoundBlock } from '../../../src/runtime/bound-block.js';
import { createSystemControlIrp, type DriverModel } from '../../../src/runtime/irp.js';
import { createKernel } from '../../../src/runtime/kernel.js';
import { ntStatus } from '../../../src/runtime/ntstatus.js';
import { createSelfHandledDevice } from '../../../src/runtime/self-handled/device.js';
import { type SelfHandledNaming } from '../../../src/runtime/self-handled/types.js';
import { type HostBuild, type ProgramParts } from '../../c/host.js';
import {
  decodeReplies,
  encodeRequests,
  type Reply,
  type Request,
} from '../../c/requests/requests.js';
import { runForBytes, sanitizerEnvironment } from '../../c/toolchain.js';
import { type GeneratedModule } from '../ts/generated-module.js';
import { emitText } from '../provider/sample-program.js';
import { guestMof } from './programs.js';

/** The initial host_system_time. */
const now = 0x1dafedcba987654n;
const PDO = 0x1122334455667788n;

/** The instances that guest-device.h makes. */
const INSTANCES: Readonly<Record<string, readonly string[]>> = {
  GuestSession: ['Session 1', 'Sitzung ä'],
  GuestDisk: ['Disk A', 'Disk B', 'A third disk'],
  GuestClock: ['0', '1', '2'],
  GuestLoad: ['0'],
  GuestSessionEvent: [],
  GuestRestarted: ['0'],
};

const namings: Readonly<Record<string, SelfHandledNaming>> = {
  device: { kind: 'pdo' },
  static: { kind: 'list' },
  dynamic: { kind: 'dynamic' },
};

export function modelDevice(generated: GeneratedModule): DriverModel {
  const blocks = generated.model.blocks
    .filter(({ role }) => role !== 'structure')
    .map(({ name, role, choices }) => {
      const block = generated.blockOf(name);
      const names = INSTANCES[name] ?? [];
      const bound: BoundBlock =
        role === 'event'
          ? bindEvent(block.event, names)
          : bindBlock(
              block.dispatch,
              names.map((each) => ({ name: each, provider: block.newSkeleton() })),
            );
      return { block: bound, naming: namings[choices.naming] ?? { kind: 'pdo' } };
    });
  return createSelfHandledDevice(createKernel({ clock: () => now }), {
    blocks,
    pdo: PDO,
    registryPath: '\\Registry\\Machine\\Service\\guest',
    mofResourceName: 'MofResourceName',
  });
}

export function sendToModel(device: DriverModel, request: Request): Reply {
  const { minor, guid, forAnotherDevice, status, information, buffer } = request;
  const providerId = forAnotherDevice ? 1n : device.deviceObject;
  const memory = buffer.slice();
  const irp = createSystemControlIrp(minor, providerId, guid, memory);
  irp.ioStatus.status = ntStatus(status);
  irp.ioStatus.information = information;
  const forwarded = device.dispatch(irp) === 'forwarded';
  return { ...irp.ioStatus, forwarded, buffer: [...memory] };
}

/** The parts of a program that replays requests to the driver of guest.mof; `keep` may leave sources out. */
export function replayParts(
  build: HostBuild,
  keep: (source: string) => readonly string[] = (source) => [source],
): ProgramParts {
  const { folder, sources } = emitText(build, 'irp', 'guest', 'guest', guestMof);
  const here = (...parts: string[]) => join(import.meta.dirname, ...parts);
  return {
    sources: [...sources.flatMap(keep), here('guest-replay.c'), here('../../c/requests/replay.c')],
    includes: [folder],
  };
}

/** Builds that program; its path. */
export async function buildReplay(build: HostBuild): Promise<string> {
  const built = await build.build('guest-replay', replayParts(build));
  if (built.status !== 0) throw new Error(built.output);
  return built.path;
}

/** The program's answers to requests, in order. */
export async function replay(
  build: HostBuild,
  program: string,
  requests: readonly Request[],
): Promise<Reply[]> {
  const { status, output, errors } = await runForBytes(program, [], {
    input: encodeRequests(requests),
    env: sanitizerEnvironment(build.compiler),
  });
  if (status !== 0 || errors !== '') throw new Error(`${program} ended with ${status}: ${errors}`);
  return decodeReplies(output, requests);
}
