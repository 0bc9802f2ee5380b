// A WMILIB driver under the kernel: registration, names, pending requests, forwarding, events.
import { expect, test } from 'vitest';
import { SimulatedBugCheck } from '../../../src/runtime/bug-check.js';
import {
  IRP_MN_REGINFO,
  IRP_MN_REGINFO_EX,
  createSystemControlIrp,
} from '../../../src/runtime/irp.js';
import {
  SYNCHRONIZE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../../../src/runtime/kernel/handles.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
  ntStatusName,
} from '../../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../../src/runtime/trace.js';
import { wmiFireEvent } from '../../../src/runtime/wmilib/fire-event.js';
import { wmiCompleteRequest } from '../../../src/runtime/wmilib/requests.js';
import { type DpWmiSetDataBlock, type WmiReginfo } from '../../../src/runtime/wmilib/types.js';
import { SimulatedHang } from '../../../src/runtime/wmilib/work-queue.js';
import {
  WMIREG_FLAG_EXPENSIVE,
  WMIREG_FLAG_INSTANCE_BASENAME,
  WMIREG_FLAG_INSTANCE_LIST,
  WMIREG_FLAG_INSTANCE_PDO,
  WMIREG_FLAG_REMOVE_GUID,
  readRegistrationInfo,
} from '../../../src/runtime/wmireg.js';
import { readWnode } from '../../../src/runtime/wnode-codec.js';
import { ask, blockGuid, must, now, unknownGuid } from '../rig.js';
import { createWmilibRig, instances } from './rig.js';

const pdo = { regFlags: WMIREG_FLAG_INSTANCE_PDO, pdo: 0xffffa00000777000n };

/** Sends a registration request with room for `bufferSize` bytes. */
function regInfo(rig: ReturnType<typeof createWmilibRig>, minor: number, bufferSize: number) {
  const memory = new Uint8Array(bufferSize);
  const irp = createSystemControlIrp(minor, rig.device.deviceObject, 0, memory);
  irp.ioStatus.information = 7;
  expect(rig.device.dispatch(irp)).toBe('completed');
  return irp;
}

test.each<[string, Partial<WmiReginfo>, object]>([
  [
    'base names',
    { mofResourceName: 'LampMof' },
    {
      registryPath: '\\Registry\\Lamp',
      mofResourceName: 'LampMof',
      guids: [
        {
          guid: blockGuid,
          flags: WMIREG_FLAG_INSTANCE_BASENAME | WMIREG_FLAG_EXPENSIVE,
          instanceCount: 2,
          naming: { kind: 'baseName', baseName: 'Lamp' },
        },
      ],
    },
  ],
  [
    'PDO names, no MOF resource name',
    pdo,
    {
      registryPath: '\\Registry\\Lamp',
      mofResourceName: '',
      guids: [
        {
          guid: blockGuid,
          flags: WMIREG_FLAG_INSTANCE_PDO | WMIREG_FLAG_EXPENSIVE,
          instanceCount: 2,
          naming: { kind: 'pdo', pdo: pdo.pdo },
        },
      ],
    },
  ],
])('the library writes the whole WMIREGINFO: %s', (_case, reginfo, want) => {
  for (const arch of ['x64', 'x86'] as const) {
    const rig = createWmilibRig({
      kernel: { arch },
      reginfo: { ...reginfo, ...(arch === 'x86' && reginfo.pdo ? { pdo: 0x8a001000n } : {}) },
      instanceCount: 2,
      flags: WMIREG_FLAG_EXPENSIVE,
      device: { start: false },
    });
    const irp = regInfo(rig, IRP_MN_REGINFO, 500);
    expect(ntStatusName(irp.ioStatus.status)).toBe('STATUS_SUCCESS');
    const info = readRegistrationInfo(irp.memory.subarray(0, irp.ioStatus.information), arch);
    if (arch === 'x64') expect(info).toEqual(want);
    else expect(info?.guids[0]?.naming.kind).toBe(reginfo.pdo ? 'pdo' : 'baseName');
  }
});

test('one byte short: the size as a ULONG with STATUS_SUCCESS, as classpnp does', () => {
  const rig = createWmilibRig({ device: { start: false } });
  const { information: size } = regInfo(rig, IRP_MN_REGINFO, 500).ioStatus;
  const exact = regInfo(rig, IRP_MN_REGINFO, size);
  expect(exact.ioStatus).toEqual({ status: STATUS_SUCCESS, information: size });
  const short = regInfo(rig, IRP_MN_REGINFO, size - 1);
  expect(short.ioStatus).toEqual({ status: STATUS_SUCCESS, information: 4 });
  expect(short.view.getUint32(0, true)).toBe(size);
  const none = regInfo(rig, IRP_MN_REGINFO, 3);
  expect(ntStatusName(none.ioStatus.status)).toBe('STATUS_BUFFER_TOO_SMALL');
});

