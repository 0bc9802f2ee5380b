/**
 * Which properties of a class are its data items, and in which order: WmiDataId, inheritance and overriding.
 *
 * It must not know types or sizes. Rules: "WMI property qualifiers" of the driver documentation (wmi-header.md 2.3, 4).
 */
import { type Location, type Related } from '../diagnostics/diagnostic.js';
import { builtInClass } from './builtin-classes.js';
import { type Findings, key } from './findings.js';
import { ancestry, type Hierarchy } from './hierarchy.js';
import { ULONG_MAX } from './layout.js';
import { type QualifierSet } from './model.js';
import { entryOf } from './qualifier-set.js';
import { integer } from './qualifiers.js';
import { type ClassSymbol, type PropertySymbol } from './symbols.js';

/** A property with its place among the data items. */
export interface DataProperty {
  readonly id: number;
  readonly property: PropertySymbol;
}

export interface DataProperties {
  /** In wire order. */
  readonly items: readonly DataProperty[];
  /** Something about them was reported: what follows from them is not worth another report. */
  readonly isBroken: boolean;
}

/** What WMI adds around a driver's data; never part of it (driver documentation, "Required items"). */
const NEVER_DATA: ReadonlySet<string> = new Set(['instancename', 'active']);

/** A property that may be a data item. */
interface Candidate {
  property: PropertySymbol;
  id: number | undefined;
  /** How far from the root of the hierarchy it was first declared. */
  readonly rank: number;
}

type NumberedCandidate = Readonly<Candidate> & { readonly id: number };

/** The data items of a class, inherited ones first; `needsIds` says that every property must be one. */
export function dataProperties(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  needsIds: boolean,
  report: Findings,
): DataProperties {
  const { candidates, isBroken } = gather(symbol, hierarchy, report);
  const numbered = candidates.flatMap(({ id, ...rest }) =>
    id === undefined ? [] : [{ id, ...rest }],
  );
  const ids = new Set(numbered.map((each) => each.id));
  let broken = isBroken;

  if (needsIds || numbered.length > 0) {
    for (const { property, id } of candidates) {
      if (id !== undefined || isBadId(property.qualifiers, 'WmiDataId')) continue;
      broken = true;
      const free = nextFree(ids);
      ids.add(free);
      report.add(
        'MOF2201',
        property.location,
        `'${property.name}' has no WmiDataId, so it has no place in the data of '${symbol.class.name}'`,
        {
          help: `write [WmiDataId(${free})]: the next free one`,
          related: inheritedHere(property, symbol),
        },
      );
    }
  }

  if (reportIdClashes(numbered, ids, symbol, report)) broken = true;
  const items = numbered.toSorted((a, b) => a.id - b.id);
  if (!broken) reportGaps(items, report);
  return { items, isBroken: broken };
}

/** The candidates of the class and everything above it, the root's first, each class's in the order of the text. */
function gather(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  report: Findings,
): { readonly candidates: readonly Candidate[]; readonly isBroken: boolean } {
  const byName = new Map<string, Candidate>();
  let isBroken = hierarchy.get(symbol)?.gap !== undefined;
  for (const [rank, owner] of ancestry(symbol, hierarchy).entries()) {
    if (builtInClass(owner.class.name) !== undefined) continue;
    const own = new Set<string>();
    for (const property of owner.properties) {
      const name = key(property.name);
      // A name given twice in one class is reported with the class.
      if (own.has(name)) continue;
      own.add(name);
      if (NEVER_DATA.has(name)) {
        reportIdOnNoData(property, report);
        continue;
      }
      const id = readId(property.qualifiers, 'WmiDataId', report);
      if (id === undefined && isBadId(property.qualifiers, 'WmiDataId')) isBroken = true;
      const inherited = byName.get(name);
      if (inherited?.id === undefined) {
        byName.delete(name);
        byName.set(name, { property, id, rank });
        continue;
      }
      if (id !== inherited.id) {
        isBroken = true;
        if (!isBadId(property.qualifiers, 'WmiDataId')) {
          reportOverriding(property, inherited, report);
        }
      }
      inherited.property = property;
    }
  }
  return { candidates: [...byName.values()], isBroken };
}

function reportIdOnNoData(property: PropertySymbol, report: Findings): void {
  const entry = entryOf(property.qualifiers, 'WmiDataId');
  if (entry === undefined) return;
  report.add(
    'MOF2207',
    entry.location,
    `WmiDataId has no effect on '${property.name}', which is never part of the data`,
    {
      help: 'take it away',
    },
  );
}

