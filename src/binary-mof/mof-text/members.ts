/** Lays out the members of a class or an instance: qualifiers above the member, blank lines around members of several lines. */
import { type BinaryProperty } from '../document.js';
import { type Declaration, declarationOf } from './declarations.js';
import { isName } from './names.js';
import { signatureOf } from './parameters.js';
import { ended, framed, indented, INDENT, lines, type Piece, word } from './pieces.js';
import { type Place } from './places.js';
import { qualifierList } from './qualifiers.js';
import { elementType } from './types.js';
import { valueText, type WriteInstance } from './values.js';

/** A list of qualifiers, if there are any, and what it is about. */
export interface Member {
  readonly list: Piece | undefined;
  readonly text: Piece;
}

/** The members in braces, as the body of a class or an instance; an empty line before and after those of several lines. */
export function body(members: readonly Member[], width: number): string[] {
  const laidOut = members.map((member) => memberLines(member, width - INDENT));
  const inner = laidOut.flatMap((member, index) => {
    const before = laidOut[index - 1];
    const isApart = before !== undefined && (before.length > 1 || member.length > 1);
    return isApart ? ['', ...member] : member;
  });
  return ['{', ...indented(inner), '}'];
}

/** On one line if they fit, else one above the other. */
function memberLines({ list, text }: Member, width: number): readonly string[] {
  if (list === undefined) return lines(text, width);
  const flat = flatOf({ list, text });
  if (flat !== undefined && flat.length <= width) return [flat];
  return [...lines(list, width), ...lines(text, width)];
}

function flatOf({ list, text }: Member): string | undefined {
  if (list === undefined) return text.flat;
  return list.flat === undefined || text.flat === undefined
    ? undefined
    : `${list.flat} ${text.flat}`;
}

/** A property of a class; `undefined` after a fault that leaves nothing to write. */
export function propertyMember(
  property: BinaryProperty,
  owner: Place,
  writeInstance: WriteInstance,
): Member | undefined {
  const place = owner.within('property', property.name);
  if (!hasName(property, place)) return undefined;
  const declaration = declarationOf(property, place);
  if (declaration === undefined) return undefined;
  return {
    list: qualifierList(declaration.qualifiers, place, 1, writeInstance),
    text: ended(typedName(property, declaration, place, 1, writeInstance), ';'),
  };
}

/** A value of an instance: no type is declared, so every qualifier was written. */
export function valueMember(
  property: BinaryProperty,
  owner: Place,
  depth: number,
  writeInstance: WriteInstance,
): Member | undefined {
  const place = owner.within('property', property.name);
  if (!hasName(property, place)) return undefined;
  const { name, type, isArray, value, qualifiers = [] } = property;
  if (value === undefined && (type !== 'string' || isArray)) {
    place.report(
      `it has no value, so its type is string, but the record has ${type}${isArray ? '[]' : ''}`,
    );
    return undefined;
  }
  const text =
    value === undefined
      ? word('NULL')
      : valueText(property, place, { depth, elements: 'string', writeInstance });
  if (text === undefined) return undefined;
  return {
    list: qualifierList(qualifiers, place, depth, writeInstance),
    text: framed(`${name} = `, text, ';'),
  };
}

/** A method of a class. */
export function methodMember(
  method: BinaryProperty,
  owner: Place,
  writeInstance: WriteInstance,
): Member | undefined {
  const place = owner.within('method', method.name);
  if (!hasName(method, place)) return undefined;
  if (method.qualifiers === undefined) place.report('it has no list of qualifiers');
  const { returned, parameters } = signatureOf(method, place);
  const head = `${returned?.type.text ?? 'void'} ${method.name}(`;
  const members: Member[] = parameters.flatMap(({ property, declaration }) => {
    const inner = place.within('parameter', property.name);
    if (!hasName(property, inner)) return [];
    const list = qualifierList(declaration.qualifiers, inner, 2, writeInstance);
    return { list, text: typedName(property, declaration, inner, 2, writeInstance) };
  });
  return {
    list: qualifierList(method.qualifiers ?? [], place, 1, writeInstance),
    text: members.length === 0 ? word(`${head});`) : parameterList(head, members),
  };
}

/** `void Method([in] uint8 Level);`, or a line for each parameter. */
function parameterList(head: string, given: readonly Member[]): Piece {
  const members = given.map(({ list, text }, index) => ({
    list,
    text: ended(text, index === given.length - 1 ? ');' : ','),
  }));
  const flats = members.map(flatOf);
  return {
    flat: flats.includes(undefined) ? undefined : head + flats.join(' '),
    broken: (width) => [
      head,
      ...indented(members.flatMap((member) => memberLines(member, width - INDENT))),
    ],
    hugs: true,
  };
}

/** `uint8 Level[4] = {1, 2}` */
function typedName(
  property: BinaryProperty,
  { type, suffix }: Declaration,
  place: Place,
  depth: number,
  writeInstance: WriteInstance,
): Piece {
  const head = `${type.text} ${property.name}${suffix}`;
  const value = valueText(property, place, {
    depth,
    elements: elementType(type.record),
    writeInstance,
  });
  return value === undefined ? word(head) : framed(`${head} = `, value, '');
}

function hasName({ name }: BinaryProperty, place: Place): boolean {
  if (isName(name)) return true;
  place.report('its name is not a valid MOF name');
  return false;
}
