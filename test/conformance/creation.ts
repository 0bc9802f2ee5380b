/**
 * Rows RG about making providers and instances with the framework's methods.
 */
import { expect } from 'vitest';
import { createKernel } from '../../src/runtime/kernel.js';
import { createKmdfDevice } from '../../src/runtime/kmdf/device.js';
import {
  WdfWmiProviderFlags,
  type WdfWmiInstanceConfig,
  type WdfWmiProviderConfig,
} from '../../src/runtime/kmdf/types.js';
import { STATUS_SUCCESS, ntStatusName } from '../../src/runtime/ntstatus.js';
import { blockGuid, createRig, must, unknownGuid } from '../runtime/rig.js';
import { type Row } from './row.js';

const { eventOnly, expensive, tracing } = WdfWmiProviderFlags;
const done = () => STATUS_SUCCESS;
const invalid = 'STATUS_INVALID_PARAMETER';

/** The status of making a provider on a new device. */
function makeProvider(config: Partial<WdfWmiProviderConfig>, parent = false): string {
  const device = createKmdfDevice(createKernel());
  const answer = device.wdfWmiProviderCreate({ guid: blockGuid, ...config }, { parent });
  expect(answer.provider === undefined).toBe(answer.status !== STATUS_SUCCESS);
  return ntStatusName(answer.status);
}

/** The status of making an instance of a block with those flags. */
function makeInstance(
  config: Partial<WdfWmiInstanceConfig>,
  { flags = 0, context = new Uint8Array(8), minimum = 0 } = {},
): string {
  const rig = createRig({
    provider: { flags, minInstanceBufferSize: minimum },
    instances: [],
  });
  const whole = { provider: rig.provider, ...config } as WdfWmiInstanceConfig;
  const attributes = context.length === 0 ? {} : { context };
  return ntStatusName(rig.device.wdfWmiInstanceCreate(whole, attributes).status);
}

