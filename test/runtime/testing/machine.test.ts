/**
 * A simulated machine: one call makes it, consumers speak the generated types, and its trace reads as a table.
 */
import { expect, expectTypeOf, test } from 'vitest';
import * as wmi from '../../../src/runtime/index.js';
import {
  registerSensorLog,
  SensorAlarmEvent,
  SensorLogBlock,
  type SensorLogDrainInput,
  SensorLogDrainInputCodec,
  type SensorLogDrainOutput,
  SensorLogDrainOutputCodec,
  type SensorLogInjectInput,
} from '../../../samples/sensor-log/expected/ts/sensor-log.g.js';
import { SensorLogInMemory } from '../../../samples/sensor-log/expected/ts/sensor-log.provider.js';
import {
  registerSmartFan,
  type SmartFan,
  SmartFanBlock,
} from '../../../samples/smart-fan/expected/ts/smart-fan.g.js';
import { SmartFanInMemory } from '../../../samples/smart-fan/expected/ts/smart-fan.provider.js';

const { STATUS_SUCCESS } = wmi;

function fan() {
  const machine = wmi.createMachine({ device: { name: 'smartfan' } });
  const provider = new SmartFanInMemory();
  const registration = machine.register(registerSmartFan, { SmartFan: provider });
  return { machine, provider, registration, fan: machine.open(SmartFanBlock) };
}

function sensors() {
  const machine = wmi.createMachine({ device: { name: 'sensorlog' } });
  const inlet = new SensorLogInMemory();
  const outlet = new SensorLogInMemory();
  const { SensorAlarm } = machine.register(registerSensorLog, {
    SensorLog: [
      { name: 'inlet', provider: inlet },
      { name: 'outlet', provider: outlet },
    ],
  });
  return { machine, inlet, outlet, SensorAlarm, log: machine.open(SensorLogBlock) };
}

test('a machine has a started device, so what is registered can be opened at once', () => {
  const { machine, fan: consumer } = fan();
  expect(machine.device.registrationState).toBe('registered');
  expect(consumer.instanceName()).toBe('ROOT\\SMARTFAN\\0000_0');
  machine.expectStatus(consumer.query(), STATUS_SUCCESS);
});

test('a query gives the block’s values, typed', () => {
  const { fan: consumer, provider } = fan();
  const { data } = consumer.query();
  expectTypeOf(data).toEqualTypeOf<SmartFan | undefined>();
  expect(data).toEqual(provider.data);
});

test('a set sends every item and changes the writable ones', () => {
  const { fan: consumer, provider } = fan();
  expect(consumer.set({ ...provider.data, TargetSpeed: 1200, ActualSpeed: 9999 })).toBe(
    STATUS_SUCCESS,
  );
  expect(provider.data).toMatchObject({ TargetSpeed: 1200, ActualSpeed: 0 });
});

test.each([
  [1, wmi.itemBytes(wmi.uint32, 1200), 'STATUS_SUCCESS', { TargetSpeed: 1200 }],
  [5, wmi.itemBytes(wmi.sint16, -40), 'STATUS_SUCCESS', { StartTemperature: -40 }],
  [1, Uint8Array.of(1, 2, 3), 'STATUS_WMI_SET_FAILURE', { TargetSpeed: 0 }],
  [2, wmi.itemBytes(wmi.uint32, 1), 'STATUS_WMI_READ_ONLY', { ActualSpeed: 0 }],
  [9, wmi.itemBytes(wmi.uint32, 1), 'STATUS_WMI_ITEMID_NOT_FOUND', {}],
  [99, new Uint8Array(), 'STATUS_WMI_ITEMID_NOT_FOUND', {}],
])('item %i set to %o: %s', (id, bytes, status, after) => {
  const { fan: consumer, provider } = fan();
  expect(wmi.ntStatusName(consumer.setItemBytes(id, bytes))).toBe(status);
  expect(provider.data).toMatchObject(after);
});

test.each([
  ['a fixed type', wmi.itemBytes(wmi.uint16, 0x0102), [2, 1]],
  ['a counted string', wmi.itemBytes(wmi.string, 'A'), [2, 0, 0x41, 0]],
  ['a whole record', wmi.itemBytes(SensorLogDrainInputCodec, { Limit: 7 }), [7, 0, 0, 0]],
])('the bytes of an item: %s', (_title, bytes, want) => {
  expect([...bytes]).toEqual(want);
});

