/**
 * Handing accepted events to their consumers. A driver's event waits until no routine is on its way, as in Windows,
 * where a worker thread delivers it.
 */
import { readGuid } from '../guid.js';
import { WNODE_HEADER } from '../wnode.js';
import { resolveReference } from './event-reference.js';
import { type KernelState } from './state.js';

/**
 * Delivers everything that waits, in order, and what the consumers' callbacks cause to be fired meanwhile. A callback
 * that throws keeps nothing back; returns what they threw.
 */
export function deliverQueuedEvents(kernel: KernelState): readonly unknown[] {
  const faults: unknown[] = [];
  // Counts as being on its way, so that an event fired by a consumer waits for its turn.
  kernel.depth += 1;
  for (let wnode = kernel.eventQueue.shift(); wnode; wnode = kernel.eventQueue.shift()) {
    try {
      const event = resolveReference(kernel, wnode);
      if (event !== undefined) deliver(kernel, event, faults);
    } catch (fault) {
      faults.push(fault);
    }
  }
  kernel.depth -= 1;
  return faults;
}

function deliver(kernel: KernelState, wnode: Uint8Array, faults: unknown[]): void {
  const guid = readGuid(wnode, WNODE_HEADER.Guid);
  const subscribers = [...(kernel.entries.get(guid)?.subscribers ?? [])];
  if (kernel.trace !== undefined) {
    kernel.trace({
      kind: 'eventDelivery',
      guid,
      bufferSize: wnode.length,
      subscribers: subscribers.length,
    });
  }
  for (const subscriber of subscribers) {
    try {
      subscriber.callback?.(wnode, subscriber.context);
    } catch (fault) {
      faults.push(fault);
    }
  }
}
