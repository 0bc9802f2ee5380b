/**
 * How long `mofgen --check` takes over 500 unchanged MOF files, compared with a Node that only reads all files which the check
 * compares, and with one that does nothing.
 *
 * Whole processes in turn, so that other load of the machine affects all alike.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printRows, showAim, showSpread, spread } from './measure.js';

const COUNT = 500;
const ROUNDS = 7;

/** The most that a check may take, as a multiple of reading the files. */
const AIMS = { ts: 35, kmdf: 50 };

const READER = `const fs = require('node:fs');
for (const folder of ['mof', process.argv[1]])
  for (const entry of fs.readdirSync(folder, { withFileTypes: true }))
    if (entry.isFile()) fs.readFileSync(folder + '/' + entry.name, 'utf8');`;

const cli = resolve('dist/cli.cjs');
const folder = mkdtempSync(join(tmpdir(), 'mofgen-bench-check-'));

function mofOf(index: number): string {
  return `[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-${String(index).padStart(12, '0')}}"),
 Description("The fan of a small machine")]
class SmallFan${index}
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, Description("Turns in a minute")] uint32 Speed;
  [WmiDataId(2), read, write, Description("The wanted speed")] uint32 Wanted;
  [WmiMethodId(1), Implemented] void Stop([in] boolean now, [out] uint32 lastSpeed);
};
`;
}

/** Milliseconds of one Node process. Throws when it fails: a failing run would look fast. */
function time(...args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  const elapsed = performance.now() - started;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return elapsed;
}

function row(target: keyof typeof AIMS): readonly string[] {
  const run = [cli, 'mof/*.mof', '-t', target, '-o', target, '-q'];
  time(...run);
  const rounds = Array.from({ length: ROUNDS }, () => ({
    nothing: time('-e', '0'),
    reading: time('-e', READER, target),
    checking: time(...run, '--check'),
  }));
  const toReading = spread(rounds.map(({ checking, reading }) => checking / reading));
  const toNothing = spread(rounds.map(({ checking, nothing }) => checking / nothing));
  const milliseconds = spread(rounds.map(({ checking }) => checking)).median.toFixed(0);
  const aim = showAim(toReading.median, AIMS[target]);
  return [target, milliseconds, showSpread(toReading), showSpread(toNothing), aim];
}

try {
  mkdirSync(join(folder, 'mof'));
  for (let index = 0; index < COUNT; index++) {
    writeFileSync(join(folder, 'mof', `fan-${index}.mof`), mofOf(index));
  }
  const heading = [`--check of ${COUNT} unchanged MOFs`, 'ms', 'to reading', 'to node -e 0', ''];
  printRows(heading, [row('ts'), row('kmdf')]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
