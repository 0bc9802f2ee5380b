// The parts of generated codecs: what writers refuse, and that readers accept every buffer.
import { expect, test } from 'vitest';
import {
  boundedString,
  type FixedType,
  holds,
  ItemError,
  repeat,
  string,
  uint16,
  uint32,
  viewOf,
  type WalkedType,
  WireReader,
  WireWriter,
  ZERO_DATETIME,
} from '../../src/runtime/wire.js';
import * as wire from '../../src/runtime/wire.js';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const reader = (...values: readonly number[]): WireReader =>
  new WireReader(viewOf(bytes(...values)));

/** The bytes that a writer makes of `write`, or the message of its error. */
function written(write: (writer: WireWriter) => void): readonly number[] {
  const measure = new WireWriter();
  write(measure);
  const memory = new Uint8Array(measure.size);
  write(new WireWriter(viewOf(memory)));
  return [...memory];
}

const integers = [
  ['uint8', wire.uint8, 0, 0xff],
  ['sint8', wire.sint8, -0x80, 0x7f],
  ['uint16', wire.uint16, 0, 0xffff],
  ['sint16', wire.sint16, -0x8000, 0x7fff],
  ['uint32', wire.uint32, 0, 0xffff_ffff],
  ['sint32', wire.sint32, -0x8000_0000, 0x7fff_ffff],
  ['char16', wire.char16, 0, 0xffff],
] as const;

test.each(integers)(
  '%s: both ends of the range are unchanged after writing and reading',
  (_name, type, lowest, highest) => {
    for (const value of [lowest, 0, 1, highest]) {
      const view = new DataView(new ArrayBuffer(8));
      type.write(view, 0, value, 'X');
      expect(type.read(view, 0)).toBe(value);
    }
  },
);

test.each(
  integers.flatMap(([name, type, lowest, highest]) =>
    [lowest - 1, highest + 1, 0.5, NaN, Infinity, -Infinity, 2 ** 53].map(
      (value) => [name, value, type] as const,
    ),
  ),
)('%s: %d is refused by a message that names item and value', (name, value, type) => {
  const view = new DataView(new ArrayBuffer(8));
  expect(() => type.write(view, 0, value, 'Fan.Speed')).toThrow(
    new ItemError('Fan.Speed', `${value} is not a ${name}`),
  );
  expect([...new Uint8Array(view.buffer)]).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
});

test.each([
  ['uint64', wire.uint64, 0n, 2n ** 64n - 1n],
  ['sint64', wire.sint64, -(2n ** 63n), 2n ** 63n - 1n],
] as const)('%s: the range is kept, beyond it is refused', (name, type, lowest, highest) => {
  const view = new DataView(new ArrayBuffer(8));
  for (const value of [lowest, 0n, highest]) {
    type.write(view, 0, value, 'X');
    expect(type.read(view, 0)).toBe(value);
  }
  for (const value of [lowest - 1n, highest + 1n]) {
    expect(() => type.write(view, 0, value, 'X.Y')).toThrow(
      new ItemError('X.Y', `${value}n is not a ${name}`),
    );
  }
});

test('a minus zero is a zero', () => {
  const view = new DataView(new ArrayBuffer(4));
  wire.sint32.write(view, 0, -0, 'X');
  expect(wire.sint32.read(view, 0)).toBe(0);
});

test.each<[string, (input: WireReader) => unknown, number, unknown]>([
  ['boolean', (input) => input.boolean(), 1, true],
  ['uint8', (input) => input.uint8(), 1, 0xff],
  ['sint8', (input) => input.sint8(), 1, -1],
  ['uint16', (input) => input.uint16(), 2, 0xffff],
  ['sint16', (input) => input.sint16(), 2, -1],
  ['char16', (input) => input.char16(), 2, 0xffff],
  ['uint32', (input) => input.uint32(), 4, 0xffff_ffff],
  ['sint32', (input) => input.sint32(), 4, -1],
  ['uint64', (input) => input.uint64(), 8, 0xffff_ffff_ffff_ffffn],
  ['sint64', (input) => input.sint64(), 8, -1n],
  ['bytes', (input) => [...input.bytes(2)], 2, [0xff, 0xff]],
])(
  '%s is read at the start and at the end, and never one byte short',
  (_type, read, size, want) => {
    const ones = (length: number) => new Array<number>(length).fill(0xff);
    const first = reader(...ones(size));
    expect([read(first), first.ok]).toEqual([want, true]);
    const second = reader(...ones(2 * size));
    read(second);
    expect([read(second), second.ok]).toEqual([want, true]);
    const short = reader(...ones(size - 1));
    read(short);
    expect(short.ok).toBe(false);
  },
);

