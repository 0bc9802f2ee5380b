/**
 * The pool from which drivers allocate event blocks: tracks the owner of each block, and the number in use.
 */
import { type TraceListener } from '../trace.js';

export interface Pool {
  /** Blocks that are allocated and not freed. */
  readonly inUse: number;
  /** ExAllocatePool: `undefined` without memory, or for an invalid size in bytes. */
  allocate(size: number): Uint8Array | undefined;
  /** Memory for a request; the system frees it. */
  allocateForRequest(size: number): Uint8Array | undefined;
  /** ExFreePool, by the driver. */
  free(block: Uint8Array): void;
  /** WMI accepted an event and frees its block. */
  freeAccepted(block: Uint8Array): void;
}

/** The maximum size of a block in bytes, similar to that of a real nonpaged pool. */
const maxBlockSize = 256 * 1024 * 1024;

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
    Number.isInteger(size) && size >= 0 && size <= maxBlockSize ? allocate(size) : undefined;
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
