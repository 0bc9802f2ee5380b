/**
 * Fault injection: each fault is armed in one call, applies as often as requested, is in the trace, and later calls
 * succeed.
 */
import { expect, test } from 'vitest';
import * as wmi from '../../../src/runtime/index.js';
import {
  registerSensorLog,
  SensorLogBlock,
} from '../../../samples/sensor-log/expected/ts/sensor-log.g.js';
import {
  SmartFanBlock,
  SmartFanCodec,
} from '../../../samples/smart-fan/expected/ts/smart-fan.g.js';
import { SmartFanInMemory } from '../../../samples/smart-fan/expected/ts/smart-fan.provider.js';
import { SensorLogInMemory } from '../../../samples/sensor-log/expected/ts/sensor-log.provider.js';

const { STATUS_SUCCESS } = wmi;

const alarm = {
  Sample: 2201,
  Threshold: 2200,
  When: '20261121120000.000000+000',
  Label: 'outlet',
};

class Sensor extends SensorLogInMemory {
  switches = 0;

  override Drain = () => ({ Count: 1, Samples: [7], Note: '' });

  collect(): undefined {
    this.switches += 1;
  }
}

function sensor() {
  const machine = wmi.createMachine();
  const provider = new Sensor();
  const { SensorAlarm } = machine.register(registerSensorLog, { SensorLog: provider });
  const log = machine.open(SensorLogBlock);
  return { machine, provider, log, SensorAlarm };
}

type Rig = ReturnType<typeof sensor>;

/** The calls of a test, in words. */
const requests = {
  query: ({ log }: Rig) => log.query(),
  queryAll: ({ log }: Rig) => log.queryAll(),
  set: ({ log, provider }: Rig) => log.set({ ...provider.data, Comment: 'changed' }),
  setItem: ({ log }: Rig) => log.setItem('Comment', 'changed'),
  execute: ({ log }: Rig) => log.methods.Drain({ Limit: 1 }),
  queryAllMultiple: ({ machine, log }: Rig) =>
    machine.kernel.ioWmiQueryAllDataMultiple([log.object], 4096),
  queryMultiple: ({ machine, log }: Rig) =>
    machine.kernel.ioWmiQuerySingleInstanceMultiple([log.object], [log.instanceName()], 4096),
  open: ({ machine, log }: Rig) => {
    log.close();
    const { status } = machine.kernel.ioWmiOpenBlock(SensorLogBlock.guid, wmi.WMIGUID_QUERY);
    return status;
  },
  fire: ({ SensorAlarm }: Rig) => SensorAlarm.fire(alarm),
};

type Arm = (faults: wmi.Faults) => void;

