/** The state of one file while it is preprocessed: its macros, its open #if groups, and what files of one text share. */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { type SourceFile } from '../text/source-file.js';
import { type Span } from '../text/span.js';
import { type Expansion } from './text-expansion.js';
import { isCHeader } from './includes.js';
import { type Macros } from './macros.js';

/** Reads a file that `from` includes; `isSystem` for `<x>`. */
export type OpenInclude = (path: string, from: string, isSystem: boolean) => SourceFile | undefined;

/** The state that all files of one text share. */
export interface Run {
  readonly macros: Macros;
  readonly expansion: Expansion;
  readonly open: OpenInclude;
  readonly report: (found: Diagnostic) => void;
  /** The names of the included files. */
  readonly visited: Set<string>;
  /** The names of those with `#pragma once`. */
  readonly onlyOnce: Set<string>;
}

export interface Reading extends Run {
  readonly file: SourceFile;
  /** Whether it is a C header, of which only the directives are executed and few faults are reported. */
  readonly isHeader: boolean;
  /** The names of the files around this one, the outermost first, and its own. */
  readonly chain: readonly string[];
  readonly conditions: Conditionals;
}

/** Begins a file; `around` names the files that include it. */
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

export interface Conditionals {
  /** Whether the text here is live, not skipped. */
  readonly isActive: () => boolean;
  /** Opens a group; `holds` is evaluated only in live text. */
  readonly open: (directive: Span, holds: () => boolean) => void;
  /** Closes a branch and opens another; returns a message when that is misplaced. */
  readonly elseIf: (holds: () => boolean) => string | undefined;
  readonly otherwise: () => string | undefined;
  readonly close: () => string | undefined;
  /** The directives of groups that are not closed. */
  readonly unclosed: () => readonly Span[];
}

interface Group {
  readonly directive: Span;
  /** `later`: no branch was taken yet. `done`: one was taken already. */
  state: 'active' | 'later' | 'done';
  hasElse: boolean;
}

export function conditionals(): Conditionals {
  const groups: Group[] = [];
  const isActive = () => (groups.at(-1)?.state ?? 'active') === 'active';

  const branch = (name: string, holds: () => boolean, isElse: boolean): string | undefined => {
    const group = groups.at(-1);
    if (group === undefined) return `'${name}' without '#if'`;
    if (group.hasElse) return `'${name}' after '#else'`;
    group.hasElse = isElse;
    if (group.state === 'active') group.state = 'done';
    else if (group.state === 'later' && holds()) group.state = 'active';
    return undefined;
  };
  return {
    isActive,
    open(directive, holds) {
      const state = isActive() ? (holds() ? 'active' : 'later') : 'done';
      groups.push({ directive, state, hasElse: false });
    },
    elseIf: (holds) => branch('#elif', holds, false),
    otherwise: () => branch('#else', () => true, true),
    close: () => (groups.pop() === undefined ? `'#endif' without '#if'` : undefined),
    unclosed: () => groups.map(({ directive }) => directive),
  };
}
