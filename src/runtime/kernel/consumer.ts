/**
 * The consumer routines that query, set and execute (docs/spec/runtime.md#consumer-routines). Each checks the object and the version, sends
 * real requests, and maps the results to the routine's documented status.
 */
import {
  IRP_MN_CHANGE_SINGLE_INSTANCE,
  IRP_MN_CHANGE_SINGLE_ITEM,
  IRP_MN_EXECUTE_METHOD,
  IRP_MN_QUERY_SINGLE_INSTANCE,
  type SystemControlIrp,
} from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_SET_FAILURE,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import { WNODE_METHOD_ITEM, WNODE_SINGLE_INSTANCE, isUlong } from '../wnode.js';
import { WMIGUID_EXECUTE, WMIGUID_QUERY, WMIGUID_SET, checkAccess } from './handles.js';
import { sendToInstance } from './instance-target.js';
import { sizeNeededBy } from './send.js';
import { type BlockObject, type DataBlockObject, type KernelState } from './state.js';

const noData = new Uint8Array(0);

/** The result of IoWMIQuerySingleInstance. */
export interface QuerySingleInstanceResult {
  readonly status: NtStatus;
  /** InOutBufferSize: bytes stored, or required with STATUS_BUFFER_TOO_SMALL; else 0. */
  readonly bufferSize: number;
  /** OutBuffer: the WNODE_SINGLE_INSTANCE. */
  readonly wnode?: Uint8Array;
  /** The instance's data in it. */
  readonly data?: Uint8Array;
}

/** IoWMIQuerySingleInstance. `outBufferSize` is the room for the whole WNODE in bytes; 0 queries the size. */
export function querySingleInstance(
  kernel: KernelState,
  object: DataBlockObject,
  instanceName: string,
  outBufferSize: number,
): QuerySingleInstanceResult {
  const denied = checkAccess(kernel, object, WMIGUID_QUERY);
  if (denied !== undefined) return { status: denied, bufferSize: 0 };
  if (!isUlong(outBufferSize)) return { status: STATUS_INVALID_PARAMETER, bufferSize: 0 };
  const irp = sendToInstance(kernel, (object as BlockObject).entry, instanceName, {
    kind: 'instance',
    minor: IRP_MN_QUERY_SINGLE_INSTANCE,
    id: 0,
    data: noData,
    room: Math.max(0, outBufferSize - WNODE_SINGLE_INSTANCE.VariableData),
  });
  if (typeof irp === 'number') return { status: irp, bufferSize: 0 };
  const { status } = irp.ioStatus;
  if (!ntSuccess(status)) return { status, bufferSize: 0 };
  const sizeNeeded = sizeNeededBy(irp);
  if (sizeNeeded !== undefined) return { status: STATUS_BUFFER_TOO_SMALL, bufferSize: sizeNeeded };
  const data = dataOf(
    irp,
    WNODE_SINGLE_INSTANCE.DataBlockOffset,
    WNODE_SINGLE_INSTANCE.SizeDataBlock,
  );
  // Data outside the WNODE itself is a failed request.
  if (data === undefined) return { status: STATUS_UNSUCCESSFUL, bufferSize: 0 };
  const { information } = irp.ioStatus;
  if (information > outBufferSize) {
    return { status: STATUS_BUFFER_TOO_SMALL, bufferSize: information };
  }
  return { status, bufferSize: information, wnode: irp.memory.subarray(0, information), data };
}

/** The data that a successful WNODE describes; `undefined` when it lies outside the Information bytes. */
function dataOf(
  irp: SystemControlIrp,
  offsetField: number,
  sizeField: number,
): Uint8Array | undefined {
  const { information } = irp.ioStatus;
  const offset = irp.view.getUint32(offsetField, true);
  const end = offset + irp.view.getUint32(sizeField, true);
  if (end > information || information > irp.memory.length) return undefined;
  return irp.memory.subarray(offset, end);
}

/** STATUS_BUFFER_TOO_SMALL from a driver becomes a set failure, whatever the driver model. */
function setStatus(irp: SystemControlIrp | NtStatus): NtStatus {
  const status = typeof irp === 'number' ? irp : irp.ioStatus.status;
  return status === STATUS_BUFFER_TOO_SMALL ? STATUS_WMI_SET_FAILURE : status;
}

