/** Computes what moves when a record becomes longer at its end, from the offsets and sizes of the model. */
import { type RecordLayout, type WireRecord } from '../model/model.js';
import { type Matched } from './matching.js';
import { type RecordPlace } from './record-place.js';

/** A record with its old state. */
export interface Sides {
  readonly now: WireRecord;
  readonly before: WireRecord;
  readonly pairs: readonly Matched[];
}

/** What moves when the class of an item becomes longer. After variable offsets, only readers that walk the record find items. */
export function growthOf(
  { item, itemIndex, old, oldIndex }: Matched,
  { now, before, pairs }: Sides,
  place: RecordPlace,
): Pick<RecordPlace, 'isOpen' | 'isEnd'> {
  const isOne =
    item.count.kind === 'scalar' || (item.count.kind === 'fixed' && item.count.length === 1);
  const stays =
    item.layout.offset === old.layout.offset &&
    (item.layout.offset !== undefined || item.layout.alignment === old.layout.alignment);
  const isLast = itemIndex === now.items.length - 1 && oldIndex === before.items.length - 1;
  const later = pairs.filter((each) => each.itemIndex > itemIndex);
  const leavesRest = isLast
    ? place.isOpen || (place.kind === 'structure' && isSameSize(now.layout, before.layout))
    : later.length > 0 && later.every(isUnmoved);
  return { isOpen: isOne && stays && leavesRest, isEnd: isOne && isLast && place.isEnd };
}

/** Whether an item is known to be where it was. */
export function isUnmoved({ item, old }: Matched): boolean {
  return item.layout.offset !== undefined && item.layout.offset === old.layout.offset;
}

/** Whether what follows the record stays where it was: an item that fits into its padding at the end aligns nothing anew. */
export function isSameSize(now: RecordLayout, before: RecordLayout): boolean {
  return now.paddedSize !== undefined && now.paddedSize === before.paddedSize;
}
