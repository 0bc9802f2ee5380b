/**
 * The pipeline, from bytes to files: read this first.
 *
 *   decode -> preprocess -> parse -> resolve -> emit (view, render)
 *
 * analyze.ts makes the model, emit.ts the files; an error stops before anything is emitted. This is the pipeline as
 * the library has it, with every target at hand. Reading and writing files is the command line's business (src/cli).
 */
import { type Result } from './diagnostics/diagnostic.js';
import { emitFor } from './emit.js';
import { type Model } from './model/model.js';
import { targetNamed } from './targets/index.js';
import { type EmitOptions } from './targets/options.js';
import { type RenderedFile } from './targets/target.js';

export { type Analysis, analyze, type AnalyzeOptions } from './analyze.js';

export interface GenerateOptions {
  /** The names of the targets, such as `ts`. */
  readonly targets: readonly string[];
  /** The switches that are on; none by default. */
  readonly options?: EmitOptions;
}

/** The files of every wanted target for a model without errors; none when a target cannot say the model. */
export function emit(
  model: Model,
  sourceName: string,
  { targets, options }: GenerateOptions,
): Result<readonly RenderedFile[]> {
  return emitFor(targets.map(targetNamed), model, sourceName, options);
}
