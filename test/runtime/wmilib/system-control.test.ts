// WmiSystemControl row by row: the order of its checks, the disposition, what each routine gets and the result of its answer.
import { expect, test } from 'vitest';
import { SimulatedBugCheck } from '../../../src/runtime/bug-check.js';
import { readWnode } from '../../../src/runtime/wnode-codec.js';
import { ntStatusName, type NtStatus } from '../../../src/runtime/ntstatus.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from '../../../src/runtime/ntstatus.js';
import { wmiSystemControl } from '../../../src/runtime/wmilib/system-control.js';
import { SysctlIrpDisposition } from '../../../src/runtime/wmilib/types.js';
import { ask, now, request, unknownGuid, type RequestParts } from '../rig.js';
import { createWmilibRig, instances, succeed, type WmilibRigOptions } from './rig.js';

const dispositionName = (value: number) =>
  Object.entries(SysctlIrpDisposition).find(([, number]) => number === value)?.[0];

/** The result of WmiSystemControl, and IoStatus after it. */
function control(parts: RequestParts, options: WmilibRigOptions = {}) {
  const { context, device, calls } = createWmilibRig(options);
  const irp = request(device, parts);
  const { status, disposition } = wmiSystemControl(context, device, irp);
  const { information } = irp.ioStatus;
  return {
    disposition: dispositionName(disposition),
    status: ntStatusName(status),
    ioStatus: ntStatusName(irp.ioStatus.status),
    information,
    calls,
  };
}

const query = 1;
const set = 2;
const setItem = 3;
const execute = 9;

test.each([
  ['0xA', { minor: 0xa }, 'irpNotWmi'],
  ['0xC', { minor: 0xc }, 'irpNotWmi'],
  ['0xFF for another device', { minor: 0xff, providerId: 1n }, 'irpNotWmi'],
  ['a query for another device', { minor: query, providerId: 1n }, 'irpForward'],
  [
    'an unknown GUID for another device',
    { minor: 0, providerId: 1n, guid: unknownGuid },
    'irpForward',
  ],
  ['REGINFO_EX for another device', { minor: 0xb, providerId: 1n }, 'irpForward'],
])('a request that is not the library’s is left alone: %s', (_case, parts, disposition) => {
  expect(control(parts)).toEqual({
    disposition,
    status: 'STATUS_NOT_SUPPORTED',
    ioStatus: 'STATUS_NOT_SUPPORTED',
    information: 7,
    calls: [],
  });
});

const count3 = { instanceCount: 3 };

