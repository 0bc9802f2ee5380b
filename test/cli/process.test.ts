/** The built command line as a process: exit codes, pipes, several runs at once, what is read. */
import { execFile, spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { expect, onTestFinished, test } from 'vitest';
import { oneIn, perRun } from '../effort.js';
import { outputsIn, smallMof } from './command-line.js';

// Built by `npm test` beforehand (scripts/setup.mjs).
const dist = resolve('dist');
const cli = join(dist, 'cli.cjs');
const execute = promisify(execFile);

function scratch(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-process-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

function mofgen(cwd: string, args: readonly string[], input = '', script = cli) {
  const result = spawnSync(process.execPath, [script, ...args], { cwd, input, encoding: 'utf8' });
  return { exitCode: result.status, stdout: result.stdout, stderr: result.stderr };
}

test.each([
  [0, ['a.mof']],
  [0, ['--version']],
  [0, ['check', '-']],
  [1, ['check', 'broken.mof']],
  [1, ['a.mof', '--check']],
  [2, ['a.mof', '--no-format']],
  [2, []],
  [3, ['missing.mof']],
])('a process ends with exit code %i: %j', (exitCode, args) => {
  const folder = scratch({ 'a.mof': smallMof(), 'broken.mof': 'class' });
  const result = mofgen(folder, args);
  expect(result.exitCode).toBe(exitCode);
  expect(result.stderr).not.toMatch(/^ {4}at /m);
});

test.each(['process.exit(0)', 'await new Promise(() => {})'])(
  'a configuration that ends the process is no success: %s',
  (text) => {
    const folder = scratch({ 'a.mof': smallMof(), 'mofgen.config.mjs': text });
    expect(mofgen(folder, ['a.mof'])).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'mofgen: mofgen.config.mjs: the module ended the process before it was loaded\n',
    });
    expect(readdirSync(folder).toSorted()).toEqual(['a.mof', 'mofgen.config.mjs']);
  },
);

test('the bundle emits what the sources emit, formatted and not', async () => {
  // The bundle finds the project's prettier, like the sources.
  const folder = scratch({ 'a.mof': smallMof(), '.prettierrc': '{"semi":false}' });
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(resolve('node_modules/prettier'), join(folder, 'node_modules/prettier'));
  const { run } = await import('../../src/cli/main.js');
  for (const [index, args] of [['-q'], ['-q', '--format']].entries()) {
    mofgen(folder, ['a.mof', '-o', `bundle${index}`, ...args]);
    const io = {
      stdout: () => undefined,
      stdoutBytes: () => undefined,
      stderr: () => undefined,
      readStdin: () => Promise.resolve(new Uint8Array()),
      cwd: folder,
      env: {},
      stderrIsTerminal: false,
    };
    await run(['a.mof', '-o', `source${index}`, ...args], io);
    for (const name of ['a.g.ts', 'a.provider.ts']) {
      const [built, source] = ['bundle', 'source'].map((from) =>
        readFileSync(join(folder, `${from}${index}`, name), 'utf8'),
      );
      expect(built).toBe(source);
    }
  }
});

test('standard input that is a folder is a failure to read, not a bug', () => {
  const folder = scratch();
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" check - < .`, process.execPath, cli],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  expect(stderr).toContain(`cannot read '<stdin>'`);
  expect(status).toBe(3);
});

test('a reader that stops early is no failure', async () => {
  const many = Array.from({ length: 3000 }, (_, index) => `class C${index} { uint32 x; };`).join(
    '\n',
  );
  const wmi = smallMof(
    'Fan',
    Array.from({ length: 3000 }, (_, i) => `[WmiDataId(${i + 3})] uint32 I${i};`).join('\n'),
  );
  const folder = scratch({ 'a.mof': many + wmi });
  const child = spawn(process.execPath, [cli, 'show', 'a.mof'], { cwd: folder });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdout.once('data', () => child.stdout.destroy());
  const exitCode = await new Promise((done) => child.on('close', done));
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
});

test.each([
  ['errors are still errors', 'broken.mof', 'check', 1],
  ['files are still written', 'warned.mof', 'generate', 0],
])('when stderr is closed, %s', async (_what, file, command, exitCode) => {
  const folder = scratch({
    'broken.mof': 'class',
    'warned.mof': smallMof('Fan', '[WmiDataId(4), read] uint8 Late;'),
  });
  const child = spawn(process.execPath, [cli, command, file], { cwd: folder });
  child.stderr.destroy();
  child.stdout.destroy();
  expect(await new Promise((done) => child.on('close', done))).toBe(exitCode);
  expect(readdirSync(folder).includes('gen')).toBe(command === 'generate');
});

test.each([
  { args: ['--help'] },
  { args: ['--version'] },
  { args: ['help', 'check'] },
  { args: ['check', 'a.mof'] },
  { args: ['show', 'a.mof'] },
])('no stream of Node is set up for a pipe: $args', ({ args }) => {
  const trap = `for (const name of ['stdout', 'stderr'])
      Object.defineProperty(process, name, { get() { throw new Error('a stream is set up'); } });`;
  const folder = scratch({ 'a.mof': smallMof(), 'trap.cjs': trap });
  const { status, stderr } = spawnSync(process.execPath, ['-r', './trap.cjs', cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr: args[0] === 'check' ? 'a.mof: ok, 1 WMI class\n' : '',
  });
});

