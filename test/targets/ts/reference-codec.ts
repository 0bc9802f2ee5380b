/**
 * A slow reader and writer of random blocks, made from the documented rules alone and sharing nothing with mofgen.
 *
 * The rules: natural alignment from the record's start, USHORT byte counts, strings with MaxLen as full slots, embedded
 * classes padded where C knows their size (docs/spec/runtime.md#data-on-the-wire, and rule 11 of #generated-providers). It works
 * on arrays of numbers.
 */
import { type Row } from './generated-module.js';
import { type Element, type IntegerName, type Item } from './random-block.js';

type Bytes = readonly number[];

const up = (at: number, alignment: number): number => Math.ceil(at / alignment) * alignment;

const integerSize = (name: IntegerName): number => Number(/\d+$/.exec(name)?.[0]) / 8;

function alignment(element: Element): number {
  switch (element.kind) {
    case 'integer':
      return integerSize(element.name);
    case 'boolean':
      return 1;
    case 'structure':
      return Math.max(...element.structure.items.map((item) => alignment(item.element)));
    case 'char16':
    case 'datetime':
    case 'string':
      return 2;
    default:
      throw new Error(`no alignment of ${element satisfies never as string}`);
  }
}

/** Whether values have a fixed size, a maximum size, or neither. */
function kindOf({ element, count }: Pick<Item, 'element' | 'count'>): 'fixed' | 'slot' | 'open' {
  if (count.kind === 'sizedBy' || count.kind === 'rest') return 'open';
  if (element.kind === 'string') return element.maxLength === undefined ? 'open' : 'slot';
  if (element.kind !== 'structure') return 'fixed';
  const kinds = element.structure.items.map(kindOf);
  return kinds.includes('open') ? 'open' : kinds.includes('slot') ? 'slot' : 'fixed';
}

const elementKind = (element: Element): ReturnType<typeof kindOf> =>
  kindOf({ element, count: { kind: 'one' } });

function elementsOf({ count }: Item, value: unknown): readonly unknown[] {
  return count.kind === 'one' ? [value] : [...(value as Iterable<unknown>)];
}

// --- Writing --------------------------------------------------------------------------------------------------------

export function encode(items: readonly Item[], row: Row): number[] {
  const out: number[] = [];
  writeItems(out, items, row);
  return out;
}

function pad(out: number[], to: number): void {
  while (out.length % to !== 0) out.push(0);
}

function writeItems(out: number[], items: readonly Item[], row: Row): void {
  for (const item of items) {
    for (const value of elementsOf(item, row[item.name])) {
      pad(out, alignment(item.element));
      writeElement(out, item.element, value);
    }
  }
}

function pushInteger(out: number[], value: bigint, size: number): void {
  for (let byte = 0; byte < size; byte += 1) out.push(Number((value >> BigInt(8 * byte)) & 0xffn));
}

function pushText(out: number[], text: string, length: number): void {
  for (let index = 0; index < length; index += 1) {
    const unit = index < text.length ? text.charCodeAt(index) : 0;
    out.push(unit % 256, Math.floor(unit / 256));
  }
}

function writeElement(out: number[], element: Element, value: unknown): void {
  switch (element.kind) {
    case 'boolean':
      out.push(value === true ? 1 : 0);
      return;
    case 'integer':
      pushInteger(out, BigInt(value as number | bigint), integerSize(element.name));
      return;
    case 'char16':
      pushInteger(out, BigInt(value as number), 2);
      return;
    case 'datetime':
      pushText(out, value as string, 25);
      return;
    case 'string': {
      const text = value as string;
      const length = element.maxLength ?? text.length;
      pushInteger(out, BigInt(2 * length), 2);
      pushText(out, text, length);
      return;
    }
    case 'structure':
      writeItems(out, element.structure.items, value as Row);
      if (elementKind(element) !== 'open') pad(out, alignment(element));
      return;
    default:
      throw new Error(`cannot write ${element satisfies never as string}`);
  }
}

// --- Reading --------------------------------------------------------------------------------------------------------

class Refused extends Error {}

interface Input {
  readonly bytes: Bytes;
  at: number;
}

