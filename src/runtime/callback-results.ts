/**
 * What a byte-level callback returned, checked: generated and hand-written code may return anything. Shared by the driver
 * models.
 */
import { STATUS_PENDING, STATUS_UNSUCCESSFUL, type NtStatus } from './ntstatus.js';
import { isStatus, statusOf } from './returned-status.js';
import { isUlong } from './wnode.js';

/**
 * The status that a callback returned. Callbacks cannot pend: STATUS_PENDING becomes STATUS_UNSUCCESSFUL
 * (spec 3.3.6, 3.4.4, 3.6.4, 3.7.5), and so does what is no status at all.
 */
export function neverPending(returned: unknown): NtStatus {
  const status = statusOf(returned);
  return status === STATUS_PENDING ? STATUS_UNSUCCESSFUL : status;
}

/** A callback's status and BufferUsed, checked. */
export interface CallbackResult {
  readonly status: NtStatus;
  /** Bytes; 0 when the callback never stored it. */
  readonly used: number;
}

const noResult: CallbackResult = { status: STATUS_UNSUCCESSFUL, used: 0 };

/** The same for a callback with output: without a status, or with a BufferUsed that no ULONG holds, it failed. */
export function callbackResult(returned: unknown): CallbackResult {
  if (typeof returned !== 'object' || returned === null) return noResult;
  const { status, bufferUsed = 0 } = returned as { status?: unknown; bufferUsed?: unknown };
  if (!isStatus(status) || status === STATUS_PENDING || !isUlong(bufferUsed)) return noResult;
  return { status: statusOf(status), used: bufferUsed };
}

/** The same for a trace, unchecked but for its types: only a well-formed result has a BufferUsed. */
export function returnedParts(returned: unknown): {
  readonly status: NtStatus;
  readonly bufferUsed?: number;
} {
  if (typeof returned !== 'object' || returned === null) return { status: statusOf(returned) };
  const { status, bufferUsed } = returned as { status?: unknown; bufferUsed?: unknown };
  return {
    status: statusOf(status),
    ...(typeof bufferUsed === 'number' ? { bufferUsed } : {}),
  };
}
