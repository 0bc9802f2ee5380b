/**
 * The pool that drivers take event blocks from: who owns a block, and how many are out. What is in one is not known
 * here.
 */
import { type TraceListener } from '../trace.js';

export interface Pool {
  /** Blocks that are allocated and not freed. */
  readonly inUse: number;
  /** ExAllocatePool: `undefined` when there is no memory, or for a size in bytes that no pool has. */
  allocate(size: number): Uint8Array | undefined;
  /** Memory that the system itself frees again, for a request. */
  allocateForRequest(size: number): Uint8Array | undefined;
  /** ExFreePool, by the driver. */
  free(block: Uint8Array): void;
  /** WMI took a block over with its event, and frees it. */
  freeAccepted(block: Uint8Array): void;
}

/** The largest block in bytes; a real nonpaged pool has no more to give in one piece either. */
const largestBlock = 256 * 1024 * 1024;

export function createPool(
  allocate: (size: number) => Uint8Array | undefined,
  trace: TraceListener | undefined,
): Pool {
  const blocks = new Set<Uint8Array>();
  const freed = (block: Uint8Array, by: 'driver' | 'system'): void => {
    blocks.delete(block);
    if (trace !== undefined) trace({ kind: 'poolFree', by, bufferSize: block.length });
  };
  const allocateChecked = (size: number): Uint8Array | undefined =>
    Number.isInteger(size) && size >= 0 && size <= largestBlock ? allocate(size) : undefined;
  return {
    get inUse() {
      return blocks.size;
    },
    allocate: (size) => {
      const block = allocateChecked(size);
      if (block !== undefined) blocks.add(block);
      return block;
    },
    allocateForRequest: allocateChecked,
    free: (block) => {
      freed(block, 'driver');
    },
    freeAccepted: (block) => {
      freed(block, 'system');
    },
  };
}
