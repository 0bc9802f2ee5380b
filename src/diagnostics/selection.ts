/** The diagnostics of a run that are printed: all, or the most important ones within a limit. */
import { type Severity } from './codes.js';
import { type Diagnostic } from './diagnostic.js';

export interface Selection {
  /** Every diagnostic of the run. */
  readonly all: readonly Diagnostic[];
  /** Those to print, in the same order. */
  readonly shown: readonly Diagnostic[];
}

/** Limits the diagnostics of a run to `max`: the first errors, then the first warnings. `all` is finished (finish.ts). */
export function selection(all: readonly Diagnostic[], max: number): Selection {
  return { all, shown: mostImportant(all, max) };
}

/** How many there are of each severity. */
export function countsOf(diagnostics: readonly Diagnostic[]): Record<Severity, number> {
  const numbers = { error: 0, warning: 0 } satisfies Record<Severity, number>;
  for (const { severity } of diagnostics) numbers[severity]++;
  return numbers;
}

/** `2 errors, 1 warning` */
export function count(diagnostics: readonly Diagnostic[]): string {
  const numbers = countsOf(diagnostics);
  return (['error', 'warning'] as const)
    .filter((severity) => numbers[severity] > 0)
    .map((severity) => `${numbers[severity]} ${severity}${numbers[severity] === 1 ? '' : 's'}`)
    .join(', ');
}

/** The end of a printed list: how many were left out, and how many there are. */
export function closingLines({ all, shown }: Selection): readonly string[] {
  const hidden = all.length - shown.length;
  return [...(hidden > 0 ? [`${hidden} more not shown\n`] : []), `${count(all)}\n`];
}

function mostImportant(diagnostics: readonly Diagnostic[], max: number): readonly Diagnostic[] {
  if (diagnostics.length <= max) return diagnostics;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const kept = new Set([...errors, ...warnings].slice(0, max));
  return diagnostics.filter((each) => kept.has(each));
}
