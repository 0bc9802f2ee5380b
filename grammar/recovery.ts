/**
 * Panic-mode recovery: skips the tokens of a broken construct after a syntax error.
 *
 * Chevrotain's own recovery re-synchronises at any token that may follow, and in MOF a name may follow nearly
 * everywhere, so one mistake would be reported several times. Here a broken feature ends with its semicolon and a broken
 * class with its brace.
 */
import { EOF, type IToken, tokenMatcher, type TokenType } from 'chevrotain';
import {
  As,
  Class,
  Colon,
  Comma,
  Equals,
  Identifier,
  Instance,
  LBracket,
  LCurly,
  LParen,
  Of,
  Pragma,
  Qualifier,
  RBracket,
  RCurly,
  RParen,
  Semicolon,
} from './tokens.js';

/** A position among the tokens that can move forward. */
export interface TokenCursor {
  /** The token `distance` ahead: 1 is the next one, 0 the previous one; an EOF token outside of the text. */
  readonly peek: (distance: number) => IToken;
  readonly skip: () => void;
}

/** Whether `token` can be a name: an identifier or any keyword. */
export function isName(token: IToken): boolean {
  return tokenMatcher(token, Identifier);
}

/**
 * Whether a production of the top level certainly begins `distance` ahead: no class feature, initializer or qualifier can
 * look like this, even though no word is reserved.
 */
export function isProductionStart({ peek }: TokenCursor, distance = 1): boolean {
  switch (peek(distance).tokenType) {
    case Pragma:
      return true;
    case Class: {
      if (!isName(peek(distance + 1))) return false;
      const after = peek(distance + 2).tokenType;
      return after === LCurly || after === Colon || after === As;
    }
    case Instance:
      return peek(distance + 1).tokenType === Of && isName(peek(distance + 2));
    case Qualifier:
      return isName(peek(distance + 1)) && peek(distance + 2).tokenType === Colon;
    default:
      return false;
  }
}

/** Skips all remaining tokens. */
export function skipToEnd({ peek, skip }: TokenCursor): void {
  while (peek(1).tokenType !== EOF) skip();
}

/** Skips the production that began at `start`: up to its closing brace or semicolon, or the next production. */
export function skipProduction(cursor: TokenCursor, start: IToken): void {
  const { peek, skip } = cursor;
  if (start.tokenType === Pragma) {
    skipDirective(cursor);
    return;
  }
  const hasBody = [Class, Instance, LBracket].includes(start.tokenType);
  // For each open brace, whether it began a value; the end of a value does not close a body.
  const braces: boolean[] = [];
  for (let distance = distanceTo(cursor, start); distance < 1; distance++) {
    const { tokenType } = peek(distance);
    if (tokenType === LCurly) braces.push(opensValue(cursor, distance));
    else if (tokenType === RCurly) braces.pop();
  }
  for (;;) {
    const next = peek(1);
    if (next.tokenType === EOF) return;
    if (next !== start && isProductionStart(cursor) && !isInstanceValue(cursor)) return;
    if (next.tokenType === LCurly) braces.push(opensValue(cursor, 1));
    const closes = next.tokenType === RCurly && closesProduction(cursor);
    skip();
    if (next.tokenType === RCurly) {
      const endsValue = braces.pop();
      const isMissingBrace = hasBody && !closes && peek(1).tokenType !== Semicolon;
      if (braces.length > 0 || endsValue === true || isMissingBrace) continue;
      if (peek(1).tokenType === Semicolon) skip();
      return;
    }
    // Without its opening brace a body is skipped as a whole, not only up to its first semicolon.
    if (next.tokenType === Semicolon && braces.length === 0 && !hasBody) return;
  }
}

/** Whether a sign comes next that neither ends a directive nor begins a list of qualifiers, as in `#pragma )("en")`. */
function isInPlaceOfName({ peek }: TokenCursor): boolean {
  const { tokenType } = peek(1);
  return tokenType === LBracket
    ? !isName(peek(2))
    : (tokenType === RParen || tokenType === Semicolon) && peek(2).tokenType === LParen;
}

