/**
 * IRP_MN_REGINFO and IRP_MN_REGINFO_EX of a driver that handles them itself: all four ways of naming
 * (docs/spec/runtime.md#self-handled-requests, rules 12 and 13).
 */
import { parseGuid } from '../guid.js';
import { complete } from '../irp-answers.js';
import { type SystemControlIrp } from '../irp.js';
import { STATUS_BUFFER_TOO_SMALL, STATUS_INVALID_PARAMETER } from '../ntstatus.js';
import { completeRegistration } from '../registration-writer.js';
import {
  WMIREG_FLAG_EVENT_ONLY_GUID,
  WMIREG_FLAG_EXPENSIVE,
  WMIREG_FLAG_INSTANCE_BASENAME,
  WMIREG_FLAG_INSTANCE_LIST,
  WMIREG_FLAG_INSTANCE_PDO,
  type InstanceNaming,
  type RegisteredGuid,
} from '../wmireg.js';
import {
  type SelfHandledBlock,
  type SelfHandledDevice,
  type SelfHandledProvider,
} from './types.js';

const namingFlags = {
  list: WMIREG_FLAG_INSTANCE_LIST,
  baseName: WMIREG_FLAG_INSTANCE_BASENAME,
  pdo: WMIREG_FLAG_INSTANCE_PDO,
  dynamic: 0,
} as const;

/**
 * Writes the whole list; a short buffer gets the size as a ULONG and STATUS_BUFFER_TOO_SMALL, as documented
 * (docs/spec/runtime.md#differences, X2).
 */
export function regInfo(
  device: SelfHandledDevice,
  provider: SelfHandledProvider,
  irp: SystemControlIrp,
  bufferSize: number,
): void {
  const guids: RegisteredGuid[] = [];
  for (const block of provider.blocks) {
    const registered = registeredGuid(device, block);
    if (registered === undefined) {
      complete(irp, STATUS_INVALID_PARAMETER);
      return;
    }
    guids.push(registered);
  }
  const {
    mofResourceName = '',
    registryPath = `\\REGISTRY\\MACHINE\\SYSTEM\\CurrentControlSet\\Services\\${device.name}`,
  } = provider;
  const info = { registryPath, mofResourceName, guids };
  completeRegistration(device.host, irp, bufferSize, info, STATUS_BUFFER_TOO_SMALL);
}

function registeredGuid(
  device: SelfHandledDevice,
  { block, naming, flags = 0 }: SelfHandledBlock,
): RegisteredGuid | undefined {
  const guid = parseGuid(block.guid);
  if (guid === undefined) return undefined;
  let all = flags | namingFlags[naming.kind];
  if (block.expensive === true) all |= WMIREG_FLAG_EXPENSIVE;
  if (block.eventOnly === true) all |= WMIREG_FLAG_EVENT_ONLY_GUID;
  // Dynamic names have no registered count; the driver keeps it (WDK, WMIREGGUID).
  const instanceCount = naming.kind === 'dynamic' ? 0 : block.instances.length;
  return { guid, flags: all, instanceCount, naming: registeredNaming(device, block, naming) };
}

function registeredNaming(
  device: SelfHandledDevice,
  block: SelfHandledBlock['block'],
  naming: SelfHandledBlock['naming'],
): InstanceNaming {
  switch (naming.kind) {
    case 'list':
      return { kind: 'list', names: block.instances.map(({ name }) => name) };
    case 'pdo':
      return { kind: 'pdo', pdo: device.pdo };
    case 'baseName':
    case 'dynamic':
      return naming;
    default:
      return naming satisfies never;
  }
}
