/** Compiles MOF texts to binary MOFs: types, values, qualifiers, parameters, instances, directives. */
import { describe, expect, test } from 'vitest';
import {
  compiled,
  objectsOf,
  shownDiagnostic,
  shownObject,
  shownProperty,
  shownQualifiers,
} from './compiled.js';

/** The first object's properties without those of the system. */
function ownProperties(mof: string): readonly string[] {
  return (objectsOf(mof)[0]?.properties ?? [])
    .filter(({ name }) => !name.startsWith('__'))
    .map(shownProperty);
}

const cimType = (text: string) => `CIMTYPE: string = "${text}" ^0x3`;

describe('properties', () => {
  test.each([
    ['uint8 A', `A: uint8 [${cimType('uint8')}]`],
    ['UINT32 A', `A: uint32 [${cimType('UINT32')}]`],
    ['String A', `A: string [${cimType('String')}]`],
    ['datetime A', `A: datetime [${cimType('datetime')}]`],
    ['char16 A', `A: char16 [${cimType('char16')}]`],
    ['object A', `A: object [${cimType('object')}]`],
    ['object:Pump A', `A: object [${cimType('object:Pump')}]`],
    ['Object : Pump A', `A: object [${cimType('Object:Pump')}]`],
    ['Pump A', `A: object [${cimType('object:Pump')}]`],
    ['object ref A', `A: ref [${cimType('ref')}]`],
    ['Pump REF A', `A: ref [${cimType('ref:Pump')}]`],
    ['uint16 A[]', `A: uint16[] [${cimType('uint16')}]`],
    ['uint16 A[4]', `A: uint16[] [MAX: sint32 = 4, ${cimType('uint16')}]`],
    ['Pump A[2]', `A: object[] [MAX: sint32 = 2, ${cimType('object:Pump')}]`],
    ['Pump ref A[]', `A: ref[] [${cimType('ref:Pump')}]`],
    [
      '[read, Max(4)] uint16 A[]',
      `A: uint16[] [read: boolean = true, Max: sint32 = 4, ${cimType('uint16')}]`,
    ],
    ['[Max(4)] uint16 A[4]', `A: uint16[] [Max: sint32 = 4, ${cimType('uint16')}]`],
    [
      '[read] uint16 A[4]',
      `A: uint16[] [read: boolean = true, MAX: sint32 = 4, ${cimType('uint16')}]`,
    ],
    ['[cimtype("x")] string A', 'A: string [cimtype: string = "x"]'],
  ])('%s', (given, want) => {
    expect(ownProperties(`class C { ${given}; };`)).toEqual([want]);
  });

  test('a macro keeps the spelling of its text', () => {
    expect(ownProperties('#define STATUS Uint32\nclass C { STATUS A; };')).toEqual([
      `A: uint32 [${cimType('Uint32')}]`,
    ]);
  });
});

