/** Maps of lists. */

/** Appends `entry` to the list of `key`. */
export function addTo<K, T>(lists: Map<K, T[]>, key: K, entry: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [entry]);
  else list.push(entry);
}
