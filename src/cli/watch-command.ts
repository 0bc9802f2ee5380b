/** `mofgen --watch`: generates, and generates again what depends on a changed file, until it is interrupted. */
import { statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { isOutsideName, isPackageName } from '../targets/outside-name.js';
import { CONFIG_NAMES, hasConfiguration } from './config-names.js';
import { configuredRun, type ConfiguredRun, type ConfigurationOptions } from './configured-run.js';
import { counted } from './counted.js';
import { generateCommand } from './generate-command.js';
import { type Input } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { CommandFailure, systemCode, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type GenerateOptions } from './option-types.js';
import { isCovered } from './pattern-cover.js';
import { type Change, WatchedFiles, type WatchPlan } from './watched-files.js';

type Run = ConfiguredRun<GenerateOptions>;
type Dependencies = ReadonlyMap<Input, ReadonlySet<string>>;

/** `defaults` are the options of a job without a configuration. */
export async function watchCommand(
  args: readonly string[],
  parsed: Partial<GenerateOptions> & ConfigurationOptions,
  defaults: GenerateOptions,
  io: Io,
): Promise<ExitCode> {
  if (args.includes('-')) throw usageFailure(`--watch cannot watch standard input ('-')`);
  if (parsed.output === '-') throw usageFailure('--watch writes files; name their folder with -o');
  const files = new WatchedFiles();
  io.onInterrupt?.(() => {
    files.stop();
  });
  let run: Run | undefined;
  let dependencies: Dependencies = new Map();
  let isBroken = false;
  let changes: readonly Change[] | undefined;
  do {
    const start = Date.now();
    // After a failed run, the files on disk are those of the run before it.
    const affected: ReadonlySet<Input> | undefined = isBroken
      ? undefined
      : inputsAffected(changes, dependencies, io);
    try {
      run =
        affected === undefined || run === undefined
          ? await configuredRun(args, parsed, defaults, 'a.mof', io)
          : run;
      if (run === undefined) return EXIT.ok;
      const { jobs, options }: Run = affected === undefined ? run : withOnly(run, affected);
      const onRead = (read: Dependencies) => {
        dependencies = affected === undefined ? read : new Map([...dependencies, ...read]);
      };
      isBroken = (await generateCommand(jobs, options, io, { onRead })) !== EXIT.ok;
    } catch (error) {
      if (!(error instanceof CommandFailure)) throw error;
      if (changes === undefined && isOfCommandLine(error, parsed, io)) throw error;
      io.stderr(`mofgen: ${error.message}\n`);
      isBroken = true;
    }
    const plan = planOf(run, dependencies, parsed, isBroken, io);
    await files.follow(plan);
    for (const path of changedSince(start, plan.named)) files.note(path);
    io.stderr(`watching ${counted(fileCount(dependencies), 'file')}; Ctrl-C ends\n`);
    changes = await files.next();
    if (changes !== undefined) announce(changes, io);
  } while (changes !== undefined);
  return EXIT.ok;
}

/** Whether the error is in the command line, so that no change of a file can fix it. */
function isOfCommandLine(
  { exitCode }: CommandFailure,
  { config }: ConfigurationOptions,
  { cwd }: Io,
): boolean {
  return exitCode === EXIT.usage && !hasConfiguration(config, cwd);
}

/** The inputs that depend on the changes; `undefined` for all: a file is new or gone, or belongs to no input. */
function inputsAffected(
  changes: readonly Change[] | undefined,
  dependencies: Dependencies,
  io: Io,
): ReadonlySet<Input> | undefined {
  if (changes === undefined || changes.some(({ kind }) => kind !== 'changed')) return undefined;
  const paths = new Set(changes.map(({ path }) => path));
  const affected = new Set<Input>();
  for (const [input, names] of dependencies) {
    for (const name of names) {
      if (paths.has(resolve(io.cwd, name))) affected.add(input);
    }
  }
  const known = new Set(pathsOf(dependencies, io));
  return [...paths].every((path) => known.has(path)) ? affected : undefined;
}

/** The run with these inputs alone; it does not detect whether other inputs are gone. */
function withOnly({ jobs, options }: Run, inputs: ReadonlySet<Input>): Run {
  const some = jobs.map((job) => ({
    ...job,
    inputs: job.inputs.filter((input) => inputs.has(input)),
    patterns: [],
  }));
  return { jobs: some.filter((job) => job.inputs.length > 0), options };
}

function planOf(
  run: Run | undefined,
  dependencies: Dependencies,
  { config }: ConfigurationOptions,
  isBroken: boolean,
  { cwd }: Io,
): WatchPlan & { readonly named: ReadonlySet<string> } {
  const patterns = [...new Set(run?.jobs.flatMap((job) => job.patterns) ?? [])];
  const configs = config === false ? [] : config === undefined ? CONFIG_NAMES : [config];
  const outputs = new Set(run?.jobs.map(({ options }) => resolve(cwd, options.output)) ?? []);
  const named = new Set([
    ...pathsOf(dependencies, { cwd }),
    ...configs.map((name) => resolve(cwd, name)),
    ...targetFiles(run, cwd),
  ]);
  return {
    named,
    folders: new Set([...named].map((path) => dirname(path))),
    // Until a run has read its patterns, any file may be the missing one.
    trees: new Set(
      run === undefined ? [cwd] : patterns.map((pattern) => resolve(cwd, fixedFolder(pattern))),
    ),
    // After a failed run, a new file may be the one that was missing.
    counts: (path) =>
      named.has(path) ||
      isCovered(patterns, path, cwd) ||
      (isBroken && isSource(path) && !outputs.has(dirname(path))),
  };
}

/** The modules of targets that are files. */
function targetFiles(run: Run | undefined, cwd: string): string[] {
  return (run?.jobs ?? []).flatMap(({ options: { target, targetFolder = '' } }) =>
    target
      .filter((name) => isOutsideName(name) && !isPackageName(name))
      .map((name) => resolve(cwd, targetFolder, name)),
  );
}

/** The folder of a pattern up to its first wildcard. */
function fixedFolder(pattern: string): string {
  return dirname(`${/^[^*?[{]*/.exec(pattern)?.[0] ?? ''}x`);
}

/** Whether an input may include the file, by its extension. */
function isSource(path: string): boolean {
  return /\.(?:mof|mfl|h|hpp|inc|bmf|dsl)$/i.test(path);
}

function pathsOf(dependencies: Dependencies, { cwd }: Pick<Io, 'cwd'>): string[] {
  return [...dependencies.values()].flatMap((names) =>
    [...names].map((name) => resolve(cwd, name)),
  );
}

/** The files that were saved while the run read them. A time in the future, as of an unpacked archive, does not count. */
function changedSince(start: number, paths: ReadonlySet<string>): string[] {
  const end = Date.now();
  return [...paths].filter((path) => {
    try {
      const time = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
      return time > start && time <= end;
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      return false;
    }
  });
}

function fileCount(dependencies: Dependencies): number {
  return new Set([...dependencies.values()].flatMap((names) => [...names])).size;
}

/** The number of files that are named. */
const MAX_SHOWN = 3;

function announce(changes: readonly Change[], { cwd, stderr }: Io): void {
  const lines = changes.map(({ path, kind }) => `${printable(relative(cwd, path))}: ${kind}`);
  const more = lines.length - MAX_SHOWN;
  const shown = [...lines.slice(0, MAX_SHOWN), ...(more > 0 ? [`and ${more} more`] : [])];
  stderr(`\n${shown.map((line) => `${line}\n`).join('')}`);
}
