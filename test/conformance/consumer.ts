/**
 * Rows C: the consumer routines, and several drivers of one GUID.
 */
import { expect } from 'vitest';
import { createKernel } from '../../src/runtime/kernel.js';
import {
  SYNCHRONIZE,
  WMIGUID_EXECUTE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../../src/runtime/kernel/handles.js';
import { createKmdfDevice } from '../../src/runtime/kmdf/device.js';
import { createSelfHandledDevice } from '../../src/runtime/self-handled/device.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
  ntStatusName,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';
import { blockGuid, must, natural, ok, recording, unknownGuid } from '../runtime/rig.js';
import { everyModel, type Model, type ModelRigOptions } from './model.js';
import { type Row } from './row.js';

const all = WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE;
const value = Uint8Array.of(1, 2, 3, 4);

/** A device with a consumer; `requests` are those that the driver got since. */
function opened(model: Model, options: ModelRigOptions = {}, access = all, guid = blockGuid) {
  const requests: string[] = [];
  const rig = model.rig({
    ...options,
    kernel: {
      ...options.kernel,
      trace: (step) => void (step.kind === 'irpBegin' && requests.push(step.minorName)),
    },
  });
  const block = must(rig.kernel.ioWmiOpenBlock(guid, access).dataBlockObject);
  requests.length = 0;
  const set = (name: string, version = 0) =>
    ntStatusName(rig.kernel.ioWmiSetSingleInstance(block, name, version, value));
  return { ...rig, block, set, requests };
}

type Opened = ReturnType<typeof opened>;

/** Every routine that names an instance, by the name of its status. */
function ofOneInstance({ kernel, block }: Opened, name: string): string[] {
  return [
    kernel.ioWmiQuerySingleInstance(block, name, 400).status,
    kernel.ioWmiSetSingleInstance(block, name, 0, value),
    kernel.ioWmiSetSingleItem(block, name, 1, 0, value),
    kernel.ioWmiExecuteMethod(block, name, 1, value, 8).status,
  ].map(ntStatusName);
}

/**
 * Two drivers with dynamic names of one GUID, A registered first. `absent`: the driver has another instance only;
 * else it has the wanted one, and its callback returns the status.
 */
function twoDrivers(first: NtStatus, second: NtStatus) {
  const drivers: string[] = [];
  const kernel = createKernel({
    trace: (step) =>
      void (step.kind === 'irpBegin' && step.minor === 2 && drivers.push(step.driver)),
  });
  for (const [name, status] of [
    ['A', first],
    ['B', second],
  ] as const) {
    const callbacks = { evtWmiInstanceSetInstance: () => status };
    const instance = { name: status === absent ? 'other' : 'mine', callbacks };
    const block = { guid: blockGuid, instances: [instance] };
    createSelfHandledDevice(kernel, { name, blocks: [{ block, naming: { kind: 'dynamic' } }] });
  }
  const block = must(kernel.ioWmiOpenBlock(blockGuid, all).dataBlockObject);
  const status = ntStatusName(kernel.ioWmiSetSingleInstance(block, 'mine', 0, value));
  return { status, drivers: drivers.join() };
}

const absent = STATUS_WMI_INSTANCE_NOT_FOUND;
const denied = 'STATUS_ACCESS_DENIED';

export const consumerRows: readonly Row[] = [
  {
    id: 'C1',
    condition: 'a routine without its access right',
    expected: 'STATUS_ACCESS_DENIED, no request',
    source: 'M consumer-routines 2',
    models: everyModel,
    run(model) {
      const query = opened(model, {}, WMIGUID_QUERY);
      expect(ofOneInstance(query, query.name()).slice(1)).toEqual([denied, denied, denied]);
      expect(query.requests).toEqual(['IRP_MN_QUERY_SINGLE_INSTANCE']);
      const set = opened(model, {}, WMIGUID_SET);
      expect(ntStatusName(set.kernel.ioWmiQueryAllData(set.block, 400).status)).toBe(denied);
      const notify = set.kernel.ioWmiSetNotificationCallback(set.block, () => undefined);
      expect(ntStatusName(notify)).toBe(denied);
      const success = 'STATUS_SUCCESS';
      expect(ofOneInstance(set, set.name())).toEqual([denied, success, success, denied]);
      const open = (access: number) =>
        ntStatusName(set.kernel.ioWmiOpenBlock(blockGuid, access).status);
      expect(open(WMIGUID_NOTIFICATION)).toBe('STATUS_INVALID_PARAMETER');
      expect(open(WMIGUID_NOTIFICATION | SYNCHRONIZE)).toBe(success);
    },
  },
  {
    id: 'C2',
    condition: 'Version 1',
    expected: 'STATUS_INVALID_PARAMETER, no request',
    source: 'D iowmisetsingleinstance 2, M consumer-routines 2',
    models: everyModel,
    run(model) {
      const { kernel, block, name, set, requests } = opened(model);
      expect(set(name(), 1)).toBe('STATUS_INVALID_PARAMETER');
      const item = kernel.ioWmiSetSingleItem(block, name(), 1, 1, value);
      expect(ntStatusName(item)).toBe('STATUS_INVALID_PARAMETER');
      expect(requests).toEqual([]);
    },
  },
  {
    id: 'C3',
    condition: 'no driver registered the GUID',
    expected: 'STATUS_WMI_GUID_NOT_FOUND, no request',
    source: 'D iowmisetsingleinstance 5',
    models: everyModel,
    run(model) {
      const rig = opened(model, {}, all, unknownGuid);
      const { status } = rig.kernel.ioWmiQueryAllData(rig.block, 400);
      const statuses = [ntStatusName(status), ...ofOneInstance(rig, rig.name())];
      expect(new Set(statuses)).toEqual(new Set(['STATUS_WMI_GUID_NOT_FOUND']));
      expect(rig.requests).toEqual([]);
    },
  },
  {
    id: 'C4',
    condition: 'no driver has the name',
    expected: 'STATUS_WMI_INSTANCE_NOT_FOUND',
    source: 'D iowmisetsingleinstance 6',
    models: everyModel,
    run(model) {
      const statuses = ofOneInstance(opened(model), 'ROOT\\RIG\\0000_1');
      expect(new Set(statuses)).toEqual(new Set(['STATUS_WMI_INSTANCE_NOT_FOUND']));
      const notFound = { status: 'STATUS_WMI_INSTANCE_NOT_FOUND', drivers: 'A,B' };
      expect(twoDrivers(absent, absent)).toEqual(notFound);
    },
  },
  {
    id: 'C5',
    condition: 'a block without writable items',
    expected: 'STATUS_WMI_READ_ONLY',
    source: 'D iowmisetsingleinstance 7',
    models: everyModel,
    run(model) {
      const rig = opened(model, { instances: [{ query: () => ok() }] });
      expect(rig.set(rig.name())).toBe('STATUS_WMI_READ_ONLY');
    },
  },
  {
    id: 'C6',
    condition: 'the driver returns STATUS_BUFFER_TOO_SMALL to a set',
    expected: 'STATUS_WMI_SET_FAILURE',
    source: 'D iowmisetsingleinstance 8',
    models: everyModel,
    run(model) {
      const rig = opened(model, { instances: [{ set: () => STATUS_BUFFER_TOO_SMALL }] });
      expect(rig.set(rig.name())).toBe('STATUS_WMI_SET_FAILURE');
    },
  },
  {
    id: 'C7',
    condition: 'driver A does not have the name, B succeeds',
    expected: 'STATUS_SUCCESS, tried in order; the first success ends it',
    source: 'D irp_mn_change_single_instance 8, M several-drivers 3',
    models: ['selfHandled'],
    run() {
      expect(twoDrivers(absent, STATUS_SUCCESS)).toEqual({
        status: 'STATUS_SUCCESS',
        drivers: 'A,B',
      });
      expect(twoDrivers(STATUS_SUCCESS, absent)).toEqual({
        status: 'STATUS_SUCCESS',
        drivers: 'A',
      });
    },
  },
  {
    id: 'C8',
    condition: 'A does not have the name, B fails',
    expected: "B's failure",
    source: 'D irp_mn_change_single_instance 8',
    models: ['selfHandled'],
    run() {
      const want = { status: 'STATUS_WMI_SET_FAILURE', drivers: 'A,B' };
      expect(twoDrivers(absent, STATUS_WMI_SET_FAILURE)).toEqual(want);
    },
  },
  {
    id: 'C9',
    condition: 'A fails, B succeeds',
    expected: 'STATUS_SUCCESS',
    source: 'M several-drivers 4',
    models: ['selfHandled'],
    run() {
      const want = { status: 'STATUS_SUCCESS', drivers: 'A,B' };
      expect(twoDrivers(STATUS_WMI_SET_FAILURE, STATUS_SUCCESS)).toEqual(want);
    },
  },
  {
    id: 'C10',
    condition: 'A is read-only, B does not have the name',
    expected: 'STATUS_WMI_READ_ONLY',
    source: 'M several-drivers 4',
    models: ['selfHandled'],
    run() {
      const want = { status: 'STATUS_WMI_READ_ONLY', drivers: 'A,B' };
      expect(twoDrivers(STATUS_WMI_READ_ONLY, absent)).toEqual(want);
    },
  },
  {
    id: 'C11',
    condition: 'a query with too little room',
    expected: 'STATUS_BUFFER_TOO_SMALL with the size, which then is enough',
    source: 'D consumer-routines 5',
    models: everyModel,
    run(model) {
      const { kernel, block, name } = opened(model);
      const short = kernel.ioWmiQuerySingleInstance(block, name(), 67);
      expect(short).toMatchObject({ status: STATUS_BUFFER_TOO_SMALL, bufferSize: 68 });
      const again = kernel.ioWmiQuerySingleInstance(block, name(), 68);
      expect(again).toMatchObject({ status: STATUS_SUCCESS, bufferSize: 68, data: value });
    },
  },
  {
    id: 'C12',
    condition: 'IoWMIQueryAllData with two drivers',
    expected: 'a chain of blocks by Linkage, the last 0',
    source: 'D consumer-routines 6',
    models: everyModel,
    run(model) {
      const { kernel, block } = opened(model);
      const second = createKmdfDevice(kernel, { name: 'second' });
      const provider = must(second.wdfWmiProviderCreate({ guid: blockGuid }).provider);
      const callbacks = recording({ query: natural([5, 6]) }, []);
      second.wdfWmiInstanceCreate({ provider, register: true, ...callbacks });
      const probe = kernel.ioWmiQueryAllData(block, 0);
      expect(probe.status).toBe(STATUS_BUFFER_TOO_SMALL);
      const { wnodes, instances } = kernel.ioWmiQueryAllData(block, probe.bufferSize);
      const view = new DataView(must(wnodes).buffer);
      const next = view.getUint32(12, true);
      expect([next > 0, next % 8, view.getUint32(next + 12, true)]).toEqual([true, 0, 0]);
      expect(instances).toEqual([
        { instanceName: 'ROOT\\RIG\\0000_0', data: value },
        { instanceName: 'ROOT\\SECOND\\0000_0', data: Uint8Array.of(5, 6) },
      ]);
    },
  },
  {
    id: 'C13',
    condition: 'the Multiple routines, unknown blocks or names',
    expected: 'STATUS_SUCCESS with size 0; what is there is one chain, parallel to the lists',
    source: 'D consumer-routines 7',
    models: everyModel,
    run(model) {
      const { kernel, block, name } = opened(model);
      const unknownBlock = must(kernel.ioWmiOpenBlock(unknownGuid, all).dataBlockObject);
      const nothing = { status: STATUS_SUCCESS, bufferSize: 0 };
      expect(kernel.ioWmiQueryAllDataMultiple([unknownBlock, unknownBlock], 400)).toEqual(nothing);
      const one = (names: readonly string[]) =>
        kernel.ioWmiQuerySingleInstanceMultiple([unknownBlock, block], names, 400);
      expect(one([name(), 'x'])).toEqual(nothing);
      const instance = { guid: blockGuid, instanceName: name(), data: value };
      const found = { status: STATUS_SUCCESS, instances: [instance] };
      expect(one(['x', name()])).toMatchObject(found);
      expect(kernel.ioWmiQueryAllDataMultiple([unknownBlock, block], 400)).toMatchObject(found);
      const twice = kernel.ioWmiQueryAllDataMultiple([block, unknownBlock, block], 400);
      expect(twice).toMatchObject({ status: STATUS_SUCCESS, instances: [instance, instance] });
      const view = new DataView(must(twice.wnodes).buffer);
      const next = view.getUint32(12, true);
      expect([next % 8, view.getUint32(next + 12, true)]).toEqual([0, 0]);
      expect(twice.bufferSize).toBe(next + view.getUint32(next, true));
    },
  },
  {
    id: 'C14',
    condition: 'the driver goes between open and set',
    expected: 'STATUS_WMI_GUID_NOT_FOUND, no request',
    source: 'D iowmisetsingleinstance 5',
    models: everyModel,
    run(model) {
      const { remove, name, set, requests } = opened(model);
      const before = name();
      remove();
      requests.length = 0;
      expect(set(before)).toBe('STATUS_WMI_GUID_NOT_FOUND');
      expect(requests).toEqual([]);
    },
  },
  {
    id: 'C15',
    condition: 'a name in another case',
    expected: 'found',
    source: 'M consumer-routines 12',
    models: everyModel,
    run(model) {
      const { name, set } = opened(model);
      expect(set(name().toLowerCase())).toBe('STATUS_SUCCESS');
    },
  },
  {
    id: 'C16',
    condition: 'the same base name on two devices',
    expected: 'every instance has a name of its own',
    source: 'D consumer-routines 12',
    models: ['selfHandled'],
    run() {
      const kernel = createKernel();
      const drivers: string[] = [];
      for (const name of ['A', 'B']) {
        const evtWmiInstanceSetInstance = () => {
          drivers.push(name);
          return STATUS_SUCCESS;
        };
        const instances = ['first', 'second'].map((instance) => ({
          name: instance,
          callbacks: { evtWmiInstanceSetInstance },
        }));
        const naming = { kind: 'baseName', baseName: 'Fan' } as const;
        const blocks = [{ block: { guid: blockGuid, instances }, naming }];
        createSelfHandledDevice(kernel, { name, blocks });
      }
      const block = must(kernel.ioWmiOpenBlock(blockGuid, all).dataBlockObject);
      for (const name of ['Fan0', 'Fan1', 'Fan2', 'Fan3']) {
        expect(kernel.ioWmiSetSingleInstance(block, name, 0, value)).toBe(STATUS_SUCCESS);
      }
      expect(drivers.join()).toBe('A,A,B,B');
    },
  },
  {
    id: 'C17',
    condition: 'a method with too little room for its output',
    expected: 'STATUS_BUFFER_TOO_SMALL with the size of the data alone',
    source: 'M consumer-routines 9',
    models: everyModel,
    run(model) {
      const output = Array.from({ length: 20 }, () => 1);
      const { kernel, block, name } = opened(model, { instances: [{ execute: natural(output) }] });
      const run = (room: number) => kernel.ioWmiExecuteMethod(block, name(), 2, value, room);
      expect(run(0)).toEqual({ status: STATUS_BUFFER_TOO_SMALL, outBufferSize: 20 });
      expect(run(20)).toMatchObject({ status: STATUS_SUCCESS, outBufferSize: 20 });
    },
  },
  {
    id: 'C18',
    condition: 'a closed or foreign data block object',
    expected: 'STATUS_OBJECT_TYPE_MISMATCH, no request',
    source: 'M consumer-routines 2',
    models: everyModel,
    run(model) {
      const rig = opened(model);
      const mismatch = new Set(['STATUS_OBJECT_TYPE_MISMATCH']);
      rig.kernel.obDereferenceObject(rig.block);
      rig.requests.length = 0;
      expect(new Set(ofOneInstance(rig, rig.name()))).toEqual(mismatch);
      const foreign = { kind: 'wmiDataBlock', guid: blockGuid, desiredAccess: all } as const;
      expect(new Set(ofOneInstance({ ...rig, block: foreign }, rig.name()))).toEqual(mismatch);
      expect(rig.requests).toEqual([]);
    },
  },
];
