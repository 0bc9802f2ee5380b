import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { outputsIn, smallMof, workplace, workplaceIn } from './command-line.js';

const json = (value: unknown) => JSON.stringify(value);
const guid = (digit: number) => `{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a1${digit}}`;
const mof = (name: string, digit: number) =>
  smallMof(name).replace('{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}', guid(digit));

test('one entry: the inputs, targets and folder of the configuration of the current folder', async () => {
  const { run, path } = workplace({
    'mofgen.config.json': json({ inputs: ['mof/*.mof'], targets: ['header'], output: 'c' }),
    'mof/a.mof': mof('A', 1),
    'mof/b.mof': mof('B', 2),
  });
  expect(await run([])).toEqual({ exitCode: 0, stdout: '', stderr: '2 inputs: 2 written\n' });
  expect(outputsIn(path('c'))).toEqual(['a_wmi.h', 'b_wmi.h']);
  expect(await run(['--check'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '2 inputs: 2 current\n',
  });
});

test('several entries are one run: one commit, each finding once', async () => {
  const { run, path } = workplace({
    'mofgen.config.json': json({
      entries: [
        { inputs: ['a.mof'], output: 'ts' },
        { inputs: ['a.mof'], targets: ['header', 'kmdf'], output: 'kmdf' },
        { inputs: ['a.mof'], targets: ['wdm'], output: 'wdm', options: { enums: true } },
      ],
    }),
    'a.mof': `#pragma bogus\n${smallMof()}`,
  });
  expect(await run(['-t', 'header', '--list-outputs'])).toEqual({
    exitCode: 0,
    stdout: 'ts/a_wmi.h\nkmdf/a_wmi.h\nwdm/a_wmi.h\n',
    stderr: '',
  });
  // The options of an entry are for its own targets.
  expect(await run(['-t', 'ts', '--list-outputs'])).toMatchObject({ exitCode: 0, stderr: '' });
  const whole = await run([]);
  expect(whole.exitCode).toBe(0);
  expect(whole.stderr.match(/MOF1203/g)).toHaveLength(1);
  expect(whole.stderr).toMatch(/^3 inputs: \d+ written\n/m);
  expect(outputsIn(path('ts'))).toEqual(['a.g.ts', 'a.provider.ts']);
  expect(existsSync(path('wdm/a_wmi.c'))).toBe(true);
  expect((await run(['check'])).stderr.match(/MOF1203/g)).toHaveLength(1);
});

test('nothing is written when one entry has errors', async () => {
  const { run, path } = workplace({
    'mofgen.config.json': json({
      entries: [
        { inputs: ['good.mof'], output: 'good' },
        { inputs: ['bad.mof'], output: 'bad' },
      ],
    }),
    'good.mof': smallMof(),
    'bad.mof': 'class ;',
  });
  expect(await run([])).toMatchObject({ exitCode: 1 });
  expect(existsSync(path('good'))).toBe(false);
});

test('a warning that one entry makes an error is an error, once', async () => {
  const { run } = workplace({
    'mofgen.config.json': json({
      entries: [{ inputs: ['a.mof'] }, { inputs: ['a.mof'], output: 'b', deny: ['MOF1203'] }],
    }),
    'a.mof': `#pragma bogus\n${smallMof()}`,
  });
  const { exitCode, stderr } = await run([]);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^a\.mof:1:9: error MOF1203: [^\n]*\n(?:[^\n]*help[^\n]*\n)?1 error\n$/);
});

