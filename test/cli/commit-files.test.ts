/** Writing several files at once: all of them or none, whatever fails. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { commitFiles, type Disk, type PendingFile, realDisk } from '../../src/cli/commit-files.js';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'mofgen-commit-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function pending(name: string, text: string, mode: PendingFile['mode'] = 'replace'): PendingFile {
  return { path: join(folder, name), shown: name, text, mode };
}

/** The names and texts in the folder, temporaries included. */
function contents(): Record<string, string> {
  const names = existsSync(folder) ? readdirSync(folder, { recursive: true }).map(String) : [];
  const files = names.sort().filter((name) => statSync(join(folder, name)).isFile());
  return Object.fromEntries(files.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

/** A disk whose `call`-th call of one kind fails. */
function failing(kind: keyof Disk, call: number, code = 'ENOSPC'): Disk {
  let calls = 0;
  const broken = (real: (a: string, b: string) => void) => (a: string, b: string) => {
    if (++calls === call) throw systemError(code);
    real(a, b);
  };
  return { ...realDisk, [kind]: broken(realDisk[kind]) };
}

test('new and replaced files appear with their texts, and nothing else is left', () => {
  writeFileSync(join(folder, 'a.ts'), 'old');
  const kept = commitFiles([
    pending('a.ts', 'new a'),
    pending('b.ts', 'new b'),
    pending('mine.ts', 'skeleton', 'create'),
  ]);
  expect(kept.size).toBe(0);
  expect(contents()).toEqual({ 'a.ts': 'new a', 'b.ts': 'new b', 'mine.ts': 'skeleton' });
});

test('a file to create that exists by then is kept and reported', () => {
  writeFileSync(join(folder, 'mine.ts'), 'yours');
  const mine = pending('mine.ts', 'skeleton', 'create');
  expect(commitFiles([mine])).toEqual(new Set([mine.path]));
  expect(contents()).toEqual({ 'mine.ts': 'yours' });
});

test.each([
  ['the first temporary cannot be written', 'write', 1],
  ['the last temporary cannot be written', 'write', 3],
  ['the first rename fails', 'rename', 1],
  ['the second rename fails', 'rename', 2],
  ['the backup cannot be made', 'link', 1],
  ['the file to create cannot be linked', 'link', 2],
] as const)('when %s, everything is as it was', (_case, kind, call) => {
  writeFileSync(join(folder, 'a.ts'), 'old');
  const before = statSync(join(folder, 'a.ts'), { bigint: true }).mtimeNs;
  const files = [
    pending('a.ts', 'new a'),
    pending('sub/deep/b.ts', 'new b'),
    pending('mine.ts', 'skeleton', 'create'),
  ];
  expect(() => commitFiles(files, failing(kind, call))).toThrow(
    /^cannot write '.*': no space left on the device$/,
  );
  expect(contents()).toEqual({ 'a.ts': 'old' });
  expect(statSync(join(folder, 'a.ts'), { bigint: true }).mtimeNs).toBe(before);
  expect(existsSync(join(folder, 'sub'))).toBe(false);
});

test('a failure after a file was created removes it again', () => {
  const files = [pending('mine.ts', 'skeleton', 'create'), pending('a.ts', 'new')];
  expect(() => commitFiles(files, failing('rename', 1))).toThrow('cannot write');
  expect(contents()).toEqual({});
});

test('a file to remove is removed, unless its text has changed, or it is not a file or gone', () => {
  writeFileSync(join(folder, 'old.h'), 'old');
  writeFileSync(join(folder, 'edited.h'), 'mine');
  mkdirSync(join(folder, 'folder.h'));
  symlinkSync(join(folder, 'edited.h'), join(folder, 'link.h'));
  const names = ['old.h', 'edited.h', 'folder.h', 'link.h', 'gone.h'];
  const files = names.map((name) => pending(name, name === 'link.h' ? 'mine' : 'old', 'remove'));
  expect([...commitFiles(files)]).toEqual(names.slice(1).map((name) => join(folder, name)));
  expect(readdirSync(folder).sort()).toEqual(['edited.h', 'folder.h', 'link.h']);
});

test('a removed file is restored when a later step fails', () => {
  writeFileSync(join(folder, 'old.h'), 'old');
  writeFileSync(join(folder, 'a.ts'), 'a');
  const before = statSync(join(folder, 'old.h'), { bigint: true }).mtimeNs;
  const files = [pending('old.h', 'old', 'remove'), pending('a.ts', 'new')];
  for (const call of [1, 2]) {
    expect(() => commitFiles(files, failing('rename', call))).toThrow('cannot write');
    expect(contents()).toEqual({ 'a.ts': 'a', 'old.h': 'old' });
  }
  expect(statSync(join(folder, 'old.h'), { bigint: true }).mtimeNs).toBe(before);
});

test.each(['a', undefined])(
  'a path may come twice, and all is as it was when that fails: %j',
  (old) => {
    const was = old === undefined ? {} : { a: old };
    if (old !== undefined) writeFileSync(join(folder, 'a'), old);
    const files = [pending('a', '1'), pending('b', 'b'), pending('a', '2')];
    for (const call of [1, 2, 3]) {
      expect(() => commitFiles(files, failing('rename', call))).toThrow('cannot write');
      expect(contents()).toEqual(was);
    }
    commitFiles(files);
    expect(contents()).toEqual({ a: '2', b: 'b' });
  },
);

test('a file system without hard links works too', () => {
  const disk: Disk = {
    ...realDisk,
    link: () => {
      throw systemError('EPERM');
    },
  };
  writeFileSync(join(folder, 'a.ts'), 'old');
  writeFileSync(join(folder, 'yours.ts'), 'yours');
  const yours = pending('yours.ts', 'skeleton', 'create');
  const kept = commitFiles(
    [pending('a.ts', 'new'), yours, pending('mine.ts', 'skeleton', 'create')],
    disk,
  );
  expect(kept).toEqual(new Set([yours.path]));
  expect(contents()).toEqual({ 'a.ts': 'new', 'mine.ts': 'skeleton', 'yours.ts': 'yours' });
});

test('a file that another run replaces while its backup is made is backed up again', () => {
  writeFileSync(join(folder, 'a.ts'), 'old');
  commitFiles([pending('a.ts', 'new a')], failing('link', 1, 'ENOENT'));
  expect(contents()).toEqual({ 'a.ts': 'new a' });
});

test('when a later step fails, the backup made at the second try is restored', () => {
  writeFileSync(join(folder, 'a.ts'), 'old');
  const disk = { ...failing('link', 1, 'ENOENT'), rename: failing('rename', 2).rename };
  const files = [pending('a.ts', 'new a'), pending('b.ts', 'new b')];
  expect(() => commitFiles(files, disk)).toThrow("cannot write 'b.ts'");
  expect(contents()).toEqual({ 'a.ts': 'old' });
});

test('a link that is refused for ever with ENOENT is a failure', () => {
  writeFileSync(join(folder, 'a.ts'), 'old');
  const link = () => {
    throw systemError('ENOENT');
  };
  const commit = () => commitFiles([pending('a.ts', 'new a')], { ...realDisk, link });
  expect(commit).toThrow("cannot write 'a.ts'");
  expect(contents()).toEqual({ 'a.ts': 'old' });
});

test('a replaced file keeps its permissions', () => {
  writeFileSync(join(folder, 'a.ts'), 'old', { mode: 0o600 });
  commitFiles([pending('a.ts', 'new')]);
  expect(statSync(join(folder, 'a.ts')).mode & 0o777).toBe(0o600);
});

test('a folder in the way is named', () => {
  mkdirSync(join(folder, 'a.ts'));
  expect(() => commitFiles([pending('a.ts', 'new')])).toThrow(`cannot write 'a.ts'`);
  expect(contents()).toEqual({});
});

test('an error that is not one of the file system is a bug and is thrown', () => {
  const disk: Disk = {
    ...realDisk,
    rename: () => {
      throw new TypeError('broken');
    },
  };
  expect(() => commitFiles([pending('a.ts', 'new')], disk)).toThrow(TypeError);
  expect(contents()).toEqual({});
});

test('a new shared file stays when a run fails, because another run may depend on it', () => {
  const shared = { ...pending('core.c', 'core'), isShared: true };
  const disk: Disk = {
    ...realDisk,
    rename: (from, to) => {
      if (to.endsWith('own.c')) throw systemError('EACCES');
      realDisk.rename(from, to);
    },
  };
  const files = [pending('other.c', 'other'), shared, pending('own.c', 'own')];
  expect(() => commitFiles(files, disk)).toThrow();
  expect(contents()).toEqual({ 'core.c': 'core' });
});

test('a replaced shared file is restored when a run fails', () => {
  writeFileSync(join(folder, 'core.c'), 'old');
  const shared = { ...pending('core.c', 'core'), isShared: true };
  const disk: Disk = {
    ...realDisk,
    rename: (from, to) => {
      if (to.endsWith('own.c')) throw systemError('EACCES');
      realDisk.rename(from, to);
    },
  };
  expect(() => commitFiles([shared, pending('own.c', 'own')], disk)).toThrow();
  expect(contents()).toEqual({ 'core.c': 'old' });
});
