/** Parts of the completion scripts of all shells. */
import { type CommandTable, type OptionTable } from '../command-tables.js';

/** Makes a script of the commands and of the codes that `explain`, `--allow` and `--deny` take. */
export type Script = (commands: readonly CommandTable[], codes: readonly string[]) => string;

/** The command that runs when none is named. */
export function defaultCommand(commands: readonly CommandTable[]): CommandTable {
  const found = commands.find(({ isDefault }) => isDefault);
  if (found === undefined) throw new Error('no command is the default');
  return found;
}

/** All words that complete an option: the options' names, and the switches of another tool. */
export function flagsOf({ options, switches }: CommandTable): string[] {
  return [...options.flatMap(({ names }) => names), ...switches.map(({ flag }) => flag)];
}

/** The options that take a value. */
export function valuedOptions({ options }: CommandTable): (OptionTable & {
  readonly value: NonNullable<OptionTable['value']>;
})[] {
  return options.flatMap((option) =>
    option.value === undefined ? [] : [{ ...option, value: option.value }],
  );
}
