/**
 * Who derives from whom: superclasses found, cycles cut, events recognised.
 *
 * It walks without recursion, so that a hierarchy of any depth costs one step per class; and it cuts those that would cost
 * others more. It must not know data items.
 */
import { type Losses } from '../losses.js';
import { BUILT_IN_CLASSES, builtInClass, isPlainClass } from './builtin-classes.js';
import { at, type Findings, key } from './findings.js';
import { respelled } from './fixes.js';
import { likelyName } from '../../grammar/likely-names.js';
import { type QualifierSet } from './model.js';
import { inSubclass } from './qualifier-set.js';
import { type ClassSymbol, type ClassTable } from './symbols.js';

/** What a class gets from above. */
export interface Lineage {
  /** Its superclass, when that is declared in the compilation and no cycle leads back here. */
  readonly superclass: ClassSymbol | undefined;
  /** The effective qualifiers of the class itself. */
  readonly qualifiers: QualifierSet;
  /** Derives, at any distance, from one of WMI's event classes. */
  readonly isEvent: boolean;
  /** A class here or above has an unknown superclass, or was cut off from it: that is reported. */
  readonly gap: { readonly unknownAt: ClassSymbol } | 'cut' | undefined;
  /** An error of the text may have kept a part of a class here or above from being read. */
  readonly isTorn: boolean;
  /** For one of these reasons: there may be more properties and methods than are known. */
  readonly mayHaveMore: boolean;
  /** Has a property InstanceName of its own or from above. */
  readonly hasInstanceName: boolean;
  /** How many classes are above it. */
  readonly depth: number;
  /** How many properties and methods they have. */
  readonly inherits: number;
}

/** Real hierarchies have less than ten levels. */
export const DEEPEST_HIERARCHY = 100;
/** What all classes together inherit: every stage looks at each of that. All of CIM 2.32 inherits a fiftieth of it. */
export const MOST_INHERITED = 1_000_000;

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
        if (inherited.depth >= DEEPEST_HIERARCHY || inheritedByAll + inherits > MOST_INHERITED) {
          // Below a class that was cut off another one is no news.
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
export function ancestry(symbol: ClassSymbol, hierarchy: Hierarchy): ClassSymbol[] {
  const chain: ClassSymbol[] = [];
  let current: ClassSymbol | undefined = symbol;
  while (current !== undefined) {
    chain.push(current);
    current = hierarchy.get(current)?.superclass;
  }
  return chain.reverse();
}

/** Reports unknown superclasses: an error where one of the `laidOut` classes inherits from it, else a warning. */
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
      const likely = report.isCrowded('MOF2004')
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
    } else if (!warnedAbout.has(key(superclass))) {
      warnedAbout.add(key(superclass));
      report.add('MOF2005', location, `the superclass '${superclass.name}' is not declared`, {
        help: 'no WMI layout depends on it; include its file to know what is inherited',
        fixes: report.isCrowded('MOF2005')
          ? []
          : respelled(location, likelyName(superclass.name, superclassNames(hierarchy), String)),
      });
    }
  }
}

/** What may be meant by the name of a superclass. */
function* superclassNames(hierarchy: Hierarchy): Iterable<string> {
  for (const { name } of BUILT_IN_CLASSES) yield name;
  for (const symbol of hierarchy.keys()) yield symbol.class.name;
}

function superclassOf(symbol: ClassSymbol, classes: ClassTable): ClassSymbol | undefined {
  const { superclass } = symbol.node;
  return superclass === undefined ? undefined : classes.get(key(superclass));
}

function inheritedFrom({ properties, methods }: ClassSymbol, { inherits }: Lineage): number {
  return inherits + properties.length + methods.length;
}

/** `above` without a lineage means that the class is cut off from it. */
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
  const isTorn =
    isUnread || inherited?.isTorn === true || losses.isTorn(symbol.source, symbol.node.span);
  return {
    superclass: isCut ? undefined : above,
    qualifiers: inherited
      ? inSubclass(symbol.class.qualifiers, inherited.qualifiers)
      : symbol.class.qualifiers,
    isEvent: builtIn?.isEvent === true || inherited?.isEvent === true,
    gap,
    isTorn,
    mayHaveMore: isTorn || gap !== undefined,
    hasInstanceName:
      inherited?.hasInstanceName === true ||
      symbol.properties.some((property) => key(property.name) === 'instancename'),
    depth: inherited === undefined ? 0 : inherited.depth + 1,
    inherits: above && inherited ? inheritedFrom(above, inherited) : 0,
  };
}

function reportSize({ source, node }: ClassSymbol, { depth }: Lineage, report: Findings): void {
  const name = node.name.name;
  report.add(
    'MOF2016',
    at(source, node.superclass ?? node.name),
    depth >= DEEPEST_HIERARCHY
      ? `'${name}' has more than ${DEEPEST_HIERARCHY} classes above it`
      : `what '${name}' inherits makes more than ${MOST_INHERITED} inherited properties and methods`,
    { help: 'derive from fewer or smaller classes' },
  );
}

/** Longer cycles are told in part. */
const MOST_CLASSES = 8;

function reportCycle(cycle: readonly ClassSymbol[], report: Findings): void {
  const [first, ...rest] = cycle;
  if (first === undefined) return;
  const shown = cycle.slice(0, MOST_CLASSES).map((each) => `'${each.class.name}'`);
  const omitted = cycle.length - shown.length;
  const more = omitted > 0 ? [`${omitted} more`] : [];
  const chain = [...shown, ...more, `'${first.class.name}'`].join(' -> ');
  const placeOf = (each: ClassSymbol) => at(each.source, each.node.superclass ?? each.node.name);
  report.add('MOF2006', placeOf(first), `class derives from itself: ${chain}`, {
    help: 'take one of these superclasses away',
    related: rest.slice(0, MOST_CLASSES - 1).map((each) => ({
      location: placeOf(each),
      message: `the superclass of '${each.class.name}'`,
    })),
  });
}