/** The values in `bytes`, or `undefined` when they are not all there or malformed. */
export function decode(items: readonly Item[], bytes: Bytes): Row | undefined {
  return attempt(() => readItems({ bytes, at: 0 }, items));
}

/** The value of an item that is alone in `bytes`; an array whose length another item holds is read to the end. */
export function decodeAlone(item: Item, bytes: Bytes): unknown {
  const count = item.count.kind === 'sizedBy' ? ({ kind: 'rest' } as const) : item.count;
  return attempt(() => readItem({ bytes, at: 0 }, { ...item, count }, {}));
}

function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refused) return undefined;
    throw error;
  }
}

function readItems(input: Input, items: readonly Item[]): Row {
  const row: Record<string, unknown> = {};
  for (const item of items) row[item.name] = readItem(input, item, row);
  return row;
}

function readItem(input: Input, item: Item, row: Row): unknown {
  const { element, count } = item;
  if (count.kind === 'one') return readElement(input, element);
  const values: unknown[] = [];
  if (count.kind === 'rest') {
    while (up(input.at, alignment(element)) + least(element) <= input.bytes.length) {
      values.push(readElement(input, element));
    }
  } else {
    const length = count.kind === 'fixed' ? count.length : Number(row[count.item]);
    if (length < 0) throw new Refused();
    for (let index = 0; index < length; index += 1) values.push(readElement(input, element));
  }
  return element.kind === 'integer' && element.name === 'uint8'
    ? Uint8Array.from(values as number[])
    : values;
}

/** The fewest bytes of one element. */
function least(element: Element): number {
  if (element.kind === 'string') return 2;
  if (element.kind !== 'structure') {
    const out: number[] = [];
    writeElement(out, element, element.kind === 'datetime' ? '' : 0);
    return out.length;
  }
  let at = 0;
  let due = 1;
  for (const { element: inner, count } of element.structure.items) {
    if (count.kind === 'sizedBy' || count.kind === 'rest') continue;
    for (let left = count.kind === 'fixed' ? count.length : 1; left > 0; left -= 1) {
      at = up(up(at, due), alignment(inner)) + least(inner);
      due = elementKind(inner) === 'slot' && inner.kind === 'structure' ? alignment(inner) : 1;
    }
  }
  return elementKind(element) === 'fixed' ? up(at, alignment(element)) : at;
}

function take(input: Input, size: number): Bytes {
  if (input.at + size > input.bytes.length) throw new Refused();
  input.at += size;
  return input.bytes.slice(input.at - size, input.at);
}

function integer(bytes: Bytes): bigint {
  return bytes.reduceRight((value, byte) => value * 256n + BigInt(byte), 0n);
}

function textOf(bytes: Bytes): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 2) {
    text += String.fromCharCode(Number(integer(bytes.slice(at, at + 2))));
  }
  return text;
}

function readElement(input: Input, element: Element): unknown {
  input.at = up(input.at, alignment(element));
  switch (element.kind) {
    case 'boolean':
      return take(input, 1)[0] !== 0;
    case 'integer': {
      const size = integerSize(element.name);
      const value = integer(take(input, size));
      const signed = element.name.startsWith('s') ? BigInt.asIntN(8 * size, value) : value;
      return size === 8 ? signed : Number(signed);
    }
    case 'char16':
      return Number(integer(take(input, 2)));
    case 'datetime':
      return textOf(take(input, 50));
    case 'string': {
      const size = Number(integer(take(input, 2)));
      if (size % 2 !== 0) throw new Refused();
      const text = textOf(take(input, size)).replace(/\0+$/, '');
      const { maxLength } = element;
      if (maxLength !== undefined && (text.length > maxLength || size > 2 * (maxLength + 1))) {
        throw new Refused();
      }
      return text;
    }
    case 'structure': {
      const value = readItems(input, element.structure.items);
      const end = up(input.at, alignment(element));
      if (elementKind(element) === 'fixed') take(input, end - input.at);
      // The padding after a slot may be missing at the end of the buffer.
      if (elementKind(element) === 'slot') input.at = end;
      return value;
    }
    default:
      throw new Error(`cannot read ${element satisfies never as string}`);
  }
}

