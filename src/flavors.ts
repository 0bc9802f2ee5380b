/**
 * Flavors that a file gives to every use of a qualifier: `qualifier Description : amended;`, and the flavors of a
 * qualifier declaration. Only Amended says something that mofgen acts on. It must not know what a qualifier means.
 */
import {
  type ClassDeclaration,
  type ClassFeature,
  type Identifier,
  type Qualifier,
} from '../grammar/index.js';
import { type PlacedProduction } from './amendments.js';

/** The names of the qualifiers that are amended wherever they stand, in lower case. */
export function amendedEverywhere(productions: readonly PlacedProduction[]): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { node } of productions) {
    if (node.kind !== 'GlobalFlavor' && node.kind !== 'QualifierDeclaration') continue;
    const flavors = node.kind === 'GlobalFlavor' ? node.flavors : node.defaultFlavor;
    if (flavors.some(isAmendedWord)) names.add(node.name.name.toLowerCase());
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
      names.has(each.name.name.toLowerCase()) && !each.flavors.some(isAmendedWord)
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

/** What has to stand behind a qualifier to say in another file that it is amended: the flavor, where it came from outside. */
export function missingFlavor({ name, flavors }: Qualifier): string {
  const added = flavors.find(({ span }) => span.start === name.span.start);
  if (added === undefined) return '';
  return flavors.length > 1 ? ' amended' : ' : amended';
}

function isAmendedWord({ name }: Identifier): boolean {
  return name.toLowerCase() === 'amended';
}
