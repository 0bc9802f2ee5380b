/** `mofgen merge`: a neutral text and its localised ones as the one text that they were split from. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { smallMof, workplace } from './command-line.js';

const LOCALIZED = `#pragma namespace("\\\\\\\\.\\\\root\\\\wmi\\\\ms_409")
[Description("A fan that cools") : amended, AMENDMENT, LOCALE(0x409)]
class Fan
{
  [key] string InstanceName;
};
`;

test('the neutral text without macros, then the localised one, in UTF-16 as mofcomp takes it', async () => {
  const { run, path } = workplace({
    'fan.mof': `#define CLASS Fan\r\n#include "part.mof"\r\n${smallMof('CLASS')}`,
    'part.mof': 'class Part {};',
    'fan.mfl': Buffer.from(`\uFEFF${LOCALIZED}`, 'utf16le'),
  });
  expect(await run(['merge', 'fan.mof', '--mfl', 'fan.mfl', '-o', 'out'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'out/fan.mof: written\n',
  });
  const bytes = readFileSync(path('out/fan.mof'));
  expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xfe]);
  const text = new TextDecoder('utf-16le').decode(bytes);
  expect(text.trim()).toMatch(/^class Part \{\};[^]*class +Fan[^]*#pragma namespace[^]*AMENDMENT/);
  expect(text).not.toContain('#define');
  expect(text.endsWith(LOCALIZED)).toBe(true);
});

test('a text that is split and merged keeps its meaning, and can be split again', async () => {
  const { run, path } = workplace({
    'fan.mof': smallMof('Fan', '[WmiDataId(3), Description("how loud") : amended] uint8 Loudness;'),
  });
  const model = async (file: string) => {
    const { stdout, exitCode } = await run(['show', '--json', file]);
    expect(exitCode).toBe(0);
    // Without locations, which differ.
    return stdout.replace(/"[a-z/]*fan\.mof"|"(?:line|column)": \d+/g, '');
  };
  await run(['split', 'fan.mof', '-o', 'halves']);
  const merge = ['merge', 'halves/fan.mof', '--mfl', 'halves/fan.mfl', '-o', 'whole'];
  expect((await run(merge)).exitCode).toBe(0);
  expect(await model('whole/fan.mof')).toBe(await model('fan.mof'));
  expect(await model('halves/fan.mof')).not.toBe(await model('fan.mof'));
  const before = readFileSync(path('whole/fan.mof'));
  expect((await run(merge)).exitCode).toBe(0);
  expect(readFileSync(path('whole/fan.mof'))).toEqual(before);
});

test('the localised text is written without its macros as well', async () => {
  const { run, path } = workplace({
    'fan.mof': smallMof('Fan'),
    'fan.mfl': `#define WHAT "A fan"\n${LOCALIZED.replace('"A fan that cools"', 'WHAT " that cools"')}`,
  });
  const args = ['--mfl', 'fan.mfl', '--encoding', 'utf-8', '-o', 'out'];
  expect((await run(['merge', 'fan.mof', ...args])).exitCode).toBe(0);
  const text = readFileSync(path('out/fan.mof'), 'utf8');
  expect(text).toMatch(/\[Description\( *"A fan" +" that cools" *\) : amended, AMENDMENT/);
  expect(text).not.toMatch(/#define|WHAT/);
});

test('comments that allow findings count', async () => {
  const { run } = workplace({
    'fan.mof': `// mofgen-allow MOF1106\n[Description("one\ntwo")] class Fan {};`,
    'fan.mfl': LOCALIZED.replace('A fan', 'A\nfan').replace(
      'LOCALE',
      '// mofgen-allow MOF1106\nLOCALE',
    ),
  });
  const { exitCode, stderr } = await run([
    'merge',
    'fan.mof',
    '--mfl',
    'fan.mfl',
    '--warn-as-error',
  ]);
  expect({ exitCode, stderr }).toEqual({
    exitCode: 1,
    stderr: expect.stringMatching(/^fan\.mfl:2:14: error MOF1106.*\n.*\n1 error\n$/) as string,
  });
});

test.each([
  [['merge', 'fan.mof'], 2, 'merge needs --mfl'],
  [['merge', 'fan.mof', 'other.mof', '--mfl', 'fan.mfl'], 2, '--mfl goes with one input'],
  [['merge', 'fan.mof', '--mfl', '-'], 2, "--mfl takes the name of a file, not '-'"],
  [['merge', 'fan.mof', '--mfl', 'fan.mfl', '-o', '.'], 2, 'would replace a file that was read'],
  [['merge', 'fan.mof', '--mfl', 'none.mfl'], 3, "cannot read 'none.mfl'"],
  [['merge', 'none.mof', '--mfl', 'fan.mfl'], 3, "cannot read 'none.mof'"],
  [['merge', 'broken.mof', '--mfl', 'fan.mfl'], 1, 'error MOF1201'],
  [['merge', 'fan.mof', '--mfl', 'broken.mof'], 1, 'broken.mof:1:7: error MOF1201'],
])('%j', async (args, code, message) => {
  const { run } = workplace({
    'fan.mof': smallMof('Fan'),
    'other.mof': smallMof('Other'),
    'fan.mfl': LOCALIZED,
    'broken.mof': 'class {',
  });
  const { exitCode, stderr } = await run(args);
  expect({ exitCode, stderr }).toEqual({
    exitCode: code,
    stderr: expect.stringContaining(message) as string,
  });
});