test.each([0, 1, 2, 0x80, 0xff])('boolean: byte %d is read correctly', (byte) => {
  expect(wire.boolean.read(viewOf(bytes(byte)), 0)).toBe(byte !== 0);
  expect(reader(byte).boolean()).toBe(byte !== 0);
});

test('a datetime is 25 UTF-16 units, neither counted nor terminated', () => {
  const text = '20261121021500.123456+060';
  const view = new DataView(new ArrayBuffer(50));
  wire.datetime.write(view, 0, text, 'When');
  expect(wire.datetime.read(view, 0)).toBe(text);
  expect(wire.datetime.stride).toBe(50);
});

test.each(['', '2026', `${'0'.repeat(25)}0`])(
  'a datetime of another length is refused: %j',
  (text) => {
    const view = new DataView(new ArrayBuffer(60));
    expect(() => wire.datetime.write(view, 0, text, 'Log.When')).toThrow(
      new ItemError('Log.When', `${JSON.stringify(text)} is not a datetime of 25 characters`),
    );
  },
);

test('the datetime of an item that cannot be read is zero bytes', () => {
  const view = new DataView(new ArrayBuffer(50));
  view.setUint8(3, 9);
  wire.datetime.write(view, 0, ZERO_DATETIME, 'X');
  expect(new Uint8Array(view.buffer).every((byte) => byte === 0)).toBe(true);
});

test.each([
  ['too few', [1, 2], 3],
  ['too many', [1, 2], 1],
  ['none for one', [], 1],
] as const)('an array with %s elements is refused', (_case, values, length) => {
  const message = `Fan.Table: length ${values.length}, expected ${length}`;
  const view = new DataView(new ArrayBuffer(16));
  expect(() => wire.writeArray(view, 0, values, length, uint16, 'Fan.Table')).toThrow(message);
  const data = Uint8Array.from(values);
  expect(() => wire.writeBytes(view, 0, data, length, 'Fan.Table')).toThrow(message);
  const write = new WireWriter();
  expect(() => write.array(values, length, uint16, 'Fan.Table')).toThrow(message);
  expect(() => write.array(values, BigInt(length), uint16, 'Fan.Table')).toThrow(message);
  expect(() => write.bytes(data, length, 'Fan.Table')).toThrow(message);
  const texts = values.map(String);
  expect(() => write.many(texts, length, string, 'Fan.Table')).toThrow(message);
});

test('bytes that were read are a copy', () => {
  const memory = bytes(1, 2, 3);
  const copy = wire.readBytes(viewOf(memory), 1, 2);
  memory.fill(9);
  expect([...copy]).toEqual([2, 3]);
});

test('repeat makes fresh elements', () => {
  const made = repeat(2n, () => ({ X: 0 }));
  expect(made).toEqual([{ X: 0 }, { X: 0 }]);
  expect(made[0]).not.toBe(made[1]);
});

// --- Reading by walking ---------------------------------------------------------------------------------------------

test('once something was missing, ok stays false and every read gives a zero', () => {
  const input = reader(1, 2, 3);
  expect(input.uint16()).toBe(0x0201);
  expect(input.ok).toBe(true);
  expect(input.uint32()).toBe(0);
  expect(input.ok).toBe(false);
  const later = [
    input.uint8(),
    input.sint8(),
    input.uint16(),
    input.sint16(),
    input.char16(),
    input.sint32(),
    input.uint64(),
    input.sint64(),
    input.boolean(),
    input.datetime(),
    input.string(),
    input.boundedString(4),
    input.bytes(1).length,
    input.array(1, uint16).length,
    input.many(1, string).length,
    input.rest(uint16).length,
    input.restBytes().length,
    input.restMany(string).length,
  ];
  expect(later).toEqual([0, 0, 0, 0, 0, 0, 0n, 0n, false, '', '', '', 0, 0, 0, 0, 0, 0]);
  expect(input.ok).toBe(false);
});

test.each([
  ['empty', [0, 0], ''],
  ['plain', [4, 0, 0x41, 0, 0x42, 0], 'AB'],
  ['NUL-terminated', [4, 0, 0x41, 0, 0, 0], 'A'],
  ['padded', [6, 0, 0x41, 0, 0, 0, 0, 0], 'A'],
  ['only padding', [4, 0, 0, 0, 0, 0], ''],
  ['with a NUL inside', [6, 0, 0, 0, 0x41, 0, 0, 0], '\0A'],
  ['with half a surrogate pair', [2, 0, 0x3d, 0xd8], '\ud83d'],
] as const)('string: %s', (_case, values, want) => {
  const input = reader(...values);
  expect(input.string()).toBe(want);
  expect(input.ok).toBe(true);
});

