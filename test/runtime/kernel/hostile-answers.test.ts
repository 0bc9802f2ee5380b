/**
 * Drivers and consumers with wrong sizes, counts and objects: each gets a status, and the kernel stays consistent.
 */
import { expect, test } from 'vitest';
import { createKernel } from '../../../src/runtime/kernel.js';
import {
  WMIGUID_EXECUTE,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../../../src/runtime/kernel/handles.js';
import { type DataBlockObject } from '../../../src/runtime/kernel/state.js';
import { type SystemControlIrp } from '../../../src/runtime/irp.js';
import { STATUS_SUCCESS, ntStatusName } from '../../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../../src/runtime/trace.js';
import { writeTooSmall } from '../../../src/runtime/wnode.js';
import { blockGuid, createRig, must, natural, ok, unknownGuid } from '../rig.js';
import { scriptedDriver } from '../scripted-driver.js';

const access = WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE;

/** A driver with one static instance `one` whose answers are written by hand. */
function answering(answer: (irp: SystemControlIrp) => void) {
  const kernel = createKernel();
  const driver = scriptedDriver(kernel, {
    name: 'a',
    blocks: [{ flags: 0x4, instanceCount: 1, names: ['one'] }],
    answer: (irp) => {
      answer(irp);
      return STATUS_SUCCESS;
    },
  });
  driver.register();
  const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  const single = () => kernel.ioWmiQuerySingleInstance(block, 'one', 200);
  const all = () => kernel.ioWmiQueryAllData(block, 200);
  return { kernel, block, single, all };
}

test('a WNODE_TOO_SMALL is STATUS_BUFFER_TOO_SMALL, even when it needs less than there was', () => {
  const { kernel, block, single, all } = answering((irp) => {
    writeTooSmall(irp.view, 70);
    irp.ioStatus.information = 56;
  });
  for (const { status, bufferSize } of [single(), all()]) {
    expect([ntStatusName(status), bufferSize]).toEqual(['STATUS_BUFFER_TOO_SMALL', 70]);
  }
  const executed = kernel.ioWmiExecuteMethod(block, 'one', 1, new Uint8Array(0), 100);
  expect(ntStatusName(executed.status)).toBe('STATUS_BUFFER_TOO_SMALL');
});

test.each([
  ['Information 0', () => undefined],
  ['Information inside the header', (irp: SystemControlIrp) => (irp.ioStatus.information = 40)],
  ['Information past the buffer', (irp: SystemControlIrp) => (irp.ioStatus.information = 10_000)],
  [
    'data past Information',
    (irp: SystemControlIrp) => {
      irp.ioStatus.information = 72;
      irp.view.setUint32(52, 0xffffffff, true);
      irp.view.setUint32(60, 100, true);
    },
  ],
])('a successful answer that cannot be read is STATUS_UNSUCCESSFUL: %s', (_case, answer) => {
  const { single, all } = answering(answer);
  for (const { status, bufferSize } of [single(), all()]) {
    expect([ntStatusName(status), bufferSize]).toEqual(['STATUS_UNSUCCESSFUL', 0]);
  }
});

test('an unreadable answer does not hide the status of another driver', () => {
  const kernel = createKernel();
  const blocks = [{ flags: 0x4, instanceCount: 1, names: ['one'] }];
  const script = { name: 'a', blocks, answer: () => STATUS_SUCCESS };
  scriptedDriver(kernel, script).register();
  const good = scriptedDriver(kernel, {
    ...script,
    name: 'b',
    answer: (irp) => {
      irp.ioStatus.information = 72;
      return STATUS_SUCCESS;
    },
  });
  good.register();
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY).dataBlockObject);
  const { status, bufferSize, instances } = kernel.ioWmiQueryAllData(block, 200);
  expect([ntStatusName(status), bufferSize, instances]).toEqual(['STATUS_SUCCESS', 72, []]);
});

test.each([NaN, -1, 0.5, 2 ** 32, Infinity])('%d is no size: STATUS_INVALID_PARAMETER', (size) => {
  const { kernel, name, calls } = createRig();
  const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  const statuses = [
    kernel.ioWmiQueryAllData(block, size).status,
    kernel.ioWmiQuerySingleInstance(block, name(), size).status,
    kernel.ioWmiExecuteMethod(block, name(), 1, new Uint8Array(0), size).status,
  ];
  expect(statuses.map(ntStatusName)).toEqual(Array(3).fill('STATUS_INVALID_PARAMETER'));
  expect(calls).toEqual([]);
});

