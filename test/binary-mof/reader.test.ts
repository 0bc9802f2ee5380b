/**
 * Reading and writing: every kind of value, damaged bytes, and documents that the format cannot hold.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeContainer } from '../../src/binary-mof/container.js';
import {
  type BinaryMof,
  type BinaryObject,
  type BinaryProperty,
  type TypedValue,
} from '../../src/binary-mof/document.js';
import {
  faultText,
  isBinaryMof,
  readBinaryMof,
  writeBinaryMof,
} from '../../src/binary-mof/index.js';
import { MAX_DEPTH, MAX_PARTS, MAX_PAYLOAD, PARTS } from '../../src/binary-mof/limits.js';
import { readPayload } from '../../src/binary-mof/payload-reader.js';
import { writePayload } from '../../src/binary-mof/payload-writer.js';
import { bmfs } from './bmf-files.js';
import { anyDocument } from './documents.js';
import { runs } from '../effort.js';

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex');
const u32 = (...numbers: readonly number[]) =>
  hex(new Uint8Array(Uint32Array.from(numbers).buffer));
const utf16 = (text: string) => hex(Buffer.from(text, 'utf16le'));

const NONE = 0xffff_ffff;
const empty: BinaryObject = {
  kind: 'class',
  qualifiers: undefined,
  properties: undefined,
  methods: undefined,
};
const emptyHex = u32(20, NONE, NONE, NONE, 0);

const property = (name: string, typed: TypedValue): BinaryProperty => ({
  name,
  ...typed,
  qualifiers: undefined,
});
const documentOf = (...properties: readonly BinaryProperty[]): BinaryMof => ({
  objects: [{ ...empty, properties }],
});

/** The bytes after the header of a payload's one property. */
function valueHex(typed: TypedValue): string {
  const document = documentOf(property('x', typed));
  const payload = writePayload(document);
  expect(readPayload(payload)).toStrictEqual({ value: document });
  // Headers of payload, object, list and property; then the name with its NUL.
  return hex(payload).slice(2 * (20 + 20 + 8 + 20 + 4));
}

test.each<readonly [TypedValue['type'], TypedValue['value'], string]>([
  ['void', undefined, ''],
  ['sint8', -1, 'ff000000'],
  ['uint8', 255, 'ff000000'],
  ['sint16', -2, 'feff0000'],
  ['uint16', 0xfffe, 'feff0000'],
  ['char16', 0x41, '41000000'],
  ['boolean', true, 'ffff0000'],
  ['boolean', false, '00000000'],
  ['sint32', -2, 'feffffff'],
  ['uint32', 0xdeadbeef, 'efbeadde'],
  ['sint64', -2n, 'feffffffffffffff'],
  ['uint64', 0x0102030405060708n, '0807060504030201'],
  ['real32', 1.5, '0000c03f'],
  ['real64', -0, '0000000000000080'],
  ['string', 'ab', '6100620000000000'],
  ['string', '', '00000000'],
  ['datetime', 'a', '61000000'],
  ['ref', 'a', '61000000'],
  ['alias', 'P\ud800', '500000d800000000'],
  ['object', empty, emptyHex],
])('%s: %s', (type, value, want) => {
  expect(valueHex({ type, isArray: false, value })).toBe(want);
});

test.each<readonly [TypedValue['type'], TypedValue['value'], string]>([
  ['uint8', [], u32(16, 1, 0, 4)],
  // Only the last element is padded, by its own length.
  ['uint8', [1], u32(20, 1, 1, 8) + '01000000'],
  ['uint8', [1, 2, 3], u32(22, 1, 3, 10) + '010203000000'],
  ['uint16', [1, 2], u32(22, 1, 2, 10) + '010002000000'],
  ['string', ['', 'ab', ''], u32(28, 1, 3, 16) + '0000' + '610062000000' + '00000000'],
  ['object', [empty, empty], u32(56, 1, 2, 44) + emptyHex + emptyHex],
])('an array of %s: %s', (type, value, want) => {
  expect(valueHex({ type, isArray: true, value })).toBe(want);
});

test('names and values in all objects but the last of an array are not padded', () => {
  const inner = (value: number): BinaryObject => ({
    ...empty,
    kind: 'instance',
    properties: [property('ab', { type: 'uint16', isArray: false, value })],
  });
  const got = valueHex({ type: 'object', isArray: true, value: [inner(1), inner(2)] });
  const record = (size: number, valueAt: number) => u32(size, 0x12, 0, valueAt, NONE);
  expect(got).toBe(
    u32(132, 1, 2, 120) +
      (u32(56, NONE, 0, NONE, 1) + u32(36, 1) + record(28, 6) + utf16('ab\0') + '0100') +
      (u32(60, NONE, 0, NONE, 1) +
        u32(40, 1) +
        record(32, 8) +
        utf16('ab\0') +
        '0000' +
        '02000000'),
  );
});

