/**
 * Token types and what can be done with them, as the build puts them in place of Chevrotain's. Must not know MOF.
 *
 * grammar/engine/ has exactly what the grammar uses of Chevrotain, under the same names; scripts/light-chevrotain.mjs says why.
 */
import { type IToken, type ITokenConfig, type TokenType } from 'chevrotain';

let count = 0;

/** Makes a token type. The types that a keyword belongs to are made before it. */
export function createToken(config: ITokenConfig): TokenType {
  const categories = [config.categories ?? []].flat();
  const type: TokenType = {
    name: config.name,
    tokenTypeIdx: count++,
    categoryMatches: [],
    categoryMatchesMap: {},
    CATEGORIES: categories,
  };
  if (config.label !== undefined) type.LABEL = config.label;
  if (config.pattern !== undefined) type.PATTERN = config.pattern;
  if (config.group !== undefined) type.GROUP = config.group;
  if (config.longer_alt !== undefined) type.LONGER_ALT = config.longer_alt;
  if (config.start_chars_hint !== undefined) type.START_CHARS_HINT = config.start_chars_hint;
  const index = type.tokenTypeIdx ?? 0;
  for (const category of categories) {
    category.categoryMatches?.push(index);
    if (category.categoryMatchesMap !== undefined) category.categoryMatchesMap[index] = true;
  }
  return type;
}

/** What follows the last token. */
export const EOF: TokenType = createToken({ name: 'EOF' });

/** The token before the first one and after the last one. */
export const END_OF_FILE: IToken = Object.freeze({
  image: '',
  startOffset: NaN,
  tokenTypeIdx: EOF.tokenTypeIdx ?? 0,
  tokenType: EOF,
});

/** Whether `token` is of this type, or of one that belongs to it. */
export function tokenMatcher(token: IToken, type: TokenType): boolean {
  return (
    token.tokenTypeIdx === type.tokenTypeIdx ||
    type.categoryMatchesMap?.[token.tokenTypeIdx] === true
  );
}
