/**
 * Where to go on reading after a syntax error: panic-mode skipping over the tokens of a broken construct.
 *
 * Chevrotain's own recovery re-synchronises at any token that may follow, and in MOF a name may follow nearly
 * everywhere, so one fault would be reported several times. Here a broken feature ends with its semicolon and a broken
 * class with its brace. Must not know how faults are reported.
 */
import { EOF, type IToken, tokenMatcher } from 'chevrotain';
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
  Semicolon,
} from './tokens.js';

/** A place among the tokens that can move forward. */
export interface TokenCursor {
  /** The token `distance` ahead: 1 is the next one, 0 the one before it; an EOF token outside of the text. */
  readonly peek: (distance: number) => IToken;
  readonly skip: () => void;
}

/** Whether `token` can be a name: an identifier or any keyword. */
export function isName(token: IToken): boolean {
  return tokenMatcher(token, Identifier);
}

/**
 * Whether a production of the top level begins `distance` ahead, beyond doubt: no class feature, initializer or
 * qualifier can look like this even though no word is reserved.
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

/** Skips everything that is left. */
export function skipToEnd({ peek, skip }: TokenCursor): void {
  while (peek(1).tokenType !== EOF) skip();
}

/** Skips the production that began at `start`: up to its closing brace or semicolon, or the next production. */
export function skipProduction(cursor: TokenCursor, start: IToken): void {
  const { peek, skip } = cursor;
  const hasBody = [Class, Instance, LBracket].includes(start.tokenType);
  // For each open brace, whether it began a value; such a brace closes no body.
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
      const isMissingBrace = hasBody && !closes;
      if (braces.length > 0 || endsValue === true || isMissingBrace) continue;
      if (peek(1).tokenType === Semicolon) skip();
      return;
    }
    // Without its opening brace a body is skipped as a whole, not only up to its first semicolon.
    if (next.tokenType === Semicolon && braces.length === 0 && !hasBody) return;
  }
}

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
  // For each open brace, whether it opened the body of an embedded instance, in which semicolons are at home.
  const braces: boolean[] = [];
  for (let distance = distanceTo(cursor, start); distance < 1; distance++) {
    const { tokenType } = peek(distance);
    if (tokenType === LCurly) braces.push(opensInstance(cursor, distance));
    else if (tokenType === RCurly) braces.pop();
  }
  for (;;) {
    const next = peek(1);
    if (next.tokenType === EOF) return;
    if (next !== start && isProductionStart(cursor) && !isInstanceValue(cursor)) return;
    if (next.tokenType === LCurly) braces.push(opensInstance(cursor, 1));
    else if (next.tokenType === RCurly) {
      if (braces.length === 0 && closesBody(cursor)) return;
      braces.pop();
    } else if (next.tokenType === Semicolon && braces.at(-1) !== true) {
      skip();
      return;
    }
    skip();
  }
}

/**
 * Goes to the end of a broken qualifier list, when it has one: past its `]`, or to the class that the list belongs to.
 * Otherwise moves nothing and returns false.
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

/** Whether the brace `distance` ahead follows `of Class` or `of Class as $Alias`. */
function opensInstance({ peek }: TokenCursor, distance: number): boolean {
  if (peek(distance - 2).tokenType === Of) return true;
  return peek(distance - 2).tokenType === As && peek(distance - 4).tokenType === Of;
}

/** Whether the brace `distance` ahead follows a sign after which a value stands. */
function opensValue({ peek }: TokenCursor, distance: number): boolean {
  const { tokenType } = peek(distance - 1);
  return [Equals, Comma, LCurly, LParen].includes(tokenType);
}

/** Whether the `}` that comes next ends a class or an instance of the top level, judged by what follows it. */
function closesProduction(cursor: TokenCursor): boolean {
  const distance = cursor.peek(2).tokenType === Semicolon ? 3 : 2;
  const after = cursor.peek(distance).tokenType;
  return [EOF, LBracket, RCurly, Semicolon].includes(after) || isProductionStart(cursor, distance);
}

/** Whether the `instance of` that comes next stands where a value stands. */
function isInstanceValue(cursor: TokenCursor): boolean {
  return cursor.peek(1).tokenType === Instance && opensValue(cursor, 1);
}
