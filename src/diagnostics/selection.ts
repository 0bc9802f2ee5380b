/** Which findings of a run are told: each once, and at most so many; it must not know how they look. */
import { type Severity } from './codes.js';
import { type Diagnostic } from './diagnostic.js';

export interface Selection {
  /** Every finding, once. */
  readonly all: readonly Diagnostic[];
  /** Those to tell, in the same order. */
  readonly shown: readonly Diagnostic[];
}

/** The findings to tell: the first errors, and the first warnings where there is room for more. */
export function selection(diagnostics: readonly Diagnostic[], most: number): Selection {
  const all = eachOnce(diagnostics);
  return { all, shown: mostImportant(all, most) };
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

/** What closes a list of findings: how many were left out, and how many there are. */
export function closingLines({ all, shown }: Selection): readonly string[] {
  const hidden = all.length - shown.length;
  return [...(hidden > 0 ? [`${hidden} more not shown\n`] : []), `${count(all)}\n`];
}

/** Equal findings (of an include that two inputs share) are reported once. */
function eachOnce(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const byKey = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const { location, code, message } = each;
    const { start, end } = location?.span ?? {};
    const key = JSON.stringify([location?.source.name, start, end, code, message]);
    if (!byKey.has(key)) byKey.set(key, each);
  }
  return [...byKey.values()];
}

function mostImportant(diagnostics: readonly Diagnostic[], most: number): readonly Diagnostic[] {
  if (diagnostics.length <= most) return diagnostics;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const warnings = diagnostics.filter(({ severity }) => severity === 'warning');
  const kept = new Set([...errors, ...warnings].slice(0, most));
  return diagnostics.filter((each) => kept.has(each));
}
