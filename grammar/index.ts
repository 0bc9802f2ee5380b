/**
 * The entry of the grammar: `parse` turns a MOF text into a syntax tree. Must not know files or Windows.
 */
import { type ParseResult, type SyntaxProblem } from './ast.js';
import { MOST_PROBLEMS } from './faults.js';
import { tokenize } from './lexer.js';
import { findDeepNesting } from './nesting.js';
import { MofParser } from './parser.js';

export type * from './ast.js';

let parser: MofParser | undefined;

/**
 * Parses a MOF text (already decoded, macros already expanded). Never throws: the tree holds what could be read, and
 * the problems, in the order of the text, say what could not.
 */
export function parse(text: string): ParseResult {
  const { tokens, problems } = tokenize(text);
  const tooDeep = findDeepNesting(tokens);
  if (tooDeep !== undefined) {
    const span = { start: 0, end: text.length };
    return {
      value: { kind: 'MofSpecification', productions: [], span },
      problems: inTextOrder([...problems, tooDeep]),
    };
  }
  parser ??= new MofParser({ skipValidations: true });
  const parsed = parser.read({ text, tokens, lexicalProblems: problems });
  return { value: parsed.value, problems: inTextOrder([...problems, ...parsed.problems]) };
}

function inTextOrder(problems: SyntaxProblem[]): readonly SyntaxProblem[] {
  return problems
    .sort((left, right) => left.span.start - right.span.start || left.span.end - right.span.end)
    .slice(0, MOST_PROBLEMS);
}
