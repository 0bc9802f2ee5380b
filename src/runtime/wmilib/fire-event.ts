/**
 * WmiFireEvent: an event for one instance of a driver that uses WMILIB (docs/spec/runtime.md#wmilib, rule 9).
 */
import { sendEvent } from '../event-block.js';
import { parseGuid } from '../guid.js';
import { STATUS_INVALID_PARAMETER, type NtStatus } from '../ntstatus.js';
import { type WmilibDevice } from './types.js';

const noData = new Uint8Array(0);

/**
 * WmiFireEvent (wmilib.h): sends `eventDataSize` bytes of `eventData`, padded with zeros; `null` is a NULL pointer and
 * makes the size 0. The data is pool memory that the library always frees. Returns the status of `sendEvent`, and
 * STATUS_INVALID_PARAMETER for a text that is not a GUID.
 */
export function wmiFireEvent(
  device: WmilibDevice,
  guidText: string,
  instanceIndex: number,
  eventData: Uint8Array | null,
  eventDataSize: number = eventData?.length ?? 0,
): NtStatus {
  const { host, deviceObject } = device;
  const guid = parseGuid(guidText);
  const instance = { kind: 'static', instanceIndex } as const;
  const [data, size] = eventData === null ? [noData, 0] : [eventData, eventDataSize];
  const status =
    guid === undefined
      ? STATUS_INVALID_PARAMETER
      : sendEvent(host, deviceObject, guid, instance, data, size);
  if (eventData !== null) host.freePool(eventData);
  return status;
}
