/**
 * Checks of the parser's rules that give better messages than the parser library.
 *
 * `expect…` aborts the construct with an exception. `check…` reports and continues. `misses…` returns whether the token that
 * ends a construct is missing while the construct is complete without it. `skips…` skips tokens that begin nothing.
 */
import { EOF, type IToken, tokenMatcher, type TokenType } from 'chevrotain';
import {
  type DataTypeReference,
  type IntegerLiteral,
  type Parameter,
  type Qualifier,
  type SyntaxFix,
} from './ast.js';
import { type ErrorReporter, syntaxError } from './error-reporter.js';
import { type NumberValue, shortened } from './literals.js';
import { expectation, found } from './messages.js';
import { edit, insertion, removal, replacement } from './fixes.js';
import { likelyName } from '../src/text/likely-names.js';
import { endOf, type FeatureHead, spanOf } from './nodes.js';
import {
  beginsNestedType,
  continuesAfterBrace,
  isName,
  isProductionStart,
  skipDirectivesInBody,
  skipProduction,
  skipToEnd,
  type TokenCursor,
} from './recovery.js';
import * as t from './tokens.js';
import {
  dataTypeOf,
  DIRECTIVES,
  FLAVORS,
  isDirective,
  isFlavor,
  isScope,
  SCOPES,
} from './vocabulary.js';

/** What to write instead of the constructs that only MOF 3 (DSP0221) has. */
const MOF3: ReadonlyMap<string, Mof3> = new Map<string, Mof3>([
  ['association', { help: "write '[Association] class'", write: '[Association] class' }],
  ['enumeration', { help: "use the qualifiers 'ValueMap' and 'Values' on an integer property" }],
  ['structure', { help: "write 'class'", write: 'class' }],
  ['value', { help: "write 'instance of'", write: 'instance' }],
]);

interface Mof3 {
  readonly help: string;
  /** The replacement of the word. */
  readonly write?: string;
}

function insertedAfterLast({ cursor }: ErrorReporter, text: string): SyntaxFix {
  return insertion(endOf(cursor.peek(0)), text);
}

export function missesSemicolon(reporter: ErrorReporter, construct: string): boolean {
  const { peek } = reporter.cursor;
  if (peek(1).tokenType === t.Semicolon) return false;
  const message = `expected ';' after ${construct}`;
  if (peek(1).tokenType === t.RCurly || !reporter.nextIsOnSameLine()) {
    reporter.afterLast(message, undefined, insertedAfterLast(reporter, ';'));
    return true;
  }
  // On the same line more of the construct was probably meant, so the rest of it is skipped.
  const isNextFeature = peek(1).tokenType === t.LBracket || dataTypeOf(peek(1).image) !== undefined;
  const fix = isNextFeature ? insertedAfterLast(reporter, ';') : undefined;
  reporter.afterLast(`${message}, found ${found(peek(1))}`, undefined, fix);
  throw syntaxError(message, reporter.cursor);
}

/** MOF writes `uint32 name[4]`, not `uint32[4] name`. */
export function expectNoArrayType(reporter: ErrorReporter): void {
  const { peek } = reporter.cursor;
  if (peek(1).tokenType !== t.LBracket) return;
  const message = expectation('a name', peek(0), peek(1));
  reporter.atNext(
    message,
    'an array has its brackets after the name',
    movedBrackets(reporter.cursor),
  );
  throw syntaxError(message, reporter.cursor);
}

/** `[4] name` becomes `name[4]`. */
function movedBrackets({ peek }: TokenCursor): SyntaxFix | undefined {
  const hasLength = peek(2).tokenType === t.NumberText;
  const [open, length, close, name] = [1, 2, hasLength ? 3 : 2, hasLength ? 4 : 3].map(peek);
  if (open === undefined || close?.tokenType !== t.RBracket) return undefined;
  if (name === undefined || !isName(name)) return undefined;
  const suffix = hasLength ? `[${length?.image ?? ''}]` : '[]';
  return {
    title: `write '${shortened(name.image)}${suffix}'`,
    edits: [
      // The blank between the type and the name is before or after the brackets.
      edit(open.startOffset, name.startOffset, open.startOffset === endOf(peek(0)) ? ' ' : ''),
      edit(endOf(name), endOf(name), suffix),
    ],
  };
}

