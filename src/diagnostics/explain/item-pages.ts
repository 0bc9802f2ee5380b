/** The pages about data items, their types, the layout and methods: MOF22xx to MOF25xx. Plain data. */
import { bareBlock, base, block, type Page, plain, structure } from './page.js';

const NAME = '[key, read] string InstanceName;';
const ACTIVE = '[read] boolean Active;';
const SPEED = '[WmiDataId(1), read] uint32 Speed;';
const FAN = block('Fan', SPEED);
const COUNT = '[WmiDataId(1), read] uint32 Count;';
const SIZED = block('Fan', COUNT, '[WmiDataId(2), read, WmiSizeIs("Count")] uint32 Speeds[];');
const FIXED = block('Fan', '[WmiDataId(1), read] uint32 Speeds[4];');
const BASE = structure('Device', '[WmiDataId(1) : ToSubclass] uint32 Kind;');
const DERIVED = BASE + block('Fan : Device', '[WmiDataId(2), read] uint32 Speed;');
const DRIVE = '[WmiDataId(2), read] uint32 Speed;';
const RESET = block('Fan', '[WmiMethodId(1)] void Reset();');
const GET = block('Fan', '[WmiMethodId(1)] void Get([in] uint32 Index, [out] uint32 Speed);');

export const ITEM_PAGES = {
  MOF2201: {
    what: 'WmiDataId makes a property a data item and gives its place. A property without it is no part of the data, so neither a reader nor a writer sees it. InstanceName and Active need none, nor does what a class outside of WMI declares.',
    windows: 'Documented as required. wmimofck leaves such a property out of the C structure.',
    wrong: block('Fan', SPEED, '[read] uint32 Wanted;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] uint32 Wanted;'),
  },
  MOF2202: {
    what: 'Two data items have one WmiDataId, so their order is open. The help names the next free one.',
    wrong: block('Fan', SPEED, '[WmiDataId(1), read] uint32 Wanted;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] uint32 Wanted;'),
  },
  MOF2203: {
    what: 'WmiDataIds start above 1 or leave numbers out. The ids are kept as they are written; data is laid out in their order.',
    windows: 'Documented is that they count from 1 without gaps.',
    wrong: block('Fan', SPEED, '[WmiDataId(3), read] uint32 Wanted;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] uint32 Wanted;'),
  },
  MOF2204: {
    what: 'A WmiDataId or WmiMethodId is a ULONG where driver and WMI exchange it.',
    wrong: block('Fan', '[WmiMethodId(4294967296)] void Reset();'),
    right: RESET,
  },
  MOF2205: {
    what: 'A class declares an inherited item or method again under another id. The class has it under its own id; a caller that uses the inherited one reaches another item.',
    wrong:
      base('Device', '[WmiMethodId(1) : ToSubclass] void Reset();') +
      block('Fan : Device', '[WmiMethodId(2)] void Reset();'),
    right:
      base('Device', '[WmiMethodId(1) : ToSubclass] void Reset();') +
      block('Fan : Device', '[WmiMethodId(1)] void Reset();'),
  },
  MOF2206: {
    what: 'The items of a base class come first in the data, but an id of the derived class is below one of them.',
    wrong: BASE + block('Fan : Device', '[WmiDataId(0), read] uint32 Speed;'),
    right: DERIVED,
  },
  MOF2207: {
    what: 'InstanceName and Active are never a part of the data of a registered class, so a WmiDataId on them contradicts itself.',
    windows: 'WMI fills both itself, around what the driver returns.',
    wrong: bareBlock('Fan', [
      NAME,
      '[WmiDataId(1), read] boolean Active;',
      '[WmiDataId(2), read] uint32 Speed;',
    ]),
    right: FAN,
  },
  MOF2208: {
    what: 'A class declares an inherited item again with another type. The length of an array and MaxLen may differ: they are qualifiers of the class.',
    wrong: BASE + block('Fan : Device', '[WmiDataId(1), read] uint64 Kind;'),
    right: BASE + block('Fan : Device', '[WmiDataId(1), read] uint32 Kind;'),
  },
  MOF2209: {
    what: 'A data block or an event has no InstanceName of its own or from above. This is an error, not a warning, because nobody can use such a block on Windows and nothing says why. What is emitted does not depend on it, so the error may be allowed. Not asked of embedded and abstract classes, of trace classes, of localised copies, and of classes with methods alone, which firmware has for other systems.',
    windows:
      'Documented as a required item. InstanceName is the key by which WMI addresses an instance, to read it or to call its methods.',
    wrong: bareBlock('Fan', [ACTIVE, SPEED]),
    right: FAN,
  },
  MOF2210: {
    what: 'InstanceName is no key or no string, or Active is no boolean. What is emitted does not depend on it, so the error may be allowed. That read is missing is taken: shipped files do so.',
    windows:
      'Documented as required items: [key, read] string InstanceName and [read] boolean Active.',
    wrong: bareBlock('Fan', ['[read] string InstanceName;', ACTIVE, SPEED]),
    right: FAN,
  },
  MOF2211: {
    what: 'A data item is a key.',
    windows:
      'WMI finds the instances of a driver by InstanceName, which is documented to be the only key.',
    wrong: block('Fan', '[WmiDataId(1), key, read] uint32 Speed;'),
    right: FAN,
  },
  MOF2212: {
    what: 'WmiTimeStamp says that an item is a time, in 64 bits.',
    windows: 'Documented for 64-bit items only.',
    wrong: block('Fan', '[WmiDataId(1), read, WmiTimeStamp] uint32 Since;'),
    right: block('Fan', '[WmiDataId(1), read, WmiTimeStamp] uint64 Since;'),
  },
  MOF2213: {
    what: 'WmiEventTrigger and WmiEventRate name an item of the same class, but there is none of that name.',
    wrong: block(
      'FanStopped : WMIEvent',
      '[WmiDataId(1), read, WmiEventTrigger("Limit")] uint32 Speed;',
    ),
    right: block(
      'FanStopped : WMIEvent',
      '[WmiDataId(1), read, WmiEventTrigger("Limit")] uint32 Speed;',
      '[WmiDataId(2), read, write] uint32 Limit;',
    ),
  },
  MOF2214: {
    what: 'A data block or an event has no Active of its own or from above. It is a warning only: an instance can be found without. Classes that need no InstanceName need no Active either.',
    windows: 'Documented as a required item, in which WMI says whether the instance is active.',
    wrong: bareBlock('Fan', [NAME, SPEED]),
    right: FAN,
  },
  MOF2215: {
    what: 'A class inherits a property or a method, but not its WmiDataId, WmiMethodId, WmiSizeIs or MaxLen: only a qualifier with the flavor ToSubclass is inherited. A reader that ignores flavors lays the class out in another way. Allowed, the text is taken as Windows takes it: a property without an id is no part of the data.',
    windows:
      'Documented ("Qualifier Flavors"): without a flavor a qualifier stays in the class that has it.',
    wrong: structure('Device', '[WmiDataId(1)] uint32 Kind;') + block('Fan : Device', DRIVE),
    right: DERIVED,
  },
  MOF2216: {
    what: 'A class inherits a data item, but not its write, which has no flavor ToSubclass. The item is read-only in the class.',
    windows:
      'Documented ("Qualifier Flavors"): without a flavor a qualifier stays in the class that has it.',
    wrong:
      structure('Device', '[WmiDataId(1) : ToSubclass, read, write] uint32 Kind;') +
      block('Fan : Device', DRIVE),
    right:
      structure('Device', '[WmiDataId(1) : ToSubclass, read, write : ToSubclass] uint32 Kind;') +
      block('Fan : Device', DRIVE),
  },
  MOF2217: {
    what: 'A property has WmiMethodId or Implemented, which only methods have. Without parentheses it is a property, so nobody can call it.',
    wrong: block('Fan', '[WmiMethodId(1), Implemented] uint32 Reset;'),
    right: RESET,
  },
  MOF2218: {
    what: 'A class gives a qualifier another value than a class above, which has it with the flavor DisableOverride. Allowed, the value of the class above counts.',
    windows: 'Documented ("Qualifier Flavors"): a derived class cannot change such a qualifier.',
    wrong:
      structure('Device', '[WmiDataId(1) : ToSubclass DisableOverride] uint32 Kind;') +
      block('Fan : Device', '[WmiDataId(2), read] uint32 Kind;'),
    right:
      structure('Device', '[WmiDataId(1) : ToSubclass DisableOverride] uint32 Kind;') +
      block('Fan : Device', '[read] uint32 Kind;'),
  },
  MOF2301: {
    what: 'The data of drivers has no floating-point numbers.',
    windows: 'real32 and real64 are not among the documented types of data items.',
    wrong: block('Fan', '[WmiDataId(1), read] real32 Speed;'),
    right: FAN,
  },
  MOF2302: {
    what: 'An object or a reference has no form in the data that driver and WMI exchange.',
    wrong: block('Fan', '[WmiDataId(1), read] object Speed;'),
    right: FAN,
  },
  MOF2303: {
    what: 'A class contains itself, directly or through others, so it would have no end.',
    wrong: block('Fan', SPEED, '[WmiDataId(2), read] Fan Other;'),
    right: FAN,
  },
  MOF2304: {
    what: 'A data item or a parameter is of a class that has no data items, so there is nothing to exchange.',
    wrong: plain('Empty', 'uint32 NotAnItem;') + block('Fan', '[WmiDataId(1), read] Empty Place;'),
    right:
      plain('Place', '[WmiDataId(1)] uint32 Row;') +
      block('Fan', '[WmiDataId(1), read] Place Where;'),
  },
  MOF2305: {
    what: 'A string is counted in 16 bits of bytes, so it has at most 32766 characters; less than none is no length.',
    wrong: block('Fan', '[WmiDataId(1), read, MaxLen(40000)] string Name;'),
    right: block('Fan', '[WmiDataId(1), read, MaxLen(40)] string Name;'),
  },
  MOF2306: {
    what: 'MaxLen limits a string. On anything else it says nothing.',
    windows:
      'msdsmdsm.mof of the Windows driver samples has it on an array of an embedded class, where it has no effect.',
    wrong: block('Fan', '[WmiDataId(1), read, MaxLen(4)] uint32 Speed;'),
    right: FAN,
  },
  MOF2311: {
    what: 'An array of fixed length has at least one element, and as many as a ULONG can count.',
    wrong: block('Fan', '[WmiDataId(1), read] uint32 Speeds[0];'),
    right: FIXED,
  },
  MOF2312: {
    what: 'WmiSizeIs names the item with the number of elements of an array. This item is no array.',
    windows: 'Documented for arrays only.',
    wrong: block('Fan', COUNT, '[WmiDataId(2), read, WmiSizeIs("Count")] uint32 Speeds;'),
    right: SIZED,
  },
  MOF2313: {
    what: 'WmiSizeIs names an item that is not in the same class, or a parameter that is not in the same method.',
    wrong: block('Fan', COUNT, '[WmiDataId(2), read, WmiSizeIs("Number")] uint32 Speeds[];'),
    right: SIZED,
  },
  MOF2314: {
    what: 'The number of elements is one integer; WmiSizeIs names something else.',
    wrong: block(
      'Fan',
      '[WmiDataId(1), read, MaxLen(4)] string Count;',
      '[WmiDataId(2), read, WmiSizeIs("Count")] uint32 Speeds[];',
    ),
    right: SIZED,
  },
  MOF2315: {
    what: 'The number of elements lies behind its array, so a reader would have to know where the array ends to learn where it ends.',
    wrong: block(
      'Fan',
      '[WmiDataId(1), read, WmiSizeIs("Count")] uint32 Speeds[];',
      '[WmiDataId(2), read] uint32 Count;',
    ),
    right: SIZED,
  },
  MOF2316: {
    what: 'An array has no length, neither of its own nor from WmiSizeIs, and something lies behind it that nobody can find.',
    windows: 'WmiSizeIs is documented as required for arrays of varying length.',
    wrong: block(
      'Fan',
      '[WmiDataId(1), read] uint32 Speeds[];',
      '[WmiDataId(2), read] uint32 Count;',
    ),
    right: SIZED,
  },
  MOF2317: {
    what: 'An array at the end of the data has no length. It takes what is left of the buffer.',
    windows: 'WmiSizeIs is documented as required for arrays of varying length.',
    wrong: block('Fan', '[WmiDataId(1), read] uint32 Speeds[];'),
    right: SIZED,
  },
  MOF2318: {
    what: 'An array with a length in brackets always has that many elements; WmiSizeIs changes nothing.',
    wrong: block('Fan', COUNT, '[WmiDataId(2), read, WmiSizeIs("Count")] uint32 Speeds[4];'),
    right: SIZED,
  },
  MOF2319: {
    what: 'Max gives an array without brackets its length. Here it contradicts the array, or there is none.',
    wrong: block('Fan', '[WmiDataId(1), read, Max(4)] uint32 Speed;'),
    right: block('Fan', '[WmiDataId(1), read, Max(4)] uint32 Speeds[];'),
  },
  MOF2401: {
    what: 'The data of a block, or of one direction of a method, is larger than 4 GB. Sizes are ULONGs where driver and WMI exchange them.',
    wrong: block('Fan', '[WmiDataId(1), read] uint64 Speeds[0x20000000];'),
    right: FIXED,
  },
  MOF2402: {
    what: 'Something follows an item of varying length, so it lies elsewhere in each buffer and no C structure can say where. What is emitted for other targets walks there. Order items by size, the varying ones last, and no room is lost to alignment either.',
    windows:
      'The documentation recommends fixed-size items first. wmimofck cannot create the structure without -u, and leaves out what follows with it.',
    wrong: block('Fan', '[WmiDataId(1), read] string Name;', '[WmiDataId(2), read] uint32 Speed;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] string Name;'),
  },
  MOF2403: {
    what: 'An event is larger than the 1 KB, header and all, that WMI takes by default. What is certain to be written is counted.',
    windows:
      'The limit is documented; a driver whose event is larger sends a reference to a data block in its place.',
    wrong: block('FanStopped : WMIEvent', '[WmiDataId(1), read] uint8 Log[1000];'),
    right: block('FanStopped : WMIEvent', '[WmiDataId(1), read] uint8 Log[100];'),
  },
  MOF2404: {
    what: 'Between items lies padding that another order would save: at least 8 bytes of the block or of the embedded class, since each instance of a block begins at a multiple of 8. Items of a base class keep their place, and what lies behind an item of varying length is not looked at. It is told only when resolving finds nothing else, which could be the cause. The layout is right as it is, and the ids of a block in use must stay: then allow it.',
    windows:
      'Items are aligned as in C with /Zp8, and wmimofck makes the same structure. Nothing warns there.',
    wrong: block(
      'Fan',
      '[WmiDataId(1), read] uint8 State;',
      '[WmiDataId(2), read] uint64 Since;',
      '[WmiDataId(3), read] uint8 Kind;',
    ),
    right: block(
      'Fan',
      '[WmiDataId(1), read] uint64 Since;',
      '[WmiDataId(2), read] uint8 State;',
      '[WmiDataId(3), read] uint8 Kind;',
    ),
  },
  MOF2501: {
    what: 'WMI calls a method by its WmiMethodId; one without it cannot be called, and is left out.',
    wrong: block('Fan', 'void Reset();'),
    right: RESET,
  },
  MOF2502: {
    what: 'Two methods have one WmiMethodId, so a driver cannot tell which is called. The help names the next free one.',
    wrong: block('Fan', '[WmiMethodId(1)] void Reset();', '[WmiMethodId(1)] void Stop();'),
    right: block('Fan', '[WmiMethodId(1)] void Reset();', '[WmiMethodId(2)] void Stop();'),
  },
  MOF2503: {
    what: 'A method returns a value. mofgen puts it behind the other outputs, where the message says.',
    windows:
      'Methods of drivers are documented as void; whatever comes back is an output parameter.',
    wrong: block('Fan', '[WmiMethodId(1)] uint32 Get();'),
    right: block('Fan', '[WmiMethodId(1)] void Get([out] uint32 Speed);'),
  },
  MOF2504: {
    what: 'Only some parameters have an ID, or two have the same one. The order of the text counts then.',
    wrong: block('Fan', '[WmiMethodId(1)] void Get([in, ID(0)] uint32 Index, [out] uint32 Speed);'),
    right: block(
      'Fan',
      '[WmiMethodId(1)] void Get([in, ID(0)] uint32 Index, [out, ID(1)] uint32 Speed);',
    ),
  },
  MOF2505: {
    what: 'An event is sent and gone: there is no instance to call a method of.',
    wrong: block('FanStopped : WMIEvent', SPEED, '[WmiMethodId(1)] void Reset();'),
    right: block('FanStopped : WMIEvent', SPEED),
  },
  MOF2506: {
    what: 'An input parameter stands behind an output parameter.',
    windows:
      'On Windows Server 2003 such a method made its class invalid: WBEM_E_INVALID_CLASS (KB 819064). Headers that Microsoft ships have such methods.',
    wrong: block('Fan', '[WmiMethodId(1)] void Get([out] uint32 Speed, [in] uint32 Index);'),
    right: GET,
  },
} as const satisfies Record<string, Page>;
