/**
 * Collects the syntax problems of one text and places each, so that one mistake of the writer is reported once.
 */
import { EOF, type IToken, MismatchedTokenException } from 'chevrotain';
import { type SyntaxFix, type SyntaxProblem } from './ast.js';
import { type Span } from '../src/text/span.js';
import { syntaxRow } from './codes.js';
import { endOf, spanOf } from './nodes.js';
import { firstFrom } from '../src/text/binary-search.js';
import { MAX_PROBLEMS, problemList } from './problems.js';
import { type TokenCursor } from './recovery.js';
import { Semicolon } from './tokens.js';

/** The problems of one text, and the position of the parser in it. */
export interface ErrorReporter {
  readonly cursor: TokenCursor;
  readonly problems: readonly SyntaxProblem[];
  /** Adds a problem about something that was read and is kept in the tree. */
  readonly add: (problem: SyntaxProblem) => void;
  /**
   * Reports that the next token is out of place, unless an earlier report covers it. Points at that token, or after
   * the last one that was read when the next one is on another line.
   */
  readonly atNext: (message: string, help?: string, fix?: SyntaxFix) => void;
  /** The same, unless text is missing from the tokens after `before`, which is then the likely cause. */
  readonly atNextSince: (before: IToken, message: string, fix?: SyntaxFix) => void;
  /** The same, pointing after the last token that was read. */
  readonly afterLast: (message: string, help?: string, fix?: SyntaxFix) => void;
  /** The same, pointing at `token`. */
  readonly at: (token: IToken, message: string, help?: string, fix?: SyntaxFix) => void;
  /** Whether there were so many syntax errors that reading on is pointless. */
  readonly areTooMany: () => boolean;
  /** The parts of the text that are left out of the tree. */
  readonly lost: readonly Span[];
  /** Records that everything from `start` to the last token that was read is left out of the tree. */
  readonly lose: (start: IToken) => void;
  /** Whether the next token is on the line of the last one. */
  readonly nextIsOnSameLine: () => boolean;
  /** Whether a missing header may define macros that are not known. */
  readonly mayLackMacros: boolean;
  /** The text of the tokens. */
  readonly text: string;
}

/** A number joined to a word or to another number, so that one token is missing. */
function isStuckTogether({ code, message }: SyntaxProblem): boolean {
  return code === 'MOF1103' && /\d[A-Za-z_]{3,}/.test(message);
}

/** The input of the parser. */
export interface ParserInput {
  readonly text: string;
  readonly tokens: IToken[];
  readonly lexicalProblems: readonly SyntaxProblem[];
  /** Whether a missing header may define macros that are not known. */
  readonly mayLackMacros: boolean;
  /** With more problems than this, parsing ends with TooManyProblems. */
  readonly maxProblems?: number;
}

/** Thrown to stop parsing at `maxProblems`. */
export class TooManyProblems extends Error {}

/** Creates the reporter of a text whose tokens `cursor` reads. */
export function createErrorReporter(
  { text, lexicalProblems: lexical, mayLackMacros, maxProblems = Infinity }: ParserInput,
  cursor: TokenCursor,
): ErrorReporter {
  const problems = problemList();
  const lost: Span[] = [];
  const gaps = lexical
    .filter((each) => syntaxRow(each.code).leavesGap === true || isStuckTogether(each))
    .map(({ span }) => span.start)
    .sort((left, right) => left - right);
  let reported: IToken | undefined;
  let reports = 0;

  function report(
    span: Span,
    message: string,
    help: string | undefined,
    fix: SyntaxFix | undefined,
    before = lastSignificant(cursor),
  ): void {
    const next = cursor.peek(1);
    if (next === reported) return;
    reported = next;
    reports++;
    if (hasGap(gaps, startOf(before, 0), startOf(next, Infinity))) return;
    add({ code: 'MOF1201', message, help, span, ...(fix && { fix }) });
  }
  function add(problem: SyntaxProblem): void {
    problems.add(problem);
    if (problems.all.length > maxProblems) throw new TooManyProblems();
  }
  function placeAfterLast(): Span {
    const end = endOf(cursor.peek(0));
    return { start: end, end };
  }
  function nextIsOnSameLine(): boolean {
    const next = cursor.peek(1);
    if (next.tokenType === EOF) return false;
    return !/[\r\n]/.test(text.slice(endOf(cursor.peek(0)), next.startOffset));
  }
  function placeOfNext(): Span {
    return nextIsOnSameLine() ? spanOf(cursor.peek(1)) : placeAfterLast();
  }
  return {
    cursor,
    problems: problems.all,
    add,
    atNext(message, help, fix) {
      report(placeOfNext(), message, help, fix);
    },
    atNextSince(before, message, fix) {
      report(placeOfNext(), message, undefined, fix, before);
    },
    afterLast(message, help, fix) {
      report(placeAfterLast(), message, help, fix);
    },
    at(token, message, help, fix) {
      report(spanOf(token), message, help, fix);
    },
    areTooMany: () => reports > MAX_PROBLEMS,
    lost,
    lose(start) {
      const from = startOf(start, endOf(cursor.peek(0)));
      lost.push({ start: from, end: Math.max(from, endOf(cursor.peek(0))) });
    },
    nextIsOnSameLine,
    mayLackMacros,
    text,
  };
}

/** The exception that aborts a rule, like those of chevrotain; the recovering rule reports it. */
export function syntaxError(message: string, { peek }: TokenCursor, fix?: SyntaxFix): Error {
  const error = new MismatchedTokenException(message, peek(1), peek(0));
  if (fix !== undefined) fixes.set(error, fix);
  return error;
}

/** The fixes of exceptions until a rule reports them. */
const fixes = new WeakMap<Error, SyntaxFix>();

/** The fix that belongs to an exception. */
export function fixOf(error: Error): SyntaxFix | undefined {
  return fixes.get(error);
}

/** The last token that was read, other than a semicolon, which can follow anything. */
function lastSignificant({ peek }: TokenCursor): IToken {
  return peek(0).tokenType === Semicolon ? peek(-1) : peek(0);
}

function startOf(token: IToken, outside: number): number {
  return token.tokenType === EOF ? outside : token.startOffset;
}

/** Whether one of the sorted `gaps` lies between `from` and `to`, both included. */
function hasGap(gaps: readonly number[], from: number, to: number): boolean {
  const first = gaps[firstFrom(gaps, from)];
  return first !== undefined && first <= to;
}
