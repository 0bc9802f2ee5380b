/**
 * One block end to end: registration, then every consumer routine through real requests to a kmdf device.
 */
import { expect, test } from 'vitest';
import { createKmdfDevice } from '../../src/runtime/kmdf/device.js';
import { WdfWmiProviderControl, WdfWmiProviderFlags } from '../../src/runtime/kmdf/types.js';
import { createKernel } from '../../src/runtime/kernel.js';
import {
  SYNCHRONIZE,
  WMIGUID_EXECUTE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../../src/runtime/kernel/handles.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  ntStatusName,
} from '../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../src/runtime/trace.js';
import { readSingleInstance } from '../../src/runtime/wnode-codec.js';

const guid = '01234567-89ab-cdef-0123-456789abcdef';
const eventGuid = 'd5f3a1c0-1111-2222-3344-556677889900';

test('a block is queried, set, executed and fires through real requests', () => {
  const trace: TraceEvent[] = [];
  const kernel = createKernel({ trace: (event) => trace.push(event), clock: () => 42n });
  const device = createKmdfDevice(kernel, { name: 'smartfan' });
  const stored = Uint8Array.of(1, 2, 3, 4);
  const { provider } = device.wdfWmiProviderCreate({ guid, minInstanceBufferSize: 4 });
  if (provider === undefined) throw new Error('no provider');
  const { instance } = device.wdfWmiInstanceCreate({
    provider,
    register: true,
    label: 'fan',
    evtWmiInstanceQueryInstance: (_instance, size, memory, offset) => {
      if (size < 4 || offset === null) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: 4 };
      memory.set(stored, offset);
      return { status: STATUS_SUCCESS, bufferUsed: 4 };
    },
    evtWmiInstanceSetInstance: (_instance, size, memory, offset) => {
      stored.set(memory.subarray(offset ?? 0, (offset ?? 0) + size));
      return STATUS_SUCCESS;
    },
    evtWmiInstanceSetItem: (_instance, id, _size, memory, offset) => {
      stored[id - 1] = memory[offset ?? 0] ?? 0;
      return STATUS_SUCCESS;
    },
    evtWmiInstanceExecuteMethod: (_instance, id, inSize, outSize, memory, offset) => {
      if (outSize < 2 || offset === null) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: 2 };
      memory.set([id, inSize], offset);
      return { status: STATUS_SUCCESS, bufferUsed: 2 };
    },
  });
  if (instance === undefined) throw new Error('no instance');
  const name = device.wdfWmiInstanceGetInstanceName(instance) ?? '';
  expect(name).toBe('ROOT\\SMARTFAN\\0000_0');

  const rights = WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE;
  const { dataBlockObject } = kernel.ioWmiOpenBlock(`{${guid.toUpperCase()}}`, rights);
  if (dataBlockObject === undefined) throw new Error('no object');
  const probe = kernel.ioWmiQuerySingleInstance(dataBlockObject, name, 0);
  expect([ntStatusName(probe.status), probe.bufferSize]).toEqual(['STATUS_BUFFER_TOO_SMALL', 68]);
  const answer = kernel.ioWmiQuerySingleInstance(dataBlockObject, name, probe.bufferSize);
  expect(answer.data).toEqual(Uint8Array.of(1, 2, 3, 4));
  expect(readSingleInstance(answer.wnode ?? new Uint8Array())?.header.timeStamp).toBe(42n);
  const value = Uint8Array.of(9, 8, 7, 6);
  expect(kernel.ioWmiSetSingleInstance(dataBlockObject, name, 0, value)).toBe(STATUS_SUCCESS);
  const item = Uint8Array.of(5);
  expect(kernel.ioWmiSetSingleItem(dataBlockObject, name, 2, 0, item)).toBe(STATUS_SUCCESS);
  expect(stored).toEqual(Uint8Array.of(9, 5, 7, 6));
  const run = kernel.ioWmiExecuteMethod(dataBlockObject, name, 7, Uint8Array.of(0, 0, 0), 8);
  expect(run).toEqual({ status: STATUS_SUCCESS, outBufferSize: 2, data: Uint8Array.of(7, 3) });
  const size = kernel.ioWmiQueryAllData(dataBlockObject, 0).bufferSize;
  const all = kernel.ioWmiQueryAllData(dataBlockObject, size);
  expect(all.instances).toEqual([{ instanceName: name, data: Uint8Array.of(9, 5, 7, 6) }]);
  kernel.obDereferenceObject(dataBlockObject);

  const event = device.wdfWmiInstanceCreate({
    providerConfig: { guid: eventGuid, flags: WdfWmiProviderFlags.eventOnly },
    register: true,
  }).instance;
  if (event === undefined) throw new Error('no event');
  const { eventControl } = WdfWmiProviderControl;
  const listener = kernel.ioWmiOpenBlock(eventGuid, WMIGUID_NOTIFICATION | SYNCHRONIZE);
  if (listener.dataBlockObject === undefined) throw new Error('no object');
  const seen: unknown[] = [];
  expect(device.wdfWmiProviderIsEnabled(event.provider, eventControl)).toBe(false);
  kernel.ioWmiSetNotificationCallback(
    listener.dataBlockObject,
    (wnode, context) => seen.push([readSingleInstance(wnode)?.data, context]),
    'context',
  );
  expect(device.wdfWmiProviderIsEnabled(event.provider, eventControl)).toBe(true);
  expect(device.wdfWmiInstanceFireEvent(event, Uint8Array.of(1, 2))).toBe(STATUS_SUCCESS);
  expect(seen).toEqual([[Uint8Array.of(1, 2), 'context']]);
  kernel.obDereferenceObject(listener.dataBlockObject);
  expect(device.wdfWmiProviderIsEnabled(event.provider, eventControl)).toBe(false);
  expect(kernel.poolBlocksInUse).toBe(0);
  const minors = trace.flatMap((step) => (step.kind === 'irpBegin' ? [step.minorName] : []));
  expect(minors).toEqual([
    'IRP_MN_REGINFO_EX',
    'IRP_MN_REGINFO_EX',
    'IRP_MN_QUERY_SINGLE_INSTANCE',
    'IRP_MN_QUERY_SINGLE_INSTANCE',
    'IRP_MN_CHANGE_SINGLE_INSTANCE',
    'IRP_MN_CHANGE_SINGLE_ITEM',
    'IRP_MN_EXECUTE_METHOD',
    'IRP_MN_QUERY_ALL_DATA',
    'IRP_MN_QUERY_ALL_DATA',
    'IRP_MN_REGINFO_EX',
    'IRP_MN_ENABLE_EVENTS',
    'IRP_MN_DISABLE_EVENTS',
  ]);
});
