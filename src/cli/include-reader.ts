/**
 * The include reader of a run: that of the library, with the input and the folders of the command line.
 *
 * It must not know how files are found.
 */
import { type IncludeReader } from '../compilation.js';
import { includeReader as readerFor } from '../node/include-reader.js';
import { type Input } from './inputs.js';
import { type Io } from './io.js';

/** The include reader of one input. */
export function includeReader(
  { name, path }: Input,
  folders: readonly string[],
  { cwd }: Io,
): IncludeReader {
  return readerFor({ cwd, folders, ...(path === undefined ? {} : { input: { name, path } }) });
}
