// Reads gcov's coverage of C files, and checks it against the required coverage.
import { basename } from 'node:path';
import { expect } from 'vitest';
import { run } from '../c/toolchain.js';

const LEAST_PERCENT = 95;

/** The used part of `gcov --json-format` for a file. */
interface GcovFile {
  readonly file: string;
  readonly lines: readonly {
    readonly line_number: number;
    readonly count: number;
    readonly branches: readonly { readonly count: number }[];
  }[];
}

export interface Coverage {
  readonly lines: number;
  readonly branches: number;
  /** The lines that were not reached, and those with a branch that was not taken. */
  readonly missing: readonly number[];
}

const percent = (counts: readonly number[]) =>
  (100 * counts.filter((count) => count > 0).length) / counts.length;

/** Elements of two lists added in pairs; a list that is shorter has zeros at its end. */
const sums = (some: readonly number[], others: readonly number[]): number[] =>
  Array.from(
    { length: Math.max(some.length, others.length) },
    (_, index) => (some[index] ?? 0) + (others[index] ?? 0),
  );

/** A line counts once, whatever objects and functions it was compiled into. */
function coverageOf(parts: GcovFile['lines']): Coverage {
  const lines = new Map<number, { count: number; branches: readonly number[] }>();
  for (const { line_number, count, branches } of parts) {
    const before = lines.get(line_number) ?? { count: 0, branches: [] };
    const taken = branches.map((branch) => branch.count);
    lines.set(line_number, {
      count: before.count + count,
      branches: sums(before.branches, taken),
    });
  }
  return {
    lines: percent([...lines.values()].map(({ count }) => count)),
    branches: percent([...lines.values()].flatMap(({ branches }) => branches)),
    missing: [...lines]
      .filter(([, { count, branches }]) => count === 0 || branches.includes(0))
      .map(([line]) => line),
  };
}

/** The coverage of each file of these objects, which are in the folder. */
export async function gcov(
  folder: string,
  objects: readonly string[],
): Promise<ReadonlyMap<string, Coverage>> {
  const counted = await run(
    'gcov',
    ['--json-format', '--stdout', '--branch-probabilities', ...objects],
    { cwd: folder },
  );
  expect(counted.status, counted.output).toBe(0);
  // One document for each object; a header with inline functions is in several.
  const files = new Map<string, GcovFile['lines']>();
  for (const document of counted.output.trim().split('\n')) {
    for (const { file, lines } of (JSON.parse(document) as { files: readonly GcovFile[] }).files) {
      const name = basename(file);
      files.set(name, [...(files.get(name) ?? []), ...lines]);
    }
  }
  return new Map([...files].map(([name, lines]) => [name, coverageOf(lines)]));
}

/** Prints the figures of a file, and fails when they are too low. */
export function expectCovered(file: string, { lines, branches, missing }: Coverage): void {
  console.log(
    `${file}: ${lines.toFixed(1)} % of the lines, ${branches.toFixed(1)} % of the branches; missing: ${missing.join(', ') || 'none'}`,
  );
  expect(lines).toBeGreaterThanOrEqual(LEAST_PERCENT);
  expect(branches).toBeGreaterThanOrEqual(LEAST_PERCENT);
}
