// MOF texts with values that do not fit, misspelled qualifiers and arguments of directives, and what resolving must report.
import { block, items, structure } from '../resolve-text.js';
import { type FaultRow } from './fault-row.js';

const POINT = '20260115120000.000000+060';
const INTERVAL = '00000001120032.000000:000';

/** A type, a value of it, and the code of the finding; without a code it fits. */
const DEFAULTS: readonly (readonly [declaration: string, value: string, code?: string])[] = [
  // Integers.
  ['uint8 A', '0'],
  ['uint8 A', '255'],
  ['uint8 A', '0xFF'],
  ['uint8 A', '256', 'MOF2602'],
  ['uint8 A', '300', 'MOF2602'],
  ['uint8 A', '-1', 'MOF2602'],
  ['sint8 A', '-128'],
  ['sint8 A', '127'],
  ['sint8 A', '128', 'MOF2602'],
  ['sint8 A', '-129', 'MOF2602'],
  ['uint16 A', '65535'],
  ['uint16 A', '65536', 'MOF2602'],
  ['sint16 A', '-32768'],
  ['sint16 A', '32768', 'MOF2602'],
  ['uint32 A', '4294967295'],
  ['uint32 A', '4294967296', 'MOF2602'],
  ['sint32 A', '-2147483648'],
  ['sint32 A', '2147483648', 'MOF2602'],
  ['uint64 A', '18446744073709551615'],
  ['uint64 A', '-1', 'MOF2602'],
  ['sint64 A', '-9223372036854775808'],
  ['sint64 A', '9223372036854775808', 'MOF2602'],
  ['uint32 A', '101b'],
  ['uint32 A', 'NULL'],
  ['uint32 A', '"5"', 'MOF2601'],
  ['uint32 A', 'TRUE', 'MOF2601'],
  ['uint32 A', '1.5', 'MOF2601'],
  ['uint32 A', "'A'", 'MOF2601'],
  ['uint32 A', '{1}', 'MOF2601'],
  ['uint32 A', '$Alias', 'MOF2601'],
  ['uint32 A', 'instance of B {}', 'MOF2601'],
  ['uint32 A', 'LIMIT', 'MOF2606'],
  // Booleans and characters.
  ['boolean A', 'true'],
  ['boolean A', 'FALSE'],
  ['boolean A', '1', 'MOF2601'],
  ['boolean A', '"TRUE"', 'MOF2601'],
  ['char16 A', "'x'"],
  ['char16 A', '65535'],
  ['char16 A', '65536', 'MOF2602'],
  ['char16 A', '-1', 'MOF2602'],
  ['char16 A', '"x"', 'MOF2601'],
  ['char16 A', 'TRUE', 'MOF2601'],
  // Strings.
  ['string A', '"text"'],
  ['string A', '""'],
  ['string A', '"a" "b"'],
  ['string A', '5', 'MOF2601'],
  ['string A', "'x'", 'MOF2601'],
  ['[MaxLen(4)] string A', '"four"'],
  ['[MaxLen(4)] string A', '"fours"', 'MOF2605'],
  ['[MaxLen(0)] string A', '"no limit"'],
  // Datetimes.
  ['datetime A', `"${POINT}"`],
  ['datetime A', `"${INTERVAL}"`],
  ['datetime A', '"20260115******.******+***"'],
  ['datetime A', '"20260115120000.12****-480"'],
  ['datetime A', '"20240229000000.000000+000"'],
  ['datetime A', '"00000000000000.000000:000"'],
  ['datetime A', '"00000000000000.000000+000"'],
  ['datetime A', '"xxx"', 'MOF2603'],
  ['datetime A', '""', 'MOF2603'],
  ['datetime A', '"20261315120000.000000+060"', 'MOF2603'],
  ['datetime A', '"20260015120000.000000+060"', 'MOF2603'],
  ['datetime A', '"20260132120000.000000+060"', 'MOF2603'],
  ['datetime A', '"20260229000000.000000+000"', 'MOF2603'],
  ['datetime A', '"20260431000000.000000+000"', 'MOF2603'],
  ['datetime A', '"20260115240000.000000+060"', 'MOF2603'],
  ['datetime A', '"20260115126000.000000+060"', 'MOF2603'],
  ['datetime A', '"20260115120060.000000+060"', 'MOF2603'],
  ['datetime A', '"20260115120000,000000+060"', 'MOF2603'],
  ['datetime A', '"20260115120000.000000=060"', 'MOF2603'],
  ['datetime A', '"20260115120000.00000x+060"', 'MOF2603'],
  ['datetime A', '"2026011512000 .000000+060"', 'MOF2603'],
  ['datetime A', '"00000001120032.000000:060"', 'MOF2603'],
  ['datetime A', '"00000001240032.000000:000"', 'MOF2603'],
  ['datetime A', '20260115', 'MOF2601'],
  // Arrays.
  ['uint16 A[2]', '{1, 2}'],
  ['uint16 A[2]', '{1}'],
  ['uint16 A[2]', '{}'],
  ['uint16 A[2]', '{1, 2, 3}', 'MOF2604'],
  ['uint16 A[2]', '{1, 65536}', 'MOF2602'],
  ['uint16 A[2]', '{1, "2"}', 'MOF2601'],
  ['uint16 A[2]', '{1, {2}}', 'MOF2601'],
  ['uint16 A[2]', '{1, LIMIT}', 'MOF2606'],
  ['uint16 A[2]', '1', 'MOF2601'],
  ['uint16 A[2]', 'NULL'],
  ['[Max(2)] uint16 A[]', '{1, 2, 3}', 'MOF2604'],
  ['boolean A[2]', '{TRUE, FALSE}'],
  ['boolean A[2]', '{TRUE, 0}', 'MOF2601'],
  ['[MaxLen(2)] string A[2]', '{"ab", "abc"}', 'MOF2605'],
  ['datetime A[2]', `{"${POINT}", "${INTERVAL}"}`],
  ['datetime A[2]', `{"${POINT}", "today"}`, 'MOF2603'],
];

