/**
 * The C preprocessor as far as MOF files and the headers that they include need it: macros, conditionals, textual includes.
 *
 * Makes one text of a file and its includes, and records where each part was written (composition.ts). Of C headers it executes the
 * directives and drops the declarations.
 */
import { type Diagnostic } from '../diagnostics/diagnostic.js';
import { composer } from '../text/composition.js';
import { execute, reportUnclosed } from './directives.js';
import { type Directive, directiveSearch, readDirective } from './directive.js';
import { expansionOf } from './text-expansion.js';
import { includedFile, wantedFile } from './includes.js';
import { type Budget, type Macro, type Macros } from './macros.js';
import { type OpenInclude, readingOf, type Run } from './state.js';
import { type SourceFile } from '../text/source-file.js';

export { MAX_INCLUDE_DEPTH } from './includes.js';

/** The inputs of the preprocessor other than the text. */
export interface PreprocessorContext {
  /** The macros of the command line. */
  readonly macros: ReadonlyMap<string, Macro>;
  /** Shared by all texts of one compilation. */
  readonly budget: Budget;
  readonly open: OpenInclude;
  /** The names of the files around the text, which it must not include. */
  readonly chain: readonly string[];
  readonly report: (found: Diagnostic) => void;
}

/** A line that begins with `#` and is not a `#pragma`. A text without one, and without macros, is unchanged. */
const ANY_DIRECTIVE =
  /^[ \t\f\v\uFEFF\u00A0]*#(?![ \t]*pragma\b)|^[ \t]*#[ \t]*pragma[ \t]+once\b|\*\/[ \t]*#/im;

/** Replaces the macros of `main`. An unchanged text is returned as it is. */
export function preprocess(main: SourceFile, context: PreprocessorContext): SourceFile {
  if (context.macros.size === 0 && !ANY_DIRECTIVE.test(main.text)) return main;
  return replaced(main, context);
}

function replaced(main: SourceFile, context: PreprocessorContext): SourceFile {
  const { open, report } = context;
  const macros: Macros = new Map(context.macros);
  const expansion = expansionOf(macros, context.budget, report);
  const run: Run = { macros, expansion, open, report, visited: new Set(), onlyOnce: new Set() };
  const output = composer();
  let isChanged = false;

  const visit = (file: SourceFile, around: readonly string[]): void => {
    const { text } = file;
    const reading = readingOf(file, around, run);
    const { conditions, isHeader } = reading;
    const search = directiveSearch(text);
    let copied = 0;
    let index = 0;

    const copyTo = (end: number) => {
      if (!isHeader) output.copy(file, copied, end);
    };

    const replaceName = (start: number, end: number): number => {
      if (macros.size === 0 || !macros.has(text.slice(start, end))) return end;
      copyTo(start);
      copied = start;
      const next = expansion.replace(file, { start, end }, search.endOfString, output);
      if (next === undefined) return end;
      isChanged = true;
      copied = next;
      return next;
    };

    const include = (directive: Directive): void => {
      const wanted = wantedFile(directive, reading);
      if (wanted === undefined) return;
      output.space('\n');
      const included = includedFile(wanted, reading);
      if (included === undefined) return;
      visit(included, reading.chain);
      output.space('\n');
    };

    const obeyNext = (): void => {
      const wasActive = conditions.isActive();
      const directive = readDirective(file, index);
      const { end } = directive.line;
      if (execute(directive, reading)) {
        isChanged = true;
        if (wasActive) copyTo(index);
        copied = end;
        if (directive.name === 'include' && wasActive && !expansion.isAborted()) include(directive);
      }
      index = end;
    };

    while (index < text.length && !expansion.isAborted()) {
      const counts = !isHeader && conditions.isActive();
      index = counts ? search.through(index, replaceName) : search.past(index);
      if (index < text.length && !expansion.isAborted()) obeyNext();
    }
    if (expansion.isAborted()) return;
    if (conditions.isActive()) copyTo(text.length);
    reportUnclosed(reading);
  };

  visit(main, context.chain);
  if (expansion.isAborted()) return { ...main, text: '' };
  return isChanged ? output.compose(main) : main;
}
