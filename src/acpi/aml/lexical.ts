/** Reads names and lengths (ACPI 6.5, sections 20.2.2 and 20.2.4). */
import { type NameString } from '../namespace.js';

const ROOT = 0x5c;
const PARENT = 0x5e;
const DUAL_NAME = 0x2e;
const MULTI_NAME = 0x2f;

/** Whether a byte can begin a name. */
export function isNameStart(code: number): boolean {
  return isLead(code) || [ROOT, PARENT, DUAL_NAME, MULTI_NAME].includes(code);
}

/** `A` to `Z` and `_`. */
function isLead(code: number): boolean {
  return (code >= 0x41 && code <= 0x5a) || code === 0x5f;
}

/** Whether four bytes are a segment of a name. */
export function isSegment(bytes: Uint8Array, at: number, end: number): boolean {
  if (at + 4 > end || !isLead(bytes[at] ?? 0)) return false;
  for (let index = at + 1; index < at + 4; index++) {
    const code = bytes[index] ?? 0;
    if (!isLead(code) && !(code >= 0x30 && code <= 0x39)) return false;
  }
  return true;
}

export function segmentAt(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at, at + 4));
}

/** A name, or the reason for its absence, with the place after what was read. */
export interface ReadName {
  readonly name: NameString | undefined;
  readonly fault: string | undefined;
  readonly next: number;
}

export function readName(bytes: Uint8Array, start: number, end: number): ReadName {
  let at = start;
  const isAbsolute = bytes[at] === ROOT;
  if (isAbsolute) at++;
  let up = 0;
  while (at < end && bytes[at] === PARENT) {
    at++;
    up++;
  }
  let count = 1;
  if (bytes[at] === 0) {
    at++;
    count = 0;
  } else if (bytes[at] === DUAL_NAME) {
    at++;
    count = 2;
  } else if (bytes[at] === MULTI_NAME) {
    count = bytes[at + 1] ?? 0;
    at += 2;
  }
  const segments: string[] = [];
  for (; count > 0; count--, at += 4) {
    if (!isSegment(bytes, at, end)) {
      return { name: undefined, fault: 'a name is missing', next: at };
    }
    segments.push(segmentAt(bytes, at));
  }
  if (at > end) return { name: undefined, fault: 'a name is truncated', next: at };
  return { name: { isAbsolute, up, segments }, fault: undefined, next: at };
}

/** The place of a name's first segment: after its prefixes. */
export function firstSegment(bytes: Uint8Array, start: number): number {
  let at = start;
  while (bytes[at] === ROOT || bytes[at] === PARENT) at++;
  if (bytes[at] === DUAL_NAME) return at + 1;
  return bytes[at] === MULTI_NAME ? at + 2 : at;
}

/** A package length (ACPI 6.5, 20.2.4): its first byte, how many bytes follow that, and the length, which counts them all. */
export function packageLength(
  bytes: Uint8Array,
  at: number,
): { readonly lead: number; readonly following: number; readonly length: number } {
  const lead = bytes[at] ?? 0;
  const following = lead >> 6;
  let length = following === 0 ? lead & 0x3f : lead & 0x0f;
  for (let index = 1; index <= following; index++) {
    length += (bytes[at + index] ?? 0) * 2 ** (8 * index - 4);
  }
  return { lead, following, length };
}
