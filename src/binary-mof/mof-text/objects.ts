/** Writes a class, an instance or an embedded instance. */
import { type BinaryObject, type BinaryProperty } from '../document.js';
import { isName } from './names.js';
import { body, type Member, methodMember, propertyMember, valueMember } from './members.js';
import { type Piece, WIDTH } from './pieces.js';
import { type Place, shownName } from './places.js';
import { qualifierList } from './qualifiers.js';
import {
  ownCount,
  shownClassOf,
  type SystemProperties,
  systemPropertiesOf,
} from './system-properties.js';
import { MAX_NESTING, type WriteInstance } from './values.js';

/** The lists of qualifiers over classes are broken earlier than others, so that long ones do not hide the class. */
const CLASS_LIST_WIDTH = 80;

/** The lines of an object of a payload; none after a fault that leaves nothing to write. */
export function objectLines(
  object: BinaryObject,
  system: SystemProperties,
  place: Place,
): readonly string[] {
  const { className, superclass, alias } = system;
  if (!areNames({ className, superclass, alias }, place)) return [];
  const writeInstance = embeddedWriter(system.namespace);
  const list = qualifierList(
    listOf(object.qualifiers, 'qualifiers', place),
    place,
    0,
    writeInstance,
  );
  const above = list === undefined ? [] : classList(list);
  const as = alias === undefined ? '' : ` as $${alias}`;
  if (object.kind === 'class') {
    const base = superclass === undefined ? '' : ` : ${superclass}`;
    const head = `class ${className}${as}${base}`;
    return [
      ...above,
      head,
      ...withSemicolon(body(classMembers(object, place, writeInstance), WIDTH)),
    ];
  }
  if (superclass !== undefined) place.report('it is an instance with a superclass');
  const members = instanceMembers(object, place, 1, writeInstance);
  return [...above, `instance of ${className}${as}`, ...withSemicolon(body(members, WIDTH))];
}

function classList(list: Piece): readonly string[] {
  const isShort = list.flat !== undefined && list.flat.length <= CLASS_LIST_WIDTH;
  return isShort ? [list.flat] : list.broken(WIDTH);
}

function withSemicolon(given: readonly string[]): string[] {
  return given.map((line, index) => (index === given.length - 1 ? `${line};` : line));
}

function classMembers(object: BinaryObject, place: Place, writeInstance: WriteInstance): Member[] {
  const properties = ownProperties(object, place).map((each) =>
    propertyMember(each, place, writeInstance),
  );
  const methods = listOf(object.methods, 'methods', place).map((each) =>
    methodMember(each, place, writeInstance),
  );
  return [...properties, ...methods].filter((member) => member !== undefined);
}

function instanceMembers(
  object: BinaryObject,
  place: Place,
  depth: number,
  writeInstance: WriteInstance,
): Member[] {
  if (listOf(object.methods, 'methods', place).length > 0)
    place.report('it is an instance with methods');
  return ownProperties(object, place)
    .map((each) => valueMember(each, place, depth, writeInstance))
    .filter((member) => member !== undefined);
}

/** An instance needs its own, and those of a qualifier with a value. */
const BRACKETS_OF_A_MEMBER = 3;

/** Writes the instances within an object, which are in the same namespace. */
function embeddedWriter(namespace: string): WriteInstance {
  const write: WriteInstance = (object, owner, depth) => {
    const place = owner.within('instance of', shownClassOf(object));
    if (depth > MAX_NESTING - BRACKETS_OF_A_MEMBER) {
      place.report('it is nested deeper than MOF text may be');
      return undefined;
    }
    if (object.kind !== 'instance') {
      place.report('it is a class, and only an instance can be a value');
      return undefined;
    }
    const system = systemPropertiesOf(object, place);
    if (system === undefined) return undefined;
    const { className, alias, superclass } = system;
    if (!areNames({ className, superclass: undefined, alias }, place)) return undefined;
    if (system.namespace !== namespace) {
      place.report(
        `it is in the namespace '${shownName(system.namespace)}', the object around it in another`,
      );
    }
    if (superclass !== undefined || system.classFlags !== 0 || system.instanceFlags !== 0) {
      place.report(
        'it has a superclass or flags, which a compiler never gives an embedded instance',
      );
    }
    if (listOf(object.qualifiers, 'qualifiers', place).length > 0) {
      place.report('it has qualifiers, which an embedded instance cannot have');
    }
    const head = `instance of ${className}${alias === undefined ? '' : ` as $${alias}`}`;
    const members = instanceMembers(object, place, depth + 1, write);
    return { flat: undefined, broken: (width) => [head, ...body(members, width)], hugs: true };
  };
  return write;
}

function ownProperties(object: BinaryObject, place: Place): readonly BinaryProperty[] {
  const properties = listOf(object.properties, 'properties', place);
  const own = properties.slice(0, ownCount(properties));
  return own.filter(({ name, qualifiers }) => {
    if (qualifiers !== undefined) return true;
    place
      .within('property', name)
      .report('it has no list of qualifiers, and comes before properties that have one');
    return false;
  });
}

function listOf<T>(list: readonly T[] | undefined, what: string, place: Place): readonly T[] {
  if (list === undefined)
    place.report(`it has no list of ${what}, where a compiler writes an empty one`);
  return list ?? [];
}

function areNames(
  names: Readonly<Record<'className' | 'superclass' | 'alias', string | undefined>>,
  place: Place,
): boolean {
  const wrong = Object.values(names).find((name) => name !== undefined && !isName(name));
  if (wrong !== undefined) place.report(`'${shownName(wrong)}' is not a valid MOF name`);
  return wrong === undefined;
}
