/**
 * The entry of the grammar: `parse` turns a MOF text into a syntax tree. Must not know files or Windows.
 */
import { type ParseResult, type SyntaxProblem } from './ast.js';
import { tokenize } from './lexer.js';
import { findDeepNesting } from './nesting.js';
import { MOST_PROBLEMS } from './problems.js';
import { readBest } from './readings.js';

export type * from './ast.js';

/** The codes that leave the text usable; they must not hide an error behind the limit of problems. */
const WARNINGS: ReadonlySet<string> = new Set([
  'MOF1104',
  'MOF1105',
  'MOF1106',
  'MOF1203',
  'MOF1205',
  'MOF1430',
]);

/** What is known about a text besides its characters. */
export interface ParseOptions {
  /** Whether a header that is not there may define macros: then a name like one between two strings is a warning. */
  readonly mayLackMacros?: boolean;
}

/**
 * Parses a MOF text (already decoded, macros already expanded). Never throws: the tree holds what could be read, and
 * the problems, in the order of the text, say what could not.
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
  const { value, problems, lost } = readBest(text, tokenized, mayLackMacros);
  // What has no end may have swallowed anything.
  const swallowed = problems.flatMap(({ code, span }) => (code === 'MOF1102' ? [span] : []));
  return { value, problems: inTextOrder([...problems]), lost: [...swallowed, ...lost] };
}

function inTextOrder(problems: SyntaxProblem[]): readonly SyntaxProblem[] {
  problems.sort(
    (left, right) => left.span.start - right.span.start || left.span.end - right.span.end,
  );
  const hidden = problems.slice(MOST_PROBLEMS);
  const worst = hidden.find(({ code }) => !WARNINGS.has(code)) ?? hidden[0];
  if (worst === undefined) return problems;
  const message = `more than ${MOST_PROBLEMS} problems; the rest is not shown`;
  const last: SyntaxProblem = { code: worst.code, message, help: undefined, span: worst.span };
  return [...problems.slice(0, MOST_PROBLEMS), last];
}
