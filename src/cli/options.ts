/**
 * The options of the commands, as the parser of the command line hands them over.
 *
 * Types only; it must not know the parser.
 */
import { type DiagnosticFormat } from '../diagnostics/render.js';

/** What every command takes. */
export interface CommonOptions {
  /** Folders of -I, searched in this order. */
  readonly include?: readonly string[];
  /** Absent: pretty on a terminal, text elsewhere. */
  readonly diagnostics?: DiagnosticFormat;
}

/** What the commands take that have to do with emitted files. */
export interface OutputOptions extends CommonOptions {
  /** Names of targets, not checked yet. */
  readonly target: readonly string[];
  readonly output: string;
}

export interface GenerateOptions extends OutputOptions {
  readonly check?: boolean;
  /** False for --no-format. */
  readonly format: boolean;
  readonly listOutputs?: boolean;
  readonly quiet?: boolean;
}

export interface CheckOptions extends CommonOptions {
  readonly quiet?: boolean;
}
