/**
 * The engine that runs the grammar: the part of Chevrotain that the grammar uses, under the same names.
 *
 * The build and the tests put it in place of the package `chevrotain`; scripts/engine.mjs describes how. It starts at once,
 * because Chevrotain has already analysed the grammar. A name, method or option that is missing here does not compile in
 * test/grammar/engine.test.ts.
 */
export { type ILexingResult, Lexer } from './lexer.js';
export {
  EmbeddedActionsParser,
  type IParserErrorMessageProvider,
  isRecognitionException,
  MismatchedTokenException,
} from './parser.js';
export {
  createToken,
  createTokenInstance,
  EOF,
  type IToken,
  tokenMatcher,
  type TokenType,
} from './tokens.js';
