/**
 * Reads flavors: whether a qualifier reaches derived classes, and whether those may override it. It must not know what any
 * qualifier means, nor who derives from whom.
 *
 * Sources: "Qualifier Flavors" of the WMI reference (without a flavor a qualifier is not propagated:
 * WBEM_FLAVOR_DONT_PROPAGATE is 0) and DSP0004 5.6.1.3 for declared qualifiers, which are ToSubclass unless they say otherwise.
 */
import { type Identifier, type MofProduction } from '../../grammar/ast.js';
import { key } from './findings.js';

/** What the flavors of a qualifier decide between a class and those that derive from it. */
export interface Propagation {
  /** ToSubclass: derived classes have the qualifier too. */
  readonly reachesSubclasses: boolean;
  /** Not DisableOverride: a derived class may give it another value. */
  readonly isOverridable: boolean;
}

/** The propagation of a qualifier that states no flavor, by name. */
export type DefaultPropagation = (name: string) => Propagation;

const WITHOUT_FLAVORS: Propagation = { reachesSubclasses: false, isOverridable: true };
const DECLARED: Propagation = { reachesSubclasses: true, isOverridable: true };
/** DSP0004 5.6.3: a derived class has the keys of its superclass, with or without a flavor. */
const KEY: Propagation = { reachesSubclasses: true, isOverridable: false };

/** Where no statement of the compilation matters: nothing derives from a parameter. */
export const NO_STATEMENTS: DefaultPropagation = () => WITHOUT_FLAVORS;

/**
 * The propagation that a compilation gives to qualifiers wherever they are used: by `qualifier X : ToSubclass;` and by
 * declarations of qualifiers. Of several about one qualifier the last one counts.
 */
export function defaultPropagation(
  productions: Iterable<{ readonly node: MofProduction }>,
): DefaultPropagation {
  const stated = new Map<string, Propagation>([['key', KEY]]);
  for (const { node } of productions) {
    const name = key(node.kind === 'InstanceDeclaration' ? '' : node.name);
    if (node.kind === 'GlobalFlavor') {
      stated.set(name, propagationOf(node.flavors, stated.get(name) ?? WITHOUT_FLAVORS));
    } else if (node.kind === 'QualifierDeclaration') {
      stated.set(name, propagationOf(node.defaultFlavor, DECLARED));
    }
  }
  return (name) => stated.get(key(name)) ?? WITHOUT_FLAVORS;
}

/** The propagation that flavors state; what they leave open is that of `base`. */
export function propagationOf(flavors: readonly Identifier[], base: Propagation): Propagation {
  let { reachesSubclasses, isOverridable } = base;
  for (const flavor of flavors) {
    switch (key(flavor)) {
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
