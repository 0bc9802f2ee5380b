/** Switches of targets: every row of the table is an option, reaches the targets, and is refused where it changes nothing. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import { diagnostic } from '../../src/diagnostics/diagnostic.js';
import { EMIT_OPTIONS, flagOf, type OptionRow, valueName } from '../../src/targets/options.js';
import type * as OptionsModule from '../../src/targets/options.js';
import type * as TargetModule from '../../src/targets/target.js';
import { type Target } from '../../src/targets/target.js';
import { smallMof, workplace } from './command-line.js';

vi.mock('../../src/targets/loading.js', async () => {
  const { defineTarget } = await vi.importActual<typeof TargetModule>(
    '../../src/targets/target.js',
  );
  const { builtInOptions } = await vi.importActual<typeof OptionsModule>(
    '../../src/targets/options.js',
  );
  // Each emits the switches that it sees, warns of pumps, and does not support valves.
  const target = (name: string): Target =>
    defineTarget({
      name,
      summary: name,
      options: builtInOptions(name),
      fileNames: (base) => [
        { name: `${base}.${name}`, owner: 'mofgen' },
        { name: `${base}.yours.${name}`, owner: 'user' },
      ],
      emit: (_model, { base, options }) => [
        {
          name: `${base}.${name}`,
          owner: 'mofgen',
          text: JSON.stringify(options),
        },
        { name: `${base}.yours.${name}`, owner: 'user', text: 'yours\n' },
      ],
      check: (model) =>
        model.blocks.flatMap(({ name: block, class: { location } }) => {
          if (block === 'Fan') return [];
          const message = `${name} leaves something out of '${block}'`;
          const remark = diagnostic('MOF2002', location, message);
          return block === 'Pump'
            ? [remark]
            : [remark, diagnostic('MOF2001', location, `${name} cannot say '${block}'`)];
        }),
      missingStubs: (_model, { options }) => `${name} ${JSON.stringify(options)}`,
    });
  const TARGETS = [
    'ts',
    'header',
    'kmdf',
    'wdm',
    'irp',
    'blocks',
    'scsiwmi',
    'ndis',
    'powershell',
  ].map(target);
  return {
    TARGET_NAMES: TARGETS.map(({ name }) => name),
    TARGET_SUMMARIES: Object.fromEntries(TARGETS.map(({ name, summary }) => [name, summary])),
    loadTarget: (name: string) => Promise.resolve(TARGETS.find((each) => each.name === name)),
  };
});

const files = {
  'a.mof': smallMof('Fan'),
  'pump.mof': smallMof('Pump'),
  'valve.mof': smallMof('Valve'),
};
const options = Object.entries<OptionRow & { readonly targets: readonly string[] }>(
  EMIT_OPTIONS,
).map(([name, row]) => ({ name, flag: flagOf(name), ...row }));
const rows = options.filter(({ type }) => type === 'switch');

describe.each(rows)('$flag', ({ name, flag, summary, targets }) => {
  test.each(targets)('reaches %s', async (target) => {
    const { run, path } = workplace(files);
    const want = { [name]: true };
    await run(['a.mof', '-t', target, flag]);
    expect(JSON.parse(readFileSync(path(`gen/a.${target}`), 'utf8'))).toEqual(want);
    expect((await run(['stubs', '--missing', 'a.mof', '-t', target, flag])).stdout).toBe(
      `${target} ${JSON.stringify(want)}\n`,
    );
  });

  test.each([
    ['generate', []],
    ['stubs', ['--missing']],
    ['check', []],
  ] as const)(
    'is a usage error of %s for targets that it does not change',
    async (command, more) => {
      const { run, path } = workplace(files);
      const others = ['ts', 'header', 'kmdf', 'wdm', 'irp'].filter(
        (each) => !targets.includes(each),
      );
      expect(await run([command, 'a.mof', ...more, '-t', others.join(','), flag])).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: `mofgen: ${flag} changes nothing for ${others.join(', ')}; it is for ${targets.join(', ')}\n`,
      });
      expect(existsSync(path('gen'))).toBe(false);
    },
  );

  test.each(['generate', 'check', 'stubs'])(
    'is in the help of %s, with its targets',
    async (command) => {
      const { stdout } = await workplace().run(['help', command]);
      expect(stdout.replace(/\s+/g, ' ')).toContain(`${flag} ${summary} (${targets.join(', ')})`);
    },
  );
});

test('several switches go together, and one that changes some of the targets is fine', async () => {
  const { run, path } = workplace(files);
  const args = ['-t', 'ts,kmdf', '--neutral', '--no-instance-lock'];
  expect(await run(['a.mof', ...args])).toMatchObject({ exitCode: 0 });
  expect(JSON.parse(readFileSync(path('gen/a.kmdf'), 'utf8'))).toEqual({
    neutral: true,
    noInstanceLock: true,
  });
});

test('a switch that is not named is off', async () => {
  const { run, path } = workplace(files);
  await run(['a.mof', '-t', 'kmdf']);
  expect(JSON.parse(readFileSync(path('gen/a.kmdf'), 'utf8'))).toEqual({});
});

test('check without -t reports what concerns the MOF alone', async () => {
  const { run } = workplace(files);
  expect(await run(['check', 'a.mof'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'a.mof: ok, 1 WMI class\n',
  });
  expect(await run(['check', 'a.mof', '--enums'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: 'mofgen: a switch of targets goes with -t, which names them\n',
  });
  expect(await run(['check', 'a.mof', '-t', 'cobol'])).toMatchObject({ exitCode: 2 });
});

/** What one target finds about the class of a MOF. */
const remark = (file: string, target: string, name: string) =>
  `${file}:3:7: warning MOF2002: ${target} leaves something out of '${name}'\n`;
