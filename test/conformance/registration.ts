/**
 * Rows RG about registering with WMI: what a driver reports, and the result.
 */
import { expect } from 'vitest';
import { createSystemControlIrp, type DriverModel } from '../../src/runtime/irp.js';
import { createKernel } from '../../src/runtime/kernel.js';
import { WMIGUID_SET } from '../../src/runtime/kernel/handles.js';
import { createKmdfDevice } from '../../src/runtime/kmdf/device.js';
import { WdfWmiProviderFlags } from '../../src/runtime/kmdf/types.js';
import { STATUS_SUCCESS, ntStatusName } from '../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../src/runtime/trace.js';
import { readRegistrationInfo } from '../../src/runtime/wmireg.js';
import { blockGuid, createRig, dispatch, must, unknownGuid } from '../runtime/rig.js';
import { everyModel } from './model.js';
import { type Row } from './row.js';

const { eventOnly, expensive, tracing } = WdfWmiProviderFlags;
const done = () => STATUS_SUCCESS;
const invalid = 'STATUS_INVALID_PARAMETER';

/** The answer to IRP_MN_REGINFO. */
function regInfo(device: DriverModel, size = 4096, minor = 8) {
  const irp = createSystemControlIrp(minor, device.deviceObject, 1, new Uint8Array(size));
  const answer = dispatch(device, irp);
  return { ...answer, view: irp.view, info: readRegistrationInfo(irp.memory, 'x64') };
}

/** The flags of a block's registration while its two instances are removed one after the other, queried twice at the end. */
function flagsWhileLeaving(flags: number): (number | undefined)[] {
  const kernel = createKernel();
  // A kernel that sends no requests by itself, so that the flag is not consumed.
  const silent = { ...kernel, ioWmiRegistrationControl: () => STATUS_SUCCESS };
  const device = createKmdfDevice(silent);
  const provider = must(device.wdfWmiProviderCreate({ guid: blockGuid, flags }).provider);
  const [first, second] = [1, 2].map(() =>
    must(device.wdfWmiInstanceCreate({ provider, register: true }).instance),
  );
  const seen = () => regInfo(device).info?.guids[0]?.flags;
  const flagsSeen = [seen()];
  device.wdfWmiInstanceDeregister(must(first));
  flagsSeen.push(seen());
  device.wdfWmiInstanceDeregister(must(second));
  regInfo(device, 8);
  return [...flagsSeen, seen(), seen()];
}