export const creationRows: readonly Row[] = [
  {
    id: 'RG10',
    condition: 'a provider with an unknown flag bit',
    expected: 'STATUS_INVALID_PARAMETER; a parent or a wrong Size is refused before',
    source: 'K kmdf-creation 2',
    models: ['kmdf'],
    run() {
      expect(makeProvider({ flags: 8 })).toBe(invalid);
      expect(makeProvider({ size: 44, flags: 8 })).toBe('STATUS_INFO_LENGTH_MISMATCH');
      const parent = 'STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED';
      expect(makeProvider({ size: 44 }, true)).toBe(parent);
    },
  },
  {
    id: 'RG11',
    condition: 'Tracing with any other flag',
    expected: 'STATUS_INVALID_PARAMETER',
    source: 'K kmdf-creation 3',
    models: ['kmdf'],
    run() {
      expect(makeProvider({ flags: tracing | expensive })).toBe(invalid);
      expect(makeProvider({ flags: tracing | eventOnly })).toBe(invalid);
      expect(makeProvider({ flags: tracing })).toBe('STATUS_SUCCESS');
    },
  },
  {
    id: 'RG12',
    condition: 'a control callback without Tracing or Expensive',
    expected: 'STATUS_INVALID_PARAMETER',
    source: 'K kmdf-creation 4, differences X9',
    models: ['kmdf'],
    run() {
      const evtWmiProviderFunctionControl = done;
      for (const flags of [0, eventOnly]) {
        expect(makeProvider({ flags, evtWmiProviderFunctionControl })).toBe(invalid);
      }
      for (const flags of [expensive, eventOnly | expensive, tracing]) {
        expect(makeProvider({ flags, evtWmiProviderFunctionControl })).toBe('STATUS_SUCCESS');
      }
    },
  },
  {
    id: 'RG13',
    condition: 'a provider with the all-zero GUID',
    expected: 'STATUS_INVALID_PARAMETER',
    source: 'K kmdf-creation 5',
    models: ['kmdf'],
    run() {
      expect(makeProvider({ guid: '00000000-0000-0000-0000-000000000000' })).toBe(invalid);
    },
  },
  {
    id: 'RG14',
    condition: 'an instance with neither or both of Provider and ProviderConfig',
    expected: 'STATUS_INVALID_PARAMETER; a wrong Size is refused before',
    source: 'K kmdf-creation 8',
    models: ['kmdf'],
    run() {
      const providerConfig = { guid: unknownGuid };
      expect(makeInstance({ providerConfig })).toBe(invalid);
      const { device } = createRig({ instances: [] });
      expect(ntStatusName(device.wdfWmiInstanceCreate({}).status)).toBe(invalid);
      expect(makeInstance({ size: 1, providerConfig })).toBe('STATUS_INFO_LENGTH_MISMATCH');
    },
  },
  {
    id: 'RG15',
    condition: 'an instance of an event-only block with a callback or UseContextForQuery',
    expected: 'STATUS_INVALID_PARAMETER',
    source: 'K kmdf-creation 9',
    models: ['kmdf'],
    run() {
      const answered = () => ({ status: STATUS_SUCCESS, bufferUsed: 0 });
      for (const config of [
        { evtWmiInstanceQueryInstance: answered },
        { evtWmiInstanceSetInstance: done },
        { evtWmiInstanceSetItem: done },
        { evtWmiInstanceExecuteMethod: answered },
        { useContextForQuery: true },
      ]) {
        expect(makeInstance(config, { flags: eventOnly })).toBe(invalid);
      }
      expect(makeInstance({}, { flags: eventOnly })).toBe('STATUS_SUCCESS');
    },
  },
  {
    id: 'RG16',
    condition: 'UseContextForQuery with a set callback, or without a context type',
    expected: 'STATUS_INVALID_PARAMETER; a provider made for the instance goes again',
    source: 'K kmdf-creation 10',
    models: ['kmdf'],
    run() {
      const useContextForQuery = true;
      expect(makeInstance({ useContextForQuery, evtWmiInstanceSetItem: done })).toBe(invalid);
      expect(makeInstance({ useContextForQuery, evtWmiInstanceSetInstance: done })).toBe(invalid);
      const context = new Uint8Array(0);
      expect(makeInstance({ useContextForQuery }, { context })).toBe(invalid);
      const { device } = createRig({ instances: [] });
      const providerConfig = { guid: unknownGuid };
      device.wdfWmiInstanceCreate({ providerConfig, useContextForQuery });
      expect(device.wdfWmiInstanceCreate({ providerConfig }).status).toBe(STATUS_SUCCESS);
    },
  },
  {
    id: 'RG17',
    condition: 'an instance is registered twice',
    expected: 'STATUS_INVALID_DEVICE_REQUEST',
    source: 'K kmdf-creation 13',
    models: ['kmdf'],
    run() {
      const { device, instances } = createRig();
      const status = device.wdfWmiInstanceRegister(must(instances[0]));
      expect(ntStatusName(status)).toBe('STATUS_INVALID_DEVICE_REQUEST');
    },
  },
  {
    id: 'RG18',
    condition: 'an instance of a tracing block is registered',
    expected: 'STATUS_INVALID_DEVICE_REQUEST',
    source: 'K kmdf-creation 13',
    models: ['kmdf'],
    run() {
      const status = makeInstance({ register: true }, { flags: tracing });
      expect(status).toBe('STATUS_INVALID_DEVICE_REQUEST');
    },
  },
  {
    id: 'RG20',
    condition: 'a context below the minimum instance size',
    expected: 'STATUS_BUFFER_TOO_SMALL',
    source: 'K kmdf-creation 11',
    models: ['kmdf'],
    run() {
      const made = (size: number) =>
        makeInstance({ useContextForQuery: true }, { context: new Uint8Array(size), minimum: 8 });
      expect([made(7), made(8)]).toEqual(['STATUS_BUFFER_TOO_SMALL', 'STATUS_SUCCESS']);
    },
  },
];
