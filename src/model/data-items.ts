/**
 * Which properties of a class are its data items, and in which order: WmiDataId, inheritance and overriding.
 *
 * It must not know sizes, nor what types are on the wire. Rules: "WMI property qualifiers" of the driver documentation (wmi-header.md 2.3, 4).
 */
import { type Related } from '../diagnostics/diagnostic.js';
import { builtInClass } from './builtin-classes.js';
import { shapeDifference } from './declared-type.js';
import { type Findings, key } from './findings.js';
import { withId, withoutQualifier } from './fixes.js';
import { ancestry, type Hierarchy } from './hierarchy.js';
import { declaredId, freeIds, idLocation } from './ids.js';
import { valueWords } from './qualifiers.js';
import { type ClassSymbol, type PropertySymbol } from './symbols.js';

/** A property with its place among the data items. */
export interface DataProperty {
  /** 0 for one without an id of its own. */
  readonly id: number;
  readonly property: PropertySymbol;
  /** Not so when its id was reported: then it stands where the text has it. */
  readonly isPlaced: boolean;
}

export interface DataProperties {
  /** In wire order. */
  readonly items: readonly DataProperty[];
  /** Something about them was reported, so they have no layout that means anything. */
  readonly isBroken: boolean;
  /** There may be more of them: what is inherited is not known. */
  readonly mayHaveMore: boolean;
}

/** What WMI adds around a driver's data; never part of it (driver documentation, "Required items"). */
const AROUND_DATA: ReadonlySet<string> = new Set(['instancename', 'active']);

/** A property that may be a data item. */
interface Candidate {
  property: PropertySymbol;
  id: number | undefined;
  /** The declaration whose id it has: not `property` where that overrides it under another one, which was reported. */
  numberedBy: PropertySymbol;
  /** Its id was reported. */
  hasBadId: boolean;
  /** How far from the root of the hierarchy it was first declared. */
  readonly rank: number;
}

/** The data items of a class, inherited ones first; of a registered class every property must be one. */
export function dataProperties(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  isRegistered: boolean,
  report: Findings,
): DataProperties {
  const { candidates, isBroken, aroundIds } = gather(symbol, hierarchy, isRegistered, report);
  const { mayHaveMore = false, isTorn = false } = hierarchy.get(symbol) ?? {};
  const isNumbered =
    isRegistered || candidates.some(({ id, hasBadId }) => hasBadId || id !== undefined);
  if (!isNumbered) return { items: [], isBroken: isBroken || mayHaveMore, mayHaveMore };

  const clashing = reportIds(candidates, suggestions(candidates), symbol, report);
  const items = inWireOrder(candidates, clashing);
  if (!isTorn) reportGaps(items, mayHaveMore, aroundIds, report);
  const isOpen = items.some(({ isPlaced }) => !isPlaced);
  return { items, isBroken: isBroken || mayHaveMore || isOpen, mayHaveMore };
}

/** By id; one without stays behind the one that the text has in front of it, which is most likely what was meant. */
function inWireOrder(
  candidates: readonly Candidate[],
  clashing: ReadonlySet<PropertySymbol>,
): readonly DataProperty[] {
  let place = 0;
  const placed = candidates.map(({ id, property, numberedBy }) => {
    place = id ?? place;
    const isPlaced = id !== undefined && numberedBy === property && !clashing.has(property);
    return { place, id: id ?? 0, property, isPlaced };
  });
  return placed
    .sort((a, b) => a.place - b.place)
    .map(({ id, property, isPlaced }) => ({ id, property, isPlaced }));
}

const NO_ID_FREE =
  'no id is free between those of its base and of the classes below: renumber those';

/** Gives free ids that keep the order on the wire: above those of the ranks above, below those of the ranks below. */
function suggestions(
  candidates: readonly Readonly<Candidate>[],
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

interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly isBroken: boolean;
  /** How many ids were on what WMI adds around the data. */
  readonly aroundIds: number;
}

/** The candidates of the class and everything above it, the root's first, each class's in the order of the text. */
function gather(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  isRegistered: boolean,
  report: Findings,
): Gathered {
  const byName = new Map<string, Candidate>();
  let isBroken = false;
  let aroundIds = 0;
  for (const [rank, owner] of ancestry(symbol, hierarchy).entries()) {
    if (builtInClass(owner.class.name) !== undefined) continue;
    const own = new Set<string>();
    for (const property of owner.properties) {
      const name = key(property.name);
      // A name given twice in one class is reported with the class.
      if (own.has(name)) continue;
      own.add(name);
      const declared = declaredId(property, 'WmiDataId', report);
      if (AROUND_DATA.has(name)) {
        // A structure that is never registered has its own say: WMI adds nothing to it.
        if (declared.kind === 'none') continue;
        if (isRegistered) {
          aroundIds += 1;
          reportIdAroundData(property, symbol, report);
          continue;
        }
      }
      if (declared.kind === 'bad') isBroken = true;
      const id = declared.kind === 'given' ? declared.id : undefined;
      const hasBadId = declared.kind === 'bad';
      const inherited = byName.get(name);
      if (inherited?.id === undefined) {
        byName.delete(name);
        byName.set(name, { property, id, numberedBy: property, hasBadId, rank });
        continue;
      }
      if (id !== inherited.id) {
        isBroken = true;
        if (!hasBadId) reportOverriding(property, inherited, report);
      } else {
        if (reportOtherForm(property, inherited.property, report)) isBroken = true;
        inherited.numberedBy = property;
      }
      inherited.property = property;
    }
  }
  return { candidates: [...byName.values()], isBroken, aroundIds };
}

