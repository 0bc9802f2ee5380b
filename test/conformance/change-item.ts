/**
 * Rows IT: IRP_MN_CHANGE_SINGLE_ITEM.
 */
import { expect } from 'vitest';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';
import { type Answers, type RequestParts } from '../runtime/rig.js';
import { generatedRig } from './generated.js';
import { everyModel, type Model } from './model.js';
import { send, type Row } from './row.js';
import { expectMissingRoutine } from './wmilib-model.js';

const accepting: Answers = { set: () => STATUS_SUCCESS, setItem: () => STATUS_SUCCESS };

function setItem(model: Model, answers: Answers, parts: Partial<RequestParts>, minimum = 0) {
  const rig = model.rig({ instances: [answers], minInstanceBufferSize: minimum });
  return { ...send(rig, { minor: 3, ...parts }), calls: rig.calls };
}

function expectStatus(model: Model, returned: NtStatus, want: string): void {
  const answer = setItem(model, { setItem: () => returned }, { data: [1], information: 99 });
  expect(answer).toMatchObject({ outcome: 'completed', status: want, information: 0 });
}

const mixedState = { Mode: 1, Serial: 2, Limit: 3, Armed: true, Total: 4n };

async function mixed(model: Model) {
  const rig = await generatedRig(model, 'Mixed');
  rig.own.state = mixedState;
  return rig;
}

const utf16 = (text: string): number[] => [...text].flatMap((unit) => [unit.charCodeAt(0), 0]);

