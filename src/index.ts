/**
 * The public API of `mofgen`: analyse MOF bytes, emit code for the model, show what was found.
 *
 * Its types must not need any other package; the runtime that generated code uses is `mofgen/runtime`.
 */
import { parse as parseText } from '../grammar/index.js';
import { type ParseResult } from '../grammar/ast.js';
import { TARGETS } from './targets/index.js';

export {
  type Analysis,
  analyze,
  type AnalyzeOptions,
  emit,
  type GenerateOptions,
} from './generate.js';
export { type IncludeReader } from './compilation.js';
export { decode } from './source/decode.js';
export { type Encoding, type Position, positionAt, type SourceFile } from './source/source-file.js';
export {
  type Diagnostic,
  hasErrors,
  type Location,
  type Related,
  type Result,
} from './diagnostics/diagnostic.js';
export { DIAGNOSTICS, type DiagnosticCode, type Severity } from './diagnostics/codes.js';
export { type DiagnosticFormat, renderDiagnostics } from './diagnostics/render.js';
export { EMIT_SWITCHES, type EmitOptions, type EmitSwitch } from './targets/options.js';
export { type FileOwner, type RenderedFile } from './targets/target.js';
export type * from './model/model.js';
export type * from '../grammar/ast.js';

/** The names that `emit` takes as targets. */
export const targetNames: readonly string[] = TARGETS.map((target) => target.name);

/** Parses one MOF text: always a tree, and every problem found. */
export function parse(text: string): ParseResult {
  return parseText(text);
}
