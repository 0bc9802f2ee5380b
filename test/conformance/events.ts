/**
 * Rows E: events on their way from the driver to consumers.
 */
import { expect } from 'vitest';
import { type Kernel } from '../../src/runtime/kernel.js';
import {
  SYNCHRONIZE,
  WMIGUID_NOTIFICATION,
  WMIGUID_SET,
} from '../../src/runtime/kernel/handles.js';
import { type WmiNotificationCallback } from '../../src/runtime/kernel/state.js';
import { STATUS_SUCCESS, ntStatusName } from '../../src/runtime/ntstatus.js';
import { buildWnode, emptyHeader, readSingleInstance } from '../../src/runtime/wnode-codec.js';
import { allSucceed, blockGuid, createRig, must } from '../runtime/rig.js';
import { everyModel, type Model, type ModelRigOptions } from './model.js';
import { type Row } from './row.js';

/** A block with two instances. */
function eventRig(model: Model, kernel: ModelRigOptions['kernel'] = {}) {
  const rig = model.rig({ kernel, instances: [allSucceed, allSucceed] });
  const fire = (index: number, data: Uint8Array | null, size?: number) =>
    ntStatusName(rig.fire(index, data, size));
  return { ...rig, fire };
}

function subscribe(kernel: Kernel, callback: WmiNotificationCallback, context?: unknown): void {
  const access = WMIGUID_NOTIFICATION | SYNCHRONIZE;
  const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  expect(kernel.ioWmiSetNotificationCallback(block, callback, context)).toBe(STATUS_SUCCESS);
}

