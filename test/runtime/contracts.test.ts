/**
 * The statements of docs/spec/runtime.md#evtwmiinstancesetitem and the four sections after it, as far as the kernel and the kmdf
 * model decide them; titles have the number of the rule. Statements about one item of a block, or about read-only items, belong to
 * generated code; those of IoWMISetSingleInstance are in kernel/consumer.test.ts.
 */
import { expect, test } from 'vitest';
import { createKernel } from '../../src/runtime/kernel.js';
import { WMIGUID_EXECUTE, WMIGUID_SET } from '../../src/runtime/kernel/handles.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_WMI_ITEMID_NOT_FOUND,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
  ntStatusName,
} from '../../src/runtime/ntstatus.js';
import { readTooSmall } from '../../src/runtime/wnode-codec.js';
import {
  ask,
  blockGuid,
  createRig,
  dispatch,
  must,
  natural,
  ok,
  request,
  unknownGuid,
} from './rig.js';
import { scriptedDriver } from './scripted-driver.js';

const data = [1, 2, 3, 4];

test('SetItem 1, SetItem 2: the callback gets the instance, the literal WmiDataId, size and buffer', () => {
  const { device, calls } = createRig({ instances: [{}, { setItem: () => STATUS_SUCCESS }] });
  for (const id of [1, 7, 0xffffffff]) ask(device, { minor: 3, index: 1, id, data });
  expect(calls).toEqual(
    [1, 7, 0xffffffff].map((id) => ({
      name: 'setItem',
      label: 'i1',
      id,
      inSize: 4,
      offset: 72,
      input: data,
    })),
  );
});

test.each([
  ['success', STATUS_SUCCESS, 'STATUS_SUCCESS'],
  ['a failure', STATUS_WMI_ITEMID_NOT_FOUND, 'STATUS_WMI_ITEMID_NOT_FOUND'],
  ['STATUS_PENDING, which is no failure', STATUS_PENDING, 'STATUS_UNSUCCESSFUL'],
])('SetItem 3, SetInstance 3, ExecuteMethod 5: %s reaches the sender', (_case, status, want) => {
  const { device } = createRig({
    instances: [
      {
        set: () => status,
        setItem: () => status,
        execute: () => ({ status, bufferUsed: 0 }),
      },
    ],
  });
  for (const minor of [2, 3, 9]) expect(ask(device, { minor, data }).status).toBe(want);
});

test.each([
  ['STATUS_WMI_SET_FAILURE as documented', STATUS_WMI_SET_FAILURE],
  ['STATUS_BUFFER_TOO_SMALL as samples do', STATUS_BUFFER_TOO_SMALL],
])(
  'SetItem 4, SetInstance 4: a too-small input answered with %s -> STATUS_WMI_SET_FAILURE',
  (_c, status) => {
    const { device } = createRig({ instances: [{ set: () => status, setItem: () => status }] });
    for (const minor of [2, 3]) {
      expect(ask(device, { minor, data }).status).toBe('STATUS_WMI_SET_FAILURE');
    }
  },
);

test('SetItem 6, SetInstance 6, ExecuteMethod 8: callbacks are not serialised, one may run inside another', () => {
  const { device, provider } = createRig({ instances: [] });
  const running: string[] = [];
  const inner = () => ask(device, { minor: 3, index: 0, data }).status;
  const configuration = {
    provider,
    register: true,
    evtWmiInstanceSetItem: () => {
      running.push('set item');
      return STATUS_SUCCESS;
    },
    evtWmiInstanceSetInstance: () => {
      running.push('set instance');
      running.push(inner());
      return STATUS_SUCCESS;
    },
    evtWmiInstanceExecuteMethod: () => {
      running.push('method');
      running.push(ask(device, { minor: 2, data }).status);
      return ok();
    },
  };
  device.wdfWmiInstanceCreate(configuration);
  expect(ask(device, { minor: 9, data }).status).toBe('STATUS_SUCCESS');
  const done = 'STATUS_SUCCESS';
  expect(running).toEqual(['method', 'set instance', 'set item', done, done]);
});

test('SetInstance 1: the callback gets the whole data block', () => {
  const { device, calls } = createRig();
  ask(device, { minor: 2, data: Array.from({ length: 64 }, (_, index) => index) });
  expect(must(calls[0]).input).toHaveLength(64);
});

test('ExecuteMethod 1, ExecuteMethod 2: one buffer for input and output, at one place', () => {
  const { device, provider } = createRig({ instances: [] });
  const seen: unknown[] = [];
  device.wdfWmiInstanceCreate({
    provider,
    register: true,
    evtWmiInstanceExecuteMethod: (_instance, methodId, inSize, outSize, memory, offset) => {
      const at = must(offset ?? undefined);
      seen.push([methodId, inSize, outSize, ...memory.subarray(at, at + inSize)]);
      // The output overwrites the input.
      memory.set([...memory.subarray(at, at + inSize)].reverse(), at);
      return { status: STATUS_SUCCESS, bufferUsed: inSize };
    },
  });
  const irp = request(device, { minor: 9, id: 5, data, bufferSize: 80 });
  expect(dispatch(device, irp)).toMatchObject({ status: 'STATUS_SUCCESS', information: 76 });
  expect(seen).toEqual([[5, 4, 8, ...data]]);
  expect([...irp.memory.subarray(72, 76)]).toEqual([4, 3, 2, 1]);
});

