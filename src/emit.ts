/**
 * The second half of the pipeline: the files of some targets for a model, in their final shape.
 *
 *   emit (view, render)
 *
 * It must not know which targets there are, so that a caller loads only those that it wants.
 */
import { type Diagnostic, hasErrors, type Result } from './diagnostics/diagnostic.js';
import { type Model } from './model/model.js';
import { type EmitOptions } from './targets/options.js';
import { type EmitContext, type RenderedFile, type Target } from './targets/target.js';

/** The files of every wanted target for a model without errors; none when a target cannot say the model. */
export function emitFor(
  wanted: readonly Target[],
  model: Model,
  sourceName: string,
  options?: EmitOptions,
): Result<readonly RenderedFile[]> {
  const context = emitContext(sourceName, options);
  const targets = withoutContained(wanted);
  const diagnostics = distinct(targets.flatMap((each) => each.check?.(model, context) ?? []));
  const value = hasErrors(diagnostics) ? [] : targets.flatMap((each) => each.emit(model, context));
  return { value, diagnostics };
}

/** What the targets see beside the model. */
export function emitContext(sourceName: string, options: EmitOptions = {}): EmitContext {
  return { base: baseName(sourceName), sourceName: fileName(sourceName), options };
}

/** Without those whose files another one has. */
function withoutContained(targets: readonly Target[]): readonly Target[] {
  const contained = new Set(targets.flatMap((each) => each.contains ?? []));
  return targets.filter(({ name }) => !contained.has(name));
}

/** Targets that share a header find the same things in it. */
function distinct(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const seen = new Map<string, Diagnostic>();
  for (const each of diagnostics) {
    const place = each.location;
    const id = JSON.stringify([each.code, place?.source.name, place?.span, each.message]);
    if (!seen.has(id)) seen.set(id, each);
  }
  return [...seen.values()];
}

/** `dir/smart-fan.mof` -> `smart-fan`: what the names of the emitted files begin with. */
export function baseName(sourceName: string): string {
  return fileName(sourceName).replace(/\.(?:acpidump|aml|bmf|dsl|mof)$/i, '');
}

function fileName(path: string): string {
  return path.replace(/^.*[\\/]/s, '');
}
