/**
 * The structures and routines of wmilib.h for a driver that uses WMILIB, with the documented names in camelCase.
 */
import { type DriverHost } from '../driver-host.js';
import { type DriverModel, type SystemControlIrp } from '../irp.js';
import { type NtStatus } from '../ntstatus.js';

/** SYSCTL_IRP_DISPOSITION (wmilib.h): what the driver has to do after WmiSystemControl. */
export const SysctlIrpDisposition = {
  /** A routine got the request and completes it, immediately or later. */
  irpProcessed: 0,
  /** The status is set; the driver calls IoCompleteRequest. */
  irpNotCompleted: 1,
  /** Not a WMI request: the driver forwards it, or completes it when its device is the lowest. */
  irpNotWmi: 2,
  /** A WMI request for another device of the stack: the driver forwards it. */
  irpForward: 3,
} as const;

export type SysctlIrpDisposition = (typeof SysctlIrpDisposition)[keyof typeof SysctlIrpDisposition];

/** WMIENABLEDISABLECONTROL (wmilib.h): what DpWmiFunctionControl switches. */
export const WmiEnableDisableControl = { wmiEventControl: 0, wmiDataBlockControl: 1 } as const;

export type WmiEnableDisableControl =
  (typeof WmiEnableDisableControl)[keyof typeof WmiEnableDisableControl];

/** WMIGUIDREGINFO (wmilib.h): one block of a driver, read again for each request. */
export interface WmiGuidRegInfo {
  /** In registry form, any case, braces optional. */
  readonly guid: string;
  readonly instanceCount: number;
  /** WMIREG_FLAG_…, combined with what DpWmiQueryReginfo reports; default 0. */
  readonly flags?: number;
}

/** The output of DpWmiQueryReginfo. */
export interface WmiReginfo {
  readonly status: NtStatus;
  /** Exactly one of WMIREG_FLAG_INSTANCE_BASENAME and WMIREG_FLAG_INSTANCE_PDO, and flags for every block. */
  readonly regFlags: number;
  /** InstanceName: the base of the names, with WMIREG_FLAG_INSTANCE_BASENAME. */
  readonly instanceName?: string;
  readonly registryPath: string;
  readonly mofResourceName?: string;
  /** Pdo: the pointer of the physical device object, with WMIREG_FLAG_INSTANCE_PDO. */
  readonly pdo?: bigint;
}

/** DpWmiQueryReginfo: completes no request and never pends. */
export type DpWmiQueryReginfo = (device: WmilibDevice) => WmiReginfo;

/**
 * DpWmiQueryDataBlock: writes `instanceCount` instances from `instanceIndex` on, each 8-aligned from `offset`, and
 * their lengths. `bufferAvail` 0 queries the size; then the array and the offset are null.
 */
export type DpWmiQueryDataBlock = (
  device: WmilibDevice,
  irp: SystemControlIrp,
  guidIndex: number,
  instanceIndex: number,
  instanceCount: number,
  instanceLengthArray: Uint32Array | null,
  bufferAvail: number,
  memory: Uint8Array,
  offset: number | null,
) => NtStatus;

/** DpWmiSetDataBlock: replaces one instance's writable data with `bufferSize` bytes at `offset`. */
export type DpWmiSetDataBlock = (
  device: WmilibDevice,
  irp: SystemControlIrp,
  guidIndex: number,
  instanceIndex: number,
  bufferSize: number,
  memory: Uint8Array,
  offset: number,
) => NtStatus;

/** DpWmiSetDataItem: replaces one data item, named by its WmiDataId. */
export type DpWmiSetDataItem = (
  device: WmilibDevice,
  irp: SystemControlIrp,
  guidIndex: number,
  instanceIndex: number,
  dataItemId: number,
  bufferSize: number,
  memory: Uint8Array,
  offset: number,
) => NtStatus;

/** DpWmiExecuteMethod: one buffer for input and output, which overlap. */
export type DpWmiExecuteMethod = (
  device: WmilibDevice,
  irp: SystemControlIrp,
  guidIndex: number,
  instanceIndex: number,
  methodId: number,
  inBufferSize: number,
  outBufferSize: number,
  memory: Uint8Array,
  offset: number,
) => NtStatus;

/** DpWmiFunctionControl: a consumer switched events or collection on or off. */
export type DpWmiFunctionControl = (
  device: WmilibDevice,
  irp: SystemControlIrp,
  guidIndex: number,
  control: WmiEnableDisableControl,
  enable: boolean,
) => NtStatus;

/**
 * WMILIB_CONTEXT (wmilib.h); GuidCount is the list's length. An absent routine is a NULL pointer. Every routine but the
 * first calls `wmiCompleteRequest`, before it returns, or later when it returns STATUS_PENDING.
 */
export interface WmilibContext {
  readonly guidList: readonly WmiGuidRegInfo[];
  readonly queryWmiRegInfo: DpWmiQueryReginfo;
  readonly queryWmiDataBlock: DpWmiQueryDataBlock;
  readonly setWmiDataBlock?: DpWmiSetDataBlock;
  readonly setWmiDataItem?: DpWmiSetDataItem;
  readonly executeWmiMethod?: DpWmiExecuteMethod;
  readonly wmiFunctionControl?: DpWmiFunctionControl;
}

/** A device object of a driver that uses WMILIB. */
export interface WmilibDevice extends DriverModel {
  readonly kind: 'wmilib';
  readonly host: DriverHost;
  /** The pointer value of the physical device object, for instance names. */
  readonly pdo: bigint;
  /** Whether the library checks the bounds that a request states. */
  readonly hardening: boolean;

  /** IoQueueWorkItem: runs when a request waits for it, or in `runWorkItems`. */
  queueWorkItem(work: () => void): void;
  /** Runs all queued work, including the work that it queues. */
  runWorkItems(): void;

  /** IoWMIRegistrationControl(WMIREG_ACTION_REGISTER). */
  start(): NtStatus;
  /** IoWMIRegistrationControl(WMIREG_ACTION_UPDATE_GUIDS): the context's list has changed. */
  update(): NtStatus;
  /** IoWMIRegistrationControl(WMIREG_ACTION_DEREGISTER). */
  remove(): NtStatus;
}
