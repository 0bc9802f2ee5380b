/**
 * Values whose size only shows while walking them: counted strings, and what generated code adds.
 */
import { type FixedType } from './fixed-types.js';
import { type WireReader } from './wire-reader.js';
import { type WireWriter } from './wire-writer.js';

/** How to read and write one value whose size only shows while walking it. */
export interface WalkedType<T> {
  readonly alignment: number;
  /** What its end is rounded up to: its alignment where C knows the layout (strings with MaxLen), else 1. */
  readonly tail: number;
  /** The fewest bytes that a value can take. */
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

/** Writes arrays that are alone in a buffer; in a record, the record's codec writes them. */
export interface ArrayType<T> {
  write(writer: WireWriter, value: T, name: string): void;
}

/** An array of `length` elements; of any number of them when that is left out. */
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
