/**
 * Finds files that mofgen wrote for an input and no longer makes, and decides which may be removed. Changes no file.
 *
 * Names in records are untrusted: a removed file must lie in the output folder itself, be a regular file, have mofgen's banner,
 * and the text that mofgen wrote.
 */
import { accessSync, constants, lstatSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type RunTarget } from './emission.js';
import { type Emitted } from './emitted-files.js';
import { type Obstacle, obstacleTo } from './file-state.js';
import { type Input, onDisk } from './inputs.js';
import { systemCode } from './failures.js';
import { type Io } from './io.js';
import { type JobOptions } from './option-types.js';
import { isSameFile, outputPath } from './output-files.js';
import { isCovered } from './pattern-cover.js';
import { isPrinted } from './printed-output.js';
import { type RecordFolder, type RecordKey, type StoredRecord } from './record-folder.js';
import { bannerOf } from './stale-files.js';

export interface Leftover {
  readonly name: string;
  /** The path as messages show it. */
  readonly shown: string;
  /** The absolute path; it is no symbolic link. */
  readonly path: string;
  readonly existing: string;
  /** `undefined`: a run without --check removes it. */
  readonly obstacle: Obstacle | undefined;
  readonly origin: Origin;
}

/** An input with leftovers. */
export interface Origin {
  /** The name of the input: as it was named, or its path relative to the working directory. */
  readonly shown: string;
  readonly cause: 'no classes' | 'no longer made' | 'gone';
  /** Whether this run may remove the files made from it. */
  readonly mayRemove: boolean;
  /** Absent for an input that is gone. */
  readonly input: Input | undefined;
  readonly base: string;
  readonly records: readonly RecordKey[];
  /** Records of targets outside this run that no other run will rewrite. */
  readonly others: readonly RecordKey[];
}

export interface LeftoverSearch {
  readonly emitted: readonly Emitted[];
  readonly targets: readonly RunTarget[];
  /** The patterns among the inputs. */
  readonly patterns: readonly string[];
  readonly options: JobOptions;
  readonly records: RecordFolder;
  readonly isCheck: boolean;
  /** The outputs of all jobs of the run. */
  readonly claims: Claims;
}

/** The files that belong to a job of the run, so that no other job treats them as leftovers. */
export class Claims {
  readonly #paths = new Set<string>();
  readonly #records = new Set<string>();

  claimPath(path: string): void {
    this.#paths.add(folded(path));
  }

  hasPath(path: string): boolean {
    return this.#paths.has(folded(path));
  }

  claimRecord(records: RecordFolder, key: RecordKey): void {
    this.#records.add(recordId(records, key));
  }

  hasRecord(records: RecordFolder, key: RecordKey): boolean {
    return this.#records.has(recordId(records, key));
  }
}

function recordId(records: RecordFolder, { target, base }: RecordKey): string {
  return JSON.stringify([records.folder, target, folded(base)]);
}

export interface Leftovers {
  /** Includes inputs without leftovers. */
  readonly origins: readonly Origin[];
  readonly files: readonly Leftover[];
}

/** Only the records of targets that are in the run count: the same folder may have the outputs of others, made by other commands. */
export async function findLeftovers(search: LeftoverSearch, io: Io): Promise<Leftovers> {
  const { emitted, options, records, claims } = search;
  if (isPrinted(options)) return { origins: [], files: [] };
  const origins = [...originsInRun(search), ...originsGone(search, io)];
  const handled = new Set(
    origins.flatMap((origin) => [...origin.records, ...origin.others].map(keyText)),
  );
  const filesRead = new Set(emitted.flatMap(({ filesRead: read, input }) => onDisk(read, input)));
  const found: Leftover[] = [];
  for (const origin of origins) {
    for (const name of namesOf(origin, search)) {
      const shown = outputPath(options, { name, owner: 'mofgen' });
      const path = resolve(io.cwd, shown);
      if (claims.hasPath(path)) continue;
      const existing = regularText(path);
      if (existing === undefined || isOfAnother(name, handled, records)) continue;
      const facts = {
        existing,
        written: records.written(name),
        hasBanner: bannerOf(existing) !== undefined,
        isProtected: isProtected(path),
        isRead: [...filesRead].some((read) => isSameFile({ shown, path, existing }, read, io)),
      };
      // A file without a record and without the banner may be the user's, and no message may advise deleting it.
      if (facts.written.size === 0 && !facts.hasBanner) continue;
      const { hashOf } = await import('./text-hash.js');
      const obstacle = obstacleTo(facts, hashOf);
      claims.claimPath(path);
      found.push({ name, shown, path, existing, obstacle, origin });
    }
    for (const key of [...origin.records, ...origin.others]) claims.claimRecord(records, key);
  }
  return { origins, files: found };
}

