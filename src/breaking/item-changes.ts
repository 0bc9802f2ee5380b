/** Words the changes of items and parameters: the new state, the old state, and the advice. */
import { type Access, type WireItem } from '../model/model.js';
import { typeWords } from '../show/wording.js';
import { type Change } from './changes.js';
import { isSameSize, isUnmoved, type Sides } from './growth.js';
import { type Matched } from './matching.js';
import { named, type RecordPlace } from './record-place.js';

/** A change, without the class that it is in. */
export type Found = Omit<Change, 'within'>;

const NEW_BLOCK = 'keep the old block, and declare a new class with its own guid';
export const NEW_METHOD = 'keep the old method, and declare a new method with its own id';

function helpFor({ kind }: RecordPlace): string {
  return kind === 'parameters' ? NEW_METHOD : NEW_BLOCK;
}

export function goneItem(old: WireItem, place: RecordPlace): Found {
  return {
    code: place.kind === 'parameters' ? 'MOF6204' : 'MOF6101',
    location: place.location,
    message: `${place.owner} no longer has the ${place.kind === 'parameters' ? 'parameter' : 'item'} '${old.name}'`,
    before: { location: old.location, message: 'in the old text it is here' },
    help: helpFor(place),
  };
}

export function renamedItem({ item, old }: Matched, place: RecordPlace): Found {
  return {
    code: 'MOF6102',
    location: item.location,
    message: `${named(item, place)} was called '${old.name}'`,
    before: { location: old.location, message: `in the old text it is '${old.name}'` },
    help: `call it '${old.name}': scripts find it by its name`,
  };
}

export function otherType({ item, old }: Matched, place: RecordPlace): Found {
  const [is, was] = [typeWords(item), typeWords(old)];
  return {
    code: place.kind === 'parameters' ? 'MOF6204' : 'MOF6104',
    location: item.location,
    message: `${named(item, place)} is ${is} instead of ${was}`,
    before: { location: old.location, message: `in the old text it is ${was}` },
    help: helpFor(place),
  };
}

export function otherId({ item, old }: Matched, place: RecordPlace): Found {
  return {
    code: 'MOF6103',
    location: item.qualifiers.entry('WmiDataId')?.location ?? item.location,
    message: `${named(item, place)} has the WmiDataId ${item.id} instead of ${old.id}${movedWords(item, old)}`,
    before: {
      location: old.qualifiers.entry('WmiDataId')?.location ?? old.location,
      message: `in the old text it is ${old.id}`,
    },
    help: `keep ${old.id} for it, and number new items after the last one`,
  };
}

export function otherOrder({ item, old }: Matched, place: RecordPlace): Found {
  return {
    code: place.kind === 'parameters' ? 'MOF6204' : 'MOF6105',
    location: item.location,
    message: `${named(item, place)} is in another position among the items${movedWords(item, old)}`,
    before: { location: old.location, message: 'in the old text it is here' },
    help: helpFor(place),
  };
}

/** `, at byte 8 instead of 4`, where both offsets are known and differ. */
function movedWords(
  { layout: { offset } }: WireItem,
  { layout: { offset: oldOffset } }: WireItem,
): string {
  return offset === undefined || oldOffset === undefined || offset === oldOffset
    ? ''
    : `, at byte ${offset} instead of ${oldOffset}`;
}

/** `moves from byte 4 to 8` */
function wayWords(
  { layout: { offset } }: WireItem,
  { layout: { offset: oldOffset } }: WireItem,
): string {
  return offset === undefined || oldOffset === undefined
    ? 'moves'
    : `moves from byte ${oldOffset} to ${offset}`;
}

/** An item that is new: whether it breaks anything depends on what comes after it. */
export function addedItem(item: WireItem, sides: Sides, place: RecordPlace): Found {
  const { now, before, pairs } = sides;
  const found = {
    location: item.location,
    before: { location: place.oldLocation, message: 'the old text does not have it' },
  };
  if (place.kind === 'parameters') {
    return {
      ...found,
      code: 'MOF6204',
      message: `${place.owner} has the new parameter '${item.name}'`,
      help: NEW_METHOD,
    };
  }
  const position = now.items.indexOf(item);
  const later = pairs.find(({ itemIndex }) => itemIndex > position);
  if (later !== undefined && !isUnmoved(later)) {
    return {
      ...found,
      code: 'MOF6105',
      message: `the new item ${named(item, place)} is before '${later.item.name}', which ${wayWords(later.item, later.old)}`,
      help: 'put new items after the last one, with higher ids',
    };
  }
  const fits = place.kind === 'structure' && isSameSize(now.layout, before.layout);
  if (later === undefined && !place.isOpen && !fits) {
    const [size, oldSize] = [now.layout.paddedSize, before.layout.paddedSize];
    const grows =
      size === undefined || oldSize === undefined ? '' : ` (${size} bytes instead of ${oldSize})`;
    return {
      ...found,
      code: 'MOF6105',
      message: `the new item '${item.name}' makes ${place.owner} larger${grows} inside other data`,
      help: 'embed a new class in a new block; the old one stays as it is',
    };
  }
  const isAtEnd = later === undefined && place.isEnd && !fits;
  const isRefused = isAtEnd && place.isSent;
  // Consumers that send the whole record send their padding as the new item.
  const isSentUnknown = !isAtEnd && place.isSent && place.isWritable(item);
  return {
    ...found,
    code: isRefused || isSentUnknown ? 'MOF6108' : 'MOF6107',
    message: `the new item ${named(item, place)} is ${isAtEnd ? 'at the end' : 'where only padding was'}`,
    help: isRefused
      ? 'consumers that set the whole instance in its old size get STATUS_WMI_SET_FAILURE; put it into a block of its own'
      : isAtEnd
        ? 'consumers that accept only the size that they know refuse the data; put it into a block of its own'
        : isSentUnknown
          ? 'a consumer that sets the whole instance sends its padding as this item; put it into a block of its own'
          : 'consumers compiled with the old structure never read it; put it into a block of its own to keep the old one',
  };
}

const CAN: Readonly<Record<Access, { readonly read: boolean; readonly set: boolean }>> = {
  'read-only': { read: true, set: false },
  'read-write': { read: true, set: true },
  'write-only': { read: false, set: true },
};

export function lostAccess({ item, old }: Matched, place: RecordPlace): readonly Found[] {
  return (['read', 'set'] as const)
    .filter((each) => CAN[old.access][each] && !CAN[item.access][each])
    .map((each) => ({
      code: 'MOF6106',
      location: item.location,
      message: `${named(item, place)} can no longer be ${each}`,
      before: { location: old.location, message: `in the old text it is ${old.access}` },
      help: `leave it ${old.access}`,
    }));
}