test('entries share keys, and have their own', async () => {
  const { run } = workplace({
    'mofgen.config.json': json({
      include: ['inc'],
      define: { NAME: 'Fan' },
      targets: ['header'],
      entries: [
        { inputs: ['a.mof'], output: 'a' },
        { inputs: ['a.mof'], output: 'b', targets: ['ts'], define: { NAME: 'Pump', X: true } },
      ],
    }),
    'inc/x.h': '#define VERSION 1\n',
    'a.mof': `#include "x.h"\n${smallMof('A')}`,
  });
  const { stdout, exitCode } = await run(['--print-config']);
  expect(exitCode).toBe(0);
  const inputs = ['a.mof'];
  expect(JSON.parse(stdout)).toEqual({
    entries: [
      { inputs, targets: ['header'], output: 'a', include: ['inc'], define: { NAME: 'Fan' } },
      { inputs, targets: ['ts'], output: 'b', include: ['inc'], define: { NAME: 'Pump', X: '1' } },
    ],
  });
});

test('options outside of entries apply to entries whose targets have them', async () => {
  const { run } = workplace({
    'mofgen.config.json': json({
      options: { enums: true, tsExtensions: true },
      entries: [
        { inputs: ['a.mof'] },
        { inputs: ['a.mof'], targets: ['header'], output: 'c' },
        { inputs: ['a.mof'], targets: ['header'], output: 'd', options: { neutral: true } },
      ],
    }),
    'a.mof': smallMof(),
  });
  const { stdout } = await run(['--print-config']);
  const { entries } = JSON.parse(stdout) as { entries: { options: object }[] };
  expect(entries.map(({ options }) => options)).toEqual([
    { tsExtensions: true },
    { enums: true },
    { neutral: true },
  ]);
});

test('an option of an entry that changes none of its targets is a fault', async () => {
  const { run } = workplace({
    'mofgen.config.json': json({ entries: [{ inputs: ['a.mof'], options: { enums: true } }] }),
    'a.mof': smallMof(),
  });
  const { exitCode, stderr } = await run([]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^mofgen: mofgen.config.json: 'options.enums' changes nothing for ts/);
});

describe('what --print-config prints', () => {
  test('is a configuration that means the same', async () => {
    const { run, path } = workplace({
      'mofgen.config.json': json({
        inputs: ['mof/**/*.mof'],
        exclude: ['mof/old/*.mof'],
        output: '{folder}/gen/{base}',
        options: { tsExtensions: true },
        allow: ['MOF1203'],
      }),
      'mof/a.mof': mof('A', 1),
      'mof/deep/b.mof': mof('B', 2),
      'mof/old/c.mof': mof('C', 3),
    });
    const { stdout } = await run(['--print-config']);
    writeFileSync(path('printed.json'), stdout);
    expect((await run(['--config', 'printed.json', '--print-config'])).stdout).toBe(stdout);
    expect((await run(['--config', 'printed.json', '--list-outputs'])).stdout).toBe(
      (await run(['--list-outputs'])).stdout,
    );
    expect((await run(['--list-outputs'])).stdout.split('\n')).toEqual([
      'mof/gen/a/a.g.ts',
      'mof/deep/gen/b/b.g.ts',
      '',
    ]);
  });

  test('prints the defaults without a configuration', async () => {
    const { run } = workplace({ 'a.mof': smallMof() });
    const { stdout } = await run(['a.mof', '--print-config', '-D', 'X=1', '--enums', '-t', 'kmdf']);
    expect(JSON.parse(stdout)).toEqual({
      entries: [
        {
          inputs: ['a.mof'],
          targets: ['kmdf'],
          output: 'gen',
          define: { X: '1' },
          options: { enums: true },
        },
      ],
    });
  });
});

test.each<[readonly string[], object]>([
  [['-o', 'out'], { output: 'out' }],
  [['-t', 'header'], { targets: ['header'] }],
  [['-D', 'B'], { define: { B: '1' } }],
  [['-I', 'y'], { include: ['y'] }],
  [['--user-output', 'mine'], { userOutput: 'mine' }],
  [['--allow', 'MOF1105'], { allow: ['MOF1105'] }],
])('flags win: %j', async (flags, want) => {
  const { run } = workplace({
    'mofgen.config.json': json({
      inputs: ['a.mof'],
      targets: ['ts'],
      output: '{folder}/x',
      userOutput: 'src',
      include: ['x'],
      define: { A: true },
      allow: ['MOF1203'],
    }),
    'a.mof': smallMof(),
  });
  const { stdout } = await run([...flags, '--print-config']);
  const { entries } = JSON.parse(stdout) as { entries: object[] };
  expect(entries).toMatchObject([want]);
});

