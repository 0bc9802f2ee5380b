/**
 * A list of the problems of a text, limited to MAX_PROBLEMS for each code.
 *
 * A text of megabytes can have a problem at every character; the limit bounds the memory.
 */
import { type SyntaxProblem } from './ast.js';

/** The most problems that are shown. Parsing also stops after this many syntax errors, which cost much time and memory. */
export const MAX_PROBLEMS = 1000;

export interface ProblemList {
  /** In the order of their addition. */
  readonly all: SyntaxProblem[];
  /** Adds a problem, unless there are enough of its code. Add those of one code in the order of the text. */
  readonly add: (problem: SyntaxProblem) => void;
  /** Whether another problem of the code would be dropped. */
  readonly hasEnough: (code: SyntaxProblem['code']) => boolean;
}

export function problemList(): ProblemList {
  const all: SyntaxProblem[] = [];
  const counts = new Map<string, number>();
  // One more than are shown, so that the last message can mention that there are more.
  const hasEnough = (code: string) => (counts.get(code) ?? 0) > MAX_PROBLEMS;
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
