/**
 * Token types, tokens, and whether they match.
 */

/** Returns the text at `offset` that the token has, or null. */
type Matcher = (text: string, offset: number) => readonly [string] | null;

/** The definition of a token type. */
export interface TokenConfig {
  readonly name: string;
  readonly label?: string;
  readonly pattern: string | RegExp | { readonly exec: Matcher };
  /** The characters, or their codes, that a match may begin with. A pattern that is a string does not need it. */
  readonly start_chars_hint?: readonly (string | number)[];
  /** A type that is tried as well when this one matches; the longer match wins. */
  readonly longer_alt?: TokenType;
  /** A type that tokens of this one match as well. */
  readonly categories?: TokenType;
  /** Where the lexer puts tokens that the parser does not read. */
  readonly group?: string;
  /** Required by Chevrotain to count lines; not used here. */
  readonly line_breaks?: boolean;
}

export interface TokenType {
  readonly name: string;
  readonly LABEL?: string;
  /** Unique among the token types. */
  readonly tokenTypeIdx: number;
  readonly config?: TokenConfig;
  /** The types that this one is a category of, by their `tokenTypeIdx`. */
  readonly members: Set<number>;
}

export interface IToken {
  image: string;
  startOffset: number;
  readonly tokenTypeIdx: number;
  readonly tokenType: TokenType;
  payload?: unknown;
}

let count = 0;

export function createToken(config: TokenConfig): TokenType {
  const { name, label } = config;
  const tokenTypeIdx = count++;
  config.categories?.members.add(tokenTypeIdx);
  return { name, LABEL: label ?? name, tokenTypeIdx, config, members: new Set() };
}

/** The type of the end of the text. */
export const EOF: TokenType = { name: 'EOF', tokenTypeIdx: count++, members: new Set() };

/** Creates a token; the other positions, which Chevrotain takes, are ignored. */
export function createTokenInstance(
  tokenType: TokenType,
  image: string,
  startOffset: number,
  ...others: readonly number[]
): IToken;
export function createTokenInstance(tokenType: TokenType, image: string, startOffset: number) {
  return { image, startOffset, tokenTypeIdx: tokenType.tokenTypeIdx, tokenType };
}

/** The token before the first one and after the last one. */
export const END_OF_FILE: IToken = Object.freeze(createTokenInstance(EOF, '', NaN));

/** Whether `token` is of this type, or of one in this category. */
export function tokenMatcher({ tokenTypeIdx }: IToken, type: TokenType): boolean {
  return tokenTypeIdx === type.tokenTypeIdx || type.members.has(tokenTypeIdx);
}
