/**
 * IRP_MN_CHANGE_SINGLE_INSTANCE and IRP_MN_CHANGE_SINGLE_ITEM in the kmdf model: the rows CI and IT of the conformance
 * table that a driver model decides; what a generated validator decides is tested with the generated code.
 */
import { expect, test } from 'vitest';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
} from '../../../src/runtime/ntstatus.js';
import { SimulatedBugCheck } from '../../../src/runtime/bug-check.js';
import { ask, createRig, dispatch, must, request, type Answers, type RigOptions } from '../rig.js';

const one = (answers: Answers, minInstanceBufferSize = 0): RigOptions => ({
  provider: { minInstanceBufferSize },
  instances: [answers],
});
const accepts: Answers = { set: () => STATUS_SUCCESS, setItem: () => STATUS_SUCCESS };
const four = [1, 2, 3, 4] as const;

test.each([
  ['CI1 no set callback', 2, { query: () => ({ status: STATUS_SUCCESS, bufferUsed: 0 }) }],
  ['CI2 only a set-item callback: no fallback', 2, { setItem: () => STATUS_SUCCESS }],
  ['IT1 no set-item callback', 3, { query: () => ({ status: STATUS_SUCCESS, bufferUsed: 0 }) }],
  ['IT1 only a set-instance callback: no fallback', 3, { set: () => STATUS_SUCCESS }],
])('%s -> STATUS_WMI_READ_ONLY, Information 0', (_row, minor, answers) => {
  const { device, calls } = createRig(one(answers));
  const answer = ask(device, { minor, data: four });
  expect(answer).toMatchObject({ status: 'STATUS_WMI_READ_ONLY', information: 0 });
  expect(calls).toEqual([]);
});

test('CI3 one byte less than the minimum -> STATUS_WMI_SET_FAILURE, no callback', () => {
  const { device, calls } = createRig(one(accepts, 5));
  const answer = ask(device, { minor: 2, data: four });
  expect(answer).toMatchObject({ status: 'STATUS_WMI_SET_FAILURE', information: 0 });
  expect(calls).toEqual([]);
});

test('CI4 exactly the minimum: the callback gets size and bytes at DataBlockOffset', () => {
  const { device, calls } = createRig(one(accepts, 4));
  const answer = ask(device, { minor: 2, data: four, dataBlockOffset: 80 });
  expect(answer.status).toBe('STATUS_SUCCESS');
  expect(calls).toEqual([{ name: 'set', label: 'i0', inSize: 4, offset: 80, input: four }]);
});

test('CI5 size 0: the callback gets a NULL pointer', () => {
  const { device, calls } = createRig(one(accepts));
  expect(ask(device, { minor: 2 }).status).toBe('STATUS_SUCCESS');
  expect(calls).toEqual([{ name: 'set', label: 'i0', inSize: 0, offset: null, input: null }]);
});

