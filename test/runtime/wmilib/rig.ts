/**
 * A small machine for tests of the wmilib model: one device whose routines record what they were given and answer by
 * script, and the kernel above it.
 */
import { type BufferResult } from '../../../src/runtime/callbacks.js';
import { createKernel, type Kernel, type KernelOptions } from '../../../src/runtime/kernel.js';
import { STATUS_SUCCESS, type NtStatus } from '../../../src/runtime/ntstatus.js';
import { createWmilibDevice } from '../../../src/runtime/wmilib/device.js';
import { wmiCompleteRequest } from '../../../src/runtime/wmilib/requests.js';
import {
  type WmiReginfo,
  type WmilibContext,
  type WmilibDevice,
} from '../../../src/runtime/wmilib/types.js';
import { WMIREG_FLAG_INSTANCE_BASENAME } from '../../../src/runtime/wmireg.js';
import { blockGuid, now } from '../rig.js';

/** What one routine was given. */
export interface RoutineCall {
  readonly name: 'query' | 'set' | 'setItem' | 'execute' | 'control';
  readonly guidIndex: number;
  readonly index?: number;
  readonly count?: number;
  readonly id?: number;
  readonly inSize?: number;
  readonly outSize?: number;
  readonly offset?: number | null;
  readonly lengths?: number | null;
  readonly input?: readonly number[];
  readonly control?: number;
  readonly enable?: boolean;
}

/** The answers of the routines. A routine without an answer is missing, except the query, which is required. */
export interface Routines {
  /** One array of bytes an instance. */
  readonly query?: (room: number) => BufferResult & { readonly instances?: readonly number[][] };
  readonly set?: () => NtStatus;
  readonly setItem?: (id: number) => NtStatus;
  readonly execute?: (room: number) => BufferResult & { readonly bytes?: readonly number[] };
  readonly control?: () => NtStatus;
}

export interface WmilibRig {
  readonly kernel: Kernel;
  readonly device: WmilibDevice;
  readonly context: WmilibContext;
  readonly calls: RoutineCall[];
}

export interface WmilibRigOptions {
  readonly kernel?: KernelOptions;
  readonly device?: Partial<Parameters<typeof createWmilibDevice>[1]>;
  readonly instanceCount?: number;
  readonly flags?: number;
  readonly reginfo?: Partial<WmiReginfo>;
  readonly routines?: Routines;
  readonly context?: Partial<WmilibContext>;
}

/** Instances that are stored where there is room; otherwise only their size is returned. */
export function instances(...data: number[][]) {
  const size = data.reduce((end, bytes) => Math.ceil(end / 8) * 8 + bytes.length, 0);
  return (room: number) =>
    room < size || room === 0
      ? { status: 0xc0000023 as NtStatus, bufferUsed: size }
      : { status: STATUS_SUCCESS, bufferUsed: size, instances: data };
}

export const succeed: Routines = {
  query: instances([1, 2, 3, 4]),
  set: () => STATUS_SUCCESS,
  setItem: () => STATUS_SUCCESS,
  execute: () => ({ status: STATUS_SUCCESS, bufferUsed: 2, bytes: [9, 8] }),
  control: () => STATUS_SUCCESS,
};

export function recordingContext(options: WmilibRigOptions, calls: RoutineCall[]): WmilibContext {
  const { query = instances([]), set, setItem, execute, control } = options.routines ?? succeed;
  const { instanceCount = 1, flags = 0 } = options;
  const bytes = (memory: Uint8Array, offset: number, size: number) => [
    ...memory.subarray(offset, offset + size),
  ];
  return {
    guidList: [{ guid: blockGuid, instanceCount, flags }],
    queryWmiRegInfo: () => ({
      status: STATUS_SUCCESS,
      regFlags: WMIREG_FLAG_INSTANCE_BASENAME,
      instanceName: 'Lamp',
      registryPath: '\\Registry\\Lamp',
      ...options.reginfo,
    }),
    queryWmiDataBlock: (device, irp, guidIndex, index, count, lengths, room, memory, offset) => {
      const size = lengths === null ? null : lengths.length;
      calls.push({
        name: 'query',
        guidIndex,
        index,
        count,
        lengths: size,
        outSize: room,
        offset,
      });
      const { status, bufferUsed, instances: stored = [] } = query(room);
      let at = offset ?? 0;
      for (const [which, data] of stored.entries()) {
        at = Math.ceil(at / 8) * 8;
        if (lengths !== null) lengths[which] = data.length;
        if (offset !== null) memory.set(data, at);
        at += data.length;
      }
      return wmiCompleteRequest(device, irp, status, bufferUsed ?? 0);
    },
    ...(set && {
      setWmiDataBlock: (device, irp, guidIndex, index, inSize, memory, offset) => {
        const input = bytes(memory, offset, inSize);
        calls.push({ name: 'set', guidIndex, index, inSize, offset, input });
        return wmiCompleteRequest(device, irp, set(), 0);
      },
    }),
    ...(setItem && {
      setWmiDataItem: (device, irp, guidIndex, index, id, inSize, memory, offset) => {
        const input = bytes(memory, offset, inSize);
        calls.push({ name: 'setItem', guidIndex, index, id, inSize, offset, input });
        return wmiCompleteRequest(device, irp, setItem(id), 0);
      },
    }),
    ...(execute && {
      executeWmiMethod: (device, irp, guidIndex, index, id, inSize, outSize, memory, offset) => {
        const input = bytes(memory, offset, inSize);
        calls.push({ name: 'execute', guidIndex, index, id, inSize, outSize, offset, input });
        const { status, bufferUsed, bytes: output = [] } = execute(outSize);
        if (output.length <= outSize) memory.set(output, offset);
        return wmiCompleteRequest(device, irp, status, bufferUsed ?? 0);
      },
    }),
    ...(control && {
      wmiFunctionControl: (device, irp, guidIndex, which, enable) => {
        calls.push({ name: 'control', guidIndex, control: which, enable });
        return wmiCompleteRequest(device, irp, control(), 0);
      },
    }),
    ...options.context,
  };
}

export function createWmilibRig(options: WmilibRigOptions = {}): WmilibRig {
  const kernel = createKernel({ clock: () => now, ...options.kernel });
  const calls: RoutineCall[] = [];
  const context = recordingContext(options, calls);
  const device = createWmilibDevice(kernel, { context, name: 'lamp', ...options.device });
  return { kernel, device, context, calls };
}
