/**
 * Finds included files on disk: beside the including file and in the folders of -I; for `<x>` there first.
 *
 * It must not know the syntax of an include directive or what the file says.
 */
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { type IncludeReader } from '../compilation.js';
import { type Input } from './inputs.js';
import { printable } from '../diagnostics/printable.js';
import { type Io, systemReason } from './io.js';
import { type CommonOptions } from './options.js';

/**
 * The include reader of one input. A file that is reached by two paths keeps the name it had first: identity is the
 * real path, the name shown is the path as a person would write it from the working directory. Nothing is kept of a file, and
 * it is not read again unless its bytes are asked for again.
 */
export function includeReader(input: Input, folders: readonly string[], io: Io): IncludeReader {
  const nameOf = new Map<string, string>();
  const alreadyRead = new Set<string>();
  if (input.path !== undefined) {
    const real = realPath(input.path);
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
      const real = realPath(resolve(io.cwd, place));
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

/** A folder of -I that is not there is most often a slip; a build may name one that it makes later, so it is no error. */
export function warnOfMissingFolders({ include = [] }: CommonOptions, io: Io): void {
  for (const folder of new Set(include)) {
    const stats = orUndefined(() => statSync(resolve(io.cwd, folder)));
    if (stats?.isDirectory() === true) continue;
    const reason = stats === undefined ? 'there is no such folder' : 'it is no folder';
    io.stderr(`mofgen: warning: -I ${printable(folder)}: ${reason}\n`);
  }
}

function realPath(path: string): string | undefined {
  return orUndefined(() => realpathSync(path));
}

/** Devices and pipes could block or never end: a MOF text cannot make mofgen open one. */
function readRegularFile(path: string): Uint8Array | undefined {
  return orUndefined(() => (statSync(path).isFile() ? readFileSync(path) : undefined));
}

/** What `read` gives, or `undefined` when the file system refuses. */
function orUndefined<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    systemReason(error);
    return undefined;
  }
}
