/**
 * Rows CI: IRP_MN_CHANGE_SINGLE_INSTANCE.
 */
import { expect } from 'vitest';
import { bindInstance } from '../../src/runtime/block.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
  STATUS_WMI_READ_ONLY,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';
import { ask, dispatch, request, type Answers, type RequestParts } from '../runtime/rig.js';
import { dynamicRequest } from '../runtime/self-handled/rig.js';
import { everyBlock, generatedRig, queryBytes } from './generated.js';
import { everyModel, type Model } from './model.js';
import { send, type Row } from './row.js';
import { selfHandledRig } from './self-handled-model.js';
import { expectMissingRoutine } from './wmilib-model.js';

const accepting: Answers = { set: () => STATUS_SUCCESS };
const four = [1, 2, 3, 4];

function set(model: Model, answers: Answers, parts: Partial<RequestParts>, minimum = 0) {
  const rig = model.rig({ instances: [answers], minInstanceBufferSize: minimum });
  return { ...send(rig, { minor: 2, ...parts }), calls: rig.calls };
}

function expectStatus(model: Model, returned: NtStatus, want: string): void {
  const answer = set(model, { set: () => returned }, { data: four, information: 99 });
  expect(answer).toMatchObject({ outcome: 'completed', status: want, information: 0 });
}

const refused = { status: 'STATUS_WMI_SET_FAILURE', information: 0, calls: [] };

/** Mode 1, Serial 2, Limit 3, Armed true, Total 4; zeros in between. */
const mixedState = { Mode: 1, Serial: 2, Limit: 3, Armed: true, Total: 4n };
const mixedBytes = [1, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0];
/** Other values in all items: Mode 5, Serial 6, Limit 7, Armed false, Total 8. */
const otherBytes = [5, 0, 0, 0, 6, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 0, 0, 0];
/** The writable ones of these. */
const changes = { Mode: 5, Limit: 7, Armed: false };

async function mixed(model: Model) {
  const rig = await generatedRig(model, 'Mixed');
  rig.own.state = mixedState;
  expect(queryBytes(rig)).toEqual(mixedBytes);
  return rig;
}

/** Whether a nested set runs before the outer one is applied, and both are applied in the end. */
function nestedSets(model: Model): void {
  const order: string[] = [];
  const rig = model.rig({
    instances: [
      {
        set: () => {
          const data = (rig.calls.at(-1)?.input ?? []).join();
          order.push(`begin ${data}`);
          if (order.length === 1) send(rig, { minor: 2, data: [1, 2] });
          order.push(`end ${data}`);
          return STATUS_SUCCESS;
        },
      },
    ],
  });
  expect(send(rig, { minor: 2, data: [9] }).status).toBe('STATUS_SUCCESS');
  expect(order).toEqual(['begin 9', 'begin 1,2', 'end 1,2', 'end 9']);
}