describe('default values have the type of the literal', () => {
  test.each([
    ['uint8 A = 64', 'A: sint32 = 64', 'uint8'],
    ['sint8 A = -0x40', 'A: sint32 = -64', 'sint8'],
    ['uint32 A = 2147483647', 'A: sint32 = 2147483647', 'uint32'],
    ['uint32 A = 2147483648', 'A: uint32 = 2147483648', 'uint32'],
    ['uint64 A = 4294967295', 'A: uint32 = 4294967295', 'uint64'],
    ['uint64 A = 4294967296', 'A: sint64 = 4294967296n', 'uint64'],
    ['sint64 A = -2147483648', 'A: sint32 = -2147483648', 'sint64'],
    ['sint64 A = -2147483649', 'A: sint64 = -2147483649n', 'sint64'],
    ['sint64 A = -9223372036854775808', 'A: sint64 = -9223372036854775808n', 'sint64'],
    ['uint64 A = 9223372036854775808', 'A: uint64 = 9223372036854775808n', 'uint64'],
    ['uint64 A = 18446744073709551615', 'A: uint64 = 18446744073709551615n', 'uint64'],
    ['real32 A = 0.5', 'A: real64 = 0.5', 'real32'],
    ['real64 A = 1', 'A: sint32 = 1', 'real64'],
    ['uint8 A = 1.5', 'A: real64 = 1.5', 'uint8'],
    ['boolean A = TRUE', 'A: boolean = true', 'boolean'],
    ['boolean A = "TRUE"', 'A: string = "TRUE"', 'boolean'],
    ["char16 A = '\\x00E4'", 'A: sint16 = 228', 'char16'],
    ["char16 A = '\\xFFFF'", 'A: sint16 = -1', 'char16'],
    ['char16 A = 65', 'A: sint32 = 65', 'char16'],
    ['string A = "a" "b"', 'A: string = "ab"', 'string'],
    ['string A = "\\xD800"', 'A: string = "\\ud800"', 'string'],
    [
      'datetime A = "00000001120032.000000:000"',
      'A: string = "00000001120032.000000:000"',
      'datetime',
    ],
    ['object ref A = "key"', 'A: string = "key"', 'ref'],
    ['Pump ref A = $P', 'A: alias = "P"', 'ref:Pump'],
    ['string A = NULL', 'A: string', 'string'],
    ['uint32 A[] = null', 'A: uint32[]', 'uint32'],
    ['uint32 A[] = {1, 0xFFFF}', 'A: sint32[] = {1, 65535}', 'uint32'],
    ['uint32 A[] = {1, 0xFFFFFFFF}', 'A: uint32[] = {1, 4294967295}', 'uint32'],
    ['sint64 A[] = {-1, 0xFFFFFFFF}', 'A: sint64[] = {-1n, 4294967295n}', 'sint64'],
    ['real32 A[] = {1, 0.5}', 'A: real64[] = {1, 0.5}', 'real32'],
    ['boolean A[] = {true, false}', 'A: boolean[] = {true, false}', 'boolean'],
    ['string A[] = {"a"}', 'A: string[] = {"a"}', 'string'],
    ['string A[] = "a"', 'A: string = "a"', 'string'],
    ['uint8 A[] = {}', 'A: sint32[] = {}', 'uint8'],
    ['datetime A[] = {}', 'A: string[] = {}', 'datetime'],
    ['real32 A[] = {}', 'A: real64[] = {}', 'real32'],
    ['char16 A[] = {}', 'A: sint16[] = {}', 'char16'],
    ['boolean A[] = {}', 'A: boolean[] = {}', 'boolean'],
    ['Pump A[] = {}', 'A: object[] = {}', 'object:Pump'],
    ['Pump ref A[] = {$P, $Q}', 'A: alias[] = {"P", "Q"}', 'ref:Pump'],
    [
      'Pump A = instance of Pump { N = 1; }',
      String.raw`A: object = <instance []; N: sint32 = 1 []; __CLASS: string = "Pump"; __NAMESPACE: string = "root\\default">`,
      'object:Pump',
    ],
  ])('%s', (given, want, type) => {
    expect(ownProperties(`class C { ${given}; };`)).toEqual([`${want} [${cimType(type)}]`]);
  });
});

