/**
 * Random documents in the shape that a compiler gives a MOF text, for the decompiler, which refuses most of those in documents.ts
 * at the first object, since their system properties, types and parameters do not match. With `isWild` a few details have
 * no MOF text.
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

const KEYWORDS =
  'class instance of as qualifier ref true false null scope flavor uint8 string object void any ToInstance Amended restricted pragma In OUT id Max'.split(
    ' ',
  );
const HOSTILE = [
  '',
  ' ',
  '1a',
  'a b',
  'a;} class B {',
  '"',
  "'",
  '*/',
  '// ',
  'a\nb',
  '$P',
  '\u{202E}',
  '\u{1F600}',
  '\0',
];

/** Sometimes true in a wild document, always false in a tame one. */
function rarely<T>(isWild: boolean, tame: fc.Arbitrary<T>, wild: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return isWild ? fc.oneof({ arbitrary: tame, weight: 40 }, { arbitrary: wild, weight: 1 }) : tame;
}

function named(isWild: boolean): fc.Arbitrary<string> {
  const plain = fc.stringMatching(/^[A-Za-z_\u00E4\u4E2D][A-Za-z0-9_\u00E4]{0,12}$/);
  return rarely(
    isWild,
    fc.oneof(plain, plain, fc.constantFrom(...KEYWORDS)),
    fc.constantFrom(...HOSTILE),
  );
}

const codeUnits = fc
  .array(fc.integer({ min: 1, max: 0xffff }), { maxLength: 20 })
  .map((units) => String.fromCharCode(...units));
const prose = fc
  .array(fc.constantFrom('word', ' ', '  ', '\n', '"', '\\', "'", '\t', 'ä', 'longer-word'), {
    maxLength: 60,
  })
  .map((parts) => parts.join(''));
const text = fc.oneof(
  fc.string().map((each) => each.replaceAll('\0', '')),
  codeUnits,
  prose,
);

/** The values that a compiler gives a type; other types have no values. */
const SCALARS: Partial<Record<BinaryType, fc.Arbitrary<BinaryScalar>>> = {
  boolean: fc.boolean(),
  string: text,
  sint32: fc.integer(),
  uint32: fc.integer({ min: 0x8000_0000, max: 0xffff_ffff }),
  sint64: fc.oneof(
    fc.bigInt({ min: 2n ** 32n, max: 2n ** 63n - 1n }),
    fc.bigInt({ min: -(2n ** 63n), max: -(2n ** 31n) - 1n }),
  ),
  uint64: fc.bigInt({ min: 2n ** 63n, max: 2n ** 64n - 1n }),
  real64: fc.double({ noNaN: true, noDefaultInfinity: true }),
  sint16: fc.integer({ min: -0x8000, max: 0x7fff }),
  alias: named(false),
};
const SCALAR_TYPES = Object.keys(SCALARS) as BinaryType[];
const ALL_TYPES = Object.keys(BINARY_TYPES) as BinaryType[];

function scalar(type: BinaryType, isWild: boolean, level: number): fc.Arbitrary<BinaryScalar> {
  const tame = type === 'object' ? embedded(isWild, level) : (SCALARS[type] ?? fc.integer());
  return rarely(isWild, tame, fc.oneof(text, fc.double(), fc.bigInt(), fc.boolean(), named(true)));
}

/** A value, or none; `elements` is the type of a list without any. */
function value(
  isWild: boolean,
  level: number,
  elements: BinaryType = 'string',
): fc.Arbitrary<TypedValue> {
  const types = level < 3 ? [...SCALAR_TYPES, 'object' as const] : SCALAR_TYPES;
  const type = rarely(isWild, fc.constantFrom(...types), fc.constantFrom(...ALL_TYPES));
  const present = type.chain((each) =>
    fc.oneof(
      scalar(each, isWild, level).map((one): TypedValue => ({
        type: each,
        isArray: false,
        value: one,
      })),
      fc
        .array(scalar(each, isWild, level), { minLength: 1, maxLength: 5 })
        .map((list): TypedValue => ({ type: each, isArray: true, value: list })),
    ),
  );
  const empty = rarely(isWild, fc.constant(elements), fc.constantFrom(...ALL_TYPES)).map(
    (each): TypedValue => ({ type: each, isArray: true, value: [] }),
  );
  return fc.oneof({ arbitrary: present, weight: 8 }, { arbitrary: empty, weight: 1 });
}

