/**
 * The four requests that name one instance: query, set instance, set item, execute method
 * (docs/spec/runtime.md#kmdf-query-single-instance and the three sections after it).
 */
import { complete, completeWithData, dataLiesInside } from '../irp-answers.js';
import { requireInside } from '../bug-check.js';
import { type SystemControlIrp } from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import { WNODE_METHOD_ITEM, WNODE_SINGLE_INSTANCE, WNODE_SINGLE_ITEM } from '../wnode.js';
import { callbackResult, callbackStatus } from '../callback-results.js';
import { completeTooSmall, usableSize } from './completion.js';
import { queryInstance, supportsQuery, type QueryAnswer } from './query-instance.js';
import { type InstanceRecord } from './state.js';

/** Subtracts as ULONGs do: the framework does not check for underflow. */
const ulongDifference = (left: number, right: number): number => (left - right) >>> 0;

/** IRP_MN_QUERY_SINGLE_INSTANCE (docs/spec/runtime.md#kmdf-query-single-instance). */
export function querySingleInstance(irp: SystemControlIrp, instance: InstanceRecord): void {
  const { device, minInstanceBufferSize } = instance.provider;
  if (!supportsQuery(instance)) {
    complete(irp, STATUS_INVALID_DEVICE_REQUEST);
    return;
  }
  const bufferSize = usableSize(device, irp);
  if (device.hardening && bufferSize < WNODE_SINGLE_INSTANCE.sizeof) {
    complete(irp, STATUS_BUFFER_TOO_SMALL);
    return;
  }
  requireInside(irp.memory, 0, WNODE_SINGLE_INSTANCE.sizeof);
  const dataBlockOffset = irp.view.getUint32(WNODE_SINGLE_INSTANCE.DataBlockOffset, true);
  if (device.hardening && !dataLiesInside('instance', dataBlockOffset, 0, bufferSize)) {
    complete(irp, STATUS_INVALID_PARAMETER);
    return;
  }
  const available = ulongDifference(bufferSize, dataBlockOffset);
  if (available < minInstanceBufferSize) {
    completeTooSmall(device, irp, dataBlockOffset + minInstanceBufferSize);
    return;
  }
  const answer: QueryAnswer = { status: STATUS_SUCCESS, used: 0 };
  // The framework reads DataBlockOffset again afterwards; data that overlaps it changes it.
  queryInstance(instance, available, irp.memory, dataBlockOffset, answer);
  irp.view.setUint32(WNODE_SINGLE_INSTANCE.SizeDataBlock, answer.used, true);
  const offset = device.hardening
    ? dataBlockOffset
    : irp.view.getUint32(WNODE_SINGLE_INSTANCE.DataBlockOffset, true);
  if (ntSuccess(answer.status)) {
    completeWithData(device.host, irp, answer.status, offset + answer.used);
  } else if (answer.status === STATUS_BUFFER_TOO_SMALL) {
    completeTooSmall(device, irp, offset + answer.used);
  } else {
    complete(irp, answer.status);
  }
}

/**
 * Maps STATUS_BUFFER_TOO_SMALL of a set to the status that WMI expects; other statuses are unchanged
 * (docs/spec/runtime.md#kmdf-change-single-instance, rule 5).
 */
function completeSet(irp: SystemControlIrp, status: NtStatus): void {
  complete(irp, status === STATUS_BUFFER_TOO_SMALL ? STATUS_WMI_SET_FAILURE : status);
}

/** IRP_MN_CHANGE_SINGLE_INSTANCE (docs/spec/runtime.md#kmdf-change-single-instance). */
export function changeSingleInstance(irp: SystemControlIrp, instance: InstanceRecord): void {
  const { device, minInstanceBufferSize } = instance.provider;
  if (instance.setInstance === undefined) {
    complete(irp, STATUS_WMI_READ_ONLY);
    return;
  }
  const bufferSize = usableSize(device, irp);
  if (device.hardening && bufferSize < WNODE_SINGLE_INSTANCE.sizeof) {
    complete(irp, STATUS_WMI_SET_FAILURE);
    return;
  }
  requireInside(irp.memory, 0, WNODE_SINGLE_INSTANCE.sizeof);
  const offset = irp.view.getUint32(WNODE_SINGLE_INSTANCE.DataBlockOffset, true);
  const size = irp.view.getUint32(WNODE_SINGLE_INSTANCE.SizeDataBlock, true);
  if (size < minInstanceBufferSize) {
    complete(irp, STATUS_WMI_SET_FAILURE);
    return;
  }
  if (device.hardening && !dataLiesInside('instance', offset, size, bufferSize)) {
    complete(irp, STATUS_WMI_SET_FAILURE);
    return;
  }
  const status = instance.setInstance(instance, size, irp.memory, size === 0 ? null : offset);
  completeSet(irp, callbackStatus(status));
}