/** The value, or the element of the array that is at fault. */
function faulty(value: string): string {
  const elements = /^\{(.*)\}$/s.exec(value)?.[1]?.split(', ');
  if (elements === undefined || elements.length === 1) return value;
  return elements.at(-1) ?? value;
}

const defaults: readonly FaultRow[] = DEFAULTS.map(([declaration, value, code]) => ({
  rule: `${declaration} = ${value}: ${code ?? 'right'}`,
  text: block('Data', items(`${declaration} = ${value}`)),
  want: code === undefined ? [] : [[code, faulty(value)]],
}));

/** The same in a class outside of WMI: any fault is one warning. */
const plainDefaults: readonly FaultRow[] = [
  ...DEFAULTS.filter(([declaration]) => !declaration.includes('Max(')),
  ...([
    ['real32 A', '1.5'],
    ['real32 A', '1'],
    ['real32 A', '1.0e39', 'x'],
    ['real32 A', '-1.0e39', 'x'],
    ['real64 A', '1.0e39'],
    ['real64 A', '"1.5"', 'x'],
    ['B ref A', '"B.Key=1"'],
    ['B ref A', '5', 'x'],
    ['B A', 'instance of B {}'],
    ['B A', '"B"', 'x'],
    ['object A', 'instance of B {}'],
    ['object A', '5', 'x'],
    ['int32 A', '5', undefined],
  ] as const),
].map(([declaration, value, code]) => ({
  rule: `plain ${declaration} = ${value}: ${code === undefined ? 'right' : 'a warning'}`,
  text: `class B {}; class Plain { ${declaration} = ${value}; };`,
  want: declaration.startsWith('int32')
    ? [['MOF2007', 'int32']]
    : value === '$Alias'
      ? [
          ['MOF2611', '$Alias'],
          ['MOF2615', '$Alias'],
        ]
      : code === undefined
        ? []
        : [['MOF2611', faulty(value)]],
}));

const PLAIN =
  'class Fan { [Key] string Name; uint8 Level; [MaxLen(3)] string Label; Fan ref Other; Fan ref Others[]; };';

