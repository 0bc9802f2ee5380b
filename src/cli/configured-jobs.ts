/** The jobs of a configuration, with the options of the command line applied. */
import { dirname, relative, resolve, sep } from 'node:path';
import { type Config, type ConfigEntry, type SharedConfig } from '../config/config.js';
import { ENTRY_KEYS } from '../config/keys.js';
import { builtInOptions, type OptionTable } from '../targets/options.js';
import { isOutsideName } from '../targets/outside-name.js';
import { loadConfig } from './config-file.js';
import { DEFAULT_TARGETS } from './default-options.js';
import { type OptionsOf, usefulOptions } from './option-conflicts.js';
import { type EntryContext, jobsOfEntry, jobsOfInputs } from './entry-jobs.js';
import { type Input, inputsOf } from './inputs.js';
import { type Io } from './io.js';
import { type Job } from './jobs.js';
import { type JobOptions } from './option-types.js';

export interface ConfiguredJobs {
  readonly jobs: readonly Job[];
  /** The name of the configuration as messages show it. */
  readonly configFile: string;
  /** From the configuration, for the run as a whole. */
  readonly maxErrors?: number;
}

/** The jobs of the configuration that `file` names, or of that of the current folder. `options` were named: they have no defaults. */
export async function configuredJobs(
  args: readonly string[],
  options: Partial<JobOptions>,
  file: string | undefined,
  io: Io,
): Promise<ConfiguredJobs> {
  const { shown: configFile, config, outside } = await loadConfig(file, io);
  const { maxErrors } = config;
  const folder = folderFrom(dirname(resolve(io.cwd, configFile)), io.cwd);
  const given = await outsideOptionsOf(options.target ?? [], io);
  const optionsOf: OptionsOf = (name) =>
    given.get(name) ?? outside.get(name)?.target.options ?? builtInOptions(name);
  const context = { folder, given: options, optionsOf };
  const jobs =
    args.length === 0
      ? entriesOf(config, optionsOf).flatMap((entry) => jobsOfEntry(entry, context, io))
      : jobsOfNamed(inputsOf(args, options, io), config, context, io);
  const source = {
    file: configFile,
    named: new Set(Object.keys(options)),
    emit: new Set(Object.keys(options.emit ?? {})),
  };
  return {
    jobs: jobs.map((job) => ({ ...job, source })),
    configFile,
    ...(maxErrors === undefined ? {} : { maxErrors }),
  };
}

/** The options of targets of the command line that are not built in, by their names. */
async function outsideOptionsOf(
  names: readonly string[],
  io: Io,
): Promise<ReadonlyMap<string, OptionTable>> {
  const found = new Map<string, OptionTable>();
  for (const name of names.filter(isOutsideName)) {
    const { loadOutside } = await import('./outside-targets.js');
    found.set(name, (await loadOutside(name, '', io)).target.options);
  }
  return found;
}

/** Inputs that were named get the keys of the entries that list them, the others the keys outside `entries`. */
function jobsOfNamed(
  inputs: readonly Input[],
  config: Config,
  context: EntryContext,
  io: Io,
): readonly Job[] {
  const only = new Set(inputs.flatMap(({ path }) => path ?? []));
  const jobs = entriesOf(config, context.optionsOf)
    .flatMap((entry) => jobsOfEntry(entry, context, io, only))
    .filter((job) => job.inputs.length > 0)
    .map((job) => ({ ...job, inputs: job.inputs.map((input) => asNamed(input, inputs)) }));
  const listed = new Set(jobs.flatMap((job) => job.inputs.map(({ path }) => path)));
  const others = inputs.filter(({ path }) => path === undefined || !listed.has(path));
  if (others.length === 0) return jobs;
  return [...jobs, ...jobsOfInputs(others, [], sharedKeysOf(config), context, io)];
}

function asNamed(input: Input, named: readonly Input[]): Input {
  return named.find(({ path }) => path === input.path) ?? input;
}

/** The entries, with the shared keys added. */
function entriesOf(config: Config, optionsOf: OptionsOf): readonly ConfigEntry[] {
  const keys = sharedKeysOf(config);
  const { entries, inputs = [], exclude = [] } = config;
  if (entries === undefined) return [{ ...keys, inputs, exclude }];
  return entries.map((entry) => {
    const both = { ...keys, ...entry };
    if (entry.options !== undefined || keys.options === undefined) return both;
    // Shared options may apply to the targets of some entries only.
    const targets = both.targets ?? DEFAULT_TARGETS;
    return { ...both, options: usefulOptions(keys.options, targets, optionsOf) };
  });
}

/** The shared keys. */
function sharedKeysOf(config: Config): SharedConfig {
  return Object.fromEntries(
    Object.entries(config).filter(
      ([key]) => Object.hasOwn(ENTRY_KEYS, key) && key !== 'inputs' && key !== 'exclude',
    ),
  );
}

/** A folder relative to another one, with slashes; '' for the same. */
function folderFrom(folder: string, from: string): string {
  return relative(from, folder).replaceAll(sep, '/');
}
