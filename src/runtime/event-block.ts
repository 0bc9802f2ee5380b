/**
 * The event that a driver sends for one of its static instances, as WmiFireEvent and the framework build it: a
 * WNODE_SINGLE_INSTANCE with the event flag (spec section 4.9).
 */
import { type DriverHost } from './driver-host.js';
import { STATUS_INSUFFICIENT_RESOURCES, ntSuccess, type NtStatus } from './ntstatus.js';
import { buildWnode, emptyHeader } from './wnode-codec.js';
import { WNODE_FLAG_EVENT_ITEM } from './wnode.js';
import { type InstanceIdentity } from './wnode-header.js';

/** Sends an event from pool memory; on failure the block is freed. STATUS_INSUFFICIENT_RESOURCES without memory. */
export function sendEvent(
  host: DriverHost,
  deviceObject: bigint,
  guid: string,
  instance: InstanceIdentity,
  data: Uint8Array,
): NtStatus {
  const built = buildWnode({
    kind: 'singleInstance',
    header: {
      ...emptyHeader(guid),
      providerId: Number(BigInt.asUintN(32, deviceObject)),
      timeStamp: host.systemTime(),
      flags: WNODE_FLAG_EVENT_ITEM,
    },
    instance,
    data,
  });
  const wnode = host.allocatePool(built.length);
  if (wnode === undefined) return STATUS_INSUFFICIENT_RESOURCES;
  wnode.set(built);
  const status = host.ioWmiWriteEvent(wnode);
  if (!ntSuccess(status)) host.freePool(wnode);
  return status;
}
