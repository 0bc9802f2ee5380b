/**
 * Finds binary MOFs in bytes by how each begins. It must not know what a binary MOF holds, nor what is around it.
 */
import { type AcpiBinaryMof, type AcpiFindings } from './facts.js';

/** `FOMB`, a version, the size of the compressed part, the size that it expands to. */
const HEADER_SIZE = 16;
const MARK = [0x46, 0x4f, 0x4d, 0x42] as const;

/** A place where a binary MOF begins. */
export interface FoundMof {
  readonly start: number;
  /** The end of what is there of it. */
  readonly end: number;
  /** What it claims to be long, with its header. */
  readonly length: number;
  /** A version other than 1 is not known; nothing is then taken. */
  readonly version: number;
}

/**
 * The binary MOFs in `bytes`, which do not overlap. `limitAt` gives the end of what encloses a place, beyond which a binary MOF
 * cannot reach.
 */
export function findBinaryMofs(
  bytes: Uint8Array,
  limitAt: (start: number) => number = () => bytes.length,
): FoundMof[] {
  const found: FoundMof[] = [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let start = bytes.indexOf(MARK[0]);
  while (start >= 0) {
    let next = start + 1;
    if (MARK.every((byte, index) => bytes[start + index] === byte)) {
      const limit = Math.min(bytes.length, limitAt(start));
      const version = start + 8 <= limit ? view.getUint32(start + 4, true) : 1;
      const length = HEADER_SIZE + (start + 12 <= limit ? view.getUint32(start + 8, true) : 0);
      const end = version === 1 ? Math.min(start + length, limit) : start;
      found.push({ start, end, length, version });
      next = Math.max(end, start + MARK.length);
    }
    start = bytes.indexOf(MARK[0], next);
  }
  return found;
}

/** What was found as a binary MOF of the result, with a finding when it is not whole. */
export function binaryMofOf(
  found: FoundMof,
  bytes: Uint8Array,
  where: Pick<AcpiBinaryMof, 'table' | 'path' | 'place'>,
  findings: AcpiFindings,
): AcpiBinaryMof | undefined {
  const there = found.end - found.start;
  if (found.version !== 1) {
    const message = `a binary MOF of version ${found.version}, which is not known`;
    findings.add({ kind: 'binary-mof', ...where, message });
    return undefined;
  }
  if (there < Math.max(found.length, HEADER_SIZE + 1)) {
    const message = `a binary MOF of ${found.length} bytes, of which ${there} are there`;
    findings.add({ kind: 'binary-mof', ...where, message });
  }
  return { ...where, bytes: bytes.subarray(found.start, found.end) };
}