const fault = (file: string, target: string, name: string) =>
  `${file}:3:7: error MOF2001: ${target} cannot say '${name}'\n`;

test.each([
  ['check', ['check', 'pump.mof', '-t', 'header'], `1 warning\npump.mof: ok, 1 WMI class\n`],
  ['generate', ['pump.mof', '-t', 'header'], `1 warning\npump.mof: 2 written\n`],
])('%s shows the warnings of a target, and continues', async (_case, args, rest) => {
  const { run } = workplace(files);
  expect(await run(args)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: remark('pump.mof', 'header', 'Pump') + rest,
  });
});

test.each([
  ['check', ['check']],
  ['generate', []],
  ['generate --check', ['--check']],
  ['stubs', ['stubs', '--missing']],
])(
  'what a target does not support is an error of %s, and nothing is written for any input',
  async (_case, args) => {
    const { run, path } = workplace(files);
    const want = [
      remark('pump.mof', 'header', 'Pump'),
      remark('pump.mof', 'kmdf', 'Pump'),
      remark('valve.mof', 'header', 'Valve'),
      fault('valve.mof', 'header', 'Valve'),
      remark('valve.mof', 'kmdf', 'Valve'),
      fault('valve.mof', 'kmdf', 'Valve'),
      '2 errors, 4 warnings\n',
    ];
    const inputs = ['a.mof', 'pump.mof', 'valve.mof'];
    expect(await run([...args, ...inputs, '-t', 'header,kmdf'])).toEqual({
      exitCode: 1,
      stdout: '',
      stderr: want.join(''),
    });
    expect(existsSync(path('gen'))).toBe(false);
  },
);

test('findings of targets are sorted among those of the MOF, by place, in the chosen format', async () => {
  const { run } = workplace({
    'a.mof': `#pragma first("x")\n${smallMof('Pump')}#pragma last("x")\n`,
  });
  const { stderr } = await run(['check', 'a.mof', '-t', 'header', '--diagnostics', 'pretty']);
  expect(stderr.match(/^.*warning.*\n.*-->.*$/gm)).toEqual([
    `warning MOF1203: unknown compiler directive 'first' is ignored\n --> a.mof:1:9`,
    `warning MOF2002: header leaves something out of 'Pump'\n --> a.mof:4:7`,
    `warning MOF1203: unknown compiler directive 'last' is ignored\n  --> a.mof:12:9`,
  ]);
});

test('a broken MOF does not reach the targets', async () => {
  const { run } = workplace({ 'a.mof': smallMof('Valve').replace('uint32 Speed', 'None Speed') });
  const { exitCode, stderr } = await run(['check', 'a.mof', '-t', 'header']);
  expect(exitCode).toBe(1);
  expect(stderr).not.toContain('leaves something out');
});

const VALUES: Readonly<Record<string, string>> = {
  core: 'external',
  headerName: 'fan-blocks.h',
  implExt: 'cpp',
  mofResource: 'FanMof',
  poolTag: 'Fan ',
};
const valueRows = options
  .filter(({ type }) => type !== 'switch')
  .map((row) => ({ ...row, value: valueName(row), given: VALUES[row.name] ?? '' }));

describe.each(valueRows)('$flag', ({ name, flag, value, given, summary, targets }) => {
  test.each(targets)('reaches %s', async (target) => {
    const { run, path } = workplace(files);
    const want = { [name]: given };
    await run(['a.mof', '-t', target, flag, given]);
    expect(JSON.parse(readFileSync(path(`gen/a.${target}`), 'utf8'))).toEqual(want);
    const stubs = ['stubs', '--missing', 'a.mof', '-t', target, `${flag}=${given}`];
    expect((await run(stubs)).stdout).toBe(`${target} ${JSON.stringify(want)}\n`);
  });

  test.each(['generate', 'check', 'stubs'])(
    'is a usage error of %s for targets that it does not change, and without a value',
    async (command) => {
      const { run } = workplace(files);
      const args = [command, 'a.mof', ...(command === 'stubs' ? ['--missing'] : [])];
      const others = ['ts', 'header', 'kmdf', 'wdm', 'irp'].filter(
        (each) => !targets.includes(each),
      );
      expect(await run([...args, '-t', others.join(','), flag, given])).toEqual({
        exitCode: 2,
        stdout: '',
        stderr: `mofgen: ${flag} changes nothing for ${others.join(', ')}; it is for ${targets.join(', ')}\n`,
      });
      const { exitCode, stderr } = await run([...args, '-t', 'kmdf', flag]);
      expect({ exitCode, first: stderr.split('\n')[0] }).toEqual({
        exitCode: 2,
        first: `mofgen: option '${flag} <${value}>' needs a value`,
      });
    },
  );

  test.each(['generate', 'check', 'stubs'])(
    'is in the help of %s, with its targets',
    async (command) => {
      const { stdout } = await workplace().run(['help', command]);
      expect(stdout.replace(/\s+/g, ' ')).toContain(
        `${flag} <${value}> ${summary} (${targets.join(', ')})`,
      );
    },
  );
});

