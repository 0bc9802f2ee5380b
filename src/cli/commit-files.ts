/**
 * Writes the files of a run, all or nothing: temporaries first, then renames; undoes everything when one fails.
 *
 * Several runs may write into one folder at once: names of temporaries are unique, and every change of a visible file is one
 * rename or one link.
 */
import {
  chmodSync,
  copyFileSync,
  existsSync,
  constants,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { CommandFailure, ioFailure, systemCode } from './failures.js';
import { patientRename } from './patient-rename.js';
import { removeTemporaries, temporaryBeside } from './temporaries.js';
import { writeFailure } from './write-failure.js';

/** A file to write. */
export interface PendingFile {
  /** The absolute path, symbolic links already followed. */
  readonly path: string;
  /** The path as messages show it. */
  readonly shown: string;
  readonly text: string | Uint8Array;
  /**
   * `create` leaves a file alone that exists by then, `replace` does not. `remove` removes it, unless its text has changed by then:
   * `text` is what it is expected to hold.
   */
  readonly mode: 'create' | 'replace' | 'remove';
  /** Another run may depend on it as soon as it exists, so it stays when this run fails. */
  readonly isShared?: boolean;
}

/** Writes files, and returns the paths of those to create that were there by then. */
export type Commit = (files: readonly PendingFile[]) => Set<string>;

/** The file system calls that change something; a test makes them fail one by one. */
export interface Disk {
  readonly write: (path: string, text: string | Uint8Array) => void;
  readonly rename: (from: string, to: string) => void;
  readonly link: (from: string, to: string) => void;
}

export const realDisk: Disk = {
  // `wx`: never follows a link that an attacker planted under the name of the temporary.
  write: (path, text) => {
    writeFileSync(path, text, { flag: 'wx' });
  },
  rename: patientRename,
  link: linkSync,
};

/**
 * Writes all of `files`, in this order, and returns the paths of those that were skipped because another process created, changed or
 * removed them meanwhile. A path may come twice; the later text is the one that stays.
 * Throws an input/output failure after putting everything back as it was.
 */
export function commitFiles(files: readonly PendingFile[], disk: Disk = realDisk): Set<string> {
  const undo: (() => void)[] = [];
  const newFolders: string[] = [];
  const temporaries: string[] = [];
  const kept = new Set<string>();
  for (const folder of new Set(files.map(({ path }) => dirname(path)))) removeTemporaries(folder);
  try {
    const staged = files.map((file) => {
      if (file.mode === 'remove') return { file, temporary: '' };
      attempt(file, () => {
        createFolder(file, newFolders);
      });
      const temporary = temporaryBeside(file.path);
      temporaries.push(temporary);
      attempt(file, () => {
        disk.write(temporary, file.text);
        keepMode(file.path, temporary);
      });
      return { file, temporary };
    });
    for (const { file, temporary } of staged) {
      attempt(file, () => {
        if (file.mode === 'create') {
          if (!create(file, temporary, disk, undo)) kept.add(file.path);
        } else if (file.mode === 'remove') {
          if (!remove(file, disk, undo, temporaries)) kept.add(file.path);
        } else {
          replace(file, temporary, disk, undo, temporaries);
        }
      });
    }
  } catch (error) {
    for (const step of undo.reverse()) ifPossible(step);
    removeAll(temporaries);
    // Only empty ones: another process may have put a file there meanwhile.
    for (const folder of newFolders.reverse()) {
      ifPossible(() => {
        rmdirSync(folder);
      });
    }
    throw error;
  }
  removeAll(temporaries);
  return kept;
}

/** Runs one step of writing `file`, and turns an error of the file system into a message. */
function attempt(file: PendingFile, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (error instanceof CommandFailure) throw error;
    throw writeFailure(file.path, file.shown, error);
  }
}

