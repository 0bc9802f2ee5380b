// The definitions of lexer and parser themselves: chevrotain's validations, which production skips.
import { expect, test } from 'vitest';
import { createLexer } from '../../grammar/lexer.js';
import { MofParser } from '../../grammar/parser.js';

test('the grammar passes the validations of chevrotain', () => {
  expect(() => new MofParser({ skipValidations: false })).not.toThrow();
});

test('the lexer passes the validations of chevrotain', () => {
  expect(createLexer({ skipValidations: false }).lexerDefinitionErrors).toEqual([]);
});
