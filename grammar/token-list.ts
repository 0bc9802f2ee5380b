/**
 * Lists the tokens and comments of a text in order, for editors that highlight it.
 */
import { type IToken, tokenMatcher } from 'chevrotain';
import { type Span } from '../src/text/span.js';
import { lex } from './lexer.js';
import * as t from './tokens.js';
import { dataTypeOf } from './vocabulary.js';

/**
 * The kind of a token without its context. MOF reserves no word, so a property named `class` is a `keyword` here, and a class
 * named `uint8` a `type`. The syntax tree has the names.
 */
export type TokenKind =
  /** `class`, `as`, `instance`, `of`, `qualifier`, `ref`, `true`, `false`, `null`, `scope`, `flavor`, in any case. */
  | 'keyword'
  /** The name of a data type, such as `uint32`. */
  | 'type'
  /** Any other name. */
  | 'name'
  | 'string'
  | 'char'
  | 'number'
  /** `$Name` */
  | 'alias'
  /** One of `[ ] { } ( ) ; , : =`. */
  | 'punctuation'
  /** `#pragma`, or the whole line of another directive with its continuation lines. */
  | 'directive'
  /** Characters that begin no token, or a comment without an end. */
  | 'unexpected';

/** A token as it is written. */
export interface Token {
  readonly kind: TokenKind;
  /** Offsets in the text that was given, in UTF-16 code units. */
  readonly span: Span;
  readonly text: string;
}

/** A comment with its delimiters. */
export interface Comment {
  readonly kind: 'line' | 'block';
  /** Offsets in the text that was given, in UTF-16 code units. */
  readonly span: Span;
  readonly text: string;
}

/**
 * The tokens of a text as it is written, in order. Macros are not replaced. Never throws. White space, comments and stray
 * line continuations are between the tokens.
 */
export function tokensOf(text: string): readonly Token[] {
  return allTokens(text).map((token) => ({
    kind: kindOf(token),
    span: spanOf(token),
    text: token.image,
  }));
}

/** The comments of a text, in their order. Those within the line of a directive other than `#pragma` belong to that line. */
export function commentsOf(text: string): readonly Comment[] {
  const found: Comment[] = [];
  let from = 0;
  const inGap = (end: number): void => {
    // Between tokens there are only white space, comments and line continuations. The search must end with the gap: a search
    // up to the next comment would read a long text again for each token.
    const gap = text.slice(from, end);
    const comment = /\/\/[^\r\n]*|\/\*/g;
    for (let match = comment.exec(gap); match !== null; match = comment.exec(gap)) {
      const start = match.index;
      const isLine = match[0] !== '/*';
      const stop = isLine ? comment.lastIndex : gap.indexOf('*/', start + 2) + 2;
      found.push({
        kind: isLine ? 'line' : 'block',
        span: { start: from + start, end: from + stop },
        text: gap.slice(start, stop),
      });
      comment.lastIndex = stop;
    }
  };
  for (const token of allTokens(text)) {
    const { start, end } = spanOf(token);
    if (start > from) inGap(start);
    from = end;
  }
  if (text.length > from) inGap(text.length);
  return found;
}

function allTokens(text: string): readonly IToken[] {
  const { tokens, groups } = lex(text);
  const others = Object.values(groups).flat();
  if (others.length === 0) return tokens;
  return [...tokens, ...others].sort((a, b) => a.startOffset - b.startOffset);
}

function spanOf({ startOffset, image }: IToken): Span {
  return { start: startOffset, end: startOffset + image.length };
}

const KINDS: ReadonlyMap<string, TokenKind> = new Map([
  [t.NumberText.name, 'number'],
  [t.CharText.name, 'char'],
  [t.AliasName.name, 'alias'],
  [t.Pragma.name, 'directive'],
  [t.PreprocessorLine.name, 'directive'],
  [t.Unexpected.name, 'unexpected'],
  [t.UnclosedComment.name, 'unexpected'],
]);

function kindOf(token: IToken): TokenKind {
  const known = KINDS.get(token.tokenType.name);
  if (known !== undefined) return known;
  if (token.tokenType === t.Identifier) {
    return dataTypeOf(token.image) === undefined ? 'name' : 'type';
  }
  if (tokenMatcher(token, t.Identifier)) return 'keyword';
  return tokenMatcher(token, t.StringPiece) ? 'string' : 'punctuation';
}
