/**
 * Which items a consumer may set, alone or with the whole instance, and what must then stay as it is.
 *
 * A count and the arrays that it sizes (WmiSizeIs) describe one thing: a request that changed one without the other would
 * leave data that nobody can read back. Every target reads these rules; none decides them again.
 */
import { type DataBlock, type WireItem, type WireRecord } from './model.js';

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
export function setItemRule(block: DataBlock, item: WireItem): SetItemRule {
  const { data } = block;
  if (item.access === 'read-only') return { kind: 'readOnly' };
  const count = countItem(data, item);
  const isCount = data.items.some((other) => countItem(data, other) === item);
  if (isCount) return isHidden(data, item) ? { kind: 'notAlone' } : { kind: 'keepsValue' };
  if (count === undefined) return { kind: 'free' };
  return isHidden(data, count) ? { kind: 'notAlone' } : { kind: 'keepsLength', count };
}

/** Counts that a set-instance must leave as they are: of the count and its arrays some are writable and some not. */
export function keptCounts(block: DataBlock): readonly WireItem[] {
  const { items } = block.data;
  return items.filter((count) => {
    const arrays = items.filter((item) => countItem(block.data, item) === count);
    const writable = [count, ...arrays].filter(isSettable).length;
    return arrays.length > 0 && writable > 0 && writable < arrays.length + 1;
  });
}

/** The item that holds the number of `item`'s elements. */
export function countItem(record: WireRecord, item: WireItem): WireItem | undefined {
  const { count } = item;
  if (count.kind !== 'sizedBy') return undefined;
  return record.items.find((each) => each.name === count.item);
}

/** An array that shows a consumer the value of `count`. */
export function readableArray(record: WireRecord, count: WireItem): WireItem | undefined {
  return record.items.find(
    (item) => item.access !== 'write-only' && countItem(record, item) === count,
  );
}

/** Whether nothing that a query returns tells the value of `count`. */
function isHidden(record: WireRecord, count: WireItem): boolean {
  return count.access === 'write-only' && readableArray(record, count) === undefined;
}
