/**
 * Which properties of a class are its data items, and in which order: WmiDataId, inheritance and overriding.
 * Rules: "WMI property qualifiers" of the driver documentation (docs/spec/layout-and-header.md#item-qualifiers).
 */
import { nameKey } from '../text/name-key.js';
import { builtInClass } from './builtin-classes.js';
import { cimTypeDifference } from './declared-type.js';
import { type Declared, type EffectiveMember, propertiesOf } from './effective-qualifiers.js';
import { type Findings } from './findings.js';
import { withId, withoutQualifier } from './fixes.js';
import { type Hierarchy } from './hierarchy.js';
import { declaredId, idLocation } from './ids.js';
import { inheritedHere, type NumberedProperty, reportGaps, reportIds } from './item-ids.js';
import { type QualifierSet } from './model.js';
import { integer } from './qualifiers.js';
import { type ClassSymbol, type PropertySymbol } from './symbols.js';
import { hasUnpropagatedId } from './unpropagated-qualifiers.js';
import { isOutsideWmi } from './wmi-classes.js';

/** A property with its position among the data items. */
export interface DataProperty {
  /** 0 if an error was reported about its id. */
  readonly id: number;
  readonly property: PropertySymbol;
  /** Effective in the class that has the item. */
  readonly qualifiers: QualifierSet;
  /** False if an error was reported about its id: then it keeps its place in the text. */
  readonly isPlaced: boolean;
}

export interface DataProperties {
  /** In wire order. */
  readonly items: readonly DataProperty[];
  /** Properties that are not part of the data because they have no id. */
  readonly withoutId: readonly PropertySymbol[];
  /** An error was reported about them, so they have no valid layout. */
  readonly isBroken: boolean;
  /** There may be more items, because not all inherited ones are known. */
  readonly mayHaveMore: boolean;
}

/** Items that WMI itself adds to a driver's data; never part of it (driver documentation, "Required items"). */
const ADDED_BY_WMI: ReadonlySet<string> = new Set(['instancename', 'active']);

/** A property that may be a data item. */
interface Candidate extends NumberedProperty {
  /** Effective in the class. */
  readonly qualifiers: QualifierSet;
}

/** The data items of a class, inherited ones first; properties without an id are not part of the data. */
export function dataProperties(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  isRegistered: boolean,
  report: Findings,
): DataProperties {
  const { candidates, isBroken, otherIds } = gather(symbol, hierarchy, isRegistered, report);
  const { mayHaveMore = false, isIncomplete = false, gap } = hierarchy.get(symbol) ?? {};
  const isUnread = isIncomplete || gap === 'cut';
  const numbered = candidates.filter(({ id, hasBadId }) => hasBadId || id !== undefined);
  if (!isRegistered && numbered.length === 0) {
    return { items: [], withoutId: [], isBroken: isBroken || isUnread, mayHaveMore };
  }
  const clashing = reportIds(candidates, symbol, report);
  const items = inWireOrder(numbered, clashing);
  if (!isIncomplete)
    reportGaps(items, mayHaveMore, otherIds + candidates.length - numbered.length, report);
  const isOpen = items.some(({ isPlaced }) => !isPlaced);
  const withoutId = candidates.flatMap(({ id, hasBadId, symbol: property }) =>
    hasBadId || id !== undefined ? [] : property,
  );
  return { items, withoutId, isBroken: isBroken || isUnread || isOpen, mayHaveMore };
}

/** Sorts by id; an item with an invalid id stays after the item that it follows in the text. */
function inWireOrder(
  candidates: readonly Candidate[],
  clashing: ReadonlySet<PropertySymbol>,
): readonly DataProperty[] {
  let place = 0;
  const placed = candidates.map(({ id, symbol: property, qualifiers }) => {
    place = id ?? place;
    const isPlaced = id !== undefined && !clashing.has(property);
    return { place, id: id ?? 0, property, qualifiers, isPlaced };
  });
  return placed
    .sort((a, b) => a.place - b.place)
    .map(({ id, property, qualifiers, isPlaced }) => ({ id, property, qualifiers, isPlaced }));
}

interface Gathered {
  readonly candidates: readonly Candidate[];
  readonly isBroken: boolean;
  /** How many ids are on InstanceName or Active, or are not inherited. */
  readonly otherIds: number;
}

