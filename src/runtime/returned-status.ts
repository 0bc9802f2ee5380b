/**
 * Converts a callback's return value to a status.
 */
import { ntStatus, type NtStatus, STATUS_UNSUCCESSFUL } from './ntstatus.js';

/**
 * The status that a callback returned. A promise, `undefined` or any value that is not a 32-bit number is
 * STATUS_UNSUCCESSFUL: callbacks are synchronous, and only a number can mean success (docs/spec/runtime.md#generated-providers, rule 14).
 */
export function statusOf(returned: unknown): NtStatus {
  return isStatus(returned) ? ntStatus(returned) : STATUS_UNSUCCESSFUL;
}

/** Whether a value can be an NTSTATUS: a 32-bit number, signed or unsigned. */
export function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= -0x80000000 && Number(value) <= 0xffffffff;
}
