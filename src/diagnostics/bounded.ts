/**
 * Collects diagnostics, of each code only so many: a text of megabytes can have a million faults of one kind.
 *
 * It must not know what they say.
 */
import { type DiagnosticCode } from './codes.js';
import { type Diagnostic } from './diagnostic.js';

/** Nobody reads more of one code; a real file has less than a hundred. */
export const MOST_OF_A_CODE = 10_000;

export interface BoundedDiagnostics {
  /** In the order in which they were added. */
  readonly all: readonly Diagnostic[];
  /** Adds a diagnostic. The first one too many says that there are more, further ones are left out. */
  readonly add: (found: Diagnostic) => void;
  /** Whether another one of the code would be left out. */
  readonly hasEnough: (code: DiagnosticCode) => boolean;
}

export function boundedDiagnostics(): BoundedDiagnostics {
  const all: Diagnostic[] = [];
  const counts = new Map<DiagnosticCode, number>();
  const countOf = (code: DiagnosticCode) => counts.get(code) ?? 0;
  return {
    all,
    hasEnough: (code) => countOf(code) > MOST_OF_A_CODE,
    add(found) {
      const { code } = found;
      const count = countOf(code) + 1;
      if (count > MOST_OF_A_CODE + 1) return;
      counts.set(code, count);
      all.push(count > MOST_OF_A_CODE ? moreOf(found) : found);
    },
  };
}

function moreOf(found: Diagnostic): Diagnostic {
  const message = `more than ${MOST_OF_A_CODE} findings of ${found.code}; the rest is not shown`;
  return { ...found, message, help: undefined, related: [], fixes: [] };
}
