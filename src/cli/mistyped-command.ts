/**
 * A word that is no file but nearly a command was meant as one. It must not know what commands do.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { likelyName } from '../../grammar/likely-names.js';
import { type Io, usageFailure } from './io.js';

/** Throws a usage failure for such a first input: the command line takes any word that is no command for an input. */
export function refuseMistypedCommand(
  [first = '']: readonly string[],
  commands: readonly string[],
  io: Io,
): void {
  if (!/^[a-z]+$/i.test(first) || existsSync(resolve(io.cwd, first))) return;
  const meant = likelyName(first, commands, (name) => name);
  if (meant === undefined) return;
  throw usageFailure(
    `'${first}' is neither a file nor a command; did you mean 'mofgen ${meant}'? see mofgen --help`,
  );
}
