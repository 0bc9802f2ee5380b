/** Writes the report of --diagnostics-file; it must not know what it says. */
import { printable } from '../diagnostics/printable.js';
import { commitFiles } from './commit-files.js';
import { type Io, usageFailure } from './io.js';
import { isSameFile, locate, refuseReadOnly } from './output-files.js';

/** Writes `text` unless it is there already. Throws a usage failure when the file is one of `inputs`. */
export function writeReport(shown: string, text: string, inputs: Iterable<string>, io: Io): void {
  const file = locate(shown, io);
  for (const input of inputs) {
    if (isSameFile(file, input, io)) {
      throw usageFailure(`the diagnostics file '${printable(shown)}' is an input itself`);
    }
  }
  if (file.existing === text) return;
  if (file.existing !== undefined) refuseReadOnly(file);
  commitFiles([{ path: file.path, shown, text, mode: 'replace' }]);
}
