/**
 * A driver that handles its requests itself, for the conformance rows; its instances are named after the PDO, as in the other
 * models, or dynamically.
 */
import { createKernel } from '../../src/runtime/kernel.js';
import { createSelfHandledDevice } from '../../src/runtime/self-handled/device.js';
import { type SelfHandledNaming } from '../../src/runtime/self-handled/types.js';
import { blockGuid, must, now } from '../runtime/rig.js';
import { instancesOf, stackBelow, type ModelRig, type ModelRigOptions } from './model.js';

export function selfHandledRig(
  options: ModelRigOptions = {},
  naming: SelfHandledNaming = { kind: 'pdo' },
) {
  const { lowest = false, expensive = false, control } = options;
  const kernel = createKernel({ clock: () => now, ...options.kernel });
  const { calls, callbacks } = instancesOf(options);
  const { below, lowerDevice } = stackBelow();
  const block = {
    guid: blockGuid,
    expensive,
    instances: callbacks.map((own, index) => ({ name: `i${index}`, callbacks: own })),
    ...(control && { control }),
  };
  const device = createSelfHandledDevice(kernel, {
    name: 'rig',
    blocks: [{ block, naming }],
    lowerDevice: lowest ? null : lowerDevice,
  });
  return {
    kernel,
    device,
    calls,
    below,
    name: (index = 0) => must(kernel.staticInstanceName(device, blockGuid, index)),
    fire: (index, data, size = data?.length ?? 0) =>
      device.fireEvent(blockGuid, index, (data ?? new Uint8Array(0)).subarray(0, size)),
    remove: () => {
      device.remove();
    },
  } satisfies ModelRig;
}
