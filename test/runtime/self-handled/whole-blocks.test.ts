// A driver that handles its requests itself: requests for whole blocks. QUERY_ALL_DATA, the switches, registration.
import { expect, test } from 'vitest';
import { createSystemControlIrp } from '../../../src/runtime/irp.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
  ntStatusName,
} from '../../../src/runtime/ntstatus.js';
import { readRegistrationInfo } from '../../../src/runtime/wmireg.js';
import { readWnode } from '../../../src/runtime/wnode-codec.js';
import { allSucceed, ask, blockGuid, dispatch, natural, now, request } from '../rig.js';
import { createSelfRig } from './rig.js';

const dynamic = { kind: 'dynamic' } as const;

test.each<[string, number[][], boolean, boolean, number]>([
  [
    'one size, static names',
    [
      [1, 2],
      [3, 4],
    ],
    true,
    false,
    82,
  ],
  ['several sizes, static names', [[1], [2, 3], []], false, false, 104],
  [
    'one size, dynamic names',
    [
      [1, 2],
      [3, 4],
    ],
    true,
    true,
    98,
  ],
  ['several sizes, dynamic names', [[1], [2, 3]], false, true, 106],
  // In the form with one size, two instances would look like two thousand.
  ['no data at all', [[], []], false, false, 80],
  ['no data of a hundred instances', Array<number[]>(100).fill([]), false, false, 864],
])('query all in both forms: %s', (_case, data, fixed, named, size) => {
  const { device, calls } = createSelfRig({
    instances: data.map((bytes) => ({ query: natural(bytes) })),
    naming: named ? dynamic : { kind: 'list' },
  });
  const irp = request(device, { minor: 0, flags: fixed ? 1 : 0x11, bufferSize: size });
  expect(dispatch(device, irp)).toMatchObject({ status: 'STATUS_SUCCESS', information: size });
  const flags = irp.view.getUint32(44, true);
  expect([(flags & 0x10) !== 0, (flags & 0x80) === 0]).toEqual([fixed, named]);
  expect(readWnode(irp.memory)).toMatchObject({
    kind: 'allData',
    header: { timeStamp: now },
    instances: data.map((bytes, index) => ({
      ...(named && { instanceName: `i${index}` }),
      data: Uint8Array.from(bytes),
    })),
  });
  // One byte short: every instance is queried and the total size is returned.
  calls.length = 0;
  const short = request(device, { minor: 0, bufferSize: size - 1 });
  expect(dispatch(device, short)).toMatchObject({ status: 'STATUS_SUCCESS', information: 56 });
  expect(readWnode(short.memory)).toMatchObject({ kind: 'tooSmall', sizeNeeded: size });
  expect(calls).toHaveLength(data.length);
});

test('query all: a dynamic name that no counted string holds', () => {
  const instances = [{ name: 'x'.repeat(0x8000), callbacks: {} }];
  const block = { guid: blockGuid, instances };
  const { device } = createSelfRig({ device: { blocks: [{ block, naming: dynamic }] } });
  expect(ask(device, { minor: 0, bufferSize: 99 })).toMatchObject({
    status: 'STATUS_UNSUCCESSFUL',
  });
});

test('query all: an instance without data is empty, an error ends it', () => {
  const error = { query: () => ({ status: STATUS_ACCESS_DENIED, bufferUsed: 0 }) };
  const gaps = createSelfRig({ instances: [{}, { query: natural([1]) }] });
  const irp = request(gaps.device, { minor: 0, bufferSize: 99 });
  dispatch(gaps.device, irp);
  expect(readWnode(irp.memory)).toMatchObject({
    instances: [{ data: new Uint8Array(0) }, { data: Uint8Array.of(1) }],
  });
  const { device, calls } = createSelfRig({
    instances: [{ query: natural([1]) }, error, allSucceed],
  });
  expect(ask(device, { minor: 0, bufferSize: 99 })).toEqual({
    outcome: 'completed',
    status: 'STATUS_ACCESS_DENIED',
    information: 0,
  });
  expect(calls.map(({ label }) => label)).toEqual(['i0', 'i1']);
});

test.each<[string, number, boolean, [string, boolean][]]>([
  ['enable collection, not expensive', 6, false, []],
  ['disable collection, not expensive', 7, false, []],
  ['enable collection', 6, true, [['collection', true]]],
  ['disable collection', 7, true, [['collection', false]]],
  ['enable events', 4, false, [['events', true]]],
  ['disable events', 5, false, [['events', false]]],
])('%s', (_case, minor, expensive, want) => {
  const seen: [string, boolean][] = [];
  const { device } = createSelfRig({
    expensive,
    control: (which, enable) => (seen.push([which, enable]), STATUS_SUCCESS),
  });
  expect(ask(device, { minor })).toMatchObject({ status: 'STATUS_SUCCESS', information: 0 });
  expect(seen).toEqual(want);
});

test.each([
  ['an error', STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED'],
  ['pending', STATUS_PENDING, 'STATUS_UNSUCCESSFUL'],
])('a switch that fails: %s', (_case, answer, status) => {
  const { device } = createSelfRig({ control: () => answer });
  expect(ask(device, { minor: 4 })).toMatchObject({ status, information: 0 });
  const silent = createSelfRig();
  expect(ask(silent.device, { minor: 4 })).toMatchObject({ status: 'STATUS_SUCCESS' });
});

test.each([
  ['list', { kind: 'list' }, 0x5, 2, { kind: 'list', names: ['i0', 'i1'] }],
  [
    'baseName',
    { kind: 'baseName', baseName: 'Fan' },
    0x9,
    2,
    { kind: 'baseName', baseName: 'Fan' },
  ],
  ['pdo', { kind: 'pdo' }, 0x21, 2, { kind: 'pdo', pdo: 0x7777n }],
  ['dynamic', { kind: 'dynamic' }, 0x1, 0, { kind: 'dynamic' }],
] as const)('registration with names: %s', (_case, naming, flags, instanceCount, want) => {
  for (const arch of ['x64', 'x86'] as const) {
    const { device, kernel } = createSelfRig({
      instances: [allSucceed, allSucceed],
      naming,
      expensive: true,
      kernelOptions: { arch },
      device: { start: false, pdo: 0x7777n, mofResourceName: 'FanMof', registryPath: '\\R' },
    });
    const query = (minor: number, bufferSize: number) => {
      const irp = createSystemControlIrp(minor, device.deviceObject, 0, new Uint8Array(bufferSize));
      device.dispatch(irp);
      return irp;
    };
    const whole = query(0xb, 400);
    const { status, information: size } = whole.ioStatus;
    expect(status).toBe(STATUS_SUCCESS);
    expect(kernel.objectReferences(0x7777n)).toBe(naming.kind === 'pdo' ? 1 : 0);
    expect(readRegistrationInfo(whole.memory.subarray(0, size), arch)).toEqual({
      registryPath: '\\R',
      mofResourceName: 'FanMof',
      guids: [{ guid: blockGuid, flags, instanceCount, naming: want }],
    });
    expect(query(0x8, size).ioStatus).toEqual({ status: STATUS_SUCCESS, information: size });
    const short = query(0x8, size - 1);
    expect(ntStatusName(short.ioStatus.status)).toBe('STATUS_BUFFER_TOO_SMALL');
    expect([short.view.getUint32(0, true), short.ioStatus.information]).toEqual([size, 4]);
    expect(query(0x8, 3).ioStatus).toMatchObject({
      status: STATUS_BUFFER_TOO_SMALL,
      information: 0,
    });
  }
});
