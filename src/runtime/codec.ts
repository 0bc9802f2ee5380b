/**
 * Codecs of whole records: what generated code makes of its read and write functions.
 *
 * A codec is also the type descriptor that embedding records use. It knows bytes, but no request and no provider.
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

/** A record in which every item has one size and offset. */
export interface FixedCodec<T> extends FixedType<T> {
  readonly kind: 'fixed';
  /** What errors call the record. */
  readonly name: string;
  /** Bytes up to the end of the last item, without tail padding. */
  readonly size: number;
  /** The record at the start of `bytes`; `undefined` when they are too few. */
  decode(bytes: Uint8Array): T | undefined;
  /** The record's bytes; throws an ItemError when a value does not fit its item. */
  encode(value: T): Uint8Array;
}

/** A record that has to be walked: it holds strings, or arrays whose length varies. */
export interface WalkedCodec<T> extends WalkedType<T> {
  readonly kind: 'walked';
  /** What errors call the record. */
  readonly name: string;
  /** The record at the start of `bytes`; `undefined` when they are too few or malformed. */
  decode(bytes: Uint8Array): T | undefined;
  /** The record's bytes; throws an ItemError when a value does not fit its item. */
  encode(value: T): Uint8Array;
}

export type Codec<T> = FixedCodec<T> | WalkedCodec<T>;

/** What generated code knows of a record with fixed offsets. */
export interface FixedRecord<T> {
  /** What errors call the record where it is not an item of another one. */
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

/** What generated code knows of a record that has to be walked. */
export interface WalkedRecord<T> {
  /** What errors call the record where it is not an item of another one. */
  readonly name: string;
  readonly alignment: number;
  /** The alignment of the record's end: that of the record where C knows the layout, else 1. */
  readonly tail: number;
  /** The fewest bytes that a value can take. */
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

/** The record that a provider returned; throws an ItemError with its name when it returned none. */
export function recordOf<T>(value: T, name: string): T {
  checkRecord(value, name);
  return value;
}

/** The same error about an item of the record `name`. */
function within(name: string, error: unknown): unknown {
  return error instanceof ItemError ? new ItemError(`${name}.${error.path}`, error.problem) : error;
}

/** The fewest bytes that any value takes. */
export function leastSize<T>(codec: Codec<T>): number {
  return codec.kind === 'fixed' ? codec.size : codec.minimumSize;
}

/** How many bytes `value` takes; throws an ItemError when a value does not fit its item. */
export function encodedSize<T>(codec: Codec<T>, value: T): number {
  if (codec.kind === 'fixed') return codec.size;
  const measure = new WireWriter();
  codec.write(measure, value, codec.name);
  return measure.size;
}

/** Writes `value` over the whole of `view`, which has `encodedSize` bytes; padding becomes zeros. */
export function encodeInto<T>(codec: Codec<T>, view: DataView, value: T): void {
  // What lay there before, such as a method's input, must not shine through the padding.
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(0);
  if (codec.kind === 'fixed') codec.write(view, 0, value, codec.name);
  else codec.write(new WireWriter(view), value, codec.name);
}

/** The input or the output of a method that has none: no bytes. */
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
