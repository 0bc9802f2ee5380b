/**
 * The contract between generated code and the runtime, version 2: the facts of a generated block, and how its requests
 * reach a typed provider.
 *
 * Holds the rules that all providers share: check first and commit once, the statuses of wrong requests, BufferUsed,
 * and that outputs fit before a method has an effect (docs/spec/runtime.md#generated-providers).
 */
import { copyOf, viewOf } from './memory.js';
import { requireInside, SimulatedBugCheck } from './bug-check.js';
import { type BufferResult, type WmiInstance, type WmiInstanceCallbacks } from './callbacks.js';
import {
  ntSuccess,
  type NtStatus,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_ITEMID_NOT_FOUND,
} from './ntstatus.js';
import { statusOf } from './returned-status.js';
import { type Codec, encodedSize, encodeInto, minimumSizeOf, recordOf } from './codec.js';
import { WireReader, type WireWriter } from './wire.js';

/** The types of a generated block under one name. */
export interface BlockTypes {
  /** The data of an instance: one property for each data item. */
  readonly data: object;
  /** The writable items, each optional; `never` where there are none. */
  readonly changes: object;
  /** What the author implements. */
  readonly provider: object;
  /** A property of MethodTypes for each method. */
  readonly methods: object;
}

/** The types of one method. */
export interface MethodTypes {
  /** The WmiMethodId. */
  readonly id: number;
  readonly input: object | undefined;
  readonly output: MethodOutput;
}

/** Writes one value of an item that is alone in its buffer. */
export type ItemType<T> =
  | {
      /** Bytes; `stride` when absent. A record in an array has padding after it, a single one has none. */
      readonly size?: number;
      readonly stride: number;
      write(view: DataView, at: number, value: T, name: string): void;
    }
  | {
      /** The end of an element is found by walking. */
      readonly stride?: undefined;
      write(writer: WireWriter, value: T, name: string): void;
    };

/** A data item: its WmiDataId, and how it is written in a set-item request. */
export interface WmiItem<T> {
  readonly id: number;
  readonly type: ItemType<T>;
}

/** The data items of a record by name. */
export type WmiItems<Data> = { readonly [Name in keyof Data]-?: WmiItem<Data[Name]> };

/** The methods of a block by WmiMethodId, with the names and types of `Methods`. */
export type WmiMethods<Provider, Methods> = {
  readonly [Name in keyof Methods as MethodIn<Methods, Name>['id']]: WmiMethod<
    Provider,
    Name,
    MethodIn<Methods, Name>['input'],
    MethodIn<Methods, Name>['output']
  >;
};

type MethodIn<Methods, Name extends keyof Methods> = Extract<Methods[Name], MethodTypes>;

/** A generated block: literals from the MOF, its typed codecs, and how requests reach its provider. */
export interface WmiBlock<Types extends BlockTypes> {
  /** The version of this contract that the code was generated for. */
  readonly contract: 2;
  readonly name: string;
  /** Lower-case registry form. */
  readonly guid: string;
  readonly expensive: boolean;
  /** Bytes; 0 when the size varies and only the validators can check it. */
  readonly minInstanceBufferSize: number;
  readonly data: Codec<Types['data']>;
  readonly items: WmiItems<Types['data']>;
  /** The data of an instance now. */
  query(provider: Types['provider']): Types['data'];
  /** Called for an expensive block when its first consumer opens it and its last one closes it. */
  collect?(provider: Types['provider'], enabled: boolean): NtStatus | undefined;
  /** How to change a block that has a writable item. */
  readonly set?: WmiBlockSetter<Types>;
  readonly methods?: WmiMethods<Types['provider'], Types['methods']>;
}

/** The set side of a block. `current` returns the stored data, for arrays whose count must not change. */
export interface WmiBlockSetter<Types extends BlockTypes> {
  /** Any status but STATUS_SUCCESS refuses the request; nothing has been read yet. */
  validateInstance(input: DataView, current: () => Types['data']): NtStatus;
  validateItem(dataItemId: number, input: DataView, current: () => Types['data']): NtStatus;
  /** Reads the writable items of a whole instance that `validateInstance` passed. */
  readInstance(input: DataView): Types['changes'];
  /** By WmiDataId: reads the one item that `validateItem` passed. */
  readonly items: Readonly<Record<number, (input: DataView) => Types['changes']>>;
  /** Makes all the changes, or none and returns a failure; `undefined` is STATUS_SUCCESS. */
  apply(provider: Types['provider'], changes: Types['changes']): NtStatus | undefined;
}

/** The facts of a generated event block. */
export interface WmiEventBlock<Data> {
  readonly contract: 2;
  readonly name: string;
  readonly guid: string;
  readonly expensive: boolean;
  readonly data: Codec<Data>;
  /** Distinguishes events from data blocks. */
  readonly query?: never;
}

/** The outputs of a method: named values, or nothing. */
export type MethodOutput = object | undefined;

/** A method's outputs, a failure status, or outputs with a step that makes the effect. */
export type MethodReturn<Output extends MethodOutput> = Output | NtStatus | Committed<Output>;

