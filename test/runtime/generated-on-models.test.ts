// Generated blocks behave the same on every driver model: the same statuses, the same bytes, the same effects.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CalibrationBlock } from '../../samples/calibration/expected/ts/calibration.g.js';
import { CalibrationInMemory } from '../../samples/calibration/expected/ts/calibration.provider.js';
import {
  SensorAlarmEvent,
  SensorLogBlock,
} from '../../samples/sensor-log/expected/ts/sensor-log.g.js';
import { SensorLogInMemory } from '../../samples/sensor-log/expected/ts/sensor-log.provider.js';
import { SmartFanBlock, SmartFanCodec } from '../../samples/smart-fan/expected/ts/smart-fan.g.js';
import { SmartFanInMemory } from '../../samples/smart-fan/expected/ts/smart-fan.provider.js';
import {
  bindBlock,
  bindEvent,
  bindWmilib,
  createKernel,
  createKmdfDevice,
  createSelfHandledDevice,
  createWmilibDevice,
  ntStatusName,
  registerBlock,
  registerEvent,
  registerWmilibBlocks,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  SYNCHRONIZE,
  wmiFireEvent,
  WMIGUID_EXECUTE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_SET,
  type Kernel,
} from '../../src/runtime/index.js';
import { must } from './rig.js';
import { runs } from '../effort.js';

const models = ['kmdf', 'wmilib', 'selfHandled list', 'selfHandled dynamic'] as const;

/** The samples on one model, with one fan, one instrument and two sensors. */
function samples(model: (typeof models)[number]) {
  const kernel = createKernel({ clock: () => 42n });
  const fan = new SmartFanInMemory();
  const instrument = new CalibrationInMemory();
  const collected: string[] = [];
  const sensors = ['north', 'south'].map((name) => ({
    name,
    provider: Object.assign(new SensorLogInMemory(), {
      collect: (enabled: boolean) => {
        collected.push(`${name} ${enabled}`);
        return undefined;
      },
    }),
  }));
  const bound = () => [
    bindBlock(SmartFanBlock, fan),
    bindBlock(CalibrationBlock, instrument),
    bindBlock(SensorLogBlock, sensors),
    bindEvent(SensorAlarmEvent),
  ];
  const alarm = SensorAlarmEvent.data.encode({
    Sample: 1,
    Threshold: 2,
    When: '00000000000000.000000:000',
    Label: 'hot',
  });
  const parts = { kernel, fan, instrument, sensors, collected };
  switch (model) {
    case 'kmdf': {
      const device = createKmdfDevice(kernel, { name: 'lab' });
      registerBlock(device, SmartFanBlock, fan);
      registerBlock(device, CalibrationBlock, instrument);
      registerBlock(device, SensorLogBlock, sensors);
      const event = registerEvent(device, SensorAlarmEvent);
      const fire = () =>
        event.fire({ Sample: 1, Threshold: 2, When: '00000000000000.000000:000', Label: 'hot' });
      return {
        ...parts,
        name: (_block: string, index: number) => `ROOT\\LAB\\0000_${index}`,
        fire,
      };
    }
    case 'wmilib': {
      const device = registerWmilibBlocks(kernel, bound(), { name: 'lab' });
      const fire = () => wmiFireEvent(device, SensorAlarmEvent.guid, 0, alarm);
      return {
        ...parts,
        name: (_block: string, index: number) => `ROOT\\LAB\\0000_${index}`,
        fire,
      };
    }
    case 'selfHandled list':
    case 'selfHandled dynamic': {
      const kind = model === 'selfHandled list' ? 'list' : 'dynamic';
      const blocks = bound().map((block) => ({ block, naming: { kind } as const }));
      const device = createSelfHandledDevice(kernel, { name: 'lab', blocks });
      const fire = () =>
        device.fireEvent(SensorAlarmEvent.guid, kind === 'list' ? 0 : 'SensorAlarm', alarm);
      const name = (block: string, index: number) =>
        block === 'SensorLog' ? must(sensors[index]).name : block;
      return { ...parts, name, fire };
    }
    default:
      return model satisfies never;
  }
}

