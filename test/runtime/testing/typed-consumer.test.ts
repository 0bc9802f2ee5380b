/**
 * A consumer’s typed forms: what compiles and what does not, and the results of its requests on the samples’ generated
 * blocks.
 */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, expectTypeOf, test } from 'vitest';
import * as wmi from '../../../src/runtime/index.js';
import { imaginaryPath, typeErrors } from '../../targets/ts/type-check.js';
import {
  type Calibration,
  CalibrationBlock,
  type CalibrationMeasureInput,
  type CalibrationMeasureOutput,
  type CalibrationTypes,
  registerCalibration,
} from '../../../samples/calibration/expected/ts/calibration.g.js';
import { CalibrationInMemory } from '../../../samples/calibration/expected/ts/calibration.provider.js';
import {
  class__Block,
  registerOddCorners,
} from '../../../samples/odd-corners/expected/ts/odd-corners.g.js';
import { class__InMemory } from '../../../samples/odd-corners/expected/ts/odd-corners.provider.js';
import {
  DoorLightBlock,
  type DoorLightTypes,
  registerDoorLight,
} from '../../../samples/door-light/expected/ts/door-light.g.js';
import { DoorLightInMemory } from '../../../samples/door-light/expected/ts/door-light.provider.js';
import {
  registerSensorLog,
  type SensorLog,
  SensorLogBlock,
  SensorLogCodec,
  type SensorLogDrainInput,
  SensorLogDrainInputCodec,
  type SensorLogDrainOutput,
  SensorLogDrainOutputCodec,
  type SensorLogInjectInput,
  type SensorLogTypes,
} from '../../../samples/sensor-log/expected/ts/sensor-log.g.js';
import { SensorLogInMemory } from '../../../samples/sensor-log/expected/ts/sensor-log.provider.js';
import {
  registerSmartFan,
  SmartFanBlock,
  SmartFanCodec,
  SmartFanModeValues,
  type SmartFanTypes,
} from '../../../samples/smart-fan/expected/ts/smart-fan.g.js';
import { SmartFanInMemory } from '../../../samples/smart-fan/expected/ts/smart-fan.provider.js';

const SUCCESS = wmi.STATUS_SUCCESS;

// --- Types ---------------------------------------------------------------------------------------------------------

type Consumer<Types extends wmi.BlockTypes> = wmi.BlockConsumer<Types>;

test('answers have the types of the block', () => {
  type Log = Consumer<SensorLogTypes>;
  expectTypeOf<ReturnType<Log['query']>['data']>().toEqualTypeOf<SensorLog | undefined>();
  expectTypeOf<ReturnType<Log['queryAll']>['instances'][number]['data']>().toEqualTypeOf<
    SensorLog | undefined
  >();
  expectTypeOf<Parameters<Log['set']>[0]>().toEqualTypeOf<SensorLog>();
  expectTypeOf<Parameters<Log['setItem']>[0]>().toEqualTypeOf<keyof SensorLog>();
  expectTypeOf<ReturnType<Log['executeBytes']>['output']>().toEqualTypeOf<Uint8Array | undefined>();
});

test('methods have the types of the block', () => {
  type Log = Consumer<SensorLogTypes>['methods'];
  type Instrument = Consumer<CalibrationTypes>['methods'];
  expectTypeOf<keyof Log>().toEqualTypeOf<'Drain' | 'Inject'>();
  expectTypeOf<Log['Drain']>().toEqualTypeOf<
    (
      input: SensorLogDrainInput,
      options?: wmi.MethodOptions,
    ) => wmi.MethodAnswer<SensorLogDrainOutput>
  >();
  expectTypeOf<Log['Inject']>().toEqualTypeOf<
    (input: SensorLogInjectInput, options?: wmi.MethodOptions) => wmi.MethodAnswer<undefined>
  >();
  expectTypeOf<Instrument['Reset']>().toEqualTypeOf<
    (input?: undefined, options?: wmi.MethodOptions) => wmi.MethodAnswer<undefined>
  >();
  expectTypeOf<Instrument['Measure']>().toEqualTypeOf<
    (
      input: CalibrationMeasureInput,
      options?: wmi.MethodOptions,
    ) => wmi.MethodAnswer<CalibrationMeasureOutput>
  >();
  expectTypeOf<keyof Consumer<SmartFanTypes>['methods']>().toEqualTypeOf<never>();
  expectTypeOf<keyof Consumer<DoorLightTypes>['methods']>().toEqualTypeOf<never>();
});

