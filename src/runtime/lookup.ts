/**
 * Finds an entry of a list by its key in constant time.
 *
 * The index of a list is cached. A hit is verified against the list, which a driver may have changed; a miss falls back
 * to a linear search.
 */

const indexes = new WeakMap<object, ReadonlyMap<string, number>>();

/** The index of the first entry with the key `wanted`; pass the same `keyOf` for the same list. */
export function indexByKey<Entry>(
  list: readonly Entry[],
  wanted: string,
  keyOf: (entry: Entry) => string,
): number | undefined {
  const known = indexes.get(list)?.get(wanted);
  if (known !== undefined && isAt(list, known, wanted, keyOf)) return known;
  const index = new Map<string, number>();
  for (const [position, entry] of list.entries()) {
    const key = keyOf(entry);
    if (!index.has(key)) index.set(key, position);
  }
  indexes.set(list, index);
  return index.get(wanted);
}

function isAt<Entry>(
  list: readonly Entry[],
  position: number,
  wanted: string,
  keyOf: (entry: Entry) => string,
): boolean {
  const entry = list[position];
  return entry !== undefined && keyOf(entry) === wanted;
}