describe('where a configuration is found', () => {
  const files = { 'a.mof': smallMof(), 'sub/a.mof': smallMof() };

  test('never in a folder above', async () => {
    const { folder, path } = workplace({
      ...files,
      'mofgen.config.json': json({ inputs: ['*.mof'] }),
    });
    expect(await workplaceIn(path('sub')).run([])).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('there is no input, and no mofgen.config.json') as string,
    });
    expect(existsSync(`${folder}/sub/gen`)).toBe(false);
  });

  test('--config names one; its paths start from its folder', async () => {
    const { run, path } = workplace({
      ...files,
      'sub/c.json': json({ inputs: ['*.mof'], output: 'gen/{base}', userOutput: '{folder}' }),
    });
    expect(await run(['--config', 'sub/c.json'])).toMatchObject({
      exitCode: 0,
      stderr: 'sub/a.mof: 2 written\n',
    });
    expect(outputsIn(path('sub/gen/a'))).toEqual(['a.g.ts']);
    expect(existsSync(path('sub/a.provider.ts'))).toBe(true);
  });

  test('--no-config takes none', async () => {
    const { run } = workplace({ ...files, 'mofgen.config.json': json({ inputs: ['*.mof'] }) });
    expect(await run(['--no-config'])).toMatchObject({ exitCode: 2 });
    expect(await run(['--no-config', 'a.mof', '-t', 'header', '--list-outputs'])).toMatchObject({
      stdout: 'gen/a_wmi.h\n',
    });
  });

  test('two configurations are an error', async () => {
    const { run } = workplace({ 'mofgen.config.json': '{}', 'mofgen.config.mjs': '' });
    expect(await run([])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'mofgen: there are two configurations, mofgen.config.json and mofgen.config.mjs; remove one, or name one with --config\n',
    });
  });

  test.each([
    ['absent.json', 3, `cannot read 'absent.json': no such file or folder`],
    ['absent.mjs', 3, `cannot read 'absent.mjs': no such file or folder`],
    [
      'a.mof',
      2,
      `'a.mof' is not a configuration; its name ends with .json or .mjs, such as mofgen.config.json`,
    ],
  ])('--config %s', async (name, exitCode, message) => {
    const { run } = workplace(files);
    expect(await run(['--config', name])).toEqual({
      exitCode,
      stdout: '',
      stderr: `mofgen: ${message}\n`,
    });
  });
});

describe('inputs that are named', () => {
  const files = {
    'mofgen.config.json': json({
      define: { SHARED: true },
      targets: ['header'],
      entries: [
        { inputs: ['mof/*.mof'], output: 'one' },
        { inputs: ['mof/a.mof'], output: 'two' },
        { inputs: ['gone/*.mof'], output: 'three' },
      ],
    }),
    'mof/a.mof': mof('A', 1),
    'mof/b.mof': mof('B', 2),
    'other.mof': mof('Other', 3),
  };

  test('get the settings of the entries that list them', async () => {
    const { run } = workplace(files);
    expect(await run(['./mof/a.mof', '--list-outputs'])).toMatchObject({
      stdout: 'one/a_wmi.h\ntwo/a_wmi.h\n',
    });
  });

  test('get the settings for all entries where no entry lists them', async () => {
    const { run } = workplace(files);
    const { stdout } = await run(['other.mof', '--print-config']);
    expect(JSON.parse(stdout)).toEqual({
      entries: [
        { inputs: ['other.mof'], targets: ['header'], output: 'gen', define: { SHARED: '1' } },
      ],
    });
  });

  test('leave the outputs of others alone', async () => {
    const { run, path } = workplace({ ...files, 'gone/c.mof': mof('C', 4) });
    await run([]);
    rmSync(path('mof/b.mof'));
    await run(['mof/a.mof']);
    expect(outputsIn(path('one'))).toEqual(['a_wmi.h', 'b_wmi.h']);
    await run([]);
    expect(outputsIn(path('one'))).toEqual(['a_wmi.h']);
  });
});

