/** Reads lists of fields, whose units are names in the scope around them. */
import { type AcpiNode } from '../namespace.js';
import { isSegment, segmentAt } from './lexical.js';
import { type TableReading } from './reading.js';
import { type Terms } from './terms.js';

/** A list of fields, after its operator; `operands` are those before the list. */
export function readFields(
  reading: TableReading,
  terms: Terms,
  scope: AcpiNode,
  end: number,
  operands: string,
): boolean {
  const stop = reading.packageEnd(scope, end);
  if (stop === undefined) return false;
  let isFollowed = [...operands].every((operand) => terms.operand(operand, scope, stop));
  while (isFollowed && reading.at < stop) isFollowed = readField(reading, terms, scope, stop);
  if (!isFollowed) {
    const message = `a field cannot be read to its end: ${reading.reason}`;
    reading.unfollowed(scope, reading.at, message);
    reading.reason = '';
  }
  reading.at = stop;
  return true;
}

/** An element of the list: reserved bits, access attributes, a connection, or a unit (ACPI 6.5, section 20.2.5.2). */
function readField(reading: TableReading, terms: Terms, scope: AcpiNode, end: number): boolean {
  const { bytes, at } = reading;
  switch (bytes[at] ?? 0) {
    case 0x00:
      reading.at++;
      return fieldLength(reading, end);
    case 0x01:
      return reading.skip(3, end);
    case 0x02:
      reading.at++;
      return terms.target(scope, end);
    case 0x03:
      return reading.skip(4, end);
    default: {
      if (!isSegment(bytes, at, end)) return reading.fail('a field is missing');
      const unit = { isAbsolute: false, up: 0, segments: [segmentAt(bytes, at)] };
      reading.declare(scope, unit, at, { kind: 'other' });
      reading.at += 4;
      return fieldLength(reading, end);
    }
  }
}

/** A number of bits, which is written as a length of a package is. */
function fieldLength(reading: TableReading, end: number): boolean {
  return reading.skip(1 + ((reading.bytes[reading.at] ?? 0) >> 6), end);
}