const open = (kernel: Kernel, guid: string) =>
  must(kernel.ioWmiOpenBlock(guid, WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE).dataBlockObject);

test.each(models)(
  '%s: a block of fixed size with read-only, write-only and mixed items',
  (model) => {
    const { kernel, fan, name } = samples(model);
    const block = open(kernel, SmartFanBlock.guid);
    const instance = name('SmartFan', 0);
    const set = (bytes: Uint8Array) =>
      ntStatusName(kernel.ioWmiSetSingleInstance(block, instance, 0, bytes));
    const item = (id: number, size: number) =>
      ntStatusName(kernel.ioWmiSetSingleItem(block, instance, id, 0, new Uint8Array(size).fill(5)));
    const value = SmartFanCodec.encode({
      ...fan.data,
      TargetSpeed: 70,
      ActualSpeed: 9,
      ServiceKey: 3,
    });
    expect(set(value.subarray(0, 77))).toBe('STATUS_WMI_SET_FAILURE');
    expect(fan.data.TargetSpeed).toBe(0);
    // Read-only items stay unchanged; bytes after the data are ignored.
    expect(set(Uint8Array.of(...value, 1, 2, 3))).toBe('STATUS_SUCCESS');
    expect(fan.data).toMatchObject({ TargetSpeed: 70, ActualSpeed: 0, ServiceKey: 3 });
    expect([item(0, 4), item(9, 4), item(2, 4), item(2, 1), item(1, 3)]).toEqual([
      'STATUS_WMI_ITEMID_NOT_FOUND',
      'STATUS_WMI_ITEMID_NOT_FOUND',
      'STATUS_WMI_READ_ONLY',
      'STATUS_WMI_READ_ONLY',
      'STATUS_WMI_SET_FAILURE',
    ]);
    expect(item(3, 1)).toBe('STATUS_SUCCESS');
    expect(fan.data).toMatchObject({ TargetSpeed: 70, Mode: 5 });
    const first = kernel.ioWmiQuerySingleInstance(block, instance, 0);
    const read = kernel.ioWmiQuerySingleInstance(block, instance, first.bufferSize);
    expect(SmartFanCodec.encode({ ...fan.data, ServiceKey: 0 })).toEqual(read.data);
    const method = kernel.ioWmiExecuteMethod(block, instance, 1, new Uint8Array(4), 4);
    expect(ntStatusName(method.status)).toBe(
      model === 'kmdf' ? 'STATUS_INVALID_DEVICE_REQUEST' : 'STATUS_WMI_ITEMID_NOT_FOUND',
    );
  },
);

test.each(models)('%s: methods get their inputs and give their outputs', (model) => {
  const { kernel, instrument, sensors, name } = samples(model);
  const block = open(kernel, CalibrationBlock.guid);
  const log = open(kernel, SensorLogBlock.guid);
  const run = (id: number, input: Uint8Array, room: number) =>
    kernel.ioWmiExecuteMethod(block, name('Calibration', 0), id, input, room);
  const input = Uint8Array.from({ length: 64 }, (_, index) => index);
  expect(ntStatusName(run(99, input, 64).status)).toBe('STATUS_WMI_ITEMID_NOT_FOUND');
  expect(ntStatusName(run(1, input.subarray(0, 1), 64).status)).toBe(
    'STATUS_INVALID_PARAMETER_MIX',
  );
  expect(instrument.lastReplacePoint).toBeUndefined();
  const done = run(1, input, 64);
  expect(ntStatusName(done.status)).toBe('STATUS_SUCCESS');
  expect(instrument.lastReplacePoint).toBeDefined();
  // The output does not fit: the size is returned.
  const drained = kernel.ioWmiExecuteMethod(log, name('SensorLog', 1), 10, new Uint8Array(4), 0);
  expect(ntStatusName(drained.status)).toBe('STATUS_BUFFER_TOO_SMALL');
  const again = kernel.ioWmiExecuteMethod(
    log,
    name('SensorLog', 1),
    10,
    new Uint8Array(4),
    drained.outBufferSize,
  );
  expect(again).toMatchObject({ status: 0, outBufferSize: drained.outBufferSize });
  expect(sensors.map(({ provider }) => provider.lastDrain !== undefined)).toEqual([false, true]);
});

