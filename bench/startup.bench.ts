/**
 * How long the built command line takes on a small MOF, beside a Node that does nothing, and what it spends the time on.
 *
 * Whole processes, measured in interleaved pairs, so that whatever else the machine does hits both sides alike.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printRows, showAim, showSpread, type Spread, spread } from './measure.js';

const PAIRS = 41;
const PROFILES = 15;
/** Milliseconds that the commands which read nothing may take beyond a Node that does nothing. */
const MOST_MORE = 15;

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
const empty = join(folder, 'empty.mof');
writeFileSync(mof, SMALL_MOF);
writeFileSync(empty, '');

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

interface Pairs {
  readonly times: Spread;
  /** Beyond a Node that does nothing, in milliseconds. */
  readonly more: Spread;
  readonly ratio: Spread;
}

const floors: number[] = [];

function pairs(args: () => readonly string[]): Pairs {
  time(args());
  const rounds = Array.from({ length: PAIRS }, () => {
    const floor = time(['-e', '0']);
    floors.push(floor);
    return { floor, taken: time(args()) };
  });
  return {
    times: spread(rounds.map(({ taken }) => taken)),
    more: spread(rounds.map(({ floor, taken }) => taken - floor)),
    ratio: spread(rounds.map(({ floor, taken }) => taken / floor)),
  };
}

/** A copy without the compiled code, as another version of Node finds it; below the repository. */
const plain = resolve('build/bench/plain');
cpSync(resolve('dist/cli.cjs'), join(plain, 'cli.cjs'));
cpSync(resolve('dist/cli'), join(plain, 'cli'), {
  recursive: true,
  filter: (path) => !path.endsWith('.code'),
});

function row(
  title: string,
  args: () => readonly string[],
  aim: (measured: Pairs) => string,
): readonly string[] {
  const measured = pairs(() => [cli, ...args()]);
  const uncompiled = pairs(() => [join(plain, 'cli.cjs'), ...args()]);
  const { more, ratio } = measured;
  const cells = [more.median.toFixed(1), showSpread(ratio), uncompiled.ratio.median.toFixed(2)];
  return [title, ...cells, aim(measured)];
}

/** A name for what a function of Node's or V8's own does; the bundle's functions have no names. */
const ACTIVITIES: Readonly<Record<string, string>> = {
  '(garbage collector)': 'garbage collection',
  Script: 'taking compiled code',
  readFileSync: 'reading files',
};

/** Milliseconds of one profiled check, by what they went to. */
function profile(): Readonly<Record<string, number>> {
  const output = mkdtempSync(join(folder, 'profile-'));
  time(['--cpu-prof', '--cpu-prof-interval=100', `--cpu-prof-dir=${output}`, cli, 'check', mof]);
  const [name = ''] = readdirSync(output);
  interface Node {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(output, name), 'utf8')) as {
    readonly nodes: readonly Node[];
    readonly samples: readonly number[];
    readonly timeDeltas: readonly number[];
  };
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const spent = new Map<number, number>();
  samples.forEach((id, index) =>
    spent.set(id, (spent.get(id) ?? 0) + (timeDeltas[index] ?? 0) / 1000),
  );
  const sums: Record<string, number> = {};
  const visit = (node: Node, activity: string | undefined): void => {
    const { functionName, url } = node.callFrame;
    const own = activity ?? ACTIVITIES[functionName];
    const where = /^mofgen\/|[\\/]cli\.cjs$/.test(url) ? 'running the bundle' : 'Node itself';
    const title = own ?? where;
    sums[title] = (sums[title] ?? 0) + (spent.get(node.id) ?? 0);
    for (const id of node.children ?? []) {
      const child = byId.get(id);
      if (child !== undefined) visit(child, own);
    }
  };
  const [root] = nodes;
  if (root !== undefined) visit(root, undefined);
  return sums;
}

function printBreakdown(): void {
  const profiles = Array.from({ length: PROFILES }, profile);
  const titles = [...new Set(profiles.flatMap((each) => Object.keys(each)))];
  const rows = titles.map((title) => ({
    title,
    median: spread(profiles.map((each) => each[title] ?? 0)).median,
  }));
  rows.sort((a, b) => b.median - a.median);
  console.log(
    '  where a check spends its time, by a profiler that slows it down, in milliseconds:',
  );
  for (const { title, median } of rows) console.log(`    ${title.padEnd(24)}${median.toFixed(1)}`);
}

try {
  let fresh = 0;
  const few = ({ more }: Pairs) => `${showAim(more.median, MOST_MORE)} ms more`;
  const times = (most: number) => (measured: Pairs) => showAim(measured.ratio.median, most);
  const rows = [
    row('--version', () => ['--version'], few),
    row('--help', () => ['--help'], few),
    row(
      'check of an empty file',
      () => ['check', empty],
      () => '',
    ),
    row('check', () => ['check', mof], times(2.7)),
    row('generate, new folder', () => [mof, '-o', join(folder, `gen-${fresh++}`)], times(3.6)),
    row('generate, nothing changed', () => [mof, '-o', join(folder, 'gen')], times(3.6)),
  ];
  printRows(['beside node -e 0', 'ms more', 'ratio', 'without compiled code', ''], rows);
  console.log(`  node -e 0 took ${showSpread(spread(floors), 1)} ms`);
  printBreakdown();
} finally {
  rmSync(folder, { recursive: true, force: true });
}
