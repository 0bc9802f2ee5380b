/**
 * Reads flavors: whether derived classes inherit a qualifier, and whether they may override it.
 *
 * Sources: "Qualifier Flavors" of the WMI reference (without a flavor a qualifier is not propagated:
 * WBEM_FLAVOR_DONT_PROPAGATE is 0) and DSP0004 5.6.1.3 for declared qualifiers, which are ToSubclass by default.
 */
import { nameKey } from '../text/name-key.js';
import { type Identifier, type MofProduction } from '../../grammar/ast.js';

/** The effect of a qualifier's flavors on derived classes. */
export interface Propagation {
  /** ToSubclass: derived classes have the qualifier too. */
  readonly reachesSubclasses: boolean;
  /** Not DisableOverride: a derived class may give it another value. */
  readonly isOverridable: boolean;
}

/** The propagation of a qualifier without flavors, by name. */
export type DefaultPropagation = (name: string) => Propagation;

const WITHOUT_FLAVORS: Propagation = { reachesSubclasses: false, isOverridable: true };
const DECLARED: Propagation = { reachesSubclasses: true, isOverridable: true };
/** DSP0004 5.6.3: a derived class inherits the keys of its superclass, with or without a flavor. */
const KEY: Propagation = { reachesSubclasses: true, isOverridable: false };

/** Ignores the declarations of the compilation: nothing derives from a parameter. */
export const NO_STATEMENTS: DefaultPropagation = () => WITHOUT_FLAVORS;

/**
 * The propagation that a compilation declares for qualifiers: by `qualifier X : ToSubclass;` and by declarations of
 * qualifiers. The last declaration of a qualifier is used.
 */
export function defaultPropagation(
  productions: Iterable<{ readonly node: MofProduction }>,
): DefaultPropagation {
  const stated = new Map<string, Propagation>([['key', KEY]]);
  for (const { node } of productions) {
    const name = nameKey(node.kind === 'InstanceDeclaration' ? '' : node.name);
    if (node.kind === 'GlobalFlavor') {
      stated.set(name, propagationOf(node.flavors, stated.get(name) ?? WITHOUT_FLAVORS));
    } else if (node.kind === 'QualifierDeclaration') {
      stated.set(name, propagationOf(node.defaultFlavor, DECLARED));
    }
  }
  return (name) => stated.get(nameKey(name)) ?? WITHOUT_FLAVORS;
}

/** The propagation of `flavors`, with `base` as the default. */
export function propagationOf(flavors: readonly Identifier[], base: Propagation): Propagation {
  let { reachesSubclasses, isOverridable } = base;
  for (const flavor of flavors) {
    switch (nameKey(flavor)) {
      case 'tosubclass':
        reachesSubclasses = true;
        break;
      case 'nottosubclass':
      case 'restricted':
        reachesSubclasses = false;
        break;
      case 'enableoverride':
        isOverridable = true;
        break;
      case 'disableoverride':
        isOverridable = false;
        break;
    }
  }
  return { reachesSubclasses, isOverridable };
}
