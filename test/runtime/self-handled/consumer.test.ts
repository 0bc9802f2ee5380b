// Consumers and drivers that handle requests themselves, end to end: names, several drivers of several kinds of one GUID, events.
import { expect, test } from 'vitest';
import { createKernel, type Kernel } from '../../../src/runtime/kernel.js';
import {
  SYNCHRONIZE,
  WMIGUID_EXECUTE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../../../src/runtime/kernel/handles.js';
import { createKmdfDevice } from '../../../src/runtime/kmdf/device.js';
import {
  STATUS_SUCCESS,
  STATUS_WMI_SET_FAILURE,
  ntStatusName,
  type NtStatus,
} from '../../../src/runtime/ntstatus.js';
import { createSelfHandledDevice } from '../../../src/runtime/self-handled/device.js';
import { type SelfHandledBlock } from '../../../src/runtime/self-handled/types.js';
import { createWmilibDevice } from '../../../src/runtime/wmilib/device.js';
import { type TraceEvent } from '../../../src/runtime/trace.js';
import { readWnode } from '../../../src/runtime/wnode-codec.js';
import {
  allSucceed,
  blockGuid,
  must,
  natural,
  recording,
  unknownGuid,
  type Answers,
  type Call,
} from '../rig.js';
import { recordingContext } from '../wmilib/rig.js';
import { createSelfRig } from './rig.js';

const anything = WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE;

const open = (kernel: Kernel) => must(kernel.ioWmiOpenBlock(blockGuid, anything).dataBlockObject);

/** A driver whose instances have names of their own. */
function named(
  kernel: Kernel,
  name: string,
  kind: 'list' | 'dynamic',
  instances: Readonly<Record<string, Answers>>,
): Call[] {
  const calls: Call[] = [];
  createSelfHandledDevice(kernel, {
    name,
    blocks: [
      {
        naming: { kind },
        block: {
          guid: blockGuid,
          instances: Object.entries(instances).map(([label, answers]) => ({
            name: label,
            callbacks: recording(answers, calls),
          })),
        },
      },
    ],
  });
  return calls;
}

const readOnly: Answers = { query: natural([1]) };
const failing: Answers = { set: () => STATUS_WMI_SET_FAILURE };

test.each<[string, Record<string, Answers>, Record<string, Answers>, string, number]>([
  [
    'A does not have it, B succeeds',
    { other: allSucceed },
    { fan: allSucceed },
    'STATUS_SUCCESS',
    2,
  ],
  [
    'A does not have it, B fails',
    { other: allSucceed },
    { fan: failing },
    'STATUS_WMI_SET_FAILURE',
    2,
  ],
  ['A fails, B succeeds', { fan: failing }, { fan: allSucceed }, 'STATUS_SUCCESS', 2],
  [
    'A is read-only, B does not have it',
    { fan: readOnly },
    { other: allSucceed },
    'STATUS_WMI_READ_ONLY',
    2,
  ],
  [
    'CHANGE_SINGLE_INSTANCE 8 the first failure counts',
    { fan: readOnly },
    { fan: failing },
    'STATUS_WMI_READ_ONLY',
    2,
  ],
  ['neither has it', { a: allSucceed }, { b: allSucceed }, 'STATUS_WMI_INSTANCE_NOT_FOUND', 2],
  ['the first success ends it', { fan: allSucceed }, { fan: allSucceed }, 'STATUS_SUCCESS', 1],
])(
  'CHANGE_SINGLE_INSTANCE 8 dynamic names are tried driver by driver: %s',
  (_case, a, b, want, queried) => {
    const irps: string[] = [];
    const kernel = createKernel({
      trace: (event: TraceEvent) => {
        if (event.kind === 'irpBegin' && event.minor === 2) irps.push(event.driver);
      },
    });
    named(kernel, 'A', 'dynamic', a);
    named(kernel, 'B', 'dynamic', b);
    expect(
      ntStatusName(kernel.ioWmiSetSingleInstance(open(kernel), 'fan', 0, Uint8Array.of(1))),
    ).toBe(want);
    expect(irps).toEqual(['A', 'B'].slice(0, queried));
  },
);

test('drivers of every kind with one GUID: each instance is reached by its name', () => {
  const kernel = createKernel();
  const calls: Call[] = [];
  const kmdf = createKmdfDevice(kernel, { name: 'kmdf' });
  kmdf.wdfWmiInstanceCreate({
    providerConfig: { guid: blockGuid },
    register: true,
    ...recording({ ...allSucceed, query: natural([1]) }, calls),
  });
  const lamp: Parameters<typeof recordingContext>[1] = [];
  createWmilibDevice(kernel, {
    name: 'lamp',
    context: recordingContext({ instanceCount: 1 }, lamp),
  });
  const listed = named(kernel, 'listed', 'list', { Left: { ...allSucceed, query: natural([3]) } });
  const free = named(kernel, 'free', 'dynamic', {
    Roof: { ...allSucceed, query: natural([4, 5]) },
    Cellar: { ...allSucceed, query: natural([6, 7]) },
  });
  const block = open(kernel);
  const names = ['ROOT\\KMDF\\0000_0', 'Lamp0', 'left', 'cellar'];
  for (const name of names) {
    expect(kernel.ioWmiSetSingleInstance(block, name, 0, Uint8Array.of(9))).toBe(STATUS_SUCCESS);
    expect(kernel.ioWmiSetSingleItem(block, name, 3, 0, Uint8Array.of(8))).toBe(STATUS_SUCCESS);
    const executed = kernel.ioWmiExecuteMethod(block, name, 2, Uint8Array.of(1, 2, 3), 2);
    expect([executed.status, ...must(executed.data)]).toEqual([STATUS_SUCCESS, 9, 8]);
  }
  for (const seen of [calls, lamp, listed, free]) {
    expect(seen.map(({ name, id, input }) => [name, id, input])).toEqual([
      ['set', undefined, [9]],
      ['setItem', 3, [8]],
      ['execute', 2, [1, 2, 3]],
    ]);
  }
  expect(free.map(({ label }) => label)).toEqual(['Cellar', 'Cellar', 'Cellar']);

  // One WNODE_ALL_DATA for each driver, in both forms, linked.
  const { bufferSize } = kernel.ioWmiQueryAllData(block, 0);
  const all = kernel.ioWmiQueryAllData(block, bufferSize + 100);
  expect(all.instances?.map(({ instanceName, data }) => [instanceName, ...data])).toEqual([
    ['ROOT\\KMDF\\0000_0', 1],
    ['Lamp0', 1, 2, 3, 4],
    ['Left', 3],
    ['Roof', 4, 5],
    ['Cellar', 6, 7],
  ]);
  const single = kernel.ioWmiQuerySingleInstance(block, 'roof', 200);
  expect(readWnode(must(single.wnode))).toMatchObject({
    instance: { kind: 'dynamic', instanceName: 'roof' },
    data: Uint8Array.of(4, 5),
  });
  expect(ntStatusName(kernel.ioWmiQuerySingleInstance(block, 'attic', 200).status)).toBe(
    'STATUS_WMI_INSTANCE_NOT_FOUND',
  );
});

test('a static name goes to its owner alone, whose failure is final', () => {
  const kernel = createKernel();
  const owner = named(kernel, 'owner', 'list', { fan: failing });
  const other = named(kernel, 'other', 'dynamic', { fan: allSucceed });
  const status = kernel.ioWmiSetSingleInstance(open(kernel), 'fan', 0, Uint8Array.of(1));
  expect(ntStatusName(status)).toBe('STATUS_WMI_SET_FAILURE');
  expect([owner.length, other.length]).toEqual([1, 0]);
});

test('names of a list are made unique across drivers', () => {
  const kernel = createKernel();
  const first = named(kernel, 'first', 'list', { fan: allSucceed });
  const second = named(kernel, 'second', 'list', { fan: allSucceed });
  const block = open(kernel);
  for (const name of ['fan', 'fan_1']) {
    expect(kernel.ioWmiSetSingleInstance(block, name, 0, Uint8Array.of(1))).toBe(STATUS_SUCCESS);
  }
  expect([first.length, second.length]).toEqual([1, 1]);
});

test('a retry with the reported size succeeds', () => {
  const { kernel, calls } = createSelfRig({
    naming: { kind: 'dynamic' },
    instances: [{ query: natural([1, 2, 3, 4, 5]), execute: natural([6, 7, 8]) }],
  });
  const block = open(kernel);
  const queried = kernel.ioWmiQuerySingleInstance(block, 'i0', 0);
  expect(ntStatusName(queried.status)).toBe('STATUS_BUFFER_TOO_SMALL');
  expect([...must(kernel.ioWmiQuerySingleInstance(block, 'i0', queried.bufferSize).data)]).toEqual([
    1, 2, 3, 4, 5,
  ]);
  const short = kernel.ioWmiExecuteMethod(block, 'i0', 1, new Uint8Array(0), 0);
  expect([ntStatusName(short.status), short.outBufferSize]).toEqual(['STATUS_BUFFER_TOO_SMALL', 3]);
  const whole = kernel.ioWmiExecuteMethod(block, 'i0', 1, new Uint8Array(0), short.outBufferSize);
  expect([...must(whole.data)]).toEqual([6, 7, 8]);
  expect(calls.filter(({ name }) => name === 'execute')).toHaveLength(2);
});

test('an update registers added blocks; a driver that deregisters is gone', () => {
  const kernel = createKernel();
  const blocks: SelfHandledBlock[] = [];
  const device = createSelfHandledDevice(kernel, { name: 'growing', blocks });
  const block = open(kernel);
  const set = () => ntStatusName(kernel.ioWmiSetSingleInstance(block, 'late', 0, Uint8Array.of(1)));
  expect(set()).toBe('STATUS_WMI_GUID_NOT_FOUND');
  const instances = [{ name: 'late', callbacks: recording(allSucceed, []) }];
  blocks.push({ naming: { kind: 'dynamic' }, block: { guid: blockGuid, instances } });
  expect(device.update()).toBe(STATUS_SUCCESS);
  expect(set()).toBe('STATUS_SUCCESS');
  expect(device.remove()).toBe(STATUS_SUCCESS);
  expect(set()).toBe('STATUS_WMI_GUID_NOT_FOUND');
});

test('an expensive block is switched for its first and last consumer, an event for its listeners', () => {
  const seen: [string, boolean][] = [];
  const { kernel } = createSelfRig({
    expensive: true,
    control: (which, enable): NtStatus => (seen.push([which, enable]), STATUS_SUCCESS),
  });
  const access = WMIGUID_NOTIFICATION | SYNCHRONIZE;
  const first = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  const second = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  kernel.ioWmiSetNotificationCallback(first, () => undefined);
  kernel.obDereferenceObject(first);
  kernel.obDereferenceObject(second);
  expect(seen).toHaveLength(4);
  expect(seen.filter(([which]) => which === 'collection')).toEqual([
    ['collection', true],
    ['collection', false],
  ]);
  expect(seen.filter(([which]) => which === 'events')).toEqual([
    ['events', true],
    ['events', false],
  ]);
});

test('events by index and by name reach their listeners', () => {
  const { kernel, device } = createSelfRig();
  const block = must(
    kernel.ioWmiOpenBlock(blockGuid, WMIGUID_NOTIFICATION | SYNCHRONIZE).dataBlockObject,
  );
  const got: unknown[] = [];
  kernel.ioWmiSetNotificationCallback(block, (wnode) => got.push(readWnode(wnode)));
  expect(device.fireEvent(blockGuid, 2, Uint8Array.of(1))).toBe(STATUS_SUCCESS);
  expect(device.fireEvent(blockGuid, 'Roof', Uint8Array.of(2))).toBe(STATUS_SUCCESS);
  expect(got).toMatchObject([
    { header: { flags: 0x8a }, instance: { instanceIndex: 2 }, data: Uint8Array.of(1) },
    { header: { flags: 0x0a }, instance: { instanceName: 'Roof' }, data: Uint8Array.of(2) },
  ]);
  expect(ntStatusName(device.fireEvent(unknownGuid, 0, Uint8Array.of(1)))).toBe(
    'STATUS_WMI_GUID_NOT_FOUND',
  );
  const long = device.fireEvent(blockGuid, 'x'.repeat(0x8000), Uint8Array.of(1));
  expect(ntStatusName(long)).toBe('STATUS_INVALID_PARAMETER');
  expect(kernel.poolBlocksInUse).toBe(0);
});