test.each([
  ['CI6 IT8', STATUS_BUFFER_TOO_SMALL, 'STATUS_WMI_SET_FAILURE'],
  ['CI7 IT9', STATUS_PENDING, 'STATUS_UNSUCCESSFUL'],
  ['CI8', STATUS_WMI_READ_ONLY, 'STATUS_WMI_READ_ONLY'],
  ['CI8', STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED'],
  ['CI8', STATUS_WMI_SET_FAILURE, 'STATUS_WMI_SET_FAILURE'],
  ['CI9', STATUS_SUCCESS, 'STATUS_SUCCESS'],
])('%s the callback returns %i: %s, Information 0', (_row, status, want) => {
  const { device } = createRig(one({ set: () => status, setItem: () => status }));
  for (const minor of [2, 3]) {
    const answer = ask(device, { minor, data: four, information: 99 });
    expect(answer).toEqual({ outcome: 'completed', status: want, information: 0 });
  }
});

test('CI13 bytes behind the data block are not handed over', () => {
  const { device, calls } = createRig(one(accepts, 4));
  expect(ask(device, { minor: 2, data: four, bufferSize: 100 }).status).toBe('STATUS_SUCCESS');
  expect(calls[0]).toMatchObject({ inSize: 4 });
});

const lies = [
  ['CI14 DataBlockOffset beyond the buffer', { dataBlockOffset: 96, size: 1, bufferSize: 80 }],
  ['CI14 data past the buffer', { size: 17, bufferSize: 80 }],
  ['CI15 offset and size pass 32 bits', { dataBlockOffset: 0xfffffff8, size: 16, bufferSize: 80 }],
  ['CI14 no data, from beyond the buffer', { dataBlockOffset: 96, size: 0, bufferSize: 80 }],
  ['CI14 data in the fixed part', { dataBlockOffset: 56, size: 4, bufferSize: 80 }],
  ['CI14 the fixed part is cut', { size: 4, bufferSize: 57 }],
  ['CI14 Flags and InstanceIndex are cut', { size: 4, bufferSize: 50 }],
] as const;

test.each(lies)('hardened %s -> STATUS_WMI_SET_FAILURE', (_row, parts) => {
  const { device, calls } = createRig(one(accepts));
  for (const minor of [2, 3]) {
    const answer = ask(device, { minor, ...parts });
    expect(answer).toMatchObject({ status: 'STATUS_WMI_SET_FAILURE', information: 0 });
  }
  expect(calls).toEqual([]);
});

test('without hardening a lying offset reaches the callback, as in the framework', () => {
  const { device, calls } = createRig({ ...one(accepts), device: { hardening: false } });
  const answer = ask(device, { minor: 2, dataBlockOffset: 0xfffffff8, size: 16, bufferSize: 80 });
  expect(answer.status).toBe('STATUS_SUCCESS');
  expect(calls[0]).toMatchObject({ inSize: 16, offset: 0xfffffff8 });
});

test('without hardening the framework reading past the memory is a bug check', () => {
  const { device } = createRig({ ...one(accepts), device: { hardening: false } });
  const irp = request(device, { minor: 2, bufferSize: 50 });
  expect(() => dispatch(device, irp)).toThrow(SimulatedBugCheck);
});

test('CI21 a set from within a set: both are applied, the inner one first', () => {
  const events: string[] = [];
  const rig = createRig({ instances: [] });
  const { device, provider } = rig;
  let nested = false;
  device.wdfWmiInstanceCreate({
    provider,
    register: true,
    evtWmiInstanceSetInstance: (_instance, size) => {
      events.push(`begin ${size}`);
      if (!nested) {
        nested = true;
        expect(ask(device, { minor: 2, data: [1, 2] }).status).toBe('STATUS_SUCCESS');
      }
      events.push(`end ${size}`);
      return STATUS_SUCCESS;
    },
  });
  expect(ask(device, { minor: 2, data: [1] }).status).toBe('STATUS_SUCCESS');
  expect(events).toEqual(['begin 1', 'begin 2', 'end 2', 'end 1']);
});

test('IT5 the callback gets the id, the size and the bytes', () => {
  const { device, calls } = createRig(one(accepts));
  expect(ask(device, { minor: 3, id: 0xffffffff, data: four }).status).toBe('STATUS_SUCCESS');
  const call = { name: 'setItem', label: 'i0', id: 0xffffffff, inSize: 4, offset: 72, input: four };
  expect(calls).toEqual([call]);
});

test('IT6 size 0: the callback gets a NULL pointer', () => {
  const { device, calls } = createRig(one(accepts));
  ask(device, { minor: 3 });
  expect(must(calls[0])).toMatchObject({ inSize: 0, offset: null, input: null });
});

test('IT7 the minimum does not count for an item', () => {
  const { device } = createRig(one(accepts, 100));
  expect(ask(device, { minor: 3, data: [1] }).status).toBe('STATUS_SUCCESS');
});

test('a callback that throws leaves the device able to answer', () => {
  const { device, provider } = createRig({ instances: [] });
  let failing = true;
  device.wdfWmiInstanceCreate({
    provider,
    register: true,
    evtWmiInstanceSetInstance: () => {
      if (failing) throw new Error('provider fault');
      return STATUS_SUCCESS;
    },
  });
  expect(() => ask(device, { minor: 2, data: four })).toThrow('provider fault');
  failing = false;
  expect(ask(device, { minor: 2, data: four }).status).toBe('STATUS_SUCCESS');
});
