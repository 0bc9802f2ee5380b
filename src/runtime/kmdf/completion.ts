/**
 * How the kmdf model ends a request: the answers that every handler shares. Nothing here looks at instances.
 */
import { requireInside } from '../bug-check.js';
import { type SystemControlIrp } from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INTEGER_OVERFLOW,
  STATUS_SUCCESS,
  type NtStatus,
} from '../ntstatus.js';
import { WNODE_HEADER, WNODE_TOO_SMALL, writeTooSmall, writeUint64 } from '../wnode.js';
import { type DeviceState } from './state.js';

/** The bytes that a handler may use: with hardening never more than the memory really has. */
export function usableSize(device: DeviceState, irp: SystemControlIrp): number {
  return device.hardening ? Math.min(irp.bufferSize, irp.memory.length) : irp.bufferSize;
}

/** Completes with a status and Information 0, or another number of bytes. */
export function complete(irp: SystemControlIrp, status: NtStatus, information = 0): void {
  irp.ioStatus.status = status;
  irp.ioStatus.information = information;
}

/**
 * Completes with STATUS_SUCCESS and a WNODE_TOO_SMALL (spec 3.2.9). With hardening a buffer below 56 bytes gets
 * STATUS_BUFFER_TOO_SMALL instead, as documented (X1); the framework writes the block regardless.
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

/** Completes a request that produced data: header.BufferSize and Information are `size`, TimeStamp is now. */
export function completeWithData(
  device: DeviceState,
  irp: SystemControlIrp,
  status: NtStatus,
  size: number,
): void {
  requireInside(irp.memory, 0, WNODE_HEADER.sizeof);
  irp.view.setUint32(WNODE_HEADER.BufferSize, size >>> 0, true);
  writeUint64(irp.view, WNODE_HEADER.TimeStamp, device.host.systemTime());
  complete(irp, status, size >>> 0);
}

/** Whether a data block of `size` bytes at `offset` is one a careful sender would describe. */
export function dataBlockInside(
  offset: number,
  size: number,
  fixedPart: number,
  bufferSize: number,
): boolean {
  return offset >= fixedPart && offset % 8 === 0 && offset + size <= bufferSize;
}
