/**
 * Exceptions of consumers and providers on their way through the kernel: nothing leaks, no consumer is skipped, and the
 * provider's exception is the one that is thrown.
 */
import { expect, test } from 'vitest';
import {
  SYNCHRONIZE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../../../src/runtime/kernel/handles.js';
import { createKernel, type Kernel } from '../../../src/runtime/kernel.js';
import { createKmdfDevice } from '../../../src/runtime/kmdf/device.js';
import { type EvtWmiProviderFunctionControl } from '../../../src/runtime/kmdf/types.js';
import { STATUS_ACCESS_DENIED, STATUS_SUCCESS } from '../../../src/runtime/ntstatus.js';
import { blockGuid, createRig, must } from '../rig.js';

const listening = WMIGUID_NOTIFICATION | SYNCHRONIZE;

function listen(kernel: Kernel, callback: () => void, access = listening) {
  const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  kernel.ioWmiSetNotificationCallback(block, callback);
  return block;
}

const fail = (what: string) => (): never => {
  throw new Error(what);
};

test("a consumer's exception: the driver's event block is freed, the routine has done its work", () => {
  const { kernel, device, instances } = createRig();
  listen(kernel, fail('consumer fault'));
  expect(() => device.wdfWmiInstanceFireEvent(must(instances[0]), null)).toThrow('consumer fault');
  expect(kernel.poolBlocksInUse).toBe(0);
});

/** A device whose set fires an event and then does `after`. */
function firing(after: () => void) {
  const rig = createRig({ instances: [] });
  const { device, kernel, provider } = rig;
  const seen: unknown[] = [];
  const instance = must(
    device.wdfWmiInstanceCreate({
      provider,
      register: true,
      evtWmiInstanceSetInstance: () => {
        seen.push(device.wdfWmiInstanceFireEvent(instance, null));
        after();
        return STATUS_SUCCESS;
      },
    }).instance,
  );
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
  const name = must(device.wdfWmiInstanceGetInstanceName(instance));
  const set = () => kernel.ioWmiSetSingleInstance(block, name, 0, new Uint8Array(1));
  return { ...rig, set, seen };
}

test('a driver that fires within a request never sees what a consumer throws', () => {
  const { kernel, set, seen } = firing(() => undefined);
  listen(kernel, fail('consumer fault'));
  expect(set).toThrow('consumer fault');
  expect(seen).toEqual([STATUS_SUCCESS]);
});

test("a provider's exception is not replaced by a consumer's, and events still arrive", () => {
  const { kernel, set } = firing(fail('provider fault'));
  let heard = 0;
  listen(kernel, fail('consumer fault'));
  listen(kernel, () => (heard += 1));
  expect(set).toThrow('provider fault');
  expect(heard).toBe(1);
});

/** Three devices with one expensive block each, which note every switch. */
function switches(control: (which: number, ...what: [number, boolean]) => number | undefined) {
  const kernel = createKernel();
  const seen: string[] = [];
  for (const which of [0, 1, 2]) {
    const device = createKmdfDevice(kernel, { name: `d${which}` });
    const evtWmiProviderFunctionControl: EvtWmiProviderFunctionControl = (_, kind, enable) => {
      seen.push(`${which} ${kind === 1 ? 'events' : 'collection'} ${enable ? 'on' : 'off'}`);
      return control(which, kind, enable) === undefined ? STATUS_SUCCESS : STATUS_ACCESS_DENIED;
    };
    const providerConfig = { guid: blockGuid, flags: 2, evtWmiProviderFunctionControl };
    must(device.wdfWmiInstanceCreate({ providerConfig, register: true }).instance);
  }
  return { kernel, seen };
}

test('a callback that throws leaves no other driver unswitched', () => {
  let failing = false;
  const { kernel, seen } = switches((which) =>
    failing && which === 0 ? fail('one')() : undefined,
  );
  const block = listen(kernel, () => undefined);
  seen.length = 0;
  failing = true;
  expect(() => {
    kernel.obDereferenceObject(block);
  }).toThrow('one');
  expect(seen).toEqual([0, 1, 2].flatMap((one) => [`${one} collection off`, `${one} events off`]));
});

test('an open that throws is undone everywhere, and the first exception arrives', () => {
  const { kernel, seen } = switches((which, _kind, enable) => {
    if (which === 1) fail(enable ? 'first' : 'second')();
    return undefined;
  });
  expect(() => kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY)).toThrow('first');
  expect(seen).toEqual([
    '0 collection on',
    '1 collection on',
    '2 collection on',
    '0 collection off',
    '2 collection off',
  ]);
});

test('a subscription that throws is undone', () => {
  let failing = true;
  const { kernel, seen } = switches((which, kind, enable) =>
    failing && which === 1 && kind === 1 && enable ? fail('no')() : undefined,
  );
  const block = must(kernel.ioWmiOpenBlock(blockGuid, listening).dataBlockObject);
  seen.length = 0;
  const subscribe = () => kernel.ioWmiSetNotificationCallback(block, () => undefined);
  expect(subscribe).toThrow('no');
  expect(seen).toEqual([
    '0 events on',
    '1 events on',
    '2 events on',
    '0 events off',
    '2 events off',
  ]);
  failing = false;
  seen.length = 0;
  expect(subscribe()).toBe(STATUS_SUCCESS);
  expect(seen).toEqual(['0 events on', '1 events on', '2 events on']);
});

