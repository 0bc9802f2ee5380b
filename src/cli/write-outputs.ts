/**
 * `mofgen generate` without --check: writes what differs, removes what is left over, records it, all or nothing.
 *
 * It must not know what any target emits.
 */
import { dirname } from 'node:path';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { commitFiles, type PendingFile } from './commit-files.js';
import { depfileText } from './depfile.js';
import { type RunTarget } from './emission.js';
import { type Emitted } from './emitted-files.js';
import { onDisk } from './inputs.js';
import { type Io, usageFailure } from './io.js';
import { type Leftover, type Leftovers } from './leftovers.js';
import { type GenerateOptions } from './options.js';
import {
  isCurrent,
  isSameFile,
  locate,
  type LocatedFile,
  type OutputFile,
  refuseReadOnly,
} from './output-files.js';
import { type ListedFile, ownedBy } from './output-lists.js';
import { isPrinted } from './printed-output.js';
import { type RecordChanges, recordChanges } from './record-changes.js';
import { type RecordFolder } from './record-folder.js';
import { announceNothing, summarize } from './run-summary.js';
import { keptFinding } from './stale-files.js';
import { removeLeftovers } from './temporaries.js';

/** What a run without --check knows when it begins to write. */
export interface Run {
  readonly emitted: readonly Emitted[];
  readonly targets: readonly RunTarget[];
  /** The files that the run declared, without those that are printed. */
  readonly outputs: readonly ListedFile[];
  readonly leftovers: Leftovers;
  /** Files of the user's that are left of inputs that are gone, by the name of the input. */
  readonly yours: ReadonlyMap<string, number>;
  readonly records: RecordFolder;
}

/** The findings about files that the run would remove if it could. */
export function keptFindings({ files }: Leftovers): Diagnostic[] {
  return files.filter(({ obstacle }) => obstacle !== undefined).map(keptFinding);
}

export async function writeOutputs(run: Run, options: GenerateOptions, io: Io): Promise<void> {
  const { emitted, leftovers } = run;
  const more = depfile(run, options, io);
  const pending = new Map<OutputFile, PendingFile>();
  const printed: OutputFile[] = [];
  for (const file of emitted.flatMap(({ files }) => files)) {
    const { rendered } = file;
    if (isPrinted(options, rendered.owner)) printed.push(file);
    else if (!isCurrent(file)) {
      const mode = rendered.owner === 'user' ? 'create' : 'replace';
      const isShared = rendered.isShared === true;
      pending.set(file, { ...pendingFile(file, rendered.text, mode), isShared });
    }
  }
  refuseToReplaceInputs([...pending.keys()], emitted, io);
  const removable = leftovers.files.filter(({ obstacle }) => obstacle === undefined);
  const { before, after } = await recorded(run, options);
  const changes = [
    ...before,
    ...pending.values(),
    ...more,
    ...removable.map(({ path, shown, existing }) => {
      return { path, shown, text: existing, mode: 'remove' } as const;
    }),
    ...after,
  ];
  const changedFolders = new Set(changes.map(({ path }) => dirname(path)));
  for (const folder of foldersOf(run, printed, options)) {
    // commitFiles does the others.
    if (!changedFolders.has(folder)) removeLeftovers(folder);
  }
  const kept = commitFiles(changes);
  for (const { rendered } of printed) {
    if (rendered.owner === 'mofgen') io.stdout(rendered.text);
  }
  const removed = removable.filter(({ path }) => !kept.has(path));
  for (const each of emitted) {
    const inFiles = each.files.filter((file) => !printed.includes(file));
    const written = inFiles.filter((file) => pending.has(file) && !kept.has(file.path));
    const rest = inFiles.filter((file) => !written.includes(file));
    const yours = rest.filter((file) => file.rendered.owner === 'user');
    const shown = printed.filter((file) => each.files.includes(file));
    if (each.files.length === 0) announceNothing(each.input.name, io);
    const counts = [
      [written.length, 'written'],
      [rest.length - yours.length, 'unchanged'],
      [yours.length, 'kept (yours)'],
      [shown.filter((file) => file.rendered.owner === 'mofgen').length, 'printed'],
      [removed.filter(({ origin }) => origin.input === each.input).length, 'removed'],
    ] as const;
    summarize(each.input.name, counts, options, io);
  }
  summarizeGone(run, removed, options, io);
}

/** Inputs that are gone: what was removed, and what is the user's to remove. */
function summarizeGone(
  { leftovers, yours }: Run,
  removed: readonly Leftover[],
  options: GenerateOptions,
  io: Io,
): void {
  for (const origin of leftovers.origins) {
    if (origin.input !== undefined) continue;
    const count = removed.filter((each) => each.origin === origin).length;
    if (count === 0) continue;
    const counts = [
      [count, 'removed'],
      [yours.get(origin.shown) ?? 0, 'kept (yours)'],
    ] as const;
    summarize(`${origin.shown} is gone`, counts, options, io);
  }
}

async function recorded(
  { emitted, targets, leftovers, records }: Run,
  options: GenerateOptions,
): Promise<RecordChanges> {
  if (isPrinted(options)) return { before: [], after: [] };
  const { hashOf } = await import('./text-hash.js');
  return recordChanges(emitted, targets, leftovers, records, hashOf);
}

/** The folders that a killed run may have left temporaries in. */
function foldersOf(
  { emitted, targets, records }: Run,
  printed: readonly OutputFile[],
  options: GenerateOptions,
): ReadonlySet<string> {
  const inFolders = emitted.flatMap(({ files }) => files).filter((file) => !printed.includes(file));
  const ofRecords = isPrinted(options) ? [] : records.folders(targets.map(({ name }) => name));
  return new Set([...inFolders.map(({ path }) => dirname(path)), ...ofRecords]);
}

/** The depfile that is to be written with the rest, if one is wanted and its text is not there already. */
function depfile({ emitted, outputs }: Run, options: GenerateOptions, io: Io): PendingFile[] {
  if (options.depfile === undefined) return [];
  const filesRead = new Set(emitted.flatMap((each) => onDisk(each.filesRead, each.input)));
  const first = ownedBy(outputs, 'mofgen')[0] ?? outputs[0];
  const text = depfileText(options.depfileTarget ?? first?.path ?? '', [...filesRead]);
  const file = locate(options.depfile, io);
  const others = [...outputs.map((output) => output.path), ...filesRead];
  if (others.some((other) => isSameFile(file, other, io))) {
    throw usageFailure(`the depfile '${printable(file.shown)}' is an input or an output itself`);
  }
  return text === file.existing ? [] : [pendingFile(file, text, 'replace')];
}

/** Throws a usage failure when a file that is to be replaced is one of those that were read, such as an included header. */
function refuseToReplaceInputs(
  files: readonly OutputFile[],
  emitted: readonly Emitted[],
  io: Io,
): void {
  const replaced = files.filter(
    ({ rendered, existing }) => rendered.owner === 'mofgen' && existing !== undefined,
  );
  if (replaced.length === 0) return;
  const names = emitted.flatMap(({ filesRead, input }) => onDisk(filesRead, input));
  const filesRead = [...new Set(names)];
  for (const file of replaced) {
    if (filesRead.some((read) => isSameFile(file, read, io))) {
      throw usageFailure(
        `'${printable(file.shown)}' would replace what was read; name a folder with -o`,
      );
    }
  }
}

function pendingFile(file: LocatedFile, text: string, mode: PendingFile['mode']): PendingFile {
  if (file.existing !== undefined) refuseReadOnly(file);
  return { path: file.path, shown: file.shown, text, mode };
}
