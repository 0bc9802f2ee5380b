/** Turns a CIMTYPE and a record type back into a type as it is declared. The words of CIMTYPE are untrusted text. */
import { nameKey } from '../../text/name-key.js';
import { dataTypeOf } from '../../../grammar/vocabulary.js';
import { type BinaryType } from '../document.js';
import { isName, isPlainClassName } from './names.js';

/** A type as declared, and the record type of what is declared without a value. */
export interface DeclaredType {
  /** `uint32`, `Fan`, `Fan ref` */
  readonly text: string;
  readonly record: BinaryType;
}

/** The type that a compiler gives the elements of a list without any, for what is declared. */
export function elementType(record: BinaryType): BinaryType {
  switch (record) {
    case 'boolean':
    case 'object':
      return record;
    case 'real32':
    case 'real64':
      return 'real64';
    case 'char16':
      return 'sint16';
    case 'string':
    case 'datetime':
    case 'ref':
    case 'void':
    case 'alias':
      return 'string';
    case 'sint8':
    case 'uint8':
    case 'sint16':
    case 'uint16':
    case 'sint32':
    case 'uint32':
    case 'sint64':
    case 'uint64':
      return 'sint32';
    default:
      return record satisfies never;
  }
}

/** `undefined` when no declaration has this CIMTYPE. */
export function declaredType(cimType: string): DeclaredType | undefined {
  const data = dataTypeOf(cimType);
  if (data === 'void') return undefined;
  if (data !== undefined) return { text: cimType, record: data };
  if (cimType === 'ref') return { text: 'object ref', record: 'ref' };
  const [, kind = '', className = ''] = /^([a-z]+):(.*)$/is.exec(cimType) ?? [];
  if (!isName(className)) return undefined;
  if (kind === 'object' && isPlainClassName(className))
    return { text: className, record: 'object' };
  if (nameKey(kind) === 'object') return { text: cimType, record: 'object' };
  if (kind === 'ref' && isPlainClassName(className))
    return { text: `${className} ref`, record: 'ref' };
  return undefined;
}