test('a refused enable is not sent again before the last consumer has gone', () => {
  const { kernel, seen } = switches((which) => (which === 0 ? 1 : undefined));
  const own = () => seen.filter((one) => one.startsWith('0'));
  const first = listen(kernel, () => undefined);
  const second = listen(kernel, () => undefined);
  kernel.obDereferenceObject(second);
  expect(own()).toEqual(['0 collection on', '0 events on']);
  kernel.obDereferenceObject(first);
  expect(own()).toEqual(['0 collection on', '0 events on']);
  listen(kernel, () => undefined);
  expect(own()).toHaveLength(4);
});

test("an event block's last instance goes and comes back: switched off, then on", () => {
  const minors: string[] = [];
  const { kernel, device, provider, instances } = createRig({
    kernel: { trace: (event) => void (event.kind === 'irpBegin' && minors.push(event.minorName)) },
  });
  listen(kernel, () => undefined);
  minors.length = 0;
  device.wdfWmiInstanceDeregister(must(instances[0]));
  expect(device.wdfWmiProviderIsEnabled(provider, 1)).toBe(false);
  device.wdfWmiInstanceRegister(must(instances[0]));
  expect(device.wdfWmiProviderIsEnabled(provider, 1)).toBe(true);
  expect(minors.filter((one) => one.includes('EVENTS'))).toEqual([
    'IRP_MN_DISABLE_EVENTS',
    'IRP_MN_ENABLE_EVENTS',
  ]);
});

/** A device that is started while a consumer waits; its enable callback does `act`. */
function startedWith(act: (device: ReturnType<typeof createKmdfDevice>) => void) {
  const kernel = createKernel();
  must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY).dataBlockObject);
  const device = createKmdfDevice(kernel, { name: 'late', start: false });
  const evtWmiProviderFunctionControl: EvtWmiProviderFunctionControl = (_, __, enable) => {
    if (enable) act(device);
    return STATUS_SUCCESS;
  };
  const providerConfig = { guid: blockGuid, flags: 2, evtWmiProviderFunctionControl };
  must(device.wdfWmiInstanceCreate({ providerConfig, register: true }).instance);
  return { kernel, device };
}

test('an instance that is made while the device starts is registered', () => {
  const guid = '11111111-2222-4333-8444-555555555555';
  const made: unknown[] = [];
  const { device } = startedWith((late) => {
    const create = { providerConfig: { guid }, register: true };
    const instance = must(late.wdfWmiInstanceCreate(create).instance);
    made.push(late.registrationState, late.wdfWmiInstanceGetInstanceName(instance));
  });
  expect(device.start()).toBe(STATUS_SUCCESS);
  expect(made).toEqual(['registered', 'ROOT\\LATE\\0000_0']);
});

test('a device that is removed during its start stays removed', () => {
  const { device, kernel } = startedWith((late) => {
    late.remove();
  });
  device.start();
  expect(device.registrationState).toBe('deregistered');
  expect(kernel.staticInstanceName(device, blockGuid, 0)).toBeUndefined();
});

test('a start that throws leaves the device unregistered, and it can start again', () => {
  let failing = true;
  const { device, kernel } = startedWith(() => {
    if (failing) throw new Error('provider fault');
  });
  expect(() => device.start()).toThrow('provider fault');
  expect(device.registrationState).toBe('unregistered');
  expect(kernel.staticInstanceName(device, blockGuid, 0)).toBeUndefined();
  failing = false;
  expect(device.start()).toBe(STATUS_SUCCESS);
  expect(kernel.staticInstanceName(device, blockGuid, 0)).toBe('ROOT\\LATE\\0000_0');
});

test('a GUID that comes back while its last object is closed stays', () => {
  const kernel = createKernel();
  let again: unknown;
  const device = createKmdfDevice(kernel, { name: 'd' });
  const evtWmiProviderFunctionControl: EvtWmiProviderFunctionControl = (_, __, enable) => {
    if (!enable && again === undefined) {
      device.remove();
      again = kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject;
    }
    return STATUS_SUCCESS;
  };
  const providerConfig = { guid: blockGuid, flags: 2, evtWmiProviderFunctionControl };
  must(device.wdfWmiInstanceCreate({ providerConfig, register: true }).instance);
  kernel.obDereferenceObject(must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY).dataBlockObject));
  const other = createKmdfDevice(kernel, { name: 'e' });
  const evtWmiInstanceSetInstance = () => STATUS_SUCCESS;
  const config = { providerConfig: { guid: blockGuid }, register: true, evtWmiInstanceSetInstance };
  const instance = must(other.wdfWmiInstanceCreate(config).instance);
  const name = must(other.wdfWmiInstanceGetInstanceName(instance));
  const block = must(again as ReturnType<typeof kernel.ioWmiOpenBlock>['dataBlockObject']);
  expect(kernel.ioWmiSetSingleInstance(block, name, 0, new Uint8Array(1))).toBe(STATUS_SUCCESS);
});
