/**
 * Checks the WmiDataIds of one class: unique, inherited ones first, counting from 1.
 * Rules: "WMI property qualifiers" of the driver documentation (docs/spec/layout-and-header.md#item-qualifiers).
 */
import { type Related } from '../diagnostics/diagnostic.js';
import { type DataProperty } from './data-items.js';
import { type Findings } from './findings.js';
import { appended, withId } from './fixes.js';
import { freeIds, idLocation } from './ids.js';
import { type ClassSymbol, type PropertySymbol } from './symbols.js';

/** A property with its id, if it has one. */
export interface NumberedProperty {
  readonly symbol: PropertySymbol;
  readonly id: number | undefined;
  /** An error about its id was reported. */
  readonly hasBadId: boolean;
  /** The declaration that gives it its id. */
  readonly numberedBy: PropertySymbol;
  /** The distance of that declaration from the root of the hierarchy. */
  readonly rank: number;
}

const NO_ID_FREE =
  'no id is free between those of its base classes and those of its derived classes: renumber the latter';

/** Finds free ids that keep the order on the wire: above those of base classes, below those of derived classes. */
function freeIdsByRank(
  candidates: readonly NumberedProperty[],
): (rank: number) => number | undefined {
  const numbered = candidates.flatMap(({ id, rank }) => (id === undefined ? [] : [{ id, rank }]));
  const used = new Set(numbered.map(({ id }) => id));
  const next = new Map<number, () => number>();
  const limits = new Map<number, number>();
  return (rank) => {
    let free = next.get(rank);
    if (free === undefined) {
      let highestInherited = 0;
      let lowestBelow = Infinity;
      for (const each of numbered) {
        if (each.rank < rank) highestInherited = Math.max(highestInherited, each.id);
        if (each.rank > rank) lowestBelow = Math.min(lowestBelow, each.id);
      }
      free = freeIds(used, highestInherited);
      next.set(rank, free);
      limits.set(rank, lowestBelow);
    }
    const id = free();
    if (id > (limits.get(rank) ?? Infinity)) return undefined;
    used.add(id);
    return id;
  };
}

function reportMissingId(
  { symbol: property }: NumberedProperty,
  free: number | undefined,
  symbol: ClassSymbol,
  report: Findings,
): void {
  if (looksLikeMethod(property)) {
    const { name } = property;
    report.add(
      'MOF2217',
      property.location,
      `'${name}' has the qualifiers of a method, but no parentheses`,
      {
        help: `write void ${name}(); for a method`,
        fixes: [appended(property.location, '()', `write ${name}()`)],
        related: inheritedHere(property, symbol),
      },
    );
    return;
  }
  report.add(
    'MOF2201',
    property.location,
    `'${property.name}' has no WmiDataId, so it is not part of the data of '${symbol.class.name}'`,
    {
      help: free === undefined ? NO_ID_FREE : `write [WmiDataId(${free})]: the next free one`,
      fixes: withId(property, 'WmiDataId', free),
      related: inheritedHere(property, symbol),
    },
  );
}

/** Whether a property has a qualifier that only methods have (NVIDIA's MXM MOF: `[WmiMethodId(1)] uint32 Call;`). */
export function looksLikeMethod({ qualifiers }: PropertySymbol): boolean {
  return qualifiers.has('WmiMethodId') || qualifiers.has('Implemented');
}

/**
 * Reports properties without an id, duplicate ids, and ids of a derived class below those of its base class, which would leave
 * the order on the wire undefined. Suggests free ids in the order of the text. Returns the properties whose id clashes.
 */
export function reportIds(
  candidates: readonly NumberedProperty[],
  symbol: ClassSymbol,
  report: Findings,
): ReadonlySet<PropertySymbol> {
  const suggest = freeIdsByRank(candidates);
  const first = new Map<number, PropertySymbol>();
  const clashing = new Set<PropertySymbol>();
  let rank = 0;
  let highest: { readonly id: number; readonly property: PropertySymbol } | undefined;
  let highestInherited: typeof highest;
  for (const each of candidates) {
    const { id, symbol: property, numberedBy } = each;
    if (id === undefined) {
      if (!each.hasBadId) reportMissingId(each, suggest(each.rank), symbol, report);
      continue;
    }
    const location = idLocation(numberedBy, 'WmiDataId');
    if (each.rank !== rank) {
      rank = each.rank;
      highestInherited = highest;
    }
    const earlier = first.get(id);
    if (earlier !== undefined) {
      clashing.add(property);
      const free = suggest(each.rank);
      report.add(
        'MOF2202',
        location,
        `WmiDataId ${id} of '${property.name}' is already that of '${earlier.name}'`,
        {
          help: free === undefined ? NO_ID_FREE : `the next free WmiDataId is ${free}`,
          fixes: withId(numberedBy, 'WmiDataId', free),
          related: [
            { location: idLocation(earlier, 'WmiDataId'), message: 'first used here' },
            ...inheritedHere(numberedBy, symbol),
          ],
        },
      );
      continue;
    }
    first.set(id, numberedBy);
    if (highestInherited !== undefined && id < highestInherited.id) {
      clashing.add(property);
      const base = highestInherited.property;
      report.add(
        'MOF2206',
        location,
        `WmiDataId ${id} of '${property.name}' is below ${highestInherited.id} of the inherited '${base.name}'`,
        {
          help: `inherited items come first: use ids above ${highestInherited.id}`,
          fixes: withId(numberedBy, 'WmiDataId', suggest(each.rank)),
          related: [{ location: idLocation(base, 'WmiDataId'), message: 'inherited from here' }],
        },
      );
    }
    if (highest === undefined || id > highest.id) highest = { id, property: numberedBy };
  }
  return clashing;
}

/**
 * Warns about gaps, because the documented rule is "contiguous from 1"; the ids are kept as written. A gap may be filled by
 * items with an invalid id, or, before the first item, by those of an unknown base class.
 */
export function reportGaps(
  items: readonly DataProperty[],
  mayHaveMore: boolean,
  otherIds: number,
  report: Findings,
): void {
  const placed = items.filter(({ isPlaced }) => isPlaced);
  let spare = items.length - placed.length + otherIds;
  for (const [index, { id, property, qualifiers }] of placed.entries()) {
    if (index === 0 && mayHaveMore) continue;
    const next = (placed[index - 1]?.id ?? 0) + 1;
    if (id >= next && id <= next + spare) {
      spare -= id - next;
      continue;
    }
    const expected = id < next ? next : next + spare;
    report.add(
      'MOF2203',
      idLocation({ location: property.location, qualifiers }, 'WmiDataId'),
      `the WmiDataIds of '${property.owner.name}' do not count from 1 without gaps: ${id} where ${expected} is expected`,
      { help: 'mofgen keeps the ids as they are written' },
    );
    return;
  }
}

export function inheritedHere(property: PropertySymbol, symbol: ClassSymbol): readonly Related[] {
  return property.owner === symbol.class
    ? []
    : [{ location: symbol.class.location, message: `'${symbol.class.name}' inherits it` }];
}
