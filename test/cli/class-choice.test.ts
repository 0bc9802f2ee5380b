// --class, --reference, --expensive: choosing the classes of a file that a run generates.
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { emit } from '../../src/generate.js';
import { type Model } from '../../src/model/model.js';

const AROUND = '[key, read] string InstanceName; [read] boolean Active;';
const guid = (digit: number) => `{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a1${digit}}`;
const block = (digit: number, head: string, items: string) =>
  `[WMI, Dynamic, Provider("WMIProv"), guid("${guid(digit)}")] class ${head} { ${AROUND} ${items} };\n`;
const POINT = '[WMI] class Point { [WmiDataId(1)] uint32 X; };\n';
const FAN = block(1, 'Fan', '[WmiDataId(1), read] Point Place;');
const PUMP = block(2, 'Pump', '[WmiDataId(1), read] real32 Speed;');
const TWIN = block(1, 'Twin', '[WmiDataId(1), read] uint8 Speed;');

function run(text: string, options: Parameters<typeof analyze>[3]) {
  const encoded = new TextEncoder().encode(text);
  const found = analyze(encoded, 'a.mof', () => undefined, options);
  return {
    ...found,
    blocks: found.value.blocks.map(({ name }) => name),
    codes: found.diagnostics.map(({ code, severity }) => `${severity} ${code}`),
  };
}

interface Choice {
  readonly what: string;
  readonly text: string;
  readonly classes: readonly string[];
  readonly blocks: readonly string[];
  readonly codes: readonly string[];
  readonly unmatched?: readonly string[];
}

const CHOICES: readonly Choice[] = [
  {
    what: 'a class and what it embeds',
    text: POINT + FAN + TWIN.replace('a11', 'a13'),
    classes: ['fan'],
    blocks: ['Point', 'Fan'],
    codes: [],
  },
  {
    what: 'an error elsewhere is a warning',
    text: POINT + FAN + PUMP,
    classes: ['Fan'],
    blocks: ['Point', 'Fan'],
    codes: ['warning MOF2301'],
  },
  {
    what: 'an error in a chosen class stays one',
    text: POINT + FAN + PUMP,
    classes: ['Pump'],
    blocks: [],
    codes: ['error MOF2301'],
  },
  {
    what: 'an error in what a chosen class embeds stays one',
    text: POINT.replace('uint32', 'real32') + FAN,
    classes: ['Fan'],
    blocks: [],
    codes: ['error MOF2301'],
  },
  {
    what: 'a syntax error elsewhere is a warning',
    text: POINT + FAN + PUMP.replace('real32 Speed', 'Speed'),
    classes: ['Fan'],
    blocks: ['Point', 'Fan'],
    codes: ['warning MOF1201'],
  },
  {
    what: 'a pattern',
    text: POINT + FAN + PUMP.replace('real32', 'uint32'),
    classes: ['p*'],
    blocks: ['Point', 'Pump'],
    codes: [],
  },
  {
    what: 'nothing of that name',
    text: POINT + FAN,
    classes: ['Fans', 'Fan'],
    blocks: ['Point', 'Fan'],
    codes: [],
    unmatched: ['Fans'],
  },
];

describe('--class', () => {
  test('a chosen class that a syntax error elsewhere hides keeps the error', () => {
    const text =
      block(1, 'B', '[WmiDataId(1), read] uint32 ) Base;') +
      block(2, 'A : Base', '[WmiDataId(1), read] uint32 z;') +
      block(3, 'A3', '[WmiDataId(1), read] uint32 z;');
    expect(run(text, { classes: ['A*'] }).codes).toContain('error MOF1201');
  });

  test('an error in a class of a file with #include is a warning too', () => {
    const text = `#include "x.h"\n${POINT}${FAN}${PUMP}`;
    const { diagnostics } = analyze(
      new TextEncoder().encode(text),
      'a.mof',
      () => ({ name: 'x.h', bytes: new TextEncoder().encode('#define UNUSED 1\n') }),
      { classes: ['Fan'] },
    );
    expect(diagnostics.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      'warning MOF2301',
    ]);
  });

  test.each(CHOICES)('$what', ({ text, classes, blocks, codes, unmatched = [] }) => {
    const found = run(text, { classes });
    expect(found.blocks).toEqual(blocks);
    expect(found.codes).toEqual(codes);
    expect(found.unmatchedNames).toEqual(unmatched);
  });

  test.each(['ts', 'kmdf', 'wdm', 'irp'])(
    '%s registers one of two classes with one GUID',
    (target) => {
      const text = POINT + FAN + TWIN;
      const whole = run(text, {});
      expect(whole.codes).toEqual(['warning MOF2106']);
      const codesOf = (model: Model) =>
        emit(model, 'a.mof', { targets: [target] }).diagnostics.map(({ code }) => code);
      expect(codesOf(whole.value)).toContain('MOF3204');
      expect(codesOf(run(text, { classes: ['Fan'] }).value)).not.toContain('MOF3204');
    },
  );

  test('the header has both classes of one GUID', () => {
    const { value } = run(POINT + FAN + TWIN, {});
    const [file] = emit(value, 'a.mof', { targets: ['header'] }).value;
    expect(file?.text).toContain('struct _Fan');
    expect(file?.text).toContain('struct _Twin');
  });
});

