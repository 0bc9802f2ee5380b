/**
 * IoWMIDeviceObjectToInstanceName: maps a driver and an index to the WMI InstanceName.
 */
import { type DriverModel } from '../irp.js';
import { STATUS_SUCCESS, STATUS_WMI_INSTANCE_NOT_FOUND, type NtStatus } from '../ntstatus.js';
import { checkOpen } from './handles.js';
import { staticInstanceName } from './names.js';
import { type DataBlockObject, type KernelState } from './state.js';

/** The result of IoWMIDeviceObjectToInstanceName. */
export interface InstanceNameResult {
  readonly status: NtStatus;
  readonly instanceName?: string;
}

/** IoWMIDeviceObjectToInstanceName: the name of a driver's instance in the block that `object` has open. */
export function deviceObjectToInstanceName(
  kernel: KernelState,
  object: DataBlockObject,
  driver: DriverModel,
  index = 0,
): InstanceNameResult {
  const wrong = checkOpen(kernel, object);
  if (wrong !== undefined) return { status: wrong };
  const instanceName = staticInstanceName(kernel, driver, object.guid, index);
  return instanceName === undefined
    ? { status: STATUS_WMI_INSTANCE_NOT_FOUND }
    : { status: STATUS_SUCCESS, instanceName };
}