describe('qualifiers', () => {
  const shownOf = (mof: string) => shownQualifiers(objectsOf(mof)[0]?.qualifiers ?? []);

  test.each([
    ['Dynamic', 'Dynamic: boolean = true'],
    ['dynamic(FALSE)', 'dynamic: boolean = false'],
    ['Locale("MS\\\\0x409")', String.raw`Locale: string = "MS\\0x409"`],
    ['Locale(0x409)', 'Locale: sint32 = 1033'],
    ['Scale(-1)', 'Scale: sint32 = -1'],
    ['MaxValue(4294967295)', 'MaxValue: uint32 = 4294967295'],
    ['Rate(0.5)', 'Rate: real64 = 0.5'],
    ["Mark('x')", 'Mark: sint16 = 120'],
    ['Values{"a", "b"}', 'Values: string[] = {"a", "b"}'],
    ['Values{"a"}', 'Values: string[] = {"a"}'],
    ['Values{}', 'Values: string[] = {}'],
    ['ValueMap{0, 1}', 'ValueMap: sint32[] = {0, 1}'],
    ['BitMap("0", "1")', 'BitMap: string[] = {"0", "1"}'],
    ['Description(NULL)', 'Description: string'],
    ['A, B(1), a', 'A: boolean = true, B: sint32 = 1, a: boolean = true'],
  ])('%s', (given, want) => {
    expect(shownOf(`[${given}] class C {};`)).toBe(`[${want}]`);
  });

  test.each([
    ['ToInstance', ' ^0x1'],
    ['TOSUBCLASS', ' ^0x2'],
    ['DisableOverride', ' ^0x10'],
    ['Amended', ' ^0x80'],
    ['Amended DisableOverride ToInstance ToSubClass', ' ^0x93'],
    ['EnableOverride NotToInstance NotToSubclass', ''],
    ['Restricted', ''],
    ['Translatable', ''],
  ])('the flavor %s', (given, want) => {
    expect(shownOf(`[A : ${given}] class C {};`)).toBe(`[A: boolean = true${want}]`);
  });

  test.each([
    ['a statement', 'qualifier A : ToInstance Amended;', '[a]', ' ^0x81'],
    ['a use adds to it', 'qualifier A : ToInstance;', '[A : ToSubclass]', ' ^0x3'],
    ['a use takes from it', 'qualifier A : ToInstance ToSubclass;', '[A : NotToInstance]', ' ^0x2'],
    ['a restricted use', 'qualifier A : ToInstance ToSubclass;', '[A : Restricted]', ' ^0x1'],
    ['a use that may be overridden', 'qualifier A : DisableOverride;', '[A : EnableOverride]', ''],
    ['a use that is not for heirs', 'qualifier A : ToSubclass;', '[A : NotToSubclass]', ''],
    ['a later statement', 'qualifier A : ToInstance; qualifier A : Amended;', '[A]', ' ^0x81'],
    ['a statement about another one', 'qualifier B : ToInstance;', '[A]', ''],
    ['a declaration', 'qualifier A : boolean, scope(any), flavor(disableoverride);', '[A]', ''],
  ])('%s before it', (_what, statement, use, want) => {
    const name = use[1] ?? '';
    expect(shownOf(`${statement} ${use} class C {};`)).toBe(`[${name}: boolean = true${want}]`);
  });

  test('a statement changes nothing before it', () => {
    expect(shownOf('[A] class C {}; qualifier A : ToInstance;')).toBe('[A: boolean = true]');
  });
});

