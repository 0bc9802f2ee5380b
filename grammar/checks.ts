/**
 * What the rules of the parser check by themselves, because they know better words than the parser library.
 *
 * `expect…` gives up the construct by an exception, `check…` reports and goes on, `misses…` says whether a token that
 * ends a construct is missing but the construct is complete without it, `skips…` passes over tokens that begin nothing.
 */
import { EOF, type IToken, tokenMatcher, type TokenType } from 'chevrotain';
import {
  type DataTypeReference,
  type IntegerLiteral,
  type Parameter,
  type Qualifier,
  type SyntaxFix,
} from './ast.js';
import { type Faults, syntaxError } from './faults.js';
import { type NumberValue, shortened } from './literals.js';
import { expectation, found } from './messages.js';
import { edit, insertion, removal, replacement } from './fixes.js';
import { likelyName } from './likely-names.js';
import { endOf, type FeatureHead, spanOf } from './nodes.js';
import {
  beginsNestedType,
  goesOnBehindBrace,
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
  /** What goes in the place of the word. */
  readonly write?: string;
}

function insertedAfterLast({ cursor }: Faults, text: string): SyntaxFix {
  return insertion(endOf(cursor.peek(0)), text);
}

export function missesSemicolon(faults: Faults, construct: string): boolean {
  const { peek } = faults.cursor;
  if (peek(1).tokenType === t.Semicolon) return false;
  const message = `expected ';' after ${construct}`;
  if (peek(1).tokenType === t.RCurly || !faults.nextIsOnSameLine()) {
    faults.afterLast(message, undefined, insertedAfterLast(faults, ';'));
    return true;
  }
  // On the same line more of the construct was probably meant, so the rest of it is skipped.
  const isNextFeature = peek(1).tokenType === t.LBracket || dataTypeOf(peek(1).image) !== undefined;
  const fix = isNextFeature ? insertedAfterLast(faults, ';') : undefined;
  faults.afterLast(`${message}, found ${found(peek(1))}`, undefined, fix);
  throw syntaxError(message, faults.cursor);
}

/** MOF writes `uint32 name[4]`, not `uint32[4] name`. */
export function expectNoArrayType(faults: Faults): void {
  const { peek } = faults.cursor;
  if (peek(1).tokenType !== t.LBracket) return;
  const message = expectation('a name', peek(0), peek(1));
  faults.atNext(message, 'an array has its brackets after the name', movedBrackets(faults.cursor));
  throw syntaxError(message, faults.cursor);
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
      // The blank between the type and the name is in front of the brackets or behind them.
      edit(open.startOffset, name.startOffset, open.startOffset === endOf(peek(0)) ? ' ' : ''),
      edit(endOf(name), endOf(name), suffix),
    ],
  };
}

/** Whether the feature ends after its name, because nothing follows that may follow a name. */
export function missesAllAfterName(faults: Faults, { type, name }: FeatureHead): boolean {
  switch (faults.cursor.peek(1).tokenType) {
    case t.Semicolon:
    case t.LParen:
    case t.LBracket:
    case t.Equals:
      return false;
    default: {
      const kind = type.kind === 'ReferenceType' ? 'reference' : 'property';
      return missesSemicolon(faults, `the ${kind} '${shortened(name.image)}'`);
    }
  }
}

export function missesEndOfClass(faults: Faults, name: IToken, hasBody: boolean): boolean {
  if (faults.cursor.peek(1).tokenType === t.Semicolon) return false;
  const title = shortened(name.image);
  if (!hasBody) expectNothingBut(faults, `'{' or ';' after the class name '${title}'`);
  const message = `expected ';' after the class '${title}'`;
  faults.afterLast(message, "a class ends with '};'", insertedAfterLast(faults, ';'));
  return true;
}

function expectedBrace({ cursor }: Faults, kind: string, name: IToken): string {
  const next = found(cursor.peek(1));
  return `expected '}' at the end of ${kind} '${shortened(name.image)}', found ${next}`;
}

/** The body of `name`, which is a class or an instance of one, ends with a brace. */
export function missesBrace(faults: Faults, kind: string, name: IToken): boolean {
  const next = faults.cursor.peek(1);
  if (next.tokenType === t.RCurly) return false;
  const message = expectedBrace(faults, kind, name);
  // What comes next may end the construct as well.
  const text = next.tokenType === t.Semicolon ? '}' : '};';
  faults.afterLast(message, undefined, insertedAfterLast(faults, text));
  return true;
}

