/**
 * Turns a text into tokens with decoded payloads, and finds every lexical problem.
 */
import { type ILexingResult, type IToken, Lexer, type TokenType } from 'chevrotain';
import { type SyntaxFix, type SyntaxProblem } from './ast.js';
import { type Span } from '../src/text/span.js';
import { edit, insertion } from './fixes.js';
import { decodeChar, type Decoded, decodeNumber, decodeString, shortened } from './literals.js';
import { MAX_PROBLEMS, type ProblemList, problemList } from './problems.js';
import { endOfLine, isClosed } from '../src/text/scanning.js';
import { type Insertion } from './quote-repairs.js';
import {
  CharText,
  COMMENT_GROUP,
  LineStringPiece,
  NO_BREAK_GROUP,
  NumberText,
  PREPROCESSOR_GROUP,
  StringPiece,
  textTokens,
  unbalancedTokens,
  UNEXPECTED_GROUP,
} from './tokens.js';

/** The tokens that the parser reads, and the problems found in them, not sorted. */
export interface Tokenized {
  /** String, char and number tokens carry their decoded value as `payload`. */
  readonly tokens: IToken[];
  readonly problems: readonly SyntaxProblem[];
}

/** Creates a lexer of `tokens`; a unit test validates the definitions, not every run. */
export function createLexer(
  tokens: TokenType[],
  options: { readonly skipValidations: boolean },
): Lexer {
  return new Lexer(tokens, {
    positionTracking: 'onlyOffset',
    ensureOptimizations: true,
    skipValidations: options.skipValidations,
  });
}

let textLexer: Lexer | undefined;
let unbalancedLexer: Lexer | undefined;

/** Splits `text` into tokens, without comments and white space. Tokens that the parser never reads are in groups. */
export function lex(text: string): ILexingResult {
  const source = withoutEndMarks(text);
  const lexed = lexAsWritten(source);
  const last = lexed.tokens.at(-1);
  // A string without an end takes the rest of the text, and the missing quote may be far above. So strings end with their
  // lines here, and each one without a quote there is one problem.
  if (last?.tokenType === StringPiece && !isClosed(last.image)) {
    unbalancedLexer ??= createLexer(unbalancedTokens, { skipValidations: true });
    return unbalancedLexer.tokenize(source);
  }
  return lexed;
}

/** Strings without an end take the rest of the text. */
function lexAsWritten(source: string): ILexingResult {
  textLexer ??= createLexer(textTokens, { skipValidations: true });
  return textLexer.tokenize(source);
}

/** Splits `text` into the tokens that the parser reads; any text gives a result. */
export function tokenize(text: string): Tokenized {
  return decoded(text, lex(text));
}

/** The same for a part of a text, which may end within a string. */
export function tokenizePart(text: string): Tokenized {
  return decoded(text, lexAsWritten(text));
}

/** The same with inserted characters, which are part of the values of strings; all offsets are those of the text without them. */
export function tokenizeWith(text: string, insertions: readonly Insertion[]): Tokenized {
  let put = '';
  let copied = 0;
  for (const { offset, text: inserted } of insertions) {
    put += text.slice(copied, offset) + inserted;
    copied = offset;
  }
  const { tokens, problems } = tokenize(put + text.slice(copied));
  // The number of characters inserted before an offset; offsets ascend.
  let count = 0;
  const placed = (at: number): number => {
    while (count < insertions.length && (insertions[count]?.offset ?? 0) + count < at) count++;
    return at - count;
  };
  for (const token of tokens) {
    const start = placed(token.startOffset);
    const end = placed(token.startOffset + token.image.length);
    token.startOffset = start;
    token.image = text.slice(start, end);
  }
  const moved = (at: number): number =>
    at - insertions.filter(({ offset }, index) => offset + index < at).length;
  const spanned = ({ start, end }: Span): Span => ({ start: moved(start), end: moved(end) });
  return {
    tokens,
    problems: problems.map((each) => ({
      ...each,
      span: spanned(each.span),
      ...(each.fix && {
        fix: {
          ...each.fix,
          edits: each.fix.edits.map(({ span, newText }) => ({ span: spanned(span), newText })),
        },
      }),
    })),
  };
}

function decoded(text: string, lexed: ILexingResult): Tokenized {
  const problems = problemList();
  for (const token of lexed.tokens) {
    switch (token.tokenType) {
      case StringPiece:
      case LineStringPiece:
        token.payload = accept(decodeString(token.image), token, problems);
        break;
      case NumberText:
        token.payload = accept(decodeNumber(token.image), token, problems);
        break;
      case CharText:
        token.payload = accept(decodeChar(token.image), token, problems);
        break;
    }
  }
  for (const token of lexed.groups[UNEXPECTED_GROUP] ?? []) {
    if (problems.hasEnough('MOF1101')) break;
    problems.add(unexpected(token, text));
  }
  const blanks = noBreakSpaces(lexed.groups[NO_BREAK_GROUP] ?? []);
  if (blanks !== undefined) problems.add(blanks);
  for (const token of lexed.groups[PREPROCESSOR_GROUP] ?? []) {
    if (problems.hasEnough('MOF1204')) break;
    problems.add(preprocessor(token));
  }
  for (const { startOffset } of lexed.groups[COMMENT_GROUP] ?? []) {
    problems.add({
      code: 'MOF1102',
      message: 'this comment has no end',
      help: "end it with '*/'",
      span: { start: startOffset, end: startOffset + 2 },
      fix: insertion(endOfLine(text, startOffset), ' */'),
    });
  }
  return { tokens: lexed.tokens, problems: problems.all };
}

