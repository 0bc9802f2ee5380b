/**
 * Joins the in object and the out object of a method into the declared parameters. An in-out parameter is in both. Qualifiers
 * that a compiler adds (IN and OUT where neither is written, ID) are omitted where it would add the same ones.
 */
import {
  type BinaryObject,
  type BinaryProperty,
  type BinaryQualifier,
  FLAVOR,
} from '../document.js';
import { type Declaration, declarationOf } from './declarations.js';
import { type Half, halfOf, isNamed, joinedHalves } from './parameter-halves.js';
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

/** A parameter with its qualifiers as they were written. */
interface Parameter {
  readonly property: BinaryProperty;
  readonly qualifiers: readonly BinaryQualifier[];
  readonly isInOut: boolean;
}

const ADDED_ID = FLAVOR.DisableOverride | FLAVOR.ToInstance;

/** The signature in the value of a method's record; parts that cannot be declared are faults, and omitted. */
export function signatureOf(method: BinaryProperty, place: Place): Signature {
  const { type, isArray, value } = method;
  const nothing: Signature = { returned: undefined, parameters: [] };
  if (type === 'void' && !isArray && value === undefined) return nothing;
  const objects = isObjects(value) ? value : [];
  const [first, second, third] = objects.map((object) => own(object, place));
  if (type !== 'object' || !isArray || first === undefined) {
    place.report('it has neither parameters nor a returned value, but its type is not void');
    return nothing;
  }
  if (third !== undefined) {
    place.report(`it has ${objects.length} parameter objects, more than in and out`);
    return nothing;
  }
  if (first.length === 0 || second?.length === 0) {
    place.report('one of its parameter objects is empty, which a compiler omits');
  }
  const isOutAlone = second === undefined && !areInputs(first);
  const inputs = isOutAlone ? [] : first;
  const { outputs, returned } = withoutReturned(isOutAlone ? first : (second ?? []));
  const parameters = inOrder(halvesOf(inputs, 'in', place), halvesOf(outputs, 'out', place), place);
  return {
    returned: returned && returnedOf(returned, place),
    parameters: declared(parameters, place),
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
  if (!isUsual) place.report('one of its parameter objects differs from what a compiler writes');
  return systemProperty?.qualifiers === undefined ? properties.slice(0, -1) : properties;
}

const RETURNED = 'ReturnValue';

/** The returned value comes last, and has no ID, which every parameter has. */
function withoutReturned(properties: readonly BinaryProperty[]): {
  readonly outputs: readonly BinaryProperty[];
  readonly returned: BinaryProperty | undefined;
} {
  const last = properties.at(-1);
  return last !== undefined && last.name === RETURNED && !hasId(last)
    ? { outputs: properties.slice(0, -1), returned: last }
    : { outputs: properties, returned: undefined };
}

/** Whether the one object of a method has what goes in. */
function areInputs(properties: readonly BinaryProperty[]): boolean {
  const { outputs, returned } = withoutReturned(properties);
  const [first] = outputs;
  return returned === undefined && first !== undefined && halfOf(first, 'in') !== undefined;
}

function hasId({ qualifiers = [] }: BinaryProperty): boolean {
  return qualifiers.some((each) => isNamed(each, 'id'));
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

function halvesOf(
  properties: readonly BinaryProperty[],
  direction: 'in' | 'out',
  place: Place,
): readonly Half[] {
  return properties.flatMap((property) => {
    const inner = place.within('parameter', property.name);
    if (property.qualifiers === undefined) {
      inner.report('it has no list of qualifiers');
      return [];
    }
    if (!hasId(property)) inner.report('it has no ID, which a compiler adds');
    const half = halfOf(property, direction);
    if (half !== undefined && hasId(property)) return [half];
    if (half === undefined) {
      inner.report(`it is among the ${direction} parameters, but its qualifiers disagree`);
    }
    return [];
  });
}

/** All parameters, in an order in which both the in and the out parameters are as given. */
function inOrder(inputs: readonly Half[], outputs: readonly Half[], place: Place): Parameter[] {
  const partners = partnersOf(inputs, outputs);
  const shared = new Set(Array.from(partners.values(), ({ output }) => output));
  const found: Parameter[] = [];
  let next = 0;
  /** Takes what only goes out, up to an in-out parameter. */
  const takeOutputs = (isBefore: (half: Half) => boolean): void => {
    for (; next < outputs.length; next++) {
      const half = outputs[next];
      if (half === undefined || shared.has(half) || !isBefore(half)) return;
      found.push(alone(half));
    }
  };
  for (const input of inputs) {
    const partner = partners.get(input);
    if (partner === undefined) {
      const id = idOf(input);
      takeOutputs((half) => idOf(half) < id);
      found.push(alone(input));
      continue;
    }
    takeOutputs(() => true);
    if (outputs[next] !== partner.output) {
      place.report(
        'its in-out parameters are ordered differently among the in and the out parameters',
      );
      return [];
    }
    next++;
    found.push({ property: input.property, qualifiers: partner.qualifiers, isInOut: true });
  }
  takeOutputs(() => true);
  return found;
}

interface Partner {
  readonly output: Half;
  /** Of both. */
  readonly qualifiers: readonly BinaryQualifier[];
}

/** The in-out parameters: the in half of each, and what belongs to it. */
function partnersOf(inputs: readonly Half[], outputs: readonly Half[]): ReadonlyMap<Half, Partner> {
  const partners = new Map<Half, Partner>();
  const byName = new Map(outputs.map((half) => [half.property.name, half]));
  for (const input of inputs) {
    const { name } = input.property;
    const output = byName.get(name);
    const qualifiers = output && joinedHalves(input, output);
    if (output === undefined || qualifiers === undefined) continue;
    partners.set(input, { output, qualifiers });
    byName.delete(name);
  }
  return partners;
}

function alone({ property, qualifiers }: Half): Parameter {
  return { property, qualifiers, isInOut: false };
}

function idOf({ qualifiers }: Half): number {
  const value = qualifiers.find((each) => isNamed(each, 'id'))?.value;
  return typeof value === 'number' ? value : Number.POSITIVE_INFINITY;
}

/** Whether a compiler adds the ID of the parameter with the number `index`: the last qualifier but for CIMTYPE. */
function hasAddedId({ qualifiers }: Parameter, index: number): boolean {
  const ids = qualifiers.filter((each) => isNamed(each, 'id'));
  const [id] = ids;
  return (
    id !== undefined &&
    ids.length === 1 &&
    id === qualifiers.at(-2) &&
    id.name === 'ID' &&
    id.type === 'sint32' &&
    !id.isArray &&
    id.value === index &&
    id.flavor === ADDED_ID
  );
}

function declared(parameters: readonly Parameter[], place: Place): DeclaredParameter[] {
  const haveAddedIds = parameters.every(hasAddedId);
  return parameters.flatMap((parameter) => {
    const { property, qualifiers, isInOut } = parameter;
    const inner = place.within('parameter', property.name);
    const after = haveAddedIds ? 2 : 1;
    const whole = {
      ...property,
      qualifiers: isInOut ? withoutAddedMarks(qualifiers, after) : qualifiers,
    };
    // An ID that is written comes before the MAX of `[8]`: where it does not, MAX was written too.
    const declaration = declarationOf(whole, inner, after - 1);
    return declaration === undefined ? [] : [{ property, declaration }];
  });
}

/** Without the IN and OUT that a compiler adds when neither is written: before the last `after`, which it adds too. */
function withoutAddedMarks(
  qualifiers: readonly BinaryQualifier[],
  after: number,
): readonly BinaryQualifier[] {
  const marks = qualifiers.filter((each) => isNamed(each, 'in') || isNamed(each, 'out'));
  const isAdded = (at: number, name: string): boolean => {
    const qualifier = qualifiers.at(at);
    return (
      qualifier?.name === name &&
      qualifier.type === 'boolean' &&
      qualifier.value === true &&
      qualifier.flavor === 0
    );
  };
  return marks.length === 2 && isAdded(-after - 2, 'IN') && isAdded(-after - 1, 'OUT')
    ? [...qualifiers.slice(0, -after - 2), ...qualifiers.slice(-after)]
    : qualifiers;
}
