/**
 * Finds the old state of each input of `mofgen breaking` in a revision of a Git repository.
 *
 * A place is an absolute path in the working tree, where the file need not exist; a path is one in the repository, with `/`.
 */
import { realpathSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { type IncludeReader } from '../compile/compilation.js';
import { printable } from '../diagnostics/printable.js';
import { filesOnDisk, includeReaderOf } from '../node/include-search.js';
import { type EarlierFiles, isBelow, kindOf, namesBelow, type NewSide } from './earlier-files.js';
import { type GitRevision, openRevision } from './git-revision.js';
import { type Input, namesOf } from './inputs.js';
import { ioFailure, systemCode, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { matchesPattern } from './pattern-cover.js';

/** Opens `git:REV` or `git:REV:path`. */
export function earlierFilesOfGit(
  against: string,
  { inputs, include }: NewSide,
  io: Io,
): EarlierFiles {
  const [, name = '', written] = /^git:([^:]*)(?::(.*))?$/s.exec(against) ?? [];
  if (name === '') {
    throw usageFailure(
      `--against ${printable(against)} names no revision; write git:HEAD or git:v1.0`,
    );
  }
  const revision = openRevision(name, repositoryOf(inputs, io), io);
  const { top, at, filesBelow } = revision;
  const base = written === undefined ? undefined : namedPath(written, top, io);
  const entry = base === undefined ? undefined : at(base);
  if (base !== undefined && entry === undefined) {
    throw ioFailure(`there is no '${printable(base)}' in git:${printable(name)}`);
  }
  const root = entry?.kind === 'folder' ? base : undefined;

  const prefix = `git:${name}:`;
  const input = (path: string): Input => ({ ...namesOf(`${prefix}${path}`), path: undefined });
  const pathOf = (shown: string) => shown.slice(prefix.length);
  const bytesAt = (path: string) => {
    const found = at(path);
    return found?.kind === 'file' ? found.bytes : undefined;
  };

  /** The paths that a file of the new side may have in the revision. */
  const candidates = (file: Input): readonly string[] => {
    if (root !== undefined) return namesBelow(file, io).map((each) => joined(root, each));
    const own = pathIn(top, resolve(io.cwd, file.name));
    return own === undefined ? [] : [own];
  };

  return {
    title: against,
    only: entry?.kind === 'file' && base !== undefined ? input(base) : undefined,
    counterpart(file) {
      const found = candidates(file).find((each) => at(each)?.kind === 'file');
      return found === undefined ? undefined : input(found);
    },
    matching(pattern) {
      const from = root ?? pathIn(top, io.cwd);
      const wanted = from === undefined ? '..' : posix.join(from, pattern.split(sep).join('/'));
      return isBelow(wanted)
        ? filesBelow(root ?? '')
            .filter((path) => matchesPattern(wanted, path) && at(path)?.kind === 'file')
            .map(input)
        : [];
    },
    read({ name: shown }) {
      const bytes = bytesAt(pathOf(shown));
      if (bytes === undefined) throw new Error(`'${shown}' is not a file of the revision`);
      return Promise.resolve(bytes);
    },
    readInclude: includesOf(),
  };

  function includesOf(): EarlierFiles['readInclude'] {
    const folders = include.map((each) => includeFolder(each, root, revision, io));
    const onDisk = filesOnDisk(io.cwd);
    /** The path of a place that is looked up in the revision. */
    const pathAt = (place: string): string | undefined => {
      const absolute = resolve(io.cwd, place);
      const isOutside = folders.some(
        (each) => each.isOnDisk && isBelow(relative(resolve(io.cwd, each.place), absolute)),
      );
      return isOutside ? undefined : pathIn(top, absolute);
    };
    const files = {
      idOf(place: string) {
        const path = pathAt(place);
        if (path === undefined) return onDisk.idOf(place);
        return bytesAt(path) === undefined ? undefined : `${prefix}${path}`;
      },
      read: (id: string) => (id.startsWith(prefix) ? bytesAt(pathOf(id)) : onDisk.read(id)),
    };
    return (): IncludeReader => {
      const read = includeReaderOf(files, { folders: folders.map(({ place }) => place) });
      return (path, from, isSystem) => {
        const place = from.startsWith(prefix) ? join(top, pathOf(from)) : from;
        const found = read(path, place, isSystem);
        if (found === undefined) return undefined;
        const known = pathAt(found.name);
        return {
          name: known === undefined ? found.name : `${prefix}${known}`,
          get bytes() {
            return found.bytes;
          },
        };
      };
    };
  }
}

/** A folder of the repository: that of an input, which a build may name from elsewhere, or the working directory. */
function repositoryOf(inputs: readonly Input[], io: Io): string {
  const folders = inputs.flatMap(({ path }) => (path === undefined ? [] : dirname(path)));
  return folders.find((each) => kindOf(each) === 'folder') ?? io.cwd;
}

/** A path as Git has it: from the top of the repository, or with ./ or ../ from the working directory. */
function namedPath(written: string, top: string, io: Io): string {
  const path = written.split(sep).join('/');
  const found = /^\.\.?(?:\/|$)/.test(path)
    ? pathIn(top, resolve(io.cwd, path))
    : posix.normalize(path).replace(/\/+$/, '').replace(/^\.$/, '');
  if (found === undefined || !isBelow(found)) {
    throw usageFailure(`'${printable(written)}' is outside of the repository '${printable(top)}'`);
  }
  return found;
}

/** A folder of -I: in the revision where that has it, else on the disk, such as one of an SDK or of generated files. */
function includeFolder(
  folder: string,
  root: string | undefined,
  { top, at }: GitRevision,
  io: Io,
): { readonly place: string; readonly isOnDisk: boolean } {
  const below = root === undefined || !isBelow(folder) ? undefined : joined(root, folder);
  const path = [below, pathIn(top, resolve(io.cwd, folder))].find(
    (each) => each !== undefined && at(each)?.kind === 'folder',
  );
  return path === undefined
    ? { place: folder, isOnDisk: true }
    : { place: join(top, path), isOnDisk: false };
}

/** The path of a place in the repository; undefined outside of it. Links are followed where the place seems to be outside. */
function pathIn(top: string, place: string): string | undefined {
  const below = [place, realPlace(place)].map((each) => relative(top, each)).find(isBelow);
  return below?.split(sep).join('/');
}

/** The place with links followed, as far as it exists. */
function realPlace(place: string): string {
  try {
    return realpathSync(place);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    const folder = dirname(place);
    return folder === place ? place : join(realPlace(folder), relative(folder, place));
  }
}

function joined(folder: string, path: string): string {
  return posix.join(folder, path.split(sep).join('/'));
}
