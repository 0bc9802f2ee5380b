/**
 * The statements about setting, on generated providers: docs/spec/runtime.md#evtwmiinstancesetitem, #evtwmiinstancesetinstance and
 * #iowmisetsingleinstance. Titles have the number of the rule.
 *
 * SetInstance 2 (IRQL, KMDF versions) has no counterpart in the model; SetInstance 7 (the shape of generated C) belongs to target kmdf.
 */
import { expect, test } from 'vitest';
import * as wmi from '../../src/runtime/index.js';
import {
  type SmartFan,
  type SmartFanChanges,
  SmartFanBlock,
  SmartFanCodec,
  SmartFanModeValues,
  registerSmartFan,
} from '../../samples/smart-fan/expected/ts/smart-fan.g.js';
import { SmartFanInMemory } from '../../samples/smart-fan/expected/ts/smart-fan.provider.js';
import { fanData, fanMachine, irps, machine, skeletonMachine } from './machine.js';

const name = wmi.ntStatusName;
const bytesOf = (value: number, size: number): Uint8Array => {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt.asUintN(64, BigInt(value)), true);
  return bytes.slice(0, size);
};

/** A provider whose `set` returns a given result. */
class Refusing extends SmartFanInMemory {
  constructor(private readonly answer: wmi.NtStatus) {
    super();
  }
  override set(): wmi.NtStatus {
    return this.answer;
  }
}

// --- 1.1 EvtWmiInstanceSetItem -------------------------------------------------------------------------------------

test('SetItem 1: a set-item changes exactly one item of one instance', () => {
  const { kernel, open } = machine();
  const fans = ['left', 'middle', 'right'].map((label) => {
    const provider = new SmartFanInMemory();
    provider.data = { ...fanData };
    return { name: label, provider };
  });
  const device = wmi.createKmdfDevice(kernel, { name: 'smartfan' });
  const { SmartFan: block } = registerSmartFan(device, { SmartFan: fans });
  const middle = block.instances[1]?.instanceName ?? '';
  const status = kernel.ioWmiSetSingleItem(open(block.handle.guid), middle, 5, 0, bytesOf(33, 2));
  expect(name(status)).toBe('STATUS_SUCCESS');
  expect(fans.map(({ provider }) => provider.data)).toEqual([
    fanData,
    { ...fanData, StartTemperature: 33 },
    fanData,
  ]);
});

test('SetItem 2: the DataItemId is the WmiDataId of the MOF, not the place in its text', () => {
  const { setItem, provider } = fanMachine();
  // ServiceKey, WmiDataId 7, is first in the text.
  expect(name(setItem(7, bytesOf(0x1234, 4)))).toBe('STATUS_SUCCESS');
  expect(provider.data).toEqual({ ...fanData, ServiceKey: 0x1234 });
  expect(Object.keys(SmartFanBlock.set?.items ?? {})).toEqual(['1', '3', '5', '7']);
});

test.each([
  ['STATUS_SUCCESS', wmi.STATUS_SUCCESS, wmi.STATUS_SUCCESS],
  ['a failure', wmi.STATUS_INVALID_PARAMETER, wmi.STATUS_INVALID_PARAMETER],
  ['STATUS_PENDING, which breaks the contract', wmi.STATUS_PENDING, wmi.STATUS_UNSUCCESSFUL],
])('SetItem 3: a set-item callback that returns %s', (_what, returned, want) => {
  const { setItem } = fanMachine(new Refusing(returned));
  const status = setItem(1, bytesOf(1, 4));
  expect(name(status)).toBe(name(want));
  expect(wmi.ntSuccess(status)).toBe(want === wmi.STATUS_SUCCESS);
});

test.each([
  ['TargetSpeed', 1, 4],
  ['Mode', 3, 1],
  ['StartTemperature', 5, 2],
  ['ServiceKey', 7, 4],
])('SetItem 4: %s, short by any number of bytes, is refused unchanged', (_item, id, size) => {
  const { setItem, provider } = fanMachine();
  for (let length = 0; length < size; length += 1) {
    expect(name(setItem(id, bytesOf(-1, length)))).toBe('STATUS_WMI_SET_FAILURE');
  }
  expect(provider.data).toEqual(fanData);
});