test.each(models)(
  '%s: every instance of a block of varying size comes back, whatever the room',
  (model) => {
    const { kernel, sensors, name } = samples(model);
    const block = open(kernel, SensorLogBlock.guid);
    fc.assert(
      fc.property(
        fc.string({ maxLength: 9 }),
        fc.string({ maxLength: 9 }),
        fc.nat(400),
        (a, b, room) => {
          const labels = [a, b];
          for (const [index, { provider }] of sensors.entries()) {
            provider.data = { ...provider.data, Comment: must(labels[index]) };
          }
          const all = kernel.ioWmiQueryAllData(block, room);
          const need = all.bufferSize;
          expect(ntStatusName(all.status)).toBe(
            room < need ? 'STATUS_BUFFER_TOO_SMALL' : 'STATUS_SUCCESS',
          );
          const whole = kernel.ioWmiQueryAllData(block, need);
          expect(whole.instances).toEqual(
            sensors.map(({ provider }, index) => ({
              instanceName: name('SensorLog', index),
              data: SensorLogBlock.data.encode(provider.data),
            })),
          );
        },
      ),
      { numRuns: runs(50) },
    );
  },
);

test.each(models)(
  '%s: an expensive block collects while it is open, all instances of it',
  (model) => {
    const { kernel, collected } = samples(model);
    const block = open(kernel, SensorLogBlock.guid);
    expect(collected).toEqual(['north true', 'south true']);
    kernel.obDereferenceObject(block);
    expect(collected).toEqual(['north true', 'south true', 'north false', 'south false']);
  },
);

test.each(models)('%s: an event reaches its listener with its data', (model) => {
  const { kernel, fire } = samples(model);
  const access = WMIGUID_NOTIFICATION | SYNCHRONIZE;
  const block = must(kernel.ioWmiOpenBlock(SensorAlarmEvent.guid, access).dataBlockObject);
  let events = 0;
  kernel.ioWmiSetNotificationCallback(block, () => {
    events += 1;
  });
  expect(ntStatusName(fire())).toBe('STATUS_SUCCESS');
  expect(events).toBe(1);
  expect(kernel.poolBlocksInUse).toBe(0);
});

test('a context has only the routines that its blocks need, and its registration has the given names', () => {
  const readOnly = bindWmilib([
    { guid: SmartFanBlock.guid, instances: [{ name: 'a', callbacks: {} }] },
  ]);
  expect(Object.keys(readOnly)).toEqual(['guidList', 'queryWmiRegInfo', 'queryWmiDataBlock']);
  const kernel = createKernel();
  const context = bindWmilib([bindBlock(SmartFanBlock, new SmartFanInMemory())], {
    baseName: 'Fan',
    registryPath: '\\R',
    mofResourceName: 'FanMof',
  });
  expect(context.setWmiDataBlock).toBeDefined();
  expect(context.setWmiDataItem).toBeDefined();
  expect(context.executeWmiMethod).toBeUndefined();
  const device = createWmilibDevice(kernel, { context, name: 'lab' });
  expect(kernel.staticInstanceName(device, SmartFanBlock.guid, 0)).toBe('Fan0');
  expect(context.queryWmiRegInfo(device)).toMatchObject({
    registryPath: '\\R',
    mofResourceName: 'FanMof',
  });
});