const NULL: TypedValue = { type: 'string', isArray: false, value: undefined };

function qualifier(isWild: boolean): fc.Arbitrary<BinaryQualifier> {
  const flavor = rarely(
    isWild,
    fc.oneof(fc.constant(0), fc.constantFrom(1, 2, 3, 0x10, 0x80, 0x93)),
    fc.integer({ min: 0, max: 0xffff }),
  );
  const typed = fc.oneof(
    fc.constant<TypedValue>({ type: 'boolean', isArray: false, value: true }),
    value(isWild, 2),
    fc.constant(NULL),
  );
  const name = named(isWild).filter((each) => isWild || !/^(?:in|out|id|max|cimtype)$/i.test(each));
  return fc
    .tuple(name, typed, flavor)
    .map(([each, rest, bits]) => ({ name: each, ...rest, flavor: bits }));
}

function qualifiers(isWild: boolean): fc.Arbitrary<BinaryQualifier[]> {
  return fc.array(qualifier(isWild), { maxLength: 4 });
}

const LITERALS: Readonly<Record<string, BinaryType>> = {
  boolean: 'boolean',
  string: 'string',
  datetime: 'string',
  ref: 'string',
  object: 'object',
  real32: 'real64',
  real64: 'real64',
  char16: 'sint16',
};

/** A CIMTYPE, and the type of a record without a value. */
function cimType(isWild: boolean): fc.Arbitrary<readonly [cimType: string, type: BinaryType]> {
  const data = fc
    .constantFrom<BinaryType[]>(
      'uint8',
      'sint8',
      'uint16',
      'sint16',
      'uint32',
      'sint32',
      'uint64',
      'sint64',
      'real32',
      'real64',
      'char16',
      'string',
      'boolean',
      'datetime',
      'object',
      'ref',
    )
    .chain((type) =>
      fc
        .boolean()
        .map((isUpper) => [isUpper && type !== 'ref' ? type.toUpperCase() : type, type] as const),
    );
  const ofClass = fc
    .tuple(fc.constantFrom<('object' | 'ref')[]>('object', 'ref'), named(false))
    .filter(([kind, name]) => kind === 'object' || !KEYWORDS.includes(name))
    .map(([kind, name]) => [`${kind}:${name}`, kind] as const);
  const wild = fc.tuple(
    fc.constantFrom(
      'uint9',
      'void',
      'ref:uint8',
      'object:',
      'Ref:A',
      'object:a b',
      'uint8 x; //',
      '',
    ),
    fc.constantFrom(...ALL_TYPES),
  );
  return rarely(isWild, fc.oneof(data, ofClass), wild);
}

function added(name: string, type: BinaryType, given: BinaryScalar, flavor = 0): BinaryQualifier {
  return { name, type, isArray: false, value: given, flavor };
}

/** A property or parameter; `marks` are qualifiers that come after its own. */
function declared(
  isWild: boolean,
  marks: readonly BinaryQualifier[] = [],
): fc.Arbitrary<BinaryProperty> {
  return fc
    .tuple(
      named(isWild),
      qualifiers(isWild),
      cimType(isWild),
      fc.boolean(),
      fc.option(fc.integer({ min: 1, max: 300 })),
    )
    .chain(([name, list, [cim, type], isArray, length]) => {
      const max = isArray && length !== null ? [added('MAX', 'sint32', length)] : [];
      const flavor = rarely(isWild, fc.constant(3), fc.constantFrom(0, 1));
      const typed = fc.oneof(
        { arbitrary: fc.constant<TypedValue>({ type, isArray, value: undefined }), weight: 3 },
        { arbitrary: value(isWild, 2, LITERALS[type] ?? 'sint32'), weight: 1 },
      );
      return fc.tuple(typed, flavor).map(([rest, bits]) => ({
        name,
        ...rest,
        qualifiers: [...list, ...max, ...marks, added('CIMTYPE', 'string', cim, bits)],
      }));
    });
}

