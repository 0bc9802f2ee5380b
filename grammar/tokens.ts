/**
 * The token types of MOF, in the order in which the lexer tries them.
 *
 * Every keyword is also an `Identifier` (its token category): nothing is reserved in name position.
 * DSP0004 2.x, MOF grammar annex, is the source of the lexical rules; grammar/README.md lists the deviations.
 */
import { createToken, Lexer, type TokenType } from 'chevrotain';
import {
  scanBlockComment,
  scanChar,
  scanLineString,
  scanPreprocessorLine,
  scanString,
} from '../src/text/scanning.js';

/** The groups of tokens that the parser never reads. */
export const UNEXPECTED_GROUP = 'unexpected';
export const PREPROCESSOR_GROUP = 'preprocessor';
export const COMMENT_GROUP = 'unclosedComment';
export const NO_BREAK_GROUP = 'noBreakSpace';

// DSP0004 allows U+0080 to U+FFEF in names. Spec deviation: without the blanks, dashes, quotes and direction marks among
// them, which look like ASCII characters; and U+FEFF is white space (files are joined by plain copying).
const NAME_START =
  'A-Za-z_\\u00A1-\\u167F\\u1681-\\u1FFF\\u2070-\\u2FFF\\u3001-\\uFEFE\\uFF00-\\uFFEF';
export const NAME = `[${NAME_START}][${NAME_START}0-9]*`;

/** White space within a line: space, TAB, FF, VT and BS. */
const BLANKS = ' \\t\\f\\v\\u0008';

/** The characters that no token contains, except for those that may begin one. */
const STRANGE =
  '!%&*<>?@^`|~\\u0000-\\u0007\\u000E-\\u001F\\u007F-\\u009F\\u1680\\u2000-\\u206F\\u3000\\uFFF0-\\uFFFF';

// The lexer tries the patterns whose hints have the next character, so it need not analyse patterns at every start of the
// command line. A hint may have too many characters; the unit test of this file shows that none has too few.

/** All of U+0080 to U+FFFF: the lexer puts characters above U+00FF into groups of more than a hundred. */
const ABOVE_ASCII = [...codes(0x80, 0xff, 1), ...codes(0x100, 0xffff, 0x80), 0xffff];
const LETTERS = [...codes(0x41, 0x5a, 1), ...codes(0x61, 0x7a, 1)];
const DIGITS = codes(0x30, 0x39, 1);

function codes(first: number, last: number, step: number): number[] {
  const found: number[] = [];
  for (let code = first; code <= last; code += step) found.push(code);
  return found;
}

export const Identifier = createToken({
  name: 'Identifier',
  label: 'a name',
  pattern: new RegExp(NAME),
  start_chars_hint: [...LETTERS, '_', ...ABOVE_ASCII],
});

function keyword(word: string): TokenType {
  return createToken({
    name: word,
    label: `'${word.toLowerCase()}'`,
    pattern: new RegExp(word, 'i'),
    start_chars_hint: [word.charAt(0), word.charAt(0).toLowerCase()],
    longer_alt: Identifier,
    categories: Identifier,
  });
}

function punctuation(name: string, character: string): TokenType {
  return createToken({ name, label: `'${character}'`, pattern: character });
}

