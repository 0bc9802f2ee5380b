/** The pages about changes since an earlier text, which `mofgen breaking` finds: MOF6xxx. Plain data. */
import { base, block, type Page, structure } from './page.js';

const SPEED = '[WmiDataId(1), read] uint32 Speed;';
const LOAD = '[WmiDataId(2), read] uint16 Load;';
const FAN = block('Fan', SPEED, LOAD);
const RESET = '[Implemented, WmiMethodId(1)] void Reset([in] uint32 Delay);';
const PUMP = block('Pump', RESET);

/** The same class with another GUID, for a second class in one text. */
function another(text: string): string {
  return text.replace('5b3a5e0c', '5b3a5e0d');
}

/** The settings that compare with an earlier text. */
function since(before: string) {
  return {
    command: 'breaking',
    args: ['--against', 'old.mof'],
    files: { 'old.mof': before },
  } as const;
}

function fan(...items: readonly string[]): string {
  return block('Fan', ...items);
}

export const BREAKING_PAGES = {
  MOF6001: {
    what: 'A block of the old text is missing: no block of the new texts has its GUID. A client that opens the GUID finds nothing, and a script that names the class fails. The location is the start of the text that had the class. Keep the old block together with the new one as long as it is used.',
    wrong: another(block('FanV2', SPEED)),
    right: `${fan(SPEED)}\n${another(block('FanV2', SPEED, LOAD))}`,
    setting: since(fan(SPEED)),
  },
  MOF6002: {
    what: 'The class has another GUID than in the old text, and no block has the old GUID any more. A changed block needs a new GUID, but also a new class name: a client with the old GUID compiled in finds nothing, and a script that uses the class name gets a block that it does not know. Keep the old class with the old GUID.',
    wrong: another(fan(SPEED, LOAD)),
    right: `${fan(SPEED)}\n${another(block('FanV2', SPEED, LOAD))}`,
    setting: since(fan(SPEED)),
  },
  MOF6003: {
    what: 'A data block has instances that consumers query; an event is sent to subscribers. A class changed from one to the other under the same GUID, so its old consumers get nothing.',
    wrong: block('FanFailed : WMIEvent', SPEED),
    right: `${block('FanFailed', SPEED)}\n${another(block('FanStopped : WMIEvent', SPEED))}`,
    setting: since(block('FanFailed', SPEED)),
  },
  MOF6004: {
    what: 'The block has its old GUID and another class name. A client that opens the GUID continues to work; a query, a script or a subscription uses the class name and fails. If all consumers find the block by its GUID, allow this code.',
    wrong: block('Fans', SPEED),
    right: fan(SPEED),
    setting: since(fan(SPEED)),
  },
  MOF6005: {
    what: 'A query for a class also returns the instances of classes that derive from it. The block no longer derives from one of its old base classes, so a query for that base class returns less than before. If the base class only holds items and is never queried, allow this code.',
    wrong: fan(SPEED),
    right: `${base('Part')}\n${block('Fan : Part', SPEED)}`,
    setting: since(`${base('Part')}\n${block('Fan : Part', SPEED)}`),
  },
  MOF6101: {
    what: 'An item of the old text was removed, or lost its WmiDataId. The items after it have moved, and the data may be shorter than a client expects that was compiled with the old header. A script that reads the property gets nothing, and one that sets it fails. Keep the item, with a harmless value.',
    wrong: fan(SPEED),
    right: FAN,
    setting: since(FAN),
  },
  MOF6102: {
    what: 'An item or a parameter was renamed: it has the id, the type and the place of an old one. A client in C reads by offset and is not affected until it is compiled again. A script finds a property or a parameter by its name and fails, so this is an error. If no script uses the block, allow this code.',
    wrong: fan('[WmiDataId(1), read] uint32 Rpm;', LOAD),
    right: FAN,
    setting: since(FAN),
  },
  MOF6103: {
    what: 'The WmiDataId of an item changed. Items are laid out in the order of their ids, and a request to set one item names it by its id. With another id, an item may have another offset, and a client that sets the old id reaches another item or none. Ids may have gaps: keep the old id, and give new items higher ones.',
    wrong: fan(SPEED, LOAD.replace('WmiDataId(2)', 'WmiDataId(3)')),
    right: FAN,
    setting: since(FAN),
  },
  MOF6104: {
    what: 'The item has another type, another MaxLen, another number of elements, or another item counts its elements. An old consumer misreads the bytes: with another sign, another length, or as part of the next item. Names of embedded classes do not matter, since only the items of the class are in the data.',
    wrong: fan('[WmiDataId(1), read] uint16 Speed;', LOAD),
    right: `${FAN}\n${another(block('FanV2', '[WmiDataId(1), read] uint16 Speed;'))}`,
    setting: since(FAN),
  },
  MOF6105: {
    what: 'Old items have other offsets: a new item comes before them, items of an embedded class have another order, or an embedded class with items after it has become larger. A client that was compiled with the old header reads each of them at its old offset. An embedded class is reported once, with the blocks that embed it.',
    wrong: `${structure('Limit', '[WmiDataId(1), read] uint32 High;', '[WmiDataId(2), read] uint32 Low;')}\n${fan('[WmiDataId(1), read] Limit Limits[2];')}`,
    right: `${structure('Limit', '[WmiDataId(1), read] uint32 High;')}\n${fan('[WmiDataId(1), read] Limit Limits[2];')}`,
    setting: since(
      `${structure('Limit', '[WmiDataId(1), read] uint32 High;')}\n${fan('[WmiDataId(1), read] Limit Limits[2];')}`,
    ),
  },
  MOF6106: {
    what: 'A consumer could read or set the item in the old text, and now cannot. A request to set an item that is read-only now ends with STATUS_WMI_READ_ONLY, and a query does not return an item that is write-only. More rights than before are not reported.',
    wrong: fan(SPEED),
    right: fan('[WmiDataId(1), read, write] uint32 Speed;'),
    setting: since(fan('[WmiDataId(1), read, write] uint32 Speed;')),
  },
  MOF6107: {
    what: 'The block has a new item after its old ones, or where only padding was. No old item moves, so a consumer that reads only the items that it knows continues to work. A consumer that accepts only data of exactly the old size does not. The documentation has no versions of a block; it requires a new class with a new GUID. Put new items into a block of their own to leave old consumers unaffected.',
    wrong: FAN,
    right: `${fan(SPEED)}\n${another(block('FanLoad', '[WmiDataId(1), read] uint16 Load;'))}`,
    setting: since(fan(SPEED)),
  },
  MOF6108: {
    what: 'The block has a new item after its old ones, as with MOF6107, and consumers may set it. A client that sets the whole instance with its old structure sends fewer bytes than the data has now and gets STATUS_WMI_SET_FAILURE; queries and requests for one item continue to work. A new item that may be set and lies in former padding is set to whatever an old client has in that padding. Deny this code where clients set whole instances.',
    wrong: fan('[WmiDataId(1), read, write] uint32 Speed;', LOAD),
    right: `${fan('[WmiDataId(1), read, write] uint32 Speed;')}\n${another(block('FanLoad', '[WmiDataId(1), read] uint16 Load;'))}`,
    setting: since(fan('[WmiDataId(1), read, write] uint32 Speed;')),
  },
  MOF6109: {
    what: 'The layout is unchanged, but a value has another meaning: a name of Values, DefineValues or BitValues has another number, a value that consumers may send has no name any more, or Units has another text. Consumers continue with the old meaning. A reworded name and a new name are not reported. Units is free text, so mofgen cannot distinguish another unit from another word for the same unit.',
    wrong: fan('[WmiDataId(1), read, Values{"On", "Off"}] uint32 State;'),
    right: fan('[WmiDataId(1), read, Values{"Off", "On", "Failed"}] uint32 State;'),
    setting: since(fan('[WmiDataId(1), read, Values{"Off", "On"}] uint32 State;')),
  },
  MOF6201: {
    what: 'A method of the old text was removed, or it lost its WmiMethodId or Implemented. A client that calls it by its id gets STATUS_WMI_ITEMID_NOT_FOUND, and a script that calls it by its name fails.',
    wrong: block('Pump', '[WmiDataId(1), read] uint32 Flow;'),
    right: block('Pump', '[WmiDataId(1), read] uint32 Flow;', RESET),
    setting: since(block('Pump', '[WmiDataId(1), read] uint32 Flow;', RESET)),
  },
  MOF6202: {
    what: 'A method was renamed: it has the id and the parameters of an old one. A client in C calls it by its id and is not affected. A script calls it by its name and fails. If no script calls it, allow this code.',
    wrong: PUMP.replace('Reset', 'Restart'),
    right: PUMP,
    setting: since(PUMP),
  },
  MOF6203: {
    what: 'The WmiMethodId of a method changed. A client calls the method by its id, so the old id now reaches another method, or none (STATUS_WMI_ITEMID_NOT_FOUND).',
    wrong: PUMP.replace('WmiMethodId(1)', 'WmiMethodId(2)'),
    right: PUMP,
    setting: since(PUMP),
  },
  MOF6204: {
    what: 'A parameter of the method is new, gone, of another type, of another direction or in another place. Old input is too short or is misread (STATUS_INVALID_PARAMETER_MIX at best), and a buffer for the old output is too small (STATUS_BUFFER_TOO_SMALL). Add a new method with a new id instead.',
    wrong: block('Pump', RESET.replace('uint32', 'uint64')),
    right: block(
      'Pump',
      RESET,
      '[Implemented, WmiMethodId(2)] void ResetLater([in] uint64 Delay);',
    ),
    setting: since(PUMP),
  },
} as const satisfies Record<string, Page>;