test('two processes writing one folder at the same time never leave a broken file', async () => {
  const folder = scratch({ 'a.mof': smallMof() });
  await execute(process.execPath, [cli, 'a.mof', '-o', 'want'], { cwd: folder });
  const names = ['a.g.ts', 'a.provider.ts'];
  const want = names.map((name) => readFileSync(join(folder, 'want', name), 'utf8'));
  const rounds = perRun({ thorough: 20, quick: 2 });
  for (let round = 0; round < rounds; round++) {
    const output = `gen${round}`;
    if (round % 2 === 1) {
      mkdirSync(join(folder, output));
      writeFileSync(join(folder, output, 'a.g.ts'), 'old');
    }
    const runs = await Promise.all(
      [1, 2].map(() => {
        const args = [cli, 'a.mof', '-o', output, '--depfile', `${output}/a.d`];
        return execute(process.execPath, args, { cwd: folder });
      }),
    );
    expect(outputsIn(join(folder, output))).toEqual(['a.d', ...names]);
    const rule = readFileSync(join(folder, output, 'a.d'), 'utf8');
    expect(rule).toBe(`${output}/a.g.ts: \\\n  a.mof\na.mof:\n`);
    expect(names.map((name) => readFileSync(join(folder, output, name), 'utf8'))).toEqual(want);
    // At most one of them creates the user's file.
    const skeletons = runs.filter(({ stderr }) => !stderr.includes('kept (yours)'));
    expect(skeletons.length).toBeLessThanOrEqual(1);
  }
});

test('processes that write the outputs of several inputs into one folder leave a whole record of each', async () => {
  const bases = ['a', 'b', 'c', 'd'];
  const mofs = Object.fromEntries(bases.map((base) => [`${base}.mof`, smallMof()]));
  const folder = scratch(mofs);
  const generate = (output: string, ...args: string[]) =>
    execute(process.execPath, [cli, '-o', output, ...args], { cwd: folder });
  for (const base of bases) await generate('want', `${base}.mof`, '-t', 'ts,header');
  const records = (output: string) =>
    ['ts', 'header'].flatMap((target) =>
      bases.map((base) => {
        return readFileSync(join(folder, output, '.mofgen', target, `${base}.sums`), 'utf8');
      }),
    );
  for (const output of oneIn(2, ['one', 'two'])) {
    const commands = bases.flatMap((base) => [
      [`${base}.mof`, '-t', 'ts'],
      [`${base}.mof`, '-t', 'header'],
    ]);
    await Promise.all(commands.map((args) => generate(output, ...args)));
    expect(records(output)).toEqual(records('want'));
    const names = readdirSync(join(folder, output), { recursive: true }).map(String);
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(mofgen(folder, ['*.mof', '-t', 'ts,header', '-o', output, '--check', '-q'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: '',
    });
  }
}, 120_000);

/** Kills the process at its nth rename of a file. */
const KILLER = `const fs = require('node:fs');
const rename = fs.renameSync;
let left = Number(process.env.RENAMES);
fs.renameSync = (from, to) => {
  if (--left === 0) process.kill(process.pid, 'SIGKILL');
  return rename(from, to);
};`;

test('whenever a run is killed, none of its files is reported as edited, and the next run repairs all', () => {
  const more = (count: number) =>
    smallMof(
      'Fan',
      Array.from({ length: count }, (_, at) => `[WmiDataId(${at + 3})] uint32 I${at};`).join('\n'),
    );
  const args = ['a.mof', '-t', 'header,ts', '-q'];
  let deaths = 0;
  // Two records and two outputs, and the records again.
  const moments = oneIn(3, [1, 2, 3, 4, 5, 6]);
  for (const renames of moments) {
    const folder = scratch({ 'a.mof': more(0), 'kill.cjs': KILLER });
    expect(mofgen(folder, args).exitCode).toBe(0);
    writeFileSync(join(folder, 'a.mof'), more(1));
    const { signal } = spawnSync(process.execPath, ['-r', './kill.cjs', cli, ...args], {
      cwd: folder,
      env: { ...process.env, RENAMES: String(renames) },
    });
    if (signal === 'SIGKILL') deaths++;
    writeFileSync(join(folder, 'a.mof'), more(2));
    const { exitCode, stderr } = mofgen(folder, [...args, '--check']);
    expect(exitCode).toBe(1);
    expect(stderr.match(/error MOF4\d+: .*?:/g)).toEqual([
      'error MOF4003: the generated file is out of date:',
      'error MOF4003: the generated file is out of date:',
    ]);
    expect(mofgen(folder, args).exitCode).toBe(0);
    const names = readdirSync(join(folder, 'gen'), { recursive: true }).map(String);
    expect(names.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    const record = readFileSync(join(folder, 'gen/.mofgen/header/a.sums'), 'utf8');
    expect(record.match(/a_wmi\.h$/gm)).toHaveLength(1);
  }
  expect(deaths).toBe(moments.length);
}, 120_000);

test('a reader that is slow gets everything', async () => {
  const items = Array.from({ length: 3000 }, (_, i) => `[WmiDataId(${i + 3})] uint32 I${i};`);
  const folder = scratch({ 'a.mof': smallMof('Fan', items.join('\n')) });
  const child = spawn(process.execPath, [cli, 'show', 'a.mof'], { cwd: folder });
  const chunks: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk);
    child.stdout.pause();
    setTimeout(() => child.stdout.resume(), 20);
  });
  const exitCode = await new Promise((done) => child.on('close', done));
  expect(exitCode).toBe(0);
  const text = Buffer.concat(chunks).toString();
  expect(text.length).toBeGreaterThan(100_000);
  expect(text).toContain('I2999');
});

