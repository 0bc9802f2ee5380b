// MOF texts in which a class that a driver registers lacks what the documentation demands, and what resolving must report.
import { AROUND, block, items, newGuid, structure } from '../resolve-text.js';
import { type FaultRow } from './fault-row.js';

/** A data block with these features and no other ones. */
function bare(features: string, qualifiers = 'WMI, Dynamic, Provider("WMIProv")'): string {
  return `[${qualifiers}, guid("${newGuid()}")] class Data { ${features} };\n`;
}

const ITEM = '[WmiDataId(1), read] uint8 A;';
const NAME = '[key, read] string InstanceName;';
const ACTIVE = '[read] boolean Active;';

export const registrationFaults: readonly FaultRow[] = [
  {
    rule: 'a block without InstanceName',
    text: bare(`${ACTIVE} ${ITEM}`),
    want: [['MOF2209', 'Data']],
    contains: ['add [key, read] string InstanceName;'],
  },
  {
    rule: 'a block without Active',
    text: bare(`${NAME} ${ITEM}`),
    want: [['MOF2214', 'Data']],
    contains: ['add [read] boolean Active;'],
  },
  {
    rule: 'a block with neither, in one report',
    text: bare(ITEM),
    want: [['MOF2209', 'Data']],
    contains: [
      'no InstanceName and no Active',
      'add [key, read] string InstanceName; [read] boolean Active;',
    ],
  },
  {
    rule: 'a class with methods alone, as firmware has them, needs neither',
    text: bare('[WmiMethodId(1), Implemented] void Do();'),
    want: [],
  },
  {
    rule: 'a class with neither items nor methods needs both',
    text: bare(''),
    want: [['MOF2209', 'Data']],
  },
  {
    rule: 'a root of drivers that wmicore.mof declares gives no data, and may give the rest',
    text: bare(ITEM).replace('class Data', 'class Data : MSNdis'),
    want: [],
  },
  {
    rule: 'a block that is named like an event',
    text: block('FanEvent', items('uint8 A')),
    want: [['MOF2015', 'FanEvent']],
    contains: ['its name', 'class FanEvent : WMIEvent'],
  },
  {
    rule: 'a name that only ends in the letters of event',
    text: block('PowerPrevent', items('uint8 A')),
    want: [],
  },
  {
    rule: 'a block with a qualifier of events',
    text: block('Fan', items('uint8 A', '[WmiEventRate("A")] uint8 B')),
    want: [['MOF2015', 'Fan', 'WmiEventRate("A")']],
  },
  {
    rule: 'an event derives from WMIEvent at any distance',
    text: `[WMI, Dynamic, Provider("WMIProv"), guid("${newGuid()}")] class Base : WMIEvent { ${AROUND} [WmiDataId(1) : ToSubclass, read] uint8 A; };\n${block('FanEvent : Base', '[WmiDataId(2), read] uint8 B;')}`,
    want: [],
  },
  {
    rule: 'an unknown base may derive from WMIEvent',
    text: block('FanEvent : Missing', items('uint8 A')),
    want: [['MOF2004', 'Missing']],
  },
  {
    rule: 'both may be inherited, from a plain class too',
    text: `class Base { [key] string INSTANCENAME; boolean active; }; ${bare(ITEM).replace('class Data', 'class Data : Base')}`,
    want: [],
  },
  {
    rule: 'what an unknown superclass declares is not missed',
    text: bare(ITEM).replace('class Data', 'class Data : Missing'),
    want: [['MOF2004', 'Missing']],
  },
  ...[
    ['uint32', `[key, read] uint32 InstanceName; ${ACTIVE}`, 'uint32', 'is not a string'],
    ['an array', `[key, read] string InstanceName[]; ${ACTIVE}`, '[]', 'is an array'],
    ['no key', `[read] string InstanceName; ${ACTIVE}`, 'InstanceName', 'is not a key'],
    ['key(FALSE)', `[key(FALSE)] string InstanceName; ${ACTIVE}`, 'InstanceName', 'is not a key'],
    ['Active, a number', `${NAME} [read] uint8 Active;`, 'uint8', 'is not a boolean'],
  ].map(([what = '', features = '', place = '', contains = '']): FaultRow => ({
    rule: `InstanceName or Active of another form: ${what}`,
    text: bare(`${features} ${ITEM}`),
    want: [['MOF2210', place]],
    contains: [contains],
  })),
  {
    rule: 'read may be missing, as in shipped files',
    text: bare(`[key] string InstanceName; boolean Active; ${ITEM}`),
    want: [],
  },
  {
    rule: 'an overriding InstanceName is a key as the inherited one is',
    text: `class Base { ${AROUND} }; ${bare(`string InstanceName; ${ITEM}`).replace('class Data', 'class Data : Base')}`,
    want: [],
  },
  {
    rule: 'a key that is not InstanceName',
    text: block('Data', '[WmiDataId(1), key] uint8 A;'),
    want: [['MOF2211', 'key']],
  },
  {
    rule: 'structures may have any keys, and need neither InstanceName nor Active',
    text: `${structure('S', '[WmiDataId(1), key] uint8 A;')}${block('Data', items('S X'))}`,
    want: [],
  },
  {
    rule: 'a block without a Provider',
    text: bare(`${AROUND} ${ITEM}`, 'WMI, Dynamic'),
    want: [['MOF2111', 'Data']],
    contains: ['Provider("WMIProv")'],
  },
  {
    rule: 'a block that is not Dynamic',
    text: bare(`${AROUND} ${ITEM}`, 'WMI, Provider("WMIProv")'),
    want: [['MOF2112', 'Data']],
    contains: ['add Dynamic'],
  },
  {
    rule: 'an event that has neither',
    text: bare(`${AROUND} ${ITEM}`, 'WMI').replace('class Data', 'class Data : WMIEvent'),
    want: [
      ['MOF2112', 'Data'],
      ['MOF2111', 'Data'],
    ],
  },
  {
    rule: 'trace classes have conventions of their own',
    text: bare(ITEM).replace('class Data', 'class Data : EventTrace'),
    want: [],
  },
  {
    rule: 'an event derived from __ExtrinsicEvent itself',
    text: block('E : __ExtrinsicEvent', items('uint8 A')),
    want: [['MOF2012', '__ExtrinsicEvent']],
    contains: ['derive it from WMIEvent'],
  },
  {
    rule: 'an abstract class of events',
    text: `[WMI, abstract] class Base : WMIEvent { }; ${block('E : Base', items('uint8 A'))}`,
    want: [['MOF2013', 'abstract']],
  },
  {
    rule: 'one abstract class above blocks',
    text: `[WMI, abstract] class Base { }; ${block('D : Base', items('uint8 A'))}`,
    want: [],
  },
  {
    rule: 'two abstract classes above a block',
    text: `[WMI, abstract] class Root { }; [WMI, abstract] class Base : Root { }; ${block('D : Base', items('uint8 A'))}${block('F : Base', items('uint8 A'))}`,
    want: [['MOF2014', 'abstract', 'Root']],
  },
  {
    rule: 'a class name with an underscore at an end',
    text: `${block('_Data', items('uint8 A'))}${block('Data_', items('uint8 A'))}${block('Da_ta', items('uint8 _A_'))}`,
    want: [
      ['MOF2009', '_Data'],
      ['MOF2009', 'Data_'],
    ],
  },
  {
    rule: 'names with characters that WMI refuses: of classes, items, methods, parameters',
    text: block(
      'Übersicht',
      `${items('uint8 Größe')} [WmiMethodId(1)] void Öffnen([in] uint8 Höhe);`,
    ),
    want: [
      ['MOF2010', 'Übersicht'],
      ['MOF2010', 'Größe'],
      ['MOF2010', 'Öffnen'],
      ['MOF2010', 'Höhe'],
    ],
    contains: ["contains 'Ü'"],
  },
  {
    rule: 'plain classes may have any names',
    text: 'class _Größe_ { uint8 Länge; };',
    want: [],
  },
  {
    rule: 'a class embedded before it is declared, once',
    text: `${block('Data', items('S X', 'S Y'))}${structure('S', items('uint8 A'))}`,
    want: [['MOF2011', 'S', 'S']],
    contains: ["declare 'S' before 'Data'"],
  },
  {
    rule: 'a class that a parameter has for its type before it is declared',
    text: `${block('Data', '[WmiMethodId(1)] void F([in] S X);')}${structure('S', items('uint8 A'))}`,
    want: [['MOF2011', 'S', 'S']],
  },
  {
    rule: 'classes that embed each other are not reported for their order',
    text: `${structure('A', items('B X'))}${structure('B', items('A X'))}`,
    want: [['MOF2303', 'A', 'B']],
  },
  ...['uint32 A', 'datetime A', 'uint64 A[2]'].map((item): FaultRow => ({
    rule: `WmiTimeStamp on something that is no 64-bit integer: ${item}`,
    text: block('Data', items(`[WmiTimeStamp] ${item}`)),
    want: [['MOF2212', 'WmiTimeStamp', item.split(' ')[0] ?? '']],
  })),
  {
    rule: 'a valid WmiTimeStamp, and one that is FALSE',
    text: block('Data', items('[WmiTimeStamp] uint64 A', '[WmiTimeStamp(FALSE)] uint8 B')),
    want: [],
  },
  {
    rule: 'WmiEventTrigger and WmiEventRate that name nothing',
    text: block(
      'E : WMIEvent',
      items('[WmiEventTrigger("Gone")] uint8 A', '[WmiEventRate("gone")] uint8 B'),
    ),
    want: [
      ['MOF2213', 'WmiEventTrigger("Gone")'],
      ['MOF2213', 'WmiEventRate("gone")'],
    ],
  },
  {
    rule: 'WmiEventTrigger and WmiEventRate that name an item',
    text: block(
      'E : WMIEvent',
      items('[WmiEventTrigger("b"), WmiEventRate("B")] uint8 A', 'uint8 B'),
    ),
    want: [],
  },
  {
    rule: 'an input after an output',
    text: block('Data', '[WmiMethodId(1)] void F([out] uint8 A, [in] uint8 B);'),
    want: [['MOF2506', 'B', 'A']],
    contains: ['put the [in] parameters first'],
  },
  {
    rule: 'the IDs of parameters decide which comes first',
    text: block(
      'Data',
      '[WmiMethodId(1)] void F([out, ID(1)] uint8 A, [in, ID(0)] uint8 B, [in, out, ID(2)] uint8 C);',
    ),
    want: [],
  },
];
