/**
 * Wraps the kernel's routines: they may nest, and events wait until the outermost one is done.
 */
import { deliverQueuedEvents } from './deliver.js';
import { type KernelState } from './state.js';

/**
 * Makes a routine of the kernel. Before the outermost routine returns, with its result fixed, the events accepted
 * meanwhile are delivered. It throws what a consumer's callback threw then, unless the routine itself throws what a
 * provider's callback threw.
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
    } catch (error) {
      leave(kernel);
      throw error;
    }
    const errors = leave(kernel);
    if (errors.length > 0) throw errors[0];
    return result;
  };
}

const noFaults: readonly unknown[] = [];

function leave(kernel: KernelState): readonly unknown[] {
  kernel.depth -= 1;
  if (kernel.depth > 0 || kernel.eventQueue.length === 0) return noFaults;
  return deliverQueuedEvents(kernel);
}
