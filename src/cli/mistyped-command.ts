/** Recognizes inputs that are not files but a mistyped command or a target. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { likelyName } from '../text/likely-names.js';
import { isCode } from '../diagnostics/policy.js';
import { printable } from '../diagnostics/printable.js';
import { TARGET_NAMES } from '../targets/loading.js';
import { usageFailure } from './failures.js';
import { type Io } from './io.js';

/** Advice for commands that other tools have. */
const ELSEWHERE: ReadonlyMap<string, string> = new Map([
  ['build', `'mofgen a.mof' generates`],
  ['clean', `'mofgen a.mof --list-outputs' lists the files to remove`],
  ['diff', `'mofgen a.mof --check' shows how the files differ`],
  ['format', `'mofgen a.mof --format' runs the prettier of your project`],
  ['gen', `'mofgen a.mof' generates`],
  ['install', `'mofgen init' writes a configuration and prints what to add to your build files`],
  ['lint', `'mofgen check a.mof' reports errors and warnings`],
  ['list', `'mofgen a.mof --list-outputs' lists the files`],
  ['new', `'mofgen init' writes a configuration and prints what to add to your build files`],
  ['targets', `'mofgen --help' lists the targets`],
  ['validate', `'mofgen check a.mof' reports errors and warnings`],
  ['verify', `'mofgen check a.mof' reports errors and warnings`],
  ['watch', `'mofgen --watch' generates again when a file changes`],
]);

/** Suggests a command when an input looks like a mistyped one: any word that is not a command is taken as an input. */
export function refuseMistypedCommand(
  inputs: readonly string[],
  commands: readonly string[],
  io: Io,
): void {
  for (const [index, word] of inputs.entries()) {
    if (!/^[a-z][a-z-]*$/i.test(word) || existsSync(resolve(io.cwd, word))) continue;
    if (TARGET_NAMES.includes(word)) {
      throw usageFailure(
        `'${word}' is a target, not a file; targets go with -t, separated by commas: -t ts,kmdf`,
      );
    }
    if (commands.includes(word)) {
      throw usageFailure(`the command comes first: mofgen ${word} ${printable(inputs[0] ?? '')}`);
    }
    if (index === 0) throw unknownCommand(word, commands, io);
  }
}

/** The failure for an unknown command in `mofgen help`. */
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