test('an array within an unpadded object turns padding on again', () => {
  const values = property('v', { type: 'uint16', isArray: true, value: [1] });
  const after = property('ab', { type: 'void', isArray: false, value: undefined });
  const inner: BinaryObject = { ...empty, properties: [after, values, after] };
  const got = valueHex({ type: 'object', isArray: true, value: [inner, empty] });
  const absent = (size: number) => u32(size, 0, 0, NONE, NONE) + utf16('ab\0');
  expect(got).toContain(
    absent(26) +
      u32(44, 0x2012, 0, 4, NONE) +
      utf16('v\0') +
      u32(20, 1, 1, 8) +
      '01000000' +
      absent(28) +
      '0000',
  );
});

test('flavors are in a table, by the offsets of their qualifiers', () => {
  const qualifier = (name: string, flavor: number) =>
    ({ name, type: 'boolean', isArray: false, value: undefined, flavor }) as const;
  const document: BinaryMof = {
    objects: [
      { ...empty, qualifiers: [qualifier('a', 3), qualifier('b', 0), qualifier('c', 0x11)] },
    ],
  };
  const payload = writePayload(document);
  const table = Buffer.from('BMOFQUALFLAVOR11').toString('hex') + u32(2, 48, 3, 88, 0x11);
  expect(hex(payload).endsWith(table)).toBe(true);
  expect(hex(payload).slice(0, 40)).toBe(
    u32(0x424d4f46, payload.length - table.length / 2, 1, 1, 1),
  );
  expect(readPayload(payload)).toStrictEqual({ value: document });
});

test('a missing list is not an empty list', () => {
  const document: BinaryMof = {
    objects: [
      empty,
      { ...empty, qualifiers: [] },
      { ...empty, properties: [] },
      { ...empty, methods: [] },
    ],
  };
  expect(readBinaryMof(writeBinaryMof(document))).toStrictEqual({ value: document });
});

test('random documents are unchanged after writing and reading', () => {
  fc.assert(
    fc.property(anyDocument, (document) => {
      const bytes = writeBinaryMof(document);
      expect(isBinaryMof(bytes)).toBe(true);
      expect(readBinaryMof(bytes)).toStrictEqual({ value: document });
    }),
    { numRuns: runs(150) },
  );
});

test.each<readonly [string, BinaryMof, string]>([
  [
    'a number out of range',
    documentOf(property('P', { type: 'uint8', isArray: false, value: 256 })),
    "'P': 256 is not of type uint8",
  ],
  [
    'a fraction',
    documentOf(property('P', { type: 'sint32', isArray: false, value: 0.5 })),
    "'P': 0.5 is not of type sint32",
  ],
  [
    'a number for 64 bits',
    documentOf(property('P', { type: 'uint64', isArray: false, value: 1 })),
    "'P': 1 is not of type uint64",
  ],
  [
    'a negative one',
    documentOf(property('P', { type: 'uint64', isArray: false, value: -1n })),
    "'P': -1 is not of type uint64",
  ],
  [
    'a text for a boolean',
    documentOf(property('P', { type: 'boolean', isArray: false, value: 'true' })),
    `'P': "true" is not of type boolean`,
  ],
  [
    'a NUL in a text',
    documentOf(property('P', { type: 'string', isArray: false, value: 'a\0b' })),
    `'P': "a\\u0000b" is not of type string`,
  ],
  [
    'a NUL in a name',
    documentOf(property('P\0', { type: 'void', isArray: false, value: undefined })),
    `the name "P\\u0000" has a NUL`,
  ],
  [
    'a value of type void',
    documentOf(property('P', { type: 'void', isArray: false, value: 1 })),
    "'P': 1 is not of type void",
  ],
  [
    'a list for one value',
    documentOf(property('P', { type: 'uint8', isArray: false, value: [1] })),
    "'P': a list is not of type uint8",
  ],
  [
    'one value for a list',
    documentOf(property('P', { type: 'uint8', isArray: true, value: 1 })),
    "'P': the value of an array is a list",
  ],
  [
    'an object for a text',
    documentOf(property('P', { type: 'string', isArray: false, value: empty })),
    "'P': an object is not of type string",
  ],
  [
    'a text for an object',
    documentOf(property('P', { type: 'object', isArray: false, value: 'a' })),
    `'P': "a" is not of type object`,
  ],
  [
    'an invalid flavor',
    {
      objects: [
        {
          ...empty,
          qualifiers: [{ name: 'Q', type: 'void', isArray: false, value: undefined, flavor: -1 }],
        },
      ],
    },
    "'Q': -1 is not a flavor",
  ],
  ['objects too deep', nested(MAX_DEPTH + 1), `objects nested more than ${MAX_DEPTH} deep`],
  [
    'too much',
    documentOf(
      property('P', { type: 'string', isArray: false, value: 'a'.repeat(MAX_PAYLOAD / 2) }),
    ),
    `more than ${MAX_PAYLOAD} bytes of objects`,
  ],
  [
    'too many objects',
    { objects: Array.from({ length: MAX_PARTS + 1 }, () => empty) },
    `more than ${MAX_PARTS} ${PARTS}`,
  ],
  [
    'too long a list',
    documentOf(
      property('P', { type: 'uint8', isArray: true, value: Array<number>(MAX_PARTS).fill(1) }),
    ),
    `more than ${MAX_PARTS} ${PARTS}`,
  ],
  [
    'a text of too many lines',
    documentOf(property('P', { type: 'string', isArray: false, value: '\n'.repeat(MAX_PARTS) })),
    `more than ${MAX_PARTS} ${PARTS}`,
  ],
])('%s is not written', (_case, document, message) => {
  expect(() => writePayload(document)).toThrow(new RangeError(message));
});

