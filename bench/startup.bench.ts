/**
 * How long the built command line takes on a small MOF, as a ratio to a Node that does nothing.
 *
 * Measured in interleaved pairs, so that whatever else the machine does hits both sides alike.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const PAIRS = 41;

const SMALL_MOF = `
[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}"),
 Description("The fan of a small machine")]
class SmallFan
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read, Description("Turns in a minute")] uint32 Speed;
  [WmiDataId(2), read, write, Description("The wanted speed")] uint32 Wanted;
  [WmiMethodId(1), Implemented] void Stop([in] boolean now, [out] uint32 lastSpeed);
};
`;

const cli = resolve('dist/cli.cjs');
const folder = mkdtempSync(join(tmpdir(), 'mofgen-bench-'));
const mof = join(folder, 'small.mof');
writeFileSync(mof, SMALL_MOF);

/** Milliseconds of one Node process. Throws when it fails: a failing run would look fast. */
function time(args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
  });
  const elapsed = performance.now() - started;
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}: ${stderr}`);
  return elapsed;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function ratioToNode(args: () => readonly string[]): string {
  const ratios: number[] = [];
  time(args());
  for (let pair = 0; pair < PAIRS; pair++) {
    const floor = time(['-e', '0']);
    floors.push(floor);
    ratios.push(time(args()) / floor);
  }
  return median(ratios).toFixed(2);
}

const floors: number[] = [];

/** A copy without the compiled code, as another version of Node finds it; below the repository, where prettier is found. */
const plain = resolve('build/bench/plain');
const plainCli = join(plain, 'cli.cjs');
mkdirSync(plain, { recursive: true });
for (const name of ['cli.cjs', 'mofgen.cjs'])
  copyFileSync(resolve('dist', name), join(plain, name));

function measure(title: string, atMost: number, args: () => readonly string[]): void {
  const ratio = ratioToNode(() => [cli, ...args()]);
  const uncompiled = ratioToNode(() => [plainCli, ...args()]);
  const verdict = Number(ratio) <= atMost ? 'ok' : 'TOO SLOW';
  console.log(
    `  ${title.padEnd(34)}${ratio.padStart(6)}  at most ${atMost.toFixed(1)}  ${verdict.padEnd(8)}` +
      `  (on a Node of another version, without the compiled code: ${uncompiled})`,
  );
}

console.log('  times of node -e 0, medians of interleaved pairs');
try {
  let fresh = 0;
  measure('--version', 1.6, () => ['--version']);
  measure('check', 3.0, () => ['check', mof]);
  measure('generate --no-format, new folder', 3.6, () => [
    mof,
    '--no-format',
    '-o',
    join(folder, `gen-${fresh++}`),
  ]);
  measure('generate, nothing changed', 3.6, () => [mof, '-o', join(folder, 'gen')]);
  console.log(`  node -e 0 took ${median(floors).toFixed(1)} ms`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
