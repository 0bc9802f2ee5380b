// A block in the codec benchmark: its values, and every way to decode and encode them.

interface Coder<T> {
  readonly decode: (bytes: Uint8Array) => T | undefined;
  readonly encode: (value: T) => Uint8Array;
}

/** One block, and all who can read and write it. */
export interface CodecContest<T> {
  readonly name: string;
  /** Several values, so that no contender is compiled for one. */
  readonly values: readonly T[];
  readonly generated: Coder<T>;
  readonly handWritten: Coder<T>;
  /** A `binary-parser` parser; its own checks throw. */
  readonly parser: { parse(bytes: Uint8Array): unknown };
  /** The value in the shape that the parser gives it, to check that all read the same. */
  readonly asParsed: (value: T) => unknown;
  /** A number made of every item, as a consumer that looks at all of them would. */
  readonly touch: (value: T) => number;
}

/**
 * UTF-16 text as one would write it by hand when it has to be fast: measured for 7 to 120 characters against adding
 * single characters, a TextDecoder (which also replaces lone surrogates, so it loses data) and a Uint16Array.
 */
export function handReadText(view: DataView, at: number, length: number): string {
  const units = new Array<number>(length);
  for (let index = 0; index < length; index += 1)
    units[index] = view.getUint16(at + 2 * index, true);
  return String.fromCharCode(...units);
}

export function handWriteText(view: DataView, at: number, text: string): void {
  for (let index = 0; index < text.length; index += 1) {
    view.setUint16(at + 2 * index, text.charCodeAt(index), true);
  }
}

/** UTF-16 units as `binary-parser` reads them, which has no such encoding itself; NULs at the end are padding. */
export function textOfUnits(units: readonly number[]): string {
  let length = units.length;
  while (length > 0 && units[length - 1] === 0) length -= 1;
  return String.fromCharCode(...(length === units.length ? units : units.slice(0, length)));
}
