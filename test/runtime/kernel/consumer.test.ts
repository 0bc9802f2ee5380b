/**
 * The consumer routines: the statements of
 * docs/spec/runtime.md#iowmisetsingleinstance.
 */
import { expect, test } from 'vitest';
import { createKernel } from '../../../src/runtime/kernel.js';
import {
  SYNCHRONIZE,
  WMIGUID_EXECUTE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../../../src/runtime/kernel/handles.js';
import { type DataBlockObject } from '../../../src/runtime/kernel/state.js';
import { createKmdfDevice } from '../../../src/runtime/kmdf/device.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
  ntStatusName,
  type NtStatus,
} from '../../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../../src/runtime/trace.js';
import { readWnode } from '../../../src/runtime/wnode-codec.js';
import {
  blockGuid,
  createRig,
  must,
  natural,
  ok,
  recording,
  unknownGuid,
  type RigOptions,
} from '../rig.js';
import { scriptedDriver } from '../scripted-driver.js';

const all = WMIGUID_QUERY | WMIGUID_SET | WMIGUID_EXECUTE;
const value = Uint8Array.of(1, 2, 3, 4);

function opened(options: RigOptions = {}, access = all, guid = blockGuid) {
  const trace: TraceEvent[] = [];
  const rig = createRig({
    ...options,
    kernel: { ...options.kernel, trace: (event) => trace.push(event) },
  });
  const block = must(rig.kernel.ioWmiOpenBlock(guid, access).dataBlockObject);
  trace.length = 0;
  const set = (name = rig.name(), version = 0, bytes = value) =>
    ntStatusName(rig.kernel.ioWmiSetSingleInstance(block, name, version, bytes));
  const irps = () => trace.flatMap((step) => (step.kind === 'irpBegin' ? [step.driver] : []));
  return { ...rig, block, set, irps, trace };
}

/** Every routine on one object, by status name. */
function everyRoutine(rig: ReturnType<typeof opened>, name: string): Record<string, string> {
  const { kernel, block } = rig;
  const statuses = {
    queryAll: kernel.ioWmiQueryAllData(block, 400).status,
    query: kernel.ioWmiQuerySingleInstance(block, name, 400).status,
    set: kernel.ioWmiSetSingleInstance(block, name, 0, value),
    setItem: kernel.ioWmiSetSingleItem(block, name, 1, 0, value),
    execute: kernel.ioWmiExecuteMethod(block, name, 1, value, 8).status,
    notify: kernel.ioWmiSetNotificationCallback(block, () => undefined),
  };
  return Object.fromEntries(
    Object.entries(statuses).map(([routine, status]) => [routine, ntStatusName(status)]),
  );
}

const denied = 'STATUS_ACCESS_DENIED';

test('IoWMISetSingleInstance 1: a routine without its access right -> STATUS_ACCESS_DENIED, no request', () => {
  const withSet = opened({}, WMIGUID_SET);
  expect(everyRoutine(withSet, withSet.name())).toEqual({
    queryAll: denied,
    query: denied,
    set: 'STATUS_SUCCESS',
    setItem: 'STATUS_SUCCESS',
    execute: denied,
    notify: denied,
  });
  expect(withSet.irps()).toHaveLength(2);
  const withQuery = opened({}, WMIGUID_QUERY);
  expect(withQuery.set()).toBe(denied);
  expect(withQuery.irps()).toEqual([]);
});

test('WMIGUID_NOTIFICATION needs SYNCHRONIZE', () => {
  const { kernel } = createRig();
  const open = (access: number) => ntStatusName(kernel.ioWmiOpenBlock(blockGuid, access).status);
  expect(open(WMIGUID_NOTIFICATION)).toBe('STATUS_INVALID_PARAMETER');
  expect(open(WMIGUID_NOTIFICATION | SYNCHRONIZE)).toBe('STATUS_SUCCESS');
});

test('IoWMISetSingleInstance 2: Version other than 0 -> STATUS_INVALID_PARAMETER, no request', () => {
  const rig = opened();
  expect(rig.set(rig.name(), 1)).toBe('STATUS_INVALID_PARAMETER');
  const status = rig.kernel.ioWmiSetSingleItem(rig.block, rig.name(), 1, 1, value);
  expect(ntStatusName(status)).toBe('STATUS_INVALID_PARAMETER');
  expect(rig.irps()).toEqual([]);
});

