/**
 * The bytes of a request that the library may use, and what it says when they are too few.
 */
import {
  IRP_MN_EXECUTE_METHOD,
  IRP_MN_QUERY_SINGLE_INSTANCE,
  type SystemControlIrp,
} from '../irp.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER,
  STATUS_WMI_SET_FAILURE,
  type NtStatus,
} from '../ntstatus.js';
import { type WmilibDevice } from './types.js';

/** Parameters.WMI.BufferSize; with hardening never more than the memory really has. */
export function usableSize(device: WmilibDevice, irp: SystemControlIrp): number {
  return device.hardening ? Math.min(irp.bufferSize, irp.memory.length) : irp.bufferSize;
}

/** What hardening says to a request for one instance whose buffer ends before the fields that it needs. */
export function cutOffStatus(minor: number): NtStatus {
  if (minor === IRP_MN_QUERY_SINGLE_INSTANCE) return STATUS_BUFFER_TOO_SMALL;
  if (minor === IRP_MN_EXECUTE_METHOD) return STATUS_INVALID_PARAMETER;
  return STATUS_WMI_SET_FAILURE;
}
