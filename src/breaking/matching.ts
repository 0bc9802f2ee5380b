/** Matches the items of a record with those of the old record: by name, else by position. */
import { nameKey } from '../text/name-key.js';
import { type WireItem, type WireRecord } from '../model/model.js';
import { typeWords } from '../show/wording.js';

export interface Matched {
  readonly item: WireItem;
  readonly itemIndex: number;
  readonly old: WireItem;
  readonly oldIndex: number;
}

export interface Matches {
  /** In the order of the record. */
  readonly pairs: readonly Matched[];
  readonly added: readonly WireItem[];
  readonly removed: readonly WireItem[];
}

export function matchItems(now: WireRecord, before: WireRecord): Matches {
  const indexes = new Map(before.items.map((old, index) => [old, index]));
  const byName = new Map(before.items.map((old) => [nameKey(old.name), old]));
  const names = new Set(now.items.map(({ name }) => nameKey(name)));
  const nameless = before.items.filter(({ name }) => !names.has(nameKey(name)));
  const byId = new Map(nameless.map((old) => [old.id, old]));
  const pairs: Matched[] = [];
  const added: WireItem[] = [];
  const renamed = new Set<WireItem>();
  for (const [itemIndex, item] of now.items.entries()) {
    const old = byName.get(nameKey(item.name)) ?? sameInPlace(item, byId.get(item.id));
    const oldIndex = old && indexes.get(old);
    if (old === undefined || oldIndex === undefined) {
      added.push(item);
      continue;
    }
    renamed.add(old);
    pairs.push({ item, itemIndex, old, oldIndex });
  }
  return { pairs, added, removed: nameless.filter((old) => !renamed.has(old)) };
}

function sameInPlace(item: WireItem, old: WireItem | undefined): WireItem | undefined {
  return old !== undefined && typeWords(old) === typeWords(item) ? old : undefined;
}
