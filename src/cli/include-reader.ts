/** Makes the include reader of a run from that of the library, the input and the folders of the command line. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type IncludeReader } from '../compile/compilation.js';
import { printable } from '../diagnostics/printable.js';
import { includeReader as readerFor } from '../node/include-search.js';
import { type Input } from './inputs.js';
import { systemReason } from './failures.js';
import { type Io } from './io.js';

/** The include reader of one input. */
export function includeReader(
  { name, path }: Input,
  folders: readonly string[],
  { cwd }: Io,
): IncludeReader {
  return readerFor({ cwd, folders, ...(path === undefined ? {} : { input: { name, path } }) });
}

/** Warns of folders of -I that are missing, most often by a slip; a build may make one later, so it is no error. */
export function warnOfMissingFolders(include: readonly string[], io: Io): void {
  for (const folder of new Set(include)) {
    const reason = missingReason(resolve(io.cwd, folder));
    if (reason !== undefined) io.stderr(`mofgen: warning: -I ${printable(folder)}: ${reason}\n`);
  }
}

function missingReason(path: string): string | undefined {
  try {
    if (statSync(path).isDirectory()) return undefined;
    return 'it is not a folder';
  } catch (error) {
    systemReason(error);
    return 'there is no such folder';
  }
}