test('opening a block returns its consumer', () => {
  const machine = wmi.createMachine();
  expectTypeOf(machine.open(SensorLogBlock)).toEqualTypeOf<Consumer<SensorLogTypes>>();
  expectTypeOf<Parameters<Consumer<SmartFanTypes>['set']>[0]['Mode']>().toEqualTypeOf<
    0 | 1 | 2 | 16
  >();
});

const HEAD = `
import * as wmi from 'mofgen/runtime';
import { CalibrationBlock, CalibrationPointCodec, type Calibration } from './calibration.g.js';
import { SensorLogBlock, SensorLogCodec, SensorLogDrainInputCodec, SensorAlarmEvent } from './sensor-log.g.js';
import { SmartFanBlock, SmartFanCodec, SmartFanModeValues, type SmartFan } from './smart-fan.g.js';

const machine = wmi.createMachine();
export const fan = machine.open(SmartFanBlock);
export const log = machine.open(SensorLogBlock);
export const instrument = machine.open(CalibrationBlock);
export declare const data: SmartFan;
export declare const calibration: Calibration;
export const used: readonly unknown[] = [
  CalibrationPointCodec, SensorAlarmEvent, SensorLogCodec, SensorLogDrainInputCodec, SmartFanCodec, SmartFanModeValues,
];
`;
const HEAD_LINES = HEAD.split('\n').length - 1;