const COMMITTED: unique symbol = Symbol.for('mofgen.committed');

/**
 * Outputs with a pending effect. `commit` runs only when the outputs fit the caller's buffer, so a retry with a larger
 * buffer causes the effect exactly once. Make it with `withCommit`.
 */
export class Committed<Output extends MethodOutput> {
  constructor(
    readonly output: Output,
    /** Makes the effect. A failure status from it becomes the method's status, and no output is written. */
    readonly commit: () => NtStatus | undefined,
  ) {}

  /** `import` and `require` load two copies of this class; this key identifies instances of both. */
  readonly [COMMITTED] = true;

  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof value === 'object' && value !== null && COMMITTED in value;
  }
}

/** `return withCommit({ Old: this.level }, () => { this.level = Level; });` */
export function withCommit<Output extends MethodOutput>(
  output: Output,
  commit: () => NtStatus | undefined,
): Committed<Output> {
  return new Committed(output, commit);
}

/** One method of a block; made by `defineMethod`. */
export interface WmiMethod<Provider, Name, Input, Output> {
  readonly name: Name;
  readonly input: Codec<Input>;
  readonly output: Codec<Output>;
  execute(provider: Provider, input: DataView, output: OutputBuffer): BufferResult;
}

/** The output buffer: `size` bytes at `offset` of `memory`; `null` is a NULL pointer. */
export interface OutputBuffer {
  readonly memory: Uint8Array;
  readonly offset: number | null;
  readonly size: number;
}

/** A generated method: its codecs, the check of its input, and the provider's function. */
export interface MethodDefinition<Provider, Name, Input, Output extends MethodOutput> {
  readonly name: Name;
  readonly input: Codec<Input>;
  /** STATUS_INVALID_PARAMETER_MIX when the input is too short or malformed; absent where there is none. */
  readonly validate?: (input: DataView) => NtStatus;
  readonly output: Codec<Output>;
  call(provider: Provider, input: Input): MethodReturn<Output>;
}

const failed = (status: NtStatus): BufferResult => ({ status, bufferUsed: 0 });

/** Combines a method's typed parts in the required order (docs/spec/runtime.md#evtwmiinstanceexecutemethod). */
export function defineMethod<
  Provider,
  const Name extends string,
  Input,
  Output extends MethodOutput,
>(
  method: MethodDefinition<Provider, Name, Input, Output>,
): WmiMethod<Provider, Name, Input, Output> {
  return {
    name: method.name,
    input: method.input,
    output: method.output,
    execute(provider, input, output) {
      const invalid = reading(input, () => method.validate?.(input) ?? STATUS_SUCCESS);
      if (!ntSuccess(invalid)) return failed(invalid);
      // A fixed output that does not fit is refused before the method runs, so that a retry repeats no side effect.
      if (method.output.kind === 'fixed' && output.size < method.output.size) {
        return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: method.output.size };
      }
      // Input and output share the buffer: all input is copied before output is written.
      const returned = method.call(
        provider,
        reading(input, () => readFrom(method.input, input)),
      );
      if (typeof returned !== 'object') {
        const status = effectStatus(returned);
        // Success without the outputs that belong to it would leave the caller nothing to read.
        const lacksOutput = ntSuccess(status) && minimumSizeOf(method.output) > 0;
        return failed(lacksOutput ? STATUS_UNSUCCESSFUL : status);
      }
      if (isNoRecord(returned)) return failed(STATUS_UNSUCCESSFUL);
      const value = returned instanceof Committed ? returned.output : returned;
      if (minimumSizeOf(method.output) > 0 && isNoRecord(value)) return failed(STATUS_UNSUCCESSFUL);
      const used = encodedSize(method.output, value);
      if (used > output.size) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: used };
      if (returned instanceof Committed) {
        // Encoded before the commit: it may change the very arrays that are outputs, and an invalid output must have no
        // effect.
        const bytes = method.output.encode(value);
        const committed = effectStatus(returned.commit());
        if (!ntSuccess(committed)) return failed(committed);
        if (used > 0) bytesOf(viewAt(output.memory, output.offset, used)).set(bytes);
      } else if (used > 0) {
        encodeInto(method.output, viewAt(output.memory, output.offset, used), value);
      }
      return { status: STATUS_SUCCESS, bufferUsed: used };
    },
  };
}

/** The status of a commit: `undefined` is success; a promise or any other value is a failure. */
function effectStatus(returned: unknown): NtStatus {
  return returned === undefined ? STATUS_SUCCESS : statusOf(returned);
}

/** Whether a provider returned a promise, or nothing, in place of its data. Callbacks cannot wait. */
function isNoRecord(value: unknown): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/** The byte-level callbacks for one instance of `block`, served by one provider object. */
export function bindInstance<Types extends BlockTypes>(
  block: WmiBlock<Types>,
  provider: Types['provider'],
): WmiInstanceCallbacks {
  const { data, set } = block;
  const methods = methodsOf(block);
  const current = (): Types['data'] => block.query(provider);
  // Each driver model decides how a query of a block with methods alone is answered.
  const hasNoData = methods.size > 0 && Object.keys(block.items).length === 0;
  return {
    ...(hasNoData ? {} : bindQuery(data, current)),
    ...(set === undefined ? {} : bindSetter(set, provider, () => recordOf(current(), data.name))),
    ...(methods.size === 0 ? {} : bindMethods(methods, provider)),
  };
}

