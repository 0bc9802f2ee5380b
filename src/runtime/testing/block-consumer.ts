/**
 * A typed consumer of one block: encodes and decodes values with the generated codecs, and calls the consumer routines
 * of wdm.h, so that tests send the same requests as WMI.
 */
import {
  type BlockTypes,
  type ItemType,
  methodsOf,
  type MethodTypes,
  type WmiBlock,
} from '../block.js';
import { type Codec } from '../codec.js';
import { type DataBlockObject } from '../kernel/state.js';
import { type Kernel } from '../kernel.js';
import { type NtStatus, STATUS_BUFFER_TOO_SMALL } from '../ntstatus.js';
import { viewOf, WireWriter } from '../wire.js';
import {
  alignUp,
  countedStringSize,
  WNODE_DATA_ALIGNMENT,
  WNODE_SINGLE_INSTANCE,
} from '../wnode.js';

/** An instance: its index on the machine's own device, or its WMI InstanceName. */
export type InstanceChoice = number | string;

/** The result of a query of one instance. */
export interface QueryAnswer<Data> {
  readonly status: NtStatus;
  /** The instance's values; absent when there are none, or when the bytes do not decode as this block. */
  readonly data?: Data;
  /** Bytes of the whole WNODE: stored, or needed with STATUS_BUFFER_TOO_SMALL. */
  readonly bufferSize: number;
}

/** The result of a query of all instances. */
export interface QueryAllAnswer<Data> {
  readonly status: NtStatus;
  /** In the order of the result; `data` is absent when an instance's bytes do not decode as this block. */
  readonly instances: readonly { readonly instanceName: string; readonly data?: Data }[];
  /** Bytes: stored, or needed with STATUS_BUFFER_TOO_SMALL. */
  readonly bufferSize: number;
}

/** The result of a method. */
export interface MethodAnswer<Output> {
  readonly status: NtStatus;
  /** The outputs; absent when there are none, or when the bytes do not decode as this method's outputs. */
  readonly output?: Output;
  /** Bytes of output: stored, or needed with STATUS_BUFFER_TOO_SMALL. */
  readonly outBufferSize: number;
}

/** The instance that a method runs on, and the consumer's room for output in bytes. */
export interface MethodOptions {
  readonly instance?: InstanceChoice;
  /** Default: the size of the outputs, or 64 KiB when that varies. */
  readonly room?: number;
}

/** Runs one method: `methods.Drain({ Limit: 10 })`. A method without inputs takes `undefined` or nothing. */
export type MethodCall<Input, Output> = [Input] extends [undefined]
  ? (input?: undefined, options?: MethodOptions) => MethodAnswer<Output>
  : (input: Input, options?: MethodOptions) => MethodAnswer<Output>;

/** A function for each method of a block. */
export type MethodCalls<Methods> = {
  readonly [Name in keyof Methods]: Methods[Name] extends MethodTypes
    ? MethodCall<Methods[Name]['input'], Methods[Name]['output']>
    : never;
};

/** The result of a method, as bytes. */
export interface RawMethodAnswer {
  readonly status: NtStatus;
  /** Absent when the driver returned none. */
  readonly output?: Uint8Array;
  /** Bytes of output: stored, or needed with STATUS_BUFFER_TOO_SMALL. */
  readonly outBufferSize: number;
}

/** A data block that a simulated consumer has open. The default instance is number 0. */
export interface BlockConsumer<Types extends BlockTypes> {
  /** For direct calls of the kernel's routines, when a test needs bytes that no codec makes. */
  readonly object: DataBlockObject;

  /** The InstanceName of an instance; for an unused index, the name that it would have. */
  instanceName(index?: number): string;

  /**
   * IoWMIQuerySingleInstance; `room` in bytes of data: by default its size, or 64 KiB when that varies. An instance
   * selected by name gets additional room for the name, which dynamic names return.
   */
  query(instance?: InstanceChoice, room?: number): QueryAnswer<Types['data']>;

  /**
   * IoWMIQueryAllData; `outBufferSize` in bytes of the whole result. By default 64 KiB, with one retry at the required
   * size.
   */
  queryAll(outBufferSize?: number): QueryAllAnswer<Types['data']>;

  /** IoWMISetSingleInstance: all items are sent, and the driver takes the writable ones. */
  set(data: Types['data'], instance?: InstanceChoice): NtStatus;

  /** IoWMISetSingleItem, by the name and the type of the item: `setItem('Lit', true)`. */
  setItem<Name extends keyof Types['data']>(
    name: Name,
    value: Types['data'][Name],
    instance?: InstanceChoice,
  ): NtStatus;

  /** IoWMIExecuteMethod, by the name and the types of the method: `methods.Drain({ Limit: 10 })`. */
  readonly methods: MethodCalls<Types['methods']>;

  /** IoWMISetSingleInstance with arbitrary bytes, for invalid requests. */
  setBytes(data: Uint8Array, instance?: InstanceChoice): NtStatus;

  /** IoWMISetSingleItem with an arbitrary WmiDataId and bytes; `itemBytes(wmi.uint32, 1200)` makes some. */
  setItemBytes(dataItemId: number, value: Uint8Array, instance?: InstanceChoice): NtStatus;

  /** IoWMIExecuteMethod with an arbitrary WmiMethodId and bytes; `room` is 0 by default. */
  executeBytes(methodId: number, input?: Uint8Array, options?: MethodOptions): RawMethodAnswer;

