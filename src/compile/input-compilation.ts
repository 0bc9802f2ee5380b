/**
 * Compiles the bytes of an input and of its localised files: decodes or decompiles, preprocesses and parses them.
 */
import {
  compile,
  type CompilationUnit,
  type CompileOptions,
  type IncludeReader,
} from './compilation.js';
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { textOf } from './input-text.js';
import { type SourceFile } from '../text/source-file.js';

/** The content of a file that a person knows as `name`. */
export interface NamedBytes {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface InputCompilation {
  /** The text of the input as it was written. */
  readonly source: SourceFile;
  readonly unit: CompilationUnit;
  /** The diagnostics of the bytes. */
  readonly ofBytes: readonly Diagnostic[];
  /** All diagnostics, those of the bytes included. */
  readonly diagnostics: readonly Diagnostic[];
}

export function compileBytes(
  main: NamedBytes,
  mfl: readonly NamedBytes[],
  readInclude: IncludeReader,
  options: Omit<CompileOptions, 'mfl'>,
): InputCompilation {
  const decoded = textOf(main.bytes, main.name);
  const localized = mfl.map(({ bytes, name }) => textOf(bytes, name));
  const { value: unit, diagnostics } = compile(decoded.value, readInclude, {
    ...options,
    mfl: localized.map(({ value }) => value),
  });
  const ofBytes = [decoded, ...localized].flatMap((each) => each.diagnostics);
  return { source: decoded.value, unit, ofBytes, diagnostics: [...ofBytes, ...diagnostics] };
}
