/**
 * Dispatches system control requests in a driver that handles them itself. Checks, in order, the device, the GUID, the
 * instance, and the request (docs/spec/runtime.md#self-handled-requests, rule 1).
 */
import { type BoundInstance } from '../bound-block.js';
import { callbackStatus } from '../callback-results.js';
import { foldName } from '../fold-name.js';
import { parseGuid } from '../guid.js';
import { indexByKey } from '../lookup.js';
import { WMIREG_FLAG_REMOVE_GUID } from '../wmireg.js';
import { complete, cutOffStatus } from '../irp-answers.js';
import {
  IRP_MN_CHANGE_SINGLE_INSTANCE,
  IRP_MN_CHANGE_SINGLE_ITEM,
  IRP_MN_DISABLE_EVENTS,
  IRP_MN_ENABLE_COLLECTION,
  IRP_MN_ENABLE_EVENTS,
  IRP_MN_DISABLE_COLLECTION,
  IRP_MN_EXECUTE_METHOD,
  IRP_MN_QUERY_ALL_DATA,
  IRP_MN_QUERY_SINGLE_INSTANCE,
  IRP_MN_REGINFO,
  IRP_MN_REGINFO_EX,
  type SystemControlIrp,
} from '../irp.js';
import {
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
} from '../ntstatus.js';
import {
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_HEADER,
  WNODE_SINGLE_INSTANCE,
  readCountedString,
} from '../wnode.js';
import {
  changeSingleInstance,
  changeSingleItem,
  executeMethod,
  querySingleInstance,
} from './instance-requests.js';
import { queryAllData } from './query-all.js';
import { regInfo } from './reg-info.js';
import { callTraced, type BlockRequest } from './request.js';
import {
  type SelfHandledBlock,
  type SelfHandledDevice,
  type SelfHandledProvider,
} from './types.js';

/** The end of Flags, OffsetInstanceName and InstanceIndex in every WNODE that names an instance. */
const instanceFieldsEnd = WNODE_SINGLE_INSTANCE.InstanceIndex + 4;

/** Completes a request and returns true; returns false for one that the next lower device must get. */
export function handle(
  device: SelfHandledDevice,
  provider: SelfHandledProvider,
  irp: SystemControlIrp,
): boolean {
  const { minor } = irp;
  const known = minor <= IRP_MN_EXECUTE_METHOD || minor === IRP_MN_REGINFO_EX;
  if (!known || irp.providerId !== device.deviceObject) return false;
  const bufferSize = Math.min(irp.bufferSize, irp.memory.length);
  if (minor === IRP_MN_REGINFO || minor === IRP_MN_REGINFO_EX) {
    regInfo(device, provider, irp, bufferSize);
    return true;
  }
  const guid = irp.dataPath;
  const index =
    typeof guid === 'number' ? undefined : indexByKey(provider.blocks, guid, canonicalGuid);
  const target = index === undefined ? undefined : provider.blocks[index];
  const removed = ((target?.flags ?? 0) & WMIREG_FLAG_REMOVE_GUID) !== 0;
  if (target === undefined || removed || typeof guid === 'number') {
    complete(irp, STATUS_WMI_GUID_NOT_FOUND);
    return true;
  }
  const request: BlockRequest = { device, irp, target, guid, bufferSize };
  switch (minor) {
    case IRP_MN_QUERY_ALL_DATA:
      queryAllData(request);
      break;
    case IRP_MN_ENABLE_EVENTS:
    case IRP_MN_DISABLE_EVENTS:
      control(request, 'events', minor === IRP_MN_ENABLE_EVENTS);
      break;
    case IRP_MN_ENABLE_COLLECTION:
    case IRP_MN_DISABLE_COLLECTION:
      control(request, 'collection', minor === IRP_MN_ENABLE_COLLECTION);
      break;
    default:
      handleForInstance(request);
  }
  return true;
}

function handleForInstance(request: BlockRequest): void {
  const { irp, bufferSize } = request;
  if (bufferSize < instanceFieldsEnd) {
    complete(irp, cutOffStatus(irp.minor));
    return;
  }
  const instance = findInstance(request);
  if (instance === undefined) {
    complete(irp, STATUS_WMI_INSTANCE_NOT_FOUND);
    return;
  }
  switch (irp.minor) {
    case IRP_MN_QUERY_SINGLE_INSTANCE:
      querySingleInstance(request, instance);
      break;
    case IRP_MN_CHANGE_SINGLE_INSTANCE:
      changeSingleInstance(request, instance);
      break;
    case IRP_MN_CHANGE_SINGLE_ITEM:
      changeSingleItem(request, instance);
      break;
    default:
      executeMethod(request, instance);
  }
}

/**
 * A static name is an index into the registered list; a dynamic one is a counted string, compared without regard to
 * case. A name that exceeds the buffer matches no instance (CI19).
 */
function findInstance({ irp, bufferSize, target }: BlockRequest): BoundInstance | undefined {
  const { instances } = target.block;
  const isStatic =
    (irp.view.getUint32(WNODE_HEADER.Flags, true) & WNODE_FLAG_STATIC_INSTANCE_NAMES) !== 0;
  if (isStatic !== (target.naming.kind !== 'dynamic')) return undefined;
  if (isStatic) return instances[irp.view.getUint32(WNODE_SINGLE_INSTANCE.InstanceIndex, true)];
  const offset = irp.view.getUint32(WNODE_SINGLE_INSTANCE.OffsetInstanceName, true);
  const wanted = readCountedString(irp.view, offset, bufferSize);
  if (wanted === undefined) return undefined;
  const index = indexByKey(instances, foldName(wanted), foldedName);
  return index === undefined ? undefined : instances[index];
}

const foldedName = ({ name }: BoundInstance): string => foldName(name);

const canonicalGuid = ({ block }: SelfHandledBlock): string => parseGuid(block.guid) ?? block.guid;

/** Collection applies to expensive blocks only; for others the request succeeds without effect (FC11). */
function control(request: BlockRequest, which: 'events' | 'collection', enable: boolean): void {
  const { irp, bufferSize, target } = request;
  const { block } = target;
  if (bufferSize < WNODE_HEADER.sizeof) {
    complete(irp, STATUS_INVALID_PARAMETER);
  } else if (which === 'collection' && block.expensive !== true) {
    complete(irp, STATUS_SUCCESS);
  } else {
    // Traced with the framework's numbers.
    const sizes = { control: which === 'events' ? 1 : 2, enable };
    const returned = callTraced(
      request,
      'control',
      '',
      sizes,
      () => block.control?.(which, enable) ?? STATUS_SUCCESS,
    );
    complete(irp, callbackStatus(returned));
  }
}