  /** Closes the block; closing the last consumer of an expensive block disables collection. */
  close(): void;
}

/** A consumer's room in bytes for data of varying size. */
const DEFAULT_ROOM = 0x10000;

/** A consumer's default room in bytes. */
const roomFor = <T>(codec: Codec<T>): number =>
  codec.kind === 'fixed' ? codec.size : DEFAULT_ROOM;

/** Bytes between the fixed part of a WNODE and its data for an instance with a dynamic name. */
export const dynamicNameSize = (name: string): number =>
  alignUp(countedStringSize(name), WNODE_DATA_ALIGNMENT);

/** Makes the typed consumer of an open data block. `instanceNameOf` returns the InstanceName of an index. */
export function createBlockConsumer<Types extends BlockTypes>(
  kernel: Kernel,
  block: WmiBlock<Types>,
  object: DataBlockObject,
  instanceNameOf: (object: DataBlockObject, index: number) => string,
): BlockConsumer<Types> {
  const nameOf = (instance: InstanceChoice): string =>
    typeof instance === 'number' ? instanceNameOf(object, instance) : instance;
  return {
    object,
    instanceName: (index = 0) => nameOf(index),
    query: (instance = 0, room = roomFor(block.data)) => {
      const nameSize = typeof instance === 'number' ? 0 : dynamicNameSize(instance);
      const size = WNODE_SINGLE_INSTANCE.VariableData + nameSize + room;
      const answer = kernel.ioWmiQuerySingleInstance(object, nameOf(instance), size);
      const { status, bufferSize } = answer;
      return { status, bufferSize, ...decoded('data', block.data, answer.data) };
    },
    queryAll: (outBufferSize) => {
      let answer = kernel.ioWmiQueryAllData(object, outBufferSize ?? DEFAULT_ROOM);
      const isCut = answer.status === STATUS_BUFFER_TOO_SMALL && answer.bufferSize > DEFAULT_ROOM;
      if (outBufferSize === undefined && isCut) {
        answer = kernel.ioWmiQueryAllData(object, answer.bufferSize);
      }
      const { status, bufferSize } = answer;
      const instances = (answer.instances ?? []).map(({ instanceName, data }) => ({
        instanceName,
        ...decoded('data', block.data, data),
      }));
      return { status, bufferSize, instances };
    },
    set: (data, instance = 0) =>
      kernel.ioWmiSetSingleInstance(object, nameOf(instance), 0, block.data.encode(data)),
    setItem: (name, value, instance = 0) => {
      const { id, type } = block.items[name];
      const bytes = itemBytes(type, value, `${block.name}.${String(name)}`);
      return kernel.ioWmiSetSingleItem(object, nameOf(instance), id, 0, bytes);
    },
    methods: methodCalls(kernel, block, object, nameOf),
    setBytes: (data, instance = 0) =>
      kernel.ioWmiSetSingleInstance(object, nameOf(instance), 0, data),
    setItemBytes: (dataItemId, value, instance = 0) =>
      kernel.ioWmiSetSingleItem(object, nameOf(instance), dataItemId, 0, value),
    executeBytes: (methodId, input = new Uint8Array(), { instance = 0, room = 0 } = {}) => {
      const answer = kernel.ioWmiExecuteMethod(object, nameOf(instance), methodId, input, room);
      const { status, outBufferSize, data } = answer;
      return { status, outBufferSize, ...(data === undefined ? {} : { output: data }) };
    },
    close: () => {
      kernel.obDereferenceObject(object);
    },
  };
}

function methodCalls<Types extends BlockTypes>(
  kernel: Kernel,
  block: WmiBlock<Types>,
  object: DataBlockObject,
  nameOf: (instance: InstanceChoice) => string,
): MethodCalls<Types['methods']> {
  const calls = Array.from(methodsOf(block), ([id, method]) => {
    const call = (input?: unknown, { instance = 0, room }: MethodOptions = {}) => {
      const bytes = method.input.encode(input);
      const size = room ?? roomFor(method.output);
      const answer = kernel.ioWmiExecuteMethod(object, nameOf(instance), id, bytes, size);
      const { status, outBufferSize } = answer;
      return { status, outBufferSize, ...decoded('output', method.output, answer.data) };
    };
    return [method.name, call] as const;
  });
  return Object.fromEntries(calls) as MethodCalls<Types['methods']>;
}

/** The decoded value under `key`; empty when there are no bytes or they do not decode. */
function decoded<Key extends string, T>(
  key: Key,
  codec: Codec<T> | undefined,
  bytes: Uint8Array | undefined,
): { readonly [K in Key]?: T } {
  const value = bytes === undefined ? undefined : codec?.decode(bytes);
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: T };
}

/**
 * The bytes of one data item: `itemBytes(wmi.uint32, 1200)`. Throws a RangeError that begins with `name` when the value
 * does not fit.
 */
export function itemBytes<T>(type: ItemType<T>, value: T, name = 'item'): Uint8Array {
  if (type.stride === undefined) {
    const measure = new WireWriter();
    type.write(measure, value, name);
    const bytes = new Uint8Array(measure.size);
    type.write(new WireWriter(viewOf(bytes)), value, name);
    return bytes;
  }
  const bytes = new Uint8Array(type.size ?? type.stride);
  type.write(viewOf(bytes), 0, value, name);
  return bytes;
}
