/**
 * Rows QS: IRP_MN_QUERY_SINGLE_INSTANCE.
 */
import { expect } from 'vitest';
import { createKernel } from '../../src/runtime/kernel.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from '../../src/runtime/ntstatus.js';
import { registerWmilibBlocks } from '../../src/runtime/wmilib/bind.js';
import { readTooSmall } from '../../src/runtime/wnode-codec.js';
import {
  blockGuid,
  createRig,
  dispatch,
  now,
  ok,
  request,
  type Answers,
  type RequestParts,
} from '../runtime/rig.js';
import { everyBlock, queryBytes } from './generated.js';
import { ofKmdf } from './kmdf-model.js';
import { everyModel, type Model } from './model.js';
import { send, type Row } from './row.js';

const needs = (size: number) => () => ({ status: STATUS_BUFFER_TOO_SMALL, bufferUsed: size });

function query(model: Model, answers: Answers, parts: Partial<RequestParts>, minimum = 0) {
  const rig = model.rig({ instances: [answers], minInstanceBufferSize: minimum });
  return { ...send(rig, { minor: 1, ...parts }), calls: rig.calls };
}

const sizeDataBlock = ({ view }: { readonly view: DataView }) => view.getUint32(60, true);
const timeStamp = ({ view }: { readonly view: DataView }) => view.getBigUint64(16, true);

/** A query that answers with a context of six bytes. */
function contextQuery(bufferSize: number) {
  const rig = createRig({ instances: [] });
  const { device, provider } = rig;
  const context = Uint8Array.of(1, 2, 3, 4, 5, 6);
  device.wdfWmiInstanceCreate({ provider, register: true, useContextForQuery: true }, { context });
  return send(ofKmdf(rig), { minor: 1, bufferSize });
}

