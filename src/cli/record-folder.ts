/**
 * The folder of records: `.mofgen/<target>/<base>.sums` in the output folder, one file for each input and target, so that two
 * runs write the same record only when they write the same outputs. Git ignores the folder, because two branches that change one
 * MOF would always conflict in it.
 */
import { existsSync, lstatSync, readFileSync, realpathSync } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { type PendingFile } from './commit-files.js';
import { namesIn } from './folder-names.js';
import { ioFailure, systemCode } from './failures.js';
import { type Io } from './io.js';
import { isRecordable, type OutputRecord, parseRecord } from './output-record.js';

const FOLDER = '.mofgen';
const IGNORE_NAME = '.gitignore';

/** A file, with a slash, in every output folder that mofgen has written to. */
export const RECORDS_MARK = `${FOLDER}/${IGNORE_NAME}`;
/** Not longer than the endings of outputs, so that a record has room for its name where they have. */
const EXTENSION = '.sums';

const IGNORE_FILE = `# Written by mofgen: what it wrote into the folder above, so that it can tell an edited file from an old one.
*
`;

/** Far beyond any record, which has a few lines. */
const MAX_BYTES = 1024 * 1024;

export interface RecordKey {
  readonly target: string;
  /** The base of the output names. */
  readonly base: string;
}

export interface StoredRecord extends RecordKey {
  readonly text: string;
  readonly record: OutputRecord;
}

/** The records of one output folder, each read once, when it is needed. */
export class RecordFolder {
  readonly #io: Io;
  readonly #output: string;
  readonly #known = new Map<string, StoredRecord | undefined>();
  #all: readonly StoredRecord[] | undefined;

  constructor(output: string, io: Io) {
    this.#io = io;
    this.#output = output;
  }

  /** The output folder as messages show it. */
  get folder(): string {
    return this.#output;
  }

  /** The record of an input and a target; `undefined` without one that mofgen wrote. */
  read(key: RecordKey): StoredRecord | undefined {
    const id = JSON.stringify([key.target, key.base]);
    if (!this.#known.has(id)) this.#known.set(id, this.#load(key));
    return this.#known.get(id);
  }

  /** All records, including those of targets and inputs outside this run. */
  all(): readonly StoredRecord[] {
    this.#all ??= namesIn(this.#path()).flatMap((target) =>
      namesIn(this.#path(target)).flatMap((name) => {
        if (!name.endsWith(EXTENSION)) return [];
        return this.read({ target, base: name.slice(0, -EXTENSION.length) }) ?? [];
      }),
    );
    return this.#all;
  }

  /** The hashes of what mofgen wrote under a name, for whatever input. */
  written(name: string): ReadonlySet<string> {
    const files = this.all().flatMap(({ record }) => record.files);
    return new Set(files.filter((file) => file.name === name).map(({ hash }) => hash));
  }

  /** The path of an input as records have it; `undefined` when no relative path leads there. */
  recordedPath(input: string | undefined): string | undefined {
    if (input === undefined) return undefined;
    const path = join(realFolder(dirname(input)), basename(input));
    const fromHere = relative(this.#realOutput(), path).replaceAll(sep, '/');
    return isRecordable(fromHere) ? fromHere : undefined;
  }

  /** The absolute path of an input that a record names, with links in its folder followed. */
  inputPath(recorded: string): string {
    return resolve(this.#realOutput(), recorded);
  }

  /** The folders in which a run with these targets may have left temporaries. */
  folders(targets: readonly string[]): string[] {
    return targets.map((target) => this.#path(target));
  }

  /** The file of a record with a text. Throws an input/output failure where a link would lead out of the folder. */
  pending({ target, base }: RecordKey, text: string, mode: 'replace' | 'remove'): PendingFile {
    this.#refuseLinks(target);
    const parts = [target, `${base}${EXTENSION}`];
    return { path: this.#path(...parts), shown: this.#shown(...parts), text, mode };
  }

  /** The file that keeps the records out of version control, unless there is one; its text may be the user's. */
  pendingIgnoreFile(): PendingFile[] {
    const path = this.#path(IGNORE_NAME);
    if (existsSync(path)) return [];
    return [{ path, shown: this.#shown(IGNORE_NAME), text: IGNORE_FILE, mode: 'create' }];
  }

  #path(...parts: readonly string[]): string {
    return resolve(this.#io.cwd, this.#shown(...parts));
  }

  #shown(...parts: readonly string[]): string {
    return join(this.#output, FOLDER, ...parts);
  }

  #realOutput(): string {
    return realFolder(resolve(this.#io.cwd, this.#output));
  }

  #load({ target, base }: RecordKey): StoredRecord | undefined {
    const path = this.#path(target, `${base}${EXTENSION}`);
    try {
      for (const folder of [this.#path(), this.#path(target)]) {
        if (lstatSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return undefined;
      }
      const stats = lstatSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true || stats.size > MAX_BYTES) return undefined;
      const text = readFileSync(path, 'utf8');
      const record = parseRecord(text);
      return record === undefined ? undefined : { target, base, text, record };
    } catch (error) {
      // An unreadable record counts as absent.
      if (systemCode(error) === undefined) throw error;
      return undefined;
    }
  }

  #refuseLinks(target: string): void {
    for (const parts of [[], [target]]) {
      if (!isLink(this.#path(...parts))) continue;
      const shown = printable(this.#shown(...parts));
      throw ioFailure(`cannot write into '${shown}': it is a symbolic link; remove it`);
    }
  }
}

function isLink(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/** A folder with links followed, as far as it exists. */
export function realFolder(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return path === dirname(path) ? path : join(realFolder(dirname(path)), basename(path));
  }
}
