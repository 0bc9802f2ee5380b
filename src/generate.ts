/**
 * The pipeline, from bytes to files: read this first.
 *
 *   decode -> preprocess -> parse -> resolve -> emit (view, render)
 *
 * analyze.ts makes the model, emit.ts the files; an error stops before anything is emitted. This is the pipeline as
 * the library has it, with every target at hand. The command line reads and writes the files (src/cli).
 */
import { type DiagnosticCode } from './diagnostics/codes.js';
import { type Diagnostic, type Result } from './diagnostics/diagnostic.js';
import { type Batch, finish } from './diagnostics/finish.js';
import { isAllowable } from './diagnostics/policy.js';
import { baseName, emitContext, emitFor } from './emit.js';
import { type Model } from './model/model.js';
import { targetNamed } from './targets/index.js';
import { type EmitOptions, optionsFault, type OptionValue } from './targets/options.js';
import { type RenderedFile, type Target } from './targets/target.js';

export { type Analysis, analyze, type AnalyzeOptions } from './analyze.js';

/** How a model is emitted, whatever is emitted of it. */
export interface ModelOptions {
  /** The switches that are on, and values; none by default. */
  readonly options?: EmitOptions | Readonly<Record<string, OptionValue>>;
  /** Codes of errors of the model that do not count, as --allow has them; only MOF2209 and MOF2210 can be among them. */
  readonly allow?: readonly DiagnosticCode[];
}

export interface GenerateOptions extends ModelOptions {
  /** The names of the targets, such as `ts`, and targets that `defineTarget` made. */
  readonly targets: readonly (string | Target)[];
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
  const wanted = targets.map(targetOf);
  refuseFaultyOptions(wanted, options);
  refuseUnusableName(wanted, sourceName);
  const diagnostics = countedErrors(model, allow);
  if (diagnostics.length > 0) return { value: [], diagnostics };
  const { value, diagnostics: found } = emitFor(wanted, model, sourceName, options);
  return { value, diagnostics: finish([batchOf(found)]) };
}

/**
 * The text to paste into the user's file of `target`, whose text is `existing`, so that it has a body for everything that the
 * model declares: `''` when nothing is missing, and for a target without a file of the user's. A model that `emit` refuses is
 * refused here too, with the same diagnostics. The file itself, when there is none yet, is emitted with the owner `user`.
 */
export function stubs(
  model: Model,
  sourceName: string,
  target: string | Target,
  existing: string,
  { options, allow }: ModelOptions = {},
): Result<string> {
  const wanted = targetOf(target);
  refuseFaultyOptions([wanted], options);
  const errors = countedErrors(model, allow);
  if (errors.length > 0) return { value: '', diagnostics: errors };
  const { value: files, diagnostics } = emitFor([wanted], model, sourceName, options);
  const context = emitContext(sourceName, options);
  const hasFile = files.some(({ owner }) => owner === 'user');
  return {
    value: hasFile ? wanted.missingStubs(model, context, existing) : '',
    diagnostics: finish([batchOf(diagnostics)]),
  };
}

/** Diagnostics of targets; a model has no reading order, so the files are in the order in which they appear. */
function batchOf(diagnostics: readonly Diagnostic[]): Batch {
  return {
    diagnostics,
    files: new Set(diagnostics.flatMap(({ location }) => location?.source.name ?? [])),
  };
}

function targetOf(target: string | Target): Target {
  return typeof target === 'string' ? targetNamed(target) : target;
}

function refuseFaultyOptions(
  targets: readonly Target[],
  options: NonNullable<ModelOptions['options']> = {},
): void {
  const tables = targets.map((target) => Object.entries(target.options));
  const fault = optionsFault(options, Object.fromEntries(tables.flat()));
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
