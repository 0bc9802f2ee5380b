/**
 * Types of constant size: how to read and write one value, and arrays of it.
 *
 * Little-endian (driver-defined WMI data items, windows-driver-docs; docs/spec/runtime.md#data-on-the-wire). Writers throw a
 * RangeError when a value does not fit; readers require that the bytes exist.
 */
import { readCharacters, writeCharacters } from './characters.js';

/** Reads and writes one value of constant size; `name` is the item's name in errors. */
export interface FixedType<T> {
  /** Bytes from one element to the next in an array. */
  readonly stride: number;
  readonly alignment: number;
  read(view: DataView, at: number): T;
  write(view: DataView, at: number, value: T, name: string): void;
  /** Reads an array of it; a dedicated loop is several times as fast as a generic one. */
  readMany?(view: DataView, at: number, length: number): T[];
  writeMany?(view: DataView, at: number, values: readonly T[], name: string): void;
}

/** UTF-16 characters of a datetime, `yyyymmddhhmmss.mmmmmmsutc`. */
const DATETIME_LENGTH = 25;
/** A datetime of zero bytes (25 NULs): the value of an item that cannot be read. */
export const ZERO_DATETIME = '\0'.repeat(DATETIME_LENGTH);
// --- Single values at a known offset -------------------------------------------------------------------------------

export function readDatetime(view: DataView, at: number): string {
  return readCharacters(view, at, DATETIME_LENGTH);
}

/**
 * A value that does not fit its item. The message begins with `path`, which names the item; codecs prepend the names of
 * enclosing records.
 */
