// A driver that handles its requests itself, row by row: device, GUID, instance, and then the rules of each request.
import { expect, test } from 'vitest';
import { SimulatedBugCheck } from '../../../src/runtime/bug-check.js';
import { createSystemControlIrp } from '../../../src/runtime/irp.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
  ntStatusName,
  type NtStatus,
} from '../../../src/runtime/ntstatus.js';
import { readWnode } from '../../../src/runtime/wnode-codec.js';
import {
  allSucceed,
  ask,
  blockGuid,
  dispatch,
  now,
  ok,
  request,
  unknownGuid,
  type Answers,
  type RequestParts,
} from '../rig.js';
import { createSelfRig, dynamicRequest, type NameParts, type SelfRigOptions } from './rig.js';

const query = 1;
const set = 2;
const setItem = 3;
const execute = 9;
const dynamic = { kind: 'dynamic' } as const;

test.each([
  ['CHANGE_SINGLE_INSTANCE 4 a set for another device', { minor: set, providerId: 1n, data: [1] }],
  ['a query for another device', { minor: query, providerId: 1n, guid: unknownGuid }],
  ['minor 0xA', { minor: 0xa }],
  ['minor 0xC', { minor: 0xc }],
])('%s goes to the next lower device untouched; the lowest completes it unchanged', (_c, parts) => {
  const seen: number[] = [];
  const below = {
    dispatch: ({ minor }: { minor: number }) => (seen.push(minor), 'completed' as const),
  };
  const asIs = { status: 'STATUS_NOT_SUPPORTED', information: 7 };
  const { device, calls } = createSelfRig({ device: { lowerDevice: below } });
  expect(ask(device, parts)).toEqual({ outcome: 'forwarded', ...asIs });
  expect([seen, calls]).toEqual([[parts.minor], []]);
  const lowest = createSelfRig({ device: { lowerDevice: null } });
  expect(ask(lowest.device, parts)).toEqual({ outcome: 'completed', ...asIs });
});

const two: SelfRigOptions = { instances: [allSucceed, allSucceed] };

