/**
 * Finds the first relevant difference between two declarations of a class, and describes it with both sides.
 *
 * Order, case, flavors, qualifiers for the C header and texts for readers do not matter.
 */
import { nameKey } from '../text/name-key.js';
import {
  type ClassDeclaration,
  type ClassFeature,
  type Parameter,
  type Qualifier,
} from '../../grammar/ast.js';
import { type Span } from '../text/span.js';
import { shapeDifference, typeDifference } from './declared-type.js';

import { canonicalGuid } from './guid.js';
import { type QualifierValue } from './model.js';
import { plainValue } from './qualifier-set.js';
import { differenceWords, qualifierRow, sameValue } from './qualifiers.js';

interface Node {
  readonly span: Span;
}

export interface Difference {
  /** `'A' has another type (uint16 instead of uint8)` */
  readonly what: string;
  /** Its place in the later declaration. */
  readonly now: Node;
  /** Its place in the earlier declaration, if it has one. */
  readonly before: Node | undefined;
}

/** Memoizes `make`: one class may be compared with very many later declarations. */
function remembered<K extends object, V>(make: (of: K) => V): (of: K) => V {
  const known = new WeakMap<K, V>();
  return (of) => {
    const found = known.get(of) ?? make(of);
    known.set(of, found);
    return found;
  };
}

const earlierByName = remembered(byName);
const earlierComparable = remembered(comparable);
const earlierValue = remembered(plainValue);

/** How the class `now` differs from the earlier `before`; `undefined` when they are equal. */
export function classDifference(
  now: ClassDeclaration,
  before: ClassDeclaration,
): Difference | undefined {
  if (nameKey(now.superclass ?? '') !== nameKey(before.superclass ?? '')) {
    const [after, earlier] = [now, before].map(({ superclass }) =>
      superclass === undefined ? 'none' : `'${superclass.name}'`,
    );
    return {
      what: `its superclass is ${after} instead of ${earlier}`,
      now: now.superclass ?? now.name,
      before: before.superclass,
    };
  }
  const [own, earlierOnes] =
    isOfWmi(now) || isOfWmi(before)
      ? [now.qualifiers, before.qualifiers]
      : [withoutVersion(now), withoutVersion(before)];
  const qualifier = qualifierDifference(own, earlierOnes);
  if (qualifier !== undefined) {
    const { name, words } = qualifier;
    return {
      what: `its qualifier '${name}' is ${words}`,
      now: qualifier.now ?? now.name,
      before: qualifier.before,
    };
  }
  const features = byName(now.features ?? []);
  const earlierFeatures = earlierByName(before.features ?? []);
  for (const [name, feature] of features) {
    const earlier = earlierFeatures.get(name);
    if (earlier === undefined) {
      return { what: `'${feature.name.name}' is added`, now: feature.name, before: undefined };
    }
    const what = featureDifference(feature, earlier);
    if (what !== undefined) return { what, now: feature.name, before: earlier.name };
  }
  for (const [name, feature] of earlierFeatures) {
    if (features.has(name)) continue;
    return { what: `'${feature.name.name}' is missing`, now: now.name, before: feature.name };
  }
  return undefined;
}

function isOfWmi({ qualifiers }: ClassDeclaration): boolean {
  return qualifiers.some(({ name }) => nameKey(name) === 'wmi');
}

/** A schema that was assembled from two releases has classes of both. */
const withoutVersion = remembered(({ qualifiers }: ClassDeclaration) =>
  qualifiers.filter(({ name }) => nameKey(name) !== 'version'),
);

function byName(features: readonly ClassFeature[]): ReadonlyMap<string, ClassFeature> {
  return new Map(features.map((feature) => [nameKey(feature.name), feature]));
}

function featureDifference(now: ClassFeature, before: ClassFeature): string | undefined {
  const title = `'${now.name.name}'`;
  if (now.kind === 'MethodDeclaration' || before.kind === 'MethodDeclaration') {
    if (now.kind !== 'MethodDeclaration') return `${title} is a property instead of a method`;
    if (before.kind !== 'MethodDeclaration') return `${title} is a method instead of a property`;
    const type = typeDifference(now.returnType, before.returnType);
    if (type !== undefined) return `${title} has ${type}`;
    return (
      qualifierWords(title, now.qualifiers, before.qualifiers) ??
      parametersDifference(title, now.parameters, before.parameters)
    );
  }
  return itemDifference(title, now, before);
}

