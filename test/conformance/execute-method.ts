/**
 * Rows EM: IRP_MN_EXECUTE_METHOD.
 */
import { expect } from 'vitest';
import { type ExecuteMethodResult } from '../../src/runtime/kernel/consumer.js';
import { WMIGUID_EXECUTE } from '../../src/runtime/kernel/handles.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
  ntStatusName,
} from '../../src/runtime/ntstatus.js';
import {
  allSucceed,
  blockGuid,
  createRig,
  must,
  now,
  ok,
  request,
  type Answers,
  type RequestParts,
} from '../runtime/rig.js';
import { bindInstance } from '../../src/runtime/block.js';
import { generatedRig } from './generated.js';
import { ofKmdf } from './kmdf-model.js';
import { everyModel, type Model, type ModelRigOptions } from './model.js';
import { send, type Row } from './row.js';

function execute(model: Model, answers: Answers, parts: Partial<RequestParts> = {}) {
  const rig = model.rig({ instances: [answers] });
  return { ...send(rig, { minor: 9, id: 3, ...parts }), calls: rig.calls };
}

/** A consumer that may execute. */
function consumer(model: Model, options: ModelRigOptions) {
  const rig = model.rig(options);
  const block = must(rig.kernel.ioWmiOpenBlock(blockGuid, WMIGUID_EXECUTE).dataBlockObject);
  const run = (room: number): ExecuteMethodResult =>
    rig.kernel.ioWmiExecuteMethod(block, rig.name(), 2, Uint8Array.of(1), room);
  return { ...rig, run };
}

const PING = 1;
const SWAP = 2;
const DRAIN = 3;

/** The generated block's callback for methods, without a driver around it. */
async function generatedMethods(model: Model) {
  const rig = await generatedRig(model, 'Mixed');
  const { evtWmiInstanceExecuteMethod: callback } = bindInstance(rig.dispatch, rig.own.provider);
  const run = (id: number, input: readonly number[], room: number) => {
    const memory = new Uint8Array(64).fill(0xee);
    memory.set(input);
    const instance = { guid: rig.dispatch.guid, label: 'x' };
    const result = must(callback)(instance, id, input.length, room, memory, 0);
    return { ...result, name: ntStatusName(result.status), memory };
  };
  return { ...rig, run };
}

const note = [6, 0, 0x61, 0, 0x62, 0, 0x63, 0];