test.each<[string, RequestParts, WmilibRigOptions, string]>([
  ['unknown GUID', { minor: query, guid: unknownGuid }, {}, 'STATUS_WMI_GUID_NOT_FOUND'],
  [
    'unknown GUID and bad index',
    { minor: set, guid: unknownGuid, index: 9 },
    {},
    'STATUS_WMI_GUID_NOT_FOUND',
  ],
  ['dynamic name', { minor: query, flags: 0x2 }, {}, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['index = count', { minor: query, index: 3 }, count3, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['set', { minor: set, index: 3 }, count3, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['set item', { minor: setItem, index: 3 }, count3, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['method', { minor: execute, index: 3 }, count3, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['no instance', { minor: query }, { instanceCount: 0 }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  [
    'no instance, query all',
    { minor: 0, bufferSize: 200 },
    { instanceCount: 0 },
    'STATUS_WMI_INSTANCE_NOT_FOUND',
  ],
  ['PDO flag alone', { minor: query, flags: 0x10002 }, {}, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  [
    'CHANGE_SINGLE_INSTANCE 3 no DpWmiSetDataBlock',
    { minor: set },
    { routines: {} },
    'STATUS_WMI_READ_ONLY',
  ],
  ['no DpWmiSetDataItem', { minor: setItem }, { routines: {} }, 'STATUS_WMI_READ_ONLY'],
  ['no DpWmiExecuteMethod', { minor: execute }, { routines: {} }, 'STATUS_INVALID_DEVICE_REQUEST'],
  ['no DpWmiFunctionControl, 4', { minor: 4 }, { routines: {} }, 'STATUS_SUCCESS'],
  ['no DpWmiFunctionControl, 5', { minor: 5 }, { routines: {} }, 'STATUS_SUCCESS'],
  ['no DpWmiFunctionControl, 6', { minor: 6 }, { routines: {} }, 'STATUS_SUCCESS'],
  ['no DpWmiFunctionControl, 7', { minor: 7 }, { routines: {} }, 'STATUS_SUCCESS'],
  ['query below 56 bytes', { minor: query, bufferSize: 55 }, {}, 'STATUS_BUFFER_TOO_SMALL'],
  ['query all below 56 bytes', { minor: 0, bufferSize: 55 }, {}, 'STATUS_BUFFER_TOO_SMALL'],
  [
    'query, offset inside of the fixed part',
    { minor: query, dataBlockOffset: 56, bufferSize: 70 },
    {},
    'STATUS_INVALID_PARAMETER',
  ],
  ['data beyond the buffer', { minor: set, size: 1 }, {}, 'STATUS_WMI_SET_FAILURE'],
  [
    'offset and size overflow',
    { minor: set, size: 0xffffffff, dataBlockOffset: 64 },
    {},
    'STATUS_WMI_SET_FAILURE',
  ],
  ['set item beyond the buffer', { minor: setItem, size: 1 }, {}, 'STATUS_WMI_SET_FAILURE'],
  ['input beyond the buffer', { minor: execute, size: 1 }, {}, 'STATUS_INVALID_PARAMETER'],
])('the library ends it and the driver completes it: %s', (_case, parts, options, status) => {
  expect(control(parts, options)).toEqual({
    disposition: 'irpNotCompleted',
    status,
    ioStatus: status,
    information: 0,
    calls: [],
  });
});

test.each<[string, RequestParts, object]>([
  [
    'query all: every instance from the first',
    { minor: 0, bufferSize: 200 },
    { name: 'query', index: 0, count: 3, lengths: 3, outSize: 112, offset: 88 },
  ],
  [
    'query single: one instance',
    { minor: query, index: 2, bufferSize: 100 },
    { name: 'query', index: 2, count: 1, lengths: 1, outSize: 36, offset: 64 },
  ],
  [
    'query single without room queries the size',
    { minor: query, index: 1 },
    { name: 'query', index: 1, count: 1, lengths: null, outSize: 0, offset: null },
  ],
  [
    'query all without room for the entries queries the size',
    { minor: 0, bufferSize: 87 },
    { name: 'query', index: 0, count: 3, lengths: null, outSize: 0, offset: null },
  ],
  [
    'set: the last instance',
    { minor: set, index: 2, data: [5, 6] },
    { name: 'set', index: 2, inSize: 2, offset: 64, input: [5, 6] },
  ],
  [
    'set item: its WmiDataId',
    { minor: setItem, index: 1, id: 7, data: [5] },
    { name: 'setItem', index: 1, id: 7, inSize: 1, offset: 72, input: [5] },
  ],
  [
    'method: its WmiMethodId, input and the whole region from the offset on',
    { minor: execute, index: 1, id: 4, data: [1, 2], bufferSize: 80 },
    { name: 'execute', index: 1, id: 4, inSize: 2, outSize: 8, offset: 72, input: [1, 2] },
  ],
  ['enable events', { minor: 4 }, { name: 'control', control: 0, enable: true }],
  ['disable events', { minor: 5 }, { name: 'control', control: 0, enable: false }],
  ['enable collection', { minor: 6 }, { name: 'control', control: 1, enable: true }],
  ['disable collection', { minor: 7 }, { name: 'control', control: 1, enable: false }],
])('a routine gets the documented arguments: %s', (_case, parts, want) => {
  const { disposition, calls } = control(parts, {
    ...count3,
    routines: { ...succeed, query: instances([1], [2], [3]) },
  });
  expect(disposition).toBe('irpProcessed');
  expect(calls).toEqual([{ guidIndex: 0, ...want }]);
});

test('the index of a block is its place in the list; its GUID may be there in any form', () => {
  const guidList = [
    { guid: '11111111-1111-1111-1111-111111111111', instanceCount: 1 },
    { guid: '{AAAAAAAA-0000-4444-9999-123456789ABC}', instanceCount: 1 },
  ];
  const { calls } = control(
    { minor: query, guid: 'aaaaaaaa-0000-4444-9999-123456789abc' },
    { context: { guidList } },
  );
  expect(calls).toMatchObject([{ guidIndex: 1 }]);
});

const fails = (status: NtStatus, bufferUsed = 0) => ({ status, bufferUsed });

test.each<[string, RequestParts, WmilibRigOptions['routines'], string, number, number?]>([
  ['query fits', { minor: query, bufferSize: 68 }, {}, 'STATUS_SUCCESS', 68],
  ['query too small', { minor: query, bufferSize: 67 }, {}, 'STATUS_SUCCESS', 56, 68],
  ['the size alone', { minor: query }, {}, 'STATUS_SUCCESS', 56, 68],
  ['56 bytes', { minor: query, bufferSize: 56 }, {}, 'STATUS_SUCCESS', 56, 68],
  [
    '63 bytes, and no data at all',
    { minor: query, bufferSize: 63 },
    { query: () => fails(STATUS_SUCCESS) },
    'STATUS_SUCCESS',
    56,
    64,
  ],
  ['a set of nothing', { minor: set, dataBlockOffset: 0, bufferSize: 64 }, {}, 'STATUS_SUCCESS', 0],
  [
    'query fails',
    { minor: query, bufferSize: 99 },
    { query: () => fails(STATUS_ACCESS_DENIED, 9) },
    'STATUS_ACCESS_DENIED',
    0,
  ],
  [
    'query stores more than there was room for',
    { minor: query, bufferSize: 68 },
    { query: () => fails(STATUS_SUCCESS, 5) },
    'STATUS_UNSUCCESSFUL',
    0,
  ],
  [
    'query completed with STATUS_PENDING',
    { minor: query, bufferSize: 68 },
    { query: () => fails(STATUS_PENDING) },
    'STATUS_UNSUCCESSFUL',
    0,
  ],
  ['query all fits', { minor: 0, bufferSize: 76 }, {}, 'STATUS_SUCCESS', 76],
  ['query all too small', { minor: 0, bufferSize: 75 }, {}, 'STATUS_SUCCESS', 56, 76],
  ['query all, 56 bytes', { minor: 0, bufferSize: 56 }, {}, 'STATUS_SUCCESS', 56, 76],
  [
    'query all fails',
    { minor: 0, bufferSize: 99 },
    { query: () => fails(STATUS_ACCESS_DENIED) },
    'STATUS_ACCESS_DENIED',
    0,
  ],
  [
    'query all, lengths pass BufferUsed',
    { minor: 0, bufferSize: 99 },
    { query: () => ({ status: STATUS_SUCCESS, bufferUsed: 1, instances: [[1, 2]] }) },
    'STATUS_UNSUCCESSFUL',
    0,
  ],
  [
    'query all of empty instances, no room for their entries',
    { minor: 0, bufferSize: 71 },
    { query: () => fails(STATUS_SUCCESS) },
    'STATUS_SUCCESS',
    56,
    72,
  ],
  [
    'SizeNeeded no ULONG can state',
    { minor: query },
    { query: () => fails(STATUS_BUFFER_TOO_SMALL, 0xffffffff) },
    'STATUS_INTEGER_OVERFLOW',
    0,
  ],
  ['set', { minor: set, data: [1] }, {}, 'STATUS_SUCCESS', 0],
  [
    'set too small',
    { minor: set },
    { set: () => STATUS_BUFFER_TOO_SMALL },
    'STATUS_WMI_SET_FAILURE',
    0,
  ],
  ['set fails', { minor: set }, { set: () => STATUS_ACCESS_DENIED }, 'STATUS_ACCESS_DENIED', 0],
  [
    'set item too small',
    { minor: setItem },
    { setItem: () => STATUS_BUFFER_TOO_SMALL },
    'STATUS_WMI_SET_FAILURE',
    0,
  ],
  ['method', { minor: execute, bufferSize: 80 }, {}, 'STATUS_SUCCESS', 74],
  [
    'method, output too small',
    { minor: execute, bufferSize: 80 },
    { execute: () => fails(STATUS_BUFFER_TOO_SMALL, 20) },
    'STATUS_SUCCESS',
    56,
    92,
  ],
  [
    'method reports more than the room',
    { minor: execute, bufferSize: 80 },
    { execute: () => fails(STATUS_SUCCESS, 9) },
    'STATUS_UNSUCCESSFUL',
    0,
  ],
  [
    'method fails',
    { minor: execute, bufferSize: 80 },
    { execute: () => fails(STATUS_ACCESS_DENIED, 9) },
    'STATUS_ACCESS_DENIED',
    0,
  ],
  [
    'control fails',
    { minor: 4 },
    { control: () => STATUS_ACCESS_DENIED },
    'STATUS_ACCESS_DENIED',
    0,
  ],
])('WmiCompleteRequest: %s', (_case, parts, routines, status, information, sizeNeeded?: number) => {
  const { device } = createWmilibRig({ routines: { ...succeed, ...routines } });
  const irp = request(device, parts);
  expect(device.dispatch(irp)).toBe('completed');
  expect(ntStatusName(irp.ioStatus.status)).toBe(status);
  expect(irp.ioStatus.information).toBe(information);
  const answer = readWnode(irp.memory);
  expect(answer?.kind === 'tooSmall' ? answer.sizeNeeded : undefined).toBe(sizeNeeded);
});

test('query all: more instances than any buffer has entries for, and a routine that claims to have stored them', () => {
  const { device } = createWmilibRig({
    instanceCount: 0xffffffff,
    device: { start: false },
    routines: { query: () => fails(STATUS_SUCCESS, 5) },
  });
  expect(ask(device, { minor: 0, bufferSize: 99 })).toEqual({
    outcome: 'completed',
    status: 'STATUS_UNSUCCESSFUL',
    information: 0,
  });
});

test('a query that succeeds states its size, its end and the time', () => {
  const { device } = createWmilibRig();
  const irp = request(device, { minor: query, bufferSize: 100 });
  device.dispatch(irp);
  expect(readWnode(irp.memory)).toMatchObject({
    header: { timeStamp: now },
    data: Uint8Array.of(1, 2, 3, 4),
  });
  expect(irp.view.getUint32(0, true)).toBe(68);
});

test.each([
  [
    'of one size',
    [
      [1, 2],
      [3, 4],
      [5, 6],
    ],
    true,
    106,
  ],
  ['of several sizes', [[1], [], [2, 3]], false, 98],
])('X5 query all: instances %s', (_case, data, fixed, end) => {
  const { device } = createWmilibRig({ ...count3, routines: { query: instances(...data) } });
  // The flag of the sender is not kept.
  const irp = request(device, { minor: 0, flags: 0x91, bufferSize: 200 });
  device.dispatch(irp);
  expect(irp.ioStatus.information).toBe(end);
  expect((irp.view.getUint32(44, true) & 0x10) !== 0).toBe(fixed);
  const answer = readWnode(irp.memory.subarray(0, end));
  expect(answer).toMatchObject({
    kind: 'allData',
    instances: data.map((bytes) => ({ data: Uint8Array.from(bytes) })),
  });
});

test.each<[string, RequestParts]>([
  ['a query of 8 bytes', { minor: query, bufferSize: 8 }],
  ['a set whose fields lie outside', { minor: set, bufferSize: 56 }],
  ['a query all that lies about its buffer', { minor: 0, bufferSize: 1 << 21 }],
])('without hardening the library accesses memory outside of the buffer: %s', (_case, parts) => {
  const { device } = createWmilibRig({
    device: { hardening: false, start: false },
    instanceCount: 0x20001,
  });
  expect(() => ask(device, parts)).toThrow(SimulatedBugCheck);
});
