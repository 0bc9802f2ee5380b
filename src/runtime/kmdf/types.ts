/**
 * The framework's WMI interface for a KMDF driver: the configuration structures and methods of wdfwmi.h, with the
 * documented names in camelCase.
 */
import { type WmiInstance, type WmiInstanceCallbacks } from '../callbacks.js';
import { type DriverModel } from '../irp.js';
import { type NtStatus } from '../ntstatus.js';

/** WDF_WMI_PROVIDER_FLAGS (wdfwmi.h). There is no read-only flag. */
export const WdfWmiProviderFlags = {
  eventOnly: 0x1,
  expensive: 0x2,
  tracing: 0x4,
} as const;

/** WDF_WMI_PROVIDER_CONTROL (wdfwmi.h): selects one of a provider's two switches. */
export const WdfWmiProviderControl = {
  controlInvalid: 0,
  eventControl: 1,
  instanceControl: 2,
} as const;

export type WdfWmiProviderControl =
  (typeof WdfWmiProviderControl)[keyof typeof WdfWmiProviderControl];

/** A `WDFWMIPROVIDER`: one block (GUID) of one device. Made only by `wdfWmiProviderCreate`. */
export interface WmiProviderHandle {
  readonly kind: 'WDFWMIPROVIDER';
  /** Lower-case registry form without braces. */
  readonly guid: string;
  /** WdfWmiProviderFlags bits. */
  readonly flags: number;
  /** Bytes. */
  readonly minInstanceBufferSize: number;
}

/** A `WDFWMIINSTANCE`: one instance of a block. Made only by `wdfWmiInstanceCreate`. */
export interface WmiInstanceHandle extends WmiInstance {
  readonly kind: 'WDFWMIINSTANCE';
  readonly provider: WmiProviderHandle;
  /** The bytes of the instance's context space; empty when it has none. */
  readonly context: Uint8Array;
}

/** EvtWmiProviderFunctionControl (wdfwmi.h): a consumer switched events or collection on or off. */
export type EvtWmiProviderFunctionControl = (
  provider: WmiProviderHandle,
  control: WdfWmiProviderControl,
  enable: boolean,
) => NtStatus;

/** WDF_WMI_PROVIDER_CONFIG (wdfwmi.h). It is read once, at creation. */
export interface WdfWmiProviderConfig {
  /** The structure's size in bytes; absent means the right one, as WDF_WMI_PROVIDER_CONFIG_INIT sets it. */
  readonly size?: number;
  /** The block's GUID in registry form, any case, braces optional. */
  readonly guid: string;
  /** WdfWmiProviderFlags bits; default 0. */
  readonly flags?: number;
  /** Bytes; default 0, which leaves every size check to the callbacks. */
  readonly minInstanceBufferSize?: number;
  readonly evtWmiProviderFunctionControl?: EvtWmiProviderFunctionControl;
}

/** The members of WDF_OBJECT_ATTRIBUTES (wdfobject.h) that affect WMI objects. */
export interface WdfObjectAttributes {
  /** True when ParentObject is set, which providers and instances do not allow. */
  readonly parent?: boolean;
  /** ContextTypeInfo->ContextSize in bytes; default: the length of `context`. Absent with `context`: no context type. */
  readonly contextSize?: number;
  /** ContextSizeOverride in bytes; 0 or absent means none. */
  readonly contextSizeOverride?: number;
  /** The context's initial content; it is copied. */
  readonly context?: Uint8Array;
}

/** WDF_WMI_INSTANCE_CONFIG (wdfwmi.h). It is read once, at creation: later changes have no effect. */
export interface WdfWmiInstanceConfig extends WmiInstanceCallbacks {
  /** The structure's size in bytes; absent means the right one, as WDF_WMI_INSTANCE_CONFIG_INIT_… sets it. */
  readonly size?: number;
  /** Exactly one of `provider` and `providerConfig` is required. */
  readonly provider?: WmiProviderHandle;
  readonly providerConfig?: WdfWmiProviderConfig;
  /** Queries return the context's bytes; then no query callback runs and no set callback is allowed. */
  readonly useContextForQuery?: boolean;
  /** Registers the instance immediately; default false, as in the header. */
  readonly register?: boolean;
  /** The author's own name for the instance, for traces. */
  readonly label?: string;
}

