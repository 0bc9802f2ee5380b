/**
 * The flavor bits of a qualifier: those of its use, added to those of an earlier `qualifier X : ToSubclass;`.
 *
 * Qualifier declarations (`qualifier X : string, scope(any);`) are not part of a binary MOF, so neither are their flavors.
 */
import { nameKey } from '../text/name-key.js';
import { type Identifier, type Qualifier } from '../../grammar/ast.js';
import { FLAVOR } from './document.js';

/** The bits that statements gave to qualifiers so far, by their names in lower case. */
export type StatedFlavors = Map<string, number>;

export function flavorOf({ name, flavors }: Qualifier, stated: StatedFlavors): number {
  return withFlavors(stated.get(nameKey(name.name)) ?? 0, flavors);
}

/** Records the flavors of a statement for the uses after it. */
export function stateFlavors(
  stated: StatedFlavors,
  { name }: Identifier,
  flavors: readonly Identifier[],
): void {
  const key = nameKey(name);
  stated.set(key, withFlavors(stated.get(key) ?? 0, flavors));
}

/** The other flavors have no bit: Translatable has no meaning in WMI. */
function withFlavors(bits: number, flavors: readonly Identifier[]): number {
  let result = bits;
  for (const { name } of flavors) {
    switch (nameKey(name)) {
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
