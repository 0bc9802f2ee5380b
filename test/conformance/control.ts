/**
 * Rows FC: switching events and collection on and off.
 */
import { expect } from 'vitest';
import { type Kernel } from '../../src/runtime/kernel.js';
import {
  SYNCHRONIZE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
} from '../../src/runtime/kernel/handles.js';
import { type DataBlockObject } from '../../src/runtime/kernel/state.js';
import { WdfWmiProviderControl, WdfWmiProviderFlags } from '../../src/runtime/kmdf/types.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_PENDING,
  STATUS_SUCCESS,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../src/runtime/trace.js';
import { blockGuid, createRig, dispatch, must, request } from '../runtime/rig.js';
import { everyModel } from './model.js';
import { type Row } from './row.js';

const { eventControl, instanceControl } = WdfWmiProviderControl;
const { expensive, tracing } = WdfWmiProviderFlags;
const ENABLE_EVENTS = 4;
const DISABLE_EVENTS = 5;
const ENABLE_COLLECTION = 6;
const DISABLE_COLLECTION = 7;

interface Switch {
  readonly flags?: number;
  /** Absent: no callback. */
  readonly answer?: () => NtStatus;
}

/** A kmdf block that records every switch and the result of IsEnabled at that time. */
function switched({ flags = 0, answer }: Switch = {}) {
  const seen: string[] = [];
  const rig = createRig({
    provider: {
      flags,
      ...(answer && {
        evtWmiProviderFunctionControl: (provider, control, enable) => {
          const name = control === eventControl ? 'events' : 'collection';
          const now = rig.device.wdfWmiProviderIsEnabled(provider, control);
          seen.push(`${name} ${enable ? 'on' : 'off'}${now === enable ? '' : ' too late'}`);
          return answer();
        },
      }),
    },
    ...(flags === tracing ? { instances: [] } : {}),
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
  return { ...rig, seen, control, enabled };
}

/** What a consumer of the block holds. */
function open(kernel: Kernel, access: number): DataBlockObject {
  return must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
}

/** A switch that fails: its status comes out and the switch is off. */
function expectOff(minor: number, returned: NtStatus, want: string): void {
  let status = STATUS_SUCCESS;
  const { control, enabled } = switched({ flags: expensive, answer: () => status });
  control(ENABLE_EVENTS);
  status = returned;
  expect(control(minor)).toMatchObject({ status: want, information: 0 });
  expect(enabled()).toEqual([false, false]);
}

export const controlRows: readonly Row[] = [
  {
    id: 'FC1',
    condition: 'BufferSize 47',
    expected: 'STATUS_INVALID_PARAMETER, Information 0, nothing switched',
    source: 'K kmdf-events-and-collection 2',
    models: ['kmdf', 'selfHandled'],
    run(model) {
      const seen: string[] = [];
      const control = (what: string) => {
        seen.push(what);
        return STATUS_SUCCESS;
      };
      const { device } = model.rig({ expensive: true, control });
      for (const minor of [ENABLE_EVENTS, DISABLE_EVENTS, ENABLE_COLLECTION, DISABLE_COLLECTION]) {
        const answer = dispatch(device, request(device, { minor, bufferSize: 47 }));
        expect(answer).toMatchObject({ status: 'STATUS_INVALID_PARAMETER', information: 0 });
      }
      expect(seen).toEqual([]);
      if (model.kind !== 'kmdf') return;
      const bare = switched();
      bare.control(ENABLE_EVENTS, 47);
      expect(bare.enabled()).toEqual([false, false]);
    },
  },
  {
    id: 'FC2',
    condition: 'ENABLE_EVENTS without a control callback',
    expected: 'STATUS_SUCCESS, IsEnabled(EventControl) true',
    source: 'K kmdf-events-and-collection 4',
    models: ['kmdf'],
    run() {
      const { control, enabled } = switched();
      expect(control(ENABLE_EVENTS)).toMatchObject({ status: 'STATUS_SUCCESS', information: 0 });
      expect(enabled()).toEqual([true, false]);
    },
  },
  {
    id: 'FC3',
    condition: 'IsEnabled inside the control callback',
    expected: 'has the new value already',
    source: 'K kmdf-events-and-collection 3',
    models: ['kmdf'],
    run() {
      const { control, seen } = switched({ flags: expensive, answer: () => STATUS_SUCCESS });
      control(ENABLE_EVENTS);
      control(DISABLE_EVENTS);
      expect(seen).toEqual(['events on', 'events off']);
    },
  },
  {
    id: 'FC4',
    condition: 'the callback fails to enable',
    expected: 'its status; the switch is off',
    source: 'K kmdf-events-and-collection 6',
    models: ['kmdf'],
    run() {
      expectOff(ENABLE_EVENTS, STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED');
    },
  },
  {
    id: 'FC5',
    condition: 'the callback fails to disable',
    expected: 'its status; the switch is off',
    source: 'K kmdf-events-and-collection 6',
    models: ['kmdf'],
    run() {
      expectOff(DISABLE_EVENTS, STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED');
    },
  },
  {
    id: 'FC6',
    condition: 'ENABLE_COLLECTION and DISABLE_COLLECTION',
    expected: 'move the instance switch only',
    source: 'K kmdf-events-and-collection 3',
    models: ['kmdf'],
    run() {
      const { control, enabled } = switched();
      control(ENABLE_COLLECTION);
      expect(enabled()).toEqual([false, true]);
      control(ENABLE_EVENTS);
      control(DISABLE_COLLECTION);
      expect(enabled()).toEqual([true, false]);
    },
  },
  {
    id: 'FC7',
    condition: 'a tracing block',
    expected: 'HistoricalContext is its handle, on DISABLE_EVENTS too; 0 after a failure',
    source: 'K kmdf-events-and-collection 3, R kmdf-events-and-collection 3',
    models: ['kmdf'],
    run() {
      let status = STATUS_SUCCESS;
      const { control, device, provider } = switched({ flags: tracing, answer: () => status });
      const handle = () => device.wdfWmiProviderGetTracingHandle(provider);
      control(ENABLE_EVENTS, 48, 0x1122334455667788n);
      expect(handle()).toBe(0x1122334455667788n);
      control(DISABLE_EVENTS, 48, 5n);
      expect(handle()).toBe(5n);
      status = STATUS_ACCESS_DENIED;
      control(ENABLE_EVENTS, 48, 7n);
      expect(handle()).toBe(0n);
    },
  },
  {
    id: 'FC8',
    condition: 'the callback returns STATUS_PENDING',
    expected: 'STATUS_UNSUCCESSFUL; the switch is off',
    source: 'K kmdf-events-and-collection 5',
    models: ['kmdf'],
    run() {
      expectOff(ENABLE_EVENTS, STATUS_PENDING, 'STATUS_UNSUCCESSFUL');
    },
  },
  {
    id: 'FC9',
    condition: 'two consumers of events, and of an expensive block',
    expected: 'one enable with the first, one disable with the last',
    source: 'D self-handled-requests 9, consumer-routines 4',
    models: everyModel,
    run(model) {
      const seen: string[] = [];
      const control = (what: string, enable: boolean) => {
        seen.push(`${what} ${enable ? 'on' : 'off'}`);
        return STATUS_SUCCESS;
      };
      const { kernel } = model.rig({ expensive: true, control });
      const listen = () => {
        const block = open(kernel, WMIGUID_NOTIFICATION | SYNCHRONIZE);
        kernel.ioWmiSetNotificationCallback(block, () => undefined);
        return block;
      };
      const [first, second] = [listen(), listen()];
      expect(seen).toEqual(['collection on', 'events on']);
      kernel.obDereferenceObject(first);
      expect(seen).toHaveLength(2);
      kernel.obDereferenceObject(second);
      expect(seen.slice(2).sort()).toEqual(['collection off', 'events off']);
    },
  },
  {
    id: 'FC10',
    condition: 'a consumer opens a block that is not expensive',
    expected: 'no ENABLE_COLLECTION',
    source: 'D self-handled-requests 10',
    models: everyModel,
    run(model) {
      const minors = (expensive: boolean) => {
        const sent: string[] = [];
        const trace = (step: TraceEvent) =>
          void (step.kind === 'irpBegin' && sent.push(step.minorName));
        const { kernel } = model.rig({ expensive, kernel: { trace } });
        sent.length = 0;
        kernel.obDereferenceObject(open(kernel, WMIGUID_QUERY));
        return sent;
      };
      expect(minors(false)).toEqual([]);
      expect(minors(true)).toEqual(['IRP_MN_ENABLE_COLLECTION', 'IRP_MN_DISABLE_COLLECTION']);
    },
  },
  {
    id: 'FC11',
    condition: 'ENABLE_COLLECTION for a block that is not expensive',
    expected: 'STATUS_SUCCESS, nothing happens',
    source: 'D self-handled-requests 10',
    models: ['selfHandled'],
    run(model) {
      const seen: string[] = [];
      const control = (what: string) => {
        seen.push(what);
        return STATUS_ACCESS_DENIED;
      };
      const rig = model.rig({ control });
      for (const minor of [ENABLE_COLLECTION, DISABLE_COLLECTION]) {
        const answer = dispatch(rig.device, request(rig.device, { minor, bufferSize: 48 }));
        expect(answer).toMatchObject({ status: 'STATUS_SUCCESS', information: 0 });
      }
      expect(seen).toEqual([]);
    },
  },
];