/** The lines of a record for leftovers that stay, so that the next run reports them again. */
export function keptLines(
  stored: StoredRecord | undefined,
  leftovers: readonly Leftover[],
): StoredRecord['record']['files'] {
  const kept = new Set(
    leftovers.filter(({ obstacle }) => obstacle !== undefined).map(({ name }) => name),
  );
  return (stored?.record.files ?? []).filter(({ name }) => kept.has(name));
}

function originsInRun({ emitted, targets, records }: LeftoverSearch): Origin[] {
  return emitted.map(({ input, files }) => {
    const { base } = input;
    const cause = files.length === 0 ? 'no classes' : 'no longer made';
    return {
      shown: input.name,
      cause,
      mayRemove: true,
      input,
      base,
      records: targets.map(({ name }) => ({ target: name, base })),
      others: cause === 'no classes' ? records.all().filter((stored) => stored.base === base) : [],
    };
  });
}

/**
 * Inputs that records name and that no longer exist. A run with a pattern that matches one removes the files made from it.
 * A run that names its inputs cannot know whether such an input is gone: a build may make that MOF later, or the folder was
 * moved. Only --check, which removes nothing, reports them.
 */
function originsGone(search: LeftoverSearch, io: Io): Origin[] {
  const { emitted, targets, patterns, records, isCheck, claims } = search;
  if (patterns.length === 0 && !isCheck) return [];
  const inRun = new Set(emitted.map(({ input }) => folded(input.base)));
  const wanted = new Set(targets.map(({ name }) => name));
  const origins = new Map<string, Origin>();
  for (const stored of records.all()) {
    const { target, base, record } = stored;
    if (inRun.has(folded(base)) || record.input === undefined) continue;
    if (claims.hasRecord(records, stored)) continue;
    const path = records.inputPath(record.input);
    const mayRemove = isCovered(patterns, path, io.cwd);
    if (isThere(path) || !(mayRemove || isCheck)) continue;
    const id = JSON.stringify([base, path]);
    const known = origins.get(id) ?? {
      shown: relative(io.cwd, path),
      cause: 'gone',
      mayRemove,
      input: undefined,
      base,
      records: [],
      others: [],
    };
    const list = wanted.has(target) ? 'records' : 'others';
    origins.set(id, { ...known, [list]: [...known[list], { target, base }] });
  }
  return [...origins.values()].filter((origin) => origin.records.length > 0);
}

/** The names that an origin's records have; without classes also those that its targets would make, for there may be no record. */
function namesOf(
  { base, cause, records: keys }: Origin,
  { targets, records }: LeftoverSearch,
): ReadonlySet<string> {
  const recorded = keys.flatMap((key) => records.read(key)?.record.files ?? []);
  const declared =
    cause === 'no classes' ? targets.flatMap((target) => target.fileNames(base)) : [];
  return new Set([
    // Without a record it is unknown whether another input still has a shared file.
    ...declared
      .filter(({ owner, isShared }) => owner === 'mofgen' && isShared !== true)
      .map(({ name }) => name),
    ...recorded.map(({ name }) => name),
  ]);
}

/** Whether a record that this run does not look after names the file too, such as that of another target with the same header. */
function isOfAnother(name: string, handled: ReadonlySet<string>, records: RecordFolder): boolean {
  return records
    .all()
    .some(
      (stored) =>
        !handled.has(keyText(stored)) &&
        stored.record.files.some((file) => folded(file.name) === folded(name)),
    );
}

/** The text of a regular file; links are not followed. */
function regularText(path: string): string | undefined {
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Whether something exists at the path; true when that cannot be determined. */
function isThere(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return true;
  }
}

function isProtected(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return false;
  } catch {
    return true;
  }
}

function keyText({ target, base }: RecordKey): string {
  return JSON.stringify([target, base]);
}

/** File systems may fold case. */
function folded(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** The files of the user's that are left of an input that is gone. */
export function userFilesOf(
  { base }: Origin,
  { targets, options }: LeftoverSearch,
  io: Io,
): string[] {
  return targets
    .flatMap((target) => target.fileNames(base))
    .filter(({ owner }) => owner === 'user')
    .flatMap(({ name, owner, otherNames = [] }) =>
      [name, ...otherNames].map((each) => outputPath(options, { name: each, owner })),
    )
    .filter((shown) => isThere(resolve(io.cwd, shown)));
}
