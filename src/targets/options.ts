/**
 * The switches that change what targets emit: one table, from which the command line makes its options.
 *
 * Every switch is off unless it is named, and each row says which targets it changes. Nothing here knows a language.
 */

interface Row {
  /** As it is typed. */
  readonly flag: `--${string}`;
  readonly summary: string;
  /** The targets whose output it changes. */
  readonly targets: readonly string[];
}

const C_TARGETS = ['header', 'kmdf', 'wdm'] as const;

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
    targets: ['kmdf', 'wdm'],
  },
  noMofResource: {
    flag: '--no-mof-resource',
    summary: 'the driver ships no binary MOF: its classes are known to WMI from elsewhere',
    targets: ['kmdf', 'wdm'],
  },
  partialStructs: {
    flag: '--partial-structs',
    summary: 'C structures up to the first item that moves (wmimofck -u)',
    targets: C_TARGETS,
  },
  tsExtensions: {
    flag: '--ts-extensions',
    summary: "import generated files as .ts, for Node's type stripping and bundlers",
    targets: ['ts'],
  },
} as const satisfies Record<string, Row>;

export type EmitSwitch = keyof typeof EMIT_SWITCHES;

/** The switches that are on. */
export type EmitOptions = Readonly<Partial<Record<EmitSwitch, boolean>>>;
