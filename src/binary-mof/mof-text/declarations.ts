/**
 * Separates the written qualifiers of a property or parameter from those that a compiler derives from the syntax: CIMTYPE is its
 * type, MAX the length of its array.
 */
import { nameKey } from '../../text/name-key.js';
import { type BinaryProperty, type BinaryQualifier, FLAVOR } from '../document.js';
import { type Place, shownName } from './places.js';
import { type DeclaredType, declaredType } from './types.js';

export interface Declaration {
  readonly type: DeclaredType;
  /** Without those that the syntax gives. */
  readonly qualifiers: readonly BinaryQualifier[];
  /** `[]`, `[8]` or nothing. */
  readonly suffix: string;
}

const CIMTYPE_FLAVOR = FLAVOR.ToInstance | FLAVOR.ToSubclass;

/** The declaration of `property`; `added` are the last of its qualifiers but for CIMTYPE, when its compiler added them. */
export function declarationOf(
  property: BinaryProperty,
  place: Place,
  added = 0,
): Declaration | undefined {
  const { qualifiers = [] } = property;
  const type = typeOf(property, qualifiers.at(-1), place);
  if (type === undefined) return undefined;
  if (property.value === undefined && property.type !== type.record) {
    place.report(
      `it is declared as '${type.text}' without a value, so its type is ${type.record}, but the record has ${property.type}`,
    );
    return undefined;
  }
  const own = qualifiers.slice(0, qualifiers.length - 1 - added);
  if (own.some(({ name }) => nameKey(name) === 'cimtype')) {
    place.report('it has a CIMTYPE before its last qualifier');
  }
  const last = own.at(-1);
  const isOneMax = own.filter(({ name }) => nameKey(name) === 'max').length === 1;
  const length = property.isArray && isOneMax && last !== undefined ? lengthOf(last) : undefined;
  if (length !== undefined) return { type, qualifiers: own.slice(0, -1), suffix: `[${length}]` };
  return { type, qualifiers: own, suffix: property.isArray ? '[]' : '' };
}

/** The length of an array for which a compiler adds this qualifier. */
function lengthOf(qualifier: BinaryQualifier): number | undefined {
  const { name, type, isArray, value, flavor } = qualifier;
  const isAdded = name === 'MAX' && type === 'sint32' && !isArray && flavor === 0;
  if (!isAdded || typeof value !== 'number' || !Number.isInteger(value)) return undefined;
  return value > 0 && value <= 0x7fff_ffff ? value : undefined;
}

function typeOf(
  { type }: BinaryProperty,
  qualifier: BinaryQualifier | undefined,
  place: Place,
): DeclaredType | undefined {
  if (qualifier === undefined || qualifier.name !== 'CIMTYPE') {
    place.report(
      `its last qualifier is not CIMTYPE, which a compiler adds (its record has the type ${type})`,
    );
    return undefined;
  }
  const { value } = qualifier;
  if (qualifier.type !== 'string' || typeof value !== 'string') {
    place.report('its CIMTYPE is not a string');
    return undefined;
  }
  if (qualifier.flavor !== CIMTYPE_FLAVOR) {
    place.report(
      'its CIMTYPE has another flavor than ToInstance and ToSubclass, which a compiler gives it',
    );
  }
  const declared = declaredType(value);
  if (declared === undefined) place.report(`its CIMTYPE '${shownName(value)}' is not a type`);
  return declared;
}
