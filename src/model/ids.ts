/**
 * Reads WmiDataId and WmiMethodId, and finds ids that are still free; it must not know what the ids number.
 *
 * Ids are ULONGs on the wire (WNODE_SINGLE_ITEM.ItemId, WNODE_METHOD_ITEM.MethodId; runtime-core.md section 2).
 */
import { type Location } from '../diagnostics/diagnostic.js';
import { type Findings } from './findings.js';
import { ULONG_MAX } from './layout.js';
import { type QualifierSet } from './model.js';

export type IdQualifier = 'WmiDataId' | 'WmiMethodId';

/** What the qualifier of a feature says: `bad` was reported, here or with the qualifiers. */
export type DeclaredId =
  { readonly kind: 'none' } | { readonly kind: 'bad' } | { readonly kind: 'given'; id: number };

/** A property or a method, as far as it has an id. */
interface Numbered {
  readonly location: Location;
  readonly qualifiers: QualifierSet;
}

/** The id of a feature; one that is no ULONG is reported, unless the check of the qualifiers does that. */
export function declaredId(
  { qualifiers }: Numbered,
  name: IdQualifier,
  report: Findings,
): DeclaredId {
  const entry = qualifiers.entry(name);
  if (entry === undefined || entry.value === null) return { kind: 'none' };
  const { value, location } = entry;
  if (typeof value !== 'bigint') return { kind: 'bad' };
  if (value >= 0n && value <= BigInt(ULONG_MAX)) return { kind: 'given', id: Number(value) };
  report.add('MOF2204', location, `${name} ${value} is not between 0 and ${ULONG_MAX}`, {
    help: 'ids count from 1',
  });
  return { kind: 'bad' };
}

/** The qualifier with the id, or the name where it has none. */
export function idLocation({ location, qualifiers }: Numbered, name: IdQualifier): Location {
  return qualifiers.entry(name)?.location ?? location;
}

/** Hands out the ids above `lowest` that are not in `used`, each once and the smallest first. */
export function freeIds(used: ReadonlySet<number>, lowest = 0): () => number {
  let last = lowest;
  return () => {
    do last += 1;
    while (used.has(last));
    return last;
  };
}