/** A list or an array ends with `closer` after its `last` element; `empty` says what may begin it. */
export function expectCloser(
  faults: Faults,
  closer: TokenType,
  last: string | undefined,
  empty: string,
): void {
  const { peek } = faults.cursor;
  if (peek(1).tokenType === closer) return;
  const wanted = closer.LABEL ?? closer.name;
  if (last !== undefined) {
    const sign = missingSign(faults.cursor, closer);
    const fix = sign === undefined ? undefined : insertedAfterLast(faults, sign);
    expectNothingBut(faults, `',' or ${wanted} after ${last}`, fix);
  }
  throw syntaxError(expectation(`${empty} or ${wanted}`, peek(0), peek(1)), faults.cursor);
}

/** The sign that is missing between elements or behind the last one, judged by what comes next. */
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
 * Whether the `[` after a name begins an array: else it is the qualifierList of the next feature, and what is missing is
 * the sign between the two. A name in brackets with `;` or `=` behind it is an array whose length is a macro.
 */
export function beginsArray(faults: Faults): boolean {
  const { peek } = faults.cursor;
  if (peek(2).tokenType !== t.Identifier) return true;
  const behind = peek(4).tokenType;
  return peek(3).tokenType === t.RBracket && (behind === t.Semicolon || behind === t.Equals);
}

export function expectArrayEnd(faults: Faults, hasLength: boolean): void {
  const { peek } = faults.cursor;
  if (peek(1).tokenType === t.RBracket) return;
  if (hasLength) expectNothingBut(faults, "']' after the length of the array");
  const message = expectation("a length or ']'", peek(0), peek(1));
  const isName = peek(1).tokenType === t.Identifier;
  throw syntaxError(isName ? `${message}, which is no macro` : message, faults.cursor);
}

/** The last of `nodes` in words. */
export function lastOf(
  nodes: readonly (Qualifier | Parameter)[],
  construct: string,
): string | undefined {
  const last = nodes.at(-1);
  return last && `the ${construct} '${shortened(last.name.name)}'`;
}

export function expectClassOrInstance(faults: Faults): void {
  const next = faults.cursor.peek(1);
  if (next.tokenType === t.Class || next.tokenType === t.Instance) return;
  if (reportsMof3(faults)) throw syntaxError('', faults.cursor);
  expectNothingBut(faults, `'class' or 'instance of' after the qualifier list`);
}

/** No production begins here: else the body of `name` was left open, and the qualifiers from `start` on belong to the next. */
export function expectSameBody(faults: Faults, kind: string, name: IToken, start: IToken): void {
  if (!isProductionStart(faults.cursor)) return;
  const message = expectedBrace(faults, kind, name);
  faults.at(start, message);
  throw syntaxError(message, faults.cursor);
}

export function skipsStrayProduction(faults: Faults): boolean {
  const { cursor } = faults;
  const next = cursor.peek(1);
  if (next.tokenType === EOF) return false;
  if (next.tokenType === t.RCurly) {
    faults.at(next, UNEXPECTED_BRACE, HELP_ON_BRACE, removedBrace(faults.cursor));
  } else if (!reportsMof3(faults)) {
    const expected = 'a class, an instance, a qualifier declaration or a directive';
    faults.at(next, `expected ${expected}, found ${found(next)}`);
  }
  if (faults.areTooMany()) skipToEnd(cursor);
  else skipProduction(cursor, next);
  faults.lose(next);
  return true;
}

const UNEXPECTED_BRACE = "unexpected '}'";
const HELP_ON_BRACE = 'remove it, or look further up for a brace that is missing';

/** A stray brace at the top level, with the semicolon that follows it. */
function removedBrace({ peek }: TokenCursor): SyntaxFix {
  const [brace, next] = [peek(1), peek(2)];
  const end = next.tokenType === t.Semicolon ? endOf(next) : endOf(brace);
  return removal({ start: brace.startOffset, end }, '}');
}