test('IoWMISetSingleInstance 4: success, and the driver has the contents of ValueBuffer', () => {
  const { set, calls } = opened();
  expect(set()).toBe('STATUS_SUCCESS');
  expect(calls).toEqual([{ name: 'set', label: 'i0', inSize: 4, offset: 64, input: [1, 2, 3, 4] }]);
});

const noGuid = 'STATUS_WMI_GUID_NOT_FOUND';

test('IoWMISetSingleInstance 5: no driver implements the class -> STATUS_WMI_GUID_NOT_FOUND', () => {
  const rig = opened({}, all, unknownGuid);
  const { notify, ...statuses } = everyRoutine(rig, rig.name());
  expect(new Set(Object.values(statuses))).toEqual(new Set([noGuid]));
  expect(notify).toBe(denied);
  expect(rig.irps()).toEqual([]);
});

test('IoWMISetSingleInstance 6: no driver has the named instance -> STATUS_WMI_INSTANCE_NOT_FOUND', () => {
  const rig = opened();
  const { query, set, setItem, execute } = everyRoutine(rig, 'ROOT\\RIG\\0000_1');
  const noInstance = 'STATUS_WMI_INSTANCE_NOT_FOUND';
  expect([query, set, setItem, execute]).toEqual([noInstance, noInstance, noInstance, noInstance]);
});

test('IoWMISetSingleInstance 7: every property read-only -> STATUS_WMI_READ_ONLY', () => {
  expect(opened({ instances: [{ query: () => ok() }] }).set()).toBe('STATUS_WMI_READ_ONLY');
});

test.each([
  ['STATUS_WMI_SET_FAILURE', STATUS_WMI_SET_FAILURE],
  ['STATUS_BUFFER_TOO_SMALL', STATUS_BUFFER_TOO_SMALL],
])(
  'IoWMISetSingleInstance 8: the driver cannot update (%s) -> STATUS_WMI_SET_FAILURE',
  (_case, status) => {
    expect(opened({ instances: [{ set: () => status }] }).set()).toBe('STATUS_WMI_SET_FAILURE');
  },
);

test('IoWMISetSingleInstance 11: one property goes by IoWMISetSingleItem', () => {
  const rig = opened();
  const status = rig.kernel.ioWmiSetSingleItem(rig.block, rig.name(), 7, 0, value);
  expect(ntStatusName(status)).toBe('STATUS_SUCCESS');
  expect(rig.calls[0]).toMatchObject({ name: 'setItem', id: 7, inSize: 4, offset: 72 });
});

/** Drivers with dynamic names of one GUID; each completes every request with one status. */
function dynamicDrivers(...statuses: readonly NtStatus[]) {
  const queried: string[] = [];
  const kernel = createKernel();
  for (const [index, status] of statuses.entries()) {
    const name = 'ABC'.charAt(index);
    const answer = () => {
      queried.push(name);
      return status;
    };
    scriptedDriver(kernel, { name, blocks: [{ flags: 0 }], answer }).register();
  }
  const block = must(kernel.ioWmiOpenBlock(blockGuid, all).dataBlockObject);
  const status = ntStatusName(kernel.ioWmiSetSingleInstance(block, 'mine', 0, value));
  return { status, queried };
}

const absent = STATUS_WMI_INSTANCE_NOT_FOUND;

test.each([
  ['A not found, B succeeds', [absent, STATUS_SUCCESS], 'STATUS_SUCCESS'],
  ['A not found, B fails', [absent, STATUS_WMI_SET_FAILURE], 'STATUS_WMI_SET_FAILURE'],
  ['A fails, B succeeds', [STATUS_WMI_SET_FAILURE, STATUS_SUCCESS], 'STATUS_SUCCESS'],
  ['A read-only, B not found', [STATUS_WMI_READ_ONLY, absent], 'STATUS_WMI_READ_ONLY'],
  [
    'the first error counts',
    [STATUS_WMI_SET_FAILURE, STATUS_WMI_READ_ONLY],
    'STATUS_WMI_SET_FAILURE',
  ],
  ['neither has it', [absent, absent], 'STATUS_WMI_INSTANCE_NOT_FOUND'],
])(
  '%s; IoWMISetSingleInstance 9: each driver that might have it is tried in order',
  (_row, statuses, want) => {
    expect(dynamicDrivers(...statuses)).toEqual({ status: want, queried: ['A', 'B'] });
  },
);

