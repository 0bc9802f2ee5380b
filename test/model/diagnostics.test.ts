// What resolving reports: given a MOF text, wanted code, the text that it points at, and the texts of the related places.
import { expect, test } from 'vitest';
import { DIAGNOSTICS } from '../../src/diagnostics/codes.js';
import { block, items, resolveText, shown, structure } from './resolve-text.js';

interface Row {
  readonly rule: string;
  readonly text: string;
  /** Code, place, related places of every finding, in order. */
  readonly want: readonly (readonly [string, string, ...string[]])[];
  /** Parts of the first message and its help. */
  readonly says?: readonly string[];
}

const G1 = '{11111111-1111-1111-1111-111111111111}';
const G2 = '{22222222-2222-2222-2222-222222222222}';
const twoInts = structure('Two', items('uint32 A', 'uint32 B'));

const classes: readonly Row[] = [
  {
    rule: 'a class declared again with the same contents is one class, with one warning',
    text: `[WMI, guid("${G1}"), WmiGenerateHeader(TRUE)] class S { [WmiDataId(1)] uint8 A; };
      [WMI, guid("${G1}"), WmiGenerateHeader(FALSE), cpp_quote("x")] class s { [WmiDataId(1)] uint8 a; };
      [guid("${G1}"), WMI, Description("other")] class S { [WmiDataId(1)] uint8 A; };`,
    want: [['MOF2002', 's', 'S', 'S']],
    says: ["'S'", '2 more times'],
  },
  {
    rule: 'a class declared again with a different item is an error that shows both',
    text: `[WMI, guid("${G1}")] class S { [WmiDataId(1)] uint8 A; };
      [WMI, guid("${G1}")] class S { [WmiDataId(1)] uint16 A; };`,
    want: [['MOF2001', 'A', 'S', 'A']],
  },
  {
    rule: 'a class declared again with an item more',
    text: `class S { uint8 A; }; class S { uint8 A; uint8 Extra; };`,
    want: [['MOF2001', 'Extra', 'S']],
  },
  {
    rule: 'a class declared again with an item less',
    text: `class S { uint8 A; uint8 Extra; }; class S { uint8 A; };`,
    want: [['MOF2001', 'S', 'S', 'Extra']],
  },
  {
    rule: 'a class declared again with another superclass',
    text: `class B {}; class S : B { }; class S { };`,
    want: [['MOF2001', 'S', 'S', 'B']],
  },
  {
    rule: 'a class declared again with another qualifier',
    text: `class S { }; [Abstract] class S { };`,
    want: [['MOF2001', 'Abstract', 'S']],
  },
  {
    rule: 'a class declared again with another method',
    text: `class S { uint32 F([in] uint8 A); }; class S { uint32 F([out] uint8 A); };`,
    want: [['MOF2001', 'F', 'S', 'F']],
  },
  {
    rule: 'a forward declaration is nothing',
    text: `class S; class S { uint8 A; }; class S;`,
    want: [],
  },
  {
    rule: 'a localized copy is no second declaration',
    text: `class S { uint8 A; }; [amendment, locale(0x409)] class S { };`,
    want: [],
  },
  {
    rule: 'a property given twice, in any case',
    text: block('Data', items('uint8 Speed', 'uint8 SPEED')),
    want: [['MOF2003', 'SPEED', 'Speed']],
  },
  {
    rule: 'a method given twice',
    text: block('Data', '[WmiMethodId(1)] void F(); [WmiMethodId(2)] void f();'),
    want: [['MOF2003', 'f', 'F']],
  },
  {
    rule: 'a parameter given twice',
    text: block('Data', '[WmiMethodId(1)] void F([in] uint8 A, [out] uint8 a);'),
    want: [['MOF2003', 'a', 'A']],
  },
  {
    rule: 'an unknown superclass of a WMI class',
    text: `[WMI, guid("${G1}")] class S : Missing { [WmiDataId(1)] uint8 A; };`,
    want: [['MOF2004', 'Missing']],
  },
  {
    rule: 'an unknown superclass above a plain class that a WMI class derives from',
    text: `class Plain : Missing { }; [WMI, guid("${G1}")] class S : Plain { [WmiDataId(1)] uint8 A; };`,
    want: [['MOF2004', 'Missing', 'S']],
  },
  {
    rule: 'an unknown superclass that no layout depends on',
    text: `class S : Missing { uint8 A; }; class T : Missing { };`,
    want: [['MOF2005', 'Missing']],
  },
  {
    rule: 'the built-in classes need no declaration and may have one',
    text: `class WMIEvent : __ExtrinsicEvent { }; ${block('E : WmiEvent', items('uint8 A'))} class T : EventTrace { };`,
    want: [],
  },
  {
    rule: 'what a file puts into a built-in class is no data',
    text: `class __Event { uint64 TIME_CREATED; }; class __ExtrinsicEvent : __Event { uint8 SECURITY_DESCRIPTOR[]; };
      ${block('E : __ExtrinsicEvent', items('uint8 A'))}`,
    want: [],
  },
  {
    rule: 'classes that derive from each other',
    text: `class A : C { }; class B : A { }; class C : B { }; class D : A { };`,
    want: [['MOF2006', 'C', 'B', 'A']],
    says: ["'A' -> 'C' -> 'B' -> 'A'"],
  },
  { rule: 'a class that derives from itself', text: `class A : a { };`, want: [['MOF2006', 'a']] },
  {
    rule: 'an unknown class outside of WMI, once for each name',
    text: `class A { Gone ref X; Gone ref Y; Other Z; object:Third T; void F([in] Fourth ref P); object ref Q; WMIEvent W; };`,
    want: [
      ['MOF2007', 'Gone'],
      ['MOF2007', 'Other'],
      ['MOF2007', 'Third'],
      ['MOF2007', 'Fourth'],
    ],
  },
  {
    rule: 'an unknown class in a WMI layout',
    text: block('Data', items('Gone A')),
    want: [['MOF2008', 'Gone']],
  },
  {
    rule: 'a type of C in a WMI layout',
    text: block('Data', items('int32 A', 'int32 B[]', 'uint8 C')),
    want: [
      ['MOF2008', 'int32'],
      ['MOF2008', 'int32'],
    ],
    says: ['write sint32'],
  },
  {
    rule: 'an unknown class in a method',
    text: block('Data', '[WmiMethodId(1)] void F([in] Gone A);'),
    want: [['MOF2008', 'Gone']],
  },
];

