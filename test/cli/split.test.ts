/** `mofgen split`: two files with the contents of one, and the text of the user otherwise untouched. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workplace } from './command-line.js';

const WHOLE = String.raw`// A fan.
#pragma autorecover
#pragma amendment("MS_407")
#pragma namespace("\\\\.\\root\\wmi")

[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}"),
 Description("A fan ] that \"cools\"") : amended, /* kept */ WmiExpense(1)]
class Fan : Base
{
  [key, read] string InstanceName;
  [read] boolean Active; // stays

  [Description("turns a minute") : amended, WmiDataId(1), read] uint32 Speed;
  [WmiDataId(2), DisplayName("Modes") : amended ToSubclass, Description("how it " // ]
    "turns") : amended, read] uint8 Modes[4];
  [WmiMethodId(1), Implemented] void Stop([in] uint32 Delay, [Description("at once") : Amended /* ] */ ] uint32 Force);
  [WmiDataId(3)] uint8 Plain;
};
[abstract] class Base { };
[Description("é") : amended] class Data { [WmiDataId(1)] Data2 Part; };
class Data2 { [WmiDataId(1)] uint8 a; };
`;

const NEUTRAL = String.raw`// A fan.
#pragma autorecover
#pragma namespace("\\\\.\\root\\wmi")

[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}"), /* kept */ WmiExpense(1)]
class Fan : Base
{
  [key, read] string InstanceName;
  [read] boolean Active; // stays

  [WmiDataId(1), read] uint32 Speed;
  [WmiDataId(2), read] uint8 Modes[4];
  [WmiMethodId(1), Implemented] void Stop([in] uint32 Delay, uint32 Force);
  [WmiDataId(3)] uint8 Plain;
};
[abstract] class Base { };
class Data { [WmiDataId(1)] Data2 Part; };
class Data2 { [WmiDataId(1)] uint8 a; };
`;

const LOCALIZED = String.raw`#pragma namespace("\\\\.\\root\\wmi")
instance of __namespace{ name="ms_407";};
#pragma namespace("\\\\.\\root\\wmi\\ms_407")

[Description("A fan ] that \"cools\"") : amended, AMENDMENT, LOCALE(0x407)]
class Fan : Base
{
  [key] string InstanceName;
  [Description("turns a minute") : amended] uint32 Speed;
  [DisplayName("Modes") : amended ToSubclass, Description("how it " // ]
    "turns") : amended] uint8 Modes[4];
  void Stop(uint32 Delay, [Description("at once") : Amended] uint32 Force);
};

[Description("é") : amended, AMENDMENT, LOCALE(0x407)]
class Data
{
};

`;

const utf16 = (text: string) => Buffer.from(`\uFEFF${text}`, 'utf16le');

test('the text without amended qualifiers, and the classes with those only', async () => {
  const { run, path } = workplace({ 'fan.mof': utf16(WHOLE) });
  expect(await run(['split', 'fan.mof', '-o', 'out', '--encoding', 'utf-8'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'out/fan.mof: written\nout/fan.mfl: written\n',
  });
  expect(readFileSync(path('out/fan.mof'), 'utf8')).toBe(NEUTRAL);
  expect(readFileSync(path('out/fan.mfl'), 'utf8')).toBe(LOCALIZED);
});

test('UTF-16 with a mark and the line ends of the input', async () => {
  const { run, path } = workplace({ 'fan.mof': utf16(WHOLE.replaceAll('\n', '\r\n')) });
  expect(await run(['split', 'fan.mof', '-q'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  const read = (name: string) => new TextDecoder('utf-16le').decode(readFileSync(path(name)));
  expect(readFileSync(path('gen/fan.mfl')).subarray(0, 2)).toEqual(Buffer.of(0xff, 0xfe));
  expect(read('gen/fan.mof')).toBe(NEUTRAL.replaceAll('\n', '\r\n'));
  expect(read('gen/fan.mfl')).toBe(LOCALIZED.replaceAll('\n', '\r\n'));
});

test('each class has its texts in the namespace that it is in', async () => {
  const { run, path } = workplace({
    'a.mof': String.raw`[Description("a") : amended] class A { };
#pragma namespace("root\\one/")
[Description("b") : amended] class B { };
#pragma namespace("root\\two")
[Description("c") : amended] class C { };
`,
  });
  expect((await run(['split', 'a.mof', '-o', 'out', '--encoding', 'utf-8'])).exitCode).toBe(0);
  const text = readFileSync(path('out/a.mfl'), 'utf8');
  expect(text.match(/^(?:#pragma.*|class .*)$/gm)).toEqual([
    String.raw`#pragma namespace("\\\\.\\root\\wmi")`,
    String.raw`#pragma namespace("\\\\.\\root\\wmi\\ms_409")`,
    'class A',
    String.raw`#pragma namespace("root\\one")`,
    String.raw`#pragma namespace("root\\one\\ms_409")`,
    'class B',
    String.raw`#pragma namespace("root\\two")`,
    String.raw`#pragma namespace("root\\two\\ms_409")`,
    'class C',
  ]);
});