test.each([
  ['odd count', [3, 0, 0x41, 0, 0x42]],
  ['count past the end', [4, 0, 0x41, 0]],
  ['the largest count', [0xfe, 0xff, 0x41, 0]],
  ['half a count', [2]],
  ['nothing', []],
] as const)('a string that is refused: %s', (_case, values) => {
  const input = reader(...values);
  expect(input.string()).toBe('');
  expect(input.ok).toBe(false);
  expect(holds(viewOf(bytes(...values)), (each) => each.boundedString(100))).toBe(false);
});

test.each([
  ['empty', 2, [0, 0], ''],
  ['full', 2, [4, 0, 0x41, 0, 0x42, 0], 'AB'],
  ['full and terminated: the C slot of n + 1', 2, [6, 0, 0x41, 0, 0x42, 0, 0, 0], 'AB'],
  ['short of the slot', 2, [2, 0, 0x41, 0], 'A'],
  ['only padding', 2, [6, 0, 0, 0, 0, 0, 0, 0], ''],
] as const)('a string with MaxLen that is accepted: %s', (_case, maxLength, values, want) => {
  const input = reader(...values);
  expect(input.boundedString(maxLength)).toBe(want);
  expect(input.ok).toBe(true);
});

test.each([
  ['one character too many', 1, [4, 0, 0x41, 0, 0x42, 0]],
  ['one padding too many', 1, [6, 0, 0x41, 0, 0, 0, 0, 0]],
  ['odd count', 4, [1, 0, 0x41]],
  ['count past the end', 4, [4, 0, 0x41, 0]],
] as const)('a string with MaxLen that is refused: %s', (_case, maxLength, values) => {
  const input = reader(...values);
  expect(input.boundedString(maxLength)).toBe('');
  expect(input.ok).toBe(false);
});

test('a bounded string after an odd byte is measured from where it is aligned', () => {
  const input = reader(7, 0xee, 4, 0, 0x41, 0, 0, 0);
  expect([input.uint8(), input.boundedString(1), input.ok]).toEqual([7, 'A', true]);
});

test.each([1e9, 0xffff_ffff, 2 ** 53, -1, 0xffff_ffff_ffff_ffffn, -1n, 2n ** 62n])(
  'a wrong count of %s is refused before any element is read',
  (count) => {
    for (const read of [
      (input: WireReader) => input.bytes(count).length,
      (input: WireReader) => input.array(count, uint32).length,
      (input: WireReader) => input.many(count, string).length,
    ]) {
      const input = reader(...Array<number>(64).fill(0));
      expect(read(input)).toBe(0);
      expect(input.ok).toBe(false);
    }
  },
);

const structure: WalkedType<number> = {
  alignment: 4,
  tail: 4,
  minimumSize: 6,
  read(input) {
    const value = input.uint32();
    input.boundedString(2);
    return value;
  },
  write(writer, value, name) {
    writer.fixed(uint32, value, name);
    writer.boundedString('', 2, name);
  },
};

test('zero elements take nothing, not even padding', () => {
  const input = reader(1, 2);
  expect(input.uint8()).toBe(1);
  expect(input.array(0, uint32)).toEqual([]);
  expect(input.many(0n, structure)).toEqual([]);
  expect([...input.bytes(0)]).toEqual([]);
  expect([input.uint8(), input.ok]).toEqual([2, true]);
  expect(
    written((writer) => {
      writer.fixed(wire.uint8, 1, '');
      writer.array([], 0, uint32, '');
      writer.many([], 0, structure, '');
      writer.bytes(new Uint8Array(0), 0n, '');
      writer.fixed(wire.uint8, 2, '');
    }),
  ).toEqual([1, 2]);
});

test('zero elements after a structure whose tail padding is missing are still zero elements', () => {
  // The buffer is as long as its data: no memory follows it.
  const values = [5, 0, 0, 0, 0, 0];
  for (const read of [
    (input: WireReader) => input.bytes(0).length,
    (input: WireReader) => input.array(0, uint32).length,
    (input: WireReader) => input.many(0, structure).length,
    (input: WireReader) => input.restBytes().length,
    (input: WireReader) => input.rest(uint32).length,
    (input: WireReader) => input.restMany(structure).length,
  ]) {
    const input = reader(...values);
    expect(input.walked(structure)).toBe(5);
    expect([read(input), input.ok]).toEqual([0, true]);
  }
});

