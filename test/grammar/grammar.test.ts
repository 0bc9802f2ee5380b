// The definitions of lexer and parser themselves: chevrotain's validations, which production skips.
import { expect, test } from 'vitest';
import { createLexer } from '../../grammar/lexer.js';
import { MofParser } from '../../grammar/parser.js';
import { textTokens, unbalancedTokens } from '../../grammar/tokens.js';

test('the grammar passes the validations of chevrotain', () => {
  expect(() => new MofParser({ skipValidations: false })).not.toThrow();
});

test.each([
  ['a text', textTokens],
  ['a text with a quote missing', unbalancedTokens],
])('the lexer of %s passes the validations of chevrotain', (_what, tokens) => {
  expect(createLexer(tokens, { skipValidations: false }).lexerDefinitionErrors).toEqual([]);
});
