/**
 * Which items a consumer may set, alone or with the whole instance, and which items must keep their value.
 *
 * A count and the arrays that it sizes (WmiSizeIs) belong together: a request that changed one without the other would leave
 * data that cannot be read back. Every target uses these rules.
 */
import { type DataBlock, type WireItem, type WireRecord } from './model.js';
import { addTo } from '../text/lists.js';

/** The items that a consumer may set, in wire order. */
export function writableItems({ data }: DataBlock): readonly WireItem[] {
  return data.items.filter(isSettable);
}

/** Whether a consumer may set one of its items. */
export function isWritable({ data }: DataBlock): boolean {
  return data.items.some(isSettable);
}

/** Whether a consumer may set the item. */
export function isSettable({ access }: WireItem): boolean {
  return access !== 'read-only';
}

/** The rule for a set-item request for one item. */
export type SetItemRule =
  /** STATUS_WMI_READ_ONLY. */
  | { readonly kind: 'readOnly' }
  /** Its length or its count cannot be queried, so it can only be set with the whole instance. */
  | { readonly kind: 'notAlone' }
  /** It is the count of arrays: a set-item request must not change its value. */
  | { readonly kind: 'keepsValue' }
  /** The number of its elements must be the present value of `count`. */
  | { readonly kind: 'keepsLength'; readonly count: WireItem }
  | { readonly kind: 'free' };

/** The rule for `item` of `block`; its size is checked separately. */
export function setItemRule({ data }: DataBlock, item: WireItem): SetItemRule {
  if (item.access === 'read-only') return { kind: 'readOnly' };
  if (arraysOf(data, item).length > 0) {
    return isHidden(data, item) ? { kind: 'notAlone' } : { kind: 'keepsValue' };
  }
  const count = countItem(data, item);
  if (count === undefined) return { kind: 'free' };
  return isHidden(data, count) ? { kind: 'notAlone' } : { kind: 'keepsLength', count };
}

/** Counts that a set-instance request must not change. */
export function keptCounts(block: DataBlock): readonly WireItem[] {
  return block.data.items.filter((item) => isKeptCount(block, item));
}

/** Whether a set-instance request must not change the count `item`: some of it and its arrays are writable and some are not. */
export function isKeptCount({ data }: DataBlock, item: WireItem): boolean {
  const arrays = arraysOf(data, item);
  const writable = [item, ...arrays].filter(isSettable).length;
  return arrays.length > 0 && writable > 0 && writable < arrays.length + 1;
}

/** The item with the number of `item`'s elements. */
export function countItem(record: WireRecord, { count }: WireItem): WireItem | undefined {
  return count.kind === 'sizedBy' ? sizingOf(record).named.get(count.item) : undefined;
}

/** A readable array whose length shows the value of `count`. */
export function readableArray(record: WireRecord, count: WireItem): WireItem | undefined {
  return arraysOf(record, count).find((item) => item.access !== 'write-only');
}

/** Whether a query does not reveal the value of `item`: it is write-only, and no readable array shows it. */
export function isHidden(record: WireRecord, item: WireItem): boolean {
  return item.access === 'write-only' && readableArray(record, item) === undefined;
}

/** The arrays with `count` as their number of elements, in wire order. */
function arraysOf(record: WireRecord, count: WireItem): readonly WireItem[] {
  return sizingOf(record).arrays.get(count) ?? [];
}

interface Sizing {
  readonly named: ReadonlyMap<string, WireItem>;
  /** By the count that sizes them. */
  readonly arrays: ReadonlyMap<WireItem, readonly WireItem[]>;
}

/** Cached for each record, since every item needs it. */
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
