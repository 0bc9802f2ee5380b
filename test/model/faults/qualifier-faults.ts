// MOF texts with faults of qualifiers and GUIDs, and what resolving must report.
import { AROUND, block, items } from '../resolve-text.js';
import { type FaultRow } from './fault-row.js';

const G1 = '{11111111-1111-1111-1111-111111111111}';

export const qualifierFaults: readonly FaultRow[] = [
  {
    rule: 'a qualifier with a value of the wrong type',
    text: block('Data', `[WmiDataId("1"), read(1)] uint8 A;`),
    want: [
      ['MOF2101', 'WmiDataId("1")'],
      ['MOF2101', 'read(1)'],
    ],
  },
  {
    rule: 'a qualifier with a value of the wrong type on what a block inherits from a plain class',
    text: `[Guid(5)] class Root { [WmiDataId("1")] uint8 A; }; class Base : Root { [WmiDataId(2) : ToSubclass, MaxLen("x") : ToSubclass] string B; [WmiMethodId("1")] void F(); };
      ${block('Data : Base', '[WmiDataId(3), WmiSizeIs(A)] uint8 C[];')}`,
    want: [
      ['MOF2101', 'WmiDataId("1")'],
      ['MOF2101', 'MaxLen("x") : ToSubclass'],
      ['MOF2101', 'WmiMethodId("1")'],
      ['MOF2109', 'A'],
    ],
  },
  {
    rule: 'WMI with a value of the wrong type',
    text: `[WMI("yes")] class A { };`,
    want: [['MOF2101', 'WMI("yes")']],
  },
  {
    rule: 'the qualifiers of plain classes are not checked',
    text: `[Guid(5)] class A { [MaxLen("x")] real32 B; };`,
    want: [],
  },
  {
    rule: 'unknown qualifiers are fine',
    text: block('Data', items('[HBAType("x"), Anything] uint8 A')),
    want: [],
  },
  {
    rule: 'NULL is no value, of any type',
    text: block('Data', items('[Description(NULL), MaxLen(NULL), Values(NULL)] string A')),
    want: [],
  },
  {
    rule: 'one fault in many places of a class is one finding with a count',
    text: block(
      'Data',
      '[WmiMethodId(1)] void F([in, key] uint8 A, [in, key] uint8 B); [WmiMethodId(2)] void G([in, key, WMI] uint8 A);',
    ),
    want: [
      ['MOF2102', 'key'],
      ['MOF2102', 'WMI'],
    ],
    contains: ["and 2 more times in 'Data'"],
  },
  {
    rule: 'a qualifier without effect in its place',
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
    text: `[WMI, Dynamic, Provider("WMIProv"), guid("{1234}")] class A { ${AROUND} };`,
    want: [['MOF2104', 'guid("{1234}")']],
  },
  {
    rule: 'a GUID with one brace only',
    text: `[WMI, Dynamic, Provider("WMIProv"), guid("${G1.slice(1)}")] class A { ${AROUND} };`,
    want: [['MOF2104', `guid("${G1.slice(1)}")`]],
  },
  {
    rule: 'a block without a GUID',
    text: `[WMI, Dynamic, Provider("WMIProv")] class A { ${AROUND} };`,
    want: [['MOF2105', 'A']],
  },
  {
    rule: 'an event without a GUID',
    text: `[WMI, Dynamic, Provider("WMIProv")] class A : WMIEvent { ${AROUND} };`,
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
  {
    rule: 'a name, an alias or an instance in place of a value, where the value matters',
    text: block(
      'Data',
      `${items('[MaxLen(MAX)] string A')}
       [WmiMethodId($N)] void F([in, ID(instance of Text { })] uint8 C);`,
    ),
    want: [
      ['MOF2109', 'MAX'],
      ['MOF2109', '$N'],
      ['MOF2109', 'instance of Text { }'],
    ],
    contains: ["'MaxLen' has the name 'MAX'", 'defines a macro'],
  },
  {
    rule: 'a name in place of a value gives no further finding',
    text: `[WMI, Dynamic, Provider(PROVIDER), guid(GUID)] class Data { ${AROUND} ${items('uint8 A', '[WmiSizeIs(SIZE)] uint8 B[]')} };
      [WMI, Dynamic, Provider("WMIProv"), guid(OTHER)] class Other : WMIEvent { ${AROUND} ${items('[WmiEventTrigger(LIMIT)] uint8 A')} };`,
    want: [
      ['MOF2109', 'PROVIDER'],
      ['MOF2109', 'GUID'],
      ['MOF2109', 'SIZE'],
      ['MOF2109', 'OTHER'],
      ['MOF2109', 'LIMIT'],
    ],
  },
  {
    rule: 'a name in place of a text, of names of values, or of what only the C header has',
    text: block(
      'Data',
      `${items('[Values{"a", NAME}, ValueMap{$M, "1"}] uint8 B', '[DefineDataId(PREFIX)] uint8 C')}
       [WmiMethodId(1), Description(TEXT)] void F([in, Units(SECONDS)] uint8 C);`,
    ),
    want: [
      ['MOF2108', 'NAME'],
      ['MOF2108', '$M'],
      ['MOF2108', 'PREFIX'],
      ['MOF2108', 'TEXT'],
      ['MOF2108', 'SECONDS'],
    ],
  },
  {
    rule: 'several names in one value, each reported once, and an instance each time',
    text: block(
      'Data',
      items(
        '[Values{ON, "x", OFF}] uint8 A',
        '[Values{OFF, AUTO}, Description(instance of T { })] uint8 B',
        '[Description(instance of T { })] uint8 C',
      ),
    ),
    want: [
      ['MOF2108', 'ON'],
      ['MOF2108', 'OFF'],
      ['MOF2108', 'AUTO'],
      ['MOF2108', 'instance of T { }'],
      ['MOF2108', 'instance of T { }'],
    ],
  },
  {
    rule: 'a name in place of a value, where mofgen gives the qualifier no meaning',
    text: block('Data', items('[HBAType(HBA_TYPE)] uint8 A')),
    want: [['MOF2108', 'HBA_TYPE']],
  },
  {
    rule: 'a name in place of a value outside of WMI layouts',
    text: `[Version(ONE)] class A { [MaxLen(TWO)] string B; [Values{THREE}] void F([in, Max(FOUR)] uint8 C); };
      [WMI(NO)] class W { };`,
    want: [
      ['MOF2108', 'ONE'],
      ['MOF2108', 'TWO'],
      ['MOF2108', 'THREE'],
      ['MOF2108', 'FOUR'],
      ['MOF2109', 'NO'],
    ],
  },
  {
    rule: 'a character where a number or a string is expected',
    text: block('Data', items("[MaxLen('x')] string A", "[Units('x')] uint8 B")),
    want: [
      ['MOF2101', "MaxLen('x')"],
      ['MOF2101', "Units('x')"],
    ],
  },
];
