/** The completion script of zsh. */
import { type CommandTable, type OptionTable, type ValueTable } from '../command-tables.js';
import { defaultCommand, type Script } from './script.js';

export const zshScript: Script = (commands, codes) => {
  const usual = defaultCommand(commands).name;
  return `#compdef mofgen
# Completion of mofgen for zsh, printed by 'mofgen completion zsh': put it into a folder of $fpath as _mofgen, or
#   source <(mofgen completion zsh)

_mofgen_commands() {
  local -a commands=(
${commands.map(({ name, summary }) => `    ${quoted(`${name}:${escaped(summary)}`)}\n`).join('')}  )
  _describe -t commands command commands
}

_mofgen_codes() {
  compadd "$@" - ${codes.join(' ')}
}

# The first word is a command, or an input of ${usual}.
_mofgen_first() {
  _alternative 'commands:command:_mofgen_commands' 'files:input:_files'
}

_mofgen() {
  local command=${usual} first='*:input:_files'
  if ((CURRENT > 2)); then
    case $words[2] in
    ${commands.map(({ name }) => name).join('|')})
      command=$words[2]
      shift words
      ((CURRENT--))
      ;;
    esac
  else
    first='1:command:_mofgen_first'
  fi
  case $command in
${commands.map((command) => commandCase(command, command.name === usual)).join('')}  esac
}

# As a function of $fpath it is called, else registered.
if [[ $funcstack[1] == _mofgen ]]; then
  _mofgen "$@"
else
  compdef _mofgen mofgen
fi
`;
};

function commandCase(command: CommandTable, isUsual: boolean): string {
  const { argument, switches } = command;
  const specs = command.options.flatMap(optionSpecs);
  const last = isUsual
    ? ['"$first"']
    : argument === undefined
      ? []
      : [quoted(`*:${argument.name}:${values(argument)}`)];
  const own =
    switches.length === 0
      ? ''
      : `    if [[ $PREFIX == [-/]* ]]; then
      compadd -S '' - ${switches.map(({ flag }) => quoted(flag)).join(' ')}
      return
    fi
`;
  const lines = [...specs.map(quoted), ...last].map((spec) => ` \\\n      ${spec}`);
  return `  ${command.name})\n${own}    _arguments -S${lines.join('')}\n    ;;\n`;
}

function optionSpecs({ names, summary, value }: OptionTable): string[] {
  return names.map((name) => {
    const equals = name.startsWith('--') && value !== undefined ? '=' : '';
    const separator = value?.isOptional === true ? '::' : ':';
    const after = value === undefined ? '' : `${separator}${escaped(value.name)}:${values(value)}`;
    return `*${name}${equals}[${escaped(summary)}]${after}`;
  });
}

function values({ kind, name, choices }: ValueTable): string {
  switch (kind) {
    case 'file':
      return '_files';
    case 'folder':
      return '_files -/';
    case 'choices':
      return `(${choices.join(' ')})`;
    case 'list':
      return `_sequence compadd - ${choices.join(' ')}`;
    case 'codes':
      return name === 'code' ? '_mofgen_codes' : '_sequence _mofgen_codes';
    case 'text':
      return ' ';
  }
}

/** Inside a specification. */
function escaped(text: string): string {
  return text.replaceAll(/[\\:[\]]/g, '\\$&');
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