const qualifiers: readonly Row[] = [
  {
    rule: 'a qualifier with a value of the wrong type',
    text: block('Data', `[WmiDataId("1"), read(1)] uint8 A;`),
    want: [
      ['MOF2101', 'WmiDataId("1")'],
      ['MOF2101', 'read(1)'],
    ],
  },
  {
    rule: 'WMI with a value of the wrong type',
    text: `[WMI("yes")] class A { };`,
    want: [['MOF2101', 'WMI("yes")']],
  },
  {
    rule: 'the qualifiers of plain classes are their own business',
    text: `[Guid(5)] class A { [MaxLen("x"), WmiDataId(1)] real32 B; };`,
    want: [],
  },
  {
    rule: 'unknown qualifiers are fine',
    text: block('Data', items('[HBAType("x"), Anything] uint8 A')),
    want: [],
  },
  {
    rule: 'a qualifier where it means nothing',
    text: block('Data', items('[WMI] uint8 A')),
    want: [['MOF2102', 'WMI']],
  },
  {
    rule: 'firmware writes read and write on methods',
    text: block('Data', '[WmiMethodId(1), Implemented, read, write] void F();'),
    want: [],
  },
  {
    rule: 'a qualifier given twice with different values',
    text: block('Data', `[WmiDataId(1), wmidataid(2), read, read] uint8 A;`),
    want: [['MOF2103', 'wmidataid(2)', 'WmiDataId(1)']],
  },
  {
    rule: 'a malformed GUID',
    text: `[WMI, Dynamic, guid("{1234}")] class A { };`,
    want: [['MOF2104', 'guid("{1234}")']],
  },
  {
    rule: 'a GUID with one brace only',
    text: `[WMI, Dynamic, guid("${G1.slice(1)}")] class A { };`,
    want: [['MOF2104', `guid("${G1.slice(1)}")`]],
  },
  { rule: 'a block without a GUID', text: `[WMI, Dynamic] class A { };`, want: [['MOF2105', 'A']] },
  {
    rule: 'an event without a GUID',
    text: `[WMI] class A : WMIEvent { };`,
    want: [['MOF2105', 'A']],
  },
  {
    rule: 'abstract and static classes and structures need no GUID',
    text: `[WMI, Dynamic, abstract] class A { }; [WMI, Static, Dynamic] class B { }; [WMI] class C { };`,
    want: [],
  },
  {
    rule: 'one GUID on two classes',
    text: `[WMI, guid("${G1}")] class A { [WmiDataId(1)] uint8 X; };
      [WMI, GUID("${G1.slice(1, -1)}")] class B { [WmiDataId(1)] uint8 X; };`,
    want: [['MOF2106', `GUID("${G1.slice(1, -1)}")`, `guid("${G1}")`]],
  },
  {
    rule: 'plain classes may share a GUID, as versions of trace classes do',
    text: `[guid("${G1}")] class A { }; [guid("${G1}")] class B { };`,
    want: [],
  },
  {
    rule: 'Values and ValueMap of different lengths',
    text: block('Data', items('[Values{"a", "b"}, ValueMap{"1"}] uint8 A')),
    want: [['MOF2107', 'Values{"a", "b"}', 'ValueMap{"1"}']],
  },
  {
    rule: 'BitValues and BitMap of different lengths',
    text: block('Data', items('[BitMap{"0", "1"}, BitValues{"a"}] uint8 A')),
    want: [['MOF2107', 'BitValues{"a"}', 'BitMap{"0", "1"}']],
  },
];