describe('methods', () => {
  const shownOf = (mof: string) => (objectsOf(mof)[0]?.methods ?? []).map(shownProperty);
  const object = (...properties: readonly string[]) =>
    `<${['instance', ...properties, '__CLASS: string = "__PARAMETERS"'].join('; ')}>`;
  const id = (value: number) => `ID: sint32 = ${value} ^0x11`;
  const [IN, OUT] = ['IN: boolean = true', 'OUT: boolean = true'];
  const result = (type: string) => `ReturnValue: ${type} [${cimType(type)}]`;

  test.each<[given: string, ...want: string[]]>([
    ['void M()'],
    ['uint32 M()', object(result('uint32'))],
    [
      'boolean M(uint32 a)',
      object(`a: uint32 [${IN}, ${id(0)}, ${cimType('uint32')}]`),
      object(`a: uint32 [${OUT}, ${id(0)}, ${cimType('uint32')}]`, result('boolean')),
    ],
    [
      'void M([in] uint8 a, [OUT] String b)',
      object(`a: uint8 [in: boolean = true, ${id(0)}, ${cimType('uint8')}]`),
      object(`b: string [OUT: boolean = true, ${id(1)}, ${cimType('String')}]`),
    ],
    [
      'void M([in, id(7)] uint8 a)',
      object(`a: uint8 [in: boolean = true, id: sint32 = 7, ${cimType('uint8')}]`),
    ],
    [
      'void M([out] uint8 a)',
      object(`a: uint8 [out: boolean = true, ${id(0)}, ${cimType('uint8')}]`),
    ],
    [
      'void M([in, A, out, ID(1)] uint8 a)',
      object(
        `a: uint8 [in: boolean = true, A: boolean = true, ID: sint32 = 1, ${cimType('uint8')}]`,
      ),
      object(
        `a: uint8 [A: boolean = true, out: boolean = true, ID: sint32 = 1, ${cimType('uint8')}]`,
      ),
    ],
    [
      'void M([in] uint8 a[4])',
      object(`a: uint8[] [in: boolean = true, MAX: sint32 = 4, ${id(0)}, ${cimType('uint8')}]`),
    ],
    [
      'void M([in(false), out] uint8 a)',
      object(`a: uint8 [out: boolean = true, ${id(0)}, ${cimType('uint8')}]`),
    ],
    [
      'void M([in(false), A] uint8 a)',
      object(`a: uint8 [A: boolean = true, ${OUT}, ${id(0)}, ${cimType('uint8')}]`),
    ],
    [
      'void M([Out(false)] uint8 a[2])',
      object(`a: uint8[] [MAX: sint32 = 2, ${IN}, ${id(0)}, ${cimType('uint8')}]`),
    ],
    [
      'void M([in(false), out(false)] uint8 a)',
      object(`a: uint8 [${IN}, ${id(0)}, ${cimType('uint8')}]`),
      object(`a: uint8 [${OUT}, ${id(0)}, ${cimType('uint8')}]`),
    ],
    [
      'void M([in] uint8 a = 5)',
      object(`a: sint32 = 5 [in: boolean = true, ${id(0)}, ${cimType('uint8')}]`),
    ],
    ['Pump M()', object(`ReturnValue: object [${cimType('object:Pump')}]`)],
  ])('%s', (given, ...want) => {
    const typed = want.length === 0 ? 'void' : `object[] = {${want.join(', ')}}`;
    expect(shownOf(`class C { [A] ${given}; };`)).toEqual([`M: ${typed} [A: boolean = true]`]);
  });

  test('are separate from properties', () => {
    const [object] = objectsOf('class C { uint8 A; void M(); uint8 B; void N(); };');
    expect(object?.properties?.slice(0, 2).map(({ name }) => name)).toEqual(['A', 'B']);
    expect(object?.methods?.map(({ name }) => name)).toEqual(['M', 'N']);
  });
});

const NAMESPACE = String.raw`__NAMESPACE: string = "root\\default"`;
const inNamespace = (text: string) => `__NAMESPACE: string = ${JSON.stringify(text)}`;

describe('objects', () => {
  const classOf = (name: string) => `__CLASS: string = "${name}"`;

  test.each<[what: string, given: string, ...want: (readonly string[])[]]>([
    ['no text', ''],
    ['a class without anything', 'class C {};', ['class []', classOf('C'), NAMESPACE]],
    ['a forward declaration', 'class C; class D {};', ['class []', classOf('D'), NAMESPACE]],
    [
      'a derived class',
      'class C : B {};',
      ['class []', classOf('C'), NAMESPACE, '__SUPERCLASS: string = "B"'],
    ],
    [
      'all that a class can have',
      '#pragma namespace("root\\\\wmi")\n#pragma classflags("forceupdate")\n#pragma instanceflags("createonly")\nclass C as $X : B {};',
      [
        'class []',
        classOf('C'),
        inNamespace('root\\wmi'),
        '__CLASSFLAGS: sint32 = 64',
        '__INSTANCEFLAGS: sint32 = 2',
        '__SUPERCLASS: string = "B"',
        '__ALIAS: string = "X"',
      ],
    ],
    [
      'an instance of an unknown class with an alias',
      '[Locale(1033)] instance of I as $P { Name = "n"; Of = $Q; [A] Bare; Nil = NULL; };',
      [
        'instance [Locale: sint32 = 1033]',
        'Name: string = "n" []',
        'Of: alias = "Q" []',
        'Bare: string [A: boolean = true]',
        'Nil: string []',
        classOf('I'),
        NAMESPACE,
        '__ALIAS: string = "P"',
      ],
    ],
    [
      'instances in an instance, which have no flags',
      '#pragma classflags(1)\ninstance of I { A = instance of J as $J {}; B = {instance of J {}, instance of J {}}; };',
      [
        'instance []',
        `A: object = <instance []; ${classOf('J')}; ${NAMESPACE}; __ALIAS: string = "J"> []`,
        `B: object[] = {<instance []; ${classOf('J')}; ${NAMESPACE}>, <instance []; ${classOf('J')}; ${NAMESPACE}>} []`,
        classOf('I'),
        NAMESPACE,
        '__CLASSFLAGS: sint32 = 1',
      ],
    ],
  ])('%s', (_what, given, ...want) => {
    expect(objectsOf(given).map(shownObject)).toEqual(want);
  });

  test('a class that is declared twice is two objects', () => {
    expect(objectsOf('class C {}; class C {};').length).toBe(2);
  });
});

