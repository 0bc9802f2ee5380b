/**
 * Reads and writes data items as WMI lays them out on the wire; generated codecs are made of these pieces.
 *
 * Little-endian, natural alignment counted from the record's start, strings as a USHORT byte count and UTF-16
 * (driver-defined WMI data items, windows-driver-docs; spec/runtime-core.md section 2). Nothing here knows a block.
 *
 * Reading never throws and never touches a byte outside the view it was given. Writing throws a RangeError when a value
 * does not fit its item: that is a fault of the provider, not of the request.
 */

/** How to read and write one value of a fixed size; `name` is what errors call the item. */
export interface FixedType<T> {
  /** Bytes from one element to the next in an array. */
  readonly stride: number;
  readonly alignment: number;
  read(view: DataView, at: number): T;
  write(view: DataView, at: number, value: T, name: string): void;
}

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

/** UTF-16 characters of a datetime, `yyyymmddhhmmss.mmmmmmsutc`. */
const DATETIME_LENGTH = 25;
/** A datetime of zero bytes: 25 NULs, what an item that cannot be read shows. */
export const ZERO_DATETIME = '\0'.repeat(DATETIME_LENGTH);
/** A string's byte count is a USHORT and even: 32,767 characters. */
const LONGEST_STRING = 0x7fff;

/** A view on `bytes`. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

// --- Single values at a known offset -------------------------------------------------------------------------------

export function readDatetime(view: DataView, at: number): string {
  return readCharacters(view, at, DATETIME_LENGTH);
}

function readCharacters(view: DataView, at: number, length: number): string {
  let text = '';
  for (let index = 0; index < length; index += 1) {
    text += String.fromCharCode(view.getUint16(at + 2 * index, true));
  }
  return text;
}

function notA(value: unknown, type: string, name: string): never {
  throw new RangeError(`${name}: ${String(value)} is not a ${type}`);
}

export function writeBoolean(view: DataView, at: number, value: boolean): void {
  view.setUint8(at, value ? 1 : 0);
}

export function writeUint8(view: DataView, at: number, value: number, name: string): void {
  if (value !== (value & 0xff)) notA(value, 'uint8', name);
  view.setUint8(at, value);
}

export function writeSint8(view: DataView, at: number, value: number, name: string): void {
  if (value !== (value << 24) >> 24) notA(value, 'sint8', name);
  view.setInt8(at, value);
}

export function writeUint16(view: DataView, at: number, value: number, name: string): void {
  if (value !== (value & 0xffff)) notA(value, 'uint16', name);
  view.setUint16(at, value, true);
}

export function writeSint16(view: DataView, at: number, value: number, name: string): void {
  if (value !== (value << 16) >> 16) notA(value, 'sint16', name);
  view.setInt16(at, value, true);
}

export function writeUint32(view: DataView, at: number, value: number, name: string): void {
  if (value !== value >>> 0) notA(value, 'uint32', name);
  view.setUint32(at, value, true);
}

export function writeSint32(view: DataView, at: number, value: number, name: string): void {
  if (value !== (value | 0)) notA(value, 'sint32', name);
  view.setInt32(at, value, true);
}

export function writeUint64(view: DataView, at: number, value: bigint, name: string): void {
  if (value < 0n || value > 0xffffffffffffffffn) notA(value, 'uint64', name);
  view.setBigUint64(at, value, true);
}

export function writeSint64(view: DataView, at: number, value: bigint, name: string): void {
  if (value < -0x8000000000000000n || value > 0x7fffffffffffffffn) notA(value, 'sint64', name);
  view.setBigInt64(at, value, true);
}

/** A char16 is one UTF-16 code unit, as a number. */
export function writeChar16(view: DataView, at: number, value: number, name: string): void {
  if (value !== (value & 0xffff)) notA(value, 'char16', name);
  view.setUint16(at, value, true);
}

export function writeDatetime(view: DataView, at: number, value: string, name: string): void {
  if (value.length !== DATETIME_LENGTH) notA(JSON.stringify(value), '25 character datetime', name);
  writeCharacters(view, at, value);
}

function writeCharacters(view: DataView, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(at + 2 * index, text.charCodeAt(index), true);
  }
}

// --- The fixed types -----------------------------------------------------------------------------------------------

