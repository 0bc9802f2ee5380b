/**
 * Checks what byte-level callbacks returned: generated and hand-written code may return anything. Shared by the driver
 * models.
 */
import { STATUS_PENDING, STATUS_UNSUCCESSFUL, type NtStatus } from './ntstatus.js';
import { isStatus, statusOf } from './returned-status.js';
import { isUlong } from './wnode.js';

/**
 * The status that a callback returned. STATUS_PENDING is not supported and becomes STATUS_UNSUCCESSFUL
 * (docs/spec/runtime.md#kmdf-query-single-instance, rule 6), as does a value that is not a status.
 */
export function callbackStatus(returned: unknown): NtStatus {
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

/**
 * The same for a callback with output. A result without a status, or with a BufferUsed that is not a ULONG, is a
 * failure.
 */
export function callbackResult(returned: unknown): CallbackResult {
  if (typeof returned !== 'object' || returned === null) return noResult;
  const { status, bufferUsed = 0 } = returned as { status?: unknown; bufferUsed?: unknown };
  if (!isStatus(status) || status === STATUS_PENDING || !isUlong(bufferUsed)) return noResult;
  return { status: statusOf(status), used: bufferUsed };
}

/** The status and BufferUsed for a trace; only their types are checked. */
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
