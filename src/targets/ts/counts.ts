/**
 * The length of an array whose count is another item (WmiSizeIs), as emitted code computes it.
 */
import { type WireItem, type WireRecord } from '../../model/model.js';
import { countItem, readableArray } from '../../model/set-rules.js';
import { type RecordNames } from './naming.js';
import { countNumber } from './spelling.js';

/** The expression for the current number of elements of `item`, if it can be read. */
export function lengthOf(data: WireRecord, item: WireItem, of: RecordNames): string | undefined {
  const count = countItem(data, item);
  if (count === undefined) return undefined;
  if (count.access !== 'write-only') return countNumber(count, `data.${of.member(count)}`);
  const counted = readableArray(data, count);
  return counted === undefined ? undefined : `data.${of.member(counted)}.length`;
}