test.each<[string, Partial<WmiReginfo>, string]>([
  ['no naming flag', { regFlags: 0 }, 'STATUS_INVALID_PARAMETER'],
  ['a list', { regFlags: WMIREG_FLAG_INSTANCE_LIST }, 'STATUS_INVALID_PARAMETER'],
  ['both', { ...pdo, regFlags: 0x28 }, 'STATUS_INVALID_PARAMETER'],
  ['PDO without a pointer', { regFlags: WMIREG_FLAG_INSTANCE_PDO }, 'STATUS_INVALID_PARAMETER'],
  ['a text too long', { instanceName: 'x'.repeat(0x8000) }, 'STATUS_INVALID_PARAMETER'],
  ['a failure of the routine', { status: STATUS_ACCESS_DENIED }, 'STATUS_ACCESS_DENIED'],
])('names that the library does not know fail the registration: %s', (_case, reginfo, status) => {
  const { device } = createWmilibRig({ reginfo, device: { start: false } });
  expect(ntStatusName(device.start())).toBe(status);
});

test('REGINFO_EX takes a reference on the PDO for each block, REGINFO none', () => {
  const rig = createWmilibRig({ reginfo: pdo, device: { start: false } });
  regInfo(rig, IRP_MN_REGINFO, 500);
  expect(rig.kernel.objectReferences(pdo.pdo)).toBe(0);
  regInfo(rig, IRP_MN_REGINFO_EX, 20);
  expect(rig.kernel.objectReferences(pdo.pdo)).toBe(0);
  regInfo(rig, IRP_MN_REGINFO_EX, 500);
  expect(rig.kernel.objectReferences(pdo.pdo)).toBe(1);
});

test('base names count from the base, PDO names from the path of the device', () => {
  const named = createWmilibRig({ instanceCount: 2 });
  expect(named.kernel.staticInstanceName(named.device, blockGuid, 1)).toBe('Lamp1');
  const byPath = createWmilibRig({ reginfo: pdo, instanceCount: 2 });
  expect(byPath.kernel.staticInstanceName(byPath.device, blockGuid, 1)).toBe('ROOT\\LAMP\\0000_1');
});

test('an update announces a changed list: a removed block is gone', () => {
  const guidList = [{ guid: blockGuid, instanceCount: 1, flags: 0 }];
  const { device, kernel } = createWmilibRig({ context: { guidList } });
  guidList[0] = { guid: blockGuid, instanceCount: 3, flags: 0 };
  expect(device.update()).toBe(STATUS_SUCCESS);
  expect(kernel.staticInstanceName(device, blockGuid, 2)).toBe('Lamp2');
  guidList[0] = { guid: blockGuid, instanceCount: 3, flags: WMIREG_FLAG_REMOVE_GUID };
  device.update();
  expect(kernel.staticInstanceName(device, blockGuid, 0)).toBeUndefined();
  expect(device.remove()).toBe(STATUS_SUCCESS);
  expect(ntStatusName(device.remove())).toBe('STATUS_INVALID_PARAMETER');
});

