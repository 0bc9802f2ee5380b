/**
 * Reads and writes data items as WMI lays them out on the wire; generated codecs are made of these pieces.
 *
 * Little-endian, natural alignment counted from the record's start, strings as a USHORT byte count and UTF-16
 * (driver-defined WMI data items, windows-driver-docs; spec/runtime-core.md section 2). Nothing here knows a block.
 *
 * Reading never throws and never touches a byte outside the view it was given. Writing throws a RangeError when a value
 * does not fit its item: that is a fault of the provider, not of the request.
 */
import { readCharacters, writeCharacters } from './characters.js';
import { datetime, type FixedType, readDatetime } from './fixed-types.js';

export * from './fixed-types.js';

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

/** A string's byte count is a USHORT and even: 32,767 characters. */
const LONGEST_STRING = 0x7fff;

/** A view on `bytes`. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// --- Arrays at a known offset --------------------------------------------------------------------------------------

export function readArray<T>(view: DataView, at: number, length: number, type: FixedType<T>): T[] {
  if (type.readMany !== undefined) return type.readMany(view, at, length);
  const values = new Array<T>(length);
  for (let index = 0; index < length; index += 1) {
    values[index] = type.read(view, at + index * type.stride);
  }
  return values;
}

export function writeArray<T>(
  view: DataView,
  at: number,
  values: readonly T[],
  length: number,
  type: FixedType<T>,
  name: string,
): void {
  checkLength(values, length, name);
  writeElements(view, at, values, type, name);
}

function writeElements<T>(
  view: DataView,
  at: number,
  values: readonly T[],
  type: FixedType<T>,
  name: string,
): void {
  if (type.writeMany !== undefined) {
    type.writeMany(view, at, values, name);
    return;
  }
  let offset = at;
  for (const value of values) {
    type.write(view, offset, value, name);
    offset += type.stride;
  }
}

/** An array of uint8, copied. */
export function readBytes(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(new Uint8Array(view.buffer, view.byteOffset + at, length));
}

export function writeBytes(
  view: DataView,
  at: number,
  values: Uint8Array,
  length: number,
  name: string,
): void {
  checkLength(values, length, name);
  if (length > FEW_BYTES) {
    new Uint8Array(view.buffer, view.byteOffset + at, length).set(values);
    return;
  }
  for (let index = 0; index < length; index += 1) view.setUint8(at + index, values[index] ?? 0);
}

/** Up to here, writing bytes one by one is faster than making an array to copy them with. */
const FEW_BYTES = 32;

/** `length` values made by `make`: the starting content of an array. */
export function repeat<T>(length: number | bigint, make: () => T): T[] {
  return Array.from({ length: Number(length) }, make);
}

function checkLength(
  values: { readonly length: number },
  length: number | bigint,
  name: string,
): void {
  if (values.length !== Number(length)) {
    throw new RangeError(`${name}: ${values.length} elements where ${length} belong`);
  }
}

// --- Data whose offsets are found by walking -----------------------------------------------------------------------

/**
 * Walks a record from its start, item by item, aligning each to its type.
 *
 * The first item that does not fit, or is malformed, makes `ok` false for good; from then on every read gives a zero.
 * So a generated reader reads straight on and asks `ok` once at the end.
 */
export class WireReader {
  #at = 0;
  #ok = true;

  constructor(private readonly view: DataView) {}

  /** Whether everything read so far was there and well formed. */
  get ok(): boolean {
    return this.#ok;
  }

