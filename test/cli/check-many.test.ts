/**
 * `mofgen --check` over 500 MOF files that have not changed: one process, no formatter, and each MOF read once. How long it takes:
 * bench/check.bench.ts. Built by `npm test` beforehand (scripts/setup.mjs).
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { smallMof } from './command-line.js';

const COUNT = 500;
const cli = resolve('dist/cli.cjs');
let folder = '';

/** Writes what a run loads, reads and starts; a child process or a thread is noted before it begins. */
const WATCH = `const fs = require('node:fs');
const seen = { loaded: [], read: [], started: [] };
const note = (object, name, list) => {
  const original = object[name];
  object[name] = function (...args) {
    list.push(typeof args[0] === 'string' ? args[0] : name);
    return Reflect.apply(original, this, args);
  };
};
note(fs, 'readFileSync', seen.read);
const { ChildProcess } = require('node:child_process');
note(ChildProcess.prototype, 'spawn', seen.started);
const binding = process.binding('spawn_sync');
note(binding, 'spawn', seen.started);
const threads = require('node:worker_threads');
const { Worker } = threads;
threads.Worker = class extends Worker {
  constructor(...args) {
    seen.started.push('Worker');
    super(...args);
  }
};
process.on('exit', () => {
  const write = fs.writeFileSync;
  seen.loaded = Object.keys(require.cache);
  write(process.env.SEEN, JSON.stringify(seen));
});
`;

interface Seen {
  readonly loaded: readonly string[];
  readonly read: readonly string[];
  readonly started: readonly string[];
}

/** What a program does in the folder. */
function seenIn(args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--no-deprecation', '--require', './watch.cjs', ...args],
    { cwd: folder, env: { ...process.env, SEEN: join(folder, 'seen.json') }, encoding: 'utf8' },
  );
  const seen = JSON.parse(readFileSync(join(folder, 'seen.json'), 'utf8')) as Seen;
  return { exitCode: status, stdout, stderr, seen };
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mofgen-many-'));
  mkdirSync(join(folder, 'mof'));
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('node_modules/prettier'), join(folder, 'node_modules/prettier'));
  for (let index = 0; index < COUNT; index++) {
    writeFileSync(join(folder, 'mof', `fan-${index}.mof`), smallMof(`Fan${index}`));
  }
  writeFileSync(join(folder, 'watch.cjs'), WATCH);
  writeFileSync(join(folder, 'mofgen.config.json'), '{ "inputs": ["mof/*.mof"] }');
  expect(spawnSync(process.execPath, [cli, '-q'], { cwd: folder }).status).toBe(0);
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the check starts nothing, loads no formatter and reads each MOF once', () => {
  const { seen, ...outcome } = seenIn([cli, '--check', '-q']);
  expect(outcome).toEqual({ exitCode: 0, stdout: '', stderr: '' });
  expect(seen.started).toEqual([]);
  expect(seen.loaded.filter((path) => /prettier/.test(path))).toEqual([]);
  expect(seen.loaded).toContain(cli);
  const mofs = seen.read.filter((path) => path.endsWith('.mof'));
  expect(mofs).toHaveLength(COUNT);
  const outputs = seen.read.filter((path) => /\.(?:ts|sums)$/.test(path));
  expect(outputs).toHaveLength(new Set(outputs).size);
  // The generated file and the skeleton of each; a record is read only where something differs or is gone.
  expect(outputs.filter((path) => path.endsWith('.ts'))).toHaveLength(2 * COUNT);
});

test('a file that all inputs share is read once', () => {
  const args = [cli, '--no-config', 'mof/fan-1?.mof', '-t', 'kmdf', '-o', 'c', '-q'];
  expect(seenIn(args).exitCode).toBe(0);
  const { seen, exitCode } = seenIn([...args, '--check']);
  expect(exitCode).toBe(0);
  const core = seen.read.filter((path) => /[\\/]c[\\/]mofgen_wmi/.test(path));
  expect(core.length).toBeGreaterThan(1);
  expect(core).toHaveLength(new Set(core).size);
});

test.each([
  ['a process', `require('node:child_process').spawn(process.execPath, ['-e', '0'])`],
  [
    'a process that is waited for',
    `require('node:child_process').spawnSync(process.execPath, ['-e', '0'])`,
  ],
  ['a thread', `new (require('node:worker_threads').Worker)('0', { eval: true })`],
])('the test would see %s', (_what, code) => {
  writeFileSync(join(folder, 'starts.cjs'), code);
  expect(seenIn(['./starts.cjs']).seen.started).not.toEqual([]);
});

test('the test would see a formatter', () => {
  const args = [cli, '--no-config', 'mof/fan-1.mof', '--check', '-q', '--format'];
  const { seen, exitCode } = seenIn(args);
  expect(exitCode).toBe(0);
  expect(seen.loaded.some((path) => /prettier/.test(path))).toBe(true);
}, 120_000);
