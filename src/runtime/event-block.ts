/**
 * The event that a driver without a framework sends for one of its instances: a WNODE_SINGLE_INSTANCE with the event
 * flag, in pool memory (docs/spec/runtime.md#wmilib, rule 9).
 */
import { type DriverHost } from './driver-host.js';
import {
  STATUS_INSUFFICIENT_RESOURCES,
  STATUS_INTEGER_OVERFLOW,
  STATUS_INVALID_PARAMETER,
  ntSuccess,
  type NtStatus,
} from './ntstatus.js';
import { buildWnode, emptyHeader } from './wnode-codec.js';
import { viewOf } from './memory.js';
import {
  WNODE_FLAG_EVENT_ITEM,
  WNODE_HEADER,
  WNODE_SINGLE_INSTANCE,
  isUlong,
  maxCountedStringLength,
} from './wnode.js';
import { type InstanceIdentity } from './wnode-header.js';

const noData = new Uint8Array(0);

/**
 * Sends `size` bytes of `data`, padded with zeros; returns IoWMIWriteEvent's status. STATUS_INVALID_PARAMETER when the
 * index or size is not a ULONG, or the name exceeds a counted string; STATUS_INTEGER_OVERFLOW when the block would be
 * too large; STATUS_INSUFFICIENT_RESOURCES without memory.
 */
export function sendEvent(
  host: DriverHost,
  deviceObject: bigint,
  guid: string,
  instance: InstanceIdentity,
  data: Uint8Array,
  size: number,
): NtStatus {
  const named =
    instance.kind === 'static'
      ? isUlong(instance.instanceIndex)
      : instance.instanceName.length <= maxCountedStringLength;
  if (!named || !isUlong(size)) return STATUS_INVALID_PARAMETER;
  const head = buildWnode({
    kind: 'singleInstance',
    header: {
      ...emptyHeader(guid),
      providerId: Number(BigInt.asUintN(32, deviceObject)),
      timeStamp: host.systemTime(),
      flags: WNODE_FLAG_EVENT_ITEM,
    },
    instance,
    data: noData,
  });
  const dataBlockOffset = viewOf(head).getUint32(WNODE_SINGLE_INSTANCE.DataBlockOffset, true);
  if (!isUlong(dataBlockOffset + size)) return STATUS_INTEGER_OVERFLOW;
  const wnode = host.allocatePool(dataBlockOffset + size);
  if (wnode === undefined) return STATUS_INSUFFICIENT_RESOURCES;
  wnode.set(head);
  wnode.set(data.subarray(0, size), dataBlockOffset);
  const view = viewOf(wnode);
  view.setUint32(WNODE_HEADER.BufferSize, wnode.length, true);
  view.setUint32(WNODE_SINGLE_INSTANCE.SizeDataBlock, size, true);
  const status = host.ioWmiWriteEvent(wnode);
  if (!ntSuccess(status)) host.freePool(wnode);
  return status;
}
