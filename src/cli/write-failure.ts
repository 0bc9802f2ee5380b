/** What to say when a file cannot be written or looked at in its place; it must not know what the file holds. */
import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { type CommandFailure, ioFailure } from './io.js';

/** The failure that `cause` is; a file that lies where a folder should be is named. `shown` is the path as a person knows it. */
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
      // It is not there, or a part of it is no folder.
      [at, name] = [dirname(at), dirname(name)];
    }
  }
  return undefined;
}