function reportIdAroundData(property: PropertySymbol, symbol: ClassSymbol, report: Findings): void {
  const entry = property.qualifiers.entry('WmiDataId');
  report.add(
    'MOF2207',
    entry?.location ?? property.location,
    `'${property.name}' has a WmiDataId, but is never part of the data of a registered class such as '${symbol.class.name}'`,
    {
      help: 'take the WmiDataId away, or rename the item',
      fixes: entry && [withoutQualifier(property.qualifiers, entry)],
      related: inheritedHere(property, symbol),
    },
  );
}

function reportOverriding(property: PropertySymbol, inherited: Candidate, report: Findings): void {
  const entry = property.qualifiers.entry('WmiDataId');
  const id = String(inherited.id);
  report.add(
    'MOF2205',
    entry?.location ?? property.location,
    entry === undefined
      ? `'${property.name}' overrides an inherited data item, but has no WmiDataId`
      : `'${property.name}' overrides the inherited data item ${id} under another WmiDataId`,
    {
      help: `write [WmiDataId(${id})], or give it another name`,
      fixes: withId(property, 'WmiDataId', inherited.id),
      related: [
        { location: idLocation(inherited.numberedBy, 'WmiDataId'), message: 'inherited from here' },
      ],
    },
  );
}

/** The qualifiers that decide how many bytes an item takes. */
const OF_THE_FORM = ['WmiSizeIs', 'Max', 'MaxLen'] as const;

/** Reports an overriding item that takes another form on the wire: who reads the base class reads it wrongly. */
function reportOtherForm(
  property: PropertySymbol,
  inherited: PropertySymbol,
  report: Findings,
): boolean {
  const difference =
    shapeDifference(property.node, inherited.node) ?? formDifference(property, inherited);
  if (difference === undefined) return false;
  report.add(
    'MOF2208',
    property.location,
    `'${property.name}' overrides the inherited data item of '${inherited.owner.name}' with ${difference}`,
    {
      help: 'declare it as it is inherited, or give it another name and a WmiDataId of its own',
      related: [{ location: inherited.location, message: 'inherited from here' }],
    },
  );
  return true;
}

function formDifference(property: PropertySymbol, inherited: PropertySymbol): string | undefined {
  for (const name of OF_THE_FORM) {
    const [now, before] = [property, inherited].map(({ qualifiers }) =>
      valueWords(qualifiers.get(name)),
    );
    if (key(now ?? '') !== key(before ?? ''))
      return `another ${name} (${now} instead of ${before})`;
  }
  return undefined;
}

function reportMissingId(
  property: PropertySymbol,
  free: number | undefined,
  symbol: ClassSymbol,
  report: Findings,
): void {
  report.add(
    'MOF2201',
    property.location,
    `'${property.name}' has no WmiDataId, so it has no place in the data of '${symbol.class.name}'`,
    {
      help: free === undefined ? NO_ID_FREE : `write [WmiDataId(${free})]: the next free one`,
      fixes: withId(property, 'WmiDataId', free),
      related: inheritedHere(property, symbol),
    },
  );
}

/**
 * Ids that are missing or used twice, and ids of a derived class below those of its base, which would leave the order on the
 * wire open. Free ones are suggested in the order of the text. Gives the properties whose id clashes.
 */
function reportIds(
  candidates: readonly Readonly<Candidate>[],
  suggest: (rank: number) => number | undefined,
  symbol: ClassSymbol,
  report: Findings,
): ReadonlySet<PropertySymbol> {
  const first = new Map<number, PropertySymbol>();
  const clashing = new Set<PropertySymbol>();
  let rank = 0;
  let highest: { readonly id: number; readonly property: PropertySymbol } | undefined;
  let highestInherited: typeof highest;
  for (const each of candidates) {
    const { id, property, numberedBy } = each;
    if (id === undefined) {
      if (!each.hasBadId) reportMissingId(property, suggest(each.rank), symbol, report);
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
 * Ids are kept as written; a gap is worth a word, because "contiguous from 1" is the documented rule. Items whose ids were
 * reported may belong into it, and so may those of an unknown base in front of the first.
 */
function reportGaps(
  items: readonly DataProperty[],
  mayHaveMore: boolean,
  otherIds: number,
  report: Findings,
): void {
  const placed = items.filter(({ isPlaced }) => isPlaced);
  let spare = items.length - placed.length + otherIds;
  for (const [index, { id, property }] of placed.entries()) {
    if (index === 0 && mayHaveMore) continue;
    const next = (placed[index - 1]?.id ?? 0) + 1;
    if (id >= next && id <= next + spare) {
      spare -= id - next;
      continue;
    }
    const expected = id < next ? next : next + spare;
    report.add(
      'MOF2203',
      idLocation(property, 'WmiDataId'),
      `the WmiDataIds of '${property.owner.name}' do not count from 1 without gaps: ${id} stands where ${expected} would`,
      { help: 'the ids are kept as they are written' },
    );
    return;
  }
}

function inheritedHere(property: PropertySymbol, symbol: ClassSymbol): readonly Related[] {
  return property.owner === symbol.class
    ? []
    : [{ location: symbol.class.location, message: `'${symbol.class.name}' inherits it` }];
}