/** Skips the rest of a broken directive: past its `)` or `;`, or up to the start of a production. */
function skipDirective(cursor: TokenCursor): void {
  const { peek, skip } = cursor;
  if (peek(0).tokenType === Pragma && isInPlaceOfName(cursor)) skip();
  for (;;) {
    const { tokenType } = peek(1);
    if (tokenType === EOF || tokenType === LBracket || isProductionStart(cursor)) return;
    skip();
    if (tokenType === RParen || tokenType === Semicolon) return;
  }
}

/**
 * Skips the next directives if they are inside of a body, judged by what follows them. Otherwise skips nothing and returns
 * false: the body lacks its closing brace.
 */
export function skipDirectivesInBody({ peek, skip }: TokenCursor): boolean {
  let distance = 1;
  while (peek(distance).tokenType === Pragma) {
    distance += 2;
    if (peek(distance).tokenType === LParen) distance = afterBrackets(peek, distance);
  }
  const list = peek(distance).tokenType;
  const after = list === LBracket ? afterBrackets(peek, distance) : distance;
  if (peek(after).tokenType === EOF || isProductionStart({ peek, skip }, after)) return false;
  for (let count = 1; count < distance; count++) skip();
  return true;
}

/** The distance after the bracket that closes the one `distance` ahead; that of the end of the text if it is not closed. */
function afterBrackets(peek: TokenCursor['peek'], distance: number): number {
  let depth = 0;
  let at = distance;
  do {
    const { tokenType } = peek(at);
    if (tokenType === EOF) return at;
    if (OPENERS.has(tokenType)) depth++;
    else if (CLOSERS.has(tokenType)) depth--;
    at++;
  } while (depth > 0);
  return at;
}

const OPENERS: ReadonlySet<TokenType> = new Set([LParen, LBracket, LCurly]);
const CLOSERS: ReadonlySet<TokenType> = new Set([RParen, RBracket, RCurly]);

/** Skips the class feature that began at `start`: past its semicolon, or up to the end of its class. */
export function skipFeature(cursor: TokenCursor, start: IToken): void {
  skipStatement(cursor, start, closesProduction);
}

/** Skips the initializer that began at `start`: past its semicolon, or up to the end of its instance. */
export function skipInitializer(cursor: TokenCursor, start: IToken): void {
  skipStatement(cursor, start, () => true);
}

function skipStatement(
  cursor: TokenCursor,
  start: IToken,
  closesBody: (cursor: TokenCursor) => boolean,
): void {
  const { peek, skip } = cursor;
  // For each open brace, whether it opened the body of an embedded instance, which has semicolons of its own.
  const braces: boolean[] = [];
  let parentheses = 0;
  for (let distance = distanceTo(cursor, start); distance < 1; distance++) {
    const { tokenType } = peek(distance);
    if (tokenType === LCurly) braces.push(opensInstance(cursor, distance));
    else if (tokenType === RCurly) braces.pop();
    else if (tokenType === LParen) parentheses++;
    else if (tokenType === RParen) parentheses--;
  }
  for (;;) {
    const next = peek(1);
    if (next.tokenType === EOF) return;
    if (next !== start && isProductionStart(cursor) && !isInstanceValue(cursor)) return;
    if (next.tokenType === LCurly) braces.push(opensInstance(cursor, 1));
    else if (next.tokenType === RCurly) {
      if (braces.length === 0 && closesBody(cursor)) return;
      braces.pop();
    } else if (next.tokenType === LParen) parentheses++;
    else if (next.tokenType === RParen) parentheses--;
    else if (next.tokenType === Semicolon && braces.at(-1) !== true) {
      const goesOn = parentheses > 0 && isParameterNext(cursor);
      skip();
      if (!goesOn) return;
      continue;
    }
    skip();
  }
}

/** Whether a parameter follows the next `;`, rather than a feature: only a parameter ends with `)`. */
function isParameterNext({ peek }: TokenCursor): boolean {
  for (let distance = 2; ; distance++) {
    if (peek(distance).tokenType === LBracket) distance = afterBrackets(peek, distance);
    const { tokenType } = peek(distance);
    if (tokenType === RParen || tokenType === Comma) return true;
    if ([EOF, LParen, LCurly, RCurly, Equals, Semicolon].includes(tokenType)) {
      return false;
    }
  }
}

/**
 * Skips to the end of a broken qualifier list if it has one: past its `]`, or to the class that the list belongs to.
 * Otherwise skips nothing and returns false.
 */
