/**
 * Prints values of generated types as JSON.
 */

/**
 * `JSON.stringify` for data of any block: a 64-bit item is a string of decimal digits, since a JSON number is exact up to
 * 2^53 only; an array of bytes is an array of numbers. `indent` is the number of spaces for each level.
 */
export function toJson(value: object, indent?: number): string {
  return JSON.stringify(value, plainValue, indent);
}

/** `this` is the object that has the property: by now the `toJSON` method of a Node Buffer has replaced it. */
function plainValue(this: unknown, name: string, value: unknown): unknown {
  const own = (this as Readonly<Record<string, unknown>>)[name];
  if (own instanceof Uint8Array) return Array.from(own);
  return typeof value === 'bigint' ? String(value) : value;
}
