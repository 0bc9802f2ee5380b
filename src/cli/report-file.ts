/** Writes the report of --diagnostics-file, never over another file of the run. */
import { printable } from '../diagnostics/printable.js';
import { commitFiles } from './commit-files.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { type CommonOptions } from './option-types.js';
import { isSameFile, locate, refuseReadOnly } from './output-files.js';

/** Writes `text` unless it is there already. Throws a usage failure when the file is one of those that were read. */
export function writeReport(
  shown: string,
  text: string,
  filesRead: Iterable<string>,
  io: Io,
): void {
  const file = locate(shown, io);
  for (const read of filesRead) {
    if (isSameFile(file, read, io)) {
      throw usageFailure(`the diagnostics file '${printable(shown)}' is an input itself`);
    }
  }
  if (file.existing === text) return;
  if (file.existing !== undefined) refuseReadOnly(file);
  commitFiles([{ path: file.path, shown, text, mode: 'replace' }]);
}

/** Throws a usage failure when the report would lie where one of `outputs` does. */
export function refuseReportOver(
  { diagnosticsFile }: Pick<CommonOptions, 'diagnosticsFile'>,
  outputs: readonly string[],
  io: Io,
): void {
  if (diagnosticsFile === undefined) return;
  const file = locate(diagnosticsFile, io);
  if (outputs.some((output) => isSameFile(file, output, io))) {
    throw usageFailure(`the diagnostics file '${printable(diagnosticsFile)}' is an output itself`);
  }
}
