/**
 * Making and registering providers and instances: rows RG of the conformance table for the kmdf model.
 */
import { expect, test } from 'vitest';
import { createSystemControlIrp } from '../../../src/runtime/irp.js';
import { createKernel } from '../../../src/runtime/kernel.js';
import { createKmdfDevice } from '../../../src/runtime/kmdf/device.js';
import {
  WdfWmiProviderFlags,
  type WdfWmiInstanceConfig,
  type WdfWmiProviderConfig,
} from '../../../src/runtime/kmdf/types.js';
import { STATUS_SUCCESS, ntStatusName } from '../../../src/runtime/ntstatus.js';
import { readRegistrationInfo } from '../../../src/runtime/wmireg.js';
import { blockGuid, createRig, dispatch, must, unknownGuid } from '../rig.js';

const { eventOnly, expensive, tracing } = WdfWmiProviderFlags;
const done = () => STATUS_SUCCESS;
const answered = () => ({ status: STATUS_SUCCESS, bufferUsed: 0 });

const provider = (config: Partial<WdfWmiProviderConfig>, parent = false) => {
  const device = createKmdfDevice(createKernel());
  const { status } = device.wdfWmiProviderCreate({ guid: blockGuid, ...config }, { parent });
  return ntStatusName(status);
};

test.each<[string, string, Partial<WdfWmiProviderConfig>, boolean?]>([
  ['parent set', 'STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED', { size: 1 }, true],
  ['wrong Size', 'STATUS_INFO_LENGTH_MISMATCH', { size: 44, flags: 8 }],
  ['unknown flag', 'STATUS_INVALID_PARAMETER', { flags: 8 }],
  ['tracing with another flag', 'STATUS_INVALID_PARAMETER', { flags: tracing | expensive }],
  [
    'a control callback without tracing or expensive',
    'STATUS_INVALID_PARAMETER',
    { flags: eventOnly, evtWmiProviderFunctionControl: done },
  ],
  [
    'a control callback with expensive',
    'STATUS_SUCCESS',
    { flags: eventOnly | expensive, evtWmiProviderFunctionControl: done },
  ],
  ['all-zero GUID', 'STATUS_INVALID_PARAMETER', { guid: '00000000-0000-0000-0000-000000000000' }],
  ['malformed GUID', 'STATUS_INVALID_PARAMETER', { guid: 'x' }],
])('%s -> %s', (_row, want, config, parent = false) => {
  expect(provider(config, parent)).toBe(want);
});

test.each([
  ['no provider', { provider: undefined }, 'STATUS_INVALID_PARAMETER'],
  ['both providers', { providerConfig: { guid: unknownGuid } }, 'STATUS_INVALID_PARAMETER'],
  ['wrong Size', { size: 1, providerConfig: { guid: unknownGuid } }, 'STATUS_INFO_LENGTH_MISMATCH'],
  [
    'context query with a set callback',
    { useContextForQuery: true, evtWmiInstanceSetItem: done },
    'STATUS_INVALID_PARAMETER',
  ],
])('%s -> %s', (_case, config, want) => {
  const rig = createRig({ instances: [] });
  const whole = { provider: rig.provider, ...config } as WdfWmiInstanceConfig;
  const answer = rig.device.wdfWmiInstanceCreate(whole, { context: new Uint8Array(8) });
  expect(ntStatusName(answer.status)).toBe(want);
  expect(answer.instance).toBeUndefined();
});

test('an event-only block takes no callbacks', () => {
  const { device, provider } = createRig({ provider: { flags: eventOnly }, instances: [] });
  const answer = device.wdfWmiInstanceCreate({ provider, evtWmiInstanceQueryInstance: answered });
  expect(ntStatusName(answer.status)).toBe('STATUS_INVALID_PARAMETER');
});