function parametersDifference(
  method: string,
  now: readonly Parameter[],
  before: readonly Parameter[],
): string | undefined {
  if (now.length !== before.length) {
    return `${method} has another number of parameters (${now.length} instead of ${before.length})`;
  }
  for (const [index, parameter] of now.entries()) {
    const earlier = before[index];
    if (earlier === undefined) continue;
    if (nameKey(parameter.name) !== nameKey(earlier.name)) {
      return `parameter ${index + 1} of ${method} is '${parameter.name.name}' instead of '${earlier.name.name}'`;
    }
    const title = `the parameter '${parameter.name.name}' of ${method}`;
    const difference = itemDifference(title, parameter, earlier);
    if (difference !== undefined) return difference;
  }
  return undefined;
}

type Item = Pick<Parameter, 'type' | 'array' | 'defaultValue' | 'qualifiers'>;

function itemDifference(title: string, now: Item, before: Item): string | undefined {
  const shape = shapeDifference(now, before);
  if (shape !== undefined) return `${title} has ${shape}`;
  const qualifier = qualifierWords(title, now.qualifiers, before.qualifiers);
  if (qualifier !== undefined) return qualifier;
  const after = now.defaultValue && plainValue(now.defaultValue);
  const earlier = before.defaultValue && earlierValue(before.defaultValue);
  if (sameOptional(after, earlier)) return undefined;
  return `the default of ${title} is ${differenceWords(after, earlier)}`;
}

function sameOptional(a: QualifierValue | undefined, b: QualifierValue | undefined): boolean {
  return a === undefined || b === undefined ? a === b : sameValue(a, b);
}

function qualifierWords(
  title: string,
  now: readonly Qualifier[],
  before: readonly Qualifier[],
): string | undefined {
  const found = qualifierDifference(now, before);
  return found && `the qualifier '${found.name}' of ${title} is ${found.words}`;
}

interface QualifierDifference {
  readonly name: string;
  /** `8 instead of 4` */
  readonly words: string;
  readonly now: Qualifier | undefined;
  readonly before: Qualifier | undefined;
}

function qualifierDifference(
  now: readonly Qualifier[],
  before: readonly Qualifier[],
): QualifierDifference | undefined {
  const after = comparable(now);
  const earlier = earlierComparable(before);
  for (const [name, a] of after) {
    const b = earlier.get(name);
    if (!sameOptional(a.value, b?.value)) return differenceOf(a, b, a.node);
  }
  for (const [name, b] of earlier) {
    if (!after.has(name)) return differenceOf(undefined, b, b.node);
  }
  return undefined;
}

function differenceOf(
  now: Comparable | undefined,
  before: Comparable | undefined,
  { name: { name } }: Qualifier,
): QualifierDifference {
  const words = differenceWords(now?.value, before?.value);
  return { name, words, now: now?.node, before: before?.node };
}

interface Comparable {
  readonly node: Qualifier;
  readonly value: QualifierValue;
}

/** The relevant qualifiers, with their values in a form that can be compared. */
function comparable(qualifiers: readonly Qualifier[]): ReadonlyMap<string, Comparable> {
  const result = new Map<string, Comparable>();
  const hasValues = qualifiers.some(({ name }) => nameKey(name) === 'values');
  for (const node of qualifiers) {
    const name = nameKey(node.name);
    const row = qualifierRow(name);
    // Without Values the macro names are the names of the values, for every target.
    const isNaming = name === 'definevalues' && !hasValues;
    if (row?.text === true || (row?.headerOnly === true && !isNaming)) continue;
    const value = node.value === undefined ? true : plainValue(node.value);
    const isGuid = name === 'guid' && typeof value === 'string';
    result.set(name, { node, value: isGuid ? (canonicalGuid(value) ?? value) : value });
  }
  return result;
}
