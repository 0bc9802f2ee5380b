/**
 * Values that do not fit their items: every writer, alone, in records of both kinds and in arrays. The error names the
 * whole path, and only a value that does not fit is an ItemError.
 */
import { describe, expect, test } from 'vitest';
import { fixedCodec, walkedCodec } from '../../src/runtime/codec.js';
import { itemBytes } from '../../src/runtime/testing/block-consumer.js';
import * as wire from '../../src/runtime/wire.js';
import { ItemError, WireWriter } from '../../src/runtime/wire.js';
import { CalibrationCodec } from '../../samples/calibration/expected/ts/calibration.g.js';
import { CalibrationInMemory } from '../../samples/calibration/expected/ts/calibration.provider.js';
import { CardReader_SlotState_Codec } from '../../samples/card-reader/expected/ts/card-reader.g.js';
import { CardReader_SlotState_InMemory } from '../../samples/card-reader/expected/ts/card-reader.provider.js';
import { class__Codec } from '../../samples/odd-corners/expected/ts/odd-corners.g.js';
import { class__InMemory } from '../../samples/odd-corners/expected/ts/odd-corners.provider.js';
import {
  SensorLogCodec,
  SensorLogDrainOutputCodec,
} from '../../samples/sensor-log/expected/ts/sensor-log.g.js';
import { SensorLogInMemory } from '../../samples/sensor-log/expected/ts/sensor-log.provider.js';
import { SmartFanCodec } from '../../samples/smart-fan/expected/ts/smart-fan.g.js';
import { SmartFanInMemory } from '../../samples/smart-fan/expected/ts/smart-fan.provider.js';

/** The error of `work`. */
function errorOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  return undefined;
}

/** Path and problem of the ItemError of `work`, or what else it throws. */
function itemErrorOf(work: () => unknown): unknown {
  const error = errorOf(work);
  if (!(error instanceof ItemError)) return error;
  expect(error).toBeInstanceOf(RangeError);
  expect(error.message).toBe(`${error.path}: ${error.problem}`);
  return [error.path, error.problem];
}

const bare: object = Object.create(null) as object;

/** Values that fit no item, and how messages print them. */
const NO_VALUES: readonly (readonly [unknown, string])[] = [
  [undefined, 'undefined'],
  [null, 'null'],
  [{}, 'an object'],
  [bare, 'an object'],
  [Symbol('s'), 'Symbol(s)'],
  [() => 1, 'a function'],
];

const TEXTS: readonly (readonly [unknown, string])[] = [
  ['1', '"1"'],
  ['', '""'],
  ['"\n', String.raw`"\"\n"`],
];
const NUMBERS: readonly (readonly [unknown, string])[] = [
  [1, '1'],
  [0, '0'],
  [NaN, 'NaN'],
];
const BIGINTS: readonly (readonly [unknown, string])[] = [
  [1n, '1n'],
  [0n, '0n'],
];
const BOOLEANS: readonly (readonly [unknown, string])[] = [
  [true, 'true'],
  [false, 'false'],
];
const ARRAYS: readonly (readonly [unknown, string])[] = [
  [[], 'an object'],
  [[1], 'an object'],
];

const outside = (...values: readonly (bigint | number)[]) =>
  values.map((value) => [value, typeof value === 'bigint' ? `${value}n` : String(value)] as const);
const notIntegers = outside(0.5, NaN, Infinity, -Infinity, 2 ** 53);
const notANumber = [...NO_VALUES, ...TEXTS, ...BIGINTS, ...BOOLEANS, ...ARRAYS];
const notABigint = [...NO_VALUES, ...TEXTS, ...NUMBERS, ...BOOLEANS, ...ARRAYS];

/** Each fixed type: a value that fits, the values that do not, and what messages call the type. */
interface FixedCase {
  readonly name: keyof typeof wire & keyof WireWriter;
  readonly type: wire.FixedType<never>;
  readonly fits: unknown;
  readonly wrong: readonly (readonly [unknown, string])[];
  readonly what: string;
}

const integer = (
  name: FixedCase['name'],
  type: wire.FixedType<number>,
  ...range: readonly number[]
): FixedCase => ({
  name,
  type: type as wire.FixedType<never>,
  fits: 1,
  wrong: [...notANumber, ...notIntegers, ...outside(...range)],
  what: `a ${name}`,
});