test('two entries that write one file are refused before anything is read', async () => {
  const entry = { inputs: ['a.mof'], targets: ['header'] };
  const { run } = workplace({
    'mofgen.config.json': json({ entries: [entry, { ...entry, output: './gen' }] }),
    'a.mof': 'class ;',
  });
  expect(await run([])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      "mofgen: two entries would write 'gen/a_wmi.h' for 'a.mof'; name its targets in one entry, or give each entry its own output\n",
  });
});

describe('outputs that are no longer made', () => {
  test('of a MOF that another entry has now', async () => {
    const { run, path } = workplace({
      'mofgen.config.json': json({
        entries: [{ inputs: ['x/*.mof'] }, { inputs: ['y/*.mof'] }],
      }),
      'x/a.mof': mof('A', 1),
      'x/keep.mof': mof('Keep', 3),
      'y/b.mof': mof('B', 2),
    });
    await run([]);
    renameSync(path('x/a.mof'), path('y/a.mof'));
    expect(await run([])).toMatchObject({
      exitCode: 0,
      stderr: '3 inputs: 3 unchanged, 3 kept (yours)\n',
    });
    expect(outputsIn(path('gen'))).toContain('a.g.ts');
    expect(await run(['--check'])).toMatchObject({ exitCode: 0 });
  });

  test('of a MOF whose folder was made for it alone', async () => {
    const { run, path } = workplace({
      'mofgen.config.json': json({
        inputs: ['packages/*/*.mof'],
        output: '{folder}/gen',
        targets: ['header'],
      }),
      'packages/one/a.mof': mof('A', 1),
      'packages/two/b.mof': mof('B', 2),
    });
    await run([]);
    rmSync(path('packages/two/b.mof'));
    expect(await run(['--check'])).toMatchObject({
      exitCode: 1,
      stdout: 'packages/two/gen/b_wmi.h\n',
    });
    expect(await run([])).toMatchObject({
      exitCode: 0,
      stderr: 'packages/one/a.mof: 1 unchanged\npackages/two/b.mof is gone: 1 removed\n',
    });
    expect(outputsIn(path('packages/two/gen'))).toEqual([]);
  });
});

test('a MOF may be deleted together with its localised file', async () => {
  const { run, path } = workplace({
    'mofgen.config.json': json({
      inputs: ['*.mof'],
      mfl: ['{base}.mfl'],
      output: 'gen/{base}',
      userOutput: 'src/{base}',
    }),
    'a.mof': mof('A', 1),
    'b.mof': mof('B', 2),
    'a.mfl': '',
    'b.mfl': '',
  });
  await run([]);
  rmSync(path('b.mof'));
  rmSync(path('b.mfl'));
  expect(await run([])).toMatchObject({
    exitCode: 0,
    stderr: 'a.mof: 1 unchanged, 1 kept (yours)\nb.mof is gone: 1 removed\n',
  });
});

test('two names of one output folder are one folder', async () => {
  const { run, path } = workplace({
    'mofgen.config.json': json({
      entries: [
        { inputs: ['x/a.mof'], output: 'gen' },
        { inputs: ['y/a.mof'], output: 'link' },
      ],
    }),
    'x/a.mof': mof('A', 1),
    'y/a.mof': mof('B', 2),
  });
  mkdirSync(path('gen'));
  symlinkSync(path('gen'), path('link'), 'junction');
  const { exitCode, stderr } = await run([]);
  expect(exitCode).toBe(2);
  expect(stderr).toContain("'x/a.mof' and 'y/a.mof' would both be written to 'link/a.g.ts'");
  expect(outputsIn(path('gen'))).toEqual([]);
});

