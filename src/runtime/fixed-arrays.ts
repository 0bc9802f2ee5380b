/**
 * Arrays at a known offset, with elements one stride apart.
 */
import { type FixedType, ItemError, notA } from './fixed-types.js';

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

export function writeElements<T>(
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
  if (!isBytes(values)) notA(values, 'Uint8Array', name);
  checkLength(values, length, name);
  if (length > MAX_BYTEWISE_LENGTH) {
    new Uint8Array(view.buffer, view.byteOffset + at, length).set(values);
    return;
  }
  for (let index = 0; index < length; index += 1) view.setUint8(at + index, values[index] ?? 0);
}

/** Accepts a Uint8Array of another realm, such as that of a test framework, but no array of wider elements. */
function isBytes(values: unknown): boolean {
  return Object.prototype.toString.call(values) === '[object Uint8Array]';
}

/** Up to this length, writing bytes one by one is faster than a bulk copy. */
const MAX_BYTEWISE_LENGTH = 32;

/** `length` values made by `make`: the initial content of an array. */
export function repeat<T>(length: number | bigint, make: () => T): T[] {
  return Array.from({ length: Number(length) }, make);
}

/** Throws an ItemError when `values` is not an array, or has not `length` elements; `undefined` allows any length. */
export function checkLength(
  values: { readonly length: number },
  length: number | bigint | undefined,
  name: string,
): void {
  if (!Array.isArray(values) && !ArrayBuffer.isView(values)) notA(values, 'array', name);
  if (length !== undefined && values.length !== Number(length)) {
    throw new ItemError(name, `length ${values.length}, expected ${length}`);
  }
}

/** The number of elements of an array; throws an ItemError when it is not an array. */
export function elementCount(values: { readonly length: number }, name: string): number {
  checkLength(values, undefined, name);
  return values.length;
}
