/**
 * The effective qualifiers of a class and of its members: its own, and those inherited by their flavor.
 *
 * Every other stage reads effective qualifiers from here.
 * Sources: "Qualifier Flavors" of the WMI reference; MS-WMIO 2.2.62 (QualifierFlavor).
 */
import { nameKey } from '../text/name-key.js';
import { addTo } from '../text/lists.js';

import { ancestry, type Hierarchy } from './hierarchy.js';
import { type QualifierSet } from './model.js';
import { inSubclass, NO_QUALIFIERS } from './qualifier-set.js';
import { type ClassSymbol, type MethodSymbol, type PropertySymbol } from './symbols.js';

/** The qualifiers of a class itself. */
export function qualifiersOf(symbol: ClassSymbol, hierarchy: Hierarchy): QualifierSet {
  return hierarchy.get(symbol)?.qualifiers ?? symbol.class.qualifiers;
}

/** A property or a method of a class, declared or inherited. */
export interface EffectiveMember<Symbol> {
  /** The declaration nearest to the class. */
  readonly symbol: Symbol;
  /** The effective qualifiers in the class, from this and the overridden declarations. */
  readonly qualifiers: QualifierSet;
  /** All declarations of the name from the root down, with their effective qualifiers there. */
  readonly declarations: readonly Declared<Symbol>[];
}

export interface Declared<Symbol> {
  readonly symbol: Symbol;
  /** The class that declares it, and the number of its base classes. */
  readonly owner: ClassSymbol;
  readonly rank: number;
  /** Effective in `owner`. */
  readonly qualifiers: QualifierSet;
}

/** The properties of a class, in the order of their first declaration, those of the root first. */
export function propertiesOf(
  symbol: ClassSymbol,
  hierarchy: Hierarchy,
): readonly EffectiveMember<PropertySymbol>[] {
  return membersOf(symbol, hierarchy, ({ properties }) => properties);
}

/** The methods of a class, in the order of their first declaration, those of the root first. */
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
      const name = nameKey(member.name);
      const above = byName.get(name)?.at(-1);
      // A duplicate name in one class is reported with the class.
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
