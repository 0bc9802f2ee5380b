/**
 * Handles and devices after their deletion, and names that no registration can report: each gets a status.
 */
import { expect, test } from 'vitest';
import { createKernel } from '../../../src/runtime/kernel.js';
import { createKmdfDevice } from '../../../src/runtime/kmdf/device.js';
import { ntStatusName } from '../../../src/runtime/ntstatus.js';
import { blockGuid, createRig, must } from '../rig.js';

test('a deleted provider takes no instance, registered or new, and is deleted once', () => {
  const { device, provider, kernel } = createRig();
  const loose = must(device.wdfWmiInstanceCreate({ provider }).instance);
  device.deleteProvider(provider);
  device.deleteProvider(provider);
  const statuses = [
    device.wdfWmiInstanceCreate({ provider }).status,
    device.wdfWmiInstanceCreate({ provider, register: true }).status,
    device.wdfWmiInstanceRegister(loose),
  ];
  expect(statuses.map(ntStatusName)).toEqual([
    'STATUS_INVALID_PARAMETER',
    'STATUS_INVALID_PARAMETER',
    'STATUS_INVALID_DEVICE_REQUEST',
  ]);
  const providerConfig = { guid: blockGuid };
  const again = must(device.wdfWmiInstanceCreate({ providerConfig, register: true }).instance);
  expect(device.wdfWmiInstanceGetInstanceName(again)).toBe('ROOT\\RIG\\0000_0');
  expect(kernel.staticInstanceName(device, blockGuid, 1)).toBeUndefined();
});

test("another device's provider takes no instance", () => {
  const { kernel, provider } = createRig();
  const { status } = createKmdfDevice(kernel).wdfWmiInstanceCreate({ provider, register: true });
  expect(ntStatusName(status)).toBe('STATUS_INVALID_PARAMETER');
});

test.each(['remove', 'cleanup'] as const)('a device cannot start after %s', (end) => {
  const { device, kernel } = createRig();
  device[end]();
  expect(ntStatusName(device.start())).toBe('STATUS_INVALID_DEVICE_STATE');
  expect(kernel.staticInstanceName(device, blockGuid, 0)).toBeUndefined();
});

test('a tracing provider whose instance is refused was announced already, as in the framework', () => {
  const requests: string[] = [];
  const { device } = createRig({
    kernel: {
      trace: (event) => void (event.kind === 'irpBegin' && requests.push(event.minorName)),
    },
  });
  requests.length = 0;
  const providerConfig = { guid: '11111111-2222-4333-8444-555555555555', flags: 4 };
  const refused = device.wdfWmiInstanceCreate({ providerConfig, register: true });
  expect(ntStatusName(refused.status)).toBe('STATUS_INVALID_DEVICE_REQUEST');
  expect(requests).toEqual(['IRP_MN_REGINFO_EX']);
  expect(ntStatusName(device.wdfWmiProviderCreate(providerConfig).status)).toBe('STATUS_SUCCESS');
});

test('a MOF resource name or registry path that no counted string holds is refused', () => {
  const kernel = createKernel();
  const device = createKmdfDevice(kernel);
  const assign = (length: number) =>
    ntStatusName(device.wdfDeviceAssignMofResourceName('m'.repeat(length)));
  expect([assign(0x8000), assign(0x7fff)]).toEqual(['STATUS_INVALID_PARAMETER', 'STATUS_SUCCESS']);
  expect(() => createKmdfDevice(kernel, { registryPath: 'p'.repeat(0x8000) })).toThrow(RangeError);
});
