// MOF texts with faults of classes, their hierarchy and names, and what resolving must report.
import { block, items, structure } from '../resolve-text.js';
import { type FaultRow } from './fault-row.js';

const G1 = '{11111111-1111-1111-1111-111111111111}';

export const classFaults: readonly FaultRow[] = [
  {
    rule: 'a class declared again with the same contents is one class, with one warning',
    text: `[WMI, guid("${G1}"), WmiGenerateHeader(TRUE)] class S { [WmiDataId(1)] uint8 A; };
      [WMI, guid("${G1}"), WmiGenerateHeader(FALSE), cpp_quote("x")] class s { [WmiDataId(1)] uint8 a; };
      [guid("${G1}"), WMI, Description("other")] class S { [WmiDataId(1)] uint8 A; };`,
    want: [['MOF2002', 's', 'S', 'S']],
    contains: ["'S'", '2 more times'],
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
    rule: 'a forward declaration has no finding',
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
    want: [['MOF2012', '__ExtrinsicEvent']],
  },
  {
    rule: 'classes that derive from each other',
    text: `class A : C { }; class B : A { }; class C : B { }; class D : A { };`,
    want: [['MOF2006', 'C', 'B', 'A']],
    contains: ["'A' -> 'C' -> 'B' -> 'A'"],
  },
  { rule: 'a class that derives from itself', text: `class A : a { };`, want: [['MOF2006', 'a']] },
  {
    rule: 'a hundred classes above another one',
    text: tower(101),
    want: [],
  },
  {
    rule: 'more than a hundred classes above another one, once however many',
    text: tower(1000),
    want: [['MOF2016', 'C100']],
  },
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
      ['MOF2316', 'B', 'C'],
    ],
    contains: ['write sint32'],
  },
  {
    rule: 'a misspelled type',
    text: block('Data', items('unit32 A')),
    want: [['MOF2008', 'unit32']],
    contains: ['write uint32, if that is meant'],
  },
  {
    rule: 'a misspelled embedded class',
    text: structure('Point', items('uint8 X')) + block('Data', items('Pont A')),
    want: [['MOF2008', 'Pont']],
    contains: ['write Point, if that is meant'],
  },
  {
    rule: 'a misspelling that two names explain is not explained',
    text:
      structure('Pint', items('uint8 X')) +
      structure('Font', items('uint8 X')) +
      block('Data', items('Pont A')),
    want: [['MOF2008', 'Pont']],
    contains: ["declare class 'Pont'"],
  },
  {
    rule: 'a misspelled superclass',
    text: structure('Device', '') + block('Data : Devcie', items('uint8 A')),
    want: [['MOF2004', 'Devcie']],
    contains: ['write Device, if that is meant'],
  },
  {
    rule: 'a misspelled class of events',
    text: block('Lost : WmiEvents', items('uint8 A')),
    want: [['MOF2004', 'WmiEvents']],
    contains: ['write WMIEvent, if that is meant'],
  },
  {
    rule: 'the same where the file declares that class',
    text: `class WMIEvent : __ExtrinsicEvent { };${block('Lost : WmiEvents', items('uint8 A'))}`,
    want: [['MOF2004', 'WmiEvents']],
    contains: ['write WMIEvent, if that is meant'],
  },
  {
    rule: 'an unknown class in a method',
    text: block('Data', '[WmiMethodId(1)] void F([in] Gone A);'),
    want: [['MOF2008', 'Gone']],
  },
  {
    rule: 'an unknown class outside of every layout: of an event, and of a class that is never registered',
    text: `${block('E : WMIEvent', `${items('uint8 A')} [WmiMethodId(1)] void F([in] Gone P);`)}
      [WMI, abstract] class Base { Other B; Third F(); };`,
    want: [
      ['MOF2505', 'F'],
      ['MOF2007', 'Gone'],
      ['MOF2007', 'Other'],
      ['MOF2007', 'Third'],
    ],
  },
  ...[
    ['guid', `guid("${G1}")`, '[WmiDataId(1)] uint8 X;', 'it has guid, but not WMI'],
    ['Provider', 'Provider("WMIProv")', '[WmiDataId(1)] uint8 X;', 'it has Provider, but not WMI'],
    ['Dynamic', 'Dynamic', '[WmiMethodId(1)] void X();', 'it has Dynamic, but not WMI'],
    [
      'WMI without Dynamic',
      `WMI, Provider("WMIProv"), guid("${G1}")`,
      '[WmiDataId(1)] uint8 X;',
      'neither Dynamic nor an InstanceName',
    ],
  ].map(([what = '', qualifiers = '', features = '', contains = '']): FaultRow => ({
    rule: `a class with ids that will not be registered: ${what}`,
    text: `[${qualifiers}] class A { ${features} };`,
    want: [['MOF2110', 'A']],
    contains: [contains],
  })),
  ...[
    [
      'embedded',
      `[WMI, Provider("WMIProv"), guid("${G1}")] class S { [WmiDataId(1)] uint8 X; };${block('Data', items('S A'))}`,
    ],
    [
      'embedded and plain',
      `[Provider("WMIProv")] class S { [WmiDataId(1)] uint8 X; };${block('Data', items('S A'))}`,
    ],
    [
      'a parameter of a method',
      `[guid("${G1}")] class S { [WmiDataId(1)] uint8 X; };${block('Data', '[WmiMethodId(1)] void F([in] S A);')}`,
    ],
    [
      'derived from',
      `[WMI, Provider("WMIProv"), guid("${G1}")] class B { [WmiDataId(1) : ToSubclass] uint8 X; };${block('Data : B', '')}`,
    ],
    ['without Provider', `[WMI, guid("${G1}")] class S { [WmiDataId(1)] uint8 X; };`],
    [
      'abstract or static',
      `[abstract, Dynamic] class A { [WmiDataId(1)] uint8 X; }; [WMI, Static, Provider("WMIProv"), guid("${G1}")] class B { [WmiDataId(1)] uint8 X; };`,
    ],
    ['not WMI by its own word', `[WMI(FALSE), Dynamic] class A { [WmiDataId(1)] uint8 X; };`],
    [
      'for tracing',
      `[Dynamic, guid("${G1}")] class T : EventTrace { [WmiDataId(1)] uint8 X; }; [guid("${G1}")] class U : T { [WmiDataId(2)] uint8 Y; };`,
    ],
    ['of another provider', `[Dynamic, Provider("Other")] class A { [WmiDataId(1)] uint8 X; };`],
    ['without ids', `[Dynamic, Provider("CIMWin32")] class A { [key] string Name; };`],
  ].map(([what = '', text = '']): FaultRow => ({
    rule: `a class that need not be registered: ${what}`,
    text,
    want: [],
  })),
  {
    rule: 'the GUIDs of a repeated class compare as GUIDs',
    text: `[WMI, guid("${G1.toUpperCase()}")] class S { }; [WMI, guid("${G1.slice(1, -1)}")] class S { };`,
    want: [['MOF2002', 'S', 'S']],
  },
  {
    rule: 'macro names may differ where Values name the values',
    text: `class S { [Values{"a"}, DefineValues{"A"}] uint8 X; }; class S { [Values{"a"}, DefineValues{"B"}] uint8 X; };`,
    want: [['MOF2002', 'S', 'S']],
  },
  {
    rule: 'one name in two namespaces is two classes',
    text: `class S { uint8 X; };
      #pragma namespace("\\\\\\\\.\\\\root\\\\other")
      class S { uint16 X; };
      #pragma namespace("root/default")
      class s { uint8 X; };`,
    want: [['MOF2002', 's', 'S']],
  },
  {
    rule: 'a WMI class is one class in all namespaces',
    text: `[WMI] class S { [WmiDataId(1)] uint8 X; };
      #pragma namespace("root/other")
      [WMI] class S { [WmiDataId(1)] uint16 X; };`,
    want: [['MOF2001', 'X', 'S', 'X']],
  },
  {
    rule: 'a localized copy before the class does not replace it',
    text: `[amendment, Description("Deutsch")] class S { }; class S { uint8 A; }; class S { uint8 A; uint8 B; };`,
    want: [['MOF2001', 'B', 'S']],
  },
];

function tower(height: number): string {
  return Array.from({ length: height }, (_, index) =>
    index === 0 ? 'class C0 { };' : `class C${index} : C${index - 1} { };`,
  ).join('\n');
}