/** One line of a user’s test, and the part of the compiler’s message that identifies the mistake. */
const MISTAKES: readonly (readonly [what: string, line: string, message: string])[] = [
  ['a misspelled method', 'log.methods.Drian({ Limit: 1 })', "Property 'Drian' does not exist"],
  [
    'a method of a block that has none',
    'fan.methods.Drain({ Limit: 1 })',
    "Property 'Drain' does not exist",
  ],
  [
    'an input of a wrong type',
    "log.methods.Drain({ Limit: '1' })",
    "'string' is not assignable to type 'number'",
  ],
  [
    'a misspelled input',
    'log.methods.Drain({ Limits: 1 })',
    "'Limits' does not exist in type 'SensorLogDrainInput'",
  ],
  [
    'an input that lacks a member',
    'log.methods.Inject({ Count: 1 })',
    "Property 'Samples' is missing",
  ],
  [
    'an input of another method',
    'log.methods.Inject({ Limit: 1 })',
    "'Limit' does not exist in type 'SensorLogInjectInput'",
  ],
  ['no input', 'log.methods.Drain()', 'Expected 1-2 arguments, but got 0'],
  [
    'no input, but options',
    'log.methods.Drain(undefined, { room: 1 })',
    "'undefined' is not assignable to parameter",
  ],
  [
    'an input of a method without one',
    'instrument.methods.Reset({ First: 1n })',
    "is not assignable to parameter of type 'undefined'",
  ],
  [
    'a number for a 64-bit input',
    'instrument.methods.SwapFactors({ First: 1, Second: 2n })',
    "'number' is not assignable to type 'bigint'",
  ],
  [
    'an output that does not exist',
    'log.methods.Drain({ Limit: 1 }).output?.Cuont',
    "Property 'Cuont' does not exist on type 'SensorLogDrainOutput'",
  ],
  ['an output that may be absent', 'log.methods.Drain({ Limit: 1 }).output.Count', 'possibly'],
  [
    'an output of a method without any',
    'instrument.methods.Reset().output?.First',
    "Property 'First' does not exist",
  ],
  [
    'a misspelled option',
    'log.methods.Drain({ Limit: 1 }, { size: 8 })',
    "'size' does not exist in type 'MethodOptions'",
  ],
  ['a method by its number', 'log.methods[10]({ Limit: 1 })', "Property '10' does not exist"],
  ['the method of old', "log.method('Drain')", "Property 'method' does not exist"],
  [
    'a misspelled item',
    "fan.setItem('TargetSpede', 1)",
    `'"TargetSpede"' is not assignable to parameter of type 'keyof SmartFan'`,
  ],
  [
    'an item of another block',
    "fan.setItem('Beepr', 1)",
    `'"Beepr"' is not assignable to parameter of type 'keyof SmartFan'`,
  ],
  [
    'an item by its number',
    'fan.setItem(99, 1)',
    "'99' is not assignable to parameter of type 'keyof SmartFan'",
  ],
  [
    'an item by a number that exists',
    'fan.setItem(1, 1)',
    "'1' is not assignable to parameter of type 'keyof SmartFan'",
  ],
  [
    'a text for a number',
    "fan.setItem('TargetSpeed', '1200')",
    "'string' is not assignable to parameter of type 'number'",
  ],
  [
    'a number for a 64-bit item',
    "fan.setItem('Revolutions', 1)",
    "'number' is not assignable to parameter of type 'bigint'",
  ],
  [
    'a number for a text',
    "log.setItem('Comment', 5)",
    "'number' is not assignable to parameter of type 'string'",
  ],
  [
    'a Date for a datetime',
    "fan.setItem('LastCleaned', new Date())",
    "'Date' is not assignable to parameter of type 'string'",
  ],
  [
    'a value outside the ValueMap',
    "fan.setItem('Mode', 3)",
    "'3' is not assignable to parameter of type 'SmartFanModeValues'",
  ],
  [
    'any number for a ValueMap',
    "fan.setItem('Mode', data.Faults)",
    "'number' is not assignable to parameter of type 'SmartFanModeValues'",
  ],
  [
    'bytes for an item',
    "fan.setItem('TargetSpeed', wmi.itemBytes(wmi.uint32, 1))",
    "is not assignable to parameter of type 'number'",
  ],
  [
    'bytes for a text',
    "log.setItem('Comment', wmi.itemBytes(wmi.string, 'x'))",
    "is not assignable to parameter of type 'string'",
  ],
  [
    'a codec for an item',
    "instrument.setItem('Points', CalibrationPointCodec)",
    "is not assignable to parameter of type 'readonly CalibrationPoint[]'",
  ],
  [
    'the value of another item',
    "instrument.setItem('Factors', calibration.Points)",
    "is not assignable to parameter of type 'readonly bigint[]'",
  ],
  [
    'numbers for bytes',
    "instrument.setItem('Signature', [1, 2])",
    "is not assignable to parameter of type 'Uint8Array",
  ],
  [
    'a record that lacks a member',
    "log.setItem('Unit', { Divisor: 1 })",
    "Property 'Symbol' is missing",
  ],
  [
    'a value of another type for a codec',
    "wmi.itemBytes(wmi.uint32, 'x')",
    "'string' is not assignable to parameter of type 'number'",
  ],
  ['no value', "fan.setItem('TargetSpeed')", 'Expected 2-3 arguments, but got 1'],
  [
    'a set that lacks an item',
    'fan.set({ TargetSpeed: 1 })',
    "is missing the following properties from type 'SmartFan'",
  ],
  [
    'a set that lacks one item',
    'fan.set((({ Mode, ...rest }) => (void Mode, rest))(data))',
    "Property 'Mode' is missing",
  ],
  [
    'a set with a misspelled item',
    'fan.set({ ...data, TargetSpede: 1 })',
    "'TargetSpede' does not exist in type 'SmartFan'",
  ],
  [
    'a set with a value outside the ValueMap',
    'fan.set({ ...data, Mode: 3 })',
    "'3' is not assignable to type 'SmartFanModeValues'",
  ],
  [
    'a set with the data of another block',
    'fan.set(calibration)',
    "is not assignable to parameter of type 'SmartFan'",
  ],
  [
    'a set with bytes',
    'fan.set(SmartFanCodec.encode(data))',
    "is not assignable to parameter of type 'SmartFan'",
  ],
  [
    'setBytes with a record',
    'fan.setBytes(data)',
    "'SmartFan' is not assignable to parameter of type 'Uint8Array",
  ],
  [
    'setItemBytes with a name',
    "fan.setItemBytes('TargetSpeed', new Uint8Array())",
    "'string' is not assignable to parameter of type 'number'",
  ],
  [
    'setItemBytes with a value',
    'fan.setItemBytes(1, 1200)',
    "'number' is not assignable to parameter of type 'Uint8Array",
  ],
  [
    'executeBytes with a name',
    "log.executeBytes('Drain')",
    "'string' is not assignable to parameter of type 'number'",
  ],
  [
    'executeBytes with an input',
    'log.executeBytes(10, { Limit: 1 })',
    "'Limit' does not exist in type 'Uint8Array",
  ],
  ['a consumer of an event', 'machine.open(SensorAlarmEvent)', 'is not assignable to parameter'],
  ['data that may be absent', 'fan.query().data.TargetSpeed', 'possibly'],
  [
    'a codec of another record',
    '((codec: wmi.Codec<SmartFan>) => codec)(SensorLogCodec)',
    'is not assignable to type',
  ],
];

