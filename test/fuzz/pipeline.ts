// Runs `mofgen check` in this process, and checks invariants of any input.
import { expect } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { type IncludeReader } from '../../src/compile/compilation.js';
import { type Diagnostic, type Location } from '../../src/diagnostics/diagnostic.js';
import { renderJson } from '../../src/diagnostics/json.js';
import { plain } from '../../src/diagnostics/render.js';
import { renderDiagnostics } from '../../src/library/reports.js';
import { renderSarif } from '../../src/diagnostics/sarif.js';
import { selection } from '../../src/diagnostics/selection.js';
import { runs } from '../effort.js';

/** Fuzzing for so many seconds a test, instead of a fixed number of runs. */
export const SECONDS = Number(process.env['MOFGEN_FUZZ_SECONDS'] ?? '0');

/** The parameters of a property: so many runs (`runs`), or as many as there is time for. */
export function runsOf(thorough: number): { readonly numRuns: number } {
  if (SECONDS === 0) return { numRuns: runs(thorough) };
  const limit = { interruptAfterTimeLimit: SECONDS * 1000, markInterruptAsFailure: false };
  return { numRuns: 2 ** 31 - 1, ...limit };
}

/** The timeout of a test with a given duration. */
export const TIMEOUT = 120_000 + SECONDS * 2000;

/** The diagnostics of a run, and all reports of them. */
export interface CheckResult {
  readonly diagnostics: readonly Diagnostic[];
  readonly reports: string;
}

const nothing: IncludeReader = () => undefined;

export function check(bytes: Uint8Array, readInclude: IncludeReader = nothing): CheckResult {
  const { diagnostics } = analyze(bytes, 'main.mof', readInclude);
  const all = selection(diagnostics, Infinity);
  const reports = [
    renderDiagnostics(diagnostics, 'pretty', plain, Infinity),
    renderDiagnostics(diagnostics, 'text', plain, Infinity),
    renderJson(all),
    renderSarif(all, '0.0.0'),
  ].join('');
  return { diagnostics, reports };
}

/** Runs twice: it must not throw, must report the same both times, and only at places that exist. */
export function checkSafely(bytes: Uint8Array, readInclude: IncludeReader = nothing): CheckResult {
  const first = check(bytes, readInclude);
  expect(check(bytes, readInclude).reports === first.reports, 'the same result twice').toBe(true);
  const starts = new Map<string, number>();
  for (const { location, related, message } of first.diagnostics) {
    if (message === '') expect.fail('an empty message');
    if (location === undefined) expect.fail(`'${message}' has no place`);
    for (const place of [location, ...related.map((each) => each.location)]) expectPlace(place);
    const { source, span } = location;
    if (span.start < (starts.get(source.name) ?? 0)) expect.fail(`'${message}' is out of order`);
    starts.set(source.name, span.start);
  }
  return first;
}

function expectPlace({ source, span: { start, end } }: Location): void {
  const isPlace = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start <= end;
  if (!isPlace || end > source.text.length) {
    expect.fail(`${start} to ${end} is no place in ${source.text.length} characters`);
  }
  if (source.composition !== undefined) expect.fail('a place in a composed text');
}
