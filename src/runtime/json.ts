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

function plainValue(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value);
  if (value instanceof Uint8Array) return Array.from(value);
  return value;
}
