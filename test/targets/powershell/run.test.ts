// The emitted tests, run: all pass on a machine with the classes of the MOF, and each kind of deviation makes the right ones fail.
import { describe, expect, test } from 'vitest';
import { samples } from '../../mof-files.js';
import { mofText, randomBlocks } from '../ts/random-block.js';
import { type EmittedScript, scriptOfFile, scriptOfText } from './emit-files.js';
import {
  changeOutput,
  declared,
  type Machine,
  machineOf,
  propertyOf,
  removeProperty,
  setProperty,
} from './machine.js';
import { runTests, type TestResult } from './pester.js';
import { Char, Hash, integer, Moment, Num, textOf, type Value } from './values.js';
import { oneIn } from '../../effort.js';

/** Parameters that let a run do everything. */
function everything({ model }: EmittedScript): Readonly<Record<string, Value>> {
  return {
    AllowSet: true,
    AllowInvoke: model.blocks.map(({ name }) => name),
    EventTimeout: integer(5),
  };
}

function failures(results: readonly TestResult[]): readonly string[] {
  return results.filter(({ result }) => result === 'failed').map(({ path }) => path);
}

const scripts = [
  ...samples.map(({ name, path }) => ({ name, script: scriptOfFile(path) })),
  { name: 'classes made at random', script: scriptOfText(mofText(randomBlocks(12, 20261129))) },
];

describe.each(scripts)('the tests of $name', ({ script }) => {
  test('pass on a machine that has the classes, with everything that is allowed', () => {
    const machine = machineOf(script.model);
    machine.faults.hasEvents = true;
    const results = runTests(script.tests, everything(script), machine.commands);
    expect(results.filter(({ result }) => result === 'failed')).toEqual([]);
    const passed = results.filter(({ result }) => result === 'passed').map(({ path }) => path);
    const has = (...parts: readonly string[]) =>
      passed.some((path) => parts.every((part) => path.includes(part)));
    for (const { name, role, data, methods } of script.model.blocks) {
      const start = `${name} > `;
      for (const item of data.items) {
        expect(has(start, ` > declares ${item.name} (`)).toBe(true);
        if (role === 'dataBlock') expect(has(start, ` > returns ${item.name} (`)).toBe(true);
        if (role === 'event') expect(has(start, ` > have ${item.name} (`)).toBe(true);
      }
      for (const method of methods) {
        expect(has(start, ` > declares the method ${method.name}`)).toBe(true);
        if (role === 'dataBlock') expect(has(start, ` > calls ${method.name}`)).toBe(true);
      }
    }
  });

  test('change nothing by default', () => {
    const machine = machineOf(script.model);
    const results = runTests(script.tests, {}, machine.commands);
    expect(failures(results)).toEqual([]);
    expect(machine.log.filter((each) => /^(?:set|call)/.test(each))).toEqual([]);
  });
});

const MOF = `
class WMIEvent : __ExtrinsicEvent { };
[WMI, guid("{2b7f1d00-0000-4000-8000-000000000011}")]
class Inner { [WmiDataId(1), read, write] uint32 A; [WmiDataId(2), read, MaxLen(4)] string B; };
[WMI, Dynamic, Provider("WMIProv"), guid("{2b7f1d00-0000-4000-8000-000000000012}")]
class Fan {
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, write, MinValue(10), MaxValue(6000)] uint32 Speed;
  [WmiDataId(2), read, write, ValueMap{"0", "2", "16..31"}, Values{"Off", "On", "Vendor"}] uint8 Mode;
  [WmiDataId(3), read, write, BitMap{"0", "7"}, BitValues{"Hot", "Stalled"}] uint8 Faults;
  [WmiDataId(4), read, write, MaxLen(6)] string Label;
  [WmiDataId(5), read] uint8 Signature[4];
  [WmiDataId(6), read] uint16 Count;
  [WmiDataId(7), read] Inner Part;
  [WmiDataId(8), read] datetime Cleaned;
  [WmiDataId(9), read] char16 Letter;
  [WmiDataId(10), read, write] boolean Lit;
  [WmiDataId(11), read, ValueMap{"a", "b"}, Values{"First", "Second"}] string Kind;
  [WmiDataId(12), write] uint32 Secret;
  [WmiDataId(13), read] uint64 Turns;
  [WmiDataId(14), read] sint8 Offset;
  [WmiDataId(15), read, WmiSizeIs("Count")] sint32 Samples[];
  [Implemented, WmiMethodId(1)] void Go([in] uint8 Level, [in, out] Inner Part, [out] uint32 Count, [out, WmiSizeIs("Count")] uint16 List[]);
};
[WMI, Dynamic, Provider("WMIProv"), guid("{2b7f1d00-0000-4000-8000-000000000013}")]
class Alarm : WMIEvent {
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, MaxValue(9)] uint32 Level;
};
`;

