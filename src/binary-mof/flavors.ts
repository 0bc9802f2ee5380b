/**
 * The bits of a qualifier's flavor: what a use states, on top of what `qualifier X : ToSubclass;` states before it.
 *
 * Qualifier declarations (`qualifier X : string, scope(any);`) are not part of a binary MOF, so neither are their flavors.
 * It must not know what a qualifier means.
 */
import { type Identifier, type Qualifier } from '../../grammar/ast.js';
import { FLAVOR } from './document.js';

/** The bits that statements gave to qualifiers so far, by their names in lower case. */
export type StatedFlavors = Map<string, number>;

export function flavorOf({ name, flavors }: Qualifier, stated: StatedFlavors): number {
  return withFlavors(stated.get(name.name.toLowerCase()) ?? 0, flavors);
}

/** Keeps what a statement says for the uses after it. */
export function stateFlavors(
  stated: StatedFlavors,
  { name }: Identifier,
  flavors: readonly Identifier[],
): void {
  const key = name.toLowerCase();
  stated.set(key, withFlavors(stated.get(key) ?? 0, flavors));
}

/** The other flavors have no bit: Translatable says nothing to WMI. */
function withFlavors(bits: number, flavors: readonly Identifier[]): number {
  let result = bits;
  for (const { name } of flavors) {
    switch (name.toLowerCase()) {
      case 'toinstance':
        result |= FLAVOR.ToInstance;
        break;
      case 'nottoinstance':
        result &= ~FLAVOR.ToInstance;
        break;
      case 'tosubclass':
        result |= FLAVOR.ToSubclass;
        break;
      case 'nottosubclass':
      case 'restricted':
        result &= ~FLAVOR.ToSubclass;
        break;
      case 'disableoverride':
        result |= FLAVOR.DisableOverride;
        break;
      case 'enableoverride':
        result &= ~FLAVOR.DisableOverride;
        break;
      case 'amended':
        result |= FLAVOR.Amended;
        break;
    }
  }
  return result;
}
