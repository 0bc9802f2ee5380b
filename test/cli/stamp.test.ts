/** --stamp: a file as new as the last successful run; and depfiles as plain lines, for build systems that compare times. */
import { existsSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { smallMof, workplace } from './command-line.js';

const files = {
  'a.mof': `#pragma include("part 1.mof")\n${smallMof()}`,
  'part 1.mof': 'class Part { uint32 x; };',
  'full.txt': 'mine\n',
  'bad.mof': 'class',
  ' b.mof': smallMof(),
};

/** The commands with --stamp, and a file that each writes. */
const commands = [
  ['generate', 'gen/a.g.ts'],
  ['compile', 'a.bmf'],
] as const;

describe.each(commands)('mofgen %s --stamp', (command, output) => {
  test('is touched by each run that succeeds, also when no output changes', async () => {
    const { run, path } = workplace(files);
    const args = [command, 'a.mof', '-q', '--stamp', 'new/a.stamp'];
    expect(await run(args)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(readFileSync(path('new/a.stamp'), 'utf8')).toBe('');
    for (const name of ['new/a.stamp', output]) utimesSync(path(name), 1000, 1000);
    expect(await run(args)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(statSync(path('new/a.stamp')).mtimeMs).toBeGreaterThan(1_000_000);
    expect(statSync(path(output)).mtimeMs).toBe(1_000_000);
  });

  test('is left as it is by a run that fails', async () => {
    const { run, path } = workplace({ ...files, 'old.stamp': '' });
    utimesSync(path('old.stamp'), 1000, 1000);
    expect(await run([command, 'bad.mof', '--stamp', 'old.stamp'])).toMatchObject({ exitCode: 1 });
    expect(await run([command, 'bad.mof', '--stamp', 'x.stamp'])).toMatchObject({ exitCode: 1 });
    expect(statSync(path('old.stamp')).mtimeMs).toBe(1_000_000);
    expect(existsSync(path('x.stamp'))).toBe(false);
  });

  test.each([
    ['standard output', ['--stamp', '-'], `--stamp takes the name of a file, not '-'`],
    ['the input', ['--stamp', './a.mof'], `the stamp './a.mof' is an input or an output itself`],
    ['an included file', ['--stamp', 'part 1.mof'], 'is an input or an output itself'],
    ['an output', ['--stamp', output], 'is an input or an output itself'],
    ['the depfile', ['--depfile', 'x', '--stamp', 'x'], 'is an input or an output itself'],
    ['a file with a text', ['--stamp', 'full.txt'], `the stamp 'full.txt' is not empty`],
    [
      'the report',
      ['--stamp', 'x', '--diagnostics', 'json', '--diagnostics-file', 'x'],
      `the diagnostics file 'x' is an output itself`,
    ],
  ])('is refused before anything is written: %s', async (_case, args, message) => {
    const { run, path } = workplace(files);
    const { exitCode, stderr } = await run([command, 'a.mof', ...args]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
    expect(existsSync(path(output))).toBe(false);
    expect(readFileSync(path('a.mof'), 'utf8')).toBe(files['a.mof']);
    expect(readFileSync(path('full.txt'), 'utf8')).toBe('mine\n');
  });

  test('--depfile-format lines has a name on each line', async () => {
    const { run, path } = workplace(files);
    const args = [command, 'a.mof', '-q', '--depfile', 'a.read', '--depfile-format', 'lines'];
    expect(await run(args)).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    expect(readFileSync(path('a.read'), 'utf8')).toBe('a.mof\npart 1.mof\n');
  });

  test.each([
    ['without --depfile', ['a.mof'], '--depfile-format goes with --depfile'],
    [
      'for a name that begins with a space',
      [' b.mof', '--depfile', 'x'],
      'cannot be written into a depf',
    ],
    ['for a format that there is not', ['a.mof', '--depfile-format', 'json'], 'are make, lines'],
  ])('--depfile-format lines is refused %s', async (_case, args, message) => {
    const { run } = workplace(files);
    const { exitCode, stderr } = await run([command, '--depfile-format', 'lines', ...args]);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(2);
  });
});

test.each([['--check'], ['--list-outputs']])('--stamp does not go with %s', async (flag) => {
  const { exitCode, stderr } = await workplace(files).run(['a.mof', flag, '--stamp', 'x']);
  expect(stderr).toContain('cannot be used with');
  expect(exitCode).toBe(2);
});

test('the files of mofcomp -depfile: have a name on each line', async () => {
  const { run, path } = workplace(files);
  const args = ['mofcomp', '-B:a.bmf', '-depfile:a.read', '-WMI', 'a.mof'];
  expect((await run(args)).exitCode).toBe(0);
  expect(readFileSync(path('a.read'), 'utf8')).toBe('a.mof\npart 1.mof\n');
  const alone = await run(['mofcomp', '-check', '-depfile:a.read', 'a.mof']);
  expect(alone).toMatchObject({
    exitCode: 2,
    stderr: 'mofgen: mofcomp: -depfile: goes with -B:\n',
  });
});