function nested(depth: number): BinaryMof {
  let object = empty;
  for (let level = 1; level < depth; level += 1) {
    object = {
      ...empty,
      properties: [property('o', { type: 'object', isArray: false, value: object })],
    };
  }
  return { objects: [object] };
}

test('one object more than a file may have is not read', () => {
  const objects = (count: number) => fromHex(head(20 + 20 * count, count) + emptyHex.repeat(count));
  expect(readPayload(objects(MAX_PARTS)).fault).toBeUndefined();
  const { value, fault } = readPayload(objects(MAX_PARTS + 1));
  expect(value).toBeUndefined();
  expect(fault && faultText(fault)).toBe(
    `byte ${20 + 20 * MAX_PARTS} of the decompressed payload: expected at most ${MAX_PARTS} ${PARTS}, found one more`,
  );
});

test('the deepest objects are unchanged after writing and reading', () => {
  const document = nested(MAX_DEPTH);
  expect(readBinaryMof(writeBinaryMof(document))).toStrictEqual({ value: document });
});

const fromHex = (text: string) => new Uint8Array(Buffer.from(text, 'hex'));
const head = (size: number, count: number) => u32(0x424d4f46, size, 1, 1, count);
/** A payload with one object that has one list, of properties. */
const oneList = (listHex: string) => {
  const size = 40 + listHex.length / 2;
  return head(size, 1) + u32(size - 20, NONE, 0, NONE, 0) + listHex;
};
const payloadText = 'of the decompressed payload: expected';

