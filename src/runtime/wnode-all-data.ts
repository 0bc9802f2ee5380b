/**
 * WNODE_ALL_DATA as a plain value: the data of every instance of a block, in both of its forms.
 */
import { viewOf } from './memory.js';
import {
  OFFSETINSTANCEDATAANDLENGTH,
  WNODE_ALL_DATA,
  WNODE_DATA_ALIGNMENT,
  WNODE_FLAG_ALL_DATA,
  WNODE_FLAG_FIXED_INSTANCE_SIZE,
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  alignUp,
  countedStringSize,
  readCountedString,
  writeCountedString,
} from './wnode.js';
import { readHeader, slice, writeHeader, type WnodeHeader } from './wnode-header.js';

/** One instance of a WNODE_ALL_DATA; `instanceName` only where the block contains names. */
export interface InstanceData {
  readonly instanceName?: string;
  readonly data: Uint8Array;
}

export interface AllData {
  readonly kind: 'allData';
  readonly header: WnodeHeader;
  readonly instances: readonly InstanceData[];
}

/** Reads a WNODE_ALL_DATA in its fixed-size form or in the one with offsets and lengths. */
export function readAllData(bytes: Uint8Array): AllData | undefined {
  if (bytes.length < WNODE_ALL_DATA.FixedInstanceSize + 4) return undefined;
  const view = viewOf(bytes);
  const header = readHeader(bytes);
  const count = view.getUint32(WNODE_ALL_DATA.InstanceCount, true);
  const fixed = (header.flags & WNODE_FLAG_FIXED_INSTANCE_SIZE) !== 0;
  const named = (header.flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) === 0;
  const instances: InstanceData[] = [];
  let nameBytes = 0;
  for (let index = 0; index < count; index += 1) {
    const data = fixed ? fixedInstance(bytes, view, index) : listedInstance(bytes, view, index);
    if (data === undefined) return undefined;
    // Bounds the loop: empty instances fit any count.
    if (data.length === 0 && fixed && count > bytes.length) return undefined;
    if (!named) {
      instances.push({ data });
      continue;
    }
    const instanceName = listedName(view, index);
    if (instanceName === undefined) return undefined;
    // Overlapping names could expand a few bytes to a huge result; valid names do not overlap.
    nameBytes += countedStringSize(instanceName);
    if (nameBytes > bytes.length) return undefined;
    instances.push({ instanceName, data });
  }
  return { kind: 'allData', header, instances };
}

function fixedInstance(bytes: Uint8Array, view: DataView, index: number): Uint8Array | undefined {
  const size = view.getUint32(WNODE_ALL_DATA.FixedInstanceSize, true);
  const first = view.getUint32(WNODE_ALL_DATA.DataBlockOffset, true);
  return slice(bytes, first + index * alignUp(size, WNODE_DATA_ALIGNMENT), size);
}

function listedInstance(bytes: Uint8Array, view: DataView, index: number): Uint8Array | undefined {
  const entry =
    WNODE_ALL_DATA.OffsetInstanceDataAndLength + index * OFFSETINSTANCEDATAANDLENGTH.sizeof;
  if (entry + OFFSETINSTANCEDATAANDLENGTH.sizeof > bytes.length) return undefined;
  return slice(
    bytes,
    view.getUint32(entry + OFFSETINSTANCEDATAANDLENGTH.OffsetInstanceData, true),
    view.getUint32(entry + OFFSETINSTANCEDATAANDLENGTH.LengthInstanceData, true),
  );
}

function listedName(view: DataView, index: number): string | undefined {
  const list = view.getUint32(WNODE_ALL_DATA.OffsetInstanceNameOffsets, true) + index * 4;
  if (list + 4 > view.byteLength) return undefined;
  return readCountedString(view, view.getUint32(list, true));
}

/** Builds the form with offsets and lengths; names are written when the first instance has one. */
export function buildAllData(wnode: AllData): Uint8Array {
  const { header, instances } = wnode;
  const named = instances[0]?.instanceName !== undefined;
  const list = WNODE_ALL_DATA.OffsetInstanceDataAndLength;
  const names = list + instances.length * OFFSETINSTANCEDATAANDLENGTH.sizeof;
  let end = named ? names + instances.length * 4 : names;
  const nameOffsets = instances.map(({ instanceName }) => {
    const at = alignUp(end, 2);
    if (named) end = at + countedStringSize(instanceName ?? '');
    return at;
  });
  end = Math.max(end, WNODE_ALL_DATA.sizeof);
  const dataOffsets = instances.map(({ data }) => {
    const at = alignUp(end, WNODE_DATA_ALIGNMENT);
    end = at + data.length;
    return at;
  });
  const bytes = new Uint8Array(end);
  const view = viewOf(bytes);
  writeHeader(
    bytes,
    header,
    named ? WNODE_FLAG_ALL_DATA : WNODE_FLAG_ALL_DATA | WNODE_FLAG_STATIC_INSTANCE_NAMES,
  );
  view.setUint32(WNODE_ALL_DATA.DataBlockOffset, dataOffsets[0] ?? 0, true);
  view.setUint32(WNODE_ALL_DATA.InstanceCount, instances.length, true);
  view.setUint32(WNODE_ALL_DATA.OffsetInstanceNameOffsets, named ? names : 0, true);
  for (const [index, { instanceName, data }] of instances.entries()) {
    const entry = list + index * OFFSETINSTANCEDATAANDLENGTH.sizeof;
    const at = dataOffsets[index] ?? 0;
    view.setUint32(entry + OFFSETINSTANCEDATAANDLENGTH.OffsetInstanceData, at, true);
    view.setUint32(entry + OFFSETINSTANCEDATAANDLENGTH.LengthInstanceData, data.length, true);
    bytes.set(data, at);
    if (named) {
      const nameAt = nameOffsets[index] ?? 0;
      view.setUint32(names + index * 4, nameAt, true);
      writeCountedString(view, nameAt, instanceName ?? '');
    }
  }
  return bytes;
}
