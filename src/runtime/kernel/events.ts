/**
 * IoWMIWriteEvent: accepts an event from a driver (docs/spec/runtime.md#consumer-routines, rule 10). deliver.ts delivers it later.
 */
import {
  STATUS_BUFFER_OVERFLOW,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  type NtStatus,
} from '../ntstatus.js';
import { copyOf, viewOf } from '../memory.js';
import { WNODE_EVENT_REFERENCE, WNODE_FLAG_EVENT_REFERENCE, WNODE_HEADER } from '../wnode.js';
import { type KernelState } from './state.js';

/**
 * IoWMIWriteEvent: with a success status the system owns the block and frees it. Without a subscriber the event is
 * accepted and dropped.
 */
export function ioWmiWriteEvent(kernel: KernelState, wnode: Uint8Array): NtStatus {
  if (!kernel.isWmiAvailable()) return STATUS_UNSUCCESSFUL;
  if (wnode.length < WNODE_HEADER.sizeof) return STATUS_INVALID_PARAMETER;
  const view = viewOf(wnode);
  const size = view.getUint32(WNODE_HEADER.BufferSize, true);
  if (size < WNODE_HEADER.sizeof || size > wnode.length) return STATUS_INVALID_PARAMETER;
  if (size > kernel.maximumEventSize) return STATUS_BUFFER_OVERFLOW;
  const isReference = (view.getUint32(WNODE_HEADER.Flags, true) & WNODE_FLAG_EVENT_REFERENCE) !== 0;
  if (isReference && size < WNODE_EVENT_REFERENCE.sizeof) return STATUS_INVALID_PARAMETER;
  // Copied, because the block is freed before delivery.
  kernel.eventQueue.push(copyOf(wnode, 0, size));
  kernel.pool.freeAccepted(wnode);
  return STATUS_SUCCESS;
}
