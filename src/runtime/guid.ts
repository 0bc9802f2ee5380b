/**
 * Converts GUIDs between text and their sixteen bytes.
 */

/** The all-zero GUID (GUID_NULL), in registry form. */
export const GUID_NULL = '00000000-0000-0000-0000-000000000000';

/** The number of bytes of a GUID on the wire. */
export const GUID_SIZE = 16;

const registryForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Parses a GUID in registry form, in any case, with or without one pair of braces. Returns it in lower case without
 * braces, or `undefined` for any other text.
 */
export function parseGuid(text: string): string | undefined {
  const braced = text.startsWith('{') && text.endsWith('}');
  const plain = (braced ? text.slice(1, -1) : text).toLowerCase();
  return registryForm.test(plain) ? plain : undefined;
}

/** The position in the registry form of each wire byte's two digits: the first three fields are little-endian. */
const digitPositions = [6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34] as const;

/** Writes a GUID (registry form, lower case, no braces) as sixteen bytes, mixed-endian as in guiddef.h. */
export function writeGuid(guid: string, memory: Uint8Array, offset: number): void {
  for (const [index, position] of digitPositions.entries()) {
    memory[offset + index] = Number.parseInt(guid.slice(position, position + 2), 16);
  }
}

/** The sixteen wire bytes of a GUID in registry form, lower case, no braces. */
export function guidToBytes(guid: string): Uint8Array {
  const bytes = new Uint8Array(GUID_SIZE);
  writeGuid(guid, bytes, 0);
  return bytes;
}

/** The two hexadecimal digits of each byte value. */
const digits: readonly string[] = Array.from({ length: 256 }, (_, byte) =>
  byte.toString(16).padStart(2, '0'),
);

/** Reads the sixteen bytes at `offset` as a GUID in lower-case registry form; missing bytes read as zero. */
export function readGuid(memory: Uint8Array, offset: number): string {
  const at = (index: number): string => digits[memory[offset + index] ?? 0] ?? '';
  const tail = at(10) + at(11) + at(12) + at(13) + at(14) + at(15);
  return `${at(3)}${at(2)}${at(1)}${at(0)}-${at(5)}${at(4)}-${at(7)}${at(6)}-${at(8)}${at(9)}-${tail}`;
}
