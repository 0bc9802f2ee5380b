/**
 * Recognises words among the inputs that are no files but were meant as a command or a target. It must not know what they do.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { printable } from '../diagnostics/printable.js';
import { likelyName } from '../model/likely-names.js';
import { TARGET_NAMES } from '../targets/loading.js';
import { type Io, usageFailure } from './io.js';

/** What there is instead of commands that other tools have. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['build', `'mofgen a.mof' generates`],
  ['clean', `'mofgen a.mof --list-outputs' lists the files to remove`],
  ['compile', `'mofgen a.mof' generates`],
  ['diff', `'mofgen a.mof --check' shows how the files differ`],
  ['format', `'mofgen a.mof --format' runs the prettier of your project`],
  ['gen', `'mofgen a.mof' generates`],
  ['init', `it needs no setup: 'mofgen a.mof' writes all that you need to gen/`],
  ['install', `it needs no setup: 'mofgen a.mof' writes all that you need to gen/`],
  ['lint', `'mofgen check a.mof' reports errors and warnings`],
  ['list', `'mofgen a.mof --list-outputs' lists the files`],
  ['new', `it needs no setup: 'mofgen a.mof' writes all that you need to gen/`],
  ['targets', `'mofgen --help' lists the targets`],
  ['validate', `'mofgen check a.mof' reports errors and warnings`],
  ['verify', `'mofgen check a.mof' reports errors and warnings`],
  [
    'watch',
    `let your build tool run 'mofgen a.mof' when a file changes; --depfile names the files`,
  ],
]);

/** Throws a usage failure for a word that was meant as a command: the command line takes any word that is none for an input. */
export function refuseMistypedCommand(
  inputs: readonly string[],
  commands: readonly string[],
  io: Io,
): void {
  for (const [index, word] of inputs.entries()) {
    if (!/^[a-z][a-z-]*$/i.test(word) || existsSync(resolve(io.cwd, word))) continue;
    if (TARGET_NAMES.includes(word)) {
      throw usageFailure(
        `'${word}' is a target, and not a file; targets go with -t, separated by commas: -t ts,kmdf`,
      );
    }
    if (commands.includes(word)) {
      throw usageFailure(`the command comes first: mofgen ${word} ${printable(inputs[0] ?? '')}`);
    }
    if (index === 0) throw unknownCommand(word, commands, io);
  }
}

/** What to say of a word in the place of a command. */
export function unknownCommand(word: string, commands: readonly string[], io: Io): Error {
  const instead = ELSEWHERE.get(word.toLowerCase());
  if (instead !== undefined) return usageFailure(`there is no command '${word}'; ${instead}`);
  const shown = printable(word);
  if (existsSync(resolve(io.cwd, `${word}.mof`))) {
    return usageFailure(`'${shown}' is neither a file nor a command; did you mean '${shown}.mof'?`);
  }
  const meant = likelyName(word, commands, (name) => name);
  const advice =
    meant === undefined ? `'mofgen --help' lists the commands` : `did you mean 'mofgen ${meant}'?`;
  return usageFailure(`'${shown}' is neither a file nor a command; ${advice}`);
}
