/** `emit` and `stubs` refuse a model with errors, so that nothing is emitted for a part of it. */
import { describe, expect, test } from 'vitest';
import { analyze, emit, type EmitOptions, stubs, targetNames } from 'mofgen';

const HEAD = 'WMI, Dynamic, Provider("WMIProv")';
const AROUND = '[key, read] string InstanceName; [read] boolean Active;';
const block = (name: string, digit: number, items: string, around = AROUND) =>
  `[${HEAD}, guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7b1${digit}}")] class ${name} { ${around} ${items} };\n`;
const FAN = block('Fan', 1, '[WmiDataId(1), read] uint32 Speed;');

const modelOf = (mof: string) => analyze(new TextEncoder().encode(mof), 'fan.mof').value;

const REFUSED: readonly (readonly [what: string, mof: string, ...codes: string[]])[] = [
  [
    'a block with an error next to one without',
    `${FAN}${block('Pump', 2, '[WmiDataId(1), read] real32 Speed;')}`,
    'MOF2301',
  ],
  ['a syntax error', `${FAN}class {`, 'MOF1201'],
  ['bytes that cannot be decoded', `${FAN}#include "missing.mof"\n`, 'MOF1004'],
  [
    'two errors',
    `${FAN}${block('Pump', 2, '[WmiDataId(1), read] real32 Speed; [WmiDataId(1), read] uint8 B;')}`,
    'MOF2301',
    'MOF2202',
  ],
  [
    'an error that may be allowed and is not',
    block('Fan', 1, '[WmiDataId(1), read] uint32 Speed;', '[read] boolean Active;'),
    'MOF2209',
  ],
];

describe.each(REFUSED)('%s', (_what, mof, ...codes) => {
  test.each(targetNames)('is refused for %s', (target) => {
    const { value, diagnostics } = emit(modelOf(mof), 'fan.mof', { targets: [target] });
    expect(value).toEqual([]);
    expect(diagnostics.map(({ code }) => code)).toEqual(codes);
    expect(diagnostics.every(({ severity }) => severity === 'error')).toBe(true);
    const missing = stubs(modelOf(mof), 'fan.mof', target, '');
    expect([missing.value, missing.diagnostics.map(({ code }) => code)]).toEqual(['', codes]);
  });
});

const NAMELESS = block('Fan', 1, '[WmiDataId(1), read] uint32 Speed;', '[read] boolean Active;');

const ACCEPTED: readonly (readonly [what: string, mof: string, allow: readonly 'MOF2209'[]])[] = [
  ['no finding', FAN, []],
  ['a warning', block('Fan', 1, '[WmiDataId(2), read] uint32 Speed;'), []],
  ['an error that a comment allows', `// mofgen-allow MOF2209: a test\n${NAMELESS}`, []],
  ['an error that the caller allows', NAMELESS, ['MOF2209']],
];

test.each(ACCEPTED)('%s is accepted', (_what, mof, allow) => {
  const { value, diagnostics } = emit(modelOf(mof), 'fan.mof', { targets: targetNames, allow });
  expect(diagnostics).toEqual([]);
  expect(value.length).toBeGreaterThan(4);
});

test('an error that may not be allowed is always refused', () => {
  const mof = block('Fan', 1, '[WmiDataId(1), read] real32 Speed;');
  const { value } = emit(modelOf(mof), 'fan.mof', { targets: ['ts'], allow: ['MOF2301'] });
  expect(value).toEqual([]);
});

test('an unknown target is a mistake of the caller', () => {
  expect(() => emit(modelOf(FAN), 'fan.mof', { targets: ['c'] })).toThrow("there is no target 'c'");
});

describe('the stubs of a file', () => {
  const skeletonOf = (mof: string) =>
    emit(modelOf(mof), 'fan.mof', { targets: ['ts'] }).value.find(({ owner }) => owner === 'user')
      ?.text ?? '';

  test('are the functions of an added method or block', () => {
    const more = `${FAN}${block('Pump', 2, '[WmiDataId(1), read] uint32 Speed;')}`;
    expect(stubs(modelOf(more), 'fan.mof', 'ts', skeletonOf(FAN)).value).toContain('Pump');
  });

  test('are empty when nothing is missing', () => {
    expect(stubs(modelOf(FAN), 'fan.mof', 'ts', skeletonOf(FAN))).toEqual({
      value: '',
      diagnostics: [],
    });
  });

  test('are empty for a target without a file of the user', () => {
    expect(stubs(modelOf(FAN), 'fan.mof', 'header', '').value).toBe('');
  });
});

describe('options with a value', () => {
  const namesFor = (options: EmitOptions, name = 'fan.mof') =>
    emit(modelOf(FAN), name, { targets: ['wdm'], options }).value.map((file) => file.name);

  test.each<readonly [EmitOptions, has: string, lacks: string]>([
    [{}, 'mofgen_wmi.c', 'fan_wmi_impl.cpp'],
    [{ core: 'external' }, 'fan_wmi.c', 'mofgen_wmi.c'],
    [{ standalone: true }, 'fan_wmi.c', 'mofgen_wmi.c'],
    [{ implExt: 'cpp' }, 'fan_wmi_impl.cpp', 'fan_wmi_impl.c'],
    [{ headerName: 'fan.hpp' }, 'fan.hpp', 'fan_wmi.h'],
  ])('%j', (options, has, lacks) => {
    expect(namesFor(options)).toContain(has);
    expect(namesFor(options)).not.toContain(lacks);
  });

  test('the files that every input has are marked, and so are the names that your file may have', () => {
    const files = emit(modelOf(FAN), 'fan.mof', { targets: ['wdm'] }).value;
    const shared = files.filter(({ isShared }) => isShared === true).map(({ name }) => name);
    expect(shared).toEqual([
      ...['', '_pool', '_device', '_wdm'].flatMap((part) => [
        `mofgen_wmi${part}.h`,
        `mofgen_wmi${part}.c`,
      ]),
    ]);
    expect(files.find(({ owner }) => owner === 'user')).toMatchObject({
      name: 'fan_wmi_impl.c',
      otherNames: ['fan_wmi_impl.cpp'],
    });
  });

  // A caller without types, such as a page with a text field.
  test.each([
    [{ core: 'copi' }, `--core does not take 'copi': it takes copy or external`],
    [{ headerName: '../fan.h' }, `--header-name does not take '../fan.h': it takes a name without`],
    [{ mofResource: '1' }, `--mof-resource does not take '1'`],
    [{ standalone: true, core: 'copy' }, '--standalone puts the C core'],
    [{ noMofResource: true, mofResource: 'Fan' }, '--mof-resource names the binary MOF'],
  ])('%j is a RangeError', (given, expected) => {
    const options = given as EmitOptions;
    expect(() => namesFor(options)).toThrow(RangeError);
    expect(() => namesFor(options)).toThrow(expected);
    expect(() => stubs(modelOf(FAN), 'fan.mof', 'wdm', '', { options })).toThrow(expected);
  });

  test('an input with the name of the core is a RangeError', () => {
    expect(() => namesFor({}, 'dir/mofgen.mof')).toThrow(RangeError);
    expect(() => namesFor({ core: 'external' }, 'Mofgen.mof')).toThrow('files of the C core');
    expect(emit(modelOf(FAN), 'mofgen.mof', { targets: ['header'] }).value).toHaveLength(1);
  });
});
