/** Finds the old state of each input of `mofgen breaking`: in one file, in a folder, or in Git. */
import { statSync } from 'node:fs';
import { isAbsolute, join, normalize, relative, resolve } from 'node:path';
import { type IncludeReader } from '../compile/compilation.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { includeReader } from './include-reader.js';
import { fileInput, type Input, readInput } from './inputs.js';
import { ioFailure, systemCode, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { filesMatching } from './patterns.js';

export interface EarlierFiles {
  /** As it was typed. */
  readonly title: string;
  /** The file, when --against names a file. */
  readonly only: Input | undefined;
  /** The old state of a file; undefined when there was none. */
  readonly counterpart: (file: Input) => Input | undefined;
  /** The old files that a pattern of the command line would have matched. */
  readonly matching: (pattern: string) => readonly Input[];
  /** The bytes, or the finding that they cannot be read. */
  readonly read: (file: Input) => Promise<Uint8Array | Diagnostic>;
  /** The include reader of an old file, with the folders of -I as they were then. */
  readonly readInclude: (file: Input) => IncludeReader;
}

/** The files on the new side, and their include folders. */
export interface NewSide {
  readonly inputs: readonly Input[];
  /** The folders of -I. */
  readonly include: readonly string[];
}

/** Opens the place that --against names. */
export async function earlierFiles(against: string, side: NewSide, io: Io): Promise<EarlierFiles> {
  if (against === '-') {
    throw usageFailure(`--against takes a file, a folder or git:REV, not '-'`);
  }
  if (against.startsWith('git:')) {
    const { earlierFilesOfGit } = await import('./earlier-git.js');
    return earlierFilesOfGit(against, side, io);
  }
  const kind = kindOf(resolve(io.cwd, against));
  if (kind === undefined) {
    throw ioFailure(
      `cannot read '${printable(against)}': no such file or folder; a revision of Git is written git:${printable(against)}`,
    );
  }
  return kind === 'file' ? oneFile(against, side, io) : filesOfFolder(against, side, io);
}

function oneFile(name: string, { include }: NewSide, io: Io): EarlierFiles {
  return {
    title: name,
    only: fileInput(name, resolve(io.cwd, name)),
    counterpart: (file) => file,
    matching: () => [],
    read: (file) => readInput(file, io),
    readInclude: (file) => includeReader(file, include, io),
  };
}

function filesOfFolder(folder: string, { include }: NewSide, io: Io): EarlierFiles {
  const at = (name: string) => resolve(io.cwd, folder, name);
  const input = (name: string) => fileInput(join(folder, name), at(name));
  const folders = include.map((each) =>
    isBelow(each) && kindOf(at(each)) === 'folder' ? join(folder, each) : each,
  );
  return {
    title: folder,
    only: undefined,
    counterpart(file) {
      const name = namesBelow(file, io).find((each) => kindOf(at(each)) === 'file');
      return name === undefined ? undefined : input(name);
    },
    matching: (pattern) =>
      isBelow(pattern) ? filesMatching(pattern, resolve(io.cwd, folder)).map(input) : [],
    read: (file) => readInput(file, io),
    readInclude: (file) => includeReader(file, folders, io),
  };
}

/** The names that a file may have in another folder: the path from the working directory, else the bare name. */
export function namesBelow({ name, fileName }: Input, io: Io): readonly string[] {
  const path = relative(io.cwd, resolve(io.cwd, name));
  return isBelow(path) ? [path, fileName] : [fileName];
}

/** Whether a path stays in the folder that it starts from. */
export function isBelow(path: string): boolean {
  return !isAbsolute(path) && !/^\.\.(?:[\\/]|$)/.test(normalize(path));
}

export function kindOf(path: string): 'file' | 'folder' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}
