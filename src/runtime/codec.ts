/**
 * Codecs of whole records, made of generated read and write functions. A codec is also the type descriptor that
 * embedding records use.
 */
import {
  type FixedType,
  ItemError,
  notA,
  viewOf,
  type WalkedType,
  WireReader,
  WireWriter,
} from './wire.js';

/** A record in which every item has a constant size and offset. */
export interface FixedCodec<T> extends FixedType<T> {
  readonly kind: 'fixed';
  /** The record's name in errors. */
  readonly name: string;
  /** Bytes up to the end of the last item, without tail padding. */
  readonly size: number;
  /** The record at the start of `bytes`; `undefined` when they are too few. */
  decode(bytes: Uint8Array): T | undefined;
  /** The record's bytes; throws an ItemError when a value does not fit its item. */
  encode(value: T): Uint8Array;
}

/** A record that has to be walked: it contains strings, or arrays whose length varies. */
export interface WalkedCodec<T> extends WalkedType<T> {
  readonly kind: 'walked';
  /** The record's name in errors. */
  readonly name: string;
  /** The record at the start of `bytes`; `undefined` when they are too few or malformed. */
  decode(bytes: Uint8Array): T | undefined;
  /** The record's bytes; throws an ItemError when a value does not fit its item. */
  encode(value: T): Uint8Array;
}

export type Codec<T> = FixedCodec<T> | WalkedCodec<T>;

/** The generated facts of a record with fixed offsets. */
export interface FixedRecord<T> {
  /** The record's name in errors, unless it is an item of another record. */
  readonly name: string;
  /** Bytes up to the end of the last item, without tail padding. */
  readonly size: number;
  /** Bytes from one element to the next in an array. */
  readonly stride: number;
  readonly alignment: number;
  readonly read: (view: DataView, at: number) => T;
  /** Throws an ItemError that names the item. */
  readonly write: (view: DataView, at: number, value: T) => void;
}

/** The generated facts of a record that has to be walked. */
export interface WalkedRecord<T> {
  /** The record's name in errors, unless it is an item of another record. */
  readonly name: string;
  readonly alignment: number;
  /** Trailing alignment: that of the record where C defines the layout, else 1. */
  readonly tail: number;
  /** The smallest encoded size in bytes. */
  readonly minimumSize: number;
  readonly read: (reader: WireReader) => T;
  /** Throws an ItemError that names the item. */
  readonly write: (writer: WireWriter, value: T) => void;
}

/** Completes the codec of a record with fixed offsets. */
export function fixedCodec<T>(record: FixedRecord<T>): FixedCodec<T> {
  const write = (view: DataView, at: number, value: T, name: string): void => {
    checkRecord(value, name);
    try {
      record.write(view, at, value);
    } catch (error) {
      throw within(name, error);
    }
  };
  return {
    kind: 'fixed',
    name: record.name,
    size: record.size,
    stride: record.stride,
    alignment: record.alignment,
    read: record.read,
    write,
    decode: (bytes) => (bytes.length < record.size ? undefined : record.read(viewOf(bytes), 0)),
    encode(value) {
      const bytes = new Uint8Array(record.size);
      write(new DataView(bytes.buffer), 0, value, record.name);
      return bytes;
    },
  };
}

/** Completes the codec of a record that has to be walked. */
export function walkedCodec<T>(record: WalkedRecord<T>): WalkedCodec<T> {
  const codec: WalkedCodec<T> = {
    kind: 'walked',
    name: record.name,
    alignment: record.alignment,
    tail: record.tail,
    minimumSize: record.minimumSize,
    read: record.read,
    write(writer, value, name) {
      checkRecord(value, name);
      try {
        record.write(writer, value);
      } catch (error) {
        throw within(name, error);
      }
    },
    decode(bytes) {
      const reader = new WireReader(viewOf(bytes));
      const value = record.read(reader);
      return reader.ok ? value : undefined;
    },
    encode(value) {
      const bytes = new Uint8Array(encodedSize(codec, value));
      codec.write(new WireWriter(new DataView(bytes.buffer)), value, record.name);
      return bytes;
    },
  };
  return codec;
}

function checkRecord(value: unknown, name: string): void {
  if (typeof value !== 'object' || value === null) notA(value, 'record', name);
}

/** The record that a provider returned; throws an ItemError with its name when there is none. */
export function recordOf<T>(value: T, name: string): T {
  checkRecord(value, name);
  return value;
}

/** The same error, with the name of the record prepended. */
function within(name: string, error: unknown): unknown {
  return error instanceof ItemError ? new ItemError(`${name}.${error.path}`, error.problem) : error;
}

/** The smallest encoded size in bytes. */
export function minimumSizeOf<T>(codec: Codec<T>): number {
  return codec.kind === 'fixed' ? codec.size : codec.minimumSize;
}

/** The encoded size of `value` in bytes; throws an ItemError when a value does not fit its item. */
export function encodedSize<T>(codec: Codec<T>, value: T): number {
  if (codec.kind === 'fixed') return codec.size;
  const measure = new WireWriter();
  codec.write(measure, value, codec.name);
  return measure.size;
}

/** Writes `value` over the whole of `view`, which has `encodedSize` bytes; padding becomes zeros. */
export function encodeInto<T>(codec: Codec<T>, view: DataView, value: T): void {
  // Clears old content, such as a method's input, so that padding never discloses it.
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(0);
  if (codec.kind === 'fixed') codec.write(view, 0, value, codec.name);
  else codec.write(new WireWriter(view), value, codec.name);
}

/** The codec of a method without inputs or outputs: no bytes. */
export const NO_PARAMETERS: FixedCodec<undefined> = {
  kind: 'fixed',
  name: 'no parameters',
  size: 0,
  stride: 0,
  alignment: 1,
  read: () => undefined,
  write: () => undefined,
  decode: () => undefined,
  encode: () => new Uint8Array(),
};
