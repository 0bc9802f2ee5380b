/**
 * Limits the binary MOFs of one file that are read together to the limits of a single one, so that repeating the largest one
 * takes no more memory.
 */
import { readContainer } from './container.js';
import { headerOf } from './header.js';
import { MAX_PARTS, MAX_PAYLOAD, MAX_ROW, PARTS } from './limits.js';
import { countParts } from './payload-reader.js';

/** The limits of `withinLimits`, for messages. */
export const ROW_LIMITS = `${MAX_ROW} binary MOFs, ${MAX_PAYLOAD} bytes of payload, or ${MAX_PARTS} ${PARTS}`;

/**
 * The number of binary MOFs, from the first, that are read together. The first always is, since its own limits apply to it. A damaged
 * one counts with the size that it declares, unless that is beyond the limits by itself, and with its parts before the damage.
 */
export function withinLimits(row: readonly Uint8Array[]): number {
  if (row.length === 1) return 1;
  let size = 0;
  let parts = 0;
  for (const [index, bytes] of row.entries()) {
    const { size: declared = 0 } = headerOf(bytes);
    if (declared <= MAX_PAYLOAD) size += declared;
    if (index > 0 && (index >= MAX_ROW || size > MAX_PAYLOAD)) return index;
    const payload = readContainer(bytes).value;
    if (payload !== undefined) parts += countParts(payload);
    if (index > 0 && parts > MAX_PARTS) return index;
  }
  return row.length;
}