/** Whether the feature ends after its name, because nothing follows that may follow a name. */
export function missesAllAfterName(reporter: ErrorReporter, { type, name }: FeatureHead): boolean {
  switch (reporter.cursor.peek(1).tokenType) {
    case t.Semicolon:
    case t.LParen:
    case t.LBracket:
    case t.Equals:
      return false;
    default: {
      const kind = type.kind === 'ReferenceType' ? 'reference' : 'property';
      return missesSemicolon(reporter, `the ${kind} '${shortened(name.image)}'`);
    }
  }
}

export function missesEndOfClass(reporter: ErrorReporter, name: IToken, hasBody: boolean): boolean {
  if (reporter.cursor.peek(1).tokenType === t.Semicolon) return false;
  const title = shortened(name.image);
  if (!hasBody) expectNothingBut(reporter, `'{' or ';' after the class name '${title}'`);
  const message = `expected ';' after the class '${title}'`;
  reporter.afterLast(message, "a class ends with '};'", insertedAfterLast(reporter, ';'));
  return true;
}

function expectedBrace({ cursor }: ErrorReporter, kind: string, name: IToken): string {
  const next = found(cursor.peek(1));
  return `expected '}' at the end of ${kind} '${shortened(name.image)}', found ${next}`;
}

/** The body of `name`, which is a class or an instance of one, ends with a brace. */
export function missesBrace(reporter: ErrorReporter, kind: string, name: IToken): boolean {
  const next = reporter.cursor.peek(1);
  if (next.tokenType === t.RCurly) return false;
  const message = expectedBrace(reporter, kind, name);
  // What comes next may end the construct as well.
  const text = next.tokenType === t.Semicolon ? '}' : '};';
  reporter.afterLast(message, undefined, insertedAfterLast(reporter, text));
  return true;
}

/** A list or an array ends with `closer` after its `last` element; `empty` describes its first element. */
export function expectCloser(
  reporter: ErrorReporter,
  closer: TokenType,
  last: string | undefined,
  empty: string,
): void {
  const { peek } = reporter.cursor;
  if (peek(1).tokenType === closer) return;
  const wanted = closer.LABEL ?? closer.name;
  if (last !== undefined) {
    const sign = missingSign(reporter.cursor, closer);
    const fix = sign === undefined ? undefined : insertedAfterLast(reporter, sign);
    expectNothingBut(reporter, `',' or ${wanted} after ${last}`, fix);
  }
  throw syntaxError(expectation(`${empty} or ${wanted}`, peek(0), peek(1)), reporter.cursor);
}

/** The sign that is missing between elements or after the last one, judged by the next tokens. */
function missingSign({ peek }: TokenCursor, closer: TokenType): string | undefined {
  const [next, second] = [peek(1), peek(2)];
  switch (closer) {
    case t.RBracket: {
      if (!isName(next)) return undefined;
      const goesOn = [t.Comma, t.RBracket, t.LParen, t.LCurly, t.Colon].includes(second.tokenType);
      return goesOn ? ',' : isName(second) ? ']' : undefined;
    }
    case t.RParen:
      if (next.tokenType === t.Semicolon || next.tokenType === t.RBracket) return ')';
      return next.tokenType === t.LBracket || isName(next) || isLiteral(next) ? ',' : undefined;
    case t.RCurly:
      if ([t.Semicolon, t.RBracket, t.RParen].includes(next.tokenType)) return '}';
      return isLiteral(next) ? ',' : undefined;
    default:
      return undefined;
  }
}

function isLiteral(token: IToken): boolean {
  return isString(token) || token.tokenType === t.NumberText || token.tokenType === t.CharText;
}

/**
 * Whether the `[` after a name begins an array. Otherwise it is the qualifierList of the next feature, and the sign between
 * the two is missing. A name in brackets followed by `;` or `=` is an array whose length is a macro.
 */
export function beginsArray(reporter: ErrorReporter): boolean {
  const { peek } = reporter.cursor;
  if (peek(2).tokenType !== t.Identifier) return true;
  const after = peek(4).tokenType;
  return peek(3).tokenType === t.RBracket && (after === t.Semicolon || after === t.Equals);
}

export function expectArrayEnd(reporter: ErrorReporter, hasLength: boolean): void {
  const { peek } = reporter.cursor;
  if (peek(1).tokenType === t.RBracket) return;
  if (hasLength) expectNothingBut(reporter, "']' after the length of the array");
  const message = expectation("a length or ']'", peek(0), peek(1));
  const isName = peek(1).tokenType === t.Identifier;
  throw syntaxError(isName ? `${message}, which is not a macro` : message, reporter.cursor);
}

