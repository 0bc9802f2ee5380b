/**
 * Queries one instance for its data, for both query requests.
 */
import { type BoundInstance } from '../bound-block.js';
import { callbackResult } from '../callback-results.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import { callTraced, identityOf, type BlockRequest } from './request.js';

/** The status, and the bytes stored, or needed with STATUS_BUFFER_TOO_SMALL. */
export interface QueryAnswer {
  readonly status: NtStatus;
  readonly used: number;
}

/**
 * Writes the instance's data at `offset` of `memory`, which has `room` bytes. An instance with methods and no data
 * returns none: WMI queries before it executes.
 */
export function queryInstance(
  request: BlockRequest,
  instance: BoundInstance,
  room: number,
  memory: Uint8Array,
  offset: number,
): QueryAnswer {
  const { evtWmiInstanceQueryInstance: query, evtWmiInstanceExecuteMethod: execute } =
    instance.callbacks;
  if (query === undefined) {
    const status = execute === undefined ? STATUS_INVALID_DEVICE_REQUEST : STATUS_SUCCESS;
    return { status, used: 0 };
  }
  const callback = 'EvtWmiInstanceQueryInstance';
  const returned = callTraced(request, callback, instance.name, { outBufferSize: room }, () =>
    query(identityOf(request.guid, instance), room, memory, room === 0 ? null : offset),
  );
  const { status, used } = callbackResult(returned);
  if (ntSuccess(status) && used > room) {
    // Such an amount cannot have been written; with no room at all only the size was requested.
    return room === 0
      ? { status: STATUS_BUFFER_TOO_SMALL, used }
      : { status: STATUS_UNSUCCESSFUL, used: 0 };
  }
  return { status, used };
}
