/** `mofgen check`: reports the findings of every input, and of the named targets, and writes nothing. */
import { printable } from '../diagnostics/printable.js';
import { type AnalysisJob, analyzeJobs, modelOnly, NO_CLASSES } from './analyze-inputs.js';
import { emission } from './emission.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { forJob, type Job, jobOf } from './jobs.js';
import { type CheckJobOptions, type CheckOptions } from './option-types.js';

/** Checks files without options. */
export function checkFiles(args: readonly string[], io: Io): Promise<ExitCode> {
  return checkCommand([jobOf<CheckJobOptions>(args, { emit: {} }, io)], {}, io);
}

export async function checkCommand(
  jobs: readonly Job<CheckJobOptions>[],
  options: CheckOptions,
  io: Io,
): Promise<ExitCode> {
  const planned: AnalysisJob<unknown>[] = [];
  for (const job of jobs) {
    planned.push({ ...job, further: await forJob(job, () => stageOf(job.options, io)) });
  }
  const { analyses, exitCode } = await analyzeJobs(planned, options, io, { isStdoutFree: true });
  if (exitCode === EXIT.ok && options.quiet !== true) {
    // An input may be in several jobs.
    const lines = analyses.flat().map(({ input, model }) => {
      return `${printable(input.name)}: ok, ${classWords(model.blocks.length)}\n`;
    });
    for (const line of new Set(lines)) io.stderr(line);
  }
  return exitCode;
}

async function stageOf(options: CheckJobOptions, io: Io): Promise<AnalysisJob<unknown>['further']> {
  if (options.target !== undefined) return (await emission(options.target, options, io)).stage;
  if (Object.keys(options.emit).length > 0) {
    throw usageFailure(`a switch of targets goes with -t, which names them`);
  }
  return modelOnly;
}

function classWords(number: number): string {
  if (number === 0) return `but there are ${NO_CLASSES}`;
  return `${number} WMI ${number === 1 ? 'class' : 'classes'}`;
}
