// MOF texts with faults of data items and their ids, and what resolving must report.
import { block, inheritable, items, structure } from '../resolve-text.js';
import { type FaultRow } from './fault-row.js';

const G1 = '{11111111-1111-1111-1111-111111111111}';

export const dataItemFaults: readonly FaultRow[] = [
  {
    rule: 'a property without a WmiDataId in a data block',
    text: block('Data', '[WmiDataId(1)] uint8 A; uint8 B; uint8 C;'),
    want: [
      ['MOF2201', 'B'],
      ['MOF2201', 'C'],
    ],
    contains: ['[WmiDataId(2)]'],
  },
  {
    rule: 'a property without a WmiDataId in a structure that has some',
    text: `[WMI, guid("${G1}")] class S { [WmiDataId(1)] uint8 A; uint8 B; };`,
    want: [['MOF2201', 'B']],
  },
  {
    rule: 'a WMI class that is no block and has no ids has no finding',
    text: `[WMI, abstract] class Base { string InstanceName; boolean Active; uint8 Other; };`,
    want: [],
  },
  {
    rule: 'an inherited property without a WmiDataId',
    text: `[WMI, abstract] class Base { uint8 B; }; ${block('Data : Base', items('uint8 A'))}`,
    want: [['MOF2201', 'B', 'Data']],
  },
  {
    rule: 'what a class outside of WMI declares is no data of the classes below it',
    text: `class Plain { [key] string Name; uint64 Time; }; class Perf : Plain { [Units("s")] uint32 Scale; }; ${block('Data : Perf', items('uint8 A'))}`,
    want: [],
  },
  ...['[WmiMethodId(1)] uint32 Call;', '[Implemented] uint32 Call;'].map((call): FaultRow => ({
    rule: `a method without parentheses: ${call}`,
    text: block('Data', `${items('uint8 A')} ${call}`),
    want: [['MOF2217', 'Call']],
    contains: ['write void Call();'],
  })),
  ...[
    ['an id without a flavor', items('uint8 A'), ''],
    ['an id with NotToSubclass', '[WmiDataId(1) : NotToSubclass] uint8 A;', ''],
    ['an id that is declared again without one', items('uint8 A'), 'uint8 a;'],
  ].map(([what = '', inherited = '', own = '']): FaultRow => ({
    rule: `${what} that a derived class does not inherit`,
    text: `${structure('Base', inherited)}${block('Data : Base', `${own} [WmiDataId(2)] uint8 B;`)}`,
    want: [['MOF2215', /WmiDataId[^,\]]*/.exec(inherited)?.[0] ?? '', 'Data']],
    contains: ["'Data'", 'WmiDataId(1) : ToSubclass'],
  })),
  {
    rule: 'ids that do not reach a derived class are one finding',
    text: `${structure('Base', items('uint8 A', 'uint8 B', 'uint8 C'))}${block('Data : Base', items('uint8 D').replace('1', '4'))}`,
    want: [['MOF2215', 'WmiDataId(1)', 'Data']],
    contains: ['2 more'],
  },
  {
    rule: 'a size that a derived class does not inherit',
    text: `${structure('Base', '[WmiDataId(1) : ToSubclass, MaxLen(4)] string A;')}${block('Data : Base', '[WmiDataId(2)] uint8 B;')}`,
    want: [
      ['MOF2215', 'MaxLen(4)', 'Data'],
      ['MOF2402', 'A', 'B'],
    ],
  },
  {
    rule: 'write that a derived class does not inherit',
    text: `${structure('Base', '[WmiDataId(1) : ToSubclass, read, write] uint8 A;')}${block('Data : Base', '[WmiDataId(2)] uint8 B;')}`,
    want: [['MOF2216', 'write', 'Data']],
    contains: ['read-only', 'write : ToSubclass'],
  },
  {
    rule: 'write(FALSE), which a derived class need not inherit',
    text: `${structure('Base', '[WmiDataId(1) : ToSubclass, read, write(FALSE)] uint8 A;')}${block('Data : Base', '[WmiDataId(2)] uint8 B;')}`,
    want: [],
  },
  {
    rule: 'a value that a derived class may not change',
    text: `${structure('Base', '[WmiDataId(1) : ToSubclass DisableOverride] uint8 A;')}${block('Data : Base', '[WmiDataId(2)] uint8 A;')}`,
    want: [['MOF2218', 'WmiDataId(2)', 'WmiDataId(1) : ToSubclass DisableOverride']],
  },
  ...[
    'qualifier WmiDataId : ToSubclass;',
    'qualifier wmidataid : ToSubclass EnableOverride;',
    'Qualifier WmiDataId : uint32 = 0, Scope(property), Flavor(ToSubclass);',
    'Qualifier WmiDataId : uint32 = 0, Scope(property);',
  ].map((statement): FaultRow => ({
    rule: `a flavor for every use of a qualifier: ${statement}`,
    text: `${statement} ${structure('Base', items('uint8 A'))}${block('Data : Base', '[WmiDataId(2)] uint8 B;')}`,
    want: [],
  })),
  {
    rule: 'a flavor of its own counts before that for every use',
    text: `qualifier WmiDataId : ToSubclass; ${structure('Base', '[WmiDataId(1) : Restricted] uint8 A;')}${block('Data : Base', '[WmiDataId(2)] uint8 B;')}`,
    want: [['MOF2215', 'WmiDataId(1) : Restricted', 'Data']],
  },
  {
    rule: 'a WmiDataId used twice',
    text: block('Data', '[WmiDataId(1)] uint8 A; [WmiDataId(2)] uint8 B; [WmiDataId(1)] uint8 C;'),
    want: [['MOF2202', 'WmiDataId(1)', 'WmiDataId(1)']],
    contains: ["'C'", "'A'", 'the next free WmiDataId is 3'],
  },
  {
    rule: 'a WmiDataId of the base used again',
    text: `${inheritable(structure('Base', items('uint8 A', 'uint8 B')))}${block('Data : Base', '[WmiDataId(2)] uint8 C;')}`,
    want: [['MOF2202', 'WmiDataId(2)', 'WmiDataId(2) : ToSubclass']],
  },
  {
    rule: 'a gap between ids',
    text: block('Data', '[WmiDataId(1)] uint8 A; [WmiDataId(5)] uint8 B; [WmiDataId(9)] uint8 C;'),
    want: [['MOF2203', 'WmiDataId(5)']],
  },
  {
    rule: 'a gap among inherited ids is reported once, at its place',
    text: `class Base { [WmiDataId(3) : ToSubclass] uint8 A; };${block('D1 : Base', '[WmiDataId(4)] uint8 B;')}${block('D2 : Base', '')}`,
    want: [['MOF2203', 'WmiDataId(3) : ToSubclass']],
    contains: ["'Base'"],
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
    contains: ['0 where 1 is expected'],
  },
  {
    rule: 'ids that start at 0, with an item without one that gets the last',
    text: block('Data', '[WmiDataId(0)] uint8 A; uint8 B; [WmiDataId(1)] uint8 C;'),
    want: [
      ['MOF2203', 'WmiDataId(0)'],
      ['MOF2201', 'B'],
    ],
    contains: ['0 where 1 is expected'],
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
    text: `${inheritable(structure('Base', items('uint8 A')))}${block('Data : Base', '[WmiDataId(2)] uint8 a; [WmiDataId(1)] uint8 B;')}`,
    want: [['MOF2205', 'WmiDataId(2)', 'WmiDataId(1) : ToSubclass']],
  },
  {
    rule: 'an inherited item overridden without an id has the inherited one',
    text: `${inheritable(structure('Base', items('uint8 A')))}${block('Data : Base', 'uint8 a;')}`,
    want: [],
  },
  {
    rule: 'an inherited method overridden without an id',
    text: `${block('Base', '[WmiMethodId(3)] void F();')}${block('Data : Base', 'void f();')}`,
    want: [['MOF2215', 'WmiMethodId(3)', 'Data']],
    contains: ['WmiMethodId(3) : ToSubclass'],
  },
  {
    rule: 'an inherited method overridden under another id',
    text: `${block('Base', '[WmiMethodId(1)] void F();')}${block('Data : Base', '[WmiMethodId(2)] void f();')}`,
    want: [['MOF2205', 'WmiMethodId(2)', 'WmiMethodId(1)']],
  },
  {
    rule: 'another type is another item, even if the class does not inherit the id',
    text: `${structure('Base', items('uint32 A'))}${block('Data : Base', '[WmiDataId(1)] string A;')}`,
    want: [['MOF2208', 'A', 'A']],
  },
  {
    rule: 'an id below the inherited ones',
    text: `[WMI, abstract] class Base { [WmiDataId(2) : ToSubclass] uint8 A; };${block('Data : Base', '[WmiDataId(1)] uint8 B;')}`,
    want: [
      ['MOF2203', 'WmiDataId(2) : ToSubclass'],
      ['MOF2206', 'WmiDataId(1)', 'WmiDataId(2) : ToSubclass'],
    ],
  },
  {
    rule: 'a WmiDataId on InstanceName or Active of a registered class, without further reports',
    text: `[WMI, Dynamic, Provider("WMIProv"), guid("${G1}")] class A { [WmiDataId(1), key] string InstanceName; [WmiDataId(2)] boolean Active; [WmiDataId(3)] uint8 B; };`,
    want: [
      ['MOF2207', 'WmiDataId(1)'],
      ['MOF2207', 'WmiDataId(2)'],
    ],
  },
  {
    rule: 'an inherited WmiDataId on Active is an error where the class is registered',
    text: `class Base { [WmiDataId(1) : ToSubclass] boolean Active; };${block('Data : Base', '[WmiDataId(2)] uint8 B;').replace('[read] boolean Active;', '')}`,
    want: [['MOF2207', 'WmiDataId(1) : ToSubclass', 'Data']],
  },
  {
    rule: 'InstanceName and Active are data of a structure where they have a WmiDataId',
    text: `class S { [WmiDataId(1)] boolean Active; [WmiDataId(2)] string InstanceName; };${block('Data', items('S A'))}`,
    want: [],
  },
  {
    rule: 'a suggested id is above the inherited ones, and another for each item',
    text: `${inheritable(structure('Base', items('uint8 A', 'uint8 B').replaceAll('WmiDataId(2)', 'WmiDataId(7)')))}${block('Data : Base', 'uint8 C; [WmiDataId(8)] uint8 D; uint8 E;')}`,
    want: [
      ['MOF2203', 'WmiDataId(7) : ToSubclass'],
      ['MOF2201', 'C'],
      ['MOF2201', 'E'],
    ],
    suggests: [undefined, 'WmiDataId(9)', 'WmiDataId(10)'],
  },
  {
    rule: 'several clashes get several suggestions',
    text: block(
      'Data',
      '[WmiDataId(1)] uint8 A; [WmiDataId(1)] uint8 B; [WmiDataId(1)] uint8 C; [WmiDataId(3)] uint8 D;',
    ),
    want: [
      ['MOF2202', 'WmiDataId(1)', 'WmiDataId(1)'],
      ['MOF2202', 'WmiDataId(1)', 'WmiDataId(1)'],
    ],
    suggests: ['is 2', 'is 4'],
  },
  {
    rule: 'ids are suggested in the order of the text, so that a count stays before its array',
    text: block(
      'Data',
      '[WmiDataId(1)] uint8 A; [WmiDataId(2)] uint8 B; [WmiDataId(2)] uint32 Count; [WmiDataId(4), WmiSizeIs("Count")] uint8 C[]; string D;',
    ),
    want: [
      ['MOF2202', 'WmiDataId(2)', 'WmiDataId(2)'],
      ['MOF2201', 'D'],
    ],
    suggests: ['is 3', 'WmiDataId(5)'],
  },
  {
    rule: 'an item overridden under another id keeps its own, which is where it was given',
    text: `${inheritable(structure('Base', items('uint8 A')))}${block('Data : Base', '[WmiDataId(1)] uint8 B; [WmiDataId(2)] uint8 A; [WmiDataId(3)] uint8 C;')}`,
    want: [['MOF2205', 'WmiDataId(2)', 'WmiDataId(1) : ToSubclass']],
  },
  {
    rule: 'no id is suggested that a class below already uses',
    text: `class Base { [WmiDataId(1) : ToSubclass] uint8 A; uint8 B; };${block('Data : Base', '[WmiDataId(2)] uint8 C;')}`,
    want: [['MOF2201', 'B', 'Data']],
    suggests: ['renumber'],
  },
  ...[
    ['type', 'uint8 A', 'uint16 A', 'another type (uint16 instead of uint8)'],
    ['class', 'Two A', 'uint16 A', 'another type (uint16 instead of Two)'],
    ['brackets', 'uint8 A', 'uint8 A[4]', 'another type (array instead of no array)'],
  ].map(([what = '', inherited = '', overriding = '', contains = '']): FaultRow => ({
    rule: `an inherited item overridden with another form: ${what}`,
    text: `${structure('Two', items('uint8 X', 'uint8 Y'))}${inheritable(structure('Base', items(inherited)))}${block('Data : Base', items(overriding))}`,
    want: [['MOF2208', 'A', 'A']],
    contains: [contains, "'Base'"],
  })),
  ...[
    ['length', 'uint8 A[2]', 'uint8 A[4]'],
    ['MaxLen', '[MaxLen(4)] string A', '[MaxLen(5)] string A'],
    ['Max', '[Max(2)] uint8 A[]', '[Max(4)] uint8 A[]'],
  ].map(([what = '', inherited = '', overriding = '']): FaultRow => ({
    rule: `an inherited item may be overridden with another ${what}`,
    text: `${inheritable(structure('Base', items(inherited)))}${block('Data : Base', items(overriding))}`,
    want: [],
  })),
  {
    rule: 'an inherited item may be overridden in the same form, in any case',
    text: `${structure('Two', items('uint8 X'))}${inheritable(structure('Base', items('uint8 N', 'Two A', '[WmiSizeIs("N")] uint8 B[]')))}${block('Data : Base', items('UINT8 n', 'two A', '[WmiSizeIs("n"), write] uint8 b[]'))}`,
    want: [],
  },
];
