/** The layout of a payload for reader and writer: headers, markers and type numbers. All integers are little-endian. */
import { BINARY_TYPES, type BinaryType } from './document.js';

/** Signature, length of the object part, two ones, and the count of objects. */
export const PAYLOAD_HEADER = 20;
/** Length, three offsets of lists, and the kind. */
export const OBJECT_HEADER = 20;
/** Length and count. */
export const LIST_HEADER = 8;
/** Length, type, and the offsets of name and value. */
export const QUALIFIER_HEADER = 16;
/** As of a qualifier, and the offset of the qualifier list. */
export const PROPERTY_HEADER = 20;
/** Length, count of rows, count of elements, and length of the row from this number on. */
export const ARRAY_HEADER = 16;
/** The last number of an array's header counts in the row's length. */
export const ROW_START = 12;

/** The offset of what is absent. */
export const ABSENT = 0xffff_ffff;

/** Comes between the objects and the flavors. */
export const FLAVOR_SIGNATURE = 'BMOFQUALFLAVOR11';
/** The signature and a count. */
export const FLAVOR_HEADER = FLAVOR_SIGNATURE.length + 4;
/** Offset of a qualifier, and its flavor. */
export const FLAVOR_ENTRY = 8;

export const KINDS = ['class', 'instance'] as const;

/** The type of a number without the bit for arrays. */
export const TYPE_NAMES: ReadonlyMap<number, BinaryType> = new Map(
  (Object.keys(BINARY_TYPES) as BinaryType[]).map((name) => [BINARY_TYPES[name], name]),
);