const big = (
  name: FixedCase['name'],
  type: wire.FixedType<bigint>,
  ...range: readonly bigint[]
): FixedCase => ({
  name,
  type: type as wire.FixedType<never>,
  fits: 1n,
  wrong: [...notABigint, ...outside(...range)],
  what: `a ${name}`,
});

const FIXED: readonly FixedCase[] = [
  {
    name: 'boolean',
    type: wire.boolean as wire.FixedType<never>,
    fits: true,
    wrong: [...NO_VALUES, ...TEXTS, ...NUMBERS, ...BIGINTS, ...ARRAYS],
    what: 'a boolean',
  },
  integer('uint8', wire.uint8, -1, 256),
  integer('sint8', wire.sint8, -129, 128),
  integer('uint16', wire.uint16, -1, 65_536),
  integer('sint16', wire.sint16, -32_769, 32_768),
  integer('uint32', wire.uint32, -1, 2 ** 32),
  integer('sint32', wire.sint32, -(2 ** 31) - 1, 2 ** 31),
  integer('char16', wire.char16, -1, 65_536),
  big('uint64', wire.uint64, -1n, 2n ** 64n),
  big('sint64', wire.sint64, -(2n ** 63n) - 1n, 2n ** 63n),
  {
    name: 'datetime',
    type: wire.datetime as wire.FixedType<never>,
    fits: wire.ZERO_DATETIME,
    wrong: [...notANumber, ...NUMBERS, ['0'.repeat(24), `"${'0'.repeat(24)}"`]],
    what: 'a datetime of 25 characters',
  },
];

/** Writes one item of a walked record by the writer's method for it. */
function writeBy(writer: WireWriter, name: FixedCase['name'], value: never, item: string): void {
  (writer as unknown as Record<string, (value: never, item: string) => void>)[name]?.(value, item);
}

describe.each(FIXED)('$name', ({ name, type, fits, wrong, what }) => {
  const { stride, alignment } = type;
  const read = (): { Item: never } => ({ Item: fits as never });
  const fixed = fixedCodec<{ readonly Item: never }>({
    ...{ name: 'Fixed', size: stride, stride, alignment, read },
    write: (view, at, data) => {
      type.write(view, at, data.Item, 'Item');
    },
  });
  const elements = fixedCodec<{ readonly Items: readonly never[] }>({
    ...{ name: 'Fixed', size: 2 * stride, stride: 2 * stride, alignment },
    read: () => ({ Items: [] }),
    write: (view, at, data) => {
      wire.writeArray(view, at, data.Items, 2, type, 'Items');
    },
  });
  const walked = walkedCodec<{ readonly Item: never }>({
    ...{ name: 'Walked', alignment, tail: 1, minimumSize: 0, read },
    write: (writer, data) => {
      writeBy(writer, name, data.Item, 'Item');
    },
  });
  const walkedElements = walkedCodec<{ readonly Items: readonly never[] }>({
    ...{ name: 'Walked', alignment, tail: 1, minimumSize: 0 },
    read: () => ({ Items: [] }),
    write: (writer, data) => {
      writer.array(data.Items, 2, type, 'Items');
    },
  });
  const inFixed = fixedCodec<{ readonly Inner: { readonly Item: never } }>({
    ...{ name: 'Outer', size: stride, stride, alignment, read: () => ({ Inner: read() }) },
    write: (view, at, data) => {
      fixed.write(view, at, data.Inner, 'Inner');
    },
  });
  const inWalked = walkedCodec<{ readonly Inner: { readonly Item: never } }>({
    ...{ name: 'Outer', alignment, tail: 1, minimumSize: 0, read: () => ({ Inner: read() }) },
    write: (writer, data) => {
      writer.walked(walked, data.Inner, 'Inner');
    },
  });

  test('a value that fits is written', () => {
    const Item = fits as never;
    for (const codec of [fixed, walked]) expect(codec.encode({ Item })).toHaveLength(stride);
    for (const codec of [elements, walkedElements]) {
      expect(codec.encode({ Items: [Item, Item] })).toHaveLength(2 * stride);
    }
    for (const codec of [inFixed, inWalked]) {
      expect(codec.encode({ Inner: { Item } })).toHaveLength(stride);
    }
    expect(itemBytes(type, Item)).toHaveLength(stride);
  });

  test.each(wrong.map(([value, shown]) => ({ value, shown })))('$shown', ({ value, shown }) => {
    const Item = value as never;
    const Good = fits as never;
    const problem = `${shown} is not ${what}`;
    const table: readonly (readonly [() => unknown, string])[] = [
      [() => itemBytes(type, Item), 'item'],
      [() => itemBytes(type, Item, 'Log.Item'), 'Log.Item'],
      [() => fixed.encode({ Item }), 'Fixed.Item'],
      [() => walked.encode({ Item }), 'Walked.Item'],
      [() => elements.encode({ Items: [Item, Good] }), 'Fixed.Items'],
      [() => elements.encode({ Items: [Good, Item] }), 'Fixed.Items'],
      [() => walkedElements.encode({ Items: [Good, Item] }), 'Walked.Items'],
      [() => inFixed.encode({ Inner: { Item } }), 'Outer.Inner.Item'],
      [() => inWalked.encode({ Inner: { Item } }), 'Outer.Inner.Item'],
    ];
    for (const [work, path] of table) expect(itemErrorOf(work)).toEqual([path, problem]);
  });
});