/** Lines that compile. */
const RIGHT: readonly string[] = [
  'log.methods.Drain({ Limit: 1 }).output?.Count',
  'log.methods.Drain({ Limit: 1 }, { instance: 1, room: 8 })',
  "log.methods.Drain({ Limit: 1 }, { instance: 'ROOT\\\\LOG\\\\0000_0' })",
  'log.methods.Inject({ Count: 2, Samples: [1, 2] }).status',
  'instrument.methods.Reset()',
  'instrument.methods.Reset(undefined, { instance: 1 })',
  'instrument.methods.SwapFactors({ First: 1n, Second: 2n }).output?.Second',
  "fan.setItem('TargetSpeed', 1200)",
  "fan.setItem('TargetSpeed', 1200, 1)",
  "fan.setItem('ActualSpeed', 1200)",
  "fan.setItem('Mode', SmartFanModeValues.Manual)",
  "fan.setItem('Mode', 16)",
  "fan.setItem('Mode', wmi.unlistedValue(3))",
  "fan.setItem('Revolutions', 1n)",
  "fan.setItem('LastCleaned', wmi.toDatetime(new Date(0)))",
  "log.setItem('Comment', 'x')",
  "log.setItem('Unit', { Divisor: 1, Symbol: 'K' })",
  "instrument.setItem('Points', calibration.Points)",
  "instrument.setItem('Signature', new Uint8Array(16))",
  'fan.set({ ...data, TargetSpeed: 1 })',
  'fan.set(data, 1)',
  'fan.setBytes(SmartFanCodec.encode(data).subarray(1))',
  'fan.setBytes(new Uint8Array(), 1)',
  'fan.setItemBytes(99, wmi.itemBytes(wmi.uint32, 1200))',
  'log.executeBytes(5, SensorLogDrainInputCodec.encode({ Limit: 1 }), { room: 8 }).output?.length',
  'log.executeBytes(5)',
];

describe('the compiler', () => {
  const byLine = new Map<number, string[]>();
  const rest: string[] = [];

  // One program for all lines: a program for each would take a second each.
  beforeAll(() => {
    const samples = ['calibration', 'sensor-log', 'smart-fan'].map((name) => {
      const text = readFileSync(`samples/${name}/expected/ts/${name}.g.ts`, 'utf8');
      return [imaginaryPath('consumer', `${name}.g.ts`), text] as const;
    });
    const lines = [...MISTAKES.map(([, line]) => line), ...RIGHT];
    const statements = lines.map((line, index) => `export const _${index}: unknown = ${line};\n`);
    const text = `${HEAD}${statements.join('')}`;
    const files = new Map([...samples, [imaginaryPath('consumer', 'x.ts'), text]]);
    for (const error of typeErrors(files)) {
      const [, line, message = ''] = /^x\.ts:(\d+): (.*)$/s.exec(error) ?? [];
      const index = Number(line) - 1 - HEAD_LINES;
      if (line === undefined || index < 0) rest.push(error);
      else byLine.set(index, [...(byLine.get(index) ?? []), message]);
    }
  }, 120_000);

  test('accepts the generated code and the preparations', () => {
    expect(rest).toEqual([]);
  });

  test.each(MISTAKES.map(([what, line, message], index) => ({ what, line, message, index })))(
    'refuses $what: $line',
    ({ message, index }) => {
      expect(byLine.get(index)?.join('\n')).toContain(message);
    },
  );

  test.each(RIGHT.map((line, index) => ({ line, index })))('takes $line', ({ index }) => {
    expect(byLine.get(MISTAKES.length + index)).toBeUndefined();
  });
});

// --- Behaviour -----------------------------------------------------------------------------------------------------

const named = wmi.ntStatusName;

function smartFan() {
  const machine = wmi.createMachine();
  const provider = new SmartFanInMemory();
  machine.register(registerSmartFan, { SmartFan: provider });
  return { machine, provider, fan: machine.open(SmartFanBlock) };
}

function calibration() {
  const machine = wmi.createMachine();
  const provider = new CalibrationInMemory();
  machine.register(registerCalibration, { Calibration: provider });
  return { machine, provider, instrument: machine.open(CalibrationBlock) };
}

