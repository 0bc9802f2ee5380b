/**
 * Handing accepted events to their consumers. A driver's event waits until no request is on its way, as in Windows,
 * where a worker thread delivers it.
 */
import { readGuid } from '../guid.js';
import { WNODE_HEADER } from '../wnode.js';
import { type KernelState } from './state.js';

/** Delivers everything that waits, in order. A callback that throws does not keep back the events behind. */
export function deliverQueuedEvents(kernel: KernelState): void {
  const wnode = kernel.eventQueue.shift();
  if (wnode === undefined) return;
  try {
    deliver(kernel, wnode);
  } finally {
    deliverQueuedEvents(kernel);
  }
}

function deliver(kernel: KernelState, wnode: Uint8Array): void {
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
  let next = 0;
  const callRest = (): void => {
    const subscriber = subscribers[next];
    next += 1;
    if (subscriber === undefined) return;
    try {
      subscriber.callback?.(wnode, subscriber.context);
    } finally {
      callRest();
    }
  };
  callRest();
}
