/**
 * Writing that is interrupted or refused, with real processes and a real file system: kills, several processes at once, a full disk, a
 * limit of the size of files, folders and files that may not be written. Either the old or the new file is complete; a file that
 * cannot be written is exit code 3; the next run leaves no temporaries.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, onTestFinished, test } from 'vitest';
import { perRun } from '../effort.js';
import { smallMof } from './command-line.js';

// Built by `npm test` beforehand (scripts/setup.mjs).
const dist = resolve('dist');
const isRoot = process.getuid?.() === 0;

const items = (count: number) =>
  Array.from({ length: count }, (_, at) => `[WmiDataId(${at + 3})] uint32 Item${at};`).join('\n');
const OLD = smallMof('Old');
const FRESH = smallMof('Fresh', items(5));
const BIG = smallMof('Big', items(200));

/** A folder that every user may enter, with a copy of the command line. */
class Place {
  readonly folder = mkdtempSync(join(tmpdir(), 'mofgen-writes-'));
  readonly cli = join(this.folder, 'cli.cjs');

  constructor() {
    onTestFinished(() => {
      rmSync(this.folder, { recursive: true, force: true });
    });
    chmodSync(this.folder, 0o755);
    cpSync(join(dist, 'cli.cjs'), this.cli);
    cpSync(join(dist, 'cli'), join(this.folder, 'cli'), { recursive: true });
    this.mof(OLD);
  }

  mof(text: string): void {
    writeFileSync(join(this.folder, 'a.mof'), text);
  }

  run(args: readonly string[], before: readonly string[] = []) {
    const [command = '', ...all] = [...before, process.execPath, this.cli, ...args];
    const { status, signal, stderr } = spawnSync(command, all, {
      cwd: this.folder,
      encoding: 'utf8',
    });
    return { exitCode: status ?? signal, stderr };
  }

  start(args: readonly string[]) {
    return spawn(process.execPath, [this.cli, ...args], { cwd: this.folder, stdio: 'ignore' });
  }

  /** The texts of the files in a folder, by name, those of the record as well. */
  texts(name = 'gen'): Record<string, string> {
    const folder = join(this.folder, name);
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    const paths = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    return Object.fromEntries(
      paths.sort().map((path) => [path.slice(folder.length + 1), readFileSync(path, 'utf8')]),
    );
  }

  /** The outputs of a run on a text in an empty folder. */
  made(text: string, args: readonly string[], name: string): Record<string, string> {
    this.mof(text);
    expect(this.run([...args, '-o', name]).exitCode).toBe(0);
    return this.texts(name);
  }
}

/** The user's files keep their first text, because runs do not replace them. */
const withoutYours = (texts: Readonly<Record<string, string>>) =>
  Object.entries(texts).filter(([name]) => !name.includes('provider'));

/** The runs that are killed. */
const KILLS = perRun({ thorough: 200, quick: 12 });

test(`${KILLS} runs that are killed at any moment leave the old file or the new one, whole`, async () => {
  const place = new Place();
  const args = ['a.mof', '-t', 'header,ts', '-q'];
  const [old, fresh] = [place.made(OLD, args, 'old'), place.made(FRESH, args, 'fresh')];
  const started = Date.now();
  expect(place.run(args).exitCode).toBe(0);
  const usual = Date.now() - started;
  let killed = 0;
  for (let round = 0; round < KILLS; round++) {
    place.mof(round % 2 === 0 ? OLD : FRESH);
    const child = place.start(args);
    const end = new Promise((done) => {
      child.on('close', (_code, signal) => {
        done(signal);
      });
    });
    await sleep(usual * (0.1 + Math.random()));
    child.kill('SIGKILL');
    if ((await end) === 'SIGKILL') killed++;
    for (const [name, text] of Object.entries(place.texts())) {
      // A record may name the hashes of both.
      if (name.startsWith('.mofgen') || name.endsWith('.tmp')) continue;
      expect([old[name], fresh[name]]).toContain(text);
    }
  }
  // Some end before they are killed.
  expect(killed).toBeGreaterThan(KILLS / 4);
  place.mof(FRESH);
  expect(place.run(args).exitCode).toBe(0);
  expect(withoutYours(place.texts())).toEqual(withoutYours(fresh));
  expect(place.run([...args, '--check']).exitCode).toBe(0);
}, 600_000);

test('eight processes at once into one folder all end well, and leave what one leaves', async () => {
  const place = new Place();
  const args = ['a.mof', '-t', 'kmdf', '-q'];
  const want = place.made(FRESH, args, 'want');
  for (const isEmpty of [true, false]) {
    rmSync(join(place.folder, 'gen'), { recursive: true, force: true });
    if (!isEmpty) place.made(OLD, args, 'gen');
    place.mof(FRESH);
    const ends = Array.from({ length: 8 }, () => {
      const child = place.start(args);
      return new Promise((done) => child.on('close', done));
    });
    expect(await Promise.all(ends)).toEqual(Array.from({ length: 8 }, () => 0));
    const isMofgens = ([name]: [string, string]) => name !== 'a_wmi_impl.c';
    expect(Object.entries(place.texts()).filter(isMofgens)).toEqual(
      Object.entries(want).filter(isMofgens),
    );
  }
});

