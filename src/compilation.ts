/**
 * One input with everything it includes, parsed: the unit that is resolved, emitted and reported as a whole.
 *
 * It follows `#pragma include` through a callback and must not know where files come from or what classes mean.
 */
import { type MofSpecification, type SyntaxProblem } from '../grammar/index.js';
import { type SourceFile } from './source/source-file.js';

/** A parsed source file. */
export interface ParsedFile {
  readonly source: SourceFile;
  readonly tree: MofSpecification;
  readonly problems: readonly SyntaxProblem[];
}

/** Productions of several files in the order in which a compiler meets them. */
export interface CompilationUnit {
  /** The input itself. */
  readonly main: SourceFile;
  /** Every file read, the input first, in the order of their first use. */
  readonly files: readonly ParsedFile[];
  /** Every production but `#pragma include`, an included file's productions standing in its place. */
  readonly productions: readonly PlacedProduction[];
}

export interface PlacedProduction {
  readonly source: SourceFile;
  readonly node: MofSpecification['productions'][number];
}
