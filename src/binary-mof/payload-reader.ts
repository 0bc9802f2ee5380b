/**
 * Reads a payload's objects. Lengths and offsets are checked: each part must lie within its container, in the order of writing,
 * so that no byte is read twice.
 */
import { SIGNATURE, viewOf } from './header.js';
import {
  ARRAY_TYPE,
  type BinaryMof,
  type BinaryObject,
  type BinaryProperty,
  type BinaryQualifier,
  type BinaryScalar,
  type BinaryType,
  type TypedValue,
} from './document.js';
import { fail, failAtLimit, type Reading, readingOf } from './faults.js';
import {
  ABSENT,
  ARRAY_HEADER,
  FLAVOR_ENTRY,
  FLAVOR_HEADER,
  FLAVOR_SIGNATURE,
  KINDS,
  LIST_HEADER,
  OBJECT_HEADER,
  PAYLOAD_HEADER,
  PROPERTY_HEADER,
  QUALIFIER_HEADER,
  ROW_START,
  TYPE_NAMES,
} from './layout.js';
import { MAX_DEPTH, MAX_PARTS, PARTS } from './limits.js';
import { SCALARS, TEXT_TYPES } from './scalar-types.js';

/** Reads the objects of a payload. Padding and other bytes that no offset reaches are ignored. */
export function readPayload(bytes: Uint8Array): Reading<BinaryMof> {
  return readingOf(() => new PayloadReader(bytes).read());
}

/** The parts of a payload, as MAX_PARTS counts them; of a damaged one those before the damage. */
export function countParts(bytes: Uint8Array): number {
  const reader = new PayloadReader(bytes);
  readingOf(() => reader.read());
  return reader.parts;
}

/** A part of the payload: from `at` to `end`. */
interface Extent {
  readonly at: number;
  readonly end: number;
}

/** Code units to make a string of at once. */
const TEXT_PIECE = 4096;
const LINE_END = 0x0a;

class PayloadReader {
  readonly #view: DataView;
  /** By the offset of their qualifier; entries are deleted when it is read. */
  readonly #flavors = new Map<number, { readonly flavor: number; readonly entry: number }>();
  #depth = 0;
  /** So far, as MAX_PARTS counts them. */
  parts = 0;

  constructor(private readonly bytes: Uint8Array) {
    this.#view = viewOf(bytes);
  }

  read(): BinaryMof {
    const size = this.bytes.length;
    if (size < PAYLOAD_HEADER) {
      fail('payload', size, `a header of ${PAYLOAD_HEADER} bytes`, 'the end of the payload');
    }
    this.#expect(0, SIGNATURE, '"FOMB" (0x424D4F46)');
    const end = this.#u32(4);
    if (end < PAYLOAD_HEADER || end > size) {
      fail('payload', 4, `a length of objects of ${PAYLOAD_HEADER} to ${size} bytes`, end);
    }
    this.#expect(8, 1, '1');
    this.#expect(12, 1, '1');
    this.#readFlavors(end);
    const count = this.#u32(16);
    const objects: BinaryObject[] = [];
    let at = PAYLOAD_HEADER;
    for (let index = 0; index < count; index += 1) {
      const extent = this.#extent(at, end, OBJECT_HEADER, `object ${index + 1} of ${count}`);
      objects.push(this.#readObject(extent));
      at = extent.end;
    }
    if (at !== end) fail('payload', at, `the end of the ${count} objects`, `${end - at} bytes`);
    for (const [offset, { entry }] of this.#flavors) {
      fail('payload', entry, 'the offset of a qualifier', offset);
    }
    return { objects };
  }

  #readFlavors(at: number): void {
    const { bytes } = this;
    if (at === bytes.length) return;
    const isTable =
      bytes.length - at >= FLAVOR_HEADER &&
      String.fromCharCode(...bytes.subarray(at, at + FLAVOR_SIGNATURE.length)) === FLAVOR_SIGNATURE;
    if (!isTable) fail('payload', at, `"${FLAVOR_SIGNATURE}" and a count`, 'other data');
    const countAt = at + FLAVOR_SIGNATURE.length;
    const count = this.#u32(countAt);
    const room = bytes.length - at - FLAVOR_HEADER;
    if (count * FLAVOR_ENTRY !== room) {
      const wanted = `the count of flavors in ${room} bytes, ${FLAVOR_ENTRY} bytes each`;
      fail('payload', countAt, wanted, count);
    }
    // Each flavor is of a qualifier, and those are counted too.
    if (count > MAX_PARTS) {
      failAtLimit('payload', countAt, `at most ${MAX_PARTS} flavors of qualifiers`, count);
    }
    for (let entry = at + FLAVOR_HEADER; entry < bytes.length; entry += FLAVOR_ENTRY) {
      const offset = this.#u32(entry);
      if (this.#flavors.has(offset)) {
        fail('payload', entry, 'a qualifier without a flavor so far', offset);
      }
      this.#flavors.set(offset, { flavor: this.#u32(entry + 4), entry });
    }
  }

