/**
 * The trace as a table: one row a step, inner steps indented, statuses by name; and what a failed expectation shows.
 */
import { expect, test } from 'vitest';
import * as wmi from '../../../src/runtime/index.js';
import {
  registerSensorLog,
  SensorAlarmEvent,
} from '../../../samples/sensor-log/expected/ts/sensor-log.g.js';
import { SensorLogInMemory } from '../../../samples/sensor-log/expected/ts/sensor-log.provider.js';
import {
  registerSmartFan,
  SmartFanBlock,
} from '../../../samples/smart-fan/expected/ts/smart-fan.g.js';
import { SmartFanInMemory } from '../../../samples/smart-fan/expected/ts/smart-fan.provider.js';

function fan() {
  const machine = wmi.createMachine({ device: { name: 'smartfan' } });
  const provider = new SmartFanInMemory();
  machine.register(registerSmartFan, { SmartFan: provider });
  return { machine, provider, fan: machine.open(SmartFanBlock) };
}

const lines = (text: string): string[] => text.trim().split('\n');

test('requests, callbacks and faults of a whole session', () => {
  const { machine, provider, fan: consumer } = fan();
  machine.trace.clear();
  consumer.query(0, 10);
  machine.faults.shortBuffer(77);
  consumer.set(provider.data);
  machine.faults.callbackReturns(wmi.STATUS_PENDING);
  consumer.setItem('TargetSpeed', 1200);
  consumer.close();
  expect(`\n${machine.trace.print()}\n`).toBe(String.raw`
step                             arguments                               NTSTATUS                 bytes
-------------------------------  --------------------------------------  -----------------------  -------------
IoWMIQuerySingleInstance         ROOT\SMARTFAN\0000_0, 74 bytes          STATUS_BUFFER_TOO_SMALL  142
  IRP_MN_QUERY_SINGLE_INSTANCE   smartfan, 74 bytes                      STATUS_SUCCESS           56, needs 142
! shortBuffer                    77 bytes
IoWMISetSingleInstance           ROOT\SMARTFAN\0000_0, 77 bytes          STATUS_WMI_SET_FAILURE
  IRP_MN_CHANGE_SINGLE_INSTANCE  smartfan, 141 bytes                     STATUS_WMI_SET_FAILURE   0
IoWMISetSingleItem               ROOT\SMARTFAN\0000_0, id 1, 4 bytes     STATUS_UNSUCCESSFUL
  IRP_MN_CHANGE_SINGLE_ITEM      smartfan, 76 bytes                      STATUS_UNSUCCESSFUL      0
    EvtWmiInstanceSetItem        SmartFan, id 1, in 4                    STATUS_PENDING
      ! callbackReturns          STATUS_PENDING
ObDereferenceObject              {0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d102}  STATUS_SUCCESS
`);
});

test('registration and references', () => {
  const { machine } = fan();
  expect(`\n${machine.trace.print()}\n`).toBe(`
step                        arguments                               NTSTATUS        bytes
--------------------------  --------------------------------------  --------------  -----
IRP_MN_REGINFO_EX           smartfan, DataPath 0, 1024 bytes        STATUS_SUCCESS  148
WMIREG_ACTION_REGISTER      smartfan, 0 GUIDs                       STATUS_SUCCESS
IRP_MN_REGINFO_EX           smartfan, DataPath 1, 1024 bytes        STATUS_SUCCESS  180
  reference                 0xffffa00000002000, count 1
reference                   0xffffa00000002000, count 0
WMIREG_ACTION_UPDATE_GUIDS  smartfan, 1 GUID                        STATUS_SUCCESS
IoWMIOpenBlock              {0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d102}  STATUS_SUCCESS
`);
});

test('the last request is the outermost one, with what is in it and the fault before it', () => {
  const { machine, provider, fan: consumer } = fan();
  consumer.query();
  machine.faults.shortBuffer(1);
  consumer.set(provider.data);
  expect(machine.trace.lastRequest().map(({ kind }) => kind)).toEqual([
    'fault',
    'routineBegin',
    'irpBegin',
    'irpEnd',
    'routineEnd',
  ]);
  consumer.query();
  expect(machine.trace.lastRequest()[0]).toMatchObject({ routine: 'IoWMIQuerySingleInstance' });
  machine.trace.clear();
  expect(machine.trace.lastRequest()).toEqual([]);
});

