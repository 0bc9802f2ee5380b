/**
 * Types whose size is found by walking: counted strings, and those that generated code adds.
 */
import { type FixedType } from './fixed-types.js';
import { type WireReader } from './wire-reader.js';
import { type WireWriter } from './wire-writer.js';

/** Reads and writes one value whose size is found by walking. */
export interface WalkedType<T> {
  readonly alignment: number;
  /** Trailing alignment: its alignment where C defines the layout (strings with MaxLen), else 1. */
  readonly tail: number;
  /** The smallest encoded size in bytes. */
  readonly minimumSize: number;
  read(reader: WireReader): T;
  write(writer: WireWriter, value: T, name: string): void;
}

/** Counted strings, as elements of an array. */
export const string: WalkedType<string> = {
  alignment: 2,
  tail: 1,
  minimumSize: 2,
  read: (reader) => reader.string(),
  write: (writer, value, name) => writer.string(value, name),
};

/** Counted strings with MaxLen, as elements of an array. */
export function boundedString(maxLength: number): WalkedType<string> {
  return {
    alignment: 2,
    tail: 1,
    minimumSize: 2,
    read: (reader) => reader.boundedString(maxLength),
    write: (writer, value, name) => writer.boundedString(value, maxLength, name),
  };
}

/** Writes an array as the only item of a buffer. Within a record, the record's codec writes arrays. */
export interface ArrayType<T> {
  write(writer: WireWriter, value: T, name: string): void;
}

/** An array of `length` elements; of any number when `length` is absent. */
export function arrayOf<T>(type: FixedType<T>, length?: number): ArrayType<readonly T[]> {
  return {
    write: (writer, value, name) => writer.array(value, length, type, name),
  };
}

/** The same for elements of varying size. */
export function manyOf<T>(type: WalkedType<T>, length?: number): ArrayType<readonly T[]> {
  return {
    write: (writer, value, name) => writer.many(value, length, type, name),
  };
}

/** An array of uint8. */
export function bytesOf(length?: number): ArrayType<Uint8Array> {
  return {
    write: (writer, value, name) => writer.bytes(value, length, name),
  };
}
