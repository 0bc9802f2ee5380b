/** Decompiles binary MOFs to MOF text: types, values, qualifiers, parameters, instances, directives, and what has no text. */
import { describe, expect, test } from 'vitest';
import { parse } from '../../grammar/index.js';
import {
  type BinaryMof,
  type BinaryObject,
  type BinaryProperty,
  type BinaryQualifier,
  type TypedValue,
} from '../../src/binary-mof/document.js';
import { toMofText } from '../../src/binary-mof/to-mof.js';
import { compiled } from './compiled.js';

const HEADER = '// Decompiled from a binary MOF by mofgen.\n';

/** Compiles a MOF and decompiles it, without the comment at the top; checks that the text compiles to the same. */
function again(mof: string): string {
  const document = compiled(mof).value;
  const { value, faults } = toMofText(document);
  expect(faults).toEqual([]);
  expect(parse(value).problems).toEqual([]);
  expect(compiled(value).value).toEqual(document);
  expect(value.startsWith(HEADER)).toBe(true);
  return value.slice(HEADER.length).trimStart();
}

/** The lines between the braces of the one class, without their indentation. */
function bodyOf(mof: string): string {
  const lines = again(`class C { ${mof} };`).split('\n').slice(2, -2);
  return lines.map((line) => line.replace(/^ {4}/, '')).join('\n');
}

test('an empty binary MOF is a comment without a file name or a time', () => {
  expect(toMofText({ objects: [] })).toEqual({ value: HEADER, faults: [] });
});

describe('members as they were written', () => {
  test.each([
    'uint32 A;',
    'UINT32 A;',
    'datetime A;',
    'Pump A;',
    'Pump A[];',
    'object:class A;',
    'Object:Pump A;',
    'object A;',
    'object ref A;',
    'Pump ref A;',
    'Pump ref A[];',
    'uint8 ref;',
    'uint8 class;',
    'Pump ref[4];',
    'uint8 A[16];',
    '[Max(16)] uint8 A[];',
    '[Max(3), MAX(3)] uint8 A[];',
    '[MAX(0)] uint8 A[];',
    '[MAX(2)] uint8 A = 5;',
    '[key, read] string A;',
    '[a(FALSE), b("x"), c(1), d{1}, e{"x", "y"}, f{}, g(NULL), h(0.5), i{TRUE, FALSE}] string A;',
    "[a('x'), b($Alias), c{$Alias, $Other}] string A;",
    '[a : ToInstance, b : ToInstance ToSubclass DisableOverride Amended] string A;',
    '[a : ToInstance, Restricted(TRUE), Amended(TRUE) : Amended, b] string A;',
    'uint32 A = -5;',
    'uint64 A = 18446744073709551615;',
    'uint64 A[] = {1, 4294967296};',
    'sint64 A = -9223372036854775808;',
    'boolean A = TRUE;',
    'boolean A[2] = {TRUE, FALSE};',
    'real64 A = 0.1;',
    'real64 A = 1.0;',
    'real64 A = -0.0;',
    'real64 A = 1.7976931348623157e+308;',
    'real64 A = 5.0e-324;',
    "char16 A = 'x';",
    String.raw`char16 A = '\'';`,
    `char16 A = '"';`,
    String.raw`char16 A = '\x00E4';`,
    String.raw`char16 A = '\xFFFF';`,
    'string A[] = {};',
    'uint8 A[] = {};',
    String.raw`string A = "\"\\\b\t\n\f\r'\x0001\x007F\x00E9f\xD83D\xDE00\xD800 */ // $ ;";`,
    'datetime A = "00000000000000.000000:000";',
    'void M();',
    'Pump M();',
    'Pump ref M();',
    'uint32 M(uint8 a);',
    'void M([in] uint8 a, [out] uint8 b, [in, out] uint8 c, uint8 d, [In, OUT] uint8 e);',
    'void M([in] uint8 a);',
    'void M([out] uint8 a);',
    'void M([out, id(0)] uint8 a, [in, id(1)] uint8 b);',
    'void M([a, in, b, out, c] uint8 p);',
    'void M([a, out, b, in, c] uint8 p);',
    'void M([in] uint8 a[4], [in, Max(4)] uint8 b[], [in] uint8 c[]);',
    'void M([in, out] uint8 a[4]);',
    'void M(uint8 a[4], [b] uint8 c);',
    'void M([ID(5)] uint8 a, [ID(6)] uint8 b[2]);',
    'void M([in] uint8 a = 5, [in] string b[2] = {"x"});',
    'void M([out] uint8 ReturnValue, [in] object ref a);',
    // The same name twice is two parameters when they differ.
    'void M([in] uint8 a, [out] uint32 a);',
  ])('%s', (mof) => {
    expect(bodyOf(mof)).toBe(mof);
  });
});