/** The rest of the writers, in a walked record. */
type Write = (writer: WireWriter, value: never) => void;
const WALKED: readonly (readonly [
  title: string,
  write: Write,
  wrong: readonly (readonly [unknown, string])[],
])[] = [
  [
    'string',
    (writer, value) => {
      writer.string(value, 'Item');
    },
    [
      ...[...notANumber, ...NUMBERS]
        .filter(([value]) => typeof value !== 'string')
        .map(([value, shown]) => [value, `${shown} is not a string`] as const),
      ['x'.repeat(32_768), '32768 characters, at most 32767 fit'],
    ],
  ],
  [
    'string with MaxLen',
    (writer, value) => {
      writer.boundedString(value, 3, 'Item');
    },
    [
      [undefined, 'undefined is not a string'],
      [null, 'null is not a string'],
      [['a'], 'an object is not a string'],
      ['four', '4 characters, at most 3 fit'],
    ],
  ],
  [
    'bytes',
    (writer, value) => {
      writer.bytes(value, 2, 'Item');
    },
    [
      [undefined, 'undefined is not an array'],
      [null, 'null is not an array'],
      ['ab', '"ab" is not an array'],
      [{ length: 2 }, 'an object is not an array'],
      [Uint8Array.of(1), 'length 1, expected 2'],
      [Uint8Array.of(1, 2, 3), 'length 3, expected 2'],
      [[1, 300], 'an object is not a Uint8Array'],
    ],
  ],
  [
    'array',
    (writer, value) => {
      writer.array(value, 2, wire.uint8, 'Item');
    },
    [
      [undefined, 'undefined is not an array'],
      [null, 'null is not an array'],
      ['ab', '"ab" is not an array'],
      [2, '2 is not an array'],
      [{ length: 2 }, 'an object is not an array'],
      [[1], 'length 1, expected 2'],
      [[1, 2, 3], 'length 3, expected 2'],
      [[1, 256], '256 is not a uint8'],
      [[1, undefined], 'undefined is not a uint8'],
      [new Array(2), 'undefined is not a uint8'],
    ],
  ],
  [
    'array of strings',
    (writer, value) => {
      writer.many(value, 2, wire.boundedString(2), 'Item');
    },
    [
      [undefined, 'undefined is not an array'],
      [{ length: 2 }, 'an object is not an array'],
      [['a'], 'length 1, expected 2'],
      [['a', null], 'null is not a string'],
      [['a', 'abc'], '3 characters, at most 2 fit'],
    ],
  ],
];

describe.each(WALKED)('%s', (_title, write, wrong) => {
  test.each(wrong.map(([value, problem]) => ({ value, problem })))('$problem', (row) => {
    const { value, problem } = row;
    const walked = walkedCodec<{ readonly Item: never }>({
      ...{ name: 'Walked', alignment: 2, tail: 1, minimumSize: 0 },
      read: () => ({ Item: 0 as never }),
      write: (writer, data) => {
        write(writer, data.Item);
      },
    });
    expect(itemErrorOf(() => walked.encode({ Item: value as never }))).toEqual([
      'Walked.Item',
      problem,
    ]);
  });
});

