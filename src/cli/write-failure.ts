/** The failure of a file that cannot be written. */
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { type CommandFailure, ioFailure } from './failures.js';

/** The failure for `cause`; names a file that is in the place of a folder. `shown` is the path as messages show it. */
export function writeFailure(path: string, shown: string, cause: unknown): CommandFailure {
  const message = `cannot write '${printable(shown)}'`;
  const obstacle = fileInTheWay(path, shown);
  if (obstacle === undefined) return ioFailure(message, cause);
  return ioFailure(
    `${message}: '${printable(obstacle)}' is a file, not a folder; name another folder`,
  );
}

function fileInTheWay(path: string, shown: string): string | undefined {
  let [at, name] = [dirname(path), dirname(shown)];
  while (name !== dirname(name)) {
    try {
      return statSync(at).isDirectory() ? undefined : name;
    } catch {
      // It is not there, or a part of it is not a folder.
      [at, name] = [dirname(at), dirname(name)];
    }
  }
  return undefined;
}
