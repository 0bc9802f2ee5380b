/**
 * WmiSystemControl: the order of the library's checks, and the disposition that determines what the driver has to do
 * (docs/spec/runtime.md#wmilib). finish.ts completes requests after a routine.
 */
import { requireInside } from '../bug-check.js';
import { parseGuid } from '../guid.js';
import { indexByKey } from '../lookup.js';
import { complete, cutOffStatus } from '../irp-answers.js';
import {
  IRP_MN_CHANGE_SINGLE_INSTANCE,
  IRP_MN_CHANGE_SINGLE_ITEM,
  IRP_MN_DISABLE_EVENTS,
  IRP_MN_ENABLE_COLLECTION,
  IRP_MN_ENABLE_EVENTS,
  IRP_MN_EXECUTE_METHOD,
  IRP_MN_QUERY_ALL_DATA,
  IRP_MN_QUERY_SINGLE_INSTANCE,
  IRP_MN_REGINFO,
  IRP_MN_REGINFO_EX,
  type SystemControlIrp,
} from '../irp.js';
import {
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  type NtStatus,
} from '../ntstatus.js';
import { WNODE_FLAG_STATIC_INSTANCE_NAMES, WNODE_HEADER, WNODE_SINGLE_INSTANCE } from '../wnode.js';
import { usableSize } from './bounds.js';
import { regInfo } from './reg-info.js';
import {
  callExecuteMethod,
  callFunctionControl,
  callQueryAll,
  callQuerySingle,
  callSetDataBlock,
  callSetDataItem,
  type Call,
} from './routines.js';
import {
  SysctlIrpDisposition,
  WmiEnableDisableControl,
  type WmilibContext,
  type WmilibDevice,
} from './types.js';

/** The result of WmiSystemControl: the routine's or the library's status, and the disposition. */
export interface WmiSystemControlResult {
  readonly status: NtStatus;
  readonly disposition: SysctlIrpDisposition;
}

/** The end of Flags and InstanceIndex, which have the same offsets in every WNODE that names an instance. */
const instanceFieldsEnd = WNODE_SINGLE_INSTANCE.InstanceIndex + 4;

/**
 * WmiSystemControl (wmilib.h). A request that is not for the library stays unchanged, and `status` is then the one that
 * its sender set. For an error that the library finds, IoStatus is set, with Information 0, and the driver completes
 * the request.
 */
export function wmiSystemControl(
  context: WmilibContext,
  device: WmilibDevice,
  irp: SystemControlIrp,
): WmiSystemControlResult {
  const { minor } = irp;
  if (minor > IRP_MN_EXECUTE_METHOD && minor !== IRP_MN_REGINFO_EX) {
    return { status: irp.ioStatus.status, disposition: SysctlIrpDisposition.irpNotWmi };
  }
  if (irp.providerId !== device.deviceObject) {
    return { status: irp.ioStatus.status, disposition: SysctlIrpDisposition.irpForward };
  }
  if (minor === IRP_MN_REGINFO || minor === IRP_MN_REGINFO_EX) {
    regInfo(context, device, irp);
    return notCompleted(irp);
  }
  const guidIndex = findGuid(context, irp.dataPath);
  if (guidIndex === undefined) return refuse(irp, STATUS_WMI_GUID_NOT_FOUND);
  const call: Call = { context, device, irp, guidIndex, bufferSize: usableSize(device, irp) };
  const status = namesInstance(minor) ? callForInstance(call) : callForBlock(call);
  // Without a routine, the driver completes the request.
  return status === undefined
    ? notCompleted(irp)
    : { status, disposition: SysctlIrpDisposition.irpProcessed };
}

function notCompleted(irp: SystemControlIrp): WmiSystemControlResult {
  return { status: irp.ioStatus.status, disposition: SysctlIrpDisposition.irpNotCompleted };
}

function refuse(irp: SystemControlIrp, status: NtStatus): WmiSystemControlResult {
  complete(irp, status);
  return notCompleted(irp);
}

function findGuid(context: WmilibContext, dataPath: string | number): number | undefined {
  return typeof dataPath === 'number'
    ? undefined
    : indexByKey(context.guidList, dataPath, canonicalGuid);
}

const canonicalGuid = ({ guid }: { readonly guid: string }): string => parseGuid(guid) ?? guid;

function namesInstance(minor: number): boolean {
  return (
    minor === IRP_MN_QUERY_SINGLE_INSTANCE ||
    minor === IRP_MN_CHANGE_SINGLE_INSTANCE ||
    minor === IRP_MN_CHANGE_SINGLE_ITEM ||
    minor === IRP_MN_EXECUTE_METHOD
  );
}

/** Calls the routine of a request for a whole block; `undefined` when none was called. */
function callForBlock(call: Call): NtStatus | undefined {
  const { wmiEventControl, wmiDataBlockControl } = WmiEnableDisableControl;
  switch (call.irp.minor) {
    case IRP_MN_QUERY_ALL_DATA:
      return callQueryAll(call);
    case IRP_MN_ENABLE_EVENTS:
      return callFunctionControl(call, wmiEventControl, true);
    case IRP_MN_DISABLE_EVENTS:
      return callFunctionControl(call, wmiEventControl, false);
    case IRP_MN_ENABLE_COLLECTION:
      return callFunctionControl(call, wmiDataBlockControl, true);
    default:
      return callFunctionControl(call, wmiDataBlockControl, false);
  }
}

/** Calls the routine of a request for one instance; `undefined` when none was called. */
function callForInstance(call: Call): NtStatus | undefined {
  const { irp, device } = call;
  if (device.hardening && call.bufferSize < instanceFieldsEnd) {
    complete(irp, cutOffStatus(irp.minor));
    return undefined;
  }
  const instanceIndex = findInstance(call);
  if (instanceIndex === undefined) {
    complete(irp, STATUS_WMI_INSTANCE_NOT_FOUND);
    return undefined;
  }
  switch (irp.minor) {
    case IRP_MN_QUERY_SINGLE_INSTANCE:
      return callQuerySingle(call, instanceIndex);
    case IRP_MN_CHANGE_SINGLE_INSTANCE:
      return callSetDataBlock(call, instanceIndex);
    case IRP_MN_CHANGE_SINGLE_ITEM:
      return callSetDataItem(call, instanceIndex);
    default:
      return callExecuteMethod(call, instanceIndex);
  }
}

/** The library supports static names only. */
function findInstance({ context, irp, guidIndex }: Call): number | undefined {
  requireInside(irp.memory, 0, instanceFieldsEnd);
  const flags = irp.view.getUint32(WNODE_HEADER.Flags, true);
  if ((flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) === 0) return undefined;
  const index = irp.view.getUint32(WNODE_SINGLE_INSTANCE.InstanceIndex, true);
  return index < (context.guidList[guidIndex]?.instanceCount ?? 0) ? index : undefined;
}
