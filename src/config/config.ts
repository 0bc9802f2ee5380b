/** The types of `mofgen.config.json` and `mofgen.config.mjs`. */
import { type WdkArchitecture } from '../preprocess/options.js';
import { type EmitOptions } from '../targets/options.js';

/** The keys for all entries and for each entry. Paths and patterns start from the folder of the configuration. */
export interface SharedConfig {
  /** Names of targets; default `["ts"]`. */
  readonly targets?: readonly string[];
  /**
   * The folder of the generated files; default `"gen"`. `{base}` is the name of the input without `.mof`, `{folder}` its
   * folder.
   */
  readonly output?: string;
  /** The folder of your own files, with the same placeholders; default: that of the generated files. */
  readonly userOutput?: string;
  /** Folders that are searched for included files, in this order. */
  readonly include?: readonly string[];
  /** Macros: the text of each, or `true` for 1. */
  readonly define?: Readonly<Record<string, string | number | true>>;
  /** Predefines the macros of the WDK compiler for this architecture. */
  readonly wdk?: WdkArchitecture;
  /** Files with the localised texts of an input, with the placeholders of `output`. */
  readonly mfl?: readonly string[];
  /** Files and folders whose classes are used, and for which nothing is generated. */
  readonly references?: readonly string[];
  /** Emits only these classes and those that they embed; a `*` at the end of a name matches any rest. */
  readonly classes?: readonly string[];
  /** Blocks that WMI enables before it queries them; names as in `classes`. */
  readonly expensive?: readonly string[];
  /** Which of several binary MOFs of an input to use. */
  readonly object?: string;
  /** Runs the prettier of the project on TypeScript. */
  readonly format?: boolean;
  /** Codes of findings that are not reported. */
  readonly allow?: readonly string[];
  /** Codes of warnings that are treated as errors. */
  readonly deny?: readonly string[];
  /** Treats every warning as an error. */
  readonly warnAsError?: boolean;
  /** The options of targets, such as `{ "enums": true }`. */
  readonly options?: EmitOptions;
}

/** Inputs, and what to generate from them. */
export interface ConfigEntry extends SharedConfig {
  /** Names of MOF files, and patterns such as `mof/*.mof`. */
  readonly inputs: readonly string[];
  /** Names and patterns of files that are left out of `inputs`. */
  readonly exclude?: readonly string[];
}

/** A configuration with one entry is that entry; with several, keys outside `entries` apply where an entry does not set them. */
export interface Config extends SharedConfig, Partial<ConfigEntry> {
  /** The location of the schema of this file, for editors. */
  readonly $schema?: string;
  readonly entries?: readonly ConfigEntry[];
  /** The maximum of findings to print; 0 prints all. */
  readonly maxErrors?: number;
}

/** Returns `config`: an editor then knows the types of a `mofgen.config.mjs`. */
export function defineConfig(config: Config): Config {
  return config;
}