describe('--reference', () => {
  const bytes = (text: string) => ({ name: 'ref.mof', bytes: new TextEncoder().encode(text) });

  test('classes of a reference are known, and neither emitted nor reported', () => {
    const reference = bytes(
      'class Win32_PerfRawData { uint64 Time; };\n[WMI] class Point { [WmiDataId(1)] uint32 X; };\n' +
        PUMP,
    );
    const perf = block(3, 'Perf : Win32_PerfRawData', '[WmiDataId(1), read] Point A;');
    expect(run(perf, {}).codes).toEqual(['error MOF2004', 'error MOF2008']);
    const found = run(perf, { references: [reference] });
    expect(found.codes).toEqual([]);
    expect(found.blocks).toEqual(['Point', 'Perf']);
    expect(found.value.blocks[1]?.data.items.map(({ name }) => name)).toEqual(['A']);
    expect(found.filesRead).toEqual(['a.mof', 'ref.mof']);
  });

  test('an error in a class that is embedded is reported', () => {
    const reference = bytes('[WMI] class Point { [WmiDataId(1)] real32 X; };');
    expect(run(FAN, { references: [reference] }).codes).toEqual(['error MOF2301']);
  });

  test('a reference that cannot be read whole is reported', () => {
    const reference = bytes('class Base { [WmiDataId(1) : ToSubclass] uint32 b c; };');
    const text = block(3, 'A : Base', '[WmiDataId(2), read] uint32 z;');
    expect(run(text, { references: [reference] }).codes).toContain('error MOF1201');
  });

  test('its classes are not chosen, and its flavor statements apply in it', () => {
    const reference = bytes(
      'qualifier WmiDataId : ToSubclass; [abstract] class Base { [WmiDataId(1), read] uint32 q; };',
    );
    const text = block(3, 'A : Base', '[WmiDataId(2), read] uint32 z;');
    const found = run(text, { references: [reference] });
    expect(found.codes).toEqual([]);
    expect(found.value.blocks[0]?.data.items.map(({ name }) => name)).toEqual(['q', 'z']);
    expect(run(text, { references: [reference], classes: ['Base'] }).unmatchedNames).toEqual([
      'Base',
    ]);
  });

  test('a localised copy does not replace a class', () => {
    const copy = bytes(
      '[AMENDMENT, LOCALE(0x409)] class Base { [Description("x") : amended] uint32 a; };',
    );
    const whole = bytes('class Base { [WmiDataId(1) : ToSubclass] uint32 a; };');
    const text = block(3, 'A : Base', '[WmiDataId(2), read] uint32 z;');
    const { value } = run(text, { references: [copy, { ...whole, name: 'whole.mof' }] });
    expect(value.blocks[0]?.data.items.map(({ name }) => name)).toEqual(['a', 'z']);
  });

  test('what the input declares itself counts', () => {
    const found = run(POINT + FAN, { references: [bytes('class Point { string Y; };')] });
    expect(found.codes).toEqual([]);
  });

  test('an unknown superclass that is allowed gives no data items', () => {
    const found = run(
      `// mofgen-allow MOF2004\n${block(3, 'Perf : Missing', '[WmiDataId(1), read] uint8 A;')}`,
      {},
    );
    expect(found.codes).toEqual([]);
    expect(found.value.blocks[0]?.data.items.map(({ name }) => name)).toEqual(['A']);
  });
});

describe('expensive', () => {
  const isExpensive = (text: string, options: Parameters<typeof analyze>[3] = {}) =>
    run(text, options).value.blocks.some(({ expensive }) => expensive);

  test.each([
    ['WmiExpense is a number for clients', FAN.replace('WMI,', 'WMI, WmiExpense(5),'), false],
    ['a comment before the class', POINT + `// mofgen: expensive\n${FAN}`, true],
    [
      'a comment in the head of the class',
      POINT + FAN.replace('WMI,', 'WMI, // mofgen: expensive\n'),
      true,
    ],
    ['a comment after the name', POINT + FAN.replace('Fan {', 'Fan // mofgen: expensive\n{'), true],
    ['a comment of another class', `// mofgen: expensive\n${POINT}${TWIN}`, true],
    ['no comment', POINT + FAN, false],
  ])('%s', (_what, text, want) => {
    expect(isExpensive(text)).toBe(want);
  });

  test('by name', () => {
    expect(isExpensive(POINT + FAN, { expensive: ['FAN'] })).toBe(true);
    expect(run(POINT + FAN, { expensive: ['Fans'] }).unmatchedNames).toEqual(['Fans']);
    expect(run(PUMP, { expensive: ['Pump'] }).unmatchedNames).toEqual([]);
  });

  test.each([
    ['// mofgen: expensiv\nclass A { };', "'expensiv'"],
    ['// mofgen:\nclass A { };', 'no word'],
    ['class A { };\n// mofgen: expensive\n', 'no class'],
  ])('an invalid comment: %s', (text, message) => {
    const { diagnostics } = run(text, {});
    expect(diagnostics.map(({ code }) => code)).toEqual(['MOF1903']);
    expect(diagnostics[0]?.message).toContain(message);
  });
});

test('a driver without a binary MOF names none', () => {
  const { value } = run(POINT + FAN, {});
  for (const target of ['kmdf', 'wdm', 'irp']) {
    const options = { noMofResource: true };
    const files = emit(value, 'fan.mof', { targets: [target], options }).value;
    const textOf = (ending: string) => files.find(({ name }) => name.endsWith(ending))?.text ?? '';
    expect(textOf('_wmi.h')).toContain('#define FAN_WMI_NO_MOF_RESOURCE');
    expect(textOf('.props')).not.toMatch(/mofcomp|ResourceCompile/i);
    expect(textOf('.rc')).not.toContain('MOFDATA');
    expect(textOf('.cmake')).toContain('set(MOFGEN_WMI_RESOURCE)');
  }
});
