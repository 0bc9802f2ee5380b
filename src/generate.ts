/**
 * The pipeline, from bytes to files: read this first.
 *
 *   decode -> parse -> resolve -> emit (view, render) -> format
 *
 * Each stage is a pure function that returns its value and its diagnostics; an error stops before anything is emitted.
 * Reading and writing files is the command line's business (src/cli).
 */
import { compile, type IncludeReader } from './compilation.js';
import { type Diagnostic, hasErrors, type Result } from './diagnostics/diagnostic.js';
import { inReadingOrder } from './diagnostics/order.js';
import { type Model } from './model/model.js';
import { resolve } from './model/resolve.js';
import { decode } from './source/decode.js';
import { targetNamed } from './targets/index.js';
import { type RenderedFile } from './targets/target.js';

export interface GenerateOptions {
  /** The names of the targets, such as `ts`. */
  readonly targets: readonly string[];
}

/** Reads one input and everything it includes: the model, and every diagnostic of every stage. */
export function analyze(
  bytes: Uint8Array,
  name: string,
  readInclude: IncludeReader,
): Result<Model> & { readonly filesRead: readonly string[] } {
  const decoded = decode(bytes, name);
  const compiled = compile(decoded.value, readInclude);
  const diagnostics: Diagnostic[] = [...decoded.diagnostics, ...compiled.diagnostics];
  // Resolving a tree with holes would report faults that are not there.
  if (hasErrors(diagnostics)) {
    return { value: { classes: [], blocks: [] }, diagnostics, filesRead: compiled.value.filesRead };
  }
  const resolved = resolve(compiled.value);
  return {
    value: resolved.value,
    diagnostics: inReadingOrder(
      [...diagnostics, ...resolved.diagnostics],
      compiled.value.filesRead,
    ),
    filesRead: compiled.value.filesRead,
  };
}

/** The files of every wanted target for a model without errors, unformatted. */
export function emit(model: Model, sourceName: string, options: GenerateOptions): RenderedFile[] {
  const context = { base: baseName(sourceName), sourceName: fileName(sourceName) };
  return options.targets.flatMap((name) => [...targetNamed(name).emit(model, context)]);
}

/** `dir/smart-fan.mof` -> `smart-fan`: what the names of the emitted files begin with. */
export function baseName(sourceName: string): string {
  return fileName(sourceName).replace(/\.mof$/i, '');
}

function fileName(path: string): string {
  return path.replace(/^.*[\\/]/s, '');
}