/** A description of the last of `nodes`. */
export function lastOf(
  nodes: readonly (Qualifier | Parameter)[],
  construct: string,
): string | undefined {
  const last = nodes.at(-1);
  return last && `the ${construct} '${shortened(last.name.name)}'`;
}

export function expectClassOrInstance(reporter: ErrorReporter): void {
  const next = reporter.cursor.peek(1);
  if (next.tokenType === t.Class || next.tokenType === t.Instance) return;
  if (reportsMof3(reporter)) throw syntaxError('', reporter.cursor);
  expectNothingBut(reporter, `'class' or 'instance of' after the qualifier list`);
}

/** Expects that no production begins here: if one does, the body of `name` is not closed, and the qualifiers from `start` on belong to the next one. */
export function expectSameBody(
  reporter: ErrorReporter,
  kind: string,
  name: IToken,
  start: IToken,
): void {
  if (!isProductionStart(reporter.cursor)) return;
  const message = expectedBrace(reporter, kind, name);
  reporter.at(start, message);
  throw syntaxError(message, reporter.cursor);
}

export function skipsStrayProduction(reporter: ErrorReporter): boolean {
  const { cursor } = reporter;
  const next = cursor.peek(1);
  if (next.tokenType === EOF) return false;
  if (next.tokenType === t.RCurly) {
    reporter.at(next, UNEXPECTED_BRACE, HELP_ON_BRACE, removedBrace(reporter.cursor));
  } else if (!reportsMof3(reporter)) {
    const expected = 'a class, an instance, a qualifier declaration or a directive';
    reporter.at(next, `expected ${expected}, found ${found(next)}`);
  }
  if (reporter.areTooMany()) skipToEnd(cursor);
  else skipProduction(cursor, next);
  reporter.lose(next);
  return true;
}

const UNEXPECTED_BRACE = "unexpected '}'";
const HELP_ON_BRACE = 'remove it, or look above for a missing brace';

/** A stray brace at the top level, with the semicolon that follows it. */
function removedBrace({ peek }: TokenCursor): SyntaxFix {
  const [brace, next] = [peek(1), peek(2)];
  const end = next.tokenType === t.Semicolon ? endOf(next) : endOf(brace);
  return removal({ start: brace.startOffset, end }, '}');
}

/** Skips a brace in the body of a class that cannot be its end, since more of the class follows. */
export function skipsStrayBrace(reporter: ErrorReporter): boolean {
  const { cursor } = reporter;
  const next = cursor.peek(1);
  if (next.tokenType !== t.RCurly || !continuesAfterBrace(cursor)) return false;
  reporter.at(next, UNEXPECTED_BRACE, HELP_ON_BRACE, removal(spanOf(next), '}'));
  if (reporter.areTooMany()) skipToEnd(cursor);
  else cursor.skip();
  return true;
}

export function skipsStrayStatement(
  reporter: ErrorReporter,
  expected: string,
  skipStatement: (cursor: TokenCursor, start: IToken) => void,
): boolean {
  const { cursor } = reporter;
  const next = cursor.peek(1);
  if (next.tokenType === t.RCurly || next.tokenType === EOF) return false;
  if (next.tokenType === t.Pragma && skipDirectivesInBody(cursor)) {
    const message = 'a directive must be outside of classes and instances';
    reporter.at(next, message, 'move it before the class or the instance');
    return true;
  }
  if (isProductionStart(cursor)) return false;
  reporter.at(next, `expected ${expected} or '}', found ${found(next)}`);
  if (reporter.areTooMany()) skipToEnd(cursor);
  else skipStatement(cursor, next);
  reporter.lose(next);
  return true;
}

/**
 * Whether another flavor comes next. After a comma, that is a flavor word that does not look like a qualifier of that name:
 * `[a : ToInstance, Restricted]` has two flavors, `[a : ToInstance, Restricted(1)]` has one and another qualifier.
 */
export function continuesFlavors({ cursor: { peek } }: ErrorReporter): boolean {
  if (peek(1).tokenType !== t.Comma) return isFlavor(peek(1).image);
  const word = peek(2);
  if (!isName(word) || !isFlavor(word.image)) return false;
  const after = peek(3).tokenType;
  return after !== t.LParen && after !== t.LCurly && after !== t.Colon;
}

/** Whether the next token is a colon typed for a comma: no flavor has a value, as in `[a : Description("x")]`. */
export function isColonForComma({ cursor: { peek } }: ErrorReporter): boolean {
  const [word, after] = [peek(2), peek(3).tokenType];
  return isName(word) && !isFlavor(word.image) && (after === t.LParen || after === t.LCurly);
}

