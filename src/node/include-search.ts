/** Finds included files on disk: in the folder of the including file, then in further folders; for `<x>` in those first. */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type IncludeReader } from '../compile/compilation.js';
import { systemCode } from './system-code.js';

/** Where included files are looked for. */
export interface IncludePlaces {
  /** The folder that relative paths start from, in names of files too; the working directory by default. */
  readonly cwd?: string;
  /** Further folders to search, as -I has them; none by default. */
  readonly folders?: readonly string[];
  /** The input's name and, when the input is a file, its path, so that a file that includes the input finds it by its name. */
  readonly input?: { readonly name: string; readonly path: string };
}

/** The existing files, by paths as they are usually written. */
export interface IncludeFiles {
  /** Identifies the file at a place, however the path is written; `undefined` without a file. */
  readonly idOf: (place: string) => string | undefined;
  /** The bytes of a regular file. */
  readonly read: (id: string) => Uint8Array | undefined;
}

/**
 * The include reader of one input. A file that is reached by two paths keeps the name it had first: identity is the
 * real path, the name shown is the path relative to the working directory. Nothing is kept of a file, and
 * it is not read again unless its bytes are requested again.
 */
export function includeReader({ cwd = '.', ...places }: IncludePlaces = {}): IncludeReader {
  return includeReaderOf(filesOnDisk(cwd), places);
}

/** The files on the disk; relative paths start from `cwd`. */
export function filesOnDisk(cwd: string): IncludeFiles {
  return { idOf: (place) => realPath(resolve(cwd, place)), read: readRegularFile };
}

/** The same over files that need not be on the disk. */
export function includeReaderOf(
  { idOf, read }: IncludeFiles,
  { folders = [], input }: Omit<IncludePlaces, 'cwd'>,
): IncludeReader {
  const nameOf = new Map<string, string>();
  const alreadyRead = new Set<string>();
  if (input !== undefined) {
    const id = idOf(input.path);
    if (id !== undefined) nameOf.set(id, input.name);
  }
  const readAgain = (name: string, id: string): Uint8Array => {
    const bytes = read(id);
    if (bytes === undefined) throw new Error(`'${name}' was removed while it was read`);
    return bytes;
  };
  return (path, from, isSystem) => {
    // Files from Windows have `..\common.mof`; both separators are accepted everywhere.
    const wanted = path.replaceAll('\\', '/');
    const ownFolder = dirname(from);
    const places = isAbsolute(wanted)
      ? [wanted]
      : (isSystem ? [...folders, ownFolder] : [ownFolder, ...folders]).map((at) =>
          join(at, wanted),
        );
    for (const place of places) {
      const id = idOf(place);
      if (id === undefined) continue;
      const name = nameOf.get(id) ?? place;
      if (alreadyRead.has(id))
        return {
          name,
          get bytes() {
            return readAgain(name, id);
          },
        };
      const bytes = read(id);
      if (bytes === undefined) continue;
      alreadyRead.add(id);
      nameOf.set(id, name);
      return { name, bytes };
    }
    return undefined;
  };
}

/** The path with links followed, as the file system spells it, since Windows folds case; `undefined` where nothing is. */
function realPath(path: string): string | undefined {
  // Some drives of Windows do not report that.
  return orUndefined(() => realpathSync.native(path)) ?? orUndefined(() => realpathSync(path));
}

/** Devices and pipes could block or never end: a MOF text cannot make mofgen open one. */
function readRegularFile(path: string): Uint8Array | undefined {
  return orUndefined(() => (statSync(path).isFile() ? readFileSync(path) : undefined));
}

/** The result of `read`, or `undefined` after an error of the file system. Rethrows other errors. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
