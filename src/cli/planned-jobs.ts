/** Loads the targets of the jobs of a run, and finds their output folders. */
import { resolve } from 'node:path';
import { type RenderedFile } from '../targets/target.js';
import { type FurtherStage } from './analyze-part.js';
import { refuseUnusableName } from './declared-outputs.js';
import { emission, refuseRivals, type RunTarget } from './emission.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { forJob, type Job } from './jobs.js';
import { generatedFolderOf, isFormattable } from './output-files.js';
import { realFolder, RecordFolder } from './record-folder.js';

/** A job with its targets loaded. */
export interface PlannedJob extends Job {
  readonly targets: readonly RunTarget[];
  readonly stage: FurtherStage<readonly RenderedFile[]>;
  /** The records of its output folder; jobs with the same folder have the same. */
  readonly records: RecordFolder;
}

/** Loads the targets of all jobs. Throws a usage failure for what cannot be emitted, before anything is read. */
export async function planJobs(jobs: readonly Job[], io: Io): Promise<readonly PlannedJob[]> {
  const folders = new Map<string, RecordFolder>();
  const planned: PlannedJob[] = [];
  for (const job of jobs) {
    const { options, inputs } = job;
    const { targets, stage } = await forJob(job, async () => {
      const found = await emission(options.target, options, io, generatedFolderOf(options, io));
      refuseRivals(found.targets);
      if (options.format === true) refuseIdleFormat(found.targets);
      return found;
    });
    for (const input of inputs) refuseUnusableName(input, targets);
    const folder = realFolder(resolve(io.cwd, options.output));
    const records = folders.get(folder) ?? new RecordFolder(options.output, io);
    folders.set(folder, records);
    planned.push({ ...job, targets, stage, records });
  }
  return planned;
}

/** Throws a usage failure for targets that have nothing for the project's formatter. */
function refuseIdleFormat(targets: readonly RunTarget[]): void {
  const files = targets.flatMap((target) => target.fileNames('any'));
  if (files.some(isFormattable)) return;
  const names = targets.map(({ name }) => name).join(', ');
  throw usageFailure(`--format changes nothing for ${names}; it is for ts`);
}