export function reportColonForComma(reporter: ErrorReporter, colon: IToken): void {
  const message = "expected ',' before the next qualifier, found ':'";
  const help = 'a flavor has no value: commas separate qualifiers';
  problemAt(reporter, colon, message, help, replacement(spanOf(colon), ','));
}

export function checkFlavor(reporter: ErrorReporter, name: IToken): void {
  if (isFlavor(name.image)) return;
  const message = `unknown flavor '${shortened(name.image)}'`;
  const help = `flavors are ${FLAVORS.join(', ')}`;
  problemAt(reporter, name, message, help, respelled(name, FLAVORS));
}

export function checkScope(reporter: ErrorReporter, name: IToken): void {
  if (isScope(name.image)) return;
  const message = `unknown scope '${shortened(name.image)}'`;
  problemAt(reporter, name, message, `scopes are ${SCOPES.join(', ')}`, respelled(name, SCOPES));
}

/** A fix that replaces `token` by the likely word. */
function respelled(token: IToken, words: readonly string[]): SyntaxFix | undefined {
  const likely = likelyName(token.image, words, String);
  return likely === undefined ? undefined : replacement(spanOf(token), likely);
}

/** The name of a directive is on the line of its `#pragma`. */
export function expectDirectiveName(reporter: ErrorReporter): void {
  if (!reporter.nextIsOnSameLine()) expectNothingBut(reporter, "a directive name after '#pragma'");
}

/** A fix that puts the next arguments in parentheses. */
function inParentheses({ peek }: TokenCursor): SyntaxFix {
  let last = 1;
  while (isLiteral(peek(last + 1)) || peek(last + 1).tokenType === t.Comma) last++;
  return {
    title: 'put the arguments in parentheses',
    edits: [
      edit(peek(1).startOffset, peek(1).startOffset, '('),
      edit(endOf(peek(last)), endOf(peek(last)), ')'),
    ],
  };
}

/** Unknown directives are ignored with their arguments, as by other MOF compilers (DSP0004 2.x, pragmas). */
export function checkDirective(reporter: ErrorReporter, name: IToken): void {
  const { cursor } = reporter;
  if (isDirective(name.image)) {
    const next = cursor.peek(1);
    const isArgument = next.tokenType === t.StringPiece || next.tokenType === t.NumberText;
    if (!isArgument && !lacksParenthesis(reporter, name)) return;
    const message = expectation("'('", name, next);
    const fix = isArgument ? inParentheses(cursor) : undefined;
    reporter.atNext(message, 'write the arguments in parentheses', fix);
    throw syntaxError(message, cursor);
  }
  reporter.add({
    code: 'MOF1203',
    message: `unknown compiler directive '${shortened(name.image)}' is ignored`,
    help: undefined,
    span: spanOf(name),
    fix: respelled(name, DIRECTIVES),
  });
  if (cursor.peek(1).tokenType === t.LParen) skipUnknownArguments(reporter);
}

/** Whether something else than `(` or the next declaration is on the line of the name of a directive with arguments. */
function lacksParenthesis(reporter: ErrorReporter, name: IToken): boolean {
  if (name.image.toLowerCase() === 'autorecover' || !reporter.nextIsOnSameLine()) return false;
  const { tokenType } = reporter.cursor.peek(1);
  const goesOn = [t.LParen, t.LBracket, t.Semicolon, EOF].includes(tokenType);
  return !goesOn && !isProductionStart(reporter.cursor);
}

/**
 * Skips `( … )` with any arguments, but only what can be an argument. Any other token means that the `)` is missing, and
 * belongs to what follows.
 */
function skipUnknownArguments(reporter: ErrorReporter): void {
  const { cursor } = reporter;
  let depth = 0;
  do {
    const { tokenType } = cursor.peek(1);
    if (!continuesArguments(cursor)) {
      const isAfterValue = cursor.peek(0).tokenType !== t.Comma && !isOpener(cursor.peek(0));
      const expected = isAfterValue ? "',' or ')' after the argument" : "an argument or ')'";
      reporter.afterLast(`expected ${expected}, found ${found(cursor.peek(1))}`);
      return;
    }
    if (isOpener(cursor.peek(1))) depth++;
    else if (tokenType === t.RParen || tokenType === t.RCurly) depth--;
    cursor.skip();
  } while (depth > 0);
}

function isOpener({ tokenType }: IToken): boolean {
  return tokenType === t.LParen || tokenType === t.LCurly;
}

