// Codecs of whole records: sizes, too few bytes, padding, and trailing bytes.
import { expect, test } from 'vitest';
import {
  encodedSize,
  encodeInto,
  fixedCodec,
  minimumSizeOf,
  NO_PARAMETERS,
  walkedCodec,
} from '../../src/runtime/codec.js';
import { ItemError, uint32, uint8, viewOf } from '../../src/runtime/wire.js';

interface Pair {
  readonly Small: number;
  readonly Large: number;
}

const pair = fixedCodec<Pair>({
  name: 'Pair',
  size: 8,
  stride: 8,
  alignment: 4,
  read: (view, at) => ({ Small: view.getUint8(at), Large: view.getUint32(at + 4, true) }),
  write(view, at, data) {
    uint8.write(view, at, data.Small, 'Small');
    uint32.write(view, at + 4, data.Large, 'Large');
  },
});

interface Note {
  readonly Small: number;
  readonly Inner: Pair;
  readonly Text: string;
}

const note = walkedCodec<Note>({
  name: 'Note',
  alignment: 4,
  tail: 1,
  minimumSize: 14,
  read: (reader) => ({ Small: reader.uint8(), Inner: reader.fixed(pair), Text: reader.string() }),
  write(writer, data) {
    writer.fixed(uint8, data.Small, 'Small');
    writer.fixed(pair, data.Inner, 'Inner');
    writer.string(data.Text, 'Text');
  },
});

const value: Note = { Small: 1, Inner: { Small: 2, Large: 3 }, Text: 'A' };
const encoded = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 0, 0, 2, 0, 0x41, 0];

test('a record is encoded with zeros for padding', () => {
  expect([...note.encode(value)]).toEqual(encoded);
  expect([...pair.encode(value.Inner)]).toEqual(encoded.slice(4, 12));
});

test('encoding overwrites all old bytes', () => {
  const memory = new Uint8Array(20).fill(0xee);
  encodeInto(note, new DataView(memory.buffer, 2, 16), value);
  expect([...memory]).toEqual([0xee, 0xee, ...encoded, 0xee, 0xee]);
  encodeInto(pair, new DataView(memory.buffer, 0, 8), value.Inner);
  expect([...memory.subarray(0, 8)]).toEqual(encoded.slice(4, 12));
});

test('a record is decoded unchanged, regardless of what follows it', () => {
  expect(note.decode(Uint8Array.from([...encoded, 9, 9]))).toEqual(value);
  expect(pair.decode(pair.encode(value.Inner))).toEqual(value.Inner);
});

test.each(encoded.map((_byte, length) => length))('%d bytes are too few', (length) => {
  expect(note.decode(Uint8Array.from(encoded).subarray(0, length))).toBeUndefined();
  if (length < 8) expect(pair.decode(Uint8Array.from(encoded).subarray(0, length))).toBeUndefined();
});

test('a record in the middle of a larger memory is read from where it begins', () => {
  const memory = Uint8Array.from([9, 9, 9, ...encoded, 9]);
  expect(note.decode(memory.subarray(3))).toEqual(value);
});

test('sizes: of a value, and the least', () => {
  expect([encodedSize(note, value), minimumSizeOf(note)]).toEqual([16, 14]);
  expect([encodedSize(pair, value.Inner), minimumSizeOf(pair)]).toEqual([8, 8]);
});

test('a value that does not fit is refused by name', () => {
  const wrong = { ...value, Inner: { Small: 256, Large: 0 } };
  expect(() => note.encode(wrong)).toThrow(new ItemError('Note.Inner.Small', '256 is not a uint8'));
});

test('the parameters of a method without any take no bytes', () => {
  expect([...NO_PARAMETERS.encode(undefined)]).toEqual([]);
  expect([NO_PARAMETERS.size, NO_PARAMETERS.decode(new Uint8Array(0))]).toEqual([0, undefined]);
});

test('viewOf covers only the given part of the memory', () => {
  const view = viewOf(new Uint8Array(16).subarray(4, 9));
  expect([view.byteOffset, view.byteLength]).toEqual([4, 5]);
});