describe('faults', () => {
  test('are all reported with their places', async () => {
    const { run } = workplace({
      'mofgen.config.json': `{
  "input": ["a.mof"],
  "targets": "ts",
  "options": { "enum": true }
}
`,
    });
    expect(await run([])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: `mofgen: mofgen.config.json:2:3: there is no key 'input'; did you mean 'inputs'?
mofgen: mofgen.config.json:3:14: expected a list of strings, found the string 'ts'
mofgen: mofgen.config.json:4:16: there is no key 'enum'; did you mean 'enums'?
mofgen: mofgen.config.json:1:1: there are no inputs; name the MOF files: "inputs": ["mof/*.mof"]
`,
    });
  });

  test.each<[string, string | Uint8Array, string]>([
    ['an empty file', '', 'mofgen.config.json:1:1: value expected'],
    ['a comma too few', '{ "inputs": [] "x": 1 }', 'mofgen.config.json:1:16: comma expected'],
    ['binary', new Uint8Array(64), 'mofgen.config.json:1:1: invalid symbol'],
    ['NUL bytes', Buffer.from('{ }\0\0\u0001 \0'), 'mofgen.config.json: the file holds NUL bytes'],
    ['control characters', '{ "\\u001b[31m": 1 }', `there is no key '\\x1b[31m'`],
  ])('%s', async (_, content, want) => {
    const { run } = workplace({ 'mofgen.config.json': content });
    const { exitCode, stderr } = await run([]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(want);
    expect(stderr).not.toContain('\u001b');
  });

  test.each<[object, readonly string[], string]>([
    [{ allow: ['MOF1201'] }, [], `mofgen.config.json: 'allow' MOF1201: it is an error`],
    [{ allow: ['MOF1003'] }, ['--allow', 'MOF1201'], 'mofgen: --allow MOF1201: it is an error'],
    [
      { targets: ['kmdf'], format: true },
      [],
      `mofgen.config.json: 'format' changes nothing for kmdf`,
    ],
    [{ options: { implExt: 'cpp' } }, [], `mofgen.config.json: 'options.implExt' changes nothing`],
    [{}, ['--impl-ext', 'cpp'], 'mofgen: --impl-ext changes nothing'],
    [{ inputs: ['*.mof'], mfl: ['a.mfl'] }, [], `mofgen.config.json: 'mfl' goes with one input`],
    [{ targets: ['kmdf', 'wdm'] }, [], `mofgen.config.json: kmdf and wdm have`],
  ])('%j with %j names the key where no option was typed', async (keys, args, want) => {
    const { run } = workplace({
      'mofgen.config.json': json({ inputs: ['a.mof'], ...keys }),
      'a.mof': mof('A', 1),
      'b.mof': mof('B', 2),
    });
    const { exitCode, stderr } = await run([...args]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(want);
  });

  test('UTF-16 as PowerShell writes it is read', async () => {
    const text = Buffer.from(`\ufeff${json({ inputs: ['a.mof'] })}`, 'utf16le');
    const { run } = workplace({ 'mofgen.config.json': text, 'a.mof': smallMof() });
    expect(await run([])).toMatchObject({ exitCode: 0 });
  });

  test('a folder of the name', async () => {
    const { run, path } = workplace();
    mkdirSync(path('mofgen.config.json'));
    expect(await run([])).toMatchObject({ exitCode: 3 });
  });

  test('a link of the name that leads nowhere', async () => {
    const { run, path } = workplace({ 'a.mof': smallMof() });
    symlinkSync(path('nowhere'), path('mofgen.config.json'));
    expect(await run(['a.mof'])).toMatchObject({ exitCode: 3 });
  });

  test('a pattern of an entry that matches nothing', async () => {
    const { run } = workplace({ 'mofgen.config.json': json({ inputs: ['mof/*.mof'] }) });
    expect(await run([])).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: "mofgen: no file matches 'mof/*.mof': there is no folder 'mof/'\n",
    });
  });
});