test('a pool block has at most 256 MiB', () => {
  const sizes: number[] = [];
  const allocate = (size: number) => (sizes.push(size), new Uint8Array(0));
  const kernel = createKernel({ allocate });
  const limit = 256 * 1024 * 1024;
  expect(kernel.allocatePool(limit)).toBeDefined();
  expect(kernel.allocatePool(limit + 1)).toBeUndefined();
  expect(sizes).toEqual([limit]);
});

test('IoWMIQueryAllData without a result has the size 0, and checks the right, the size and the GUID in this order', () => {
  const { kernel } = createRig();
  const opened = (guid: string, right: number) =>
    must(kernel.ioWmiOpenBlock(guid, right).dataBlockObject);
  const result = (guid: string, right: number, size: number) => {
    const { status, ...others } = kernel.ioWmiQueryAllData(opened(guid, right), size);
    return [ntStatusName(status), others];
  };
  const none = { bufferSize: 0 };
  expect(result(unknownGuid, WMIGUID_SET, -1)).toEqual(['STATUS_ACCESS_DENIED', none]);
  expect(result(unknownGuid, WMIGUID_QUERY, -1)).toEqual(['STATUS_INVALID_PARAMETER', none]);
  expect(result(unknownGuid, WMIGUID_QUERY, 0)).toEqual(['STATUS_WMI_GUID_NOT_FOUND', none]);
  expect(result(blockGuid, WMIGUID_QUERY, 2 ** 32)).toEqual(['STATUS_INVALID_PARAMETER', none]);
});

test.each([
  ['more than a pool has', 0xffffffff, {}],
  ['no memory', 100, { allocate: () => undefined }],
])('a request without memory is STATUS_INSUFFICIENT_RESOURCES: %s', (_case, size, options) => {
  const { kernel, name } = createRig({ kernel: options });
  const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  const statuses = [
    kernel.ioWmiQueryAllData(block, size).status,
    kernel.ioWmiQuerySingleInstance(block, name(), size).status,
    kernel.ioWmiExecuteMethod(block, name(), 1, new Uint8Array(0), size).status,
  ];
  expect(statuses.map(ntStatusName)).toEqual(Array(3).fill('STATUS_INSUFFICIENT_RESOURCES'));
});

test.each([
  [NaN, 'STATUS_INVALID_PARAMETER'],
  [-1, 'STATUS_INVALID_PARAMETER'],
  [2 ** 33, 'STATUS_INVALID_PARAMETER'],
  [0xffffffff, 'STATUS_INTEGER_OVERFLOW'],
  [0xffffff00, 'STATUS_INSUFFICIENT_RESOURCES'],
])('firing an event of %d bytes: %s, and no pool block is lost', (size, want) => {
  const { kernel, device, instances } = createRig();
  const status = device.wdfWmiInstanceFireEvent(must(instances[0]), new Uint8Array(4), size);
  expect([ntStatusName(status), kernel.poolBlocksInUse]).toEqual([want, 0]);
});

test.each([
  ['a base name', 0x8, ['base']],
  ['the PDO', 0x20, []],
])('more instances than a registration may name by %s are refused', (_case, flags, names) => {
  const kernel = createKernel();
  const register = (instanceCount: number) => {
    const blocks = [{ flags, instanceCount, names }];
    const driver = scriptedDriver(kernel, { name: 'a', blocks, answer: () => STATUS_SUCCESS });
    return { status: ntStatusName(driver.register()), driver };
  };
  const refused = register(0xffffffff);
  expect(refused.status).toBe('STATUS_INSUFFICIENT_RESOURCES');
  expect(kernel.staticInstanceName(refused.driver, blockGuid, 0)).toBeUndefined();
  expect(register(1000).status).toBe('STATUS_SUCCESS');
});

test('names stay unique, and making them stays quick, when all are the same', () => {
  const kernel = createKernel();
  const names = Array<string>(20_000).fill('n');
  const blocks = [{ flags: 0x4, instanceCount: names.length, names }];
  const driver = scriptedDriver(kernel, { name: 'a', blocks, answer: () => STATUS_SUCCESS });
  const start = performance.now();
  expect(driver.register()).toBe(STATUS_SUCCESS);
  expect(performance.now() - start).toBeLessThan(5000);
  const given = names.map((_, index) => kernel.staticInstanceName(driver, blockGuid, index));
  expect(new Set(given).size).toBe(names.length);
  expect(given.slice(0, 3)).toEqual(['n', 'n_1', 'n_2']);
});