export const valueFaults: readonly FaultRow[] = [
  ...defaults,
  ...plainDefaults,
  {
    rule: 'a default is reported with the fault, and what to write',
    text: block('Data', items('uint8 A = 300')),
    want: [['MOF2602', '300']],
    contains: ["the default of 'A' is 300, but a uint8 goes from 0 to 255"],
  },
  {
    rule: 'an element is named by its number',
    text: block('Data', items('uint8 A[2] = {1, 300}')),
    want: [['MOF2602', '300']],
    contains: ["element 2 of the default of 'A' is 300"],
  },
  {
    rule: 'an inherited default is checked once, where it is',
    text: `[WMI, abstract] class Base { [WmiDataId(1) : ToSubclass] uint8 A = 300; }; ${block('Data : Base', '[WmiDataId(2)] uint8 B;')}`,
    want: [['MOF2602', '300']],
  },
  {
    rule: 'a default of a plain base class that a block inherits is checked as an item of the block',
    text: `class Base { [WmiDataId(1) : ToSubclass] uint8 A = 300; }; ${block('Data : Base', '[WmiDataId(2)] uint8 B;')}`,
    want: [['MOF2602', '300']],
  },
  {
    rule: 'a default of InstanceName or Active is a value of no layout',
    text: block('Data', items('uint8 A')).replace('boolean Active', 'boolean Active = 5'),
    want: [['MOF2611', '5']],
  },
  {
    rule: 'a default of a parameter of a method of a block',
    text: block(
      'Data',
      '[WmiMethodId(1)] void F([in] uint8 A = 300, [in, out] datetime B = "now");',
    ),
    want: [
      ['MOF2602', '300'],
      ['MOF2603', '"now"'],
    ],
  },
  {
    rule: 'a default of a parameter of a plain method',
    text: 'class Plain { void F([in] uint8 A = 300); };',
    want: [['MOF2611', '300']],
  },
  {
    rule: 'a default of a count is the number of elements of its array',
    text: block('Data', items('uint32 N = 2', '[WmiSizeIs("N")] uint8 A[] = {1, 2}')),
    want: [],
  },
  {
    rule: 'a default of a count whose array starts empty',
    text: block('Data', items('uint32 N = 2', '[WmiSizeIs("N")] uint8 A[]')),
    want: [['MOF2607', '2']],
    contains: ['no elements'],
  },
  {
    rule: 'a default of a count whose array has another number of elements',
    text: block('Data', items('uint32 N = 2', '[WmiSizeIs("N")] uint8 A[] = {1}')),
    want: [['MOF2607', '2']],
    contains: ['1 element'],
  },
  {
    rule: 'two arrays of one count may have different numbers of elements: the shorter is filled up',
    text: block(
      'Data',
      items('uint32 N', '[WmiSizeIs("N")] uint8 A[] = {1}', '[WmiSizeIs("N")] uint8 B[] = {1, 2}'),
    ),
    want: [['MOF2402', 'A', 'B']],
  },
  {
    rule: 'an array with more elements than its count can hold',
    text: block(
      'Data',
      items('uint8 N', `[WmiSizeIs("N")] uint8 A[] = {${Array(256).fill('1').join(', ')}}`),
    ),
    want: [['MOF2604', `{${Array(256).fill('1').join(', ')}}`]],
  },
  {
    rule: 'a default of an embedded class is ignored',
    text: `${structure('P', items('uint8 X'))}${block('Data', items('P A = instance of P { X = 1; }', 'P B = NULL'))}`,
    want: [['MOF2608', 'instance of P { X = 1; }']],
  },
  {
    rule: 'a default of an array that shares its count with embedded classes is ignored',
    text: `${structure('P', items('uint8 X'))}${block('Data', items('uint32 N', '[WmiSizeIs("N")] P A[]', '[WmiSizeIs("N")] uint8 B[] = {1}'))}`,
    want: [
      ['MOF2402', 'A', 'B'],
      ['MOF2608', '{1}'],
    ],
  },
  // Limits and names of values.
  {
    rule: 'MinValue and MaxValue that the type does not hold',
    text: block('Data', items('[MinValue(-5), MaxValue(256)] uint8 A')),
    want: [
      ['MOF2602', 'MinValue(-5)'],
      ['MOF2602', 'MaxValue(256)'],
    ],
    contains: ["the MinValue of 'A' is -5, but a uint8 goes from 0 to 255"],
  },
  {
    rule: 'limits that hold the whole range of the type',
    text: block(
      'Data',
      items(
        '[MinValue(-128), MaxValue(127)] sint8 A = -128',
        '[MinValue(0), MaxValue(18446744073709551615)] uint64 B',
      ),
    ),
    want: [],
  },
  {
    rule: 'a MinValue above the MaxValue',
    text: block('Data', items('[MinValue(10), MaxValue(5)] uint8 A')),
    want: [['MOF2612', 'MaxValue(5)']],
  },
  {
    rule: 'a default beyond the limits',
    text: block('Data', items('[MinValue(10)] uint8 A = 9', '[MaxValue(5)] uint8 B[2] = {5, 6}')),
    want: [
      ['MOF2612', '9'],
      ['MOF2612', '{5, 6}'],
    ],
  },
  {
    rule: 'limits of something that is not an integer',
    text: block('Data', items('[MaxValue(10)] string A')),
    want: [['MOF2612', 'MaxValue(10)']],
  },
  {
    rule: 'limits of a plain class',
    text: 'class Plain { [MinValue(-1)] uint8 A; [MaxValue(5)] real32 B; void F([MaxValue(256)] uint8 C); };',
    want: [
      ['MOF2611', 'MinValue(-1)'],
      ['MOF2611', 'MaxValue(256)'],
    ],
  },
  {
    rule: 'an entry of a ValueMap that the type does not hold',
    text: block('Data', items('[ValueMap{"0", "256"}, Values{"a", "b"}] uint8 A')),
    want: [['MOF2613', 'ValueMap{"0", "256"}']],
  },
  {
    rule: 'entries of a ValueMap: ranges, open ranges, texts',
    text: block(
      'Data',
      items(
        '[ValueMap{"0", "0x10", "17..20", "200..", "..", "other"}, Values{"a", "b", "c", "d", "e", "f"}] uint8 A',
      ),
    ),
    want: [],
  },
  {
    rule: 'a range of a ValueMap that ends beyond the type',
    text: block('Data', items('[ValueMap{"0", "17..256"}, Values{"a", "b"}] uint8 A')),
    want: [['MOF2613', 'ValueMap{"0", "17..256"}']],
  },
  {
    rule: 'an entry of a ValueMap that is longer than MaxLen',
    text: block('Data', items('[MaxLen(3), ValueMap{"on", "half"}, Values{"a", "b"}] string A')),
    want: [['MOF2613', 'ValueMap{"on", "half"}']],
  },
  {
    rule: 'an entry of a ValueMap of a plain class',
    text: 'class Plain { [ValueMap{"-1"}, Values{"none"}] uint8 A; [ValueMap{"-1"}, Values{"none"}] sint8 B; };',
    want: [['MOF2613', 'ValueMap{"-1"}']],
  },
  // Instances and aliases.
  {
    rule: 'values of an instance against its class',
    text: `${PLAIN} instance of Fan as $A { Name = 5; Level = 300; Label = "long"; Other = $A; Others = {$A, "Fan.Name=1"}; };`,
    want: [
      ['MOF2611', '5'],
      ['MOF2611', '300'],
      ['MOF2611', '"long"'],
    ],
    contains: ["the value of 'Name' is 5, but a string is a text in double quotes"],
  },
  {
    rule: 'values of inherited properties, in any case',
    text: `${PLAIN} class Sub : Fan { uint16 More; }; instance of Sub { LEVEL = -1; more = 70000; name; };`,
    want: [
      ['MOF2611', '-1'],
      ['MOF2611', '70000'],
    ],
  },
  {
    rule: 'a property that the class does not have',
    text: `${PLAIN} instance of Fan { Levle = 1; __CLASS = "Fan"; };`,
    want: [['MOF2614', 'Levle']],
    suggests: ['write Level'],
  },
  {
    rule: 'a class that nothing declares, or whose base is unknown, may have any property',
    text: 'class A : Missing { }; instance of Unknown { X = 1; }; instance of A { X = 1; };',
    want: [['MOF2005', 'Missing']],
  },
  {
    rule: 'an alias that no instance has, and one that two have',
    text: `${PLAIN} instance of Fan as $Left { Other = $Lfet; }; instance of Fan as $left { Others = {$Left, $None}; };`,
    want: [
      ['MOF2615', '$Lfet'],
      ['MOF2615', '$left', '$Left'],
      ['MOF2615', '$None'],
    ],
    suggests: ['write $Left'],
  },
  {
    rule: 'an alias of an instance further down, and one of an instance in an instance',
    text: `${PLAIN} class Box { Fan F; }; instance of Fan { Other = $Late; Others = {$Inner}; }; instance of Fan as $Late {}; instance of Box { F = instance of Fan as $Inner {}; };`,
    want: [],
  },
  {
    rule: 'an instance of another class',
    text: `${PLAIN} class Sub : Fan {}; class Other {}; class Box { Fan F; };
      instance of Sub as $Sub {}; instance of Other as $Other {};
      instance of Fan { Other = $Sub; }; instance of Fan { Other = $Other; }; instance of Box { F = instance of Other {}; }; instance of Box { F = instance of Sub { Level = 300; }; };`,
    want: [
      ['MOF2611', '$Other'],
      ['MOF2611', 'instance of Other {}'],
      ['MOF2611', '300'],
    ],
    contains: ["an instance of 'Other', which does not derive from 'Fan'"],
  },
  {
    rule: 'the default of a qualifier declaration',
    text: 'qualifier A : uint8 = 300, scope(any); qualifier B : string = null, scope(any); qualifier C : boolean = "x", scope(any); qualifier D : string[] = {"a"}, scope(any);',
    want: [
      ['MOF2611', '300'],
      ['MOF2611', '"x"'],
    ],
  },
  // Misspelled qualifiers.
  ...(
    [
      ['wirte', 'write'],
      ['raed', 'read'],
      ['MaxLn(5)', 'MaxLen'],
      ['MxaValue(5)', 'MaxValue'],
      ['MinVlue(5)', 'MinValue'],
      ['Decription("x")', 'Description'],
      ['DislpayName("x")', 'DisplayName'],
      ['ValuMap{"0"}', 'ValueMap'],
      ['WmiTimestmp', 'WmiTimeStamp'],
      ['Restrictd', 'Restricted'],
      ['ToSubclas', 'ToSubclass'],
    ] as const
  ).map(([written, meant]): FaultRow => ({
    rule: `the qualifier ${written} of an item`,
    text: block('Data', items(`[${written}] uint8 A`)),
    want: [['MOF2120', /^\w+/.exec(written)?.[0] ?? '']],
    contains: [`'${meant}' is probably meant`],
  })),
  {
    rule: 'misspelled qualifiers of parameters and methods',
    text: block('Data', '[WmiMethodId(1), Implementd] void F([otu] uint8 A);'),
    want: [
      ['MOF2120', 'Implementd'],
      ['MOF2120', 'otu'],
    ],
  },
  {
    rule: 'misspelled qualifiers of a class',
    text: block('Data', items('uint8 A'), ', WmiExpens(1)'),
    want: [['MOF2120', 'WmiExpens']],
  },
  {
    rule: 'a misspelled qualifier whose lack is an error is named there, else it is the one finding',
    text: block('Data', '[WmiDataIdd(1)] uint8 A; [WmiMethdId(1)] void F();')
      .replace('guid(', 'giud(')
      .replace('key,', 'kye,'),
    want: [
      ['MOF2105', 'Data', 'giud'],
      ['MOF2210', 'InstanceName', 'kye'],
      ['MOF2120', 'WmiDataIdd'],
      ['MOF2120', 'WmiMethdId'],
    ],
  },
  {
    rule: 'a misspelled WmiSizeIs leaves an array without an end',
    text: block('Data', items('uint8 N', '[WmiSizIs("N")] uint8 A[]', 'uint8 B')),
    want: [['MOF2316', 'A', 'B', 'WmiSizIs']],
  },
  {
    rule: 'a misspelled WmiDataId leaves an array without its count',
    text: block('Data', '[WmDataId(1)] uint8 N; [WmiDataId(2), WmiSizeIs("N")] uint8 A[];'),
    want: [['MOF2313', 'WmiSizeIs("N")', 'N', 'WmDataId']],
  },
  {
    rule: 'the lack of a qualifier elsewhere in the class is reported',
    text: block('Data', '[WmiDataIdd(1)] uint8 A; uint8 B;'),
    want: [
      ['MOF2120', 'WmiDataIdd'],
      ['MOF2201', 'B'],
    ],
  },
  {
    rule: 'a misspelled qualifier of a plain class and of an instance',
    text: 'class Plain { [Decription("x")] uint8 A; }; [Dynmaic] instance of Plain { [wirte] A = 1; };',
    want: [
      ['MOF2120', 'Decription'],
      ['MOF2120', 'Dynmaic'],
      ['MOF2120', 'wirte'],
    ],
  },
  {
    rule: 'documented qualifiers that are close to others are not misspelled, nor are other words and declared ones',
    text: `Qualifier wirte : boolean, scope(any); Qualifier Valuse : ToSubclass;
      class Plain { [Min(1), UUID("x"), Value("x"), Mac("x"), Status, Map, WIRTE, Valuse, Uid, Sid, Pid] uint8 A; };`,
    want: [],
  },
  // Directives.
  ...(
    [
      ['namespace()', undefined],
      ['namespace', undefined],
      ['namespace;', '#pragma namespace'],
      ['namespace("")', '""'],
      ['namespace(root)', 'root'],
      ['namespace("a", "b")', '"b"'],
      ['classflags("foo")', '"foo"'],
      ['classflags("updateonly" "forceupdate")', '"updateonly" "forceupdate"'],
      ['classflags(4)', '4'],
      ['classflags()', undefined],
      ['instanceflags("forceupdate")', '"forceupdate"'],
      ['instanceflags(64)', '64'],
      ['deleteclass("X", MAYBE)', 'MAYBE'],
      ['deleteclass("X")', undefined],
      ['deleteclass(X, FAIL)', 'X'],
      ['deleteclass("X", FAIL, 1)', '1'],
      ['deleteinstance("X.A=1")', undefined],
      ['autorecover("yes")', '"yes"'],
      ['amendment()', undefined],
      ['locale(1033)', '1033'],
      ['instancelocale', undefined],
      ['locale;', '#pragma locale'],
      ['nonlocal()', undefined],
      ['nonlocaltype()', undefined],
      ['source()', undefined],
      ['sourcetype(1)', '1'],
    ] as const
  ).map(([written, at]): FaultRow => ({
    rule: `#pragma ${written}`,
    text: `#pragma ${written}\nclass A { };`,
    want: [['MOF2621', at ?? `#pragma ${written}`]],
  })),
  {
    rule: 'a missing comma between flags is reported as such',
    text: '#pragma classflags("updateonly" "forceupdate")\n',
    want: [['MOF2621', '"updateonly" "forceupdate"']],
    contains: ['a comma is missing', 'write "updateonly", "forceupdate"'],
  },
  {
    rule: 'directives as files have them',
    text: `#pragma autorecover
      #PRAGMA AUTORECOVER
      #pragma autorecover()
      #pragma namespace("\\\\\\\\.\\\\root\\\\wmi")
      #pragma classflags("updateonly", "forceupdate")
      #pragma classflags("safeupdate")
      #pragma classflags(64)
      #pragma classflags(createonly)
      #pragma instanceflags("createonly")
      #pragma instanceflags("updateonly", "createonly")
      #pragma deleteclass("Class2", fail)
      #pragma deleteclass("Class2", NOFAIL)
      #pragma deleteinstance("A.B=\\"x\\"", NoFail)
      #pragma amendment("MS_409")
      #pragma locale("en_US")
      #pragma instancelocale("en_US")
      #pragma source("http://x/root/cimv2")
      #pragma sourcetype("WMI")
      #pragma nonlocal("//x/root")
      #pragma nonlocaltype("WMI")
      `,
    want: [],
  },
];
