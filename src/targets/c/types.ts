/**
 * The C spelling of wire types and of the members that have them (docs/spec/layout-and-header.md#types).
 */
import { type DataBlock, type WireItem } from '../../model/model.js';

/** A declaration without its name: `ULONG` and `[4]`. */
export interface CDeclaration {
  readonly type: string;
  /** Nothing for one element. */
  readonly dimensions: string;
}

/** The C name of an embedded class. */
export type StructNameOf = (structure: DataBlock) => string;

const INTEGERS = {
  uint8: 'UCHAR',
  sint8: 'CHAR',
  uint16: 'USHORT',
  sint16: 'SHORT',
  uint32: 'ULONG',
  sint32: 'LONG',
  uint64: 'ULONGLONG',
  sint64: 'LONGLONG',
} as const;

/** The characters of a datetime. */
const DATETIME_LENGTH = 25;

/** One element of the item's type: `WCHAR` and `[25]` for a datetime, the slot of a string with MaxLen. */
export function elementDeclaration(
  { type, count }: WireItem,
  structName: StructNameOf,
): CDeclaration {
  switch (type.kind) {
    case 'boolean':
      return plain('BOOLEAN');
    case 'integer':
      return plain(INTEGERS[type.name]);
    case 'char16':
      return plain('SHORT');
    case 'datetime':
      return { type: 'WCHAR', dimensions: `[${DATETIME_LENGTH}]` };
    case 'string': {
      const isArray = count.kind !== 'scalar';
      if (type.maxLength === undefined) return plain(isArray ? 'WCHAR' : 'CHAR');
      // The one more is the byte count in front, not a terminator.
      return { type: 'WCHAR', dimensions: `[${type.maxLength} + 1]` };
    }
    case 'structure':
      return plain(structName(type.structure));
    default:
      return type satisfies never;
  }
}

/** The item as a member: `UCHAR` and `[8]`; one element is declared where their number varies. */
export function memberDeclaration(item: WireItem, structName: StructNameOf): CDeclaration {
  const element = elementDeclaration(item, structName);
  const { type, count } = item;
  const isUnbounded = count.kind === 'sizedBy' || count.kind === 'rest';
  // Strings that vary are one run of bytes or characters, whatever their number.
  if (type.kind === 'string' && (isUnbounded || type.maxLength === undefined)) {
    return { type: element.type, dimensions: '[1]' };
  }
  switch (count.kind) {
    case 'scalar':
      return element;
    case 'fixed':
      return { type: element.type, dimensions: `[${count.length}]${element.dimensions}` };
    case 'sizedBy':
    case 'rest':
      return { type: element.type, dimensions: `[1]${element.dimensions}` };
    default:
      return count satisfies never;
  }
}

/** `UCHAR Name[8]` */
export function declarator({ type, dimensions }: CDeclaration, name: string): string {
  return `${type} ${name}${dimensions}`;
}

/** `sizeof(UCHAR[8])` */
export function sizeOf({ type, dimensions }: CDeclaration): string {
  return `sizeof(${type}${dimensions})`;
}

function plain(type: string): CDeclaration {
  return { type, dimensions: '' };
}
