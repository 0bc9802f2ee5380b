/** A GUID as the initialiser of a C structure. */

/** `{0x6e9b5b1a, 0x3f0e, 0x4c55, {0x9d, 0x1e, 0x2b, 0x0f, 0x7f, 0x6c, 0x8a, 0x01}}` */
export function guidInitializer(guid: string): string {
  const digits = guid.replaceAll('-', '');
  const hex = (from: number, to: number): string => `0x${digits.slice(from, to)}`;
  const bytes = [16, 18, 20, 22, 24, 26, 28, 30].map((at) => hex(at, at + 2));
  return `{${hex(0, 8)}, ${hex(8, 12)}, ${hex(12, 16)}, {${bytes.join(', ')}}}`;
}