describe('members in another form of the same', () => {
  test.each([
    ['[CimType2] uint8 A = 0x10;', '[CimType2] uint8 A = 16;'],
    ['object:Pump A;', 'Pump A;'],
    ['string A = "a" "b";', 'string A = "ab";'],
    ['[a(TRUE)] string A;', '[a] string A;'],
    ['[a : EnableOverride] string A;', '[a] string A;'],
    ['uint32 A = NULL;', 'uint32 A;'],
    ['real64 A = 1;', 'real64 A = 1;'],
    ['real32 A = .5;', 'real32 A = 0.5;'],
    ['uint8 A = {1, 2};', 'uint8 A[] = {1, 2};'],
    ['[Max(4)] uint8 A[4];', '[Max(4)] uint8 A[];'],
    ['void M([IN, OUT] uint8 a);', 'void M(uint8 a);'],
    [
      'void M([In(FALSE), Out] uint8 a, [In, Out(FALSE)] uint8 b);',
      'void M([Out] uint8 a, [In] uint8 b);',
    ],
    // The text does not depend on whether a compiler adds MAX before IN or after it.
    ['void M([IN, OUT, MAX(4)] uint8 a[]);', 'void M([IN, OUT] uint8 a[4]);'],
    // No sample shows what a compiler counts when only some of the numbers are written.
    [
      'void M([in, ID(7)] uint8 a, [in] uint8 b[4]);',
      'void M([in, ID(7)] uint8 a, [in, MAX(4), ID(1) : ToInstance DisableOverride] uint8 b[]);',
    ],
    // Inputs and outputs are separate lists.
    [
      'void M([out, id(0)] uint8 a, [in, id(0)] uint8 b);',
      'void M([in, id(0)] uint8 b, [out, id(0)] uint8 a);',
    ],
  ])('%s', (mof, want) => {
    expect(bodyOf(mof)).toBe(want);
  });
});

test('objects, directives where they change, aliases, embedded instances', () => {
  const text = String.raw`class Base
{
};

#pragma namespace("\\\\.\\root\\\"x\"")
#pragma classflags("updateonly", "forceupdate")
#pragma instanceflags("createonly")

[WMI, Description("first") : Amended]
class A as $A : Base
{
    uint8 P;
};

[Locale(1033)]
instance of A as $I
{
    P = 1;
    N = NULL;
    [a, b("x")] Q = {"x", "y"};
    R = $I;

    E = instance of E as $E
    {
        F = {
            instance of G
            {
            },
            instance of G
            {
                H = TRUE;
            }
        };
    };

    Last = 'x';
};

#pragma classflags(0)
#pragma instanceflags(4)

class B
{
};

#pragma namespace("root\\default")
#pragma instanceflags(0)

class B
{
};
`;
  expect(again(text)).toBe(text);
});

test('long lines are broken', () => {
  const word = 'description ';
  const text = `[WMI, Dynamic, Provider("WmiProv"), Locale("MS\\\\0x409"),
 Description(
     "${word.repeat(7)}"
     "${word.repeat(7)}\\n"
     "the next line"),
 guid("{01234567-0123-0123-0123-0123456789AB}")]
class C
{
    [key, read] string InstanceName;
    [read] boolean Active;

    [WmiDataId(1), read,
     Values{
         "${word.repeat(3)}",
         "${word.repeat(3)}",
         "${'x'.repeat(87)}"
         "${'x'.repeat(3)}"
     },
     ValueMap{"1", "2", "3"}]
    uint32 Long;

    uint32 Numbers[] = {
        ${'1000000000, '.repeat(7).trimEnd()}
        ${'1000000000, '.repeat(3).slice(0, -2)}
    };

    string Text =
        "${word.repeat(7)}"
        "${word}end";

    [WmiMethodId(1), Implemented]
    void M(
        [in, Description("${word}")] uint32 first,
        [in, Description("${word}")] uint32 second,
        [out,
         Description(
             "${word.repeat(6)}"
             "${word.repeat(2)}")]
        uint32 third);
};
`;
  expect(again(text)).toBe(text);
});

