/**
 * `mofgen generate --check`: what a run would write or remove, as findings, as a list and as differences.
 *
 * It writes no file, and must not know what any target emits.
 */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { type Emitted } from './emitted-files.js';
import { type Io } from './io.js';
import { type Leftover, type Leftovers } from './leftovers.js';
import { type GenerateOptions } from './options.js';
import { isCurrent, type OutputFile } from './output-files.js';
import { type RecordFolder } from './record-folder.js';
import { announceNothing, summarize } from './run-summary.js';
import { differenceOf, leftoverFinding, staleFinding } from './stale-files.js';

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

export function isStale(emitted: readonly Emitted[], leftovers: Leftovers): boolean {
  return (
    leftovers.files.length > 0 ||
    emitted.some(({ files }) => files.some((file) => !isCurrent(file)))
  );
}

/** The paths of files that `generate` would write or remove are the data; how they differ is for people. */
export function showStale(
  emitted: readonly Emitted[],
  leftovers: Leftovers,
  options: GenerateOptions,
  io: Io,
): void {
  for (const { input, files } of emitted) {
    const missing = files.filter((file) => file.existing === undefined);
    const stale = files.filter((file) => file.existing !== undefined && !isCurrent(file));
    const left = leftoversOf(leftovers, input);
    for (const file of files) {
      if (!isCurrent(file)) io.stdout(`${printable(file.shown)}\n`);
    }
    for (const { shown } of left) io.stdout(`${printable(shown)}\n`);
    if (files.length === 0 && left.length === 0) announceNothing(input.name, io);
    const current = files.length - stale.length - missing.length;
    const counts = [
      [stale.length + left.length, 'stale'],
      [missing.length, 'missing'],
      [current, 'current'],
    ] as const;
    summarize(input.name, counts, options, io);
    if (options.quiet === true && options.fullDiff !== true) continue;
    for (const file of stale) io.stderr(differenceOf(file, options.fullDiff === true));
  }
  for (const origin of leftovers.origins.filter(({ input }) => input === undefined)) {
    const left = leftovers.files.filter((each) => each.origin === origin);
    for (const { shown } of left) io.stdout(`${printable(shown)}\n`);
    summarize(origin.shown, [[left.length, 'stale']], options, io);
  }
}

function leftoversOf({ files }: Leftovers, input: Emitted['input'] | undefined): Leftover[] {
  return files.filter(({ origin }) => origin.input === input);
}