// --- What a query shows, and what a set accepts ---------------------------------------------------------------------

const arraysOf = (items: readonly Item[], counter: Item): readonly Item[] =>
  items.filter(({ count }) => count.kind === 'sizedBy' && count.item === counter.name);

const readableArray = (items: readonly Item[], counter: Item): Item | undefined =>
  arraysOf(items, counter).find(({ access }) => access !== 'write-only');

/** Whether the value of a counter cannot be found from a query. */
const isHidden = (items: readonly Item[], counter: Item): boolean =>
  counter.access === 'write-only' && readableArray(items, counter) === undefined;

/** What a query shows of a counter: one that is write-only agrees with an array that can be read, else it is 0. */
function shownCount(items: readonly Item[], row: Row, name: string): number {
  const counter = items.find((item) => item.name === name);
  if (counter?.access !== 'write-only') return Number(row[name]);
  const counted = readableArray(items, counter);
  return counted === undefined ? 0 : (row[counted.name] as { readonly length: number }).length;
}

/** What a query shows: write-only items as zeros, of the length in their counter. */
export function shown(items: readonly Item[], row: Row): Row {
  return Object.fromEntries(
    items.map((item) => {
      if (item.access !== 'write-only') return [item.name, row[item.name]];
      const zero = zeroOf(item.element);
      if (arraysOf(items, item).length > 0) {
        const count = shownCount(items, row, item.name);
        return [item.name, typeof zero === 'bigint' ? BigInt(count) : count];
      }
      if (item.count.kind === 'one') return [item.name, zero];
      const length =
        item.count.kind === 'fixed'
          ? item.count.length
          : item.count.kind === 'sizedBy'
            ? shownCount(items, row, item.count.item)
            : 0;
      const isBytes = item.element.kind === 'integer' && item.element.name === 'uint8';
      return [item.name, isBytes ? new Uint8Array(length) : Array<unknown>(length).fill(zero)];
    }),
  );
}

function zeroOf(element: Element): unknown {
  switch (element.kind) {
    case 'boolean':
      return false;
    case 'integer':
      return element.name.endsWith('64') ? 0n : 0;
    case 'char16':
      return 0;
    case 'datetime':
      return '\0'.repeat(25);
    case 'string':
      return '';
    case 'structure':
      return shown(
        element.structure.items.map((item) => ({ ...item, access: 'write-only' })),
        Object.fromEntries(element.structure.items.map(({ name }) => [name, 0])),
      );
    default:
      throw new Error(`no zero of ${element satisfies never as string}`);
  }
}

/** The changes that a set-instance with `bytes` makes to a provider that holds `row`; `undefined`: it is refused. */
export function acceptedInstance(items: readonly Item[], row: Row, bytes: Bytes): Row | undefined {
  const sent = decode(items, bytes);
  if (sent === undefined) return undefined;
  for (const counter of items) {
    const sized = arraysOf(items, counter);
    const accesses = [counter, ...sized].map(({ access }) => access !== 'read-only');
    const together = accesses.every((writable) => writable === accesses[0]);
    if (
      sized.length > 0 &&
      !together &&
      Number(sent[counter.name]) !== shownCount(items, row, counter.name)
    ) {
      return undefined;
    }
  }
  return Object.fromEntries(
    items
      .filter(({ access }) => access !== 'read-only')
      .map(({ name }) => [name, sent[name]] as const),
  );
}

/** The same for a set-item of a writable item. */
export function acceptedItem(
  items: readonly Item[],
  item: Item,
  row: Row,
  bytes: Bytes,
): Row | undefined {
  const value = decodeAlone(item, bytes);
  if (value === undefined) return undefined;
  if (arraysOf(items, item).length > 0) {
    if (isHidden(items, item) || Number(value) !== shownCount(items, row, item.name))
      return undefined;
  }
  const { count } = item;
  if (count.kind === 'sizedBy') {
    const counter = items.find(({ name }) => name === count.item);
    const { length } = value as { readonly length: number };
    if (counter === undefined || isHidden(items, counter)) return undefined;
    if (length !== shownCount(items, row, count.item)) return undefined;
  }
  return { [item.name]: value };
}
