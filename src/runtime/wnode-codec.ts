/**
 * Whole WNODE blocks as plain values: reading bytes that somebody else wrote, and building them. Reading never throws;
 * a block that describes anything outside its bytes is no block.
 */
import { GUID_NULL, guidToBytes, readGuid } from './guid.js';
import {
  OFFSETINSTANCEDATAANDLENGTH,
  WNODE_ALL_DATA,
  WNODE_DATA_ALIGNMENT,
  WNODE_EVENT_REFERENCE,
  WNODE_FLAG_ALL_DATA,
  WNODE_FLAG_EVENT_REFERENCE,
  WNODE_FLAG_FIXED_INSTANCE_SIZE,
  WNODE_FLAG_METHOD_ITEM,
  WNODE_FLAG_SINGLE_INSTANCE,
  WNODE_FLAG_SINGLE_ITEM,
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_FLAG_TOO_SMALL,
  WNODE_HEADER,
  WNODE_METHOD_ITEM,
  WNODE_SINGLE_INSTANCE,
  WNODE_SINGLE_ITEM,
  WNODE_TOO_SMALL,
  alignUp,
  countedStringSize,
  readCountedString,
  viewOf,
  writeCountedString,
  writeTooSmall,
} from './wnode.js';

/** WNODE_HEADER. `version` and `linkage` overlay HistoricalContext; BufferSize follows from the block. */
export interface WnodeHeader {
  /** The low 32 bits of the provider's device object pointer. */
  readonly providerId: number;
  readonly version: number;
  /** Bytes to the next block of a chain; 0 in the last. */
  readonly linkage: number;
  /** Units of 100 ns since 1601. */
  readonly timeStamp: bigint;
  readonly guid: string;
  readonly clientContext: number;
  /** WNODE_FLAG_…; a builder adds the flag of the block's own shape. */
  readonly flags: number;
}

/** Which instance is meant: an index into a driver's static names, or a name. */
export type InstanceIdentity =
  | { readonly kind: 'static'; readonly instanceIndex: number }
  | { readonly kind: 'dynamic'; readonly instanceName: string };

/** One instance of a WNODE_ALL_DATA; `instanceName` only where the block carries names. */
export interface InstanceData {
  readonly instanceName?: string;
  readonly data: Uint8Array;
}

export interface AllData {
  readonly kind: 'allData';
  readonly header: WnodeHeader;
  readonly instances: readonly InstanceData[];
}

export interface SingleInstance {
  readonly kind: 'singleInstance';
  readonly header: WnodeHeader;
  readonly instance: InstanceIdentity;
  readonly data: Uint8Array;
}

export interface SingleItem {
  readonly kind: 'singleItem';
  readonly header: WnodeHeader;
  readonly instance: InstanceIdentity;
  /** WmiDataId. */
  readonly itemId: number;
  readonly data: Uint8Array;
}

export interface MethodItem {
  readonly kind: 'methodItem';
  readonly header: WnodeHeader;
  readonly instance: InstanceIdentity;
  /** WmiMethodId. */
  readonly methodId: number;
  readonly data: Uint8Array;
}

export interface EventReference {
  readonly kind: 'eventReference';
  readonly header: WnodeHeader;
  readonly instance: InstanceIdentity;
  readonly targetGuid: string;
  /** Bytes. */
  readonly targetDataBlockSize: number;
}

export interface TooSmall {
  readonly kind: 'tooSmall';
  readonly header: WnodeHeader;
  /** Bytes that the whole answer needs. */
  readonly sizeNeeded: number;
}

/** Every shape of wmistr.h. An event is a block of one of the first three shapes with WNODE_FLAG_EVENT_ITEM. */
export type Wnode = AllData | SingleInstance | SingleItem | MethodItem | EventReference | TooSmall;

/** A header with nothing in it but a GUID. */
export function emptyHeader(guid: string = GUID_NULL): WnodeHeader {
  return {
    providerId: 0,
    version: 0,
    linkage: 0,
    timeStamp: 0n,
    guid,
    clientContext: 0,
    flags: 0,
  };
}

