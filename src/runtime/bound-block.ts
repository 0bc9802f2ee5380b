/**
 * A block as a driver without a framework holds it: its GUID, the byte-level callbacks of its instances, its switches.
 * Bound from generated code here, or written by hand.
 */
import { bindInstance, type BlockTypes, type WmiBlock, type WmiEventBlock } from './block.js';
import { type WmiInstanceCallbacks } from './callbacks.js';
import { ntSuccess, type NtStatus, STATUS_SUCCESS } from './ntstatus.js';
import { statusOf } from './returned-status.js';

/** One instance of a block: the author's name for it, and the object that provides it. */
export interface NamedInstance<Provider> {
  /** Shown in traces; the InstanceName where the driver names its instances itself (lists and dynamic names). */
  readonly name: string;
  readonly provider: Provider;
}

/** The provider of a block's only instance, or all instances in the order of their index. */
export type Instances<Provider> = Provider | readonly NamedInstance<Provider>[];

/** One instance with byte-level callbacks. */
export interface BoundInstance {
  readonly name: string;
  readonly callbacks: WmiInstanceCallbacks;
}

/** A block with its instances. Drivers read it again for each request. */
export interface BoundBlock {
  /** In registry form, any case, braces optional. */
  readonly guid: string;
  readonly expensive?: boolean;
  readonly eventOnly?: boolean;
  readonly instances: readonly BoundInstance[];
  /** A consumer switched events or collection on or off; optional. */
  control?(control: 'events' | 'collection', enable: boolean): NtStatus;
}

/** Binds a generated block to the providers of its instances. */
export function bindBlock<Types extends BlockTypes>(
  block: WmiBlock<Types>,
  instances: Instances<Types['provider']>,
): BoundBlock {
  const named = namedInstances(instances, block.name);
  return {
    guid: block.guid,
    expensive: block.expensive,
    instances: named.map(({ name, provider }) => ({
      name,
      callbacks: bindInstance(block, provider),
    })),
    control: (control, enable) =>
      control === 'collection' ? switchCollection(block, named, enable) : STATUS_SUCCESS,
  };
}

/** Binds a generated event block, with one instance for each name. */
export function bindEvent<Data>(
  event: WmiEventBlock<Data>,
  names: readonly string[] = [event.name],
): BoundBlock {
  return {
    guid: event.guid,
    expensive: event.expensive,
    eventOnly: true,
    instances: names.map((name) => ({ name, callbacks: {} })),
  };
}

/** The instances as a list; a single provider gets the name of its block. */
export function namedInstances<Provider extends object>(
  instances: Instances<Provider>,
  blockName: string,
): readonly NamedInstance<Provider>[] {
  if (isList(instances)) return instances;
  return [{ name: blockName, provider: instances }];
}

function isList<Provider extends object>(
  instances: Instances<Provider>,
): instances is readonly NamedInstance<Provider>[] {
  return Array.isArray(instances);
}

/** Switches collection for every provider: all are enabled or none. Disabling continues after a failure. */
export function switchCollection<Types extends BlockTypes>(
  block: WmiBlock<Types>,
  instances: readonly NamedInstance<Types['provider']>[],
  enable: boolean,
): NtStatus {
  const switchOne = (provider: Types['provider'], enabled: boolean): NtStatus => {
    const returned = block.collect?.(provider, enabled);
    return returned === undefined ? STATUS_SUCCESS : statusOf(returned);
  };
  let failure: NtStatus | undefined;
  for (const [index, { provider }] of instances.entries()) {
    const status = switchOne(provider, enable);
    if (ntSuccess(status)) continue;
    if (enable) {
      for (const started of instances.slice(0, index).reverse()) switchOne(started.provider, false);
      return status;
    }
    failure ??= status;
  }
  return failure ?? STATUS_SUCCESS;
}
