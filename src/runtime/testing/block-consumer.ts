/**
 * A consumer of one block that speaks the block's types: values go through the generated codecs and the consumer
 * routines of wdm.h, so what a test asks travels as it does from WMI. Which driver answers is not known here.
 */
import { type WmiBlock } from '../block.js';
import { type Codec } from '../codec.js';
import { type DataBlockObject } from '../kernel/state.js';
import { type Kernel } from '../kernel.js';
import { type NtStatus, STATUS_BUFFER_TOO_SMALL } from '../ntstatus.js';
import { type FixedType, viewOf, type WalkedType, WireWriter } from '../wire.js';
import {
  alignUp,
  countedStringSize,
  WNODE_DATA_ALIGNMENT,
  WNODE_SINGLE_INSTANCE,
} from '../wnode.js';

/** An instance: its index on the machine's own device, or its InstanceName as WMI knows it. */
export type InstanceChoice = number | string;

/** What a query of one instance gave. */
export interface QueryAnswer<Data> {
  readonly status: NtStatus;
  /** The instance's values; absent when there are none, or when the driver's bytes are not this block's. */
  readonly data?: Data;
  /** Bytes of the whole WNODE: stored, or needed with STATUS_BUFFER_TOO_SMALL. */
  readonly bufferSize: number;
}

/** What a query of all instances gave. */
export interface QueryAllAnswer<Data> {
  readonly status: NtStatus;
  /** In the order of the answer; `data` is absent when an instance's bytes are not this block's. */
  readonly instances: readonly { readonly instanceName: string; readonly data?: Data }[];
  /** Bytes: stored, or needed with STATUS_BUFFER_TOO_SMALL. */
  readonly bufferSize: number;
}

/** What a method gave. */
export interface MethodAnswer<Output> {
  readonly status: NtStatus;
  /** The outputs; absent when there are none, or when the driver's bytes are not this method's. */
  readonly output?: Output;
  /** Bytes of output: stored, or needed with STATUS_BUFFER_TOO_SMALL. */
  readonly outBufferSize: number;
}

/** The generated codecs of a method, such as `SensorLogDrainInputCodec`; leave out what the method has not. */
export interface MethodCodecs<Input, Output> {
  readonly input?: Codec<Input>;
  readonly output?: Codec<Output>;
}

/** Runs one method: `drain({ Limit: 10 })`. */
export type MethodCall<Input, Output> = (
  input: Input,
  options?: { readonly instance?: InstanceChoice; readonly room?: number },
) => MethodAnswer<Output>;

/** A data block that a simulated consumer has open. The instance is number 0 where none is given. */
export interface BlockConsumer<Data> {
  /** For the routines of the kernel itself, where a test wants other bytes than a codec makes. */
  readonly object: DataBlockObject;

  /** The InstanceName of an instance; for an index that no instance has, the name it would have. */
  instanceName(index?: number): string;

  /**
   * IoWMIQuerySingleInstance; `room` in bytes of data: by default its size, or 64 KiB when that varies. An instance
   * given by name gets room for the name as well, which comes back where names are dynamic.
   */
  query(instance?: InstanceChoice, room?: number): QueryAnswer<Data>;

  /**
   * IoWMIQueryAllData; `outBufferSize` in bytes of the whole answer. Without it there is room for 64 KiB, and where
   * that is too little the query is sent again with the size that the answer asks for.
   */
  queryAll(outBufferSize?: number): QueryAllAnswer<Data>;

  /** IoWMISetSingleInstance: all items are sent, and the driver takes the writable ones. */
  set(data: Data, instance?: InstanceChoice): NtStatus;

  /** IoWMISetSingleItem; `value` as bytes, or made by `itemBytes(wmi.uint32, 1200)`. */
  setItem(dataItemId: number, value: Uint8Array, instance?: InstanceChoice): NtStatus;