/** IRP_MN_CHANGE_SINGLE_ITEM (docs/spec/runtime.md#kmdf-change-single-item): the minimum size is not checked. */
export function changeSingleItem(irp: SystemControlIrp, instance: InstanceRecord): void {
  const { device } = instance.provider;
  if (instance.setItem === undefined) {
    complete(irp, STATUS_WMI_READ_ONLY);
    return;
  }
  const bufferSize = usableSize(device, irp);
  if (device.hardening && bufferSize < WNODE_SINGLE_ITEM.VariableData) {
    complete(irp, STATUS_WMI_SET_FAILURE);
    return;
  }
  requireInside(irp.memory, 0, WNODE_SINGLE_ITEM.VariableData);
  const itemId = irp.view.getUint32(WNODE_SINGLE_ITEM.ItemId, true);
  const offset = irp.view.getUint32(WNODE_SINGLE_ITEM.DataBlockOffset, true);
  const size = irp.view.getUint32(WNODE_SINGLE_ITEM.SizeDataItem, true);
  if (device.hardening && !dataLiesInside('item', offset, size, bufferSize)) {
    complete(irp, STATUS_WMI_SET_FAILURE);
    return;
  }
  const status = instance.setItem(instance, itemId, size, irp.memory, size === 0 ? null : offset);
  completeSet(irp, callbackStatus(status));
}

/** IRP_MN_EXECUTE_METHOD (docs/spec/runtime.md#kmdf-execute-method): input and output share the region from DataBlockOffset on. */
export function executeMethod(irp: SystemControlIrp, instance: InstanceRecord): void {
  const { device } = instance.provider;
  if (instance.executeMethod === undefined) {
    complete(irp, STATUS_INVALID_DEVICE_REQUEST);
    return;
  }
  const bufferSize = usableSize(device, irp);
  if (device.hardening && bufferSize < WNODE_METHOD_ITEM.VariableData) {
    complete(irp, STATUS_INVALID_PARAMETER);
    return;
  }
  requireInside(irp.memory, 0, WNODE_METHOD_ITEM.VariableData);
  const methodId = irp.view.getUint32(WNODE_METHOD_ITEM.MethodId, true);
  const offset = irp.view.getUint32(WNODE_METHOD_ITEM.DataBlockOffset, true);
  const inSize = irp.view.getUint32(WNODE_METHOD_ITEM.SizeDataBlock, true);
  if (device.hardening && !dataLiesInside('method', offset, inSize, bufferSize)) {
    complete(irp, STATUS_INVALID_PARAMETER);
    return;
  }
  const outSize = ulongDifference(bufferSize, offset);
  const { status, used } = callbackResult(
    instance.executeMethod(
      instance,
      methodId,
      inSize,
      outSize,
      irp.memory,
      inSize === 0 && outSize === 0 ? null : offset,
    ),
  );
  const outputOffset = device.hardening
    ? offset
    : irp.view.getUint32(WNODE_METHOD_ITEM.DataBlockOffset, true);
  if (ntSuccess(status) && used > outSize && !device.quirks.methodOutputUnchecked) {
    complete(irp, STATUS_UNSUCCESSFUL);
  } else if (ntSuccess(status)) {
    irp.view.setUint32(WNODE_METHOD_ITEM.SizeDataBlock, used, true);
    completeWithData(device.host, irp, status, outputOffset + used);
  } else if (status === STATUS_BUFFER_TOO_SMALL) {
    completeTooSmall(device, irp, outputOffset + used);
  } else {
    complete(irp, status);
  }
}