test('output that cannot be written is a failure with its reason', () => {
  const folder = scratch({ 'a.mof': smallMof() });
  // A descriptor that is open for reading only.
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" show a.mof 1< a.mof`, process.execPath, cli],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  expect(stderr).toMatch(/^mofgen: cannot write standard output: /);
  expect(status).toBe(3);
});

test('a process whose output is closed ends as usual', () => {
  const folder = scratch({ 'a.mof': smallMof() });
  const { status, stderr } = spawnSync(
    'sh',
    ['-c', `"$0" "$1" check a.mof 1>&- 2>&-`, process.execPath, cli],
    {
      cwd: folder,
      encoding: 'utf8',
    },
  );
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

test('a run writes nothing into the folder of the bundle', () => {
  const folder = scratch({ 'a.mof': smallMof() });
  cpSync(join(dist, 'cli.cjs'), join(folder, 'cli.cjs'));
  cpSync(join(dist, 'cli'), join(folder, 'cli'), { recursive: true });
  const before = readdirSync(folder, { recursive: true });
  const want = mofgen(folder, ['check', 'a.mof']);
  expect(mofgen(folder, ['check', 'a.mof'], '', join(folder, 'cli.cjs'))).toEqual(want);
  expect(readdirSync(folder, { recursive: true })).toEqual(before);
});

/** Appends the path of every file that Node reads to a list. */
const TRACE = `const fs = require('node:fs');
const read = fs.readFileSync;
fs.readFileSync = (path, ...rest) => {
  fs.appendFileSync('read.txt', String(path) + '\\n');
  return read(path, ...rest);
};`;

test.each([
  [['--help'], [false, false, false]],
  [
    ['check', 'a.mof'],
    [true, false, false],
  ],
  [
    ['check', 'a.mof', '-t', 'kmdf'],
    [true, true, false],
  ],
  [
    ['explain', 'MOF2202'],
    [false, false, true],
  ],
])('%j reads the parser, the templates, the pages about codes: %j', (args, want) => {
  const folder = scratch({ 'a.mof': smallMof(), 'trace.cjs': TRACE });
  const traced = ['--require', './trace.cjs', cli, ...args];
  expect(spawnSync(process.execPath, traced, { cwd: folder }).status).toBe(0);
  const code = readFileSync(join(folder, 'read.txt'), 'utf8')
    .split('\n')
    .filter((path) => path.startsWith(join(dist, 'cli')))
    .map((path) => readFileSync(path, 'latin1'))
    .join('');
  expect(code).not.toBe('');
  const marks = ['performSelfAnalysis', 'WdfWmiInstanceCreate', 'so their order is undefined'];
  expect(marks.map((mark) => code.includes(mark))).toEqual(want);
});

test('a file that is included several times is read once', () => {
  const folder = scratch({
    'a.mof': `#include "b.h"\n#include "B/../b.h"\n#pragma include("c.mof")\n#pragma include("c.mof")\n${smallMof()}`,
    'b.h': '#define NOTHING 1\n',
    'c.mof': '#include "b.h"\nclass C {};',
    'trace.cjs': TRACE,
  });
  mkdirSync(join(folder, 'B'));
  const traced = ['--require', './trace.cjs', cli, 'check', 'a.mof'];
  expect(spawnSync(process.execPath, traced, { cwd: folder }).status).toBe(0);
  const read = readFileSync(join(folder, 'read.txt'), 'utf8').split('\n');
  for (const name of ['a.mof', 'b.h', 'c.mof']) {
    expect(read.filter((path) => path.endsWith(`/${name}`))).toHaveLength(1);
  }
});

test('npm start takes paths relative to the current folder, and returns the exit code', () => {
  const folder = scratch({ 'a.mof': smallMof(), 'broken.mof': 'class' });
  const start = (...args: string[]) =>
    spawnSync(process.execPath, ['scripts/start.mjs', ...args], {
      env: { ...process.env, INIT_CWD: folder },
      encoding: 'utf8',
    });
  expect(start('a.mof', '-o', 'out').status).toBe(0);
  expect(outputsIn(join(folder, 'out'))).toEqual(['a.g.ts', 'a.provider.ts']);
  expect(start('broken.mof').status).toBe(1);
});
