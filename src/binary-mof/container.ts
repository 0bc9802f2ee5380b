/** The outer layer of a .bmf: its header, then the compressed payload. */
import { compress, decompress, maxDecompressedSize } from './compression.js';
import { fail, failAtLimit, type Reading, readingOf } from './faults.js';
import { HEADER_SIZE, headerOf, isBinaryMof, SIGNATURE, VERSION, viewOf } from './header.js';
import { MAX_CHOICE, MAX_PAYLOAD } from './limits.js';

/**
 * The binary MOFs of a file that has several in a row, by the sizes that they declare, at most MAX_CHOICE. What follows
 * the last one stays with it, so that reading that reports it.
 */
export function binaryMofsIn(bytes: Uint8Array): readonly Uint8Array[] {
  const found: Uint8Array[] = [];
  let rest = bytes;
  while (isBinaryMof(rest) && found.length < MAX_CHOICE - 1) {
    const { compressedSize } = headerOf(rest);
    if (compressedSize === undefined) break;
    const end = HEADER_SIZE + compressedSize;
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
  if (!isBinaryMof(bytes)) {
    fail('file', 0, '"FOMB", the start of a binary MOF', startText(bytes));
  }
  const { version, compressedSize, size } = headerOf(bytes);
  if (version === undefined || compressedSize === undefined || size === undefined) {
    fail('file', bytes.length, `a header of ${HEADER_SIZE} bytes`, `the end`);
  }
  if (version !== VERSION) fail('file', 4, `version ${VERSION}`, version);
  const room = bytes.length - HEADER_SIZE;
  if (compressedSize > room) {
    fail('file', 8, `a compressed size of at most ${room} bytes, to the end`, compressedSize);
  }
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

function startText(bytes: Uint8Array): string {
  if (bytes.length === 0) return 'an empty file';
  const start = [...bytes.subarray(0, 4)].map((byte) => byte.toString(16).padStart(2, '0'));
  return start.join(' ').toUpperCase();
}
