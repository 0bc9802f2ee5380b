/** Codecs of the values with a fixed size. */
import { type BinaryScalar, type BinaryType } from './document.js';

/** Types whose values are text that ends with a NUL. */
export const TEXT_TYPES: ReadonlySet<BinaryType> = new Set(['string', 'datetime', 'ref', 'alias']);

export interface ScalarCodec {
  readonly size: number;
  read(view: DataView, at: number): BinaryScalar;
  /** Returns false, and writes nothing, when the type has no such value. */
  write(view: DataView, at: number, value: unknown): boolean;
}

/** A codec of one type of value; `holds` is true of the values that come back. */
function codec<T extends BinaryScalar>(
  size: number,
  holds: (value: unknown) => value is T,
  read: (view: DataView, at: number) => T,
  write: (view: DataView, at: number, value: T) => void,
): ScalarCodec {
  return {
    size,
    read,
    write(view, at, value) {
      if (!holds(value)) return false;
      write(view, at, value);
      return true;
    },
  };
}

function within(min: number, max: number): (value: unknown) => value is number {
  return (value): value is number =>
    typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max;
}

function withinBig(min: bigint, max: bigint): (value: unknown) => value is bigint {
  return (value): value is bigint => typeof value === 'bigint' && value >= min && value <= max;
}

const isNumber = (value: unknown): value is number => typeof value === 'number';
const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';

const uint16 = codec(
  2,
  within(0, 0xffff),
  (view, at) => view.getUint16(at, true),
  (view, at, value) => {
    view.setUint16(at, value, true);
  },
);

/** Types whose values all have one size. */
export const SCALARS: Readonly<Partial<Record<BinaryType, ScalarCodec>>> = {
  sint8: codec(
    1,
    within(-0x80, 0x7f),
    (view, at) => view.getInt8(at),
    (view, at, value) => {
      view.setInt8(at, value);
    },
  ),
  uint8: codec(
    1,
    within(0, 0xff),
    (view, at) => view.getUint8(at),
    (view, at, value) => {
      view.setUint8(at, value);
    },
  ),
  sint16: codec(
    2,
    within(-0x8000, 0x7fff),
    (view, at) => view.getInt16(at, true),
    (view, at, value) => {
      view.setInt16(at, value, true);
    },
  ),
  uint16,
  char16: uint16,
  sint32: codec(
    4,
    within(-0x8000_0000, 0x7fff_ffff),
    (view, at) => view.getInt32(at, true),
    (view, at, value) => {
      view.setInt32(at, value, true);
    },
  ),
  uint32: codec(
    4,
    within(0, 0xffff_ffff),
    (view, at) => view.getUint32(at, true),
    (view, at, value) => {
      view.setUint32(at, value, true);
    },
  ),
  sint64: codec(
    8,
    withinBig(-(2n ** 63n), 2n ** 63n - 1n),
    (view, at) => view.getBigInt64(at, true),
    (view, at, value) => {
      view.setBigInt64(at, value, true);
    },
  ),
  uint64: codec(
    8,
    withinBig(0n, 2n ** 64n - 1n),
    (view, at) => view.getBigUint64(at, true),
    (view, at, value) => {
      view.setBigUint64(at, value, true);
    },
  ),
  real32: codec(
    4,
    isNumber,
    (view, at) => view.getFloat32(at, true),
    (view, at, value) => {
      view.setFloat32(at, value, true);
    },
  ),
  real64: codec(
    8,
    isNumber,
    (view, at) => view.getFloat64(at, true),
    (view, at, value) => {
      view.setFloat64(at, value, true);
    },
  ),
  boolean: codec(
    2,
    isBoolean,
    (view, at) => view.getUint16(at, true) !== 0,
    (view, at, value) => {
      view.setUint16(at, value ? 0xffff : 0, true);
    },
  ),
};
