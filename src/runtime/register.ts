/**
 * Registers generated blocks and events on a KMDF device: one provider for each block, one WMI instance for each
 * provider object.
 */
import { bindInstance, type BlockTypes, type WmiBlock, type WmiEventBlock } from './block.js';
import { type Instances, namedInstances, switchCollection } from './bound-block.js';
import {
  type KmdfDevice,
  WdfWmiProviderControl,
  WdfWmiProviderFlags,
  type WmiInstanceHandle,
  type WmiProviderHandle,
} from './kmdf/types.js';
import { ntStatusName, ntSuccess, type NtStatus, STATUS_SUCCESS } from './ntstatus.js';

export { type Instances, type NamedInstance } from './bound-block.js';

/** A registered instance. */
export interface RegisteredInstance {
  readonly name: string;
  readonly handle: WmiInstanceHandle;
  /** Its WMI InstanceName, once the device has started. */
  readonly instanceName: string | undefined;
}

export interface RegisteredBlock {
  readonly handle: WmiProviderHandle;
  readonly instances: readonly RegisteredInstance[];
}

export interface RegisteredEvent<Data> extends RegisteredBlock {
  /** Whether a consumer has enabled the event; firing it anyway is allowed and has no effect. */
  readonly enabled: boolean;
  /** Sends the event for the instance with that index; returns IoWMIWriteEvent's status. */
  fire(data: Data, instanceIndex?: number): NtStatus;
}

/** Creates the provider and the instances of `block`; throws when the framework refuses one. */
export function registerBlock<Types extends BlockTypes>(
  device: KmdfDevice,
  block: WmiBlock<Types>,
  instances: Instances<Types['provider']>,
): RegisteredBlock {
  const named = namedInstances(instances, block.name);
  const handle = createProvider(device, block, {
    flags: block.expensive ? WdfWmiProviderFlags.expensive : 0,
    minInstanceBufferSize: block.minInstanceBufferSize,
    ...(block.collect === undefined
      ? {}
      : {
          evtWmiProviderFunctionControl: (_provider, control, enable) =>
            control === WdfWmiProviderControl.instanceControl
              ? switchCollection(block, named, enable)
              : STATUS_SUCCESS,
        }),
  });
  return {
    handle,
    instances: named.map(({ name, provider }) =>
      createInstance(device, block.name, {
        provider: handle,
        label: name,
        ...bindInstance(block, provider),
      }),
    ),
  };
}

/**
 * Creates the event-only provider of `event` with one instance for each name; throws when the framework refuses one.
 */
export function registerEvent<Data>(
  device: KmdfDevice,
  event: WmiEventBlock<Data>,
  names: readonly string[] = [event.name],
): RegisteredEvent<Data> {
  const flags =
    WdfWmiProviderFlags.eventOnly | (event.expensive ? WdfWmiProviderFlags.expensive : 0);
  const handle = createProvider(device, event, { flags });
  const instances = names.map((label) =>
    createInstance(device, event.name, { provider: handle, label }),
  );
  return {
    handle,
    instances,
    get enabled() {
      return device.wdfWmiProviderIsEnabled(handle, WdfWmiProviderControl.eventControl);
    },
    fire(data, instanceIndex = 0) {
      const instance = instances[instanceIndex];
      if (instance === undefined) {
        throw new RangeError(
          `${event.name}: no instance ${instanceIndex}, there are ${instances.length}`,
        );
      }
      return device.wdfWmiInstanceFireEvent(instance.handle, event.data.encode(data));
    },
  };
}

function createProvider(
  device: KmdfDevice,
  block: { readonly contract: 2; readonly name: string; readonly guid: string },
  config: Omit<Parameters<KmdfDevice['wdfWmiProviderCreate']>[0], 'guid'>,
): WmiProviderHandle {
  const { status, provider } = device.wdfWmiProviderCreate({ guid: block.guid, ...config });
  if (provider === undefined || !ntSuccess(status)) {
    throw new Error(`${block.name} {${block.guid}}: ${ntStatusName(status)}`);
  }
  return provider;
}

function createInstance(
  device: KmdfDevice,
  blockName: string,
  config: Parameters<KmdfDevice['wdfWmiInstanceCreate']>[0] & { readonly label: string },
): RegisteredInstance {
  const { status, instance } = device.wdfWmiInstanceCreate({ ...config, register: true });
  if (instance === undefined || !ntSuccess(status)) {
    throw new Error(`instance '${config.label}' of ${blockName}: ${ntStatusName(status)}`);
  }
  return {
    name: config.label,
    handle: instance,
    get instanceName() {
      return device.wdfWmiInstanceGetInstanceName(instance);
    },
  };
}
