/** Reads the files of a run, records their names, and whether one could not be read. */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { type Input, readInput } from './inputs.js';
import { type Io } from './io.js';

export interface RunFiles {
  /** The bytes of a file; undefined when it could not be read, which is then a finding. */
  readonly read: (input: Input) => Promise<Uint8Array | undefined>;
  /** The files of an input that could be read. */
  readonly readAll: (
    files: readonly Input[],
  ) => Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>;
  /** The names of the files so far; a report must not replace these. */
  readonly names: Set<string>;
  readonly hasUnreadable: () => boolean;
}

/** `report` gets the findings. `extension` is that of the inputs, which a finding about a folder names. */
export function runFiles(
  io: Io,
  report: (finding: Diagnostic) => void,
  extension?: '.mof' | '',
): RunFiles {
  const names = new Set<string>();
  let isUnreadable = false;
  const read = async (input: Input) => {
    // Standard input is not a file, even with --stdin-filename.
    if (input.path !== undefined) names.add(input.name);
    const bytes = await readInput(input, io, extension);
    if (bytes instanceof Uint8Array) return bytes;
    isUnreadable = true;
    report(bytes);
    return undefined;
  };
  const readAll = async (files: readonly Input[]) => {
    const all: { name: string; bytes: Uint8Array }[] = [];
    for (const file of files) {
      const bytes = await read(file);
      if (bytes !== undefined) all.push({ name: file.name, bytes });
    }
    return all;
  };
  return { read, readAll, names, hasUnreadable: () => isUnreadable };
}
