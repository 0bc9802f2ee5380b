/**
 * Joins the in object and the out object of a method into the parameters that were declared. An in-out parameter is in both. What a
 * compiler adds (IN and OUT where neither is written, ID) is left out where a compiler would add the very same. It must not know
 * how parameters are laid out.
 */
import {
  type BinaryObject,
  type BinaryProperty,
  type BinaryQualifier,
  FLAVOR,
} from '../document.js';
import { type Declaration, declarationOf } from './declarations.js';
import { type Place } from './places.js';
import { classNameOf } from './system-properties.js';

export interface Signature {
  /** `undefined` for a method that returns nothing. */
  readonly returned: Declaration | undefined;
  readonly parameters: readonly DeclaredParameter[];
}

export interface DeclaredParameter {
  readonly property: BinaryProperty;
  readonly declaration: Declaration;
}

/** One parameter, of which the in and the out object have a record each. */
interface Joined {
  readonly property: BinaryProperty;
  /** As written: with both IN and OUT for an in-out parameter. */
  readonly qualifiers: readonly BinaryQualifier[];
  readonly isInOut: boolean;
}

/** A parameter of one of the two objects. */
interface Half {
  readonly property: BinaryProperty;
  readonly qualifiers: readonly BinaryQualifier[];
  /** Where its IN or OUT is among them. */
  readonly at: number;
}

type Direction = 'in' | 'out';

const ADDED_ID = FLAVOR.DisableOverride | FLAVOR.ToInstance;

/** What the value of a method's record declares; what cannot be declared is a fault, and left out. */
export function signatureOf(method: BinaryProperty, place: Place): Signature {
  const { type, isArray, value } = method;
  const nothing: Signature = { returned: undefined, parameters: [] };
  if (type === 'void' && !isArray && value === undefined) return nothing;
  const objects = isObjects(value) ? value : [];
  if (type !== 'object' || !isArray || objects.length === 0) {
    place.report('it has neither parameters nor a returned value, but its type is not void');
    return nothing;
  }
  const [first, second, third] = objects.map((object) => own(object, place));
  if (first === undefined || third !== undefined) {
    place.report(
      `it has ${objects.length} objects of parameters; only one for in and one for out have a text`,
    );
    return nothing;
  }
  const isOutAlone = second === undefined && directionOf(first) === 'out';
  const inputs = isOutAlone ? [] : first;
  const { outputs, returned } = withoutReturned(isOutAlone ? first : (second ?? []));
  const joined = inOrder(halves(inputs, 'in', place), halves(outputs, 'out', place), place);
  if (first.length === 0 || second?.length === 0) {
    place.report('one of its objects of parameters is empty, which a compiler leaves out');
  }
  return {
    returned: returned && returnedOf(returned, place),
    parameters: declared(joined, place),
  };
}

function isObjects(value: BinaryProperty['value']): value is readonly BinaryObject[] {
  return Array.isArray(value) && value.every((each) => typeof each === 'object');
}

/** The parameters in an object, whose other parts are always the same. */
function own(object: BinaryObject, place: Place): readonly BinaryProperty[] {
  const { kind, qualifiers, properties = [], methods } = object;
  const systemProperty = properties.at(-1);
  const isUsual =
    kind === 'instance' &&
    qualifiers === undefined &&
    methods?.length === 0 &&
    classNameOf(systemProperty) === '__PARAMETERS';
  if (!isUsual) {
    place.report('one of its objects of parameters is not as a compiler makes it');
  }
  return systemProperty?.qualifiers === undefined ? properties.slice(0, -1) : properties;
}

const RETURNED = 'ReturnValue';

/** The returned value comes last, and has no ID, which every parameter has. */
function withoutReturned(properties: readonly BinaryProperty[]): {
  readonly outputs: readonly BinaryProperty[];
  readonly returned: BinaryProperty | undefined;
} {
  const last = properties.at(-1);
  return last !== undefined && last.name === RETURNED && !hasQualifier(last, 'id')
    ? { outputs: properties.slice(0, -1), returned: last }
    : { outputs: properties, returned: undefined };
}

function directionOf(properties: readonly BinaryProperty[]): Direction {
  return properties.some((each) => hasQualifier(each, 'in')) ? 'in' : 'out';
}

function hasQualifier({ qualifiers = [] }: BinaryProperty, lowerName: string): boolean {
  return qualifiers.some(({ name }) => name.toLowerCase() === lowerName);
}

function returnedOf(property: BinaryProperty, place: Place): Declaration | undefined {
  const inner = place.within('value', RETURNED);
  const declaration = declarationOf(property, inner);
  if (declaration === undefined) return undefined;
  if (declaration.qualifiers.length > 0 || property.isArray || property.value !== undefined) {
    inner.report('a returned value has no qualifiers, no default value, and is no array');
  }
  return declaration;
}

function halves(properties: readonly BinaryProperty[], direction: Direction, place: Place): Half[] {
  return properties.flatMap((property) => {
    const inner = place.within('parameter', property.name);
    const { qualifiers } = property;
    if (qualifiers === undefined) {
      inner.report('it has no list of qualifiers');
      return [];
    }
    const marks = qualifiers.filter(({ name }) => isDirection(name));
    const [mark, other] = marks;
    if (mark?.name.toLowerCase() !== direction || other !== undefined || mark.value !== true) {
      inner.report(
        `it is in the object of the ${direction} parameters, so its one qualifier of that kind is ${direction.toUpperCase()}, and true`,
      );
      return [];
    }
    if (!hasQualifier(property, 'id')) {
      inner.report('it has no ID, which a compiler adds');
      return [];
    }
    return [{ property, qualifiers, at: qualifiers.indexOf(mark) }];
  });
}