/** Passes over a brace in the body of a class that cannot be its end, since more of the class follows. */
export function skipsStrayBrace(faults: Faults): boolean {
  const { cursor } = faults;
  const next = cursor.peek(1);
  if (next.tokenType !== t.RCurly || !goesOnBehindBrace(cursor)) return false;
  faults.at(next, UNEXPECTED_BRACE, HELP_ON_BRACE, removal(spanOf(next), '}'));
  if (faults.areTooMany()) skipToEnd(cursor);
  else cursor.skip();
  return true;
}

export function skipsStrayStatement(
  faults: Faults,
  expected: string,
  skipStatement: (cursor: TokenCursor, start: IToken) => void,
): boolean {
  const { cursor } = faults;
  const next = cursor.peek(1);
  if (next.tokenType === t.RCurly || next.tokenType === EOF) return false;
  if (next.tokenType === t.Pragma && skipDirectivesInBody(cursor)) {
    const message = 'a directive stands outside of classes and instances';
    faults.at(next, message, 'move it in front of the class or the instance');
    return true;
  }
  if (isProductionStart(cursor)) return false;
  faults.at(next, `expected ${expected} or '}', found ${found(next)}`);
  if (faults.areTooMany()) skipToEnd(cursor);
  else skipStatement(cursor, next);
  faults.lose(next);
  return true;
}

/**
 * Whether another flavor comes next. After a comma only a flavor word that does not look like a qualifier of that name
 * does: `[a : ToInstance, Restricted]` has two flavors, `[a : ToInstance, Restricted(1)]` one and another qualifier.
 */
export function continuesFlavors({ cursor: { peek } }: Faults): boolean {
  if (peek(1).tokenType !== t.Comma) return isFlavor(peek(1).image);
  const word = peek(2);
  if (!isName(word) || !isFlavor(word.image)) return false;
  const after = peek(3).tokenType;
  return after !== t.LParen && after !== t.LCurly && after !== t.Colon;
}

/** Whether a colon comes next that is a slip for a comma: no flavor has a value, as in `[a : Description("x")]`. */
export function isColonForComma({ cursor: { peek } }: Faults): boolean {
  const [word, after] = [peek(2), peek(3).tokenType];
  return isName(word) && !isFlavor(word.image) && (after === t.LParen || after === t.LCurly);
}

export function reportColonForComma(faults: Faults, colon: IToken): void {
  const message = "expected ',' in front of the next qualifier, found ':'";
  const help = 'a flavor has no value: commas separate qualifiers';
  problemAt(faults, colon, message, help, replacement(spanOf(colon), ','));
}

export function checkFlavor(faults: Faults, name: IToken): void {
  if (isFlavor(name.image)) return;
  const message = `unknown flavor '${shortened(name.image)}'`;
  const help = `flavors are ${FLAVORS.join(', ')}`;
  problemAt(faults, name, message, help, respelled(name, FLAVORS));
}

export function checkScope(faults: Faults, name: IToken): void {
  if (isScope(name.image)) return;
  const message = `unknown scope '${shortened(name.image)}'`;
  problemAt(faults, name, message, `scopes are ${SCOPES.join(', ')}`, respelled(name, SCOPES));
}

/** The word that is most likely meant in the place of `token`. */
function respelled(token: IToken, words: readonly string[]): SyntaxFix | undefined {
  const likely = likelyName(token.image, words, String);
  return likely === undefined ? undefined : replacement(spanOf(token), likely);
}

/** A directive's name is on the line of its `#pragma`. */
export function expectDirectiveName(faults: Faults): void {
  if (!faults.nextIsOnSameLine()) expectNothingBut(faults, "a directive name after '#pragma'");
}

/** The arguments that come next, in parentheses. */
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

/** Unknown directives are left out with their arguments, as other MOF compilers do (DSP0004 2.x, pragmas). */
export function checkDirective(faults: Faults, name: IToken): void {
  const { cursor } = faults;
  if (isDirective(name.image)) {
    const next = cursor.peek(1);
    const isArgument = next.tokenType === t.StringPiece || next.tokenType === t.NumberText;
    if (!isArgument && !lacksParenthesis(faults, name)) return;
    const message = expectation("'('", name, next);
    const fix = isArgument ? inParentheses(cursor) : undefined;
    faults.atNext(message, 'write the arguments in parentheses', fix);
    throw syntaxError(message, cursor);
  }
  faults.add({
    code: 'MOF1203',
    message: `unknown compiler directive '${shortened(name.image)}' is left out`,
    help: undefined,
    span: spanOf(name),
    fix: respelled(name, DIRECTIVES),
  });
  if (cursor.peek(1).tokenType === t.LParen) skipUnknownArguments(faults);
}

