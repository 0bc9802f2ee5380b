/**
 * The order of checks of the kmdf model.
 */
import { expect, test } from 'vitest';
import { createSystemControlIrp, type SystemControlIrp } from '../../../src/runtime/irp.js';
import { STATUS_SUCCESS, ntStatusName } from '../../../src/runtime/ntstatus.js';
import { ask, blockGuid, createRig, dispatch, request, unknownGuid } from '../rig.js';

/** A device with a device below that notes what it gets. */
function stacked() {
  const below: number[] = [];
  const lowerDevice = {
    dispatch: (irp: SystemControlIrp) => {
      below.push(irp.minor);
      return 'completed' as const;
    },
  };
  return { ...createRig({ device: { lowerDevice } }), below };
}

test.each([0xa, 0xc, 0xff])('minor %i is forwarded without a lookup', (minor) => {
  const { device, below } = stacked();
  const before = request(device, { minor, guid: unknownGuid });
  const bytes = before.memory.slice();
  expect(dispatch(device, before)).toEqual({
    outcome: 'forwarded',
    status: 'STATUS_NOT_SUPPORTED',
    information: 7,
  });
  expect(before.memory).toEqual(bytes);
  expect(below).toEqual([minor]);
});

test.each([8, 0xb])('minor %i is answered with registration information', (minor) => {
  const { device, below } = stacked();
  const irp = createSystemControlIrp(minor, device.deviceObject, 0, new Uint8Array(512));
  expect(dispatch(device, irp)).toMatchObject({ outcome: 'completed', status: 'STATUS_SUCCESS' });
  expect(irp.view.getUint32(0, true)).toBe(irp.ioStatus.information);
  expect(below).toEqual([]);
});

test('a request for another device object is forwarded untouched', () => {
  const { device, below, calls } = stacked();
  const irp = request(device, { minor: 2, providerId: 1n, data: [1, 2, 3, 4] });
  const bytes = irp.memory.slice();
  expect(dispatch(device, irp)).toEqual({
    outcome: 'forwarded',
    status: 'STATUS_NOT_SUPPORTED',
    information: 7,
  });
  expect(irp.memory).toEqual(bytes);
  expect([below, calls]).toEqual([[2], []]);
});

test('without a device below it is completed with the status that was preset', () => {
  const { device, calls } = createRig({ device: { lowerDevice: null } });
  expect(ask(device, { minor: 2, providerId: 1n })).toEqual({
    outcome: 'completed',
    status: 'STATUS_NOT_SUPPORTED',
    information: 7,
  });
  expect(calls).toEqual([]);
});

const notFound = (what: string) => ({
  outcome: 'completed',
  status: `STATUS_WMI_${what}_NOT_FOUND`,
  information: 7,
});

test.each([0, 1, 2, 3, 4, 5, 6, 7, 9])('unknown GUID, minor %i: Information stays', (minor) => {
  const { device, below } = stacked();
  expect(ask(device, { minor, guid: unknownGuid })).toEqual(notFound('GUID'));
  expect(below).toEqual([]);
});

test('the GUID is checked before the instance', () => {
  const { device } = createRig();
  expect(ask(device, { minor: 2, guid: unknownGuid, index: 99 })).toEqual(notFound('GUID'));
});

test.each([
  ['static flag clear', 0x2, 0],
  ['index equal to the count', 0x82, 1],
  ['index 0xFFFFFFFF', 0x82, 0xffffffff],
  ['PDO_INSTANCE_NAMES alone', 0x10002, 0],
])('%s -> instance not found', (_row, flags, index) => {
  const { device, calls } = createRig();
  for (const minor of [1, 2, 3, 9]) {
    expect(ask(device, { minor, flags, index })).toEqual(notFound('INSTANCE'));
  }
  expect(calls).toEqual([]);
});

test('the last index is found', () => {
  const { device, calls } = createRig({ instances: [{}, {}, { set: () => STATUS_SUCCESS }] });
  expect(ask(device, { minor: 2, index: 2 }).status).toBe('STATUS_SUCCESS');
  expect(calls.map(({ label }) => label)).toEqual(['i2']);
});

test('a block without instances', () => {
  const { device } = createRig({ instances: [] });
  expect(ask(device, { minor: 1 })).toEqual(notFound('INSTANCE'));
  const all = ask(device, { minor: 0, bufferSize: 200 });
  expect(all).toEqual({ ...notFound('INSTANCE'), information: 0 });
});

test('an instance that is not registered is not found', () => {
  const { device, provider } = createRig({ instances: [] });
  device.wdfWmiInstanceCreate({ provider });
  expect(ask(device, { minor: 1 })).toEqual(notFound('INSTANCE'));
});

test('a provider made with braces and capitals is found by the one form that a DataPath has', () => {
  const { device, kernel } = createRig({ provider: { guid: `{${blockGuid.toUpperCase()}}` } });
  expect(ask(device, { minor: 1, bufferSize: 80 }).status).toBe('STATUS_SUCCESS');
  expect(ntStatusName(kernel.ioWmiOpenBlock(`{${blockGuid}}`, 1).status)).toBe('STATUS_SUCCESS');
});