export const changeItemRows: readonly Row[] = [
  {
    id: 'IT1',
    condition: 'no set-item callback',
    expected: 'STATUS_WMI_READ_ONLY, Information 0; no fallback to the set-instance callback',
    source: 'K kmdf-change-single-item 1',
    models: everyModel,
    run(model) {
      const answer = setItem(model, { set: () => STATUS_SUCCESS }, { data: [1] });
      expect(answer).toMatchObject({ status: 'STATUS_WMI_READ_ONLY', information: 0, calls: [] });
    },
  },
  {
    id: 'IT2',
    condition: 'an unknown id: 0, the highest + 1, 0xFFFFFFFF',
    expected: 'STATUS_WMI_ITEMID_NOT_FOUND, nothing changed',
    source: 'D self-handled-requests 4, differences X12',
    models: everyModel,
    async run(model) {
      const rig = await mixed(model);
      for (const id of [0, 6, 0xffffffff]) {
        expect(rig.setItem(id, [1, 2, 3, 4])).toBe('STATUS_WMI_ITEMID_NOT_FOUND');
      }
      expect(rig.own.state).toBe(mixedState);
    },
  },
  {
    id: 'IT3',
    condition: 'a read-only item',
    expected: 'STATUS_WMI_READ_ONLY, unchanged',
    source: 'D self-handled-requests 4',
    models: everyModel,
    async run(model) {
      const rig = await mixed(model);
      expect(rig.setItem(2, [9, 0, 0, 0])).toBe('STATUS_WMI_READ_ONLY');
      expect(rig.own.state).toBe(mixedState);
    },
  },
  {
    id: 'IT4',
    condition: 'one byte too few',
    expected: 'STATUS_WMI_SET_FAILURE, unchanged',
    source: 'D evtwmiinstancesetitem 4',
    models: everyModel,
    async run(model) {
      const rig = await mixed(model);
      expect(rig.setItem(3, [9])).toBe('STATUS_WMI_SET_FAILURE');
      expect(rig.own.state).toBe(mixedState);
    },
  },
  {
    id: 'IT5',
    condition: 'exactly the item',
    expected: 'STATUS_SUCCESS, only that item changed',
    source: 'D evtwmiinstancesetitem 1',
    models: everyModel,
    async run(model) {
      const rig = await mixed(model);
      expect(rig.setItem(3, [9, 1])).toBe('STATUS_SUCCESS');
      expect(rig.own.changes).toEqual([{ Limit: 0x109 }]);
      expect(rig.own.state).toEqual({ ...mixedState, Limit: 0x109 });
    },
  },
  {
    id: 'IT6',
    condition: 'SizeDataItem 0',
    expected:
      'the callback gets NULL (but in wmilib); generated code refuses with STATUS_WMI_SET_FAILURE',
    source: 'K kmdf-change-single-item 2, D evtwmiinstancesetitem 4',
    models: everyModel,
    async run(model) {
      const answer = setItem(model, accepting, {});
      const offset = model.kind === 'wmilib' ? 72 : null;
      expect(answer.calls).toMatchObject([{ name: 'setItem', inSize: 0, offset }]);
      const rig = await mixed(model);
      expect(rig.setItem(3, [])).toBe('STATUS_WMI_SET_FAILURE');
      expect(rig.own.state).toBe(mixedState);
    },
  },
  {
    id: 'IT7',
    condition: 'a minimum instance size above the item',
    expected: 'accepted: the minimum does not count',
    source: 'K kmdf-change-single-item 3',
    models: ['kmdf'],
    run(model) {
      expect(setItem(model, accepting, { data: [1] }, 100).status).toBe('STATUS_SUCCESS');
    },
  },
  {
    id: 'IT8',
    condition: 'the callback returns STATUS_BUFFER_TOO_SMALL',
    expected: 'STATUS_WMI_SET_FAILURE, Information 0',
    source: 'K kmdf-change-single-item 4',
    models: everyModel,
    run(model) {
      expectStatus(model, STATUS_BUFFER_TOO_SMALL, 'STATUS_WMI_SET_FAILURE');
    },
  },
  {
    id: 'IT9',
    condition: 'the callback returns STATUS_PENDING',
    expected: 'STATUS_UNSUCCESSFUL, Information 0',
    source: 'K kmdf-change-single-item 4',
    models: ['kmdf', 'selfHandled'],
    run(model) {
      expectStatus(model, STATUS_PENDING, 'STATUS_UNSUCCESSFUL');
    },
  },
  {
    id: 'IT10',
    condition: 'a string longer than its MaxLen',
    expected: 'STATUS_WMI_SET_FAILURE, unchanged',
    source: 'M generated-providers 6',
    models: everyModel,
    async run(model) {
      const { own, setItem: set } = await generatedRig(model, 'Named');
      own.state = { First: 1, Second: 2, Name: '' };
      expect(set(3, [10, 0, ...utf16('abcde')])).toBe('STATUS_WMI_SET_FAILURE');
      expect(own.changes).toEqual([]);
      expect(set(3, [8, 0, ...utf16('abcd')])).toBe('STATUS_SUCCESS');
      expect(own.state).toMatchObject({ First: 1, Second: 2, Name: 'abcd' });
    },
  },
  {
    id: 'IT11',
    condition: 'ids that are not in the order of the text',
    expected: 'the item with that WmiDataId changes',
    source: 'D evtwmiinstancesetitem 2',
    models: everyModel,
    async run(model) {
      const rig = await mixed(model);
      for (const [id, bytes] of [
        [1, [7]],
        [3, [8, 0]],
        [4, [0]],
      ] as const) {
        expect(rig.setItem(id, bytes)).toBe('STATUS_SUCCESS');
      }
      expect(rig.own.changes).toEqual([{ Mode: 7 }, { Limit: 8 }, { Armed: false }]);
    },
  },
  {
    id: 'IT12',
    condition: 'a read-only item and too few bytes',
    expected: 'STATUS_WMI_READ_ONLY: the access comes first',
    source: 'M generated-providers 2',
    models: everyModel,
    async run(model) {
      const rig = await mixed(model);
      for (const bytes of [[], [1]]) expect(rig.setItem(2, bytes)).toBe('STATUS_WMI_READ_ONLY');
    },
  },
  {
    id: 'IT13',
    condition: 'a boolean of byte 2',
    expected: 'true',
    source: 'D data-on-the-wire 6',
    models: everyModel,
    async run(model) {
      const rig = await mixed(model);
      rig.own.state = { ...mixedState, Armed: false };
      expect(rig.setItem(4, [2])).toBe('STATUS_SUCCESS');
      expect(rig.own.changes).toEqual([{ Armed: true }]);
    },
  },
  {
    id: 'IT14',
    condition: 'a WmiSizeIs array with another number of elements',
    expected: 'STATUS_WMI_SET_FAILURE, unchanged',
    source: 'M generated-providers 4',
    models: everyModel,
    async run(model) {
      const { own, setItem: set } = await generatedRig(model, 'Counted');
      own.state = { Count: 2, Samples: [1, 2] };
      expect(set(2, [1, 0])).toBe('STATUS_WMI_SET_FAILURE');
      // A larger count alone would leave the array without elements.
      expect(set(1, [3, 0, 0, 0])).toBe('STATUS_WMI_SET_FAILURE');
      expect(own.changes).toEqual([]);
      expect(set(2, [5, 0, 6, 0])).toBe('STATUS_SUCCESS');
      expect(own.state).toEqual({ Count: 2, Samples: [5, 6] });
    },
  },
  {
    id: 'IT15',
    condition: 'WMILIB_CONTEXT without SetWmiDataItem',
    expected: 'STATUS_WMI_READ_ONLY, IrpNotCompleted: the driver completes it',
    source: 'D wmilib 3, differences X17',
    models: ['wmilib'],
    run() {
      expectMissingRoutine(3);
    },
  },
];