/** The candidates of the class and its base classes, those of the root first, each class's in the order of the text. */
function gather(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  isRegistered: boolean,
  report: Findings,
): Gathered {
  const candidates: Candidate[] = [];
  let isBroken = false;
  let otherIds = 0;
  for (const member of propertiesOf(symbol, hierarchy)) {
    const { symbol: property, qualifiers, declarations } = member;
    const own = declarations.filter(({ owner }) => builtInClass(owner.class.name) === undefined);
    if (own.length === 0) continue;
    const declared = declaredId({ location: property.location, qualifiers }, 'WmiDataId', report);
    if (ADDED_BY_WMI.has(nameKey(property.name))) {
      // WMI adds no items to a structure, which is never registered: its InstanceName is an ordinary property.
      if (declared.kind === 'none') continue;
      if (isRegistered) {
        otherIds += 1;
        reportIdAroundData(member, symbol, report);
        continue;
      }
    }
    const hasBadId = declared.kind === 'bad';
    if (hasBadId) isBroken = true;
    else if (declared.kind === 'none') {
      if (own.every(({ owner }) => isOutsideWmi(owner, hierarchy))) continue;
      if (hasUnpropagatedId(member, 'WmiDataId')) {
        otherIds += 1;
        continue;
      }
    }
    const numbering = numberingOf(member);
    const id = declared.kind === 'given' ? declared.id : undefined;
    if (id !== undefined && reportOverriding(member, numbering.symbol, report)) isBroken = true;
    candidates.push({
      symbol: property,
      qualifiers,
      id,
      numberedBy: numbering.symbol,
      hasBadId,
      rank: numbering.rank,
    });
  }
  // The items of a class come after those that it inherits.
  return { candidates: candidates.sort((a, b) => a.rank - b.rank), isBroken, otherIds };
}

/** The declaration that gives a property its id, and the distance from the root of the first declaration with an inherited id. */
function numberingOf({ symbol, qualifiers, declarations }: EffectiveMember<PropertySymbol>): {
  readonly symbol: PropertySymbol;
  readonly rank: number;
} {
  const entry = qualifiers.entry('WmiDataId');
  const from = declarations.find((each) =>
    each.symbol.qualifiers.entries.some((own) => own === entry),
  );
  let first = declarations.length - 1;
  while (first > 0 && hasSameId(declarations[first - 1], declarations[first])) first -= 1;
  return { symbol: from?.symbol ?? symbol, rank: declarations[first]?.rank ?? 0 };
}

/** Whether both declarations have the same id, inherited or written again. */
function hasSameId(
  above: Declared<PropertySymbol> | undefined,
  below: Declared<PropertySymbol> | undefined,
): boolean {
  const id = above && integer(above.qualifiers, 'WmiDataId');
  return id !== undefined && below !== undefined && id === integer(below.qualifiers, 'WmiDataId');
}

function reaches(above: Declared<PropertySymbol> | undefined): boolean {
  return above?.qualifiers.entry('WmiDataId')?.propagation.reachesSubclasses === true;
}

function reportIdAroundData(
  { symbol: property, qualifiers }: EffectiveMember<PropertySymbol>,
  symbol: ClassSymbol,
  report: Findings,
): void {
  const entry = qualifiers.entry('WmiDataId');
  report.add(
    'MOF2207',
    entry?.location ?? property.location,
    `'${property.name}' has a WmiDataId, but is never part of the data of a registered class such as '${symbol.class.name}'`,
    {
      help: 'remove the WmiDataId, or rename the item',
      fixes: entry && [withoutQualifier(property.qualifiers, entry)],
      related: inheritedHere(property, symbol),
    },
  );
}

/** Reports an overriding item with another id or another wire type. Returns whether it has no valid layout. */
function reportOverriding(
  { symbol: property, declarations }: EffectiveMember<PropertySymbol>,
  numberedBy: PropertySymbol,
  report: Findings,
): boolean {
  const inherited = declarations.at(-2);
  if (inherited === undefined) return false;
  const above = inherited.symbol;
  const id = integer(property.qualifiers, 'WmiDataId');
  const before = integer(inherited.qualifiers, 'WmiDataId');
  if (reaches(inherited) && numberedBy === property && id !== before) {
    report.add(
      'MOF2205',
      idLocation(property, 'WmiDataId'),
      `'${property.name}' overrides the inherited data item ${before} with another WmiDataId`,
      {
        help: `write [WmiDataId(${before})], or give it another name`,
        fixes: withId(property, 'WmiDataId', before),
        related: [{ location: idLocation(above, 'WmiDataId'), message: 'inherited from here' }],
      },
    );
  }
  const difference = cimTypeDifference(property.node, above.node);
  if (difference === undefined) return false;
  report.add(
    'MOF2208',
    property.location,
    `'${property.name}' overrides the inherited data item of '${above.owner.name}' with ${difference}`,
    {
      help: 'declare it as it is inherited, or give it another name and a WmiDataId of its own',
      related: [{ location: above.location, message: 'inherited from here' }],
    },
  );
  return true;
}
