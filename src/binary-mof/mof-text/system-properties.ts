/** Reads the system properties that a compiler adds after an object's own: its class, namespace, flags, superclass and alias. */
import { type BinaryObject, type BinaryProperty, type BinaryType } from '../document.js';
import { type Place } from './places.js';

export interface SystemProperties {
  readonly className: string;
  readonly namespace: string;
  readonly classFlags: number;
  readonly instanceFlags: number;
  readonly superclass: string | undefined;
  readonly alias: string | undefined;
}

/** In the order in which a compiler adds them. */
const ORDER: readonly (readonly [name: string, type: BinaryType])[] = [
  ['__CLASS', 'string'],
  ['__NAMESPACE', 'string'],
  ['__CLASSFLAGS', 'sint32'],
  ['__INSTANCEFLAGS', 'sint32'],
  ['__SUPERCLASS', 'string'],
  ['__ALIAS', 'string'],
];

/** The value of `__CLASS`, if this is that system property. */
export function classNameOf(property: BinaryProperty | undefined): string | undefined {
  if (property?.name !== '__CLASS' || property.qualifiers !== undefined) return undefined;
  return typeof property.value === 'string' ? property.value : undefined;
}

/** The class of an object, as messages name it. */
export function shownClassOf(object: BinaryObject): string {
  return object.properties?.map(classNameOf).find((name) => name !== undefined) ?? '';
}

/** How many properties come before the system properties. */
export function ownCount(properties: readonly BinaryProperty[]): number {
  return properties.findLastIndex(({ qualifiers }) => qualifiers !== undefined) + 1;
}

/** `undefined` without a class. Whatever is not as a compiler adds it is a fault. */
export function systemPropertiesOf(
  object: BinaryObject,
  place: Place,
): SystemProperties | undefined {
  const { properties = [] } = object;
  const values = new Map<string, BinaryProperty['value']>();
  let least = 0;
  for (const { name, type, isArray, value } of properties.slice(ownCount(properties))) {
    const inner = place.within('system property', name);
    const at = ORDER.findIndex(([known]) => known === name);
    const [, wanted] = ORDER[at] ?? [];
    if (values.has(name)) inner.report('it is declared twice');
    else if (wanted === undefined)
      inner.report('it has no list of qualifiers, and is not a system property');
    else if (type !== wanted || isArray || value === undefined)
      inner.report(`it is not a ${wanted} with a value`);
    else {
      if (at < least) inner.report('it comes after one that a compiler writes later');
      least = at + 1;
      values.set(name, value);
    }
  }
  const text = (name: string): string | undefined => {
    const value = values.get(name);
    return typeof value === 'string' ? value : undefined;
  };
  const flags = (name: string): number => {
    const value = values.get(name);
    if (value === 0)
      place.within('system property', name).report('it is 0, which a compiler omits');
    return typeof value === 'number' ? value : 0;
  };
  const className = text('__CLASS');
  const namespace = text('__NAMESPACE');
  if (className === undefined || namespace === undefined) {
    place.report(`it has no ${className === undefined ? '__CLASS' : '__NAMESPACE'}`);
    return undefined;
  }
  return {
    className,
    namespace,
    classFlags: flags('__CLASSFLAGS'),
    instanceFlags: flags('__INSTANCEFLAGS'),
    superclass: text('__SUPERCLASS'),
    alias: text('__ALIAS'),
  };
}
