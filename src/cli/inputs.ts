/**
 * The inputs of a run: their names as shown, the base of their output names, and their bytes.
 *
 * It reads files and standard input, and must not know what a MOF text means.
 */
import { readFileSync, statSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { type Diagnostic, diagnostic } from '../diagnostics/diagnostic.js';
import { printable } from '../diagnostics/printable.js';
import { baseName } from '../emit.js';
import { type Io, systemReason, usageFailure } from './io.js';
import { type CommonOptions } from './options.js';

/** One input as it was named on the command line. */
export interface Input {
  /** The path as it was given; of standard input what --stdin-filename says, or `<stdin>`: what diagnostics show. */
  readonly name: string;
  /** `undefined` for standard input. */
  readonly path: string | undefined;
  /** The file name without folder and without `.mof`: the base of the output names. */
  readonly base: string;
  /** The file name without folder. */
  readonly fileName: string;
}

const STDIN_NAME = '<stdin>';

/** A MOF text has kilobytes; beyond this it is no MOF text, and a string could not hold it. */
const MOST_BYTES = 256 * 1024 * 1024;

/** The inputs of a command line. Throws a usage failure for a name that no output could be named after. */
export function inputsOf(
  args: readonly string[],
  { stdinFilename }: Pick<CommonOptions, 'stdinFilename'>,
  io: Io,
): Input[] {
  if (args.filter((arg) => arg === '-').length > 1) {
    throw usageFailure(`standard input ('-') can be read only once`);
  }
  if (stdinFilename !== undefined && !args.includes('-')) {
    throw usageFailure(`--stdin-filename goes with the input '-'`);
  }
  return args.map((arg) => {
    if (arg === '-') {
      return stdinFilename === undefined
        ? { name: STDIN_NAME, path: undefined, base: 'stdin', fileName: 'stdin' }
        : { ...namesOf(stdinFilename), path: undefined };
    }
    return { ...namesOf(arg), path: isAbsolute(arg) ? arg : resolve(io.cwd, arg) };
  });
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
  return inputsOf(mfl, {}, io);
}

/** The names of `filesRead` without that of standard input, which is no file, whatever it is called. */
export function onDisk(filesRead: readonly string[], { path, name }: Input): readonly string[] {
  return path === undefined ? filesRead.filter((each) => each !== name) : filesRead;
}

function namesOf(name: string): Omit<Input, 'path'> {
  if (name === '') throw usageFailure('an input has an empty name');
  // A trailing slash names a folder; reading it says so.
  const fileName = name.replace(/[\\/]+$/, '').replace(/^.*[\\/]/, '');
  const base = baseName(fileName);
  if (base === '') throw usageFailure(`'${printable(name)}' has no name before '.mof'`);
  return { name, base, fileName };
}

/** The bytes of an input, or the diagnostic that says why it cannot be read. */
export async function readInput(input: Input, io: Io): Promise<Uint8Array | Diagnostic> {
  try {
    if (input.path === undefined) return await io.readStdin();
    if (statSync(input.path).size > MOST_BYTES) return unreadable(input, 'the file is too large');
    return readFileSync(input.path);
  } catch (error) {
    return unreadable(input, systemReason(error));
  }
}

function unreadable(input: Input, reason: string): Diagnostic {
  return diagnostic('MOF1001', undefined, `cannot read '${input.name}': ${reason}`);
}
