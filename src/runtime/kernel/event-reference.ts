/**
 * WNODE_EVENT_REFERENCE: an event that names an instance instead of carrying its data; WMI queries the instance and
 * delivers the result (docs/spec/runtime.md#consumer-routines, rule 11).
 */
import { readGuid } from '../guid.js';
import { IRP_MN_QUERY_SINGLE_INSTANCE, type SystemControlIrp } from '../irp.js';
import { ntSuccess } from '../ntstatus.js';
import { viewOf } from '../memory.js';
import {
  WNODE_EVENT_REFERENCE,
  WNODE_FLAG_EVENT_ITEM,
  WNODE_FLAG_EVENT_REFERENCE,
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_HEADER,
  WNODE_SINGLE_INSTANCE,
  readCountedString,
} from '../wnode.js';
import { sendToInstance } from './instance-target.js';
import { sizeNeededBy } from './send.js';
import { type GuidEntry, type KernelState } from './state.js';

/** The maximum size in bytes of an instance that an event reference names. */
const maxReferencedBlockSize = 16 * 1024 * 1024;

/** The maximum number of queries for one event: the data may grow between two of them. */
const maxQueries = 3;

const noData = new Uint8Array(0);

/**
 * The event to deliver: the block itself, or the instance that a reference names; `undefined` when it cannot be
 * queried.
 */
export function resolveReference(kernel: KernelState, wnode: Uint8Array): Uint8Array | undefined {
  const view = viewOf(wnode);
  const flags = view.getUint32(WNODE_HEADER.Flags, true);
  if ((flags & WNODE_FLAG_EVENT_REFERENCE) === 0) return wnode;
  const entry = kernel.entries.get(readGuid(wnode, WNODE_EVENT_REFERENCE.TargetGuid));
  if (entry === undefined) return undefined;
  const name =
    (flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) !== 0
      ? staticName(entry, view)
      : readCountedString(view, WNODE_EVENT_REFERENCE.TargetInstanceName);
  if (name === undefined) return undefined;
  let room = view.getUint32(WNODE_EVENT_REFERENCE.TargetDataBlockSize, true);
  for (let query = 0; query < maxQueries && room <= maxReferencedBlockSize; query += 1) {
    const irp = sendToInstance(kernel, entry, name, {
      kind: 'instance',
      minor: IRP_MN_QUERY_SINGLE_INSTANCE,
      id: 0,
      data: noData,
      room,
    });
    if (typeof irp === 'number' || !ntSuccess(irp.ioStatus.status)) return undefined;
    const sizeNeeded = sizeNeededBy(irp);
    if (sizeNeeded === undefined) return asEvent(irp);
    room = sizeNeeded - irp.view.getUint32(WNODE_SINGLE_INSTANCE.DataBlockOffset, true);
    if (room < 0) return undefined;
  }
  return undefined;
}

function staticName({ blocks }: GuidEntry, view: DataView): string | undefined {
  const providerId = view.getUint32(WNODE_HEADER.ProviderId, true);
  const owner = blocks.find((block) => block.registrant.providerId === providerId);
  return owner?.names[view.getUint32(WNODE_EVENT_REFERENCE.TargetInstanceIndex, true)];
}

function asEvent({ view, memory, ioStatus }: SystemControlIrp): Uint8Array | undefined {
  if (ioStatus.information < WNODE_HEADER.sizeof) return undefined;
  const flags = view.getUint32(WNODE_HEADER.Flags, true);
  view.setUint32(WNODE_HEADER.Flags, (flags | WNODE_FLAG_EVENT_ITEM) >>> 0, true);
  return memory.subarray(0, ioStatus.information);
}
