/** Finds where reading resumes after AML that cannot be read. */
import { firstSegment, isSegment, packageLength } from './lexical.js';
import { EXTENDED } from './operators.js';

/** The next byte from which a declaration may begin: Name, or Scope, Method or Device with a length that fits. Else `end`. */
export function nextDeclaration(bytes: Uint8Array, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const code = bytes[at];
    if (code === 0x08 && isSegment(bytes, at + 1, end)) return at;
    const isDevice = code === EXTENDED && bytes[at + 1] === 0x82;
    if (!isDevice && code !== 0x10 && code !== 0x14) continue;
    const lengthAt = isDevice ? at + 2 : at + 1;
    const { following, length } = packageLength(bytes, lengthAt);
    const nameAt = firstSegment(bytes, lengthAt + 1 + following);
    if (lengthAt + length <= end && isSegment(bytes, nameAt, lengthAt + length)) return at;
  }
  return end;
}
