/** The pages about classes, their hierarchy, their qualifiers and GUIDs: MOF20xx and MOF21xx. Plain data. */
import { bareBlock, base, block, type Page, plain, structure } from './page.js';

const SPEED = '[WmiDataId(1), read] uint32 Speed;';
const AROUND = ['[key, read] string InstanceName;', '[read] boolean Active;'];
const FAN = block('Fan', SPEED);
const POINT = structure('Point', '[WmiDataId(1)] uint32 X;');
const EMBEDS = block('Fan', '[WmiDataId(1), read] Point Place;');

const LARGE_FAN = block('Fan', '[WmiDataId(1), read] uint32 Größe;');

export const CLASS_PAGES = {
  MOF2001: {
    what: 'A class is declared twice with different contents. Which declaration is used would depend on the reader.',
    wrong: plain('A', 'uint8 B;') + plain('A', 'uint16 B;'),
    right: plain('A', 'uint8 B;'),
  },
  MOF2002: {
    what: 'A class is declared more than once with the same contents. The first declaration is used.',
    windows:
      'iscsihba.mof of the Windows driver samples does so, because it was put together from files that share a header.',
    wrong: plain('A', 'uint8 B;') + plain('A', 'uint8 B;'),
    right: plain('A', 'uint8 B;'),
  },
  MOF2003: {
    what: 'Two properties, methods or parameters have the same name. Upper and lower case do not matter.',
    wrong: block('Fan', SPEED, '[WmiDataId(2), read] uint32 SPEED;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] uint32 TopSpeed;'),
  },
  MOF2004: {
    what: 'A WMI class inherits from a class that nothing declares. What it inherits is a part of its data, so its layout is unknown.',
    windows:
      'A class may inherit from classes of the same file and of wmicore.mof only. mofgen knows those of wmicore.mof that have no data items: WMIEvent and the roots of drivers such as MSNdis. A base class that is missing when the driver is loaded is a documented cause of blocks that silently do not appear.',
    wrong: block('Fan : Device', SPEED),
    right: base('Device') + block('Fan : Device', SPEED),
  },
  MOF2005: {
    what: 'A class outside of WMI inherits from a class that nothing declares. No layout depends on it.',
    wrong: plain('A : Missing', 'uint8 B;'),
    right: plain('A', 'uint8 B;'),
  },
  MOF2006: {
    what: 'A class derives from itself, directly or through others.',
    wrong: 'class A : B { };\nclass B : A { };\n',
    right: 'class A { };\nclass B : A { };\n',
  },
  MOF2007: {
    what: 'A class outside of WMI uses the name of a class that nothing declares. No layout depends on it.',
    wrong: plain('A', 'Missing ref B;'),
    right: plain('B') + plain('A', 'B ref Other;'),
  },
  MOF2008: {
    what: 'A data item or a parameter has a type that is not declared, so its size is unknown. Often it is a type of another language, such as int32 or ulong.',
    wrong: block('Fan', '[WmiDataId(1), read] ulong Speed;'),
    right: FAN,
  },
  MOF2009: {
    what: 'The name of a WMI class begins or ends with an underscore. The emitted files are correct with such a name.',
    windows:
      "According to the documentation, the name of a class begins with a letter and does not end with an underscore; WMI's own system classes begin with two.",
    wrong: block('_Fan', SPEED),
    right: FAN,
  },
  MOF2010: {
    what: 'A name in a WMI class has characters other than letters from A to Z, digits and underscores. The emitted files are correct: mofgen makes valid names of C from it.',
    windows:
      'Microsoft documents that such names are refused with the error 0x8004400c (KB 2543399).',
    wrong: LARGE_FAN,
    right: block('Fan', '[WmiDataId(1), read] uint32 Size;'),
    // mofcomp does not read UTF-8.
    setting: { bytes: Uint8Array.from(Buffer.from(`\uFEFF${LARGE_FAN}`, 'utf16le')) },
  },
  MOF2011: {
    what: 'A class is embedded, or is a parameter, before it is declared. mofgen accepts that.',
    windows:
      'wmimofck prints the structures of its header in the order of the file, so a C compiler reads the name before the structure is defined.',
    wrong: EMBEDS + POINT,
    right: POINT + EMBEDS,
  },
  MOF2012: {
    what: 'An event derives from __ExtrinsicEvent without WMIEvent in between. It is an event, but a consumer that subscribes to WMIEvent does not receive it.',
    windows: 'According to the documentation, events of drivers derive from WMIEvent.',
    wrong: block('FanStopped : __ExtrinsicEvent', SPEED),
    right: block('FanStopped : WMIEvent', SPEED),
  },
  MOF2013: {
    what: 'An abstract WMI class derives from an event class.',
    windows:
      'A hierarchy may have one abstract base class, and for events that is WMIEvent itself.',
    wrong: `[WMI, abstract]\nclass FanEvent : WMIEvent { };\n${block('FanStopped : FanEvent', SPEED)}`,
    right: block('FanStopped : WMIEvent', SPEED),
  },
  MOF2014: {
    what: 'Two classes above a block are abstract.',
    windows: 'A hierarchy may have one abstract base class.',
    wrong: base('Device') + base('AirDevice : Device') + block('Fan : AirDevice', SPEED),
    right: base('Device') + block('Fan : Device', SPEED),
  },
  MOF2015: {
    what: 'A data block is meant for an event: its name ends in Event, or an item has WmiEventTrigger or WmiEventRate, which only events use. For WMI a class is an event if it derives from WMIEvent, directly or not; any other class is a block that is queried. If it really is a block, allow this warning.',
    windows:
      'Documented: event blocks derive from WMIEvent. A consumer that subscribes to WMIEvent receives no other class, so an event that a driver fires with this class is lost.',
    wrong: block('FanEvent', SPEED),
    right: block('FanEvent : WMIEvent', SPEED),
  },
  MOF2016: {
    what: 'A class has more than 100 classes above it, or the classes of the file inherit more than a million properties and methods in all. Real hierarchies have fewer than ten levels. A file with more was generated by mistake, or made to exhaust memory.',
    wrong: tower(102),
    right: tower(101),
  },
  MOF2101: {
    what: 'A qualifier that WMI uses has a value of the wrong type, so it has no effect.',
    wrong: block('Fan', '[WmiDataId("1"), read] uint32 Speed;'),
    right: FAN,
  },
  MOF2102: {
    what: 'A qualifier is used where it has no effect. WmiEnum, which a sample of the WDK has, has no effect anywhere.',
    wrong: block('Fan', '[WmiDataId(1), read, WMI] uint32 Speed;'),
    right: FAN,
  },
  MOF2103: {
    what: 'One declaration has a qualifier twice, with different values.',
    wrong: block('Fan', '[WmiDataId(1), WmiDataId(2), read] uint32 Speed;'),
    right: FAN,
  },
  MOF2104: {
    what: 'The guid of a class is not a valid GUID. A GUID has 8, 4, 4, 4 and 12 hexadecimal digits; braces around all of it are optional.',
    windows: 'WMI and the driver identify the block by its GUID alone.',
    wrong: FAN.replace('5b3a5e0c-', '5b3a5e0-'),
    right: FAN,
  },
  MOF2105: {
    what: 'A data block or an event has no guid.',
    windows: 'WMI and the driver identify the block by its GUID alone.',
    wrong: FAN.replace(/, guid\("[^"]*"\)/, ''),
    right: FAN,
  },
  MOF2106: {
    what: 'Two classes have the same GUID. A block has no versions: a changed block is a new class with a new GUID. One provider cannot register both (MOF3204); --class chooses one of them.',
    windows: 'wmicore.mof has such a pair; wmidata.h is made from it.',
    wrong: FAN + block('Pump', SPEED),
    right: FAN + block('Pump', SPEED).replace('5b3a5e0c', '5b3a5e0d'),
  },
  MOF2107: {
    what: 'Values and ValueMap (or BitValues and BitMap, or DefineValues and ValueMap) pair names with values, entry by entry. One list is longer than the other.',
    wrong: block('Fan', '[WmiDataId(1), read, Values{"off", "on"}, ValueMap{"0"}] uint8 State;'),
    right: block(
      'Fan',
      '[WmiDataId(1), read, Values{"off", "on"}, ValueMap{"0", "1"}] uint8 State;',
    ),
  },
  MOF2108: {
    what: 'A qualifier has a name, an alias or an instance as its value. Most likely it is a macro that was not expanded, because its header is missing. Nothing that is exchanged depends on this qualifier, so it is ignored: it is a text for readers, names values, steers the C header, or means nothing to mofgen.',
    wrong: block('Fan', '[WmiDataId(1), read, Description(FAN_STATE)] uint32 State;'),
    right: `#define FAN_STATE "0 while it is off"\n${block('Fan', '[WmiDataId(1), read, Description(FAN_STATE)] uint32 State;')}`,
  },
  MOF2109: {
    what: 'A qualifier on which layouts, ids or registration depend has a name, an alias or an instance as its value. Most likely it is a macro that was not expanded. Define it, or write the value.',
    wrong: block('Fan', '[WmiDataId(1), read, MaxLen(NAME_LENGTH)] string Name;'),
    right: `#define NAME_LENGTH 16\n${block('Fan', '[WmiDataId(1), read, MaxLen(NAME_LENGTH)] string Name;')}`,
  },
  MOF2110: {
    what: 'A class has a GUID, a provider and ids, but lacks the qualifier that makes it a registered block. At most a structure is emitted for it.',
    windows: 'WMI never shows such a class and reports no error.',
    wrong: FAN.replace('[WMI, ', '['),
    right: FAN,
  },
  MOF2111: {
    what: 'A data block or an event has no Provider, or names a provider other than WMIProv, which serves the classes of drivers. Embedded classes need no Provider.',
    windows:
      'The documentation requires Provider("WMIProv") on every block; without it WMI never sends queries to the driver.',
    wrong: bareBlock('Fan', [...AROUND, SPEED], 'WMI, Dynamic'),
    right: FAN,
  },
  MOF2112: {
    what: 'A data block or an event is not Dynamic. Embedded classes need not be.',
    windows:
      'The documentation requires Dynamic on registered blocks: it means that a provider supplies the instances, not the WMI repository.',
    wrong: bareBlock('Fan', [...AROUND, SPEED], 'WMI, Provider("WMIProv")'),
    right: FAN,
  },
  MOF2120: {
    what: 'The name of a qualifier is unknown and differs by one or two letters from a known one. Unknown qualifiers are legal and have no effect, so a misspelled Write leaves the item read-only and a misspelled MaxLen leaves the string without a limit. If the name is intended, declare the qualifier in the file.',
    windows: 'mofcomp accepts qualifiers of any name without a warning.',
    wrong: FAN.replace('read] uint32', 'read, wirte] uint32'),
    right: FAN.replace('read] uint32', 'read, write] uint32'),
  },
} as const satisfies Record<string, Page>;

/** Classes that derive from one another, one line each. */
function tower(height: number): string {
  const lines = Array.from({ length: height }, (_, index) =>
    index === 0 ? 'class C0 { };' : `class C${index} : C${index - 1} { };`,
  );
  return `${lines.join('\n')}\n`;
}