test('steps around a callback that threw did not return, and later steps are separate', () => {
  const { machine, provider, fan: consumer } = fan();
  let stalled = true;
  provider.query = () => {
    if (stalled) throw new Error('stalled');
    return provider.data;
  };
  machine.trace.clear();
  expect(() => consumer.query()).toThrow('stalled');
  stalled = false;
  consumer.query();
  expect(lines(machine.trace.print()).slice(2)).toEqual([
    'IoWMIQuerySingleInstance         ROOT\\SMARTFAN\\0000_0, 142 bytes  (did not return)',
    '  IRP_MN_QUERY_SINGLE_INSTANCE   smartfan, 142 bytes              (did not return)',
    '    EvtWmiInstanceQueryInstance  SmartFan, out 78                 (did not return)',
    '      ! exception                stalled',
    'IoWMIQuerySingleInstance         ROOT\\SMARTFAN\\0000_0, 142 bytes  STATUS_SUCCESS    142',
    '  IRP_MN_QUERY_SINGLE_INSTANCE   smartfan, 142 bytes              STATUS_SUCCESS    142',
    '    EvtWmiInstanceQueryInstance  SmartFan, out 78                 STATUS_SUCCESS    78',
  ]);
  expect(lines(wmi.formatTrace(machine.trace.lastRequest()))).toHaveLength(2 + 3);
});

test('a notification callback that throws ends the routine that fired its event', () => {
  const { machine, fan: consumer } = fan();
  const sensor = machine.register(registerSensorLog, { SensorLog: new SensorLogInMemory() });
  const { object } = machine.listen(SensorAlarmEvent);
  machine.kernel.ioWmiSetNotificationCallback(object, () => {
    throw new Error('deaf');
  });
  machine.trace.clear();
  expect(() =>
    sensor.SensorAlarm.fire({ Sample: 1, Threshold: 1, When: wmi.ZERO_DATETIME, Label: '' }),
  ).toThrow('deaf');
  consumer.query();
  expect(
    lines(machine.trace.print())
      .slice(2)
      .map((line) => line.replace(/(\S) {2}.*/, '$1')),
  ).toEqual([
    'IoWMIWriteEvent',
    '  pool freed',
    '  event delivered',
    '  ! exception',
    'IoWMIQuerySingleInstance',
    '  IRP_MN_QUERY_SINGLE_INSTANCE',
    '    EvtWmiInstanceQueryInstance',
  ]);
  expect(machine.trace.lastRequest()[0]).toMatchObject({ routine: 'IoWMIQuerySingleInstance' });
});

test('an exception is in the trace of a bare kernel too: each step that it leaves has one', () => {
  const events: wmi.TraceEvent[] = [];
  const kernel = wmi.createKernel({ trace: (event) => events.push(event) });
  const provider = new SmartFanInMemory();
  registerSmartFan(wmi.createKmdfDevice(kernel), { SmartFan: provider });
  provider.query = () => {
    throw new Error('stalled');
  };
  const { dataBlockObject } = kernel.ioWmiOpenBlock(SmartFanBlock.guid, wmi.WMIGUID_QUERY);
  if (dataBlockObject === undefined) throw new Error('not open');
  expect(() => kernel.ioWmiQueryAllData(dataBlockObject, 4096)).toThrow('stalled');
  expect(events.slice(-2)).toEqual([
    { kind: 'exception', step: 'IRP_MN_QUERY_ALL_DATA', message: 'stalled' },
    { kind: 'exception', step: 'IoWMIQueryAllData', message: 'stalled' },
  ]);
  expect(lines(wmi.formatTrace(events)).filter((line) => line.includes('stalled'))).toHaveLength(1);
});

test('a filtered trace is an array, not a trace', () => {
  const { machine } = fan();
  const filtered = machine.trace.filter(({ kind }) => kind === 'reference');
  expect(filtered).toHaveLength(2);
  expect(Object.getPrototypeOf(filtered)).toBe(Array.prototype);
  expect(Object.getPrototypeOf(machine.trace.slice())).toBe(Array.prototype);
});

test('an exception inside a nested request leaves the outer one open', () => {
  const { machine, provider, fan: consumer } = fan();
  provider.query = () => {
    throw new Error('stalled');
  };
  provider.set = () => {
    try {
      consumer.query();
    } catch {
      return wmi.STATUS_UNSUCCESSFUL;
    }
    return wmi.STATUS_SUCCESS;
  };
  machine.trace.clear();
  machine.expectStatus(consumer.set(provider.data), wmi.STATUS_UNSUCCESSFUL);
  expect(lines(machine.trace.print()).slice(2)).toEqual([
    'IoWMISetSingleInstance                 ROOT\\SMARTFAN\\0000_0, 78 bytes   STATUS_UNSUCCESSFUL',
    '  IRP_MN_CHANGE_SINGLE_INSTANCE        smartfan, 142 bytes              STATUS_UNSUCCESSFUL  0',
    '    EvtWmiInstanceSetInstance          SmartFan, in 78                  STATUS_UNSUCCESSFUL',
    '      IoWMIQuerySingleInstance         ROOT\\SMARTFAN\\0000_0, 142 bytes  (did not return)',
    '        IRP_MN_QUERY_SINGLE_INSTANCE   smartfan, 142 bytes              (did not return)',
    '          EvtWmiInstanceQueryInstance  SmartFan, out 78                 (did not return)',
    '            ! exception                stalled',
  ]);
  expect(machine.trace.lastRequest()).toEqual([...machine.trace]);
});

