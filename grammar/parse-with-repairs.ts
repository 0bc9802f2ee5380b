/**
 * Parses a text, and if it has syntax errors, parses it again with missing quotes inserted and wrong tokens replaced. The
 * result with the fewest problems is kept. A text without syntax errors is parsed once.
 */
import { type IToken } from 'chevrotain';
import { type ParseResult, type SyntaxProblem } from './ast.js';
import { type Span } from '../src/text/span.js';
import { syntaxRow } from './codes.js';
import { insertion } from './fixes.js';
import { type Tokenized, tokenizePart, tokenizeWith } from './lexer.js';
import { shortened } from './literals.js';
import { findDeepNesting } from './nesting.js';
import { MofParser } from './parser.js';
import { findRepairs, type Repair, withRepairs } from './token-repairs.js';
import { endOfLine, isClosed } from '../src/text/scanning.js';
import { withoutPlaceholders } from './placeholders.js';
import { findQuoteRepairs, type FindProblems, type QuoteRepair } from './quote-repairs.js';

/** Limits the rounds of token repairs: one repair may uncover others. */
const MAX_ROUNDS = 3;

let parser: MofParser | undefined;

/** Parses `text`, whose tokens are `tokenized`. The problems are not sorted. */
export function parseWithRepairs(
  text: string,
  tokenized: Tokenized,
  mayLackMacros: boolean,
): ParseResult {
  const first = read(text, tokenized, mayLackMacros);
  if (!first.problems.some(isSuspicious)) return first;
  const mayLackQuotes =
    tokenized.problems.some(isSuspicious) || tokenized.tokens.some(hasLineBreak);
  const quotes = mayLackQuotes
    ? findQuoteRepairs(text, placesOf(first), (part) => problemsOf(part, mayLackMacros))
    : [];
  if (quotes.length === 0) return repair(text, tokenized, first, mayLackMacros);
  const again = tokenizeWith(text, quotes);
  const problems = [
    ...again.problems.filter((each) => !isUnread(each)),
    ...quotes.map((fault) => problemOfQuote(text, fault)),
  ];
  const other = { tokens: again.tokens, problems };
  return repair(text, other, read(text, other, mayLackMacros), mayLackMacros);
}

function isSuspicious({ code }: SyntaxProblem): boolean {
  return syntaxRow(code).isHarmless !== true;
}

/** Whether a directive was not executed because it seemed to be within a string. */
function isUnread({ code, message }: SyntaxProblem): boolean {
  return (
    code === 'MOF1204' &&
    /'#\s*(?:define|undef|include|if|elif|else|endif|error|warning)/.test(message)
  );
}

/** Where the suspicious problems of a text are, in order. */
function placesOf({ problems }: ParseResult): readonly number[] {
  return problems
    .filter(isSuspicious)
    .map(({ span }) => span.start)
    .sort((a, b) => a - b);
}

function isOpenString({ image }: IToken): boolean {
  return image.startsWith('"') && !isClosed(image);
}

function isLineBreak({ code }: SyntaxProblem): boolean {
  return code === 'MOF1106';
}

function hasLineBreak({ image }: IToken): boolean {
  return image.startsWith('"') && /[\r\n]/.test(image);
}

/** The tree of the tokens, with the problems of the lexer that are not within an unescaped quote, which the parser reports. */
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

/** Where the problems of a part of a text begin. */
function problemsOf(part: string, mayLackMacros: boolean): ReturnType<FindProblems> {
  const tokenized = tokenizePart(part);
  const tooDeep = findDeepNesting(tokenized.tokens);
  const problems = tooDeep ? [tooDeep] : read(part, tokenized, mayLackMacros).problems;
  // A string without an end hides what follows, so problems after it are follow-on errors.
  const open = tokenized.tokens.at(-1);
  const end = open !== undefined && isOpenString(open) ? open.startOffset : Infinity;
  return problems
    .filter(({ span }) => span.start <= end)
    .filter((each) => isSuspicious(each) || isLineBreak(each))
    .map((each) => ({ start: each.span.start, isLineBreak: isLineBreak(each) }))
    .sort((a, b) => a.start - b.start);
}

function problemOfQuote(
  text: string,
  { kind, start, offset, text: put }: QuoteRepair,
): SyntaxProblem {
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
        message: `the string '${words}' has a closing quote, but no opening quote`,
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

/** Parses the tokens again with repairs, so that follow-on errors disappear. */
function repair(
  text: string,
  tokenized: Tokenized,
  first: ParseResult,
  mayLackMacros: boolean,
): ParseResult {
  const { problems: lexicalProblems } = tokenized;
  const kept: SyntaxProblem[] = [];
  const lost: Span[] = [];
  const placeholders: number[] = [];
  let { tokens } = tokenized;
  let result = first;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const errors = result.problems
      .filter(({ code }) => syntaxRow(code).leadsToOthers === true)
      .sort((left, right) => left.span.start - right.span.start);
    const starts = result.value.productions.map(({ span }) => span.start);
    const repairs = findRepairs(tokens, errors, starts, (part, gap, maxProblems) => {
      const others = lexicalProblems.filter(({ span }) => span.start !== gap);
      const input = { text, tokens: part, lexicalProblems: others, mayLackMacros, maxProblems };
      return parser?.read(input)?.problems.map(({ span }) => span.start);
    });
    if (repairs.length === 0) break;
    for (const each of repairs) {
      const { error } = each;
      if (error.code === 'MOF1201') kept.push(error);
      lost.push(placeOf(each, tokens));
      placeholders.push(...each.put.filter(isNameOrValue).map(({ startOffset }) => startOffset));
    }
    tokens = withRepairs(tokens, repairs);
    result = read(text, { tokens: [...tokens], problems: lexicalProblems }, mayLackMacros);
  }
  const { value, lost: left } = withoutPlaceholders(result.value, placeholders);
  return {
    value,
    problems: [...kept, ...result.problems],
    lost: [...lost, ...left, ...result.lost],
  };
}

/** Whether a token is a name or a value. */
function isNameOrValue({ image }: IToken): boolean {
  return /^[\w"$]/.test(image);
}

function placeOf({ index, removed, put }: Repair, tokens: readonly IToken[]): Span {
  const at = (removed === 1 ? tokens[index] : put[0]) ?? put[0];
  const start = at?.startOffset ?? 0;
  return { start, end: start + (removed === 1 ? (at?.image.length ?? 0) : 0) };
}
