/** Files of the user: a run does not replace inputs, treat user files as generated, or hide findings about them. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bannerOf } from '../../src/cli/stale-files.js';
import { TARGET_NAMES } from '../../src/targets/loading.js';
import { smallMof, workplace } from './command-line.js';

const warned = smallMof('Fan', '[WmiDataId(4), read] uint32 Gap;');
const json = (file: string) => ['--diagnostics', 'json', '--diagnostics-file', file];

test.each([
  ['a pattern of inputs', ['*.mof', '--mfl', 'missing.mfl'], 'a.mof'],
  ['a pattern of localised texts', ['missing.mof', '--mfl', '*.mfl'], 'a.mfl'],
])('merge writes no report over %s', async (_what, args, file) => {
  const { run, path } = workplace({ 'a.mof': smallMof(), 'a.mfl': 'mine' });
  const before = readFileSync(path(file), 'utf8');
  const { exitCode, stderr } = await run(['merge', ...args, ...json(file)]);
  expect(stderr).toContain(`the diagnostics file '${file}' is an input itself`);
  expect(exitCode).toBe(2);
  expect(readFileSync(path(file), 'utf8')).toBe(before);
});

const HEADER = '#define ANSWER 42\n';
const including = `#include "a_wmi.h"\n${smallMof()}`;

test('a header that was read is not replaced, but printed or compared', async () => {
  const { run, path, folder } = workplace({ 'a.mof': including, 'a_wmi.h': HEADER });
  const args = ['a.mof', '-t', 'header'];
  expect(await run([...args, '-o', '.'])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `mofgen: 'a_wmi.h' would replace a file that was read; name a folder with -o\n`,
  });
  expect(readFileSync(path('a_wmi.h'), 'utf8')).toBe(HEADER);
  expect(readdirSync(folder)).toEqual(['a.mof', 'a_wmi.h']);
  expect(await run([...args, '-o', '-'])).toMatchObject({ exitCode: 0 });
  expect(await run([...args, '-o', '.', '--check'])).toMatchObject({ exitCode: 1 });
  expect(await run([...args, '-o', 'out'])).toMatchObject({ exitCode: 0 });
});

test('a header that another input read is not replaced', async () => {
  const { run, path } = workplace({
    'a.mof': smallMof(),
    'b.mof': including,
    'a_wmi.h': HEADER,
  });
  expect(await run(['*.mof', '-t', 'header', '-o', '.'])).toMatchObject({ exitCode: 2 });
  expect(readFileSync(path('a_wmi.h'), 'utf8')).toBe(HEADER);
  expect(existsSync(path('b_wmi.h'))).toBe(false);
});

test('a folder in the place of an output hides no findings', async () => {
  const { run, path } = workplace({ 'a.mof': warned });
  mkdirSync(path('gen/a.g.ts'), { recursive: true });
  const { exitCode, stderr } = await run(['a.mof', ...json('r.json')]);
  expect(stderr).toMatch(
    /warning MOF2203[^]*1 warning\n.*mofgen: cannot write 'gen\/a\.g\.ts': it is a folder\n$/,
  );
  expect(exitCode).toBe(3);
  expect(readFileSync(path('r.json'), 'utf8')).toContain('MOF2203');
});

test.each(['// mine\n', '// mofgen: mine\n', ''])(
  'the file %j that mofgen never wrote is not called generated',
  async (text) => {
    const { run } = workplace({ 'no.mof': 'class No { uint8 X; };\n', 'no_wmi.h': text });
    const args = ['no.mof', '-t', 'header', '-o', '.'];
    expect(await run([...args, '--check'])).toMatchObject({ exitCode: 0, stdout: '' });
    expect((await run(args)).stderr).not.toContain('remove it');
  },
);

test.each([
  ['ts', 'gen/a.g.ts\n'],
  ['header', 'gen/a_wmi.h\n'],
  ['kmdf', 'gen/a_wmi.h\ngen/a_wmi.c\ngen/a_wmi.rc\ngen/a_wmi.props\ngen/a_wmi.cmake\n'],
  ['wdm', 'gen/a_wmi.h\ngen/a_wmi.c\ngen/a_wmi.rc\ngen/a_wmi.props\ngen/a_wmi.cmake\n'],
])(
  'files with the banner that %s left of a MOF without classes are called generated',
  async (target, want) => {
    const { run, path } = workplace({ 'a.mof': smallMof(), 'b/a.mof': 'class No { uint8 X; };\n' });
    await run(['a.mof', '-t', target]);
    rmSync(path('gen/.mofgen'), { recursive: true });
    const { stdout } = await run(['b/a.mof', '-t', target, '--check', '-q']);
    expect(stdout).toBe(want);
  },
);

// A file without it would never be removed when it is no longer made.
test.each(TARGET_NAMES)('every file of %s that mofgen owns names mofgen', async (target) => {
  const { run, path } = workplace({ 'a.mof': smallMof() });
  await run(['a.mof', '-t', target]);
  const { stdout } = await run(['a.mof', '-t', target, '--list-outputs']);
  for (const name of stdout.trimEnd().split('\n')) {
    const banner = bannerOf(readFileSync(path(name), 'utf8'));
    // The core's files are the same for every MOF.
    const cause = name.startsWith('gen/mofgen_wmi') ? 'Copied by mofgen' : 'from a.mof';
    expect(banner, name).toContain(cause);
  }
});
