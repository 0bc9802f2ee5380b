/**
 * The contract between generated code and the runtime, version 1: what a generated block tells about itself, and how
 * requests for it reach a typed provider.
 *
 * The rules that every provider shares stand here once: check first and commit once, the statuses of wrong requests,
 * BufferUsed, and that outputs fit before a method has an effect (design.md, "Rules that decide correctness"). It knows
 * callbacks and bytes, but no WNODE and no request packet.
 */
import { type BufferResult, type WmiInstance, type WmiInstanceCallbacks } from './callbacks.js';
import {
  ntSuccess,
  type NtStatus,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER_MIX,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_ITEMID_NOT_FOUND,
  STATUS_WMI_SET_FAILURE,
} from './ntstatus.js';
import { statusOf } from './returned-status.js';
import { type Codec, encodedSize, encodeInto, leastSize } from './codec.js';

/** What a generated file says about one block: literals from the MOF, and its own typed codecs. */
export interface WmiBlock<Data, Changes, Provider> {
  /** The version of this contract that the code was generated for. */
  readonly contract: 1;
  readonly name: string;
  /** Lower-case registry form. */
  readonly guid: string;
  readonly expensive: boolean;
  /** Bytes; 0 when the size varies and only the validators can tell. */
  readonly minInstanceBufferSize: number;
  readonly data: Codec<Data>;
  /** The data of an instance now. */
  query(provider: Provider): Data;
  /** An expensive block's provider learns when the first consumer comes and the last one goes. */
  collect?(provider: Provider, enabled: boolean): NtStatus | void;
  /** How to change a block that has a writable item. */
  readonly set?: WmiBlockSetter<Data, Changes, Provider>;
  /** By WmiMethodId. */
  readonly methods?: Readonly<Record<number, WmiMethod<Provider>>>;
}

/** The set side of a block. `current` gives the stored data, for arrays whose count must stay as it is. */
export interface WmiBlockSetter<Data, Changes, Provider> {
  /** Anything but STATUS_SUCCESS refuses the request; nothing has been read yet. */
  validateInstance(input: DataView, current: () => Data): NtStatus;
  validateItem(dataItemId: number, input: DataView, current: () => Data): NtStatus;
  /** Reads the writable items of a whole instance that `validateInstance` passed. */
  readInstance(input: DataView): Changes;
  /** By WmiDataId: reads the one item that `validateItem` passed. */
  readonly items: Readonly<Record<number, (input: DataView) => Changes>>;
  /** Makes all the changes, or none and returns a failure; nothing returned is STATUS_SUCCESS. */
  apply(provider: Provider, changes: Changes): NtStatus | void;
}

/** What a generated file says about one event block. */
export interface WmiEventBlock<Data> {
  readonly contract: 1;
  readonly name: string;
  readonly guid: string;
  readonly expensive: boolean;
  readonly data: Codec<Data>;
  /** What tells a data block, which is no event. */
  readonly query?: never;
}

/** What a method gives back: named values, or nothing. */
export type MethodOutput = object | void;

/** A method's outputs, or a failure status, or outputs with a step that makes the effect. */
export type MethodReturn<Output extends MethodOutput> = Output | NtStatus | Committed<Output>;

/**
 * Outputs whose effect is still to come. `commit` runs only when the outputs fit the caller's buffer, so a caller who
 * has to ask again with more room causes the effect exactly once. Make it with `withCommit`.
 */
export class Committed<Output extends MethodOutput> {
  constructor(
    readonly output: Output,
    /** Makes the effect; a failure status it returns is the method's, and no output is written. */
    readonly commit: () => NtStatus | void,
  ) {}

