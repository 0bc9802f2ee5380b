/**
 * WdfWmiInstanceFireEvent: an event block for one instance (docs/spec/runtime.md#kmdf-fired-events).
 */
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INTEGER_OVERFLOW,
  STATUS_INVALID_PARAMETER,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import { viewOf } from '../memory.js';
import {
  WNODE_FLAG_EVENT_ITEM,
  WNODE_FLAG_SINGLE_INSTANCE,
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_HEADER,
  WNODE_SINGLE_INSTANCE,
  isUlong,
  writeUint64,
} from '../wnode.js';
import { type InstanceRecord } from './state.js';

/**
 * Sends `size` bytes of `data`, padded with zeros. A NULL pointer (`null`) makes the size 0. Consumers are not checked,
 * and an instance that is not registered sends an invalid index. STATUS_INVALID_PARAMETER when the size is not a ULONG,
 * STATUS_INTEGER_OVERFLOW when the block would be too large.
 */
export function fireEvent(
  instance: InstanceRecord,
  data: Uint8Array | null,
  size: number = data?.length ?? 0,
): NtStatus {
  const { provider } = instance;
  const { host, deviceObject } = provider.device;
  const dataSize = data === null ? 0 : size;
  if (!isUlong(dataSize)) return STATUS_INVALID_PARAMETER;
  if (!isUlong(WNODE_SINGLE_INSTANCE.VariableData + dataSize)) return STATUS_INTEGER_OVERFLOW;
  const wnode = host.allocatePool(WNODE_SINGLE_INSTANCE.VariableData + dataSize);
  if (wnode === undefined) return STATUS_INSUFFICIENT_RESOURCES;
  const view = viewOf(wnode);
  view.setUint32(WNODE_HEADER.BufferSize, wnode.length, true);
  view.setUint32(WNODE_HEADER.ProviderId, Number(BigInt.asUintN(32, deviceObject)), true);
  writeUint64(view, WNODE_HEADER.TimeStamp, host.systemTime());
  wnode.set(provider.guidBytes, WNODE_HEADER.Guid);
  view.setUint32(
    WNODE_HEADER.Flags,
    WNODE_FLAG_EVENT_ITEM | WNODE_FLAG_SINGLE_INSTANCE | WNODE_FLAG_STATIC_INSTANCE_NAMES,
    true,
  );
  const index = instance.index === -1 ? provider.instances.length : instance.index;
  view.setUint32(WNODE_SINGLE_INSTANCE.InstanceIndex, index, true);
  view.setUint32(WNODE_SINGLE_INSTANCE.DataBlockOffset, WNODE_SINGLE_INSTANCE.VariableData, true);
  view.setUint32(WNODE_SINGLE_INSTANCE.SizeDataBlock, dataSize, true);
  if (data !== null) wnode.set(data.subarray(0, dataSize), WNODE_SINGLE_INSTANCE.VariableData);
  const status = host.ioWmiWriteEvent(wnode);
  if (!ntSuccess(status)) host.freePool(wnode);
  return status;
}