test('every kind of event has a row', () => {
  const guid = '0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d102';
  const STATUS_SUCCESS = wmi.STATUS_SUCCESS;
  expect(
    lines(
      wmi.formatTrace([
        {
          kind: 'irpBegin',
          driver: 'fan',
          minor: 11,
          minorName: 'IRP_MN_REGINFO_EX',
          dataPath: 1,
          bufferSize: 1,
        },
        { kind: 'forward', driver: 'fan', minorName: 'IRP_MN_REGINFO_EX' },
        {
          kind: 'irpEnd',
          driver: 'fan',
          minor: 11,
          minorName: 'IRP_MN_REGINFO_EX',
          outcome: 'forwarded',
          status: wmi.STATUS_NOT_SUPPORTED,
          information: 0,
        },
        {
          kind: 'callbackBegin',
          driver: 'fan',
          callback: 'EvtWmiProviderFunctionControl',
          guid,
          label: '',
          control: 2,
          enable: true,
        },
        {
          kind: 'callbackEnd',
          driver: 'fan',
          callback: 'EvtWmiProviderFunctionControl',
          status: STATUS_SUCCESS,
        },
        { kind: 'eventDelivery', guid, bufferSize: 66, subscribers: 2 },
        { kind: 'reference', object: 255n, count: 1 },
        { kind: 'poolFree', by: 'system', bufferSize: 66 },
        { kind: 'fault', fault: 'wmiUnavailable', detail: '' },
      ]),
    ),
  ).toEqual([
    'step                           arguments                                                  NTSTATUS                         bytes',
    '-----------------------------  ---------------------------------------------------------  -------------------------------  -----',
    'IRP_MN_REGINFO_EX              fan, DataPath 1, 1 byte                                    STATUS_NOT_SUPPORTED, forwarded  0',
    '  forwarded                    fan, IRP_MN_REGINFO_EX',
    'EvtWmiProviderFunctionControl  {0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d102}, enable collection  STATUS_SUCCESS',
    'event delivered                {0b7c3a52-1c0c-4f52-8d0a-9a40c9e3d102}, 2 subscribers                                       66',
    'reference                      0xff, count 1',
    'pool freed                     by system                                                                                   66',
    '! wmiUnavailable',
  ]);
});

test('an unexpected status is named, with its number and the last request', () => {
  const { machine, provider, fan: consumer } = fan();
  machine.faults.shortBuffer(77);
  const status = consumer.set(provider.data);
  expect(() => machine.expectStatus(status, wmi.STATUS_SUCCESS)).toThrow(
    new Error(String.raw`expected STATUS_SUCCESS, got STATUS_WMI_SET_FAILURE (0xC00002C7)

step                             arguments                       NTSTATUS                bytes
-------------------------------  ------------------------------  ----------------------  -----
! shortBuffer                    77 bytes
IoWMISetSingleInstance           ROOT\SMARTFAN\0000_0, 77 bytes  STATUS_WMI_SET_FAILURE
  IRP_MN_CHANGE_SINGLE_INSTANCE  smartfan, 141 bytes             STATUS_WMI_SET_FAILURE  0
`),
  );
  expect(() => machine.expectStatus(status, wmi.STATUS_WMI_SET_FAILURE)).not.toThrow();
});

test('the table shows the request that returned the status, even an old one', () => {
  const { machine, fan: consumer } = fan();
  const missing = consumer.query(7);
  consumer.query();
  const message = (status: wmi.NtStatus): string[] => {
    try {
      machine.expectStatus(status, wmi.STATUS_PENDING);
    } catch (error) {
      return lines((error as Error).message);
    }
    throw new Error('the status was the expected one');
  };
  expect(message(missing.status).slice(4)).toEqual([
    expect.stringMatching(/^IoWMIQuerySingleInstance .*_7, .* STATUS_WMI_INSTANCE_NOT_FOUND/),
  ]);
  expect(message(wmi.STATUS_ACCESS_DENIED)).toEqual([
    'expected STATUS_PENDING, got STATUS_ACCESS_DENIED (0xC0000022)',
  ]);
});

test.each([
  [wmi.STATUS_WMI_SET_FAILURE, 'expected STATUS_SUCCESS, got STATUS_WMI_SET_FAILURE (0xC00002C7)'],
  [{ status: wmi.STATUS_PENDING }, 'expected STATUS_SUCCESS, got STATUS_PENDING (0x00000103)'],
  [wmi.ntStatus(0xc0000999), 'expected STATUS_SUCCESS, got 0xC0000999'],
])('without a trace the message is one line: %o', (actual, message) => {
  expect(() => wmi.expectStatus(actual, wmi.STATUS_SUCCESS)).toThrow(new Error(message));
});
