/**
 * The pool that drivers take event blocks from: who owns a block, and how many are out. What is in one is not known
 * here.
 */
import { type TraceListener } from '../trace.js';

export interface Pool {
  /** Blocks that are allocated and not freed. */
  readonly inUse: number;
  /** ExAllocatePool: `undefined` when there is no memory. */
  allocate(size: number): Uint8Array | undefined;
  /** ExFreePool, by the driver. */
  free(block: Uint8Array): void;
  /** WMI took a block over with its event, and frees it. */
  freeAccepted(block: Uint8Array): void;
}

export function createPool(
  allocate: (size: number) => Uint8Array | undefined,
  trace: TraceListener | undefined,
): Pool {
  const blocks = new Set<Uint8Array>();
  const freed = (block: Uint8Array, by: 'driver' | 'system'): void => {
    blocks.delete(block);
    if (trace !== undefined) trace({ kind: 'poolFree', by, bufferSize: block.length });
  };
  return {
    get inUse() {
      return blocks.size;
    },
    allocate: (size) => {
      const block = allocate(size);
      if (block !== undefined) blocks.add(block);
      return block;
    },
    free: (block) => {
      freed(block, 'driver');
    },
    freeAccepted: (block) => {
      freed(block, 'system');
    },
  };
}
