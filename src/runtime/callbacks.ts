/**
 * The byte-level interface between a driver model and a provider: the callbacks of a WMI instance, as a driver sees
 * them.
 *
 * A pointer is passed as three values: the memory, the offset in it (`null` for a NULL pointer) and the size that the
 * framework states. Without hardening the size may exceed the memory; a callback of generated code that touches such
 * bytes stops with a simulated bug check (block.ts).
 */
import { type NtStatus } from './ntstatus.js';

/** The instance a callback is for: what `WDFWMIINSTANCE` is to a driver. */
export interface WmiInstance {
  /** The GUID of the block, in lower-case registry form without braces. */
  readonly guid: string;
  /** The author's own name for the instance, for traces; the driver model assigns the WMI InstanceName. */
  readonly label: string;
}

/** What a callback with output returns: a status and the number of bytes written, or needed. */
export interface BufferResult {
  readonly status: NtStatus;
  /** BufferUsed in bytes; `undefined` when the callback never stored it. */
  readonly bufferUsed: number | undefined;
}

/** EvtWmiInstanceQueryInstance (wdfwmi.h): writes the instance's data. */
export type EvtWmiInstanceQueryInstance = (
  instance: WmiInstance,
  outBufferSize: number,
  memory: Uint8Array,
  offset: number | null,
) => BufferResult;

/** EvtWmiInstanceSetInstance (wdfwmi.h): replaces the instance's writable data. */
export type EvtWmiInstanceSetInstance = (
  instance: WmiInstance,
  inBufferSize: number,
  memory: Uint8Array,
  offset: number | null,
) => NtStatus;

/** EvtWmiInstanceSetItem (wdfwmi.h): replaces one data item, named by its WmiDataId. */
export type EvtWmiInstanceSetItem = (
  instance: WmiInstance,
  dataItemId: number,
  inBufferSize: number,
  memory: Uint8Array,
  offset: number | null,
) => NtStatus;

/** EvtWmiInstanceExecuteMethod (wdfwmi.h): one buffer for input and output, which overlap. */
export type EvtWmiInstanceExecuteMethod = (
  instance: WmiInstance,
  methodId: number,
  inBufferSize: number,
  outBufferSize: number,
  memory: Uint8Array,
  offset: number | null,
) => BufferResult;

/** The callbacks of one instance; an absent one is a NULL pointer in WDF_WMI_INSTANCE_CONFIG. */
export interface WmiInstanceCallbacks {
  readonly evtWmiInstanceQueryInstance?: EvtWmiInstanceQueryInstance;
  readonly evtWmiInstanceSetInstance?: EvtWmiInstanceSetInstance;
  readonly evtWmiInstanceSetItem?: EvtWmiInstanceSetItem;
  readonly evtWmiInstanceExecuteMethod?: EvtWmiInstanceExecuteMethod;
}