export function skipQualifierList({ peek, skip }: TokenCursor): boolean {
  let depth = 0;
  for (let distance = 1; ; distance++) {
    const { tokenType } = peek(distance);
    const closes = tokenType === RBracket;
    if (closes || isProductionStart({ peek, skip }, distance)) {
      for (let count = closes ? 0 : 1; count < distance; count++) skip();
      return true;
    }
    switch (tokenType) {
      case LCurly:
        depth++;
        break;
      case RCurly: {
        const after = peek(distance + 1).tokenType;
        if (depth === 0 && after !== RBracket && after !== Comma) return false;
        depth = Math.max(0, depth - 1);
        break;
      }
      case EOF:
      case LBracket:
      case Semicolon:
        return false;
    }
  }
}

/** How far back `start` is: 1 when nothing of the construct was read, 0 or less otherwise. */
function distanceTo({ peek }: TokenCursor, start: IToken): number {
  let distance = 1;
  while (peek(distance) !== start && peek(distance - 1).tokenType !== EOF) distance--;
  return distance;
}

/** Whether the brace `distance` ahead follows `of Class` or `of Class as $Alias`, or the head of a nested type of MOF 3. */
function opensInstance(cursor: TokenCursor, distance: number): boolean {
  const { peek } = cursor;
  if (peek(distance - 2).tokenType === Of) return true;
  if (peek(distance - 2).tokenType === As && peek(distance - 4).tokenType === Of) return true;
  const head = peek(distance - 2).tokenType === Colon ? distance - 4 : distance - 2;
  return beginsNestedType(cursor, head);
}

/** The kinds of types that MOF 3 allows within classes. */
const NESTED_TYPES: ReadonlySet<string> = new Set(['association', 'enumeration', 'structure']);

/** Whether a type of MOF 3 is declared `distance` ahead: no property has `{` or `:` after its name. */
export function beginsNestedType({ peek }: TokenCursor, distance = 1): boolean {
  if (!NESTED_TYPES.has(peek(distance).image.toLowerCase())) return false;
  const after = peek(distance + 2).tokenType;
  return isName(peek(distance + 1)) && (after === LCurly || after === Colon);
}

/** Whether the brace `distance` ahead follows a sign that comes before a value. */
function opensValue({ peek }: TokenCursor, distance: number): boolean {
  const { tokenType } = peek(distance - 1);
  return [Equals, Comma, LCurly, LParen].includes(tokenType);
}

/** Whether the next token, a `}`, ends a class or an instance of the top level, judged by what follows it. */
function closesProduction(cursor: TokenCursor): boolean {
  const distance = cursor.peek(2).tokenType === Semicolon ? 3 : 2;
  const after = cursor.peek(distance).tokenType;
  return [EOF, LBracket, RCurly, Semicolon].includes(after) || isProductionStart(cursor, distance);
}

const BEGIN_PRODUCTIONS: ReadonlySet<TokenType> = new Set([Class, Instance, Pragma, Qualifier]);

/** How many tokens are searched for the end of a class. */
const MAX_LOOKAHEAD = 2000;

/**
 * Whether the class continues after the next token, a `}`: no production follows, but another brace that can be the end of the
 * class.
 */
export function continuesAfterBrace(cursor: TokenCursor): boolean {
  const { peek } = cursor;
  if (peek(2).tokenType === RCurly) return true;
  let distance = peek(2).tokenType === Semicolon ? 3 : 2;
  const feature = peek(distance).tokenType === LBracket ? afterBrackets(peek, distance) : distance;
  // One brace too many at the end of the class: report the last one.
  if (peek(feature).tokenType === RCurly) return false;
  if (BEGIN_PRODUCTIONS.has(peek(feature).tokenType)) return false;
  let depth = 0;
  for (const end = feature + MAX_LOOKAHEAD; distance < end; distance++) {
    const { tokenType } = peek(distance);
    if (tokenType === EOF) return false;
    if (tokenType === LCurly) depth++;
    else if (tokenType === RCurly && depth-- === 0) return true;
    else if (isProductionStart(cursor, distance) && !opensValue(cursor, distance)) return false;
  }
  return false;
}

/** Whether the next tokens are an `instance of` in the position of a value. */
function isInstanceValue(cursor: TokenCursor): boolean {
  return cursor.peek(1).tokenType === Instance && opensValue(cursor, 1);
}
