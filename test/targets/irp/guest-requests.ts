// Random requests for the blocks of guest.mof, with names and indices: most are valid, some have wrong fields.
import { type DataBlock, type Model } from '../../../src/model/model.js';
import { guidToBytes } from '../../../src/runtime/guid.js';
import { type Request } from '../../c/requests/requests.js';
import { damaged, itemBytes, random, type Random, recordBytes } from '../../c/wire-bytes.js';

/** Names that are there, in several spellings, and names that are not. */
const NAMES = [
  ...['Session 1', 'SESSION 1', 'session 1', 'Session 1\0', 'Sitzung ä', 'sITZUNG Ä\0'],
  ...['Session 2', 'Session', 'Session 1\0\0', 'Session 11', '', '\0', 'Disk A'],
];

const MINORS = [0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6, 7, 9, 9, 9, 0x0a, 0x0c];

const LIES = [
  0, 1, 7, 47, 55, 63, 64, 65, 68, 71, 72, 80, 0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff,
];

interface Places {
  readonly fixedPart: number;
  readonly offset: number;
  readonly size: number;
}

const INSTANCE: Places = { fixedPart: 64, offset: 56, size: 60 };
const ITEM: Places = { fixedPart: 68, offset: 60, size: 64 };

function pick<T>(source: Random, list: readonly T[]): T {
  const found = list[source.below(list.length)];
  if (found === undefined) throw new Error('nothing to pick from');
  return found;
}

/** The data of a request, and the id of what it is for. */
function content(minor: number, block: DataBlock, source: Random): { id: number; data: number[] } {
  if (minor === 2) return { id: 0, data: recordBytes(block.data, source) };
  if (minor === 3) {
    const item = source.chance(90) ? pick(source, block.data.items) : undefined;
    return item === undefined
      ? { id: pick(source, LIES), data: [1, 2, 3, 4] }
      : { id: item.id, data: itemBytes(item, source.below(3), source) };
  }
  const method = source.chance(90)
    ? block.methods[source.below(block.methods.length + 1)]
    : undefined;
  return method === undefined
    ? { id: pick(source, LIES), data: [] }
    : { id: method.id, data: recordBytes(method.input, source) };
}

function forInstance(minor: number, block: DataBlock, source: Random): Uint8Array {
  const places = minor === 3 || minor === 9 ? ITEM : INSTANCE;
  const dynamic = (block.choices.naming === 'dynamic') !== source.chance(4);
  const name = dynamic ? pick(source, source.chance(80) ? NAMES.slice(0, 6) : NAMES) : '';
  const nameAt = places.fixedPart + (source.chance(85) ? 0 : source.below(4));
  const { id, data: right } =
    minor === 1 || block.data.items.length === 0
      ? { id: 0, data: [] }
      : content(minor, block, source);
  const data = source.chance(75) ? right : damaged(right, source);
  const sound = Math.ceil((dynamic ? nameAt + 2 + name.length * 2 : places.fixedPart) / 8) * 8;
  const at = sound + (source.chance(85) ? 0 : source.below(9));
  const room = minor === 1 || minor === 9 ? pick(source, [0, 1, 4, 8, 11, 12, 64, 64, 64, 256]) : 0;
  const bytes = new Uint8Array(at + Math.max(data.length, room)).fill(0xcc, places.fixedPart);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint32(44, dynamic ? 0x2 : 0x82, true);
  view.setUint32(52, source.chance(90) ? source.below(4) : pick(source, LIES), true);
  if (places === ITEM) view.setUint32(56, id, true);
  if (dynamic) {
    view.setUint32(48, source.chance(95) ? nameAt : pick(source, LIES), true);
    const count = source.chance(95) ? name.length * 2 : pick(source, [1, 2, 0xfffe, 0xffff, 19]);
    view.setUint16(nameAt, count, true);
    for (let index = 0; index < name.length; index += 1) {
      view.setUint16(nameAt + 2 + index * 2, name.charCodeAt(index), true);
    }
  }
  view.setUint32(places.offset, source.chance(94) ? at : pick(source, LIES), true);
  view.setUint32(places.size, source.chance(94) ? data.length : pick(source, LIES), true);
  bytes.set(data, at);
  return bytes;
}

/** The buffer of a query of all: zeros after the header, so that bytes that neither side writes are equal in both answers. */
function forAll(source: Random): Uint8Array {
  const bytes = new Uint8Array(
    pick(source, [56, 60, 72, 80, 96, 104, 111, 112, 128, 144, 200, 512, 512, 512]),
  );
  const view = new DataView(bytes.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint32(44, pick(source, [0x1, 0x81, 0x11, 0xffffffff]), true);
  return bytes;
}

/** `count` requests, mostly for blocks that exist. */
export function guestRequests(model: Model, count: number, seed: number): Request[] {
  const source = random(seed);
  const blocks = model.blocks.filter(({ role }) => role !== 'structure');
  return Array.from({ length: count }, (): Request => {
    const minor = pick(source, MINORS);
    const block = pick(source, blocks);
    const whole =
      minor === 0
        ? forAll(source)
        : [1, 2, 3, 9].includes(minor)
          ? forInstance(minor, block, source)
          : new Uint8Array(pick(source, [0, 47, 48, 64]));
    if (whole.length >= 40) whole.set(guidToBytes(block.guid ?? ''), 24);
    return {
      minor,
      guid: source.chance(96) ? (block.guid ?? '') : '00000000-0000-0000-0000-000000000001',
      forAnotherDevice: source.chance(2),
      status: 0xc00000bb,
      information: pick(source, [0, 99]),
      buffer: source.chance(92) ? whole : whole.slice(0, source.below(whole.length + 1)),
    };
  });
}

/** Registration requests with buffers of every size up to, and without, `limit`. */
export function registrations(limit: number): Request[] {
  return [8, 0x0b].flatMap((minor) =>
    Array.from({ length: limit }, (_none, size): Request => ({
      minor,
      guid: '00000000-0000-0000-0000-000000000000',
      forAnotherDevice: false,
      status: 0xc00000bb,
      information: 7,
      buffer: new Uint8Array(size).fill(0xcc),
    })),
  );
}
