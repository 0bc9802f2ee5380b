/** The completion script of bash. It needs bash 4 and nothing else. */
import { type CommandTable, type ValueTable } from '../command-tables.js';
import { defaultCommand, flagsOf, type Script, valuedOptions } from './script.js';

export const bashScript: Script = (commands, codes) => {
  const names = commands.map(({ name }) => name);
  const { name: usual } = defaultCommand(commands);
  return `# Completion of mofgen for bash, printed by 'mofgen completion bash'. In ~/.bashrc:
#   source <(mofgen completion bash)

# Completes a word with files, folders or words of a list; of several with commas, the last one.
_mofgen_values() {
  local current=$1 kind=$2 before=
  shift 2
  compopt +o nospace 2>/dev/null
  case $kind in
  file) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
  folder) compopt -o filenames 2>/dev/null; mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
  choices) mapfile -t COMPREPLY < <(compgen -W "$*" -- "$current") ;;
  list)
    compopt -o nospace 2>/dev/null
    if [[ $current == *,* ]]; then before=\${current%,*}, current=\${current##*,}; fi
    mapfile -t COMPREPLY < <(compgen -P "$before" -W "$*" -- "$current")
    ;;
  esac
}

_mofgen() {
  local codes='${codes.join(' ')}'
  local current=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD - 1]} command=${usual} word
  COMPREPLY=()
  # Bash splits --option=value at the equals sign.
  if [[ $current == = ]]; then
    current=
  elif [[ $option == = && $COMP_CWORD -gt 1 ]]; then
    option=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  if ((COMP_CWORD > 1)); then
    case \${COMP_WORDS[1]} in
    ${names.join('|')}) command=\${COMP_WORDS[1]} ;;
    esac
  fi
  # After -- there are no options.
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    if [[ $word == -- ]]; then
      _mofgen_values "$current" file
      return
    fi
  done
  case "$command $option" in
${commands.map(optionCases).join('')}  esac
  if [[ $current == [-/]* ]]; then
    case $command in
${commands
  .map((command) => `    ${command.name}) set -- ${flagsOf(command).map(quoted).join(' ')} ;;\n`)
  .join('')}    esac
    mapfile -t COMPREPLY < <(compgen -W "$*" -- "$current")
    # A path may begin with a slash.
    if ((\${#COMPREPLY[@]} > 0)) || [[ $current == -* ]]; then return; fi
  fi
  case $command in
${commands.map(argumentCase).join('')}  esac
  if ((COMP_CWORD == 1)); then
    mapfile -t -O "\${#COMPREPLY[@]}" COMPREPLY < <(compgen -W '${names.join(' ')}' -- "$current")
  fi
}

complete -F _mofgen mofgen
`;
};

function optionCases(command: CommandTable): string {
  return valuedOptions(command)
    .map(({ names, value }) => {
      const patterns = names.map((name) => quoted(`${command.name} ${name}`)).join(' | ');
      return `  ${patterns}) ${values(value)}; return ;;\n`;
    })
    .join('');
}

function argumentCase({ name, argument }: CommandTable): string {
  return argument === undefined ? '' : `  ${name}) ${values(argument)} ;;\n`;
}

function values({ kind, name, choices }: ValueTable): string {
  if (kind === 'text') return ':';
  // The argument of explain is one code a word.
  if (kind === 'codes') {
    return `_mofgen_values "$current" ${name === 'code' ? 'choices' : 'list'} $codes`;
  }
  return ['_mofgen_values "$current"', kind, ...choices.map(quoted)].join(' ');
}

function quoted(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