test('a provider made for the instance is deleted when the instance cannot be made', () => {
  const { device } = createRig({ instances: [] });
  const providerConfig = { guid: unknownGuid };
  const useContextForQuery = true;
  const refused = device.wdfWmiInstanceCreate({ providerConfig, useContextForQuery });
  expect(ntStatusName(refused.status)).toBe('STATUS_INVALID_PARAMETER');
  expect(device.wdfWmiInstanceCreate({ providerConfig }).status).toBe(STATUS_SUCCESS);
});

test.each([
  ['context below the minimum', 7, 0, 'STATUS_BUFFER_TOO_SMALL'],
  ['context of the minimum', 8, 0, 'STATUS_SUCCESS'],
  ['X15 the override replaces the size', 4, 8, 'STATUS_SUCCESS'],
  ['9.11 override below the size', 9, 8, 'STATUS_WDF_OBJECT_ATTRIBUTES_INVALID'],
])('%s -> %s', (_row, contextSize, contextSizeOverride, want) => {
  const { device, provider } = createRig({
    provider: { minInstanceBufferSize: 8 },
    instances: [],
  });
  const config = { provider, useContextForQuery: true };
  const answer = device.wdfWmiInstanceCreate(config, { contextSize, contextSizeOverride });
  expect(ntStatusName(answer.status)).toBe(want);
});

/** The current REGINFO: flags and instance counts. */
function regInfo(device: ReturnType<typeof createKmdfDevice>, minor = 8, size = 4096) {
  const irp = createSystemControlIrp(minor, device.deviceObject, 1, new Uint8Array(size));
  const answer = dispatch(device, irp);
  const info = readRegistrationInfo(irp.memory, 'x64');
  return { ...answer, info, irp };
}

test('exact size, and one byte short', () => {
  const { device } = createRig();
  const { information } = regInfo(device);
  expect(regInfo(device, 8, information)).toMatchObject({ status: 'STATUS_SUCCESS', information });
  const short = regInfo(device, 8, information - 1);
  expect(short).toMatchObject({ status: 'STATUS_SUCCESS', information: 4 });
  expect(short.irp.view.getUint32(0, true)).toBe(information);
});

test('the MOF resource name: none, an ancestor’s, its own, never twice', () => {
  const kernel = createKernel();
  const grand = createKmdfDevice(kernel);
  const parent = createKmdfDevice(kernel, { parentDevice: grand });
  const device = createKmdfDevice(kernel, { parentDevice: parent });
  const name = () => regInfo(device).info?.mofResourceName;
  expect(name()).toBe('');
  grand.wdfDeviceAssignMofResourceName('Grand');
  expect(name()).toBe('Grand');
  expect(device.wdfDeviceAssignMofResourceName('Own')).toBe(STATUS_SUCCESS);
  expect(name()).toBe('Own');
  const again = device.wdfDeviceAssignMofResourceName('Other');
  expect(ntStatusName(again)).toBe('STATUS_INVALID_DEVICE_REQUEST');
  expect(name()).toBe('Own');
});

test('REGINFO_EX references the PDO once a block, REGINFO never', () => {
  const pdo = 0xffffa00000777000n;
  const { device, kernel } = createRig({ device: { pdo, start: false } });
  device.wdfWmiProviderCreate({ guid: unknownGuid });
  regInfo(device, 8);
  expect(kernel.objectReferences(pdo)).toBe(0);
  regInfo(device, 0xb);
  expect(kernel.objectReferences(pdo)).toBe(2);
});

test.each([
  [0, 0x20],
  [expensive, 0x21],
  [eventOnly, 0x60],
  [eventOnly | expensive, 0x61],
  [tracing, 0x81000],
])('provider flags %i are registered as %i', (flags, want) => {
  const { device } = createRig({ provider: { flags }, instances: [] });
  expect(regInfo(device).info?.guids[0]?.flags).toBe(want);
});

