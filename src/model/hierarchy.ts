/**
 * Resolves superclasses, cuts cycles, and recognises events.
 *
 * The walk is iterative, with one step per class. Hierarchies beyond the limits are cut, because later stages visit every
 * inherited member.
 */
import { nameKey } from '../text/name-key.js';
import { type Losses } from '../compile/losses.js';
import { BUILT_IN_CLASSES, builtInClass, isPlainClass } from './builtin-classes.js';
import { at, type Findings } from './findings.js';
import { respelled } from './fixes.js';
import { likelyName } from '../text/likely-names.js';
import { type BlockRole, type QualifierSet } from './model.js';
import { inSubclass } from './qualifier-set.js';
import { flag } from './qualifiers.js';
import { type ClassSymbol, type ClassTable } from './symbols.js';

/** What a class inherits. */
export interface Lineage {
  /** Its superclass, if declared in the compilation and not part of a cycle. */
  readonly superclass: ClassSymbol | undefined;
  /** The classes from the root down to the class itself. */
  readonly ancestry: readonly ClassSymbol[];
  /** The effective qualifiers of the class itself. */
  readonly qualifiers: QualifierSet;
  /** Drivers provide it through WMI. Built-in classes have no data, even if a file declares them again. */
  readonly isWmi: boolean;
  /** A class that lacks only its GUID keeps its role, so that its other errors are found in the same run. */
  readonly role: BlockRole;
  /** Derives, directly or not, from one of WMI's event classes. */
  readonly isEvent: boolean;
  /** It or a base class has an unknown superclass, or was cut off from it, which is reported. */
  readonly gap: { readonly unknownAt: ClassSymbol } | 'cut' | undefined;
  /** A part of it or of a base class may not have been read because of an error. */
  readonly isIncomplete: boolean;
  /** There may be unknown properties and methods, for one of these reasons. */
  readonly mayHaveMore: boolean;
  /** Declares or inherits a property InstanceName. */
  readonly hasInstanceName: boolean;
  /** The number of its base classes. */
  readonly depth: number;
  /** The number of their properties and methods. */
  readonly inherits: number;
}

/** Real hierarchies have fewer than ten levels. */
export const MAX_HIERARCHY_DEPTH = 100;
/** The limit of inherited members of all classes, since every stage visits each. All of CIM 2.32 has a fiftieth of it. */
export const MAX_INHERITED = 1_000_000;

export type Hierarchy = ReadonlyMap<ClassSymbol, Lineage>;

/** The lineage of every class; a class that derives from itself is reported. */
export function buildHierarchy(classes: ClassTable, losses: Losses, report: Findings): Hierarchy {
  const hierarchy = new Map<ClassSymbol, Lineage>();
  let inheritedByAll = 0;
  for (const symbol of classes.values()) {
    const path = new Set<ClassSymbol>();
    let current: ClassSymbol | undefined = symbol;
    while (current !== undefined && !hierarchy.has(current) && !path.has(current)) {
      path.add(current);
      current = superclassOf(current, classes);
    }
    const upwards = [...path];
    if (current !== undefined && path.has(current)) {
      reportCycle(upwards.slice(upwards.indexOf(current)), report);
    }
    for (const each of upwards.reverse()) {
      const above = superclassOf(each, classes);
      let inherited = above && hierarchy.get(above);
      if (above !== undefined && inherited !== undefined) {
        const inherits = inheritedFrom(above, inherited);
        if (inherited.depth >= MAX_HIERARCHY_DEPTH || inheritedByAll + inherits > MAX_INHERITED) {
          // Do not report a class that derives from one that was cut off.
          if (inherited.gap !== 'cut') reportSize(each, inherited, report);
          inherited = undefined;
        } else inheritedByAll += inherits;
      }
      hierarchy.set(each, lineageOf(each, above, inherited, losses));
    }
  }
  return hierarchy;
}

/** The classes from the root down to `symbol` itself. */
export function ancestry(symbol: ClassSymbol, hierarchy: Hierarchy): readonly ClassSymbol[] {
  return hierarchy.get(symbol)?.ancestry ?? [symbol];
}

/** Reports unknown superclasses: an error if one of the `laidOut` classes inherits from it, else a warning. */
export function reportUnknownSuperclasses(
  hierarchy: Hierarchy,
  laidOut: Iterable<ClassSymbol>,
  report: Findings,
): void {
  const dependents = new Map<ClassSymbol, ClassSymbol>();
  for (const symbol of laidOut) {
    const gap = hierarchy.get(symbol)?.gap;
    if (typeof gap === 'object' && !dependents.has(gap.unknownAt)) {
      dependents.set(gap.unknownAt, symbol);
    }
  }
  const warnedAbout = new Set<string>();
  for (const [symbol, { gap }] of hierarchy) {
    const { superclass } = symbol.node;
    if (superclass === undefined || typeof gap !== 'object' || gap.unknownAt !== symbol) continue;
    const location = at(symbol.source, superclass);
    const dependent = dependents.get(symbol);
    if (dependent !== undefined) {
      const likely = report.skipsSuggestions('MOF2004')
        ? undefined
        : likelyName(superclass.name, superclassNames(hierarchy), String);
      report.add(
        'MOF2004',
        location,
        `the superclass '${superclass.name}' is not declared, so the layout of '${dependent.class.name}' is unknown`,
        {
          help:
            likely === undefined
              ? `name the file that declares '${superclass.name}' with --reference; or allow MOF2004, if it has no data items`
              : `write ${likely}, if that is meant`,
          fixes: respelled(location, likely),
          related:
            dependent === symbol
              ? []
              : [{ location: dependent.class.location, message: 'the class that depends on it' }],
        },
      );
    } else if (!warnedAbout.has(nameKey(superclass))) {
      warnedAbout.add(nameKey(superclass));
      report.add('MOF2005', location, `the superclass '${superclass.name}' is not declared`, {
        help: 'no WMI layout depends on it; include its file to know what is inherited',
        fixes: report.skipsSuggestions('MOF2005')
          ? []
          : respelled(location, likelyName(superclass.name, superclassNames(hierarchy), String)),
      });
    }
  }
}

