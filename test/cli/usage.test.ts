/** Wrong usage, unreadable input, unwritable output: each has its exit code, a clear line, and changes nothing. */
import fc from 'fast-check';
import { existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { outputsIn, smallMof, workplace } from './command-line.js';
import { runs } from '../effort.js';

const files = { 'a.mof': smallMof('A'), 'sub/A.MOF': smallMof('B'), 'broken.mof': 'class {' };

test.each([
  ['no input', [], 'there is no input'],
  ['an unknown option', ['a.mof', '--nonsense'], 'unknown option'],
  ['--no-format', ['a.mof', '--no-format'], 'what mofgen writes is final'],
  ['a mistyped command', ['chek', 'a.mof'], `did you mean 'mofgen check'?`],
  ['a word that is like no command', ['fan'], `'mofgen --help' lists the commands`],
  ['an unknown target', ['a.mof', '-t', 'ts,cobol'], `there is no target 'cobol'`],
  ['standard input twice', ['-', '-'], 'only once'],
  ['two inputs of one base name', ['a.mof', 'sub/A.MOF'], 'A.g.ts'],
  ['an empty input name', [''], 'empty name'],
  ['an input without a base name', ['.mof'], 'has no name'],
  ['an empty output folder', ['a.mof', '-o', ''], 'cannot be empty'],
  ['stubs without --missing', ['stubs', 'a.mof'], '--missing'],
  ['an unknown format of diagnostics', ['a.mof', '--diagnostics', 'x'], 'the choices are pretty'],
  ['an unknown option of check', ['check', 'a.mof', '--full-diff'], 'unknown option'],
])('wrong usage exits 2 and writes nothing: %s', async (_case, args, message) => {
  const { run, folder } = workplace(files);
  const { exitCode, stdout, stderr } = await run(args);
  expect(stderr).toContain(message);
  expect(stderr).not.toMatch(/^ {4}at /m);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(readdirSync(folder).sort()).toEqual(['a.mof', 'broken.mof', 'sub']);
});

test('inputs of one base name collide before anything is read', async () => {
  const { exitCode } = await workplace().run(['missing/a.mof', 'also-missing/a.mof']);
  expect(exitCode).toBe(2);
});

test('commands that write nothing take inputs of one base name', async () => {
  const { run } = workplace({ 'x/a.mof': smallMof(), 'y/a.mof': smallMof() });
  expect(await run(['check', 'x/a.mof', 'y/a.mof'])).toMatchObject({ exitCode: 0 });
});

test.each([
  ['a missing file', ['missing.mof'], `cannot read 'missing.mof': no such file`],
  ['a folder', ['sub'], `'sub' is a folder; write 'sub/*.mof'`],
  ['a folder with a slash', ['sub/'], `'sub/' is a folder; write 'sub/*.mof'`],
  ['a file used as a folder', ['a.mof/b.mof'], 'a part of the path is not a folder'],
  ['a name no file can have', ['check', 'a\0b.mof'], String.raw`cannot read 'a\x00b.mof'`],
  ['a name that is too long', [`${'a'.repeat(300)}.mof`], 'the name is too long'],
  ['one of two', ['a.mof', 'missing.mof'], `cannot read 'missing.mof'`],
])('unreadable input exits 3 and writes nothing: %s', async (_case, args, message) => {
  const { run, path } = workplace(files);
  const { exitCode, stdout, stderr } = await run(args);
  expect(stderr).toContain(message);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
  expect(existsSync(path('gen'))).toBe(false);
});

test.each([
  ['the output folder is a file', 'out', `cannot write 'out/a.g.ts'`],
  // There, Node creates folders recursively without end.
  [
    'the file system makes no folders',
    '/proc/mofgen/er',
    `cannot write '/proc/mofgen/er/a.g.ts': no folder can be made in '/proc'`,
  ],
  ['a parent of it is a file', 'out/deep/er', `cannot write 'out/deep/er/a.g.ts'`],
] as const)('unwritable output exits 3: %s', async (_case, output, message) => {
  const { run } = workplace({ 'a.mof': smallMof('A'), out: 'in the way' });
  const { exitCode, stderr } = await run(['a.mof', '-o', output]);
  expect(stderr).toContain(message);
  expect(exitCode).toBe(3);
});

test('a folder in place of an output file exits 3 and writes none of the others', async () => {
  const { run, path } = workplace(files);
  mkdirSync(path('gen/a.provider.ts'), { recursive: true });
  const { exitCode, stderr } = await run(['a.mof']);
  expect(stderr).toBe(`mofgen: cannot write 'gen/a.provider.ts': it is a folder\n`);
  expect(exitCode).toBe(3);
  expect(outputsIn(path('gen'))).toEqual(['a.provider.ts']);
});

test('a symbolic link to nothing in place of an output file exits 3', async () => {
  const { run, path } = workplace(files);
  mkdirSync(path('gen'));
  symlinkSync(path('elsewhere.ts'), path('gen/a.g.ts'));
  const { exitCode, stderr } = await run(['a.mof']);
  expect(stderr).toContain(`cannot write 'gen/a.g.ts': no such file`);
  expect(exitCode).toBe(3);
  expect(existsSync(path('elsewhere.ts'))).toBe(false);
});

test('errors in one input keep the others from being written', async () => {
  const { run, path } = workplace(files);
  const { exitCode, stdout, stderr } = await run(['a.mof', 'broken.mof']);
  expect(stderr).toMatch(/^broken\.mof:1:\d+: error MOF1201: /);
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(existsSync(path('gen'))).toBe(false);
});

test('no bytes cause an internal error, and none reach the terminal unescaped', async () => {
  const { run } = workplace();
  const garbage = fc.oneof(
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
    fc
      .array(
        fc.constantFrom(
          'class',
          'A',
          '{',
          '}',
          '[',
          ']',
          '(',
          ')',
          ';',
          '"',
          '/*',
          '#',
          '1',
          '\u001b',
        ),
        {
          maxLength: 60,
        },
      )
      .map((words) => new TextEncoder().encode(words.join(' '))),
  );
  await fc.assert(
    fc.asyncProperty(garbage, fc.constantFrom('pretty', 'text'), async (stdin, format) => {
      const { exitCode, stderr } = await run(['check', '-', '--diagnostics', format], { stdin });
      expect([0, 1]).toContain(exitCode);
      expect(stderr.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    }),
    { numRuns: runs(300) },
  );
});

test('--version and --help are data', async () => {
  const { run } = workplace();
  expect(await run(['--version'])).toEqual({
    exitCode: 0,
    stdout: `${packageJson.version}\n`,
    stderr: '',
  });
  const help = await run(['--help']);
  expect(help).toMatchObject({ exitCode: 0, stderr: '' });
  for (const word of ['generate', 'check', 'show', 'stubs', 'Exit codes']) {
    expect(help.stdout).toContain(word);
  }
});

test('every option of generate is in its help', async () => {
  const { stdout } = await workplace().run(['help', 'generate']);
  const options = ['-t', '-o', '-I', '-q', '--check', '--format', '--full-diff', '--user-output'];
  const forBuilds = ['--depfile', '--depfile-target', '--list-outputs', '--list-format'];
  for (const option of [...options, ...forBuilds, '--list-owner']) {
    expect(stdout).toMatch(new RegExp(`^ .*${option}[ ,]`, 'm'));
  }
});

test.each([
  ['shows no stack', {}, false],
  ['shows a stack on request', { MOFGEN_DEBUG: '1' }, true],
] as const)('an internal error exits 70, requests a report, and %s', async (_case, env, stack) => {
  const readStdin = () => Promise.reject(new TypeError('boom'));
  const { exitCode, stdout, stderr } = await workplace().run(['check', '-'], { env, readStdin });
  expect({ exitCode, stdout }).toEqual({ exitCode: 70, stdout: '' });
  expect(stderr).toContain('mofgen: internal error: boom\n');
  expect(stderr).toContain('report it');
  expect(/^ {4}at /m.test(stderr)).toBe(stack);
});
