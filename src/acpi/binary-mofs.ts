/**
 * Finds binary MOFs in bytes by how each begins. It must not know what a binary MOF holds, nor what is around it.
 */
import {
  HEADER_SIZE,
  headerOf,
  indexOfBinaryMof,
  SIGNATURE_SIZE,
  VERSION,
} from '../binary-mof/header.js';
import { type AcpiBinaryMof, type AcpiFindings } from './facts.js';

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
  let start = indexOfBinaryMof(bytes, 0);
  while (start >= 0) {
    const limit = Math.min(bytes.length, limitAt(start));
    const { version = VERSION, compressedSize = 0 } = headerOf(bytes.subarray(start, limit));
    const length = HEADER_SIZE + compressedSize;
    const end = version === VERSION ? Math.min(start + length, limit) : start;
    found.push({ start, end, length, version });
    start = indexOfBinaryMof(bytes, Math.max(end, start + SIGNATURE_SIZE));
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
  if (found.version !== VERSION) {
    const message = `a binary MOF of version ${found.version}, which is not known`;
    findings.add({ kind: 'binary-mof', ...where, message });
    return undefined;
  }
  if (there < Math.max(found.length, HEADER_SIZE + 1)) {
    const message =
      there < HEADER_SIZE
        ? `a binary MOF that is cut off after ${there} bytes, within its header`
        : `a binary MOF of ${found.length} bytes, of which ${there} are there`;
    findings.add({ kind: 'binary-mof', ...where, message });
  }
  return { ...where, bytes: bytes.subarray(found.start, found.end) };
}
