/**
 * Rules of the kernel for several drivers and for a second registration.
 */
import { expect, test } from 'vitest';
import { createKernel } from '../../../src/runtime/kernel.js';
import { WMIGUID_QUERY, WMIGUID_SET } from '../../../src/runtime/kernel/handles.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  STATUS_WMI_GUID_NOT_FOUND,
  STATUS_WMI_INSTANCE_NOT_FOUND,
  ntStatusName,
  type NtStatus,
} from '../../../src/runtime/ntstatus.js';
import { type SystemControlIrp } from '../../../src/runtime/irp.js';
import { blockGuid, createRig, must } from '../rig.js';
import { scriptedDriver, type ScriptedBlock } from '../scripted-driver.js';

const access = WMIGUID_QUERY | WMIGUID_SET;

/** Drivers with blocks of one GUID; each returns scripted statuses. */
function drivers(
  ...all: { blocks: ScriptedBlock[]; answer: (irp: SystemControlIrp) => NtStatus }[]
) {
  const kernel = createKernel();
  const made = all.map((script, index) => {
    const driver = scriptedDriver(kernel, { name: `d${index}`, ...script });
    expect(driver.register()).toBe(STATUS_SUCCESS);
    return driver;
  });
  const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  const set = (name: string) =>
    ntStatusName(kernel.ioWmiSetSingleInstance(block, name, 0, new Uint8Array(1)));
  return { kernel, drivers: made, block, set };
}

const dynamic: ScriptedBlock[] = [{ flags: 0 }];

test('a driver with dynamic names that does not have the GUID is skipped', () => {
  const { set } = drivers(
    { blocks: dynamic, answer: () => STATUS_WMI_GUID_NOT_FOUND },
    { blocks: dynamic, answer: () => STATUS_SUCCESS },
  );
  expect(set('any')).toBe('STATUS_SUCCESS');
  const alone = drivers({ blocks: dynamic, answer: () => STATUS_WMI_GUID_NOT_FOUND });
  expect(alone.set('any')).toBe('STATUS_WMI_INSTANCE_NOT_FOUND');
});

test('the longest name that a USHORT can count is sent, a longer one does not exist', () => {
  let queried = 0;
  const answer = () => ((queried += 1), STATUS_SUCCESS);
  const { set } = drivers({ blocks: dynamic, answer });
  expect(set('n'.repeat(0x7fff))).toBe('STATUS_SUCCESS');
  expect(set('n'.repeat(0x8000))).toBe('STATUS_WMI_INSTANCE_NOT_FOUND');
  expect(queried).toBe(1);
});

test('IoWMIQueryAllData: a driver without instances is no refusal, the next one’s refusal counts', () => {
  const list = [{ flags: 0x4, instanceCount: 1, names: ['one'] }];
  const none = { blocks: list, answer: () => STATUS_WMI_INSTANCE_NOT_FOUND };
  const refusing = { blocks: list, answer: () => STATUS_BUFFER_TOO_SMALL };
  const status = (...all: Parameters<typeof drivers>) => {
    const { kernel, block } = drivers(...all);
    return ntStatusName(kernel.ioWmiQueryAllData(block, 100).status);
  };
  expect(status(none, refusing)).toBe('STATUS_BUFFER_TOO_SMALL');
  expect(status(none)).toBe('STATUS_WMI_INSTANCE_NOT_FOUND');
});

test('a base name that changes removes the old names', () => {
  const block = { flags: 0x8, instanceCount: 2, names: ['old'] };
  const {
    kernel,
    drivers: made,
    set,
  } = drivers({
    blocks: [block],
    answer: () => STATUS_SUCCESS,
  });
  const driver = must(made[0]);
  expect([set('old0'), set('old1')]).toEqual(['STATUS_SUCCESS', 'STATUS_SUCCESS']);
  block.names = ['new'];
  block.instanceCount = 1;
  kernel.ioWmiRegistrationControl(driver, 4);
  expect([set('old0'), set('old1'), set('new0'), set('new1')]).toEqual([
    'STATUS_WMI_INSTANCE_NOT_FOUND',
    'STATUS_WMI_INSTANCE_NOT_FOUND',
    'STATUS_SUCCESS',
    'STATUS_WMI_INSTANCE_NOT_FOUND',
  ]);
});

test('WMIREG_ACTION_REREGISTER forgets what was registered before', () => {
  const other = '11111111-2222-4333-8444-555555555555';
  const blocks = [
    { flags: 0x4, instanceCount: 1, names: ['a'] },
    { guid: other, flags: 0x4, instanceCount: 1, names: ['b'] },
  ];
  const { kernel, drivers: made } = drivers({ blocks, answer: () => STATUS_SUCCESS });
  const driver = must(made[0]);
  blocks.pop();
  expect(kernel.ioWmiRegistrationControl(driver, 3)).toBe(STATUS_SUCCESS);
  expect(kernel.staticInstanceName(driver, blockGuid, 0)).toBe('a');
  expect(kernel.staticInstanceName(driver, other, 0)).toBeUndefined();
});

test('a driver that needs no more room than it had is dropped, not queried forever', () => {
  const kernel = createKernel();
  let queried = 0;
  const driver = {
    kind: 'selfHandled' as const,
    name: 'liar',
    deviceObject: kernel.newObjectPointer(),
    deviceInstancePath: 'ROOT\\LIAR\\0000',
    dispatch: (irp: SystemControlIrp) => {
      queried += 1;
      if (queried > 10) throw new Error('queried forever');
      irp.view.setUint32(0, irp.bufferSize, true);
      irp.ioStatus.status = STATUS_BUFFER_TOO_SMALL;
      return 'completed' as const;
    },
  };
  expect(ntStatusName(kernel.ioWmiRegistrationControl(driver, 1))).toBe('STATUS_UNSUCCESSFUL');
  expect(queried).toBe(1);
  // It is not registered after the failure.
  expect(ntStatusName(kernel.ioWmiRegistrationControl(driver, 2))).toBe('STATUS_INVALID_PARAMETER');
});

test('references that a request outside registration took are not dropped by the next registration', () => {
  const { kernel, device } = createRig();
  const object = 0x1234n;
  kernel.obReferenceObject(object);
  device.wdfWmiInstanceCreate({
    providerConfig: { guid: '11111111-2222-4333-8444-555555555555' },
    register: true,
  });
  expect(kernel.objectReferences(object)).toBe(1);
});
