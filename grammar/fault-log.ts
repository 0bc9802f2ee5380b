/**
 * Collects the problems of one text, so that one fault of the writer is reported once. Must not know the grammar.
 */
import { EOF, type IToken } from 'chevrotain';
import { type Span, type SyntaxProblem } from './ast.js';
import { type TokenCursor } from './recovery.js';

/** Problems beyond this number are not kept: nobody reads them, and they would cost memory without a bound. */
export const MOST_PROBLEMS = 1000;

export interface FaultLog {
  /** Reports a fault that the next token shows, unless an earlier report already covers it. */
  unexpectedNext(message: string, span: Span, help?: string): void;
  /** Adds a problem that is not about a token out of place. */
  add(problem: SyntaxProblem): void;
  readonly problems: readonly SyntaxProblem[];
}

/** Faults whose text is missing from the tokens, so that the tokens around them are likely to look wrong. */
const LEAVES_GAP: ReadonlySet<string> = new Set(['MOF1101', 'MOF1102', 'MOF1204']);

export function createFaultLog(lexical: readonly SyntaxProblem[], cursor: TokenCursor): FaultLog {
  const problems: SyntaxProblem[] = [];
  const gaps = lexical
    .filter(({ code }) => LEAVES_GAP.has(code))
    .map(({ span }) => span.start)
    .sort((left, right) => left - right);
  let reported: IToken | undefined;
  return {
    problems,
    add(problem) {
      if (problems.length < MOST_PROBLEMS) problems.push(problem);
    },
    unexpectedNext(message, span, help) {
      const next = cursor.peek(1);
      if (next === reported) return;
      reported = next;
      if (hasGap(gaps, startOf(cursor.peek(0), 0), startOf(next, Infinity))) return;
      this.add({ code: 'MOF1201', message, help, span });
    },
  };
}

function startOf(token: IToken, outside: number): number {
  return token.tokenType === EOF ? outside : token.startOffset;
}

/** Whether one of the sorted `gaps` lies between `from` and `to`, both included. */
function hasGap(gaps: readonly number[], from: number, to: number): boolean {
  let low = 0;
  let high = gaps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((gaps[middle] ?? Infinity) < from) low = middle + 1;
    else high = middle;
  }
  const first = gaps[low];
  return first !== undefined && first <= to;
}
