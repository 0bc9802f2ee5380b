// What gcov counted of C files, and how much of them tests have to reach; it must not know what was run.
import { basename } from 'node:path';
import { expect } from 'vitest';
import { run } from '../c/toolchain.js';

const LEAST_PERCENT = 95;

/** What `gcov --json-format` says of a file, as far as it is used here. */
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

function coverageOf({ lines }: GcovFile): Coverage {
  const branches = lines.flatMap((line) => line.branches.map(({ count }) => count));
  return {
    lines: percent(lines.map(({ count }) => count)),
    branches: percent(branches),
    missing: lines
      .filter((line) => line.count === 0 || line.branches.some(({ count }) => count === 0))
      .map((line) => line.line_number),
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
  // One document for each object.
  const files = counted.output
    .trim()
    .split('\n')
    .flatMap((document) => (JSON.parse(document) as { files: readonly GcovFile[] }).files);
  return new Map(files.map((file) => [basename(file.file), coverageOf(file)]));
}

/** Prints the figures of a file, and fails when they are too low. */
export function expectCovered(file: string, { lines, branches, missing }: Coverage): void {
  console.log(
    `${file}: ${lines.toFixed(1)} % of the lines, ${branches.toFixed(1)} % of the branches; missing: ${missing.join(', ') || 'none'}`,
  );
  expect(lines).toBeGreaterThanOrEqual(LEAST_PERCENT);
  expect(branches).toBeGreaterThanOrEqual(LEAST_PERCENT);
}