function sensorLogs() {
  const machine = wmi.createMachine();
  const [inlet, outlet] = [new SensorLogInMemory(), new SensorLogInMemory()];
  machine.register(registerSensorLog, {
    SensorLog: [
      { name: 'inlet', provider: inlet },
      { name: 'outlet', provider: outlet },
    ],
  });
  return { machine, inlet, outlet, log: machine.open(SensorLogBlock) };
}

function oddCorners() {
  const machine = wmi.createMachine();
  const provider = new class__InMemory();
  machine.register(registerOddCorners, { class: provider });
  return { machine, provider, odd: machine.open(class__Block) };
}

const point = { Measured: 1, Nominal: 2, Used: true };
const points = [point, point, point, { ...point, Measured: -1 }];

/** A set of one item, its status, and the item afterwards. */
describe('setItem', () => {
  type Set = () => readonly [wmi.NtStatus, unknown];
  const onFan =
    <Name extends keyof SmartFanTypes['data']>(
      name: Name,
      value: SmartFanTypes['data'][Name],
    ): Set =>
    () => {
      const { fan, provider } = smartFan();
      return [fan.setItem(name, value), provider.data[name]];
    };
  const onInstrument =
    <Name extends keyof Calibration>(name: Name, value: Calibration[Name]): Set =>
    () => {
      const { instrument, provider } = calibration();
      return [instrument.setItem(name, value), provider.data[name]];
    };
  const onLog =
    <Name extends keyof SensorLog>(name: Name, value: SensorLog[Name]): Set =>
    () => {
      const { log, outlet } = sensorLogs();
      return [log.setItem(name, value, 1), outlet.data[name]];
    };
  const onOdd =
    <Name extends keyof class__InMemory['data']>(
      name: Name,
      value: class__InMemory['data'][Name],
    ): Set =>
    () => {
      const { odd, provider } = oddCorners();
      return [odd.setItem(name, value), provider.data[name]];
    };
  const Signature = Uint8Array.from({ length: 16 }, (_, index) => index);

  test.each<readonly [string, Set, string, unknown]>([
    ['uint32', onFan('TargetSpeed', 1200), 'STATUS_SUCCESS', 1200],
    ['uint8 with a ValueMap', onFan('Mode', SmartFanModeValues.FullBlast), 'STATUS_SUCCESS', 16],
    ['a value without a name', onFan('Mode', wmi.unlistedValue(77)), 'STATUS_SUCCESS', 77],
    ['sint16', onFan('StartTemperature', -40), 'STATUS_SUCCESS', -40],
    ['a write-only item', onFan('ServiceKey', 0xdeadbeef), 'STATUS_SUCCESS', 0xdeadbeef],
    ['a read-only item', onFan('ActualSpeed', 1), 'STATUS_WMI_READ_ONLY', 0],
    ['a read-only uint64', onFan('Revolutions', 1n), 'STATUS_WMI_READ_ONLY', 0n],
    [
      'a read-only datetime',
      onFan('LastCleaned', wmi.ZERO_INTERVAL),
      'STATUS_WMI_READ_ONLY',
      wmi.ZERO_INTERVAL,
    ],
    ['records', onInstrument('Points', points), 'STATUS_SUCCESS', points],
    ['sint64s', onInstrument('Factors', [1n, -2n, 3n]), 'STATUS_SUCCESS', [1n, -2n, 3n]],
    ['bytes', onInstrument('Signature', Signature), 'STATUS_SUCCESS', Signature],
    [
      'booleans',
      onInstrument('Channels', Array<boolean>(8).fill(true)),
      'STATUS_SUCCESS',
      Array<boolean>(8).fill(true),
    ],
    ['a read-only char16', onInstrument('Revision', 66), 'STATUS_WMI_READ_ONLY', 65],
    ['a string', onLog('Comment', 'grüße \ud83d\ude00'), 'STATUS_SUCCESS', 'grüße \ud83d\ude00'],
    ['an empty string', onLog('Comment', ''), 'STATUS_SUCCESS', ''],
    ['a string with MaxLen', onLog('Label', 'x'.repeat(15)), 'STATUS_SUCCESS', 'x'.repeat(15)],
    [
      'a read-only record',
      onLog('Unit', { Divisor: 1, Symbol: 'K' }),
      'STATUS_WMI_READ_ONLY',
      { Divisor: 0, Symbol: '' },
    ],
    [
      'an array that would get another length',
      onLog('Thresholds', [1]),
      'STATUS_WMI_SET_FAILURE',
      [],
    ],
    ['an array that keeps its length', onLog('Thresholds', []), 'STATUS_SUCCESS', []],
    ['a count that would change', onLog('ThresholdCount', 1), 'STATUS_WMI_SET_FAILURE', 0],
    ['bounded strings', onOdd('qualifier', ['ab', 'abcd']), 'STATUS_SUCCESS', ['ab', 'abcd']],
    [
      'datetimes',
      onOdd('pragma', ['20261121120000.000000+000', wmi.ZERO_INTERVAL]),
      'STATUS_SUCCESS',
      ['20261121120000.000000+000', wmi.ZERO_INTERVAL],
    ],
    [
      'walked records',
      onOdd('uint8', [
        { Level: 1, Tag: 'a' },
        { Level: -2, Tag: '' },
      ]),
      'STATUS_SUCCESS',
      [
        { Level: 1, Tag: 'a' },
        { Level: -2, Tag: '' },
      ],
    ],
    ['char16s', onOdd('string', [72, 105, 0, 0]), 'STATUS_SUCCESS', [72, 105, 0, 0]],
  ])('%s', (_what, set, status, after) => {
    const [got, item] = set();
    expect([named(got), item]).toEqual([status, after]);
  });

  test('a boolean', () => {
    const machine = wmi.createMachine();
    const provider = new DoorLightInMemory();
    machine.register(registerDoorLight, { DoorLight: provider });
    const light = machine.open(DoorLightBlock);
    machine.expectStatus(light.setItem('Lit', true), SUCCESS);
    expect(provider.data).toEqual({ Lit: true });
  });

  test('sends the bytes that the driver of the real block would get', () => {
    const { machine, fan, provider } = smartFan();
    machine.trace.clear();
    fan.setItem('StartTemperature', -2);
    fan.setItemBytes(5, Uint8Array.of(0xfe, 0xff));
    const requests = machine.trace.filter(({ kind }) => kind === 'routineBegin');
    expect(requests).toHaveLength(2);
    expect(requests[0]).toMatchObject({ routine: 'IoWMISetSingleItem', id: 5, bufferSize: 2 });
    expect(requests[1]).toMatchObject({ routine: 'IoWMISetSingleItem', id: 5, bufferSize: 2 });
    expect(provider.data.StartTemperature).toBe(-2);
  });

  test('an element of an array has its padding, a record alone has none', () => {
    const { machine, instrument } = calibration();
    machine.trace.clear();
    instrument.setItem('Points', points);
    expect(machine.trace.find(({ kind }) => kind === 'routineBegin')).toMatchObject({
      bufferSize: 48,
    });
    const { Points } = CalibrationBlock.items;
    expect(wmi.itemBytes(Points.type, points)).toHaveLength(48);
    expect(wmi.itemBytes(SmartFanCodec, new SmartFanInMemory().data)).toHaveLength(78);
  });

  test.each<readonly [string, () => unknown]>([
    [
      'SmartFan.TargetSpeed: 4294967296 is not a uint32',
      () => smartFan().fan.setItem('TargetSpeed', 2 ** 32),
    ],
    [
      'SmartFan.Mode: 300 is not a uint8',
      () => smartFan().fan.setItem('Mode', wmi.unlistedValue(300)),
    ],
    [
      'SensorLog.Label: 16 characters, at most 15 fit',
      () => sensorLogs().log.setItem('Label', 'x'.repeat(16)),
    ],
    [
      'SensorLog.Unit.Divisor: -1 is not a uint16',
      () => sensorLogs().log.setItem('Unit', { Divisor: -1, Symbol: '' }),
    ],
    [
      'Calibration.Points: length 1, expected 4',
      () => calibration().instrument.setItem('Points', [point]),
    ],
    [
      'Calibration.Signature: length 2, expected 16',
      () => calibration().instrument.setItem('Signature', new Uint8Array(2)),
    ],
    [
      'class.qualifier: 5 characters, at most 4 fit',
      () => oddCorners().odd.setItem('qualifier', ['abcde', '']),
    ],
  ])('a value that does not fit is not sent: %s', (message, set) => {
    expect(set).toThrow(message);
  });
});

