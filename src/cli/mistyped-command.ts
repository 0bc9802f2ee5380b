/**
 * Recognises words among the inputs that are no files but were meant as a command or a target. It must not know what they do.
 */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { likelyName } from '../../grammar/likely-names.js';
import { isCode } from '../diagnostics/policy.js';
import { printable } from '../diagnostics/printable.js';
import { TARGET_NAMES } from '../targets/loading.js';
import { type Io, usageFailure } from './io.js';

/** What there is instead of commands that other tools have. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['build', `'mofgen a.mof' generates`],
  ['clean', `'mofgen a.mof --list-outputs' lists the files to remove`],
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

/** What to say of a word for which help is wanted. */
export function unknownTopic(word: string, commands: readonly string[]): Error {
  const advice = TARGET_NAMES.includes(word)
    ? `it is a target: 'mofgen help generate' has a line about each`
    : isCode(word.toUpperCase())
      ? `'mofgen explain ${word}' is the page about that code`
      : (ELSEWHERE.get(word.toLowerCase()) ?? adviceOn(word, commands, 'mofgen help '));
  return usageFailure(`there is no command '${printable(word)}'; ${advice}`);
}

function unknownCommand(word: string, commands: readonly string[], io: Io): Error {
  const instead = ELSEWHERE.get(word.toLowerCase());
  if (instead !== undefined) return usageFailure(`there is no command '${word}'; ${instead}`);
  const shown = printable(word);
  if (existsSync(resolve(io.cwd, `${word}.mof`))) {
    return usageFailure(`'${shown}' is neither a file nor a command; did you mean '${shown}.mof'?`);
  }
  const advice = adviceOn(word, commands, 'mofgen ');
  return usageFailure(`'${shown}' is neither a file nor a command; ${advice}`);
}

function adviceOn(word: string, commands: readonly string[], before: string): string {
  const meant = likelyName(word, commands, (name) => name);
  if (meant === undefined) return `'mofgen --help' lists the commands`;
  return `did you mean '${before}${meant}'?`;
}
