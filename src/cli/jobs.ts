/** A job: inputs with common options. A run has one or more. */
import { type Input, inputsOf, patternsIn } from './inputs.js';
import { type Io } from './io.js';
import { type CommonOptions, type JobOptions } from './option-types.js';

/** The configuration that a job comes from, and the options that replace its keys. */
export interface JobSource {
  /** The name of the configuration as messages show it. */
  readonly file: string;
  /** The names of the options that were named. */
  readonly named: ReadonlySet<string>;
  /** The names of the options of targets that were named. */
  readonly emit: ReadonlySet<string>;
}

export interface Job<Options extends CommonOptions = JobOptions> {
  readonly inputs: readonly Input[];
  /** The patterns among the inputs: the outputs of a file that matches one are removed when the file is gone. */
  readonly patterns: readonly string[];
  readonly options: Options;
  /** Absent without a configuration. */
  readonly source?: JobSource;
}

/** Runs `work` for a job. A failure names the configuration that the job comes from. */
export async function forJob<T>(
  { source }: Pick<Job, 'source'>,
  action: () => T,
): Promise<Awaited<T>> {
  try {
    return await action();
  } catch (error) {
    if (source === undefined) throw error;
    const { ofConfiguration } = await import('./job-source.js');
    throw ofConfiguration(error, source);
  }
}

/** The inputs of a command line as one job. */
export function jobOf<Options extends CommonOptions>(
  args: readonly string[],
  options: Options,
  io: Io,
): Job<Options> {
  return { inputs: inputsOf(args, options, io), patterns: patternsIn(args, io), options };
}