/** Whether something else than `(` or the next declaration is on the line of the name of a directive with arguments. */
function lacksParenthesis(faults: Faults, name: IToken): boolean {
  if (name.image.toLowerCase() === 'autorecover' || !faults.nextIsOnSameLine()) return false;
  const { tokenType } = faults.cursor.peek(1);
  const goesOn = tokenType === t.LParen || tokenType === t.LBracket || tokenType === EOF;
  return !goesOn && !isProductionStart(faults.cursor);
}

/**
 * Skips `( … )`, whatever its arguments are; but only what can be an argument. Anything else means that the `)` is
 * missing, and belongs to what comes next.
 */
function skipUnknownArguments(faults: Faults): void {
  const { cursor } = faults;
  let depth = 0;
  do {
    const { tokenType } = cursor.peek(1);
    if (!continuesArguments(cursor)) {
      const isBehindValue = cursor.peek(0).tokenType !== t.Comma && !isOpener(cursor.peek(0));
      const expected = isBehindValue ? "',' or ')' after the argument" : "an argument or ')'";
      faults.afterLast(`expected ${expected}, found ${found(cursor.peek(1))}`);
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

/** Whether the next token goes on with the arguments of a directive: a value stands at their start or after a comma. */
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
  // The name of the directive stands before its first parenthesis.
  const isFirst = next.tokenType === t.LParen && isName(previous);
  return isFirst || (isArgument && (previous.tokenType === t.Comma || isOpener(previous)));
}

function isString(token: IToken): boolean {
  return tokenMatcher(token, t.StringPiece);
}

/** The arguments of a directive end with `)`; without it the directive is complete, and what follows is read. */
export function missesArgumentsEnd(faults: Faults, hasArguments: boolean): boolean {
  const { peek } = faults.cursor;
  const next = peek(1);
  if (next.tokenType === t.RParen) return false;
  if (!hasArguments) {
    throw syntaxError(expectation("an argument or ')'", peek(0), next), faults.cursor);
  }
  const message = `expected ',' or ')' after the argument, found ${found(next)}`;
  if (next.tokenType !== t.LBracket && !isProductionStart(faults.cursor)) {
    throw syntaxError(message, faults.cursor);
  }
  faults.afterLast(message, undefined, insertedAfterLast(faults, ')'));
  return true;
}

/** Whether a string goes on: with another piece, or with one name before it, which can only be a macro there. */
export function continuesString({ cursor: { peek } }: Faults): boolean {
  const next = peek(1);
  return isString(next) || (next.tokenType === t.Identifier && isString(peek(2)));
}

/** What a macro's name looks like: no word of a sentence does. */
const MACRO = /^(?!.$)[A-Z_][A-Z0-9_]*$/;

/** Whether `first` and the names that come next stand before a string: one name, or several that look like macros. */
export function areMacros({ cursor: { peek } }: Faults, first: IToken): boolean {
  if (isString(peek(1))) return true;
  if (!MACRO.test(first.image)) return false;
  let distance = 1;
  while (peek(distance).tokenType === t.Identifier && MACRO.test(peek(distance).image)) distance++;
  return isString(peek(distance));
}

/** A name before a string is a macro; one between strings may also be a word with quotes that are not escaped. */
export function reportUnknownMacro(
  faults: Faults,
  name: IToken,
  place: 'before' | 'between',
): void {
  const { image } = name;
  if (place === 'between' && !(faults.mayLackMacros && MACRO.test(image))) {
    const fix = escapedQuotes(faults, faults.cursor.peek(-1), faults.cursor.peek(1));
    faults.add({
      code: 'MOF1120',
      message: `'${shortened(image)}' stands between two strings; a quote inside a string is written \\"`,
      help: `write \\"${shortened(image)}\\", or define '${shortened(image)}' when it is a macro`,
      span: spanOf(name),
      ...(fix && { fix }),
    });
    return;
  }
  faults.add({
    code: 'MOF1205',
    message: `unknown macro '${shortened(image)}' ${place} strings counts as empty`,
    help: 'define it, include the file that does, or put a comma where one is missing',
    span: spanOf(name),
  });
}

/** Puts a backslash before the quote that ends `left` and the one that begins `right`, two strings of one line. */
function escapedQuotes({ text }: Faults, left: IToken, right: IToken): SyntaxFix | undefined {
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

/** How many words between quotes that are not escaped are passed over. */
const MOST_QUOTED = 20;

/**
 * Passes over words between two strings of one line that touch the quotes: the quotes around them are not escaped. The
 * string goes on with the second one.
 */
export function skipsQuotedWords(faults: Faults): boolean {
  const { cursor, text } = faults;
  const { peek } = cursor;
  const end = endOf(peek(0));
  if (AFTER_STRING.has(peek(1).tokenType) || !isString(peek(0))) return false;
  let distance = 1;
  while (distance <= MOST_QUOTED && peek(distance).tokenType !== EOF && !isString(peek(distance))) {
    distance++;
  }
  const right = peek(distance);
  if (!isString(right)) return false;
  const words = text.slice(end, right.startOffset);
  if (!/^\S.*\S$|^\S$/.test(words)) return false;
  const fix = escapedQuotes(faults, peek(0), right);
  faults.add({
    code: 'MOF1120',
    message: `'${shortened(words)}' stands between two strings; a quote inside a string is written \\"`,
    help: `write \\"${shortened(words)}\\"`,
    span: { start: end, end: right.startOffset },
    ...(fix && { fix }),
  });
  for (let count = 1; count < distance; count++) cursor.skip();
  return true;
}

/** The node of a number that has to be a positive integer or zero. */
export function checkInteger(faults: Faults, token: IToken, construct: string): IntegerLiteral {
  const number = token.payload as NumberValue;
  const span = spanOf(token);
  if (number.kind === 'integer' && number.value >= 0n) {
    return { kind: 'Integer', value: number.value, span };
  }
  const message = `${construct} is a positive integer, found ${found(token)}`;
  problemAt(faults, token, message, 'write a number such as 16');
  return { kind: 'Integer', value: 0n, span };
}

/** The node of the type of a qualifier declaration, which cannot be a class. */
export function checkDataType(faults: Faults, word: IToken): DataTypeReference {
  const name = dataTypeOf(word.image);
  const span = spanOf(word);
  if (name !== undefined && name !== 'void' && name !== 'object') {
    return { kind: 'DataType', name, objectClass: undefined, span };
  }
  const help = 'a qualifier is a boolean, string, integer, real, char16 or datetime';
  problemAt(faults, word, `expected a data type or a flavor, found ${found(word)}`, help);
  return { kind: 'DataType', name: 'string', objectClass: undefined, span };
}

function problemAt(
  faults: Faults,
  token: IToken,
  message: string,
  help: string,
  fix?: SyntaxFix,
): void {
  faults.add({ code: 'MOF1201', message, help, span: spanOf(token), ...(fix && { fix }) });
}

function expectNothingBut(faults: Faults, expected: string, fix?: SyntaxFix): never {
  const next = found(faults.cursor.peek(1));
  throw syntaxError(`expected ${expected}, found ${next}`, faults.cursor, fix);
}

/** Reports the construct of MOF 3 that begins here, if one does. */
function reportsMof3(faults: Faults): boolean {
  const { peek } = faults.cursor;
  const word = peek(1);
  const mof3 = MOF3.get(word.image.toLowerCase());
  if (mof3 === undefined || !isName(peek(2))) return false;
  const { help, write } = mof3;
  const fix = write === undefined ? undefined : replacement(spanOf(word), write);
  faults.at(word, mof3Message(word), help, fix);
  return true;
}

function mof3Message(word: IToken): string {
  return `'${word.image}' begins a construct of MOF 3 (DSP0221), which is not supported`;
}

/** MOF 3 has structures and enumerations within classes. `structure Name;` is a property whose class has that name. */
export function expectNoNestedType({ cursor, at }: Faults): void {
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
export function expectNoValueOf({ cursor, at }: Faults): void {
  const [word, of, name] = [cursor.peek(1), cursor.peek(2), cursor.peek(3)];
  if (of.tokenType !== t.Of || word.image.toLowerCase() !== 'value' || !isName(name)) return;
  at(word, mof3Message(word), "write 'instance of'", replacement(spanOf(word), 'instance'));
  throw syntaxError('', cursor);
}