describe('set', () => {
  test('sends every item; the driver takes the writable ones', () => {
    const { log, inlet, outlet } = sensorLogs();
    const data = {
      ...outlet.data,
      Label: 'out',
      ThresholdCount: 2,
      Thresholds: [1, 2],
      Unit: { Divisor: 9, Symbol: 'K' },
    };
    expect(named(log.set(data, 'ROOT\\DRIVER\\0000_1'))).toBe('STATUS_SUCCESS');
    expect(outlet.data).toEqual({ ...data, Unit: { Divisor: 0, Symbol: '' } });
    expect(inlet.data.Label).toBe('');
  });

  test('a value that does not fit is not sent', () => {
    const { machine, fan, provider } = smartFan();
    machine.trace.clear();
    const wrong = { ...provider.data, StartTemperature: 40_000 };
    expect(() => fan.set(wrong)).toThrow('SmartFan.StartTemperature: 40000 is not a sint16');
    expect(machine.trace).toHaveLength(0);
  });
});

describe('setBytes', () => {
  const whole = SmartFanCodec.encode({ ...new SmartFanInMemory().data, TargetSpeed: 5 });
  test.each([
    ['the bytes of the codec', whole, 0, 'STATUS_SUCCESS', 5],
    ['one byte too many', Uint8Array.of(...whole, 1), 0, 'STATUS_SUCCESS', 5],
    ['one byte too few', whole.subarray(1), 0, 'STATUS_WMI_SET_FAILURE', 0],
    ['nothing', new Uint8Array(), 0, 'STATUS_WMI_SET_FAILURE', 0],
    ['an instance that is not there', whole, 3, 'STATUS_WMI_INSTANCE_NOT_FOUND', 0],
    [
      'an instance of another device',
      whole,
      'ROOT\\OTHER\\0000_0',
      'STATUS_WMI_INSTANCE_NOT_FOUND',
      0,
    ],
  ] as const)('%s', (_what, bytes, instance, status, after) => {
    const { fan, provider } = smartFan();
    expect(named(fan.setBytes(bytes, instance))).toBe(status);
    expect(provider.data.TargetSpeed).toBe(after);
  });

  test('malformed bytes of a block of varying size change nothing', () => {
    const { log, inlet } = sensorLogs();
    const bytes = SensorLogCodec.encode({ ...inlet.data, Comment: 'ab' });
    bytes[bytes.length - 6] = 9;
    expect(named(log.setBytes(bytes))).toBe('STATUS_WMI_SET_FAILURE');
    expect(inlet.data.Comment).toBe('');
  });
});

