/** Formats declared types, and describes how the types of two declarations differ. */
import { nameKey } from '../text/name-key.js';
import { type ArraySuffix, type TypeReference } from '../../grammar/ast.js';

/** The type of a declared property or parameter. */
export interface DeclaredShape {
  readonly type: TypeReference;
  readonly array: ArraySuffix | undefined;
}

/** The type as written. */
export function typeWords(type: TypeReference): string {
  switch (type.kind) {
    case 'DataType':
      return type.objectClass === undefined ? type.name : `${type.name}:${type.objectClass.name}`;
    case 'ClassType':
      return type.name.name;
    case 'ReferenceType':
      return `${type.name.name} ref`;
    default:
      return type satisfies never;
  }
}

/** `another type (uint16 instead of uint8)`, or `undefined` when the two are equal, ignoring case. */
export function typeDifference(now: TypeReference, before: TypeReference): string | undefined {
  const [after, earlier] = [typeWords(now), typeWords(before)];
  if (now.kind === before.kind && nameKey(after) === nameKey(earlier)) return undefined;
  return `another type (${after} instead of ${earlier})`;
}

/** The same; an array of a type differs from the type. */
export function cimTypeDifference(now: DeclaredShape, before: DeclaredShape): string | undefined {
  const type = typeDifference(now.type, before.type);
  if (type !== undefined) return type;
  const [after, earlier] = [now.array, before.array].map((each) =>
    each === undefined ? 'no array' : 'array',
  );
  return after === earlier ? undefined : `another type (${after} instead of ${earlier})`;
}

/** The same for type and brackets. */
export function shapeDifference(now: DeclaredShape, before: DeclaredShape): string | undefined {
  const type = typeDifference(now.type, before.type);
  if (type !== undefined) return type;
  const [after, earlier] = [arrayWords(now.array), arrayWords(before.array)];
  return after === earlier ? undefined : `another length (${after} instead of ${earlier})`;
}

function arrayWords(array: ArraySuffix | undefined): string {
  return array === undefined ? 'no array' : `[${array.length ?? ''}]`;
}
