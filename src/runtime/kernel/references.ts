/**
 * Counts references on objects. Drivers take one on the PDO for each block that they report in IRP_MN_REGINFO_EX; WMI
 * releases it after making the instance names (WDK, IRP_MN_REGINFO_EX).
 */
import { type KernelState } from './state.js';

/** ObReferenceObject, by a driver. */
export function referenceObject(kernel: KernelState, object: bigint): void {
  count(kernel, object, 1);
  kernel.newReferences.push(object);
}

/** Releases the references that drivers took since the last call. */
export function dropNewReferences(kernel: KernelState): void {
  for (const object of kernel.newReferences.splice(0)) count(kernel, object, -1);
}

function count(kernel: KernelState, object: bigint, by: number): void {
  const sum = (kernel.references.get(object) ?? 0) + by;
  if (sum === 0) kernel.references.delete(object);
  else kernel.references.set(object, sum);
  if (kernel.trace !== undefined) kernel.trace({ kind: 'reference', object, count: sum });
}
