/**
 * Keeps the problems of a text, of each code as many as are shown. Must not know the grammar.
 *
 * A text of megabytes can have a problem in every character; memory is for those that somebody reads.
 */
import { type SyntaxProblem } from './ast.js';

/** No more problems are shown, and reading stops after as many syntax errors, which cost much time and memory. */
export const MOST_PROBLEMS = 1000;

export interface ProblemList {
  /** In the order in which they were added. */
  readonly all: SyntaxProblem[];
  /** Adds a problem, unless there are enough of its code. Those of one code are added in the order of the text. */
  readonly add: (problem: SyntaxProblem) => void;
  /** Whether another problem of the code would be left out. */
  readonly hasEnough: (code: SyntaxProblem['code']) => boolean;
}

export function problemList(): ProblemList {
  const all: SyntaxProblem[] = [];
  const counts = new Map<string, number>();
  // One more than are shown, so that there is something to say that more were found.
  const hasEnough = (code: string) => (counts.get(code) ?? 0) > MOST_PROBLEMS;
  return {
    all,
    hasEnough,
    add(problem) {
      const { code } = problem;
      if (hasEnough(code)) return;
      counts.set(code, (counts.get(code) ?? 0) + 1);
      all.push(problem);
    },
  };
}
