/**
 * Prints values of generated types as JSON. It knows their JavaScript types, but no block.
 */

/**
 * `JSON.stringify` for data of any block: a 64-bit item is a string of decimal digits, since a JSON number is exact up to
 * 2^53 only; an array of bytes is an array of numbers. `indent` is the number of spaces for each level.
 */
export function toJson(value: object, indent?: number): string {
  return JSON.stringify(value, plainValue, indent);
}

/** `this` is what has the property: a Buffer of Node's has been converted to an object by now, by a method of its own. */
function plainValue(this: unknown, name: string, value: unknown): unknown {
  const own = (this as Readonly<Record<string, unknown>>)[name];
  if (own instanceof Uint8Array) return Array.from(own);
  return typeof value === 'bigint' ? String(value) : value;
}
