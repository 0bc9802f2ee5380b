/**
 * The options of targets, in one table: the command line, the configuration and its schema, help and docs/options.md are made from it.
 *
 * A switch is off and a value is absent unless the option is named.
 */
import { unusableInName } from './file-name.js';

/** What a value of an option is. A target of your own has rows of this type as well. */
export type OptionRow = SwitchRow | TextRow | ChoiceRow | NumberRow;

interface Row {
  /** One line for help. */
  readonly summary: string;
}

/** On or off. */
interface SwitchRow extends Row {
  readonly type: 'switch';
}

/** A text. */
interface TextRow extends Row {
  readonly type: 'text';
  /** The name of the value in help; default `text`. */
  readonly value?: string;
  /** What the whole value matches. */
  readonly pattern?: RegExp;
  /** What the pattern accepts, in words. */
  readonly expects?: string;
  /** Why a value that the pattern accepts is refused; `undefined` for a valid one. */
  readonly refusal?: (value: string) => string | undefined;
  /** A valid value, and not the default. */
  readonly example: string;
}

/** One of a few words. */
interface ChoiceRow extends Row {
  readonly type: 'choice';
  readonly choices: readonly string[];
}

/** A whole number in a range. */
interface NumberRow extends Row {
  readonly type: 'number';
  readonly min: number;
  readonly max: number;
}

/** The options of a target: the row of each by its name, such as `poolTag` for `--pool-tag`. */
export type OptionTable = Readonly<Record<string, OptionRow>>;

export type OptionValue = boolean | string | number;

type ValueOf<R extends OptionRow> = R extends SwitchRow
  ? boolean
  : R extends ChoiceRow
    ? R['choices'][number]
    : R extends NumberRow
      ? number
      : string;

/** The values of the options of a table that are given. */
export type OptionValues<Table extends OptionTable> = {
  readonly [Name in keyof Table]?: ValueOf<Table[Name]>;
};

/** An option of built-in targets. */
type BuiltInRow = OptionRow & {
  /** The targets whose output it changes. */
  readonly targets: readonly string[];
};

const POOL_TARGETS = ['kmdf', 'wdm', 'irp'] as const;
const DRIVER_TARGETS = [...POOL_TARGETS, 'blocks', 'scsiwmi', 'ndis'] as const;
const C_TARGETS = ['header', ...DRIVER_TARGETS] as const;

export const EMIT_OPTIONS = {
  allowCppQuote: {
    type: 'switch',
    summary: 'copy the text of cpp_quote qualifiers into the C header as code',
    targets: C_TARGETS,
  },
  enums: {
    type: 'switch',
    summary: 'C enumerations for Values and BitValues, with prefixed names',
    targets: C_TARGETS,
  },
  methodStructs: {
    type: 'switch',
    summary:
      'C structures for the parameters of methods (wmimofck -m); the targets for drivers always have them',
    targets: ['header'],
  },
  neutral: {
    type: 'switch',
    summary: 'leave out amended texts, as if they had been split off into an .mfl file',
    targets: C_TARGETS,
  },
  noInstanceLock: {
    type: 'switch',
    summary: 'no lock around the callbacks of an instance: the driver has its own',
    targets: POOL_TARGETS,
  },
  noMofResource: {
    type: 'switch',
    summary: 'the driver ships no binary MOF: its classes are known to WMI from elsewhere',
    targets: DRIVER_TARGETS,
  },
  partialStructs: {
    type: 'switch',
    summary: 'C structures up to the first item that moves (wmimofck -u)',
    targets: C_TARGETS,
  },
  standalone: {
    type: 'switch',
    summary: 'put the C core into the generated .c and .h: for a driver with one MOF file',
    targets: DRIVER_TARGETS,
  },
  tsExtensions: {
    type: 'switch',
    summary: "import generated files as .ts, for Node's type stripping and bundlers",
    targets: ['ts'],
  },
  core: {
    type: 'choice',
    choices: ['copy', 'external'],
    summary: 'emit the files of the C core (copy, the default), or take those that the driver has',
    targets: DRIVER_TARGETS,
  },
  headerName: {
    type: 'text',
    value: 'file',
    summary: 'what the header is called (default: <name>_wmi.h)',
    refusal: refusedHeader,
    example: 'fan.h',
    targets: C_TARGETS,
  },
  implExt: {
    type: 'choice',
    choices: ['c', 'cpp'],
    summary: 'the extension of your own file (default: c)',
    targets: DRIVER_TARGETS,
  },
  mofResource: {
    type: 'text',
    value: 'name',
    summary: 'what the resource of the binary MOF is called (default: MofResourceName)',
    pattern: /^[A-Za-z_]\w{0,63}$/,
    expects: 'a name of at most 64 letters, digits and underscores that begins with no digit',
    refusal: refusedResource,
    example: 'FanMof',
    targets: DRIVER_TARGETS,
  },
  poolTag: {
    type: 'text',
    value: 'tag',
    summary: 'the pool tag of the C core, such as Abcd (default: Mfgn)',
    pattern: /^(?=.*[!-~])[ -~]{1,4}$/,
    expects: '1 to 4 printable ASCII characters that are not all spaces',
    example: 'Abcd',
    targets: POOL_TARGETS,
  },
} as const satisfies Readonly<Record<string, BuiltInRow>>;