test('ExecuteMethod 3, ExecuteMethod 4: BufferUsed is what was written, or what is required', () => {
  const { device, kernel, name } = createRig({ instances: [{ execute: natural([9, 8, 7]) }] });
  const short = request(device, { minor: 9, bufferSize: 74 });
  dispatch(device, short);
  expect(readTooSmall(short.memory)?.sizeNeeded).toBe(75);
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_EXECUTE).dataBlockObject);
  const run = (size: number) =>
    kernel.ioWmiExecuteMethod(block, name(), 1, new Uint8Array(0), size);
  expect(run(2)).toEqual({ status: STATUS_BUFFER_TOO_SMALL, outBufferSize: 3 });
  const data = Uint8Array.of(9, 8, 7);
  expect(run(3)).toEqual({ status: STATUS_SUCCESS, outBufferSize: 3, data });
});

test('ExecuteMethod 6: BufferUsed that was never stored counts as 0', () => {
  const execute = () => ({ status: STATUS_SUCCESS, bufferUsed: undefined });
  const { device } = createRig({ instances: [{ execute }] });
  const irp = request(device, { minor: 9, data, bufferSize: 80 });
  expect(dispatch(device, irp).information).toBe(72);
  expect(irp.view.getUint32(64, true)).toBe(0);
});

test('CHANGE_SINGLE_INSTANCE 2: ProviderId, DataPath, BufferSize and a WNODE_SINGLE_INSTANCE', () => {
  const kernel = createKernel();
  let seen: unknown;
  const driver = scriptedDriver(kernel, {
    name: 'a',
    blocks: [{ flags: 0x4, instanceCount: 1, names: ['one'] }],
    answer: (irp) => {
      const { minor, providerId, dataPath, bufferSize, memory, view } = irp;
      const header = [0, 4, 44, 52, 56, 60].map((at) => view.getUint32(at, true));
      seen = { minor, providerId, dataPath, bufferSize, size: memory.length, header };
      return STATUS_SUCCESS;
    },
  });
  driver.register();
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
  kernel.ioWmiSetSingleInstance(block, 'one', 0, Uint8Array.from(data));
  expect(seen).toEqual({
    minor: 2,
    providerId: driver.deviceObject,
    dataPath: blockGuid,
    bufferSize: 68,
    size: 68,
    header: [68, Number(driver.deviceObject & 0xffffffffn), 0x82, 0, 64, 4],
  });
});

test('CHANGE_SINGLE_INSTANCE 4: a request for another device object goes to the next lower driver', () => {
  const { device, calls } = createRig();
  expect(ask(device, { minor: 2, data, providerId: 1n }).outcome).toBe('forwarded');
  expect(calls).toEqual([]);
});

test('CHANGE_SINGLE_INSTANCE 5: the GUID is checked first -> STATUS_WMI_GUID_NOT_FOUND', () => {
  const { device } = createRig();
  const answer = ask(device, { minor: 2, guid: unknownGuid, index: 9, flags: 0, data });
  expect(answer.status).toBe(ntStatusName(STATUS_WMI_GUID_NOT_FOUND));
});

test('CHANGE_SINGLE_INSTANCE 6: with static names InstanceIndex is the place in the driver’s list', () => {
  const accepts = { set: () => STATUS_SUCCESS };
  const { device, calls } = createRig({ instances: [accepts, accepts, accepts] });
  for (const index of [2, 0, 1]) ask(device, { minor: 2, index, data });
  expect(calls.map(({ label }) => label)).toEqual(['i2', 'i0', 'i1']);
});

test.each([
  ['index past the list', 0x82, 1],
  ['dynamic name, which a KMDF driver never has', 0x2, 0],
])('CHANGE_SINGLE_INSTANCE 7: %s -> STATUS_WMI_INSTANCE_NOT_FOUND', (_case, flags, index) => {
  const { device } = createRig();
  const answer = ask(device, { minor: 2, flags, index, data });
  expect(answer.status).toBe(ntStatusName(STATUS_WMI_INSTANCE_NOT_FOUND));
});

test('CHANGE_SINGLE_INSTANCE 8: with dynamic names NOTFOUND means "not mine", and another’s failure is reported', () => {
  const kernel = createKernel();
  const answers = [STATUS_WMI_INSTANCE_NOT_FOUND, STATUS_ACCESS_DENIED];
  for (const status of answers) {
    scriptedDriver(kernel, { name: 'a', blocks: [{ flags: 0 }], answer: () => status }).register();
  }
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
  const status = kernel.ioWmiSetSingleInstance(block, 'any', 0, Uint8Array.from(data));
  expect(status).toBe(STATUS_ACCESS_DENIED);
});

test('CHANGE_SINGLE_INSTANCE 9: a data block outside the buffer changes nothing', () => {
  const { device, calls } = createRig();
  const answer = ask(device, { minor: 2, size: 100, bufferSize: 80 });
  expect(answer.status).toBe('STATUS_WMI_SET_FAILURE');
  expect(calls).toEqual([]);
});

test('CHANGE_SINGLE_INSTANCE 10: a block that is read-only as a whole -> STATUS_WMI_READ_ONLY', () => {
  const { device } = createRig({ instances: [{ query: () => ok() }] });
  const answer = ask(device, { minor: 2, data });
  expect(answer.status).toBe(ntStatusName(STATUS_WMI_READ_ONLY));
});

test('CHANGE_SINGLE_INSTANCE 12, CHANGE_SINGLE_INSTANCE 13: any error passes; Information is 0 either way', () => {
  for (const status of [STATUS_SUCCESS, STATUS_ACCESS_DENIED]) {
    const { device } = createRig({ instances: [{ set: () => status }] });
    const answer = ask(device, { minor: 2, data, information: 99 });
    expect(answer).toMatchObject({ status: ntStatusName(status), information: 0 });
  }
});