/** Reads the block at the start of `bytes` by its flags; `undefined` when it has no known shape or is malformed. */
export function readWnode(bytes: Uint8Array): Wnode | undefined {
  if (bytes.length < WNODE_HEADER.sizeof) return undefined;
  const flags = viewOf(bytes).getUint32(WNODE_HEADER.Flags, true);
  const has = (flag: number): boolean => (flags & flag) !== 0;
  if (has(WNODE_FLAG_TOO_SMALL)) return readTooSmall(bytes);
  if (has(WNODE_FLAG_EVENT_REFERENCE)) return readEventReference(bytes);
  if (has(WNODE_FLAG_ALL_DATA)) return readAllData(bytes);
  if (has(WNODE_FLAG_SINGLE_INSTANCE)) return readSingleInstance(bytes);
  if (has(WNODE_FLAG_SINGLE_ITEM)) return readSingleItem(bytes);
  if (has(WNODE_FLAG_METHOD_ITEM)) return readMethodItem(bytes);
  return undefined;
}

/** The bytes of a block. Data starts 8-aligned; header.BufferSize is the length. */
export function buildWnode(wnode: Wnode): Uint8Array {
  switch (wnode.kind) {
    case 'allData':
      return buildAllData(wnode);
    case 'singleInstance':
      return buildInstanceBlock(wnode, WNODE_SINGLE_INSTANCE.VariableData, undefined);
    case 'singleItem':
      return buildInstanceBlock(wnode, WNODE_SINGLE_ITEM.VariableData, wnode.itemId);
    case 'methodItem':
      return buildInstanceBlock(wnode, WNODE_METHOD_ITEM.VariableData, wnode.methodId);
    case 'eventReference':
      return buildEventReference(wnode);
    case 'tooSmall': {
      const bytes = new Uint8Array(WNODE_TOO_SMALL.sizeof);
      writeHeader(bytes, wnode.header, 0);
      writeTooSmall(viewOf(bytes), wnode.sizeNeeded);
      return bytes;
    }
    default:
      return wnode satisfies never;
  }
}

function readHeader(bytes: Uint8Array): WnodeHeader {
  const view = viewOf(bytes);
  return {
    providerId: view.getUint32(WNODE_HEADER.ProviderId, true),
    version: view.getUint32(WNODE_HEADER.Version, true),
    linkage: view.getUint32(WNODE_HEADER.Linkage, true),
    timeStamp: view.getBigUint64(WNODE_HEADER.TimeStamp, true),
    guid: readGuid(bytes, WNODE_HEADER.Guid),
    clientContext: view.getUint32(WNODE_HEADER.ClientContext, true),
    flags: view.getUint32(WNODE_HEADER.Flags, true),
  };
}

function writeHeader(bytes: Uint8Array, header: WnodeHeader, shape: number): void {
  const view = viewOf(bytes);
  view.setUint32(WNODE_HEADER.BufferSize, bytes.length, true);
  view.setUint32(WNODE_HEADER.ProviderId, header.providerId, true);
  view.setUint32(WNODE_HEADER.Version, header.version, true);
  view.setUint32(WNODE_HEADER.Linkage, header.linkage, true);
  view.setBigUint64(WNODE_HEADER.TimeStamp, BigInt.asUintN(64, header.timeStamp), true);
  bytes.set(guidToBytes(header.guid), WNODE_HEADER.Guid);
  view.setUint32(WNODE_HEADER.ClientContext, header.clientContext, true);
  view.setUint32(WNODE_HEADER.Flags, (header.flags | shape) >>> 0, true);
}

function slice(bytes: Uint8Array, offset: number, size: number): Uint8Array | undefined {
  return offset + size > bytes.length ? undefined : bytes.subarray(offset, offset + size);
}

/** OffsetInstanceName and InstanceIndex stand on the same offsets in every block that names one instance. */
function readIdentity(bytes: Uint8Array, flags: number): InstanceIdentity | undefined {
  const view = viewOf(bytes);
  if ((flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) !== 0) {
    const instanceIndex = view.getUint32(WNODE_SINGLE_INSTANCE.InstanceIndex, true);
    return { kind: 'static', instanceIndex };
  }
  const offset = view.getUint32(WNODE_SINGLE_INSTANCE.OffsetInstanceName, true);
  const instanceName = readCountedString(view, offset);
  return instanceName === undefined ? undefined : { kind: 'dynamic', instanceName };
}

