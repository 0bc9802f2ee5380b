/**
 * How long the built command line takes on a small MOF, compared with a Node that does nothing, and where the time goes.
 *
 * Whole processes, measured in interleaved pairs, so that other load of the machine affects both sides alike. They run
 * on the programs that MOFGEN_NODE names, separated by commas; without it on the Node that runs this.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { printRows, showAim, showSpread, type Spread, spread } from './measure.js';

const PAIRS = 41;
const PROFILES = 15;
/** Milliseconds that the commands which read nothing may take beyond a Node that does nothing. */
const MAX_MORE = 15;

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
const nodes = (process.env['MOFGEN_NODE'] ?? process.execPath).split(',');
const folder = mkdtempSync(join(tmpdir(), 'mofgen-bench-'));
const mof = join(folder, 'small.mof');
const empty = join(folder, 'empty.mof');
/** As many as a driver package may have; a build runs over all of them. */
const MANY = 40;
const many = Array.from({ length: MANY }, (_, index) => join(folder, `fan-${index}.mof`));
writeFileSync(mof, SMALL_MOF);
writeFileSync(empty, '');
for (const [index, file] of many.entries()) {
  writeFileSync(file, SMALL_MOF.replaceAll('SmallFan', `Fan${index}`));
}

/** Milliseconds of one Node process. Throws when it fails: a failing run would look fast. */
function time(node: string, args: readonly string[]): number {
  const started = performance.now();
  const { status, stderr } = spawnSync(node, args, {
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

function pairs(node: string, args: () => readonly string[], floors: number[]): Pairs {
  time(node, [cli, ...args()]);
  const rounds = Array.from({ length: PAIRS }, () => {
    const floor = time(node, ['-e', '0']);
    floors.push(floor);
    return { floor, taken: time(node, [cli, ...args()]) };
  });
  return {
    times: spread(rounds.map(({ taken }) => taken)),
    more: spread(rounds.map(({ floor, taken }) => taken - floor)),
    ratio: spread(rounds.map(({ floor, taken }) => taken / floor)),
  };
}

/** A name for what a function of Node's or V8's own does; the bundle's functions have no names. */
const ACTIVITIES: Readonly<Record<string, string>> = {
  '(garbage collector)': 'garbage collection',
  wrapSafe: 'compiling files',
  readFileSync: 'reading files',
};

/** Milliseconds of one profiled check, by what they went to. */
function profile(node: string): Readonly<Record<string, number>> {
  const output = mkdtempSync(join(folder, 'profile-'));
  const profiling = ['--cpu-prof', '--cpu-prof-interval=100', `--cpu-prof-dir=${output}`];
  time(node, [...profiling, cli, 'check', mof]);
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
    const where = /[\\/]cli(\.cjs|[\\/][\w-]+\.cjs)$/.test(url)
      ? 'running the bundle'
      : 'Node itself';
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

function printBreakdown(node: string): void {
  const profiles = Array.from({ length: PROFILES }, () => profile(node));
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

interface Aim {
  readonly title: string;
  readonly args: () => readonly string[];
  readonly reached: (measured: Pairs) => string;
}

let fresh = 0;
const few = ({ more }: Pairs) => `${showAim(more.median, MAX_MORE)} ms more`;
const times = (most: number) => (measured: Pairs) => showAim(measured.ratio.median, most);
/** A folder that is not there yet. */
const freshFolder = () => join(folder, `gen-${fresh++}`);
const aims: readonly Aim[] = [
  { title: '--version', args: () => ['--version'], reached: few },
  { title: '--help', args: () => ['--help'], reached: few },
  { title: 'check of an empty file', args: () => ['check', empty], reached: () => '' },
  { title: 'check', args: () => ['check', mof], reached: times(2.7) },
  {
    title: 'generate -t header, new folder',
    args: () => [mof, '-t', 'header', '-o', freshFolder()],
    reached: times(3.6),
  },
  {
    title: 'generate -t ts, nothing changed',
    args: () => [mof, '-o', join(folder, 'gen')],
    reached: times(3.6),
  },
];

/** One run over many files, compared with `check` of the same ones and a Node that does nothing. */
function printMany(node: string): void {
  const check = () => [cli, 'check', ...many];
  const generate = () => [cli, ...many, '-t', 'ts', '-o', freshFolder()];
  time(node, check());
  time(node, generate());
  const rounds = Array.from({ length: PAIRS }, () => ({
    floor: time(node, ['-e', '0']),
    checked: time(node, check()),
    generated: time(node, generate()),
  }));
  const row = (title: string, one: 'checked' | 'generated', other: 'checked' | 'floor') => [
    title,
    spread(rounds.map((each) => each[one])).median.toFixed(0),
    showSpread(spread(rounds.map((each) => each[one] / each[other]))),
    '',
  ];
  printRows(
    [`one run over ${MANY} MOFs`, 'ms', 'ratio', ''],
    [
      row('generate -t ts, new folder, to check of the same', 'generated', 'checked'),
      row('generate -t ts, new folder, to node -e 0', 'generated', 'floor'),
      row('check, to node -e 0', 'checked', 'floor'),
    ],
  );
}

function printFor(node: string): void {
  const { stdout } = spawnSync(node, ['--version'], { encoding: 'utf8' });
  console.log(`\n  Node ${stdout.trim()}`);
  const floors: number[] = [];
  const rows = aims.map(({ title, args, reached }) => {
    const measured = pairs(node, args, floors);
    const { more, ratio } = measured;
    return [title, more.median.toFixed(1), showSpread(ratio), reached(measured)];
  });
  printRows(['vs node -e 0', 'ms more', 'ratio', ''], rows);
  console.log(`  node -e 0 took ${showSpread(spread(floors), 1)} ms`);
  printMany(node);
  printBreakdown(node);
}

try {
  for (const node of nodes) printFor(node);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