/** A device whose set routine is `answer`, and a consumer's set. */
function pendingRig(answer: DpWmiSetDataBlock) {
  const trace: TraceEvent[] = [];
  const rig = createWmilibRig({
    kernel: { trace: (event) => trace.push(event) },
    context: { setWmiDataBlock: answer },
  });
  const block = must(rig.kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
  trace.length = 0;
  const set = () => rig.kernel.ioWmiSetSingleInstance(block, 'Lamp0', 0, Uint8Array.of(1));
  return { ...rig, trace, set };
}

test('a routine that returns STATUS_PENDING completes later, from a work item', () => {
  const order: string[] = [];
  const { set, trace } = pendingRig((device, irp) => {
    device.queueWorkItem(() => {
      order.push('first');
      device.queueWorkItem(() => {
        order.push('second');
        wmiCompleteRequest(device, irp, STATUS_ACCESS_DENIED, 0);
      });
    });
    order.push('returned');
    return STATUS_PENDING;
  });
  expect(ntStatusName(set())).toBe('STATUS_ACCESS_DENIED');
  expect(order).toEqual(['returned', 'first', 'second']);
  expect(trace.map((event) => ('routine' in event ? event.routine : event.kind))).toEqual([
    'IoWMISetSingleInstance',
    'irpBegin',
    'callbackBegin',
    'callbackEnd',
    'WmiCompleteRequest',
    'WmiCompleteRequest',
    'irpEnd',
    'IoWMISetSingleInstance',
  ]);
});

test('work that a request does not need waits for the next one, or to be run', () => {
  const order: number[] = [];
  let turn = 0;
  const { set, device } = pendingRig((self, irp) => {
    turn += 1;
    const mine = turn;
    self.queueWorkItem(() => wmiCompleteRequest(self, irp, STATUS_SUCCESS, 0));
    self.queueWorkItem(() => order.push(mine));
    return STATUS_PENDING;
  });
  set();
  expect(order).toEqual([]);
  set();
  expect(order).toEqual([1]);
  device.runWorkItems();
  expect(order).toEqual([1, 2]);
});

test('a request that pends while another one comes in is completed on its own', () => {
  const kinds: string[] = [];
  const { set } = pendingRig((device, irp) => {
    const inner = kinds.length > 0;
    kinds.push(inner ? 'inner' : 'outer');
    device.queueWorkItem(() => {
      if (!inner) expect(set()).toBe(STATUS_SUCCESS);
      kinds.push(inner ? 'inner done' : 'outer done');
      wmiCompleteRequest(device, irp, STATUS_SUCCESS, 0);
    });
    return STATUS_PENDING;
  });
  expect(set()).toBe(STATUS_SUCCESS);
  expect(kinds).toEqual(['outer', 'inner', 'inner done', 'outer done']);
});

test.each([
  ['pends with nothing queued', () => STATUS_PENDING],
  ['returns without completing', () => STATUS_SUCCESS],
])('a routine that %s hangs its request: SimulatedHang', (_case, answer) => {
  const { set, device, kernel } = pendingRig(answer);
  expect(set).toThrow(SimulatedHang);
  expect(set).toThrow("'lamp' never completes IRP_MN_CHANGE_SINGLE_INSTANCE");
  // The next request succeeds.
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY).dataBlockObject);
  expect(kernel.ioWmiQuerySingleInstance(block, 'Lamp0', 100).status).toBe(STATUS_SUCCESS);
  expect(device.kind).toBe('wmilib');
});

test('completing a request twice, or one that is not there, is a bug check', () => {
  const twice = pendingRig((device, irp) => {
    wmiCompleteRequest(device, irp, STATUS_SUCCESS, 0);
    return wmiCompleteRequest(device, irp, STATUS_SUCCESS, 0);
  });
  expect(twice.set).toThrow(SimulatedBugCheck);
  const foreign = createWmilibRig().device;
  const stolen = pendingRig((_device, irp) => wmiCompleteRequest(foreign, irp, STATUS_SUCCESS, 0));
  expect(stolen.set).toThrow('MULTIPLE_IRP_COMPLETE_REQUESTS');
});

test('the status of the completion counts, not what the routine returns', () => {
  const { set } = pendingRig((device, irp) => {
    wmiCompleteRequest(device, irp, STATUS_ACCESS_DENIED, 0);
    return STATUS_SUCCESS;
  });
  expect(ntStatusName(set())).toBe('STATUS_ACCESS_DENIED');
});

test.each([
  ['no WMI request', { minor: 0xa }],
  ['a request for the device below', { minor: 1, providerId: 1n }],
])('%s goes down the stack, and at its end is completed unchanged', (_case, parts) => {
  const seen: number[] = [];
  const upper = createWmilibRig({
    device: { lowerDevice: { dispatch: ({ minor }) => (seen.push(minor), 'completed') } },
  });
  const asIs = { status: 'STATUS_NOT_SUPPORTED', information: 7 };
  expect(ask(upper.device, parts)).toEqual({ outcome: 'forwarded', ...asIs });
  expect(seen).toEqual([parts.minor]);
  const lowest = createWmilibRig({ device: { lowerDevice: null } });
  expect(ask(lowest.device, parts)).toEqual({ outcome: 'completed', ...asIs });
});

test('of two WMILIB devices in one stack each answers for itself', () => {
  const lower = createWmilibRig({ device: { deviceObject: 0x1111n, name: 'lower' } });
  const upper = createWmilibRig({ device: { deviceObject: 0x2222n, lowerDevice: lower.device } });
  const parts = { minor: 1, bufferSize: 100 };
  expect(ask(upper.device, { ...parts, providerId: 0x1111n })).toEqual({
    outcome: 'forwarded',
    status: 'STATUS_SUCCESS',
    information: 68,
  });
  expect(lower.calls).toHaveLength(1);
  expect(upper.calls).toEqual([]);
});