export interface WdfWmiProviderCreateResult {
  readonly status: NtStatus;
  readonly provider?: WmiProviderHandle;
}

export interface WdfWmiInstanceCreateResult {
  readonly status: NtStatus;
  readonly instance?: WmiInstanceHandle;
}

/** A device's registration state with WMI (docs/spec/runtime.md#kmdf-creation). */
export type KmdfRegistrationState = 'unregistered' | 'registered' | 'deregistered' | 'cleanedUp';

/** A device object of a KMDF driver: the framework's WMI methods, and the driver model that handles its requests. */
export interface KmdfDevice extends DriverModel {
  readonly kind: 'kmdf';

  /** WdfWmiProviderCreate: makes a provider for one block. Statuses: docs/spec/runtime.md#kmdf-creation. */
  wdfWmiProviderCreate(
    config: WdfWmiProviderConfig,
    attributes?: WdfObjectAttributes,
  ): WdfWmiProviderCreateResult;

  /** WdfWmiInstanceCreate: makes an instance and, with `register`, adds it. Statuses: docs/spec/runtime.md#kmdf-creation. */
  wdfWmiInstanceCreate(
    config: WdfWmiInstanceConfig,
    attributes?: WdfObjectAttributes,
  ): WdfWmiInstanceCreateResult;

  /** WdfWmiInstanceRegister: STATUS_INVALID_DEVICE_REQUEST when it is registered already or its provider traces. */
  wdfWmiInstanceRegister(instance: WmiInstanceHandle): NtStatus;

  /** WdfWmiInstanceDeregister: later instances of the block move down by one index. */
  wdfWmiInstanceDeregister(instance: WmiInstanceHandle): void;

  /**
   * WdfWmiInstanceFireEvent: sends an event block for the instance. `null` is a NULL EventData; `eventDataSize` (bytes)
   * defaults to the data's length.
   */
  wdfWmiInstanceFireEvent(
    instance: WmiInstanceHandle,
    eventData: Uint8Array | null,
    eventDataSize?: number,
  ): NtStatus;

  /** WdfWmiInstanceGetProvider. */
  wdfWmiInstanceGetProvider(instance: WmiInstanceHandle): WmiProviderHandle;

  /** WdfWmiProviderIsEnabled: whether a consumer enabled events, or opened an expensive block. */
  wdfWmiProviderIsEnabled(provider: WmiProviderHandle, control: WdfWmiProviderControl): boolean;

  /** WdfWmiProviderGetTracingHandle: 0 without a tracing session. */
  wdfWmiProviderGetTracingHandle(provider: WmiProviderHandle): bigint;

  /** WdfDeviceAssignMofResourceName: STATUS_INVALID_DEVICE_REQUEST on a second call. */
  wdfDeviceAssignMofResourceName(mofResourceName: string): NtStatus;

  /**
   * The WMI InstanceName that Windows gives to a registered instance (device instance path, `_`, index); `undefined`
   * unless registered. The real counterpart is IoWMIDeviceObjectToInstanceName.
   */
  wdfWmiInstanceGetInstanceName(instance: WmiInstanceHandle): string | undefined;

  readonly registrationState: KmdfRegistrationState;

  /** The name that WdfDeviceAssignMofResourceName set. */
  readonly mofResourceName: string | undefined;

  /** The parent in the device tree: its MOF resource name is used when this device has none. */
  readonly parentDevice: KmdfDevice | undefined;

  /** WdfObjectDelete on a provider: also deletes its instances. */
  deleteProvider(provider: WmiProviderHandle): void;

  /** What the framework does when the device starts: IoWMIRegistrationControl(WMIREG_ACTION_REGISTER). */
  start(): NtStatus;

  /** What the framework does when the device is removed: IoWMIRegistrationControl(WMIREG_ACTION_DEREGISTER). */
  remove(): void;

  /** The last step of a removal: deletes every provider and instance. */
  cleanup(): void;
}