export const querySingleRows: readonly Row[] = [
  {
    id: 'QS1',
    condition: 'no callbacks at all',
    expected: 'STATUS_INVALID_DEVICE_REQUEST, Information 0',
    source: 'K kmdf-query-single-instance 2',
    models: ['kmdf', 'selfHandled'],
    run(model) {
      const answer = query(model, {}, { bufferSize: 96 });
      expect(answer).toMatchObject({ status: 'STATUS_INVALID_DEVICE_REQUEST', information: 0 });
    },
  },
  {
    id: 'QS2',
    condition: 'only set callbacks: a write-only block',
    expected: 'STATUS_INVALID_DEVICE_REQUEST, Information 0',
    source: 'K kmdf-query-single-instance 4',
    models: ['kmdf', 'selfHandled'],
    run(model) {
      const set = () => STATUS_SUCCESS;
      const answer = query(model, { set, setItem: set }, { bufferSize: 96 });
      expect(answer).toMatchObject({ status: 'STATUS_INVALID_DEVICE_REQUEST', information: 0 });
    },
  },
  {
    id: 'QS3',
    condition: 'only a method callback',
    expected: 'STATUS_SUCCESS, SizeDataBlock 0, Information = DataBlockOffset',
    source: 'K kmdf-query-single-instance 4',
    models: ['kmdf', 'selfHandled'],
    run(model) {
      const answer = query(model, { execute: () => ok() }, { bufferSize: 96 });
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 64 });
      expect(sizeDataBlock(answer)).toBe(0);
    },
  },
  {
    id: 'QS4',
    condition: 'room one byte below the minimum',
    expected: 'WNODE_TOO_SMALL, SizeNeeded DataBlockOffset + minimum, no callback',
    source: 'K kmdf-query-single-instance 3',
    models: ['kmdf'],
    run(model) {
      const answer = query(model, { query: () => ok([1]) }, { bufferSize: 71 }, 8);
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 56, sizeNeeded: 72 });
      expect(answer.calls).toEqual([]);
    },
  },
  {
    id: 'QS5',
    condition: 'exactly the room that is needed, which is also the minimum',
    expected: 'one callback with that size; BufferSize = Information = DataBlockOffset + used',
    source: 'K kmdf-query-single-instance 7',
    models: everyModel,
    run(model) {
      const answer = query(model, { query: () => ok([5, 6, 7, 8]) }, { bufferSize: 68 }, 4);
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 68 });
      expect(answer.calls).toMatchObject([{ name: 'query', outSize: 4 }]);
      expect(answer.view.getUint32(0, true)).toBe(68);
      expect(sizeDataBlock(answer)).toBe(4);
      expect([...answer.irp.memory.subarray(64)]).toEqual([5, 6, 7, 8]);
    },
  },
  {
    id: 'QS6',
    condition: 'minimum 0, no room, the callback needs 10 bytes',
    expected:
      'SizeNeeded DataBlockOffset + 10; the callback is offered 1 byte by kmdf, 0 by the others',
    source: 'K kmdf-query-single-instance 5',
    models: everyModel,
    run(model) {
      const answer = query(model, { query: needs(10) }, { bufferSize: 64 });
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 56, sizeNeeded: 74 });
      expect(answer.calls).toMatchObject([{ outSize: model.kind === 'kmdf' ? 1 : 0 }]);
    },
  },
  {
    id: 'QS7',
    condition: 'no room, success with used 1 or more',
    expected: 'used 1: SizeNeeded DataBlockOffset + 1; used above 1: STATUS_UNSUCCESSFUL',
    source: 'K kmdf-query-single-instance 5, R kmdf-query-single-instance 5',
    models: ['kmdf'],
    run(model) {
      const one = query(model, { query: () => ok([1]) }, { bufferSize: 64 });
      expect(one).toMatchObject({ status: 'STATUS_SUCCESS', information: 56, sizeNeeded: 65 });
      const two = query(model, { query: () => ok([1, 2]) }, { bufferSize: 64, size: 0xdd });
      expect(two).toMatchObject({ status: 'STATUS_UNSUCCESSFUL', information: 0 });
      expect(sizeDataBlock(two)).toBe(0);
    },
  },
  {
    id: 'QS8',
    condition: 'the callback returns STATUS_PENDING',
    expected: 'STATUS_UNSUCCESSFUL, Information 0',
    source: 'K kmdf-query-single-instance 6',
    models: ['kmdf', 'selfHandled'],
    run(model) {
      const pending = () => ({ status: STATUS_PENDING, bufferUsed: 4 });
      const answer = query(model, { query: pending }, { bufferSize: 72 });
      expect(answer).toMatchObject({ status: 'STATUS_UNSUCCESSFUL', information: 0 });
    },
  },
  {
    id: 'QS9',
    condition: 'success with used above the size',
    expected: 'STATUS_UNSUCCESSFUL, Information 0; kmdf: SizeDataBlock 0',
    source: 'K kmdf-query-single-instance 6',
    models: everyModel,
    run(model) {
      const liar = () => ({ status: STATUS_SUCCESS, bufferUsed: 9 });
      const answer = query(model, { query: liar }, { bufferSize: 72, size: 0xdd });
      expect(answer).toMatchObject({ status: 'STATUS_UNSUCCESSFUL', information: 0 });
      if (model.kind === 'kmdf') expect(sizeDataBlock(answer)).toBe(0);
    },
  },
  {
    id: 'QS10',
    condition: 'the callback returns an error',
    expected: 'that error, Information 0; kmdf: SizeDataBlock = used',
    source: 'K kmdf-query-single-instance 7',
    models: everyModel,
    run(model) {
      const failing = () => ({ status: STATUS_ACCESS_DENIED, bufferUsed: 3 });
      const answer = query(model, { query: failing }, { bufferSize: 72, size: 0xdd });
      expect(answer).toMatchObject({ status: 'STATUS_ACCESS_DENIED', information: 0 });
      if (model.kind === 'kmdf') expect(sizeDataBlock(answer)).toBe(3);
    },
  },
  {
    id: 'QS11',
    condition: 'a context query that fits',
    expected: 'the context bytes',
    source: 'K kmdf-query-single-instance 4',
    models: ['kmdf'],
    run() {
      const answer = contextQuery(70);
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 70 });
      expect([...answer.irp.memory.subarray(64)]).toEqual([1, 2, 3, 4, 5, 6]);
    },
  },
  {
    id: 'QS12',
    condition: 'a context larger than the room',
    expected: 'WNODE_TOO_SMALL',
    source: 'K kmdf-query-single-instance 4',
    models: ['kmdf'],
    run() {
      const answer = contextQuery(69);
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 56, sizeNeeded: 70 });
    },
  },
  {
    id: 'QS13',
    condition: 'TimeStamp',
    expected: 'set on success only',
    source: 'K kmdf-query-single-instance 7',
    models: everyModel,
    run(model) {
      const failing = () => ({ status: STATUS_ACCESS_DENIED, bufferUsed: 0 });
      const stamps = [() => ok([1]), failing, needs(100)].map((answer) =>
        timeStamp(query(model, { query: answer }, { bufferSize: 96 })),
      );
      expect(stamps).toEqual([now, 0n, 0n]);
    },
  },
  {
    id: 'QS14',
    condition: 'the header of a WNODE_TOO_SMALL',
    expected: 'Flags exactly 0x20, BufferSize 56, Information 56',
    source: 'K kmdf-query-all-data 9',
    models: everyModel,
    run(model) {
      const answer = query(model, { query: needs(100) }, { bufferSize: 96 });
      expect([answer.view.getUint32(44, true), answer.view.getUint32(0, true)]).toEqual([0x20, 56]);
      expect(answer.information).toBe(56);
    },
  },
  {
    id: 'QS15',
    condition: 'DataBlockOffset',
    expected: 'never changed',
    source: 'K kmdf-query-single-instance 8',
    models: everyModel,
    run(model) {
      for (const answer of [() => ok([1]), needs(100)]) {
        const parts = { bufferSize: 96, dataBlockOffset: 80 };
        expect(query(model, { query: answer }, parts).view.getUint32(56, true)).toBe(80);
      }
    },
  },
  {
    id: 'QS16',
    condition: 'the query is sent again with SizeNeeded, for random blocks',
    expected: 'STATUS_SUCCESS with the data',
    source: 'D evtwmiinstanceexecutemethod 4, differences X14',
    models: everyModel,
    run: (model) =>
      everyBlock(model, (rig, { bytes, value }) => {
        rig.own.state = value;
        const probe = rig.query(0);
        const { status, data } = rig.query(probe.bufferSize);
        expect([status, ...(data ?? [])]).toEqual([STATUS_SUCCESS, ...bytes]);
        expect(queryBytes(rig)).toEqual(bytes);
      }),
  },
  {
    id: 'QS17',
    condition: 'BufferSize below 56',
    expected: 'STATUS_BUFFER_TOO_SMALL: no room for a WNODE_TOO_SMALL',
    source: 'D self-handled-requests 3, differences X1',
    models: ['wmilib', 'selfHandled'],
    run(model) {
      const answer = query(model, { query: needs(10) }, { bufferSize: 55 });
      expect(answer).toMatchObject({ status: 'STATUS_BUFFER_TOO_SMALL', information: 0 });
    },
  },
  {
    id: 'QS18',
    condition: 'only a method callback, and WMILIB',
    expected:
      'four zero bytes; without room for them WNODE_TOO_SMALL, SizeNeeded DataBlockOffset + 4',
    source: 'S wmilib 10',
    models: ['wmilib'],
    run() {
      const executable = { evtWmiInstanceExecuteMethod: () => ok() };
      const instances = [{ name: 'i0', callbacks: executable }];
      const device = registerWmilibBlocks(createKernel(), [{ guid: blockGuid, instances }]);
      const sent = (bufferSize: number) => {
        const irp = request(device, { minor: 1, bufferSize });
        irp.memory.fill(0xcc, 64);
        const answer = dispatch(device, irp);
        return { ...answer, ...irp, sizeNeeded: readTooSmall(irp.memory)?.sizeNeeded };
      };
      for (const room of [0, 3]) {
        const answer = sent(64 + room);
        expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 56, sizeNeeded: 68 });
      }
      const answer = sent(69);
      expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 68 });
      expect(sizeDataBlock(answer)).toBe(4);
      expect([...answer.memory.slice(64, 69)]).toEqual([0, 0, 0, 0, 0xcc]);
    },
  },
  {
    id: 'QS19',
    condition: 'DataBlockOffset beyond the buffer',
    expected:
      'the size is queried: WNODE_TOO_SMALL, SizeNeeded DataBlockOffset + used, also when nothing is used',
    source: 'D self-handled-requests 3',
    models: ['wmilib', 'selfHandled'],
    run(model) {
      const beyond = { bufferSize: 70, dataBlockOffset: 72 };
      for (const [answer, sizeNeeded] of [
        [needs(10), 82],
        [() => ok([]), 72],
      ] as const) {
        const answered = query(model, { query: answer }, beyond);
        expect(answered).toMatchObject({ status: 'STATUS_SUCCESS', information: 56, sizeNeeded });
        expect(answered.calls).toMatchObject([{ outSize: 0 }]);
      }
      const parts = { bufferSize: 70, dataBlockOffset: 0xffffffff };
      const answer = query(model, { query: needs(1) }, parts);
      expect(answer).toMatchObject({ status: 'STATUS_INTEGER_OVERFLOW', information: 0 });
    },
  },
];
