/**
 * Compares the data of a block, and the records of a method, with the old ones, item by item, including embedded classes.
 *
 * Offsets and sizes come from the model.
 */

import { nameKey } from '../text/name-key.js';
import { type DataBlock, type WireItem, type WireRecord } from '../model/model.js';
import { isWritable } from '../model/set-rules.js';
import { type Changes } from './changes.js';
import { growthOf, type Sides } from './growth.js';
import {
  addedItem,
  type Found,
  goneItem,
  lostAccess,
  otherId,
  otherOrder,
  otherType,
  renamedItem,
} from './item-changes.js';
import { type Matched, matchItems } from './matching.js';
import { compareMeaning } from './meaning.js';
import { noEmbeddedRecords, type RecordPlace } from './record-place.js';

/** Compares the data items of two blocks with one GUID. */
export function compareData(block: DataBlock, old: DataBlock, found: Changes): void {
  const kind = block.role === 'event' ? 'event' : 'data';
  compareRecords(
    block.data,
    old.data,
    {
      owner: `'${block.name}'`,
      block: block.name,
      kind,
      location: block.class.location,
      oldLocation: old.class.location,
      isOpen: true,
      isEnd: true,
      isSent: kind === 'data' && isWritable(old),
      isWritable: ({ access }) => kind === 'data' && access !== 'read-only',
      embedded: noEmbeddedRecords(),
    },
    found,
  );
}

/** Compares two records and what they embed. Items of the names in `known` were reported already. */
export function compareRecords(
  now: WireRecord,
  before: WireRecord,
  place: RecordPlace,
  found: Changes,
  known: ReadonlySet<string> = new Set(),
): void {
  const { pending } = place.embedded;
  compareItems(now, before, place, found, known);
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    compareItems(next.now, next.before, next.place, found, new Set());
  }
}

function compareItems(
  now: WireRecord,
  before: WireRecord,
  place: RecordPlace,
  found: Changes,
  known: ReadonlySet<string>,
): void {
  const { pairs, added, removed } = matchItems(now, before);
  const sides = { now, before, pairs };
  for (const old of removed) {
    if (!known.has(nameKey(old.name))) add(goneItem(old, place));
  }
  for (const item of added) {
    if (!known.has(nameKey(item.name))) add(addedItem(item, sides, place));
  }
  const names = new Map(pairs.map(({ item, old }) => [nameKey(old.name), nameKey(item.name)]));
  const swapped = hasIds(place) ? undefined : firstSwapped(pairs);
  for (const pair of pairs) {
    const { item, old } = pair;
    if (known.has(nameKey(item.name))) continue;
    if (nameKey(item.name) !== nameKey(old.name)) add(renamedItem(pair, place));
    if (hasIds(place) && item.id !== old.id) add(otherId(pair, place));
    if (pair === swapped) add(otherOrder(pair, place));
    if (place.kind === 'data') for (const each of lostAccess(pair, place)) add(each);
    if (!hasSameShape(item, old, names)) {
      add(otherType(pair, place));
      continue;
    }
    for (const each of compareMeaning(pair, place)) add(each);
    noteEmbedded(pair, sides, place, found);
  }

  function add(change: Found): void {
    found.add({ ...change, within: place.within });
  }
}

/** Whether requests name the items by their ids; elsewhere ids only order the items. */
function hasIds({ kind }: RecordPlace): boolean {
  return kind === 'data' || kind === 'event';
}

/** The first item whose position among the others changed. */
function firstSwapped(pairs: readonly Matched[]): Matched | undefined {
  const inOldOrder = pairs.toSorted((a, b) => a.oldIndex - b.oldIndex);
  return pairs.find((pair, index) => pair !== inOldOrder[index]);
}

/** Adds the embedded class of an item to those that are compared next. */
function noteEmbedded(pair: Matched, sides: Sides, place: RecordPlace, found: Changes): void {
  const { type } = pair.item;
  const { type: oldType } = pair.old;
  if (type.kind !== 'structure' || oldType.kind !== 'structure') return;
  const { structure } = type;
  const { structure: oldStructure } = oldType;
  const { location } = structure.class;
  const within = `${location.source.name} ${location.span.start}`;
  found.embeds(place.block, within);
  const isGiven = place.isWritable(pair.old);
  const growth = growthOf(pair, sides, place);
  const way = JSON.stringify([within, nameKey(oldStructure.name), growth, isGiven]);
  const { met, pending } = place.embedded;
  if (met.has(way)) return;
  met.add(way);
  pending.push({
    now: structure.data,
    before: oldStructure.data,
    place: {
      ...place,
      ...growth,
      owner: `'${structure.name}'`,
      kind: 'structure',
      location,
      oldLocation: oldStructure.class.location,
      isWritable: () => isGiven,
      within,
    },
  });
}

/** `names` maps the old name of an item to its name now. */
function hasSameShape(item: WireItem, old: WireItem, names: ReadonlyMap<string, string>): boolean {
  const { type, count } = item;
  const { type: oldType, count: oldCount } = old;
  const isOneType =
    type.kind === 'integer'
      ? oldType.kind === 'integer' && type.name === oldType.name
      : type.kind === 'string'
        ? oldType.kind === 'string' && type.maxLength === oldType.maxLength
        : type.kind === oldType.kind;
  const isOneCount =
    count.kind === 'fixed'
      ? oldCount.kind === 'fixed' && count.length === oldCount.length
      : count.kind === 'sizedBy'
        ? oldCount.kind === 'sizedBy' &&
          nameKey(count.item) === (names.get(nameKey(oldCount.item)) ?? nameKey(oldCount.item))
        : count.kind === oldCount.kind;
  return isOneType && isOneCount;
}
