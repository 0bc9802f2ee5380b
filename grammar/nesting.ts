/**
 * Finds brackets that are nested too deep for a recursive parser, before it runs.
 */
import { type IToken } from 'chevrotain';
import { type SyntaxProblem } from './ast.js';
import { LBracket, LCurly, LParen, RBracket, RCurly, RParen } from './tokens.js';

/** The depth limit of brackets; real files stay below ten. */
export const MAX_NESTING = 100;

/** The first bracket that is nested too deep, if any. */
export function findDeepNesting(tokens: readonly IToken[]): SyntaxProblem | undefined {
  let depth = 0;
  for (const { tokenType, image, startOffset } of tokens) {
    if (tokenType === LCurly || tokenType === LParen || tokenType === LBracket) depth++;
    else if (tokenType === RCurly || tokenType === RParen || tokenType === RBracket) {
      depth = Math.max(0, depth - 1);
    }
    if (depth > MAX_NESTING) {
      return {
        code: 'MOF1202',
        message: `'${image}' is nested more than ${MAX_NESTING} levels deep`,
        help: 'look for a bracket further up that is not closed',
        span: { start: startOffset, end: startOffset + 1 },
      };
    }
  }
  return undefined;
}
