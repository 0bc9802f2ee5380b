/**
 * What is written depends on the inputs and the options alone: the same bytes in every folder, time zone, locale and order. The
 * packed command line on other builds of Node: scripts/node-matrix.mjs. Built by `npm test` beforehand (scripts/setup.mjs).
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
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
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneIn } from '../effort.js';
import { TARGET_NAMES } from '../../src/targets/loading.js';

const cli = resolve('dist/cli.cjs');
const SAMPLES = oneIn(4, ['calibration', 'card-reader', 'door-light', 'sensor-log', 'smart-fan']);
const INPUTS = SAMPLES.map((name) => `mof/${name}/${name}.mof`);

/** Lists folders in another order, like another file system. */
const REVERSED = `const fs = require('node:fs');
const list = fs.readdirSync;
fs.readdirSync = (...args) => list(...args).reverse();`;

/** Prints the environment that a program sees. */
const PROBE = `const [folder, hour] = [process.cwd(), new Date(0).getHours()];
const [isFirst, names] = ['z'.localeCompare('ö') < 0, require('node:fs').readdirSync('mof').join()];
const number = (1234.5).toLocaleString();
console.log(JSON.stringify({ folder, hour, isFirst, number, names }));`;

interface Surroundings {
  /** Below the folder of the test. */
  readonly folder: string;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly isReversed?: boolean;
}

const USUAL: Surroundings = {
  folder: 'usual',
  env: { TZ: 'UTC', LANG: 'en_US.UTF-8', LC_ALL: undefined },
};

let scratch = '';

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), 'mofgen-determinism-'));
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function node({ folder, env = {}, isReversed = false }: Surroundings, args: readonly string[]) {
  const shim = isReversed ? ['--require', join(scratch, folder, 'reversed.cjs')] : [];
  const { status, stdout, stderr } = spawnSync(process.execPath, [...shim, ...args], {
    cwd: join(scratch, folder),
    env: { ...process.env, ...USUAL.env, ...env },
    encoding: 'utf8',
  });
  return { exitCode: status, stdout, stderr };
}

/** Fills a folder with the samples and a configuration that has an entry for each target. */
function fill({ folder }: Surroundings, isBackward = false): void {
  const path = join(scratch, folder);
  mkdirSync(path, { recursive: true });
  for (const name of SAMPLES) {
    cpSync(resolve('samples', name), join(path, 'mof', name), {
      recursive: true,
      filter: (from) => !from.endsWith('expected'),
    });
  }
  const targets = isBackward ? TARGET_NAMES.toReversed() : TARGET_NAMES;
  const entries = targets.map((target) => ({
    inputs: isBackward ? INPUTS.toReversed() : ['mof/*/*.mof'],
    targets: [target],
    output: `gen/${target}`,
  }));
  writeFileSync(join(path, 'mofgen.config.json'), JSON.stringify({ entries }));
  writeFileSync(join(path, 'reversed.cjs'), REVERSED);
}

/** Every file below `gen`, the records of mofgen included, with a hash of its bytes. */
function hashesIn({ folder }: Surroundings): Record<string, string> {
  const gen = join(scratch, folder, 'gen');
  const files = readdirSync(gen, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  const hashes = files.map((path) => {
    const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
    return [path.slice(gen.length + 1), hash];
  });
  return Object.fromEntries(hashes) as Record<string, string>;
}

/** Generates by the configuration, and runs commands that have no entry in it. */
function generate(surroundings: Surroundings) {
  const run = (...args: string[]) => {
    const outcome = node(surroundings, [cli, ...args]);
    expect(outcome.exitCode, outcome.stderr).toBe(0);
    return outcome;
  };
  const printed = [
    run(),
    run('compile', INPUTS.at(-1) ?? '', '-o', 'gen/smart-fan.bmf'),
    run('split', INPUTS.at(-1) ?? '', '-o', 'gen/split'),
    run(...INPUTS, '--no-config', '-t', 'kmdf', '--list-outputs'),
    run('show', ...INPUTS, '--json'),
    run('--check'),
  ];
  return { printed, hashes: hashesIn(surroundings) };
}

const usual = (() => {
  let made: ReturnType<typeof generate> | undefined;
  return () => {
    if (made === undefined) {
      fill(USUAL);
      made = generate(USUAL);
    }
    return made;
  };
})();

function seenIn(surroundings: Surroundings): Record<string, unknown> {
  return JSON.parse(node(surroundings, ['-e', PROBE]).stdout) as Record<string, unknown>;
}

/** `differ` lists what differs for a program there; the folder differs in all of them. */
const OTHERS: readonly (Surroundings & { readonly differ: readonly string[] })[] = [
  { differ: ['folder'], folder: 'another folder, of a (longer) name/below/it' },
  { differ: ['hour', 'number'], folder: 'away', env: { TZ: 'Pacific/Chatham', LANG: 'de_DE' } },
  { differ: ['isFirst'], folder: 'order', env: { LC_ALL: 'sv_SE.UTF-8' } },
  { differ: ['names'], folder: 'listing', isReversed: true },
];

test.each(oneIn(4, OTHERS))(
  'the same bytes where these differ: $differ',
  ({ differ, ...surroundings }) => {
    const want = usual();
    fill(surroundings);
    const [here, there] = [seenIn(USUAL), seenIn(surroundings)];
    for (const each of differ) expect(there[each]).not.toBe(here[each]);
    expect(generate(surroundings)).toEqual(want);
  },
);

test('each target has a record of each input, and at least a file', () => {
  const names = Object.keys(usual().hashes);
  for (const target of TARGET_NAMES) {
    for (const sample of SAMPLES) {
      expect(names).toContain(`${target}/.mofgen/${target}/${sample}.sums`);
      expect(names.some((name) => name.startsWith(`${target}/${sample}`))).toBe(true);
    }
  }
});

test('inputs, targets and entries in the opposite order give the same bytes', () => {
  const surroundings = { folder: 'backward' };
  fill(surroundings, true);
  expect(generate(surroundings).hashes).toEqual(usual().hashes);
});

test('a second run over the files gives the same bytes', () => {
  const want = usual();
  expect(generate(USUAL).hashes).toEqual(want.hashes);
});

test('processes that share the inputs and targets give the bytes of one', () => {
  const apart = { folder: 'apart' };
  fill(apart);
  for (const target of TARGET_NAMES) {
    const shares = target === 'kmdf' ? INPUTS.map((input) => [input]) : [INPUTS];
    for (const inputs of shares) {
      const args = [cli, '--no-config', ...inputs, '-t', target, '-o', `gen/${target}`, '-q'];
      expect(node(apart, args)).toMatchObject({ exitCode: 0 });
    }
  }
  const ofTargets = Object.entries(usual().hashes).filter(([name]) =>
    TARGET_NAMES.includes(name.split('/')[0] ?? ''),
  );
  expect(hashesIn(apart)).toEqual(Object.fromEntries(ofTargets));
});
