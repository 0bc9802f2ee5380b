/**
 * Reads records whose offsets are found by walking. It never throws and never reads outside its view.
 */
import { readCharacters } from './characters.js';
import { readArray, readBytes } from './fixed-arrays.js';
import { datetime, type FixedType, readDatetime } from './fixed-types.js';
import { type WalkedType } from './walked-types.js';

/**
 * Walks a record from its start, item by item, aligning each to its type.
 *
 * The first item that does not fit, or is malformed, sets `ok` to false permanently; every later read returns a zero. A
 * generated reader therefore checks `ok` once, at the end.
 */
export class WireReader {
  #at = 0;
  #ok = true;

  constructor(private readonly view: DataView) {}

  /** Whether everything read so far fits and is well formed. */
  get ok(): boolean {
    return this.#ok;
  }

  /** Aligns, advances by `size` bytes and returns their offset; -1 when they do not fit. */
  #advance(alignment: number, size: number): number {
    const at = this.#at + (-this.#at & (alignment - 1));
    if (!this.#ok || at + size > this.view.byteLength) {
      this.#ok = false;
      return -1;
    }
    this.#at = at + size;
    return at;
  }

  boolean(): boolean {
    const at = this.#advance(1, 1);
    return at >= 0 && this.view.getUint8(at) !== 0;
  }

  uint8(): number {
    const at = this.#advance(1, 1);
    return at < 0 ? 0 : this.view.getUint8(at);
  }

  sint8(): number {
    const at = this.#advance(1, 1);
    return at < 0 ? 0 : this.view.getInt8(at);
  }

  uint16(): number {
    const at = this.#advance(2, 2);
    return at < 0 ? 0 : this.view.getUint16(at, true);
  }

  sint16(): number {
    const at = this.#advance(2, 2);
    return at < 0 ? 0 : this.view.getInt16(at, true);
  }

  char16(): number {
    return this.uint16();
  }

  uint32(): number {
    const at = this.#advance(4, 4);
    return at < 0 ? 0 : this.view.getUint32(at, true);
  }

  sint32(): number {
    const at = this.#advance(4, 4);
    return at < 0 ? 0 : this.view.getInt32(at, true);
  }

  uint64(): bigint {
    const at = this.#advance(8, 8);
    return at < 0 ? 0n : this.view.getBigUint64(at, true);
  }

  sint64(): bigint {
    const at = this.#advance(8, 8);
    return at < 0 ? 0n : this.view.getBigInt64(at, true);
  }

  datetime(): string {
    const at = this.#advance(2, datetime.stride);
    return at < 0 ? '' : readDatetime(this.view, at);
  }

  /** A counted string; trailing NULs are padding. An odd byte count is malformed. */
  string(): string {
    const size = this.uint16();
    if ((size & 1) !== 0) this.#ok = false;
    const at = this.#advance(1, size);
    if (at < 0) return '';
    let length = size >> 1;
    while (length > 0 && this.view.getUint16(at + 2 * (length - 1), true) === 0) length -= 1;
    return readCharacters(this.view, at, length);
  }

  /**
   * A counted string with MaxLen: up to 2(maxLength + 1) bytes, of which NULs at the end are padding
   * (docs/spec/runtime.md#generated-providers, rule 6).
   */
  boundedString(maxLength: number): string {
    const start = this.#at + (this.#at & 1);
    const text = this.string();
    const size = this.#at - start - 2;
    if (text.length > maxLength || size > 2 * (maxLength + 1)) this.#ok = false;
    return this.#ok ? text : '';
  }

  /** A value of a fixed type. */
  fixed<T>(type: FixedType<T>): T {
    const at = this.#advance(type.alignment, type.stride);
    // Once `ok` is false, values are not used, so any placeholder will do.
    return at < 0 ? (undefined as T) : type.read(this.view, at);
  }

  /** A value that has to be walked. */
  walked<T>(type: WalkedType<T>): T {
    this.#align(type.alignment);
    const value = type.read(this);
    this.#align(type.tail);
    return value;
  }

  bytes(length: number | bigint): Uint8Array {
    const at = this.#advanceMany(length, 1, 1);
    return at < 0 ? new Uint8Array(0) : readBytes(this.view, at, Number(length));
  }

  array<T>(length: number | bigint, type: FixedType<T>): T[] {
    const at = this.#advanceMany(length, type.alignment, type.stride);
    return at < 0 ? [] : readArray(this.view, at, Number(length), type);
  }

  /** Advances over `length` elements. The count comes from the sender and is checked before any multiplication. */
  #advanceMany(length: number | bigint, alignment: number, size: number): number {
    const count = Number(length);
    // The cursor may be after the end, where the last structure's trailing padding is missing.
    if (count === 0 && this.#ok) return Math.min(this.#at, this.view.byteLength);
    if (count < 0 || count > this.view.byteLength / size) {
      this.#ok = false;
      return -1;
    }
    return this.#advance(alignment, count * size);
  }

  /** Walked elements. A count that exceeds the buffer is found before any element is read. */
  many<T>(length: number | bigint, type: WalkedType<T>): T[] {
    const count = Number(length);
    const minimum = count * Math.max(1, type.minimumSize);
    if (count !== 0 && (count < 0 || minimum > this.#left())) this.#ok = false;
    const values: T[] = [];
    for (let index = 0; index < count && this.#ok; index += 1) values.push(this.walked(type));
    return values;
  }

  /** Elements to the end of the buffer; a partial element at the end is ignored. */
  rest<T>(type: FixedType<T>): T[] {
    const left = this.#bytesLeftFor(type.alignment);
    return this.array(Math.max(0, Math.floor(left / type.stride)), type);
  }

  restBytes(): Uint8Array {
    return this.bytes(Math.max(0, this.#left()));
  }

  /** Walked elements, until fewer bytes are left than the smallest element has. */
  restMany<T>(type: WalkedType<T>): T[] {
    const values: T[] = [];
    const minimum = Math.max(1, type.minimumSize);
    while (this.#ok && this.#bytesLeftFor(type.alignment) >= minimum)
      values.push(this.walked(type));
    return values;
  }

  /** Bytes left after the padding of the next element; negative when the padding does not fit. */
  #bytesLeftFor(alignment: number): number {
    return this.#left() - (-this.#at & (alignment - 1));
  }

  #left(): number {
    return this.view.byteLength - this.#at;
  }

  #align(alignment: number): void {
    this.#at += -this.#at & (alignment - 1);
  }
}

/** Whether `read` succeeds within `input`; a `read` that returns `false` refuses the value. */
export function holds(input: DataView, read: (reader: WireReader) => unknown): boolean {
  const reader = new WireReader(input);
  const accepted = read(reader) !== false;
  return reader.ok && accepted;
}
