/**
 * The types of items with a ValueMap, whose values have names. It knows no item.
 */

/** The values of a const object, as a union: `ValueOf<typeof SmartFanModeValues>`. */
export type ValueOf<Values> = Values[keyof Values];

/**
 * A value that the MOF gives no name, as if it had one: `unlistedValue(0)`. The wire carries every value of the item's
 * type, whatever the ValueMap lists.
 */
export function unlistedValue<Value extends bigint | number | string>(
  value: Value extends number ? number : Value extends bigint ? bigint : string,
): Value {
  return value as unknown as Value;
}
