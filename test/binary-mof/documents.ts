/**
 * Random documents of everything that the bytes of a .bmf can hold, for its reader and writer. Few of them have a MOF text,
 * so tests of decompiling use mof-documents.ts.
 */
import fc from 'fast-check';
import {
  BINARY_TYPES,
  type BinaryMof,
  type BinaryObject,
  type BinaryProperty,
  type BinaryQualifier,
  type BinaryScalar,
  type BinaryType,
  type TypedValue,
} from '../../src/binary-mof/document.js';

/** Objects with a prototype, as the reader makes them. */
const plain = { noNullPrototype: true } as const;

/** Any code units but NUL, lone surrogates included. */
const anyText = fc
  .oneof(
    fc.constantFrom('', '__CLASS', 'CIMTYPE', 'root\\wmi', 'ab', 'abc'),
    fc.string({ unit: 'binary', maxLength: 9 }),
    fc
      .array(fc.integer({ min: 1, max: 0xffff }), { maxLength: 5 })
      .map((units) => String.fromCharCode(...units)),
  )
  .map((text) => text.replaceAll('\0', ''));

const integer = (min: number, max: number) =>
  fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }));

const scalars: Readonly<
  Record<Exclude<BinaryType, 'void' | 'object'>, fc.Arbitrary<BinaryScalar>>
> = {
  sint8: integer(-0x80, 0x7f),
  uint8: integer(0, 0xff),
  sint16: integer(-0x8000, 0x7fff),
  uint16: integer(0, 0xffff),
  char16: integer(0, 0xffff),
  sint32: integer(-0x8000_0000, 0x7fff_ffff),
  uint32: integer(0, 0xffff_ffff),
  sint64: fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  uint64: fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }),
  real32: fc.float(),
  real64: fc.double(),
  boolean: fc.boolean(),
  string: anyText,
  datetime: anyText,
  ref: anyText,
  alias: anyText,
};

const types = Object.keys(BINARY_TYPES) as BinaryType[];

const { object: anyObject } = fc.letrec<{
  object: BinaryObject;
  typed: TypedValue;
  qualifier: BinaryQualifier;
  property: BinaryProperty;
}>((tie) => {
  const valueOf = (type: BinaryType): fc.Arbitrary<BinaryScalar> | undefined => {
    if (type === 'void') return undefined;
    return type === 'object' ? tie('object') : scalars[type];
  };
  const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const list = <T>(record: fc.Arbitrary<T>) =>
    maybe(fc.array(record, { maxLength: 4, depthIdentifier: 'object' }));
  const typed = fc.constantFrom(...types).chain((type): fc.Arbitrary<TypedValue> => {
    const scalar = valueOf(type);
    return fc.boolean().chain((isArray) => {
      const none = fc.constant(undefined);
      const some =
        scalar === undefined
          ? none
          : isArray
            ? fc.array(scalar, { maxLength: 4, depthIdentifier: 'object' })
            : scalar;
      return fc.record(
        {
          type: fc.constant(type),
          isArray: fc.constant(isArray),
          value: fc.oneof({ depthIdentifier: 'object', maxDepth: 4 }, none, some, some),
        },
        plain,
      );
    });
  });
  const flavor = fc.oneof(fc.constantFrom(0, 1, 2, 3, 0x11, 0x80), integer(0, 0xffff_ffff));
  return {
    typed,
    qualifier: fc
      .tuple(tie('typed'), fc.record({ name: anyText, flavor }, plain))
      .map(([value, rest]) => ({ ...value, ...rest })),
    property: fc
      .tuple(tie('typed'), fc.record({ name: anyText, qualifiers: list(tie('qualifier')) }, plain))
      .map(([value, rest]) => ({ ...value, ...rest })),
    object: fc.record(
      {
        kind: fc.constantFrom('class', 'instance'),
        qualifiers: list(tie('qualifier')),
        properties: list(tie('property')),
        methods: list(tie('property')),
      },
      plain,
    ),
  };
});

export const anyDocument: fc.Arbitrary<BinaryMof> = fc.record(
  {
    objects: fc.array(anyObject, { maxLength: 3 }),
  },
  plain,
);
