/**
 * IRP_MJ_SYSTEM_CONTROL requests between WMI and a driver model. The buffers are described in wnode.ts.
 */
import { STATUS_NOT_SUPPORTED, type NtStatus } from './ntstatus.js';

/** IRP_MJ_SYSTEM_CONTROL (wdm.h). */
export const IRP_MJ_SYSTEM_CONTROL = 0x17;

/** The minor codes of IRP_MJ_SYSTEM_CONTROL (wdm.h). 0xA is reserved. */
export const IRP_MN_QUERY_ALL_DATA = 0x00;
export const IRP_MN_QUERY_SINGLE_INSTANCE = 0x01;
export const IRP_MN_CHANGE_SINGLE_INSTANCE = 0x02;
export const IRP_MN_CHANGE_SINGLE_ITEM = 0x03;
export const IRP_MN_ENABLE_EVENTS = 0x04;
export const IRP_MN_DISABLE_EVENTS = 0x05;
export const IRP_MN_ENABLE_COLLECTION = 0x06;
export const IRP_MN_DISABLE_COLLECTION = 0x07;
export const IRP_MN_REGINFO = 0x08;
export const IRP_MN_EXECUTE_METHOD = 0x09;
export const IRP_MN_REGINFO_EX = 0x0b;

const minorNames: readonly (string | undefined)[] = [
  'IRP_MN_QUERY_ALL_DATA',
  'IRP_MN_QUERY_SINGLE_INSTANCE',
  'IRP_MN_CHANGE_SINGLE_INSTANCE',
  'IRP_MN_CHANGE_SINGLE_ITEM',
  'IRP_MN_ENABLE_EVENTS',
  'IRP_MN_DISABLE_EVENTS',
  'IRP_MN_ENABLE_COLLECTION',
  'IRP_MN_DISABLE_COLLECTION',
  'IRP_MN_REGINFO',
  'IRP_MN_EXECUTE_METHOD',
  undefined,
  'IRP_MN_REGINFO_EX',
];

/** The header's name of a minor code, or its number in hexadecimal. */
export function irpMinorName(minor: number): string {
  return minorNames[minor] ?? `0x${minor.toString(16)}`;
}

/** IO_STATUS_BLOCK: written by the driver that completes the request. */
export interface IoStatusBlock {
  status: NtStatus;
  /** Bytes written, by convention. Keeps the sender's value when the driver does not store one. */
  information: number;
}

/** One system control request: Parameters.WMI of the stack location, the buffer and the I/O status block. */
export interface SystemControlIrp {
  readonly minor: number;
  /** Parameters.WMI.ProviderId: the pointer value of the addressed device object. */
  readonly providerId: bigint;
  /**
   * Parameters.WMI.DataPath: the block's GUID (lower-case registry form, no braces), or the raw number of a
   * registration request (WMIREGISTER, WMIUPDATE).
   */
  readonly dataPath: string | number;
  /**
   * The memory at Parameters.WMI.Buffer. It may be longer than `bufferSize`, or shorter when the sender states a wrong
   * size.
   */
  readonly memory: Uint8Array;
  /** The same memory, for multi-byte access. */
  readonly view: DataView;
  /** Parameters.WMI.BufferSize in bytes. */
  readonly bufferSize: number;
  readonly ioStatus: IoStatusBlock;
}

/** `completed`: IoStatus holds the answer. `forwarded`: the next lower driver got the request. */
export type IrpOutcome = 'completed' | 'forwarded';

/** A driver as the I/O system sees it: a device object that answers system control requests. */
export interface DriverModel {
  readonly kind: 'kmdf' | 'wmilib' | 'selfHandled';
  /** The pointer value of the device object: what a request for this driver carries as ProviderId. */
  readonly deviceObject: bigint;
  /** The device instance path of the PDO, such as `ROOT\SMARTFAN\0000`: the base of PDO instance names. */
  readonly deviceInstancePath: string;
  /** The driver's name, for traces. */
  readonly name: string;
  /**
   * Completes or forwards one request. Throws what a provider's callback throws, and a SimulatedBugCheck where a driver
   * without hardening would crash the system.
   */
  dispatch(irp: SystemControlIrp): IrpOutcome;
}

/** Makes a request; the status has the initial value that WMI sets. */
export function createSystemControlIrp(
  minor: number,
  providerId: bigint,
  dataPath: string | number,
  memory: Uint8Array,
  bufferSize: number = memory.length,
): SystemControlIrp {
  return {
    minor,
    providerId,
    dataPath,
    memory,
    view: new DataView(memory.buffer, memory.byteOffset, memory.byteLength),
    bufferSize,
    ioStatus: { status: STATUS_NOT_SUPPORTED, information: 0 },
  };
}
