/**
 * The statements of IRP_MN_CHANGE_SINGLE_INSTANCE (docs/spec/runtime.md#irp_mn_change_single_instance), as raw requests to a
 * kmdf device with a generated provider. Titles have the number of the rule.
 *
 * KMDF has static names only. What concerns WmiSystemControl (rule 3) and drivers with dynamic names (rule 6, second
 * half, and rule 8) belongs to the driver models wmilib and selfHandled; the IRQL of rule 1 and the thread of rule 14 have no
 * counterpart in a model with one thread; rules 10 and 11 are in set.test.ts.
 */
import { expect, test } from 'vitest';
import * as wmi from '../../src/runtime/index.js';
import { SmartFanBlock, SmartFanCodec } from '../../samples/smart-fan/expected/ts/smart-fan.g.js';
import {
  WNODE_FLAG_STATIC_INSTANCE_NAMES,
  WNODE_SINGLE_INSTANCE,
} from '../../src/runtime/wnode.js';
import { fanData, fanMachine } from './machine.js';

const name = wmi.ntStatusName;
const wanted = { ...fanData, TargetSpeed: 4000 };

interface Request {
  readonly providerId?: bigint;
  readonly guid?: string;
  readonly instanceIndex?: number;
  readonly flags?: number;
  readonly data?: Uint8Array;
  /** Changes the finished WNODE. */
  readonly edit?: (view: DataView) => void;
}

/** Sends one request to a fan and returns the outcome. */
function change(request: Request = {}) {
  const { device, provider } = fanMachine();
  const { flags = WNODE_FLAG_STATIC_INSTANCE_NAMES } = request;
  const memory = wmi.buildWnode({
    kind: 'singleInstance',
    header: { ...wmi.emptyHeader(SmartFanBlock.guid), flags },
    instance:
      (flags & WNODE_FLAG_STATIC_INSTANCE_NAMES) === 0
        ? { kind: 'dynamic', instanceName: 'ROOT\\SMARTFAN\\0000_0' }
        : { kind: 'static', instanceIndex: request.instanceIndex ?? 0 },
    data: request.data ?? SmartFanCodec.encode(wanted),
  });
  request.edit?.(new DataView(memory.buffer));
  const irp = wmi.createSystemControlIrp(
    wmi.IRP_MN_CHANGE_SINGLE_INSTANCE,
    request.providerId ?? device.deviceObject,
    request.guid ?? SmartFanBlock.guid,
    memory,
  );
  irp.ioStatus.information = 77;
  const sent = memory.slice();
  const outcome = device.dispatch(irp);
  const { status, information } = irp.ioStatus;
  const touched = Buffer.compare(memory, sent) !== 0;
  const speed = provider.data.TargetSpeed;
  return { outcome, status: name(status), information, touched, speed };
}

const unchanged = fanData.TargetSpeed;

test('CHANGE_SINGLE_INSTANCE 1 and CHANGE_SINGLE_INSTANCE 13: the driver handles it; on success Information is 0', () => {
  expect(change()).toMatchObject({
    outcome: 'completed',
    status: 'STATUS_SUCCESS',
    information: 0,
    speed: 4000,
  });
});

test('CHANGE_SINGLE_INSTANCE 2: the WNODE_SINGLE_INSTANCE in Buffer has the instance and the values', () => {
  expect(change({ data: SmartFanCodec.encode({ ...wanted, TargetSpeed: 7 }) }).speed).toBe(7);
});

test('CHANGE_SINGLE_INSTANCE 4: a ProviderId of another device is forwarded untouched', () => {
  expect(change({ providerId: 0x1234n })).toEqual({
    outcome: 'forwarded',
    status: 'STATUS_NOT_SUPPORTED',
    information: 77,
    touched: false,
    speed: unchanged,
  });
});

test('CHANGE_SINGLE_INSTANCE 5: the GUID is checked first', () => {
  const guid = '99999999-0000-0000-0000-000000000000';
  expect(change({ guid, instanceIndex: 99 })).toMatchObject({
    status: 'STATUS_WMI_GUID_NOT_FOUND',
    speed: unchanged,
  });
});

test.each([
  ['6: an InstanceIndex in range', { instanceIndex: 0 }, 'STATUS_SUCCESS'],
  [
    '7: an InstanceIndex out of range is not located',
    { instanceIndex: 1 },
    'STATUS_WMI_INSTANCE_NOT_FOUND',
  ],
  ['7: the largest index', { instanceIndex: 0xffffffff }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
  ['6: a name in place of an index', { flags: 0 }, 'STATUS_WMI_INSTANCE_NOT_FOUND'],
])('CHANGE_SINGLE_INSTANCE %s', (_title, request, want) => {
  const { status, speed } = change(request);
  expect(status).toBe(want);
  expect(speed).toBe(want === 'STATUS_SUCCESS' ? 4000 : unchanged);
});

test.each([
  ['DataBlockOffset past the buffer', WNODE_SINGLE_INSTANCE.DataBlockOffset, 0x10000],
  ['SizeDataBlock past the buffer', WNODE_SINGLE_INSTANCE.SizeDataBlock, 0x10000],
  ['DataBlockOffset + SizeDataBlock over 32 bits', WNODE_SINGLE_INSTANCE.SizeDataBlock, 0xffffffff],
  ['DataBlockOffset that is not 8-aligned', WNODE_SINGLE_INSTANCE.DataBlockOffset, 65],
  ['SizeDataBlock too small', WNODE_SINGLE_INSTANCE.SizeDataBlock, SmartFanCodec.size - 1],
])('CHANGE_SINGLE_INSTANCE 9: %s is refused unchanged', (_title, field, value) => {
  expect(change({ edit: (view) => view.setUint32(field, value, true) })).toMatchObject({
    outcome: 'completed',
    status: 'STATUS_WMI_SET_FAILURE',
    information: 0,
    speed: unchanged,
  });
});

test('CHANGE_SINGLE_INSTANCE 9: the callback itself refuses a SizeDataBlock that is too small', () => {
  const { provider } = fanMachine();
  const { evtWmiInstanceSetInstance: set } = wmi.bindInstance(SmartFanBlock, provider);
  const data = SmartFanCodec.encode(wanted);
  const instance = { guid: SmartFanBlock.guid, label: 'fan' };
  expect(set?.(instance, SmartFanCodec.size - 1, data, 0)).toBe(wmi.STATUS_WMI_SET_FAILURE);
  expect(provider.data.TargetSpeed).toBe(unchanged);
});

test('CHANGE_SINGLE_INSTANCE 12 and CHANGE_SINGLE_INSTANCE 15: a valid instance that cannot take the values: an error of the driver', () => {
  const { device, provider } = fanMachine();
  provider.set = () => wmi.STATUS_WMI_SET_FAILURE;
  const memory = wmi.buildWnode({
    kind: 'singleInstance',
    header: { ...wmi.emptyHeader(SmartFanBlock.guid), flags: WNODE_FLAG_STATIC_INSTANCE_NAMES },
    instance: { kind: 'static', instanceIndex: 0 },
    data: SmartFanCodec.encode(wanted),
  });
  const { deviceObject } = device;
  const minor = wmi.IRP_MN_CHANGE_SINGLE_INSTANCE;
  const irp = wmi.createSystemControlIrp(minor, deviceObject, SmartFanBlock.guid, memory);
  device.dispatch(irp);
  expect(name(irp.ioStatus.status)).toBe('STATUS_WMI_SET_FAILURE');
});