describe('directives hold until the next one of their kind', () => {
  const pragma = (name: string, ...args: readonly string[]) =>
    `#pragma ${name}(${args.map((each) => JSON.stringify(each)).join(', ')})\n`;
  /** The system properties of each object, except the name of its class and the default namespace. */
  const stateOf = (mof: string, namespace?: string) =>
    objectsOf(mof, {}, { namespace }).map((object) =>
      (object.properties ?? [])
        .filter(({ name }) => name !== '__CLASS')
        .map(shownProperty)
        .filter((line) => line !== NAMESPACE),
    );

  test.each<[what: string, given: string, ...want: (readonly string[])[]]>([
    [
      'namespaces, as they are spelled',
      `${pragma('namespace', '\\\\.\\Root\\WMI')}class A {}; ${pragma('Namespace', 'x')}instance of A {};`,
      [inNamespace('\\\\.\\Root\\WMI')],
      [inNamespace('x')],
    ],
    [
      'flags, which replace earlier ones',
      `class A {}; ${pragma('classflags', 'updateonly', 'forceupdate')}class B {}; ${pragma('CLASSFLAGS', 'SafeUpdate')}class C {}; #pragma classflags(0)\nclass D {};`,
      [],
      ['__CLASSFLAGS: sint32 = 65'],
      ['__CLASSFLAGS: sint32 = 32'],
      [],
    ],
    ['flags by their number', '#pragma classflags(64)\nclass A {};', ['__CLASSFLAGS: sint32 = 64']],
    [
      'flags of instances, which classes have too',
      `${pragma('instanceflags', 'updateonly')}class A {}; instance of A {};`,
      ['__INSTANCEFLAGS: sint32 = 1'],
      ['__INSTANCEFLAGS: sint32 = 1'],
    ],
    [
      'other directives have no effect',
      `#pragma autorecover\n${pragma('amendment', 'MS_409')}${pragma('locale', 'en_US')}class A {};`,
      [],
    ],
  ])('%s', (_what, given, ...want) => {
    expect(stateOf(given)).toEqual(want);
  });

  test('a chosen namespace applies where no directive sets another one', () => {
    const mof = `class A {}; ${pragma('namespace', 'x')}class B {};`;
    expect(stateOf(mof, 'root\\wmi')).toEqual([[inNamespace('root\\wmi')], [inNamespace('x')]]);
  });

  test('those of an included file hold after it', () => {
    const includes = { 'b.mof': `${pragma('namespace', 'x')}class B {};` };
    const [first, second] = objectsOf('#pragma include("b.mof")\nclass A {};', { includes });
    expect([first, second].map((each) => each?.properties?.map(({ value }) => value))).toEqual([
      ['B', 'x'],
      ['A', 'x'],
    ]);
  });
});

