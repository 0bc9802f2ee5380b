/**
 * The outer layer of a .bmf: a header of 16 bytes, then the compressed payload. It must not know what a payload holds.
 */
import { compress, decompress, maxDecompressedSize } from './compression.js';
import { fail, failAtLimit, type Reading, readingOf } from './faults.js';
import { MAX_PAYLOAD } from './limits.js';

/** "FOMB", as a little-endian number; the payload begins with it too. */
export const SIGNATURE = 0x424d4f46;
const VERSION = 1;
const HEADER_SIZE = 16;

/** Whether bytes begin as a binary MOF does; they may be damaged after that. */
export function isBinaryMof(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && viewOf(bytes).getUint32(0, true) === SIGNATURE;
}

/**
 * The binary MOFs of a file that has several in a row, by the sizes that they declare. What follows the last whole one stays with
 * it, so that reading that reports it.
 */
export function binaryMofsIn(bytes: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  let rest = bytes;
  while (isBinaryMof(rest) && rest.length >= HEADER_SIZE) {
    const end = HEADER_SIZE + viewOf(rest).getUint32(8, true);
    if (!isBinaryMof(rest.subarray(end))) break;
    found.push(rest.subarray(0, end));
    rest = rest.subarray(end);
  }
  return [...found, rest];
}

/** The payload of a .bmf. */
export function readContainer(bytes: Uint8Array): Reading<Uint8Array> {
  const header = readingOf(() => readHeader(bytes));
  if (header.value === undefined) return header;
  const { compressed, size } = header.value;
  const payload = decompress(compressed, size);
  if (payload.fault === undefined) return payload;
  const { fault } = payload;
  return { ...payload, fault: { ...fault, offset: HEADER_SIZE + fault.offset } };
}

function readHeader(bytes: Uint8Array): { readonly compressed: Uint8Array; readonly size: number } {
  const view = viewOf(bytes);
  if (!isBinaryMof(bytes)) {
    fail('file', 0, '"FOMB", the start of a binary MOF', startText(bytes));
  }
  if (bytes.length < HEADER_SIZE) {
    fail('file', bytes.length, `a header of ${HEADER_SIZE} bytes`, `the end of the file`);
  }
  const version = view.getUint32(4, true);
  if (version !== VERSION) fail('file', 4, `version ${VERSION}`, version);
  const compressedSize = view.getUint32(8, true);
  const room = bytes.length - HEADER_SIZE;
  if (compressedSize > room) {
    fail('file', 8, `a compressed size of at most ${room} bytes, to the end`, compressedSize);
  }
  const size = view.getUint32(12, true);
  const most = maxDecompressedSize(compressedSize);
  if (size > most) {
    const wanted = `a decompressed size of at most ${most} bytes, the most in ${compressedSize} compressed`;
    fail('file', 12, wanted, size);
  }
  if (size > MAX_PAYLOAD) {
    failAtLimit('file', 12, `a decompressed size of at most ${MAX_PAYLOAD} bytes`, size);
  }
  return { compressed: bytes.subarray(HEADER_SIZE, HEADER_SIZE + compressedSize), size };
}

/** A .bmf with a payload. */
export function writeContainer(payload: Uint8Array): Uint8Array {
  const compressed = compress(payload);
  const bytes = new Uint8Array(HEADER_SIZE + compressed.length);
  const view = viewOf(bytes);
  view.setUint32(0, SIGNATURE, true);
  view.setUint32(4, VERSION, true);
  view.setUint32(8, compressed.length, true);
  view.setUint32(12, payload.length, true);
  bytes.set(compressed, HEADER_SIZE);
  return bytes;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function startText(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0'));
  return start.join(' ').toUpperCase();
}
