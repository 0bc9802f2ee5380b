/**
 * The pipeline, from bytes to files: read this first.
 *
 *   decode -> preprocess -> parse -> resolve -> emit (view, render)
 *
 * analyze.ts makes the model, emit.ts the files; an error stops before anything is emitted. This is the pipeline as
 * the library has it, with every target at hand. Reading and writing files is the command line's business (src/cli).
 */
import { type DiagnosticCode } from './diagnostics/codes.js';
import { type Diagnostic, type Result } from './diagnostics/diagnostic.js';
import { isAllowable } from './diagnostics/policy.js';
import { baseName, emitContext, emitFor } from './emit.js';
import { type Model } from './model/model.js';
import { targetNamed } from './targets/index.js';
import { type EmitOptions, optionsFault } from './targets/options.js';
import { type RenderedFile, type Target } from './targets/target.js';

export { type Analysis, analyze, type AnalyzeOptions } from './analyze.js';

/** How a model is emitted, whatever is emitted of it. */
export interface ModelOptions {
  /** The switches that are on, and values; none by default. */
  readonly options?: EmitOptions;
  /** Codes of errors of the model that do not count, as --allow has them; only MOF2209 and MOF2210 can be among them. */
  readonly allow?: readonly DiagnosticCode[];
}

export interface GenerateOptions extends ModelOptions {
  /** The names of the targets, such as `ts`. */
  readonly targets: readonly string[];
}

/**
 * Emits the files of every wanted target, in the order of the targets. A model with errors is refused: `value` is empty, and
 * `diagnostics` are those errors. It is empty as well when a target cannot express the model (MOF3xxx). `sourceName` is the
 * path or the name of the input; the names of the files are made from it. Throws a RangeError for an unknown target, for options
 * that cannot be taken, and for a name of the input that a target cannot use.
 */
export function emit(
  model: Model,
  sourceName: string,
  { targets, options, allow }: GenerateOptions,
): Result<readonly RenderedFile[]> {
  const wanted = targets.map(targetNamed);
  refuseFaultyOptions(options);
  refuseUnusableName(wanted, sourceName);
  const diagnostics = countedErrors(model, allow);
  if (diagnostics.length > 0) return { value: [], diagnostics };
  return emitFor(wanted, model, sourceName, options);
}

/**
 * The text to paste into the user's file of `target`, whose text is `existing`, so that it has a body for everything that the
 * model declares: `''` when nothing is missing, and for a target without a file of the user's. A model that `emit` refuses is
 * refused here too, with the same diagnostics. The file itself, when there is none yet, is emitted with the owner `user`.
 */
export function stubs(
  model: Model,
  sourceName: string,
  target: string,
  existing: string,
  { options, allow }: ModelOptions = {},
): Result<string> {
  const wanted = targetNamed(target);
  refuseFaultyOptions(options);
  const errors = countedErrors(model, allow);
  if (errors.length > 0) return { value: '', diagnostics: errors };
  const { value: files, diagnostics } = emitFor([wanted], model, sourceName, options);
  const context = emitContext(sourceName, options);
  const hasFile = files.some(({ owner }) => owner === 'user');
  return { value: hasFile ? wanted.missingStubs(model, context, existing) : '', diagnostics };
}

function refuseFaultyOptions(options: EmitOptions = {}): void {
  const fault = optionsFault(options);
  if (fault !== undefined) throw new RangeError(fault);
}

function refuseUnusableName(targets: readonly Target[], sourceName: string): void {
  for (const target of targets) {
    const reason = target.unusableBase?.(baseName(sourceName));
    if (reason === undefined) continue;
    throw new RangeError(`${target.name} takes no '${sourceName}': ${reason}`);
  }
}

function countedErrors(
  { errors }: Model,
  allow: readonly DiagnosticCode[] = [],
): readonly Diagnostic[] {
  return errors.filter(({ code }) => !(allow.includes(code) && isAllowable(code)));
}