const fan = scriptOfText(MOF);

function run(
  change: (machine: Machine) => void,
  parameters: Readonly<Record<string, Value>> = everything(fan),
): { readonly machine: Machine; readonly results: readonly TestResult[] } {
  const machine = machineOf(fan.model);
  machine.faults.hasEvents = true;
  change(machine);
  return { machine, results: runTests(fan.tests, parameters, machine.commands) };
}

/** The last names of the tests that failed. */
function failed(change: (machine: Machine) => void): readonly string[] {
  return failures(run(change).results).map((path) => path.replace(/^(\w+) > .* > /, '$1: '));
}

const first = (machine: Machine, name = 'Fan') => {
  const [found] = machine.instances.get(name) ?? [];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const set = (name: string, value: Value) => (machine: Machine) => {
  setProperty(first(machine), name, value);
};
const int32 = (value: number) => new Num('int32', BigInt(value));
const uint32 = (value: number) => new Num('uint32', BigInt(value));
const byte = (value: number) => new Num('byte', BigInt(value));
const bytes = (length: number) => Array.from({ length }, () => byte(0));

test('nothing fails on a machine without deviations', () => {
  expect(failed(() => undefined)).toEqual([]);
});

const DEVIATIONS: readonly (readonly [string, (machine: Machine) => void, readonly string[]])[] = [
  ['below the minimum', set('Speed', uint32(9)), ['Fan: returns Speed (uint32)']],
  ['above the maximum', set('Speed', uint32(6001)), ['Fan: returns Speed (uint32)']],
  ['another integer type', set('Speed', int32(10)), ['Fan: returns Speed (uint32)']],
  ['NULL for a number', set('Turns', null), ['Fan: returns Turns (uint64)']],
  ['text for a number', set('Turns', '5'), ['Fan: returns Turns (uint64)']],
  ['a value without a name', set('Mode', byte(1)), ['Fan: returns Mode (uint8)']],
  ['a value beyond a named range', set('Mode', byte(32)), ['Fan: returns Mode (uint8)']],
  ['a value in a named range', set('Mode', byte(31)), []],
  ['a bit without a name', set('Faults', byte(0x82)), ['Fan: returns Faults (uint8)']],
  ['bits with names', set('Faults', byte(0x81)), []],
  ['a text that is too long', set('Label', 'x'.repeat(7)), ['Fan: returns Label (string(6))']],
  ['NULL for a text', set('Label', null), []],
  ['a text without a name', set('Kind', 'A'), ['Fan: returns Kind (string)']],
  ['an array that is too short', set('Signature', bytes(3)), ['Fan: returns Signature (uint8[4])']],
  ['an array that is too long', set('Signature', bytes(5)), ['Fan: returns Signature (uint8[4])']],
  ['one value for an array', set('Signature', byte(0)), ['Fan: returns Signature (uint8[4])']],
  ['NULL for an array', set('Signature', null), ['Fan: returns Signature (uint8[4])']],
  [
    'a wrong element',
    set('Signature', [...bytes(3), int32(0)]),
    ['Fan: returns Signature (uint8[4])'],
  ],
  [
    'another count than elements',
    set('Samples', [int32(0)]),
    ['Fan: returns Samples (sint32[Count])'],
  ],
  ['a number for a datetime', set('Cleaned', int32(0)), ['Fan: returns Cleaned (datetime)']],
  ['an interval', set('Cleaned', new Moment('timespan')), []],
  ['a text for a character', set('Letter', 'A'), ['Fan: returns Letter (char16)']],
  ['another character', set('Letter', new Char(0xffff)), []],
  ['a number for a boolean', set('Lit', byte(1)), ['Fan: returns Lit (boolean)']],
  ['a negative number where that is allowed', set('Offset', new Num('sbyte', -128n)), []],
  [
    'a property that is missing',
    (machine) => {
      removeProperty(first(machine), 'Turns');
    },
    ['Fan: returns Turns (uint64)', 'Fan: is refused for Turns (uint64)'],
  ],
  [
    'another CIM type',
    (machine) => {
      propertyOf(first(machine), 'Offset').members.set('CimType', 'SInt16');
    },
    ['Fan: returns Offset (sint8)'],
  ],
  [
    'an instance without a name',
    set('InstanceName', ''),
    ['Fan: finds a name and a state in each instance'],
  ],
  [
    'an instance without a state',
    (machine) => {
      removeProperty(first(machine), 'Active');
    },
    ['Fan: finds a name and a state in each instance'],
  ],
  [
    'a wrong value in an embedded instance',
    (machine) => {
      const part = propertyOf(first(machine), 'Part').members.get('Value');
      setProperty(part, 'B', 'xxxxx');
    },
    ['Fan: returns Part (Inner)'],
  ],
  [
    'an embedded instance of another class',
    (machine) => {
      setProperty(first(machine), 'Part', first(machine, 'Fan'));
    },
    ['Fan: returns Part (Inner)'],
  ],
  [
    'no instance',
    (machine) => {
      machine.instances.set('Fan', []);
    },
    ['Fan: finds an instance'],
  ],
  [
    'a class that WMI does not know',
    (machine) => {
      machine.classes.delete('Alarm');
    },
    ['exists', 'has the GUID of the MOF', 'declares Level (uint32)'].map(
      (name) => `Alarm: ${name}`,
    ),
  ],
  [
    'another GUID',
    (machine) => {
      declared(machine.classes.get('Fan'), 'CimClassQualifiers', 'guid').members.set(
        'Value',
        '{x}',
      );
    },
    ['Fan: has the GUID of the MOF'],
  ],
  [
    'another WmiDataId',
    (machine) => {
      const property = declared(machine.classes.get('Fan'), 'CimClassProperties', 'Count');
      declared(property, 'Qualifiers', 'WmiDataId').members.set('Value', int32(7));
    },
    ['Fan: declares Count (uint16)'],
  ],
  [
    'a property that is read-only',
    (machine) => {
      const property = declared(machine.classes.get('Fan'), 'CimClassProperties', 'Lit');
      declared(property, 'Qualifiers', 'write').members.set('Value', false);
    },
    ['Fan: declares Lit (boolean)'],
  ],
  [
    'another WmiMethodId',
    (machine) => {
      const method = declared(machine.classes.get('Fan'), 'CimClassMethods', 'Go');
      declared(method, 'Qualifiers', 'WmiMethodId').members.set('Value', int32(2));
    },
    ['Fan: declares the method Go'],
  ],
  [
    'another type of a parameter',
    (machine) => {
      const method = declared(machine.classes.get('Fan'), 'CimClassMethods', 'Go');
      declared(method, 'Parameters', 'Level').members.set('CimType', 'UInt16');
    },
    ['Fan: declares the method Go'],
  ],
  [
    'another direction of a parameter',
    (machine) => {
      const method = declared(machine.classes.get('Fan'), 'CimClassMethods', 'Go');
      const level = declared(method, 'Parameters', 'Level');
      declared(level, 'Qualifiers', 'in').members.set('Name', 'out');
    },
    ['Fan: declares the method Go'],
  ],
  [
    'an output that is missing',
    (machine) => {
      changeOutput(machine.results.get('Fan.Go'), 'Count', undefined);
    },
    ['Fan: calls Go'],
  ],
  [
    'an output of another length',
    (machine) => {
      changeOutput(machine.results.get('Fan.Go'), 'List', []);
    },
    ['Fan: calls Go'],
  ],
  [
    'an event with a wrong value',
    (machine) => {
      machine.faults.event = (event) => {
        setProperty(event, 'Level', uint32(10));
      };
    },
    ['Alarm: have Level (uint32)'],
  ],
  [
    'a driver that takes what is read-only',
    (machine) => {
      machine.faults.takesReadOnly = true;
    },
    [
      'Signature (uint8[4])',
      'Count (uint16)',
      'Part (Inner)',
      'Cleaned (datetime)',
      'Letter (char16)',
      'Kind (string)',
      'Turns (uint64)',
      'Offset (sint8)',
      'Samples (sint32[Count])',
    ].map((each) => `Fan: is refused for ${each}`),
  ],
  [
    'a driver that changes nothing',
    (machine) => {
      machine.faults.setsNothing = true;
    },
    ['Speed (uint32)', 'Mode (uint8)', 'Faults (uint8)', 'Label (string(6))', 'Lit (boolean)'].map(
      (each) => `Fan: changes and restores ${each}`,
    ),
  ],
  [
    'a driver that keeps the new value',
    (machine) => {
      machine.faults.setsOnce = true;
    },
    ['Speed (uint32)', 'Mode (uint8)', 'Faults (uint8)', 'Label (string(6))', 'Lit (boolean)'].map(
      (each) => `Fan: changes and restores ${each}`,
    ),
  ],
];

test.each(oneIn(3, DEVIATIONS))('%s', (_what, change, want) => {
  expect(failed(change)).toEqual(want);
});

test('each writable property is changed and restored', () => {
  const { machine } = run(() => undefined);
  const sets = machine.log.filter((each) => each.startsWith('set Fan.'));
  for (const [name, old, other] of [
    ['Speed', '10', '11'],
    ['Mode', '0', '2'],
    ['Faults', '0', '1'],
    ['Label', 'xxx', 'mofgen'],
    ['Lit', 'False', 'True'],
  ]) {
    expect(sets.filter((each) => each.startsWith(`set Fan.${name} `))).toEqual([
      `set Fan.${name} ${other}`,
      `set Fan.${name} ${old}`,
    ]);
  }
  expect(textOf(propertyOf(first(machine), 'Label').members.get('Value'))).toBe('xxx');
});

test('the old value is restored when a read after the change fails', () => {
  const { machine, results } = run((each) => {
    each.faults.failsAfterSet = true;
  });
  expect(failures(results)).toContain(
    'Fan > setting properties (as an administrator, with -AllowSet) > changes and restores Lit (boolean)',
  );
  expect(textOf(propertyOf(first(machine), 'Lit').members.get('Value'))).toBe('False');
});

test('-Values has values to set, and arguments', () => {
  const Values = Hash.of({
    'Fan.Speed': int32(4000),
    'Fan.Secret': int32(7),
    'Fan.Go.Level': int32(200),
  });
  const { machine, results } = run(() => undefined, { ...everything(fan), Values });
  expect(failures(results)).toEqual([]);
  expect(machine.log).toContain('set Fan.Speed 4000');
  expect(machine.log.filter((each) => each.startsWith('set Fan.Secret'))).toEqual([
    'set Fan.Secret 7',
  ]);
  expect(machine.log).toContain('call Fan.Go Level=200 Part=(ciminstance)');
});

test('what cannot be restored is skipped with the reason', () => {
  const secret = run(() => undefined).results.find(({ path }) => path.includes('sets Secret'));
  expect(secret).toMatchObject({ result: 'skipped' });
  expect(secret?.reason).toContain('Fan.Secret');
});

test('without an instance the tests of its values are skipped, not passed', () => {
  const { results } = run((machine) => {
    machine.instances.set('Fan', []);
  });
  const values = results.filter(({ path }) => / (?:returns|changes|refused|calls) /.test(path));
  expect(values.length).toBeGreaterThan(20);
  expect(new Set(values.map(({ result }) => result))).toEqual(new Set(['skipped']));
});

test('methods run only for the classes of -AllowInvoke', () => {
  const { machine } = run(() => undefined, { AllowSet: true, AllowInvoke: ['Other'] });
  expect(machine.log.filter((each) => each.startsWith('call'))).toEqual([]);
});

test('an event that does not come is inconclusive, and every subscription is removed', () => {
  const { machine, results } = run((each) => {
    each.faults.hasEvents = false;
  });
  expect(
    results.filter(({ result }) => result === 'inconclusive').map(({ reason }) => reason),
  ).toEqual(['no event arrived in 5 seconds']);
  const subscriptions = machine.log.filter((each) => each.includes('subscribe'));
  expect(subscriptions).toEqual([
    'subscribe Alarm',
    'unsubscribe Alarm',
    'subscribe Alarm',
    'unsubscribe Alarm',
  ]);
});

test('a refused subscription fails, and is removed as well', () => {
  const { machine, results } = run(
    (each) => {
      each.faults.denies = true;
    },
    { EventTimeout: integer(5) },
  );
  expect(failures(results).filter((path) => path.startsWith('Alarm'))).toEqual([
    'Alarm > events (as an administrator) > can be subscribed to',
    'Alarm > events (as an administrator) > that arrive (with -EventTimeout) > have Level (uint32)',
  ]);
  expect(machine.log.filter((each) => each === 'unsubscribe Alarm')).toHaveLength(2);
});

describe('a user without the rights of an administrator', () => {
  const result = (denies: boolean, more: Readonly<Record<string, Value>> = {}) =>
    run(
      (machine) => {
        machine.faults.denies = denies;
      },
      { Unprivileged: true, AllowSet: true, AllowInvoke: ['Fan'], ...more },
    ).results.filter(({ path, result }) => path.startsWith('Fan') && result !== 'skipped');

  test('is denied access, and nothing else is tried', () => {
    expect(result(true)).toMatchObject([
      { path: expect.stringContaining('is denied access') as string, result: 'passed' },
    ]);
  });

  test('fails the test when access is not denied', () => {
    expect(result(false)).toMatchObject([
      { path: expect.stringContaining('is denied access') as string, result: 'failed' },
    ]);
  });

  test('can query the classes of -PublicClass', () => {
    const results = result(false, { PublicClass: ['Fan'] });
    expect(results.length).toBeGreaterThan(10);
    expect(
      results.every(({ path, result }) => path.includes('a query') && result === 'passed'),
    ).toBe(true);
  });
});
