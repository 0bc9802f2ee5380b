/**
 * Runs blocks on WMILIB: implements the DpWmi… routines with the byte-level callbacks that a KMDF driver would
 * register, and adds the checks that WMILIB leaves to them (docs/spec/runtime.md#wmilib, rule 8).
 */
import { type BoundBlock, type BoundInstance } from '../bound-block.js';
import { requireInside } from '../bug-check.js';
import { callbackResult } from '../callback-results.js';
import { type WmiInstance } from '../callbacks.js';
import { type DriverHost } from '../driver-host.js';
import { parseGuid } from '../guid.js';
import { IRP_MN_QUERY_ALL_DATA } from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_WMI_ITEMID_NOT_FOUND,
  STATUS_WMI_READ_ONLY,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import {
  WMIREG_FLAG_EVENT_ONLY_GUID,
  WMIREG_FLAG_EXPENSIVE,
  WMIREG_FLAG_INSTANCE_BASENAME,
  WMIREG_FLAG_INSTANCE_PDO,
} from '../wmireg.js';
import { WNODE_DATA_ALIGNMENT, alignUp } from '../wnode.js';
import { createWmilibDevice, type WmilibDeviceOptions } from './device.js';
import { wmiCompleteRequest } from './requests.js';
import { WmiEnableDisableControl, type DpWmiQueryDataBlock, type WmilibContext } from './types.js';

/** The naming of the instances, and other registration data. */
export interface WmilibRegistration {
  /** The base of the instance names; without it names start with the path of the device. */
  readonly baseName?: string;
  /** The driver's service key; default one made of the device's name. */
  readonly registryPath?: string;
  readonly mofResourceName?: string;
}

/**
 * Makes the WMILIB_CONTEXT of blocks. A routine that no instance needs is absent; blocks and instances may be added
 * later, unless they are the first to need such a routine.
 */
export function bindWmilib(
  blocks: readonly BoundBlock[],
  registration: WmilibRegistration = {},
): WmilibContext {
  const callbacks = blocks.flatMap(({ instances }) => instances.map((one) => one.callbacks));
  const { baseName, mofResourceName } = registration;
  let guidList: WmilibContext['guidList'] = [];
  return {
    get guidList() {
      // Entries read from their blocks; only a changed number of blocks rebuilds the list.
      if (guidList.length !== blocks.length) guidList = blocks.map(registered);
      return guidList;
    },
    queryWmiRegInfo: (device) => ({
      status: STATUS_SUCCESS,
      registryPath:
        registration.registryPath ??
        `\\REGISTRY\\MACHINE\\SYSTEM\\CurrentControlSet\\Services\\${device.name}`,
      ...(mofResourceName !== undefined && { mofResourceName }),
      ...(baseName === undefined
        ? { regFlags: WMIREG_FLAG_INSTANCE_PDO, pdo: device.pdo }
        : { regFlags: WMIREG_FLAG_INSTANCE_BASENAME, instanceName: baseName }),
    }),
    queryWmiDataBlock: bindQuery(blocks),
    ...(callbacks.some((one) => one.evtWmiInstanceSetInstance) && bindSetDataBlock(blocks)),
    ...(callbacks.some((one) => one.evtWmiInstanceSetItem) && bindSetDataItem(blocks)),
    ...(callbacks.some((one) => one.evtWmiInstanceExecuteMethod) && bindExecute(blocks)),
    ...(blocks.some((block) => block.control !== undefined) && bindControl(blocks)),
  };
}

/** The library's view of a block, with live values. */
function registered(block: BoundBlock): WmilibContext['guidList'][number] {
  return {
    get guid() {
      return block.guid;
    },
    get instanceCount() {
      return block.instances.length;
    },
    get flags() {
      return (
        (block.expensive === true ? WMIREG_FLAG_EXPENSIVE : 0) |
        (block.eventOnly === true ? WMIREG_FLAG_EVENT_ONLY_GUID : 0)
      );
    },
  };
}

/** Makes a started device whose blocks are `blocks`. */
export function registerWmilibBlocks(
  host: DriverHost,
  blocks: readonly BoundBlock[],
  options: Omit<WmilibDeviceOptions, 'context'> & WmilibRegistration = {},
): ReturnType<typeof createWmilibDevice> {
  return createWmilibDevice(host, { ...options, context: bindWmilib(blocks, options) });
}

/** The instance for a routine call and its identity; a failure status when there is none. */
function target(
  blocks: readonly BoundBlock[],
  guidIndex: number,
  instanceIndex: number,
): { readonly one: BoundInstance; readonly identity: WmiInstance } | NtStatus {
  const block = blocks[guidIndex];
  if (block === undefined) return STATUS_WMI_GUID_NOT_FOUND;
  const one = block.instances[instanceIndex];
  if (one === undefined) return STATUS_WMI_INSTANCE_NOT_FOUND;
  const guid = parseGuid(block.guid) ?? block.guid;
  return { one, identity: { guid, label: one.name } };
}

/** The intermediate result of a query. */
interface Progress {
  readonly status: NtStatus;
  /** The end of the data, in bytes from the start. */
  readonly end: number;
}

