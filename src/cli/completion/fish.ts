/** The completion script of fish. */
import { type CommandTable, type OptionTable, type ValueTable } from '../command-tables.js';
import { defaultCommand, type Script } from './script.js';

export const fishScript: Script = (commands, codes) => {
  const names = commands.map(({ name }) => name);
  const usual = defaultCommand(commands).name;
  return `# Completion of mofgen for fish, printed by 'mofgen completion fish':
#   mofgen completion fish > ~/.config/fish/completions/mofgen.fish

# Whether the command line runs this command, which is ${usual} where none is named.
function __mofgen_runs
  set -l words (commandline -opc)
  set -l command ${usual}
  if set -q words[2]; and contains -- $words[2] ${names.join(' ')}
    set command $words[2]
  end
  test $command = $argv[1]
end

# Whether the first word is wanted, which may be a command.
function __mofgen_begins
  set -l words (commandline -opc)
  test (count $words) -eq 1
end

# The members of a list with commas that may follow those that are there.
function __mofgen_list
  set -l before (string replace -rf '^(?:--[^=]*=)?(.*,)[^,]*$' '$1' -- (commandline -ct))
  test -n "$before"; or set before ''
  printf '%s\\n' $before$argv
end

set -g __mofgen_codes ${codes.join(' ')}

complete -c mofgen -e
${commands
  .map(
    ({ name, summary }) =>
      `complete -c mofgen -n __mofgen_begins -a ${name} -d ${quoted(summary)}\n`,
  )
  .join('')}${commands.map(commandLines).join('')}`;
};

function commandLines(command: CommandTable): string {
  const runs = `complete -c mofgen -n '__mofgen_runs ${command.name}'`;
  const options = command.options.map((option) => `${runs}${optionWords(option)}\n`);
  const switches = command.switches.map(
    ({ flag, summary }) => `${runs} -a ${quoted(flag)} -d ${quoted(summary)}\n`,
  );
  const { argument } = command;
  const isFile = argument?.kind === 'file';
  const words = argument === undefined || isFile ? '' : ` -a ${valuesOf(argument)}`;
  return [...options, ...switches, isFile ? '' : `${runs} -f${words}\n`].join('');
}

function optionWords({ names, summary, value }: OptionTable): string {
  const flags = names.map((name) =>
    name.startsWith('--') ? ` -l ${name.slice(2)}` : ` -s ${quoted(name.slice(1))}`,
  );
  return `${flags.join('')}${value === undefined ? '' : valueWords(value)} -d ${quoted(summary)}`;
}

/** -r: with a value; -x: with a value that is no file. */
function valueWords(value: ValueTable): string {
  if (value.kind === 'file') return ' -r';
  if (value.kind === 'text') return ' -x';
  return ` -x -a ${valuesOf(value)}`;
}

function valuesOf({ kind, name, choices }: ValueTable): string {
  if (kind === 'folder') return `'(__fish_complete_directories)'`;
  if (kind === 'list') return `'(__mofgen_list ${choices.join(' ')})'`;
  if (kind === 'codes') {
    return name === 'code' ? `"$__mofgen_codes"` : `'(__mofgen_list $__mofgen_codes)'`;
  }
  return quoted(choices.join(' '));
}

function quoted(text: string): string {
  return `'${text.replaceAll(/[\\']/g, '\\$&')}'`;
}
