// The gauge of gauge.h in TypeScript: what its drivers in C are compared with. Bytes only; it knows no driver model.
import { type WmiInstanceCallbacks } from '../../../src/runtime/callbacks.js';
import {
  type NtStatus,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER_MIX,
  STATUS_SUCCESS,
  STATUS_WMI_ITEMID_NOT_FOUND,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
} from '../../../src/runtime/ntstatus.js';

/** The blocks in the order of their registration: gauge, note, alarm. */
export const gaugeGuids = [
  '11111111-2222-3333-4444-555566667777',
  '88888888-9999-aaaa-bbbb-ccccddddeeee',
  '99999999-9999-aaaa-bbbb-ccccddddeeee',
] as const;

/** sizeof the gauge's data in bytes. */
export const gaugeSize = 8;

const ulong = (value: number) => new Uint8Array(Uint32Array.of(value).buffer);

/** `size` bytes from `offset` on. */
function slice(memory: Uint8Array, offset: number | null, size: number): Uint8Array {
  return memory.slice(offset ?? 0, (offset ?? 0) + size);
}

const firstUlong = (bytes: Uint8Array) => new DataView(bytes.buffer).getUint32(0, true);

export interface Gauge {
  readonly gauge: WmiInstanceCallbacks;
  readonly note: WmiInstanceCallbacks;
  /** What the WMILIB driver keeps of a control request. */
  readonly setReading: (value: number) => void;
}

export function createGauge(): Gauge {
  let limit = 100;
  let reading = 7;
  let text = new Uint8Array(0);
  const put = (memory: Uint8Array, offset: number | null, room: number, output: Uint8Array) => {
    if (room < output.length) {
      return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: output.length };
    }
    memory.set(output, offset ?? 0);
    return { status: STATUS_SUCCESS, bufferUsed: output.length };
  };
  const values = () => Uint8Array.of(...ulong(limit), ...ulong(reading));
  const counted = () => Uint8Array.of(text.length & 0xff, text.length >> 8, ...text);
  const setText = (input: Uint8Array): NtStatus => {
    if (input.length < 2) return STATUS_WMI_SET_FAILURE;
    const length = new DataView(input.buffer).getUint16(0, true);
    if (length % 2 !== 0 || length > input.length - 2 || length > 32) return STATUS_WMI_SET_FAILURE;
    text = input.slice(2, 2 + length);
    return STATUS_SUCCESS;
  };
  return {
    gauge: {
      evtWmiInstanceQueryInstance: (_instance, room, memory, offset) =>
        put(memory, offset, room, values()),
      evtWmiInstanceSetInstance(_instance, size, memory, offset) {
        if (size < gaugeSize) return STATUS_WMI_SET_FAILURE;
        limit = firstUlong(slice(memory, offset, size));
        return STATUS_SUCCESS;
      },
      evtWmiInstanceSetItem(_instance, id, size, memory, offset) {
        if (id === 2) return STATUS_WMI_READ_ONLY;
        if (id !== 1) return STATUS_WMI_ITEMID_NOT_FOUND;
        if (size < 4) return STATUS_WMI_SET_FAILURE;
        limit = firstUlong(slice(memory, offset, size));
        return STATUS_SUCCESS;
      },
      evtWmiInstanceExecuteMethod(_instance, id, inSize, room, memory, offset) {
        if (id === 2) return put(memory, offset, room, counted());
        if (id !== 1) return { status: STATUS_WMI_ITEMID_NOT_FOUND, bufferUsed: 0 };
        if (inSize < 4) return { status: STATUS_INVALID_PARAMETER_MIX, bufferUsed: 0 };
        if (room < 8) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: 8 };
        const old = reading;
        reading = Math.imul(reading, firstUlong(slice(memory, offset, inSize))) >>> 0;
        return put(memory, offset, room, Uint8Array.of(...ulong(old), ...ulong(reading)));
      },
    },
    note: {
      evtWmiInstanceQueryInstance: (_instance, room, memory, offset) =>
        put(memory, offset, room, counted()),
      evtWmiInstanceSetInstance: (_instance, size, memory, offset) =>
        setText(slice(memory, offset, size)),
      evtWmiInstanceSetItem: (_instance, id, size, memory, offset) =>
        id === 1 ? setText(slice(memory, offset, size)) : STATUS_WMI_ITEMID_NOT_FOUND,
    },
    setReading: (value) => {
      reading = value;
    },
  };
}
