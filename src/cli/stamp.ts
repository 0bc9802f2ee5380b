/**
 * The file of --stamp: empty, with the time of the last successful run. Build systems that compare times, such as MSBuild, use it
 * as the output of the run, because mofgen does not rewrite files whose text stays the same.
 */
import { printable } from '../diagnostics/printable.js';
import { commitFiles } from './commit-files.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';
import { isSameFile, locate, refuseReadOnly } from './output-files.js';

/** Throws a usage failure when the stamp would be one of the run's files, read or written, or a file with a text. */
export function refuseStampOver(stamp: string | undefined, files: readonly string[], io: Io): void {
  if (stamp === undefined) return;
  const file = locate(stamp, io);
  if (files.some((other) => isSameFile(file, other, io))) {
    throw usageFailure(`the stamp '${printable(stamp)}' is an input or an output itself`);
  }
  if ((file.existing ?? '') !== '') {
    throw usageFailure(`the stamp '${printable(stamp)}' is not empty; name another file`);
  }
}

/** Makes the stamp new. */
export function touchStamp(stamp: string | undefined, io: Io): void {
  if (stamp === undefined) return;
  const file = locate(stamp, io);
  if (file.existing !== undefined) refuseReadOnly(file);
  commitFiles([{ path: file.path, shown: stamp, text: '', mode: 'replace' }]);
}
