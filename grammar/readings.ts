/**
 * Reads a text, and reads it again in other ways when it has syntax errors: with quotes that seem to be missing, and with
 * tokens that seem to be wrong. The reading in which one fault of the writer is one problem is kept.
 *
 * It must not know the grammar. A text without syntax errors is read once.
 */
import { type IToken } from 'chevrotain';
import { type ParseResult, type Span, type SyntaxProblem } from './ast.js';
import { insertion } from './fixes.js';
import { type Tokenized, tokenizePart, tokenizeWith } from './lexer.js';
import { shortened } from './literals.js';
import { findDeepNesting } from './nesting.js';
import { MofParser } from './parser.js';
import { findRepairs, type Repair, withRepairs } from './repairs.js';
import { endOfLine } from './scanning.js';
import { findQuoteFaults, type QuoteFault } from './string-readings.js';

/** What does not show that a text is read in another way than it was meant. */
const HARMLESS: ReadonlySet<string> = new Set(['MOF1104', 'MOF1105', 'MOF1106', 'MOF1203']);

/** Faults after which tokens are missing, so that others may follow. */
const LEADS_TO_OTHERS: ReadonlySet<string> = new Set(['MOF1101', 'MOF1103', 'MOF1201']);

/** How often repairs are looked for: one may lay others open. */
const MOST_ROUNDS = 3;

let parser: MofParser | undefined;

/** Reads `text`, whose tokens are `tokenized`. The problems are in no order. */
export function readBest(text: string, tokenized: Tokenized, mayLackMacros: boolean): ParseResult {
  const first = read(text, tokenized, mayLackMacros);
  if (!first.problems.some(isSuspicious)) return first;
  const quotes = tokenized.tokens.some(hasLineBreak)
    ? findQuoteFaults(text, (part, from, to) => problemsOf(part, from, to, mayLackMacros))
    : [];
  if (quotes.length === 0) return repair(text, tokenized, first, mayLackMacros);
  const again = tokenizeWith(text, quotes);
  const problems = [...again.problems, ...quotes.map((fault) => quoteProblem(text, fault))];
  const other = { tokens: again.tokens, problems };
  return repair(text, other, read(text, other, mayLackMacros), mayLackMacros);
}

function isSuspicious({ code }: SyntaxProblem): boolean {
  return !HARMLESS.has(code);
}

function hasLineBreak({ image }: IToken): boolean {
  return image.startsWith('"') && /[\r\n]|^"$|[^"]$/.test(image);
}

/** The tree of the tokens, with the problems of the lexer that are no part of something that the parser names. */
function read(text: string, { tokens, problems }: Tokenized, mayLackMacros: boolean): ParseResult {
  parser ??= new MofParser({ skipValidations: true });
  const parsed = parser.read({ text, tokens, lexicalProblems: problems, mayLackMacros });
  if (parsed === undefined) throw new Error('reading without a limit has no result');
  const quoted = parsed.problems.filter(({ code }) => code === 'MOF1120');
  const lexical = problems.filter(({ span: { start } }) =>
    quoted.every(({ span }) => start < span.start || start >= span.end),
  );
  return { ...parsed, problems: [...lexical, ...parsed.problems] };
}

/** How many problems of `part` begin at `from` or after it and before `to`. */
function problemsOf(part: string, from: number, to: number, mayLackMacros: boolean): number {
  const tokenized = tokenizePart(part);
  if (findDeepNesting(tokenized.tokens) !== undefined) return Infinity;
  return read(part, tokenized, mayLackMacros).problems.filter(
    (each) => isSuspicious(each) && each.span.start >= from && each.span.start < to,
  ).length;
}

function quoteProblem(text: string, { kind, start, offset, text: put }: QuoteFault): SyntaxProblem {
  const fix = insertion(offset, put);
  switch (kind) {
    case 'open':
      return {
        code: 'MOF1102',
        message: 'this string has no end',
        help: 'end it with a double quote on the same line',
        span: { start, end: start + 1 },
        fix,
      };
    case 'unbegun': {
      const end = text.indexOf('"', offset);
      const words = shortened(text.slice(offset, end < 0 ? endOfLine(text, offset) : end));
      return {
        code: 'MOF1121',
        message: `the string '${words}' has an end, but no beginning`,
        help: 'begin it with a double quote',
        span: { start: offset, end: end < 0 ? offset : end + 1 },
        fix,
      };
    }
    case 'unescaped':
      return {
        code: 'MOF1120',
        message: `this quote ends the string; a quote inside a string is written \\"`,
        help: 'write \\"',
        span: { start: offset, end: offset + 1 },
        fix,
      };
  }
}

/** Reads the tokens again without what errors lead to, when there are errors that follow from others. */
function repair(
  text: string,
  tokenized: Tokenized,
  first: ParseResult,
  mayLackMacros: boolean,
): ParseResult {
  const kept: SyntaxProblem[] = [];
  const lost: Span[] = [];
  let { tokens } = tokenized;
  let result = first;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const errors = result.problems
      .filter(({ code }) => LEADS_TO_OTHERS.has(code))
      .sort((left, right) => left.span.start - right.span.start);
    const starts = result.value.productions.map(({ span }) => span.start);
    const repairs = findRepairs(tokens, errors, starts, (part, end, most) => {
      const read = parser?.read({
        text,
        tokens: part,
        lexicalProblems: tokenized.problems,
        mayLackMacros,
        mostProblems: most,
      });
      return read?.problems.filter(({ span }) => span.start < end).length ?? Infinity;
    });
    if (repairs.length === 0) break;
    for (const { error, ...each } of repairs) {
      if (error.code === 'MOF1201') kept.push(error);
      lost.push(spanOf(each));
    }
    tokens = withRepairs(tokens, repairs);
    result = read(text, { ...tokenized, tokens: [...tokens] }, mayLackMacros);
  }
  return { ...result, problems: [...kept, ...result.problems], lost: [...lost, ...result.lost] };
}

function spanOf({ put, removed, index }: Repair): Span {
  return { start: 0, end: 0 };
}