function reportOverriding(property: PropertySymbol, inherited: Candidate, report: Findings): void {
  const entry = entryOf(property.qualifiers, 'WmiDataId');
  const id = String(inherited.id);
  report.add(
    'MOF2205',
    entry?.location ?? property.location,
    entry === undefined
      ? `'${property.name}' overrides an inherited data item, but has no WmiDataId`
      : `'${property.name}' overrides the inherited data item ${id} under another WmiDataId`,
    {
      help: `write [WmiDataId(${id})], or give it another name`,
      related: [
        { location: idLocation(inherited.property, 'WmiDataId'), message: 'inherited from here' },
      ],
    },
  );
}

/** Ids used twice, and ids of a derived class below those of its base, which would leave the order on the wire open. */
function reportIdClashes(
  numbered: readonly NumberedCandidate[],
  used: ReadonlySet<number>,
  symbol: ClassSymbol,
  report: Findings,
): boolean {
  const first = new Map<number, PropertySymbol>();
  let found = false;
  let rank = 0;
  let highest: NumberedCandidate | undefined;
  let highestInherited: NumberedCandidate | undefined;
  for (const each of numbered) {
    const { id, property } = each;
    const location = idLocation(property, 'WmiDataId');
    if (each.rank !== rank) {
      rank = each.rank;
      highestInherited = highest;
    }
    const earlier = first.get(id);
    if (earlier !== undefined) {
      found = true;
      report.add(
        'MOF2202',
        location,
        `WmiDataId ${id} of '${property.name}' is already that of '${earlier.name}'`,
        {
          help: `the next free WmiDataId is ${nextFree(used)}`,
          related: [
            { location: idLocation(earlier, 'WmiDataId'), message: 'first used here' },
            ...inheritedHere(property, symbol),
          ],
        },
      );
      continue;
    }
    first.set(id, property);
    if (highestInherited !== undefined && id < highestInherited.id) {
      found = true;
      const base = highestInherited.property;
      report.add(
        'MOF2206',
        location,
        `WmiDataId ${id} of '${property.name}' is below ${highestInherited.id} of the inherited '${base.name}'`,
        {
          help: `inherited items come first: use ids above ${highestInherited.id}`,
          related: [{ location: idLocation(base, 'WmiDataId'), message: 'inherited from here' }],
        },
      );
    }
    if (highest === undefined || id > highest.id) highest = each;
  }
  return found;
}

/** Ids are kept as written; a gap is worth a word, because "contiguous from 1" is the documented rule. */
function reportGaps(items: readonly DataProperty[], report: Findings): void {
  for (const [index, { id, property }] of items.entries()) {
    const expected = (items[index - 1]?.id ?? 0) + 1;
    if (id === expected) continue;
    report.add(
      'MOF2203',
      idLocation(property, 'WmiDataId'),
      `the WmiDataIds of '${property.owner.name}' do not count from 1 without gaps: ${id} stands where ${expected} would`,
      { help: 'the ids are kept as they are written' },
    );
    return;
  }
}

/**
 * The id that a qualifier gives; `undefined` when there is none or it is no ULONG, which is reported here unless the
 * value is not even an integer (the check of the qualifiers reports that).
 */
export function readId(
  qualifiers: QualifierSet,
  name: 'WmiDataId' | 'WmiMethodId',
  report: Findings,
): number | undefined {
  const value = integer(qualifiers, name);
  if (value === undefined) return undefined;
  if (value >= 0n && value <= BigInt(ULONG_MAX)) return Number(value);
  const entry = entryOf(qualifiers, name);
  if (entry !== undefined) {
    report.add('MOF2204', entry.location, `${name} ${value} is not between 0 and ${ULONG_MAX}`, {
      help: 'ids count from 1',
    });
  }
  return undefined;
}

/** Whether the qualifier is there with a value that gives no id. */
export function isBadId(qualifiers: QualifierSet, name: 'WmiDataId' | 'WmiMethodId'): boolean {
  const value = qualifiers.get(name);
  if (value === undefined || value === null) return false;
  return typeof value !== 'bigint' || value < 0n || value > BigInt(ULONG_MAX);
}

/** The qualifier with the id, or the name where it has none. */
export function idLocation(
  feature: { readonly location: Location; readonly qualifiers: QualifierSet },
  name: 'WmiDataId' | 'WmiMethodId',
): Location {
  return entryOf(feature.qualifiers, name)?.location ?? feature.location;
}

/** The smallest id from 1 on that is not used. */
export function nextFree(used: ReadonlySet<number>): number {
  let free = 1;
  while (used.has(free)) free += 1;
  return free;
}

function inheritedHere(property: PropertySymbol, symbol: ClassSymbol): readonly Related[] {
  return property.owner === symbol.class
    ? []
    : [{ location: symbol.class.location, message: `'${symbol.class.name}' inherits it` }];
}
