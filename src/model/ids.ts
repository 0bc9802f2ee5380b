/**
 * Reads WmiDataId and WmiMethodId, and finds free ids.
 *
 * Ids are ULONGs on the wire (WNODE_SINGLE_ITEM.ItemId, WNODE_METHOD_ITEM.MethodId; docs/spec/runtime.md#structures).
 */
import { type Location } from '../diagnostics/diagnostic.js';
import { type Findings } from './findings.js';
import { ULONG_MAX } from './layout.js';
import { type QualifierSet } from './model.js';

export type IdQualifier = 'WmiDataId' | 'WmiMethodId';

/** The id of a feature: an error about a `bad` one was reported, here or with the qualifiers. */
export type DeclaredId =
  { readonly kind: 'none' } | { readonly kind: 'bad' } | { readonly kind: 'given'; id: number };

/** The parts of a property or a method that its id needs. */
interface Numbered {
  readonly location: Location;
  readonly qualifiers: QualifierSet;
}

/** The id of a feature. Reports one that does not fit a ULONG, unless the check of the qualifiers does. */
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

/** The place of the qualifier with the id, or of the name without one. */
export function idLocation({ location, qualifiers }: Numbered, name: IdQualifier): Location {
  return qualifiers.entry(name)?.location ?? location;
}

/** Returns the ids above `lowest` that are not in `used`, one per call in ascending order. */
export function freeIds(used: ReadonlySet<number>, lowest = 0): () => number {
  let last = lowest;
  return () => {
    do last += 1;
    while (used.has(last));
    return last;
  };
}
