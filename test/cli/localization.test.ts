/** --mfl: merges the texts of a localised file into the classes that they were split from. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { workplace } from './command-line.js';

const NEUTRAL = `#pragma namespace("\\\\\\\\.\\\\root\\\\wmi")
[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}"), Description("plain")]
class Fan
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read] uint32 Speed;
  [WmiMethodId(1), Implemented] void Stop([in] uint32 Delay, uint32 Force);
};
`;

const LOCALIZED = `#pragma namespace("\\\\\\\\.\\\\root\\\\wmi")
instance of __namespace { name = "ms_409"; };
#pragma namespace("\\\\\\\\.\\\\root\\\\wmi\\\\ms_409")
[Description("A fan that cools") : amended ToSubclass, AMENDMENT, LOCALE(0x409)]
class fan
{
  [key] string InstanceName;
  [Description("turns a minute") : Amended, DisplayName("Revolutions") : Amended] uint32 speed;
  [Description("Stops it") : Amended] void STOP(
    [Description("in seconds") : Amended] uint32 Delay, [Description("at once") : Amended] uint32 Force);
};
`;

const JOINED = `// One text.
[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}"), Description("A fan that cools") : amended]
class Fan
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, Description("turns a minute") : amended, DisplayName("Revolutions") : amended] uint32 Speed;
  [WmiMethodId(1), Implemented, Description("Stops it") : amended] void Stop(
    [in, Description("in seconds") : amended] uint32 Delay, [Description("at once") : amended] uint32 Force);
};
`;

async function header(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
) {
  const { run, path } = workplace(files);
  const outcome = await run(['fan.mof', '-t', 'header', '-q', ...args]);
  expect(outcome).toMatchObject({
    exitCode: 0,
    stderr: expect.not.stringContaining('error') as string,
  });
  return readFileSync(path('gen/fan_wmi.h'), 'utf8');
}

test('merging gives the header that the unsplit text gives', async () => {
  const want = await header({ 'fan.mof': JOINED }, []);
  expect(want).toContain('turns a minute');
  expect(await header({ 'fan.mof': NEUTRAL, 'fan.mfl': LOCALIZED }, ['--mfl', 'fan.mfl'])).toBe(
    want,
  );
});

test('concatenated files are merged without an option', async () => {
  const want = await header({ 'fan.mof': JOINED }, []);
  expect(await header({ 'fan.mof': `${NEUTRAL}\uFEFF${LOCALIZED}` }, [])).toBe(want);
});

test('UTF-16, macros and includes on either side', async () => {
  const want = await header({ 'fan.mof': JOINED }, []);
  const utf16 = new Uint8Array(
    Buffer.from(
      `\uFEFF#define SAYS Description\n${LOCALIZED.replaceAll('Description', 'SAYS')}`,
      'utf16le',
    ),
  );
  const files = {
    'fan.mof': '#pragma include("part.mof")\n',
    'part.mof': `#define NUMBER uint32\n${NEUTRAL.replaceAll('uint32', 'NUMBER')}`,
    'de/fan.mfl': utf16,
  };
  expect(await header(files, ['--mfl', 'de/fan.mfl'])).toBe(want);
});

test('a fault in a localised text is shown where it is written', async () => {
  const { run } = workplace({
    'fan.mof': NEUTRAL,
    'fan.mfl': '[Description(7) : amended, amendment]\nclass Fan { };',
  });
  const { exitCode, stderr } = await run(['check', 'fan.mof', '--mfl', 'fan.mfl']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^fan\.mfl:1:\d+: error MOF2101/);
});

test('what is amended but not declared is a warning', async () => {
  const { run } = workplace({
    'fan.mof': NEUTRAL,
    'fan.mfl':
      '[amendment] class Fan {\n' +
      '  [Description("a") : amended] uint32 Spee;\n' +
      '  uint32 Nothing;\n' +
      '  void Stop([Description("b") : amended] uint32 Late);\n};\n',
  });
  const { exitCode, stderr } = await run(['check', 'fan.mof', '--mfl', 'fan.mfl', '-q']);
  expect(exitCode).toBe(0);
  expect(stderr.split('\n').filter((line) => line.includes('warning MOF'))).toEqual([
    "fan.mfl:2:39: warning MOF1401: 'Fan.Spee' is amended, but not declared",
    "fan.mfl:4:49: warning MOF1401: the parameter 'Late' of 'Fan.Stop' is amended, but not declared",
  ]);
});

test('the depfile names the localised file', async () => {
  const { run, path } = workplace({ 'fan.mof': NEUTRAL, 'fan.mfl': LOCALIZED });
  await run(['fan.mof', '--mfl', 'fan.mfl', '-q', '--depfile', 'fan.d']);
  expect(readFileSync(path('fan.d'), 'utf8')).toContain('fan.mfl');
});

test.each([
  [['check', 'fan.mof', 'other.mof', '--mfl', 'fan.mfl'], 2, 'one input'],
  [['check', 'fan.mof', '--mfl', '-'], 2, "not '-'"],
  [['check', 'fan.mof', '--mfl', 'none.mfl'], 3, "cannot read 'none.mfl'"],
])('%j', async (args, code, message) => {
  const { run } = workplace({ 'fan.mof': NEUTRAL, 'fan.mfl': LOCALIZED });
  const { exitCode, stderr } = await run(args);
  expect({ exitCode, stderr }).toEqual({
    exitCode: code,
    stderr: expect.stringContaining(message) as string,
  });
});
