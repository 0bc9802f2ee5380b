/**
 * Finishes the diagnostics that stages produced: drops follow-ons, applies suppressions and the policy, sorts, removes duplicates. The
 * entry points of the library and the reporter of the command line call it; stages only produce.
 */
import { type Diagnostic, hasErrors } from './diagnostic.js';
import { type Causes, withoutFollowOns } from './follow-ons.js';
import { applyPolicy, type Policy } from './policy.js';

/** The suppression comments of a compilation. */
export interface Suppressions {
  /** The diagnostics that no comment suppresses. */
  readonly applySuppressions: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  /** Malformed suppression comments. */
  readonly invalid: readonly Diagnostic[];
  /** Those that suppressed nothing so far. */
  readonly unused: () => readonly Diagnostic[];
}

/** Diagnostics of one compilation or stage, with what decides which of them are reported. */
export interface Batch {
  /** As produced, in any order. */
  readonly diagnostics: readonly Diagnostic[];
  /** The names of the files in reading order, which is then the order of the diagnostics; without it they keep theirs. */
  readonly files?: Iterable<string>;
  readonly causes?: Causes;
  /** Leaves out diagnostics of references, or softens those of classes that are not needed. */
  readonly adjust?: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
  readonly suppressions?: readonly Pick<Suppressions, 'applySuppressions'>[];
  /** Suppressions that are to be checked: malformed ones are reported, and unused ones when nothing else is an error. */
  readonly checked?: Suppressions;
  readonly policy?: Policy;
}

/** What is reported of the batches, in their order, each diagnostic once. */
export function finish(batches: readonly Batch[]): readonly Diagnostic[] {
  return eachOnce(batches.flatMap(reported));
}

/** Whether any of the batches has an error that is reported, so that no later stage may run. */
export function reportsErrors(batches: readonly Batch[]): boolean {
  return batches.some((batch) => hasErrors(reported(batch)));
}

function reported(batch: Batch): readonly Diagnostic[] {
  const { causes, adjust, checked, suppressions = [], policy, files } = batch;
  const own =
    causes === undefined ? batch.diagnostics : withoutFollowOns(batch.diagnostics, causes);
  const all = [...suppressions, ...(checked === undefined ? [] : [checked])].reduce(
    (rest, { applySuppressions }) => applySuppressions(rest),
    adjust === undefined ? own : adjust(own),
  );
  // An error may hide what an unused comment suppresses.
  const ofComments =
    checked === undefined ? [] : [...checked.invalid, ...(hasErrors(all) ? [] : checked.unused())];
  const found = [...all, ...ofComments];
  const kept = policy === undefined ? found : applyPolicy(found, policy);
  return files === undefined ? kept : inReadingOrder(kept, files);
}

/** Sorts by file, then by place. Those without a place come first, those of other files last; equal places keep their order. */
function inReadingOrder(diagnostics: readonly Diagnostic[], files: Iterable<string>): Diagnostic[] {
  const ranks = new Map([...files].map((file, index) => [file, index]));
  const rank = ({ location }: Diagnostic) =>
    location === undefined ? -1 : (ranks.get(location.source.name) ?? ranks.size);
  const start = ({ location }: Diagnostic) => location?.span.start ?? 0;
  return diagnostics.toSorted((a, b) => rank(a) - rank(b) || start(a) - start(b));
}

/**
 * Equal diagnostics once, at the place of the first: inputs may share an include, and targets a header. An error wins over a warning,
 * which a policy or the choice of classes made of it for another input.
 */
function eachOnce(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const byKey = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const key = keyOf(each);
    const known = byKey.get(key);
    if (known === undefined || (known.severity === 'warning' && each.severity === 'error')) {
      byKey.set(key, each);
    }
  }
  return [...byKey.values()];
}

function keyOf({ location, code, message }: Diagnostic): string {
  const { start, end } = location?.span ?? {};
  return JSON.stringify([location?.source.name, start, end, code, message]);
}
