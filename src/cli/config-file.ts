/** Finds and reads the configuration of a run: the named one, or that of the current folder; never one of a parent folder. */
import { readFileSync, statSync } from 'node:fs';
import { dirname, extname, resolve } from 'node:path';
import { type Config } from '../config/config.js';
import { configFaults, type ConfigPath } from '../config/faults.js';
import { readJson } from '../config/json-text.js';
import { printable } from '../diagnostics/printable.js';
import { decode } from '../compile/decode.js';
import { positionAt } from '../text/source-file.js';
import { isOutsideName } from '../targets/outside-name.js';
import { configsIn } from './config-names.js';
import { type ImportedModule, importModule } from './import-module.js';
import { EXIT } from './exit-codes.js';
import { CommandFailure, ioFailure, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type OutsideTarget } from './outside-targets.js';

export interface LoadedConfig {
  /** The path as messages show it, relative to the working directory. */
  readonly shown: string;
  readonly config: Config;
  /** The targets that it names and that are not built in, by their names. */
  readonly outside: ReadonlyMap<string, OutsideTarget>;
}

/** `given` is the name of one; without it there is one in the current folder. */
export async function loadConfig(given: string | undefined, io: Io): Promise<LoadedConfig> {
  const shown = given ?? foundIn(io.cwd);
  const path = resolve(io.cwd, shown);
  switch (extname(path).toLowerCase()) {
    case '.json':
      return { shown, ...(await readJsonConfig(path, shown, io)) };
    case '.mjs':
      return { shown, ...(await importConfig(path, shown, io)) };
    default:
      throw usageFailure(
        `'${printable(shown)}' is not a configuration; its name ends with .json or .mjs, such as mofgen.config.json`,
      );
  }
}

function foundIn(folder: string): string {
  const [first, second] = configsIn(folder);
  if (first === undefined) throw ioFailure('the configuration no longer exists');
  if (second === undefined) return first;
  throw usageFailure(
    `there are two configurations, ${first} and ${second}; remove one, or name one with --config`,
  );
}

/** Far beyond any configuration, which has kilobytes. */
const MAX_BYTES = 16 * 1024 * 1024;

type ReadConfig = Omit<LoadedConfig, 'shown'>;

async function readJsonConfig(path: string, shown: string, io: Io): Promise<ReadConfig> {
  const { value: source, diagnostics } = decode(bytesOf(path, shown), shown);
  const [undecodable] = diagnostics;
  if (undecodable !== undefined) throw faulty([`${printable(shown)}: ${undecodable.message}`]);
  const { value, faults, offsetOf } = readJson(source.text);
  const at = (offset: number) => {
    const { line, column } = positionAt(source, offset);
    return `${shown}:${line}:${column}`;
  };
  if (faults.length > 0) {
    throw faulty(faults.map(({ offset, message }) => `${at(offset)}: ${message}`));
  }
  return withoutFaults(value, shown, io, (faultPath, isKey) => at(offsetOf(faultPath, isKey)));
}

function bytesOf(path: string, shown: string): Uint8Array {
  try {
    const stats = statSync(path);
    if (stats.isFile() && stats.size <= MAX_BYTES) return readFileSync(path);
  } catch (error) {
    throw ioFailure(`cannot read '${printable(shown)}'`, error);
  }
  throw ioFailure(`cannot read '${printable(shown)}': it is not a regular file of at most 16 MB`);
}

async function importConfig(path: string, shown: string, io: Io): Promise<ReadConfig> {
  const stats = fileStats(path, shown);
  let module: ImportedModule;
  try {
    module = await importModule(path, shown, io, stats);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw faulty([`${shown}: ${message}`]);
  }
  if (module.default === undefined) {
    throw faulty([`${shown}: it has no default export; write: export default defineConfig({ … })`]);
  }
  return withoutFaults(module.default, shown, io, (faultPath) =>
    [shown, pathWords(faultPath)].join(': '),
  );
}

function fileStats(path: string, shown: string) {
  try {
    return statSync(path);
  } catch (error) {
    throw ioFailure(`cannot read '${printable(shown)}'`, error);
  }
}

/** `entries[0].output`; `the configuration` for the whole. */
function pathWords(path: ConfigPath): string {
  if (path.length === 0) return 'the configuration';
  return path
    .map((step) => (typeof step === 'number' ? `[${step}]` : `.${step}`))
    .join('')
    .replace(/^\./, '');
}

async function withoutFaults(
  value: unknown,
  shown: string,
  io: Io,
  placeOf: (path: ConfigPath, isKey: boolean) => string,
): Promise<ReadConfig> {
  const outside = await outsideTargets(value, shown, io);
  const tables = [...outside.values()].map(({ target }) => Object.entries(target.options));
  const faults = configFaults(value, Object.fromEntries(tables.flat()));
  if (faults.length === 0) return { config: value as Config, outside };
  throw faulty(
    faults.map(({ path, isKey = false, message }) => `${placeOf(path, isKey)}: ${message}`),
  );
}

/** Loads the targets of a configuration that are not built in: their options are keys of it. */
async function outsideTargets(
  value: unknown,
  shown: string,
  io: Io,
): Promise<ReadonlyMap<string, OutsideTarget>> {
  const names = new Set(namedTargets(value).filter(isOutsideName));
  const found = new Map<string, OutsideTarget>();
  if (names.size === 0) return found;
  const { loadOutside } = await import('./outside-targets.js');
  for (const name of names) found.set(name, await loadOutside(name, dirname(shown), io));
  return found;
}

/** The names of targets in a configuration that was not checked yet. */
function namedTargets(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { targets, entries } = value as Partial<Record<'targets' | 'entries', unknown>>;
  return [
    ...(Array.isArray(targets) ? targets.filter((each) => typeof each === 'string') : []),
    ...(Array.isArray(entries) ? entries.flatMap(namedTargets) : []),
  ];
}

/** The number of faults that are printed. */
const MAX_FAULTS = 20;

function faulty(lines: readonly string[]): CommandFailure {
  const shown = lines.slice(0, MAX_FAULTS).map(printable);
  const more = lines.length - shown.length;
  const all = [...shown, ...(more > 0 ? [`and ${more} more`] : [])];
  return new CommandFailure(EXIT.usage, all.join('\nmofgen: '));
}
