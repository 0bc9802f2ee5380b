/** Which values that a callback returned count as a status; it knows no callback. */
import { ntStatus, type NtStatus, STATUS_UNSUCCESSFUL } from './ntstatus.js';

/**
 * What a callback returned, as a status. A promise, nothing, or any other thing that is not a 32-bit number is
 * STATUS_UNSUCCESSFUL: callbacks answer at once, and only a number can mean success (spec section 7).
 */
export function statusOf(returned: unknown): NtStatus {
  return isStatus(returned) ? ntStatus(returned) : STATUS_UNSUCCESSFUL;
}

/** Whether a value can be an NTSTATUS: 32 bits, signed or not. */
export function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && Number(value) >= -0x80000000 && Number(value) <= 0xffffffff;
}
