/** `#pragma include` on disk: where files are searched, how they are named, what is never opened. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { expect, test } from 'vitest';
import { smallMof, workplace } from './command-line.js';

const include = (path: string) => `#pragma include("${path}")\n`;

test.each([
  ['in the folder of the including file', 'sub/main.mof', 'part.mof', 'sub/part.mof', []],
  ['below it', 'main.mof', 'sub/part.mof', 'sub/part.mof', []],
  ['above it', 'sub/main.mof', '../part.mof', 'part.mof', []],
  ['with the separator of Windows', 'main.mof', 'sub\\\\part.mof', 'sub/part.mof', []],
  ['in a folder of -I', 'main.mof', 'part.mof', 'inc/part.mof', ['-I', '.', '-I', 'inc']],
])('an included file is found %s', async (_case, main, written, where, args) => {
  const { run } = workplace({ [main]: include(written), [where]: smallMof() });
  expect(await run(['check', main, ...args])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: `${main}: ok, 1 WMI class\n`,
  });
});

test('a backslash that makes an escape sequence of a file name is taken as it is written', async () => {
  const { run } = workplace({ 'main.mof': include('sub\\new.mof'), 'sub/new.mof': smallMof() });
  const place = 'main.mof:1:17:';
  expect(await run(['check', 'main.mof'])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr:
      `${place} warning MOF1011: 'sub\\new.mof' names a file only without its escape sequences\n` +
      `${place} help: write '/', or each backslash twice\n` +
      '1 warning\nmain.mof: ok, 1 WMI class\n',
  });
  // Where both exist, the string is as MOF specifies.
  const both = workplace({
    'main.mof': include('sub\\x41.mof'),
    'subA.mof': smallMof('Decoded'),
    'sub/x41.mof': smallMof('Written'),
  });
  expect((await both.run(['show', 'main.mof'])).stdout).toContain('Decoded');
});

test.each([
  ['sub\\new.mof', "cannot read 'sub<U+000A>ew.mof', nor 'sub\\new.mof' as it is written"],
  ['sub\\\\new.mof', "cannot read 'sub\\new.mof', nor 'sub\\\\new.mof' as it is written"],
  ['new.mof', "cannot read 'new.mof'"],
])('%j: %s', async (written, message) => {
  const { run } = workplace({ 'main.mof': include(written) });
  const { exitCode, stderr } = await run(['check', 'main.mof']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`error MOF1004: ${message}\n`);
});

test('a -I that is not a folder is a warning, once', async () => {
  const { run } = workplace({ 'main.mof': smallMof() });
  const args = ['check', 'main.mof', '-q', '-I', 'none', '-I', 'main.mof', '-I', 'none', '-I', '.'];
  expect(await run(args)).toEqual({
    exitCode: 0,
    stdout: '',
    stderr:
      'mofgen: warning: -I none: there is no such folder\n' +
      'mofgen: warning: -I main.mof: it is not a folder\n',
  });
});

test('the folder of the including file comes before -I', async () => {
  const { run } = workplace({
    'sub/main.mof': include('part.mof'),
    'sub/part.mof': smallMof('Near'),
    'inc/part.mof': smallMof('Far'),
  });
  expect((await run(['show', 'sub/main.mof', '-I', 'inc'])).stdout).toContain('Near');
});

test('a file reached by two ways is read once', async () => {
  const { run, path } = workplace({
    'main.mof': include('part.mof') + include('link.mof') + include('sub/../part.mof'),
    'part.mof': smallMof(),
  });
  mkdirSync(path('sub'));
  symlinkSync(path('part.mof'), path('link.mof'));
  expect(await run(['check', 'main.mof'])).toMatchObject({
    exitCode: 0,
    stderr: 'main.mof: ok, 1 WMI class\n',
  });
});

test('a file that includes itself is named the way it was given', async () => {
  const { run, path } = workplace({ 'sub/main.mof': include('../link.mof') });
  symlinkSync(path('sub/main.mof'), path('link.mof'));
  const { exitCode, stderr } = await run(['check', 'sub/main.mof']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain(`sub/main.mof:1:1: error MOF1005: 'sub/main.mof' includes itself`);
});

test('a fault in an included file shows its path from the working directory', async () => {
  const { run } = workplace({ 'a/main.mof': include('../b/part.mof'), 'b/part.mof': 'class {' });
  const { exitCode, stderr } = await run(['check', 'a/main.mof']);
  expect(exitCode).toBe(1);
  expect(stderr).toMatch(/^b\/part\.mof:1:\d+: error MOF1201/);
});

test('standard input includes from the working directory', async () => {
  const { run } = workplace({ 'part.mof': smallMof() });
  const stdin = new TextEncoder().encode(include('part.mof'));
  expect(await run(['check', '-'], { stdin })).toMatchObject({ exitCode: 0 });
});

test.each([
  ['a missing file', 'none.mof'],
  ['a folder', 'sub'],
  ['a device that never ends', '/dev/zero'],
  ['a name that no file can have', 'a\\x0000b'],
  ['an empty name', ''],
  ['a name that is too long', 'x'.repeat(5000)],
])('what cannot be included is a diagnostic: %s', async (_case, written) => {
  const { run, path } = workplace({ 'main.mof': include(written) });
  mkdirSync(path('sub'));
  const { exitCode, stderr } = await run(['check', 'main.mof']);
  expect(exitCode).toBe(1);
  expect(stderr).toContain('main.mof:1:');
  expect(stderr).toContain('error MOF1004');
});
