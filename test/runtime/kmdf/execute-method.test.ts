/**
 * IRP_MN_EXECUTE_METHOD in the kmdf model: the rows EM of the conformance table that a driver model decides.
 */
import { expect, test } from 'vitest';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from '../../../src/runtime/ntstatus.js';
import { readMethodItem, readTooSmall } from '../../../src/runtime/wnode-codec.js';
import {
  createRig,
  dispatch,
  now,
  ok,
  request,
  type Answers,
  type RequestParts,
  type RigOptions,
} from '../rig.js';

const execute = (answers: Answers, parts: Partial<RequestParts> = {}, options: RigOptions = {}) => {
  const rig = createRig({ ...options, instances: [answers] });
  const irp = request(rig.device, { minor: 9, id: 3, ...parts });
  const { status, information } = dispatch(rig.device, irp);
  return { ...rig, irp, status, information };
};

test('no execute callback -> STATUS_INVALID_DEVICE_REQUEST, Information 0', () => {
  const { status, information } = execute({ query: () => ok() });
  expect([status, information]).toEqual(['STATUS_INVALID_DEVICE_REQUEST', 0]);
});

test('no input, no output: NULL pointer, used 0, Information is DataBlockOffset', () => {
  const { status, information, calls } = execute({ execute: () => ok() });
  expect([status, information]).toEqual(['STATUS_SUCCESS', 72]);
  const none = { inSize: 0, outSize: 0, offset: null, input: null };
  expect(calls).toEqual([{ name: 'execute', label: 'i0', id: 3, ...none }]);
});

test('output too small: success, WNODE_TOO_SMALL with DataBlockOffset + required', () => {
  const short = () => ({ status: STATUS_BUFFER_TOO_SMALL, bufferUsed: 20 });
  const { status, information, irp } = execute({ execute: short }, { bufferSize: 80 });
  expect([status, information]).toEqual(['STATUS_SUCCESS', 56]);
  expect(readTooSmall(irp.memory)?.sizeNeeded).toBe(92);
});

test('success: SizeDataBlock, BufferSize, Information, TimeStamp; DataBlockOffset stays', () => {
  const { information, irp } = execute(
    { execute: () => ok([6, 7]) },
    { data: [1, 2, 3], dataBlockOffset: 80, bufferSize: 120 },
  );
  expect(information).toBe(82);
  const item = readMethodItem(irp.memory);
  expect(item).toMatchObject({ methodId: 3, data: Uint8Array.of(6, 7) });
  expect(item?.header.timeStamp).toBe(now);
  expect([irp.view.getUint32(0, true), irp.view.getUint32(60, true)]).toEqual([82, 80]);
});

test.each([
  ['pending', { status: STATUS_PENDING, bufferUsed: 0 }, 'STATUS_UNSUCCESSFUL'],
  ['hardened: used > room', { status: STATUS_SUCCESS, bufferUsed: 9 }, 'STATUS_UNSUCCESSFUL'],
  ['an error', { status: STATUS_ACCESS_DENIED, bufferUsed: 4 }, 'STATUS_ACCESS_DENIED'],
])('%s -> the status, Information 0', (_row, result, want) => {
  const { status, information } = execute({ execute: () => result }, { bufferSize: 80 });
  expect([status, information]).toEqual([want, 0]);
});

test('with the quirk, Information passes BufferSize', () => {
  const { status, information } = execute(
    { execute: () => ({ status: STATUS_SUCCESS, bufferUsed: 9 }) },
    { bufferSize: 80 },
    { device: { quirks: { methodOutputUnchecked: true } } },
  );
  expect([status, information]).toEqual(['STATUS_SUCCESS', 81]);
});

test.each([
  ['used 0', 0],
  ['BufferUsed never stored', undefined],
])('STATUS_BUFFER_TOO_SMALL with %s: SizeNeeded is DataBlockOffset', (_case, bufferUsed) => {
  const short = () => ({ status: STATUS_BUFFER_TOO_SMALL, bufferUsed });
  const { irp } = execute({ execute: short }, { bufferSize: 80 });
  expect(readTooSmall(irp.memory)?.sizeNeeded).toBe(72);
});

test('the room for output covers the input', () => {
  const { calls } = execute({ execute: () => ok() }, { data: [1, 2, 3], bufferSize: 90 });
  expect(calls[0]).toMatchObject({ inSize: 3, outSize: 18, offset: 72, input: [1, 2, 3] });
});

test.each([
  ['DataBlockOffset past the buffer', { dataBlockOffset: 88, bufferSize: 80 }],
  ['input past the buffer', { size: 9, bufferSize: 80 }],
  ['data in the fixed part', { dataBlockOffset: 64, bufferSize: 80 }],
  ['the fixed part is cut', { bufferSize: 60 }],
  ['Flags and InstanceIndex are cut', { bufferSize: 50 }],
])('hardened: %s -> STATUS_INVALID_PARAMETER', (_case, parts) => {
  const { status, information, calls } = execute({ execute: () => ok() }, parts);
  expect([status, information, calls]).toEqual(['STATUS_INVALID_PARAMETER', 0, []]);
});

test('without hardening the room wraps, as in the framework', () => {
  const { calls } = execute(
    { execute: () => ok() },
    { dataBlockOffset: 88, bufferSize: 80 },
    { device: { hardening: false } },
  );
  expect(calls[0]).toMatchObject({ outSize: 0xfffffff8, offset: 88 });
});
