/**
 * The way into the kernel: routines may be nested, and events wait until the outermost one is done. What a routine
 * does is not known here.
 */
import { deliverQueuedEvents } from './deliver.js';
import { type KernelState } from './state.js';

/**
 * Makes a routine of the kernel. Before the outermost routine returns, its result already fixed, the events that were
 * accepted meanwhile are delivered; what a consumer's callback throws then is thrown from there, unless the routine
 * itself throws what a provider's callback threw.
 */
export function enter<Arguments extends readonly unknown[], Result>(
  kernel: KernelState,
  run: (kernel: KernelState, ...args: Arguments) => Result,
): (...args: Arguments) => Result {
  return (...args) => {
    kernel.depth += 1;
    let result: Result;
    try {
      result = run(kernel, ...args);
    } catch (fault) {
      leave(kernel);
      throw fault;
    }
    const faults = leave(kernel);
    if (faults.length > 0) throw faults[0];
    return result;
  };
}

const noFaults: readonly unknown[] = [];

function leave(kernel: KernelState): readonly unknown[] {
  kernel.depth -= 1;
  if (kernel.depth > 0 || kernel.eventQueue.length === 0) return noFaults;
  return deliverQueuedEvents(kernel);
}
