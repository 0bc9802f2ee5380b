/**
 * Builds the small nodes of the syntax tree from tokens.
 */
import { EOF, type IToken } from 'chevrotain';
import {
  type AliasIdentifier,
  type ArraySuffix,
  type Identifier,
  type IntegerLiteral,
  type PropertyDeclaration,
  type Qualifier,
  type RealLiteral,
  type ReferenceDeclaration,
  type TypeReference,
  type Value,
} from './ast.js';
import { type Span } from '../src/text/span.js';
import { type NumberValue } from './literals.js';
import { dataTypeOf } from './vocabulary.js';

/** The beginning of a class feature, which may be a property or a method. */
export interface FeatureHead {
  readonly start: IToken;
  readonly qualifiers: readonly Qualifier[];
  readonly type: TypeReference;
  readonly name: IToken;
}

/** The offset after `token`; 0 for the EOF token before the text. */
export function endOf(token: IToken): number {
  return token.tokenType === EOF ? 0 : token.startOffset + token.image.length;
}

export function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

export function nameNode(token: IToken): Identifier {
  return { kind: 'Identifier', name: token.image, span: spanOf(token) };
}

export function aliasNode(token: IToken): AliasIdentifier {
  return { kind: 'Alias', name: token.image.slice(1), span: spanOf(token) };
}

export function numberNode(token: IToken): IntegerLiteral | RealLiteral {
  // While chevrotain records the grammar, tokens have no payload.
  const number = token.payload as NumberValue | undefined;
  const span = spanOf(token);
  return number?.kind === 'real'
    ? { kind: 'Real', value: number.value, span }
    : { kind: 'Integer', value: number?.value ?? 0n, span };
}

export function typeNode(
  name: IToken,
  isReference: boolean,
  objectClass: Identifier | undefined,
  span: Span,
): TypeReference {
  if (isReference) return { kind: 'ReferenceType', name: nameNode(name), span };
  const dataType = dataTypeOf(name.image);
  return dataType === undefined
    ? { kind: 'ClassType', name: nameNode(name), span }
    : { kind: 'DataType', name: dataType, objectClass, span };
}

export function propertyNode(
  { qualifiers, type, name }: FeatureHead,
  array: ArraySuffix | undefined,
  defaultValue: Value | undefined,
  span: Span,
): PropertyDeclaration | ReferenceDeclaration {
  const rest = { qualifiers, name: nameNode(name), array, defaultValue, span };
  return type.kind === 'ReferenceType'
    ? { kind: 'ReferenceDeclaration', type, ...rest }
    : { kind: 'PropertyDeclaration', type, ...rest };
}