export const eventRows: readonly Row[] = [
  {
    id: 'E1',
    condition: 'the block of a fired event',
    expected: 'Flags 0x8A, DataBlockOffset 64, index, size, ProviderId cut to 32 bits',
    source: 'K kmdf-fired-events 1',
    models: everyModel,
    run(model) {
      const { kernel, device, fire } = eventRig(model);
      let block = new Uint8Array(0);
      subscribe(kernel, (wnode) => (block = wnode.slice()));
      fire(1, Uint8Array.of(1, 2, 3));
      const view = new DataView(block.buffer);
      const numbers = [0, 44, 52, 56, 60].map((at) => view.getUint32(at, true));
      expect(numbers).toEqual([67, 0x8a, 1, 64, 3]);
      expect(view.getUint32(4, true)).toBe(Number(device.deviceObject & 0xffffffffn));
      expect([...block.subarray(64)]).toEqual([1, 2, 3]);
    },
  },
  {
    id: 'E2',
    condition: 'NULL data with size 8',
    expected: 'size 0',
    source: 'K kmdf-fired-events 2',
    models: ['kmdf', 'wmilib'],
    run(model) {
      const { kernel, fire } = eventRig(model);
      const sizes: number[] = [];
      subscribe(kernel, (wnode) => sizes.push(wnode.length));
      expect(fire(0, null, 8)).toBe('STATUS_SUCCESS');
      expect(sizes).toEqual([64]);
    },
  },
  {
    id: 'E3',
    condition: 'a block over the size limit',
    expected: 'STATUS_BUFFER_OVERFLOW; the driver still owns the block and frees it',
    source: 'D consumer-routines 10',
    models: everyModel,
    run(model) {
      const frees: string[] = [];
      const { kernel, fire } = eventRig(model, {
        // The event blocks, without the data that a WMILIB driver passes.
        trace: (step) =>
          void (step.kind === 'poolFree' && step.bufferSize >= 1024 && frees.push(step.by)),
      });
      expect(fire(0, new Uint8Array(1025 - 64))).toBe('STATUS_BUFFER_OVERFLOW');
      expect(fire(0, new Uint8Array(1024 - 64))).toBe('STATUS_SUCCESS');
      expect(frees).toEqual(['driver', 'system']);
      expect(kernel.poolBlocksInUse).toBe(0);
    },
  },
  {
    id: 'E4',
    condition: 'WMI is not available',
    expected: 'STATUS_UNSUCCESSFUL, no block is lost',
    source: 'D consumer-routines 10',
    models: everyModel,
    run(model) {
      const { kernel, fire } = eventRig(model, { isWmiAvailable: () => false });
      expect(fire(0, new Uint8Array(1))).toBe('STATUS_UNSUCCESSFUL');
      expect(kernel.poolBlocksInUse).toBe(0);
    },
  },
  {
    id: 'E5',
    condition: 'two subscribers',
    expected: 'both are called, each with its context',
    source: 'D consumer-routines 15',
    models: everyModel,
    run(model) {
      const { kernel, fire } = eventRig(model);
      const seen: unknown[] = [];
      for (const context of ['first', 'second']) {
        subscribe(kernel, (_wnode, given) => seen.push(given), context);
      }
      fire(0, null);
      expect(seen).toEqual(['first', 'second']);
    },
  },
  {
    id: 'E6',
    condition: 'no subscriber',
    expected: 'STATUS_SUCCESS, the event is dropped',
    source: 'D consumer-routines 15',
    models: everyModel,
    run(model) {
      const { kernel, fire } = eventRig(model);
      expect(fire(0, null)).toBe('STATUS_SUCCESS');
      let calls = 0;
      subscribe(kernel, () => (calls += 1));
      expect([calls, kernel.poolBlocksInUse]).toEqual([0, 0]);
    },
  },
  {
    id: 'E7',
    condition: 'an event reference',
    expected: 'IRP_MN_QUERY_SINGLE_INSTANCE, then the instance is delivered',
    source: 'D consumer-routines 11',
    models: everyModel,
    run(model) {
      const { kernel, device, calls } = model.rig();
      const data: unknown[] = [];
      subscribe(kernel, (wnode) => data.push(readSingleInstance(wnode)?.data));
      const providerId = Number(device.deviceObject & 0xffffffffn);
      const wnode = buildWnode({
        kind: 'eventReference',
        header: { ...emptyHeader(blockGuid), providerId },
        instance: { kind: 'static', instanceIndex: 0 },
        targetGuid: blockGuid,
        targetDataBlockSize: 4,
      });
      expect(kernel.ioWmiWriteEvent(wnode)).toBe(STATUS_SUCCESS);
      expect(calls.map(({ name }) => name)).toEqual(['query']);
      expect(data).toEqual([Uint8Array.of(1, 2, 3, 4)]);
    },
  },
  {
    id: 'E8',
    condition: 'no memory for the block',
    expected: 'STATUS_INSUFFICIENT_RESOURCES',
    source: 'K kmdf-fired-events 1',
    models: everyModel,
    run(model) {
      const { fire } = eventRig(model, { allocate: () => undefined });
      expect(fire(0, null)).toBe('STATUS_INSUFFICIENT_RESOURCES');
    },
  },
  {
    id: 'E9',
    condition: 'an event fired inside a set-instance callback',
    expected: 'delivered after the set returns',
    source: 'M generated-providers 17',
    models: everyModel,
    run(model) {
      const order: string[] = [];
      const set = () => {
        rig.fire(0, null);
        order.push('set');
        return STATUS_SUCCESS;
      };
      const rig = model.rig({ instances: [{ set }] });
      subscribe(rig.kernel, () => order.push('event'));
      const block = must(rig.kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
      const status = rig.kernel.ioWmiSetSingleInstance(block, rig.name(), 0, new Uint8Array(1));
      expect(status).toBe(STATUS_SUCCESS);
      expect(order).toEqual(['set', 'event']);
    },
  },
  {
    id: 'E10',
    condition: 'an event of an instance that is not registered',
    expected: 'InstanceIndex = the number of instances, which is unused',
    source: 'K kmdf-fired-events 3',
    models: ['kmdf'],
    run() {
      const { kernel, device, provider } = createRig({ instances: [{}, {}] });
      const loose = must(device.wdfWmiInstanceCreate({ provider }).instance);
      const indices: unknown[] = [];
      subscribe(kernel, (wnode) => indices.push(readSingleInstance(wnode)?.instance));
      device.wdfWmiInstanceFireEvent(loose, null);
      expect(indices).toEqual([{ kind: 'static', instanceIndex: 2 }]);
    },
  },
];
