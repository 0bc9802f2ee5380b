/** Writes values. A compiler gives each kind of literal one record type, so a value of another record type has no text. */
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
export { MAX_NESTING } from '../../../grammar/nesting.js';

/** The context of a value. */
export interface Surroundings {
  /** How many brackets are around it. */
  readonly depth: number;
  /** The type of the elements of a list without any. */
  readonly elements: BinaryType;
  readonly writeInstance: WriteInstance;
}

/** The value of a record that has one; `undefined` after a fault. */
export function valueText(
  { type, isArray, value }: TypedValue,
  place: Place,
  surroundings: Surroundings,
): Piece | undefined {
  if (value === undefined) return undefined;
  if (isArray !== isList(value)) {
    place.report(
      isArray ? 'its type is an array, its value is not' : 'its value is an array, its type is not',
    );
    return undefined;
  }
  const { depth, elements, writeInstance } = surroundings;
  if (!isList(value)) {
    if (isInteger(type, value)) return integerText(type, [value], place)?.[0];
    return scalarText(type, value, place, depth, writeInstance);
  }
  if (value.length === 0 && type !== elements) {
    place.report(
      `its value is an empty list of the type ${type}; a compiler writes one of ${elements}`,
    );
    return undefined;
  }
  const items = value.every((each) => isInteger(type, each))
    ? integerText(type, value, place)
    : allOf(
        value.map((each, index) =>
          scalarText(
            type,
            each,
            place.within('element', String(index + 1)),
            depth + 1,
            writeInstance,
          ),
        ),
      );
  return items && braced(items, type !== 'string');
}

function isList(value: TypedValue['value']): value is readonly BinaryScalar[] {
  return Array.isArray(value);
}

function allOf<T>(given: readonly (T | undefined)[]): readonly T[] | undefined {
  const found = given.filter((each) => each !== undefined);
  return found.length === given.length ? found : undefined;
}

/** The types that integers are given by a compiler: the first one that holds all of a list. */
const INTEGERS: ReadonlyMap<BinaryType, readonly [least: bigint, most: bigint]> = new Map([
  ['sint32', [-(2n ** 31n), 2n ** 31n - 1n]],
  ['uint32', [0n, 2n ** 32n - 1n]],
  ['sint64', [-(2n ** 63n), 2n ** 63n - 1n]],
  ['uint64', [0n, 2n ** 64n - 1n]],
]);

function isInteger(type: BinaryType, value: BinaryScalar): value is number | bigint {
  return (
    INTEGERS.has(type) &&
    (typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value)))
  );
}

/** Integers have a text when a compiler gives them the very type that they have. */
function integerText(
  type: BinaryType,
  values: readonly (number | bigint)[],
  place: Place,
): readonly Piece[] | undefined {
  const integers = values.map(BigInt);
  const fits = ([least, most]: readonly [bigint, bigint]): boolean =>
    integers.every((each) => each >= least && each <= most);
  const [first] = Array.from(INTEGERS).find(([, limits]) => fits(limits)) ?? [];
  // No integers at all are a list without elements.
  if (first === type || integers.length === 0) return integers.map((each) => word(String(each)));
  place.report(
    first === undefined
      ? `its value is not of type ${type}`
      : `its value has the type ${type}, where a compiler writes ${first}`,
  );
  return undefined;
}

function scalarText(
  type: BinaryType,
  value: BinaryScalar,
  place: Place,
  depth: number,
  writeInstance: WriteInstance,
): Piece | undefined {
  const mistyped = (): undefined => {
    place.report(`its value is ${shownValue(value)}, which is not of type ${type}`);
  };
  switch (type) {
    case 'boolean':
      return typeof value === 'boolean' ? word(value ? 'TRUE' : 'FALSE') : mistyped();
    case 'string':
      if (typeof value !== 'string') return mistyped();
      if (!value.includes('\0')) return textLiteral(value);
      place.report('it has the character 0, which ends a string in a binary MOF');
      return undefined;
    case 'sint16':
      // The type of a character.
      return typeof value === 'number' && Number.isInteger(value) && Math.abs(value + 0.5) < 0x8000
        ? word(charLiteral(value & 0xffff))
        : mistyped();
    case 'real64': {
      if (typeof value !== 'number') return mistyped();
      const literal = realLiteral(value);
      if (literal !== undefined) return word(literal);
      place.report(`its value is ${value}, which no literal has`);
      return undefined;
    }
    case 'alias':
      if (typeof value !== 'string') return mistyped();
      if (isName(value)) return word(`$${value}`);
      place.report(`its value is the alias '${shownName(value)}', which is not a name`);
      return undefined;
    case 'object':
      return typeof value === 'object' ? writeInstance(value, place, depth) : mistyped();
    case 'sint32':
    case 'uint32':
    case 'sint64':
    case 'uint64':
      return mistyped();
    case 'void':
    case 'real32':
    case 'sint8':
    case 'uint8':
    case 'uint16':
    case 'datetime':
    case 'ref':
    case 'char16':
      place.report(`it has a value of the type ${type}, which has no MOF literal`);
      return undefined;
    default:
      return type satisfies never;
  }
}

function shownValue(value: BinaryScalar): string {
  if (typeof value === 'string') return `the text '${shownName(value)}'`;
  return typeof value === 'object' ? 'an object' : String(value);
}