/** Reads a WNODE_TOO_SMALL, whatever its flags. */
export function readTooSmall(bytes: Uint8Array): TooSmall | undefined {
  if (bytes.length < WNODE_TOO_SMALL.sizeof) return undefined;
  const sizeNeeded = viewOf(bytes).getUint32(WNODE_TOO_SMALL.SizeNeeded, true);
  return { kind: 'tooSmall', header: readHeader(bytes), sizeNeeded };
}

/** Reads a WNODE_SINGLE_INSTANCE, whatever its shape flags. */
export function readSingleInstance(bytes: Uint8Array): SingleInstance | undefined {
  if (bytes.length < WNODE_SINGLE_INSTANCE.VariableData) return undefined;
  const view = viewOf(bytes);
  const header = readHeader(bytes);
  const instance = readIdentity(bytes, header.flags);
  const offset = view.getUint32(WNODE_SINGLE_INSTANCE.DataBlockOffset, true);
  const data = slice(bytes, offset, view.getUint32(WNODE_SINGLE_INSTANCE.SizeDataBlock, true));
  if (instance === undefined || data === undefined) return undefined;
  return { kind: 'singleInstance', header, instance, data };
}

/** Reads a WNODE_SINGLE_ITEM, whatever its shape flags. */
export function readSingleItem(bytes: Uint8Array): SingleItem | undefined {
  const parts = readItemParts(bytes);
  if (parts === undefined) return undefined;
  const { header, instance, id, data } = parts;
  return { kind: 'singleItem', header, instance, itemId: id, data };
}

/** Reads a WNODE_METHOD_ITEM, whatever its shape flags. */
export function readMethodItem(bytes: Uint8Array): MethodItem | undefined {
  const parts = readItemParts(bytes);
  if (parts === undefined) return undefined;
  const { header, instance, id, data } = parts;
  return { kind: 'methodItem', header, instance, methodId: id, data };
}

/** The two blocks with an id have one layout. */
function readItemParts(
  bytes: Uint8Array,
): { header: WnodeHeader; instance: InstanceIdentity; id: number; data: Uint8Array } | undefined {
  if (bytes.length < WNODE_SINGLE_ITEM.VariableData) return undefined;
  const view = viewOf(bytes);
  const header = readHeader(bytes);
  const instance = readIdentity(bytes, header.flags);
  const offset = view.getUint32(WNODE_SINGLE_ITEM.DataBlockOffset, true);
  const data = slice(bytes, offset, view.getUint32(WNODE_SINGLE_ITEM.SizeDataItem, true));
  if (instance === undefined || data === undefined) return undefined;
  return { header, instance, id: view.getUint32(WNODE_SINGLE_ITEM.ItemId, true), data };
}