export const changeInstanceRows: readonly Row[] = [
  {
    id: 'CI1',
    condition: 'no set-instance callback',
    expected: 'STATUS_WMI_READ_ONLY, Information 0',
    source: 'K kmdf-change-single-instance 1, D irp_mn_change_single_instance 10',
    models: everyModel,
    run(model) {
      const answer = set(model, { query: () => ({ status: STATUS_SUCCESS, bufferUsed: 0 }) }, {});
      expect(answer).toMatchObject({ status: 'STATUS_WMI_READ_ONLY', information: 0, calls: [] });
    },
  },
  {
    id: 'CI2',
    condition: 'only a set-item callback',
    expected: 'STATUS_WMI_READ_ONLY: no fallback',
    source: 'K kmdf-change-single-item 1',
    models: everyModel,
    run(model) {
      const answer = set(model, { setItem: () => STATUS_SUCCESS }, { data: four });
      expect(answer).toMatchObject({ status: 'STATUS_WMI_READ_ONLY', information: 0, calls: [] });
    },
  },
  {
    id: 'CI3',
    condition: 'SizeDataBlock one below the minimum',
    expected: 'STATUS_WMI_SET_FAILURE, no callback',
    source: 'K kmdf-change-single-instance 2',
    models: ['kmdf'],
    run(model) {
      expect(set(model, accepting, { data: four }, 5)).toMatchObject(refused);
    },
  },
  {
    id: 'CI4',
    condition: 'SizeDataBlock exactly the minimum',
    expected: 'the callback gets that size and the bytes at DataBlockOffset',
    source: 'K kmdf-change-single-instance 3',
    models: everyModel,
    run(model) {
      const answer = set(model, accepting, { data: four, dataBlockOffset: 80 }, 4);
      expect(answer.status).toBe('STATUS_SUCCESS');
      expect(answer.calls).toMatchObject([{ name: 'set', inSize: 4, input: four }]);
    },
  },
  {
    id: 'CI5',
    condition: 'SizeDataBlock 0, minimum 0',
    expected: 'the callback gets size 0 and NULL',
    source: 'K kmdf-change-single-instance 3',
    models: ['kmdf', 'selfHandled'],
    run(model) {
      const answer = set(model, accepting, {});
      expect(answer.calls).toMatchObject([{ name: 'set', inSize: 0, offset: null }]);
    },
  },
  {
    id: 'CI6',
    condition: 'the callback returns STATUS_BUFFER_TOO_SMALL',
    expected: 'STATUS_WMI_SET_FAILURE',
    source: 'K kmdf-change-single-instance 5',
    models: everyModel,
    run(model) {
      expectStatus(model, STATUS_BUFFER_TOO_SMALL, 'STATUS_WMI_SET_FAILURE');
    },
  },
  {
    id: 'CI7',
    condition: 'the callback returns STATUS_PENDING',
    expected: 'STATUS_UNSUCCESSFUL',
    source: 'K kmdf-change-single-instance 4',
    models: ['kmdf', 'selfHandled'],
    run(model) {
      expectStatus(model, STATUS_PENDING, 'STATUS_UNSUCCESSFUL');
    },
  },
  {
    id: 'CI8',
    condition: 'the callback returns any other error',
    expected: 'that error, Information 0',
    source: 'K kmdf-change-single-instance 5, D irp_mn_change_single_instance 12',
    models: everyModel,
    run(model) {
      expectStatus(model, STATUS_WMI_READ_ONLY, 'STATUS_WMI_READ_ONLY');
      expectStatus(model, STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED');
    },
  },
  {
    id: 'CI9',
    condition: 'success, Information preset by the sender',
    expected: 'Information 0',
    source: 'K kmdf-change-single-instance 6, D irp_mn_change_single_instance 13',
    models: everyModel,
    run(model) {
      expectStatus(model, STATUS_SUCCESS, 'STATUS_SUCCESS');
    },
  },
  {
    id: 'CI10',
    condition: 'a mixed block, the bytes of read-only items differ',
    expected: 'STATUS_SUCCESS; read-only items stay, writable ones change',
    source: 'D iowmisetsingleinstance 10, irp_mn_change_single_instance 11',
    models: everyModel,
    async run(model) {
      const { own, setInstance } = await mixed(model);
      expect(setInstance(otherBytes)).toBe('STATUS_SUCCESS');
      expect(own.state).toEqual({ ...mixedState, ...changes });
    },
  },
  {
    id: 'CI11',
    condition: 'the writable items are there, later read-only ones are missing',
    expected: 'STATUS_WMI_SET_FAILURE, nothing changed',
    source: 'M generated-providers 3',
    models: everyModel,
    async run(model) {
      const { own, setInstance } = await mixed(model);
      expect(setInstance(otherBytes.slice(0, 11))).toBe('STATUS_WMI_SET_FAILURE');
      expect(own.changes).toEqual([]);
      expect(own.state).toBe(mixedState);
    },
  },
  {
    id: 'CI12',
    condition: 'the last of three writable items is invalid',
    expected: 'STATUS_WMI_SET_FAILURE, the first two unchanged',
    source: 'M generated-providers 3',
    models: everyModel,
    async run(model) {
      const { own, setInstance, codec } = await generatedRig(model, 'Named');
      own.state = { First: 1, Second: 2, Name: 'abcd' };
      const head = [9, 0, 0, 0, 8, 0];
      const tooLong = [...head, 10, 0, ...[...'abcde'].flatMap((c) => [c.charCodeAt(0), 0])];
      expect(setInstance(tooLong)).toBe('STATUS_WMI_SET_FAILURE');
      expect(own.changes).toEqual([]);
      expect(setInstance([...codec.encode({ First: 9, Second: 8, Name: 'abc' })])).toBe(
        'STATUS_SUCCESS',
      );
      expect(own.state).toEqual({ First: 9, Second: 8, Name: 'abc' });
    },
  },
  {
    id: 'CI13',
    condition: 'extra bytes after the data',
    expected: 'STATUS_SUCCESS, ignored',
    source: 'M generated-providers 5',
    models: everyModel,
    async run(model) {
      const { own, setInstance } = await mixed(model);
      expect(setInstance([...otherBytes, 1, 2, 3])).toBe('STATUS_SUCCESS');
      expect(own.changes).toEqual([changes]);
      const named = await generatedRig(model, 'Named');
      named.own.state = { First: 0, Second: 0, Name: 'ab' };
      expect(named.setInstance([1, 0, 0, 0, 2, 0, 2, 0, 0x63, 0, 9, 9])).toBe('STATUS_SUCCESS');
      expect(named.own.state).toEqual({ First: 1, Second: 2, Name: 'c' });
    },
  },
  {
    id: 'CI14',
    condition: 'DataBlockOffset or the data beyond the buffer, or in the fixed part',
    expected: 'STATUS_WMI_SET_FAILURE, no callback (hardening)',
    source: 'D irp_mn_change_single_instance 9, M generated-providers 16',
    models: everyModel,
    run(model) {
      for (const parts of [
        { dataBlockOffset: 96, size: 1, bufferSize: 80 },
        { size: 17, bufferSize: 80 },
        { dataBlockOffset: 56, size: 4, bufferSize: 80 },
        { size: 4, bufferSize: 57 },
      ]) {
        expect(set(model, accepting, parts)).toMatchObject(refused);
      }
    },
  },
  {
    id: 'CI15',
    condition: 'DataBlockOffset + SizeDataBlock pass 32 bits',
    expected: 'STATUS_WMI_SET_FAILURE, no callback (hardening)',
    source: 'M generated-providers 16',
    models: everyModel,
    run(model) {
      const parts = { dataBlockOffset: 0xfffffff8, size: 16, bufferSize: 80 };
      expect(set(model, accepting, parts)).toMatchObject(refused);
    },
  },
  {
    id: 'CI16',
    condition: 'WMILIB_CONTEXT without SetWmiDataBlock',
    expected: 'STATUS_WMI_READ_ONLY, IrpNotCompleted: the driver completes it',
    source: 'D wmilib 3, differences X17',
    models: ['wmilib'],
    run() {
      expectMissingRoutine(2);
    },
  },
  {
    id: 'CI17',
    condition: 'ProviderId of another device',
    expected: 'forwarded, nothing changed',
    source: 'D irp_mn_change_single_instance 4',
    models: ['wmilib', 'selfHandled'],
    run(model) {
      const rig = model.rig({ instances: [accepting] });
      const answer = send(rig, { minor: 2, data: four, providerId: 1n });
      expect(answer).toMatchObject({ outcome: 'forwarded', status: 'STATUS_NOT_SUPPORTED' });
      expect([rig.below, rig.calls]).toEqual([[2], []]);
    },
  },
  {
    id: 'CI18',
    condition: 'a dynamic name, a NUL counted in its length or not, in any case',
    expected:
      'the instance with that name is set; an index does not find it, nor a name a static one',
    source: 'D irp_mn_change_single_instance 6',
    models: ['selfHandled'],
    run() {
      const { device, calls } = selfHandledRig(
        { instances: [accepting, accepting] },
        { kind: 'dynamic' },
      );
      for (const name of [{ name: 'i1' }, { name: 'i1', counted: true }, { name: 'I1' }]) {
        const irp = dynamicRequest(device, { minor: 2, data: four }, name);
        expect(dispatch(device, irp)).toMatchObject({ status: 'STATUS_SUCCESS', information: 0 });
      }
      const absent = { status: 'STATUS_WMI_INSTANCE_NOT_FOUND' };
      const byIndex = dispatch(device, request(device, { minor: 2, data: four, index: 1 }));
      expect(byIndex).toMatchObject(absent);
      const fixed = selfHandledRig({ instances: [accepting] });
      const byName = dynamicRequest(fixed.device, { minor: 2, data: four }, { name: 'i0' });
      expect(dispatch(fixed.device, byName)).toMatchObject(absent);
      expect(fixed.calls).toEqual([]);
      expect(calls.map(({ label, input }) => [label, input])).toEqual([
        ['i1', four],
        ['i1', four],
        ['i1', four],
      ]);
    },
  },
  {
    id: 'CI19',
    condition: 'a dynamic name whose offset or length leaves the buffer',
    expected: 'STATUS_WMI_INSTANCE_NOT_FOUND, nothing changed',
    source: 'M generated-providers 16',
    models: ['selfHandled'],
    run() {
      const { device, calls } = selfHandledRig({ instances: [accepting] }, { kind: 'dynamic' });
      for (const name of [
        { name: 'i0', at: 0xfffffffe },
        { name: 'i0', at: 4096 },
        { name: 'i0', length: 0xfffe },
        { name: 'i0', length: 3 },
      ]) {
        const parts = { minor: 2, data: four, dataBlockOffset: 72 };
        const irp = dynamicRequest(device, parts, name);
        expect(dispatch(device, irp).status).toBe('STATUS_WMI_INSTANCE_NOT_FOUND');
      }
      expect(calls).toEqual([]);
    },
  },
  {
    id: 'CI20',
    condition: 'padding bytes between items are not zero',
    expected: 'STATUS_SUCCESS, ignored',
    source: 'M generated-providers 5',
    models: everyModel,
    async run(model) {
      const { own, setInstance } = await mixed(model);
      const padded = [...otherBytes];
      for (const at of [1, 2, 3, 11, 12, 13, 14, 15]) padded[at] = 0xee;
      expect(setInstance(padded)).toBe('STATUS_SUCCESS');
      expect(own.changes).toEqual([changes]);
    },
  },
  {
    id: 'CI21',
    condition: 'a set from within the callback of a set',
    expected: 'both are applied, the inner one first',
    source: 'K kmdf-dispatch 6, D evtwmiinstancesetinstance 6',
    models: everyModel,
    run: nestedSets,
  },
  {
    id: 'CI22',
    condition: 'DataBlockOffset that is no multiple of 8, for random blocks',
    expected: 'the same as on an 8-byte boundary: sets and queries',
    source: 'M generated-providers 15',
    models: everyModel,
    run: (model) =>
      everyBlock(model, ({ own, dispatch: block }, { value, wantedBytes }) => {
        const { device } = model.rig({ callbacks: [bindInstance(block, own.provider)] });
        const at = (start: number) => {
          own.state = value;
          const set = ask(device, { minor: 2, dataBlockOffset: start, data: wantedBytes });
          const { state } = own;
          const irp = request(device, { minor: 1, dataBlockOffset: start, bufferSize: 8192 });
          const query = dispatch(device, irp);
          const size = irp.view.getUint32(60, true);
          return {
            set,
            state,
            query: query.status,
            end: query.information - start,
            data: [...irp.memory.slice(start, start + size)],
          };
        };
        const aligned = at(64);
        for (let start = 65; start < 72; start += 1) expect(at(start)).toEqual(aligned);
      }),
  },
];
