/**
 * Static instance names: made from a driver's registration, unique within one GUID, found without regard to case
 * (docs/spec/runtime.md#consumer-routines, rule 12).
 */
import { foldName } from '../fold-name.js';
import { type DriverModel } from '../irp.js';
import { type InstanceNaming } from '../wmireg.js';
import { type DriverBlock, type GuidEntry, type KernelState, type NamedInstance } from './state.js';

/** The maximum number of instances in one WMIREGINFO: the count comes from the driver and must not exhaust memory. */
export const maxInstanceCount = 0x20000;

/** Finds the driver and the index that own a static name. */
export function resolveStaticName(entry: GuidEntry, name: string): NamedInstance | undefined {
  return entry.names.get(foldName(name));
}

/** Gives a block `count` static names. Unchanged names are kept, so that adding an instance is cheap. */
export function renameInstances(block: DriverBlock, naming: InstanceNaming, count: number): void {
  const kept = sameNaming(block.naming, naming) ? Math.min(block.names.length, count) : 0;
  const { entry, names } = block;
  for (const name of names.slice(kept)) entry.names.delete(foldName(name));
  names.length = kept;
  block.naming = naming;
  if (naming.kind === 'dynamic') return;
  const counters = new Map<string, number>();
  for (let index = kept; index < count; index += 1) {
    const name = uniqueName(block, naming, index, counters);
    if (name === undefined) break;
    names.push(name);
    entry.names.set(foldName(name), { block, index });
  }
}

/** Removes all names of a block. */
export function forgetNames(block: DriverBlock): void {
  for (const name of block.names) block.entry.names.delete(foldName(name));
  block.names.length = 0;
}

/** Lists may differ anywhere, so two are never treated as equal. */
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

/** The name of one instance. WMI makes names unique across drivers by incrementing a number. */
function uniqueName(
  block: DriverBlock,
  naming: Exclude<InstanceNaming, { kind: 'dynamic' }>,
  index: number,
  counters: Map<string, number>,
): string | undefined {
  switch (naming.kind) {
    case 'list': {
      const name = naming.names[index];
      return name === undefined ? undefined : firstFree(block.entry, counters, name, `${name}_`, 1);
    }
    case 'baseName': {
      const { baseName } = naming;
      return firstFree(block.entry, counters, `${baseName}${index}`, baseName, index + 1);
    }
    case 'pdo': {
      const name = `${block.registrant.driver.deviceInstancePath}_${index}`;
      return firstFree(block.entry, counters, name, `${name}_`, 1);
    }
    default:
      return naming satisfies never;
  }
}

/** `counters` holds the next number of each prefix: all lower numbers are taken. */
function firstFree(
  entry: GuidEntry,
  counters: Map<string, number>,
  wanted: string,
  prefix: string,
  firstCounter: number,
): string {
  if (!entry.names.has(foldName(wanted))) return wanted;
  let counter = Math.max(firstCounter, counters.get(prefix) ?? 0);
  while (entry.names.has(foldName(`${prefix}${counter}`))) counter += 1;
  counters.set(prefix, counter + 1);
  return `${prefix}${counter}`;
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