const dataItems: readonly Row[] = [
  {
    rule: 'a property without a WmiDataId in a data block',
    text: block('Data', '[WmiDataId(1)] uint8 A; uint8 B; uint8 C;'),
    want: [
      ['MOF2201', 'B'],
      ['MOF2201', 'C'],
    ],
    says: ['[WmiDataId(2)]'],
  },
  {
    rule: 'a property without a WmiDataId in a structure that has some',
    text: `[WMI, guid("${G1}")] class S { [WmiDataId(1)] uint8 A; uint8 B; };`,
    want: [['MOF2201', 'B']],
  },
  {
    rule: 'a WMI class that is no block and has no ids is nothing to complain about',
    text: `[WMI, abstract] class Base { string InstanceName; boolean Active; uint8 Other; };`,
    want: [],
  },
  {
    rule: 'an inherited property without a WmiDataId',
    text: `class Base { uint8 B; }; ${block('Data : Base', items('uint8 A'))}`,
    want: [['MOF2201', 'B', 'Data']],
  },
  {
    rule: 'a WmiDataId used twice',
    text: block('Data', '[WmiDataId(1)] uint8 A; [WmiDataId(2)] uint8 B; [WmiDataId(1)] uint8 C;'),
    want: [['MOF2202', 'WmiDataId(1)', 'WmiDataId(1)']],
    says: ["'C'", "'A'", 'the next free WmiDataId is 3'],
  },
  {
    rule: 'a WmiDataId of the base used again',
    text: `${structure('Base', items('uint8 A', 'uint8 B'))}${block('Data : Base', '[WmiDataId(2)] uint8 C;')}`,
    want: [['MOF2202', 'WmiDataId(2)', 'WmiDataId(2)']],
  },
  {
    rule: 'a gap between ids',
    text: block('Data', '[WmiDataId(1)] uint8 A; [WmiDataId(5)] uint8 B; [WmiDataId(9)] uint8 C;'),
    want: [['MOF2203', 'WmiDataId(5)']],
  },
  {
    rule: 'ids that start at 2',
    text: block('Data', '[WmiDataId(2)] uint8 A; [WmiDataId(3)] uint8 B;'),
    want: [['MOF2203', 'WmiDataId(2)']],
  },
  {
    rule: 'ids that start at 0',
    text: block('Data', '[WmiDataId(0)] uint8 A; [WmiDataId(1)] uint8 B;'),
    want: [['MOF2203', 'WmiDataId(0)']],
  },
  {
    rule: 'ids in another order than the text are fine',
    text: block('Data', '[WmiDataId(2)] uint8 A; [WmiDataId(1)] uint8 B;'),
    want: [],
  },
  {
    rule: 'an id that is no ULONG',
    text: block('Data', '[WmiDataId(4294967296)] uint8 A; [WmiDataId(-1)] uint8 B;'),
    want: [
      ['MOF2204', 'WmiDataId(4294967296)'],
      ['MOF2204', 'WmiDataId(-1)'],
    ],
  },
  {
    rule: 'a WmiMethodId that is no ULONG',
    text: block('Data', '[WmiMethodId(4294967296)] void F();'),
    want: [['MOF2204', 'WmiMethodId(4294967296)']],
  },
  {
    rule: 'an inherited item overridden under another id',
    text: `${structure('Base', items('uint8 A'))}${block('Data : Base', '[WmiDataId(2)] uint8 a;')}`,
    want: [['MOF2205', 'WmiDataId(2)', 'WmiDataId(1)']],
  },
  {
    rule: 'an inherited item overridden without an id',
    text: `${structure('Base', items('uint8 A'))}${block('Data : Base', 'uint8 a;')}`,
    want: [['MOF2205', 'a', 'WmiDataId(1)']],
  },
  {
    rule: 'an inherited method overridden under another id',
    text: `${block('Base', '[WmiMethodId(1)] void F();')}${block('Data : Base', '[WmiMethodId(2)] void f();')}`,
    want: [['MOF2205', 'WmiMethodId(2)', 'WmiMethodId(1)']],
  },
  {
    rule: 'an id below the inherited ones',
    text: `[WMI, abstract] class Base { [WmiDataId(2)] uint8 A; };${block('Data : Base', '[WmiDataId(1)] uint8 B;')}`,
    want: [
      ['MOF2203', 'WmiDataId(2)'],
      ['MOF2206', 'WmiDataId(1)', 'WmiDataId(2)'],
    ],
  },
  {
    rule: 'a WmiDataId on InstanceName',
    text: `[WMI, Dynamic, guid("${G1}")] class A { [WmiDataId(1)] string InstanceName; [WmiDataId(1)] uint8 B; };`,
    want: [['MOF2207', 'WmiDataId(1)']],
  },
];

