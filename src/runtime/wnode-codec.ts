/**
 * Reads and builds whole WNODE blocks as plain values. Reading never throws: a block with an offset or size outside its
 * bytes reads as `undefined`.
 */
import { guidToBytes, readGuid } from './guid.js';
import { viewOf } from './memory.js';
import {
  WNODE_DATA_ALIGNMENT,
  WNODE_EVENT_REFERENCE,
  WNODE_FLAG_ALL_DATA,
  WNODE_FLAG_EVENT_REFERENCE,
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
  writeCountedString,
  writeTooSmall,
} from './wnode.js';
import { buildAllData, readAllData, type AllData } from './wnode-all-data.js';
import {
  identityFlag,
  readHeader,
  readIdentity,
  slice,
  writeHeader,
  type InstanceIdentity,
  type WnodeHeader,
} from './wnode-header.js';

export { readAllData, type AllData, type InstanceData } from './wnode-all-data.js';
export { emptyHeader, type InstanceIdentity, type WnodeHeader } from './wnode-header.js';

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
  /** Bytes that the complete result needs. */
  readonly sizeNeeded: number;
}

/** Every shape of wmistr.h. An event is a block of one of the first three shapes with WNODE_FLAG_EVENT_ITEM. */
export type Wnode = AllData | SingleInstance | SingleItem | MethodItem | EventReference | TooSmall;

/** Reads the block at the start of `bytes` by its flags; `undefined` when its shape is unknown or malformed. */
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

/** Reads the layout that WNODE_SINGLE_ITEM and WNODE_METHOD_ITEM share. */
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
