/**
 * The options that change what targets emit: a table of switches and one of options with a value, from which the command
 * line makes its options.
 *
 * Every switch is off unless it is named, and each row says which targets it changes. Nothing here knows what an emitter
 * does with an option.
 */
import { unusableInName } from './file-name.js';

interface Row {
  /** As it is typed. */
  readonly flag: `--${string}`;
  readonly summary: string;
  /** The targets whose output it changes. */
  readonly targets: readonly string[];
}

interface ValueRow extends Row {
  /** What help calls the value. */
  readonly value: string;
  /** Why a value cannot be taken, as what the option takes; `undefined` for one that can. */
  readonly refusal: (value: string) => string | undefined;
}

const C_TARGETS = ['header', 'kmdf', 'wdm'] as const;
const DRIVER_TARGETS = ['kmdf', 'wdm'] as const;

export const EMIT_SWITCHES = {
  allowCppQuote: {
    flag: '--allow-cpp-quote',
    summary: 'copy the text of cpp_quote qualifiers into the C header as code',
    targets: C_TARGETS,
  },
  enums: {
    flag: '--enums',
    summary: 'C enumerations for Values and BitValues, with prefixed names',
    targets: C_TARGETS,
  },
  methodStructs: {
    flag: '--method-structs',
    summary:
      'C structures for the parameters of methods (wmimofck -m); kmdf and wdm always have them',
    targets: ['header'],
  },
  neutral: {
    flag: '--neutral',
    summary: 'leave out amended texts, as if they had been split off into an .mfl file',
    targets: C_TARGETS,
  },
  noInstanceLock: {
    flag: '--no-instance-lock',
    summary: 'no lock around the callbacks of an instance: the driver has its own',
    targets: DRIVER_TARGETS,
  },
  noMofResource: {
    flag: '--no-mof-resource',
    summary: 'the driver ships no binary MOF: its classes are known to WMI from elsewhere',
    targets: DRIVER_TARGETS,
  },
  partialStructs: {
    flag: '--partial-structs',
    summary: 'C structures up to the first item that moves (wmimofck -u)',
    targets: C_TARGETS,
  },
  standalone: {
    flag: '--standalone',
    summary: 'put the C core into the generated .c and .h: for a driver with one MOF file',
    targets: DRIVER_TARGETS,
  },
  tsExtensions: {
    flag: '--ts-extensions',
    summary: "import generated files as .ts, for Node's type stripping and bundlers",
    targets: ['ts'],
  },
} as const satisfies Record<string, Row>;

export type EmitSwitch = keyof typeof EMIT_SWITCHES;

const CORES = ['copy', 'external'] as const;
const IMPL_EXTENSIONS = ['c', 'cpp'] as const;

export const EMIT_VALUES = {
  core: {
    flag: '--core',
    value: CORES.join('|'),
    summary: 'emit the files of the C core (copy, the default), or take those that the driver has',
    targets: DRIVER_TARGETS,
    refusal: oneOf(CORES),
  },
  headerName: {
    flag: '--header-name',
    value: 'file',
    summary: 'what the header is called (default: <name>_wmi.h)',
    targets: C_TARGETS,
    refusal: refusedHeader,
  },
  implExt: {
    flag: '--impl-ext',
    value: IMPL_EXTENSIONS.join('|'),
    summary: 'the extension of your own file (default: c)',
    targets: DRIVER_TARGETS,
    refusal: oneOf(IMPL_EXTENSIONS),
  },
  mofResource: {
    flag: '--mof-resource',
    value: 'name',
    summary: 'what the resource of the binary MOF is called (default: MofResourceName)',
    targets: DRIVER_TARGETS,
    refusal: refusedResource,
  },
} as const satisfies Record<string, ValueRow>;

export type EmitValue = keyof typeof EMIT_VALUES;

/** The options with a value. */
interface EmitValues {
  readonly core: (typeof CORES)[number];
  readonly headerName: string;
  readonly implExt: (typeof IMPL_EXTENSIONS)[number];
  readonly mofResource: string;
}

/** The switches that are on, and the values that were given. */
export type EmitOptions = Readonly<Partial<Record<EmitSwitch, boolean>>> & Partial<EmitValues>;

/** Why the options cannot be taken: a value that its row refuses, or two that contradict each other. */
export function optionsFault(options: EmitOptions): string | undefined {
  for (const [name, row] of Object.entries(EMIT_VALUES)) {
    const value = options[name as EmitValue];
    const refusal = value === undefined ? undefined : row.refusal(value);
    if (refusal !== undefined) return `${row.flag} does not take '${value}': ${refusal}`;
  }
  if (options.standalone === true && options.core !== undefined) {
    return '--standalone puts the C core into the generated files, so --core has no say; name one of them';
  }
  if (options.noMofResource === true && options.mofResource !== undefined) {
    return '--mof-resource names the binary MOF, and --no-mof-resource or --class leaves it out; name one of them';
  }
  return undefined;
}

function oneOf(values: readonly string[]): ValueRow['refusal'] {
  return (value) => (values.includes(value) ? undefined : `it takes ${values.join(' or ')}`);
}

/** The names of the C core's own headers, which the generated header includes. */
const CORE_HEADER = /^mofgen_wmi(?:_device|_kmdf|_wdm)?\.h$/i;

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
  if (!/^[A-Za-z_]\w{0,63}$/.test(value)) {
    return 'it takes a name of at most 64 letters, digits and underscores that begins with no digit';
  }
  return /^(?:characteristics|language|stringtable|version)$/i.test(value)
    ? 'it begins a statement of a resource script'
    : undefined;
}
