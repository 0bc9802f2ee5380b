/**
 * Codecs of whole records: what generated code makes of its read and write functions.
 *
 * A codec is also the type descriptor that embedding records use. It knows bytes, but no request and no provider.
 */
import { type FixedType, viewOf, type WalkedType, WireReader, WireWriter } from './wire.js';

/** A record in which every item has one size and offset. */
export interface FixedCodec<T> extends FixedType<T> {
  readonly kind: 'fixed';
  /** Bytes up to the end of the last item, without tail padding. */
  readonly size: number;
  /** The record at the start of `bytes`; `undefined` when they are too few. */
  decode(bytes: Uint8Array): T | undefined;
  /** The record's bytes; throws a RangeError when a value does not fit its item. */
  encode(value: T): Uint8Array;
}

/** A record that has to be walked: it holds strings, or arrays whose length varies. */
export interface WalkedCodec<T> extends WalkedType<T> {
  readonly kind: 'walked';
  /** The record at the start of `bytes`; `undefined` when they are too few or malformed. */
  decode(bytes: Uint8Array): T | undefined;
  /** The record's bytes; throws a RangeError when a value does not fit its item. */
  encode(value: T): Uint8Array;
}

export type Codec<T> = FixedCodec<T> | WalkedCodec<T>;

/** Completes the codec of a record with fixed offsets. */
export function fixedCodec<T>(definition: FixedType<T> & { readonly size: number }): FixedCodec<T> {
  return {
    kind: 'fixed',
    ...definition,
    decode: (bytes) =>
      bytes.length < definition.size ? undefined : definition.read(viewOf(bytes), 0),
    encode(value) {
      const bytes = new Uint8Array(definition.size);
      definition.write(new DataView(bytes.buffer), 0, value, '');
      return bytes;
    },
  };
}

/** Completes the codec of a record that has to be walked. */
export function walkedCodec<T>(definition: WalkedType<T>): WalkedCodec<T> {
  const codec: WalkedCodec<T> = {
    kind: 'walked',
    ...definition,
    decode(bytes) {
      const reader = new WireReader(viewOf(bytes));
      const value = definition.read(reader);
      return reader.ok ? value : undefined;
    },
    encode(value) {
      const bytes = new Uint8Array(encodedSize(codec, value));
      definition.write(new WireWriter(new DataView(bytes.buffer)), value, '');
      return bytes;
    },
  };
  return codec;
}

/** The fewest bytes that any value takes. */
export function leastSize<T>(codec: Codec<T>): number {
  return codec.kind === 'fixed' ? codec.size : codec.minimumSize;
}

/** How many bytes `value` takes; throws a RangeError when a value does not fit its item. */
export function encodedSize<T>(codec: Codec<T>, value: T): number {
  if (codec.kind === 'fixed') return codec.size;
  const measure = new WireWriter();
  codec.write(measure, value, '');
  return measure.size;
}

/** Writes `value` over the whole of `view`, which has `encodedSize` bytes; padding becomes zeros. */
export function encodeInto<T>(codec: Codec<T>, view: DataView, value: T): void {
  // What lay there before, such as a method's input, must not shine through the padding.
  new Uint8Array(view.buffer, view.byteOffset, view.byteLength).fill(0);
  if (codec.kind === 'fixed') codec.write(view, 0, value, '');
  else codec.write(new WireWriter(view), value, '');
}

/** The output of a method that has none. */
export const NO_OUTPUT: FixedCodec<void> = fixedCodec<void>({
  size: 0,
  stride: 0,
  alignment: 1,
  read: () => undefined,
  write: () => undefined,
});