  /** By shape: `import` and `require` load two copies of this class. No output of a method has a function in it. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return typeof (value as { commit?: unknown } | null | undefined)?.commit === 'function';
  }
}

/** `return withCommit({ Old: this.level }, () => { this.level = Level; });` */
export function withCommit<Output extends MethodOutput>(
  output: Output,
  commit: () => NtStatus | void,
): Committed<Output> {
  return new Committed(output, commit);
}

/** One method of a block, its types hidden behind bytes. Made by `defineMethod`. */
export interface WmiMethod<Provider> {
  readonly name: string;
  execute(provider: Provider, input: DataView, output: OutputBuffer): BufferResult;
}

/** Where output may go: `size` bytes from `offset` of `memory`. */
export interface OutputBuffer {
  readonly memory: Uint8Array;
  readonly offset: number;
  readonly size: number;
}

/** How a method's input is checked and read. */
export interface MethodInput<Input> {
  /** STATUS_INVALID_PARAMETER_MIX when the input is too short or malformed. */
  validate(input: DataView): NtStatus;
  /** Copies every input, before the first byte of output is written over it. */
  read(input: DataView): Input;
}

/** The input of a method that has none. */
export const NO_INPUT: MethodInput<void> = {
  validate: () => STATUS_SUCCESS,
  read: () => undefined,
};

/** What a generated file says about one method. */
export interface MethodDefinition<Provider, Input, Output extends MethodOutput> {
  readonly name: string;
  readonly input: MethodInput<Input>;
  readonly output: Codec<Output>;
  call(provider: Provider, input: Input): MethodReturn<Output>;
}

const failed = (status: NtStatus): BufferResult => ({ status, bufferUsed: 0 });

/** Ties a method's typed pieces together in the one order that is right (spec section 1.4). */
export function defineMethod<Provider, Input, Output extends MethodOutput>(
  method: MethodDefinition<Provider, Input, Output>,
): WmiMethod<Provider> {
  return {
    name: method.name,
    execute(provider, input, output) {
      const invalid = method.input.validate(input);
      if (!ntSuccess(invalid)) return failed(invalid);
      // A fixed output that does not fit is refused before the method runs: its effects are not wanted yet.
      if (method.output.kind === 'fixed' && output.size < method.output.size) {
        return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: method.output.size };
      }
      const returned = method.call(provider, method.input.read(input));
      if (typeof returned !== 'object') {
        const status = effectStatus(returned);
        // Success without the outputs that belong to it leaves the caller with nothing to read.
        const lacksOutput = ntSuccess(status) && leastSize(method.output) > 0;
        return failed(lacksOutput ? STATUS_UNSUCCESSFUL : status);
      }
      if (isNoRecord(returned)) return failed(STATUS_UNSUCCESSFUL);
      const value = returned instanceof Committed ? returned.output : returned;
      if (leastSize(method.output) > 0 && isNoRecord(value)) return failed(STATUS_UNSUCCESSFUL);
      const used = encodedSize(method.output, value);
      if (used > output.size) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: used };
      if (returned instanceof Committed) {
        // Encoded first: outputs may be the very arrays that the commit changes, and a wrong one must have no effect.
        const bytes = method.output.encode(value);
        const committed = effectStatus(returned.commit());
        if (!ntSuccess(committed)) return failed(committed);
        output.memory.set(bytes, output.offset);
      } else if (used > 0) {
        encodeInto(method.output, viewAt(output.memory, output.offset, used), value);
      }
      return { status: STATUS_SUCCESS, bufferUsed: used };
    },
  };
}

/** What making an effect came to: nothing returned is success, a promise or anything else is no answer. */
function effectStatus(returned: unknown): NtStatus {
  return returned === undefined ? STATUS_SUCCESS : statusOf(returned);
}

/** Whether a provider gave a promise, or nothing, where its data belongs: callbacks cannot wait. */
function isNoRecord(value: unknown): boolean {
  return (
    typeof value !== 'object' ||
    value === null ||
    typeof (value as { then?: unknown }).then === 'function'
  );
}