const CIMTYPE: BinaryQualifier = {
  name: 'CIMTYPE',
  type: 'string',
  isArray: false,
  value: 'uint8',
  flavor: 3,
};

function record(name: string, rest: Partial<BinaryProperty>): BinaryProperty {
  return { name, type: 'string', isArray: false, value: undefined, qualifiers: [CIMTYPE], ...rest };
}

const system = (name: string, value: string | number): BinaryProperty =>
  record(name, {
    type: typeof value === 'string' ? 'string' : 'sint32',
    value,
    qualifiers: undefined,
  });
const SYSTEM = [system('__CLASS', 'C'), system('__NAMESPACE', 'root\\default')];

function classOf(rest: Partial<BinaryObject>): BinaryMof {
  return {
    objects: [{ kind: 'class', qualifiers: [], properties: SYSTEM, methods: [], ...rest }],
  };
}

const withProperty = (name: string, rest: Partial<BinaryProperty> = {}): BinaryMof =>
  classOf({ properties: [record(name, { type: 'uint8', ...rest }), ...SYSTEM] });
const withQualifier = (name: string, flavor: number, rest: Partial<TypedValue> = {}): BinaryMof =>
  classOf({
    qualifiers: [{ name, flavor, type: 'boolean', isArray: false, value: true, ...rest }],
  });
const withSystem = (...properties: readonly BinaryProperty[]): BinaryMof => classOf({ properties });
const initialized = (rest: Partial<BinaryProperty>): BinaryMof =>
  classOf({ kind: 'instance', properties: [record('P', { qualifiers: [], ...rest }), ...SYSTEM] });

const mark = (name: string): BinaryQualifier => ({
  ...CIMTYPE,
  name,
  type: 'boolean',
  value: true,
  flavor: 0,
});
const ID: BinaryQualifier = { ...CIMTYPE, name: 'ID', type: 'sint32', value: 0, flavor: 0x11 };
const parameter = (name: string, ...qualifiers: readonly BinaryQualifier[]): BinaryProperty =>
  record(name, { type: 'uint8', qualifiers: [...qualifiers, CIMTYPE] });
const parameters = (...properties: readonly BinaryProperty[]): BinaryObject => ({
  kind: 'instance',
  qualifiers: undefined,
  properties: [...properties, system('__CLASS', '__PARAMETERS')],
  methods: [],
});
const withMethod = (...objects: readonly BinaryObject[]): BinaryMof =>
  classOf({
    methods: [record('M', { type: 'object', isArray: true, value: objects, qualifiers: [] })],
  });

/** Instances in one another. */
function nested(levels: number): BinaryObject {
  const inner =
    levels === 0
      ? []
      : [record('P', { type: 'object', value: nested(levels - 1), qualifiers: [] })];
  return { kind: 'instance', qualifiers: [], properties: [...inner, ...SYSTEM], methods: [] };
}

