/**
 * The commands and their options as plain tables, read from the parser's objects, for completion scripts and the reference pages.
 */
import { Command, type Option } from 'commander';
import { WDK_ARCHITECTURES } from '../preprocess/options.js';
import { TARGET_NAMES } from '../targets/loading.js';
import { COMMANDS, type CommandContext } from './commands.js';
import { type ForeignSwitch } from './foreign-switches.js';

/** The kind of a value: `choices` is a word of a list, `list` several of them separated by commas. */
export type ValueKind = 'file' | 'folder' | 'choices' | 'list' | 'codes' | 'text';

export interface ValueTable {
  /** Its name in help. */
  readonly name: string;
  readonly kind: ValueKind;
  /** For `choices` and `list`. */
  readonly choices: readonly string[];
  /** Whether the option also goes without it. */
  readonly isOptional: boolean;
}

export interface OptionTable {
  /** As help has them: `-o, --output <folder>`. */
  readonly flags: string;
  /** Each spelling without the value: `-o`, `--output`. */
  readonly names: readonly string[];
  readonly summary: string;
  /** The heading in help; `''` for none. */
  readonly group: string;
  readonly value: ValueTable | undefined;
  /** The default value; `undefined` when the summary names it or there is none. */
  readonly fallback: string | undefined;
}

export interface CommandTable {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  /** Whether it runs when no command is named. */
  readonly isDefault: boolean;
  readonly options: readonly OptionTable[];
  readonly argument: (ValueTable & { readonly summary: string }) | undefined;
  /** The switches of another tool. */
  readonly switches: readonly ForeignSwitch[];
}

/** In the order of help. */
export async function commandTables(context: CommandContext): Promise<readonly CommandTable[]> {
  return Promise.all(
    Object.entries(COMMANDS).map(async ([name, row]) => {
      const command = new Command(name);
      row.complete(command, context);
      const help = command.createHelp();
      const shown = new Set<Option>(help.visibleOptions(command));
      const [argument] = command.registeredArguments;
      return {
        name,
        summary: row.summary,
        usage: row.usage,
        isDefault: row.isDefault === true,
        options: [...shown].map(optionTable),
        argument:
          argument === undefined
            ? undefined
            : {
                ...valueTable(argument.name(), argument.argChoices, !argument.required),
                summary: argument.description,
              },
        switches: (await row.switches?.()) ?? [],
      };
    }),
  );
}

function optionTable(option: Option): OptionTable {
  const { flags, short, long, description, defaultValueDescription } = option;
  const [, value] = /[<[](.*)[>\]]$/.exec(flags) ?? [];
  const fallback: unknown = defaultValueDescription ?? option.defaultValue;
  return {
    flags,
    names: [short ?? [], long ?? []].flat(),
    summary: description,
    group: option.helpGroupHeading ?? '',
    value:
      value === undefined
        ? undefined
        : valueTable(long === '--target' ? 'targets' : value, option.argChoices, !option.required),
    fallback: typeof fallback === 'string' ? fallback : undefined,
  };
}

/** Derives the kind of a value from its name in help. */
function valueTable(
  name: string,
  argChoices: readonly string[] | undefined,
  isOptional: boolean,
): ValueTable {
  const table = (kind: ValueKind, choices: readonly string[] = []): ValueTable => {
    return { name, kind, choices, isOptional };
  };
  if (argChoices !== undefined) return table('choices', argChoices);
  if (name.includes('|')) return table('choices', name.split('|'));
  switch (name) {
    case 'input':
    case 'words':
    case 'file':
      return table('file');
    case 'folder':
      return table('folder');
    case 'targets':
      return table('list', TARGET_NAMES);
    case 'architecture':
      return table('choices', WDK_ARCHITECTURES);
    case 'command':
      return table('choices', Object.keys(COMMANDS));
    case 'code':
    case 'codes':
      return table('codes');
    default:
      return table('text');
  }
}
