/**
 * Switching events and collection on for the first consumer and off after the last one (spec sections 5 and 6). The
 * kernel counts, drivers do not, and no driver is told the same twice in a row.
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

/** Brings every driver behind a GUID in line with its consumers: an enable for the first, a disable after the last. */
export function settle(kernel: KernelState, entry: GuidEntry): void {
  settleBlocks(kernel, entry.blocks);
}

/**
 * The same for some blocks, as when they register while consumers wait. A callback that throws leaves no other block
 * out; the first exception is thrown at the end.
 */
export function settleBlocks(kernel: KernelState, blocks: readonly DriverBlock[]): void {
  const faults: unknown[] = [];
  // A copy: a callback may register or remove drivers meanwhile.
  for (const block of [...blocks]) {
    try {
      settleCollection(kernel, block);
    } catch (fault) {
      faults.push(fault);
    }
    try {
      settleEvents(kernel, block);
    } catch (fault) {
      faults.push(fault);
    }
  }
  if (faults.length > 0) throw faults[0];
}

function settleCollection(kernel: KernelState, block: DriverBlock): void {
  const wanted =
    !block.removed && block.entry.openCount > 0 && (block.flags & WMIREG_FLAG_EXPENSIVE) !== 0;
  const minor = wanted ? IRP_MN_ENABLE_COLLECTION : IRP_MN_DISABLE_COLLECTION;
  turn(kernel, block, block.collection, wanted, minor);
}

function settleEvents(kernel: KernelState, block: DriverBlock): void {
  const wanted = !block.removed && block.entry.subscribers.length > 0;
  const minor = wanted ? IRP_MN_ENABLE_EVENTS : IRP_MN_DISABLE_EVENTS;
  turn(kernel, block, block.events, wanted, minor);
}

/**
 * Only a change of mind sends anything: a refused enable is not tried again for the second consumer, nor undone after
 * the last. A block that its driver took away is switched off, but a driver that left gets no request.
 */
function turn(
  kernel: KernelState,
  block: DriverBlock,
  control: BlockSwitch,
  wanted: boolean,
  minor: number,
): void {
  if (control.wanted === wanted) return;
  // Set first, so that a callback that comes back here does not send it twice.
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