/** The candidates for a misspelled superclass. */
function* superclassNames(hierarchy: Hierarchy): Iterable<string> {
  for (const { name } of BUILT_IN_CLASSES) yield name;
  for (const symbol of hierarchy.keys()) yield symbol.class.name;
}

function superclassOf(symbol: ClassSymbol, classes: ClassTable): ClassSymbol | undefined {
  const { superclass } = symbol.node;
  return superclass === undefined ? undefined : classes.get(nameKey(superclass));
}

function inheritedFrom({ properties, methods }: ClassSymbol, { inherits }: Lineage): number {
  return inherits + properties.length + methods.length;
}

/** The lineage of a class below `above`; without the lineage of `above`, the class is cut off from it. */
function lineageOf(
  symbol: ClassSymbol,
  above: ClassSymbol | undefined,
  inherited: Lineage | undefined,
  losses: Losses,
): Lineage {
  const { superclass } = symbol.node;
  const builtIn = superclass === undefined ? undefined : builtInClass(superclass.name);
  const isUnknown =
    superclass !== undefined &&
    above === undefined &&
    builtIn === undefined &&
    !isPlainClass(superclass.name);
  const isUnread = isUnknown && losses.mayDeclare(superclass.name);
  const isCut = above !== undefined && inherited === undefined;
  const gap = isUnknown && !isUnread ? { unknownAt: symbol } : isCut ? 'cut' : inherited?.gap;
  const isIncomplete =
    isUnread ||
    inherited?.isIncomplete === true ||
    losses.isIncomplete(symbol.source, symbol.node.span);
  const qualifiers = inherited
    ? inSubclass(symbol.class.qualifiers, inherited.qualifiers)
    : symbol.class.qualifiers;
  const isWmi = flag(qualifiers, 'WMI') && builtInClass(symbol.class.name) === undefined;
  const isEvent = builtIn?.isEvent === true || inherited?.isEvent === true;
  const hasInstanceName =
    inherited?.hasInstanceName === true ||
    symbol.properties.some((property) => nameKey(property.name) === 'instancename');
  return {
    superclass: isCut ? undefined : above,
    ancestry: inherited ? [...inherited.ancestry, symbol] : [symbol],
    qualifiers,
    isWmi,
    role: isWmi ? roleOfWmiClass(qualifiers, isEvent, hasInstanceName) : 'structure',
    isEvent,
    gap,
    isIncomplete,
    mayHaveMore: isIncomplete || gap !== undefined,
    hasInstanceName,
    depth: inherited === undefined ? 0 : inherited.depth + 1,
    inherits: above && inherited ? inheritedFrom(above, inherited) : 0,
  };
}

/** Rules: "WMI class qualifiers" of the driver documentation (docs/spec/layout-and-header.md#class-qualifiers) and the roles in model.ts. */
function roleOfWmiClass(
  qualifiers: QualifierSet,
  isEvent: boolean,
  hasInstanceName: boolean,
): BlockRole {
  if (flag(qualifiers, 'Abstract') || flag(qualifiers, 'Static')) return 'structure';
  if (isEvent) return 'event';
  if (flag(qualifiers, 'Dynamic')) return 'dataBlock';
  return qualifiers.has('guid') && hasInstanceName ? 'dataBlock' : 'structure';
}

function reportSize({ source, node }: ClassSymbol, { depth }: Lineage, report: Findings): void {
  const name = node.name.name;
  report.add(
    'MOF2016',
    at(source, node.superclass ?? node.name),
    depth >= MAX_HIERARCHY_DEPTH
      ? `'${name}' has more than ${MAX_HIERARCHY_DEPTH} base classes`
      : `with '${name}', the classes inherit more than ${MAX_INHERITED} properties and methods`,
    { help: 'derive from fewer or smaller classes' },
  );
}

/** Longer cycles are shortened in messages. */
const MAX_NAMED_CLASSES = 8;

function reportCycle(cycle: readonly ClassSymbol[], report: Findings): void {
  const [first, ...rest] = cycle;
  if (first === undefined) return;
  const shown = cycle.slice(0, MAX_NAMED_CLASSES).map((each) => `'${each.class.name}'`);
  const omitted = cycle.length - shown.length;
  const more = omitted > 0 ? [`${omitted} more`] : [];
  const chain = [...shown, ...more, `'${first.class.name}'`].join(' -> ');
  const placeOf = (each: ClassSymbol) => at(each.source, each.node.superclass ?? each.node.name);
  report.add('MOF2006', placeOf(first), `class derives from itself: ${chain}`, {
    help: 'remove one of these superclasses',
    related: rest.slice(0, MAX_NAMED_CLASSES - 1).map((each) => ({
      location: placeOf(each),
      message: `the superclass of '${each.class.name}'`,
    })),
  });
}
