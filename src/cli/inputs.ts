/** The inputs of a run: their names as shown, the base of their output names, and their bytes. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, isAbsolute, join, resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { baseName } from '../emit.js';
import { likelyName } from '../text/likely-names.js';
import { namesIn } from './folder-names.js';
import { ioFailure, systemCode, systemReason, usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type CommonOptions } from './option-types.js';
import { bracketedFolder, filesMatching, isPattern } from './patterns.js';

/** One input as it was named on the command line. */
export interface Input {
  /** The path as it was given, as diagnostics show it; of standard input the name of --stdin-filename, or `<stdin>`. */
  readonly name: string;
  /** `undefined` for standard input. */
  readonly path: string | undefined;
  /** The file name without folder and without `.mof`: the base of the output names. */
  readonly base: string;
  /** The file name without folder. */
  readonly fileName: string;
  /** The name of the file that this is a part of; absent for a whole file. */
  readonly within?: string;
}

const IS_WINDOWS = process.platform === 'win32';

const STDIN_NAME = '<stdin>';

/** Far beyond any MOF text, which has kilobytes; a larger one would not fit into a string. */
const MAX_BYTES = 256 * 1024 * 1024;

/** The inputs of a command line. Throws a usage failure for a name that no output could be named after. */
export function inputsOf(
  args: readonly string[],
  options: Pick<CommonOptions, 'stdinFilename'>,
  io: Io,
): Input[] {
  const inputs = namedFiles(args, options, io);
  for (const { name, path } of inputs) {
    if (path === undefined || !/\.mfl$/i.test(name)) continue;
    const neutral = name.replace(/\.mfl$/i, '.mof');
    throw usageFailure(
      `'${printable(name)}' holds localised texts of a MOF file; name both: ` +
        `${printable(neutral)} --mfl ${printable(name)}`,
    );
  }
  return inputs;
}

/** The one input of a command line. `advice` is the message for more than one. */
export function oneInput(
  args: readonly string[],
  options: Pick<CommonOptions, 'stdinFilename'>,
  io: Io,
  advice: string,
): Input {
  const [input, ...others] = inputsOf(args, options, io);
  if (input === undefined || others.length > 0) throw usageFailure(advice);
  return input;
}

/**
 * A path of Windows without `\\?\` at its start, whose question mark is no pattern. Node puts it before each absolute path, so that
 * those of more than 260 characters work without it.
 */
function plainPath(name: string): string {
  if (!IS_WINDOWS) return name;
  return name.replace(/^\\\\\?\\UNC\\/i, '\\\\').replace(/^\\\\\?\\/, '');
}

function namedFiles(
  written: readonly string[],
  { stdinFilename }: Pick<CommonOptions, 'stdinFilename'>,
  io: Io,
): Input[] {
  const args = expanded(written.map(plainPath), io);
  if (args.filter((arg) => arg === '-').length > 1) {
    throw usageFailure(`standard input ('-') can be read only once`);
  }
  if (stdinFilename !== undefined && !args.includes('-')) {
    throw usageFailure(`--stdin-filename goes with the input '-'`);
  }
  const inputs: Input[] = [];
  // A pattern and a name, or two ways to write a name, may lead to one file: it is one input, by its first name.
  const paths = new Set<string>();
  for (const arg of args) {
    if (arg === '-') {
      inputs.push(
        stdinFilename === undefined
          ? { name: STDIN_NAME, path: undefined, base: 'stdin', fileName: 'stdin' }
          : { ...namesOf(stdinFilename), path: undefined },
      );
      continue;
    }
    const resolved = resolve(io.cwd, arg);
    const id = IS_WINDOWS ? resolved.toLowerCase() : resolved;
    if (paths.has(id)) continue;
    paths.add(id);
    inputs.push(fileInput(arg, isAbsolute(arg) ? arg : resolved));
  }
  return inputs;
}

/** The files of --mfl. Throws a usage failure where it is not clear which input they belong to. */
export function localizedFiles(
  inputs: readonly Input[],
  { mfl = [] }: Pick<CommonOptions, 'mfl'>,
  io: Io,
): readonly Input[] {
  if (mfl.length > 0 && inputs.length > 1) {
    throw usageFailure('--mfl goes with one input; run mofgen once for each');
  }
  if (mfl.includes('-')) throw usageFailure(`--mfl takes the name of a file, not '-'`);
  return namedFiles(mfl, {}, io);
}

/** The files of --reference; of a folder, its MOF files. */
export function referenceFiles(
  { reference = [] }: Pick<CommonOptions, 'reference'>,
  io: Io,
): readonly Input[] {
  if (reference.includes('-')) throw usageFailure(`--reference takes a file or a folder, not '-'`);
  const names = reference.flatMap((name) => {
    const path = resolve(io.cwd, name);
    if (!existsSync(path) || !statSync(path).isDirectory()) return name;
    const found = namesIn(path).filter(isMof).toSorted();
    if (found.length === 0) throw ioFailure(`the folder '${printable(name)}' has no .mof file`);
    return found.map((each) => join(name, each));
  });
  return namedFiles(names, {}, io);
}

/** The arguments that mofgen expands; a file of that very name is no pattern. */
export function patternsIn(args: readonly string[], io: Io): string[] {
  return args.filter((arg) => isPattern(arg) && !existsSync(resolve(io.cwd, arg)));
}

/**
 * The arguments with patterns replaced by the files that match, so that the shell need not do it. A file of that very name
 * wins. Throws an input/output failure for a pattern that matches nothing.
 */