export const registrationRows: readonly Row[] = [
  {
    id: 'RG1',
    condition: 'REGINFO with exactly enough room',
    expected: 'WMIREGINFO, WMIREGGUIDs, MOF name, registry path; BufferSize = Information = end',
    source: 'K kmdf-registration-information 1',
    models: ['kmdf'],
    run() {
      const { device } = createRig();
      device.wdfDeviceAssignMofResourceName('Mof');
      const { information } = regInfo(device);
      const exact = regInfo(device, information);
      expect(exact).toMatchObject({ status: 'STATUS_SUCCESS', information });
      const numbers = [0, 4, 8, 12, 16].map((at) => exact.view.getUint32(at, true));
      expect(numbers).toEqual([information, 0, 56 + 2 + 6, 56, 1]);
      expect(exact.info).toMatchObject({
        mofResourceName: 'Mof',
        registryPath: '\\REGISTRY\\MACHINE\\SYSTEM\\CurrentControlSet\\Services\\rig',
        guids: [{ guid: blockGuid, instanceCount: 1 }],
      });
    },
  },
  {
    id: 'RG2',
    condition: 'REGINFO one byte short',
    expected:
      'the size as ULONG; STATUS_SUCCESS, Information 4, in selfHandled STATUS_BUFFER_TOO_SMALL',
    source: 'K kmdf-registration-information 2, D self-handled-requests 13, differences X2',
    models: everyModel,
    run(model) {
      const { device } = model.rig();
      for (const minor of [8, 0xb]) {
        const { information } = regInfo(device, 4096, minor);
        const short = regInfo(device, information - 1, minor);
        const self = model.kind === 'selfHandled';
        expect(short.status).toBe(self ? 'STATUS_BUFFER_TOO_SMALL' : 'STATUS_SUCCESS');
        expect([short.information, short.view.getUint32(0, true)]).toEqual([4, information]);
      }
    },
  },
  {
    id: 'RG3',
    condition: 'no MOF resource name',
    expected: 'a counted string of length 0',
    source: 'K kmdf-registration-information 1',
    models: ['kmdf'],
    run() {
      const { view, info } = regInfo(createRig().device);
      expect(view.getUint16(view.getUint32(12, true), true)).toBe(0);
      expect(info?.mofResourceName).toBe('');
    },
  },
  {
    id: 'RG4',
    condition: 'a MOF resource name at an ancestor device',
    expected: 'the nearest one counts',
    source: 'K kmdf-registration-information 6',
    models: ['kmdf'],
    run() {
      const kernel = createKernel();
      const grand = createKmdfDevice(kernel);
      const parentDevice = createKmdfDevice(kernel, { parentDevice: grand });
      const device = createKmdfDevice(kernel, { parentDevice });
      grand.wdfDeviceAssignMofResourceName('Grand');
      expect(regInfo(device).info?.mofResourceName).toBe('Grand');
      parentDevice.wdfDeviceAssignMofResourceName('Parent');
      expect(regInfo(device).info?.mofResourceName).toBe('Parent');
    },
  },
  {
    id: 'RG5',
    condition: 'references on the PDO',
    expected: 'REGINFO_EX one a GUID, REGINFO none',
    source: 'K kmdf-registration-information 5',
    models: everyModel,
    run(model) {
      const references: bigint[] = [];
      const trace = (step: TraceEvent) =>
        void (step.kind === 'reference' && references.push(step.object));
      const { device } = model.rig({ kernel: { trace } });
      references.length = 0;
      regInfo(device, 4096, 8);
      expect(references).toEqual([]);
      regInfo(device, 4096, 0xb);
      expect(references).toHaveLength(1);
      if (model.kind !== 'kmdf') return;
      const pdo = 0xffffa00000777000n;
      const rig = createRig({ device: { pdo, start: false } });
      rig.device.wdfWmiProviderCreate({ guid: unknownGuid });
      regInfo(rig.device, 4096, 0xb);
      expect(rig.kernel.objectReferences(pdo)).toBe(2);
    },
  },
  {
    id: 'RG6',
    condition: 'provider flags Expensive, EventOnly, Tracing',
    expected: '0x21, 0x60, 0x81000; 0x20 without flags',
    source: 'K kmdf-registration-information 4',
    models: ['kmdf'],
    run() {
      const registered = [0, expensive, eventOnly, eventOnly | expensive, tracing].map(
        (flags) =>
          regInfo(createRig({ provider: { flags }, instances: [] }).device).info?.guids[0]?.flags,
      );
      expect(registered).toEqual([0x20, 0x21, 0x60, 0x61, 0x81000]);
    },
  },
  {
    id: 'RG7',
    condition: 'the last instance goes',
    expected: 'REMOVE_GUID once, absent the next time; a too-small answer does not use it up',
    source: 'K kmdf-registration-information 4, R kmdf-registration-information 4',
    models: ['kmdf'],
    run() {
      expect(flagsWhileLeaving(0)).toEqual([0x20, 0x20, 0x10020, 0x20]);
    },
  },
  {
    id: 'RG8',
    condition: 'the last instance of an expensive block goes',
    expected: 'never REMOVE_GUID',
    source: 'K kmdf-creation 15',
    models: ['kmdf'],
    run() {
      expect(flagsWhileLeaving(expensive)).toEqual([0x21, 0x21, 0x21, 0x21]);
    },
  },
  {
    id: 'RG9',
    condition: 'a second provider with the GUID',
    expected: 'STATUS_OBJECT_NAME_EXISTS, nothing made; with quirk duplicateProviderAccepted 0',
    source: 'M differences X8, R kmdf-creation 6',
    models: ['kmdf'],
    run() {
      const { device } = createRig();
      const answer = device.wdfWmiProviderCreate({ guid: `{${blockGuid.toUpperCase()}}` });
      expect(ntStatusName(answer.status)).toBe('STATUS_OBJECT_NAME_EXISTS');
      expect(answer.provider).toBeUndefined();
      expect(regInfo(device).info?.guids).toHaveLength(1);
      const quirks = { duplicateProviderAccepted: true, failedProviderLowersGuidCount: true };
      const quirky = createRig({ device: { quirks } }).device;
      const twin = quirky.wdfWmiProviderCreate({ guid: blockGuid });
      expect(twin.status).toBe(STATUS_SUCCESS);
      quirky.deleteProvider(must(twin.provider));
      expect(regInfo(quirky).info?.guids).toHaveLength(0);
    },
  },
  {
    id: 'RG19',
    condition: 'making on a device that was deregistered, or cleaned up',
    expected:
      'deregistered: provider STATUS_INVALID_DEVICE_STATE, instance succeeds; cleaned up: the other way round',
    source: 'R kmdf-creation 7',
    models: ['kmdf'],
    run() {
      const { device, provider } = createRig();
      const make = () => [
        ntStatusName(device.wdfWmiProviderCreate({ guid: unknownGuid }).status),
        ntStatusName(device.wdfWmiInstanceCreate({ provider, register: true }).status),
      ];
      device.remove();
      expect(make()).toEqual(['STATUS_INVALID_DEVICE_STATE', 'STATUS_SUCCESS']);
      device.cleanup();
      expect(make()).toEqual(['STATUS_SUCCESS', 'STATUS_INVALID_DEVICE_STATE']);
    },
  },
  {
    id: 'RG21',
    condition: 'the first of three instances is deregistered',
    expected: 'the indices of the others shift, and names follow',
    source: 'K kmdf-creation 14',
    models: ['kmdf'],
    run() {
      const { device, instances, kernel, calls } = createRig({
        instances: [1, 2, 3].map(() => ({ set: done })),
      });
      device.wdfWmiInstanceDeregister(must(instances[0]));
      const names = instances.map((one) => device.wdfWmiInstanceGetInstanceName(one));
      expect(names).toEqual([undefined, 'ROOT\\RIG\\0000_0', 'ROOT\\RIG\\0000_1']);
      const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
      const statuses = [0, 1, 2].map((index) => {
        const name = `ROOT\\RIG\\0000_${index}`;
        return ntStatusName(kernel.ioWmiSetSingleInstance(block, name, 0, new Uint8Array(1)));
      });
      expect(statuses).toEqual([
        'STATUS_SUCCESS',
        'STATUS_SUCCESS',
        'STATUS_WMI_INSTANCE_NOT_FOUND',
      ]);
      expect(calls.map(({ label }) => label)).toEqual(['i1', 'i2']);
    },
  },
  {
    id: 'RG22',
    condition: 'IoWMIRegistrationControl with action 0 or 99',
    expected: 'STATUS_INVALID_PARAMETER',
    source: 'D consumer-routines 13',
    models: everyModel,
    run(model) {
      const { device, kernel } = model.rig();
      for (const action of [0, 99]) {
        expect(ntStatusName(kernel.ioWmiRegistrationControl(device, action))).toBe(invalid);
      }
    },
  },
  {
    id: 'RG23',
    condition: 'WMIREG_ACTION_DEREGISTER',
    expected: 'no registration request is sent',
    source: 'D self-handled-requests 11',
    models: everyModel,
    run(model) {
      const minors: string[] = [];
      const { device, kernel } = model.rig({
        kernel: { trace: (step) => void (step.kind === 'irpBegin' && minors.push(step.minorName)) },
      });
      expect(minors).toContain('IRP_MN_REGINFO_EX');
      minors.length = 0;
      expect(kernel.ioWmiRegistrationControl(device, 2)).toBe(STATUS_SUCCESS);
      expect(minors).toEqual([]);
    },
  },
  {
    id: 'RG24',
    condition: 'WdfDeviceAssignMofResourceName twice',
    expected: 'STATUS_INVALID_DEVICE_REQUEST, the first name stays',
    source: 'K kmdf-registration-information 6',
    models: ['kmdf'],
    run() {
      const { device } = createRig();
      expect(device.wdfDeviceAssignMofResourceName('Own')).toBe(STATUS_SUCCESS);
      const again = device.wdfDeviceAssignMofResourceName('Other');
      expect(ntStatusName(again)).toBe('STATUS_INVALID_DEVICE_REQUEST');
      expect(regInfo(device).info?.mofResourceName).toBe('Own');
    },
  },
];
