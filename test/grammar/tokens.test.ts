/** The lexer chooses patterns by hints about first characters, which must not hide a token. */
import { type TokenType } from 'chevrotain';
import { expect, test } from 'vitest';
import { grammarOnChevrotain } from '../../scripts/engine.mjs';
import { root } from '../mof-files.js';

// Chevrotain works without hints.
const { createLexer, tokens: types } = await grammarOnChevrotain(root);

/** Texts after a first character, so that each pattern matches one. */
const ENDS =
  `|a|/|*|*/|1|.5|\n|"|'|a'|pragma |lass|s|nstance|f|ualifier|ef|rue|alse|ull|cope|lavor`.split(
    '|',
  );

test.each([
  ['strings over lines', types.textTokens],
  ['strings within lines', types.unbalancedTokens],
])('with %s, hints give the tokens that patterns without hints give', (_title, tokens) => {
  const lexers = [tokens, withoutHints(tokens)].map((each) =>
    createLexer(each, { skipValidations: false }),
  );
  const differing: string[] = [];
  for (let code = 0; code <= 0xffff; code++) {
    for (const end of code < 0x100 ? ENDS : ['a']) {
      const text = String.fromCharCode(code) + end;
      const [hinted, plain] = lexers.map((lexer) => {
        const { tokens: found, groups, errors } = lexer.tokenize(text);
        const all = [found, ...Object.values(groups)].flat();
        return [errors.length, ...all.map(({ tokenType, image }) => [tokenType.name, image])];
      });
      if (JSON.stringify(hinted) !== JSON.stringify(plain)) differing.push(JSON.stringify(text));
    }
  }
  expect(differing).toEqual([]);
});

/** Copies of the tokens, which Chevrotain modifies; those whose pattern is no regular expression need their hint. */
function withoutHints(tokens: readonly TokenType[]): TokenType[] {
  const copies = tokens.map((token) => ({ ...token }));
  for (const copy of copies) {
    if (copy.PATTERN instanceof RegExp) delete copy.START_CHARS_HINT;
    // A word is a name when the name is longer.
    if (copy.LONGER_ALT !== undefined) {
      const longer = copies.find(({ name }) => name === types.Identifier.name);
      if (longer !== undefined) copy.LONGER_ALT = longer;
    }
  }
  return copies;
}
