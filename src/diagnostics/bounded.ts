/** Collects what a stage produces, with a limit for each code: a text of megabytes can have a million faults of one kind. */
import { type DiagnosticCode } from './codes.js';
import { type Diagnostic } from './diagnostic.js';

/** A real file has less than a hundred of one code. */
export const MAX_OF_A_CODE = 10_000;

export interface BoundedDiagnostics {
  /** In the order in which they were added. */
  readonly all: readonly Diagnostic[];
  /** Adds a diagnostic. The first one beyond the limit becomes a note about the limit; further ones are dropped. */
  readonly add: (found: Diagnostic) => void;
  /** Whether another one of the code would be dropped. */
  readonly hasEnough: (code: DiagnosticCode) => boolean;
}

export function boundedDiagnostics(): BoundedDiagnostics {
  const all: Diagnostic[] = [];
  const counts = new Map<DiagnosticCode, number>();
  const countOf = (code: DiagnosticCode) => counts.get(code) ?? 0;
  return {
    all,
    hasEnough: (code) => countOf(code) > MAX_OF_A_CODE,
    add(found) {
      const { code } = found;
      const count = countOf(code) + 1;
      if (count > MAX_OF_A_CODE + 1) return;
      counts.set(code, count);
      all.push(count > MAX_OF_A_CODE ? moreOf(found) : found);
    },
  };
}

function moreOf(found: Diagnostic): Diagnostic {
  const message = `more than ${MAX_OF_A_CODE} findings of ${found.code}; the rest is not shown`;
  return { ...found, message, help: undefined, related: [], fixes: [] };
}
