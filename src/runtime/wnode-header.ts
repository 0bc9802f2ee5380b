/**
 * The parts that all WNODE blocks share: the header, the instance, and bounds.
 */
import { GUID_NULL, guidToBytes, readGuid } from './guid.js';
import { viewOf } from './memory.js';
import {
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_HEADER,
  WNODE_SINGLE_INSTANCE,
  readCountedString,
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
  /** WNODE_FLAG_…; builders add the flag of the block's shape. */
  readonly flags: number;
}

/** Identifies an instance: by an index into a driver's static names, or by a name. */
export type InstanceIdentity =
  | { readonly kind: 'static'; readonly instanceIndex: number }
  | { readonly kind: 'dynamic'; readonly instanceName: string };

/** A header with only a GUID. */
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

/** Reads the header; `bytes` must be long enough. */
export function readHeader(bytes: Uint8Array): WnodeHeader {
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

/** Writes the header of a whole block: BufferSize is the length, and the shape's flag is added to Flags. */
export function writeHeader(bytes: Uint8Array, header: WnodeHeader, shape: number): void {
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

/** A range of a block; `undefined` when it lies outside. */
export function slice(bytes: Uint8Array, offset: number, size: number): Uint8Array | undefined {
  return offset + size > bytes.length ? undefined : bytes.subarray(offset, offset + size);
}

/** OffsetInstanceName and InstanceIndex have the same offsets in every block that names one instance. */
export function readIdentity(bytes: Uint8Array, flags: number): InstanceIdentity | undefined {
  const view = viewOf(bytes);
  if ((flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) !== 0) {
    const instanceIndex = view.getUint32(WNODE_SINGLE_INSTANCE.InstanceIndex, true);
    return { kind: 'static', instanceIndex };
  }
  const offset = view.getUint32(WNODE_SINGLE_INSTANCE.OffsetInstanceName, true);
  const instanceName = readCountedString(view, offset);
  return instanceName === undefined ? undefined : { kind: 'dynamic', instanceName };
}

/** The flag for the way an instance is identified. */
export const identityFlag = (instance: InstanceIdentity): number =>
  instance.kind === 'static' ? WNODE_FLAG_STATIC_INSTANCE_NAMES : 0;
