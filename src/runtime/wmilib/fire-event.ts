/**
 * WmiFireEvent: an event for one instance of a driver that uses WMILIB (spec section 4.9).
 */
import { sendEvent } from '../event-block.js';
import { parseGuid } from '../guid.js';
import { STATUS_INVALID_PARAMETER, type NtStatus } from '../ntstatus.js';
import { type WmilibDevice } from './types.js';

/**
 * WmiFireEvent (wmilib.h): sends `eventDataSize` bytes of `eventData` (zeros behind its end); `null` stands for a NULL
 * pointer and makes the size 0. The data is pool memory that the library frees, whatever comes out. Returns
 * IoWMIWriteEvent's status, STATUS_INSUFFICIENT_RESOURCES without memory, STATUS_INVALID_PARAMETER for no GUID.
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
  const data = new Uint8Array(eventData === null ? 0 : eventDataSize);
  if (eventData !== null) {
    data.set(eventData.subarray(0, eventDataSize));
    host.freePool(eventData);
  }
  if (guid === undefined) return STATUS_INVALID_PARAMETER;
  return sendEvent(host, deviceObject, guid, { kind: 'static', instanceIndex }, data);
}
