/** Writes a payload as mofcomp does, padding included. */
import { SIGNATURE } from './header.js';
import {
  ARRAY_TYPE,
  BINARY_TYPES,
  type BinaryMof,
  type BinaryObject,
  type BinaryProperty,
  type BinaryQualifier,
  type BinaryScalar,
  type TypedValue,
} from './document.js';
import {
  ABSENT,
  FLAVOR_SIGNATURE,
  KINDS,
  OBJECT_HEADER,
  PROPERTY_HEADER,
  QUALIFIER_HEADER,
  ROW_START,
} from './layout.js';
import { MAX_DEPTH, MAX_PARTS, MAX_PAYLOAD, PARTS } from './limits.js';
import { SCALARS, TEXT_TYPES } from './scalar-types.js';

/** A document that a payload cannot hold. */
export class UnwritableError extends RangeError {}

/**
 * The payload with a document's objects.
 *
 * @throws {UnwritableError} The document holds what a payload cannot: a value that its type has not, a NUL within text, objects
 * nested too deep, or more than fits.
 */
export function writePayload(document: BinaryMof, maxSize = MAX_PAYLOAD): Uint8Array {
  return new PayloadWriter(maxSize).write(document);
}

class PayloadWriter {
  readonly #out: ByteWriter;
  readonly #flavors: { readonly offset: number; readonly flavor: number }[] = [];
  /**
   * Whether names and values are filled up to 4 bytes. The last element of every array turns it on, the others off, for
   * everything up to the next element of any array.
   */
  #pad = true;
  #depth = 0;
  #parts = 0;

  constructor(maxSize: number) {
    this.#out = new ByteWriter(maxSize);
  }

  write({ objects }: BinaryMof): Uint8Array {
    const out = this.#out;
    out.u32(SIGNATURE);
    const length = out.reserve();
    out.u32(1);
    out.u32(1);
    out.u32(objects.length);
    for (const object of objects) this.#writeObject(object);
    out.set(length, out.size);
    if (this.#flavors.length > 0) this.#writeFlavors();
    return out.finish();
  }

  #writeFlavors(): void {
    const out = this.#out;
    for (const character of FLAVOR_SIGNATURE) out.u8(character.charCodeAt(0));
    out.u32(this.#flavors.length);
    for (const { offset, flavor } of this.#flavors) {
      out.u32(offset);
      out.u32(flavor);
    }
  }

  #writeObject({ kind, qualifiers, properties, methods }: BinaryObject): void {
    const out = this.#out;
    this.#countParts(1);
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) {
      throw new UnwritableError(`objects nested more than ${MAX_DEPTH} deep`);
    }
    const start = out.size;
    const length = out.reserve();
    const lists = [out.reserve(), out.reserve(), out.reserve()] as const;
    out.u32(KINDS.indexOf(kind));
    const body = start + OBJECT_HEADER;
    this.#writeList(lists[0], body, qualifiers, this.#writeQualifier);
    this.#writeList(lists[1], body, properties, this.#writeProperty);
    this.#writeList(lists[2], body, methods, this.#writeProperty);
    out.set(length, out.size - start);
    this.#depth -= 1;
  }

  /** Writes a list, if there is one, and its offset to `offsetAt`. */
  #writeList<T>(
    offsetAt: number,
    body: number,
    records: readonly T[] | undefined,
    writeRecord: (this: PayloadWriter, record: T) => void,
  ): void {
    const out = this.#out;
    if (records === undefined) {
      out.set(offsetAt, ABSENT);
      return;
    }
    out.set(offsetAt, out.size - body);
    const start = out.size;
    const length = out.reserve();
    out.u32(records.length);
    for (const record of records) writeRecord.call(this, record);
    out.set(length, out.size - start);
  }

  #writeQualifier(qualifier: BinaryQualifier): void {
    const out = this.#out;
    const start = out.size;
    const { flavor } = qualifier;
    if (flavor !== 0) {
      if (!isFlavor(flavor))
        throw new UnwritableError(`'${qualifier.name}': ${flavor} is not a flavor`);
      this.#flavors.push({ offset: start, flavor });
    }
    this.#writeHead(qualifier, QUALIFIER_HEADER);
    out.set(start, out.size - start);
  }

  #writeProperty(property: BinaryProperty): void {
    const out = this.#out;
    const start = out.size;
    this.#writeHead(property, PROPERTY_HEADER);
    this.#writeList(start + 16, start + PROPERTY_HEADER, property.qualifiers, this.#writeQualifier);
    out.set(start, out.size - start);
  }

  /** The part that qualifiers and properties have in common. */
  #writeHead(record: TypedValue & { readonly name: string }, header: number): void {
    const out = this.#out;
    this.#countParts(1);
    const { name, type, isArray, value } = record;
    const start = out.size;
    out.skip(header);
    out.set(start + 4, BINARY_TYPES[type] | (isArray ? ARRAY_TYPE : 0));
    out.set(start + 8, 0);
    if (!this.#writeText(name))
      throw new UnwritableError(`the name ${JSON.stringify(name)} has a NUL`);
    if (value === undefined) {
      out.set(start + 12, ABSENT);
      return;
    }
    out.set(start + 12, out.size - start - header);
    if (!isArray) {
      this.#writeScalar(record, value);
      return;
    }
    if (!isList(value)) throw new UnwritableError(`'${name}': the value of an array is a list`);
    this.#writeArray(record, value);
  }

  #writeArray(record: TypedValue & { readonly name: string }, value: readonly BinaryScalar[]) {
    const out = this.#out;
    // Objects count themselves.
    if (record.type !== 'object') this.#countParts(value.length);
    const start = out.size;
    const length = out.reserve();
    out.u32(1);
    out.u32(value.length);
    const row = out.reserve();
    value.forEach((element, index) => {
      this.#pad = index === value.length - 1;
      this.#writeScalar(record, element);
    });
    out.set(length, out.size - start);
    out.set(row, out.size - start - ROW_START);
  }

  #writeScalar(
    { name, type }: TypedValue & { readonly name: string },
    value: BinaryScalar | readonly BinaryScalar[],
  ): void {
    if (type === 'object' && isObject(value)) {
      this.#writeObject(value);
      return;
    }
    const isWritten = TEXT_TYPES.has(type)
      ? typeof value === 'string' && this.#writeText(value)
      : this.#writeFixed(type, value);
    if (!isWritten)
      throw new UnwritableError(`'${name}': ${valueText(value)} is not of type ${type}`);
  }

  #writeFixed(type: TypedValue['type'], value: unknown): boolean {
    const scalar = SCALARS[type];
    if (scalar === undefined) return false;
    const at = this.#out.skip(scalar.size);
    const isWritten = scalar.write(this.#out.view, at, value);
    this.#padAfter(scalar.size);
    return isWritten;
  }

  /** Returns false for text that would end too early. */
  #writeText(text: string): boolean {
    if (text.includes('\0')) return false;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1))
      this.#countParts(1);
    this.#out.text(text);
    this.#padAfter(2 * text.length + 2);
    return true;
  }

  #countParts(count: number): void {
    this.#parts += count;
    if (this.#parts > MAX_PARTS) throw new UnwritableError(`more than ${MAX_PARTS} ${PARTS}`);
  }

  #padAfter(length: number): void {
    if (this.#pad) this.#out.skip(-length & 3);
  }
}