test('on WMILIB an instance without a callback is read-only among others that have it, and no data is a NULL pointer', () => {
  const kernel = createKernel();
  const guid = SmartFanBlock.guid;
  const calls: unknown[] = [];
  const record =
    (name: string) =>
    (...[, ...values]: unknown[]) => {
      calls.push([name, ...values.filter((value) => !(value instanceof Uint8Array))]);
      return STATUS_SUCCESS;
    };
  const callbacks = {
    evtWmiInstanceSetInstance: record('set'),
    evtWmiInstanceSetItem: record('setItem'),
    evtWmiInstanceExecuteMethod: (...values: readonly unknown[]) => ({
      status: record('execute')(...values),
      bufferUsed: 0,
    }),
  };
  const instances = [
    { name: 'a', callbacks: {} },
    { name: 'b', callbacks },
  ];
  registerWmilibBlocks(kernel, [{ guid, instances }], { name: 'lab' });
  const block = open(kernel, guid);
  const requests = (index: number, data: Uint8Array) => {
    const name = `ROOT\\LAB\\0000_${index}`;
    return [
      kernel.ioWmiSetSingleInstance(block, name, 0, data),
      kernel.ioWmiSetSingleItem(block, name, 7, 0, data),
      kernel.ioWmiExecuteMethod(block, name, 9, data, 0).status,
    ].map(ntStatusName);
  };
  for (const size of [0, 4]) {
    expect(requests(0, new Uint8Array(size))).toEqual([
      'STATUS_WMI_READ_ONLY',
      'STATUS_WMI_READ_ONLY',
      'STATUS_WMI_ITEMID_NOT_FOUND',
    ]);
    expect(calls).toEqual([]);
  }
  expect(requests(1, new Uint8Array(0))).toEqual(Array(3).fill('STATUS_SUCCESS'));
  expect(requests(1, new Uint8Array(4))).toEqual(Array(3).fill('STATUS_SUCCESS'));
  expect(calls).toEqual([
    ['set', 0, null],
    ['setItem', 7, 0, null],
    ['execute', 9, 0, 0, null],
    ['set', 4, 64],
    ['setItem', 7, 4, 72],
    ['execute', 9, 4, 4, 72],
  ]);
});

test('a routine of a context completes a request for an index that does not exist', () => {
  const kernel = createKernel();
  const context = bindWmilib([bindBlock(SmartFanBlock, new SmartFanInMemory())]);
  const wrong = { guid: 0, instance: 0 };
  const device = createWmilibDevice(kernel, {
    name: 'lab',
    context: {
      ...context,
      // The library checks indices first, so the routine gets a wrong one only from here.
      setWmiDataBlock: (to, irp, guidIndex, instanceIndex, ...others) =>
        must(context.setWmiDataBlock)(
          to,
          irp,
          guidIndex + wrong.guid,
          instanceIndex + wrong.instance,
          ...others,
        ),
    },
  });
  const block = open(kernel, SmartFanBlock.guid);
  const name = must(kernel.staticInstanceName(device, SmartFanBlock.guid, 0));
  const set = () => ntStatusName(kernel.ioWmiSetSingleInstance(block, name, 0, new Uint8Array(78)));
  expect(set()).toBe('STATUS_SUCCESS');
  wrong.instance = 1;
  expect(set()).toBe('STATUS_WMI_INSTANCE_NOT_FOUND');
  wrong.guid = 1;
  expect(set()).toBe('STATUS_WMI_GUID_NOT_FOUND');
});

test('instances without data are empty among others on WMILIB, also at the end', () => {
  const kernel = createKernel();
  const guid = SmartFanBlock.guid;
  const callbacks = {
    evtWmiInstanceQueryInstance: (
      _instance: unknown,
      room: number,
      memory: Uint8Array,
      offset: number | null,
    ) => {
      if (room < 1 || offset === null) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: 1 };
      memory[offset] = 7;
      return { status: STATUS_SUCCESS, bufferUsed: 1 };
    },
  };
  const instances = [
    { name: 'a', callbacks: {} },
    { name: 'b', callbacks },
    { name: 'c', callbacks: {} },
  ];
  registerWmilibBlocks(kernel, [{ guid, instances }], { name: 'lab' });
  const block = open(kernel, guid);
  const { bufferSize } = kernel.ioWmiQueryAllData(block, 0);
  const all = kernel.ioWmiQueryAllData(block, bufferSize);
  expect(all.instances?.map(({ data }) => [...data])).toEqual([[], [7], []]);
  const single = kernel.ioWmiQuerySingleInstance(block, 'ROOT\\LAB\\0000_0', 100);
  expect(ntStatusName(single.status)).toBe('STATUS_INVALID_DEVICE_REQUEST');
});