  /** IoWMIExecuteMethod as a function of the method's types. `method` is a name, or a WmiMethodId, known or not. */
  method<Input, Output>(
    method: string | number,
    codecs: Required<MethodCodecs<Input, Output>>,
  ): MethodCall<Input, Output>;
  method<Input>(
    method: string | number,
    codecs: Pick<Required<MethodCodecs<Input, void>>, 'input'>,
  ): MethodCall<Input, void>;
  method<Output>(
    method: string | number,
    codecs: Pick<Required<MethodCodecs<void, Output>>, 'output'>,
  ): MethodCall<void, Output>;
  method(method: string | number): MethodCall<void, void>;

  /** Closes the block; an expensive one is told when its last consumer is gone. */
  close(): void;
}

/** Bytes that a consumer offers room for when the size of the data varies. */
const ROOM = 0x10000;

/** Bytes of data that a consumer offers room for unless told otherwise. */
const roomFor = <T>(codec: Codec<T>): number => (codec.kind === 'fixed' ? codec.size : ROOM);

/** Bytes between the fixed part of a WNODE and its data where the instance has a dynamic name. */
export const dynamicNameSize = (name: string): number =>
  alignUp(countedStringSize(name), WNODE_DATA_ALIGNMENT);

/** Makes the typed side of an open data block. `instanceNameOf` gives the InstanceName of an index. */
export function createBlockConsumer<Data, Changes, Provider>(
  kernel: Kernel,
  block: WmiBlock<Data, Changes, Provider>,
  object: DataBlockObject,
  instanceNameOf: (object: DataBlockObject, index: number) => string,
): BlockConsumer<Data> {
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
      let answer = kernel.ioWmiQueryAllData(object, outBufferSize ?? ROOM);
      const isCut = answer.status === STATUS_BUFFER_TOO_SMALL && answer.bufferSize > ROOM;
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
    setItem: (dataItemId, value, instance = 0) =>
      kernel.ioWmiSetSingleItem(object, nameOf(instance), dataItemId, 0, value),
    method: <Input, Output>(
      method: string | number,
      { input: inputCodec, output: outputCodec }: MethodCodecs<Input, Output> = {},
    ): MethodCall<Input, Output> => {
      const id = typeof method === 'number' ? method : methodId(block, method);
      return (input, { instance = 0, room } = {}) => {
        const bytes = inputCodec?.encode(input) ?? new Uint8Array();
        const size = room ?? (outputCodec === undefined ? 0 : roomFor(outputCodec));
        const answer = kernel.ioWmiExecuteMethod(object, nameOf(instance), id, bytes, size);
        const { status, outBufferSize } = answer;
        return { status, outBufferSize, ...decoded('output', outputCodec, answer.data) };
      };
    },
    close: () => {
      kernel.obDereferenceObject(object);
    },
  };
}

function methodId<Data, Changes, Provider>(
  { name, methods = {} }: WmiBlock<Data, Changes, Provider>,
  wanted: string,
): number {
  const found = Object.entries(methods).find(([, method]) => method.name === wanted);
  if (found === undefined) throw new Error(`${name} has no method ${wanted}`);
  return Number(found[0]);
}

/** The value under its key, or nothing where there are no bytes or they are not the codec's. */
function decoded<Key extends string, T>(
  key: Key,
  codec: Codec<T> | undefined,
  bytes: Uint8Array | undefined,
): { readonly [K in Key]?: T } {
  const value = bytes === undefined ? undefined : codec?.decode(bytes);
  return (value === undefined ? {} : { [key]: value }) as { readonly [K in Key]?: T };
}

/** The bytes of one data item: `itemBytes(wmi.uint32, 1200)`. Throws a RangeError when the value does not fit. */
export function itemBytes<T>(type: FixedType<T> | WalkedType<T> | Codec<T>, value: T): Uint8Array {
  if ('encode' in type) return type.encode(value);
  if ('minimumSize' in type) {
    const measure = new WireWriter();
    type.write(measure, value, 'item');
    const bytes = new Uint8Array(measure.size);
    type.write(new WireWriter(viewOf(bytes)), value, 'item');
    return bytes;
  }
  const bytes = new Uint8Array(type.stride);
  type.write(viewOf(bytes), 0, value, 'item');
  return bytes;
}