test('a value that does not fit its item has no bytes', () => {
  expect(() => wmi.itemBytes(wmi.uint8, 256)).toThrow('item: 256 is not a uint8');
  expect(() => wmi.itemBytes(wmi.uint8, 256, 'Fan.Mode')).toThrow('Fan.Mode: 256 is not a uint8');
});

test('instances are chosen by index or by name, and an unknown one is an error', () => {
  const { log, outlet } = sensors();
  outlet.data = { ...outlet.data, Label: 'out' };
  expect(log.query(1).data?.Label).toBe('out');
  expect(log.query(log.instanceName(1)).data?.Label).toBe('out');
  expect(wmi.ntStatusName(log.query(2).status)).toBe('STATUS_WMI_INSTANCE_NOT_FOUND');
  expect(log.set({ ...outlet.data, Label: 'in' }, 0)).toBe(STATUS_SUCCESS);
  const { instances } = log.queryAll();
  expect(instances.map(({ instanceName, data }) => [instanceName, data?.Label])).toEqual([
    ['ROOT\\SENSORLOG\\0000_0', 'in'],
    ['ROOT\\SENSORLOG\\0000_1', 'out'],
  ]);
});

test('too little room returns the needed size: queries and methods', () => {
  const { log } = sensors();
  const { status, bufferSize, data } = log.query(0, 10);
  expect([wmi.ntStatusName(status), data]).toEqual(['STATUS_BUFFER_TOO_SMALL', undefined]);
  expect(log.query(0, bufferSize - 64).status).toBe(STATUS_SUCCESS);
  const all = log.queryAll(0);
  expect([wmi.ntStatusName(all.status), all.instances]).toEqual(['STATUS_BUFFER_TOO_SMALL', []]);
  expect(log.queryAll(all.bufferSize).instances).toHaveLength(2);
});

test('a query of all instances takes as much room as it needs, unless the size is given', () => {
  const machine = wmi.createMachine();
  const SmartFan = Array.from({ length: 800 }, (_, index) => ({
    name: `fan ${index}`,
    provider: new SmartFanInMemory(),
  }));
  machine.register(registerSmartFan, { SmartFan });
  const all = machine.open(SmartFanBlock);
  expect(all.queryAll().instances).toHaveLength(800);
  machine.expectStatus(all.queryAll(0x10000), wmi.STATUS_BUFFER_TOO_SMALL);
});

test('a method is a function of its types, by name; any bytes go by WmiMethodId', () => {
  const { log, outlet } = sensors();
  let injected: readonly number[] = [];
  outlet.Inject = ({ Samples }) => {
    injected = Samples;
    return STATUS_SUCCESS;
  };
  outlet.Drain = ({ Limit }) => ({ Count: 1, Samples: [Limit], Note: 'more' });
  const { Inject, Drain } = log.methods;
  expect(Inject({ Count: 2, Samples: [5, 6] }, { instance: 1 }).status).toBe(STATUS_SUCCESS);
  expect(injected).toEqual([5, 6]);
  const drained = { Count: 1, Samples: [3], Note: 'more' };
  expect(Drain({ Limit: 3 }, { instance: 1 }).output).toEqual(drained);
  const limit = SensorLogDrainInputCodec.encode({ Limit: 3 });
  const raw = log.executeBytes(10, limit, { instance: 1, room: 18 });
  expect(raw).toEqual({
    status: STATUS_SUCCESS,
    outBufferSize: 18,
    output: SensorLogDrainOutputCodec.encode(drained),
  });
  const short = Drain({ Limit: 3 }, { instance: 1, room: 8 });
  expect([wmi.ntStatusName(short.status), short.outBufferSize, short.output]).toEqual([
    'STATUS_BUFFER_TOO_SMALL',
    18,
    undefined,
  ]);
});

test('types refuse a block for an event, and a stray provider', () => {
  const { machine, log } = sensors();
  const compiles = [
    // @ts-expect-error: a data block is no event
    () => machine.listen(SensorLogBlock),
    // @ts-expect-error: a data block is no event
    () => wmi.registerEvent(machine.device, SensorLogBlock),
    () =>
      machine.register(registerSensorLog, {
        SensorLog: new SensorLogInMemory(),
        // @ts-expect-error: a provider of no block
        SensorLock: new SensorLogInMemory(),
      }),
  ];
  expect(compiles).toHaveLength(3);
  expectTypeOf(log.methods.Inject).toEqualTypeOf<wmi.MethodCall<SensorLogInjectInput, undefined>>();
  expectTypeOf(log.methods.Drain).toEqualTypeOf<
    wmi.MethodCall<SensorLogDrainInput, SensorLogDrainOutput>
  >();
});

