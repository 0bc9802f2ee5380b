/**
 * A parameter as one of a method's two objects has it: without the qualifier of the other direction, unless that denies the
 * direction (`In(FALSE)`). It must not know methods.
 */
import { type BinaryProperty, type BinaryQualifier } from '../document.js';

export type Direction = 'in' | 'out';

export interface Half {
  readonly property: BinaryProperty;
  readonly qualifiers: readonly BinaryQualifier[];
  /** For each qualifier that both halves of an in-out parameter have, those before it that only this half has; then the rest. */
  readonly marks: readonly (readonly BinaryQualifier[])[];
  readonly common: readonly BinaryQualifier[];
  /** Whether it can be all of a parameter, or needs its other half. */
  readonly isWhole: boolean;
}

export function isNamed({ name }: BinaryQualifier, lowerName: string): boolean {
  return name.length === lowerName.length && name.toLowerCase() === lowerName;
}

/** `undefined` when a compiler puts no parameter with these qualifiers in the object of that direction. */
export function halfOf(property: BinaryProperty, direction: Direction): Half | undefined {
  const { qualifiers = [] } = property;
  const other = direction === 'in' ? 'out' : 'in';
  if (stateOf(qualifiers, other) > 0) return undefined;
  const state = stateOf(qualifiers, direction);
  const isWhole = state > stateOf(qualifiers, other);
  if (!isWhole && state > -1) return undefined;
  const common: BinaryQualifier[] = [];
  let marks: BinaryQualifier[] = [];
  const all = [marks];
  for (const qualifier of qualifiers) {
    if (isNamed(qualifier, direction) && qualifier.value !== false) marks.push(qualifier);
    else {
      common.push(qualifier);
      marks = [];
      all.push(marks);
    }
  }
  return { property, qualifiers, marks: all, common, isWhole };
}

/** 1 when the direction is set, -1 when it is denied, 0 when it is not written. */
function stateOf(qualifiers: readonly BinaryQualifier[], direction: Direction): -1 | 0 | 1 {
  const found = qualifiers.filter((each) => isNamed(each, direction));
  if (found.length === 0) return 0;
  return found.some(({ value }) => value !== false) ? 1 : -1;
}

/** The qualifiers of the in-out parameter that the two are halves of; `undefined` when they are none. */
export function joinedHalves(input: Half, output: Half): readonly BinaryQualifier[] | undefined {
  const [one, other] = [input.property, output.property];
  const areAlike =
    one.type === other.type &&
    one.isArray === other.isArray &&
    isSame(one.value, other.value) &&
    isSame(input.common, output.common);
  if (!areAlike) return undefined;
  const joined = input.marks.flatMap((marks, index) => [
    ...marks,
    ...(output.marks[index] ?? []),
    ...input.common.slice(index, index + 1),
  ]);
  return stateOf(joined, 'in') === stateOf(joined, 'out') ? joined : undefined;
}

/** Whether two parts of a document are equal. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object') return false;
  if (one === null || other === null) return false;
  const others = new Map(Object.entries(other));
  const entries = Object.entries(one);
  return (
    entries.length === others.size &&
    entries.every(([key, value]) => isSame(value, others.get(key)))
  );
}
