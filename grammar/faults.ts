/**
 * Collects the syntax problems of one text and gives each its place, so that one fault of the writer is reported once.
 * Must not know the grammar.
 */
import { EOF, type IToken, MismatchedTokenException } from 'chevrotain';
import { type Span, type SyntaxFix, type SyntaxProblem } from './ast.js';
import { endOf, spanOf } from './nodes.js';
import { firstFrom } from './ordered.js';
import { MOST_PROBLEMS, problemList } from './problems.js';
import { type TokenCursor } from './recovery.js';
import { Semicolon } from './tokens.js';

/** The problems of one text, and the place up to which the text has been read. */
export interface Faults {
  readonly cursor: TokenCursor;
  readonly problems: readonly SyntaxProblem[];
  /** Adds a problem about something that was read and is in its place. */
  readonly add: (problem: SyntaxProblem) => void;
  /**
   * Reports that the next token is out of place, unless an earlier report covers it. Points at that token, or after
   * the last one that was read when the next one is on another line.
   */
  readonly atNext: (message: string, help?: string, fix?: SyntaxFix) => void;
  /** The same, unless something is missing from the tokens behind `before`, which is then the likely cause. */
  readonly atNextSince: (before: IToken, message: string, fix?: SyntaxFix) => void;
  /** The same, pointing after the last token that was read. */
  readonly afterLast: (message: string, help?: string, fix?: SyntaxFix) => void;
  /** The same, pointing at `token`. */
  readonly at: (token: IToken, message: string, help?: string, fix?: SyntaxFix) => void;
  /** Whether there were so many faults that reading on is of no use. */
  readonly areTooMany: () => boolean;
  /** What is left out of the tree. */
  readonly lost: readonly Span[];
  /** Says that everything from `start` to the last token that was read is left out. */
  readonly lose: (start: IToken) => void;
  /** Whether the next token stands on the line of the last one. */
  readonly nextIsOnSameLine: () => boolean;
  /** Whether a header that is not there may define macros that are not known. */
  readonly mayLackMacros: boolean;
  /** The text of which the tokens are. */
  readonly text: string;
}

/** Faults whose text is missing from the tokens, so that the tokens around them are likely to look wrong. */
const LEAVES_GAP: ReadonlySet<string> = new Set(['MOF1101', 'MOF1102', 'MOF1204']);

/** A number to which a word or another number is stuck, so that one of the two is missing. */
function isStuckTogether({ code, message }: SyntaxProblem): boolean {
  return code === 'MOF1103' && /\d[A-Za-z_]{3,}/.test(message);
}

/** What the parser is given. */
export interface ParserInput {
  readonly text: string;
  readonly tokens: IToken[];
  readonly lexicalProblems: readonly SyntaxProblem[];
  /** Whether a header that is not there may define macros that are not known. */
  readonly mayLackMacros: boolean;
  /** After more problems than that, reading ends with an exception. */
  readonly mostProblems?: number;
}

/** Ends reading a text, because nobody wants to know more about it. */
export class TooManyProblems extends Error {}

/** Starts the log of a text whose tokens `cursor` reads. */
export function collectFaults(
  { text, lexicalProblems: lexical, mayLackMacros, mostProblems = Infinity }: ParserInput,
  cursor: TokenCursor,
): Faults {
  const problems = problemList();
  const lost: Span[] = [];
  const gaps = lexical
    .filter((each) => LEAVES_GAP.has(each.code) || isStuckTogether(each))
    .map(({ span }) => span.start)
    .sort((left, right) => left - right);
  let reported: IToken | undefined;
  let reports = 0;

  function report(
    span: Span,
    message: string,
    help: string | undefined,
    fix: SyntaxFix | undefined,
    before = lastThatSays(cursor),
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
    if (problems.all.length > mostProblems) throw new TooManyProblems();
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
    areTooMany: () => reports > MOST_PROBLEMS,
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

/** The exception by which a rule gives up, like those that chevrotain throws itself; the recovering rule reports it. */
export function syntaxError(message: string, { peek }: TokenCursor, fix?: SyntaxFix): Error {
  const error = new MismatchedTokenException(message, peek(1), peek(0));
  if (fix !== undefined) fixes.set(error, fix);
  return error;
}

/** The fixes of exceptions on their way to the rule that reports them. */
const fixes = new WeakMap<Error, SyntaxFix>();

/** The fix that an exception brings along. */
export function fixOf(error: Error): SyntaxFix | undefined {
  return fixes.get(error);
}

/** The last token that was read; a semicolon stands behind anything. */
function lastThatSays({ peek }: TokenCursor): IToken {
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