function system(name: string, type: BinaryType, given: BinaryScalar): BinaryProperty {
  return { name, type, isArray: false, value: given, qualifiers: undefined };
}

function parametersObject(properties: readonly BinaryProperty[]): BinaryObject {
  return {
    kind: 'instance',
    qualifiers: undefined,
    properties: [...properties, system('__CLASS', 'string', '__PARAMETERS')],
    methods: [],
  };
}

const isTrue = (name: string): BinaryQualifier => added(name, 'boolean', true);

/** Parameters as halves: their IN and OUT are before their other qualifiers or after them. */
function method(isWild: boolean): fc.Arbitrary<BinaryProperty> {
  const parameter = fc.tuple(
    fc.constantFrom('in', 'IN', 'out', 'OUT', 'in out', 'IN OUT', 'In oUT'),
    fc.boolean(),
    fc.option(fc.integer({ min: 0, max: 9 }), { freq: 3 }),
    declared(isWild),
  );
  return fc
    .tuple(
      named(isWild),
      qualifiers(isWild),
      fc.uniqueArray(parameter, {
        maxLength: 5,
        selector: ([, , , { name }]) => name.toLowerCase(),
      }),
      fc.option(cimType(isWild)),
      fc.boolean(),
    )
    .map(([name, list, parameters, returned, haveIds]): BinaryProperty => {
      const half = (word: string) =>
        parameters.flatMap(([words, isFirst, written, property], index): BinaryProperty[] => {
          const mark = words.split(' ').find((each) => each.toLowerCase() === word);
          if (mark === undefined) return [];
          const own = (property.qualifiers ?? []).slice(0, -1);
          const cim = (property.qualifiers ?? []).slice(-1);
          const id =
            haveIds && written !== null
              ? added('Id', 'sint32', written)
              : added('ID', 'sint32', index, 0x11);
          const all = isFirst
            ? [isTrue(mark), ...own, id, ...cim]
            : [...own, isTrue(mark), id, ...cim];
          return [{ ...property, qualifiers: all }];
        });
      const returnValue = returned && {
        name: 'ReturnValue',
        type: returned[1],
        isArray: false,
        value: undefined,
        qualifiers: [added('CIMTYPE', 'string', returned[0], 3)],
      };
      const objects = [half('in'), [...half('out'), ...(returnValue ? [returnValue] : [])]]
        .filter((each) => each.length > 0)
        .map(parametersObject);
      return objects.length === 0
        ? { name, type: 'void', isArray: false, value: undefined, qualifiers: list }
        : { name, type: 'object', isArray: true, value: objects, qualifiers: list };
    });
}

interface Setting {
  readonly namespace: string;
  readonly classFlags: number;
  readonly instanceFlags: number;
}

function optional(
  name: string,
  type: BinaryType,
  given: BinaryScalar | undefined | null,
): BinaryProperty[] {
  return given === undefined || given === null || given === 0 ? [] : [system(name, type, given)];
}

const NAMESPACE = 'root\\default';

function systemProperties(
  setting: Setting,
  className: string,
  superclass: string | null,
  alias: string | null,
): BinaryProperty[] {
  return [
    system('__CLASS', 'string', className),
    system('__NAMESPACE', 'string', setting.namespace),
    ...optional('__CLASSFLAGS', 'sint32', setting.classFlags),
    ...optional('__INSTANCEFLAGS', 'sint32', setting.instanceFlags),
    ...optional('__SUPERCLASS', 'string', superclass),
    ...optional('__ALIAS', 'string', alias),
  ];
}