test.each<[string, RequestParts, SelfRigOptions, string]>([
  [
    'CHANGE_SINGLE_INSTANCE 5 unknown GUID',
    { minor: set, guid: unknownGuid },
    {},
    'STATUS_WMI_GUID_NOT_FOUND',
  ],
  [
    'unknown GUID first',
    { minor: set, guid: unknownGuid, index: 9 },
    {},
    'STATUS_WMI_GUID_NOT_FOUND',
  ],
  [
    'a dynamic name for a block with static ones',
    { minor: query, flags: 2 },
    {},
    'STATUS_WMI_INSTANCE_NOT_FOUND',
  ],
  [
    'an index for a block with dynamic names',
    { minor: query },
    { naming: dynamic },
    'STATUS_WMI_INSTANCE_NOT_FOUND',
  ],
  ['index = count', { minor: query, index: 2 }, two, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['CHANGE_SINGLE_INSTANCE 7 set', { minor: set, index: 2 }, two, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['method', { minor: execute, index: 0xffffffff }, two, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['no instance', { minor: query }, { instances: [] }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['no instance', { minor: 0, bufferSize: 99 }, { instances: [] }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['PDO flag alone', { minor: query, flags: 0x10002 }, {}, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['no callback', { minor: query }, { instances: [{}] }, 'STATUS_INVALID_DEVICE_REQUEST'],
  ['BufferSize below 56', { minor: query, bufferSize: 55 }, {}, 'STATUS_BUFFER_TOO_SMALL'],
  ['query all below 56', { minor: 0, bufferSize: 55 }, {}, 'STATUS_BUFFER_TOO_SMALL'],
  [
    'query, offset inside of the fixed part',
    { minor: query, dataBlockOffset: 56, bufferSize: 70 },
    {},
    'STATUS_INVALID_PARAMETER',
  ],
  [
    'CHANGE_SINGLE_INSTANCE 10 read-only block',
    { minor: set, data: [1] },
    { instances: [{}] },
    'STATUS_WMI_READ_ONLY',
  ],
  ['read-only block', { minor: setItem, data: [1] }, { instances: [{}] }, 'STATUS_WMI_READ_ONLY'],
  ['no methods', { minor: execute }, { instances: [{}] }, 'STATUS_WMI_ITEMID_NOT_FOUND'],
  ['data past the buffer', { minor: set, size: 1 }, {}, 'STATUS_WMI_SET_FAILURE'],
  ['offset and size overflow', { minor: set, size: 0xffffffff }, {}, 'STATUS_WMI_SET_FAILURE'],
  [
    'data in the header',
    { minor: set, size: 8, dataBlockOffset: 56, bufferSize: 80 },
    {},
    'STATUS_WMI_SET_FAILURE',
  ],
  ['a set cut off', { minor: set, bufferSize: 55 }, {}, 'STATUS_WMI_SET_FAILURE'],
  ['a set without its fields', { minor: set, bufferSize: 60 }, {}, 'STATUS_WMI_SET_FAILURE'],
  ['item data past the buffer', { minor: setItem, size: 1 }, {}, 'STATUS_WMI_SET_FAILURE'],
  ['input past the buffer', { minor: execute, size: 1 }, {}, 'STATUS_INVALID_PARAMETER'],
  ['a method cut off', { minor: execute, bufferSize: 55 }, {}, 'STATUS_INVALID_PARAMETER'],
  ['BufferSize 47', { minor: 4, bufferSize: 47 }, {}, 'STATUS_INVALID_PARAMETER'],
])('refused with Information 0 before any callback: %s', (_case, parts, options, status) => {
  const { device, calls } = createSelfRig(options);
  expect(ask(device, parts)).toEqual({ outcome: 'completed', status, information: 0 });
  expect(calls).toEqual([]);
});

const fails = (status: NtStatus, bufferUsed = 0) => ({ status, bufferUsed });

test.each<[string, RequestParts, Answers, string, number, number?]>([
  ['exact fit', { minor: query, bufferSize: 68 }, allSucceed, 'STATUS_SUCCESS', 68],
  ['one byte short', { minor: query, bufferSize: 67 }, allSucceed, 'STATUS_SUCCESS', 56, 68],
  ['at least 56 bytes', { minor: query, bufferSize: 56 }, allSucceed, 'STATUS_SUCCESS', 56, 68],
  ['methods and no data', { minor: query }, { execute: () => ok() }, 'STATUS_SUCCESS', 64],
  [
    'more than there was room for',
    { minor: query, bufferSize: 68 },
    { query: () => fails(STATUS_SUCCESS, 5) },
    'STATUS_UNSUCCESSFUL',
    0,
  ],
  [
    'pending',
    { minor: query, bufferSize: 68 },
    { query: () => fails(STATUS_PENDING) },
    'STATUS_UNSUCCESSFUL',
    0,
  ],
  [
    'an error',
    { minor: query, bufferSize: 68 },
    { query: () => fails(STATUS_ACCESS_DENIED, 9) },
    'STATUS_ACCESS_DENIED',
    0,
  ],
  ['set', { minor: set, data: [1, 2] }, allSucceed, 'STATUS_SUCCESS', 0],
  [
    'set of nothing',
    { minor: set, dataBlockOffset: 0, bufferSize: 64 },
    allSucceed,
    'STATUS_SUCCESS',
    0,
  ],
  [
    'too small',
    { minor: set },
    { set: () => STATUS_BUFFER_TOO_SMALL },
    'STATUS_WMI_SET_FAILURE',
    0,
  ],
  ['pending', { minor: set }, { set: () => STATUS_PENDING }, 'STATUS_UNSUCCESSFUL', 0],
  [
    'CHANGE_SINGLE_INSTANCE 12 an error',
    { minor: set },
    { set: () => STATUS_ACCESS_DENIED },
    'STATUS_ACCESS_DENIED',
    0,
  ],
  ['item', { minor: setItem, data: [1] }, allSucceed, 'STATUS_SUCCESS', 0],
  [
    'too small',
    { minor: setItem },
    { setItem: () => STATUS_BUFFER_TOO_SMALL },
    'STATUS_WMI_SET_FAILURE',
    0,
  ],
  ['method', { minor: execute, bufferSize: 80 }, allSucceed, 'STATUS_SUCCESS', 74],
  [
    'output short',
    { minor: execute, bufferSize: 80 },
    { execute: () => fails(STATUS_BUFFER_TOO_SMALL, 20) },
    'STATUS_SUCCESS',
    56,
    92,
  ],
  [
    'pending',
    { minor: execute, bufferSize: 80 },
    { execute: () => fails(STATUS_PENDING) },
    'STATUS_UNSUCCESSFUL',
    0,
  ],
  [
    'more than there was room for',
    { minor: execute, bufferSize: 80 },
    { execute: () => fails(STATUS_SUCCESS, 9) },
    'STATUS_UNSUCCESSFUL',
    0,
  ],
  [
    'an error',
    { minor: execute, bufferSize: 80 },
    { execute: () => fails(STATUS_ACCESS_DENIED, 9) },
    'STATUS_ACCESS_DENIED',
    0,
  ],
])('answered: %s', (_case, parts, answers, status, information, sizeNeeded?: number) => {
  const { device } = createSelfRig({ instances: [answers] });
  const irp = request(device, parts);
  expect(dispatch(device, irp)).toEqual({ outcome: 'completed', status, information });
  const answer = readWnode(irp.memory);
  expect(answer?.kind === 'tooSmall' ? answer.sizeNeeded : undefined).toBe(sizeNeeded);
});

test.each<[string, NameParts, string]>([
  ['without NUL', { name: 'i1' }, 'STATUS_SUCCESS'],
  ['with the NUL counted', { name: 'i1', counted: true }, 'STATUS_SUCCESS'],
  ['in another case', { name: 'I1' }, 'STATUS_SUCCESS'],
  ['an unknown name', { name: 'i9' }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['an empty name', { name: '' }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['a length past the buffer', { name: 'i1', length: 0xfffe }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['an odd length', { name: 'i1', length: 3 }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['an offset past the buffer', { name: 'i1', at: 0x10000 }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['an offset at its end', { name: 'i1', at: 79 }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
])(
  'CHANGE_SINGLE_INSTANCE 6 a dynamic name is found by its counted string: %s',
  (_case, name, status) => {
    const { device, calls } = createSelfRig({ ...two, naming: dynamic });
    const found = status === 'STATUS_SUCCESS';
    const placed = found ? {} : { dataBlockOffset: 72 };
    for (const minor of [set, setItem]) {
      const irp = dynamicRequest(device, { minor, data: [7], ...placed }, name);
      expect(dispatch(device, irp)).toEqual({ outcome: 'completed', status, information: 0 });
    }
    expect(calls.map(({ name: kind, label, input }) => [kind, label, input])).toEqual(
      found
        ? [
            ['set', 'i1', [7]],
            ['setItem', 'i1', [7]],
          ]
        : [],
    );
  },
);

test('a query by name leaves DataBlockOffset; Information counts the room of the name', () => {
  const { device } = createSelfRig({ naming: dynamic });
  const irp = dynamicRequest(device, { minor: query, bufferSize: 200 }, { name: 'i0' });
  expect(dispatch(device, irp)).toMatchObject({ status: 'STATUS_SUCCESS', information: 76 });
  expect(readWnode(irp.memory)).toMatchObject({
    header: { timeStamp: now },
    instance: { kind: 'dynamic', instanceName: 'i0' },
    data: Uint8Array.of(1, 2, 3, 4),
  });
  expect([irp.view.getUint32(0, true), irp.view.getUint32(56, true)]).toEqual([76, 72]);
});

test('the bounds of a driver that checks them cannot be left: no simulated bug check', () => {
  const { device } = createSelfRig();
  const irp = createSystemControlIrp(set, device.deviceObject, blockGuid, new Uint8Array(20), 4096);
  expect(() => device.dispatch(irp)).not.toThrow(SimulatedBugCheck);
  expect(ntStatusName(irp.ioStatus.status)).toBe('STATUS_WMI_SET_FAILURE');
});