  #readObject({ at, end }: Extent): BinaryObject {
    this.#countPart(at);
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      failAtLimit('payload', at, `objects nested at most ${MAX_DEPTH} deep`, 'a deeper one');
    }
    const kindNumber = this.#u32(at + 16);
    const kind = KINDS[kindNumber];
    if (kind === undefined) fail('payload', at + 16, '0 (class) or 1 (instance)', kindNumber);
    const rest = new Body(at + OBJECT_HEADER, end);
    const qualifiers = this.#readListAt(at + 4, rest, 'qualifiers', this.#readQualifier);
    const properties = this.#readListAt(at + 8, rest, 'properties', this.#readProperty);
    const methods = this.#readListAt(at + 12, rest, 'methods', this.#readProperty);
    this.#depth -= 1;
    return { kind, qualifiers, properties, methods };
  }

  /** The list whose offset is at `offsetAt`. */
  #readListAt<T>(
    offsetAt: number,
    body: Body,
    what: string,
    readRecord: (this: PayloadReader, at: number, limit: number) => { value: T; end: number },
  ): readonly T[] | undefined {
    const start = this.#place(offsetAt, body, `a list of ${what}`);
    if (start === undefined) return undefined;
    const { at, end } = this.#extent(start, body.end, LIST_HEADER, `a list of ${what}`);
    const count = this.#u32(at + 4);
    const records: T[] = [];
    let next = at + LIST_HEADER;
    for (let index = 0; index < count; index += 1) {
      if (next === end) fail('payload', at + 4, `a count of ${index}, as many ${what}`, count);
      const record = readRecord.call(this, next, end);
      records.push(record.value);
      next = record.end;
    }
    if (next !== end) {
      fail('payload', next, `the end of ${count} ${what}`, `${end - next} bytes more`);
    }
    body.next = end;
    return records;
  }

  #readQualifier(at: number, limit: number): { value: BinaryQualifier; end: number } {
    this.#countPart(at);
    const { end } = this.#extent(at, limit, QUALIFIER_HEADER, 'a qualifier');
    const body = new Body(at + QUALIFIER_HEADER, end);
    const name = this.#readName(at, body);
    const typed = this.#readTyped(at, body);
    const flavor = this.#flavors.get(at)?.flavor ?? 0;
    this.#flavors.delete(at);
    return { value: { name, ...typed, flavor }, end };
  }

  #readProperty(at: number, limit: number): { value: BinaryProperty; end: number } {
    this.#countPart(at);
    const { end } = this.#extent(at, limit, PROPERTY_HEADER, 'a property or method');
    const body = new Body(at + PROPERTY_HEADER, end);
    const name = this.#readName(at, body);
    const typed = this.#readTyped(at, body);
    const qualifiers = this.#readListAt(at + 16, body, 'qualifiers', this.#readQualifier);
    return { value: { name, ...typed, qualifiers }, end };
  }

  #readName(record: number, body: Body): string {
    const at = this.#place(record + 8, body, 'a name');
    if (at === undefined) fail('payload', record + 8, 'the offset of a name', 'none (0xFFFFFFFF)');
    const { text, end } = this.#readText(at, body.end, 'a name');
    body.next = end;
    return text;
  }

  #readTyped(record: number, body: Body): TypedValue {
    const number = this.#u32(record + 4);
    const isArray = (number & ARRAY_TYPE) !== 0;
    // As an unsigned number, whatever the highest bit.
    const type = TYPE_NAMES.get((number & ~ARRAY_TYPE) >>> 0);
    if (type === undefined) {
      fail('payload', record + 4, 'the number of a type', `0x${number.toString(16).toUpperCase()}`);
    }
    const at = this.#place(record + 12, body, 'a value');
    if (at === undefined) return { type, isArray, value: undefined };
    if (type === 'void') fail('payload', record + 12, 'no value of type void', 'one');
    if (!isArray) {
      const { value, end } = this.#readScalar(type, at, body.end);
      body.next = end;
      return { type, isArray, value };
    }
    const extent = this.#extent(at, body.end, ARRAY_HEADER, 'an array');
    body.next = extent.end;
    return { type, isArray, value: this.#readArray(type, extent) };
  }

  #readArray(type: BinaryType, { at, end }: Extent): readonly BinaryScalar[] {
    this.#expect(at + 4, 1, '1, the rows of an array');
    const row = this.#u32(at + ROW_START);
    const wanted = end - at - ROW_START;
    if (row !== wanted) fail('payload', at + ROW_START, `a row of ${wanted} bytes`, row);
    const count = this.#u32(at + 8);
    const elements: BinaryScalar[] = [];
    let next = at + ARRAY_HEADER;
    for (let index = 0; index < count; index += 1) {
      if (next === end) fail('payload', at + 8, `a count of ${index}, as many elements`, count);
      // An object counts itself.
      if (type !== 'object') this.#countPart(next);
      const element = this.#readScalar(type, next, end);
      elements.push(element.value);
      next = element.end;
    }
    return elements;
  }

  #readScalar(type: BinaryType, at: number, limit: number): { value: BinaryScalar; end: number } {
    if (type === 'object') {
      const extent = this.#extent(at, limit, OBJECT_HEADER, 'an object');
      return { value: this.#readObject(extent), end: extent.end };
    }
    if (TEXT_TYPES.has(type)) {
      const { text, end } = this.#readText(at, limit, `a ${type}`);
      return { value: text, end };
    }
    const scalar = SCALARS[type];
    if (scalar === undefined) fail('payload', at, 'a type that has values', type);
    const end = at + scalar.size;
    if (end > limit) {
      fail('payload', at, `a ${type} of ${scalar.size} bytes`, `${limit - at} bytes`);
    }
    return { value: scalar.read(this.#view, at), end };
  }

  /** Text up to a NUL. */
  #readText(at: number, limit: number, what: string): { text: string; end: number } {
    let text = '';
    let units: number[] = [];
    for (let next = at; next + 2 <= limit; next += 2) {
      const unit = this.#view.getUint16(next, true);
      if (unit === 0) return { text: text + String.fromCharCode(...units), end: next + 2 };
      if (unit === LINE_END) this.#countPart(next);
      if (units.push(unit) === TEXT_PIECE) {
        text += String.fromCharCode(...units);
        units = [];
      }
    }
    return fail('payload', at, `${what} that ends within ${limit - at} bytes`, 'no end');
  }

  /** Where the part begins whose offset is at `offsetAt`; undefined when there is none. */
  #place(offsetAt: number, body: Body, what: string): number | undefined {
    const offset = this.#u32(offsetAt);
    if (offset === ABSENT) return undefined;
    const least = body.next - body.start;
    const most = body.end - body.start;
    if (offset < least || offset > most) {
      fail('payload', offsetAt, `the offset of ${what}, ${least} to ${most}`, offset);
    }
    return body.start + offset;
  }

  /** A part that begins with its own length. */
  #extent(at: number, limit: number, header: number, what: string): Extent {
    const room = limit - at;
    if (room < header) {
      fail('payload', at, `${what}, of at least ${header} bytes`, `${room} bytes`);
    }
    const length = this.#u32(at);
    if (length < header || length > room) {
      fail('payload', at, `the length of ${what}, ${header} to ${room} bytes`, length);
    }
    return { at, end: at + length };
  }

  #countPart(at: number): void {
    this.parts += 1;
    if (this.parts > MAX_PARTS) {
      failAtLimit('payload', at, `at most ${MAX_PARTS} ${PARTS}`, 'one more');
    }
  }

  #expect(at: number, wanted: number, what: string): void {
    const found = this.#u32(at);
    if (found !== wanted) fail('payload', at, what, `0x${found.toString(16).toUpperCase()}`);
  }

  #u32(at: number): number {
    return this.#view.getUint32(at, true);
  }
}

/** The part of a record after its header, and the read position. */
class Body {
  next: number;

  constructor(
    readonly start: number,
    readonly end: number,
  ) {
    this.next = start;
  }
}
