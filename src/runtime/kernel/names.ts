/**
 * Static instance names: made from what a driver registered, unique behind one GUID, found without regard to case
 * (spec section 6).
 */
import { type DriverModel } from '../irp.js';
import { STATUS_SUCCESS, STATUS_WMI_INSTANCE_NOT_FOUND, type NtStatus } from '../ntstatus.js';
import { type InstanceNaming } from '../wmireg.js';
import {
  type DataBlockObject,
  type DriverBlock,
  type GuidEntry,
  type KernelState,
  type NamedInstance,
} from './state.js';

/** How names are compared: without regard to case. */
const fold = (name: string): string => name.toUpperCase();

/** Finds the driver and index behind a static name. */
export function resolveStaticName(entry: GuidEntry, name: string): NamedInstance | undefined {
  return entry.names.get(fold(name));
}

/** Gives a block `count` static names. Those that stay the same are kept, so that adding an instance stays cheap. */
export function renameInstances(block: DriverBlock, naming: InstanceNaming, count: number): void {
  const kept = sameNaming(block.naming, naming) ? Math.min(block.names.length, count) : 0;
  const { entry, names } = block;
  for (const name of names.slice(kept)) entry.names.delete(fold(name));
  names.length = kept;
  block.naming = naming;
  if (naming.kind === 'dynamic') return;
  for (let index = kept; index < count; index += 1) {
    const name = uniqueName(block, naming, index);
    if (name === undefined) break;
    names.push(name);
    entry.names.set(fold(name), { block, index });
  }
}

/** Takes all names of a block away. */
export function forgetNames(block: DriverBlock): void {
  for (const name of block.names) block.entry.names.delete(fold(name));
  block.names.length = 0;
}

/** Lists may differ anywhere, so they are never the same. */
function sameNaming(left: InstanceNaming, right: InstanceNaming): boolean {
  switch (left.kind) {
    case 'list':
      return false;
    case 'baseName':
      return right.kind === 'baseName' && right.baseName === left.baseName;
    case 'pdo':
      return right.kind === 'pdo' && right.pdo === left.pdo;
    case 'dynamic':
      return right.kind === 'dynamic';
    default:
      return left satisfies never;
  }
}

/** The name of one instance. WMI makes names unique across drivers by counting on. */
function uniqueName(
  block: DriverBlock,
  naming: Exclude<InstanceNaming, { kind: 'dynamic' }>,
  index: number,
): string | undefined {
  switch (naming.kind) {
    case 'list': {
      const name = naming.names[index];
      return name === undefined ? undefined : firstFree(block.entry, name, `${name}_`, 1);
    }
    case 'baseName': {
      const { baseName } = naming;
      return firstFree(block.entry, `${baseName}${index}`, baseName, index + 1);
    }
    case 'pdo': {
      const name = `${block.registrant.driver.deviceInstancePath}_${index}`;
      return firstFree(block.entry, name, `${name}_`, 1);
    }
    default:
      return naming satisfies never;
  }
}

function firstFree(entry: GuidEntry, wanted: string, prefix: string, firstCounter: number): string {
  let name = wanted;
  for (let counter = firstCounter; entry.names.has(fold(name)); counter += 1) {
    name = `${prefix}${counter}`;
  }
  return name;
}

/** The name of a driver's registered static instance, or `undefined`. */
export function staticInstanceName(
  kernel: KernelState,
  driver: DriverModel,
  guid: string,
  index: number,
): string | undefined {
  return kernel.registrants.get(driver)?.blocks.get(guid)?.names[index];
}

/** What IoWMIDeviceObjectToInstanceName delivers. */
export interface InstanceNameResult {
  readonly status: NtStatus;
  readonly instanceName?: string;
}

/** IoWMIDeviceObjectToInstanceName: the name of a driver's instance in the block that an object stands for. */
export function deviceObjectToInstanceName(
  kernel: KernelState,
  object: DataBlockObject,
  driver: DriverModel,
  index = 0,
): InstanceNameResult {
  const instanceName = staticInstanceName(kernel, driver, object.guid, index);
  return instanceName === undefined
    ? { status: STATUS_WMI_INSTANCE_NOT_FOUND }
    : { status: STATUS_SUCCESS, instanceName };
}
