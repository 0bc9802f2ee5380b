/**
 * Times contenders in turns and prints their costs as ratios.
 *
 * The machine may be busy and drifts, so nothing is compared across time: contenders take turns in short slices, a round
 * is the median of a few slices of each, and a ratio is the median over the rounds of ratios within one round.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** One way to do a job. `run` does it `count` times and returns something made of every result, so none is left out. */
export interface Contender {
  readonly name: string;
  run(count: number): number;
}

/** The cost of a contender in each round, in nanoseconds for one job. */
export interface Timing {
  readonly name: string;
  readonly rounds: readonly number[];
}

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

export interface RoundOptions {
  readonly rounds: number;
  /** The approximate time that one contender runs in its turn. */
  readonly milliseconds: number;
  /** Slices of one contender in a round; with several, one that the machine interrupts does not count. */
  readonly slices: number;
}

/** Milliseconds that each contender runs before anything counts. */
const WARM_UP = 100;

/** Uses every result, so that no engine leaves the work out. */
let sink = 0;

/** Runs every contender in every round. All are warm, and have seen each other's types, before the first round. */
export function timeRounds(
  contenders: readonly Contender[],
  { rounds, milliseconds, slices }: RoundOptions,
): readonly Timing[] {
  const timed = contenders.map((contender) => ({
    contender,
    count: 1,
    rounds: [] as number[],
  }));
  for (const entry of timed) warmUp(entry.contender);
  for (const entry of timed) entry.count = countFor(entry.contender, milliseconds);
  for (let round = 0; round < rounds; round += 1) {
    const times = timed.map(() => [] as number[]);
    for (let slice = 0; slice < slices; slice += 1) {
      timed.forEach(({ contender, count }, index) => {
        times[index]?.push((time(contender, count) / count) * 1e6);
      });
    }
    timed.forEach((entry, index) => entry.rounds.push(spread(times[index] ?? []).median));
  }
  if (Number.isNaN(sink)) throw new Error('a contender returned no number');
  return timed.map(({ contender, rounds }) => ({ name: contender.name, rounds }));
}

/** Runs long enough for the optimising compiler to finish. */
function warmUp(contender: Contender): void {
  const until = performance.now() + WARM_UP;
  for (let count = 1; performance.now() < until; count *= 2) sink += contender.run(count);
}

function countFor(contender: Contender, milliseconds: number): number {
  let count = 1;
  for (;;) {
    const elapsed = time(contender, count);
    if (elapsed >= milliseconds / 2) {
      return Math.max(1, Math.round((count * milliseconds) / elapsed));
    }
    count *= 2;
  }
}

/** Milliseconds. */
function time(contender: Contender, count: number): number {
  const started = performance.now();
  sink += contender.run(count);
  return performance.now() - started;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return {
    median: sorted[sorted.length >> 1] ?? Number.NaN,
    min: sorted[0] ?? Number.NaN,
    max: sorted.at(-1) ?? Number.NaN,
  };
}

/** How many times as long `one` takes as `other`, round by round. */
export function ratio(one: Timing, other: Timing): Spread {
  return spread(one.rounds.map((value, round) => value / (other.rounds[round] ?? Number.NaN)));
}

/** `1.23 (1.10 - 1.51)`. */
export function showSpread({ median, min, max }: Spread, digits = 2): string {
  return `${median.toFixed(digits)} (${min.toFixed(digits)} - ${max.toFixed(digits)})`;
}

/** `at most 1.5  ok`: an aim, and whether the figure meets it. */
export function showAim(median: number, atMost: number | undefined): string {
  if (atMost === undefined) return '';
  return `at most ${atMost}  ${median <= atMost ? 'ok' : 'MISSED'}`;
}

/**
 * The output of a benchmark that runs again in a process of its own, with `args`, where it measures one job and nothing else.
 * Throws when it fails.
 */
export function alone(benchmark: string, ...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [fileURLToPath(benchmark), ...args],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`the process of its own ended with ${status}: ${stderr}`);
  return stdout;
}

/** Prints rows under a heading, columns as wide as their widest cell; all but the first are aligned to the right. */
export function printRows(heading: readonly string[], rows: readonly (readonly string[])[]): void {
  const widths = heading.map((cell, column) =>
    Math.max(cell.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  for (const row of [heading, ...rows]) {
    const cells = row.map((cell, column) =>
      column === 0 || column === row.length - 1
        ? cell.padEnd(widths[column] ?? 0)
        : cell.padStart(widths[column] ?? 0),
    );
    console.log(`  ${cells.join('   ').trimEnd()}`);
  }
}
