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
    what: 'A class is declared twice, and the declarations do not say the same. Which one counts would depend on the reader.',
    wrong: plain('A', 'uint8 B;') + plain('A', 'uint16 B;'),
    right: plain('A', 'uint8 B;'),
  },
  MOF2002: {
    what: 'A class is declared more than once with the same contents. The first declaration counts.',
    windows:
      'iscsihba.mof of the Windows driver samples does so, because it was put together from files that share a header.',
    wrong: plain('A', 'uint8 B;') + plain('A', 'uint8 B;'),
    right: plain('A', 'uint8 B;'),
  },
  MOF2003: {
    what: 'Two properties, methods or parameters have one name. Names do not differ by case.',
    wrong: block('Fan', SPEED, '[WmiDataId(2), read] uint32 SPEED;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] uint32 TopSpeed;'),
  },
  MOF2004: {
    what: 'A WMI class inherits from a class that nothing declares. What it inherits is a part of its data, so its layout is unknown.',
    windows:
      'A class may inherit from classes of the same file and of wmicore.mof only. Of the latter, those that give nothing to inherit are known: WMIEvent and the roots of drivers such as MSNdis. A base class that is missing when the driver is loaded is a documented cause of blocks that silently do not appear.',
    wrong: block('Fan : Device', SPEED),
    right: base('Device') + block('Fan : Device', SPEED),
  },
  MOF2005: {
    what: 'A class outside of WMI inherits from a class that nothing declares. No layout depends on it.',
    wrong: plain('A : Missing', 'uint8 B;'),
    right: plain('A', 'uint8 B;'),
  },
  MOF2006: {
    what: 'A class is above itself in its own hierarchy.',
    wrong: 'class A : B { };\nclass B : A { };\n',
    right: 'class A { };\nclass B : A { };\n',
  },
  MOF2007: {
    what: 'A class outside of WMI uses the name of a class that nothing declares. No layout depends on it.',
    wrong: plain('A', 'Missing ref B;'),
    right: plain('B') + plain('A', 'B ref Other;'),
  },
  MOF2008: {
    what: 'A data item or a parameter is of a class that nothing declares, so its size is unknown. Often it is a type of another language, such as int32 or ulong.',
    wrong: block('Fan', '[WmiDataId(1), read] ulong Speed;'),
    right: FAN,
  },
  MOF2009: {
    what: 'The name of a WMI class begins or ends with an underscore. What is emitted is right all the same.',
    windows:
      'WMI documents that the names of classes begin with a letter and neither begin nor end with an underscore; its own system classes begin with two.',
    wrong: block('_Fan', SPEED),
    right: FAN,
  },
  MOF2010: {
    what: 'A name in a WMI class has other characters than letters from A to Z, digits and underscores. What is emitted is right all the same; names of C are made from it.',
    windows:
      'Microsoft documents for such names that they are refused with the error 0x8004400c (KB 2543399).',
    wrong: LARGE_FAN,
    right: block('Fan', '[WmiDataId(1), read] uint32 Size;'),
    // mofcomp does not read UTF-8.
    setting: { bytes: Uint8Array.from(Buffer.from(`\uFEFF${LARGE_FAN}`, 'utf16le')) },
  },
  MOF2011: {
    what: 'A class is embedded, or is a parameter, before it is declared. mofgen finds it all the same.',
    windows:
      'wmimofck prints the structures of its header in the order of the file, so that a C compiler meets the name before the structure.',
    wrong: EMBEDS + POINT,
    right: POINT + EMBEDS,
  },
  MOF2012: {
    what: 'An event derives from __ExtrinsicEvent without WMIEvent in between. It is an event, but one that nobody sees who listens for WMIEvent.',
    windows: 'The documentation has the events of drivers derive from WMIEvent.',
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
    what: 'A data block is meant for an event: its name ends in Event, or an item has WmiEventTrigger or WmiEventRate, which only events have a use for. WMI takes for events what derives from WMIEvent at any distance, and all else for blocks that are queried. Where it is a block indeed, allow it.',
    windows:
      'Documented: event blocks derive from WMIEvent. Who listens for WMIEvent does not see another class, and a driver that fires it is not heard.',
    wrong: block('FanEvent', SPEED),
    right: block('FanEvent : WMIEvent', SPEED),
  },
  MOF2016: {
    what: 'A class has more than 100 classes above it, or the classes of the file inherit more than a million properties and methods in all. Real hierarchies have less than ten levels; a file that has more is generated by mistake, or made to exhaust memory.',
    wrong: tower(102),
    right: tower(101),
  },
  MOF2101: {
    what: 'A qualifier that means something to WMI has a value of another type, so what it says is lost.',
    wrong: block('Fan', '[WmiDataId("1"), read] uint32 Speed;'),
    right: FAN,
  },
  MOF2102: {
    what: 'A qualifier stands where it says nothing. WmiEnum, which stands in a sample of the WDK, does so everywhere.',
    wrong: block('Fan', '[WmiDataId(1), read, WMI] uint32 Speed;'),
    right: FAN,
  },
  MOF2103: {
    what: 'A qualifier stands twice on one declaration, with different values.',
    wrong: block('Fan', '[WmiDataId(1), WmiDataId(2), read] uint32 Speed;'),
    right: FAN,
  },
  MOF2104: {
    what: 'The guid of a class is no GUID. It has 8, 4, 4, 4 and 12 hexadecimal digits; braces around all of it are optional.',
    windows: 'The GUID is all by which WMI and the driver name the block to each other.',
    wrong: FAN.replace('5b3a5e0c-', '5b3a5e0-'),
    right: FAN,
  },
  MOF2105: {
    what: 'A data block or an event has no guid.',
    windows: 'The GUID is all by which WMI and the driver name the block to each other.',
    wrong: FAN.replace(/, guid\("[^"]*"\)/, ''),
    right: FAN,
  },
  MOF2106: {
    what: 'Two classes have one GUID. There are no versions of a block: a changed block is a new class with a new GUID. One provider cannot register both (MOF3204); --class chooses one of them.',
    windows: 'wmicore.mof has such a pair, and wmidata.h was made of it.',
    wrong: FAN + block('Pump', SPEED),
    right: FAN + block('Pump', SPEED).replace('5b3a5e0c', '5b3a5e0d'),
  },
  MOF2107: {
    what: 'Values and ValueMap (or BitValues and BitMap, or DefineValues and ValueMap) say which name belongs to which value, entry by entry. One list is longer.',
    wrong: block('Fan', '[WmiDataId(1), read, Values{"off", "on"}, ValueMap{"0"}] uint8 State;'),
    right: block(
      'Fan',
      '[WmiDataId(1), read, Values{"off", "on"}, ValueMap{"0", "1"}] uint8 State;',
    ),
  },
  MOF2108: {
    what: 'A qualifier has a name, an alias or an instance for its value: a macro that was not expanded, it seems, because the header with it is not there. It is a text, it names values, it is for the C header, or mofgen gives it no meaning, so the qualifier counts as left out.',
    wrong: block('Fan', '[WmiDataId(1), read, Description(FAN_STATE)] uint32 State;'),
    right: `#define FAN_STATE "0 while it stands"\n${block('Fan', '[WmiDataId(1), read, Description(FAN_STATE)] uint32 State;')}`,
  },
  MOF2109: {
    what: 'A qualifier on which layouts, ids or registration depend has a name, an alias or an instance for its value: a macro that was not expanded, it seems.',
    wrong: block('Fan', '[WmiDataId(1), read, MaxLen(NAME_LENGTH)] string Name;'),
    right: `#define NAME_LENGTH 16\n${block('Fan', '[WmiDataId(1), read, MaxLen(NAME_LENGTH)] string Name;')}`,
  },
  MOF2110: {
    what: 'A class has a GUID, a provider and ids, but lacks the qualifier that has it registered. Nothing is emitted for it but a structure, or nothing at all.',
    windows: 'WMI never shows such a class, and nothing says why.',
    wrong: FAN.replace('[WMI, ', '['),
    right: FAN,
  },
  MOF2111: {
    what: 'A data block or an event does not say which provider has its instances, or says that another one has than WMIProv, behind which drivers are. Embedded classes need none.',
    windows:
      'The documentation requires Provider("WMIProv") of every block; without it WMI does not ask the provider behind which the driver is.',
    wrong: bareBlock('Fan', [...AROUND, SPEED], 'WMI, Dynamic'),
    right: FAN,
  },
  MOF2112: {
    what: 'A data block or an event is not Dynamic. Embedded classes need not be.',
    windows:
      'The documentation requires Dynamic of registered blocks: it says that a provider has the instances, and not the repository of WMI.',
    wrong: bareBlock('Fan', [...AROUND, SPEED], 'WMI, Provider("WMIProv")'),
    right: FAN,
  },
  MOF2120: {
    what: 'A qualifier has a name that nothing gives a meaning and that differs by a letter or two from one that has. A qualifier of another name is legal and says nothing: the item stays read-only, the string without a limit, the output an input. A file that declares a qualifier of that name means it.',
    windows: 'mofcomp takes qualifiers of any name without a word.',
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
