/** `mofgen generate` without --check: writes what differs, removes leftovers, updates the records, all or nothing. */
import { dirname, relative, sep } from 'node:path';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { type Commit, type PendingFile } from './commit-files.js';
import { depfileText } from './depfile.js';
import { type Emitted } from './emitted-files.js';
import { onDisk } from './inputs.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type Leftover, type Leftovers } from './leftovers.js';
import { type PlannedJob } from './planned-jobs.js';
import { type RunOptions } from './option-types.js';
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
import { announceNothing, type FileOutcome, printSummary, type SummaryRow } from './run-summary.js';
import { keptFinding } from './stale-files.js';
import { removeTemporaries } from './temporaries.js';

/** A job of a run without --check, before the run writes. */
export interface MadeJob extends PlannedJob {
  readonly emitted: readonly Emitted[];
  readonly leftovers: Leftovers;
  /** The number of the user's files left of inputs that are gone, by the name of the input. */
  readonly yours: ReadonlyMap<string, number>;
}

/** The findings about leftover files that the run must keep. */
export function keptFindings({ files }: Leftovers): Diagnostic[] {
  return files.filter(({ obstacle }) => obstacle !== undefined).map(keptFinding);
}

/**
 * Writes the files of all jobs in one step. `outputs` are the files that the run declared, without those that are printed; `more` is
 * to be written with them, such as a depfile.
 */
export async function writeOutputs(
  jobs: readonly MadeJob[],
  more: readonly PendingFile[],
  options: RunOptions,
  io: Io,
  commit: Commit,
): Promise<void> {
  const changes = await Promise.all(jobs.map(changesOf));
  refuseToReplaceInputs(
    changes.flatMap(({ pending }) => [...pending.keys()]),
    jobs.flatMap(({ emitted }) => emitted),
    io,
  );
  const all = [
    ...changes.flatMap(({ before }) => before),
    ...changes.flatMap(({ pending }) => [...pending.values()]),
    ...more,
    ...changes.flatMap(({ removable }) => removable.map(removal)),
    ...withoutDoubles(changes.flatMap(({ after }) => after)),
  ];
  const changedFolders = new Set(all.map(({ path }) => dirname(path)));
  for (const folder of new Set(jobs.flatMap(foldersOf))) {
    // commitFiles does the others.
    if (!changedFolders.has(folder)) removeTemporaries(folder);
  }
  const kept = commit(all);
  for (const { rendered } of changes.flatMap(({ printed }) => printed)) {
    if (rendered.owner === 'mofgen') io.stdout(rendered.text);
  }
  const rows = jobs.flatMap((job, index) => {
    const ofJob = changes[index];
    return ofJob === undefined ? [] : rowsOf(job, ofJob, kept, io);
  });
  printSummary(rows, options, io);
}

/** The changes of a job on the disk. */
interface JobChanges extends RecordChanges {
  readonly pending: ReadonlyMap<OutputFile, PendingFile>;
  readonly printed: readonly OutputFile[];
  readonly removable: readonly Leftover[];
}

async function changesOf(job: MadeJob): Promise<JobChanges> {
  const { emitted, leftovers, options } = job;
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
  const removable = leftovers.files.filter(({ obstacle }) => obstacle === undefined);
  return { pending, printed, removable, ...(await recorded(job)) };
}

function removal({ path, shown, existing }: Leftover): PendingFile {
  return { path, shown, text: existing, mode: 'remove' };
}

/** Jobs with the same output folder share the .gitignore. */
function withoutDoubles(files: readonly PendingFile[]): readonly PendingFile[] {
  const created = new Set<string>();
  return files.filter(({ path, mode }) => {
    if (mode !== 'create') return true;
    const isFirst = !created.has(path);
    created.add(path);
    return isFirst;
  });
}

/** What was done with the files of each input, and with the leftovers of inputs that are gone. */
function rowsOf(
  { emitted, leftovers, yours }: MadeJob,
  { pending, printed, removable }: JobChanges,
  kept: ReadonlySet<string>,
  io: Io,
): readonly SummaryRow[] {
  const removed = removable.filter(({ path }) => !kept.has(path));
  const ofInputs = emitted.map((each) => {
    if (each.files.length === 0) announceNothing(each.input.name, io);
    const files = each.files.map((file): FileOutcome => ({
      shown: file.shown,
      outcome: outcomeOf(file),
    }));
    const gone = removed.filter(({ origin }) => origin.input === each.input).map(removedFile);
    return { name: each.input.name, files: [...files, ...gone] };
  });
  const ofGone = leftovers.origins.flatMap((origin): SummaryRow[] => {
    const files = removed.filter((each) => each.origin === origin).map(removedFile);
    if (origin.input !== undefined || files.length === 0) return [];
    const more = yours.get(origin.shown) ?? 0;
    const name = `${origin.shown} is gone`;
    return [{ name, files, more: [[more, 'kept (yours)']], isGone: true }];
  });
  return [...ofInputs, ...ofGone];

  function outcomeOf(file: OutputFile): string | undefined {
    const { owner } = file.rendered;
    if (printed.includes(file)) return owner === 'mofgen' ? 'printed' : undefined;
    if (pending.has(file) && !kept.has(file.path)) return 'written';
    return owner === 'user' ? 'kept (yours)' : 'unchanged';
  }
}

function removedFile({ shown }: Leftover): FileOutcome {
  return { shown, outcome: 'removed' };
}

async function recorded({
  emitted,
  targets,
  leftovers,
  records,
  options,
}: MadeJob): Promise<RecordChanges> {
  if (isPrinted(options)) return { before: [], after: [] };
  const { hashOf } = await import('./text-hash.js');
  return recordChanges(emitted, targets, leftovers, records, hashOf);
}

/** The folders that a killed run may have left temporaries in. */
function foldersOf({ emitted, targets, records, options }: MadeJob): string[] {
  const files = emitted.flatMap((each) => each.files);
  const inFolders = files.filter(({ rendered }) => !isPrinted(options, rendered.owner));
  const ofRecords = isPrinted(options) ? [] : records.folders(targets.map(({ name }) => name));
  return [...inFolders.map(({ path }) => dirname(path)), ...ofRecords];
}

/**
 * The depfile that is to be written with the rest, if one is wanted and its text is not there already. `outputs` are the files that
 * the run declared, without those that are printed.
 */
export function depfileOf(
  jobs: readonly MadeJob[],
  outputs: readonly ListedFile[],
  options: RunOptions,
  io: Io,
): PendingFile[] {
  if (options.depfile === undefined) return [];
  const emitted = jobs.flatMap((job) => job.emitted);
  const filesRead = new Set(emitted.flatMap((each) => onDisk(each.filesRead, each.input)));
  if (options.configFile !== undefined) filesRead.add(options.configFile);
  for (const { file } of jobs.flatMap(({ targets }) => targets)) {
    if (file !== undefined) filesRead.add(relative(io.cwd, file).replaceAll(sep, '/'));
  }
  const first = ownedBy(outputs, 'mofgen')[0] ?? outputs[0];
  const text = depfileText(
    options.depfileTarget ?? first?.path ?? '',
    [...filesRead],
    options.depfileFormat,
  );
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
        `'${printable(file.shown)}' would replace a file that was read; name a folder with -o`,
      );
    }
  }
}

function pendingFile(file: LocatedFile, text: string, mode: PendingFile['mode']): PendingFile {
  if (file.existing !== undefined) refuseReadOnly(file);
  return { path: file.path, shown: file.shown, text, mode };
}
