/**
 * Registering with the kernel while consumers are active: the rows RG of the conformance table that WMI decides.
 */
import { expect, test } from 'vitest';
import { createKernel } from '../../../src/runtime/kernel.js';
import { WMIGUID_SET } from '../../../src/runtime/kernel/handles.js';
import { STATUS_SUCCESS, ntStatusName } from '../../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../../src/runtime/trace.js';
import { blockGuid, createRig, must, unknownGuid } from '../rig.js';
import { scriptedDriver } from '../scripted-driver.js';

test('the first of three is removed: indices shift and names follow', () => {
  const { device, instances, kernel, calls } = createRig({
    instances: [1, 2, 3].map(() => ({ set: () => STATUS_SUCCESS })),
  });
  const names = () => instances.map((one) => device.wdfWmiInstanceGetInstanceName(one));
  expect(names()).toEqual([0, 1, 2].map((index) => `ROOT\\RIG\\0000_${index}`));
  device.wdfWmiInstanceDeregister(must(instances[0]));
  expect(names()).toEqual([undefined, 'ROOT\\RIG\\0000_0', 'ROOT\\RIG\\0000_1']);
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
  const set = (index: number) =>
    ntStatusName(
      kernel.ioWmiSetSingleInstance(block, `ROOT\\RIG\\0000_${index}`, 0, new Uint8Array(1)),
    );
  expect([0, 1, 2].map(set)).toEqual([
    'STATUS_SUCCESS',
    'STATUS_SUCCESS',
    'STATUS_WMI_INSTANCE_NOT_FOUND',
  ]);
  expect(calls.map(({ label }) => label)).toEqual(['i1', 'i2']);
});

test('the GUID is removed with its last instance', () => {
  const { device, instances, kernel } = createRig();
  device.wdfWmiInstanceDeregister(must(instances[0]));
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
  const set = () => ntStatusName(kernel.ioWmiSetSingleInstance(block, 'x', 0, new Uint8Array(1)));
  expect(set()).toBe('STATUS_WMI_GUID_NOT_FOUND');
  device.wdfWmiInstanceRegister(must(instances[0]));
  expect(set()).toBe('STATUS_WMI_INSTANCE_NOT_FOUND');
  const name = must(device.wdfWmiInstanceGetInstanceName(must(instances[0])));
  expect(kernel.ioWmiSetSingleInstance(block, name, 0, new Uint8Array(1))).toBe(STATUS_SUCCESS);
});

test.each([0, 99])('action %i -> STATUS_INVALID_PARAMETER', (action) => {
  const { device, kernel } = createRig();
  const status = kernel.ioWmiRegistrationControl(device, action);
  expect(ntStatusName(status)).toBe('STATUS_INVALID_PARAMETER');
});

test('a deregistration sends no request', () => {
  const trace: TraceEvent[] = [];
  const { device } = createRig({ kernel: { trace: (event) => trace.push(event) } });
  trace.length = 0;
  device.remove();
  expect(trace).toEqual([
    {
      kind: 'registration',
      driver: 'rig',
      action: 'WMIREG_ACTION_DEREGISTER',
      status: STATUS_SUCCESS,
      guidCount: 0,
    },
  ]);
});

test.each([
  ['STATUS_SUCCESS with Information 4', false],
  ['STATUS_BUFFER_TOO_SMALL', true],
])('X2 the kernel retries when a driver returns %s', (_case, documentedRegInfo) => {
  const kernel = createKernel();
  const names = Array.from({ length: 300 }, (_, index) => `instance number ${index}`);
  const blocks = [{ flags: 0x4, instanceCount: names.length, names }];
  const answer = () => STATUS_SUCCESS;
  const driver = scriptedDriver(kernel, { name: 'a', blocks, answer, documentedRegInfo });
  expect(driver.register()).toBe(STATUS_SUCCESS);
  expect(kernel.staticInstanceName(driver, blockGuid, 299)).toBe('instance number 299');
});

test('a driver whose WMIREGINFO leads out of its buffer is not registered', () => {
  const kernel = createKernel();
  const blocks = [{ flags: 0x4, instanceCount: 0xffffffff, names: ['one'] }];
  const driver = scriptedDriver(kernel, { name: 'a', blocks, answer: () => STATUS_SUCCESS });
  expect(ntStatusName(driver.register())).toBe('STATUS_UNSUCCESSFUL');
  expect(kernel.staticInstanceName(driver, blockGuid, 0)).toBeUndefined();
});

test.each(['x64', 'x86'] as const)('a device registers its blocks on %s', (arch) => {
  const { device, kernel, instances } = createRig({ kernel: { arch } });
  device.wdfWmiProviderCreate({ guid: unknownGuid });
  expect(device.wdfWmiInstanceGetInstanceName(must(instances[0]))).toBe('ROOT\\RIG\\0000_0');
  expect(kernel.arch).toBe(arch);
});

test('the references on the PDO that a registration takes are dropped again', () => {
  const pdo = 0xffffa00000777000n;
  const trace: TraceEvent[] = [];
  const { kernel } = createRig({
    kernel: { trace: (event) => trace.push(event) },
    device: { pdo },
  });
  const counts = trace.flatMap((step) => (step.kind === 'reference' ? [step.count] : []));
  expect(counts).toEqual([1, 0]);
  expect(kernel.objectReferences(pdo)).toBe(0);
});
