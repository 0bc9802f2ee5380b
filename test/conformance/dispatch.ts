/**
 * Rows D: which checks come first, and which driver answers.
 */
import { expect } from 'vitest';
import { STATUS_SUCCESS } from '../../src/runtime/ntstatus.js';
import { createRig, unknownGuid } from '../runtime/rig.js';
import { ofKmdf } from './kmdf-model.js';
import { everyModel, type ModelRig } from './model.js';
import { send, type Row } from './row.js';

const untouched = { outcome: 'forwarded', status: 'STATUS_NOT_SUPPORTED', information: 7 };
const noGuid = { outcome: 'completed', status: 'STATUS_WMI_GUID_NOT_FOUND' };
const noInstance = { outcome: 'completed', status: 'STATUS_WMI_INSTANCE_NOT_FOUND' };

/** The minors that name one instance. */
const ofInstances = [1, 2, 3, 9];

function expectNoInstance(rig: ModelRig, parts: { flags?: number; index?: number }): void {
  for (const minor of ofInstances) {
    expect(send(rig, { minor, bufferSize: 96, ...parts })).toMatchObject(noInstance);
  }
  expect(rig.calls).toEqual([]);
}

export const dispatchRows: readonly Row[] = [
  {
    id: 'D1',
    condition: 'minor 0xA, 0xC or above',
    expected: 'forwarded, nothing looked up',
    source: 'K kmdf-dispatch 1',
    models: everyModel,
    run(model) {
      for (const minor of [0xa, 0xc, 0xff]) {
        const rig = model.rig();
        const answer = send(rig, { minor, guid: unknownGuid });
        expect(answer).toMatchObject(untouched);
        expect(rig.below).toEqual([minor]);
      }
    },
  },
  {
    id: 'D2',
    condition: 'minor 0xB',
    expected: 'registration information',
    source: 'K kmdf-dispatch 3',
    models: everyModel,
    run(model) {
      const { outcome, status, information, view } = send(model.rig(), {
        minor: 0xb,
        bufferSize: 512,
      });
      expect([outcome, status]).toEqual(['completed', 'STATUS_SUCCESS']);
      expect(view.getUint32(0, true)).toBe(information);
    },
  },
  {
    id: 'D3',
    condition: 'ProviderId of another device, with a device below',
    expected: 'forwarded, untouched',
    source: 'K kmdf-dispatch 2, D irp_mn_change_single_instance 4',
    models: everyModel,
    run(model) {
      const rig = model.rig();
      const parts = { minor: 2, providerId: 1n, data: [1, 2, 3, 4] };
      const answer = send(rig, parts);
      expect(answer).toMatchObject(untouched);
      expect([...answer.irp.memory.subarray(64)]).toEqual(parts.data);
      expect([rig.below, rig.calls]).toEqual([[2], []]);
    },
  },
  {
    id: 'D4',
    condition: 'ProviderId of another device, no device below',
    expected: 'completed with the preset status',
    source: 'K kmdf-dispatch 7',
    models: everyModel,
    run(model) {
      const rig = model.rig({ lowest: true });
      const answer = send(rig, { minor: 2, providerId: 1n });
      expect(answer).toMatchObject({ ...untouched, outcome: 'completed' });
      expect(rig.calls).toEqual([]);
    },
  },
  {
    id: 'D5',
    condition: 'unknown GUID',
    expected: 'STATUS_WMI_GUID_NOT_FOUND; Information: kmdf unchanged, others 0',
    source: 'K kmdf-dispatch 4, D irp_mn_change_single_instance 5',
    models: everyModel,
    run(model) {
      for (const minor of [0, 1, 2, 3, 4, 5, 6, 7, 9]) {
        const rig = model.rig();
        const answer = send(rig, { minor, guid: unknownGuid, bufferSize: 96 });
        expect(answer).toMatchObject({ ...noGuid, information: model.kind === 'kmdf' ? 7 : 0 });
        expect(rig.below).toEqual([]);
      }
    },
  },
  {
    id: 'D6',
    condition: 'unknown GUID and a wrong index',
    expected: 'STATUS_WMI_GUID_NOT_FOUND: the GUID comes first',
    source: 'K kmdf-dispatch 4, D irp_mn_change_single_instance 5',
    models: everyModel,
    run(model) {
      for (const minor of ofInstances) {
        const parts = { minor, guid: unknownGuid, index: 99, bufferSize: 96 };
        expect(send(model.rig(), parts)).toMatchObject(noGuid);
      }
    },
  },
  {
    id: 'D7',
    condition: 'STATIC_INSTANCE_NAMES clear',
    expected: 'STATUS_WMI_INSTANCE_NOT_FOUND',
    source: 'K kmdf-dispatch 5',
    models: everyModel,
    run(model) {
      expectNoInstance(model.rig(), { flags: 0x2 });
    },
  },
  {
    id: 'D8',
    condition: 'InstanceIndex equal to the count',
    expected: 'STATUS_WMI_INSTANCE_NOT_FOUND',
    source: 'K kmdf-dispatch 5, D irp_mn_change_single_instance 9',
    models: everyModel,
    run(model) {
      for (const index of [1, 0xffffffff]) expectNoInstance(model.rig(), { index });
    },
  },
  {
    id: 'D9',
    condition: 'InstanceIndex one less than the count',
    expected: 'that instance answers',
    source: 'K kmdf-dispatch 5',
    models: everyModel,
    run(model) {
      const rig = model.rig({ instances: [1, 2, 3].map(() => ({ set: () => STATUS_SUCCESS })) });
      expect(send(rig, { minor: 2, index: 2 }).status).toBe('STATUS_SUCCESS');
      expect(rig.calls.map(({ label }) => label)).toEqual(['i2']);
    },
  },
  {
    id: 'D10',
    condition: 'query of one instance, the block has none',
    expected: 'STATUS_WMI_INSTANCE_NOT_FOUND',
    source: 'K kmdf-dispatch 5',
    models: everyModel,
    run(model) {
      expectNoInstance(model.rig({ instances: [] }), {});
    },
  },
  {
    id: 'D11',
    condition: 'query of all instances, the block has none',
    expected: 'STATUS_WMI_INSTANCE_NOT_FOUND, Information 0',
    source: 'K kmdf-query-all-data 2',
    models: everyModel,
    run(model) {
      const answer = send(model.rig({ instances: [] }), { minor: 0, bufferSize: 200 });
      expect(answer).toMatchObject({ ...noInstance, information: 0 });
    },
  },
  {
    id: 'D12',
    condition: 'PDO_INSTANCE_NAMES without STATIC_INSTANCE_NAMES',
    expected: 'STATUS_WMI_INSTANCE_NOT_FOUND',
    source: 'K kmdf-dispatch 5',
    models: everyModel,
    run(model) {
      expectNoInstance(model.rig(), { flags: 0x10002 });
    },
  },
  {
    id: 'D13',
    condition: 'an instance that is not registered',
    expected: 'STATUS_WMI_INSTANCE_NOT_FOUND',
    source: 'K kmdf-dispatch 5',
    models: ['kmdf'],
    run() {
      const rig = createRig({ instances: [] });
      rig.device.wdfWmiInstanceCreate({ provider: rig.provider });
      expectNoInstance(ofKmdf(rig), {});
    },
  },
];