test('a WmiMethodId that the block has not is sent, and the driver refuses it', () => {
  const { log } = sensors();
  expect(wmi.ntStatusName(log.executeBytes(99).status)).toBe('STATUS_WMI_ITEMID_NOT_FOUND');
  expect(Object.keys(log.methods)).toEqual(['Drain', 'Inject']);
});

test('a listener gets events, typed, until it closes', () => {
  const { machine, SensorAlarm } = sensors();
  const alarm = {
    Sample: 2201,
    Threshold: 2200,
    When: '20261121120000.000000+000',
    Label: 'outlet',
  };
  SensorAlarm.fire(alarm);
  const listener = machine.listen(SensorAlarmEvent);
  expect(SensorAlarm.enabled).toBe(true);
  SensorAlarm.fire(alarm);
  expect(listener.heard.map(({ data }) => data)).toEqual([alarm]);
  listener.close();
  SensorAlarm.fire(alarm);
  expect(listener.heard).toHaveLength(1);
  expect(SensorAlarm.enabled).toBe(false);
});

test('an expensive block is collected while a consumer has it open', () => {
  const machine = wmi.createMachine();
  const switches: boolean[] = [];
  const provider = Object.assign(new SensorLogInMemory(), {
    collect: (enabled: boolean) => {
      switches.push(enabled);
      return undefined;
    },
  });
  machine.register(registerSensorLog, { SensorLog: provider });
  const log = machine.open(SensorLogBlock);
  log.close();
  expect(switches).toEqual([true, false]);
});

test('access is what the consumer requested', () => {
  const { machine, provider } = fan();
  const reader = machine.open(SmartFanBlock, wmi.WMIGUID_QUERY);
  expect(wmi.ntStatusName(reader.set(provider.data))).toBe('STATUS_ACCESS_DENIED');
});

test('the clock stays fixed until it is advanced', () => {
  const { machine, fan: consumer } = fan();
  const stamp = () => {
    const { wnode } = machine.kernel.ioWmiQuerySingleInstance(
      consumer.object,
      consumer.instanceName(),
      256,
    );
    return wmi.readSingleInstance(wnode ?? new Uint8Array())?.header.timeStamp;
  };
  const before = machine.clock.now;
  expect(stamp()).toBe(before);
  expect(stamp()).toBe(before);
  machine.clock.advance(1.5);
  expect(stamp()).toBe(before + 15_000n);
  const clock = wmi.createClock(7n);
  expect(wmi.createMachine({ clock }).kernel.systemTime()).toBe(7n);
});

test('a clock starts at the first second of 2020', () => {
  const unixEpoch = 116_444_736_000_000_000n;
  const { now } = wmi.createClock();
  expect(new Date(Number((now - unixEpoch) / 10_000n)).toISOString()).toBe(
    '2020-01-01T00:00:00.000Z',
  );
});

test('devices without a name of their own have different names', () => {
  const machine = wmi.createMachine();
  const names = [machine.device, machine.addDevice(), machine.addDevice()].map(({ name }) => name);
  expect(names).toEqual(['driver', 'driver2', 'driver3']);
});

test('a second device has its own instances, and the first keeps its own', () => {
  const { machine, fan: consumer } = fan();
  const other = machine.addDevice({ name: 'other' });
  const { SmartFan } = registerSmartFan(other, { SmartFan: new SmartFanInMemory() });
  const [instance] = SmartFan.instances;
  expect(instance?.instanceName).toBe('ROOT\\OTHER\\0000_0');
  expect(consumer.instanceName()).toBe('ROOT\\SMARTFAN\\0000_0');
  expect(consumer.queryAll().instances).toHaveLength(2);
  expect(machine.kernel.ioWmiDeviceObjectToInstanceName(consumer.object, other)).toEqual({
    status: STATUS_SUCCESS,
    instanceName: 'ROOT\\OTHER\\0000_0',
  });
  other.remove();
  expect(consumer.queryAll().instances).toHaveLength(1);
});