/** Whether the next token continues the arguments of a directive: a value is at their start or after a comma. */
function continuesArguments(cursor: TokenCursor): boolean {
  const next = cursor.peek(1);
  const previous = cursor.peek(0);
  if ([t.Comma, t.RParen, t.RCurly].includes(next.tokenType)) return true;
  if (isString(next) && isString(previous)) return true;
  if (isProductionStart(cursor)) return false;
  const isArgument =
    isName(next) ||
    isString(next) ||
    isOpener(next) ||
    [t.NumberText, t.CharText].includes(next.tokenType);
  // The name of the directive is before its first parenthesis.
  const isFirst = next.tokenType === t.LParen && isName(previous);
  return isFirst || (isArgument && (previous.tokenType === t.Comma || isOpener(previous)));
}

function isString(token: IToken): boolean {
  return tokenMatcher(token, t.StringPiece);
}

/** The arguments of a directive end with `)`; if it is missing, the directive is complete, and parsing continues after it. */
export function missesArgumentsEnd(reporter: ErrorReporter, hasArguments: boolean): boolean {
  const { peek } = reporter.cursor;
  const next = peek(1);
  if (next.tokenType === t.RParen) return false;
  if (!hasArguments) {
    throw syntaxError(expectation("an argument or ')'", peek(0), next), reporter.cursor);
  }
  const message = `expected ',' or ')' after the argument, found ${found(next)}`;
  if (next.tokenType !== t.LBracket && !isProductionStart(reporter.cursor)) {
    throw syntaxError(message, reporter.cursor);
  }
  reporter.afterLast(message, undefined, insertedAfterLast(reporter, ')'));
  return true;
}

/** Whether a string continues: with another piece, or with one name before a piece, which can only be a macro. */
export function continuesString({ cursor: { peek } }: ErrorReporter): boolean {
  const next = peek(1);
  return isString(next) || (next.tokenType === t.Identifier && isString(peek(2)));
}

/** The form of a macro's name, which words of a sentence do not have. */
const MACRO = /^(?!.$)[A-Z_][A-Z0-9_]*$/;

/** Whether `first` and the names after it come before a string: one name, or several that look like macros. */
export function areMacros({ cursor: { peek } }: ErrorReporter, first: IToken): boolean {
  if (isString(peek(1))) return true;
  if (!MACRO.test(first.image)) return false;
  let distance = 1;
  while (peek(distance).tokenType === t.Identifier && MACRO.test(peek(distance).image)) distance++;
  return isString(peek(distance));
}

/** A name before a string is a macro; one between strings may also be a word with quotes that are not escaped. */
export function reportUnknownMacro(
  reporter: ErrorReporter,
  name: IToken,
  place: 'before' | 'between',
): void {
  const { image } = name;
  if (place === 'between' && !(reporter.mayLackMacros && MACRO.test(image))) {
    const fix = escapedQuotes(reporter, reporter.cursor.peek(-1), reporter.cursor.peek(1));
    reporter.add({
      code: 'MOF1120',
      message: `'${shortened(image)}' is between two strings; a quote inside a string is written \\"`,
      help: `write \\"${shortened(image)}\\", or define '${shortened(image)}' if it is a macro`,
      span: spanOf(name),
      ...(fix && { fix }),
    });
    return;
  }
  reporter.add({
    code: 'MOF1205',
    message: `unknown macro '${shortened(image)}' ${place} strings is read as empty`,
    help: 'define it, include the file that does, or put a comma where one is missing',
    span: spanOf(name),
  });
}

/** Puts a backslash before the quote that ends `left` and the one that begins `right`, two strings of one line. */
function escapedQuotes(
  { text }: ErrorReporter,
  left: IToken,
  right: IToken,
): SyntaxFix | undefined {
  const [end, start] = [endOf(left), right.startOffset];
  if (/[\r\n]/.test(text.slice(end, start))) return undefined;
  return {
    title: 'escape the quotes',
    edits: [edit(end - 1, end - 1, '\\'), edit(start, start, '\\')],
  };
}

/** What may follow a string. */
const AFTER_STRING: ReadonlySet<TokenType> = new Set([
  EOF,
  t.RParen,
  t.RCurly,
  t.RBracket,
  t.Comma,
  t.Semicolon,
  t.Colon,
]);

/** How many words between unescaped quotes are skipped. */
const MAX_QUOTED_WORDS = 20;

/**
 * Skips words between two strings of one line that touch the quotes: the quotes around them are not escaped. The string
 * continues with the second one.
 */
