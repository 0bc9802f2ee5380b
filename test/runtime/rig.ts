/**
 * A small machine for tests: one kmdf device with one block, callbacks that record what they were given, and requests
 * built byte by byte.
 */
import { type BufferResult, type WmiInstanceCallbacks } from '../../src/runtime/callbacks.js';
import {
  type DriverModel,
  type SystemControlIrp,
  createSystemControlIrp,
} from '../../src/runtime/irp.js';
import { createKernel, type Kernel, type KernelOptions } from '../../src/runtime/kernel.js';
import { createKmdfDevice, type KmdfDeviceOptions } from '../../src/runtime/kmdf/device.js';
import {
  type KmdfDevice,
  type WdfWmiProviderConfig,
  type WmiInstanceHandle,
  type WmiProviderHandle,
} from '../../src/runtime/kmdf/types.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_NOT_SUPPORTED,
  STATUS_SUCCESS,
  ntStatusName,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';
import { viewOf } from '../../src/runtime/memory.js';
import { WNODE_HEADER } from '../../src/runtime/wnode.js';
import { guidToBytes } from '../../src/runtime/guid.js';

export const blockGuid = '01234567-89ab-cdef-0123-456789abcdef';
export const unknownGuid = 'ffffffff-0000-4444-9999-123456789abc';
export const now = 0x1dafedcba987654n;

/** What one callback was given. */
export interface Call {
  readonly name: 'query' | 'set' | 'setItem' | 'execute';
  readonly label: string;
  readonly id?: number;
  readonly inSize?: number;
  readonly outSize?: number;
  readonly offset: number | null;
  readonly input?: readonly number[] | null;
}

/** What the callbacks answer. */
export interface Answers {
  readonly query?: (room: number) => BufferResult & { readonly bytes?: readonly number[] };
  readonly set?: () => NtStatus;
  readonly setItem?: (id: number) => NtStatus;
  readonly execute?: (outSize: number) => BufferResult & { readonly bytes?: readonly number[] };
}

export interface Rig {
  readonly kernel: Kernel;
  readonly device: KmdfDevice;
  readonly provider: WmiProviderHandle;
  readonly instances: WmiInstanceHandle[];
  readonly calls: Call[];
  /** The WMI InstanceName of the nth instance. */
  readonly name: (index?: number) => string;
}

export interface RigOptions {
  readonly kernel?: KernelOptions;
  readonly device?: KmdfDeviceOptions;
  readonly provider?: Partial<WdfWmiProviderConfig>;
  /** One entry an instance; default: one instance with every callback succeeding. */
  readonly instances?: readonly Answers[];
}

export const ok = (bytes: readonly number[] = []) => ({
  status: STATUS_SUCCESS,
  bufferUsed: bytes.length,
  bytes,
});

/** A callback that always states its size, and writes when there is room. */
export const natural = (bytes: readonly number[]) => (room: number) =>
  room < bytes.length ? { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: bytes.length } : ok(bytes);

export const allSucceed: Answers = {
  query: natural([1, 2, 3, 4]),
  set: () => STATUS_SUCCESS,
  setItem: () => STATUS_SUCCESS,
  execute: () => ok([9, 8]),
};

export function must<Value>(value: Value | undefined): Value {
  if (value === undefined) throw new Error('missing');
  return value;
}

/** Callbacks that record and answer; a callback without an answer is a NULL pointer. */
export function recording(answers: Answers, calls: Call[]): WmiInstanceCallbacks {
  const { query, set, setItem, execute } = answers;
  const input = (memory: Uint8Array, offset: number | null, size: number) =>
    offset === null ? null : [...memory.subarray(offset, offset + size)];
  const write = (memory: Uint8Array, offset: number | null, bytes: readonly number[] = []) => {
    if (offset !== null && bytes.length > 0) memory.set(bytes, offset);
  };
  return {
    ...(query && {
      evtWmiInstanceQueryInstance: ({ label }, outSize, memory, offset) => {
        calls.push({ name: 'query', label, outSize, offset });
        const { bytes, ...result } = query(outSize);
        if (bytes !== undefined && bytes.length <= outSize) write(memory, offset, bytes);
        return result;
      },
    }),
    ...(set && {
      evtWmiInstanceSetInstance: ({ label }, inSize, memory, offset) => {
        const seen = input(memory, offset, inSize);
        calls.push({ name: 'set', label, inSize, offset, input: seen });
        return set();
      },
    }),
    ...(setItem && {
      evtWmiInstanceSetItem: ({ label }, id, inSize, memory, offset) => {
        const seen = input(memory, offset, inSize);
        calls.push({ name: 'setItem', label, id, inSize, offset, input: seen });
        return setItem(id);
      },
    }),
    ...(execute && {
      evtWmiInstanceExecuteMethod: ({ label }, id, inSize, outSize, memory, offset) => {
        const seen = input(memory, offset, inSize);
        calls.push({ name: 'execute', label, id, inSize, outSize, offset, input: seen });
        const { bytes, ...result } = execute(outSize);
        if (bytes !== undefined && bytes.length <= outSize) write(memory, offset, bytes);
        return result;
      },
    }),
  };
}

