/** `mofgen init`: writes a configuration for the repository, and prints what to add to its build files. */
import { posix, resolve } from 'node:path';
import { type Config } from '../config/config.js';
import { printable } from '../diagnostics/printable.js';
import { adviceFor } from './build-advice.js';
import { commitFiles } from './commit-files.js';
import { CONFIG_NAMES, configsIn } from './config-names.js';
import { counted } from './counted.js';
import { DEFAULT_OUTPUT, DEFAULT_TARGETS } from './default-options.js';
import { emission, refuseRivals, type RunTarget } from './emission.js';
import { inputsOf, readInput } from './inputs.js';
import { EXIT, type ExitCode } from './exit-codes.js';
import { ioFailure, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { lookAt, type Repository } from './repository.js';

export interface InitOptions {
  readonly target?: readonly string[];
  readonly output?: string;
  readonly userOutput?: string;
}

const [NAME] = CONFIG_NAMES;

export async function initCommand(
  args: readonly string[],
  options: InitOptions,
  io: Io,
): Promise<ExitCode> {
  const [existing] = configsIn(io.cwd);
  if (existing !== undefined) {
    throw usageFailure(
      `there is ${existing} already; 'mofgen --print-config' prints what it means`,
    );
  }
  const repository = lookAt(io.cwd);
  const mofs = args.length === 0 ? repository.mofs : await mofsNamed(args, io);
  if (mofs.length === 0) {
    throw usageFailure('there is no .mof file here; name one: mofgen init mof/a.mof');
  }
  const targets = options.target ?? defaultTargets(repository);
  const { targets: loaded } = await emission(targets, { emit: {} }, io);
  refuseRivals(loaded);
  const config = {
    ...(hasPackage(repository)
      ? { $schema: './node_modules/mofgen/schemas/config.schema.json' }
      : {}),
    inputs: args.length === 0 ? patternsOf(mofs) : args,
    targets,
    output: options.output ?? outputFor(mofs),
    ...(options.userOutput === undefined ? {} : { userOutput: options.userOutput }),
  } satisfies Config;
  const text = `${JSON.stringify(config, undefined, 2)}\n`;
  const path = resolve(io.cwd, NAME);
  const kept = commitFiles([{ path, shown: NAME, text, mode: 'create' }]);
  if (kept.size > 0) throw ioFailure(`cannot write '${NAME}': another program has just created it`);
  io.stderr(
    `${NAME}: written, for ${mofs.length === 1 ? printable(mofs[0] ?? '') : counted(mofs.length, 'MOF file')} and ${targets.join(', ')}\n`,
  );
  const userFolder = config.userOutput ?? config.output;
  io.stdout(nextSteps(repository, mofs, loaded, userFolder.includes('{') ? undefined : userFolder));
  return EXIT.ok;
}

/** The files that a command line names. Throws where one cannot be read: the configuration would be of no use. */
async function mofsNamed(args: readonly string[], io: Io): Promise<string[]> {
  const inputs = inputsOf(args, {}, io);
  for (const input of inputs) {
    if (input.path === undefined) {
      throw usageFailure(`a configuration names files; standard input ('-') is not a file`);
    }
    const read = await readInput(input, io);
    if (!(read instanceof Uint8Array)) throw ioFailure(read.message);
  }
  return inputs.map(({ name }) => name);
}

function hasPackage({ builds }: Repository): boolean {
  return builds.some(({ system }) => system === 'package.json');
}

/** Targets of two driver models would share the user's file, so only the first is taken: it has the better evidence. */
function defaultTargets({ targets }: Repository): readonly string[] {
  const [driver, ...others] = targets.filter((target) => target !== 'ts' && target !== 'header');
  if (driver !== undefined) return [...targets.filter((each) => !others.includes(each))];
  return targets.length === 0 ? DEFAULT_TARGETS : targets;
}

/** The number of folders that are named one by one. */
const MAX_FOLDERS = 4;

function patternsOf(mofs: readonly string[]): string[] {
  const folders = [...new Set(mofs.map((name) => posix.dirname(name.replaceAll('\\', '/'))))];
  if (folders.length > MAX_FOLDERS) return ['**/*.mof'];
  return folders.map((folder) => posix.join(folder, '*.mof'));
}

/** One folder for all, unless two files have the same name. */
function outputFor(mofs: readonly string[]): string {
  const names = mofs.map((name) => posix.basename(name.replaceAll('\\', '/')).toLowerCase());
  return new Set(names).size === names.length ? DEFAULT_OUTPUT : `{folder}/${DEFAULT_OUTPUT}`;
}

function nextSteps(
  { builds }: Repository,
  mofs: readonly string[],
  targets: readonly RunTarget[],
  userFolder: string | undefined,
): string {
  const situation = {
    mofs: mofs.map(printable),
    targets,
    userFolder: userFolder === undefined ? undefined : printable(userFolder.replaceAll('\\', '/')),
  };
  const advice = builds.flatMap(({ system, file }) =>
    adviceFor(system, printable(file), situation),
  );
  const steps = [
    'mofgen             generates\nmofgen --check     exits 1 when a generated file is out of date\nmofgen --watch     generates again when a file changes',
    ...advice,
  ];
  return `${steps.join('\n\n')}\n`;
}
