/**
 * One file on its way through the preprocessor: what its directives read and change. It must not know what any of them does.
 */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { type Conditionals, conditionals } from './conditionals.js';
import { type Expansion } from './expansion.js';
import { isCHeader } from './included-name.js';
import { type Macros } from './macros.js';
import { type SourceFile } from './source-file.js';

/** Reads a file that `from` includes; `isSystem` for `<x>`. */
export type OpenInclude = (path: string, from: string, isSystem: boolean) => SourceFile | undefined;

/** What the files share that become one text. */
export interface Run {
  readonly macros: Macros;
  readonly expansion: Expansion;
  readonly open: OpenInclude;
  readonly report: (found: Diagnostic) => void;
  /** The names of the files that were put in place. */
  readonly visited: Set<string>;
  /** The names of those with `#pragma once`. */
  readonly onlyOnce: Set<string>;
}

export interface Reading extends Run {
  readonly file: SourceFile;
  /** A C header gives macros only; most mistakes in it are the C compiler's matter. */
  readonly isHeader: boolean;
  /** The names of the files around this one, the outermost first, and its own. */
  readonly chain: readonly string[];
  readonly conditions: Conditionals;
}

/** Begins a file; `around` names the files that it stands in. */
export function readingOf(file: SourceFile, around: readonly string[], run: Run): Reading {
  run.visited.add(file.name);
  return {
    ...run,
    file,
    isHeader: file.includedAt !== undefined && isCHeader(file.name),
    chain: [...around, file.name],
    conditions: conditionals(),
  };
}
