/**
 * The four requests that name one instance, handled as the WDK documents each of them (docs/spec/runtime.md#self-handled-requests).
 */
import { type BoundInstance } from '../bound-block.js';
import { callbackResult, callbackStatus } from '../callback-results.js';
import {
  complete,
  completeTooSmall,
  completeWithData,
  dataLiesInside,
  fixedPartOf,
  readStatedData,
  writeDataSize,
  type InstanceShape,
  type StatedData,
} from '../irp-answers.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_ITEMID_NOT_FOUND,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
  ntSuccess,
} from '../ntstatus.js';
import { queryInstance } from './query-instance.js';
import { callTraced, identityOf, type BlockRequest } from './request.js';

/**
 * IRP_MN_QUERY_SINGLE_INSTANCE. A buffer that ends before its data starts queries the size; one without the fields, the
 * size for a static name.
 */
export function querySingleInstance(request: BlockRequest, instance: BoundInstance): void {
  const { device, irp, bufferSize } = request;
  const fixedPart = fixedPartOf('instance');
  const hasFields = bufferSize >= fixedPart;
  const offset = hasFields ? readStatedData(irp, 'instance').dataBlockOffset : fixedPart;
  const cutOff = offset > bufferSize;
  if (offset < fixedPart) {
    complete(irp, STATUS_INVALID_PARAMETER);
    return;
  }
  const room = cutOff ? 0 : bufferSize - offset;
  const { status, used } = queryInstance(request, instance, room, irp.memory, offset);
  if (status === STATUS_BUFFER_TOO_SMALL || (cutOff && ntSuccess(status))) {
    completeTooSmall(irp, bufferSize, offset + used);
  } else if (!ntSuccess(status)) {
    complete(irp, status);
  } else {
    writeDataSize(irp, 'instance', used);
    completeWithData(device.host, irp, status, offset + used);
  }
}

/** The input of a set, or `undefined` when the stated range is outside the buffer. */
function statedData(
  { irp, bufferSize }: BlockRequest,
  shape: InstanceShape,
): StatedData | undefined {
  if (bufferSize < fixedPartOf(shape)) return undefined;
  const stated = readStatedData(irp, shape);
  const inside =
    (stated.size === 0 && shape !== 'method') ||
    dataLiesInside(shape, stated.dataBlockOffset, stated.size, bufferSize);
  return inside ? stated : undefined;
}

/** Information is 0 after a set; STATUS_BUFFER_TOO_SMALL from a callback becomes a set failure. */
function completeSet(request: BlockRequest, returned: unknown): void {
  const final = callbackStatus(returned);
  complete(request.irp, final === STATUS_BUFFER_TOO_SMALL ? STATUS_WMI_SET_FAILURE : final);
}

/**
 * IRP_MN_CHANGE_SINGLE_INSTANCE: a block without a set callback is read-only as a whole
 * (docs/spec/runtime.md#irp_mn_change_single_instance, rule 10).
 */
export function changeSingleInstance(request: BlockRequest, instance: BoundInstance): void {
  const { irp, guid } = request;
  const { evtWmiInstanceSetInstance: set } = instance.callbacks;
  if (set === undefined) {
    complete(irp, STATUS_WMI_READ_ONLY);
    return;
  }
  const stated = statedData(request, 'instance');
  if (stated === undefined) {
    complete(irp, STATUS_WMI_SET_FAILURE);
    return;
  }
  const { size, dataBlockOffset } = stated;
  const callback = 'EvtWmiInstanceSetInstance';
  const returned = callTraced(request, callback, instance.name, { inBufferSize: size }, () =>
    set(identityOf(guid, instance), size, irp.memory, size === 0 ? null : dataBlockOffset),
  );
  completeSet(request, returned);
}

/** IRP_MN_CHANGE_SINGLE_ITEM. */
export function changeSingleItem(request: BlockRequest, instance: BoundInstance): void {
  const { irp, guid } = request;
  const { evtWmiInstanceSetItem: set } = instance.callbacks;
  if (set === undefined) {
    complete(irp, STATUS_WMI_READ_ONLY);
    return;
  }
  const stated = statedData(request, 'item');
  if (stated === undefined) {
    complete(irp, STATUS_WMI_SET_FAILURE);
    return;
  }
  const { id, size, dataBlockOffset } = stated;
  const callback = 'EvtWmiInstanceSetItem';
  const returned = callTraced(request, callback, instance.name, { id, inBufferSize: size }, () =>
    set(identityOf(guid, instance), id, size, irp.memory, size === 0 ? null : dataBlockOffset),
  );
  completeSet(request, returned);
}

/** IRP_MN_EXECUTE_METHOD: without a callback every MethodId is unknown. Input and output share the region. */
export function executeMethod(request: BlockRequest, instance: BoundInstance): void {
  const { device, irp, guid, bufferSize } = request;
  const { evtWmiInstanceExecuteMethod: execute } = instance.callbacks;
  if (execute === undefined) {
    complete(irp, STATUS_WMI_ITEMID_NOT_FOUND);
    return;
  }
  const stated = statedData(request, 'method');
  if (stated === undefined) {
    complete(irp, STATUS_INVALID_PARAMETER);
    return;
  }
  const { id, size, dataBlockOffset: offset } = stated;
  const outSize = bufferSize - offset;
  const returned = callTraced(
    request,
    'EvtWmiInstanceExecuteMethod',
    instance.name,
    { id, inBufferSize: size, outBufferSize: outSize },
    () =>
      execute(
        identityOf(guid, instance),
        id,
        size,
        outSize,
        irp.memory,
        size === 0 && outSize === 0 ? null : offset,
      ),
  );
  const { status, used } = callbackResult(returned);
  if (status === STATUS_BUFFER_TOO_SMALL) {
    completeTooSmall(irp, bufferSize, offset + used);
  } else if (!ntSuccess(status)) {
    complete(irp, status);
  } else if (used > outSize) {
    complete(irp, STATUS_UNSUCCESSFUL);
  } else {
    writeDataSize(irp, 'method', used);
    completeWithData(device.host, irp, status, offset + used);
  }
}
