/** Turns an entry of a configuration into jobs: patterns become inputs, placeholders folders, keys options. */
import { isAbsolute, posix, relative, resolve, sep } from 'node:path';
import { type ConfigEntry, type SharedConfig } from '../config/config.js';
import { ENTRY_KEYS, type EntryKey, type KeyRow, placeholdersIn } from '../config/keys.js';
import { DEFAULT_OUTPUT, DEFAULT_TARGETS } from './default-options.js';
import { type OptionsOf, usefulOptions } from './option-conflicts.js';
import { type Input, inputsOf, patternsIn } from './inputs.js';
import { type Io } from './io.js';
import { type Job } from './jobs.js';
import { type JobOptions } from './option-types.js';
import { filesMatching } from './patterns.js';
import { RECORDS_MARK } from './record-folder.js';

/** Where an entry lies, and the options of the command line. */
export interface EntryContext {
  /** The folder of the configuration as seen from the working directory, with slashes; '' when they are the same. */
  readonly folder: string;
  /** The options that were named; they replace those of the entry. */
  readonly given: Partial<JobOptions>;
  readonly optionsOf: OptionsOf;
}

/** `only` has the absolute paths of the only inputs that are wanted; absent: all. */
export function jobsOfEntry(
  { inputs: names, exclude = [], ...keys }: ConfigEntry,
  context: EntryContext,
  io: Io,
  only?: ReadonlySet<string>,
): readonly Job[] {
  const named = names.map((name) => rebased(name, context.folder));
  const excluded = new Set(
    filesNamed(
      exclude.map((name) => rebased(name, context.folder)),
      io,
    ).map((name) => resolve(io.cwd, name)),
  );
  const wanted =
    only === undefined
      ? named
      : filesNamed(named, io).filter((name) => only.has(resolve(io.cwd, name)));
  const inputs = inputsOf(wanted, {}, io).filter(({ path = '' }) => !excluded.has(path));
  // A run of some inputs does not know whether others are gone.
  const patterns = only === undefined ? patternsIn(named, io) : [];
  return jobsOfInputs(inputs, patterns, keys, context, io);
}

/** The jobs of inputs for which the same keys hold. */
export function jobsOfInputs(
  inputs: readonly Input[],
  patterns: readonly string[],
  keys: SharedConfig,
  context: EntryContext,
  io: Io,
): readonly Job[] {
  const { folder, given } = context;
  if (!hasPlaceholders(keys, given)) {
    return [{ inputs, patterns, options: optionsOf(keys, context) }];
  }
  const root = resolve(io.cwd, folder);
  const jobs = new Map<string, { inputs: Input[]; readonly options: JobOptions }>();
  for (const input of inputs) {
    const own = input.path === undefined ? '' : relative(root, resolve(input.path, '..'));
    const replaced = withoutPlaceholders(keys, { base: input.base, folder: slashed(own) });
    const options = optionsOf(replaced, context);
    const key = JSON.stringify([options.output, options.userOutput, options.mfl]);
    const job = jobs.get(key) ?? { inputs: [], options };
    job.inputs.push(input);
    jobs.set(key, job);
  }
  const known = new Set([...jobs.values()].map((job) => resolve(io.cwd, job.options.output)));
  for (const output of earlierOutputs(keys, patterns, context, io)) {
    if (known.has(resolve(io.cwd, output))) continue;
    jobs.set(output, {
      inputs: [],
      options: { ...optionsOf(withoutInputPaths(keys), context), output },
    });
  }
  return [...jobs.values()].map((job) => ({ ...job, patterns }));
}

/** A path of the configuration, relative to the working directory. */
function rebased(path: string, folder: string): string {
  return folder === '' || isAbsolute(path) ? path : posix.join(folder, path);
}

/** The names, with patterns replaced by the files that they match. */
function filesNamed(names: readonly string[], io: Io): string[] {
  const patterns = new Set(patternsIn(names, io));
  return names.flatMap((name) => (patterns.has(name) ? filesMatching(name, io.cwd) : [name]));
}