/** IoWMISetSingleInstance: replaces the writable items of one instance. `version` must be 0. */
export function setSingleInstance(
  kernel: KernelState,
  object: DataBlockObject,
  instanceName: string,
  version: number,
  valueBuffer: Uint8Array,
): NtStatus {
  const denied = checkAccess(kernel, object, WMIGUID_SET);
  if (denied !== undefined) return denied;
  if (version !== 0) return STATUS_INVALID_PARAMETER;
  return setStatus(
    sendToInstance(kernel, (object as BlockObject).entry, instanceName, {
      kind: 'instance',
      minor: IRP_MN_CHANGE_SINGLE_INSTANCE,
      id: 0,
      data: valueBuffer,
      room: valueBuffer.length,
    }),
  );
}

/** IoWMISetSingleItem: replaces one data item, named by its WmiDataId. `version` must be 0. */
export function setSingleItem(
  kernel: KernelState,
  object: DataBlockObject,
  instanceName: string,
  dataItemId: number,
  version: number,
  valueBuffer: Uint8Array,
): NtStatus {
  const denied = checkAccess(kernel, object, WMIGUID_SET);
  if (denied !== undefined) return denied;
  if (version !== 0) return STATUS_INVALID_PARAMETER;
  return setStatus(
    sendToInstance(kernel, (object as BlockObject).entry, instanceName, {
      kind: 'item',
      minor: IRP_MN_CHANGE_SINGLE_ITEM,
      id: dataItemId,
      data: valueBuffer,
      room: valueBuffer.length,
    }),
  );
}

/** The result of IoWMIExecuteMethod. */
export interface ExecuteMethodResult {
  readonly status: NtStatus;
  /** OutBufferSize: data bytes stored, or required with STATUS_BUFFER_TOO_SMALL; else 0. */
  readonly outBufferSize: number;
  /** The method's output. */
  readonly data?: Uint8Array;
}

/**
 * IoWMIExecuteMethod. Input and output share one buffer of max(input, `outBufferSize`) bytes, so a driver may get more
 * room than `outBufferSize`. Output that exceeds `outBufferSize` is STATUS_BUFFER_TOO_SMALL, although the method has
 * had its effect, as in Windows (docs/spec/runtime.md#consumer-routines, rule 9).
 */
export function executeMethod(
  kernel: KernelState,
  object: DataBlockObject,
  instanceName: string,
  methodId: number,
  inBuffer: Uint8Array,
  outBufferSize: number,
): ExecuteMethodResult {
  const denied = checkAccess(kernel, object, WMIGUID_EXECUTE);
  if (denied !== undefined) return { status: denied, outBufferSize: 0 };
  if (!isUlong(outBufferSize)) return { status: STATUS_INVALID_PARAMETER, outBufferSize: 0 };
  const { entry } = object as BlockObject;
  if (kernel.queryBeforeExecute) {
    const refused = queryFirst(kernel, object as BlockObject, instanceName);
    if (refused !== undefined) return { status: refused, outBufferSize: 0 };
  }
  const irp = sendToInstance(kernel, entry, instanceName, {
    kind: 'method',
    minor: IRP_MN_EXECUTE_METHOD,
    id: methodId,
    data: inBuffer,
    room: Math.max(inBuffer.length, outBufferSize),
  });
  if (typeof irp === 'number') return { status: irp, outBufferSize: 0 };
  const { status } = irp.ioStatus;
  if (!ntSuccess(status)) return { status, outBufferSize: 0 };
  const dataBlockOffset = irp.view.getUint32(WNODE_METHOD_ITEM.DataBlockOffset, true);
  const sizeNeeded = sizeNeededBy(irp);
  if (sizeNeeded !== undefined) {
    // A WNODE_TOO_SMALL ends before DataBlockOffset, so the request's value is still there.
    const required = Math.max(0, sizeNeeded - dataBlockOffset);
    return { status: STATUS_BUFFER_TOO_SMALL, outBufferSize: required };
  }
  const data = dataOf(irp, WNODE_METHOD_ITEM.DataBlockOffset, WNODE_METHOD_ITEM.SizeDataBlock);
  if (data === undefined) return { status: STATUS_UNSUCCESSFUL, outBufferSize: 0 };
  if (data.length > outBufferSize) {
    return { status: STATUS_BUFFER_TOO_SMALL, outBufferSize: data.length };
  }
  return { status, outBufferSize: data.length, data };
}

/** WMI queries an instance before it executes a method on it, so a block with methods must be queryable. */
function queryFirst(
  kernel: KernelState,
  block: BlockObject,
  instanceName: string,
): NtStatus | undefined {
  const irp = sendToInstance(kernel, block.entry, instanceName, {
    kind: 'instance',
    minor: IRP_MN_QUERY_SINGLE_INSTANCE,
    id: 0,
    data: noData,
    room: 0,
  });
  const status = typeof irp === 'number' ? irp : irp.ioStatus.status;
  return ntSuccess(status) ? undefined : status;
}
