/**
 * Writes records whose offsets are found by walking. It throws a RangeError when a value does not fit its item.
 */
import { writeCharacters } from './characters.js';
import { checkLength, writeBytes, writeElements } from './fixed-arrays.js';
import {
  datetime,
  type FixedType,
  ItemError,
  notA,
  writeBoolean,
  writeUint8,
  writeSint8,
  writeUint16,
  writeSint16,
  writeChar16,
  writeUint32,
  writeSint32,
  writeUint64,
  writeSint64,
  writeDatetime,
} from './fixed-types.js';
import { type WalkedType } from './walked-types.js';

/** In characters: a string's byte count is an even USHORT. */
const MAX_STRING_LENGTH = 0x7fff;

function checkText(value: string, maxLength: number, name: string): void {
  if (typeof value !== 'string') notA(value, 'string', name);
  if (value.length > maxLength) {
    throw new ItemError(name, `${value.length} characters, at most ${maxLength} fit`);
  }
}

/**
 * Writes a record from its start, item by item; without a view it only measures.
 *
 * One generated function serves both passes, so the size and the bytes always agree. Padding is not written, so the
 * memory has to be zeroed.
 */
export class WireWriter {
  #at = 0;

  constructor(private readonly view?: DataView) {}

  /** Bytes written, or needed, so far. */
  get size(): number {
    return this.#at;
  }

  #reserve(alignment: number, size: number): number {
    const at = this.#at + (-this.#at & (alignment - 1));
    this.#at = at + size;
    return at;
  }

  boolean(value: boolean, name: string): void {
    const at = this.#reserve(1, 1);
    if (this.view !== undefined) writeBoolean(this.view, at, value, name);
  }

  uint8(value: number, name: string): void {
    const at = this.#reserve(1, 1);
    if (this.view !== undefined) writeUint8(this.view, at, value, name);
  }

  sint8(value: number, name: string): void {
    const at = this.#reserve(1, 1);
    if (this.view !== undefined) writeSint8(this.view, at, value, name);
  }

  uint16(value: number, name: string): void {
    const at = this.#reserve(2, 2);
    if (this.view !== undefined) writeUint16(this.view, at, value, name);
  }

  sint16(value: number, name: string): void {
    const at = this.#reserve(2, 2);
    if (this.view !== undefined) writeSint16(this.view, at, value, name);
  }

  char16(value: number, name: string): void {
    const at = this.#reserve(2, 2);
    if (this.view !== undefined) writeChar16(this.view, at, value, name);
  }

  uint32(value: number, name: string): void {
    const at = this.#reserve(4, 4);
    if (this.view !== undefined) writeUint32(this.view, at, value, name);
  }

  sint32(value: number, name: string): void {
    const at = this.#reserve(4, 4);
    if (this.view !== undefined) writeSint32(this.view, at, value, name);
  }

  uint64(value: bigint, name: string): void {
    const at = this.#reserve(8, 8);
    if (this.view !== undefined) writeUint64(this.view, at, value, name);
  }

  sint64(value: bigint, name: string): void {
    const at = this.#reserve(8, 8);
    if (this.view !== undefined) writeSint64(this.view, at, value, name);
  }

  datetime(value: string, name: string): void {
    const at = this.#reserve(datetime.alignment, datetime.stride);
    if (this.view !== undefined) writeDatetime(this.view, at, value, name);
  }

  /** An embedded record of a fixed type. */
  fixed<T>(type: FixedType<T>, value: T, name: string): void {
    const at = this.#reserve(type.alignment, type.stride);
    if (this.view !== undefined) type.write(this.view, at, value, name);
  }

  string(value: string, name: string): void {
    checkText(value, MAX_STRING_LENGTH, name);
    const at = this.#reserve(2, 2 + 2 * value.length);
    if (this.view === undefined) return;
    this.view.setUint16(at, 2 * value.length, true);
    writeCharacters(this.view, at + 2, value);
  }

  /** The full slot of a string with MaxLen: the byte count 2·maxLength, the text, zeros. */
  boundedString(value: string, maxLength: number, name: string): void {
    checkText(value, maxLength, name);
    const at = this.#reserve(2, 2 + 2 * maxLength);
    if (this.view === undefined) return;
    this.view.setUint16(at, 2 * maxLength, true);
    writeCharacters(this.view, at + 2, value);
  }

  /** `length` is the required number of elements; `undefined` allows any number. */
  bytes(values: Uint8Array, length: number | bigint | undefined, name: string): void {
    checkLength(values, length, name);
    const at = this.#reserve(1, values.length);
    if (this.view !== undefined) writeBytes(this.view, at, values, values.length, name);
  }

  array<T>(
    values: readonly T[],
    length: number | bigint | undefined,
    type: FixedType<T>,
    name: string,
  ): void {
    checkLength(values, length, name);
    if (values.length === 0) return;
    const at = this.#reserve(type.alignment, values.length * type.stride);
    if (this.view !== undefined) writeElements(this.view, at, values, type, name);
  }

  /** A value that has to be walked. */
  walked<T>(type: WalkedType<T>, value: T, name: string): void {
    this.#reserve(type.alignment, 0);
    type.write(this, value, name);
    this.#reserve(type.tail, 0);
  }

  many<T>(
    values: readonly T[],
    length: number | bigint | undefined,
    type: WalkedType<T>,
    name: string,
  ): void {
    checkLength(values, length, name);
    for (const value of values) this.walked(type, value, name);
  }
}
