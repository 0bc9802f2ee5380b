/**
 * The table of the keys of a configuration: the kind of value, and the matching option of the command line.
 *
 * Checks, the published schema and the documentation are derived from it.
 */
import { WDK_ARCHITECTURES } from '../preprocess/options.js';
import { type Config, type ConfigEntry } from './config.js';

export type Kind =
  | { readonly type: 'text' }
  | { readonly type: 'texts' }
  /** A list of names of targets. */
  | { readonly type: 'targets' }
  /** A list of codes of findings. */
  | { readonly type: 'codes' }
  | { readonly type: 'switch' }
  /** A whole number that is not negative. */
  | { readonly type: 'number' }
  /** Any whole number. */
  | { readonly type: 'integer' }
  | { readonly type: 'macros' }
  | { readonly type: 'choice'; readonly choices: readonly string[] }
  | { readonly type: 'options' };

export interface KeyRow {
  readonly kind: Kind;
  /** The option of the command line that replaces it; absent where there is none. */
  readonly flag?: string;
  /** The name of that option among parsed options. */
  readonly option?: string;
  /** Whether it names files or folders, which start from the folder of the configuration. */
  readonly isPath?: boolean;
  /** Whether `{base}` and `{folder}` may be in it. */
  readonly hasPlaceholders?: boolean;
  /** Whether an empty list is a mistake. */
  readonly isFilled?: boolean;
  readonly summary: string;
}

const text = { type: 'text' } as const;
const texts = { type: 'texts' } as const;
const flag = { type: 'switch' } as const;

/** The keys of an entry, in the order in which they are printed. */
export const ENTRY_KEYS = {
  inputs: {
    kind: texts,
    isPath: true,
    isFilled: true,
    summary: 'names of MOF files, and patterns such as mof/*.mof',
  },
  exclude: {
    kind: texts,
    isPath: true,
    summary: 'names and patterns of files that are left out of inputs',
  },
  targets: {
    kind: { type: 'targets' },
    isFilled: true,
    flag: '--target',
    option: 'target',
    summary: 'the targets to generate (default: ts)',
  },
  output: {
    kind: text,
    flag: '--output',
    option: 'output',
    isPath: true,
    hasPlaceholders: true,
    summary:
      'the folder of the generated files (default: gen); {base} is the name of the input without .mof, {folder} its folder',
  },
  userOutput: {
    kind: text,
    flag: '--user-output',
    option: 'userOutput',
    isPath: true,
    hasPlaceholders: true,
    summary: 'the folder of your own files, with the same placeholders (default: output)',
  },
  include: {
    kind: texts,
    flag: '--include',
    option: 'include',
    isPath: true,
    summary: 'folders that are searched for included files, in this order',
  },
  define: {
    kind: { type: 'macros' },
    flag: '--define',
    option: 'define',
    summary: 'macros: the text of each, or true for 1',
  },
  wdk: {
    kind: { type: 'choice', choices: WDK_ARCHITECTURES },
    flag: '--wdk',
    option: 'wdk',
    summary: 'predefine the macros of the WDK compiler for this architecture',
  },
  mfl: {
    kind: texts,
    flag: '--mfl',
    option: 'mfl',
    isPath: true,
    hasPlaceholders: true,
    summary: 'files with the localised texts of the input, with the placeholders of output',
  },
  references: {
    kind: texts,
    flag: '--reference',
    option: 'reference',
    isPath: true,
    summary: 'files and folders whose classes are used, and for which nothing is generated',
  },
  classes: {
    kind: texts,
    flag: '--class',
    option: 'class',
    summary: 'only these classes and those that they embed; a * at the end matches any rest',
  },
  expensive: {
    kind: texts,
    flag: '--expensive',
    option: 'expensive',
    summary: 'blocks that WMI enables before it queries them; names as in classes',
  },
  object: {
    kind: text,
    flag: '--object',
    option: 'object',
    summary: 'which of several binary MOFs of an input to use',
  },
  format: {
    kind: flag,
    flag: '--format',
    option: 'format',
    summary: 'run the prettier of the project on TypeScript',
  },
  allow: {
    kind: { type: 'codes' },
    flag: '--allow',
    option: 'allow',
    summary: 'codes of findings that are not reported',
  },
  deny: {
    kind: { type: 'codes' },
    flag: '--deny',
    option: 'deny',
    summary: 'codes of warnings that are treated as errors',
  },
  warnAsError: {
    kind: flag,
    flag: '--warn-as-error',
    option: 'warnAsError',
    summary: 'treat every warning as an error',
  },
  options: {
    kind: { type: 'options' },
    summary: 'the options of targets, such as { "enums": true }',
  },
} as const satisfies Record<keyof ConfigEntry, KeyRow>;

export type EntryKey = keyof typeof ENTRY_KEYS;

/** The keys of a configuration that an entry does not have. */
export const TOP_KEYS = {
  $schema: { kind: text, summary: 'the location of the schema of this file, for editors' },
  maxErrors: {
    kind: { type: 'number' },
    flag: '--max-errors',
    option: 'maxErrors',
    summary: 'the maximum of findings to print; 0 prints all (default: 200)',
  },
} as const satisfies Record<Exclude<keyof Config, EntryKey | 'entries'>, KeyRow>;

/** The placeholders in a path, replaced by parts of an input's name. */
export const PLACEHOLDERS = ['base', 'folder'] as const;

/** The parts of `path` in braces. */
export function placeholdersIn(path: string): readonly string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name);
}
