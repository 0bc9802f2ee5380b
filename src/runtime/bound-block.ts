/**
 * A block as a driver without a framework holds it: its GUID, its instances' byte-level callbacks, its switches. Made of
 * generated code here, or written by hand; which driver model runs it is not known.
 */
import { bindInstance, type BlockTypes, type WmiBlock, type WmiEventBlock } from './block.js';
import { type WmiInstanceCallbacks } from './callbacks.js';
import { ntSuccess, type NtStatus, STATUS_SUCCESS } from './ntstatus.js';
import { statusOf } from './returned-status.js';

/** One instance of a block: the author's name for it, and the object that provides it. */
export interface NamedInstance<Provider> {
  /** Shown in traces, and the InstanceName where a driver gives names itself: lists and dynamic names. */
  readonly name: string;
  readonly provider: Provider;
}

/** The provider of a block's only instance, or all its instances in the order of their index. */
export type Instances<Provider> = Provider | readonly NamedInstance<Provider>[];

/** One instance, its types hidden behind bytes. */
export interface BoundInstance {
  readonly name: string;
  readonly callbacks: WmiInstanceCallbacks;
}

/** A block and everything that answers for it. Drivers read it anew for each request. */
export interface BoundBlock {
  /** In registry form, any case, braces optional. */
  readonly guid: string;
  readonly expensive?: boolean;
  readonly eventOnly?: boolean;
  readonly instances: readonly BoundInstance[];
  /** A consumer switched events or collection on or off; without it there is nothing to do. */
  control?(control: 'events' | 'collection', enable: boolean): NtStatus;
}

/** Binds a generated block to the objects that provide its instances. */
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
      control === 'collection' ? tellAll(block, named, enable) : STATUS_SUCCESS,
  };
}

/** Binds a generated event block, with one instance a name. */
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

/** The instances as a list; a single provider is named like its block. */
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

/** Tells every provider; all collect or none does, and each is told to stop even when another fails to. */
export function tellAll<Types extends BlockTypes>(
  block: WmiBlock<Types>,
  instances: readonly NamedInstance<Types['provider']>[],
  enable: boolean,
): NtStatus {
  const tell = (provider: Types['provider'], enabled: boolean): NtStatus => {
    const returned = block.collect?.(provider, enabled);
    return returned === undefined ? STATUS_SUCCESS : statusOf(returned);
  };
  let failure: NtStatus | undefined;
  for (const [index, { provider }] of instances.entries()) {
    const status = tell(provider, enable);
    if (ntSuccess(status)) continue;
    if (enable) {
      for (const started of instances.slice(0, index).reverse()) tell(started.provider, false);
      return status;
    }
    failure ??= status;
  }
  return failure ?? STATUS_SUCCESS;
}