const types: readonly Row[] = [
  {
    rule: 'real numbers',
    text: block('Data', items('real32 A', 'real64 B[2]')),
    want: [
      ['MOF2301', 'real32'],
      ['MOF2301', 'real64'],
    ],
  },
  {
    rule: 'a real number as a parameter',
    text: block('Data', '[WmiMethodId(1)] void F([in] real32 A);'),
    want: [['MOF2301', 'real32']],
  },
  { rule: 'object', text: block('Data', items('object A')), want: [['MOF2302', 'object']] },
  {
    rule: 'a reference',
    text: `class Plain { }; ${block('Data', items('Plain ref A'))}`,
    want: [['MOF2302', 'Plain ref']],
  },
  {
    rule: 'a class embedded in itself',
    text: block('Data', items('uint8 A', 'Data B')),
    want: [['MOF2303', 'Data']],
    says: ["'Data.B' -> 'Data'"],
  },
  {
    rule: 'classes embedded in each other',
    text: `${structure('A', items('B X'))}${structure('B', items('C Y'))}${structure('C', items('A Z'))}${block('Data', items('A D'))}`,
    want: [['MOF2303', 'A', 'B', 'C']],
    says: ["'A.X' -> 'B.Y' -> 'C.Z' -> 'A'"],
  },
  {
    rule: 'a method may take the class that it belongs to',
    text: block('Data', `${items('uint8 A')} [WmiMethodId(1)] void F([in] Data D);`),
    want: [],
  },
  {
    rule: 'an embedded class without data items',
    text: `class Plain { uint8 A; }; ${block('Data', items('Plain B', 'WMIEvent C'))}`,
    want: [
      ['MOF2304', 'Plain', 'Plain'],
      ['MOF2304', 'WMIEvent'],
    ],
  },
  {
    rule: 'an embedded class with faults of its own is not reported again',
    text: `${structure('S', items('real32 A'))}${block('Data', items('S B', 'uint8 C'))}`,
    want: [['MOF2301', 'real32']],
  },
  {
    rule: 'a MaxLen that no string can have',
    text: block('Data', items('[MaxLen(32767)] string A', '[MaxLen(-1)] string B')),
    want: [
      ['MOF2305', 'MaxLen(32767)'],
      ['MOF2305', 'MaxLen(-1)'],
    ],
  },
  {
    rule: 'MaxLen on something that is no string',
    text: twoInts + block('Data', items('[MaxLen(8)] uint8 A[8]', '[MaxLen(8)] Two B')),
    want: [
      ['MOF2306', 'MaxLen(8)'],
      ['MOF2306', 'MaxLen(8)'],
    ],
  },
  {
    rule: 'an array without elements',
    text: block('Data', items('uint8 A[0]', '[Max(0)] uint8 B[]')),
    want: [
      ['MOF2311', '[0]'],
      ['MOF2311', 'Max(0)'],
    ],
  },
  {
    rule: 'an array with more elements than a ULONG can count',
    text: block('Data', items('uint8 A[4294967296]')),
    want: [['MOF2311', '[4294967296]']],
  },
  {
    rule: 'WmiSizeIs on something that is no array',
    text: block('Data', items('uint8 N', '[WmiSizeIs("N")] uint8 A')),
    want: [['MOF2312', 'WmiSizeIs("N")']],
  },
  {
    rule: 'WmiSizeIs that names nothing',
    text: block('Data', items('uint8 N', '[WmiSizeIs("M")] uint8 A[]')),
    want: [['MOF2313', 'WmiSizeIs("M")']],
  },
  {
    rule: 'WmiSizeIs that names no integer',
    text: block(
      'Data',
      items('boolean B', 'uint8 C[2]', '[WmiSizeIs("B")] uint8 X[]', '[WmiSizeIs("C")] uint8 Y[]'),
    ),
    want: [
      ['MOF2314', 'WmiSizeIs("B")', 'B'],
      ['MOF2314', 'WmiSizeIs("C")', 'C'],
    ],
  },
  {
    rule: 'WmiSizeIs that names the array itself',
    text: block('Data', items('[WmiSizeIs("A")] uint8 A[]')),
    want: [['MOF2314', 'WmiSizeIs("A")', 'A']],
  },
  {
    rule: 'WmiSizeIs that names an item of unknown type gives no second report',
    text: block('Data', items('ulong N', '[WmiSizeIs("N")] uint8 A[]')),
    want: [['MOF2008', 'ulong']],
  },
  {
    rule: 'WmiSizeIs that names an item without an id gives no second report',
    text: block('Data', 'uint8 N; [WmiDataId(1), WmiSizeIs("N")] uint8 A[];'),
    want: [['MOF2201', 'N']],
  },
  {
    rule: 'a count behind its array',
    text: block('Data', '[WmiDataId(2)] uint8 N; [WmiDataId(1), WmiSizeIs("N")] uint8 A[];'),
    want: [['MOF2315', 'WmiSizeIs("N")', 'N']],
  },
  {
    rule: 'an array without a length that is not last',
    text: block('Data', items('uint8 A[]', 'uint8 B')),
    want: [['MOF2316', 'A']],
    says: ["'B'"],
  },
  {
    rule: 'an array without a length that is last',
    text: block('Data', items('uint8 B', 'uint8 A[]')),
    want: [['MOF2317', 'A']],
  },
  {
    rule: 'a class that ends in an array without a length is not last, or an array',
    text: `${structure('S', items('uint8 A[]'))}${block('D1', items('S X', 'uint8 B'))}${block('D2', items('S Y[2]'))}${block('D3', items('uint8 B', 'S Z'))}`,
    want: [
      ['MOF2317', 'A'],
      ['MOF2316', 'S'],
      ['MOF2316', 'S'],
    ],
  },
  {
    rule: 'WmiSizeIs on an array of fixed length',
    text: block('Data', items('uint8 N', '[WmiSizeIs("N")] uint8 A[4]')),
    want: [['MOF2318', 'WmiSizeIs("N")']],
  },
];

