/**
 * The messages of syntax errors that the parser library finds.
 */
import { type IParserErrorMessageProvider, type IToken, type TokenType, EOF } from 'chevrotain';
import { shortened } from './literals.js';

/** What the name is that a rule expects. */
const NAMES: Readonly<Record<string, string>> = {
  classDeclaration: 'a class name',
  classFeature: 'a property or method name',
  compilerDirective: 'a directive name',
  flavor: 'a flavor',
  instanceDeclaration: 'a class name',
  instanceValue: 'a class name',
  parameter: 'a parameter name',
  qualifier: 'a qualifier name',
  qualifierDeclaration: 'a qualifier name',
  scope: 'a scope',
  type: 'a type',
  valueInitializer: 'a property name',
};

/** The messages of all errors that chevrotain detects. */
export const errorMessages: IParserErrorMessageProvider = {
  buildMismatchTokenMessage: ({ expected, actual, previous, ruleName }) =>
    expectation(nameOf(expected, ruleName), previous, actual),
  buildNotAllInputParsedMessage: ({ firstRedundant }) => `unexpected ${found(firstRedundant)}`,
  buildNoViableAltMessage: ({ actual, previous, customUserDescription }) =>
    expectation(customUserDescription ?? 'something else', previous, actual[0]),
  buildEarlyExitMessage: ({ actual, previous, customUserDescription }) =>
    expectation(customUserDescription ?? 'something else', previous, actual[0]),
};

/** `expected … after '…', found '…'`. */
export function expectation(
  expected: string,
  previous: IToken | undefined,
  actual: IToken | undefined,
): string {
  const place =
    previous === undefined || previous.image === '' ? '' : ` after ${quoted(previous.image)}`;
  return `expected ${expected}${place}, found ${found(actual)}`;
}

/** The text of a token as messages show it. */
export function found(token: IToken | undefined): string {
  return token === undefined || token.tokenType === EOF
    ? 'the end of the text'
    : quoted(token.image);
}

function quoted(image: string): string {
  return image.startsWith('"') || image.startsWith("'")
    ? shortened(image)
    : `'${shortened(image)}'`;
}

function nameOf(expected: TokenType, ruleName: string): string {
  return expected.name === 'Identifier'
    ? (NAMES[ruleName] ?? 'a name')
    : (expected.LABEL ?? expected.name);
}