test.each([
  ['--core', 'copi', 'it takes copy or external'],
  ['--core', '', 'it takes copy or external'],
  ['--impl-ext', '.cpp', 'it takes c or cpp'],
  ['--impl-ext', 'C', 'it takes c or cpp'],
  ['--header-name', 'sub/fan.h', 'it takes a name without a folder; -o names the folder'],
  ['--header-name', 'sub\\fan.h', 'it takes a name without a folder; -o names the folder'],
  ['--header-name', '..', 'it takes the name of a file that ends with .h, .hh, .hpp or .hxx'],
  ['--header-name', '.h', 'it takes the name of a file that ends with .h, .hh, .hpp or .hxx'],
  ['--header-name', 'fan.c', 'it takes the name of a file that ends with .h, .hh, .hpp or .hxx'],
  ['--header-name', '', 'it takes the name of a file that ends with .h, .hh, .hpp or .hxx'],
  ['--header-name', 'a"b.h', `'"' is not allowed in it`],
  ['--header-name', 'a\nb.h', String.raw`'\n' is not allowed in it`],
  ['--header-name', 'nul.h', 'Windows takes it for a device'],
  ['--header-name', 'MOFGEN_WMI.H', 'a header of the C core is called so'],
  ['--header-name', 'mofgen_wmi_device.h', 'a header of the C core is called so'],
  ['--header-name', 'mofgen_wmi_wdm.h', 'a header of the C core is called so'],
  ['--mof-resource', '101', 'it takes a name of at most 64 letters, digits and underscores'],
  ['--mof-resource', 'a b', 'it takes a name of at most 64 letters, digits and underscores'],
  ['--mof-resource', 'a"', 'it takes a name of at most 64 letters, digits and underscores'],
  ['--mof-resource', 'x'.repeat(65), 'it takes a name of at most 64 letters'],
  ['--mof-resource', 'Language', 'it begins a statement of a resource script'],
  ['--pool-tag', '', 'it takes 1 to 4 printable ASCII characters that are not all spaces'],
  ['--pool-tag', '    ', 'it takes 1 to 4 printable ASCII characters that are not all spaces'],
  ['--pool-tag', 'Abcde', 'it takes 1 to 4 printable ASCII characters'],
  ['--pool-tag', 'Ab\t', 'it takes 1 to 4 printable ASCII characters'],
  ['--pool-tag', 'Ab\u00e9', 'it takes 1 to 4 printable ASCII characters'],
])('%s does not take %j', async (flag, value, why) => {
  const { run, path } = workplace(files);
  const { exitCode, stdout, stderr } = await run(['a.mof', '-t', 'kmdf', `${flag}=${value}`]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toContain(`mofgen: option '${flag} <`);
  expect(stderr.split('\n')[0]).toContain(why);
  expect(existsSync(path('gen'))).toBe(false);
});

test.each([
  [['--standalone', '--core', 'copy'], '--standalone puts the C core into the generated files'],
  [['--core', 'external', '--standalone'], '--standalone puts the C core into the generated'],
  [['--pool-tag', 'Abcd', '--core', 'external'], '--pool-tag is for the C core that mofgen emits'],
  [['--no-mof-resource', '--mof-resource', 'Fan'], '--mof-resource names the binary MOF, and'],
  [['--mof-resource', 'Fan', '--no-mof-resource'], '--mof-resource names the binary MOF, and'],
  [['--class', 'Fan', '--mof-resource', 'Fan'], '--mof-resource names the binary MOF, and'],
])('options that contradict each other are a usage error: %j', async (args, message) => {
  const { run, path } = workplace(files);
  for (const command of [[], ['check'], ['stubs', '--missing']]) {
    const { exitCode, stdout, stderr } = await run([...command, 'a.mof', '-t', 'kmdf', ...args]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(new RegExp(`^mofgen: ${message}.*; name one of them\\n$`));
  }
  expect(existsSync(path('gen'))).toBe(false);
});

test('an option with a value goes with switches, and the last value counts', async () => {
  const { run, path } = workplace(files);
  await run(['a.mof', '-t', 'wdm', '--core=copy', '--enums', '--core', 'external']);
  expect(JSON.parse(readFileSync(path('gen/a.wdm'), 'utf8'))).toEqual({
    enums: true,
    core: 'external',
  });
});
