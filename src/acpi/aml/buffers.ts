/** Reads buffers and packages. */
import { type AcpiBuffer } from '../facts.js';
import { type AcpiNode } from '../namespace.js';
import { INTEGER_WIDTHS } from './operators.js';
import { type TableReading } from './reading.js';
import { type Terms } from './terms.js';

/** A buffer, after its operator. */
export function readBuffer(
  reading: TableReading,
  terms: Terms,
  scope: AcpiNode,
  end: number,
): AcpiBuffer | undefined {
  const stop = reading.packageEnd(scope, end);
  if (stop === undefined) return undefined;
  const { bytes } = reading;
  const size = constantSize(bytes, reading.at);
  const isFollowed = terms.term(scope, stop);
  const start = reading.at;
  reading.at = stop;
  // The size of a buffer is an expression, which may be unreadable; reading continues after the buffer.
  if (!isFollowed) {
    reading.unfollowed(scope, start, `the size of a buffer cannot be read: ${reading.reason}`);
    reading.reason = '';
  }
  const contents = isFollowed ? bytes.subarray(start, stop) : bytes.subarray(stop, stop);
  return { bytes: contents, size, place: { offset: start } };
}

/** The value of an integer constant; undefined for any other term. */
function constantSize(bytes: Uint8Array, at: number): number | undefined {
  const code = bytes[at];
  if (code === 0x00 || code === 0x01) return code;
  const width = code === undefined ? undefined : INTEGER_WIDTHS.get(code);
  if (width === undefined) return undefined;
  let value = 0;
  for (let index = width; index > 0; index--) value = value * 256 + (bytes[at + index] ?? 0);
  return value;
}

/** A package, after its operator. */
export function readPackage(
  reading: TableReading,
  terms: Terms,
  scope: AcpiNode,
  end: number,
  isVariable: boolean,
): boolean {
  const stop = reading.packageEnd(scope, end);
  if (stop === undefined) return false;
  const start = reading.at;
  let isFollowed = isVariable ? terms.term(scope, stop) : reading.skip(1, stop);
  // An element that is a name is a reference, not a call.
  while (isFollowed && reading.at < stop) isFollowed = terms.target(scope, stop);
  if (!isFollowed) {
    reading.unfollowed(scope, start, `a package cannot be read to its end: ${reading.reason}`);
    reading.reason = '';
  }
  reading.at = stop;
  return true;
}