describe('localised texts', () => {
  const LOCAL = String.raw`#pragma namespace("root\\wmi\\ms_409")
[Description("Lüfter") : amended, AMENDMENT, LOCALE(1033)] class Fan { [Description("Tempo") : amended] uint32 Speed; };`;
  const PLAIN = '[WMI] class Fan { [read] uint32 Speed; };';
  const want = [
    ['class [WMI: boolean = true]', `Speed: uint32 [read: boolean = true, ${cimType('uint32')}]`],
    [
      'class [Description: string = "Lüfter" ^0x80, AMENDMENT: boolean = true, LOCALE: sint32 = 1033]',
      `Speed: uint32 [Description: string = "Tempo" ^0x80, ${cimType('uint32')}]`,
    ],
  ];

  test.each([
    ['of an .mfl file are objects after all others', PLAIN, [LOCAL]],
    ['that were joined are objects where they are', `${PLAIN}\n${LOCAL}`, []],
  ])('%s', (_what, mof, mfl) => {
    const objects = objectsOf(mof, { mfl });
    expect(objects.map((each) => shownObject(each).slice(0, 2))).toEqual(want);
    expect(objects[1]?.properties?.at(-1)?.value).toBe(String.raw`root\wmi\ms_409`);
  });

  test('an amended flavor that a statement gives is on uses alone', () => {
    const [object] = objectsOf('qualifier Description : amended; [Description("x")] class A {};');
    expect(shownQualifiers(object?.qualifiers ?? [])).toBe('[Description: string = "x" ^0x80]');
  });
});

test.each([
  ['#pragma deleteclass("B", fail)', 'deleteclass'],
  ['#pragma DeleteInstance("B.x=1", nofail)', 'DeleteInstance'],
])('%s has no effect, which is reported', (given, name) => {
  const { value, diagnostics } = compiled(`${given}\nclass C {};`);
  expect(value.objects).toEqual(objectsOf('class C {};'));
  expect(diagnostics.map(shownDiagnostic)).toEqual([
    `MOF5004 at ${given}: '#pragma ${name}' has no effect in a binary MOF`,
  ]);
  expect(diagnostics.map(({ severity }) => severity)).toEqual(['warning']);
});

describe('what a binary MOF cannot hold is reported', () => {
  test.each<[given: string, ...want: string[]]>([
    [
      'string A = "a\\x0000b"',
      String.raw`MOF5001 at "a\x0000b": a string cannot hold the character \x0000, which ends it`,
    ],
    ['uint8 A[] = {1, null}', 'MOF5001 at null: an element of a list cannot be null'],
    ['uint8 A[] = {1, {2}}', 'MOF5001 at {2}: a list cannot be an element of a list'],
    ['uint8 A = LIMIT', "MOF5001 at LIMIT: 'LIMIT' is a name, not a value"],
    ['[in(X)] uint8 A', "MOF5001 at X: 'X' is a name, not a value"],
    [
      'uint8 A[] = {X, Y}',
      "MOF5001 at X: 'X' is a name, not a value",
      "MOF5001 at Y: 'Y' is a name, not a value",
    ],
    [
      'uint8 A[] = {1, 2, "x", true}',
      'MOF5002 at "x": the list begins with an integer, but this is a string',
    ],
    [
      'uint8 A[] = {1, 0.5, "x"}',
      'MOF5002 at "x": the list begins with an integer, but this is a string',
    ],
    [
      'string A[] = {"x", $P}',
      'MOF5002 at $P: the list begins with a string, but this is an alias',
    ],
    [
      'sint64 A[] = {-1, 18446744073709551615}',
      'MOF5001 at {-1, 18446744073709551615}: no type holds both the largest number of the list and a negative one',
    ],
    ['void A', "MOF5003 at void: 'A' is of type void, which has no values"],
    ['void M(void a)', "MOF5003 at void: 'a' is of type void, which has no values"],
    ['void M(uint8 a[] = {1, null})', 'MOF5001 at null: an element of a list cannot be null'],
  ])('%s', (given, ...want) => {
    expect(compiled(`class C { ${given}; };`).diagnostics.map(shownDiagnostic)).toEqual(want);
  });
});
