/** `mofgen generate` in build systems: it lists outputs in advance, and afterwards the files that it read. */
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, test } from 'vitest';
import { outputsIn, smallMof, workplace } from './command-line.js';

const include = (path: string) => `#pragma include("${path}")\n`;

describe('--list-outputs', () => {
  test.each([
    ['what mofgen rewrites, by default', [], 'out/a.g.ts\n'],
    ['as lines', ['--list-format', 'lines'], 'out/a.g.ts\n'],
    ['of mofgen', ['--list-owner', 'mofgen'], 'out/a.g.ts\n'],
    ['yours', ['--list-owner', 'user'], 'out/a.provider.ts\n'],
    ['all', ['--list-owner', 'all'], 'out/a.g.ts\nout/a.provider.ts\n'],
    ['yours, elsewhere', ['--list-owner', 'user', '--user-output', 'src'], 'src/a.provider.ts\n'],
    [
      'all, in two folders',
      ['--list-owner', 'all', '--user-output', 'src'],
      'out/a.g.ts\nsrc/a.provider.ts\n',
    ],
    [
      'for CMake',
      ['--list-format', 'cmake', '--list-owner', 'all'],
      'out/a.g.ts;out/a.provider.ts\n',
    ],
    [
      'as JSON',
      ['--list-format', 'json', '--list-owner', 'all'],
      `[
  {
    "path": "out/a.g.ts",
    "owner": "mofgen"
  },
  {
    "path": "out/a.provider.ts",
    "owner": "user"
  }
]
`,
    ],
    ['with -q', ['-q'], 'out/a.g.ts\n'],
  ])('prints %s, and reads nothing', async (_case, args, stdout) => {
    const { run, folder } = workplace();
    const list = ['not-there/a.mof', '-o', 'out', '--list-outputs', ...args];
    expect(await run(list)).toEqual({ exitCode: 0, stdout, stderr: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test('lists several inputs in their order', async () => {
    const args = ['b.mof', 'a.mof', '--list-outputs'];
    expect((await workplace().run(args)).stdout).toBe('gen/b.g.ts\ngen/a.g.ts\n');
  });

  test('lists what a run writes', async () => {
    const { run, path } = workplace({ 'a.mof': smallMof(), 'b.mof': smallMof() });
    const args = ['a.mof', 'b.mof', '-o', 'out', '--user-output', 'src'];
    const { stdout } = await run([...args, '--list-outputs', '--list-owner', 'all']);
    await run(args);
    const written = ['out', 'src'].flatMap((folder) =>
      outputsIn(path(folder)).map((name) => `${folder}/${name}`),
    );
    expect(stdout.trimEnd().split('\n').sort()).toEqual(written.sort());
  });

  test.each([
    ['a semicolon', 'a;b', String.raw`a\;b/x.g.ts;a\;b/x.provider.ts`],
    ['brackets', '[x]', '[x]/x.g.ts;[x]/x.provider.ts'],
    ['a space', 'a b', 'a b/x.g.ts;a b/x.provider.ts'],
  ])('keeps the elements of a CMake list apart: %s', async (_case, output, want) => {
    const args = ['x.mof', '-o', output, '--list-outputs', '--list-format', 'cmake'];
    const { stdout } = await workplace().run([...args, '--list-owner', 'all']);
    expect(stdout).toBe(`${want}\n`);
  });

  test.each([
    ['an open bracket', 'a['],
    ['a line break', 'a\nb'],
    ['a backslash before a semicolon', 'a\\;b'],
  ])('refuses what no CMake list can hold: %s', async (_case, output) => {
    const args = ['x.mof', '-o', output, '--list-outputs', '--list-format', 'cmake'];
    const { exitCode, stdout, stderr } = await workplace().run(args);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toContain('cannot be written into a CMake list');
  });
});

describe('--depfile', () => {
  const files = {
    'main.mof': include('sub/part.mof') + smallMof('Main'),
    'sub/part.mof': include('deep #1.mof') + 'class Part { uint32 x; };',
    'inc/deep #1.mof': 'class Deep { uint32 x; };',
    'other.mof': include('sub/part.mof') + include('late.mof') + smallMof('Other'),
    'late.mof': '',
    'broken.mof': include('sub/part.mof') + 'class',
  };

  const rule = (target: string, ...names: string[]) =>
    `${target}:${names.map((name) => ` \\\n  ${name}`).join('')}\n` +
    names.map((name) => `${name}:\n`).join('');
  const all = ['main.mof', 'sub/part.mof', 'inc/deep\\ \\#1.mof'];

  test.each([
    ['an input and what it includes', ['main.mof'], rule('gen/main.g.ts', ...all)],
    ['an input that includes nothing', ['late.mof'], rule('gen/late.g.ts', 'late.mof')],
    [
      'several inputs',
      ['late.mof', 'main.mof', 'other.mof'],
      rule('gen/late.g.ts', 'late.mof', ...all, 'other.mof'),
    ],
    ['the output folder', ['late.mof', '-o', 'a b'], rule('a\\ b/late.g.ts', 'late.mof')],
    [
      'a target by name',
      ['late.mof', '--depfile-target', 'any $ name'],
      rule('any\\ $$\\ name', 'late.mof'),
    ],
    ['a path as it was given', ['./sub/../late.mof'], rule('gen/late.g.ts', './sub/../late.mof')],
  ])('names the files read: %s', async (_case, args, want) => {
    const { run, path } = workplace(files);
    const { exitCode } = await run([...args, '-I', 'inc', '--depfile', 'd/x.d']);
    expect(exitCode).toBe(0);
    expect(readFileSync(path('d/x.d'), 'utf8')).toBe(want);
    expect(readdirSync(path('d'))).toEqual(['x.d']);
  });

  test('absolute paths stay absolute', async () => {
    const { run, path } = workplace(files);
    const args = [path('main.mof'), '-I', path('inc'), '-o', path('out')];
    await run([...args, '--depfile', path('x.d')]);
    expect(readFileSync(path('x.d'), 'utf8')).toBe(
      rule(path('out/main.g.ts'), ...all.map((name) => path(name))),
    );
  });

  test.each([
    ['', rule('gen/stdin.g.ts')],
    [include('late.mof'), rule('gen/stdin.g.ts', 'late.mof')],
  ])('standard input is no file: %j', async (text, want) => {
    const { run, path } = workplace(files);
    const stdin = new TextEncoder().encode(text);
    await run(['-', '--depfile', 'x.d'], { stdin });
    expect(readFileSync(path('x.d'), 'utf8')).toBe(want);
  });

  test('is left alone when its text is the same, and replaced otherwise', async () => {
    const { run, path } = workplace(files);
    const args = ['main.mof', '-I', 'inc', '--depfile', 'x.d'];
    await run(args);
    utimesSync(path('x.d'), 1000, 1000);
    await run(args);
    expect(statSync(path('x.d')).mtimeMs).toBe(1_000_000);
    writeFileSync(path('main.mof'), smallMof('Main'));
    await run(args);
    expect(readFileSync(path('x.d'), 'utf8')).toBe(rule('gen/main.g.ts', 'main.mof'));
  });

  test.each([
    ['errors in an input', ['main.mof', 'broken.mof'], 1],
    ['an unreadable input', ['main.mof', 'missing.mof'], 3],
    ['an output that cannot be written', ['main.mof', '-o', 'late.mof'], 3],
    ['a target that no rule can hold', ['main.mof', '--depfile-target', 'a\nb'], 2],
  ])('is written only after success: %s', async (_case, args, want) => {
    const { run, path } = workplace({ ...files, 'x.d': 'old' });
    const { exitCode } = await run([...args, '-I', 'inc', '--depfile', 'x.d']);
    expect(exitCode).toBe(want);
    expect(readFileSync(path('x.d'), 'utf8')).toBe('old');
    expect(existsSync(path('gen'))).toBe(false);
  });

  test('nothing is written when the depfile cannot be', async () => {
    const { run, path } = workplace(files);
    const { exitCode, stderr } = await run(['late.mof', '--depfile', 'late.mof/x.d']);
    expect(stderr).toContain(`cannot write 'late.mof/x.d'`);
    expect(exitCode).toBe(3);
    expect(existsSync(path('gen'))).toBe(false);
  });

  test.each([
    ['the input', 'late.mof'],
    ['the input by another path', 'sub/../late.mof'],
    ['the input by a link', 'link.d'],
    ['the input by a hard link', 'hard.d'],
    ['the generated file', 'gen/late.g.ts'],
    ['your file', 'gen/late.provider.ts'],
  ])('never replaces %s', async (_case, depfile) => {
    const { run, path } = workplace(files);
    symlinkSync(path('late.mof'), path('link.d'));
    linkSync(path('late.mof'), path('hard.d'));
    const { exitCode, stderr } = await run(['late.mof', '--depfile', depfile]);
    expect(stderr).toBe(`mofgen: the depfile '${depfile}' is an input or an output itself\n`);
    expect(exitCode).toBe(2);
    expect(readFileSync(path('late.mof'), 'utf8')).toBe('');
    expect(existsSync(path('gen'))).toBe(false);
  });
});

describe('--user-output', () => {
  test('has your file in a folder of its own, everywhere', async () => {
    const { run, path } = workplace({ 'a.mof': smallMof() });
    const args = ['a.mof', '-o', 'build', '--user-output', 'src'];
    expect(await run([...args, '--check'])).toMatchObject({
      exitCode: 1,
      stdout: 'build/a.g.ts\nsrc/a.provider.ts\n',
    });
    await run(args);
    expect(outputsIn(path('build'))).toEqual(['a.g.ts']);
    expect(outputsIn(path('src'))).toEqual(['a.provider.ts']);
    expect(await run([...args, '--check'])).toMatchObject({ exitCode: 0 });
    expect(await run(['stubs', '--missing', ...args])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'src/a.provider.ts: nothing is missing\n',
    });
  });

  test('your file is kept when the output folder is new', async () => {
    const { run, path } = workplace({ 'a.mof': smallMof(), 'src/a.provider.ts': '// mine\n' });
    expect(await run(['a.mof', '-o', 'build', '--user-output', 'src'])).toMatchObject({
      stderr: 'a.mof: 1 written, 1 kept (yours)\n',
    });
    expect(readFileSync(path('src/a.provider.ts'), 'utf8')).toBe('// mine\n');
  });
});

test.each([
  ['--depfile-target alone', ['--depfile-target', 'x'], '--depfile-target goes with --depfile'],
  ['--list-format alone', ['--list-format', 'json'], '--list-format goes with --list-outputs'],
  ['--list-owner alone', ['--list-owner', 'all'], '--list-owner goes with --list-outputs'],
  ['an unknown format', ['--list-outputs', '--list-format', 'xml'], 'the choices are lines'],
  ['an unknown owner', ['--list-outputs', '--list-owner', 'me'], 'the choices are mofgen'],
  ['--depfile with --check', ['--depfile', 'x.d', '--check'], 'cannot be used with'],
  ['--depfile with --list-outputs', ['--depfile', 'x.d', '--list-outputs'], 'cannot be used with'],
  ['--list-outputs with --check', ['--list-outputs', '--check'], 'cannot be used with'],
  ['an empty depfile', ['--depfile', ''], 'cannot be empty'],
  ['an empty folder', ['--user-output', ''], 'cannot be empty'],
])('wrong usage exits 2 and writes nothing: %s', async (_case, args, message) => {
  const { run, folder } = workplace({ 'a.mof': smallMof() });
  const { exitCode, stdout, stderr } = await run(['a.mof', ...args]);
  expect(stderr).toContain(message);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(readdirSync(folder)).toEqual(['a.mof']);
});

test('a folder in place of the depfile exits 3', async () => {
  const { run, path } = workplace({ 'a.mof': smallMof() });
  mkdirSync(path('x.d'));
  const { exitCode, stderr } = await run(['a.mof', '--depfile', 'x.d']);
  expect(stderr).toBe(`mofgen: cannot write 'x.d': it is a folder\n`);
  expect(exitCode).toBe(3);
});
