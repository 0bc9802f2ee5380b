/**
 * Rows QA: IRP_MN_QUERY_ALL_DATA.
 */
import { expect } from 'vitest';
import { WdfWmiProviderFlags } from '../../src/runtime/kmdf/types.js';
import { STATUS_ACCESS_DENIED, STATUS_SUCCESS } from '../../src/runtime/ntstatus.js';
import { readAllData } from '../../src/runtime/wnode-codec.js';
import { type Arch } from '../../src/runtime/wmireg.js';
import { WMIGUID_QUERY } from '../../src/runtime/kernel/handles.js';
import {
  blockGuid,
  createRig,
  must,
  natural,
  type Answers,
  type Rig,
  type RigOptions,
} from '../runtime/rig.js';
import { ofKmdf } from './kmdf-model.js';
import { everyModel, type Model } from './model.js';
import { send, type Row } from './row.js';

const sized = (size: number): Answers => ({
  query: natural(Array.from({ length: size }, (_, index) => index + 1)),
});
const failing: Answers = { query: () => ({ status: STATUS_ACCESS_DENIED, bufferUsed: 0 }) };

interface Options {
  readonly arch?: Arch;
  readonly minimum?: number;
  readonly flags?: number;
}

function queryAll(
  model: Model,
  instances: readonly Answers[],
  bufferSize: number,
  options: Options = {},
) {
  const { arch, minimum = 0, flags = 0x81 } = options;
  const rig = model.rig({
    instances,
    minInstanceBufferSize: minimum,
    ...(arch && { kernel: { arch } }),
  });
  return { ...send(rig, { minor: 0, bufferSize, flags }), calls: rig.calls };
}

function onKmdf(options: RigOptions, bufferSize: number) {
  return send(ofKmdf(createRig(options)), { minor: 0, bufferSize });
}

const entries = ({ view }: { readonly view: DataView }, count: number): number[] =>
  Array.from({ length: count * 2 }, (_, index) => view.getUint32(60 + index * 4, true));

/** A block whose first instance removes the second one when queried. */
function shrinking(): Rig & { readonly queried: string[] } {
  const rig = createRig({ instances: [] });
  const queried: string[] = [];
  const { device, provider } = rig;
  const victim = must(
    device.wdfWmiInstanceCreate({
      provider,
      evtWmiInstanceQueryInstance: () => {
        queried.push('second');
        return { status: STATUS_SUCCESS, bufferUsed: 0 };
      },
    }).instance,
  );
  device.wdfWmiInstanceCreate({
    provider,
    register: true,
    evtWmiInstanceQueryInstance: (_instance, _room, memory, offset) => {
      queried.push('first');
      memory.set([7, 7], offset ?? 0);
      device.wdfWmiInstanceDeregister(victim);
      return { status: STATUS_SUCCESS, bufferUsed: 2 };
    },
  });
  device.wdfWmiInstanceRegister(victim);
  return { ...rig, queried };
}

