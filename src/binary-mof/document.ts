/**
 * The objects of a binary MOF as its payload has them: classes and instances with their qualifiers, properties and methods.
 *
 * Order, spelling and the difference between an absent and an empty list are kept, so that writing what was read gives the same
 * bytes.
 */

/** A whole payload. */
export interface BinaryMof {
  /** In the order of the payload. */
  readonly objects: readonly BinaryObject[];
}

export interface BinaryObject {
  readonly kind: 'class' | 'instance';
  /** Absent (undefined) in parameter objects. */
  readonly qualifiers: readonly BinaryQualifier[] | undefined;
  /** The object's own properties, then the system properties (`__CLASS`, `__NAMESPACE`, …). */
  readonly properties: readonly BinaryProperty[] | undefined;
  /** Property records too: a method's value is the array of its `__PARAMETERS` objects. */
  readonly methods: readonly BinaryProperty[] | undefined;
}

export interface BinaryQualifier extends TypedValue {
  readonly name: string;
  /** The bits of FLAVOR, 0 when the flavor table has no entry for the qualifier. */
  readonly flavor: number;
}

export interface BinaryProperty extends TypedValue {
  readonly name: string;
  /** Absent (undefined) in system properties. */
  readonly qualifiers: readonly BinaryQualifier[] | undefined;
}

/** A type of a record, with the value that it may have. */
export interface TypedValue {
  readonly type: BinaryType;
  readonly isArray: boolean;
  /** Undefined when the record has none. An array has its elements' values. */
  readonly value: BinaryScalar | readonly BinaryScalar[] | undefined;
}

/**
 * `sint64` and `uint64` are bigint, the other integers, reals and `char16` (its code unit) are number, `string`, `datetime`,
 * `ref` and `alias` (the name without `$`) are string, `object` is an object.
 */
export type BinaryScalar = number | bigint | string | boolean | BinaryObject;

/** The types of records by their numbers, without the bit for arrays. */
export const BINARY_TYPES = {
  void: 0x00,
  sint16: 0x02,
  sint32: 0x03,
  real32: 0x04,
  real64: 0x05,
  string: 0x08,
  boolean: 0x0b,
  object: 0x0d,
  sint8: 0x10,
  uint8: 0x11,
  uint16: 0x12,
  uint32: 0x13,
  sint64: 0x14,
  uint64: 0x15,
  datetime: 0x65,
  ref: 0x66,
  char16: 0x67,
  /** A property of an instance that names an alias, `$P`. */
  alias: 0x4008,
} as const;

export type BinaryType = keyof typeof BINARY_TYPES;

/** Added to a record's type when its value is an array. */
export const ARRAY_TYPE = 0x2000;

/** The bits of a qualifier's flavor. The opposites (NotToInstance, EnableOverride, …) are the absence of a bit. */
export const FLAVOR = {
  ToInstance: 0x01,
  ToSubclass: 0x02,
  DisableOverride: 0x10,
  Amended: 0x80,
} as const;
