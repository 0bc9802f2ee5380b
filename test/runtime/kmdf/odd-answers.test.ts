/**
 * Callbacks that return no status, or an invalid result: STATUS_UNSUCCESSFUL, never success
 * (docs/spec/runtime.md#generated-providers, rule 14).
 */
import { expect, test } from 'vitest';
import { type BufferResult } from '../../../src/runtime/callbacks.js';
import { STATUS_SUCCESS, type NtStatus } from '../../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../../src/runtime/trace.js';
import { ask, createRig, must, request, dispatch } from '../rig.js';

const noStatus: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a promise', Promise.resolve(STATUS_SUCCESS)],
  ['a text', '0'],
  ['true', true],
  ['NaN', NaN],
  ['a fraction', 0.5],
  ['a number beyond 32 bits', 2 ** 32],
  ['a number below 32 bits', -(2 ** 31) - 1],
  ['a function', () => STATUS_SUCCESS],
];

test.each(noStatus)('%s from a callback that returns a status', (_case, returned) => {
  const status = returned as NtStatus;
  const { device, provider } = createRig({
    provider: { flags: 2, evtWmiProviderFunctionControl: () => status },
    instances: [{ set: () => status, setItem: () => status }],
  });
  for (const minor of [2, 3, 4, 5, 6, 7]) {
    const answer = ask(device, { minor, data: [1, 2, 3, 4] });
    expect([minor, answer.status, answer.information]).toEqual([minor, 'STATUS_UNSUCCESSFUL', 0]);
  }
  expect([1, 2].map((one) => device.wdfWmiProviderIsEnabled(provider, one as 1 | 2))).toEqual([
    false,
    false,
  ]);
});

const noResult: readonly (readonly [string, unknown])[] = [
  ...noStatus,
  ...noStatus.map(([what, status]) => [`status ${what}`, { status, bufferUsed: 4 }] as const),
  ['a status alone', STATUS_SUCCESS],
  ['BufferUsed null', { status: STATUS_SUCCESS, bufferUsed: null }],
  ['BufferUsed NaN', { status: STATUS_SUCCESS, bufferUsed: NaN }],
  ['BufferUsed -1', { status: STATUS_SUCCESS, bufferUsed: -1 }],
  ['BufferUsed 2^32', { status: STATUS_SUCCESS, bufferUsed: 2 ** 32 }],
  ['BufferUsed as text', { status: STATUS_SUCCESS, bufferUsed: '4' }],
];

test.each(noResult)('%s from a callback that returns a result', (_case, returned) => {
  const trace: TraceEvent[] = [];
  const { device, provider } = createRig({
    instances: [],
    kernel: { trace: (event) => trace.push(event) },
  });
  const answer = () => returned as BufferResult;
  must(
    device.wdfWmiInstanceCreate({
      provider,
      register: true,
      evtWmiInstanceQueryInstance: answer,
      evtWmiInstanceExecuteMethod: answer,
    }).instance,
  );
  for (const minor of [0, 1, 9]) {
    const irp = request(device, { minor, bufferSize: 160 });
    expect([minor, dispatch(device, irp)]).toMatchObject([
      minor,
      { status: 'STATUS_UNSUCCESSFUL', information: 0 },
    ]);
    if (minor === 1) expect(irp.view.getUint32(60, true)).toBe(0);
  }
  expect(trace.filter(({ kind }) => kind === 'callbackEnd')).toHaveLength(3);
});
