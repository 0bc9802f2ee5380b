/**
 * The driver models as the conformance rows use them: one device with one block each, and callbacks that record what
 * they were given. Which row holds for which model is not known here.
 */
import { type DriverModel, type SystemControlIrp } from '../../src/runtime/irp.js';
import { type Kernel, type KernelOptions } from '../../src/runtime/kernel.js';
import { createRig, type Answers, type Call } from '../runtime/rig.js';

export type ModelKind = DriverModel['kind'];

export interface ModelRigOptions {
  /** One entry an instance; default: one instance with every callback succeeding. */
  readonly instances?: readonly Answers[];
  /** Bytes; only KMDF has such a minimum. */
  readonly minInstanceBufferSize?: number;
  readonly kernel?: KernelOptions;
  /** The device is the lowest of its stack. */
  readonly lowest?: boolean;
}

export interface ModelRig {
  readonly kernel: Kernel;
  readonly device: DriverModel;
  readonly calls: readonly Call[];
  /** The minor codes of the requests that reached the device below. */
  readonly below: readonly number[];
}

/** One driver model, ready to make devices. */
export interface Model {
  readonly kind: ModelKind;
  readonly rig: (options?: ModelRigOptions) => ModelRig;
}

function kmdfRig(options: ModelRigOptions = {}): ModelRig {
  const below: number[] = [];
  const lowerDevice = {
    dispatch: (irp: SystemControlIrp) => {
      below.push(irp.minor);
      return 'completed' as const;
    },
  };
  const { instances, kernel, minInstanceBufferSize = 0, lowest = false } = options;
  const rig = createRig({
    device: { lowerDevice: lowest ? null : lowerDevice },
    provider: { minInstanceBufferSize },
    ...(instances && { instances }),
    ...(kernel && { kernel }),
  });
  return { kernel: rig.kernel, device: rig.device, calls: rig.calls, below };
}

/** Every model that there is, by its kind. */
export const models: ReadonlyMap<ModelKind, Model> = new Map([
  ['kmdf', { kind: 'kmdf', rig: kmdfRig }],
]);