export const boolean: FixedType<boolean> = {
  stride: 1,
  alignment: 1,
  read: (view, at) => view.getUint8(at) !== 0,
  write: writeBoolean,
};
export const uint8: FixedType<number> = {
  stride: 1,
  alignment: 1,
  read: (view, at) => view.getUint8(at),
  write: writeUint8,
};
export const sint8: FixedType<number> = {
  stride: 1,
  alignment: 1,
  read: (view, at) => view.getInt8(at),
  write: writeSint8,
};
export const uint16: FixedType<number> = {
  stride: 2,
  alignment: 2,
  read: (view, at) => view.getUint16(at, true),
  write: writeUint16,
};
export const sint16: FixedType<number> = {
  stride: 2,
  alignment: 2,
  read: (view, at) => view.getInt16(at, true),
  write: writeSint16,
};
export const uint32: FixedType<number> = {
  stride: 4,
  alignment: 4,
  read: (view, at) => view.getUint32(at, true),
  write: writeUint32,
};
export const sint32: FixedType<number> = {
  stride: 4,
  alignment: 4,
  read: (view, at) => view.getInt32(at, true),
  write: writeSint32,
};
export const uint64: FixedType<bigint> = {
  stride: 8,
  alignment: 8,
  read: (view, at) => view.getBigUint64(at, true),
  write: writeUint64,
};
export const sint64: FixedType<bigint> = {
  stride: 8,
  alignment: 8,
  read: (view, at) => view.getBigInt64(at, true),
  write: writeSint64,
};
export const char16: FixedType<number> = {
  stride: 2,
  alignment: 2,
  read: (view, at) => view.getUint16(at, true),
  write: writeChar16,
};
export const datetime: FixedType<string> = {
  stride: 2 * DATETIME_LENGTH,
  alignment: 2,
  read: readDatetime,
  write: writeDatetime,
};

// --- Arrays at a known offset --------------------------------------------------------------------------------------

export function readArray<T>(view: DataView, at: number, length: number, type: FixedType<T>): T[] {
  const values: T[] = [];
  for (let index = 0; index < length; index += 1)
    values.push(type.read(view, at + index * type.stride));
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
  let offset = at;
  for (const value of values) {
    type.write(view, offset, value, name);
    offset += type.stride;
  }
}

/** An array of uint8, copied. */
export function readBytes(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length).slice();
}

export function writeBytes(
  view: DataView,
  at: number,
  values: Uint8Array,
  length: number,
  name: string,
): void {
  checkLength(values, length, name);
  new Uint8Array(view.buffer, view.byteOffset + at, length).set(values);
}

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
    const at = this.#take(2, 2 * DATETIME_LENGTH);
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
    if (count === 0 && this.#ok) return this.#at;
    if (count < 0 || count > this.view.byteLength / size) {
      this.#ok = false;
      return -1;
    }
    return this.#take(alignment, count * size);
  }

  /** Elements that have to be walked; a count that lies about them is found before any is read. */
  many<T>(length: number | bigint, type: WalkedType<T>): T[] {
    const count = Number(length);
    if (count < 0 || count * Math.max(1, type.minimumSize) > this.#left()) this.#ok = false;
    const values: T[] = [];
    for (let index = 0; index < count && this.#ok; index += 1) values.push(this.walked(type));
    return values;
  }

  /** Elements until the buffer ends; a part of an element at the end is left alone. */
  rest<T>(type: FixedType<T>): T[] {
    const gap = -this.#at & (type.alignment - 1);
    return this.array(Math.max(0, Math.floor((this.#left() - gap) / type.stride)), type);
  }

  restBytes(): Uint8Array {
    return this.bytes(Math.max(0, this.#left()));
  }

  /** Walked elements until fewer bytes are left than one takes. */
  restMany<T>(type: WalkedType<T>): T[] {
    const values: T[] = [];
    const least = Math.max(1, type.minimumSize);
    while (this.#ok && this.#left() >= least) values.push(this.walked(type));
    return values;
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
 * One generated function serves both passes, so a size and the bytes it stands for cannot drift apart.
 */
export class WireWriter {
  #at = 0;

  constructor(private readonly view?: DataView) {}

  /** Bytes written, or needed, so far. */
  get size(): number {
    return this.#at;
  }

  #take(alignment: number, size: number): number {
    const start = this.#at;
    const at = start + (-start & (alignment - 1));
    for (let gap = start; gap < at; gap += 1) this.view?.setUint8(gap, 0);
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
    for (let index = value.length; index < maxLength; index += 1) {
      this.view.setUint16(at + 2 + 2 * index, 0, true);
    }
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
    if (this.view !== undefined) writeArray(this.view, at, values, values.length, type, name);
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
