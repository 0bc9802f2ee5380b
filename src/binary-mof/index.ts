/** Binary MOF: converts between the bytes of a .bmf, its objects, and MOF text. */
import { diagnostic, type Result } from '../diagnostics/diagnostic.js';
import { readContainer, writeContainer } from './container.js';
import { type BinaryMof } from './document.js';
import { type BinaryMofFault, type Reading } from './faults.js';
import { MAX_PAYLOAD } from './limits.js';
import { readPayload } from './payload-reader.js';
import { UnwritableError, writePayload } from './payload-writer.js';

export { toBinaryMof } from './from-mof.js';
export { binaryMofsIn } from './container.js';
export { ROW_LIMITS, withinLimits } from './row-limits.js';
export { isBinaryMof } from './header.js';
export { toMofText } from './to-mof.js';
export { faultText, type Reading } from './faults.js';

/**
 * Reads a .bmf. It never throws.
 *
 * - A value and no fault: `writeBinaryMof` gives these very bytes.
 * - A value and a fault: all was read, but mofcomp would have written other bytes, from the fault's offset on.
 * - No value: the bytes are damaged at the fault's offset.
 */
export function readBinaryMof(bytes: Uint8Array): Reading<BinaryMof> {
  const container = readContainer(bytes);
  if (container.value === undefined) return container;
  const payload = readPayload(container.value);
  if (payload.value === undefined) return payload;
  const { value } = payload;
  // Padding that a payload lacks may make it longer than what may be written otherwise, but never twice as long.
  const written = writePayload(value, 2 * MAX_PAYLOAD);
  const fault =
    differenceOf('payload', container.value, written) ??
    differenceOf('file', bytes, writeContainer(written));
  return fault === undefined ? { value } : { value, fault };
}

/** Writes a .bmf, byte for byte as mofcomp does. */
export function writeBinaryMof(document: BinaryMof): Uint8Array {
  return writeContainer(writePayload(document));
}

/** The bytes of a .bmf, or MOF5001 for a document of the input `name` that is beyond the limits. */
export function boundedBytes(document: BinaryMof, name: string): Result<Uint8Array | undefined> {
  try {
    return { value: writeBinaryMof(document), diagnostics: [] };
  } catch (error) {
    if (!(error instanceof UnwritableError)) throw error;
    const message = `'${name}' cannot be a binary MOF: ${error.message}`;
    return { value: undefined, diagnostics: [diagnostic('MOF5001', undefined, message)] };
  }
}

/** Where bytes begin to differ from those that mofcomp would have written. */
function differenceOf(
  place: BinaryMofFault['place'],
  bytes: Uint8Array,
  written: Uint8Array,
): BinaryMofFault | undefined {
  const most = Math.max(bytes.length, written.length);
  for (let offset = 0; offset < most; offset += 1) {
    if (bytes[offset] === written[offset]) continue;
    const expected = `${byteText(written[offset])}, as mofcomp writes it`;
    return { place, offset, expected, found: byteText(bytes[offset]) };
  }
  return undefined;
}

function byteText(byte: number | undefined): string {
  if (byte === undefined) return 'the end';
  return `the byte 0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
