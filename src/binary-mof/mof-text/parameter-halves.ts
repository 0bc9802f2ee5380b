/**
 * One half of a parameter, as one of a method's two objects has it: without the qualifier of the other direction. A parameter
 * that denies a direction (`In(FALSE)`) has no half there.
 */
import { type BinaryProperty, type BinaryQualifier } from '../document.js';

export type Direction = 'in' | 'out';

export interface Half {
  readonly property: BinaryProperty;
  readonly qualifiers: readonly BinaryQualifier[];
  /** For each qualifier that both halves of an in-out parameter have, those before it that only this half has; then the rest. */
  readonly marks: readonly (readonly BinaryQualifier[])[];
  readonly common: readonly BinaryQualifier[];
}

export function isNamed({ name }: BinaryQualifier, lowerName: string): boolean {
  return name.length === lowerName.length && name.toLowerCase() === lowerName;
}

/** `undefined` when a compiler puts no parameter with these qualifiers in the object of that direction. */
export function halfOf(property: BinaryProperty, direction: Direction): Half | undefined {
  const { qualifiers = [] } = property;
  const isUsual = qualifiers.every(
    (each) => !isDirection(each) || (isNamed(each, direction) && each.value !== false),
  );
  if (!isUsual || !qualifiers.some(isDirection)) return undefined;
  const common: BinaryQualifier[] = [];
  let marks: BinaryQualifier[] = [];
  const all = [marks];
  for (const qualifier of qualifiers) {
    if (isDirection(qualifier)) marks.push(qualifier);
    else {
      common.push(qualifier);
      marks = [];
      all.push(marks);
    }
  }
  return { property, qualifiers, marks: all, common };
}

function isDirection(qualifier: BinaryQualifier): boolean {
  return isNamed(qualifier, 'in') || isNamed(qualifier, 'out');
}

/** The qualifiers of the in-out parameter that the two are halves of; `undefined` when they are not halves of one. */
export function joinedHalves(input: Half, output: Half): readonly BinaryQualifier[] | undefined {
  const [one, other] = [input.property, output.property];
  const areAlike =
    one.type === other.type &&
    one.isArray === other.isArray &&
    isSame(one.value, other.value) &&
    isSame(input.common, output.common);
  if (!areAlike) return undefined;
  return input.marks.flatMap((marks, index) => [
    ...marks,
    ...(output.marks[index] ?? []),
    ...input.common.slice(index, index + 1),
  ]);
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