export const queryAllRows: readonly Row[] = [
  {
    id: 'QA1',
    condition: 'BufferSize 71',
    expected: 'STATUS_UNSUCCESSFUL, Information 0, no callback',
    source: 'K kmdf-query-all-data 1',
    models: ['kmdf'],
    run(model) {
      const answer = queryAll(model, [sized(4)], 71);
      expect(answer).toMatchObject({ status: 'STATUS_UNSUCCESSFUL', information: 0, calls: [] });
    },
  },
  {
    id: 'QA2',
    condition: 'BufferSize 72, one instance',
    expected: 'WNODE_TOO_SMALL; data is 8-aligned, 16 in kmdf on x64',
    source: 'K kmdf-query-all-data 4, differences X4',
    models: everyModel,
    run(model) {
      const answer = queryAll(model, [sized(4)], 72);
      const sizeNeeded = (model.kind === 'kmdf' ? 80 : 72) + 4;
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 56, sizeNeeded });
    },
  },
  {
    id: 'QA3',
    condition: 'DataBlockOffset of 1 and 3 instances',
    expected: 'x64: 80 and 96; x86: 72 and 88',
    source: 'K kmdf-query-all-data 3',
    models: ['kmdf'],
    run(model) {
      const offset = (arch: Arch, count: number) => {
        const instances = Array.from({ length: count }, () => sized(4));
        return queryAll(model, instances, 400, { arch }).view.getUint32(48, true);
      };
      expect([offset('x64', 1), offset('x64', 3)]).toEqual([80, 96]);
      expect([offset('x86', 1), offset('x86', 3)]).toEqual([72, 88]);
    },
  },
  {
    id: 'QA4',
    condition: 'a minimum size, one byte too little room',
    expected: 'WNODE_TOO_SMALL, no callbacks',
    source: 'K kmdf-query-all-data 5',
    models: ['kmdf'],
    run(model) {
      const answer = queryAll(model, [sized(8), sized(8)], 103, { minimum: 8 });
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', sizeNeeded: 104, calls: [] });
    },
  },
  {
    id: 'QA5',
    condition: 'an exact fit',
    expected: 'lengths and offsets, 16 bytes apart on x64',
    source: 'K kmdf-query-all-data 6',
    models: ['kmdf'],
    run(model) {
      const answer = queryAll(model, [sized(8), sized(8)], 104, { minimum: 8 });
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 104 });
      expect(entries(answer, 2)).toEqual([80, 8, 96, 8]);
    },
  },
  {
    id: 'QA6',
    condition: 'the middle instance cannot be queried',
    expected: 'length 0; the next one shares its offset',
    source: 'K kmdf-query-all-data 6',
    models: ['kmdf'],
    run(model) {
      const answer = queryAll(model, [sized(4), {}, sized(2)], 400);
      expect(entries(answer, 3)).toEqual([96, 4, 112, 0, 112, 2]);
      expect(answer.information).toBe(114);
    },
  },
  {
    id: 'QA7',
    condition: 'the second instance is too small',
    expected: 'all others are queried; SizeNeeded = DataBlockOffset + sum - last padding',
    source: 'K kmdf-query-all-data 7',
    models: ['kmdf'],
    run(model) {
      const answer = queryAll(model, [sized(4), sized(40), sized(3)], 116);
      expect(answer.calls.map(({ label }) => label)).toEqual(['i0', 'i1', 'i2']);
      expect(answer.sizeNeeded).toBe(96 + 16 + 48 + 3);
    },
  },
  {
    id: 'QA8',
    condition: 'the second instance returns an error',
    expected:
      'that error, Information 0, the third is not queried; it overrides an earlier too small',
    source: 'K kmdf-query-all-data 6, R kmdf-query-all-data 12',
    models: everyModel,
    run(model) {
      const answer = queryAll(model, [sized(4), failing, sized(4)], 400);
      expect(answer).toMatchObject({ status: 'STATUS_ACCESS_DENIED', information: 0 });
      expect(answer.calls.map(({ label }) => label)).toEqual(['i0', 'i1']);
      expect(queryAll(model, [sized(400), failing], 100).status).toBe('STATUS_ACCESS_DENIED');
    },
  },
  {
    id: 'QA9',
    condition: 'FIXED_INSTANCE_SIZE was set by the sender',
    expected: 'cleared',
    source: 'K kmdf-query-all-data 3',
    models: ['kmdf'],
    run(model) {
      const answer = queryAll(model, [sized(4)], 400, { flags: 0x91 });
      expect(answer.view.getUint32(44, true)).toBe(0x81);
    },
  },
  {
    id: 'QA10',
    condition: 'data fits, its padding does not (6 bytes in 86)',
    expected: 'BufferSize 86; with quirk queryAllUnderReports 76',
    source: 'K kmdf-query-all-data 8, R kmdf-query-all-data 11',
    models: ['kmdf'],
    run(model) {
      const answer = queryAll(model, [sized(6)], 86);
      expect([answer.information, answer.view.getUint32(0, true)]).toEqual([86, 86]);
      const device = { quirks: { queryAllUnderReports: true } };
      const quirky = onKmdf({ instances: [sized(6)], device }, 86);
      expect([quirky.information, quirky.view.getUint32(0, true)]).toEqual([76, 76]);
    },
  },
  {
    id: 'QA11',
    condition: 'an event-only block with two instances, minimum 0',
    expected: 'STATUS_SUCCESS with lengths 0',
    source: 'K kmdf-creation 17',
    models: ['kmdf'],
    run() {
      const provider = { flags: WdfWmiProviderFlags.eventOnly };
      const answer = onKmdf({ provider, instances: [{}, {}] }, 400);
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 80 });
      expect(entries(answer, 2)).toEqual([80, 0, 80, 0]);
      expect(readAllData(answer.irp.memory)?.instances).toHaveLength(2);
    },
  },
  {
    id: 'QA12',
    condition: 'all instances have one size',
    expected: 'FIXED_INSTANCE_SIZE with the size; IoWMIQueryAllData reads it',
    source: 'D self-handled-requests 7, differences X5',
    models: ['wmilib', 'selfHandled'],
    run(model) {
      const instances = [natural([1, 2]), natural([3, 4])].map((query) => ({ query }));
      const rig = model.rig({ instances });
      const { view, status } = send(rig, { minor: 0, bufferSize: 200 });
      expect(status).toBe('STATUS_SUCCESS');
      expect([view.getUint32(44, true) & 0x10, view.getUint32(60, true)]).toEqual([0x10, 2]);
      const { dataBlockObject } = rig.kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY);
      const answer = rig.kernel.ioWmiQueryAllData(must(dataBlockObject), 400);
      expect(answer.instances?.map(({ data }) => [...data])).toEqual([
        [1, 2],
        [3, 4],
      ]);
    },
  },
  {
    id: 'QA13',
    condition: 'sizes that pass 32 bits',
    expected: 'STATUS_INTEGER_OVERFLOW, Information 0; with quirk sizeNeededWraps SizeNeeded wraps',
    source: 'K kmdf-query-all-data 3, R kmdf-query-all-data 13',
    models: ['kmdf'],
    run(model) {
      const overflow = { status: 'STATUS_INTEGER_OVERFLOW', information: 0, calls: [] };
      expect(queryAll(model, [sized(1)], 400, { minimum: 0xfffffff8 })).toMatchObject(overflow);
      const three = [sized(1), sized(1), sized(1)];
      expect(queryAll(model, three, 400, { minimum: 0x80000000 })).toMatchObject(overflow);
      const quirky = onKmdf(
        {
          provider: { minInstanceBufferSize: 0xfffffff8 },
          instances: [sized(1)],
          device: { quirks: { sizeNeededWraps: true } },
        },
        400,
      );
      expect(quirky.sizeNeeded).toBe(72);
    },
  },
  {
    id: 'QA14',
    condition: 'an instance is removed during the query of another',
    expected: 'the loop ends, earlier data stays, InstanceCount is not reduced',
    source: 'K kmdf-query-all-data 6, R kmdf-query-all-data 12',
    models: ['kmdf'],
    run() {
      const rig = shrinking();
      const answer = send(ofKmdf(rig), { minor: 0, bufferSize: 200 });
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 82 });
      expect(rig.queried).toEqual(['first']);
      expect(answer.view.getUint32(52, true)).toBe(2);
      expect([...answer.irp.memory.subarray(80, 82)]).toEqual([7, 7]);
    },
  },
];