const layout: readonly Row[] = [
  {
    rule: 'an array that ends above 4 GB',
    text: block('Data', items('uint32 A', 'uint64 B[0x20000000]', 'uint8 C')),
    want: [['MOF2401', 'B']],
  },
  {
    rule: 'sizes that would overflow a double are caught',
    text: `${structure('S', items('uint64 A[0x10000000]'))}${block('Data', items('S B[0xFFFFFFFF]'))}`,
    want: [['MOF2401', 'B']],
  },
  {
    rule: 'strings whose counts alone end above 4 GB',
    text: block('Data', items('string A[0xF0000000]')),
    want: [['MOF2401', 'A']],
  },
  {
    rule: 'a variable item that is not last, once for each record',
    text: block('Data', items('string A', 'string B', 'uint8 C')),
    want: [['MOF2402', 'A', 'B']],
  },
  {
    rule: 'a string with MaxLen may stand anywhere',
    text: block('Data', items('[MaxLen(8)] string A', 'uint8 B')),
    want: [],
  },
  {
    rule: 'an event above 1 KB with its header',
    text: block('Big : WMIEvent', items('uint8 A[961]')),
    want: [['MOF2403', 'Big']],
    says: ['64', '961', '1025', '1024'],
  },
  {
    rule: 'an event of exactly 1 KB with its header',
    text: block('Fits : WMIEvent', items('uint8 A[960]')),
    want: [],
  },
  {
    rule: 'the full slots of an event count',
    text: block('Big : WMIEvent', items('uint32 A', '[MaxLen(500)] string B')),
    want: [['MOF2403', 'Big']],
  },
  {
    rule: 'the fixed part of an event of varying length counts',
    text: block('Big : WMIEvent', items('uint8 A[1000]', 'string B')),
    want: [['MOF2403', 'Big']],
  },
  {
    rule: 'a data block may be larger',
    text: block('Data', items('uint8 A[4096]')),
    want: [],
  },
];

