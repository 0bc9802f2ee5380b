/**
 * Files that mofgen wrote for an input, and no longer makes: which there are, why, and what keeps them from being removed.
 *
 * It looks at files and changes none. Names in records are untrusted: what is removed lies in the output folder itself, is a regular
 * file, names mofgen, and has the text that mofgen wrote. It must not know what any target emits.
 */
import { accessSync, constants, lstatSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { type RunTarget } from './emission.js';
import { type Emitted } from './emitted-files.js';
import { type Obstacle, obstacleTo } from './file-state.js';
import { type Input, onDisk } from './inputs.js';
import { type Io, systemCode } from './io.js';
import { type GenerateOptions } from './options.js';
import { isSameFile, outputPath } from './output-files.js';
import { isCovered } from './pattern-cover.js';
import { isPrinted } from './printed-output.js';
import { type RecordFolder, type RecordKey, type StoredRecord } from './record-folder.js';
import { bannerOf } from './stale-files.js';

export interface Leftover {
  readonly name: string;
  /** The path as a person knows it. */
  readonly shown: string;
  /** The absolute path; it is no symbolic link. */
  readonly path: string;
  readonly existing: string;
  /** `undefined`: a run without --check removes it. */
  readonly obstacle: Obstacle | undefined;
  readonly origin: Origin;
}

/** What leftovers were made of. */
export interface Origin {
  /** How the input is called: as it was named, or its path from the working directory. */
  readonly shown: string;
  readonly cause: 'no classes' | 'no longer made' | 'gone';
  /** Whether this run may remove what was made of it. */
  readonly mayRemove: boolean;
  /** Absent for an input that is gone. */
  readonly input: Input | undefined;
  readonly base: string;
  readonly records: readonly RecordKey[];
  /** Records of targets that are not in this run, and will not be made anew either. */
  readonly others: readonly RecordKey[];
}

export interface LeftoverSearch {
  readonly emitted: readonly Emitted[];
  readonly targets: readonly RunTarget[];
  /** The patterns among the inputs. */
  readonly patterns: readonly string[];
  readonly options: GenerateOptions;
  readonly records: RecordFolder;
}

export interface Leftovers {
  /** Inputs with nothing left over are among them. */
  readonly origins: readonly Origin[];
  readonly files: readonly Leftover[];
}

/** Only the records of targets that are in the run count: the same folder may have the outputs of others, made by other commands. */
export async function findLeftovers(search: LeftoverSearch, io: Io): Promise<Leftovers> {
  const { emitted, options, records } = search;
  if (isPrinted(options)) return { origins: [], files: [] };
  const origins = [...originsInRun(search), ...originsGone(search, io)];
  const made = new Set(
    emitted.flatMap(({ files }) =>
      files
        .filter(({ rendered }) => rendered.owner === 'mofgen')
        .map(({ rendered }) => folded(rendered.name)),
    ),
  );
  const handled = new Set(
    origins.flatMap((origin) => [...origin.records, ...origin.others].map(keyText)),
  );
  const filesRead = new Set(emitted.flatMap(({ filesRead: read, input }) => onDisk(read, input)));
  const found = new Map<string, Leftover>();
  for (const origin of origins) {
    for (const name of namesOf(origin, search)) {
      const key = folded(name);
      if (made.has(key) || found.has(key)) continue;
      const shown = outputPath(options, { name, owner: 'mofgen' });
      const path = resolve(io.cwd, shown);
      const existing = regularText(path);
      if (existing === undefined || isOfAnother(name, handled, records)) continue;
      const facts = {
        existing,
        written: records.written(name),
        hasBanner: bannerOf(existing) !== undefined,
        isProtected: isProtected(path),
        isRead: [...filesRead].some((read) => isSameFile({ shown, path, existing }, read, io)),
      };
      // A file without a record and without the banner may be the user's, and the user must not be told to delete it.
      if (facts.written.size === 0 && !facts.hasBanner) continue;
      const { hashOf } = await import('./text-hash.js');
      const obstacle = obstacleTo(facts, hashOf);
      found.set(key, { name, shown, path, existing, obstacle, origin });
    }
  }
  return { origins, files: [...found.values()] };
}

/** What a record keeps of leftovers that stay, so that the next run tells of them again. */
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
 * Inputs that records name and that are not there any more. A run with a pattern that would match one removes what was made of it.
 * To a run that names its inputs the path alone proves nothing: a build may make that MOF later, or the folder was moved; only
 * --check, which removes nothing, reports them.
 */
function originsGone(search: LeftoverSearch, io: Io): Origin[] {
  const { emitted, targets, patterns, options, records } = search;
  if (patterns.length === 0 && options.check !== true) return [];
  const inRun = new Set(emitted.map(({ input }) => folded(input.base)));
  const wanted = new Set(targets.map(({ name }) => name));
  const origins = new Map<string, Origin>();
  for (const { target, base, record } of records.all()) {
    if (inRun.has(folded(base)) || record.input === undefined) continue;
    const path = records.inputPath(record.input);
    const mayRemove = isCovered(patterns, path, io.cwd);
    if (isThere(path) || !(mayRemove || options.check === true)) continue;
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
    // Without a record nothing tells whether another input still has a shared file.
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

/** The text of a regular file; a link is followed nowhere. */
function regularText(path: string): string | undefined {
  try {
    if (lstatSync(path, { throwIfNoEntry: false })?.isFile() !== true) return undefined;
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

/** Whether something is at the path; what cannot be looked at may be there. */
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
