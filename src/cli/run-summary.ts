/** The summary of a run: counts of files, and with --verbose each file. */
import { printable } from '../diagnostics/printable.js';
import { NO_CLASSES } from './analyze-inputs.js';
import { type Io } from './io.js';
import { type RunOptions } from './option-types.js';

/** What was done with a file, such as `written`; undefined where it is not counted. */
export interface FileOutcome {
  readonly shown: string;
  readonly outcome: string | undefined;
}

/** The files of one input. */
export interface SummaryRow {
  /** The name of the input. */
  readonly name: string;
  readonly files: readonly FileOutcome[];
  /** Whether the input no longer exists. */
  readonly isGone?: boolean;
  /** Counts of files that are not among `files`. */
  readonly more?: readonly Count[];
}

export type Count = readonly [count: number, outcome: string];

/**
 * `smart-fan.mof: 2 written, 1 unchanged, 1 kept (yours)`; for several inputs the sum, and a line for each that is gone. With
 * --verbose a line for each input and each file.
 */
export function printSummary(rows: readonly SummaryRow[], options: RunOptions, io: Io): void {
  if (options.quiet === true) return;
  const inputs = rows.filter(({ isGone }) => isGone !== true);
  const isSum = inputs.length > 1;
  for (const row of rows) {
    if (isSum && row.isGone !== true && options.verbose !== true) continue;
    printCounts(row.name, [row], io);
    if (options.verbose !== true) continue;
    for (const { shown, outcome } of row.files) {
      if (outcome !== undefined) io.stderr(`  ${outcome}: ${printable(shown)}\n`);
    }
  }
  if (isSum) printCounts(`${inputs.length} inputs`, inputs, io);
}

/** In the order of the summary. */
const OUTCOMES = [
  'written',
  'unchanged',
  'printed',
  'removed',
  'kept (yours)',
  'stale',
  'missing',
  'current',
];

function printCounts(name: string, rows: readonly SummaryRow[], io: Io): void {
  const counts = new Map<string, number>();
  for (const { files, more = [] } of rows) {
    const each = files.flatMap(({ outcome }): Count[] =>
      outcome === undefined ? [] : [[1, outcome]],
    );
    for (const [count, outcome] of [...each, ...more]) {
      counts.set(outcome, (counts.get(outcome) ?? 0) + count);
    }
  }
  const parts = OUTCOMES.flatMap((outcome) => {
    const count = counts.get(outcome) ?? 0;
    return count === 0 ? [] : [`${count} ${outcome}`];
  });
  if (parts.length > 0) io.stderr(`${printable(name)}: ${parts.join(', ')}\n`);
}

/** Reports an input without output, even with --quiet. */
export function announceNothing(name: string, io: Io): void {
  io.stderr(`${printable(name)}: ${NO_CLASSES}, nothing to generate\n`);
}