const methods: readonly Row[] = [
  {
    rule: 'methods without a WmiMethodId',
    text: block('Data', '[WmiMethodId(1)] void F(); void G(); [Implemented] void H();'),
    want: [
      ['MOF2501', 'G'],
      ['MOF2501', 'H'],
    ],
    says: ['[WmiMethodId(2)]'],
  },
  {
    rule: 'methods of structures and plain classes need none',
    text: `class Plain { uint32 F(); }; [WMI, abstract] class Base { void G(); };`,
    want: [],
  },
  {
    rule: 'a WmiMethodId used twice',
    text: block('Data', '[WmiMethodId(7)] void F(); [WmiMethodId(7)] void G();'),
    want: [['MOF2502', 'WmiMethodId(7)', 'WmiMethodId(7)']],
    says: ['the next free WmiMethodId is 1'],
  },
  {
    rule: 'WmiMethodIds may have gaps',
    text: block('Data', '[WmiMethodId(10)] void F(); [WmiMethodId(128)] void G();'),
    want: [],
  },
  {
    rule: 'a method that returns a value',
    text: block('Data', '[WmiMethodId(1)] uint32 F([out] uint8 A);'),
    want: [['MOF2503', 'uint32']],
    says: ['at byte 4 of the output'],
  },
  {
    rule: 'a parameter named like the return value',
    text: block('Data', '[WmiMethodId(1)] uint32 F([out] uint8 returnValue);'),
    want: [['MOF2003', 'uint32', 'returnValue']],
  },
  {
    rule: 'parameters with one ID',
    text: block('Data', '[WmiMethodId(1)] void F([in, id(0)] uint8 A, [out, ID(0)] uint8 B);'),
    want: [['MOF2504', 'ID(0)']],
  },
  {
    rule: 'some parameters with an ID',
    text: block('Data', '[WmiMethodId(1)] void F([in, id(0)] uint8 A, [out] uint8 B);'),
    want: [['MOF2504', 'B']],
  },
  {
    rule: 'a single id(0), as firmware writes it',
    text: block('Data', '[WmiMethodId(1)] void F([in, out, id(0)] uint8 A);'),
    want: [],
  },
  {
    rule: 'a method of an event',
    text: block('E : WMIEvent', `${items('uint8 A')} [WmiMethodId(1)] void F();`),
    want: [['MOF2505', 'F']],
  },
  {
    rule: 'an output array sized by an output, as firmware writes it',
    text: block(
      'Data',
      '[WmiMethodId(1)] void F([in] uint32 A, [out] uint32 N, [out, WmiSizeIs("N") : ToInstance] uint8 B[]);',
    ),
    want: [],
  },
  {
    rule: 'an output array sized by an input takes the rest where it is last',
    text: block('Data', '[WmiMethodId(1)] void F([in] uint32 N, [out, WmiSizeIs("N")] uint8 A[]);'),
    want: [['MOF2317', 'WmiSizeIs("N")']],
  },
  {
    rule: 'an output array sized by an input that is not last',
    text: block(
      'Data',
      '[WmiMethodId(1)] void F([in] uint32 N, [out, WmiSizeIs("N")] uint8 A[], [out] uint8 B);',
    ),
    want: [['MOF2316', 'WmiSizeIs("N")']],
  },
  {
    rule: 'an input array sized by an output',
    text: block('Data', '[WmiMethodId(1)] void F([out] uint32 N, [in, WmiSizeIs("N")] uint8 A[]);'),
    want: [['MOF2316', 'WmiSizeIs("N")']],
  },
  {
    rule: 'WmiSizeIs that names no parameter',
    text: block('Data', '[WmiMethodId(1)] void F([in, WmiSizeIs("N")] uint8 A[]);'),
    want: [['MOF2313', 'WmiSizeIs("N")']],
  },
  {
    rule: 'a fault of a parameter that goes both ways is reported once',
    text: block('Data', '[WmiMethodId(1)] void F(real32 A);'),
    want: [['MOF2301', 'real32']],
  },
];