describe('setItemBytes', () => {
  test.each([
    [1, wmi.itemBytes(wmi.uint32, 5), 'STATUS_SUCCESS', 5],
    [1, Uint8Array.of(5, 0, 0, 0, 9), 'STATUS_SUCCESS', 5],
    [1, Uint8Array.of(5, 0, 0), 'STATUS_WMI_SET_FAILURE', 0],
    [1, new Uint8Array(), 'STATUS_WMI_SET_FAILURE', 0],
    [2, wmi.itemBytes(wmi.uint32, 5), 'STATUS_WMI_READ_ONLY', 0],
    [0, wmi.itemBytes(wmi.uint32, 5), 'STATUS_WMI_ITEMID_NOT_FOUND', 0],
    [99, new Uint8Array(), 'STATUS_WMI_ITEMID_NOT_FOUND', 0],
    [0xffff_ffff, new Uint8Array(), 'STATUS_WMI_ITEMID_NOT_FOUND', 0],
  ])('item %i with %o: %s', (id, bytes, status, after) => {
    const { fan, provider } = smartFan();
    expect(named(fan.setItemBytes(id, bytes))).toBe(status);
    expect(provider.data.TargetSpeed).toBe(after);
  });

  test('an odd byte count of a string is refused', () => {
    const { log, inlet } = sensorLogs();
    expect(named(log.setItemBytes(8, Uint8Array.of(1, 0, 65)))).toBe('STATUS_WMI_SET_FAILURE');
    expect(named(log.setItemBytes(8, Uint8Array.of(2, 0, 65, 0), 0))).toBe('STATUS_SUCCESS');
    expect(inlet.data.Comment).toBe('A');
  });
});