test('a text that is split and merged is unchanged', async () => {
  const { run, path } = workplace({ 'fan.mof': WHOLE });
  const header = async (...args: readonly string[]) => {
    expect((await run([...args, '-t', 'header', '-q'])).exitCode).toBe(0);
    return readFileSync(path('gen/fan_wmi.h'), 'utf8');
  };
  const whole = await header('fan.mof');
  const neutral = await header('fan.mof', '--neutral');
  expect((await run(['split', 'fan.mof', '-o', 'out'])).exitCode).toBe(0);
  expect(await header('out/fan.mof')).toBe(neutral);
  expect(await header('out/fan.mof', '--mfl', 'out/fan.mfl')).toBe(whole);
  expect(neutral).not.toBe(whole);
});

test('macros are replaced, textual includes are in place, #pragma include stays', async () => {
  const { run, path } = workplace({
    'a.mof': '#include "part.h"\n#include "text.mof"\n#pragma include("other.mof")\n',
    'part.h': '#define SAYS Description("says") : amended\n',
    'text.mof': '[SAYS, abstract] class A { };\n',
    'other.mof': '[Description("other") : amended] class B { };\n',
  });
  await run(['split', 'a.mof', '--encoding', 'utf-8']);
  expect(
    readFileSync(path('gen/a.mof'), 'utf8')
      .trim()
      .split(/\s*\n\s*/),
  ).toEqual(['[ abstract] class A { };', '#pragma include("other.mof")']);
  const localized = readFileSync(path('gen/a.mfl'), 'utf8');
  expect(localized).toContain(
    '[Description("says") : amended, AMENDMENT, LOCALE(0x409)]\nclass A\n',
  );
  expect(localized).not.toContain('other');
});

test.each([
  [['split', 'fan.mof', '-o', '.'], 2, 'would replace a file that was read'],
  [['split', 'fan.mof', '--locale', 'german'], 2, "'german' is not a locale; write ms_409"],
  [['split', 'fan.mof', '--encoding', 'ansi'], 2, 'the choices are utf-16le, utf-8'],
  [['split', 'fan.mof', '--mfl', 'x.mfl'], 2, 'leave --mfl out'],
  [['split', 'broken.mof'], 1, 'error MOF1201'],
  [['split', 'none.mof'], 3, "cannot read 'none.mof'"],
])('%j', async (args, code, message) => {
  const { run } = workplace({ 'fan.mof': WHOLE, 'broken.mof': 'class {' });
  const { exitCode, stderr } = await run(args);
  expect({ exitCode, stderr }).toEqual({
    exitCode: code,
    stderr: expect.stringContaining(message) as string,
  });
});

test.each([
  ['a statement about all uses', 'qualifier description : amended;'],
  ['a qualifier declaration', 'Qualifier Description : string, Scope(any), Flavor(Amended);'],
])('%s makes texts amended', async (_what, statement) => {
  const { run, path } = workplace({
    'a.mof': `${statement}\n[Description("a")] class A\n{\n  [Description("x") : ToSubclass, key] string X;\n};\n`,
  });
  expect((await run(['split', 'a.mof', '--encoding', 'utf-8', '-q'])).exitCode).toBe(0);
  expect(readFileSync(path('gen/a.mof'), 'utf8')).toBe(
    `${statement}\nclass A\n{\n  [key] string X;\n};\n`,
  );
  // The .mfl has the flavor itself, because the statement is not in it.
  const localized = readFileSync(path('gen/a.mfl'), 'utf8');
  expect(localized).toContain('[Description("a") : amended, AMENDMENT');
  expect(localized).toContain('[Description("x") : ToSubclass amended, key] string X;');
  const described = async (...args: readonly string[]) => {
    const { stdout } = await run(['show', '--json', ...args]);
    return stdout.match(/"Description"/g)?.length;
  };
  expect(await described('gen/a.mof', '--mfl', 'gen/a.mfl')).toBe(await described('a.mof'));
});

test('comments that allow findings count', async () => {
  const { run } = workplace({
    'a.mof': '// mofgen-allow MOF1106\n[Description("one\ntwo") : amended] class A { };\n',
    'b.mof': '[Description("one\ntwo") : amended] class B { };\n',
  });
  const args = ['split', '--encoding', 'utf-8', '-q', '--warn-as-error'];
  expect(await run([...args, 'a.mof'])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect((await run([...args, 'b.mof'])).exitCode).toBe(1);
});

test.each([
  ['in front', (texts: string) => `${texts}, WMI`],
  ['after', (texts: string) => `WMI, ${texts}`],
])(
  'a list of many texts %s is split as quickly as it is read',
  async (_where, list) => {
    const texts = Array.from({ length: 60_000 }, (_, index) => `Q${index}("a") : amended`);
    const { run, path } = workplace({ 'a.mof': `[${list(texts.join(', '))}] class A { };\n` });
    expect((await run(['split', 'a.mof', '--encoding', 'utf-8', '-q'])).exitCode).toBe(0);
    expect(readFileSync(path('gen/a.mof'), 'utf8')).toBe('[WMI] class A { };\n');
  },
  12_000,
);
