/**
 * What a run of the built command line loads: a check of a faultless text loads two files and no parser of options. Built by
 * `npm test` beforehand (scripts/setup.mjs).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runParsed } from '../../src/cli/command-line.js';
import { type Io } from '../../src/cli/io.js';
import { run } from '../../src/cli/main.js';
import { PAGES } from '../../src/diagnostics/explain/index.js';

/** A limit with room for new rules; a much larger size means that code for faulty texts is loaded too early. */
const MAX_BYTES = 205_000;

const cli = resolve('dist/cli.cjs');
const folder = mkdtempSync(join(tmpdir(), 'mofgen-start-up-'));
/** Loaded before the command line; writes the names of the files that were loaded. */
let reporter = '';

/** A text with a fault. */
const FAULT = join(folder, 'fault.mof');

beforeAll(() => {
  writeFileSync(FAULT, PAGES.MOF1103.wrong);
  reporter = join(folder, 'reporter.cjs');
  writeFileSync(
    reporter,
    `process.on('exit', () => {
       const loaded = Object.keys(require.cache).filter((each) => each !== __filename);
       require('node:fs').writeFileSync(__dirname + '/loaded.json', JSON.stringify(loaded));
     });`,
  );
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** The files that a run loads. */
function loadedBy(args: readonly string[], status = 0): string[] {
  const result = spawnSync(process.execPath, ['--require', reporter, cli, ...args], {
    encoding: 'utf8',
  });
  expect(result.status, result.stderr).toBe(status);
  return JSON.parse(readFileSync(join(folder, 'loaded.json'), 'utf8')) as string[];
}

const namesOf = (paths: readonly string[]) => paths.map((path) => basename(path));

const FOR_CHECKS = ['cli.cjs', 'mofgen.cjs', 'check.cjs'];

test.each(['calibration', 'card-reader', 'door-light', 'odd-corners', 'sensor-log', 'smart-fan'])(
  'a check of the sample %s loads what checks need, and not much',
  (name) => {
    const loaded = loadedBy(['check', `samples/${name}/${name}.mof`]);
    expect(namesOf(loaded)).toEqual(FOR_CHECKS);
    const bytes = loaded.reduce((sum, path) => sum + statSync(path).size, 0);
    expect(bytes).toBeLessThan(MAX_BYTES);
  },
);

test('a text with more than the samples have, without a fault, loads what is sometimes used', () => {
  const mof = join(folder, 'pump.mof');
  writeFileSync(
    mof,
    `#define PUMP "Pump"
[WMI, Dynamic, Provider("WmiProv"), guid("{3f2b6c1e-91d4-4f0a-8a57-2f1d60c7a9b4}"), Description(PUMP)]
class Pump
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, Description("Turns")] uint32 Speed;
  [WmiDataId(2), read, write] uint32 Wanted = 3;
  [WmiMethodId(1), Implemented] void Stop([in] boolean now, [out] uint32 lastSpeed);
};
`,
  );
  const loaded = namesOf(loadedBy(['check', mof]));
  expect(loaded).toEqual(expect.arrayContaining([...FOR_CHECKS, 'sometimes-used.cjs']));
  expect(loaded).not.toContain('seldom-used.cjs');
});

test('a text with a fault loads what only faults need', () => {
  const loaded = namesOf(loadedBy(['check', FAULT], 1));
  expect(loaded).toEqual(expect.arrayContaining([...FOR_CHECKS, 'seldom-used.cjs']));
});

test.each(['ts', 'kmdf'])('generating %s loads nothing that only faults need', (target) => {
  const mof = 'samples/smart-fan/smart-fan.mof';
  const loaded = namesOf(loadedBy([mof, '-t', target, '-o', join(folder, target)]));
  expect(loaded).toContain('check.cjs');
  expect(loaded).not.toContain('seldom-used.cjs');
});

test('--version loads what every run needs, and no parser', () => {
  expect(namesOf(loadedBy(['--version']))).toEqual(['cli.cjs', 'mofgen.cjs']);
});

test('--help loads the parser, and nothing that reads a MOF file', () => {
  expect(namesOf(loadedBy(['--help']))).toEqual(['cli.cjs', 'mofgen.cjs', 'command-line.cjs']);
});

test('options are parsed by what is loaded for them', () => {
  const loaded = loadedBy(['check', 'samples/smart-fan/smart-fan.mof', '--quiet']);
  const large = loaded.filter((path) => statSync(path).size > 4096);
  expect(namesOf(large).sort()).toEqual(['check.cjs', 'command-line.cjs', 'mofgen.cjs']);
  // The others: the executable, and the search for a configuration.
  expect(loaded.length).toBeLessThanOrEqual(7);
});

test('a run with no configuration loads nothing that reads one', () => {
  const loaded = namesOf(loadedBy(['samples/smart-fan/smart-fan.mof', '--list-outputs']));
  expect(loaded.filter((name) => /^(?:configured-jobs|watch-command)/.test(name))).toEqual([]);
});

describe('what needs no parser gives what the parser gives', () => {
  async function outcomeOf(runs: typeof run, argv: readonly string[]) {
    let stdout = '';
    let stderr = '';
    const io: Io = {
      stdoutBytes: () => undefined,
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      readStdin: () => Promise.resolve(new TextEncoder().encode('class A { uint32 x; };')),
      cwd: resolve('samples'),
      env: {},
      stderrIsTerminal: false,
    };
    const exitCode = await runs(argv, io).catch((error: unknown) => String(error));
    return { exitCode, stdout, stderr };
  }

  test.each([
    ['--version'],
    ['-v'],
    ['check', 'smart-fan/smart-fan.mof'],
    ['check', 'smart-fan/smart-fan.mof', 'card-reader/card-reader.mof'],
    ['check', 'smart-fan/*.mof'],
    ['check', '-'],
    ['check', FAULT],
    ['check', 'missing.mof'],
    ['check', 'check', 'help', 'version'],
  ])('%s %s %s %s', async (...argv) => {
    const args = argv.filter((each) => each !== undefined);
    expect(await outcomeOf(run, args)).toEqual(await outcomeOf(runParsed, args));
  });
});
