/**
 * Asking one instance for its data, as FxWmiInstanceExternal::QueryInstance does for both query requests (spec 3.3).
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

/** What the recording has where the framework reads past a context (quirk contextSizeSummed). */
const pastContext = 0xee;

/** The answer of the last `queryInstance`, kept apart so that a query makes no object. */
export interface QueryAnswer {
  status: NtStatus;
  used: number;
}

/** A block is queryable with a context, a query callback, or a method: WMI queries before it executes (spec 3.3.4). */
export function supportsQuery(instance: InstanceRecord): boolean {
  return (
    instance.useContextForQuery ||
    instance.queryInstance !== undefined ||
    instance.executeMethod !== undefined
  );
}

/** Fills `answer` with the instance's data at `offset`, where it has `room` bytes. */
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
  // With no room left the callback gets one byte of the framework's own, so that it can still state its size.
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
    // Success in the framework's own byte reached nobody: the data needs room.
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
