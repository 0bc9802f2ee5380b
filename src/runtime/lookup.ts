/**
 * Finds an entry of a list by its key without walking the list, so that lookup does not grow with the count.
 *
 * The index of a list is remembered; what it finds is compared with the list, which a driver may have changed, and a key
 * that it lacks is looked for in the list itself. It knows neither GUIDs nor names.
 */

const indexes = new WeakMap<object, ReadonlyMap<string, number>>();

/** The index of the first entry whose key is `wanted`; `keyOf` must be the same function for the same list. */
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
