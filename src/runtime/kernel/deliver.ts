/**
 * Delivers accepted events to their consumers. A driver's event waits until no routine is active, as in Windows, where
 * a worker thread delivers it.
 */
import { readGuid } from '../guid.js';
import { WNODE_HEADER } from '../wnode.js';
import { resolveReference } from './event-reference.js';
import { type KernelState } from './state.js';

/**
 * Delivers all queued events in order, including those that consumers' callbacks cause. An exception from a callback
 * delays no other event; returns the exceptions.
 */
export function deliverQueuedEvents(kernel: KernelState): readonly unknown[] {
  const errors: unknown[] = [];
  // Marks a routine as active, so that events fired by consumers are queued.
  kernel.depth += 1;
  for (let wnode = kernel.eventQueue.shift(); wnode; wnode = kernel.eventQueue.shift()) {
    try {
      const event = resolveReference(kernel, wnode);
      if (event !== undefined) deliver(kernel, event, errors);
    } catch (error) {
      errors.push(error);
    }
  }
  kernel.depth -= 1;
  return errors;
}

function deliver(kernel: KernelState, wnode: Uint8Array, errors: unknown[]): void {
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
    } catch (error) {
      errors.push(error);
    }
  }
}
