/**
 * The kmdf model's own rules for completing a request: hardening, and the framework's defects. irp-answers.ts has the
 * rules of all models.
 */
import { requireInside } from '../bug-check.js';
import { complete } from '../irp-answers.js';
import { type SystemControlIrp } from '../irp.js';
import { STATUS_BUFFER_TOO_SMALL, STATUS_INTEGER_OVERFLOW, STATUS_SUCCESS } from '../ntstatus.js';
import { WNODE_TOO_SMALL, writeTooSmall } from '../wnode.js';
import { type DeviceState } from './state.js';

/** The bytes that a handler may use: with hardening at most the existing memory. */
export function usableSize(device: DeviceState, irp: SystemControlIrp): number {
  return device.hardening ? Math.min(irp.bufferSize, irp.memory.length) : irp.bufferSize;
}

/**
 * Completes with STATUS_SUCCESS and a WNODE_TOO_SMALL (docs/spec/runtime.md#kmdf-query-all-data, rule 9). With hardening a buffer
 * below 56 bytes gets STATUS_BUFFER_TOO_SMALL instead, as documented (docs/spec/runtime.md#differences, X1); the framework writes
 * the block regardless.
 */
export function completeTooSmall(
  device: DeviceState,
  irp: SystemControlIrp,
  sizeNeeded: number,
): void {
  if (sizeNeeded > 0xffffffff && !device.quirks.sizeNeededWraps) {
    complete(irp, STATUS_INTEGER_OVERFLOW);
    return;
  }
  if (device.hardening && usableSize(device, irp) < WNODE_TOO_SMALL.sizeof) {
    complete(irp, STATUS_BUFFER_TOO_SMALL);
    return;
  }
  requireInside(irp.memory, 0, WNODE_TOO_SMALL.sizeof);
  writeTooSmall(irp.view, sizeNeeded >>> 0);
  complete(irp, STATUS_SUCCESS, WNODE_TOO_SMALL.sizeof);
}
