/** Decides for each emitted file whether to write it, leave it, or keep the user's. Writes nothing itself. */
import {
  lstatSync,
  accessSync,
  constants,
  readFileSync,
  realpathSync,
  statSync,
  type Stats,
} from 'node:fs';
import { basename, join, relative, resolve, sep } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { type DeclaredFile, type RenderedFile } from '../targets/target.js';
import { ioFailure } from './failures.js';
import { type Io } from './io.js';
import { type OutputOptions } from './option-types.js';
import { isPrinted } from './printed-output.js';
import { writeFailure } from './write-failure.js';

/** The place of a file to be written, and its present text. */
export interface LocatedFile {
  /** The path as messages show it, relative to the working directory. */
  readonly shown: string;
  /** The absolute path with symbolic links followed. */
  readonly path: string;
  /** The present text; `undefined` without a file. */
  readonly existing: string | undefined;
}

export interface OutputFile extends LocatedFile {
  readonly rendered: RenderedFile;
  /** Further paths that exist, when the user may choose the name of the file; they are ignored. */
  readonly doubles: readonly string[];
}

/** The path of a file of that name and owner, as messages show it. */
export function outputPath(
  options: Pick<OutputOptions, 'output' | 'userOutput'>,
  { name, owner }: NamedFile,
): string {
  if (name !== basename(name)) throw new Error(`'${name}' is not a plain file name`);
  return join((owner === 'user' ? options.userOutput : undefined) ?? options.output, name);
}

/** The folder of the generated files relative to that of the user's files; `.` for the same one, or none. */
export function generatedFolderOf(
  options: Pick<OutputOptions, 'output' | 'userOutput'>,
  io: Io,
): string {
  if (options.userOutput === undefined || isPrinted(options)) return '.';
  const [from, to] = [options.userOutput, options.output].map((each) => resolve(io.cwd, each));
  const path = relative(from ?? '', to ?? '').replaceAll(sep, '/');
  if (path === '') return '.';
  return path.startsWith('../') || path === '..' ? path : `./${path}`;
}

/** The path of a file: the first of its names that exists, else its usual name. */
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

/** Reads the file at a path. Throws an input/output failure when something else is there. */
export function locate(shown: string, io: Io): LocatedFile {
  const path = resolve(io.cwd, shown);
  const found = lookUp(path, shown);
  if (found === undefined) return { shown, path, existing: undefined };
  if (!found.stats.isFile()) {
    const what = found.stats.isDirectory() ? 'a folder' : 'not a regular file';
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

/** Whether a path leads to the same file. */
export function isSameFile(file: LocatedFile, shown: string, io: Io): boolean {
  const path = resolve(io.cwd, shown);
  if (path === file.path) return true;
  const [one, other] = [file.path, path].map((each) =>
    statSync(each, { bigint: true, throwIfNoEntry: false }),
  );
  return one !== undefined && one.dev === other?.dev && one.ino === other.ino;
}

/** Whether the file on disk is up to date. Version control may have changed its line ends to CRLF. */
export function isCurrent({ rendered, existing }: OutputFile): boolean {
  if (existing === undefined) return false;
  return rendered.owner === 'user' || withLineFeeds(existing) === withLineFeeds(rendered.text);
}

/** Whether --format applies to a file. */
export function isFormattable({ name }: Pick<RenderedFile, 'name'>): boolean {
  return name.endsWith('.ts');
}

/** The text with the line ends that mofgen writes. */
export function withLineFeeds(text: string): string {
  return text.replaceAll('\r\n', '\n');
}

/** Refuses a write-protected file, which a rename would replace. */
export function refuseReadOnly(file: LocatedFile): void {
  try {
    accessSync(file.path, constants.W_OK);
  } catch (error) {
    throw ioFailure(`cannot write '${printable(file.shown)}'`, error);
  }
}