function isFlavor(flavor: number): boolean {
  return Number.isInteger(flavor) && flavor > 0 && flavor <= 0xffff_ffff;
}

function isList(value: BinaryScalar | readonly BinaryScalar[]): value is readonly BinaryScalar[] {
  return Array.isArray(value);
}

function isObject(value: BinaryScalar | readonly BinaryScalar[]): value is BinaryObject {
  return typeof value === 'object' && !isList(value);
}

function valueText(value: BinaryScalar | readonly BinaryScalar[]): string {
  if (typeof value === 'string') return JSON.stringify(value);
  if (typeof value !== 'object') return String(value);
  return isList(value) ? 'a list' : 'an object';
}

/** Bytes that grow. New ones are zero. */
class ByteWriter {
  size = 0;
  view = new DataView(new ArrayBuffer(4096));

  constructor(private readonly maxSize: number) {}

  u8(value: number): void {
    const at = this.skip(1);
    this.view.setUint8(at, value);
  }

  u32(value: number): void {
    const at = this.skip(4);
    this.view.setUint32(at, value, true);
  }

  /** UTF-16 and a NUL. */
  text(text: string): void {
    const at = this.skip(2 * text.length + 2);
    for (let index = 0; index < text.length; index += 1) {
      this.view.setUint16(at + 2 * index, text.charCodeAt(index), true);
    }
  }

  /** Appends a number that is set later, and returns where it is. */
  reserve(): number {
    return this.skip(4);
  }

  set(at: number, value: number): void {
    this.view.setUint32(at, value, true);
  }

  /** Appends zeros, and returns where they begin. */
  skip(count: number): number {
    const at = this.size;
    this.size += count;
    if (this.size > this.maxSize)
      throw new UnwritableError(`more than ${this.maxSize} bytes of objects`);
    if (this.size > this.view.byteLength) {
      const larger = new Uint8Array(Math.max(this.size, 2 * this.view.byteLength));
      larger.set(new Uint8Array(this.view.buffer));
      this.view = new DataView(larger.buffer);
    }
    return at;
  }

  finish(): Uint8Array {
    return new Uint8Array(this.view.buffer, 0, this.size).slice();
  }
}