describe('objects without a MOF text are faults', () => {
  test.each<[what: string, document: BinaryMof, faults: readonly string[]]>([
    [
      'an invalid name',
      withProperty('a;} class B {'),
      ["class 'C', property 'a;} class B {': its name is not a valid MOF name"],
    ],
    [
      'a class without a name',
      withSystem(system('__CLASS', 'A B'), ...SYSTEM.slice(1)),
      ["class 'A B': 'A B' is not a valid MOF name"],
    ],
    [
      'an invalid superclass',
      withSystem(...SYSTEM, system('__SUPERCLASS', '')),
      ["class 'C': '' is not a valid MOF name"],
    ],
    [
      'an invalid alias',
      withSystem(...SYSTEM, system('__ALIAS', '$P')),
      ["class 'C': '$P' is not a valid MOF name"],
    ],
    [
      'control characters in a name',
      withProperty('a\u001B[2J\u202E'),
      ["class 'C', property 'a [2J\uFFFD': its name is not a valid MOF name"],
    ],
    ['no class', withSystem(...SYSTEM.slice(1)), ["class '': it has no __CLASS"]],
    ['no namespace', withSystem(...SYSTEM.slice(0, 1)), ["class 'C': it has no __NAMESPACE"]],
    [
      'two classes',
      withSystem(...SYSTEM.slice(0, 1), ...SYSTEM),
      ["class 'C', system property '__CLASS': it is declared twice"],
    ],
    [
      'another order',
      withSystem(...SYSTEM, system('__SUPERCLASS', 'B'), system('__CLASSFLAGS', 1)),
      [
        "class 'C', system property '__CLASSFLAGS': it comes after one that a compiler writes later",
      ],
    ],
    [
      'flags that are 0',
      withSystem(...SYSTEM, system('__CLASSFLAGS', 0)),
      ["class 'C', system property '__CLASSFLAGS': it is 0, which a compiler omits"],
    ],
    [
      'flags that are text',
      withSystem(...SYSTEM, system('__CLASSFLAGS', 'x')),
      ["class 'C', system property '__CLASSFLAGS': it is not a sint32 with a value"],
    ],
    [
      'an unknown system property',
      withSystem(...SYSTEM, system('__PATH', 'x')),
      [
        "class 'C', system property '__PATH': it has no list of qualifiers, and is not a system property",
      ],
    ],
    [
      'no list of qualifiers',
      classOf({ qualifiers: undefined }),
      ["class 'C': it has no list of qualifiers, where a compiler writes an empty one"],
    ],
    [
      'no list of methods',
      classOf({ methods: undefined }),
      ["class 'C': it has no list of methods, where a compiler writes an empty one"],
    ],
    [
      'a CIMTYPE that is no type',
      withProperty('P', { qualifiers: [{ ...CIMTYPE, value: 'uint8 x; //' }] }),
      ["class 'C', property 'P': its CIMTYPE 'uint8 x; //' is not a type"],
    ],
    [
      'a CIMTYPE of a class that is no name',
      withProperty('P', { qualifiers: [{ ...CIMTYPE, value: 'object:A B' }] }),
      ["class 'C', property 'P': its CIMTYPE 'object:A B' is not a type"],
    ],
    [
      'a CIMTYPE that is no text',
      withProperty('P', { qualifiers: [{ ...CIMTYPE, type: 'sint32', value: 5 }] }),
      ["class 'C', property 'P': its CIMTYPE is not a string"],
    ],
    [
      'a CIMTYPE of another flavor',
      withProperty('P', { qualifiers: [{ ...CIMTYPE, flavor: 1 }] }),
      [
        "class 'C', property 'P': its CIMTYPE has another flavor than ToInstance and ToSubclass, which a compiler gives it",
      ],
    ],
    [
      'two CIMTYPEs',
      withProperty('P', { qualifiers: [CIMTYPE, CIMTYPE] }),
      ["class 'C', property 'P': it has a CIMTYPE before its last qualifier"],
    ],
    [
      'no CIMTYPE',
      withProperty('P', { qualifiers: [] }),
      [
        "class 'C', property 'P': its last qualifier is not CIMTYPE, which a compiler adds (its record has the type uint8)",
      ],
    ],
    [
      'a record of another type',
      withProperty('P', { type: 'string' }),
      [
        "class 'C', property 'P': it is declared as 'uint8' without a value, so its type is uint8, but the record has string",
      ],
    ],
    [
      'a value without a literal',
      withProperty('P', { value: 5 }),
      ["class 'C', property 'P': it has a value of the type uint8, which has no MOF literal"],
    ],
    [
      'a small number in a large type',
      withProperty('P', { type: 'sint64', value: 5n }),
      ["class 'C', property 'P': its value has the type sint64, where a compiler writes sint32"],
    ],
    [
      'a value of another type',
      withProperty('P', { type: 'boolean', value: 'TRUE' }),
      ["class 'C', property 'P': its value is the text 'TRUE', which is not of type boolean"],
    ],
    [
      'NaN',
      withProperty('P', { type: 'real64', value: Number.NaN }),
      ["class 'C', property 'P': its value is NaN, which no literal has"],
    ],
    [
      'a text with NUL',
      withProperty('P', { type: 'string', value: 'a\0b' }),
      ["class 'C', property 'P': it has the character 0, which ends a string in a binary MOF"],
    ],
    [
      'an array with a scalar value',
      withProperty('P', { isArray: true, value: 5 }),
      ["class 'C', property 'P': its type is an array, its value is not"],
    ],
    [
      'an empty list of another type',
      withProperty('P', { type: 'string', isArray: true, value: [] }),
      [
        "class 'C', property 'P': its value is an empty list of the type string; a compiler writes one of sint32",
      ],
    ],
    [
      'an unknown flavor',
      withQualifier('a', 0x141),
      ["class 'C', qualifier 'a': its flavor has bits that MOF cannot express (0x140)"],
    ],
    [
      'a qualifier that is no name',
      withQualifier('a, b', 0),
      ["class 'C', qualifier 'a, b': its name is not a valid MOF name"],
    ],
    [
      'a qualifier without a value',
      withQualifier('a', 0, { value: undefined }),
      ["class 'C', qualifier 'a': it has no value, and the type boolean"],
    ],
    [
      'an alias that is no name',
      initialized({ type: 'alias', value: 'a b' }),
      ["instance of 'C', property 'P': its value is the alias 'a b', which is not a name"],
    ],
    [
      'no value, and a type',
      initialized({ type: 'uint8' }),
      [
        "instance of 'C', property 'P': it has no value, so its type is string, but the record has uint8",
      ],
    ],
    [
      'instances nested too deep',
      { objects: [nested(150)] },
      [expect.stringMatching(/: it is nested deeper than MOF text may be$/) as string],
    ],
    [
      'a class as a value',
      initialized({ type: 'object', value: { ...nested(0), kind: 'class' } }),
      [
        "instance of 'C', property 'P', instance of 'C': it is a class, and only an instance can be a value",
      ],
    ],
    [
      'a method without objects',
      withMethod(),
      [
        "class 'C', method 'M': it has neither parameters nor a returned value, but its type is not void",
      ],
    ],
    [
      'an empty object',
      withMethod(parameters()),
      ["class 'C', method 'M': one of its parameter objects is empty, which a compiler omits"],
    ],
    [
      'three objects',
      withMethod(parameters(), parameters(), parameters()),
      ["class 'C', method 'M': it has 3 parameter objects, more than in and out"],
    ],
    [
      'a parameter without ID',
      withMethod(parameters(parameter('p', mark('in')))),
      ["class 'C', method 'M', parameter 'p': it has no ID, which a compiler adds"],
    ],
    [
      'a parameter in the wrong object',
      withMethod(
        parameters(parameter('p', mark('out'), ID)),
        parameters(parameter('q', mark('out'), ID)),
      ),
      [
        "class 'C', method 'M', parameter 'p': it is among the in parameters, but its qualifiers disagree",
      ],
    ],
    [
      'a parameter with a denied direction',
      withMethod(parameters(parameter('p', { ...mark('in'), value: false }, mark('out'), ID))),
      [
        "class 'C', method 'M', parameter 'p': it is among the out parameters, but its qualifiers disagree",
      ],
    ],
    [
      'a parameter of no direction',
      withMethod(parameters(parameter('p', ID))),
      [
        "class 'C', method 'M', parameter 'p': it is among the out parameters, but its qualifiers disagree",
      ],
    ],
    [
      'in-out parameters in two orders',
      withMethod(
        parameters(parameter('p', mark('in'), ID), parameter('q', mark('in'), ID)),
        parameters(parameter('q', mark('out'), ID), parameter('p', mark('out'), ID)),
      ),
      [
        "class 'C', method 'M': its in-out parameters are ordered differently among the in and the out parameters",
      ],
    ],
    [
      'a returned list',
      withMethod(parameters(record('ReturnValue', { type: 'uint8', isArray: true }))),
      [
        "class 'C', method 'M', value 'ReturnValue': a returned value has no qualifiers, no default value, and is no array",
      ],
    ],
  ])('%s', (_, document, faults) => {
    const { value, faults: found } = toMofText(document);
    expect(found).toEqual(faults);
    // The rest is still a text.
    expect(parse(value).problems).toEqual([]);
  });

  test('the number of faults is limited', () => {
    const properties = Array.from({ length: 5000 }, (_, index) => record(`a b${index}`, {}));
    const { faults } = toMofText(classOf({ properties: [...properties, ...SYSTEM] }));
    expect(faults.length).toBe(1001);
    expect(faults.at(-1)).toBe('there are more faults');
  });
});