test('the first success ends it', () => {
  expect(dynamicDrivers(STATUS_SUCCESS, STATUS_SUCCESS).queried).toEqual(['A']);
});

test('IoWMISetSingleInstance 9: with dynamic names the request carries the name, and the data 8-aligned', () => {
  const kernel = createKernel();
  let seen: unknown;
  const answer = (irp: { readonly memory: Uint8Array }) => {
    seen = readWnode(irp.memory);
    return STATUS_SUCCESS;
  };
  scriptedDriver(kernel, { name: 'a', blocks: [{ flags: 0 }], answer }).register();
  const block = must(kernel.ioWmiOpenBlock(blockGuid, all).dataBlockObject);
  kernel.ioWmiSetSingleInstance(block, 'Fan "1"', 0, value);
  const instance = { kind: 'dynamic', instanceName: 'Fan "1"' };
  expect(seen).toMatchObject({ kind: 'singleInstance', instance, data: value });
  kernel.ioWmiExecuteMethod(block, 'x', 5, value, 0);
  expect(seen).toMatchObject({ kind: 'methodItem', methodId: 5, data: value });
});

test('a query that does not fit returns the size, and fits then', () => {
  const { kernel, block, name } = opened();
  const short = kernel.ioWmiQuerySingleInstance(block, name(), 67);
  expect(short).toMatchObject({ status: STATUS_BUFFER_TOO_SMALL, bufferSize: 68 });
  expect(short.wnode).toBeUndefined();
  const again = kernel.ioWmiQuerySingleInstance(block, name(), 68);
  expect(again).toMatchObject({ status: STATUS_SUCCESS, bufferSize: 68, data: value });
});

test('IoWMIQueryAllData chains one block a driver by Linkage', () => {
  const { kernel, block } = opened();
  const second = createKmdfDevice(kernel, { name: 'second' });
  const { provider } = second.wdfWmiProviderCreate({ guid: blockGuid });
  const more = recording({ query: natural([5, 6]) }, []);
  second.wdfWmiInstanceCreate({ provider: must(provider), register: true, ...more });
  const probe = kernel.ioWmiQueryAllData(block, 0);
  expect(ntStatusName(probe.status)).toBe('STATUS_BUFFER_TOO_SMALL');
  const { wnodes, instances, bufferSize } = kernel.ioWmiQueryAllData(block, probe.bufferSize);
  const view = new DataView(must(wnodes).buffer);
  const next = view.getUint32(12, true);
  expect(next % 8).toBe(0);
  expect(view.getUint32(next + 12, true)).toBe(0);
  expect(bufferSize).toBe(next + view.getUint32(next, true));
  expect(instances).toEqual([
    { instanceName: 'ROOT\\RIG\\0000_0', data: value },
    { instanceName: 'ROOT\\SECOND\\0000_0', data: Uint8Array.of(5, 6) },
  ]);
});

test('a driver that deregistered between open and set -> STATUS_WMI_GUID_NOT_FOUND', () => {
  const rig = opened();
  const name = rig.name();
  rig.device.remove();
  rig.trace.length = 0;
  expect(rig.set(name)).toBe(noGuid);
  expect(rig.irps()).toEqual([]);
});

test('names are compared without regard to case', () => {
  const rig = opened();
  expect(rig.set(rig.name().toLowerCase())).toBe('STATUS_SUCCESS');
});

