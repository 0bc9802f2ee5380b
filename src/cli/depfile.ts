/**
 * The text of a depfile: a rule in the syntax of GCC's -M options, which Make, Ninja, CMake and Meson read, or plain lines, which
 * MSBuild reads.
 */
import { sep } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { usageFailure } from './failures.js';

export const DEPFILE_FORMATS = ['make', 'lines'] as const;
export type DepfileFormat = (typeof DEPFILE_FORMATS)[number];

/** The text in a format; plain lines have no `target`. Throws a usage failure for a name that the format cannot hold. */
export function depfileText(
  target: string,
  files: readonly string[],
  format: DepfileFormat = 'make',
): string {
  return format === 'lines' ? files.map(line).join('') : rules(target, files);
}

/** Refuses blanks at the ends, because readers of lines trim them. */
function line(path: string): string {
  if (/\p{Cc}|^\s|\s$/u.test(path)) throw unusableName(path);
  return `${path}\n`;
}

/**
 * `target: file file …`, one file on a line, and a rule without a recipe for each file, as GCC's -MP writes it: Make goes on
 * when a file that was included is gone. Throws a usage failure for a name that no rule can hold.
 */
function rules(target: string, files: readonly string[]): string {
  const dependencies = files.map((file) => ` \\\n  ${escaped(file)}`);
  const own = files.filter(canBeTarget).map((file) => `${escaped(file)}:\n`);
  return [`${escaped(target)}:${dependencies.join('')}\n`, ...own].join('');
}

/** Before a colon Make reads a percent sign as a pattern and an equals sign as the definition of a variable. */
function canBeTarget(file: string): boolean {
  return !/[%=]/.test(file);
}

/**
 * A backslash goes before a space and a number sign, and one more for each backslash right before a space; a dollar
 * sign is doubled. Everything else is literal, other backslashes included (munge in libcpp/mkdeps.cc).
 */
function escaped(path: string): string {
  // A control character ends the rule or splits the name, and so does a backslash before the space that follows.
  if (/\p{Cc}|\\$/u.test(path)) throw unusableName(path);
  return path
    .replaceAll(sep, '/') // Windows takes both, and a backslash could be read as an escape.
    .replace(/\\* /g, (run) => `${run.slice(0, -1)}${run.slice(0, -1)}\\ `)
    .replaceAll('#', '\\#')
    .replaceAll('$', '$$$$');
}

function unusableName(path: string): Error {
  return usageFailure(`'${printable(path)}' cannot be written into a depfile; rename it`);
}
