/**
 * The kmdf model's state of a device, its providers and its instances. A driver's handles are these records under the
 * types of types.ts.
 */
import {
  type EvtWmiInstanceExecuteMethod,
  type EvtWmiInstanceQueryInstance,
  type EvtWmiInstanceSetInstance,
  type EvtWmiInstanceSetItem,
} from '../callbacks.js';
import { type DriverHost } from '../driver-host.js';
import { type DriverModel, type IrpOutcome, type SystemControlIrp } from '../irp.js';
import { type KmdfQuirks } from './quirks.js';
import {
  type EvtWmiProviderFunctionControl,
  type KmdfDevice,
  type KmdfRegistrationState,
  type WmiInstanceHandle,
  type WmiProviderHandle,
} from './types.js';

/** The next lower device: it gets the requests that this one does not handle. */
export interface LowerDevice {
  dispatch(irp: SystemControlIrp): IrpOutcome;
}

export interface DeviceState {
  readonly host: DriverHost;
  readonly name: string;
  readonly deviceObject: bigint;
  readonly pdo: bigint;
  readonly lowerDevice: LowerDevice | null;
  readonly parentDevice: KmdfDevice | undefined;
  readonly registryPath: string;
  readonly hardening: boolean;
  readonly quirks: KmdfQuirks;
  /** The device as registered with WMI. */
  driver: DriverModel | undefined;
  mofResourceName: string | undefined;
  registration: KmdfRegistrationState;
  /** In order of creation, as registration reports them. */
  providers: ProviderRecord[];
  /** The same providers, for lookup by DataPath. */
  readonly byGuid: Map<string | number, ProviderRecord>;
  /** GuidCount in REGINFO: the number of providers, unless a quirk changed it. */
  guidCount: number;
}

export interface ProviderRecord extends WmiProviderHandle {
  readonly device: DeviceState;
  readonly guidBytes: Uint8Array;
  readonly functionControl: EvtWmiProviderFunctionControl | undefined;
  /** Registered instances, in order of InstanceIndex. */
  readonly instances: InstanceRecord[];
  eventControlEnabled: boolean;
  dataBlockControlEnabled: boolean;
  tracingHandle: bigint;
  /** Deleted by its driver; its handle is invalid. */
  deleted: boolean;
  /** The next REGINFO reports WMIREG_FLAG_REMOVE_GUID. */
  removeGuid: boolean;
}

export interface InstanceRecord extends WmiInstanceHandle {
  readonly provider: ProviderRecord;
  readonly useContextForQuery: boolean;
  /** The size in bytes that a context query reports. */
  readonly contextLength: number;
  readonly queryInstance: EvtWmiInstanceQueryInstance | undefined;
  readonly setInstance: EvtWmiInstanceSetInstance | undefined;
  readonly setItem: EvtWmiInstanceSetItem | undefined;
  readonly executeMethod: EvtWmiInstanceExecuteMethod | undefined;
  /** Position among the provider's registered instances, or -1. */
  index: number;
}

/** Handles are made only by this model, so a handle is always a record. */
export const providerRecord = (handle: WmiProviderHandle): ProviderRecord =>
  handle as ProviderRecord;

export const instanceRecord = (handle: WmiInstanceHandle): InstanceRecord =>
  handle as InstanceRecord;