function bindQuery<Data>(data: Codec<Data>, current: () => Data): WmiInstanceCallbacks {
  return {
    evtWmiInstanceQueryInstance(_instance, room, memory, offset) {
      if (data.kind === 'fixed' && room < data.size) {
        return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: data.size };
      }
      const value = current();
      if (isNoRecord(value)) return failed(STATUS_UNSUCCESSFUL);
      const used = encodedSize(data, value);
      if (used > room) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: used };
      if (used > 0) encodeInto(data, viewAt(memory, offset, used), value);
      return { status: STATUS_SUCCESS, bufferUsed: used };
    },
  };
}

function bindSetter<Types extends BlockTypes>(
  set: WmiBlockSetter<Types>,
  provider: Types['provider'],
  current: () => Types['data'],
): WmiInstanceCallbacks {
  const items = new Map(Object.entries(set.items).map(([id, read]) => [Number(id), read]));
  return {
    evtWmiInstanceSetInstance(_instance, inBufferSize, memory, offset) {
      const input = inputView(memory, offset, inBufferSize);
      const invalid = reading(input, () => set.validateInstance(input, current));
      if (!ntSuccess(invalid)) return invalid;
      const changes = reading(input, () => set.readInstance(input));
      return effectStatus(set.apply(provider, changes));
    },
    evtWmiInstanceSetItem(_instance, dataItemId, inBufferSize, memory, offset) {
      const input = inputView(memory, offset, inBufferSize);
      // The id and its access are checked first; they are wrong whatever the bytes are.
      const invalid = reading(input, () => set.validateItem(dataItemId, input, current));
      if (!ntSuccess(invalid)) return invalid;
      const read = items.get(dataItemId);
      if (read === undefined) return STATUS_WMI_ITEMID_NOT_FOUND;
      const changes = reading(input, () => read(input));
      return effectStatus(set.apply(provider, changes));
    },
  };
}

/** A method of unknown types. */
export type AnyMethod<Provider> = WmiMethod<Provider, string, unknown, unknown>;

/** The methods of a block by WmiMethodId. */
export function methodsOf<Types extends BlockTypes>({
  methods,
}: WmiBlock<Types>): ReadonlyMap<number, AnyMethod<Types['provider']>> {
  const entries = Object.entries((methods ?? {}) as Record<string, AnyMethod<Types['provider']>>);
  return new Map(entries.map(([id, method]) => [Number(id), method]));
}

function bindMethods<Provider>(
  methods: ReadonlyMap<number, AnyMethod<Provider>>,
  provider: Provider,
): WmiInstanceCallbacks {
  return {
    evtWmiInstanceExecuteMethod(
      _instance: WmiInstance,
      methodId,
      inBufferSize,
      outBufferSize,
      memory,
      offset,
    ) {
      const method = methods.get(methodId);
      if (method === undefined) return failed(STATUS_WMI_ITEMID_NOT_FOUND);
      const input = inputView(memory, offset, inBufferSize);
      return method.execute(provider, input, { memory, offset, size: outBufferSize });
    },
  };
}

function readFrom<T>(codec: Codec<T>, input: DataView): T {
  return codec.kind === 'fixed' ? codec.read(input, 0) : codec.read(new WireReader(input));
}

const NO_BYTES = new DataView(new ArrayBuffer(0));

/**
 * The input with its stated size. A driver trusts that size and reads only what it needs: when memory ends early, the
 * view states the whole size and has the bytes that exist. With hardening such a request is refused earlier.
 */
function inputView(memory: Uint8Array, offset: number | null, size: number): DataView {
  if (size === 0) return NO_BYTES;
  const exists = offset !== null && offset >= 0;
  if (exists && offset + size <= memory.length) return viewAt(memory, offset, size);
  const view = viewOf(copyOf(memory, exists ? offset : memory.length));
  return Object.defineProperty(view, 'byteLength', { value: size });
}

/** Reads input; a read beyond the existing bytes is a simulated bug check. */
function reading<T>(input: DataView, read: () => T): T {
  if (input.byteOffset + input.byteLength <= input.buffer.byteLength) return read();
  try {
    return read();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new SimulatedBugCheck(
      `read beyond ${input.buffer.byteLength} bytes of input; the request states ${input.byteLength}`,
    );
  }
}

function bytesOf(view: DataView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** A view of the output bytes. */
function viewAt(memory: Uint8Array, offset: number | null, size: number): DataView {
  if (offset === null) throw new SimulatedBugCheck(`access to ${size} bytes at NULL`);
  requireInside(memory, offset, size);
  return new DataView(memory.buffer, memory.byteOffset + offset, size);
}