test.each([
  ['not expensive', 0, [0x10020, 0x20]],
  ['expensive', expensive, [0x21, 0x21]],
])('%s: removing the last instance sets REMOVE_GUID', (_case, flags, want) => {
  const rig = createRig({ provider: { flags }, instances: [{}, {}] });
  const { device } = rig;
  // The kernel queries registration at once after an update; without it the flag stays until the next request.
  const silent = createKmdfDevice(
    { ...rig.kernel, ioWmiRegistrationControl: () => STATUS_SUCCESS },
    {},
  );
  const block = must(silent.wdfWmiProviderCreate({ guid: blockGuid, flags }).provider);
  const make = () =>
    must(silent.wdfWmiInstanceCreate({ provider: block, register: true }).instance);
  const [first, second] = [make(), make()];
  silent.wdfWmiInstanceDeregister(first);
  expect(regInfo(silent).info?.guids[0]).toMatchObject({ instanceCount: 1, flags: want[1] });
  silent.wdfWmiInstanceDeregister(second);
  expect([1, 2].map(() => regInfo(silent).info?.guids[0]?.flags)).toEqual(want);
  expect(device.registrationState).toBe('registered');
});

test('a second provider with the GUID: STATUS_OBJECT_NAME_EXISTS, nothing made', () => {
  const { device } = createRig();
  const answer = device.wdfWmiProviderCreate({ guid: `{${blockGuid.toUpperCase()}}` });
  expect(ntStatusName(answer.status)).toBe('STATUS_OBJECT_NAME_EXISTS');
  expect(answer.provider).toBeUndefined();
  expect(regInfo(device).info?.guids).toHaveLength(1);
});

test('with the quirk it is made, and deleting it spoils GuidCount', () => {
  const quirks = { duplicateProviderAccepted: true, failedProviderLowersGuidCount: true };
  const { device } = createRig({ device: { quirks } });
  const answer = device.wdfWmiProviderCreate({ guid: blockGuid });
  expect(answer.status).toBe(STATUS_SUCCESS);
  device.deleteProvider(must(answer.provider));
  expect(regInfo(device).info?.guids).toHaveLength(0);
});

test('registering twice -> STATUS_INVALID_DEVICE_REQUEST', () => {
  const { device, instances } = createRig();
  const status = device.wdfWmiInstanceRegister(must(instances[0]));
  expect(ntStatusName(status)).toBe('STATUS_INVALID_DEVICE_REQUEST');
});

test('a tracing block has no instances', () => {
  const { device, provider } = createRig({ provider: { flags: tracing }, instances: [] });
  const { status } = device.wdfWmiInstanceCreate({ provider, register: true });
  expect(ntStatusName(status)).toBe('STATUS_INVALID_DEVICE_REQUEST');
});

test('a deregistered device takes instances but no providers', () => {
  const { device, provider } = createRig();
  device.remove();
  const refused = device.wdfWmiProviderCreate({ guid: unknownGuid });
  expect(ntStatusName(refused.status)).toBe('STATUS_INVALID_DEVICE_STATE');
  expect(device.wdfWmiInstanceCreate({ provider, register: true }).status).toBe(STATUS_SUCCESS);
});

test('a cleaned-up device takes providers but no instances', () => {
  const { device, provider } = createRig();
  device.remove();
  device.cleanup();
  expect(device.wdfWmiProviderCreate({ guid: unknownGuid }).status).toBe(STATUS_SUCCESS);
  const { status } = device.wdfWmiInstanceCreate({ provider, register: true });
  expect(ntStatusName(status)).toBe('STATUS_INVALID_DEVICE_STATE');
});

test('SetItem 5, SetInstance 5, ExecuteMethod 7: the configuration is read once, at creation', () => {
  const { device, provider } = createRig({ instances: [] });
  const config = { provider, register: true, evtWmiInstanceSetInstance: done };
  device.wdfWmiInstanceCreate(config);
  Object.assign(config, { evtWmiInstanceSetInstance: undefined, register: false });
  const irp = createSystemControlIrp(2, device.deviceObject, blockGuid, new Uint8Array(64));
  irp.view.setUint32(44, 0x82, true);
  irp.view.setUint32(56, 64, true);
  expect(dispatch(device, irp).status).toBe('STATUS_SUCCESS');
});
