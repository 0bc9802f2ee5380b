/**
 * What a target is: a name, the files it emits for a model, and the bodies that a user's skeleton lacks.
 *
 * Nothing here knows a language; each target lives in its own folder and is listed once in index.ts.
 */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { type Model } from '../model/model.js';
import { type EmitOptions } from './options.js';

/** Who owns an emitted file (design.md, "the three kinds of file"). */
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

/** What a target needs to know beside the model. */
export interface EmitContext {
  /** The input's file name without directory and without `.mof`: the base of the output names. */
  readonly base: string;
  /** The input's file name without directory, for the banner. */
  readonly sourceName: string;
  readonly options: EmitOptions;
}

export interface Target {
  readonly name: string;
  /** One line for `--help`. */
  readonly summary: string;
  /** The files that `emit` returns; they depend on these two alone, so a build system knows them in advance. */
  fileNames(base: string, options: EmitOptions): readonly DeclaredFile[];
  /** Why no files can have that base, such as one that makes their names those of files that every input has. */
  unusableBase?(base: string): string | undefined;
  emit(model: Model, context: EmitContext): readonly RenderedFile[];
  /** Other targets whose files this one has too, with more in them: beside it they emit nothing of their own. */
  readonly contains?: readonly string[];
  /** What the language makes of the model (MOF3xxx): names that clash, texts that are left out. An error stops before `emit`. */
  check?(model: Model, context: EmitContext): readonly Diagnostic[];
  /**
   * The text to paste into the user's file `existing` so that it has a body for everything the model declares; empty
   * when nothing is missing.
   */
  missingStubs(model: Model, context: EmitContext, existing: string): string;
}