export function createRig(options: RigOptions = {}): Rig {
  const kernel = createKernel({ clock: () => now, ...options.kernel });
  const device = createKmdfDevice(kernel, { name: 'rig', ...options.device });
  const provider = must(
    device.wdfWmiProviderCreate({ guid: blockGuid, ...options.provider }).provider,
  );
  const calls: Call[] = [];
  const instances = (options.instances ?? [allSucceed]).map((answers, index) =>
    must(
      device.wdfWmiInstanceCreate({
        provider,
        register: true,
        label: `i${index}`,
        ...recording(answers, calls),
      }).instance,
    ),
  );
  return {
    kernel,
    device,
    provider,
    instances,
    calls,
    name: (index = 0) => must(device.wdfWmiInstanceGetInstanceName(must(instances[index]))),
  };
}

/** The parts of a request; absent parts get the correct value. */
export interface RequestParts {
  readonly minor: number;
  readonly guid?: string;
  readonly flags?: number;
  readonly index?: number;
  /** ItemId or MethodId. */
  readonly id?: number;
  readonly dataBlockOffset?: number;
  /** SizeDataBlock or SizeDataItem; default the length of `data`. */
  readonly size?: number;
  readonly data?: readonly number[];
  /** Default: just large enough for the data. */
  readonly bufferSize?: number;
  readonly information?: number;
  readonly providerId?: bigint;
}

/** Builds a request for one instance: minors 1, 2 (WNODE_SINGLE_INSTANCE), 3 and 9 (with an id), 0 and 4 to 7. */
export function request(device: DriverModel, parts: RequestParts): SystemControlIrp {
  const { minor, data = [] } = parts;
  const withId = minor === 3 || minor === 9;
  const offset = parts.dataBlockOffset ?? (withId ? 72 : 64);
  const bufferSize = parts.bufferSize ?? offset + data.length;
  const memory = new Uint8Array(Math.min(bufferSize, 1 << 20));
  // Builds the whole request first, then cuts it to the buffer.
  const whole = new Uint8Array(Math.max(memory.length, 128 + data.length));
  const view = viewOf(whole);
  view.setUint32(WNODE_HEADER.BufferSize, bufferSize, true);
  whole.set(guidToBytes(parts.guid ?? blockGuid), WNODE_HEADER.Guid);
  view.setUint32(WNODE_HEADER.Flags, parts.flags ?? 0x82, true);
  view.setUint32(52, parts.index ?? 0, true);
  if (withId) view.setUint32(56, parts.id ?? 1, true);
  view.setUint32(withId ? 60 : 56, offset, true);
  view.setUint32(withId ? 64 : 60, parts.size ?? data.length, true);
  if (offset + data.length <= whole.length) whole.set(data, offset);
  memory.set(whole.subarray(0, memory.length));
  const irp = createSystemControlIrp(
    minor,
    parts.providerId ?? device.deviceObject,
    parts.guid ?? blockGuid,
    memory,
    bufferSize,
  );
  irp.ioStatus.status = STATUS_NOT_SUPPORTED;
  irp.ioStatus.information = parts.information ?? 7;
  return irp;
}

/** Sends a request and returns the result, with the status by name. */
export function dispatch(device: DriverModel, irp: SystemControlIrp) {
  const outcome = device.dispatch(irp);
  const { status, information } = irp.ioStatus;
  return { outcome, status: ntStatusName(status), information };
}

/** Sends a request built from parts. */
export function ask(device: DriverModel, parts: RequestParts) {
  return dispatch(device, request(device, parts));
}

const GUARD = 0xcc;
const GUARD_SIZE = 32;

/**
 * A copy as a Buffer of Node that is a part of a larger one, as those of its pool are: `buffer` and slice() of it reach the bytes
 * around it, which `isGuarded` looks at.
 */
export function partOfBuffer(bytes: Uint8Array): Buffer {
  const whole = Buffer.alloc(bytes.length + 2 * GUARD_SIZE, GUARD);
  whole.set(bytes, GUARD_SIZE);
  return whole.subarray(GUARD_SIZE, GUARD_SIZE + bytes.length);
}

/** Whether nothing was written around a part of a buffer. */
export function isGuarded(part: Uint8Array): boolean {
  const before = new Uint8Array(part.buffer, part.byteOffset - GUARD_SIZE, GUARD_SIZE);
  const after = new Uint8Array(part.buffer, part.byteOffset + part.length, GUARD_SIZE);
  return [...before, ...after].every((byte) => byte === GUARD);
}