describe('a module', () => {
  const module = `export default { inputs: ['a.mof'], targets: [process.env.TARGET ?? 'header'] };`;

  test('is a configuration', async () => {
    const { run } = workplace({ 'mofgen.config.mjs': module, 'a.mof': smallMof() });
    expect(await run(['--list-outputs'])).toMatchObject({ stdout: 'gen/a_wmi.h\n' });
  });

  test.each([
    ['export const x = 1;', 'it has no default export'],
    ['export default {', 'mofgen: mofgen.config.mjs: '],
    [`throw new Error('no disk');`, 'no disk'],
    [
      `export default { entries: [{ inputs: ['a.mof'], ouput: 'x' }] };`,
      `mofgen.config.mjs: entries[0].ouput: there is no key 'ouput'; did you mean 'output'?`,
    ],
    [
      'export default () => ({});',
      'the configuration: a configuration is an object, not a function',
    ],
  ])('%s', async (text, want) => {
    const { run } = workplace({ 'mofgen.config.mjs': text });
    const { exitCode, stderr } = await run([]);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(want);
  });
});

test('the configuration is a file that the outputs depend on', async () => {
  const { run, path } = workplace({
    'mofgen.config.json': json({ inputs: ['a.mof'] }),
    'a.mof': smallMof(),
  });
  await run(['--depfile', 'd']);
  expect(readFileSync(path('d'), 'utf8')).toContain('mofgen.config.json');
});

test('maxErrors holds for the run', async () => {
  const { run } = workplace({
    'mofgen.config.json': json({ inputs: ['a.mof'], maxErrors: 1 }),
    'a.mof': '#pragma bogus\n#pragma bogus\n#pragma bogus\n',
  });
  expect((await run(['check'])).stderr.match(/MOF1203/g)).toHaveLength(1);
  expect((await run(['check', '--max-errors', '0'])).stderr.match(/MOF1203/g)).toHaveLength(3);
});

test('stubs takes targets and folders from it', async () => {
  const { run } = workplace({
    'mofgen.config.json': json({ inputs: ['a.mof'], targets: ['kmdf'], output: 'c' }),
    'a.mof': smallMof(),
  });
  await run([]);
  expect(await run(['stubs', '--missing'])).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining('c/a_wmi_impl.c: nothing is missing\n') as string,
  });
});

test('--verbose prints what became of each file', async () => {
  const { run } = workplace({ 'a.mof': mof('A', 1), 'b.mof': mof('B', 2) });
  expect(await run(['a.mof', 'b.mof', '--verbose'])).toMatchObject({
    stderr: `a.mof: 2 written
  written: gen/a.g.ts
  written: gen/a.provider.ts
b.mof: 2 written
  written: gen/b.g.ts
  written: gen/b.provider.ts
2 inputs: 4 written
`,
  });
  expect(await run(['a.mof', '--verbose', '-q'])).toMatchObject({ exitCode: 2 });
});

test('a localised file for each input', async () => {
  const { run } = workplace({
    'mofgen.config.json': json({ inputs: ['*.mof'], mfl: ['{folder}/{base}.mfl'] }),
    'a.mof': mof('A', 1),
    'b.mof': mof('B', 2),
    'a.mfl': `#pragma namespace("\\\\\\\\.\\\\root\\\\wmi\\\\ms_409")\n[Description("text of A"): Amended ToSubclass, LocaleId(0x409)] class A { [key] string InstanceName; };`,
    'b.mfl': '',
  });
  const { exitCode, stderr } = await run(['--print-config']);
  expect([exitCode, stderr]).toEqual([0, '']);
});