test('WmiFireEvent: a single instance with the event flag; NULL data has size 0', () => {
  const { device, kernel } = createWmilibRig();
  const block = must(
    kernel.ioWmiOpenBlock(blockGuid, WMIGUID_NOTIFICATION | SYNCHRONIZE).dataBlockObject,
  );
  const got: Uint8Array[] = [];
  kernel.ioWmiSetNotificationCallback(block, (wnode) => got.push(wnode));
  const data = must(kernel.allocatePool(3));
  data.set([1, 2, 3]);
  expect(wmiFireEvent(device, blockGuid, 4, data)).toBe(STATUS_SUCCESS);
  expect(wmiFireEvent(device, `{${blockGuid.toUpperCase()}}`, 0, null, 8)).toBe(STATUS_SUCCESS);
  expect(kernel.poolBlocksInUse).toBe(0);
  expect(got.map((wnode) => readWnode(wnode))).toMatchObject([
    {
      kind: 'singleInstance',
      header: {
        flags: 0x8a,
        timeStamp: now,
        providerId: Number(device.deviceObject & 0xffffffffn),
      },
      instance: { kind: 'static', instanceIndex: 4 },
      data: Uint8Array.of(1, 2, 3),
    },
    { kind: 'singleInstance', data: new Uint8Array(0) },
  ]);
  expect(new DataView(must(got[0]).buffer).getUint32(56, true)).toBe(64);
});

test('WmiFireEvent frees its memory when WMI refuses, and fails without memory', () => {
  const down = createWmilibRig({ kernel: { isWmiAvailable: () => false } });
  const data = must(down.kernel.allocatePool(3));
  expect(ntStatusName(wmiFireEvent(down.device, blockGuid, 0, data))).toBe('STATUS_UNSUCCESSFUL');
  expect(down.kernel.poolBlocksInUse).toBe(0);
  const empty = createWmilibRig({ kernel: { allocate: () => undefined } });
  expect(ntStatusName(wmiFireEvent(empty.device, blockGuid, 0, new Uint8Array(1)))).toBe(
    'STATUS_INSUFFICIENT_RESOURCES',
  );
  expect(ntStatusName(wmiFireEvent(down.device, 'no guid', 0, null))).toBe(
    'STATUS_INVALID_PARAMETER',
  );
  for (const [index, size] of [
    [-1, 1],
    [2 ** 32, 1],
    [0, -1],
    [0, 2 ** 32],
    [0, 0.5],
  ] as const) {
    const refused = wmiFireEvent(down.device, blockGuid, index, new Uint8Array(1), size);
    expect(ntStatusName(refused)).toBe('STATUS_INVALID_PARAMETER');
  }
  const large = wmiFireEvent(down.device, blockGuid, 0, new Uint8Array(1), 2 ** 32 - 1);
  expect(ntStatusName(large)).toBe('STATUS_INTEGER_OVERFLOW');
});

test('a consumer reaches instances by their base names, and all of them at once', () => {
  const { kernel, calls } = createWmilibRig({
    instanceCount: 2,
    routines: { query: instances([1, 2], [3, 4]), set: () => STATUS_SUCCESS },
  });
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY | WMIGUID_SET).dataBlockObject);
  expect(kernel.ioWmiQueryAllData(block, 500)).toMatchObject({
    status: STATUS_SUCCESS,
    instances: [
      { instanceName: 'Lamp0', data: Uint8Array.of(1, 2) },
      { instanceName: 'Lamp1', data: Uint8Array.of(3, 4) },
    ],
  });
  expect(kernel.ioWmiSetSingleInstance(block, 'LAMP1', 0, Uint8Array.of(7))).toBe(STATUS_SUCCESS);
  expect(calls.at(-1)).toMatchObject({ name: 'set', index: 1, input: [7] });
  const other = must(kernel.ioWmiOpenBlock(unknownGuid, WMIGUID_SET).dataBlockObject);
  expect(ntStatusName(kernel.ioWmiSetSingleInstance(other, 'Lamp0', 0, new Uint8Array(1)))).toBe(
    'STATUS_WMI_GUID_NOT_FOUND',
  );
});

test.each([
  ['one instance', 1],
  ['three instances', 3],
])('a size query is complete with the reported size: %s without data', (_case, instanceCount) => {
  const query = (room: number) => ({
    status: room === 0 ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS,
    bufferUsed: 0,
  });
  const { kernel } = createWmilibRig({ instanceCount, routines: { query } });
  const { dataBlockObject } = kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY);
  if (dataBlockObject === undefined) throw new Error('no block');
  const probe = kernel.ioWmiQueryAllData(dataBlockObject, 0);
  expect(ntStatusName(probe.status)).toBe('STATUS_BUFFER_TOO_SMALL');
  const all = kernel.ioWmiQueryAllData(dataBlockObject, probe.bufferSize);
  expect([ntStatusName(all.status), all.instances?.length]).toEqual([
    'STATUS_SUCCESS',
    instanceCount,
  ]);
  const name = all.instances?.[0]?.instanceName ?? '';
  const single = kernel.ioWmiQuerySingleInstance(dataBlockObject, name, 0);
  const again = kernel.ioWmiQuerySingleInstance(dataBlockObject, name, single.bufferSize);
  expect(ntStatusName(again.status)).toBe('STATUS_SUCCESS');
});
