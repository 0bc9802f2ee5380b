/**
 * A KMDF driver's device: the framework's WMI methods on the kmdf model. The rules of each method are in a module of
 * their own.
 */
import { type DriverHost } from '../driver-host.js';
import {
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_INVALID_PARAMETER,
  STATUS_SUCCESS,
  type NtStatus,
} from '../ntstatus.js';
import { maxCountedStringLength } from '../wnode.js';
import { createInstance, createProvider } from './create.js';
import { dispatchKmdf } from './dispatch.js';
import { fireEvent } from './fire-event.js';
import { noKmdfQuirks, type KmdfQuirks } from './quirks.js';
import {
  addInstance,
  cleanUpDevice,
  deleteProvider,
  deregisterDevice,
  registerDevice,
  removeInstance,
} from './registration.js';
import { instanceRecord, providerRecord, type DeviceState, type LowerDevice } from './state.js';
import { WdfWmiProviderControl, type KmdfDevice } from './types.js';

export interface KmdfDeviceOptions {
  /** The driver's name, for traces and default paths; default `driver`. */
  readonly name?: string;
  /** The PDO's device instance path; default `ROOT\<NAME>\0000` and so on. Instance names start with it. */
  readonly deviceInstancePath?: string;
  /** Pointer values; by default the host assigns new ones. */
  readonly deviceObject?: bigint;
  readonly pdo?: bigint;
  /**
   * The next lower device; `null` for a PDO or control device. Default: a bus that completes every request unchanged.
   */
  readonly lowerDevice?: LowerDevice | null;
  /** The device's parent; its MOF resource name is used when this device has none. */
  readonly parentDevice?: KmdfDevice;
  /** The driver's service key, as REGINFO reports it. */
  readonly registryPath?: string;
  /** Checks the bounds that the real framework does not check; default true. */
  readonly hardening?: boolean;
  /** Defects of the real framework to repeat; default none. */
  readonly quirks?: Partial<KmdfQuirks>;
  /** Registers the device with WMI immediately; default true. */
  readonly start?: boolean;
}

const completingBus: LowerDevice = { dispatch: () => 'completed' };

/**
 * Makes a device and, by default, starts it, so that blocks added later reach WMI by updates. Throws a RangeError for a
 * registry path above 32,767 UTF-16 code units, which no registration can report.
 */
export function createKmdfDevice(host: DriverHost, options: KmdfDeviceOptions = {}): KmdfDevice {
  const name = options.name ?? 'driver';
  const registryPath =
    options.registryPath ?? `\\REGISTRY\\MACHINE\\SYSTEM\\CurrentControlSet\\Services\\${name}`;
  if (registryPath.length > maxCountedStringLength) {
    throw new RangeError(`a registry path of ${registryPath.length} UTF-16 code units is too long`);
  }
  const state: DeviceState = {
    host,
    name,
    deviceObject: options.deviceObject ?? host.newObjectPointer(),
    pdo: options.pdo ?? host.newObjectPointer(),
    lowerDevice: options.lowerDevice === undefined ? completingBus : options.lowerDevice,
    parentDevice: options.parentDevice,
    registryPath,
    hardening: options.hardening ?? true,
    quirks: { ...noKmdfQuirks, ...options.quirks },
    driver: undefined,
    mofResourceName: undefined,
    registration: 'unregistered',
    providers: [],
    byGuid: new Map(),
    guidCount: 0,
  };
  const device: KmdfDevice = {
    kind: 'kmdf',
    name,
    deviceObject: state.deviceObject,
    deviceInstancePath: options.deviceInstancePath ?? host.newDeviceInstancePath(name),
    parentDevice: options.parentDevice,
    get mofResourceName() {
      return state.mofResourceName;
    },
    get registrationState() {
      return state.registration;
    },
    dispatch: (irp) => dispatchKmdf(state, irp),
    wdfWmiProviderCreate: (config, attributes) => createProvider(state, config, attributes),
    wdfWmiInstanceCreate: (config, attributes) => createInstance(state, config, attributes),
    wdfWmiInstanceRegister: (instance) => addInstance(instanceRecord(instance)),
    wdfWmiInstanceDeregister: (instance) => {
      removeInstance(instanceRecord(instance));
    },
    wdfWmiInstanceFireEvent: (instance, data, size) =>
      fireEvent(instanceRecord(instance), data, size),
    wdfWmiInstanceGetProvider: (instance) => instance.provider,
    wdfWmiProviderIsEnabled: (provider, control) => {
      const record = providerRecord(provider);
      return control === WdfWmiProviderControl.eventControl
        ? record.eventControlEnabled
        : control === WdfWmiProviderControl.instanceControl && record.dataBlockControlEnabled;
    },
    wdfWmiProviderGetTracingHandle: (provider) => providerRecord(provider).tracingHandle,
    wdfDeviceAssignMofResourceName: (mofResourceName) => assignMofName(state, mofResourceName),
    wdfWmiInstanceGetInstanceName: (instance) => {
      const { index, guid } = instanceRecord(instance);
      return index === -1 ? undefined : host.staticInstanceName(device, guid, index);
    },
    deleteProvider: (provider) => {
      deleteProvider(providerRecord(provider));
    },
    start: () => registerDevice(state, device),
    remove: () => {
      deregisterDevice(state);
    },
    cleanup: () => {
      cleanUpDevice(state);
    },
  };
  if (options.start ?? true) device.start();
  return device;
}

/** A name that registration cannot report, above 32,767 UTF-16 code units, is STATUS_INVALID_PARAMETER. */
function assignMofName(state: DeviceState, mofResourceName: string): NtStatus {
  if (mofResourceName.length > maxCountedStringLength) return STATUS_INVALID_PARAMETER;
  if (state.mofResourceName !== undefined) return STATUS_INVALID_DEVICE_REQUEST;
  state.mofResourceName = mofResourceName;
  return STATUS_SUCCESS;
}
