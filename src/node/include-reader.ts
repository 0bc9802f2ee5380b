/**
 * Finds included files on disk: beside the including file and in further folders; for `<x>` there first.
 *
 * It must not know the syntax of an include directive or what the file says.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type IncludeReader } from '../compilation.js';
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

/**
 * The include reader of one input. A file that is reached by two paths keeps the name it had first: identity is the
 * real path, the name shown is the path as a person would write it from the working directory. Nothing is kept of a file, and
 * it is not read again unless its bytes are asked for again.
 */
export function includeReader({
  cwd = '.',
  folders = [],
  input,
}: IncludePlaces = {}): IncludeReader {
  const nameOf = new Map<string, string>();
  const alreadyRead = new Set<string>();
  if (input !== undefined) {
    const real = realPath(resolve(cwd, input.path));
    if (real !== undefined) nameOf.set(real, input.name);
  }
  return (path, from, isSystem) => {
    // Files from Windows say `..\common.mof`; both separators are taken everywhere.
    const wanted = path.replaceAll('\\', '/');
    const beside = dirname(from);
    const places = isAbsolute(wanted)
      ? [wanted]
      : (isSystem ? [...folders, beside] : [beside, ...folders]).map((at) => join(at, wanted));
    for (const place of places) {
      const real = realPath(resolve(cwd, place));
      if (real === undefined) continue;
      const name = nameOf.get(real) ?? place;
      if (alreadyRead.has(real))
        return {
          name,
          get bytes() {
            return readFileSync(real);
          },
        };
      const bytes = readRegularFile(real);
      if (bytes === undefined) continue;
      alreadyRead.add(real);
      nameOf.set(real, name);
      return { name, bytes };
    }
    return undefined;
  };
}

function realPath(path: string): string | undefined {
  return orUndefined(() => realpathSync(path));
}

/** Devices and pipes could block or never end: a MOF text cannot make mofgen open one. */
function readRegularFile(path: string): Uint8Array | undefined {
  return orUndefined(() => (statSync(path).isFile() ? readFileSync(path) : undefined));
}

/** What `read` returns, or `undefined` when the file system refuses. Rethrows what is no system error. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
