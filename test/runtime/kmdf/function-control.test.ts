/**
 * Switching events and collection in the kmdf model.
 */
import { expect, test } from 'vitest';
import {
  WdfWmiProviderControl,
  WdfWmiProviderFlags,
  type EvtWmiProviderFunctionControl,
} from '../../../src/runtime/kmdf/types.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_PENDING,
  STATUS_SUCCESS,
} from '../../../src/runtime/ntstatus.js';
import { createRig, dispatch, request } from '../rig.js';

const { eventControl, instanceControl } = WdfWmiProviderControl;
const { expensive, tracing } = WdfWmiProviderFlags;

function switchable(
  flags: number,
  evtWmiProviderFunctionControl?: EvtWmiProviderFunctionControl,
  instances = flags === tracing ? [] : undefined,
) {
  const rig = createRig({
    provider: { flags, ...(evtWmiProviderFunctionControl && { evtWmiProviderFunctionControl }) },
    ...(instances && { instances }),
  });
  const control = (minor: number, bufferSize = 48, context = 0n) => {
    const irp = request(rig.device, { minor, bufferSize });
    if (bufferSize >= 16) irp.view.setBigUint64(8, context, true);
    return dispatch(rig.device, irp);
  };
  const enabled = () => [
    rig.device.wdfWmiProviderIsEnabled(rig.provider, eventControl),
    rig.device.wdfWmiProviderIsEnabled(rig.provider, instanceControl),
  ];
  return { ...rig, control, enabled };
}

test.each([47, 0])('BufferSize %i -> STATUS_INVALID_PARAMETER, nothing switched', (size) => {
  const { control, enabled } = switchable(0);
  for (const minor of [4, 6]) {
    const answer = control(minor, size);
    expect(answer).toMatchObject({ status: 'STATUS_INVALID_PARAMETER', information: 0 });
  }
  expect(enabled()).toEqual([false, false]);
});

test('without a callback: each request moves its own switch', () => {
  const { control, enabled } = switchable(0);
  expect(control(4)).toMatchObject({ status: 'STATUS_SUCCESS', information: 0 });
  expect(enabled()).toEqual([true, false]);
  control(6);
  expect(enabled()).toEqual([true, true]);
  control(5);
  expect(enabled()).toEqual([false, true]);
  control(7);
  expect(enabled()).toEqual([false, false]);
});

test('the callback sees the switch already moved', () => {
  const seen: unknown[] = [];
  const { control, device } = switchable(expensive, (provider, which, enable) => {
    seen.push([which, enable, device.wdfWmiProviderIsEnabled(provider, which)]);
    return STATUS_SUCCESS;
  });
  control(4);
  control(6);
  control(7);
  control(5);
  expect(seen).toEqual([
    [eventControl, true, true],
    [instanceControl, true, true],
    [instanceControl, false, false],
    [eventControl, false, false],
  ]);
});

test.each([
  ['enable fails', 4, STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED'],
  ['disable fails', 5, STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED'],
  ['pending', 4, STATUS_PENDING, 'STATUS_UNSUCCESSFUL'],
])('%s: the status, and the switch is off', (_row, minor, status, want) => {
  let answer = STATUS_SUCCESS;
  const { control, enabled } = switchable(expensive, () => answer);
  control(4);
  answer = status;
  expect(control(minor)).toMatchObject({ status: want, information: 0 });
  expect(enabled()).toEqual([false, false]);
});

test('a tracing block takes its handle from HistoricalContext, on and off', () => {
  let status = STATUS_SUCCESS;
  const { control, device, provider } = switchable(tracing, () => status);
  const handle = () => device.wdfWmiProviderGetTracingHandle(provider);
  control(4, 48, 0x1122334455667788n);
  expect(handle()).toBe(0x1122334455667788n);
  control(5, 48, 5n);
  expect(handle()).toBe(5n);
  control(6, 48, 9n);
  expect(handle()).toBe(5n);
  status = STATUS_ACCESS_DENIED;
  control(4, 48, 7n);
  expect(handle()).toBe(0n);
});
