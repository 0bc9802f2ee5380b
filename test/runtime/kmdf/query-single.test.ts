/**
 * IRP_MN_QUERY_SINGLE_INSTANCE in the kmdf model.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from '../../../src/runtime/ntstatus.js';
import { readSingleInstance, readTooSmall } from '../../../src/runtime/wnode-codec.js';
import {
  blockGuid,
  createRig,
  dispatch,
  must,
  now,
  ok,
  request,
  type Answers,
  type RequestParts,
  type RigOptions,
} from '../rig.js';

const query = (options: RigOptions, parts: Partial<RequestParts> = {}) => {
  const rig = createRig(options);
  const irp = request(rig.device, { minor: 1, ...parts });
  const { status, information } = dispatch(rig.device, irp);
  return { ...rig, irp, status, information, tooSmall: readTooSmall(irp.memory) };
};
const one = (answers: Answers, minInstanceBufferSize = 0): RigOptions => ({
  provider: { minInstanceBufferSize },
  instances: [answers],
});
const needs = (size: number) => () => ({ status: STATUS_BUFFER_TOO_SMALL, bufferUsed: size });

test.each([
  ['no callbacks', {}],
  ['set only: a write-only block', { set: () => STATUS_SUCCESS }],
])('%s -> STATUS_INVALID_DEVICE_REQUEST', (_row, answers) => {
  const { status, information } = query(one(answers), { bufferSize: 96 });
  expect([status, information]).toEqual(['STATUS_INVALID_DEVICE_REQUEST', 0]);
});

test('the missing callback counts before wrong bounds, as for the other requests', () => {
  for (const parts of [{ dataBlockOffset: 0x1000, bufferSize: 96 }, { bufferSize: 60 }]) {
    const { status, information } = query(one({}), parts);
    expect([status, information]).toEqual(['STATUS_INVALID_DEVICE_REQUEST', 0]);
  }
});

test('methods only: success with no data', () => {
  const { status, information, irp } = query(one({ execute: () => ok() }), { bufferSize: 96 });
  expect([status, information]).toEqual(['STATUS_SUCCESS', 64]);
  expect(irp.view.getUint32(60, true)).toBe(0);
});

test('one byte short of the minimum: too small, no callback', () => {
  const { status, information, calls, tooSmall } = query(one({ query: () => ok([1]) }, 8), {
    bufferSize: 71,
  });
  expect([status, information, tooSmall?.sizeNeeded]).toEqual(['STATUS_SUCCESS', 56, 72]);
  expect(calls).toEqual([]);
});

test('exactly the minimum: one callback, sizes and data', () => {
  const answer = query(one({ query: () => ok([5, 6, 7, 8]) }, 4), { bufferSize: 68 });
  expect([answer.status, answer.information]).toEqual(['STATUS_SUCCESS', 68]);
  expect(answer.calls).toEqual([{ name: 'query', label: 'i0', outSize: 4, offset: 64 }]);
  expect(answer.irp.view.getUint32(0, true)).toBe(68);
  expect(readSingleInstance(answer.irp.memory)?.data).toEqual(Uint8Array.of(5, 6, 7, 8));
});

test.each([
  ['no room, callback needs 10', needs(10), 74],
  ['no room, success with 1 byte', () => ok([1]), 65],
])('%s -> too small', (_row, answer, sizeNeeded) => {
  const result = query(one({ query: answer }), { bufferSize: 64 });
  expect([result.status, result.information]).toEqual(['STATUS_SUCCESS', 56]);
  expect(result.tooSmall?.sizeNeeded).toBe(sizeNeeded);
  expect(result.calls).toEqual([{ name: 'query', label: 'i0', outSize: 1, offset: 0 }]);
});

test('no room, success with more than 1 byte -> STATUS_UNSUCCESSFUL', () => {
  const { status, information } = query(one({ query: () => ok([1, 2]) }), { bufferSize: 64 });
  expect([status, information]).toEqual(['STATUS_UNSUCCESSFUL', 0]);
});

test.each([
  ['pending', () => ({ status: STATUS_PENDING, bufferUsed: 4 }), 'STATUS_UNSUCCESSFUL', 0],
  ['used > size', () => ({ status: STATUS_SUCCESS, bufferUsed: 9 }), 'STATUS_UNSUCCESSFUL', 0],
  ['an error', () => ({ status: STATUS_ACCESS_DENIED, bufferUsed: 3 }), 'STATUS_ACCESS_DENIED', 3],
])('%s: status, Information 0, SizeDataBlock', (_row, answer, status, sizeDataBlock) => {
  const result = query(one({ query: answer }), { bufferSize: 72, size: 0xdddd });
  expect([result.status, result.information]).toEqual([status, 0]);
  expect(result.irp.view.getUint32(60, true)).toBe(sizeDataBlock);
  // The time stamp is unchanged.
  expect(result.irp.view.getBigUint64(16, true)).toBe(0n);
});

test.each([
  ['fits', 70, 'STATUS_SUCCESS', 70, undefined],
  ['does not fit', 69, 'STATUS_SUCCESS', 56, 70],
])('%s: a context query', (_row, bufferSize, status, information, sizeNeeded) => {
  const { device, provider } = createRig({ instances: [] });
  const context = Uint8Array.of(1, 2, 3, 4, 5, 6);
  device.wdfWmiInstanceCreate({ provider, register: true, useContextForQuery: true }, { context });
  const irp = request(device, { minor: 1, bufferSize });
  expect(dispatch(device, irp)).toMatchObject({ status, information });
  if (sizeNeeded === undefined) {
    expect(readSingleInstance(irp.memory)?.data).toEqual(context);
  } else {
    expect(readTooSmall(irp.memory)?.sizeNeeded).toBe(sizeNeeded);
  }
});

test('success sets the time stamp and keeps DataBlockOffset', () => {
  const { irp } = query(one({ query: () => ok([1]) }), { bufferSize: 96, dataBlockOffset: 80 });
  expect(irp.view.getBigUint64(16, true)).toBe(now);
  expect(irp.view.getUint32(56, true)).toBe(80);
});

test('too small: Flags exactly 0x20, BufferSize 56, DataBlockOffset kept', () => {
  const { irp } = query(one({ query: needs(100) }), { bufferSize: 96, dataBlockOffset: 80 });
  expect(irp.view.getUint32(44, true)).toBe(0x20);
  expect(irp.view.getUint32(0, true)).toBe(56);
  expect(irp.view.getUint32(48, true)).toBe(180);
  expect(irp.view.getUint32(56, true)).toBe(80);
  expect(irp.view.getBigUint64(16, true)).toBe(0n);
});

test('the reported size is enough, for any data and any buffer', () => {
  const bytes = fc.uint8Array({ maxLength: 100 });
  fc.assert(
    fc.property(bytes, fc.boolean(), fc.nat(120), (data, declared, room) => {
      const { device } = createRig({
        provider: { minInstanceBufferSize: declared ? data.length : 0 },
        instances: [
          { query: (size) => (size < data.length ? needs(data.length)() : ok([...data])) },
        ],
      });
      let irp = request(device, { minor: 1, bufferSize: 64 + room });
      let answer = dispatch(device, irp);
      if (answer.information === 56) {
        const { sizeNeeded } = must(readTooSmall(irp.memory));
        irp = request(device, { minor: 1, bufferSize: sizeNeeded });
        answer = dispatch(device, irp);
      }
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 64 + data.length });
      expect(readSingleInstance(irp.memory)?.data).toEqual(data);
    }),
  );
});

test.each([
  ['the fixed part is cut', { bufferSize: 60 }, 'STATUS_BUFFER_TOO_SMALL'],
  ['Flags and InstanceIndex are cut', { bufferSize: 40 }, 'STATUS_BUFFER_TOO_SMALL'],
  ['DataBlockOffset past the buffer', { bufferSize: 80, dataBlockOffset: 88 }, undefined],
  ['DataBlockOffset in the fixed part', { bufferSize: 80, dataBlockOffset: 56 }, undefined],
])('hardened: %s', (_case, parts, status = 'STATUS_INVALID_PARAMETER') => {
  const result = query(one({ query: () => ok([1]) }), { guid: blockGuid, ...parts });
  expect(result.status).toBe(status);
  expect(result.calls).toEqual([]);
});