describe('a full disk', () => {
  const KIB = 1024;
  const PAGE = 4 * KIB;
  const STEP = perRun({ thorough: 8, quick: 24 }) * PAGE;
  const args = ['a.mof', '-t', 'header,ts'];

  /** Mounts a disk of that size at gen/; false where that is not allowed. */
  const mount = (place: Place, bytes: number, more = '') => {
    const gen = join(place.folder, 'gen');
    const options = ['-t', 'tmpfs', '-o', `size=${bytes}${more}`, 'tmpfs', gen];
    return spawnSync('mount', options).status === 0;
  };
  const unmount = (place: Place) => spawnSync('umount', ['-l', join(place.folder, 'gen')]);

  const canMount = isRoot && spawnSync('unshare', ['-m', 'true']).status === 0;
  if (!canMount) console.log('a full disk: not tested, because only root can mount a small one');

  test.skipIf(!canMount)('of any size: all files are new, or all are old, with exit code 3', () => {
    const place = new Place();
    const old = place.made(OLD, args, 'old');
    const big = place.made(BIG, args, 'big');
    const size = (texts: Readonly<Record<string, string>>) =>
      Object.values(texts).reduce((sum, text) => sum + Math.ceil(text.length / PAGE) * PAGE, 0);
    const ends = new Set<unknown>();
    mkdirSync(join(place.folder, 'gen'));
    for (let bytes = size(old) + PAGE; bytes < size(old) + 2 * size(big); bytes += STEP) {
      expect(mount(place, bytes)).toBe(true);
      try {
        expect(place.made(OLD, args, 'gen')).toEqual(old);
        place.mof(BIG);
        const { exitCode, stderr } = place.run(args);
        ends.add(exitCode);
        if (exitCode === 0) {
          expect(withoutYours(place.texts())).toEqual(withoutYours(big));
          continue;
        }
        expect(stderr).toMatch(/^mofgen: cannot write 'gen\/.*': no space left on the device$/m);
        expect(exitCode).toBe(3);
        expect(place.texts()).toEqual(old);
        // With room, the next run writes.
        expect(mount(place, 64 * bytes, ',remount')).toBe(true);
        expect(place.run(args).exitCode).toBe(0);
        expect(withoutYours(place.texts())).toEqual(withoutYours(big));
      } finally {
        unmount(place);
      }
    }
    expect([...ends].sort()).toEqual([0, 3]);
  });

  test('a limit of the size of files: the old files stay, with exit code 3', () => {
    const place = new Place();
    const old = place.made(OLD, args, 'gen');
    const big = place.made(BIG, args, 'big');
    // In blocks of 1024 bytes. Without the trap the system may end the process.
    const script = `trap '' XFSZ; ulimit -f 12; exec "$0" "$@"`;
    const { exitCode, stderr } = place.run(args, ['bash', '-c', script]);
    expect(stderr).toMatch(/cannot write 'gen\/.*': the file is too large$/m);
    expect(exitCode).toBe(3);
    expect(place.texts()).toEqual(old);
    expect(place.run(args).exitCode).toBe(0);
    expect(withoutYours(place.texts())).toEqual(withoutYours(big));
  });
});

describe('what may not be written', () => {
  // Root may write everything, so another user runs it.
  const OTHER_USER = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  const before = isRoot ? OTHER_USER : [];
  const canChange =
    !isRoot || spawnSync(OTHER_USER[0] ?? '', [...OTHER_USER.slice(1), 'true']).status === 0;
  if (!canChange) console.log('read-only folders: not tested, because there is no setpriv');

  test.skipIf(!canChange).each([
    ['the output folder', 'gen', 0o555, "cannot write 'gen/a_wmi.h': permission denied"],
    ['the folder of the record', 'gen/.mofgen/header', 0o555, 'permission denied'],
    ['a file', 'gen/a_wmi.h', 0o444, "cannot write 'gen/a_wmi.h': permission denied"],
  ])('%s: exit code 3, and the old files stay', (_what, name, mode, message) => {
    const place = new Place();
    const args = ['a.mof', '-t', 'header', '-q'];
    const old = place.made(OLD, args, 'gen');
    const gen = join(place.folder, 'gen');
    const all = readdirSync(gen, { recursive: true, encoding: 'utf8' });
    for (const path of [gen, ...all.map((each) => join(gen, each))]) chmodSync(path, 0o777);
    chmodSync(join(place.folder, name), mode);
    place.mof(FRESH);
    const { exitCode, stderr } = place.run(args, before);
    expect(stderr).toContain(message);
    expect(exitCode).toBe(3);
    expect(place.texts()).toEqual(old);
    chmodSync(join(place.folder, name), 0o777);
    expect(place.run(args, before).exitCode).toBe(0);
    expect(place.texts()).toEqual(place.made(FRESH, args, 'want'));
  });
});
