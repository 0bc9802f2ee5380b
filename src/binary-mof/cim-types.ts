/** The types of declared properties and parameters: the text of CIMTYPE, and the type of a record without a value. */
import { nameKey } from '../text/name-key.js';
import { type TypeReference } from '../../grammar/ast.js';
import { type SourceFile } from '../text/source-file.js';
import { type BinaryType } from './document.js';

/** A type keeps the author's spelling; mofcomp itself writes `object:` for `Class Name` and `ref:` for `Class ref Name`. */
export function cimTypeText(type: TypeReference, { text }: SourceFile): string {
  switch (type.kind) {
    case 'DataType': {
      const written = text.slice(type.span.start, type.span.end);
      const word = written.slice(0, type.name.length);
      // A placeholder type, such as one that the parser repaired, counts as the type that was understood.
      const spelled = nameKey(word) === type.name ? word : type.name;
      return type.objectClass === undefined ? spelled : `${spelled}:${type.objectClass.name}`;
    }
    case 'ClassType':
      return `object:${type.name.name}`;
    case 'ReferenceType':
      return isAnyObject(type.name.name) ? 'ref' : `ref:${type.name.name}`;
    default:
      return type satisfies never;
  }
}

/** The type of a record that has no value. */
export function declaredType(type: TypeReference): BinaryType {
  switch (type.kind) {
    case 'DataType':
      return type.name;
    case 'ClassType':
      return 'object';
    case 'ReferenceType':
      return 'ref';
    default:
      return type satisfies never;
  }
}

/** The type that literals of a declared type have. */
export function literalType(type: TypeReference): BinaryType {
  return LITERALS[declaredType(type)];
}

const LITERALS: Readonly<Record<BinaryType, BinaryType>> = {
  void: 'string',
  sint8: 'sint32',
  uint8: 'sint32',
  sint16: 'sint32',
  uint16: 'sint32',
  sint32: 'sint32',
  uint32: 'sint32',
  sint64: 'sint32',
  uint64: 'sint32',
  real32: 'real64',
  real64: 'real64',
  boolean: 'boolean',
  char16: 'sint16',
  string: 'string',
  datetime: 'string',
  ref: 'string',
  alias: 'alias',
  object: 'object',
};

/** `object ref Name` names no class. */
function isAnyObject(name: string): boolean {
  return nameKey(name) === 'object';
}
