/**
 * `mofgen generate --check`: reports what a run would write or remove, as findings, as a list and as differences, and writes
 * nothing.
 */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { type Emitted } from './emitted-files.js';
import { type Io } from './io.js';
import { type Leftover, type Leftovers } from './leftovers.js';
import { type RunOptions } from './option-types.js';
import { isCurrent, type OutputFile } from './output-files.js';
import { type RecordFolder } from './record-folder.js';
import { announceNothing, type FileOutcome, printSummary, type SummaryRow } from './run-summary.js';
import { differenceOf, leftoverFinding, staleFinding } from './stale-files.js';
import { type MadeJob } from './write-outputs.js';

/** The findings in the order of the inputs; records are read only where a file differs. */
export async function staleFindings(
  emitted: readonly Emitted[],
  leftovers: Leftovers,
  records: RecordFolder,
): Promise<Diagnostic[]> {
  const stale = emitted.flatMap(({ files }) => files).filter((file) => !isCurrent(file));
  const ofFiles = new Map<OutputFile, Diagnostic>();
  if (stale.length > 0) {
    const { hashOf } = await import('./text-hash.js');
    for (const file of stale) {
      ofFiles.set(file, staleFinding(file, records.written(file.rendered.name), hashOf));
    }
  }
  return [
    ...emitted.flatMap(({ files, input }) => [
      ...files.flatMap((file) => ofFiles.get(file) ?? []),
      ...leftoversOf(leftovers, input).map(leftoverFinding),
    ]),
    ...leftoversOf(leftovers, undefined).map(leftoverFinding),
  ];
}

export function isStale({ emitted, leftovers }: ComparedJob): boolean {
  return (
    leftovers.files.length > 0 ||
    emitted.some(({ files }) => files.some((file) => !isCurrent(file)))
  );
}

/** The files that a job would write, and those that it would remove. */
export type ComparedJob = Pick<MadeJob, 'emitted' | 'leftovers'>;

/** The paths of files that `generate` would write or remove are the data; how they differ is for people. */
export function showStale(jobs: readonly ComparedJob[], options: RunOptions, io: Io): void {
  const rows = jobs.flatMap((job) => [
    ...job.emitted.map((each) =>
      showInput(each, leftoversOf(job.leftovers, each.input), options, io),
    ),
    ...showGone(job.leftovers, io),
  ]);
  printSummary(rows, options, io);
}

function showInput(
  { input, files }: Emitted,
  left: readonly Leftover[],
  options: RunOptions,
  io: Io,
): SummaryRow {
  const stale = files.filter((file) => file.existing !== undefined && !isCurrent(file));
  for (const file of files) {
    if (!isCurrent(file)) io.stdout(`${printable(file.shown)}\n`);
  }
  for (const { shown } of left) io.stdout(`${printable(shown)}\n`);
  if (files.length === 0 && left.length === 0) announceNothing(input.name, io);
  if (options.quiet !== true || options.fullDiff === true) {
    for (const file of stale) io.stderr(differenceOf(file, options.fullDiff === true));
  }
  const outcomes = files.map((file): FileOutcome => ({
    shown: file.shown,
    outcome: isCurrent(file) ? 'current' : file.existing === undefined ? 'missing' : 'stale',
  }));
  return { name: input.name, files: [...outcomes, ...left.map(staleFile)] };
}

function showGone({ origins, files }: Leftovers, io: Io): SummaryRow[] {
  return origins
    .filter(({ input }) => input === undefined)
    .map((origin) => {
      const left = files.filter((each) => each.origin === origin);
      for (const { shown } of left) io.stdout(`${printable(shown)}\n`);
      return { name: origin.shown, files: left.map(staleFile), isGone: true };
    });
}

function staleFile({ shown }: Leftover): FileOutcome {
  return { shown, outcome: 'stale' };
}

function leftoversOf({ files }: Leftovers, input: Emitted['input'] | undefined): Leftover[] {
  return files.filter(({ origin }) => origin.input === input);
}