/** NUL, U+001A and white space, as codes: with U+001A in a string, the bundle would not be a text file. */
const END_MARKS: ReadonlySet<number> = new Set([0x00, 0x1a, 0x20, 0x09, 0x0d, 0x0a]);

/** Old editors end a file with U+001A or NUL; anywhere else these are unexpected characters. */
function withoutEndMarks(text: string): string {
  let end = text.length;
  while (end > 0 && END_MARKS.has(text.charCodeAt(end - 1))) end--;
  return text.slice(0, end);
}

function accept<T>(decoded: Decoded<T>, token: IToken, problems: ProblemList): T {
  for (const each of decoded.problems) {
    const { start, end } = each.span;
    const offset = token.startOffset;
    const span = { start: offset + start, end: offset + end };
    const { fix } = each;
    problems.add({ ...each, span, ...(fix && { fix: moved(fix, offset) }) });
  }
  return decoded.value;
}

/** The fix of a literal that begins at `offset` of its text. */
function moved({ title, edits }: SyntaxFix, offset: number): SyntaxFix {
  const ofText = edits.map(({ span, newText }) =>
    edit(span.start + offset, span.end + offset, newText),
  );
  return { title, edits: ofText };
}

/** Helps for characters that are often pasted from other texts. */
const HELP: Readonly<Record<string, string>> = {
  '+': 'put a sign directly before its digits; strings are joined without one',
  '-': 'put the sign directly before the digits',
  '\u2018': 'write a straight quote',
  '\u2019': 'write a straight quote',
  '\u201C': 'write a straight double quote',
  '\u201D': 'write a straight double quote',
};

/** The straight quote for each typographic one. */
const STRAIGHT: Readonly<Record<string, string>> = {
  '\u2018': "'",
  '\u2019': "'",
  '\u201C': '"',
  '\u201D': '"',
};

/** A fix that writes straight quotes: this one and its counterpart on the same line, since one alone would not be closed. */
function straightened(image: string, start: number, text: string): SyntaxFix | undefined {
  const straight = STRAIGHT[image];
  if (straight === undefined) return undefined;
  const other = counterpart(straight === '"' ? /[\u201C\u201D]/ : /[\u2018\u2019]/, start, text);
  return {
    title: `write ${straight}`,
    edits: [start, ...(other === undefined ? [] : [other])].map((at) => edit(at, at + 1, straight)),
  };
}

/** Where the other quote of a pair is: after an opening one on its line, before a closing one. */
function counterpart(quotes: RegExp, start: number, text: string): number | undefined {
  const lineStart = Math.max(text.lastIndexOf('\n', start), text.lastIndexOf('\r', start)) + 1;
  const found = Array.from(
    text.slice(lineStart, endOfLine(text, start)).matchAll(new RegExp(quotes, 'g')),
    ({ index }) => lineStart + index,
  );
  const index = found.indexOf(start);
  return found[index % 2 === 0 ? index + 1 : index - 1];
}

function unexpected(token: IToken, text: string): SyntaxProblem {
  const { image, startOffset } = token;
  const code = codeOf(image);
  const message =
    image.length > 1
      ? `unexpected characters '${shortened(visible(image))}'`
      : `unexpected character ${/^[!-~]$/.test(image) ? `'${image}' ` : ''}(U+${code})`;
  return {
    code: 'MOF1101',
    message,
    help: HELP[image],
    span: { start: startOffset, end: startOffset + image.length },
    fix: straightened(image, startOffset, text),
  };
}

/** Replaces each blank other than a space by its code. */
function visible(image: string): string {
  return image.replace(/(?! )\p{Zs}/gu, (blank) => ` U+${codeOf(blank)} `).trim();
}

function codeOf(character: string): string {
  return character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
}

/** One problem for all no-break spaces of a text, at the first of them. */
function noBreakSpaces(tokens: readonly IToken[]): SyntaxProblem | undefined {
  const [first] = tokens;
  if (first === undefined) return undefined;
  const spanOf = ({ startOffset, image }: IToken) => ({
    start: startOffset,
    end: startOffset + image.length,
  });
  const count = tokens.reduce((sum, { image }) => sum + image.length, 0);
  const where = count === 1 ? 'a no-break space (U+00A0)' : `${count} no-break spaces (U+00A0)`;
  const edits = tokens.slice(0, MAX_PROBLEMS).map((token) => {
    const { start, end } = spanOf(token);
    return edit(start, end, ' '.repeat(end - start));
  });
  return {
    code: 'MOF1430',
    message: `${where}, read as white space`,
    help: 'write ordinary spaces; text copied from web pages often has no-break spaces',
    span: spanOf(first),
    fix: { title: count === 1 ? 'write a blank' : 'write blanks', edits },
  };
}

function preprocessor(token: IToken): SyntaxProblem {
  const directive = /^#[ \t]*[A-Za-z]*/.exec(token.image)?.[0].trimEnd() ?? '#';
  return {
    code: 'MOF1204',
    message: `the preprocessor directive '${directive}' is not supported`,
    help: 'the directives are #define, #undef, #include, #if, #ifdef, #ifndef, #elif, #else, #endif, #error, #warning and #pragma',
    span: { start: token.startOffset, end: token.startOffset + directive.length },
  };
}