/** Reads a WNODE_ALL_DATA, in its fixed-size form and in the one with offsets and lengths. */
export function readAllData(bytes: Uint8Array): AllData | undefined {
  if (bytes.length < WNODE_ALL_DATA.FixedInstanceSize + 4) return undefined;
  const view = viewOf(bytes);
  const header = readHeader(bytes);
  const count = view.getUint32(WNODE_ALL_DATA.InstanceCount, true);
  const fixed = (header.flags & WNODE_FLAG_FIXED_INSTANCE_SIZE) !== 0;
  const named = (header.flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) === 0;
  const instances: InstanceData[] = [];
  for (let index = 0; index < count; index += 1) {
    const data = fixed ? fixedInstance(bytes, view, index) : listedInstance(bytes, view, index);
    if (data === undefined) return undefined;
    // Without a bound, empty instances of a lying count would never end.
    if (data.length === 0 && fixed && count > bytes.length) return undefined;
    if (!named) {
      instances.push({ data });
      continue;
    }
    const instanceName = listedName(view, index);
    if (instanceName === undefined) return undefined;
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

/** Reads a WNODE_EVENT_REFERENCE, whatever its shape flags. */
export function readEventReference(bytes: Uint8Array): EventReference | undefined {
  if (bytes.length < WNODE_EVENT_REFERENCE.sizeof) return undefined;
  const view = viewOf(bytes);
  const header = readHeader(bytes);
  const instanceName = readCountedString(view, WNODE_EVENT_REFERENCE.TargetInstanceName);
  const instance: InstanceIdentity | undefined =
    (header.flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) !== 0
      ? {
          kind: 'static',
          instanceIndex: view.getUint32(WNODE_EVENT_REFERENCE.TargetInstanceIndex, true),
        }
      : instanceName === undefined
        ? undefined
        : { kind: 'dynamic', instanceName };
  if (instance === undefined) return undefined;
  return {
    kind: 'eventReference',
    header,
    instance,
    targetGuid: readGuid(bytes, WNODE_EVENT_REFERENCE.TargetGuid),
    targetDataBlockSize: view.getUint32(WNODE_EVENT_REFERENCE.TargetDataBlockSize, true),
  };
}

function buildInstanceBlock(
  wnode: SingleInstance | SingleItem | MethodItem,
  variableData: number,
  id: number | undefined,
): Uint8Array {
  const { header, instance, data } = wnode;
  const nameSize = instance.kind === 'dynamic' ? countedStringSize(instance.instanceName) : 0;
  const dataBlockOffset = alignUp(variableData + nameSize, WNODE_DATA_ALIGNMENT);
  const bytes = new Uint8Array(dataBlockOffset + data.length);
  const view = viewOf(bytes);
  writeHeader(bytes, header, identityFlag(instance) | shapeFlags[wnode.kind]);
  if (instance.kind === 'static') {
    view.setUint32(WNODE_SINGLE_INSTANCE.InstanceIndex, instance.instanceIndex, true);
  } else {
    view.setUint32(WNODE_SINGLE_INSTANCE.OffsetInstanceName, variableData, true);
    writeCountedString(view, variableData, instance.instanceName);
  }
  if (id === undefined) {
    view.setUint32(WNODE_SINGLE_INSTANCE.DataBlockOffset, dataBlockOffset, true);
    view.setUint32(WNODE_SINGLE_INSTANCE.SizeDataBlock, data.length, true);
  } else {
    view.setUint32(WNODE_SINGLE_ITEM.ItemId, id, true);
    view.setUint32(WNODE_SINGLE_ITEM.DataBlockOffset, dataBlockOffset, true);
    view.setUint32(WNODE_SINGLE_ITEM.SizeDataItem, data.length, true);
  }
  bytes.set(data, dataBlockOffset);
  return bytes;
}

const shapeFlags = {
  singleInstance: WNODE_FLAG_SINGLE_INSTANCE,
  singleItem: WNODE_FLAG_SINGLE_ITEM,
  methodItem: WNODE_FLAG_METHOD_ITEM,
} as const;

const identityFlag = (instance: InstanceIdentity): number =>
  instance.kind === 'static' ? WNODE_FLAG_STATIC_INSTANCE_NAMES : 0;

/** Always the form with offsets and lengths; names are written when the first instance has one. */
function buildAllData(wnode: AllData): Uint8Array {
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

function buildEventReference(wnode: EventReference): Uint8Array {
  const { header, instance, targetGuid, targetDataBlockSize } = wnode;
  const { TargetInstanceName } = WNODE_EVENT_REFERENCE;
  const end =
    instance.kind === 'dynamic' ? TargetInstanceName + countedStringSize(instance.instanceName) : 0;
  const bytes = new Uint8Array(Math.max(end, WNODE_EVENT_REFERENCE.sizeof));
  const view = viewOf(bytes);
  writeHeader(bytes, header, WNODE_FLAG_EVENT_REFERENCE | identityFlag(instance));
  bytes.set(guidToBytes(targetGuid), WNODE_EVENT_REFERENCE.TargetGuid);
  view.setUint32(WNODE_EVENT_REFERENCE.TargetDataBlockSize, targetDataBlockSize, true);
  if (instance.kind === 'static') {
    view.setUint32(WNODE_EVENT_REFERENCE.TargetInstanceIndex, instance.instanceIndex, true);
  } else {
    writeCountedString(view, TargetInstanceName, instance.instanceName);
  }
  return bytes;
}