const WhiteSpace = createToken({
  name: 'WhiteSpace',
  pattern: new RegExp(`[\\r\\n\\uFEFF${BLANKS}]+`),
  start_chars_hint: [...'\r\n\uFEFF \t\f\v\b'],
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** No-break spaces, as in text of web pages: white space, which the lexer reports. */
const NoBreakSpace = createToken({
  name: 'NoBreakSpace',
  pattern: /\u00A0+/,
  start_chars_hint: ['\u00A0'],
  group: NO_BREAK_GROUP,
});

/** A stray line continuation, as in the qualifier lists of preprocessed driver files. */
const LineContinuation = createToken({
  name: 'LineContinuation',
  pattern: new RegExp(`\\\\[${BLANKS}]*(?:\\r\\n|\\n|\\r)`),
  start_chars_hint: ['\\'],
  group: Lexer.SKIPPED,
  line_breaks: true,
});

const LineComment = createToken({
  name: 'LineComment',
  pattern: /\/\/[^\r\n]*/,
  start_chars_hint: ['/'],
  group: Lexer.SKIPPED,
});

const BlockComment = createToken({
  name: 'BlockComment',
  pattern: { exec: scanBlockComment },
  start_chars_hint: ['/'],
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** A block comment without an end: the rest of the text. */
export const UnclosedComment = createToken({
  name: 'UnclosedComment',
  pattern: /\/\*[^]*/,
  start_chars_hint: ['/'],
  group: COMMENT_GROUP,
  line_breaks: true,
});

export const LBracket = punctuation('LBracket', '[');
export const RBracket = punctuation('RBracket', ']');
export const LCurly = punctuation('LCurly', '{');
export const RCurly = punctuation('RCurly', '}');
export const LParen = punctuation('LParen', '(');
export const RParen = punctuation('RParen', ')');
export const Semicolon = punctuation('Semicolon', ';');
export const Comma = punctuation('Comma', ',');
export const Colon = punctuation('Colon', ':');
export const Equals = punctuation('Equals', '=');

export const Pragma = createToken({
  name: 'Pragma',
  label: "'#pragma'",
  pattern: /#[ \t]*pragma(?![A-Za-z0-9_])/i,
  start_chars_hint: ['#'],
});

/** Any other line that begins with `#`, with its continuation lines. */
export const PreprocessorLine = createToken({
  name: 'PreprocessorLine',
  pattern: { exec: scanPreprocessorLine },
  start_chars_hint: ['#'],
  group: PREPROCESSOR_GROUP,
  line_breaks: true,
});

export const StringPiece = createToken({
  name: 'StringPiece',
  label: 'a string',
  pattern: { exec: scanString },
  start_chars_hint: ['"'],
  line_breaks: true,
});

/** A string that ends with its line at the latest; only the lexer mode for texts with unbalanced quotes has it. */
export const LineStringPiece = createToken({
  name: 'LineStringPiece',
  label: 'a string',
  pattern: { exec: scanLineString },
  start_chars_hint: ['"'],
  line_breaks: false,
  categories: StringPiece,
});

export const CharText = createToken({
  name: 'CharText',
  label: 'a character',
  pattern: { exec: scanChar },
  start_chars_hint: ["'"],
  line_breaks: false,
});

/** Anything that begins like a number; literals.ts decides whether it is one. */
export const NumberText = createToken({
  name: 'NumberText',
  label: 'a number',
  pattern: /[+-]?\.?\d[\w.]*(?:(?<=[eE])[+-]\d[\w.]*)?/,
  start_chars_hint: ['+', '-', '.', ...DIGITS],
});

export const AliasName = createToken({
  name: 'AliasName',
  label: 'an alias',
  pattern: new RegExp(`\\$${NAME}`),
  start_chars_hint: ['$'],
});

export const Class = keyword('Class');
export const As = keyword('As');
export const Instance = keyword('Instance');
export const Of = keyword('Of');
export const Qualifier = keyword('Qualifier');
export const Ref = keyword('Ref');
export const True = keyword('True');
export const False = keyword('False');
export const Null = keyword('Null');
export const Scope = keyword('Scope');
export const Flavor = keyword('Flavor');

/** Characters that cannot begin a token; a run of them is one problem. */
export const Unexpected = createToken({
  name: 'Unexpected',
  pattern: new RegExp(`[${STRANGE}]+|[-+./\\\\#$]`),
  start_chars_hint: [...codes(0, 0x1f, 1), ...'!%&*<>?@^`|~-+./\\#$\x7F', ...ABOVE_ASCII],
  group: UNEXPECTED_GROUP,
});

const beforeStrings: TokenType[] = [
  WhiteSpace,
  LineComment,
  BlockComment,
  UnclosedComment,
  LBracket,
  RBracket,
  LCurly,
  RCurly,
  LParen,
  RParen,
  Semicolon,
  Comma,
  Colon,
  Equals,
];
const afterStrings: TokenType[] = [
  NumberText,
  CharText,
  AliasName,
  Class,
  As,
  Instance,
  Of,
  Qualifier,
  Ref,
  True,
  False,
  Null,
  Scope,
  Flavor,
  Identifier,
  Pragma,
  PreprocessorLine,
  LineContinuation,
  NoBreakSpace,
  Unexpected,
];

/** The token types of the lexer, in order. */
export const textTokens: TokenType[] = [...beforeStrings, StringPiece, ...afterStrings];

/** The same for a text with a missing quote: strings end with their lines. */
export const unbalancedTokens: TokenType[] = [...beforeStrings, LineStringPiece, ...afterStrings];

/** Every token type that the parser can read. */
export const parserVocabulary: TokenType[] = [
  ...beforeStrings,
  StringPiece,
  LineStringPiece,
  ...afterStrings,
];