function bindQuery(blocks: readonly BoundBlock[]): DpWmiQueryDataBlock {
  return (device, irp, guidIndex, first, count, lengths, room, memory, offset) => {
    let progress: Progress = { status: STATUS_SUCCESS, end: 0 };
    for (let index = 0; index < count; index += 1) {
      const found = target(blocks, guidIndex, first + index);
      if (typeof found === 'number') return wmiCompleteRequest(device, irp, found, 0);
      const start = alignUp(progress.end, WNODE_DATA_ALIGNMENT);
      const left = Math.max(0, room - start);
      const at = offset === null || left === 0 ? null : offset + start;
      const { status, used } = queryOne(found.one, found.identity, left, memory, at);
      if (!ntSuccess(status) && status !== STATUS_BUFFER_TOO_SMALL) {
        // In a query of all instances, one that cannot be queried counts as empty.
        const all = irp.minor === IRP_MN_QUERY_ALL_DATA;
        const empty = all && status === STATUS_INVALID_DEVICE_REQUEST;
        if (!empty) return wmiCompleteRequest(device, irp, status, 0);
      }
      if (lengths !== null) lengths[index] = used;
      // After the first instance that does not fit, the others only add their sizes.
      const failed = progress.status === STATUS_BUFFER_TOO_SMALL ? progress.status : status;
      progress = {
        status: failed === STATUS_BUFFER_TOO_SMALL ? failed : STATUS_SUCCESS,
        end: used === 0 ? progress.end : start + used,
      };
    }
    return wmiCompleteRequest(device, irp, progress.status, progress.end);
  };
}

/**
 * The size of the zeros that a block with methods alone returns as data, a ULONG: WMI queries before it executes (S:
 * msdsm, iscsi).
 */
const METHODS_ALONE_SIZE = 4;

function queryMethodsAlone(
  room: number,
  memory: Uint8Array,
  at: number | null,
): { readonly status: NtStatus; readonly used: number } {
  const used = METHODS_ALONE_SIZE;
  if (at === null || room < used) return { status: STATUS_BUFFER_TOO_SMALL, used };
  requireInside(memory, at, used);
  memory.fill(0, at, at + used);
  return { status: STATUS_SUCCESS, used };
}

/** Queries one instance's data at `at`, which is `null` when there is no room. */
function queryOne(
  { callbacks }: BoundInstance,
  identity: WmiInstance,
  room: number,
  memory: Uint8Array,
  at: number | null,
): { readonly status: NtStatus; readonly used: number } {
  const { evtWmiInstanceQueryInstance: query, evtWmiInstanceExecuteMethod: execute } = callbacks;
  if (query === undefined) {
    return execute === undefined
      ? { status: STATUS_INVALID_DEVICE_REQUEST, used: 0 }
      : queryMethodsAlone(room, memory, at);
  }
  const { status, used } = callbackResult(query(identity, room, memory, at));
  if (ntSuccess(status) && used > room) {
    return at === null
      ? { status: STATUS_BUFFER_TOO_SMALL, used }
      : { status: STATUS_UNSUCCESSFUL, used: 0 };
  }
  return { status, used: ntSuccess(status) || status === STATUS_BUFFER_TOO_SMALL ? used : 0 };
}

function bindSetDataBlock(blocks: readonly BoundBlock[]): Pick<WmilibContext, 'setWmiDataBlock'> {
  return {
    setWmiDataBlock: (device, irp, guidIndex, instanceIndex, size, memory, offset) => {
      const found = target(blocks, guidIndex, instanceIndex);
      if (typeof found === 'number') return wmiCompleteRequest(device, irp, found, 0);
      const { evtWmiInstanceSetInstance: set } = found.one.callbacks;
      const status =
        set === undefined
          ? STATUS_WMI_READ_ONLY
          : set(found.identity, size, memory, size === 0 ? null : offset);
      return wmiCompleteRequest(device, irp, status, 0);
    },
  };
}

function bindSetDataItem(blocks: readonly BoundBlock[]): Pick<WmilibContext, 'setWmiDataItem'> {
  return {
    setWmiDataItem: (device, irp, guidIndex, instanceIndex, id, size, memory, offset) => {
      const found = target(blocks, guidIndex, instanceIndex);
      if (typeof found === 'number') return wmiCompleteRequest(device, irp, found, 0);
      const { evtWmiInstanceSetItem: set } = found.one.callbacks;
      const status =
        set === undefined
          ? STATUS_WMI_READ_ONLY
          : set(found.identity, id, size, memory, size === 0 ? null : offset);
      return wmiCompleteRequest(device, irp, status, 0);
    },
  };
}

function bindExecute(blocks: readonly BoundBlock[]): Pick<WmilibContext, 'executeWmiMethod'> {
  return {
    executeWmiMethod: (device, irp, guidIndex, index, id, inSize, outSize, memory, offset) => {
      const found = target(blocks, guidIndex, index);
      if (typeof found === 'number') return wmiCompleteRequest(device, irp, found, 0);
      const { evtWmiInstanceExecuteMethod: execute } = found.one.callbacks;
      if (execute === undefined) {
        return wmiCompleteRequest(device, irp, STATUS_WMI_ITEMID_NOT_FOUND, 0);
      }
      const at = inSize === 0 && outSize === 0 ? null : offset;
      const { status, used } = callbackResult(
        execute(found.identity, id, inSize, outSize, memory, at),
      );
      return wmiCompleteRequest(device, irp, status, used);
    },
  };
}

function bindControl(blocks: readonly BoundBlock[]): Pick<WmilibContext, 'wmiFunctionControl'> {
  return {
    wmiFunctionControl: (device, irp, guidIndex, control, enable) => {
      const block = blocks[guidIndex];
      const which = control === WmiEnableDisableControl.wmiEventControl ? 'events' : 'collection';
      const status =
        block === undefined
          ? STATUS_WMI_GUID_NOT_FOUND
          : (block.control?.(which, enable) ?? STATUS_SUCCESS);
      return wmiCompleteRequest(device, irp, status, 0);
    },
  };
}