/** The callbacks that answer for one instance of `block` with one provider object. */
export function bindInstance<Data, Changes, Provider>(
  block: WmiBlock<Data, Changes, Provider>,
  provider: Provider,
): WmiInstanceCallbacks {
  const { data, set, methods } = block;
  const current = (): Data => block.query(provider);
  return {
    evtWmiInstanceQueryInstance(_instance, outBufferSize, memory, offset) {
      const room = writableSize(memory, offset, outBufferSize);
      if (data.kind === 'fixed' && room < data.size) {
        return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: data.size };
      }
      const value = current();
      if (isNoRecord(value)) return failed(STATUS_UNSUCCESSFUL);
      const used = encodedSize(data, value);
      if (used > room) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: used };
      if (used > 0) encodeInto(data, viewAt(memory, offset ?? 0, used), value);
      return { status: STATUS_SUCCESS, bufferUsed: used };
    },
    ...(set === undefined ? {} : bindSetter(set, provider, current)),
    ...(methods === undefined ? {} : bindMethods(methods, provider)),
  };
}

function bindSetter<Data, Changes, Provider>(
  set: WmiBlockSetter<Data, Changes, Provider>,
  provider: Provider,
  current: () => Data,
): WmiInstanceCallbacks {
  const items = new Map(Object.entries(set.items).map(([id, read]) => [Number(id), read]));
  return {
    evtWmiInstanceSetInstance(_instance, inBufferSize, memory, offset) {
      const input = inputView(memory, offset, inBufferSize);
      if (input === undefined) return STATUS_WMI_SET_FAILURE;
      const invalid = set.validateInstance(input, current);
      if (!ntSuccess(invalid)) return invalid;
      return effectStatus(set.apply(provider, set.readInstance(input)));
    },
    evtWmiInstanceSetItem(_instance, dataItemId, inBufferSize, memory, offset) {
      const input = inputView(memory, offset, inBufferSize);
      // The id and its access come first: they are wrong whatever the bytes are.
      const invalid = set.validateItem(dataItemId, input ?? NO_BYTES, current);
      if (!ntSuccess(invalid)) return invalid;
      if (input === undefined) return STATUS_WMI_SET_FAILURE;
      const read = items.get(dataItemId);
      if (read === undefined) return STATUS_WMI_ITEMID_NOT_FOUND;
      return effectStatus(set.apply(provider, read(input)));
    },
  };
}

function bindMethods<Provider>(
  methods: Readonly<Record<number, WmiMethod<Provider>>>,
  provider: Provider,
): WmiInstanceCallbacks {
  const byId = new Map(Object.entries(methods).map(([id, method]) => [Number(id), method]));
  return {
    evtWmiInstanceExecuteMethod(
      _instance: WmiInstance,
      methodId,
      inBufferSize,
      outBufferSize,
      memory,
      offset,
    ) {
      const method = byId.get(methodId);
      if (method === undefined) return failed(STATUS_WMI_ITEMID_NOT_FOUND);
      const input = inputView(memory, offset, inBufferSize);
      if (input === undefined) return failed(STATUS_INVALID_PARAMETER_MIX);
      const size = writableSize(memory, offset, outBufferSize);
      return method.execute(provider, input, { memory, offset: offset ?? 0, size });
    },
  };
}

const NO_BYTES = new DataView(new ArrayBuffer(0));

/** The stated input, or `undefined` when it does not lie inside the memory: the sender lied about its size. */
function inputView(memory: Uint8Array, offset: number | null, size: number): DataView | undefined {
  if (size === 0) return NO_BYTES;
  if (offset === null || offset < 0 || offset + size > memory.length) return undefined;
  return viewAt(memory, offset, size);
}

/** How much of the stated room really lies inside the memory. */
function writableSize(memory: Uint8Array, offset: number | null, size: number): number {
  if (offset === null || offset < 0) return 0;
  return Math.max(0, Math.min(size, memory.length - offset));
}

function viewAt(memory: Uint8Array, offset: number, size: number): DataView {
  return new DataView(memory.buffer, memory.byteOffset + offset, size);
}
