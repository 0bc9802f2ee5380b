/**
 * A driver model as the conformance rows use it: one device with one block, and callbacks that record their arguments.
 */
import { type WmiInstanceCallbacks } from '../../src/runtime/callbacks.js';
import { type DriverModel, type SystemControlIrp } from '../../src/runtime/irp.js';
import { type Kernel, type KernelOptions } from '../../src/runtime/kernel.js';
import { type NtStatus } from '../../src/runtime/ntstatus.js';
import { allSucceed, recording, type Answers, type Call } from '../runtime/rig.js';

export type ModelKind = DriverModel['kind'];

export interface ModelRigOptions {
  /** One entry an instance; default: one instance with every callback succeeding. */
  readonly instances?: readonly Answers[];
  /** Callbacks in place of answers: nothing is recorded. */
  readonly callbacks?: readonly WmiInstanceCallbacks[];
  /** Bytes; only KMDF has such a minimum. */
  readonly minInstanceBufferSize?: number;
  readonly kernel?: KernelOptions;
  /** The device is the lowest of its stack. */
  readonly lowest?: boolean;
  readonly expensive?: boolean;
  /** Gets the switches of events and collection; KMDF allows it for expensive blocks only. */
  readonly control?: (what: 'events' | 'collection', enable: boolean) => NtStatus;
}

export interface ModelRig {
  readonly kernel: Kernel;
  readonly device: DriverModel;
  readonly calls: readonly Call[];
  /** The minor codes of the requests that reached the device below. */
  readonly below: readonly number[];
  /** The WMI InstanceName of the nth instance. */
  readonly name: (index?: number) => string;
  /** Fires an event of the nth instance; `null` is NULL data. */
  readonly fire: (index: number, data: Uint8Array | null, size?: number) => NtStatus;
  /** Removes the device. */
  readonly remove: () => void;
}

/** The models of a row that applies to all of them. */
export const everyModel: readonly ModelKind[] = ['kmdf', 'wmilib', 'selfHandled'];

/** One driver model, ready to make devices. */
export interface Model {
  readonly kind: ModelKind;
  readonly rig: (options?: ModelRigOptions) => ModelRig;
}

/** The callbacks of the instances, and their recorded arguments. */
export function instancesOf(options: ModelRigOptions) {
  const calls: Call[] = [];
  const { instances = [allSucceed] } = options;
  const callbacks = options.callbacks ?? instances.map((answers) => recording(answers, calls));
  return { calls, callbacks };
}

/** A lower device that records its requests. */
export function stackBelow() {
  const below: number[] = [];
  const lowerDevice = {
    dispatch: (irp: SystemControlIrp) => {
      below.push(irp.minor);
      return 'completed' as const;
    },
  };
  return { below, lowerDevice };
}
