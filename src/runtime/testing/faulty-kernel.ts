/**
 * Applies a plan of faults to consumers and requests. Wraps the real kernel.
 */
import {
  IRP_MN_CHANGE_SINGLE_INSTANCE,
  IRP_MN_CHANGE_SINGLE_ITEM,
  IRP_MN_EXECUTE_METHOD,
  IRP_MN_QUERY_SINGLE_INSTANCE,
  type DriverModel,
  type SystemControlIrp,
} from '../irp.js';
import { type Kernel } from '../kernel.js';
import {
  WNODE_ALL_DATA,
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_HEADER,
  WNODE_SINGLE_INSTANCE,
} from '../wnode.js';
import { dynamicNameSize } from './block-consumer.js';
import { type FaultPlan } from './faults.js';

/** Requests whose WNODE names one instance. */
const instanceMinors: ReadonlySet<number> = new Set([
  IRP_MN_QUERY_SINGLE_INSTANCE,
  IRP_MN_CHANGE_SINGLE_INSTANCE,
  IRP_MN_CHANGE_SINGLE_ITEM,
  IRP_MN_EXECUTE_METHOD,
]);

/** With a dynamic name the index is not used. */
function namedByIndex({ view }: SystemControlIrp): boolean {
  return (view.getUint32(WNODE_HEADER.Flags, true) & WNODE_FLAG_STATIC_INSTANCE_NAMES) !== 0;
}

/** Wraps `kernel`, for the drivers that are created on the result and for its consumers. */
export function faultyKernel(kernel: Kernel, { take }: FaultPlan): Kernel {
  /** By device object: the wrapper that the kernel has registered for each driver. */
  const registered = new Map<bigint, DriverModel>();
  const known = (driver: DriverModel): DriverModel => {
    const before = registered.get(driver.deviceObject);
    if (before !== undefined) return before;
    const { kind, name, deviceObject, deviceInstancePath } = driver;
    const faulty: DriverModel = {
      kind,
      name,
      deviceObject,
      deviceInstancePath,
      dispatch: (irp) => {
        overrideIndex(irp);
        return driver.dispatch(irp);
      },
    };
    registered.set(deviceObject, faulty);
    return faulty;
  };

  const overrideIndex = (irp: SystemControlIrp): void => {
    if (!instanceMinors.has(irp.minor) || !namedByIndex(irp)) return;
    const wrong = take('wrongIndex');
    if (wrong === undefined) return;
    irp.view.setUint32(WNODE_SINGLE_INSTANCE.InstanceIndex, wrong.value, true);
  };

  const shortened = (data: Uint8Array): Uint8Array => {
    const short = take('shortBuffer', (bytes) => {
      if (bytes < data.length) return;
      throw new RangeError(`shortBuffer(${bytes}): the set has ${data.length} bytes`);
    });
    return short === undefined ? data : data.subarray(0, short.value);
  };

  /** The room that a consumer offers: the fault counts data only, after a fixed part and a dynamic name. */
  const roomOr = (outBufferSize: number, fixedPart: number, nameSize = () => 0): number => {
    const small = take('tooSmallOutput', (bytes) => {
      const room = Math.max(0, outBufferSize - fixedPart - nameSize());
      if (bytes < room) return;
      throw new RangeError(`tooSmallOutput(${bytes}): there is room for ${room} bytes of data`);
    });
    return small === undefined ? outBufferSize : fixedPart + nameSize() + small.value;
  };

  /** Whether WMI has the name as a static one; otherwise it can only be dynamic. */
  const isStaticName = (guid: string, wanted: string): boolean => {
    for (const driver of registered.values()) {
      for (let index = 0; ; index += 1) {
        const name = kernel.staticInstanceName(driver, guid, index);
        if (name === undefined) break;
        if (name.toUpperCase() === wanted.toUpperCase()) return true;
      }
    }
    return false;
  };

  const around: Partial<Kernel> = {
    ioWmiRegistrationControl: (driver, action) =>
      kernel.ioWmiRegistrationControl(known(driver), action),
    staticInstanceName: (driver, guid, index) =>
      kernel.staticInstanceName(known(driver), guid, index),
    ioWmiDeviceObjectToInstanceName: (object, driver, index) =>
      kernel.ioWmiDeviceObjectToInstanceName(object, known(driver), index),
    ioWmiSetSingleInstance: (object, name, version, data) =>
      kernel.ioWmiSetSingleInstance(object, name, version, shortened(data)),
    ioWmiSetSingleItem: (object, name, id, version, data) =>
      kernel.ioWmiSetSingleItem(object, name, id, version, shortened(data)),
    ioWmiQuerySingleInstance: (object, name, size) =>
      kernel.ioWmiQuerySingleInstance(
        object,
        name,
        roomOr(size, WNODE_SINGLE_INSTANCE.VariableData, () =>
          isStaticName(object.guid, name) ? 0 : dynamicNameSize(name),
        ),
      ),
    ioWmiQueryAllData: (object, size) =>
      kernel.ioWmiQueryAllData(object, roomOr(size, WNODE_ALL_DATA.sizeof)),
    ioWmiQueryAllDataMultiple: (objects, size) =>
      kernel.ioWmiQueryAllDataMultiple(objects, roomOr(size, WNODE_ALL_DATA.sizeof)),
    ioWmiQuerySingleInstanceMultiple: (objects, names, size) =>
      kernel.ioWmiQuerySingleInstanceMultiple(
        objects,
        names,
        roomOr(size, WNODE_SINGLE_INSTANCE.VariableData),
      ),
    ioWmiExecuteMethod: (object, name, id, input, size) =>
      kernel.ioWmiExecuteMethod(object, name, id, input, roomOr(size, 0)),
  };
  // The kernel is the prototype, so that everything else, getters included, is inherited.
  return Object.assign(Object.create(kernel) as Kernel, around);
}