export function skipsQuotedWords(reporter: ErrorReporter): boolean {
  const { cursor, text } = reporter;
  const { peek } = cursor;
  const end = endOf(peek(0));
  if (AFTER_STRING.has(peek(1).tokenType) || !isString(peek(0))) return false;
  let distance = 1;
  while (
    distance <= MAX_QUOTED_WORDS &&
    peek(distance).tokenType !== EOF &&
    !isString(peek(distance))
  ) {
    distance++;
  }
  const right = peek(distance);
  if (!isString(right)) return false;
  const words = text.slice(end, right.startOffset);
  if (!/^\S.*\S$|^\S$/.test(words)) return false;
  const fix = escapedQuotes(reporter, peek(0), right);
  reporter.add({
    code: 'MOF1120',
    message: `'${shortened(words)}' is between two strings; a quote inside a string is written \\"`,
    help: `write \\"${shortened(words)}\\"`,
    span: { start: end, end: right.startOffset },
    ...(fix && { fix }),
  });
  for (let count = 1; count < distance; count++) cursor.skip();
  return true;
}

/** The node of a number that must be a positive integer or zero. */
export function checkInteger(
  reporter: ErrorReporter,
  token: IToken,
  construct: string,
): IntegerLiteral {
  const number = token.payload as NumberValue;
  const span = spanOf(token);
  if (number.kind === 'integer' && number.value >= 0n) {
    return { kind: 'Integer', value: number.value, span };
  }
  const message = `${construct} is a positive integer, found ${found(token)}`;
  problemAt(reporter, token, message, 'write a number such as 16');
  return { kind: 'Integer', value: 0n, span };
}

/** The node of the type of a qualifier declaration, which is never a class. */
export function checkDataType(reporter: ErrorReporter, word: IToken): DataTypeReference {
  const name = dataTypeOf(word.image);
  const span = spanOf(word);
  if (name !== undefined && name !== 'void' && name !== 'object') {
    return { kind: 'DataType', name, objectClass: undefined, span };
  }
  const help = 'a qualifier is a boolean, string, integer, real, char16 or datetime';
  problemAt(reporter, word, `expected a data type or a flavor, found ${found(word)}`, help);
  return { kind: 'DataType', name: 'string', objectClass: undefined, span };
}

function problemAt(
  reporter: ErrorReporter,
  token: IToken,
  message: string,
  help: string,
  fix?: SyntaxFix,
): void {
  reporter.add({ code: 'MOF1201', message, help, span: spanOf(token), ...(fix && { fix }) });
}

function expectNothingBut(reporter: ErrorReporter, expected: string, fix?: SyntaxFix): never {
  const next = found(reporter.cursor.peek(1));
  throw syntaxError(`expected ${expected}, found ${next}`, reporter.cursor, fix);
}

/** Reports a construct of MOF 3 if one begins here. */
function reportsMof3(reporter: ErrorReporter): boolean {
  const { peek } = reporter.cursor;
  const word = peek(1);
  const mof3 = MOF3.get(word.image.toLowerCase());
  if (mof3 === undefined || !isName(peek(2))) return false;
  const { help, write } = mof3;
  const fix = write === undefined ? undefined : replacement(spanOf(word), write);
  reporter.at(word, mof3Message(word), help, fix);
  return true;
}

function mof3Message(word: IToken): string {
  return `'${word.image}' begins a construct of MOF 3 (DSP0221), which is not supported`;
}

/** MOF 3 has structures and enumerations within classes. `structure Name;` is a property whose class has that name. */
export function expectNoNestedType({ cursor, at }: ErrorReporter): void {
  if (!beginsNestedType(cursor)) return;
  const word = cursor.peek(1);
  const { help } = MOF3.get(word.image.toLowerCase()) ?? {};
  const isEnumeration = word.image.toLowerCase() === 'enumeration';
  at(
    word,
    mof3Message(word),
    isEnumeration ? help : 'declare a class of its own, and name it here',
  );
  throw syntaxError('', cursor);
}

/** MOF 3 has `value of Class { … }` where MOF 2 has `instance of Class { … }`. */
export function expectNoValueOf({ cursor, at }: ErrorReporter): void {
  const [word, of, name] = [cursor.peek(1), cursor.peek(2), cursor.peek(3)];
  if (of.tokenType !== t.Of || word.image.toLowerCase() !== 'value' || !isName(name)) return;
  at(word, mof3Message(word), "write 'instance of'", replacement(spanOf(word), 'instance'));
  throw syntaxError('', cursor);
}