test.each([
  ['nothing', '', `byte 0 ${payloadText} a header of 20 bytes, found the end of the payload`],
  ['another start', u32(1, 20, 1, 1, 0), `byte 0 ${payloadText} "FOMB" (0x424D4F46), found 0x1`],
  [
    'a length beyond the end',
    head(21, 0),
    `byte 4 ${payloadText} a length of objects of 20 to 20 bytes, found 21`,
  ],
  ['another version', u32(0x424d4f46, 20, 2, 1, 0), `byte 8 ${payloadText} 1, found 0x2`],
  [
    '2^32 - 1 objects',
    head(20, NONE),
    `byte 20 ${payloadText} object 1 of 4294967295, of at least 20 bytes, found 0 bytes`,
  ],
  [
    'an object that is not counted',
    head(40, 0) + emptyHex,
    `byte 20 ${payloadText} the end of the 0 objects, found 20 bytes`,
  ],
  [
    'an object without a length',
    head(40, 1) + u32(0, NONE, NONE, NONE, 0),
    `byte 20 ${payloadText} the length of object 1 of 1, 20 to 20 bytes, found 0`,
  ],
  [
    'another kind',
    head(40, 1) + u32(20, NONE, NONE, NONE, 2),
    `byte 36 ${payloadText} 0 (class) or 1 (instance), found 2`,
  ],
  [
    'a list beyond the object',
    head(40, 1) + u32(20, 1, NONE, NONE, 0),
    `byte 24 ${payloadText} the offset of a list of qualifiers, 0 to 0, found 1`,
  ],
  [
    'a list without room',
    head(40, 1) + u32(20, NONE, 0, NONE, 0),
    `byte 40 ${payloadText} a list of properties, of at least 8 bytes, found 0 bytes`,
  ],
  [
    'two offsets of one list',
    head(48, 1) + u32(28, NONE, 0, 0, 0) + u32(8, 0),
    `byte 32 ${payloadText} the offset of a list of methods, 8 to 8, found 0`,
  ],
  [
    '2^32 - 1 properties',
    oneList(u32(8, NONE)),
    `byte 44 ${payloadText} a count of 0, as many properties, found 4294967295`,
  ],
  [
    'records that are not counted',
    oneList(u32(12, 0, 0)),
    `byte 48 ${payloadText} the end of 0 properties, found 4 bytes more`,
  ],
  [
    'a property cut short',
    oneList(u32(12, 1, 0)),
    `byte 48 ${payloadText} a property or method, of at least 20 bytes, found 4 bytes`,
  ],
  [
    'no name',
    oneList(u32(28, 1) + u32(20, 0, NONE, NONE, NONE)),
    `byte 56 ${payloadText} the offset of a name, found none (0xFFFFFFFF)`,
  ],
  [
    'a name without an end',
    oneList(u32(32, 1) + u32(24, 0, 0, NONE, NONE) + '61006200'),
    `byte 68 ${payloadText} a name that ends within 4 bytes, found no end`,
  ],
  [
    'another type',
    oneList(u32(32, 1) + u32(24, 1, 0, NONE, NONE) + '00000000'),
    `byte 52 ${payloadText} the number of a type, found 0x1`,
  ],
  [
    'a type with the highest bit',
    oneList(u32(32, 1) + u32(24, 0x80000003, 0, NONE, NONE) + '00000000'),
    `byte 52 ${payloadText} the number of a type, found 0x80000003`,
  ],
  [
    'a value of type void',
    oneList(u32(32, 1) + u32(24, 0, 0, 4, NONE) + '00000000'),
    `byte 60 ${payloadText} no value of type void, found one`,
  ],
  [
    'a value that overlaps the name',
    oneList(u32(32, 1) + u32(24, 3, 0, 0, NONE) + '00000000'),
    `byte 60 ${payloadText} the offset of a value, 2 to 4, found 0`,
  ],
  [
    'a value cut short',
    oneList(u32(32, 1) + u32(24, 0x13, 0, 2, NONE) + '00000000'),
    `byte 70 ${payloadText} a uint32 of 4 bytes, found 2 bytes`,
  ],
  [
    '2^32 - 1 elements',
    oneList(u32(48, 1) + u32(40, 0x2011, 0, 4, NONE) + '00000000' + u32(16, 1, NONE, 4)),
    `byte 80 ${payloadText} a count of 0, as many elements, found 4294967295`,
  ],
  [
    'two rows',
    oneList(u32(48, 1) + u32(40, 0x2011, 0, 4, NONE) + '00000000' + u32(16, 2, 0, 4)),
    `byte 76 ${payloadText} 1, the rows of an array, found 0x2`,
  ],
  [
    'a row of another length',
    oneList(u32(48, 1) + u32(40, 0x2011, 0, 4, NONE) + '00000000' + u32(16, 1, 0, 8)),
    `byte 84 ${payloadText} a row of 4 bytes, found 8`,
  ],
  [
    'other data after the objects',
    head(20, 0) + u32(1),
    `byte 20 ${payloadText} "BMOFQUALFLAVOR11" and a count, found other data`,
  ],
  [
    '2^32 - 1 flavors',
    head(20, 0) + Buffer.from('BMOFQUALFLAVOR11').toString('hex') + u32(NONE),
    `byte 36 ${payloadText} the count of flavors in 0 bytes, 8 bytes each, found 4294967295`,
  ],
  [
    'a flavor of no qualifier',
    head(20, 0) + Buffer.from('BMOFQUALFLAVOR11').toString('hex') + u32(1, 20, 1),
    `byte 40 ${payloadText} the offset of a qualifier, found 20`,
  ],
  [
    'two flavors of one qualifier',
    head(20, 0) + Buffer.from('BMOFQUALFLAVOR11').toString('hex') + u32(2, 20, 1, 20, 2),
    `byte 48 ${payloadText} a qualifier without a flavor so far, found 20`,
  ],
])('a payload with %s', (_case, payload, want) => {
  const { value, fault } = readBinaryMof(writeContainer(fromHex(payload)));
  expect(value).toBeUndefined();
  expect(fault && faultText(fault)).toBe(want);
});