/** A part of a wild document may be missing, doubled or in another place. */
function disturbed<T>(
  isWild: boolean,
  list: fc.Arbitrary<readonly T[]>,
): fc.Arbitrary<readonly T[]> {
  if (!isWild) return list;
  return list.chain((items) =>
    fc.oneof(
      { arbitrary: fc.constant(items), weight: 30 },
      { arbitrary: fc.shuffledSubarray([...items]), weight: 1 },
      { arbitrary: fc.constant([...items, ...items.slice(-1)]), weight: 1 },
    ),
  );
}

function initializer(isWild: boolean, level: number): fc.Arbitrary<BinaryProperty> {
  return fc
    .tuple(named(isWild), qualifiers(isWild), fc.oneof(value(isWild, level + 1), fc.constant(NULL)))
    .map(([name, list, typed]) => ({ name, ...typed, qualifiers: list }));
}

/** An instance that is a value: in the default namespace, so that those around it may be in no other. */
function embedded(isWild: boolean, level: number): fc.Arbitrary<BinaryObject> {
  const flags = { namespace: NAMESPACE, classFlags: 0, instanceFlags: 0 };
  return fc
    .tuple(
      fc.array(initializer(isWild, level), { maxLength: 2 }),
      named(isWild),
      fc.option(named(isWild)),
    )
    .chain(([own, name, alias]) =>
      disturbed(isWild, fc.constant([...own, ...systemProperties(flags, name, null, alias)])),
    )
    .map((properties) => ({ kind: 'instance', qualifiers: [], properties, methods: [] }));
}

function topObject(isWild: boolean): fc.Arbitrary<BinaryObject> {
  const flags = fc.oneof(
    fc.constant(0),
    fc.constantFrom(1, 2, 32, 64, 65, 99),
    rarely(isWild, fc.constant(0), fc.integer()),
  );
  const setting = fc.record({
    // Instances within an object are in its namespace.
    namespace: rarely(isWild, fc.constant(NAMESPACE), text),
    classFlags: flags,
    instanceFlags: flags,
  });
  const names = fc.tuple(
    setting,
    named(isWild),
    fc.option(named(isWild)),
    fc.option(named(isWild)),
  );
  const list = fc.option(qualifiers(isWild), { nil: undefined, freq: isWild ? 40 : 1_000_000_000 });
  const aClass = fc
    .tuple(
      names,
      list,
      fc.array(declared(isWild), { maxLength: 5 }),
      fc.array(method(isWild), { maxLength: 3 }),
    )
    .chain(([[given, name, superclass, alias], own, properties, methods]) =>
      disturbed(
        isWild,
        fc.constant([...properties, ...systemProperties(given, name, superclass, alias)]),
      ).map((all): BinaryObject => ({ kind: 'class', qualifiers: own, properties: all, methods })),
    );
  const anInstance = fc
    .tuple(names, list, fc.array(initializer(isWild, 0), { maxLength: 5 }))
    .chain(([[given, name, , alias], own, properties]) =>
      disturbed(
        isWild,
        fc.constant([...properties, ...systemProperties(given, name, null, alias)]),
      ).map((all): BinaryObject => ({
        kind: 'instance',
        qualifiers: own,
        properties: all,
        methods: [],
      })),
    );
  return fc.oneof(aClass, anInstance);
}

/** A document as a compiler makes it. */
export const compilable: fc.Arbitrary<BinaryMof> = fc.record({
  objects: fc.array(topObject(false), { maxLength: 4 }),
});

/** A document that may be in a file of another origin. */
export const wild: fc.Arbitrary<BinaryMof> = fc.record({
  objects: fc.array(topObject(true), { maxLength: 4 }),
});
