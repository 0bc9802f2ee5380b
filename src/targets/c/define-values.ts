/**
 * The constants of an item's DefineValues (docs/spec/layout-and-header.md#values), before any is named.
 */
import { bitNumberReader, parseInteger } from '../../model/documentation.js';
import { type QualifierSet } from '../../model/model.js';
import { texts } from '../../model/qualifiers.js';

/** One entry of DefineValues. */
export interface DefinedValue {
  /** As it is written. */
  readonly name: string;
  /** As C spells it; `undefined` when the map gives no integer that C can hold. */
  readonly value: string | undefined;
  /** The entry of the map, or the place counted from 0. */
  readonly mapped: string;
  /** From Values: the text for people. */
  readonly label: string | undefined;
}

/**
 * DefineValues with ValueMap. Without one, with a BitMap the names are masks of its bits, and else they count from 0; what
 * has no entry in the map has no value.
 */
export function definedValues(qualifiers: QualifierSet): readonly DefinedValue[] {
  const names = texts(qualifiers, 'DefineValues') ?? [];
  const labels = texts(qualifiers, 'Values') ?? [];
  const map = texts(qualifiers, 'ValueMap');
  const bits = map === undefined ? texts(qualifiers, 'BitMap') : undefined;
  const bitNumber = bitNumberReader(bits ?? []);
  return names.map((name, index) => {
    const mapped = map?.[index] ?? bits?.[index];
    const label = labels[index];
    if (mapped === undefined) {
      const counted = map === undefined && bits === undefined;
      return { name, value: counted ? String(index) : undefined, mapped: String(index), label };
    }
    const value = bits === undefined ? parseInteger(mapped) : maskOf(bitNumber(mapped));
    return { name, value: value === undefined ? undefined : cInteger(value), mapped, label };
  });
}

function maskOf(bit: bigint | undefined): bigint | undefined {
  return bit === undefined || bit < 0n || bit > 63n ? undefined : 1n << bit;
}

/** A C constant of that value, decimal; `undefined` when no type of C holds it. */
export function cInteger(value: bigint): string | undefined {
  const limit = 1n << 63n;
  if (value >= 2n * limit || value < -limit) return undefined;
  if (value >= limit) return `${value}ULL`;
  // There is no literal for the lowest one: C negates a positive number.
  return value === -limit ? `(${value + 1n}LL - 1)` : String(value);
}
