/** `mofgen breaking --against git:…`: which files of a revision are compared, and how mistakes end. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { smallMof, workplace, type Workplace } from './command-line.js';

const hasGit = spawnSync('git', ['--version']).status === 0;
if (!hasGit) console.log('git is not installed: its revisions are not tested');

const OLD = smallMof();
const CHANGED = OLD.replace('uint32 Speed', 'uint16 Speed');
/** The same with room for the items of a base class. */
const DERIVED = OLD.replace('class SmallFan', 'class SmallFan : Base').replaceAll(
  'WmiDataId(',
  'WmiDataId(1',
);
const PUMP = OLD.replaceAll('SmallFan', 'Pump').replace('5b3a5e0c', '5b3a5e0d');
const env = { PATH: process.env['PATH'] ?? '', HOME: '/nonexistent', GIT_CONFIG_NOSYSTEM: '1' };

function git({ folder }: Pick<Workplace, 'folder'>, ...args: readonly string[]): string {
  const who = [
    '-c',
    'user.name=test',
    '-c',
    'user.email=test@localhost',
    '-c',
    'init.defaultBranch=main',
  ];
  const { status, stdout, stderr } = spawnSync('git', [...who, ...args], {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function commitAll(place: Workplace): void {
  git(place, 'add', '-A');
  git(place, 'commit', '-qm', 'x');
}

/** A repository with these files in its first commit. */
function repository(files: Readonly<Record<string, string>>): Workplace {
  const place = workplace(files);
  git(place, 'init', '-q');
  commitAll(place);
  return place;
}

function write({ path }: Workplace, name: string, text: string): void {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), text);
}

describe.runIf(hasGit)('git', () => {
  test('an input is compared with its state in the revision, and nothing changes in the repository', async () => {
    const place = repository({ 'mof/a.mof': OLD });
    const args = ['breaking', 'mof/a.mof', '--against', 'git:HEAD'];
    expect(await place.run(args, { env })).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'mof/a.mof: ok, compared with git:HEAD:mof/a.mof\n',
    });
    write(place, 'mof/a.mof', CHANGED);
    const { exitCode, stderr } = await place.run(args, { env });
    expect(stderr).toContain('mof/a.mof:7:31: error MOF6104');
    expect(stderr).toContain('git:HEAD:mof/a.mof:7:31: note: in the old text it is uint32');
    expect(exitCode).toBe(1);
    expect(git(place, 'status', '--short')).toBe(' M mof/a.mof\n');
  });

  test('a revision is anything that git accepts', async () => {
    const place = repository({ 'a.mof': OLD });
    git(place, 'tag', 'v1.0');
    write(place, 'a.mof', CHANGED);
    commitAll(place);
    for (const [revision, exitCode] of [
      ['v1.0', 1],
      ['HEAD~1', 1],
      ['main', 0],
      ['main@{0}', 0],
    ] as const) {
      const outcome = await place.run(['breaking', 'a.mof', '--against', `git:${revision}`], {
        env,
      });
      expect([revision, outcome.exitCode, outcome.stderr]).toEqual([
        revision,
        exitCode,
        expect.any(String),
      ]);
    }
  });

  test('in SARIF, the revision is not a scheme of a URI', async () => {
    const place = repository({ 'a.mof': OLD });
    write(place, 'a.mof', CHANGED);
    const args = ['breaking', 'a.mof', '--against', 'git:HEAD', '--diagnostics', 'sarif'];
    expect((await place.run(args, { env })).stdout).toContain('"uri": "git%3AHEAD%3Aa.mof"');
  });

  test('included files are those of the revision', async () => {
    const common = '#define TYPE uint32\n';
    const text = `#include "../inc/common.h"\n#pragma include("b.mof")\n${OLD.replace('uint32 Speed', 'TYPE Speed')}`;
    const place = repository({ 'mof/a.mof': text, 'mof/b.mof': PUMP, 'inc/common.h': common });
    write(place, 'inc/common.h', '#define TYPE uint16\n');
    write(place, 'mof/b.mof', PUMP.replace('uint32 Speed', 'uint8 Speed'));
    const { stderr } = await place.run(['breaking', 'mof/a.mof', '--against', 'git:HEAD'], { env });
    expect(stderr).toContain(`'Speed' of 'SmallFan' is uint16 instead of uint32`);
    expect(stderr).toContain(
      `mof/b.mof:7:30: error MOF6104: 'Speed' of 'Pump' is uint8 instead of uint32`,
    );
    expect(stderr).toContain('git:HEAD:mof/b.mof:7:31: note');
    expect(stderr).toContain('2 errors');
  });

  test('a folder of -I is that of the revision, and one that is not in it that of the disk', async () => {
    const text = `#include <common.h>\n#include <sdk.h>\n${OLD.replace('uint32 Speed', 'TYPE Speed').replace('uint32 Wanted', 'SDK Wanted')}`;
    const place = repository({
      '.gitignore': 'build\n',
      'a.mof': text,
      'inc/common.h': '#define TYPE uint32\n',
    });
    write(place, 'inc/common.h', '#define TYPE uint16\n');
    write(place, 'build/sdk.h', '#define SDK uint32\n');
    const args = ['breaking', 'a.mof', '--against', 'git:HEAD', '-I', 'inc', '-I', 'build'];
    const { stderr } = await place.run(args, { env });
    expect(stderr).toContain(`'Speed' of 'SmallFan' is uint16 instead of uint32`);
    expect(stderr).toContain('1 error');
  });

  test('an include folder outside of the repository is that of the disk', async () => {
    const sdk = mkdtempSync(join(tmpdir(), 'mofgen-sdk-'));
    onTestFinished(() => {
      rmSync(sdk, { recursive: true });
    });
    writeFileSync(join(sdk, 'sdk.h'), '#include "more.h"\n');
    writeFileSync(join(sdk, 'more.h'), '#define TYPE uint32\n');
    const place = repository({
      'a.mof': `#include <sdk.h>\n${OLD.replace('uint32 Speed', 'TYPE Speed')}`,
    });
    const args = ['breaking', 'a.mof', '--against', 'git:HEAD', '-I', sdk];
    expect(await place.run(args, { env })).toMatchObject({ exitCode: 0 });
  });

  test('references are those of the revision, where it has them', async () => {
    const base = '[WMI, Abstract] class Base { [WmiDataId(1) : ToSubclass, read] uint8 X; };\n';
    const place = repository({
      'a.mof': DERIVED,
      'base.mof': base,
    });
    const args = ['breaking', 'a.mof', '--against', 'git:HEAD', '--reference', 'base.mof'];
    expect(await place.run(args, { env })).toMatchObject({ exitCode: 0 });
    write(place, 'base.mof', base.replace('uint8', 'uint16'));
    expect((await place.run(args, { env })).stderr).toContain('git:HEAD:base.mof:1:');
  });

  test('a pattern applies to both sides: files that moved match, deleted files are reported', async () => {
    const place = repository({ 'mof/old/a.mof': OLD, 'mof/b.mof': PUMP, 'other/c.mof': CHANGED });
    mkdirSync(place.path('mof/new'));
    renameSync(place.path('mof/old/a.mof'), place.path('mof/new/a.mof'));
    const args = ['breaking', 'mof/**/*.mof', '--against', 'git:HEAD'];
    expect(await place.run(args, { env })).toEqual({
      exitCode: 0,
      stdout: '',
      stderr:
        'mof/b.mof: ok, compared with git:HEAD:mof/b.mof\nmof/new/a.mof: new, not in git:HEAD\n',
    });
    rmSync(place.path('mof/b.mof'));
    const { exitCode, stderr } = await place.run(args, { env });
    expect(stderr).toMatch(/^error MOF6001: the block 'Pump' is gone/);
    expect(stderr).toContain('git:HEAD:mof/b.mof:3:7: note');
    expect(exitCode).toBe(1);
  });

  test('a path names the old file, or the folder with the old files', async () => {
    const place = repository({ 'v1/a.mof': OLD });
    write(place, 'v2/a.mof', CHANGED);
    for (const where of ['v1/a.mof', 'v1', 'v1/', './v1/a.mof']) {
      const args = ['breaking', 'v2/a.mof', '--against', `git:HEAD:${where}`];
      const { stderr } = await place.run(args, { env });
      expect(stderr).toContain('git:HEAD:v1/a.mof:7:31: note');
    }
  });

  test('the repository is that of the input, wherever mofgen runs', async () => {
    const place = repository({ 'mof/a.mof': OLD });
    write(place, 'mof/a.mof', CHANGED);
    const elsewhere = workplace();
    const args = ['breaking', place.path('mof/a.mof'), '--against', 'git:HEAD'];
    expect((await elsewhere.run(args, { env })).stderr).toContain('git:HEAD:mof/a.mof:7:31: note');
  });

  test('in a hook of git, its variables are ignored', async () => {
    const place = repository({ 'mof/a.mof': OLD });
    const args = ['breaking', 'mof/a.mof', '--against', 'git:HEAD'];
    const hook = { ...env, GIT_DIR: '.git', GIT_INDEX_FILE: '.git/index.lock' };
    expect(await place.run(args, { env: hook })).toMatchObject({ exitCode: 0 });
  });

  test.runIf(process.platform !== 'win32')('links of the revision are followed', async () => {
    const place = repository({ 'real.mof': OLD });
    symlinkSync('real.mof', place.path('a.mof'));
    commitAll(place);
    rmSync(place.path('a.mof'));
    write(place, 'a.mof', CHANGED);
    const args = ['breaking', 'a.mof', '--against', 'git:HEAD'];
    expect((await place.run(args, { env })).stderr).toContain('uint16 instead of uint32');
  });

  test('a binary MOF of the revision is read as any other', async () => {
    const place = workplace({ 'a.mof': OLD });
    await place.run(['compile', 'a.mof', '-q']);
    git(place, 'init', '-q');
    commitAll(place);
    write(place, 'a.mof', CHANGED);
    const args = ['breaking', 'a.mof', '--against', 'git:HEAD:a.bmf'];
    expect((await place.run(args, { env })).stderr).toContain('git:HEAD:a.bmf (decompiled)');
  });

  test('an error in the old text is reported there', async () => {
    const place = repository({ 'a.mof': 'class {' });
    write(place, 'a.mof', OLD);
    const args = ['breaking', 'a.mof', '--against', 'git:HEAD'];
    const { exitCode, stderr } = await place.run(args, { env });
    expect(stderr).toMatch(/^git:HEAD:a\.mof:1:7: error MOF1201/);
    expect(exitCode).toBe(1);
  });

  test.each([
    ['an unknown revision', 'git:v9', 2, `there is no revision 'v9' in '`],
    ['a revision like an option', 'git:--help', 2, `there is no revision '--help'`],
    ['no revision', 'git:', 2, 'names no revision'],
    ['a path alone', 'git::a.mof', 2, 'names no revision'],
    ['an unknown path', 'git:HEAD:b.mof', 3, `there is no 'b.mof' in git:HEAD`],
    ['a path outside', 'git:HEAD:../../x', 2, 'is outside of the repository'],
  ])('mistakes end with a reason: %s', async (_what, where, exitCode, words) => {
    const place = repository({ 'a.mof': OLD });
    const outcome = await place.run(['breaking', 'a.mof', '--against', where], { env });
    expect(outcome.stderr).toContain(words);
    expect(outcome).toMatchObject({ exitCode, stdout: '' });
  });

  test('a branch that is known from elsewhere alone is named', async () => {
    const place = repository({ 'a.mof': OLD });
    git(place, 'update-ref', 'refs/remotes/origin/next', 'HEAD');
    const outcome = await place.run(['breaking', 'a.mof', '--against', 'git:next'], { env });
    expect(outcome.stderr).toContain('did you mean git:origin/next?');
  });

  test('for a shallow clone, the message has the command that fetches the revision', async () => {
    const origin = repository({ 'a.mof': OLD });
    write(origin, 'a.mof', CHANGED);
    commitAll(origin);
    const place = workplace();
    git(place, 'clone', '-q', '--depth', '1', `file://${origin.folder}`, 'clone');
    const outcome = await place.run(['breaking', 'clone/a.mof', '--against', 'git:v1.0'], { env });
    expect(outcome.stderr).toContain('fetch it first: git fetch --depth 1 origin v1.0');
    expect(outcome.exitCode).toBe(2);
  });

  test('a file that the revision does not have', async () => {
    const place = repository({ 'a.mof': OLD });
    write(place, 'b.mof', PUMP);
    const outcome = await place.run(['breaking', 'b.mof', '--against', 'git:HEAD'], { env });
    expect(outcome).toEqual({
      exitCode: 3,
      stdout: '',
      stderr: `mofgen: 'b.mof' is not in 'git:HEAD'; git:REV:path names the old file itself\n`,
    });
  });

  test('no repository', async () => {
    const { run } = workplace({ 'a.mof': OLD });
    const outcome = await run(['breaking', 'a.mof', '--against', 'git:HEAD'], {
      env: { ...env, GIT_CEILING_DIRECTORIES: tmpdir() },
    });
    expect(outcome.stderr).toMatch(
      /^mofgen: git cannot read a repository in '.*': not a git repository/,
    );
    expect(outcome.exitCode).toBe(3);
  });
});

test('git is not installed', async () => {
  const { run } = workplace({ 'a.mof': OLD });
  const outcome = await run(['breaking', 'a.mof', '--against', 'git:HEAD'], {
    env: { PATH: '/nonexistent' },
  });
  expect(outcome).toEqual({
    exitCode: 3,
    stdout: '',
    stderr: 'mofgen: --against git:… needs git, which is not installed or not in PATH\n',
  });
});
