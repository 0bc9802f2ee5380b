/**
 * Writes values. A value has no type of its own in MOF text: a compiler gives each kind of literal one record type, so a value of
 * another record type has no text. It must not know what has the value.
 */
import {
  type BinaryObject,
  type BinaryScalar,
  type BinaryType,
  type TypedValue,
} from '../document.js';
import { charLiteral, realLiteral, textLiteral } from './literals.js';
import { isName } from './names.js';
import { braced, type Piece, word } from './pieces.js';
import { type Place, shownName } from './places.js';

/** Writes an embedded instance; `undefined` after a fault. */
export type WriteInstance = (
  object: BinaryObject,
  place: Place,
  depth: number,
) => Piece | undefined;

/** How many brackets a value may be in. */
export { DEEPEST_NESTING } from '../../../grammar/nesting.js';

/** The value of a record that has one; `undefined` after a fault. */
export function valueText(
  { type, isArray, value }: TypedValue,
  place: Place,
  depth: number,
  writeInstance: WriteInstance,
): Piece | undefined {
  if (value === undefined) return undefined;
  if (isArray !== isList(value)) {
    place.report(
      `its value is ${isArray ? 'one value, but its type an array' : 'an array, but its type is none'}`,
    );
    return undefined;
  }
  if (!isList(value)) return scalarText(type, value, place, depth, writeInstance);
  const items: Piece[] = [];
  for (const [index, element] of value.entries()) {
    const inner = place.within('element', String(index + 1));
    const item = scalarText(type, element, inner, depth + 1, writeInstance);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return braced(items, type !== 'string');
}

function isList(value: TypedValue['value']): value is readonly BinaryScalar[] {
  return Array.isArray(value);
}

function scalarText(
  type: BinaryType,
  value: BinaryScalar,
  place: Place,
  depth: number,
  writeInstance: WriteInstance,
): Piece | undefined {
  const mistyped = (): undefined => {
    place.report(`its value is ${shownValue(value)}, which is no ${type}`);
  };
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? word(value ? 'TRUE' : 'FALSE') : mistyped();
    case 'string':
      return typeof value === 'string' ? textLiteral(value) : mistyped();
    case 'sint32':
      return isInteger(value, -0x8000_0000, 0x7fff_ffff) ? word(String(value)) : mistyped();
    case 'sint16':
      // The type of a character.
      return isInteger(value, -0x8000, 0x7fff) ? word(charLiteral(value & 0xffff)) : mistyped();
    case 'real64': {
      if (typeof value !== 'number') return mistyped();
      const literal = realLiteral(value);
      if (literal !== undefined) return word(literal);
      place.report(`its value is ${value}, which no literal has`);
      return undefined;
    }
    case 'alias':
      if (typeof value === 'string' && isName(value)) return word(`$${value}`);
      return typeof value === 'string' ? notAnAlias(value, place) : mistyped();
    case 'object':
      return typeof value === 'object' ? writeInstance(value, place, depth) : mistyped();
    case 'sint64':
    case 'uint64':
    case 'void':
    case 'real32':
    case 'sint8':
    case 'uint8':
    case 'uint16':
    case 'uint32':
    case 'datetime':
    case 'ref':
    case 'char16':
      place.report(`it has a value of the type ${type}, for which MOF text has no literal`);
      return undefined;
    default:
      return type satisfies never;
  }
}

function isInteger(value: BinaryScalar, least: number, most: number): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function notAnAlias(value: string, place: Place): undefined {
  place.report(`its value is the alias '${shownName(value)}', which is no name`);
}

function shownValue(value: BinaryScalar): string {
  if (typeof value === 'string') return `the text '${shownName(value)}'`;
  return typeof value === 'object' ? 'an object' : String(value);
}
