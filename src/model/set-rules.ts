/**
 * Which items a consumer may set, alone or with the whole instance, and what must then stay as it is.
 *
 * A count and the arrays that it sizes (WmiSizeIs) describe one thing: a request that changed one without the other would
 * leave data that nobody can read back. Every target reads these rules; none decides them again.
 */
import { type DataBlock, type WireItem, type WireRecord } from './model.js';
import { addTo } from '../lists.js';

/** The items that a consumer may set, in wire order. */
export function writableItems({ data }: DataBlock): readonly WireItem[] {
  return data.items.filter(isSettable);
}

/** Whether a consumer may set one of its items. */
export function isWritable({ data }: DataBlock): boolean {
  return data.items.some(isSettable);
}

function isSettable({ access }: WireItem): boolean {
  return access !== 'read-only';
}

/** What a set-item request for one item may do. */
export type SetItemRule =
  /** STATUS_WMI_READ_ONLY. */
  | { readonly kind: 'readOnly' }
  /** Its length, or its count, cannot be queried: it changes only with the whole instance. */
  | { readonly kind: 'notAlone' }
  /** It sizes arrays: alone it has to keep its value. */
  | { readonly kind: 'keepsValue' }
  /** The number of its elements has to stay what `count` says. */
  | { readonly kind: 'keepsLength'; readonly count: WireItem }
  | { readonly kind: 'free' };

/** The rule for `item` of `block`; its size is checked beside it. */
export function setItemRule({ data }: DataBlock, item: WireItem): SetItemRule {
  if (item.access === 'read-only') return { kind: 'readOnly' };
  if (arraysOf(data, item).length > 0) {
    return isHidden(data, item) ? { kind: 'notAlone' } : { kind: 'keepsValue' };
  }
  const count = countItem(data, item);
  if (count === undefined) return { kind: 'free' };
  return isHidden(data, count) ? { kind: 'notAlone' } : { kind: 'keepsLength', count };
}

/** Counts that a set-instance must leave as they are. */
export function keptCounts(block: DataBlock): readonly WireItem[] {
  return block.data.items.filter((item) => isKeptCount(block, item));
}

/** Whether `item` is a count that a set-instance must leave as it is: of it and its arrays some are writable and some not. */
export function isKeptCount({ data }: DataBlock, item: WireItem): boolean {
  const arrays = arraysOf(data, item);
  const writable = [item, ...arrays].filter(isSettable).length;
  return arrays.length > 0 && writable > 0 && writable < arrays.length + 1;
}

/** The item that holds the number of `item`'s elements. */
export function countItem(record: WireRecord, { count }: WireItem): WireItem | undefined {
  return count.kind === 'sizedBy' ? sizingOf(record).named.get(count.item) : undefined;
}

/** An array that shows a consumer the value of `count`. */
export function readableArray(record: WireRecord, count: WireItem): WireItem | undefined {
  return arraysOf(record, count).find((item) => item.access !== 'write-only');
}

/** Whether nothing that a query returns tells the value of `item`: it is write-only, and no array that can be read shows it. */
export function isHidden(record: WireRecord, item: WireItem): boolean {
  return item.access === 'write-only' && readableArray(record, item) === undefined;
}

/** The arrays whose number of elements `count` holds, in wire order. */
function arraysOf(record: WireRecord, count: WireItem): readonly WireItem[] {
  return sizingOf(record).arrays.get(count) ?? [];
}

interface Sizing {
  readonly named: ReadonlyMap<string, WireItem>;
  /** By the count that sizes them. */
  readonly arrays: ReadonlyMap<WireItem, readonly WireItem[]>;
}

/** Worked out once for a record: the rules are asked for each of its items. */
const sizings = new WeakMap<WireRecord, Sizing>();

function sizingOf(record: WireRecord): Sizing {
  const known = sizings.get(record);
  if (known !== undefined) return known;
  const named = new Map(record.items.map((item) => [item.name, item]));
  const arrays = new Map<WireItem, WireItem[]>();
  for (const item of record.items) {
    const count = item.count.kind === 'sizedBy' ? named.get(item.count.item) : undefined;
    if (count === undefined) continue;
    addTo(arrays, count, item);
  }
  const sizing = { named, arrays };
  sizings.set(record, sizing);
  return sizing;
}
