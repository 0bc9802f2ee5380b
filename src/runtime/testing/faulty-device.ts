/**
 * Applies a plan of faults to providers' callbacks: those of a KMDF device, and of a block for other driver models.
 * Wraps the real callbacks.
 */
import { type BoundBlock } from '../bound-block.js';
import { type BufferResult, type WmiInstanceCallbacks } from '../callbacks.js';
import {
  type KmdfDevice,
  type WdfWmiInstanceConfig,
  type WdfWmiProviderConfig,
} from '../kmdf/types.js';
import { type NtStatus, STATUS_SUCCESS } from '../ntstatus.js';
import { type FaultPlan } from './faults.js';

/** Wraps the callbacks of every provider and instance that is created on the result. */
export function faultyDevice(device: KmdfDevice, plan: FaultPlan): KmdfDevice {
  const around: Partial<KmdfDevice> = {
    wdfWmiProviderCreate: (config, attributes) =>
      device.wdfWmiProviderCreate(faultyProvider(config, plan), attributes),
    wdfWmiInstanceCreate: (config, attributes) =>
      device.wdfWmiInstanceCreate(faultyInstance(config, plan), attributes),
  };
  // The device is the prototype, so that everything else, getters included, is inherited.
  return Object.assign(Object.create(device) as KmdfDevice, around);
}

function faultyProvider(config: WdfWmiProviderConfig, plan: FaultPlan): WdfWmiProviderConfig {
  const { evtWmiProviderFunctionControl: control } = config;
  if (control === undefined) return config;
  return {
    ...config,
    evtWmiProviderFunctionControl: (...args) => statusOr(plan, () => control(...args)),
  };
}

function faultyInstance(config: WdfWmiInstanceConfig, plan: FaultPlan): WdfWmiInstanceConfig {
  const { providerConfig } = config;
  return {
    ...config,
    ...(providerConfig && { providerConfig: faultyProvider(providerConfig, plan) }),
    ...faultyCallbacks(config, plan),
  };
}

/** Wraps the callbacks of a block that runs on another driver model. */
export function faultyBlock(block: BoundBlock, plan: FaultPlan): BoundBlock {
  return {
    ...block,
    instances: block.instances.map(({ name, callbacks }) => ({
      name,
      callbacks: faultyCallbacks(callbacks, plan),
    })),
    ...(block.control !== undefined && {
      control: (which, enable) =>
        statusOr(plan, () => block.control?.(which, enable) ?? STATUS_SUCCESS),
    }),
  };
}

/** An absent callback stays a NULL pointer. */
function faultyCallbacks(callbacks: WmiInstanceCallbacks, plan: FaultPlan): WmiInstanceCallbacks {
  const {
    evtWmiInstanceQueryInstance: query,
    evtWmiInstanceSetInstance: set,
    evtWmiInstanceSetItem: setItem,
    evtWmiInstanceExecuteMethod: execute,
  } = callbacks;
  return {
    ...(query && {
      evtWmiInstanceQueryInstance: (...args) => resultOr(plan, () => query(...args)),
    }),
    ...(set && { evtWmiInstanceSetInstance: (...args) => statusOr(plan, () => set(...args)) }),
    ...(setItem && { evtWmiInstanceSetItem: (...args) => statusOr(plan, () => setItem(...args)) }),
    ...(execute && {
      evtWmiInstanceExecuteMethod: (...args) => resultOr(plan, () => execute(...args)),
    }),
  };
}

function statusOr({ take }: FaultPlan, run: () => NtStatus): NtStatus {
  return take('callbackReturns')?.value ?? run();
}

function resultOr({ take }: FaultPlan, run: () => BufferResult): BufferResult {
  const returned = take('callbackReturns');
  const result = returned === undefined ? run() : { status: returned.value, bufferUsed: 0 };
  const used = take('callbackUses');
  return used === undefined ? result : { ...result, bufferUsed: used.value };
}