test('the same base name on two devices gives unique names', () => {
  const kernel = createKernel();
  const queried: string[] = [];
  for (const name of ['a', 'b']) {
    const blocks = [{ flags: 0x8, instanceCount: 2, names: ['Fan'] }];
    const answer = () => {
      queried.push(name);
      return STATUS_SUCCESS;
    };
    scriptedDriver(kernel, { name, blocks, answer }).register();
  }
  const block = must(kernel.ioWmiOpenBlock(blockGuid, all).dataBlockObject);
  for (const name of ['Fan0', 'Fan1', 'Fan2', 'Fan3']) {
    expect(kernel.ioWmiSetSingleInstance(block, name, 0, value)).toBe(STATUS_SUCCESS);
  }
  expect(queried).toEqual(['a', 'a', 'b', 'b']);
});

test('an instance list is used verbatim, and its index goes into the request', () => {
  const kernel = createKernel();
  const seen: unknown[] = [];
  const answer = (irp: { readonly view: DataView }) => {
    seen.push([irp.view.getUint32(44, true), irp.view.getUint32(52, true)]);
    return STATUS_SUCCESS;
  };
  const blocks = [{ flags: 0x4, instanceCount: 2, names: ['left', 'right'] }];
  scriptedDriver(kernel, { name: 'a', blocks, answer }).register();
  const block = must(kernel.ioWmiOpenBlock(blockGuid, all).dataBlockObject);
  kernel.ioWmiSetSingleInstance(block, 'right', 0, value);
  expect(seen).toEqual([[0x82, 1]]);
});

test('a method’s required size is the bytes of its data', () => {
  const output = Array.from({ length: 20 }, () => 1);
  const rig = opened({ instances: [{ execute: natural(output) }] });
  const run = (size: number) =>
    rig.kernel.ioWmiExecuteMethod(rig.block, rig.name(), 2, value, size);
  expect(run(0)).toEqual({ status: STATUS_BUFFER_TOO_SMALL, outBufferSize: 20 });
  expect(run(20)).toMatchObject({ status: STATUS_SUCCESS, outBufferSize: 20 });
});

test('a method with more output than the caller’s room, but not than its input, is too small', () => {
  const rig = opened({ instances: [{ execute: () => ok([1, 2, 3]) }] });
  const result = rig.kernel.ioWmiExecuteMethod(rig.block, rig.name(), 2, value, 2);
  expect(result).toEqual({ status: STATUS_BUFFER_TOO_SMALL, outBufferSize: 3 });
});

test('with queryBeforeExecute a query comes first', () => {
  const rig = opened({ kernel: { queryBeforeExecute: true } });
  rig.kernel.ioWmiExecuteMethod(rig.block, rig.name(), 2, value, 8);
  expect(rig.calls.map(({ name }) => name)).toEqual(['query', 'execute']);
});

test('a closed or foreign object -> STATUS_OBJECT_TYPE_MISMATCH', () => {
  const rig = opened();
  const foreign: DataBlockObject = { kind: 'wmiDataBlock', guid: blockGuid, desiredAccess: all };
  const set = (object: DataBlockObject) =>
    ntStatusName(rig.kernel.ioWmiSetSingleInstance(object, rig.name(), 0, value));
  expect(set(foreign)).toBe('STATUS_OBJECT_TYPE_MISMATCH');
  rig.kernel.obDereferenceObject(rig.block);
  expect(set(rig.block)).toBe('STATUS_OBJECT_TYPE_MISMATCH');
  expect(rig.irps()).toEqual([]);
});

test('IoWMIDeviceObjectToInstanceName', () => {
  const { kernel, block, device } = opened();
  const name = (index: number) => kernel.ioWmiDeviceObjectToInstanceName(block, device, index);
  expect(name(0)).toEqual({ status: STATUS_SUCCESS, instanceName: 'ROOT\\RIG\\0000_0' });
  expect(name(1)).toEqual({ status: STATUS_WMI_INSTANCE_NOT_FOUND });
});

test('a callback that throws leaves the kernel able to serve', () => {
  let failing = true;
  const rig = opened({
    instances: [
      {
        set: () => {
          if (failing) throw new Error('provider fault');
          return STATUS_SUCCESS;
        },
      },
    ],
  });
  expect(() => rig.set()).toThrow('provider fault');
  failing = false;
  expect(rig.set()).toBe('STATUS_SUCCESS');
});