const file = writeBinaryMof({ objects: [] });
const changed = (at: number, ...numbers: readonly number[]) => {
  const bytes = new Uint8Array(file);
  new DataView(bytes.buffer).setUint32(at, numbers[0] ?? 0, true);
  return bytes;
};

test.each([
  [
    'nothing',
    new Uint8Array(),
    'byte 0: expected "FOMB", the start of a binary MOF, found an empty file',
  ],
  [
    'a text',
    Buffer.from('class A {};'),
    'byte 0: expected "FOMB", the start of a binary MOF, found 63 6C 61 73',
  ],
  [
    'a part of the header',
    file.subarray(0, 9),
    'byte 9: expected a header of 16 bytes, found the end',
  ],
  ['a payload without its container', fromHex(head(20, 0)), 'byte 4: expected version 1, found 20'],
  [
    'a compressed size beyond the end',
    changed(8, 2 ** 32 - 1),
    `byte 8: expected a compressed size of at most ${file.length - 16} bytes, to the end, found 4294967295`,
  ],
  [
    'a size of 4 GB',
    changed(12, 2 ** 32 - 1),
    /^byte 12: expected a decompressed size of at most \d+ bytes, the most in \d+ compressed, found 4294967295$/,
  ],
  [
    'a byte more',
    changed(12, 21),
    /^byte \d+: expected 1 more bytes before the sync marker, found the marker$/,
  ],
  ['a byte less', changed(12, 19), /^byte \d+: expected a match of at most 3 bytes, found 4$/],
])('a file with %s', (_case, bytes, want) => {
  const { value, fault } = readBinaryMof(bytes);
  expect(value).toBeUndefined();
  expect(fault && faultText(fault)).toMatch(want);
});

test.each([
  [
    'bytes after the end',
    new Uint8Array(Buffer.concat([file, Buffer.from([0])])),
    `byte ${file.length}: expected the end, as mofcomp writes it, found the byte 0x00`,
  ],
  [
    'padding that is not zero',
    writeContainer(fromHex(oneList(u32(32, 1) + u32(24, 0x11, 0, NONE, NONE) + '00000100'))),
    `byte 70 ${payloadText} the byte 0x00, as mofcomp writes it, found the byte 0x01`,
  ],
  [
    'a boolean of 1',
    writeContainer(fromHex(oneList(u32(36, 1) + u32(28, 0x0b, 0, 4, NONE) + '0000000001000000'))),
    `byte 72 ${payloadText} the byte 0xFF, as mofcomp writes it, found the byte 0x01`,
  ],
  [
    'an empty table of flavors',
    writeContainer(fromHex(head(20, 0) + Buffer.from('BMOFQUALFLAVOR11').toString('hex') + u32(0))),
    `byte 20 ${payloadText} the end, as mofcomp writes it, found the byte 0x42`,
  ],
])('a file with %s is read, with a fault', (_case, bytes, want) => {
  const { value, fault } = readBinaryMof(bytes);
  expect(value).toBeDefined();
  expect(fault && faultText(fault)).toBe(want);
});

test.each(bmfs.filter(({ bytes }) => bytes.length < 800))(
  '$name, cut at every byte: a fault that is in the file',
  ({ bytes }) => {
    for (let end = 0; end < bytes.length; end += 1) {
      const { value, fault } = readBinaryMof(bytes.subarray(0, end));
      if (value === undefined && fault.place === 'file' && fault.offset <= end) continue;
      expect.fail(`cut at ${end}: ${fault && faultText(fault)}`);
    }
  },
);

test.each(bmfs.filter(({ bytes }) => bytes.length < 400))(
  '$name, its payload cut at every byte: a fault that is in the payload',
  ({ bytes }) => {
    const { value } = readBinaryMof(bytes);
    const payload = writePayload(value ?? { objects: [] });
    // Without the flavor table, which may be absent, a payload is whole.
    const whole = new DataView(payload.buffer).getUint32(4, true);
    for (let end = 0; end < payload.length; end += 1) {
      const { value, fault } = readPayload(payload.subarray(0, end));
      if (end === whole && fault === undefined) continue;
      if (value === undefined && fault.place === 'payload' && fault.offset <= end) continue;
      expect.fail(`cut at ${end}: ${fault && faultText(fault)}`);
    }
  },
);
