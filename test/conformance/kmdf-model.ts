/**
 * A KMDF driver for the conformance rows.
 */
import { WdfWmiProviderControl, WdfWmiProviderFlags } from '../../src/runtime/kmdf/types.js';
import { createRig, must, type Rig } from '../runtime/rig.js';
import { stackBelow, type ModelRig, type ModelRigOptions } from './model.js';

/** Converts a KMDF rig to that of the conformance rows. */
export function ofKmdf({ kernel, device, calls, name, instances }: Rig): ModelRig {
  return {
    kernel,
    device,
    calls,
    below: [],
    name,
    fire: (index, data, size) => device.wdfWmiInstanceFireEvent(must(instances[index]), data, size),
    remove: () => {
      device.remove();
    },
  };
}

export function kmdfRig(options: ModelRigOptions = {}): ModelRig {
  const { below, lowerDevice } = stackBelow();
  const { instances, callbacks, kernel, control, minInstanceBufferSize = 0 } = options;
  const { expensive = false, lowest = false } = options;
  const rig = createRig({
    device: { lowerDevice: lowest ? null : lowerDevice },
    provider: {
      minInstanceBufferSize,
      flags: expensive ? WdfWmiProviderFlags.expensive : 0,
      ...(control && {
        evtWmiProviderFunctionControl: (_provider, which, enable) =>
          control(which === WdfWmiProviderControl.eventControl ? 'events' : 'collection', enable),
      }),
    },
    ...(callbacks ? { instances: [] } : instances && { instances }),
    ...(kernel && { kernel }),
  });
  for (const own of callbacks ?? []) {
    const config = { provider: rig.provider, register: true, ...own };
    rig.instances.push(must(rig.device.wdfWmiInstanceCreate(config).instance));
  }
  return { ...ofKmdf(rig), below };
}
