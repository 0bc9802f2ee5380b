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
  ['no set callback', 2, { query: () => ({ status: STATUS_SUCCESS, bufferUsed: 0 }) }],
  ['only a set-item callback: no fallback', 2, { setItem: () => STATUS_SUCCESS }],
  ['no set-item callback', 3, { query: () => ({ status: STATUS_SUCCESS, bufferUsed: 0 }) }],
  ['only a set-instance callback: no fallback', 3, { set: () => STATUS_SUCCESS }],
])('%s -> STATUS_WMI_READ_ONLY, Information 0', (_row, minor, answers) => {
  const { device, calls } = createRig(one(answers));
  const answer = ask(device, { minor, data: four });
  expect(answer).toMatchObject({ status: 'STATUS_WMI_READ_ONLY', information: 0 });
  expect(calls).toEqual([]);
});

test('one byte less than the minimum -> STATUS_WMI_SET_FAILURE, no callback', () => {
  const { device, calls } = createRig(one(accepts, 5));
  const answer = ask(device, { minor: 2, data: four });
  expect(answer).toMatchObject({ status: 'STATUS_WMI_SET_FAILURE', information: 0 });
  expect(calls).toEqual([]);
});

test('exactly the minimum: the callback gets size and bytes at DataBlockOffset', () => {
  const { device, calls } = createRig(one(accepts, 4));
  const answer = ask(device, { minor: 2, data: four, dataBlockOffset: 80 });
  expect(answer.status).toBe('STATUS_SUCCESS');
  expect(calls).toEqual([{ name: 'set', label: 'i0', inSize: 4, offset: 80, input: four }]);
});

test('size 0: the callback gets a NULL pointer', () => {
  const { device, calls } = createRig(one(accepts));
  expect(ask(device, { minor: 2 }).status).toBe('STATUS_SUCCESS');
  expect(calls).toEqual([{ name: 'set', label: 'i0', inSize: 0, offset: null, input: null }]);
});

test.each([
  ['too small', STATUS_BUFFER_TOO_SMALL, 'STATUS_WMI_SET_FAILURE'],
  ['pending', STATUS_PENDING, 'STATUS_UNSUCCESSFUL'],
  ['read-only', STATUS_WMI_READ_ONLY, 'STATUS_WMI_READ_ONLY'],
  ['denied', STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED'],
  ['set failure', STATUS_WMI_SET_FAILURE, 'STATUS_WMI_SET_FAILURE'],
  ['success', STATUS_SUCCESS, 'STATUS_SUCCESS'],
])('%s: the callback returns %i: %s, Information 0', (_case, status, want) => {
  const { device } = createRig(one({ set: () => status, setItem: () => status }));
  for (const minor of [2, 3]) {
    const answer = ask(device, { minor, data: four, information: 99 });
    expect(answer).toEqual({ outcome: 'completed', status: want, information: 0 });
  }
});

test('bytes after the data block are not passed to the callback', () => {
  const { device, calls } = createRig(one(accepts, 4));
  expect(ask(device, { minor: 2, data: four, bufferSize: 100 }).status).toBe('STATUS_SUCCESS');
  expect(calls[0]).toMatchObject({ inSize: 4 });
});

const lies = [
  ['DataBlockOffset beyond the buffer', { dataBlockOffset: 96, size: 1, bufferSize: 80 }],
  ['data past the buffer', { size: 17, bufferSize: 80 }],
  ['offset and size pass 32 bits', { dataBlockOffset: 0xfffffff8, size: 16, bufferSize: 80 }],
  ['no data, from beyond the buffer', { dataBlockOffset: 96, size: 0, bufferSize: 80 }],
  ['data in the fixed part', { dataBlockOffset: 56, size: 4, bufferSize: 80 }],
  ['the fixed part is cut', { size: 4, bufferSize: 57 }],
  ['Flags and InstanceIndex are cut', { size: 4, bufferSize: 50 }],
] as const;

test.each(lies)('hardened %s -> STATUS_WMI_SET_FAILURE', (_row, parts) => {
  const { device, calls } = createRig(one(accepts));
  for (const minor of [2, 3]) {
    const answer = ask(device, { minor, ...parts });
    expect(answer).toMatchObject({ status: 'STATUS_WMI_SET_FAILURE', information: 0 });
  }
  expect(calls).toEqual([]);
});

test('without hardening a wrong offset reaches the callback, as in the framework', () => {
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

test('a set from within a set: both are applied, the inner one first', () => {
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

test('the callback gets the id, the size and the bytes', () => {
  const { device, calls } = createRig(one(accepts));
  expect(ask(device, { minor: 3, id: 0xffffffff, data: four }).status).toBe('STATUS_SUCCESS');
  const call = { name: 'setItem', label: 'i0', id: 0xffffffff, inSize: 4, offset: 72, input: four };
  expect(calls).toEqual([call]);
});

test('size 0: the callback gets a NULL pointer', () => {
  const { device, calls } = createRig(one(accepts));
  ask(device, { minor: 3 });
  expect(must(calls[0])).toMatchObject({ inSize: 0, offset: null, input: null });
});

test('the minimum does not count for an item', () => {
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