function isDirection(name: string): boolean {
  return name.length <= 3 && /^(?:in|out)$/i.test(name);
}

/** Both lists as one, in an order that each of them has. */
function inOrder(inputs: readonly Half[], outputs: readonly Half[], place: Place): Joined[] {
  const joined: Joined[] = [];
  const partners = new Map<Half, Half>();
  const byName = new Map(outputs.map((half) => [half.property.name, half]));
  for (const input of inputs) {
    const output = byName.get(input.property.name);
    if (output === undefined || !areHalves(input, output)) continue;
    partners.set(input, output);
    byName.delete(input.property.name);
  }
  const shared = new Set(partners.values());
  let next = 0;
  const takeOutputs = (until: (half: Half) => boolean): void => {
    for (; next < outputs.length; next++) {
      const half = outputs[next];
      if (half === undefined || shared.has(half) || until(half)) return;
      joined.push(alone(half));
    }
  };
  for (const input of inputs) {
    const output = partners.get(input);
    const id = idOf(input);
    takeOutputs((half) => output === undefined && idOf(half) > id);
    if (output === undefined) {
      joined.push(alone(input));
      continue;
    }
    if (outputs[next] !== output) {
      place.report(
        'its in-out parameters are in another order among the in than among the out parameters',
      );
      return [];
    }
    next++;
    joined.push(both(input, output));
  }
  takeOutputs(() => false);
  return joined;
}

function alone({ property, qualifiers }: Half): Joined {
  return { property, qualifiers, isInOut: false };
}

/** Whether the two are the halves of one in-out parameter: they are the same but for IN and OUT. */
function areHalves(input: Half, output: Half): boolean {
  const [one, other] = [input.property, output.property];
  if (one.type !== other.type || one.isArray !== other.isArray || !isSame(one.value, other.value)) {
    return false;
  }
  const [first, second] = [common(input), common(output)];
  return (
    first.length === second.length && first.every((each, index) => isSame(each, second[index]))
  );
}

function common({ qualifiers, at }: Half): readonly BinaryQualifier[] {
  return qualifiers.filter((_, index) => index !== at);
}

/** Whether two parts of a document are equal. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null)
    return false;
  const [keys, others] = [Object.entries(one), new Map(Object.entries(other))];
  return (
    keys.length === others.size && keys.every(([key, value]) => isSame(value, others.get(key)))
  );
}

/** Each half has the qualifiers of the declaration without the other's IN or OUT. */
function both(input: Half, output: Half): Joined {
  const { property } = input;
  const qualifiers = common(input).slice();
  const marks = [input, output].flatMap(({ qualifiers: given, at }) => given[at] ?? []);
  if (input.at === output.at) {
    qualifiers.splice(input.at, 0, ...marks);
  } else {
    const [inMark, outMark] = marks;
    const later = Math.max(input.at, output.at);
    const earlier = Math.min(input.at, output.at);
    const [first, second] = input.at < output.at ? [inMark, outMark] : [outMark, inMark];
    if (second !== undefined) qualifiers.splice(later, 0, second);
    if (first !== undefined) qualifiers.splice(earlier, 0, first);
  }
  return { property, qualifiers, isInOut: true };
}

function idOf({ property }: { readonly property: BinaryProperty }): number {
  const id = property.qualifiers?.find(({ name }) => name.toLowerCase() === 'id');
  return typeof id?.value === 'number' ? id.value : Number.POSITIVE_INFINITY;
}

/** Whether a compiler adds this qualifier to the parameter with the number `index`. */
function isAddedId(qualifier: BinaryQualifier | undefined, index: number): boolean {
  return (
    qualifier !== undefined &&
    qualifier.name === 'ID' &&
    qualifier.type === 'sint32' &&
    !qualifier.isArray &&
    qualifier.value === index &&
    qualifier.flavor === ADDED_ID
  );
}

function declared(joined: readonly Joined[], place: Place): DeclaredParameter[] {
  const hasAddedIds = joined.every(({ qualifiers }, index) => isAddedId(qualifiers.at(-2), index));
  return joined.flatMap(({ property, qualifiers, isInOut }) => {
    const inner = place.within('parameter', property.name);
    // An ID that is written comes before the MAX of `[8]`: where it does not, MAX was written too.
    const whole = { ...property, qualifiers };
    const declaration = declarationOf(whole, inner, hasAddedIds ? 1 : 0);
    if (declaration === undefined) return [];
    // No sample shows whether a compiler adds IN before or after the MAX of `[8]`.
    const mayOmit = isInOut && hasAddedIds && !hasLength(declaration);
    const written = mayOmit ? withoutAddedMarks(declaration.qualifiers) : declaration.qualifiers;
    return [{ property, declaration: { ...declaration, qualifiers: written } }];
  });
}

function hasLength({ suffix }: Declaration): boolean {
  return suffix !== '' && suffix !== '[]';
}

/** Without the IN and OUT that a compiler adds after what is written, when neither is written. */
function withoutAddedMarks(qualifiers: readonly BinaryQualifier[]): readonly BinaryQualifier[] {
  const isAdded = (qualifier: BinaryQualifier | undefined, name: string): boolean =>
    qualifier?.name === name && qualifier.flavor === 0;
  return isAdded(qualifiers.at(-2), 'IN') && isAdded(qualifiers.at(-1), 'OUT')
    ? qualifiers.slice(0, -2)
    : qualifiers;
}
