/**
 * A system with the samples' generated providers, and a consumer with all rights.
 */
import * as wmi from '../../src/runtime/index.js';
import { type SmartFan, SmartFanCodec } from '../../samples/smart-fan/expected/ts/smart-fan.g.js';
import {
  registerProviders as registerFan,
  SmartFanInMemory,
} from '../../samples/smart-fan/expected/ts/smart-fan.provider.js';
import { registerSmartFan } from '../../samples/smart-fan/expected/ts/smart-fan.g.js';

export const EVERYTHING = wmi.WMIGUID_QUERY | wmi.WMIGUID_SET | wmi.WMIGUID_EXECUTE;

export interface Machine {
  readonly kernel: wmi.Kernel;
  readonly trace: wmi.TraceEvent[];
  readonly open: (guid: string, access?: number) => wmi.DataBlockObject;
}

export function machine(): Machine {
  const trace: wmi.TraceEvent[] = [];
  const kernel = wmi.createKernel({ trace: (event) => trace.push(event), clock: () => 42n });
  return {
    kernel,
    trace,
    open(guid, access = EVERYTHING) {
      const { dataBlockObject } = kernel.ioWmiOpenBlock(guid, access);
      if (dataBlockObject === undefined) throw new Error(`cannot open ${guid}`);
      return dataBlockObject;
    },
  };
}

/** The names of the IRPs that were sent, in order. */
export function irps(trace: readonly wmi.TraceEvent[]): string[] {
  return trace.flatMap((event) => (event.kind === 'irpBegin' ? [event.minorName] : []));
}

export interface FanMachine extends Machine {
  readonly device: wmi.KmdfDevice;
  readonly provider: SmartFanInMemory;
  readonly fan: wmi.DataBlockObject;
  readonly name: string;
  readonly setInstance: (bytes: Uint8Array) => wmi.NtStatus;
  readonly setItem: (dataItemId: number, bytes: Uint8Array) => wmi.NtStatus;
  readonly query: () => SmartFan;
}

export const fanData: SmartFan = {
  TargetSpeed: 1000,
  ActualSpeed: 990,
  Mode: 1,
  Faults: 0x80,
  StartTemperature: -5,
  Revolutions: 123_456_789_012n,
  ServiceKey: 0xdeadbeef,
  LastCleaned: '20260101000000.000000+060',
};

/** A fan whose provider is `provider`; the device is started. */
export function fanMachine(provider = new SmartFanInMemory()): FanMachine {
  const base = machine();
  const device = wmi.createKmdfDevice(base.kernel, { name: 'smartfan' });
  provider.data = { ...fanData };
  const { SmartFan: block } = registerSmartFan(device, { SmartFan: provider });
  const fan = base.open(block.handle.guid);
  const name = block.instances[0]?.instanceName ?? '';
  return {
    ...base,
    device,
    provider,
    fan,
    name,
    setInstance: (bytes) => base.kernel.ioWmiSetSingleInstance(fan, name, 0, bytes),
    setItem: (id, bytes) => base.kernel.ioWmiSetSingleItem(fan, name, id, 0, bytes),
    query: () => {
      const { data } = base.kernel.ioWmiQuerySingleInstance(fan, name, 4096);
      const decoded = SmartFanCodec.decode(data ?? new Uint8Array());
      if (decoded === undefined) throw new Error('the fan did not answer');
      return decoded;
    },
  };
}

/** A system in which the skeleton's own registration was used. */
export function skeletonMachine(): Machine & { readonly guid: string } {
  const base = machine();
  const { SmartFan: block } = registerFan(wmi.createKmdfDevice(base.kernel, { name: 'smartfan' }));
  return { ...base, guid: block.handle.guid };
}
