/**
 * Switching events and collection on for the first consumer and off after the last one (spec sections 5 and 6). The
 * kernel counts, drivers do not.
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
import { type DriverBlock, type GuidEntry, type KernelState } from './state.js';

/** Brings every driver behind a GUID in line with its consumers: an enable for the first, a disable after the last. */
export function settle(kernel: KernelState, entry: GuidEntry): void {
  // A copy: a callback may register or remove drivers meanwhile.
  for (const block of [...entry.blocks]) settleBlock(kernel, block);
}

/** The same for one driver's block, as when it registers while consumers wait. */
export function settleBlock(kernel: KernelState, block: DriverBlock): void {
  const { entry } = block;
  const collect = entry.openCount > 0 && (block.flags & WMIREG_FLAG_EXPENSIVE) !== 0;
  if (!block.removed && block.collectionEnabled !== collect) {
    // Set first, so that a callback that comes back here does not send it twice.
    block.collectionEnabled = collect;
    const sent = control(
      kernel,
      block,
      collect ? IRP_MN_ENABLE_COLLECTION : IRP_MN_DISABLE_COLLECTION,
    );
    if (collect && !sent) block.collectionEnabled = false;
  }
  const listen = entry.subscribers.length > 0;
  if (!block.removed && block.eventsEnabled !== listen) {
    block.eventsEnabled = listen;
    const sent = control(kernel, block, listen ? IRP_MN_ENABLE_EVENTS : IRP_MN_DISABLE_EVENTS);
    if (listen && !sent) block.eventsEnabled = false;
  }
}

function control(kernel: KernelState, block: DriverBlock, minor: number): boolean {
  const irp = newBlockRequest(block, minor, WNODE_HEADER.sizeof, 0);
  send(kernel, block.registrant, irp);
  return ntSuccess(irp.ioStatus.status);
}
