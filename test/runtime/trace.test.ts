/**
 * The trace: every step once, in order, nested; nothing without a listener.
 */
import { expect, test } from 'vitest';
import { WMIGUID_EXECUTE, WMIGUID_SET } from '../../src/runtime/kernel/handles.js';
import { STATUS_SUCCESS } from '../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../src/runtime/trace.js';
import { blockGuid, createRig, must, natural } from './rig.js';

function traced() {
  const events: TraceEvent[] = [];
  const rig = createRig({
    kernel: { trace: (event) => events.push(event) },
    instances: [{ set: () => STATUS_SUCCESS, execute: natural([1, 2, 3]) }],
  });
  const access = WMIGUID_SET | WMIGUID_EXECUTE;
  const block = must(rig.kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
  const instanceName = rig.name();
  events.length = 0;
  return { ...rig, events, block, instanceName };
}

test('a set is a routine, a request and a callback, one inside the other', () => {
  const { kernel, block, instanceName, events } = traced();
  kernel.ioWmiSetSingleInstance(block, instanceName, 0, new Uint8Array(8));
  const routine = 'IoWMISetSingleInstance';
  const callback = 'EvtWmiInstanceSetInstance';
  const request = { driver: 'rig', minor: 2, minorName: 'IRP_MN_CHANGE_SINGLE_INSTANCE' };
  const status = STATUS_SUCCESS;
  expect(events).toEqual([
    { kind: 'routineBegin', routine, guid: blockGuid, instanceName, bufferSize: 8 },
    { kind: 'irpBegin', ...request, dataPath: blockGuid, bufferSize: 72 },
    {
      kind: 'callbackBegin',
      driver: 'rig',
      callback,
      guid: blockGuid,
      label: 'i0',
      inBufferSize: 8,
    },
    { kind: 'callbackEnd', driver: 'rig', callback, status, bufferUsed: undefined },
    { kind: 'irpEnd', ...request, outcome: 'completed', status, information: 0 },
    { kind: 'routineEnd', routine, status },
  ]);
});

test('a WNODE_TOO_SMALL shows the size that it needs', () => {
  const { kernel, block, instanceName, events } = traced();
  kernel.ioWmiExecuteMethod(block, instanceName, 4, new Uint8Array(0), 1);
  expect(events.find(({ kind }) => kind === 'irpEnd')).toMatchObject({
    status: STATUS_SUCCESS,
    information: 56,
    sizeNeeded: 75,
  });
  expect(events.at(-1)).toMatchObject({ routine: 'IoWMIExecuteMethod', bufferSize: 3 });
});

test('an event shows who got it and who freed its block', () => {
  const { device, instances, events } = traced();
  device.wdfWmiInstanceFireEvent(must(instances[0]), new Uint8Array(2));
  const routine = 'IoWMIWriteEvent';
  expect(events).toEqual([
    { kind: 'routineBegin', routine, guid: blockGuid, bufferSize: 66 },
    { kind: 'poolFree', by: 'system', bufferSize: 66 },
    { kind: 'eventDelivery', guid: blockGuid, bufferSize: 66, subscribers: 0 },
    { kind: 'routineEnd', routine, status: STATUS_SUCCESS },
  ]);
});

test('a device that forwards a request is traced', () => {
  const { device, events } = traced();
  device.dispatch({
    minor: 2,
    providerId: 1n,
    dataPath: blockGuid,
    memory: new Uint8Array(0),
    view: new DataView(new ArrayBuffer(0)),
    bufferSize: 0,
    ioStatus: { status: STATUS_SUCCESS, information: 0 },
  });
  const minorName = 'IRP_MN_CHANGE_SINGLE_INSTANCE';
  expect(events).toEqual([{ kind: 'forward', driver: 'rig', minorName }]);
});