  /** Aligns, takes `size` bytes and returns where they begin; -1 when they are not there. */
  #take(alignment: number, size: number): number {
    const at = this.#at + (-this.#at & (alignment - 1));
    if (!this.#ok || at + size > this.view.byteLength) {
      this.#ok = false;
      return -1;
    }
    this.#at = at + size;
    return at;
  }

  boolean(): boolean {
    const at = this.#take(1, 1);
    return at >= 0 && this.view.getUint8(at) !== 0;
  }

  uint8(): number {
    const at = this.#take(1, 1);
    return at < 0 ? 0 : this.view.getUint8(at);
  }

  sint8(): number {
    const at = this.#take(1, 1);
    return at < 0 ? 0 : this.view.getInt8(at);
  }

  uint16(): number {
    const at = this.#take(2, 2);
    return at < 0 ? 0 : this.view.getUint16(at, true);
  }

  sint16(): number {
    const at = this.#take(2, 2);
    return at < 0 ? 0 : this.view.getInt16(at, true);
  }

  char16(): number {
    return this.uint16();
  }

  uint32(): number {
    const at = this.#take(4, 4);
    return at < 0 ? 0 : this.view.getUint32(at, true);
  }

  sint32(): number {
    const at = this.#take(4, 4);
    return at < 0 ? 0 : this.view.getInt32(at, true);
  }

  uint64(): bigint {
    const at = this.#take(8, 8);
    return at < 0 ? 0n : this.view.getBigUint64(at, true);
  }

  sint64(): bigint {
    const at = this.#take(8, 8);
    return at < 0 ? 0n : this.view.getBigInt64(at, true);
  }

  datetime(): string {
    const at = this.#take(2, datetime.stride);
    return at < 0 ? '' : readDatetime(this.view, at);
  }

  /** A counted string; trailing NULs are padding. An odd byte count is malformed. */
  string(): string {
    const size = this.uint16();
    if ((size & 1) !== 0) this.#ok = false;
    const at = this.#take(1, size);
    if (at < 0) return '';
    let length = size >> 1;
    while (length > 0 && this.view.getUint16(at + 2 * (length - 1), true) === 0) length -= 1;
    return readCharacters(this.view, at, length);
  }

  /** A counted string with MaxLen: up to 2(maxLength + 1) bytes, of which NULs at the end are padding (design.md). */
  boundedString(maxLength: number): string {
    const start = this.#at + (this.#at & 1);
    const text = this.string();
    const size = this.#at - start - 2;
    if (text.length > maxLength || size > 2 * (maxLength + 1)) this.#ok = false;
    return this.#ok ? text : '';
  }

  /** A value of a fixed type. */
  fixed<T>(type: FixedType<T>): T {
    const at = this.#take(type.alignment, type.stride);
    // Once `ok` is false nobody looks at values any more, so there is no zero of every type to make.
    return at < 0 ? (undefined as T) : type.read(this.view, at);
  }

  /** A value that has to be walked itself. */
  walked<T>(type: WalkedType<T>): T {
    this.#align(type.alignment);
    const value = type.read(this);
    this.#align(type.tail);
    return value;
  }

  bytes(length: number | bigint): Uint8Array {
    const at = this.#takeMany(length, 1, 1);
    return at < 0 ? new Uint8Array(0) : readBytes(this.view, at, Number(length));
  }

  array<T>(length: number | bigint, type: FixedType<T>): T[] {
    const at = this.#takeMany(length, type.alignment, type.stride);
    return at < 0 ? [] : readArray(this.view, at, Number(length), type);
  }

  /** Takes `length` elements; the count comes from the sender and is checked before anything is multiplied. */
  #takeMany(length: number | bigint, alignment: number, size: number): number {
    const count = Number(length);
    // The place may lie behind the end, where the last structure's tail padding is missing.
    if (count === 0 && this.#ok) return Math.min(this.#at, this.view.byteLength);
    if (count < 0 || count > this.view.byteLength / size) {
      this.#ok = false;
      return -1;
    }
    return this.#take(alignment, count * size);
  }

  /** Elements that have to be walked; a count that lies about them is found before any is read. */
  many<T>(length: number | bigint, type: WalkedType<T>): T[] {
    const count = Number(length);
    const least = count * Math.max(1, type.minimumSize);
    if (count !== 0 && (count < 0 || least > this.#left())) this.#ok = false;
    const values: T[] = [];
    for (let index = 0; index < count && this.#ok; index += 1) values.push(this.walked(type));
    return values;
  }

  /** Elements until the buffer ends; a part of an element at the end is left alone. */
  rest<T>(type: FixedType<T>): T[] {
    const left = this.#leftFor(type.alignment);
    return this.array(Math.max(0, Math.floor(left / type.stride)), type);
  }

  restBytes(): Uint8Array {
    return this.bytes(Math.max(0, this.#left()));
  }

  /** Walked elements until fewer bytes are left than one takes. */
  restMany<T>(type: WalkedType<T>): T[] {
    const values: T[] = [];
    const least = Math.max(1, type.minimumSize);
    while (this.#ok && this.#leftFor(type.alignment) >= least) values.push(this.walked(type));
    return values;
  }

  /** Bytes left behind the padding in front of the next element; negative when not even that is there. */
  #leftFor(alignment: number): number {
    return this.#left() - (-this.#at & (alignment - 1));
  }

  #left(): number {
    return this.view.byteLength - this.#at;
  }

  #align(alignment: number): void {
    this.#at += -this.#at & (alignment - 1);
  }
}

/**
 * Writes a record from its start, item by item; without a view it only measures.
 *
 * One generated function serves both passes, so a size and the bytes it stands for cannot drift apart. Padding is left
 * alone, so the memory has to be zeros.
 */
export class WireWriter {
  #at = 0;

  constructor(private readonly view?: DataView) {}

  /** Bytes written, or needed, so far. */
  get size(): number {
    return this.#at;
  }

  #take(alignment: number, size: number): number {
    const at = this.#at + (-this.#at & (alignment - 1));
    this.#at = at + size;
    return at;
  }

  /** A value of a fixed type. */
  fixed<T>(type: FixedType<T>, value: T, name: string): void {
    const at = this.#take(type.alignment, type.stride);
    if (this.view !== undefined) type.write(this.view, at, value, name);
  }

  string(value: string, name: string): void {
    if (value.length > LONGEST_STRING) {
      throw new RangeError(`${name}: ${value.length} characters where ${LONGEST_STRING} fit`);
    }
    const at = this.#take(2, 2 + 2 * value.length);
    if (this.view === undefined) return;
    this.view.setUint16(at, 2 * value.length, true);
    writeCharacters(this.view, at + 2, value);
  }

  /** The full slot of a string with MaxLen: byte count 2·maxLength, the text, zeros. */
  boundedString(value: string, maxLength: number, name: string): void {
    if (value.length > maxLength) {
      throw new RangeError(`${name}: ${value.length} characters where ${maxLength} fit`);
    }
    const at = this.#take(2, 2 + 2 * maxLength);
    if (this.view === undefined) return;
    this.view.setUint16(at, 2 * maxLength, true);
    writeCharacters(this.view, at + 2, value);
  }

  bytes(values: Uint8Array, length: number | bigint, name: string): void {
    checkLength(values, length, name);
    const at = this.#take(1, values.length);
    if (this.view !== undefined) writeBytes(this.view, at, values, values.length, name);
  }

  array<T>(values: readonly T[], length: number | bigint, type: FixedType<T>, name: string): void {
    checkLength(values, length, name);
    if (values.length === 0) return;
    const at = this.#take(type.alignment, values.length * type.stride);
    if (this.view !== undefined) writeElements(this.view, at, values, type, name);
  }

  /** A value that has to be walked itself. */
  walked<T>(type: WalkedType<T>, value: T, name: string): void {
    this.#take(type.alignment, 0);
    type.write(this, value, name);
    this.#take(type.tail, 0);
  }

  many<T>(values: readonly T[], length: number | bigint, type: WalkedType<T>, name: string): void {
    checkLength(values, length, name);
    for (const value of values) this.walked(type, value, name);
  }
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

/** Whether `read` finds everything it reads in `input`; a `read` that returns `false` refuses what it found. */
export function holds(input: DataView, read: (reader: WireReader) => unknown): boolean {
  const reader = new WireReader(input);
  const accepted = read(reader) !== false;
  return reader.ok && accepted;
}
