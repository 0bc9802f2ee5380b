/**
 * What a target is: a name, the files it emits for a model, and the bodies that a user's skeleton lacks.
 */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { type Model } from '../model/model.js';
import { type EmitOptions, type OptionTable, type OptionValues } from './options.js';

/** Who owns an emitted file (docs/architecture.md#three-kinds-of-file). */
export type FileOwner =
  /** mofgen: rewritten whenever its text changes. */
  | 'mofgen'
  /** The user: written once when it is absent, never touched again. */
  | 'user';

/** A file as a target declares it, before its text is known. */
export interface DeclaredFile {
  /** A plain file name, never with a directory. */
  readonly name: string;
  readonly owner: FileOwner;
  /** Names that the user may have given the file instead; where one of them is there, it is the file. */
  readonly otherNames?: readonly string[];
  /** Whether the text is the same for every input, so that all inputs of a folder have the file together. */
  readonly isShared?: boolean;
}

/** A file in its final shape: nothing changes its text after the templates have printed it. */
export interface RenderedFile extends DeclaredFile {
  readonly text: string;
}

/** What a target needs in addition to the model. */
export interface EmitContext<Options = EmitOptions> {
  /** The input's file name without directory and without `.mof`: the base of the output names. */
  readonly base: string;
  /** The input's file name without directory, for the banner. */
  readonly sourceName: string;
  readonly options: Options;
  /** The folder of the generated files as seen from the user's file, with slashes, such as `../gen`; `.` when absent. */
  readonly generatedFolder?: string;
}

/** What `defineTarget` takes. `Table` has the options of the target, whose values `fileNames` and `emit` get. */
export interface TargetDefinition<Table extends OptionTable = OptionTable> {
  /** Lower-case letters, digits and hyphens. */
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  readonly options?: Table;
  /** The files that `emit` returns; they depend on these two alone, so a build system knows them in advance. */
  fileNames(base: string, options: OptionValues<Table>): readonly DeclaredFile[];
  /** Why no files can have that base, such as one that makes their names those of files that every input has. */
  unusableBase?(base: string): string | undefined;
  emit(model: Model, context: EmitContext<OptionValues<Table>>): readonly RenderedFile[];
  /** Other targets whose files this one contains: named together with it, they emit nothing. */
  readonly contains?: readonly string[];
  /** What the language makes of the model (MOF3xxx): names that clash, texts that are left out. An error stops before `emit`. */
  check?(model: Model, context: EmitContext<OptionValues<Table>>): readonly Diagnostic[];
  /**
   * The text to paste into the user's file `existing` so that it has a body for everything the model declares; empty
   * when nothing is missing. Absent for a target without a file of the user's.
   */
  missingStubs?(model: Model, context: EmitContext<OptionValues<Table>>, existing: string): string;
}

/** Marks what `defineTarget` made, also when another copy of mofgen made it. */
export const TARGET_MARK = Symbol.for('mofgen.target');

/** Grows when a target that was made for an earlier version no longer works. */
export const TARGET_VERSION = 1;

/** A target that `defineTarget` made. */
export interface Target extends TargetDefinition {
  readonly [TARGET_MARK]: number;
  readonly options: OptionTable;
  fileNames(base: string, options: EmitOptions): readonly DeclaredFile[];
  emit(model: Model, context: EmitContext): readonly RenderedFile[];
  check?(model: Model, context: EmitContext): readonly Diagnostic[];
  missingStubs(model: Model, context: EmitContext, existing: string): string;
}

/** Makes a target of its parts. Built-in targets are made by it as well. */
export function defineTarget<const Table extends OptionTable = Record<never, never>>(
  definition: TargetDefinition<Table>,
): Target {
  const whole = { options: {}, missingStubs: () => '', ...definition };
  // The values of the options are checked against their rows before the target gets them.
  return Object.freeze({ ...(whole as unknown as Target), [TARGET_MARK]: TARGET_VERSION });
}
