/**
 * Adds and removes providers and instances in each registration state of a device, and notifies WMI (docs/spec/runtime.md#kmdf-creation,
 * corrected by 9.2).
 */
import {
  STATUS_INVALID_DEVICE_REQUEST,
  STATUS_INVALID_DEVICE_STATE,
  STATUS_SUCCESS,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import { type DriverModel } from '../irp.js';
import {
  WMIREG_ACTION_DEREGISTER,
  WMIREG_ACTION_REGISTER,
  WMIREG_ACTION_UPDATE_GUIDS,
} from '../wmireg.js';
import { type DeviceState, type InstanceRecord, type ProviderRecord } from './state.js';
import { WdfWmiProviderFlags } from './types.js';

/** Links a provider to its device. A tracing provider has no instances, so it is registered at once. */
export function addProvider(provider: ProviderRecord): NtStatus {
  const { device } = provider;
  if (device.registration === 'deregistered') return STATUS_INVALID_DEVICE_STATE;
  // Only a quirk lets a duplicate get here: the provider exists, but no request finds it.
  if (device.byGuid.has(provider.guid)) return STATUS_SUCCESS;
  device.providers.push(provider);
  device.byGuid.set(provider.guid, provider);
  device.guidCount += 1;
  if ((provider.flags & WdfWmiProviderFlags.tracing) !== 0) updateGuids(device);
  return STATUS_SUCCESS;
}

/** Removes a provider and its instances; a second call has no effect. */
export function deleteProvider(provider: ProviderRecord): void {
  const { device } = provider;
  if (provider.deleted) return;
  provider.deleted = true;
  for (const instance of provider.instances) instance.index = -1;
  provider.instances.length = 0;
  const linked = device.byGuid.get(provider.guid) === provider;
  if (linked) {
    device.byGuid.delete(provider.guid);
    device.providers = device.providers.filter((other) => other !== provider);
  }
  if (linked || device.quirks.failedProviderLowersGuidCount) device.guidCount -= 1;
}

/** WdfWmiInstanceRegister: the instance gets the next index of its block. */
export function addInstance(instance: InstanceRecord): NtStatus {
  const { provider } = instance;
  const { device } = provider;
  const tracing = (provider.flags & WdfWmiProviderFlags.tracing) !== 0;
  if (tracing || provider.deleted || instance.index !== -1) {
    return STATUS_INVALID_DEVICE_REQUEST;
  }
  if (device.registration === 'cleanedUp') return STATUS_INVALID_DEVICE_STATE;
  instance.index = provider.instances.push(instance) - 1;
  provider.removeGuid = false;
  updateGuids(device);
  return STATUS_SUCCESS;
}

/** WdfWmiInstanceDeregister: later instances move down; removing the last one removes its block, unless expensive. */
export function removeInstance(instance: InstanceRecord): void {
  const { provider } = instance;
  if (instance.index === -1) return;
  provider.instances.splice(instance.index, 1);
  for (const later of provider.instances.slice(instance.index)) later.index -= 1;
  instance.index = -1;
  const { device } = provider;
  const expensive = (provider.flags & WdfWmiProviderFlags.expensive) !== 0;
  if (device.registration === 'registered' && provider.instances.length === 0 && !expensive) {
    provider.removeGuid = true;
  }
  updateGuids(device);
}

/** The framework ignores the status of this call. */
function updateGuids(device: DeviceState): void {
  if (device.registration === 'registered' && device.driver !== undefined) {
    device.host.ioWmiRegistrationControl(device.driver, WMIREG_ACTION_UPDATE_GUIDS);
  }
}

/** Read again each time, because callbacks change it. */
function isRegistered(device: DeviceState): boolean {
  return device.registration === 'registered';
}

/** Registers the device with WMI, once; STATUS_INVALID_DEVICE_STATE for a removed device. */
export function registerDevice(device: DeviceState, driver: DriverModel): NtStatus {
  if (device.registration === 'registered') return STATUS_SUCCESS;
  if (device.registration !== 'unregistered') return STATUS_INVALID_DEVICE_STATE;
  device.driver = driver;
  // Set first: for waiting consumers WMI enables the blocks at once, and their callbacks may call back.
  device.registration = 'registered';
  let registered = false;
  try {
    const status = device.host.ioWmiRegistrationControl(driver, WMIREG_ACTION_REGISTER);
    registered = ntSuccess(status);
    return status;
  } finally {
    if (!registered && isRegistered(device)) device.registration = 'unregistered';
  }
}

/** Deregisters the device from WMI; no effect unless it is registered. */
export function deregisterDevice(device: DeviceState): void {
  if (device.registration !== 'registered' || device.driver === undefined) return;
  device.registration = 'deregistered';
  device.host.ioWmiRegistrationControl(device.driver, WMIREG_ACTION_DEREGISTER);
}

/** The end of a device: nothing can be registered any more. */
export function cleanUpDevice(device: DeviceState): void {
  deregisterDevice(device);
  device.registration = 'cleanedUp';
}
