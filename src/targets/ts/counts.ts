/**
 * Counts and the arrays that they size (WmiSizeIs): which belongs to which, and how emitted code finds a length.
 */
import { type WireItem, type WireRecord } from '../../model/model.js';
import { type RecordNames } from './naming.js';
import { countNumber } from './spelling.js';

/** The item that holds the number of `item`'s elements. */
export function countItem(record: WireRecord, item: WireItem): WireItem | undefined {
  const { count } = item;
  if (count.kind !== 'sizedBy') return undefined;
  return record.items.find((each) => each.name === count.item);
}

/** The expression for how many elements `item` has now, where that can be read. */
export function lengthOf(data: WireRecord, item: WireItem, of: RecordNames): string | undefined {
  const count = countItem(data, item);
  if (count === undefined) return undefined;
  if (count.access !== 'write-only') return countNumber(count, `data.${of.member(count)}`);
  const counted = readableArray(data, count);
  return counted === undefined ? undefined : `data.${of.member(counted)}.length`;
}

/** An array that shows a consumer the value of `count`. */
export function readableArray(data: WireRecord, count: WireItem): WireItem | undefined {
  return data.items.find((item) => item.access !== 'write-only' && countItem(data, item) === count);
}

/** Whether nothing that a query returns tells the value of `count`. */
export function isHidden(data: WireRecord, count: WireItem): boolean {
  return count.access === 'write-only' && readableArray(data, count) === undefined;
}