test('SetItem 5, SetInstance 5 and ExecuteMethod 7: callbacks are taken from the configuration when the instance is created', () => {
  const { kernel, open } = machine();
  const device = wmi.createKmdfDevice(kernel, { name: 'snapshot' });
  const calls: string[] = [];
  const config = {
    providerConfig: { guid: '11111111-2222-3333-4444-555555555555' },
    register: true,
    evtWmiInstanceSetInstance: () => (calls.push('set instance'), wmi.STATUS_SUCCESS),
    evtWmiInstanceSetItem: () => (calls.push('set item'), wmi.STATUS_SUCCESS),
    evtWmiInstanceExecuteMethod: () => (
      calls.push('execute'),
      { status: wmi.STATUS_SUCCESS, bufferUsed: 0 }
    ),
  };
  const { instance } = device.wdfWmiInstanceCreate(config);
  if (instance === undefined) throw new Error('no instance');
  const late = (): never => {
    throw new Error('a callback that was put into the configuration too late');
  };
  config.evtWmiInstanceSetInstance = late;
  config.evtWmiInstanceSetItem = late;
  config.evtWmiInstanceExecuteMethod = late;
  const block = open(config.providerConfig.guid);
  const instanceName = device.wdfWmiInstanceGetInstanceName(instance) ?? '';
  kernel.ioWmiSetSingleInstance(block, instanceName, 0, Uint8Array.of(1));
  kernel.ioWmiSetSingleItem(block, instanceName, 1, 0, Uint8Array.of(1));
  kernel.ioWmiExecuteMethod(block, instanceName, 1, Uint8Array.of(1), 1);
  expect(calls).toEqual(['set instance', 'set item', 'execute']);
});

test('SetItem 6, SetInstance 6 and ExecuteMethod 8: nothing serialises callbacks, so a set can run inside another', () => {
  let depth = 0;
  let deepest = 0;
  class Nested extends SmartFanInMemory {
    override set(changes: SmartFanChanges): wmi.NtStatus {
      depth += 1;
      deepest = Math.max(deepest, depth);
      if (changes.Mode === undefined) setItem(3, Uint8Array.of(2));
      depth -= 1;
      return super.set(changes);
    }
  }
  const { setItem, setInstance, provider } = fanMachine(new Nested());
  expect(name(setItem(1, bytesOf(2000, 4)))).toBe('STATUS_SUCCESS');
  expect(deepest).toBe(2);
  expect(provider.data).toMatchObject({ TargetSpeed: 2000, Mode: 2 });
  expect(name(setInstance(SmartFanCodec.encode(fanData)))).toBe('STATUS_SUCCESS');
});

// --- 1.2 EvtWmiInstanceSetInstance ---------------------------------------------------------------------------------

test('SetInstance 1: a set-instance sets all of the instance from the buffer', () => {
  const { setInstance, provider } = fanMachine();
  const wanted: SmartFan = {
    ...fanData,
    TargetSpeed: 1,
    Mode: SmartFanModeValues.Manual,
    StartTemperature: 3,
    ServiceKey: 4,
  };
  expect(name(setInstance(SmartFanCodec.encode(wanted)))).toBe('STATUS_SUCCESS');
  expect(provider.data).toEqual(wanted);
});

test.each([
  ['STATUS_SUCCESS', wmi.STATUS_SUCCESS, wmi.STATUS_SUCCESS],
  ['a failure', wmi.STATUS_ACCESS_DENIED, wmi.STATUS_ACCESS_DENIED],
  ['STATUS_PENDING, which breaks the contract', wmi.STATUS_PENDING, wmi.STATUS_UNSUCCESSFUL],
])('SetInstance 3: a set-instance callback that returns %s', (_what, returned, want) => {
  const { setInstance } = fanMachine(new Refusing(returned));
  expect(name(setInstance(SmartFanCodec.encode(fanData)))).toBe(name(want));
});

