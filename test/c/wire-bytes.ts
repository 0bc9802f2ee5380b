/**
 * Random wire bytes for records of a model: valid ones in every form that a reader has to accept, and damaged ones as from a
 * hostile sender. It uses the model's types and counts, and computes offsets on its own.
 */
import { type DataBlock, type WireItem, type WireRecord } from '../../src/model/model.js';

/** A source of random numbers that gives the same ones for the same seed. */
export interface Random {
  /** From 0 up to, and without, `limit`. */
  below(limit: number): number;
  chance(percent: number): boolean;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return { below, chance: (percent) => below(100) < percent };
}

/** A valid encoding of `record`. */
export function recordBytes(record: WireRecord, source: Random): number[] {
  const bytes: number[] = [];
  writeRecord(record, bytes, source);
  return bytes;
}

/** A valid value of `item` alone; `length` elements where their number varies. */
export function itemBytes(item: WireItem, length: number, source: Random): number[] {
  const bytes: number[] = [];
  const { count } = item;
  const elements = count.kind === 'scalar' ? 1 : count.kind === 'fixed' ? count.length : length;
  for (let index = 0; index < elements; index += 1) writeElement(item, bytes, source);
  return bytes;
}

/** What a sender may do to `bytes`: other values in places, extreme counts, more or fewer bytes. */
export function damaged(bytes: readonly number[], source: Random): number[] {
  const result = [...bytes];
  const changes = 1 + source.below(3);
  for (let change = 0; change < changes; change += 1) {
    const at = source.below(result.length + 1);
    switch (source.below(6)) {
      case 0:
        result[Math.min(at, Math.max(0, result.length - 1))] = source.below(256);
        break;
      case 1:
        for (let index = at; index < Math.min(at + 4, result.length); index += 1)
          result[index] = 0xff;
        break;
      case 2:
        for (let index = at; index < Math.min(at + 2, result.length); index += 1) result[index] = 0;
        break;
      case 3:
        result.splice(at, 1 + source.below(4));
        break;
      case 4:
        result.splice(
          at,
          0,
          ...Array.from({ length: 1 + source.below(4) }, () => source.below(256)),
        );
        break;
      default:
        // The top bit of a small count makes it negative or huge.
        if (at < result.length) result[at] = (result[at] ?? 0) ^ 0x80;
    }
  }
  return result.filter((byte) => Number.isInteger(byte));
}

function align(bytes: number[], alignment: number, source: Random): void {
  // Padding may have any value.
  while (bytes.length % alignment !== 0) bytes.push(source.chance(50) ? 0 : source.below(256));
}

function writeRecord({ items }: WireRecord, bytes: number[], source: Random): void {
  const counts = new Map<string, number>();
  for (const { count } of items) {
    if (count.kind === 'sizedBy' && !counts.has(count.item))
      counts.set(count.item, source.below(5));
  }
  for (const item of items) {
    const counted = counts.get(item.name);
    if (counted !== undefined && item.type.kind === 'integer') {
      align(bytes, item.layout.alignment, source);
      bytes.push(counted, ...new Array<number>(item.type.bits / 8 - 1).fill(0));
      continue;
    }
    const { count } = item;
    const length =
      count.kind === 'scalar'
        ? 1
        : count.kind === 'fixed'
          ? count.length
          : count.kind === 'sizedBy'
            ? (counts.get(count.item) ?? 0)
            : source.below(4);
    for (let index = 0; index < length; index += 1) writeElement(item, bytes, source);
  }
}

function writeElement({ type, layout }: WireItem, bytes: number[], source: Random): void {
  align(bytes, layout.alignment, source);
  const some = (length: number): number[] => Array.from({ length }, () => source.below(256));
  switch (type.kind) {
    case 'boolean':
      bytes.push(source.chance(40) ? 0 : source.below(256));
      return;
    case 'integer':
      bytes.push(...some(type.bits / 8));
      return;
    case 'char16':
      bytes.push(...some(2));
      return;
    case 'datetime':
      bytes.push(...some(50));
      return;
    case 'string':
      bytes.push(...stringBytes(type.maxLength, source));
      return;
    case 'structure':
      writeStructure(type.structure, bytes, source);
      return;
    default:
      throw new Error(`no bytes for ${type satisfies never as string}`);
  }
}

/** A counted string: with and without NULs at its end, of full or shorter size. */
function stringBytes(maxLength: number | undefined, source: Random): number[] {
  const length = source.below(Math.min(maxLength ?? 6, 6) + 1);
  const most = maxLength === undefined ? length + 2 : maxLength + 1;
  const units = source.chance(40) ? most : Math.min(most, length + source.below(2));
  const characters = Array.from({ length: 2 * units }, (_none, index) =>
    index < 2 * length ? 1 + source.below(255) : 0,
  );
  return [(2 * units) & 0xff, (2 * units) >> 8, ...characters];
}

function writeStructure({ data }: DataBlock, bytes: number[], source: Random): void {
  const { kind, alignment } = data.layout;
  const own: number[] = [];
  writeRecord(data, own, source);
  bytes.push(...own);
  if (kind !== 'variable') align(bytes, alignment, source);
}
