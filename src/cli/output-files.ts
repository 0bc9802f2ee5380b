/**
 * Decides for each emitted file what has to happen to the file on disk: write it, leave it, or keep the user's.
 *
 * It reads the output folder; it writes nothing (commit-files.ts does) and must not know any target.
 */
import {
  lstatSync,
  accessSync,
  constants,
  readFileSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { type DeclaredFile, type RenderedFile } from '../targets/target.js';
import { type Io, ioFailure } from './io.js';
import { type OutputOptions } from './options.js';
import { isPrinted } from './printed-output.js';
import { writeFailure } from './write-failure.js';

/** Where a file lies that is to be written, and what is there now. */
export interface LocatedFile {
  /** The path as a person knows it, from the working directory. */
  readonly shown: string;
  /** The absolute path with symbolic links followed. */
  readonly path: string;
  /** The text that is there; `undefined` when there is none. */
  readonly existing: string | undefined;
}

export interface OutputFile extends LocatedFile {
  readonly rendered: RenderedFile;
  /** Paths that are there as well where the user may have given the file another name; they are left out. */
  readonly doubles: readonly string[];
}

/** The path of a file of that name and owner, as a person knows it. */
export function outputPath(
  options: Pick<OutputOptions, 'output' | 'userOutput'>,
  { name, owner }: NamedFile,
): string {
  if (name !== basename(name)) throw new Error(`'${name}' is no plain file name`);
  return join((owner === 'user' ? options.userOutput : undefined) ?? options.output, name);
}

/** The path of a file as it is called: by the first of its names that is there, which is the usual one where none is. */
export function placeOf(
  { name, owner, otherNames = [] }: DeclaredFile,
  options: Pick<OutputOptions, 'output' | 'userOutput'>,
  io: Io,
): { readonly name: string; readonly path: string; readonly doubles: readonly string[] } {
  const pathOf = (each: string): string => outputPath(options, { name: each, owner });
  const places = [name, ...otherNames].map((each) => ({ name: each, path: pathOf(each) }));
  const isSearched = otherNames.length > 0 && !isPrinted(options, owner);
  const [used = { name, path: pathOf(name) }, ...others] = isSearched
    ? places.filter(({ path }) => lookUp(resolve(io.cwd, path), path) !== undefined)
    : [];
  return { ...used, doubles: others.map(({ path }) => path) };
}

/** A file as it is written. */
type NamedFile = Pick<RenderedFile, 'name' | 'owner'>;

/** What is at a path. Throws an input/output failure for what is no file. */
export function locate(shown: string, io: Io): LocatedFile {
  const path = resolve(io.cwd, shown);
  const found = lookUp(path, shown);
  if (found === undefined) return { shown, path, existing: undefined };
  if (!found.stats.isFile()) {
    const what = found.stats.isDirectory() ? 'a folder' : 'no regular file';
    throw ioFailure(`cannot write '${printable(shown)}': it is ${what}`);
  }
  try {
    return { shown, path: found.path, existing: readFileSync(found.path, 'utf8') };
  } catch (error) {
    throw ioFailure(`cannot read '${printable(shown)}'`, error);
  }
}

function lookUp(
  path: string,
  shown: string,
): { readonly path: string; readonly stats: Stats } | undefined {
  try {
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (!stats.isSymbolicLink()) return { path, stats };
    const real = realpathSync(path);
    return { path: real, stats: lstatSync(real) };
  } catch (error) {
    throw writeFailure(path, shown, error);
  }
}

/** Whether a path leads to the very file, whatever it is called. */
export function isSameFile(file: LocatedFile, shown: string, io: Io): boolean {
  const path = resolve(io.cwd, shown);
  if (path === file.path) return true;
  const [one, other] = [file.path, path].map((each) =>
    statSync(each, { bigint: true, throwIfNoEntry: false }),
  );
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}

/** Whether the file on disk is already what mofgen would leave there. A version control system may have made its line ends CRLF. */
export function isCurrent({ rendered, existing }: OutputFile): boolean {
  if (existing === undefined) return false;
  return rendered.owner === 'user' || withLineFeeds(existing) === withLineFeeds(rendered.text);
}

/** Whether --format has a say in a file. */
export function isFormattable({ name }: Pick<RenderedFile, 'name'>): boolean {
  return name.endsWith('.ts');
}

/** The text with the line ends that mofgen writes. */
export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** A rename would replace a write-protected file without asking; whoever protected it did not want that. */
export function refuseReadOnly(file: LocatedFile): void {
  try {
    accessSync(file.path, constants.W_OK);
  } catch (error) {
    throw ioFailure(`cannot write '${printable(file.shown)}'`, error);
  }
}
