/** Standard output in place of a folder, inputs without WMI classes, stale outputs in every format, and the list of targets. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { TARGETS } from '../../src/targets/index.js';
import { TARGET_NAMES, TARGET_SUMMARIES } from '../../src/targets/loading.js';
import { outputsIn, smallMof, workplace } from './command-line.js';

describe('-o -', () => {
  test.each([
    ['header', 'a_wmi.h', 'a.mof: 1 printed\n'],
    ['ts', 'a.g.ts', 'a.mof: 1 printed\n'],
  ])('prints the one file of %s that mofgen owns', async (target, name, stderr) => {
    const { run, path } = workplace({ 'a.mof': smallMof() });
    await run(['a.mof', '-t', target, '-o', 'out']);
    const stdout = readFileSync(path(`out/${name}`), 'utf8');
    expect(await run(['a.mof', '-t', target, '-o', '-'])).toEqual({ exitCode: 0, stdout, stderr });
    expect(await run(['a.mof', '-t', target, '-o', '-', '-q'])).toMatchObject({ stderr: '' });
    expect(readdirSync(path('.')).sort()).toEqual(['a.mof', 'out']);
  });

  test.each([
    [[], './a.g.js'],
    [['-o', 'gen', '--user-output', 'src'], '../gen/a.g.js'],
    [['-o', 'src/gen', '--user-output', 'src'], './gen/a.g.js'],
    [['-o', 'src', '--user-output', 'src/mine'], '../a.g.js'],
    [['-o', 'gen', '--user-output', 'src', '--ts-extensions'], '../gen/a.g.ts'],
    [['-o', './gen/', '--user-output', 'gen'], './a.g.js'],
  ])('your file of %j imports %s, and so do stubs', async (args, wanted) => {
    const { run, path } = workplace({ 'a.mof': smallMof() });
    await run(['a.mof', ...args]);
    const folder = args.includes('--user-output') ? args[args.indexOf('--user-output') + 1] : 'gen';
    const yours = path(`${folder}/a.provider.ts`);
    expect(readFileSync(yours, 'utf8')).toContain(` from "${wanted}";`);
    writeFileSync(yours, '');
    const { stdout } = await run(['stubs', '--missing', 'a.mof', ...args]);
    expect(stdout).toContain(` from "${wanted}";`);
  });

  test('writes your file into the folder of --user-output', async () => {
    const { run, path } = workplace({ 'a.mof': smallMof() });
    expect(await run(['a.mof', '-o', '-', '--user-output', 'src'])).toMatchObject({
      exitCode: 0,
      stderr: 'a.mof: 1 written, 1 printed\n',
    });
    expect(outputsIn(path('src'))).toEqual(['a.provider.ts']);
  });

  test('prints nothing of an input with errors, and writes a depfile that names its target', async () => {
    const { run, path } = workplace({ 'a.mof': smallMof(), 'b.mof': 'class' });
    expect(await run(['b.mof', '-o', '-'])).toMatchObject({ exitCode: 1, stdout: '' });
    const args = ['a.mof', '-t', 'header', '-o', '-', '--depfile', 'a.d'];
    expect(await run(args)).toMatchObject({ exitCode: 2, stdout: '' });
    expect(await run([...args, '--depfile-target', 'a.h'])).toMatchObject({ exitCode: 0 });
    expect(readFileSync(path('a.d'), 'utf8')).toBe('a.h: \\\n  a.mof\na.mof:\n');
  });

  test('a folder of that name is ./-', async () => {
    const { run, path } = workplace({ 'a.mof': smallMof(), '-/a.g.ts': 'in the way of nothing' });
    expect(await run(['a.mof', '-o', '-'])).toMatchObject({ exitCode: 0 });
    expect(await run(['a.mof', '-o', './-'])).toMatchObject({ exitCode: 0, stdout: '' });
    expect(readFileSync(path('-/a.g.ts'), 'utf8')).toContain('SmallFan');
  });
});

describe('an input without WMI classes', () => {
  const files = { 'plain.mof': 'class Plain { uint8 X; };\n', 'a.mof': smallMof() };
  const nothing =
    'plain.mof: no WMI classes (classes with the qualifiers WMI and guid), nothing to generate\n';

  test.each(['ts', 'header', 'kmdf', 'wdm', 'irp'])(
    'generates nothing for %s, and reports that',
    async (target) => {
      const { run, path } = workplace(files);
      for (const quiet of [[], ['-q']]) {
        expect(await run(['plain.mof', '-t', target, ...quiet])).toEqual({
          exitCode: 0,
          stdout: '',
          stderr: nothing,
        });
      }
      expect(existsSync(path('gen'))).toBe(false);
      expect(await run(['plain.mof', '-t', target, '--check'])).toMatchObject({ exitCode: 0 });
    },
  );

  test('does not keep the others from being written', async () => {
    const { run } = workplace(files);
    expect((await run(['plain.mof', 'a.mof'])).stderr).toBe(`${nothing}2 inputs: 2 written\n`);
  });

  test('leaves no file of earlier classes unnoticed', async () => {
    const { run, path } = workplace(files);
    await run(['a.mof']);
    writeFileSync(path('a.mof'), files['plain.mof']);
    const checked = await run(['a.mof', '--check', '-q']);
    expect(checked).toEqual({
      exitCode: 1,
      stdout: 'gen/a.g.ts\n',
      stderr: `gen/a.g.ts:1:1: error MOF4004: the file is no longer generated: 'a.mof' has no WMI classes
gen/a.g.ts:1:1: help: the same command without --check removes it
1 error
`,
    });
    expect((await run(['a.mof'])).stderr).toBe(
      `${nothing.replace('plain', 'a')}a.mof: 1 removed\n`,
    );
    expect(outputsIn(path('gen'))).toEqual(['a.provider.ts']);
  });

  test('keeps a file of earlier classes without a record, and reports it', async () => {
    const { run, path } = workplace(files);
    await run(['a.mof']);
    rmSync(path('gen/.mofgen'), { recursive: true });
    writeFileSync(path('a.mof'), files['plain.mof']);
    const help = `gen/a.g.ts:1:1: help: remove it, or rename it if it is yours\n`;
    expect(await run(['a.mof', '--check', '-q'])).toEqual({
      exitCode: 1,
      stdout: 'gen/a.g.ts\n',
      stderr: `gen/a.g.ts:1:1: error MOF4004: the file is no longer generated: 'a.mof' has no WMI classes\n${help}1 error\n`,
    });
    expect(await run(['a.mof'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `gen/a.g.ts:1:1: warning MOF4005: the file is no longer generated ('a.mof' has no WMI classes), and is kept: nothing shows that it is as mofgen wrote it\n${help}1 warning\n${nothing.replace('plain', 'a')}`,
    });
    expect(outputsIn(path('gen'))).toEqual(['a.g.ts', 'a.provider.ts']);
  });
});

describe('stale outputs', () => {
  async function stale() {
    const place = workplace({ 'a.mof': smallMof() });
    await place.run(['a.mof', '-t', 'kmdf']);
    const header = readFileSync(place.path('gen/a_wmi.h'), 'utf8');
    // The MOF has a new item, and only one file has been generated again.
    writeFileSync(place.path('a.mof'), smallMof('SmallFan', '[WmiDataId(3), read] uint32 More;'));
    writeFileSync(place.path('gen/a_wmi.h'), header.replace('Wanted', 'Vanted'));
    writeFileSync(place.path('none.mof'), smallMof());
    await place.run(['none.mof', '-t', 'kmdf']);
    writeFileSync(place.path('none.mof'), 'class None { uint8 X; };');
    rmSync(place.path('gen/a_wmi.rc'));
    return place;
  }
  const check = ['a.mof', 'none.mof', '-t', 'kmdf', '--check', '-q'];
  const codes = ['MOF4001', 'MOF4002', 'MOF4003', 'MOF4004'];

  test.each(['json', 'sarif'])('are findings in %s', async (format) => {
    const { run, path } = await stale();
    const report = ['--diagnostics', format, '--diagnostics-file', 'r'];
    const { exitCode, stdout } = await run([...check, ...report]);
    expect(exitCode).toBe(1);
    expect(stdout).toBe(
      [
        'a_wmi.h',
        'a_wmi.c',
        'a_wmi.rc',
        'none_wmi.h',
        'none_wmi.c',
        'none_wmi.rc',
        'none_wmi.props',
      ]
        .concat('none_wmi.cmake')
        .map((name) => `gen/${name}\n`)
        .join(''),
    );
    const text = readFileSync(path('r'), 'utf8');
    const document: unknown = JSON.parse(text);
    for (const code of codes) expect(JSON.stringify(document)).toContain(code);
    expect(text).toContain('gen/a_wmi.c');
    expect((await run(['a.mof', 'none.mof', '-t', 'kmdf', ...report])).exitCode).toBe(0);
    expect((await run([...check, ...report])).exitCode).toBe(0);
    expect(readFileSync(path('r'), 'utf8')).not.toContain('MOF4');
  });

  test.each([
    ['text', 'gen/a_wmi.rc:1:1: error MOF4001: '],
    ['msvs', 'gen/a_wmi.rc(1,1): error MOF4001: '],
    ['github', '::error file=gen/a_wmi.rc,line=1,col=1,title=MOF4001::'],
    ['pretty', 'error MOF4001: the generated file is missing\n --> gen/a_wmi.rc:1:1\n'],
  ])('are findings in %s', async (format, shows) => {
    const { run } = await stale();
    const { exitCode, stderr } = await run([...check, '--diagnostics', format]);
    expect(exitCode).toBe(1);
    expect(stderr).toContain(shows);
    for (const code of codes) expect(stderr).toContain(code);
  });

  test('come after the findings of the inputs, and not when those are errors', async () => {
    const gap = smallMof('Fan', '[WmiDataId(4), read] uint32 Gap;');
    const { run } = workplace({ 'a.mof': gap });
    const warned = await run(['a.mof', '--check', '-q']);
    expect(warned.stderr).toMatch(/MOF2203[^]*MOF4001[^]*2 errors, 1 warning\n$/);
    const denied = await run(['a.mof', '--check', '-q', '--deny', 'MOF2203']);
    expect(denied.stderr).not.toContain('MOF4001');
    expect(denied).toMatchObject({ exitCode: 1, stdout: '' });
  });
});

test('--allow and --deny take lists', async () => {
  const gap = smallMof('Fan', '[WmiDataId(4), read] uint32 Gap;');
  const { run } = workplace({ 'a.mof': gap });
  for (const list of [
    ['MOF2203,MOF2402'],
    ['mof2402, mof2203'],
    ['MOF2402', '--allow', 'MOF2203'],
  ]) {
    const args = ['check', 'a.mof', '--allow', ...list];
    expect(await run(args)).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'a.mof: ok, 1 WMI class\n',
    });
  }
  expect(await run(['check', 'a.mof', '--deny', 'MOF2402,MOF2203'])).toMatchObject({ exitCode: 1 });
});

test('the list of targets that help shows matches the targets', async () => {
  expect(TARGET_NAMES).toEqual(TARGETS.map(({ name }) => name));
  expect(TARGET_SUMMARIES).toEqual(
    Object.fromEntries(TARGETS.map(({ name, summary }) => [name, summary])),
  );
  for (const args of [['--help'], ['help'], ['help', 'generate'], ['generate', '--help']]) {
    const { exitCode, stdout } = await workplace().run(args);
    expect(exitCode).toBe(0);
    const words = stdout.replaceAll(/\s+/g, ' ');
    for (const { name, summary } of TARGETS) expect(words).toContain(`${name} ${summary}`);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(130);
  }
});

test.each([[['version']], [['-v']], [['--version']]])('%j prints the version', async (args) => {
  const stdout = `${packageJson.version}\n`;
  expect(await workplace().run(args)).toEqual({ exitCode: 0, stdout, stderr: '' });
});

test('a file that is called like a command of other tools is a file', async () => {
  const { run } = workplace({ version: smallMof(), install: smallMof(), kmdf: smallMof() });
  for (const name of ['version', 'install', 'kmdf']) {
    expect((await run([name, '-o', `of-${name}`])).stderr).toBe(`${name}: 2 written\n`);
  }
});
