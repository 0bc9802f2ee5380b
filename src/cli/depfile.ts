/**
 * The text of a depfile: a rule in the syntax of GCC's -M options, which Make, Ninja, CMake and Meson read.
 *
 * It must not know where the file is written or what the files in it hold.
 */
import { sep } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { usageFailure } from './io.js';

/**
 * `target: file file …`, one file on a line, and a rule without a recipe for each file, as GCC's -MP writes it: Make goes on
 * when a file that was included is gone. Throws a usage failure for a name that no rule can hold.
 */
export function depfileText(target: string, files: readonly string[]): string {
  const dependencies = files.map((file) => ` \\\n  ${escaped(file)}`);
  const rules = files.filter(canBeTarget).map((file) => `${escaped(file)}:\n`);
  return [`${escaped(target)}:${dependencies.join('')}\n`, ...rules].join('');
}

/** Before a colon Make reads a percent sign as a pattern and an equals sign as the definition of a variable. */
function canBeTarget(file: string): boolean {
  return !/[%=]/.test(file);
}

/**
 * A backslash goes before a space and a number sign, and one more for each backslash right before a space; a dollar
 * sign is doubled. Everything else stands for itself, other backslashes included (munge in libcpp/mkdeps.cc).
 */
function escaped(path: string): string {
  // A control character ends the rule or splits the name, and so does a backslash before the space that follows.
  if (/\p{Cc}|\\$/u.test(path)) {
    throw usageFailure(`'${printable(path)}' cannot stand in a depfile; rename it`);
  }
  return path
    .replaceAll(sep, '/') // Windows takes both, and a backslash could be read as an escape.
    .replace(/\\* /g, (run) => `${run.slice(0, -1)}${run.slice(0, -1)}\\ `)
    .replaceAll('#', '\\#')
    .replaceAll('$', '$$$$');
}
