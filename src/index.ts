/**
 * The public API of `mofgen`: analyse MOF bytes, emit code for the model, show what was found.
 *
 * It runs in a browser: nothing here may import a module of Node's; what needs Node is `mofgen/node`. Its types must not
 * need any other package; the runtime that generated code uses is `mofgen/runtime`. docs/library.md shows it at work.
 *
 * A span is a range of UTF-16 code units that counts from 0. Lines and columns of a position count from 1, columns in
 * UTF-16 code units. Sizes, offsets and alignments of the model are bytes.
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
  type ModelOptions,
  stubs,
} from './generate.js';
export { type IncludeReader, type ParsedText } from './compile/compilation.js';
export { type Config, type ConfigEntry, defineConfig, type SharedConfig } from './config/config.js';
export { decode } from './compile/decode.js';
export {
  type Encoding,
  offsetAt,
  type Position,
  positionAt,
  type SourceFile,
} from './text/source-file.js';
export { type WdkArchitecture } from './preprocess/options.js';
export { writtenPlace, type WrittenPlace } from './text/composition.js';
export {
  type Diagnostic,
  type Edit,
  type Fix,
  hasErrors,
  type Location,
  type Related,
  type Result,
} from './diagnostics/diagnostic.js';
export { DIAGNOSTICS, type DiagnosticCode, type Severity } from './diagnostics/codes.js';
export {
  indexSymbols,
  type OutlineEntry,
  type Renaming,
  type SymbolIndex,
} from './library/symbol-index.js';
export {
  type MofSymbol,
  type ReferenceKind,
  type SymbolDeclaration,
  type SymbolKind,
  type SymbolReference,
} from './library/symbols.js';
export { breakingChanges, type ComparedText } from './breaking/breaking-changes.js';
export { compileMof, type CompileMofOptions, decompileBmf } from './library/binary-mof.js';
export { type DiagnosticFormat } from './diagnostics/render.js';
export {
  renderDiagnostics,
  renderDiagnosticsJson,
  renderDiagnosticsSarif,
} from './library/reports.js';
export { modelDocument, type ModelDocument, showJson } from './show/model-document.js';
export { showMarkdown } from './show/markdown.js';
export { showMermaid } from './show/mermaid.js';
export { showTables } from './show/tables.js';
export { type ShownInput } from './show/shown-input.js';
export {
  EMIT_OPTIONS,
  type EmitOption,
  type EmitOptions,
  type OptionRow,
  type OptionTable,
  type OptionValue,
  type OptionValues,
} from './targets/options.js';
export {
  type DeclaredFile,
  defineTarget,
  type EmitContext,
  type FileOwner,
  type RenderedFile,
  type Target,
  type TargetDefinition,
} from './targets/target.js';
export {
  type Comment,
  commentsOf,
  type Token,
  type TokenKind,
  tokensOf,
} from '../grammar/token-list.js';
export type * from './model/model.js';
export type * from '../grammar/ast.js';

/** The names that `emit` takes as targets. */
export const targetNames: readonly string[] = TARGETS.map((target) => target.name);

/**
 * Parses one MOF text as it is: no macro is replaced and nothing is included. There is always a tree, and `problems` has every
 * problem found. All spans are offsets in `text`, in UTF-16 code units.
 */
export function parse(text: string): ParseResult {
  return parseText(text);
}