test('SetInstance 4: a set-instance buffer short by any number of bytes is refused unchanged', () => {
  const { setInstance, provider } = fanMachine();
  const wanted = SmartFanCodec.encode({ ...fanData, TargetSpeed: 1, Mode: 2, ServiceKey: 4 });
  for (let length = 0; length < wanted.length; length += 1) {
    expect(name(setInstance(wanted.subarray(0, length)))).toBe('STATUS_WMI_SET_FAILURE');
  }
  expect(provider.data).toEqual(fanData);
});

test('SetInstance 4: the callback itself refuses a short buffer, whatever the framework checked before', () => {
  const { provider } = fanMachine();
  const { evtWmiInstanceSetInstance: set } = wmi.bindInstance(SmartFanBlock, provider);
  const instance = { guid: SmartFanBlock.guid, label: 'fan' };
  const wanted = SmartFanCodec.encode({ ...fanData, TargetSpeed: 1, Mode: 2, ServiceKey: 4 });
  for (let length = 0; length < wanted.length; length += 1) {
    expect(set?.(instance, length, wanted, length === 0 ? null : 0)).toBe(
      wmi.STATUS_WMI_SET_FAILURE,
    );
  }
  expect(provider.data).toEqual(fanData);
  expect(set?.(instance, wanted.length, wanted, 0)).toBe(wmi.STATUS_SUCCESS);
  expect(provider.data).toEqual({ ...fanData, TargetSpeed: 1, Mode: 2, ServiceKey: 4 });
});

// --- 1.3 IoWMISetSingleInstance ------------------------------------------------------------------------------------

test('IoWMISetSingleInstance 1: the block has to be opened with WMIGUID_SET; the instance goes by its InstanceName', () => {
  const { kernel, open, fan, name: instanceName, trace } = fanMachine();
  const value = SmartFanCodec.encode(fanData);
  const readable = open(fan.guid, wmi.WMIGUID_QUERY | wmi.WMIGUID_EXECUTE);
  trace.length = 0;
  expect(name(kernel.ioWmiSetSingleInstance(readable, instanceName, 0, value))).toBe(
    'STATUS_ACCESS_DENIED',
  );
  expect(irps(trace)).toEqual([]);
  expect(name(kernel.ioWmiSetSingleInstance(fan, instanceName, 0, value))).toBe('STATUS_SUCCESS');
});

test('IoWMISetSingleInstance 2: Version is reserved and must be 0', () => {
  const { kernel, fan, name: instanceName, trace } = fanMachine();
  trace.length = 0;
  const value = SmartFanCodec.encode(fanData);
  expect(name(kernel.ioWmiSetSingleInstance(fan, instanceName, 1, value))).toBe(
    'STATUS_INVALID_PARAMETER',
  );
  expect(irps(trace)).toEqual([]);
});

test('IoWMISetSingleInstance 3 and IoWMISetSingleInstance 4: the properties take the contents of the value buffer', () => {
  const { setInstance, query } = fanMachine();
  const wanted = { ...fanData, TargetSpeed: 4711 };
  expect(name(setInstance(SmartFanCodec.encode(wanted)))).toBe('STATUS_SUCCESS');
  expect(query()).toEqual({ ...wanted, ServiceKey: 0 });
});

test('IoWMISetSingleInstance 5: no driver implements the class', () => {
  const { kernel, open } = machine();
  const unknownBlock = open('99999999-0000-0000-0000-000000000000');
  expect(name(kernel.ioWmiSetSingleInstance(unknownBlock, 'x', 0, new Uint8Array(4)))).toBe(
    'STATUS_WMI_GUID_NOT_FOUND',
  );
});

test('IoWMISetSingleInstance 6: no driver has the named instance', () => {
  const { kernel, fan } = fanMachine();
  const value = SmartFanCodec.encode(fanData);
  expect(name(kernel.ioWmiSetSingleInstance(fan, 'ROOT\\NOBODY\\0000_0', 0, value))).toBe(
    'STATUS_WMI_INSTANCE_NOT_FOUND',
  );
});