export const executeMethodRows: readonly Row[] = [
  {
    id: 'EM1',
    condition: 'no method callback',
    expected:
      'STATUS_INVALID_DEVICE_REQUEST, in selfHandled STATUS_WMI_ITEMID_NOT_FOUND; Information 0',
    source: 'K kmdf-execute-method 2',
    models: everyModel,
    run(model) {
      const self = model.kind === 'selfHandled';
      const status = self ? 'STATUS_WMI_ITEMID_NOT_FOUND' : 'STATUS_INVALID_DEVICE_REQUEST';
      const answer = execute(model, { query: () => ok() });
      expect(answer).toMatchObject({ status, information: 0 });
    },
  },
  {
    id: 'EM2',
    condition: 'an unknown MethodId',
    expected: 'STATUS_WMI_ITEMID_NOT_FOUND, BufferUsed 0',
    source: 'D self-handled-requests 5',
    models: everyModel,
    async run(model) {
      const { execute: call, run, own } = await generatedMethods(model);
      for (const id of [0, 4, 0xffffffff]) {
        expect(call(id, [1, 2, 3, 4], 16)).toBe('STATUS_WMI_ITEMID_NOT_FOUND');
        expect(run(id, [], 16).bufferUsed).toBe(0);
      }
      expect(own.inputs).toEqual([]);
    },
  },
  {
    id: 'EM3',
    condition: 'no input, no output, no buffers',
    expected: 'the callback gets NULL; used 0, Information = DataBlockOffset',
    source: 'K kmdf-execute-method 3',
    models: ['kmdf', 'selfHandled'],
    async run(model) {
      const answer = execute(model, { execute: () => ok() });
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 72 });
      expect(answer.calls).toMatchObject([{ id: 3, inSize: 0, outSize: 0, offset: null }]);
      const { execute: call, own } = await generatedMethods(model);
      expect(call(PING, [], 0)).toBe('STATUS_SUCCESS');
      expect(own.inputs).toHaveLength(1);
    },
  },
  {
    id: 'EM4',
    condition: 'input one byte too short',
    expected: 'STATUS_INVALID_PARAMETER_MIX, the method does not run',
    source: 'S generated-providers 8, differences X13',
    models: everyModel,
    async run(model) {
      const { execute: call, own } = await generatedMethods(model);
      expect(call(SWAP, [1, 0, 0, 0, 2, 0, 0], 8)).toBe('STATUS_INVALID_PARAMETER_MIX');
      expect(own.inputs).toEqual([]);
    },
  },
  {
    id: 'EM5',
    condition: 'too little room for the output',
    expected: 'WNODE_TOO_SMALL, SizeNeeded DataBlockOffset + required, no effect',
    source: 'K kmdf-execute-method 6, D evtwmiinstanceexecutemethod 4',
    models: everyModel,
    async run(model) {
      const short = () => ({ status: STATUS_BUFFER_TOO_SMALL, bufferUsed: 20 });
      const answer = execute(model, { execute: short }, { bufferSize: 80 });
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 56, sizeNeeded: 92 });
      const { own, run } = await generatedMethods(model);
      own.output = { Note: 'abc' };
      expect(run(DRAIN, [9], 7)).toMatchObject({
        status: STATUS_BUFFER_TOO_SMALL,
        bufferUsed: note.length,
      });
      expect(own.commits).toBe(0);
    },
  },
  {
    id: 'EM6',
    condition: 'sent again with SizeNeeded',
    expected: 'the effect happens exactly once',
    source: 'D self-handled-requests 5',
    models: everyModel,
    async run(model) {
      const { own, run, execute: call } = await generatedMethods(model);
      own.output = { Note: 'abc' };
      const { bufferUsed } = run(DRAIN, [9], 0);
      const again = run(DRAIN, [9], must(bufferUsed));
      expect([again.status, own.commits]).toEqual([STATUS_SUCCESS, 1]);
      expect([...again.memory.subarray(0, 8)]).toEqual(note);
      expect([call(DRAIN, [9], 4), call(DRAIN, [9], 8)]).toEqual([
        'STATUS_BUFFER_TOO_SMALL',
        'STATUS_SUCCESS',
      ]);
      expect(own.commits).toBe(2);
    },
  },
  {
    id: 'EM7',
    condition: 'output over input: two parameters swapped',
    expected: 'both right: all inputs are read before the first output is written',
    source: 'D evtwmiinstanceexecutemethod 2',
    models: everyModel,
    async run(model) {
      const rig = await generatedMethods(model);
      const { dispatch, own } = rig;
      const { member } = rig.method('Swap');
      const swap = ({ First, Second }: { First: number; Second: number }) => ({
        First: Second,
        Second: First,
      });
      const { kernel, name } = model.rig({
        callbacks: [bindInstance(dispatch, { ...own.provider, [member]: swap })],
      });
      const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_EXECUTE).dataBlockObject);
      const input = Uint8Array.of(1, 0, 0, 0, 2, 0, 0, 0);
      const answer = kernel.ioWmiExecuteMethod(block, name(), SWAP, input, 8);
      expect(answer).toMatchObject({ status: STATUS_SUCCESS, outBufferSize: 8 });
      expect([...(answer.data ?? [])]).toEqual([2, 0, 0, 0, 1, 0, 0, 0]);
    },
  },
  {
    id: 'EM8',
    condition: 'success',
    expected: 'SizeDataBlock = used, BufferSize = Information, TimeStamp; DataBlockOffset stays',
    source: 'K kmdf-execute-method 5',
    models: everyModel,
    run(model) {
      const parts = { data: [1, 2, 3], dataBlockOffset: 80, bufferSize: 120 };
      const { information, view } = execute(model, { execute: () => ok([6, 7]) }, parts);
      expect([0, 60, 64].map((at) => view.getUint32(at, true))).toEqual([82, 80, 2]);
      expect([information, view.getBigUint64(16, true)]).toEqual([82, now]);
      expect([view.getUint8(80), view.getUint8(81)]).toEqual([6, 7]);
    },
  },
  {
    id: 'EM9',
    condition: 'the callback returns STATUS_PENDING',
    expected: 'STATUS_UNSUCCESSFUL, Information 0',
    source: 'K kmdf-execute-method 4',
    models: ['kmdf', 'selfHandled'],
    run(model) {
      const pending = () => ({ status: STATUS_PENDING, bufferUsed: 0 });
      const answer = execute(model, { execute: pending }, { bufferSize: 80 });
      expect(answer).toMatchObject({ status: 'STATUS_UNSUCCESSFUL', information: 0 });
    },
  },
  {
    id: 'EM10',
    condition: 'success with used above the room',
    expected: 'STATUS_UNSUCCESSFUL; with quirk methodOutputUnchecked Information passes BufferSize',
    source: 'K kmdf-execute-method 5, M generated-providers 14',
    models: everyModel,
    run(model) {
      const liar = { execute: () => ({ status: STATUS_SUCCESS, bufferUsed: 9 }) };
      const answer = execute(model, liar, { bufferSize: 80 });
      expect(answer).toMatchObject({ status: 'STATUS_UNSUCCESSFUL', information: 0 });
      const quirkyRig = createRig({
        instances: [liar],
        device: { quirks: { methodOutputUnchecked: true } },
      });
      const quirky = send(ofKmdf(quirkyRig), { minor: 9, bufferSize: 80 });
      expect(quirky).toMatchObject({ status: 'STATUS_SUCCESS', information: 81 });
    },
  },
  {
    id: 'EM11',
    condition: 'the callback returns an error',
    expected: 'that error, Information 0',
    source: 'K kmdf-execute-method 7',
    models: everyModel,
    run(model) {
      const failing = () => ({ status: STATUS_ACCESS_DENIED, bufferUsed: 4 });
      const answer = execute(model, { execute: failing }, { bufferSize: 80 });
      expect(answer).toMatchObject({ status: 'STATUS_ACCESS_DENIED', information: 0 });
    },
  },
  {
    id: 'EM12',
    condition: 'STATUS_BUFFER_TOO_SMALL with used 0 or never stored',
    expected: 'SizeNeeded = DataBlockOffset; the consumer does not loop',
    source: 'K kmdf-execute-method 6, differences X14',
    models: everyModel,
    run(model) {
      for (const bufferUsed of [0, undefined]) {
        const short = () => ({ status: STATUS_BUFFER_TOO_SMALL, bufferUsed });
        expect(execute(model, { execute: short }, { bufferSize: 80 }).sizeNeeded).toBe(72);
        const { run, calls } = consumer(model, { instances: [{ execute: short }] });
        expect(run(4)).toEqual({ status: STATUS_BUFFER_TOO_SMALL, outBufferSize: 0 });
        expect(calls).toHaveLength(1);
      }
    },
  },
  {
    id: 'EM13',
    condition: 'the sizes that the callback gets',
    expected: 'OutBufferSize = BufferSize - DataBlockOffset, at least InBufferSize',
    source: 'K kmdf-execute-method 1',
    models: everyModel,
    run(model) {
      const parts = { data: [1, 2, 3], bufferSize: 90 };
      const { calls } = execute(model, { execute: () => ok() }, parts);
      expect(calls).toMatchObject([{ inSize: 3, outSize: 18, input: [1, 2, 3] }]);
    },
  },
  {
    id: 'EM14',
    condition: 'a consumer with queryBeforeExecute',
    expected: 'IRP_MN_QUERY_SINGLE_INSTANCE comes first',
    source: 'D self-handled-requests 6',
    models: everyModel,
    run(model) {
      const order = (queryBeforeExecute: boolean) => {
        const { run, calls } = consumer(model, {
          instances: [allSucceed],
          kernel: { queryBeforeExecute },
        });
        run(8);
        return calls.map(({ name }) => name);
      };
      expect([order(true), order(false)]).toEqual([['query', 'execute'], ['execute']]);
    },
  },
  {
    id: 'EM15',
    condition: 'DataBlockOffset or the input beyond the buffer',
    expected: 'STATUS_INVALID_PARAMETER, no callback (hardening)',
    source: 'M generated-providers 16',
    models: everyModel,
    run(model) {
      for (const parts of [
        { dataBlockOffset: 88, bufferSize: 80 },
        { size: 9, bufferSize: 80 },
        { dataBlockOffset: 64, bufferSize: 80 },
      ]) {
        const answer = execute(model, { execute: () => ok() }, parts);
        const want = { status: 'STATUS_INVALID_PARAMETER', information: 0, calls: [] };
        expect(answer).toMatchObject(want);
      }
    },
  },
  {
    id: 'EM16',
    condition: 'DataBlockOffset that is no multiple of 8',
    expected: 'input is read there and output written there',
    source: 'M generated-providers 15',
    models: everyModel,
    async run(model) {
      const { own, dispatch } = await generatedRig(model, 'Mixed');
      const { device } = model.rig({ callbacks: [bindInstance(dispatch, own.provider)] });
      own.output = { First: 0x01020304, Second: 5 };
      for (let start = 72; start < 80; start += 1) {
        const parts = { minor: 9, id: 2, dataBlockOffset: start, data: [6, 0, 0, 0, 7, 0, 0, 0] };
        const irp = request(device, parts);
        expect(device.dispatch(irp)).toBe('completed');
        expect(ntStatusName(irp.ioStatus.status)).toBe('STATUS_SUCCESS');
        expect(own.inputs.at(-1)).toEqual({ First: 6, Second: 7 });
        expect([...irp.memory.slice(start)]).toEqual([4, 3, 2, 1, 5, 0, 0, 0]);
      }
    },
  },
];
