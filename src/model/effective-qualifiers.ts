/**
 * The effective qualifiers of a class and of its members: its own, else those that reach it from above by their flavor.
 *
 * Whatever asks what a class or an item is reads them from here. It must not know what any qualifier means.
 * Sources: "Qualifier Flavors" of the WMI reference; MS-WMIO 2.2.62 (QualifierFlavor).
 */
import { addTo } from '../lists.js';
import { key } from './findings.js';
import { ancestry, type Hierarchy } from './hierarchy.js';
import { type QualifierSet } from './model.js';
import { inSubclass, NO_QUALIFIERS } from './qualifier-set.js';
import { type ClassSymbol, type MethodSymbol, type PropertySymbol } from './symbols.js';

/** The qualifiers of a class itself. */
export function qualifiersOf(symbol: ClassSymbol, hierarchy: Hierarchy): QualifierSet {
  return hierarchy.get(symbol)?.qualifiers ?? symbol.class.qualifiers;
}

/** A property or a method as a class has it: declared in the class or above it. */
export interface EffectiveMember<Symbol> {
  /** The declaration that counts: the one nearest to the class. */
  readonly symbol: Symbol;
  /** What the qualifiers of that and of the overridden declarations amount to in the class. */
  readonly qualifiers: QualifierSet;
  /** All declarations of the name from the root down, with the qualifiers that each had there. */
  readonly declarations: readonly Declared<Symbol>[];
}

export interface Declared<Symbol> {
  readonly symbol: Symbol;
  /** The class that declares it, and how many classes are above that. */
  readonly owner: ClassSymbol;
  readonly rank: number;
  /** Effective in `owner`. */
  readonly qualifiers: QualifierSet;
}

/** The properties that a class has, in the order of their first declaration, the root's first. */
export function propertiesOf(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
): readonly EffectiveMember<PropertySymbol>[] {
  return membersOf(symbol, hierarchy, ({ properties }) => properties);
}

/** The methods that a class has, in the order of their first declaration, the root's first. */
export function methodsOf(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
): readonly EffectiveMember<MethodSymbol>[] {
  return membersOf(symbol, hierarchy, ({ methods }) => methods);
}

type Member = PropertySymbol | MethodSymbol;

function membersOf<Symbol extends Member>(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
  ownMembers: (owner: ClassSymbol) => readonly Symbol[],
): readonly EffectiveMember<Symbol>[] {
  const byName = new Map<string, Declared<Symbol>[]>();
  for (const [rank, owner] of ancestry(symbol, hierarchy).entries()) {
    for (const member of ownMembers(owner)) {
      const name = key(member.name);
      const above = byName.get(name)?.at(-1);
      // A name given twice in one class is reported with the class.
      if (above?.owner === owner) continue;
      const qualifiers =
        above === undefined ? member.qualifiers : inSubclass(member.qualifiers, above.qualifiers);
      addTo(byName, name, { symbol: member, owner, rank, qualifiers });
    }
  }
  return [...byName.values()].flatMap((declarations) => {
    const last = declarations.at(-1);
    if (last === undefined) return [];
    const qualifiers =
      last.owner === symbol ? last.qualifiers : inSubclass(NO_QUALIFIERS, last.qualifiers);
    return [{ symbol: last.symbol, qualifiers, declarations }];
  });
}
