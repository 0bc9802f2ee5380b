/** Finds binary MOFs in bytes by their headers. */
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
  /** The end of its present bytes. */
  readonly end: number;
  /** The declared length, with the header. */
  readonly length: number;
  /** Only version 1 is known; others are not read. */
  readonly version: number;
}

/**
 * The binary MOFs in `bytes`, which do not overlap. `limitAt` returns the end of the container of a place, which limits
 * a binary MOF.
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

/** The result for a found binary MOF, with a finding when it is incomplete. */
export function binaryMofOf(
  found: FoundMof,
  bytes: Uint8Array,
  where: Pick<AcpiBinaryMof, 'table' | 'path' | 'place'>,
  findings: AcpiFindings,
): AcpiBinaryMof | undefined {
  const there = found.end - found.start;
  if (found.version !== VERSION) {
    const message = `a binary MOF of the unknown version ${found.version}`;
    findings.add({ kind: 'binary-mof', ...where, message });
    return undefined;
  }
  if (there < Math.max(found.length, HEADER_SIZE + 1)) {
    const message =
      there < HEADER_SIZE
        ? `a binary MOF that is truncated after ${there} bytes, within its header`
        : there < found.length
          ? `a binary MOF of ${found.length} bytes, of which ${there} are there`
          : 'a binary MOF that is a header alone';
    findings.add({ kind: 'binary-mof', ...where, message });
  }
  return { ...where, bytes: bytes.subarray(found.start, found.end) };
}
