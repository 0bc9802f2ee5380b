/**
 * Checks a status and reports a mismatch by name. It throws an Error, so it works in every test framework.
 */
import { ntStatusName, type NtStatus } from '../ntstatus.js';
import { type TraceEvent } from '../trace.js';
import { formatTrace, requestWithStatus } from './trace-table.js';

/** A status, or the result of a routine that has one. */
export type StatusCarrier = NtStatus | { readonly status: NtStatus };

/**
 * Throws unless `actual` is `expected`. The message has both names and the actual number, followed by the last request
 * of `trace` with that status: `expected STATUS_SUCCESS, got STATUS_WMI_SET_FAILURE (0xC00002C7)`.
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

/** `STATUS_WMI_SET_FAILURE (0xC00002C7)`, or only the number of an unknown status. */
function nameAndNumber(status: NtStatus): string {
  const number = `0x${status.toString(16).toUpperCase().padStart(8, '0')}`;
  const name = ntStatusName(status);
  return name.startsWith('STATUS_') ? `${name} (${number})` : number;
}