export class ItemError extends RangeError {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path}: ${problem}`);
  }
}

/** Throws an ItemError: `Interval: undefined is not a uint32`. */
export function notA(value: unknown, type: string, name: string): never {
  const shown = typeof value === 'string' ? JSON.stringify(value) : printed(value);
  throw new ItemError(name, `${shown} is not ${/^[aeio]/.test(type) ? 'an' : 'a'} ${type}`);
}

/**
 * A printable form of a value. `String` throws for objects without a prototype; the `n` distinguishes a bigint from a
 * number.
 */
function printed(value: unknown): string {
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'bigint') return `${value}n`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

export function writeBoolean(view: DataView, at: number, value: boolean, name: string): void {
  if (typeof value !== 'boolean') notA(value, 'boolean', name);
  view.setUint8(at, value ? 1 : 0);
}

export function writeUint8(view: DataView, at: number, value: number, name: string): void {
  if (typeof value !== 'number' || value !== (value & 0xff)) notA(value, 'uint8', name);
  view.setUint8(at, value);
}

export function writeSint8(view: DataView, at: number, value: number, name: string): void {
  if (typeof value !== 'number' || value !== (value << 24) >> 24) notA(value, 'sint8', name);
  view.setInt8(at, value);
}

export function writeUint16(view: DataView, at: number, value: number, name: string): void {
  if (typeof value !== 'number' || value !== (value & 0xffff)) notA(value, 'uint16', name);
  view.setUint16(at, value, true);
}

export function writeSint16(view: DataView, at: number, value: number, name: string): void {
  if (typeof value !== 'number' || value !== (value << 16) >> 16) notA(value, 'sint16', name);
  view.setInt16(at, value, true);
}

export function writeUint32(view: DataView, at: number, value: number, name: string): void {
  if (typeof value !== 'number' || value !== value >>> 0) notA(value, 'uint32', name);
  view.setUint32(at, value, true);
}

export function writeSint32(view: DataView, at: number, value: number, name: string): void {
  if (typeof value !== 'number' || value !== (value | 0)) notA(value, 'sint32', name);
  view.setInt32(at, value, true);
}

export function writeUint64(view: DataView, at: number, value: bigint, name: string): void {
  if (typeof value !== 'bigint' || BigInt.asUintN(64, value) !== value) notA(value, 'uint64', name);
  view.setBigUint64(at, value, true);
}

export function writeSint64(view: DataView, at: number, value: bigint, name: string): void {
  if (typeof value !== 'bigint' || BigInt.asIntN(64, value) !== value) notA(value, 'sint64', name);
  view.setBigInt64(at, value, true);
}

/** A char16 is one UTF-16 code unit, as a number. */
export function writeChar16(view: DataView, at: number, value: number, name: string): void {
  if (typeof value !== 'number' || value !== (value & 0xffff)) notA(value, 'char16', name);
  view.setUint16(at, value, true);
}

export function writeDatetime(view: DataView, at: number, value: string, name: string): void {
  if (typeof value !== 'string' || value.length !== DATETIME_LENGTH) {
    notA(value, 'datetime of 25 characters', name);
  }
  writeCharacters(view, at, value);
}

// --- The fixed types -----------------------------------------------------------------------------------------------

export const boolean: FixedType<boolean> = {
  stride: 1,
  alignment: 1,
  read: (view, at) => view.getUint8(at) !== 0,
  write: writeBoolean,
  readMany(view, at, length) {
    const values = new Array<boolean>(length);
    for (let index = 0; index < length; index += 1) values[index] = view.getUint8(at + index) !== 0;
    return values;
  },
  writeMany(view, at, values, name) {
    let offset = at;
    for (const value of values) {
      writeBoolean(view, offset, value, name);
      offset += 1;
    }
  },
};
export const uint8: FixedType<number> = {
  stride: 1,
  alignment: 1,
  read: (view, at) => view.getUint8(at),
  write: writeUint8,
  readMany(view, at, length) {
    const values = new Array<number>(length);
    for (let index = 0; index < length; index += 1) values[index] = view.getUint8(at + index);
    return values;
  },
  writeMany(view, at, values, name) {
    let offset = at;
    for (const value of values) {
      writeUint8(view, offset, value, name);
      offset += 1;
    }
  },
};
export const sint8: FixedType<number> = {
  stride: 1,
  alignment: 1,
  read: (view, at) => view.getInt8(at),
  write: writeSint8,
  readMany(view, at, length) {
    const values = new Array<number>(length);
    for (let index = 0; index < length; index += 1) values[index] = view.getInt8(at + index);
    return values;
  },
  writeMany(view, at, values, name) {
    let offset = at;
    for (const value of values) {
      writeSint8(view, offset, value, name);
      offset += 1;
    }
  },
};
export const uint16: FixedType<number> = {
  stride: 2,
  alignment: 2,
  read: (view, at) => view.getUint16(at, true),
  write: writeUint16,
  readMany(view, at, length) {
    const values = new Array<number>(length);
    for (let index = 0; index < length; index += 1)
      values[index] = view.getUint16(at + 2 * index, true);
    return values;
  },
  writeMany(view, at, values, name) {
    let offset = at;
    for (const value of values) {
      writeUint16(view, offset, value, name);
      offset += 2;
    }
  },
};
export const sint16: FixedType<number> = {
  stride: 2,
  alignment: 2,
  read: (view, at) => view.getInt16(at, true),
  write: writeSint16,
  readMany(view, at, length) {
    const values = new Array<number>(length);
    for (let index = 0; index < length; index += 1)
      values[index] = view.getInt16(at + 2 * index, true);
    return values;
  },
  writeMany(view, at, values, name) {
    let offset = at;
    for (const value of values) {
      writeSint16(view, offset, value, name);
      offset += 2;
    }
  },
};
export const uint32: FixedType<number> = {
  stride: 4,
  alignment: 4,
  read: (view, at) => view.getUint32(at, true),
  write: writeUint32,
  readMany(view, at, length) {
    const values = new Array<number>(length);
    for (let index = 0; index < length; index += 1)
      values[index] = view.getUint32(at + 4 * index, true);
    return values;
  },
  writeMany(view, at, values, name) {
    let offset = at;
    for (const value of values) {
      writeUint32(view, offset, value, name);
      offset += 4;
    }
  },
};
export const sint32: FixedType<number> = {
  stride: 4,
  alignment: 4,
  read: (view, at) => view.getInt32(at, true),
  write: writeSint32,
  readMany(view, at, length) {
    const values = new Array<number>(length);
    for (let index = 0; index < length; index += 1)
      values[index] = view.getInt32(at + 4 * index, true);
    return values;
  },
  writeMany(view, at, values, name) {
    let offset = at;
    for (const value of values) {
      writeSint32(view, offset, value, name);
      offset += 4;
    }
  },
};
export const uint64: FixedType<bigint> = {
  stride: 8,
  alignment: 8,
  read: (view, at) => view.getBigUint64(at, true),
  write: writeUint64,
  readMany(view, at, length) {
    const values = new Array<bigint>(length);
    for (let index = 0; index < length; index += 1)
      values[index] = view.getBigUint64(at + 8 * index, true);
    return values;
  },
  writeMany(view, at, values, name) {
    let offset = at;
    for (const value of values) {
      writeUint64(view, offset, value, name);
      offset += 8;
    }
  },
};
export const sint64: FixedType<bigint> = {
  stride: 8,
  alignment: 8,
  read: (view, at) => view.getBigInt64(at, true),
  write: writeSint64,
  readMany(view, at, length) {
    const values = new Array<bigint>(length);
    for (let index = 0; index < length; index += 1)
      values[index] = view.getBigInt64(at + 8 * index, true);
    return values;
  },
  writeMany(view, at, values, name) {
    let offset = at;
    for (const value of values) {
      writeSint64(view, offset, value, name);
      offset += 8;
    }
  },
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
