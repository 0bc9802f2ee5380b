/**
 * What an unimplemented method returns: its in-out parameters unchanged, everything else empty.
 */
import { type Method, type WireItem } from './model.js';
import { countItem } from './set-rules.js';

/** The in-out parameters that are returned unchanged. Excluded: counts and arrays whose counterpart is output only, and so empty. */
export function unchangedParameters({ input, output }: Method): ReadonlySet<WireItem> {
  const ids = new Set(input.items.map(({ id }) => id));
  const isNew = (item: WireItem): boolean => !ids.has(item.id);
  const emptied = new Set(
    output.items.flatMap((item) => {
      const count = countItem(output, item);
      return count !== undefined && (isNew(item) || isNew(count)) ? [count] : [];
    }),
  );
  return new Set(
    output.items.filter((item) => {
      const count = countItem(output, item);
      return !isNew(item) && !emptied.has(item) && (count === undefined || !emptied.has(count));
    }),
  );
}
