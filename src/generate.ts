/**
 * The pipeline, from bytes to files: read this first.
 *
 *   decode -> preprocess -> parse -> resolve -> emit (view, render) -> format
 *
 * Each stage is a pure function that returns its value and its diagnostics; an error stops before anything is emitted.
 * Reading and writing files is the command line's business (src/cli).
 */
import { allowancesOf } from './allow-comments.js';
import { compile, type IncludeReader } from './compilation.js';
import { type Diagnostic, hasErrors, type Result } from './diagnostics/diagnostic.js';
import { inReadingOrder } from './diagnostics/order.js';
import { type Model } from './model/model.js';
import { resolve } from './model/resolve.js';
import { decode } from './source/decode.js';
import { targetNamed } from './targets/index.js';
import { type EmitOptions } from './targets/options.js';
import { type EmitContext, type RenderedFile, type Target } from './targets/target.js';

export interface GenerateOptions {
  /** The names of the targets, such as `ts`. */
  readonly targets: readonly string[];
  /** The switches that are on; none by default. */
  readonly options?: EmitOptions;
}

export interface AnalyzeOptions {
  /** Macros, as -D has them: `NAME` or `NAME=TEXT`. */
  readonly defines?: readonly string[];
  /** Localised files (.mfl) whose texts belong into the classes. */
  readonly mfl?: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** The model, and every diagnostic of every stage that no comment of the MOF text leaves out. */
export interface Analysis extends Result<Model> {
  readonly filesRead: readonly string[];
  /** The diagnostics of a further stage that no comment of the MOF text leaves out. */
  readonly withoutAllowed: (diagnostics: readonly Diagnostic[]) => readonly Diagnostic[];
}

/** Reads one input and everything it includes. */
export function analyze(
  bytes: Uint8Array,
  name: string,
  readInclude: IncludeReader,
  options: AnalyzeOptions = {},
): Analysis {
  const decoded = decode(bytes, name);
  const localized = (options.mfl ?? []).map((file) => decode(file.bytes, file.name));
  const compiled = compile(decoded.value, readInclude, {
    defines: options.defines ?? [],
    mfl: localized.map(({ value }) => value),
  });
  const diagnostics: Diagnostic[] = [
    ...[decoded, ...localized].flatMap((each) => each.diagnostics),
    ...compiled.diagnostics,
  ];
  const { filesRead } = compiled.value;
  const { withoutAllowed, idle } = allowancesOf(compiled.value);
  // Resolving a tree with holes would report faults that are not there.
  if (hasErrors(diagnostics)) {
    const value = { classes: [], blocks: [] };
    return { value, diagnostics: withoutAllowed(diagnostics), filesRead, withoutAllowed };
  }
  const resolved = resolve(compiled.value);
  const told = withoutAllowed([...diagnostics, ...resolved.diagnostics]);
  // What an error hides may need a comment that seems idle now.
  const all = hasErrors(told) ? told : [...told, ...idle()];
  return {
    value: resolved.value,
    diagnostics: inReadingOrder(all, filesRead),
    filesRead,
    withoutAllowed,
  };
}

/** The files of every wanted target for a model without errors, unformatted; none when a target cannot say the model. */
export function emit(
  model: Model,
  sourceName: string,
  options: GenerateOptions,
): Result<readonly RenderedFile[]> {
  const context = emitContext(sourceName, options);
  const targets = withoutContained(options.targets.map(targetNamed));
  const diagnostics = distinct(targets.flatMap((each) => each.check?.(model, context) ?? []));
  const value = hasErrors(diagnostics) ? [] : targets.flatMap((each) => each.emit(model, context));
  return { value, diagnostics };
}

/** What the targets see beside the model. */
export function emitContext(sourceName: string, { options = {} }: GenerateOptions): EmitContext {
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
  return fileName(sourceName).replace(/\.mof$/i, '');
}

function fileName(path: string): string {
  return path.replace(/^.*[\\/]/s, '');
}