export type EmitOption = keyof typeof EMIT_OPTIONS;

/** The options of built-in targets that are given. */
export type EmitOptions = OptionValues<typeof EMIT_OPTIONS>;

/** The options of a built-in target. */
export function builtInOptions(target: string): OptionTable {
  return Object.fromEntries(
    Object.entries<BuiltInRow>(EMIT_OPTIONS).filter(([, { targets }]) => targets.includes(target)),
  );
}

/** The option of the command line: `poolTag` is `--pool-tag`. */
export function flagOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

/** The name of the value in help; `undefined` for a switch. */
export function valueName(row: OptionRow): string | undefined {
  switch (row.type) {
    case 'switch':
      return undefined;
    case 'choice':
      return row.choices.join('|');
    case 'number':
      return 'number';
    case 'text':
      return row.value ?? 'text';
    default:
      return row satisfies never;
  }
}

/** The value that a text of the command line is: of any option but a switch. */
export function valueOfText({ type }: OptionRow, text: string): OptionValue {
  return type === 'number' && /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

/** Why an option cannot have the value; `undefined` for a valid one. */
export function valueFault(row: OptionRow, value: unknown): string | undefined {
  switch (row.type) {
    case 'switch':
      return typeof value === 'boolean' ? undefined : 'it takes true or false';
    case 'choice':
      return row.choices.some((each) => each === value)
        ? undefined
        : `it takes ${row.choices.join(' or ')}`;
    case 'number':
      return Number.isSafeInteger(value) && Number(value) >= row.min && Number(value) <= row.max
        ? undefined
        : `it takes a whole number from ${row.min} to ${row.max}`;
    case 'text': {
      if (typeof value !== 'string') return 'it takes a text';
      const { pattern, expects = `what matches ${String(pattern)}` } = row;
      if (pattern?.test(value) === false) return `it takes ${expects}`;
      return row.refusal?.(value);
    }
    default:
      return row satisfies never;
  }
}

/** Why the options cannot be taken: a value that its row refuses, or two that contradict each other. `table` has further options. */
export function optionsFault(
  options: EmitOptions & Readonly<Record<string, unknown>>,
  table: OptionTable = {},
): string | undefined {
  for (const [name, row] of Object.entries<OptionRow>({ ...table, ...EMIT_OPTIONS })) {
    const value = options[name];
    const fault = value === undefined ? undefined : valueFault(row, value);
    if (fault !== undefined) return `${flagOf(name)} does not take '${String(value)}': ${fault}`;
  }
  if (options.standalone === true && options.core !== undefined) {
    return '--standalone puts the C core into the generated files, so --core has no say; name one of them';
  }
  if (options.core === 'external' && options.poolTag !== undefined) {
    return '--pool-tag is for the C core that mofgen emits, and --core external takes the one that the driver has; name one of them';
  }
  if (options.noMofResource === true && options.mofResource !== undefined) {
    return '--mof-resource names the binary MOF, and --no-mof-resource or --class leaves it out; name one of them';
  }
  return undefined;
}

/** The names of the C core's own headers, which the generated header includes. */
const CORE_HEADER = /^mofgen_wmi(?:_(?:pool|kmdf|device|wdm|irp|arena|blocks|scsi|ndis))?\.h$/i;

function refusedHeader(value: string): string | undefined {
  if (/[\\/]/.test(value)) return 'it takes a name without a folder; -o names the folder';
  const unusable = unusableInName(value);
  if (unusable !== undefined) return unusable;
  if (!/[^.]\.(?:h|hh|hpp|hxx)$/i.test(value)) {
    return 'it takes the name of a file that ends with .h, .hh, .hpp or .hxx';
  }
  return CORE_HEADER.test(value) ? 'a header of the C core is called so' : undefined;
}

/**
 * The name goes into a resource script as a word, which rc reads as a number, a statement or a name, and into C as a wide
 * string. A C identifier that begins no statement of rc is a name in both ("Resource-Definition Statements").
 */
function refusedResource(value: string): string | undefined {
  return /^(?:characteristics|language|stringtable|version)$/i.test(value)
    ? 'it begins a statement of a resource script'
    : undefined;
}