/** The options of a command line that mean the same as the keys. */
function optionsOf(
  {
    options = {},
    define,
    targets = DEFAULT_TARGETS,
    output = DEFAULT_OUTPUT,
    ...shared
  }: SharedConfig,
  { folder, given, optionsOf }: EntryContext,
): JobOptions {
  const renamed = Object.entries(shared).map(([key, value]): [string, unknown] => {
    const { option = key, isPath = false }: KeyRow = ENTRY_KEYS[key as EntryKey];
    return [option, isPath ? rebasedValue(value, folder) : value];
  });
  return {
    ...Object.fromEntries(renamed),
    ...(define === undefined ? {} : { define: macrosOf(define) }),
    target: targets,
    ...(given.target === undefined && folder !== '' ? { targetFolder: folder } : {}),
    output: rebased(output, folder),
    ...given,
    // The entry has them for its own targets.
    emit: {
      ...(given.target === undefined ? options : usefulOptions(options, given.target, optionsOf)),
      ...given.emit,
    },
  };
}

function rebasedValue(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value.map((each) => rebasedValue(each, folder));
  return typeof value === 'string' ? rebased(value, folder) : value;
}

/** As -D takes them. */
function macrosOf(define: Exclude<SharedConfig['define'], undefined>): string[] {
  return Object.entries(define).map(([name, text]) => (text === true ? name : `${name}=${text}`));
}

/** Whether a path with a placeholder is used: the options that were named have none. */
function hasPlaceholders(
  { output = '', userOutput = '', mfl = [] }: SharedConfig,
  given: Partial<JobOptions>,
): boolean {
  const used = [
    ...(given.output === undefined ? [output] : []),
    ...(given.userOutput === undefined ? [userOutput] : []),
    ...(given.mfl === undefined ? mfl : []),
  ];
  return used.some((path) => placeholdersIn(path).length > 0);
}

type Replacements = Readonly<Record<'base' | 'folder', string>>;

function withoutPlaceholders(keys: SharedConfig, replacements: Replacements): SharedConfig {
  const { output, userOutput, mfl } = keys;
  return {
    ...keys,
    ...(output === undefined ? {} : { output: replaced(output, replacements) }),
    ...(userOutput === undefined ? {} : { userOutput: replaced(userOutput, replacements) }),
    ...(mfl === undefined ? {} : { mfl: mfl.map((each) => replaced(each, replacements)) }),
  };
}

/** The keys of a job without inputs: no text is localised, and nothing can replace the placeholders of `userOutput`. */
function withoutInputPaths(keys: SharedConfig): SharedConfig {
  const { userOutput = '' } = keys;
  const unusable = new Set([
    'mfl',
    ...(placeholdersIn(userOutput).length > 0 ? ['userOutput'] : []),
  ]);
  return Object.fromEntries(Object.entries(keys).filter(([key]) => !unusable.has(key)));
}

/** `{folder}/gen` for an input in the folder of the configuration is `gen`. */
function replaced(path: string, { base, folder }: Replacements): string {
  const whole = path
    .replaceAll('{base}', () => base)
    .replaceAll('{folder}', () => (folder === '' ? '.' : folder));
  return posix.normalize(whole);
}

function slashed(path: string): string {
  return path.replaceAll(sep, '/');
}

/** Folders that earlier runs wrote to for inputs that match the patterns; the inputs may be gone. */
function earlierOutputs(
  { output = DEFAULT_OUTPUT }: SharedConfig,
  patterns: readonly string[],
  { folder, given }: EntryContext,
  io: Io,
): readonly string[] {
  if (given.output !== undefined) return [];
  const found = patterns.flatMap((pattern) => {
    const own = posix.relative(folder, posix.dirname(slashed(pattern)));
    const outputs = rebased(replaced(output, { base: '*', folder: own }), folder);
    return filesMatching(`${outputs}/${RECORDS_MARK}`, io.cwd);
  });
  return [...new Set(found)].map((name) => slashed(name).slice(0, -RECORDS_MARK.length - 1));
}
