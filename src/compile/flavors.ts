/**
 * Flavors that a file gives to every use of a qualifier: `qualifier Description : amended;`, and the flavors of a
 * qualifier declaration. mofgen acts on Amended only.
 */
import { nameKey } from '../text/name-key.js';
import {
  type ClassDeclaration,
  type ClassFeature,
  type Identifier,
  type Qualifier,
} from '../../grammar/index.js';
import { type PlacedProduction } from './amendments.js';

/** The names of the qualifiers that are amended at each use, in lower case. */
export function amendedEverywhere(productions: readonly PlacedProduction[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of productions) {
    if (node.kind !== 'GlobalFlavor' && node.kind !== 'QualifierDeclaration') continue;
    const flavors = node.kind === 'GlobalFlavor' ? node.flavors : node.defaultFlavor;
    if (flavors.some(isAmendedWord)) names.add(nameKey(node.name));
  }
  return names;
}

/** The productions with that flavor at each use of the qualifiers in `names`. */
export function withAmended(
  productions: readonly PlacedProduction[],
  names: ReadonlySet<string>,
): readonly PlacedProduction[] {
  if (names.size === 0) return productions;
  const flavored = <T extends { readonly qualifiers: readonly Qualifier[] }>(element: T): T => ({
    ...element,
    qualifiers: element.qualifiers.map((each) =>
      names.has(nameKey(each.name)) && !each.flavors.some(isAmendedWord)
        ? { ...each, flavors: [...each.flavors, { ...each.name, name: 'amended' }] }
        : each,
    ),
  });
  const feature = (each: ClassFeature): ClassFeature =>
    each.kind === 'MethodDeclaration'
      ? { ...flavored(each), parameters: each.parameters.map(flavored) }
      : flavored(each);
  const declaration = (node: ClassDeclaration): ClassDeclaration => ({
    ...flavored(node),
    features: node.features?.map(feature),
  });
  return productions.map(({ source, node }) =>
    node.kind === 'ClassDeclaration' ? { source, node: declaration(node) } : { source, node },
  );
}

/** The flavor to append to a qualifier that is copied into another file, when its own file declares it amended. */
export function missingFlavor({ name, flavors }: Qualifier): string {
  const added = flavors.find(({ span }) => span.start === name.span.start);
  if (added === undefined) return '';
  return flavors.length > 1 ? ' amended' : ' : amended';
}

function isAmendedWord({ name }: Identifier): boolean {
  return nameKey(name) === 'amended';
}