test.each<readonly [string, (value: never) => unknown, unknown, string]>([
  [
    'bytesOf',
    (v) => itemBytes<Uint8Array>(wire.bytesOf(2), v),
    undefined,
    'undefined is not an array',
  ],
  [
    'bytesOf',
    (v) => itemBytes<Uint8Array>(wire.bytesOf(2), v),
    Uint8Array.of(1),
    'length 1, expected 2',
  ],
  ['bytesOf, any number', (v) => itemBytes<Uint8Array>(wire.bytesOf(), v), 5, '5 is not an array'],
  [
    'arrayOf',
    (v) => itemBytes<readonly number[]>(wire.arrayOf(wire.uint8, 1), v),
    null,
    'null is not an array',
  ],
  [
    'arrayOf',
    (v) => itemBytes<readonly number[]>(wire.arrayOf(wire.uint8, 1), v),
    [256],
    '256 is not a uint8',
  ],
  [
    'arrayOf, any number',
    (v) => itemBytes<readonly number[]>(wire.arrayOf(wire.uint8), v),
    {},
    'an object is not an array',
  ],
  [
    'arrayOf, any number',
    (v) => itemBytes<readonly number[]>(wire.arrayOf(wire.uint8), v),
    [1, -1],
    '-1 is not a uint8',
  ],
  [
    'manyOf',
    (v) => itemBytes<readonly string[]>(wire.manyOf(wire.string, 1), v),
    [1],
    '1 is not a string',
  ],
  [
    'manyOf',
    (v) => itemBytes<readonly string[]>(wire.manyOf(wire.string, 1), v),
    [],
    'length 0, expected 1',
  ],
  [
    'manyOf, any number',
    (v) => itemBytes<readonly string[]>(wire.manyOf(wire.string), v),
    'ab',
    '"ab" is not an array',
  ],
])('an item that is alone in its buffer: %s', (_type, write, value, problem) => {
  expect(itemErrorOf(() => write(value as never))).toEqual(['item', problem]);
});

const fan = () => new SmartFanInMemory().data;
const calibration = () => new CalibrationInMemory().data;
const log = () => new SensorLogInMemory().data;
const slot = () => new CardReader_SlotState_InMemory().data;
const odd = () => new class__InMemory().data;
const point = { Measured: 0, Nominal: 0, Used: false };

/** The part of a codec that the table uses. */
interface Encoder {
  encode(value: never): Uint8Array;
}