test('IoWMISetSingleInstance 7 and CHANGE_SINGLE_INSTANCE 10: all properties are read-only', () => {
  const { kernel, open } = machine();
  const device = wmi.createKmdfDevice(kernel, { name: 'readonly' });
  interface ReadOnlyFanTypes {
    readonly data: SmartFan;
    readonly changes: never;
    readonly provider: SmartFanInMemory;
    readonly methods: object;
  }
  // What mofgen emits for a block without a writable item: no `set`.
  const readOnlyBlock: wmi.WmiBlock<ReadOnlyFanTypes> = {
    contract: 2,
    name: 'ReadOnlyFan',
    guid: SmartFanBlock.guid,
    expensive: false,
    minInstanceBufferSize: SmartFanCodec.size,
    data: SmartFanCodec,
    items: SmartFanBlock.items,
    query: (provider) => provider.data,
  };
  const { handle, instances } = wmi.registerBlock(device, readOnlyBlock, new SmartFanInMemory());
  const value = SmartFanCodec.encode(fanData);
  const instanceName = instances[0]?.instanceName ?? '';
  const fan = open(handle.guid);
  expect(name(kernel.ioWmiSetSingleInstance(fan, instanceName, 0, value))).toBe(
    'STATUS_WMI_READ_ONLY',
  );
});

test('IoWMISetSingleInstance 8: the owning driver cannot update the instance', () => {
  const { setInstance } = fanMachine(new Refusing(wmi.STATUS_WMI_SET_FAILURE));
  expect(name(setInstance(SmartFanCodec.encode(fanData)))).toBe('STATUS_WMI_SET_FAILURE');
});

test('IoWMISetSingleInstance 9: the driver whose InstanceName matches gets the request and applies it', () => {
  const { kernel, open, trace } = machine();
  const providers = [new SmartFanInMemory(), new SmartFanInMemory()];
  const names = providers.map((provider, index) => {
    const device = wmi.createKmdfDevice(kernel, { name: `fan${index}` });
    const { SmartFan } = registerSmartFan(device, { SmartFan: provider });
    return SmartFan.instances[0]?.instanceName ?? '';
  });
  const fan = open(SmartFanBlock.guid);
  trace.length = 0;
  const value = SmartFanCodec.encode(fanData);
  expect(name(kernel.ioWmiSetSingleInstance(fan, names[1] ?? '', 0, value))).toBe('STATUS_SUCCESS');
  expect(irps(trace)).toEqual(['IRP_MN_CHANGE_SINGLE_INSTANCE']);
  expect(providers.map(({ data }) => data.TargetSpeed)).toEqual([0, fanData.TargetSpeed]);
});

test('IoWMISetSingleInstance 10 and CHANGE_SINGLE_INSTANCE 11: of a mixed block only the writable properties change, with STATUS_SUCCESS', () => {
  const { setInstance, provider } = fanMachine();
  const wanted: SmartFan = {
    ...fanData,
    ActualSpeed: 1,
    Faults: 2,
    Revolutions: 3n,
    LastCleaned: '0'.repeat(25),
    Mode: 0,
  };
  expect(name(setInstance(SmartFanCodec.encode(wanted)))).toBe('STATUS_SUCCESS');
  expect(provider.data).toEqual({ ...fanData, Mode: 0 });
});

test('IoWMISetSingleInstance 11: one property alone goes through IoWMISetSingleItem', () => {
  const { setItem, trace } = fanMachine();
  trace.length = 0;
  expect(name(setItem(3, Uint8Array.of(0)))).toBe('STATUS_SUCCESS');
  expect(irps(trace)).toEqual(['IRP_MN_CHANGE_SINGLE_ITEM']);
});

test('the skeleton works unchanged', () => {
  const { kernel, open, guid } = skeletonMachine();
  const all = kernel.ioWmiQueryAllData(open(guid), 4096);
  expect(name(all.status)).toBe('STATUS_SUCCESS');
  expect(all.instances).toHaveLength(1);
});
