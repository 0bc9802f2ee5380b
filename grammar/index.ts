/**
 * The entry of the grammar: `parse` turns a MOF text into a syntax tree.
 */
import { type ParseResult, type SyntaxProblem } from './ast.js';
import { syntaxRow } from './codes.js';
import { tokenize } from './lexer.js';
import { findDeepNesting } from './nesting.js';
import { MAX_PROBLEMS } from './problems.js';
import { parseWithRepairs } from './parse-with-repairs.js';

export type * from './ast.js';

/** Facts about a text that its characters do not show. */
export interface ParseOptions {
  /** Whether a missing header may define macros: then a macro-like name between two strings is a warning. */
  readonly mayLackMacros?: boolean;
}

/**
 * Parses a MOF text (already decoded, macros already expanded). Never throws: the tree holds what could be read. The
 * problems are in the order of the text.
 */
export function parse(text: string, { mayLackMacros = false }: ParseOptions = {}): ParseResult {
  const tokenized = tokenize(text);
  const tooDeep = findDeepNesting(tokenized.tokens);
  if (tooDeep !== undefined) {
    const span = { start: 0, end: text.length };
    return {
      value: { kind: 'MofSpecification', productions: [], span },
      problems: inTextOrder([...tokenized.problems, tooDeep]),
      lost: [span],
    };
  }
  const { value, problems, lost } = parseWithRepairs(text, tokenized, mayLackMacros);
  // A comment or literal without an end may contain any declaration.
  const unclosed = problems.flatMap(({ code, span }) => (code === 'MOF1102' ? [span] : []));
  return { value, problems: inTextOrder([...problems]), lost: [...unclosed, ...lost] };
}

function inTextOrder(problems: SyntaxProblem[]): readonly SyntaxProblem[] {
  problems.sort(
    (left, right) => left.span.start - right.span.start || left.span.end - right.span.end,
  );
  const hidden = problems.slice(MAX_PROBLEMS);
  // An error stays one, even beyond the limit.
  const worst = hidden.find(({ code }) => syntaxRow(code).severity === 'error') ?? hidden[0];
  if (worst === undefined) return problems;
  const message = `more than ${MAX_PROBLEMS} problems; the rest is not shown`;
  const last: SyntaxProblem = { code: worst.code, message, help: undefined, span: worst.span };
  return [...problems.slice(0, MAX_PROBLEMS), last];
}