test.each([
  ['Straße', 'STRASSE', false],
  ['Straße', 'sTRAßE', true],
  ['é1', 'É1', true],
  ['ŉ', 'ʼN', false],
])('the names %s and %s: the same %s', (registered, wanted, same) => {
  const kernel = createKernel();
  const driver = scriptedDriver(kernel, {
    name: 'a',
    blocks: [{ flags: 0x4, instanceCount: 1, names: [registered] }],
    answer: () => STATUS_SUCCESS,
  });
  driver.register();
  const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  const status = kernel.ioWmiSetSingleInstance(block, wanted, 0, new Uint8Array(1));
  const want = same ? 'STATUS_SUCCESS' : 'STATUS_WMI_INSTANCE_NOT_FOUND';
  expect(ntStatusName(status)).toBe(want);
});

test.each([
  ['null', () => null],
  ['undefined', () => undefined],
  ['a number', () => 5],
  ['a plain object', () => ({ kind: 'wmiDataBlock', guid: blockGuid, desiredAccess: 0xff })],
  ['an object of another kernel', () => createRig().kernel.ioWmiOpenBlock(blockGuid, 1)],
])('%s is no data block object: STATUS_OBJECT_TYPE_MISMATCH, traced or not', (_case, make) => {
  for (const trace of [undefined, () => undefined]) {
    const { kernel, device } = createRig({ kernel: trace === undefined ? {} : { trace } });
    const object = make() as unknown as DataBlockObject;
    const data = new Uint8Array(1);
    const statuses = [
      kernel.ioWmiQueryAllData(object, 10).status,
      kernel.ioWmiQuerySingleInstance(object, 'x', 10).status,
      kernel.ioWmiSetSingleInstance(object, 'x', 0, data),
      kernel.ioWmiSetSingleItem(object, 'x', 1, 0, data),
      kernel.ioWmiExecuteMethod(object, 'x', 1, data, 10).status,
      kernel.ioWmiSetNotificationCallback(object, () => undefined),
      kernel.ioWmiDeviceObjectToInstanceName(object, device).status,
    ];
    expect(statuses.map(ntStatusName)).toEqual(Array(7).fill('STATUS_OBJECT_TYPE_MISMATCH'));
    expect(() => {
      kernel.obDereferenceObject(object);
    }).not.toThrow();
  }
});

test('an instance that is removed during IoWMIQueryAllData is not delivered without a name', () => {
  const rig = createRig({ instances: [] });
  const { device, kernel, provider } = rig;
  const create = (query: () => void) =>
    must(
      device.wdfWmiInstanceCreate({
        provider,
        register: true,
        evtWmiInstanceQueryInstance: () => {
          query();
          return ok();
        },
      }).instance,
    );
  create(() => undefined);
  create(() => undefined);
  const last = create(() => {
    device.wdfWmiInstanceDeregister(last);
  });
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY).dataBlockObject);
  const { status, instances } = kernel.ioWmiQueryAllData(block, 400);
  expect(status).toBe(STATUS_SUCCESS);
  expect(instances?.map(({ instanceName }) => instanceName)).toEqual([
    'ROOT\\RIG\\0000_0',
    'ROOT\\RIG\\0000_1',
  ]);
});

test('a method with more input than output room takes effect and still reports too little room', () => {
  const { kernel, name, calls } = createRig({ instances: [{ execute: natural([1, 2, 3]) }] });
  const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  const result = kernel.ioWmiExecuteMethod(block, name(), 1, new Uint8Array(8), 2);
  expect([ntStatusName(result.status), result.outBufferSize]).toEqual([
    'STATUS_BUFFER_TOO_SMALL',
    3,
  ]);
  expect(calls).toMatchObject([{ name: 'execute', inSize: 8, outSize: 8 }]);
});

test('a driver at once gets the room that its last WMIREGINFO took', () => {
  const trace: TraceEvent[] = [];
  const kernel = createKernel({ trace: (event) => trace.push(event) });
  const names = Array.from({ length: 300 }, (_, index) => `instance number ${index}`);
  const blocks = [{ flags: 0x4, instanceCount: names.length, names }];
  const driver = scriptedDriver(kernel, { name: 'a', blocks, answer: () => STATUS_SUCCESS });
  driver.register();
  const requests = () => trace.filter(({ kind }) => kind === 'irpBegin').length;
  expect(requests()).toBe(2);
  kernel.ioWmiRegistrationControl(driver, 4);
  expect(requests()).toBe(3);
});
