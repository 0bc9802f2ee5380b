/**
 * Enables events and collection for the first consumer and disables them after the last one
 * (docs/spec/runtime.md#consumer-routines, rule 4). The kernel counts consumers, drivers do not; no driver gets the same request
 * twice in a row.
 */
import {
  IRP_MN_DISABLE_COLLECTION,
  IRP_MN_DISABLE_EVENTS,
  IRP_MN_ENABLE_COLLECTION,
  IRP_MN_ENABLE_EVENTS,
} from '../irp.js';
import { ntSuccess } from '../ntstatus.js';
import { WMIREG_FLAG_EXPENSIVE } from '../wmireg.js';
import { WNODE_HEADER } from '../wnode.js';
import { newBlockRequest, send } from './send.js';
import { type BlockSwitch, type DriverBlock, type GuidEntry, type KernelState } from './state.js';

/** Matches every driver of a GUID to its consumers: enables for the first one, disables after the last. */
export function updateSwitches(kernel: KernelState, entry: GuidEntry): void {
  updateBlockSwitches(kernel, entry.blocks);
}

/**
 * The same for some blocks, as when they register while consumers exist. An exception from a callback skips no other
 * block; the first exception is thrown at the end.
 */
export function updateBlockSwitches(kernel: KernelState, blocks: readonly DriverBlock[]): void {
  const errors: unknown[] = [];
  // Copied, because a callback may register or remove drivers.
  for (const block of [...blocks]) {
    try {
      updateCollection(kernel, block);
    } catch (error) {
      errors.push(error);
    }
    try {
      updateEvents(kernel, block);
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

function updateCollection(kernel: KernelState, block: DriverBlock): void {
  const wanted =
    !block.removed && block.entry.openCount > 0 && (block.flags & WMIREG_FLAG_EXPENSIVE) !== 0;
  const minor = wanted ? IRP_MN_ENABLE_COLLECTION : IRP_MN_DISABLE_COLLECTION;
  updateSwitch(kernel, block, block.collection, wanted, minor);
}

function updateEvents(kernel: KernelState, block: DriverBlock): void {
  const wanted = !block.removed && block.entry.subscribers.length > 0;
  const minor = wanted ? IRP_MN_ENABLE_EVENTS : IRP_MN_DISABLE_EVENTS;
  updateSwitch(kernel, block, block.events, wanted, minor);
}

/**
 * Sends a request only when the wanted state changes: a refused enable is neither retried for the second consumer nor
 * undone after the last. A block that its driver removed is disabled; a driver that deregistered gets no request.
 */
function updateSwitch(
  kernel: KernelState,
  block: DriverBlock,
  control: BlockSwitch,
  wanted: boolean,
  minor: number,
): void {
  if (control.wanted === wanted) return;
  // Set before sending, so that a reentrant call does not send again.
  control.wanted = wanted;
  const { registrant } = block;
  const gone = kernel.registrants.get(registrant.driver) !== registrant;
  if (gone || (!wanted && !control.on)) return;
  control.on = false;
  const irp = newBlockRequest(kernel, block, minor, WNODE_HEADER.sizeof, 0);
  if (irp === undefined) return;
  control.on = wanted;
  let sent = false;
  try {
    send(kernel, registrant, irp);
    sent = ntSuccess(irp.ioStatus.status);
  } finally {
    if (!sent && control.wanted === wanted) control.on = false;
  }
}