/** A generated codec, a valid value, the change that makes it invalid, and the message. */
const GENERATED: readonly (readonly [string, Encoder, () => object, object | null | undefined])[] =
  [
    ['SmartFan.Mode: undefined is not a uint8', SmartFanCodec, fan, { Mode: undefined }],
    ['SmartFan.Mode: 300 is not a uint8', SmartFanCodec, fan, { Mode: 300 }],
    ['SmartFan.TargetSpeed: 1n is not a uint32', SmartFanCodec, fan, { TargetSpeed: 1n }],
    ['SmartFan.Revolutions: 1 is not a uint64', SmartFanCodec, fan, { Revolutions: 1 }],
    [
      'SmartFan.LastCleaned: "today" is not a datetime of 25 characters',
      SmartFanCodec,
      fan,
      { LastCleaned: 'today' },
    ],
    ['SmartFan: null is not a record', SmartFanCodec, fan, null],
    [
      'Calibration.Points: undefined is not an array',
      CalibrationCodec,
      calibration,
      { Points: undefined },
    ],
    [
      'Calibration.Points: length 1, expected 4',
      CalibrationCodec,
      calibration,
      { Points: [point] },
    ],
    [
      'Calibration.Points: undefined is not a record',
      CalibrationCodec,
      calibration,
      { Points: [point, point, point, undefined] },
    ],
    [
      'Calibration.Points.Used: undefined is not a boolean',
      CalibrationCodec,
      calibration,
      { Points: [point, point, point, { ...point, Used: undefined }] },
    ],
    [
      'Calibration.Factors: 2 is not a sint64',
      CalibrationCodec,
      calibration,
      { Factors: [1n, 2, 3n] },
    ],
    [
      'Calibration.Signature: an object is not a Uint8Array',
      CalibrationCodec,
      calibration,
      { Signature: Array<number>(16).fill(1) },
    ],
    ['SensorLog.Label: undefined is not a string', SensorLogCodec, log, { Label: undefined }],
    [
      'SensorLog.Label: 16 characters, at most 15 fit',
      SensorLogCodec,
      log,
      { Label: 'x'.repeat(16) },
    ],
    ['SensorLog.Unit: undefined is not a record', SensorLogCodec, log, { Unit: undefined }],
    [
      'SensorLog.Unit.Divisor: 65536 is not a uint16',
      SensorLogCodec,
      log,
      { Unit: { Divisor: 65_536, Symbol: '' } },
    ],
    [
      'SensorLog.Unit.Symbol: null is not a string',
      SensorLogCodec,
      log,
      { Unit: { Divisor: 1, Symbol: null } },
    ],
    ['SensorLog.Thresholds: length 1, expected 0', SensorLogCodec, log, { Thresholds: [1] }],
    [
      'SensorLog.Samples: 0.5 is not a sint32',
      SensorLogCodec,
      log,
      { SampleCount: 1, Samples: [0.5] },
    ],
    ['SensorLog: undefined is not a record', SensorLogCodec, log, undefined],
    [
      'SensorLog.Drain.Count: undefined is not a uint32',
      SensorLogDrainOutputCodec,
      () => ({ Count: 0, Samples: [], Note: '' }),
      { Count: undefined },
    ],
    [
      'CardReader_SlotState.LastKey.Bytes: length 15, expected 16',
      CardReader_SlotState_Codec,
      slot,
      { LastKey: { Bytes: new Uint8Array(15), LastUsed: wire.ZERO_DATETIME } },
    ],
    ['class.of: 65536 is not a uint16', class__Codec, odd, { of: [0, 0, 65_536] }],
    [
      'class.qualifier: 5 characters, at most 4 fit',
      class__Codec,
      odd,
      { qualifier: ['', 'xxxxx'] },
    ],
    [
      'class.uint8.Level: undefined is not a sint8',
      class__Codec,
      odd,
      { uint8: [{ Level: 0, Tag: '' }, { Tag: '' }] },
    ],
    ['class.names: 7 is not a string', class__Codec, odd, { count: 1, names: [7] }],
    ['class.rest: an object is not a Uint8Array', class__Codec, odd, { rest: [1] }],
    ['class.rest: an object is not a Uint8Array', class__Codec, odd, { rest: Uint16Array.of(300) }],
    ['class.rest: null is not an array', class__Codec, odd, { rest: null }],
    ['class.rest: undefined is not an array', class__Codec, odd, { rest: undefined }],
  ];

test.each(GENERATED)('%s', (message, codec, good, wrong) => {
  const encode = (value: unknown): Uint8Array => codec.encode(value as never);
  expect(encode(good()).length).toBeGreaterThan(0);
  const error = errorOf(() => encode(wrong && { ...good(), ...wrong }));
  expect([error instanceof ItemError, (error as Error).message]).toEqual([true, message]);
});

describe('other errors are not changed', () => {
  const own = new TypeError('the hardware is gone');
  const throwing = <T extends object>(value: T, name: keyof T): T =>
    Object.defineProperty({ ...value }, name, {
      enumerable: true,
      get: () => {
        throw own;
      },
    });

  test.each<readonly [string, () => unknown]>([
    ['a fixed record', () => SmartFanCodec.encode(throwing(fan(), 'Mode'))],
    ['a walked record', () => SensorLogCodec.encode(throwing(log(), 'Label'))],
    [
      'an embedded walked record',
      () => SensorLogCodec.encode({ ...log(), Unit: throwing(log().Unit, 'Divisor') }),
    ],
    [
      'an element of an array',
      () =>
        CalibrationCodec.encode({
          ...calibration(),
          Points: [point, point, point, throwing(point, 'Used')],
        }),
    ],
  ])('a getter that throws: %s', (_case, work) => {
    expect(errorOf(work)).toBe(own);
  });

  test('a RangeError of a getter is no ItemError', () => {
    const error = new RangeError('Invalid array length');
    const data = Object.defineProperty({ ...fan() }, 'Mode', {
      get: () => {
        throw error;
      },
    });
    expect(errorOf(() => SmartFanCodec.encode(data))).toBe(error);
  });
});

test('an error of a walked record leaves the writer’s caller its bytes', () => {
  const memory = new Uint8Array(4).fill(0xee);
  const writer = new WireWriter(wire.viewOf(memory));
  const error = errorOf(() => {
    writer.uint16(1, 'A');
    writer.uint16(-1, 'B');
  });
  expect((error as Error).message).toBe('B: -1 is not a uint16');
  expect([...memory]).toEqual([1, 0, 0xee, 0xee]);
});
