/**
 * The types of items with a ValueMap, whose values have names.
 */

/** The values of a const object, as a union: `ValueOf<typeof SmartFanModeValues>`. */
export type ValueOf<Values> = Values[keyof Values];

/**
 * A value that the MOF does not name, typed as a named one: `unlistedValue(0)`. The wire carries every value of the
 * item's type, listed in the ValueMap or not.
 */
export function unlistedValue<Value extends bigint | number | string>(
  value: Value extends number ? number : Value extends bigint ? bigint : string,
): Value {
  return value as unknown as Value;
}
