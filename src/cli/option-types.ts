/**
 * The options of the commands, as the actions in commands.ts get them.
 */
import { type ReportFormat } from '../diagnostics/report-formats.js';
import { type WdkArchitecture } from '../preprocess/options.js';
import { type EmitOptions } from '../targets/options.js';
import { type DepfileFormat } from './depfile.js';
import { type ListFormat, type ListOwner } from './output-lists.js';

/** How findings are reported. */
export interface ReportOptions {
  /** Absent: pretty on a terminal, text elsewhere. */
  readonly diagnostics?: ReportFormat;
  /** Where json and sarif go. */
  readonly diagnosticsFile?: string;
  /** The most findings to print; 0 for all of them, absent for the usual number. */
  readonly maxErrors?: number;
}

/** What every command takes. */
export interface CommonOptions extends ReportOptions {
  /** Folders of -I, searched in this order. */
  readonly include?: readonly string[];
  /** Macros of -D, each `NAME` or `NAME=TEXT`, checked. */
  readonly define?: readonly string[];
  /** Predefines what the compiler of the WDK does. */
  readonly wdk?: WdkArchitecture;
  /** Localised files whose texts belong to the one input. */
  readonly mfl?: readonly string[];
  /** Files and folders of --reference. */
  readonly reference?: readonly string[];
  /** Names and patterns of --class; absent: all classes. */
  readonly class?: readonly string[];
  /** Names and patterns of --expensive. */
  readonly expensive?: readonly string[];
  /** Codes, not checked yet. */
  readonly allow?: readonly string[];
  /** Codes, not checked yet. */
  readonly deny?: readonly string[];
  readonly warnAsError?: boolean;
  /** The folder where names of targets start; absent: the current one. */
  readonly targetFolder?: string;
  /** Of ACPI tables, the object with the binary MOF that is meant. */
  readonly object?: string;
  /** What diagnostics call standard input. */
  readonly stdinFilename?: string;
}

/** The options of targets that were named. */
export interface SwitchOptions {
  readonly emit: EmitOptions;
}

/** What the commands take that have to do with emitted files. */
export interface OutputOptions extends CommonOptions {
  /** Names of targets, not checked yet. */
  readonly target: readonly string[];
  /** A folder; `-` prints the one file that there is. */
  readonly output: string;
  /** Where the files lie that the user owns; absent: with the others. */
  readonly userOutput?: string;
}

/** What a job emits and where to. */
export interface JobOptions extends OutputOptions, SwitchOptions {
  /** Runs the project's own prettier; false for --no-format, which is refused. */
  readonly format?: boolean;
}

/** How a run reports to a build system what it read, and that it succeeded. */
interface BuildSystemOptions {
  readonly depfile?: string;
  /** Absent: the first file that is written and is mofgen's. */
  readonly depfileTarget?: string;
  /** Absent: make. */
  readonly depfileFormat?: DepfileFormat;
  /** Touched after each run that succeeds. */
  readonly stamp?: string;
}

/** What holds for a whole run of `generate`, whatever its jobs are. */
export interface RunOptions extends ReportOptions, BuildSystemOptions {
  readonly check?: boolean;
  /** Shows all of a difference, however long. */
  readonly fullDiff?: boolean;
  readonly listOutputs?: boolean;
  /** Absent: lines. */
  readonly listFormat?: ListFormat;
  /** Absent: mofgen. */
  readonly listOwner?: ListOwner;
  readonly quiet?: boolean;
  /** Prints what became of each file. */
  readonly verbose?: boolean;
  /** The configuration that the run was read from, as a person knows it: one of the files that were read. */
  readonly configFile?: string;
}

export interface GenerateOptions extends Omit<JobOptions, 'emit'>, RunOptions {
  /** Generates again when a file changes. */
  readonly watch?: boolean;
}

export interface StubsOptions extends OutputOptions {
  readonly missing?: boolean;
}

/** What a job of `check` analyses its inputs with. */
export interface CheckJobOptions extends CommonOptions, SwitchOptions {
  /** Absent: what concerns the MOF itself. */
  readonly target?: readonly string[];
}

export interface CheckOptions extends Omit<CheckJobOptions, 'emit'> {
  readonly quiet?: boolean;
}

/** What a job of `breaking` analyses both of its sides with. */
export interface BreakingJobOptions extends CommonOptions, SwitchOptions {}

export interface BreakingOptions extends CommonOptions {
  /** A file, a folder, `git:REV` or `git:REV:path`; absent where it was forgotten. */
  readonly against?: string;
  readonly quiet?: boolean;
}

/** At most one of the forms; none: tables. */
export interface ShowOptions extends CommonOptions {
  readonly json?: boolean;
  readonly markdown?: boolean;
  readonly mermaid?: boolean;
  /** What ACPI tables offer to WMI, in place of the classes. */
  readonly acpi?: boolean;
}

/** What the commands take that make MOF files of MOF files. */
export interface MadeFileOptions extends CommonOptions {
  readonly output: string;
  readonly encoding: 'utf-16le' | 'utf-8';
  readonly quiet?: boolean;
}

/** Files are named as a person wrote them; `-` is standard output. */
export interface CompileOptions extends CommonOptions, BuildSystemOptions {
  /** Absent: the input's name with `.bmf`, unless `hex` or `asl` is there. */
  readonly output?: string;
  /** Where the bytes go as lines of a C include. */
  readonly hex?: string;
  /** Where the bytes go as an ASL buffer. */
  readonly asl?: string;
  readonly aslName?: string;
  /** Writes nothing. */
  readonly isDry?: boolean;
  /** In place of the default `root\\default`, for classes before any `#pragma namespace`. */
  readonly namespace?: string;
  readonly quiet?: boolean;
}

export interface DecompileOptions extends CommonOptions {
  /** Absent: standard output. */
  readonly output?: string;
  readonly quiet?: boolean;
}

export interface MergeOptions extends MadeFileOptions {
  /** The file to write, in place of one of the input's name in the output folder. */
  readonly file?: string;
}

export interface SplitOptions extends MadeFileOptions {
  /** The files to write, in place of those of the input's name in the output folder. */
  readonly files?: { readonly neutral: string; readonly localized: string };
  /** Absent: what `#pragma amendment` names, else ms_409. */
  readonly locale?: string;
}
