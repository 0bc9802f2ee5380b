/** The types of engine.mjs, for the tests and the settings of vitest. */
import { type parse } from '../grammar/index.js';
import { type createLexer } from '../grammar/lexer.js';
import { type MofParser } from '../grammar/parser.js';
import { type commentsOf, type tokensOf } from '../grammar/token-list.js';
import type * as tokens from '../grammar/tokens.js';

interface Grammar {
  readonly parse: typeof parse;
  readonly commentsOf: typeof commentsOf;
  readonly tokensOf: typeof tokensOf;
  readonly createLexer: typeof createLexer;
  readonly MofParser: typeof MofParser;
  readonly tokens: typeof tokens;
}

export function grammarOnChevrotain(root: string): Promise<Grammar>;

export function engineOptions(root: string): Promise<{
  readonly alias: Readonly<Record<string, string>>;
  readonly define: Readonly<Record<string, string>>;
}>;