const cases: readonly (readonly [string, Arm, keyof typeof requests, string])[] = [
  ['shortBuffer', (faults) => faults.shortBuffer(3), 'set', 'STATUS_WMI_SET_FAILURE'],
  ['shortBuffer', (faults) => faults.shortBuffer(1), 'setItem', 'STATUS_WMI_SET_FAILURE'],
  ...(['query', 'queryAll', 'queryMultiple', 'queryAllMultiple', 'execute'] as const).map(
    (request) =>
      [
        'tooSmallOutput',
        (faults: wmi.Faults) => faults.tooSmallOutput(8),
        request,
        'STATUS_BUFFER_TOO_SMALL',
      ] as const,
  ),
  ['wrongIndex', (faults) => faults.wrongIndex(), 'query', 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['wrongIndex', (faults) => faults.wrongIndex(1), 'set', 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['wrongIndex', (faults) => faults.wrongIndex(), 'setItem', 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['wrongIndex', (faults) => faults.wrongIndex(), 'execute', 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  [
    'allocationFailure',
    (faults) => faults.allocationFailure(),
    'fire',
    'STATUS_INSUFFICIENT_RESOURCES',
  ],
  ...(['query', 'queryAll', 'set', 'setItem', 'execute'] as const).map(
    (request) =>
      [
        'allocationFailure',
        (faults: wmi.Faults) => faults.allocationFailure(),
        request,
        'STATUS_INSUFFICIENT_RESOURCES',
      ] as const,
  ),
  ['wmiUnavailable', (faults) => faults.wmiUnavailable(), 'fire', 'STATUS_UNSUCCESSFUL'],
  ...(['query', 'queryAll', 'set', 'setItem', 'execute'] as const).flatMap((request) => [
    // KMDF callbacks cannot pend (docs/spec/runtime.md#kmdf-query-single-instance, rule 6).
    [
      'callbackReturns',
      (faults: wmi.Faults) => faults.callbackReturns(wmi.STATUS_PENDING),
      request,
      'STATUS_UNSUCCESSFUL',
    ] as const,
    [
      'callbackReturns',
      (faults: wmi.Faults) => faults.callbackReturns(wmi.STATUS_ACCESS_DENIED),
      request,
      'STATUS_ACCESS_DENIED',
    ] as const,
  ]),
  ['callbackUses', (faults) => faults.callbackUses(0x20000), 'query', 'STATUS_UNSUCCESSFUL'],
  ['callbackUses', (faults) => faults.callbackUses(0x20000), 'execute', 'STATUS_UNSUCCESSFUL'],
];

test.each(cases)('%s applies once: %#', (name, arm, request, status) => {
  const rig = sensor();
  const { machine, provider } = rig;
  const before = provider.data;
  arm(machine.faults);
  expect(machine.faults.armed).toEqual([name]);
  machine.trace.clear();
  machine.expectStatus(requests[request](rig), statusNamed(status));
  expect(machine.trace.filter(({ kind }) => kind === 'fault')).toMatchObject([{ fault: name }]);
  expect(machine.faults.armed).toEqual([]);
  expect(provider.data).toBe(before);
  expect(machine.kernel.poolBlocksInUse).toBe(0);
  machine.expectStatus(requests[request](rig), STATUS_SUCCESS);
});

function statusNamed(name: string): wmi.NtStatus {
  const found = Object.entries(wmi.ntStatuses).find(([known]) => known === name);
  if (found === undefined) throw new Error(name);
  return found[1];
}

test('a control callback can fail too: the provider is not called, and the switch stays off', () => {
  const rig = sensor();
  rig.log.close();
  const { switches } = rig.provider;
  rig.machine.faults.callbackReturns(wmi.STATUS_UNSUCCESSFUL);
  requests.open(rig);
  expect(rig.machine.faults.armed).toEqual([]);
  expect(rig.provider.switches).toBe(switches);
});

test('a callback that never stored BufferUsed', () => {
  const { machine, log } = sensor();
  machine.faults.callbackUses(undefined);
  log.query();
  const ends = machine.trace.flatMap((event) => (event.kind === 'callbackEnd' ? [event] : []));
  expect(ends.at(-1)).toMatchObject({ status: STATUS_SUCCESS });
  expect(ends.at(-1)?.bufferUsed).toBeUndefined();
  expect(machine.trace.find(({ kind }) => kind === 'fault')).toMatchObject({
    detail: 'no BufferUsed',
  });
});

test('two faults make one answer: a failure, and the size that it states', () => {
  const { machine, log } = sensor();
  machine.faults.callbackReturns(wmi.STATUS_BUFFER_TOO_SMALL);
  machine.faults.callbackUses(100);
  const { status, outBufferSize } = log.methods.Drain({ Limit: 1 });
  expect([wmi.ntStatusName(status), outBufferSize]).toEqual(['STATUS_BUFFER_TOO_SMALL', 100]);
});

test('a fault applies as often as requested, and no more after it is cleared', () => {
  const { machine, log } = sensor();
  const statuses = (count: number) => Array.from({ length: count }, () => log.query().status);
  const missing = wmi.STATUS_WMI_INSTANCE_NOT_FOUND;
  machine.faults.wrongIndex(9, 2);
  expect(statuses(3)).toEqual([missing, missing, STATUS_SUCCESS]);
  machine.faults.wrongIndex(9, Infinity);
  expect(statuses(3)).toEqual([missing, missing, missing]);
  machine.faults.clear();
  expect(statuses(1)).toEqual([STATUS_SUCCESS]);
  machine.faults.wrongIndex(9, 0);
  expect(machine.faults.armed).toEqual([]);
});

test('a set that is not longer than the fault is an error of the test', () => {
  const { machine, log } = sensor();
  machine.faults.shortBuffer(16);
  expect(() => log.setItem('Comment', 'changed')).toThrow('shortBuffer(16): the set has 16 bytes');
  expect(machine.faults.armed).toEqual(['shortBuffer']);
  expect(machine.trace.filter(({ kind }) => kind === 'fault')).toEqual([]);
});

test('room that is not larger than the fault is an error of the test too', () => {
  const { machine, log } = sensor();
  machine.faults.tooSmallOutput(8);
  machine.trace.clear();
  expect(() => log.query(0, 8)).toThrow(
    new RangeError('tooSmallOutput(8): there is room for 8 bytes of data'),
  );
  expect(machine.faults.armed).toEqual(['tooSmallOutput']);
  expect(machine.trace.filter(({ kind }) => kind === 'fault')).toEqual([]);
});

const impossible: readonly (readonly [string, Arm])[] = [
  ['shortBuffer: bytes is -1', (faults) => faults.shortBuffer(-1)],
  ['tooSmallOutput: bytes is 1.5', (faults) => faults.tooSmallOutput(1.5)],
  ['callbackUses: bytes is NaN', (faults) => faults.callbackUses(NaN)],
  ['wrongIndex: the index is -1', (faults) => faults.wrongIndex(-1)],
  ['allocationFailure: times is -1', (faults) => faults.allocationFailure(-1)],
  ['wmiUnavailable: times is NaN', (faults) => faults.wmiUnavailable(NaN)],
  ['wrongIndex: times is 0.5', (faults) => faults.wrongIndex(0, 0.5)],
];

test.each(impossible)('a fault that cannot be armed is refused: %s', (message, arm) => {
  const { faults } = wmi.createMachine();
  expect(() => arm(faults)).toThrow(new RangeError(`${message}, not a whole number from 0`));
  expect(faults.armed).toEqual([]);
});

test('faults apply to a driver of another model, too', () => {
  const machine = wmi.createMachine();
  const { guid } = SensorLogBlock;
  const calls: string[] = [];
  const device = wmi.createWmilibDevice(machine.kernel, {
    name: 'legacy',
    context: {
      guidList: [{ guid, instanceCount: 1 }],
      queryWmiRegInfo: ({ pdo }) => ({
        status: STATUS_SUCCESS,
        regFlags: wmi.WMIREG_FLAG_INSTANCE_PDO,
        registryPath: '',
        pdo,
      }),
      queryWmiDataBlock: (_device, irp, _guid, _index, _count, _lengths, room) => {
        calls.push(`query, room ${room}`);
        return wmi.wmiCompleteRequest(device, irp, wmi.STATUS_BUFFER_TOO_SMALL, 100);
      },
      setWmiDataBlock: (_device, irp, _guid, _index, size) => {
        calls.push(`set ${size}`);
        return wmi.wmiCompleteRequest(device, irp, STATUS_SUCCESS, 0);
      },
    },
  });
  const log = machine.open(SensorLogBlock);
  const name = 'ROOT\\LEGACY\\0000_0';
  expect(machine.kernel.ioWmiDeviceObjectToInstanceName(log.object, device)).toEqual({
    status: STATUS_SUCCESS,
    instanceName: name,
  });
  const set = () => machine.kernel.ioWmiSetSingleInstance(log.object, name, 0, new Uint8Array(8));
  machine.faults.wrongIndex();
  machine.expectStatus(set(), wmi.STATUS_WMI_INSTANCE_NOT_FOUND);
  machine.faults.shortBuffer(7);
  machine.expectStatus(set(), STATUS_SUCCESS);
  machine.faults.tooSmallOutput(16);
  machine.expectStatus(log.query(name), wmi.STATUS_BUFFER_TOO_SMALL);
  expect(calls).toEqual(['set 7', 'query, room 16']);
});

test('an index cannot be wrong where an instance has a dynamic name: the fault waits', () => {
  const machine = wmi.createMachine();
  wmi.createSelfHandledDevice(machine.kernel, {
    blocks: [
      {
        block: wmi.bindBlock(SensorLogBlock, [{ name: 'cellar', provider: new Sensor() }]),
        naming: { kind: 'dynamic' },
      },
    ],
  });
  machine.faults.wrongIndex();
  machine.expectStatus(machine.open(SensorLogBlock).query('Cellar'), STATUS_SUCCESS);
  expect(machine.faults.armed).toEqual(['wrongIndex']);
});

const namings: readonly wmi.SelfHandledNaming[] = [
  { kind: 'list' },
  { kind: 'baseName', baseName: 'fan' },
  { kind: 'pdo' },
  { kind: 'dynamic' },
];

test.each(namings)('room counts data alone, however instances are named: $kind', (naming) => {
  const machine = wmi.createMachine();
  const block = wmi.bindBlock(SmartFanBlock, [{ name: 'rear', provider: new SmartFanInMemory() }]);
  const device = wmi.createSelfHandledDevice(machine.kernel, { blocks: [{ block, naming }] });
  const fan = machine.open(SmartFanBlock);
  const name = machine.kernel.staticInstanceName(device, SmartFanBlock.guid, 0) ?? 'rear';
  machine.expectStatus(fan.query(name), STATUS_SUCCESS);
  machine.expectStatus(fan.query(name, SmartFanCodec.size), STATUS_SUCCESS);
  machine.faults.tooSmallOutput(SmartFanCodec.size);
  machine.expectStatus(fan.query(name, 1000), STATUS_SUCCESS);
  machine.faults.tooSmallOutput(SmartFanCodec.size - 1);
  machine.expectStatus(fan.query(name, 1000), wmi.STATUS_BUFFER_TOO_SMALL);
});

test.each(['selfHandled', 'wmilib'] as const)('faults apply to callbacks of %s, too', (model) => {
  const machine = wmi.createMachine();
  const provider = new Sensor();
  const block = machine.bind(SensorLogBlock, [{ name: 'cellar', provider }]);
  if (model === 'wmilib') wmi.registerWmilibBlocks(machine.kernel, [block], { name: 'cellar' });
  else {
    wmi.createSelfHandledDevice(machine.kernel, { blocks: [{ block, naming: { kind: 'list' } }] });
  }
  machine.faults.callbackReturns(wmi.STATUS_UNSUCCESSFUL);
  const log = machine.open(SensorLogBlock);
  expect([machine.faults.armed, provider.switches]).toEqual([[], 0]);
  const name = model === 'wmilib' ? 'ROOT\\CELLAR\\0000_0' : 'cellar';
  machine.faults.callbackReturns(wmi.STATUS_ACCESS_DENIED);
  machine.expectStatus(log.query(name), wmi.STATUS_ACCESS_DENIED);
  machine.faults.callbackUses(0x20000);
  machine.expectStatus(log.query(name), wmi.STATUS_UNSUCCESSFUL);
  machine.expectStatus(log.query(name), STATUS_SUCCESS);
  machine.expectStatus(log.set(provider.data, name), STATUS_SUCCESS);
});
