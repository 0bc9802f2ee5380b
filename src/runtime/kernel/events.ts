/**
 * IoWMIWriteEvent: taking an event from a driver (spec sections 3.9 and 6).
 */
import { readGuid } from '../guid.js';
import { IRP_MN_QUERY_SINGLE_INSTANCE } from '../irp.js';
import {
  STATUS_BUFFER_OVERFLOW,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import {
  WNODE_EVENT_REFERENCE,
  WNODE_FLAG_EVENT_ITEM,
  WNODE_FLAG_EVENT_REFERENCE,
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_HEADER,
  readCountedString,
  viewOf,
} from '../wnode.js';
import { deliverQueuedEvents } from './deliver.js';
import { sendToInstance } from './instance-target.js';
import { type DriverBlock, type KernelState } from './state.js';

/** The most that an event reference may make the kernel ask for, in bytes. */
const largestReferencedBlock = 16 * 1024 * 1024;

/**
 * IoWMIWriteEvent: with a success status the block is the system's, which frees it. Without a subscriber the event is
 * accepted and dropped.
 */
export function ioWmiWriteEvent(kernel: KernelState, wnode: Uint8Array): NtStatus {
  if (!kernel.isWmiAvailable()) return STATUS_UNSUCCESSFUL;
  const status = writeEvent(kernel, wnode);
  if (status === STATUS_SUCCESS) kernel.pool.freeAccepted(wnode);
  return status;
}

function writeEvent(kernel: KernelState, wnode: Uint8Array): NtStatus {
  if (wnode.length < WNODE_HEADER.sizeof) return STATUS_INVALID_PARAMETER;
  const view = viewOf(wnode);
  const size = view.getUint32(WNODE_HEADER.BufferSize, true);
  if (size < WNODE_HEADER.sizeof || size > wnode.length) return STATUS_INVALID_PARAMETER;
  if (size > kernel.maximumEventSize) return STATUS_BUFFER_OVERFLOW;
  const flags = view.getUint32(WNODE_HEADER.Flags, true);
  const reference = (flags & WNODE_FLAG_EVENT_REFERENCE) !== 0;
  if (reference && size < WNODE_EVENT_REFERENCE.sizeof) return STATUS_INVALID_PARAMETER;
  const event = reference ? resolveReference(kernel, wnode, view, flags) : wnode.slice(0, size);
  if (event !== undefined) {
    kernel.eventQueue.push(event);
    if (kernel.depth === 0) deliverQueuedEvents(kernel);
  }
  return STATUS_SUCCESS;
}

/** The event that a WNODE_EVENT_REFERENCE stands for: WMI queries the instance. `undefined` when that fails. */
function resolveReference(
  kernel: KernelState,
  wnode: Uint8Array,
  view: DataView,
  flags: number,
): Uint8Array | undefined {
  const entry = kernel.entries.get(readGuid(wnode, WNODE_EVENT_REFERENCE.TargetGuid));
  if (entry === undefined) return undefined;
  const providerId = view.getUint32(WNODE_HEADER.ProviderId, true);
  const owner = entry.blocks.find((block) => block.registrant.providerId === providerId);
  const name =
    (flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) !== 0
      ? staticName(owner, view.getUint32(WNODE_EVENT_REFERENCE.TargetInstanceIndex, true))
      : readCountedString(view, WNODE_EVENT_REFERENCE.TargetInstanceName);
  const room = view.getUint32(WNODE_EVENT_REFERENCE.TargetDataBlockSize, true);
  if (name === undefined || room > largestReferencedBlock) return undefined;
  const irp = sendToInstance(kernel, entry, name, {
    kind: 'instance',
    minor: IRP_MN_QUERY_SINGLE_INSTANCE,
    id: 0,
    data: new Uint8Array(0),
    room,
  });
  if (typeof irp === 'number' || !ntSuccess(irp.ioStatus.status)) return undefined;
  const answered = irp.view.getUint32(WNODE_HEADER.Flags, true);
  irp.view.setUint32(WNODE_HEADER.Flags, (answered | WNODE_FLAG_EVENT_ITEM) >>> 0, true);
  return irp.memory.subarray(0, irp.ioStatus.information);
}

function staticName(owner: DriverBlock | undefined, index: number): string | undefined {
  return owner?.names[index];
}
