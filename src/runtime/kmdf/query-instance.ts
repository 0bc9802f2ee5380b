/**
 * Queries one instance for its data, as FxWmiInstanceExternal::QueryInstance does for both query requests
 * (docs/spec/runtime.md#kmdf-query-single-instance).
 */
import { requireInside } from '../bug-check.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import { callbackResult } from '../callback-results.js';
import { type InstanceRecord } from './state.js';

/** The byte of the recording where the framework reads beyond a context (quirk contextSizeSummed). */
const pastContext = 0xee;

/** The result of the last `queryInstance`; reused to avoid allocations. */
export interface QueryAnswer {
  status: NtStatus;
  used: number;
}

/**
 * A block with a context, a query callback, or a method is queryable: WMI queries before it executes
 * (docs/spec/runtime.md#kmdf-query-single-instance, rule 4).
 */
export function supportsQuery(instance: InstanceRecord): boolean {
  return (
    instance.useContextForQuery ||
    instance.queryInstance !== undefined ||
    instance.executeMethod !== undefined
  );
}

/** Fills `answer` and writes the instance's data at `offset`, which has `room` bytes. */
export function queryInstance(
  instance: InstanceRecord,
  room: number,
  memory: Uint8Array,
  offset: number,
  answer: QueryAnswer,
): void {
  if (instance.useContextForQuery) {
    queryContext(instance, room, memory, offset, answer);
    return;
  }
  if (instance.queryInstance === undefined) {
    answer.status = STATUS_SUCCESS;
    answer.used = 0;
    return;
  }
  // Without room the callback gets a one-byte buffer of the framework's own, so that it can report its size.
  const scratch = room === 0;
  const size = scratch ? 1 : room;
  const { status, used } = callbackResult(
    scratch
      ? instance.queryInstance(instance, 1, new Uint8Array(1), 0)
      : instance.queryInstance(instance, room, memory, offset),
  );
  if (ntSuccess(status) && used > size) {
    answer.status = STATUS_UNSUCCESSFUL;
    answer.used = 0;
  } else {
    // Success into the framework's own buffer returned nothing to the sender: the data needs room.
    answer.status = ntSuccess(status) && scratch && used > 0 ? STATUS_BUFFER_TOO_SMALL : status;
    answer.used = used;
  }
}

function queryContext(
  instance: InstanceRecord,
  room: number,
  memory: Uint8Array,
  offset: number,
  answer: QueryAnswer,
): void {
  const length = instance.contextLength;
  answer.used = length;
  if (room < length) {
    answer.status = STATUS_BUFFER_TOO_SMALL;
    return;
  }
  requireInside(memory, offset, length);
  const real = Math.min(length, instance.context.length);
  memory.set(instance.context.subarray(0, real), offset);
  memory.fill(pastContext, offset + real, offset + length);
  answer.status = STATUS_SUCCESS;
}