test.each([
  ['nothing', [], []],
  ['one', [1, 0], [1]],
  ['one and a half', [1, 0, 2], [1]],
  ['two', [1, 0, 2, 0], [1, 2]],
] as const)('rest takes whole elements: %s', (_case, values, want) => {
  const input = reader(...values);
  expect([input.rest(uint16), input.ok]).toEqual([want, true]);
});

test.each([
  ['the padding alone', [9, 0], []],
  ['the padding and an element', [9, 0, 3, 0], [3]],
  ['nothing at all', [9], []],
] as const)('rest begins where its type is aligned: %s', (_case, values, want) => {
  const input = reader(...values);
  input.uint8();
  expect([input.rest(uint16), input.ok]).toEqual([want, true]);
});

test.each([
  ['nothing', [], []],
  ['one', [2, 0, 0x41, 0], ['A']],
  ['two and one byte more', [2, 0, 0x41, 0, 0, 0, 7], ['A', '']],
] as const)('the rest of walked elements: %s', (_case, values, want) => {
  const input = reader(...values);
  expect([input.restMany(string), input.ok]).toEqual([want, true]);
});

test('bytes that hold no whole walked element because of its padding are left alone', () => {
  // An element that ends at 6 leaves 7 bytes: more than 6, but not after the padding up to 8.
  const open = { ...structure, tail: 1 };
  const input = reader(1, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9);
  expect([input.restMany(open), input.ok]).toEqual([[1], true]);
});

test('a walked element at the end that is cut short is refused', () => {
  const input = reader(2, 0, 0x41, 0, 4, 0, 0x41, 0);
  input.restMany(string);
  expect(input.ok).toBe(false);
});

test.each([
  ['one byte after it', 1, [0xff, 0, 0x41]],
  ['everything after it', 4, []],
])('nothing outside the view is read: %s', (_case, cut, tail) => {
  const memory = bytes(0xee, 0xee, 4, 0, 0x41, 0, 0x42, 0, ...tail);
  const view = new DataView(memory.buffer, 2, 6 - cut);
  expect(holds(view, (each) => each.string())).toBe(false);
});

// --- Writing by walking ---------------------------------------------------------------------------------------------

test.each([
  ['empty: two zero bytes', '', [0, 0]],
  ['plain', 'AB', [4, 0, 0x41, 0, 0x42, 0]],
])('a string is written with its byte count: %s', (_case, text, want) => {
  expect(written((writer) => writer.string(text, 'X'))).toEqual(want);
});

test('the longest string has 32,767 characters', () => {
  expect(written((writer) => writer.string('x'.repeat(32_767), 'X')).length).toBe(65_536);
  expect(() => new WireWriter().string('x'.repeat(32_768), 'Log.Text')).toThrow(
    new ItemError('Log.Text', '32768 characters, at most 32767 fit'),
  );
});

test('a string with MaxLen is written as its full slot', () => {
  expect(written((writer) => writer.boundedString('A', 2, 'X'))).toEqual([4, 0, 0x41, 0, 0, 0]);
  expect(() => new WireWriter().boundedString('ABC', 2, 'Log.Name')).toThrow(
    new ItemError('Log.Name', '3 characters, at most 2 fit'),
  );
});

test('elements of a string array keep their limit', () => {
  const type = boundedString(1);
  expect(written((writer) => writer.many(['A', ''], 2, type, 'X'))).toEqual([
    2, 0, 0x41, 0, 2, 0, 0, 0,
  ]);
  expect(() => new WireWriter().many(['AB'], 1, type, 'Log.Names')).toThrow('Log.Names: 2 char');
});

test('measuring and writing give the same size', () => {
  const write = (writer: WireWriter): void => {
    writer.fixed(wire.uint8, 1, 'a');
    writer.walked(structure, 2, 'b');
    writer.bytes(bytes(1, 2, 3), 3, 'c');
    writer.array([1n], 1, wire.uint64, 'd');
    writer.string('xyz', 'e');
  };
  const measure = new WireWriter();
  write(measure);
  const memory = new Uint8Array(measure.size);
  const writer = new WireWriter(viewOf(memory));
  write(writer);
  expect(writer.size).toBe(measure.size);
  expect(measure.size).toBe(40);
});

test('holds refuses what its reader refuses', () => {
  const input = viewOf(bytes(1, 0));
  expect(holds(input, (each) => each.uint16() === 1)).toBe(true);
  expect(holds(input, (each) => each.uint16() === 2)).toBe(false);
  expect(holds(input, (each) => each.uint32())).toBe(false);
});

test('a fixed type that is missing gives no value', () => {
  const input = reader(1);
  expect(input.fixed(uint16 satisfies FixedType<number>)).toBeUndefined();
  expect(input.ok).toBe(false);
});