function expanded(args: readonly string[], io: Io): string[] {
  const names: string[] = [];
  const patterns = new Set(patternsIn(args, io));
  for (const arg of args) {
    if (!patterns.has(arg)) {
      names.push(arg);
      continue;
    }
    const matching = filesMatching(arg, io.cwd);
    // A file with the name '-' is not standard input.
    if (matching.length > 0) names.push(...matching.map((name) => (name === '-' ? './-' : name)));
    // No file name of Windows has a star or a question mark; brackets and braces are common.
    else if (/[*?]/.test(arg)) throw ioFailure(noMatch(arg, io));
    else names.push(arg);
  }
  return names;
}

function noMatch(pattern: string, io: Io): string {
  const bracketed = bracketedFolder(pattern, io.cwd);
  const folder = bracketed === '' ? (/^[^*?[{]*[\\/]/.exec(pattern)?.[0] ?? '') : bracketed;
  const path = resolve(io.cwd, folder);
  const message = `no file matches '${printable(pattern)}'`;
  if (!existsSync(path)) return `${message}: there is no folder '${printable(folder)}'`;
  const names = namesIn(path).filter(isMof);
  if (names.length === 0) return message;
  return `${message}; the folder has ${printable(firstOf(names.map((name) => folder + name)))}`;
}

/** Some of the names, for messages. */
function firstOf(names: readonly string[]): string {
  return `${names.toSorted().slice(0, MAX_NAMES).join(', ')}${names.length > MAX_NAMES ? ', …' : ''}`;
}

/** The number of names that messages show. */
const MAX_NAMES = 3;

function isMof(name: string): boolean {
  return /\.mof$/i.test(name);
}

/**
 * The names of the files among `filesRead`: without that of standard input, which is not a file, and with the file's name in
 * place of the name of a part.
 */
export function onDisk(
  filesRead: readonly string[],
  { path, name, within = name }: Input,
): readonly string[] {
  return withContainer(filesRead, { name, within }).filter(
    (each) => path !== undefined || each !== within,
  );
}

/** The names of `filesRead`, with the file's name in place of the name of a part. */
export function withContainer(
  filesRead: readonly string[],
  { name, within = name }: Pick<Input, 'name' | 'within'>,
): readonly string[] {
  return within === name ? filesRead : filesRead.map((each) => (each === name ? within : each));
}

/** The file at `path`, shown as `name`. */
export function fileInput(name: string, path: string): Input {
  return { ...namesOf(name), path };
}

/** The names of a file. Throws a usage failure for one that no output could be named after. */
export function namesOf(name: string): Omit<Input, 'path'> {
  if (name === '')
    throw usageFailure('an input has an empty name; a variable of a script may be empty');
  // A trailing slash names a folder; reading it reports that.
  const path = IS_WINDOWS ? name.replace(/^[a-z]:(?=[^\\/])/i, '') : name;
  const fileName = path.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');
  const base = baseName(fileName);
  if (base === '') throw usageFailure(`'${printable(name)}' has no name before '.mof'`);
  return { name, base, fileName };
}

/** The bytes of an input, or the diagnostic with the reason why it cannot be read. `extension` is that of files that a folder may have. */
export async function readInput(
  input: Input,
  io: Io,
  extension: '.mof' | '' = '.mof',
): Promise<Uint8Array | Diagnostic> {
  const { path, name } = input;
  try {
    if (path === undefined) return await io.readStdin();
    const stats = statSync(path);
    if (stats.isDirectory()) return folderAsInput(path, name, extension);
    if (stats.size > MAX_BYTES) return unreadable(input, 'the file is too large');
    return readFileSync(path);
  } catch (error) {
    const reason = systemReason(error);
    const isAbsent = path !== undefined && systemCode(error) === 'ENOENT';
    return unreadable(input, reason, isAbsent ? adviceOn(path, name) : undefined);
  }
}

function unreadable({ name }: Input, reason: string, help?: string): Diagnostic {
  return diagnostic('MOF1001', undefined, `cannot read '${name}': ${reason}`, { help });
}

function folderAsInput(path: string, name: string, extension: '.mof' | ''): Diagnostic {
  const folder = name.replace(/[\\/]+$/, '');
  const isDeep = extension === '.mof' && !namesIn(path).some(isMof);
  const message = `'${name}' is a folder; write '${folder}/${isDeep ? '**/' : ''}*${extension}'`;
  return diagnostic('MOF1001', undefined, message);
}

/** Suggests a file for a name without one: the name lacks `.mof`, or is mistyped. */
function adviceOn(path: string, name: string): string | undefined {
  if (existsSync(`${path}.mof`)) return `did you mean '${name}.mof'?`;
  if (!existsSync(dirname(path))) return `there is no folder '${dirname(name)}'`;
  const extension = extname(name).toLowerCase();
  const names = namesIn(dirname(path));
  const alike = names.filter((each) => extname(each).toLowerCase() === extension);
  const wanted = extension === '.mfl' ? alike : names.filter(isMof);
  const meant = [alike, wanted]
    .map((files) => likelyName(basename(path), files, (each) => each))
    .find((each) => each !== undefined);
  if (meant !== undefined) return `did you mean '${join(dirname(name), meant)}'?`;
  if (wanted.length === 0) {
    return `the folder has no ${extension === '.mfl' ? extension : '.mof'} file`;
  }
  return `the folder has ${firstOf(wanted.map((each) => join(dirname(name), each)))}`;
}
