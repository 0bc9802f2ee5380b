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
    what: 'WmiDataId makes a property a data item and gives its position. A property without it is not part of the data: it is neither read nor written. InstanceName and Active need none, and neither do properties of classes outside of WMI.',
    windows: 'Documented as required. wmimofck leaves such a property out of the C structure.',
    wrong: block('Fan', SPEED, '[read] uint32 Wanted;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] uint32 Wanted;'),
  },
  MOF2202: {
    what: 'Two data items have the same WmiDataId, so their order is undefined. The help names the next free id.',
    wrong: block('Fan', SPEED, '[WmiDataId(1), read] uint32 Wanted;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] uint32 Wanted;'),
  },
  MOF2203: {
    what: 'WmiDataIds start above 1 or skip numbers. mofgen keeps the ids as written and lays out the data in their order.',
    windows: 'Documented: they count from 1 without gaps.',
    wrong: block('Fan', SPEED, '[WmiDataId(3), read] uint32 Wanted;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] uint32 Wanted;'),
  },
  MOF2204: {
    what: 'A WmiDataId or WmiMethodId does not fit a ULONG, in which the driver and WMI exchange it.',
    wrong: block('Fan', '[WmiMethodId(4294967296)] void Reset();'),
    right: RESET,
  },
  MOF2205: {
    what: 'A class declares an inherited item or method again with another id. The new id is used for this class; a caller that uses the inherited id reaches another item.',
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
    what: 'InstanceName and Active of a registered class are never data items, so they must not have a WmiDataId.',
    windows: 'WMI itself fills in both.',
    wrong: bareBlock('Fan', [
      NAME,
      '[WmiDataId(1), read] boolean Active;',
      '[WmiDataId(2), read] uint32 Speed;',
    ]),
    right: FAN,
  },
  MOF2208: {
    what: 'A class declares an inherited item again with another type. The length of an array and MaxLen may differ, because a derived class may override qualifiers.',
    wrong: BASE + block('Fan : Device', '[WmiDataId(1), read] uint64 Kind;'),
    right: BASE + block('Fan : Device', '[WmiDataId(1), read] uint32 Kind;'),
  },
  MOF2209: {
    what: 'A data block or an event neither declares nor inherits InstanceName. This is an error because such a block cannot be used on Windows, which reports no error. The emitted files do not depend on it, so the error may be allowed. Not required: embedded and abstract classes, trace classes, localised copies, and classes with methods only, which firmware has for other systems.',
    windows:
      'Documented as a required item. InstanceName is the key by which WMI finds an instance, to read it or to call its methods.',
    wrong: bareBlock('Fan', [ACTIVE, SPEED]),
    right: FAN,
  },
  MOF2210: {
    what: 'InstanceName is not a key or not a string, or Active is not a boolean. The emitted files do not depend on it, so the error may be allowed. A missing read is accepted, because shipped MOFs omit it.',
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
    what: 'WmiTimeStamp marks an item as a time in 64 bits, but this item has another type.',
    windows: 'Documented for 64-bit items only.',
    wrong: block('Fan', '[WmiDataId(1), read, WmiTimeStamp] uint32 Since;'),
    right: block('Fan', '[WmiDataId(1), read, WmiTimeStamp] uint64 Since;'),
  },
  MOF2213: {
    what: 'WmiEventTrigger and WmiEventRate name an item of the same class, but no item has that name.',
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
    what: 'A data block or an event neither declares nor inherits Active. This is only a warning, because WMI finds instances without it. Classes that need no InstanceName need no Active either.',
    windows: 'Documented as a required item, in which WMI shows whether the instance is active.',
    wrong: bareBlock('Fan', [NAME, SPEED]),
    right: FAN,
  },
  MOF2215: {
    what: 'A class inherits a property or a method, but not its WmiDataId, WmiMethodId, WmiSizeIs or MaxLen: only a qualifier with the flavor ToSubclass is inherited. A reader that ignores flavors computes another layout for the class. If you allow the error, mofgen follows Windows: a property without an id is not part of the data.',
    windows:
      'Documented ("Qualifier Flavors"): without a flavor a qualifier stays in the class that has it.',
    wrong: structure('Device', '[WmiDataId(1)] uint32 Kind;') + block('Fan : Device', DRIVE),
    right: DERIVED,
  },
  MOF2216: {
    what: 'A class inherits a data item, but not its write qualifier, which lacks the flavor ToSubclass. The item is read-only in the class.',
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
    what: 'A property has WmiMethodId or Implemented, which only methods have. Without parentheses it is a property and cannot be called.',
    wrong: block('Fan', '[WmiMethodId(1), Implemented] uint32 Reset;'),
    right: RESET,
  },
  MOF2218: {
    what: 'A class gives a qualifier another value than its base class, where the qualifier has the flavor DisableOverride. If you allow the error, the value of the base class is used.',
    windows: 'Documented ("Qualifier Flavors"): a derived class cannot change such a qualifier.',
    wrong:
      structure('Device', '[WmiDataId(1) : ToSubclass DisableOverride] uint32 Kind;') +
      block('Fan : Device', '[WmiDataId(2), read] uint32 Kind;'),
    right:
      structure('Device', '[WmiDataId(1) : ToSubclass DisableOverride] uint32 Kind;') +
      block('Fan : Device', '[read] uint32 Kind;'),
  },
  MOF2301: {
    what: 'WMI data of drivers cannot hold floating-point numbers. Use an integer with a scale.',
    windows: 'real32 and real64 are not among the documented types of data items.',
    wrong: block('Fan', '[WmiDataId(1), read] real32 Speed;'),
    right: FAN,
  },
  MOF2302: {
    what: 'The data that the driver and WMI exchange cannot hold an object or a reference. Embed a class, or exchange the key of the instance.',
    wrong: block('Fan', '[WmiDataId(1), read] object Speed;'),
    right: FAN,
  },
  MOF2303: {
    what: 'A class contains itself, directly or through others, so its size would be infinite.',
    wrong: block('Fan', SPEED, '[WmiDataId(2), read] Fan Other;'),
    right: FAN,
  },
  MOF2304: {
    what: 'A data item or a parameter is of a class without data items, so there is nothing to exchange.',
    wrong: plain('Empty', 'uint32 NotAnItem;') + block('Fan', '[WmiDataId(1), read] Empty Place;'),
    right:
      plain('Place', '[WmiDataId(1)] uint32 Row;') +
      block('Fan', '[WmiDataId(1), read] Place Where;'),
  },
  MOF2305: {
    what: 'The length of a string in bytes is a 16-bit number, so MaxLen is at most 32766 characters. It cannot be negative.',
    wrong: block('Fan', '[WmiDataId(1), read, MaxLen(40000)] string Name;'),
    right: block('Fan', '[WmiDataId(1), read, MaxLen(40)] string Name;'),
  },
  MOF2306: {
    what: 'MaxLen limits the length of a string. It has no effect on other types.',
    windows:
      'msdsmdsm.mof of the Windows driver samples has it on an array of an embedded class, where it has no effect.',
    wrong: block('Fan', '[WmiDataId(1), read, MaxLen(4)] uint32 Speed;'),
    right: FAN,
  },
  MOF2311: {
    what: 'An array of fixed length has at least one element, and at most as many as a ULONG can count.',
    wrong: block('Fan', '[WmiDataId(1), read] uint32 Speeds[0];'),
    right: FIXED,
  },
  MOF2312: {
    what: 'WmiSizeIs names the item with the number of elements of an array. This item is not an array.',
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
    what: 'WmiSizeIs must name a single integer item, which holds the number of elements. This is another type or an array.',
    wrong: block(
      'Fan',
      '[WmiDataId(1), read, MaxLen(4)] string Count;',
      '[WmiDataId(2), read, WmiSizeIs("Count")] uint32 Speeds[];',
    ),
    right: SIZED,
  },
  MOF2315: {
    what: 'The item with the number of elements comes after its array. A reader needs that number before it can find the end of the array.',
    wrong: block(
      'Fan',
      '[WmiDataId(1), read, WmiSizeIs("Count")] uint32 Speeds[];',
      '[WmiDataId(2), read] uint32 Count;',
    ),
    right: SIZED,
  },
  MOF2316: {
    what: 'An array has neither a fixed length nor WmiSizeIs, so the items after it cannot be found.',
    windows: 'WmiSizeIs is documented as required for arrays of varying length.',
    wrong: block(
      'Fan',
      '[WmiDataId(1), read] uint32 Speeds[];',
      '[WmiDataId(2), read] uint32 Count;',
    ),
    right: SIZED,
  },
  MOF2317: {
    what: 'An array at the end of the data has no length, so it takes the rest of the buffer.',
    windows: 'WmiSizeIs is documented as required for arrays of varying length.',
    wrong: block('Fan', '[WmiDataId(1), read] uint32 Speeds[];'),
    right: SIZED,
  },
  MOF2318: {
    what: 'An array with a length in brackets always has that many elements; WmiSizeIs has no effect.',
    wrong: block('Fan', COUNT, '[WmiDataId(2), read, WmiSizeIs("Count")] uint32 Speeds[4];'),
    right: SIZED,
  },
  MOF2319: {
    what: 'Max gives an array without brackets its length. Here the array has another length, or the item is not an array.',
    wrong: block('Fan', '[WmiDataId(1), read, Max(4)] uint32 Speed;'),
    right: block('Fan', '[WmiDataId(1), read, Max(4)] uint32 Speeds[];'),
  },
  MOF2401: {
    what: 'The data of a block, or of one direction of a method, is larger than 4 GB. The driver and WMI exchange sizes as ULONGs.',
    wrong: block('Fan', '[WmiDataId(1), read] uint64 Speeds[0x20000000];'),
    right: FIXED,
  },
  MOF2402: {
    what: 'Items follow an item of varying length, so their offset differs from buffer to buffer and a C structure cannot hold them. Code of other targets finds them by walking through the data. Put items of varying length last; ordering the others by size also avoids padding.',
    windows:
      'The documentation recommends fixed-size items first. Without -u wmimofck does not create the structure; with -u it leaves out the items that follow.',
    wrong: block('Fan', '[WmiDataId(1), read] string Name;', '[WmiDataId(2), read] uint32 Speed;'),
    right: block('Fan', SPEED, '[WmiDataId(2), read] string Name;'),
  },
  MOF2403: {
    what: 'An event, including its header, is larger than the 1 KB that WMI accepts by default. Strings with MaxLen count in full, other data of varying length with its smallest size.',
    windows:
      'The limit is documented; a driver with more data sends an event that refers to a data block.',
    wrong: block('FanStopped : WMIEvent', '[WmiDataId(1), read] uint8 Log[1000];'),
    right: block('FanStopped : WMIEvent', '[WmiDataId(1), read] uint8 Log[100];'),
  },
  MOF2404: {
    what: 'Another order of the items would save padding: at least 8 bytes of the block or of the embedded class, since each instance of a block begins at a multiple of 8. Classes with inherited items, and items after one of varying length, are not considered. The warning is given only when the model has no other findings. The present layout is correct. If the block is already in use, its ids must not change: allow the warning.',
    windows:
      'Items are aligned as in C with /Zp8, and wmimofck makes the same structure, without a warning.',
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
    what: 'WMI calls a method by its WmiMethodId. A method without one cannot be called, so it is left out.',
    wrong: block('Fan', 'void Reset();'),
    right: RESET,
  },
  MOF2502: {
    what: 'Two methods have the same WmiMethodId, so a driver cannot distinguish them. The help names the next free id.',
    wrong: block('Fan', '[WmiMethodId(1)] void Reset();', '[WmiMethodId(1)] void Stop();'),
    right: block('Fan', '[WmiMethodId(1)] void Reset();', '[WmiMethodId(2)] void Stop();'),
  },
  MOF2503: {
    what: 'A method returns a value. mofgen places it after the other outputs, at the offset in the message.',
    windows: 'Documented: methods of drivers are void and return data in output parameters.',
    wrong: block('Fan', '[WmiMethodId(1)] uint32 Get();'),
    right: block('Fan', '[WmiMethodId(1)] void Get([out] uint32 Speed);'),
  },
  MOF2504: {
    what: 'Only some parameters have an ID, or two have the same one. The parameters are then in the order of the text.',
    wrong: block('Fan', '[WmiMethodId(1)] void Get([in, ID(0)] uint32 Index, [out] uint32 Speed);'),
    right: block(
      'Fan',
      '[WmiMethodId(1)] void Get([in, ID(0)] uint32 Index, [out, ID(1)] uint32 Speed);',
    ),
  },
  MOF2505: {
    what: 'An event has no instances, so its methods cannot be called.',
    wrong: block('FanStopped : WMIEvent', SPEED, '[WmiMethodId(1)] void Reset();'),
    right: block('FanStopped : WMIEvent', SPEED),
  },
  MOF2506: {
    what: 'An input parameter comes after an output parameter.',
    windows:
      'On Windows Server 2003 such a method made its class invalid: WBEM_E_INVALID_CLASS (KB 819064). Headers that Microsoft ships have such methods.',
    wrong: block('Fan', '[WmiMethodId(1)] void Get([out] uint32 Speed, [in] uint32 Index);'),
    right: GET,
  },
} as const satisfies Record<string, Page>;
