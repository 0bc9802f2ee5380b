/**
 * The second half of the pipeline: the files of some targets for a model, in their final shape.
 *
 *   emit (view, render)
 *
 * The caller passes the targets, and so loads only those that it needs.
 */
import { hasErrors, type Result } from './diagnostics/diagnostic.js';
import { type Model } from './model/model.js';
import { type EmitOptions } from './targets/options.js';
import { type EmitContext, type RenderedFile, type Target } from './targets/target.js';

/** The files of every wanted target for a model without errors; none when a target cannot express the model. */
export function emitFor(
  wanted: readonly Target[],
  model: Model,
  sourceName: string,
  options?: EmitOptions,
  generatedFolder?: string,
): Result<readonly RenderedFile[]> {
  const context = emitContext(sourceName, options, generatedFolder);
  const targets = withoutContained(wanted);
  const diagnostics = targets.flatMap((each) => each.check?.(model, context) ?? []);
  const value = hasErrors(diagnostics) ? [] : targets.flatMap((each) => each.emit(model, context));
  return { value, diagnostics };
}

/** The context of the targets. */
export function emitContext(
  sourceName: string,
  options: EmitOptions = {},
  generatedFolder = '.',
): EmitContext {
  return {
    base: baseName(sourceName),
    sourceName: fileName(sourceName),
    options,
    generatedFolder,
  };
}

/** Without those whose files another one has. */
function withoutContained(targets: readonly Target[]): readonly Target[] {
  const contained = new Set(targets.flatMap((each) => each.contains ?? []));
  return targets.filter(({ name }) => !contained.has(name));
}

/** `dir/smart-fan.mof` -> `smart-fan`: what the names of the emitted files begin with. */
export function baseName(sourceName: string): string {
  return fileName(sourceName).replace(/\.(?:acpidump|aml|bmf|dsl|mof)$/i, '');
}

function fileName(path: string): string {
  return path.replace(/^.*[\\/]/s, '');
}