describe('methods', () => {
  test('outputs, room and instance', () => {
    const { log, outlet } = sensorLogs();
    outlet.Drain = ({ Limit }) => ({ Count: 1, Samples: [Limit], Note: '' });
    const { Drain } = log.methods;
    const output = { Count: 1, Samples: [7], Note: '' };
    const enough = { status: SUCCESS, outBufferSize: 10, output };
    expect(Drain({ Limit: 7 }, { instance: 1 })).toEqual(enough);
    expect(Drain({ Limit: 7 }, { instance: 1, room: 10 })).toEqual(enough);
    expect(Drain({ Limit: 7 }, { instance: 'ROOT\\DRIVER\\0000_1' })).toEqual(enough);
    expect(Drain({ Limit: 7 }, { instance: 1, room: 9 })).toEqual({
      status: wmi.STATUS_BUFFER_TOO_SMALL,
      outBufferSize: 10,
    });
    expect(named(Drain({ Limit: 7 }, { instance: 2 }).status)).toBe(
      'STATUS_WMI_INSTANCE_NOT_FOUND',
    );
  });

  test('64-bit parameters, both ways', () => {
    const { instrument } = calibration();
    const factors = { First: 2n ** 63n - 1n, Second: -(2n ** 63n) };
    expect(instrument.methods.SwapFactors(factors)).toEqual({
      status: SUCCESS,
      outBufferSize: 16,
      output: factors,
    });
  });

  test('a method without parameters: an answer without output', () => {
    const { instrument, provider } = calibration();
    expect(instrument.methods.Reset()).toEqual({ status: SUCCESS, outBufferSize: 0 });
    provider.Reset = () => wmi.STATUS_ACCESS_DENIED;
    expect(named(instrument.methods.Reset(undefined, { instance: 0 }).status)).toBe(
      'STATUS_ACCESS_DENIED',
    );
  });

  test('the methods of a block are listed by name only', () => {
    expect(Object.keys(calibration().instrument.methods)).toEqual([
      'ReplacePoint',
      'Reset',
      'SwapFactors',
      'Measure',
    ]);
    expect(smartFan().fan.methods).toEqual({});
  });

  test('an input that does not fit is not sent', () => {
    const { machine, log } = sensorLogs();
    machine.trace.clear();
    expect(() => log.methods.Drain({ Limit: -1 })).toThrow(
      'SensorLog.Drain.Limit: -1 is not a uint32',
    );
    expect(() => log.methods.Inject({ Count: 1, Samples: [] })).toThrow(
      'SensorLog.Inject.Samples: length 0, expected 1',
    );
    expect(machine.trace).toHaveLength(0);
  });

  test('a method whose name is a keyword', () => {
    const { odd, provider } = oddCorners();
    expect(Object.keys(odd.methods)).toEqual(['constructor_']);
    const { status } = odd.methods.constructor_({ function: -1n, both: true });
    expect([named(status), provider.lastConstructor_]).toMatchObject([
      'STATUS_SUCCESS',
      { function: -1n, both: true },
    ]);
  });
});

describe('executeBytes', () => {
  const limit = SensorLogDrainInputCodec.encode({ Limit: 7 });
  const none = SensorLogDrainOutputCodec.encode({ Count: 0, Samples: [], Note: '' });
  test.each([
    ['the bytes of the codec', 10, limit, 6, 'STATUS_SUCCESS', 6, none],
    ['more input than belongs', 10, Uint8Array.of(...limit, 9), 6, 'STATUS_SUCCESS', 6, none],
    ['one byte too few', 10, limit.subarray(1), 6, 'STATUS_INVALID_PARAMETER_MIX', 0, undefined],
    ['no input', 10, undefined, 6, 'STATUS_INVALID_PARAMETER_MIX', 0, undefined],
    ['one byte of room too few', 10, limit, 5, 'STATUS_BUFFER_TOO_SMALL', 6, undefined],
    ['an unknown method', 5, limit, 6, 'STATUS_WMI_ITEMID_NOT_FOUND', 0, undefined],
    [
      'a malformed array',
      11,
      Uint8Array.of(2, 0, 0, 0, 1),
      0,
      'STATUS_INVALID_PARAMETER_MIX',
      0,
      undefined,
    ],
  ] as const)('%s', (_what, id, input, room, status, outBufferSize, output) => {
    const { log } = sensorLogs();
    const answer = log.executeBytes(id, input, { room });
    expect({ ...answer, status: named(answer.status) }).toEqual({
      status,
      outBufferSize,
      ...(output === undefined ? {} : { output }),
    });
  });

  test('has no room for outputs unless it is given some', () => {
    const { log } = sensorLogs();
    expect(named(log.executeBytes(10, limit).status)).toBe('STATUS_BUFFER_TOO_SMALL');
  });

  test('a block without methods refuses all of them', () => {
    const { fan } = smartFan();
    expect(named(fan.executeBytes(1).status)).toBe('STATUS_INVALID_DEVICE_REQUEST');
  });
});
