/**
 * Says what went wrong by name when a status is not the expected one. It needs no test framework: it throws an Error.
 */
import { ntStatusName, type NtStatus } from '../ntstatus.js';
import { type TraceEvent } from '../trace.js';
import { formatTrace, requestWithStatus } from './trace-table.js';

/** A status, or the result of a routine that carries one. */
export type StatusCarrier = NtStatus | { readonly status: NtStatus };

/**
 * Throws unless `actual` is `expected`. The message names both and gives the number of the one it got, and shows the
 * last request of `trace` that came to it, if one did: `expected STATUS_SUCCESS, got STATUS_WMI_SET_FAILURE (0xC00002C7)`.
 */
export function expectStatus(
  actual: StatusCarrier,
  expected: NtStatus,
  trace: readonly TraceEvent[] = [],
): void {
  const status = typeof actual === 'number' ? actual : actual.status;
  if (status === expected) return;
  const message = `expected ${ntStatusName(expected)}, got ${nameAndNumber(status)}`;
  const request = requestWithStatus(trace, status);
  throw new Error(request.length === 0 ? message : `${message}\n\n${formatTrace(request)}\n`);
}

/** `STATUS_WMI_SET_FAILURE (0xC00002C7)`, or the number alone when it has no name here. */
function nameAndNumber(status: NtStatus): string {
  const number = `0x${status.toString(16).toUpperCase().padStart(8, '0')}`;
  const name = ntStatusName(status);
  return name.startsWith('STATUS_') ? `${name} (${number})` : number;
}