const all = [...classes, ...qualifiers, ...dataItems, ...types, ...layout, ...methods];

test.each(all)('$rule', ({ text, want, says = [] }) => {
  const found = resolveText(text).diagnostics.map(shown);
  expect(found.map(({ code, at, related }) => [code, at, ...related])).toEqual(want);
  const [first] = found;
  for (const part of says) expect(`${first?.message} / ${first?.help}`).toContain(part);
});

test('every code of the model has a row here', () => {
  const tested = new Set(all.flatMap(({ want }) => want.map(([code]) => code)));
  const codes = Object.keys(DIAGNOSTICS).filter((code) => code.startsWith('MOF2'));
  expect(codes.filter((code) => !tested.has(code))).toEqual([]);
});

test('messages start in lower case or with a name, end without a full stop, and stay on one line', () => {
  for (const { text } of all) {
    for (const { message } of resolveText(text).diagnostics) {
      expect(message).toMatch(/^(?:['"a-z]|WmiDataId|WmiMethodId|WmiSizeIs|MaxLen|ID)/);
      expect(message).not.toMatch(/\.$|\n/);
    }
  }
});

test('findings come in the order of the text, those of the input before those of later files', () => {
  const main = block('B', items('real32 A')) + block('A', items('object A'));
  const other = block('C', items('real64 A'));
  const found = resolveText(main, other).diagnostics.map(shown);
  expect(found.map(({ at }) => at)).toEqual(['real32', 'object', 'real64']);
});

test('a GUID clash across files shows both', () => {
  const first = `[WMI, guid("${G2}")] class A { [WmiDataId(1)] uint8 X; };`;
  const second = `[WMI, guid("${G2.toUpperCase()}")] class B { [WmiDataId(1)] uint8 X; };`;
  const [found] = resolveText(first, second).diagnostics;
  expect(found?.code).toBe('MOF2106');
  expect(found?.location?.source.name).toBe('1.mof');
  expect(found?.related[0]?.location.source.name).toBe('0.mof');
});
