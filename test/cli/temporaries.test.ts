/** Temporaries of runs that were killed: the next run removes only them. */
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { basename } from 'node:path';
import { expect, test, vi } from 'vitest';
import { commitFiles } from '../../src/cli/commit-files.js';
import { removeTemporaries, temporaryBeside } from '../../src/cli/temporaries.js';
import { smallMof, workplace } from './command-line.js';

vi.mock(import('../../src/cli/temporaries.js'), { spy: true });

/** A process that has ended. */
function deadProcess(): number {
  return spawnSync(process.execPath, ['-e', '0']).pid;
}

const ours = basename(temporaryBeside('/any/file'));
const [, , host = ''] = ours.split('-');
const dead = deadProcess();
const living = process.ppid;

test('the name of a temporary holds the process and the host', () => {
  expect(ours).toMatch(new RegExp(`^\\.mofgen-${process.pid}-[0-9a-z]+-[0-9a-z]+\\.tmp$`));
});

test.each([
  ['of a process that is gone', `.mofgen-${dead}-${host}-abc123.tmp`, true],
  ['of a process that runs', `.mofgen-${living}-${host}-abc123.tmp`, false],
  [
    'of the first process of all, which belongs to the system',
    `.mofgen-1-${host}-abc123.tmp`,
    false,
  ],
  ['of this process', `.mofgen-${process.pid}-${host}-abc123.tmp`, false],
  ['of another host', `.mofgen-${dead}-0other0-abc123.tmp`, false],
  ['of a version that named no host', `.mofgen-${dead}-abc123.tmp`, false],
  ['of no process', `.mofgen-x-${host}-abc123.tmp`, false],
  ['of a number that is too large', `.mofgen-99999999999999-${host}-abc123.tmp`, false],
  ['with more after it', `.mofgen-${dead}-${host}-abc123.tmp.txt`, false],
  ['of another program', `.other-${dead}-${host}-abc123.tmp`, false],
])('a new temporary %s: removed is %j', (_case, name, want) => {
  const { folder, path } = workplace({ [name]: 'text' });
  removeTemporaries(folder);
  expect(!existsSync(path(name))).toBe(want);
});

test.each([
  ['another host', `.mofgen-${dead}-0other0-abc123.tmp`, true],
  ['a version that named no host', `.mofgen-${dead}-abc123.tmp`, true],
  ['a process number that is used again', `.mofgen-${living}-${host}-abc123.tmp`, true],
  // Two containers may use the same process ids.
  ['another process of this number', `.mofgen-${process.pid}-${host}-abc123.tmp`, true],
  ['this very process', ours, false],
  ['another program', `.other-${dead}-${host}-abc123.tmp`, false],
])('after more than an hour, one of %s: removed is %j', (_case, name, want) => {
  const { folder, path } = workplace({ [name]: 'text' });
  vi.useFakeTimers({ now: Date.now() + 3_700_000 });
  try {
    removeTemporaries(folder);
  } finally {
    vi.useRealTimers();
  }
  expect(!existsSync(path(name))).toBe(want);
});

test('the backup of an old file that another run made just now stays', () => {
  const name = `.mofgen-${living}-${host}-abc123.tmp`;
  const { folder, path } = workplace({ 'old.h': 'old' });
  utimesSync(path('old.h'), 1000, 1000);
  linkSync(path('old.h'), path(name));
  removeTemporaries(folder);
  expect(readFileSync(path(name), 'utf8')).toBe('old');
});

test('folders and links of such a name stay, and so does the target of a link', () => {
  const { folder, path } = workplace({ 'mine.txt': 'mine' });
  mkdirSync(path(`.mofgen-${dead}-${host}-a.tmp`));
  symlinkSync(path('mine.txt'), path(`.mofgen-${dead}-${host}-b.tmp`));
  removeTemporaries(folder);
  expect(readdirSync(folder)).toHaveLength(3);
  expect(readFileSync(path('mine.txt'), 'utf8')).toBe('mine');
});

test('a missing folder has no temporaries', () => {
  const { path } = workplace();
  expect(() => {
    removeTemporaries(path('nowhere'));
  }).not.toThrow();
});

test('a run that writes removes them, one that has nothing to write does too, and --check does not', async () => {
  const { run, path } = workplace({ 'a.mof': smallMof() });
  const name = `gen/.mofgen-${dead}-${host}-abc123.tmp`;
  const leave = () => {
    mkdirSync(path('gen'), { recursive: true });
    writeFileSync(path(name), 'half');
  };
  leave();
  await run(['a.mof']);
  expect(existsSync(path(name))).toBe(false);
  leave();
  await run(['a.mof', '--check']);
  expect(existsSync(path(name))).toBe(true);
  expect((await run(['a.mof'])).stderr).toBe('a.mof: 1 unchanged, 1 kept (yours)\n');
  expect(existsSync(path(name))).toBe(false);
});

test('everything else that writes files removes them, too', () => {
  const name = `.mofgen-${dead}-${host}-abc123.tmp`;
  const { folder, path } = workplace({ [name]: 'half' });
  commitFiles([{ path: path('a.txt'), shown: 'a.txt', text: 'a', mode: 'replace' }]);
  expect(readdirSync(folder)).toEqual(['a.txt']);
});

test('a run looks once into each folder that it writes to', async () => {
  const { run, path } = workplace({ 'a.mof': smallMof() });
  for (const folders of [
    ['gen', 'gen/.mofgen', 'gen/.mofgen/ts'],
    ['gen', 'gen/.mofgen/ts'],
  ]) {
    vi.mocked(removeTemporaries).mockClear();
    await run(['a.mof']);
    const looked = vi.mocked(removeTemporaries).mock.calls.map(([folder]) => folder);
    expect(looked).toEqual(folders.map(path));
  }
  vi.mocked(removeTemporaries).mockClear();
  await run(['a.mof', '-D', 'X', '-o', 'out', '--user-output', 'gen']);
  const looked = vi.mocked(removeTemporaries).mock.calls.map(([folder]) => folder);
  expect(looked.toSorted()).toEqual(['gen', 'out', 'out/.mofgen', 'out/.mofgen/ts'].map(path));
});
