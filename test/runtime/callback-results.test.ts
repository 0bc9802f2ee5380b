// Callbacks may return anything: a result without a valid status or size is a failure on every driver model.
import { expect, test } from 'vitest';
import { type BoundBlock } from '../../src/runtime/bound-block.js';
import { type WmiInstanceCallbacks } from '../../src/runtime/callbacks.js';
import { createKernel, type Kernel } from '../../src/runtime/kernel.js';
import { WMIGUID_EXECUTE, WMIGUID_QUERY, WMIGUID_SET } from '../../src/runtime/kernel/handles.js';
import { createKmdfDevice } from '../../src/runtime/kmdf/device.js';
import {
  STATUS_PENDING,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  ntStatusName,
} from '../../src/runtime/ntstatus.js';
import { createSelfHandledDevice } from '../../src/runtime/self-handled/device.js';
import { registerWmilibBlocks } from '../../src/runtime/wmilib/bind.js';
import {
  callbackResult,
  callbackStatus,
  returnedParts,
} from '../../src/runtime/callback-results.js';
import { blockGuid, must } from './rig.js';

test.each<[string, unknown, number]>([
  ['STATUS_SUCCESS', STATUS_SUCCESS, STATUS_SUCCESS],
  ['STATUS_PENDING', STATUS_PENDING, STATUS_UNSUCCESSFUL],
  ['a promise', Promise.resolve(STATUS_SUCCESS), STATUS_UNSUCCESSFUL],
  ['nothing', undefined, STATUS_UNSUCCESSFUL],
  ['a text', 'STATUS_SUCCESS', STATUS_UNSUCCESSFUL],
])('a status: %s', (_case, returned, want) => {
  expect(callbackStatus(returned)).toBe(want);
});

test.each<[string, unknown, object]>([
  ['both', { status: STATUS_SUCCESS, bufferUsed: 3 }, { status: STATUS_SUCCESS, used: 3 }],
  [
    'no size',
    { status: STATUS_SUCCESS, bufferUsed: undefined },
    { status: STATUS_SUCCESS, used: 0 },
  ],
  [
    'a size below 0',
    { status: STATUS_SUCCESS, bufferUsed: -1 },
    { status: STATUS_UNSUCCESSFUL, used: 0 },
  ],
  [
    'a size above a ULONG',
    { status: STATUS_SUCCESS, bufferUsed: 2 ** 32 },
    { status: STATUS_UNSUCCESSFUL, used: 0 },
  ],
  [
    'a pending status',
    { status: STATUS_PENDING, bufferUsed: 3 },
    { status: STATUS_UNSUCCESSFUL, used: 0 },
  ],
  [
    'a promise',
    Promise.resolve({ status: STATUS_SUCCESS }),
    { status: STATUS_UNSUCCESSFUL, used: 0 },
  ],
  ['null', null, { status: STATUS_UNSUCCESSFUL, used: 0 }],
])('a status and a size: %s', (_case, returned, want) => {
  expect(callbackResult(returned)).toEqual(want);
});

test('a trace shows the actual result', () => {
  expect(returnedParts(STATUS_PENDING)).toEqual({ status: STATUS_PENDING });
  expect(returnedParts({ status: STATUS_SUCCESS, bufferUsed: 3 })).toEqual({
    status: STATUS_SUCCESS,
    bufferUsed: 3,
  });
  expect(returnedParts({ status: STATUS_SUCCESS, bufferUsed: 'three' })).toEqual({
    status: STATUS_SUCCESS,
  });
  expect(returnedParts(undefined)).toEqual({ status: STATUS_UNSUCCESSFUL });
});

const models: readonly [string, (kernel: Kernel, callbacks: WmiInstanceCallbacks) => string][] = [
  [
    'kmdf',
    (kernel, callbacks) => {
      const device = createKmdfDevice(kernel, { name: 'odd' });
      const providerConfig = { guid: blockGuid };
      device.wdfWmiInstanceCreate({ providerConfig, register: true, ...callbacks });
      return 'ROOT\\ODD\\0000_0';
    },
  ],
  [
    'wmilib',
    (kernel, callbacks) => {
      registerWmilibBlocks(kernel, [oddBlock(callbacks)], { name: 'odd' });
      return 'ROOT\\ODD\\0000_0';
    },
  ],
  [
    'selfHandled',
    (kernel, callbacks) => {
      const blocks = [{ block: oddBlock(callbacks), naming: { kind: 'dynamic' } as const }];
      createSelfHandledDevice(kernel, { name: 'odd', blocks });
      return 'odd';
    },
  ],
];

const oddBlock = (callbacks: WmiInstanceCallbacks): BoundBlock => ({
  guid: blockGuid,
  instances: [{ name: 'odd', callbacks }],
});

test.each(models)('%s: callbacks that return promises fail', (_model, make) => {
  const kernel = createKernel({ trace: () => undefined });
  const promise = () => Promise.resolve(STATUS_SUCCESS) as never;
  const name = make(kernel, {
    evtWmiInstanceQueryInstance: promise,
    evtWmiInstanceSetInstance: promise,
    evtWmiInstanceSetItem: promise,
    evtWmiInstanceExecuteMethod: promise,
  });
  const access = WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE;
  const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  const bytes = Uint8Array.of(1, 2);
  expect(
    [
      kernel.ioWmiQuerySingleInstance(block, name, 100).status,
      kernel.ioWmiQueryAllData(block, 200).status,
      kernel.ioWmiSetSingleInstance(block, name, 0, bytes),
      kernel.ioWmiSetSingleItem(block, name, 1, 0, bytes),
      kernel.ioWmiExecuteMethod(block, name, 1, bytes, 2).status,
    ].map(ntStatusName),
  ).toEqual(Array(5).fill('STATUS_UNSUCCESSFUL'));
});