/** Node's recursive mkdir never ends where a folder's entries cannot be made (/proc), so the missing ones are made here. */
function createFolder({ path, shown }: PendingFile, newFolders: string[]): void {
  const folder = dirname(path);
  const missing: string[] = [];
  for (let at = folder; !existsSync(at) && at !== dirname(at); at = dirname(at))
    missing.unshift(at);
  for (const each of missing) {
    try {
      mkdirSync(each);
      newFolders.push(each);
    } catch (error) {
      // Another run may have made it meanwhile.
      const code = systemCode(error);
      if (code === 'EEXIST') continue;
      // The folder above is there; a file system such as /proc has no place for others. Windows has this code for a file above, too.
      if (code !== 'ENOENT' || !statSync(dirname(each)).isDirectory()) throw error;
      throw ioFailure(
        `cannot write '${printable(shown)}': no folder can be made in '${printable(dirname(each))}'`,
      );
    }
  }
}

function removeAll(paths: readonly string[]): void {
  for (const path of paths) {
    ifPossible(() => {
      rmSync(path, { force: true });
    });
  }
}

/** Runs a step of the clean-up, whose errors must not hide the first failure. */
function ifPossible(step: () => void): void {
  try {
    step();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** A file that is replaced keeps its permissions. */
function keepMode(path: string, temporary: string): void {
  const old = statSync(path, { throwIfNoEntry: false });
  if (old !== undefined) chmodSync(temporary, old.mode & 0o777);
}

/** Makes the file appear in one step; false when one is there already. */
function create(file: PendingFile, temporary: string, disk: Disk, undo: (() => void)[]): boolean {
  try {
    linkOrCopy(temporary, file.path, disk);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw error;
  }
  undo.push(() => {
    rmSync(file.path, { force: true });
  });
  return true;
}

/** Moves the file aside, to be deleted at the end; false when it has changed or is gone. */
function remove(
  file: PendingFile,
  disk: Disk,
  undo: (() => void)[],
  temporaries: string[],
): boolean {
  const stats = lstatSync(file.path, { throwIfNoEntry: false });
  if (stats?.isFile() !== true) return false;
  const backup = temporaryBeside(file.path);
  temporaries.push(backup);
  try {
    if (readFileSync(file.path, 'utf8') !== file.text) return false;
    disk.rename(file.path, backup);
  } catch (error) {
    // Another run may have removed it.
    if (systemCode(error) === 'ENOENT') return false;
    throw error;
  }
  undo.push(() => {
    patientRename(backup, file.path);
  });
  return true;
}

function replace(
  file: PendingFile,
  temporary: string,
  disk: Disk,
  undo: (() => void)[],
  temporaries: string[],
): void {
  const backup = backUp(file.path, disk, temporaries);
  disk.rename(temporary, file.path);
  if (backup === undefined && file.isShared === true) return;
  undo.push(() => {
    if (backup === undefined) rmSync(file.path, { force: true });
    else patientRename(backup, file.path);
  });
}

/**
 * Gives the file a second name; `undefined` when there is no file. Linux refuses a link to a file that another run replaces at that
 * moment, with ENOENT (vfs_link in fs/namei.c, link count 0), so the file that is there now is tried.
 */
function backUp(path: string, disk: Disk, temporaries: string[]): string | undefined {
  for (let triesLeft = MAX_LINK_TRIES; ; triesLeft--) {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    const backup = temporaryBeside(path);
    try {
      linkOrCopy(path, backup, disk);
    } catch (error) {
      if (systemCode(error) === 'ENOENT' && triesLeft > 1) continue;
      throw error;
    }
    temporaries.push(backup);
    return backup;
  }
}

/** One file is replaced once by each run, so more than a few tries in a row are no coincidence. */
const MAX_LINK_TRIES = 100;

/** Some file systems have no hard links; both ways refuse an existing target. */
function linkOrCopy(from: string, to: string, disk: Disk): void {
  try {
    disk.link(from, to);
  } catch (error) {
    if (!NO_LINKS.has(systemCode(error) ?? '')) throw error;
    copyFileSync(from, to, constants.COPYFILE_EXCL);
  }
}

const NO_LINKS: ReadonlySet<string> = new Set([
  'EMLINK',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EPERM',
  'EXDEV',
]);
