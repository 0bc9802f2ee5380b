/** The jobs of a command: those of the configuration if there is one, else one job of the command line. */
import { withNamedSwitches } from './command-options.js';
import { hasConfiguration } from './config-names.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type Job, jobOf } from './jobs.js';
import { type CommonOptions, type JobOptions, type SwitchOptions } from './option-types.js';

/** The options about the configuration, as they were named. */
export interface ConfigurationOptions {
  /** The file of --config, or false for --no-config. */
  readonly config?: string | false;
  readonly printConfig?: boolean;
}

export interface ConfiguredRun<Options extends CommonOptions> {
  readonly jobs: readonly Job<Options & SwitchOptions>[];
  /** The options of the run as a whole. */
  readonly options: Options & ConfigurationOptions & { readonly configFile?: string };
}

/**
 * `defaults` are the options of a job without a configuration, `example` is a command line with an input. `undefined` when
 * --print-config was named and the configuration is printed.
 */
export async function configuredRun<Options extends CommonOptions>(
  args: readonly string[],
  parsed: Partial<Options> & ConfigurationOptions,
  defaults: Options,
  example: string,
  io: Io,
): Promise<ConfiguredRun<Options> | undefined> {
  // The parser sets absent options to undefined, which must not override the keys of the configuration.
  const named = Object.fromEntries(
    Object.entries(parsed).filter(([, value]) => value !== undefined),
  ) as typeof parsed;
  const found = await configured<Options>(args, named, io);
  if (found === undefined && args.length === 0) {
    throw usageFailure(
      `there is no input, and no mofgen.config.json; write: mofgen ${example}, or 'mofgen init' for a configuration`,
    );
  }
  const options = { ...defaults, ...named };
  const jobs = found?.jobs ?? [jobOf(args, withNamedSwitches(options), io)];
  if (named.printConfig === true) {
    const { configText } = await import('./print-config.js');
    io.stdout(configText(jobs));
    return undefined;
  }
  const { configFile, maxErrors } = found ?? {};
  return {
    jobs,
    options: {
      ...(maxErrors === undefined ? {} : { maxErrors }),
      ...options,
      ...(configFile === undefined ? {} : { configFile }),
    },
  };
}

/** Most runs have no configuration and load nothing for one. */
async function configured<Options extends CommonOptions>(
  args: readonly string[],
  { config, ...named }: Partial<Options> & ConfigurationOptions,
  io: Io,
) {
  if (config === false || !hasConfiguration(config, io.cwd)) return undefined;
  const { configuredJobs } = await import('./configured-jobs.js');
  // None of them is undefined.
  const options = withNamedSwitches(named) as Partial<JobOptions>;
  const found = await configuredJobs(args, options, config, io);
  return found as typeof found & { readonly jobs: readonly Job<Options & SwitchOptions>[] };
}
