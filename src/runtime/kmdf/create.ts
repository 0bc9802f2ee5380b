/**
 * Creates providers and instances: the checks of WdfWmiProviderCreate and WdfWmiInstanceCreate, in the framework's
 * order (docs/spec/runtime.md#kmdf-creation).
 */
import { GUID_NULL, guidToBytes, parseGuid } from '../guid.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INFO_LENGTH_MISMATCH,
  STATUS_INTEGER_OVERFLOW,
  STATUS_INVALID_PARAMETER,
  STATUS_OBJECT_NAME_EXISTS,
  STATUS_SUCCESS,
  STATUS_WDF_OBJECT_ATTRIBUTES_INVALID,
  STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED,
  ntSuccess,
  type NtStatus,
} from '../ntstatus.js';
import { type Arch } from '../wmireg.js';
import { traceFunctionControl, traceInstanceCallbacks } from './callback-trace.js';
import { addInstance, addProvider, deleteProvider } from './registration.js';
import {
  providerRecord,
  type DeviceState,
  type InstanceRecord,
  type ProviderRecord,
} from './state.js';
import {
  WdfWmiProviderFlags,
  type EvtWmiProviderFunctionControl,
  type WdfObjectAttributes,
  type WdfWmiInstanceConfig,
  type WdfWmiInstanceCreateResult,
  type WdfWmiProviderConfig,
  type WdfWmiProviderCreateResult,
} from './types.js';

/** sizeof(WDF_WMI_PROVIDER_CONFIG) and sizeof(WDF_WMI_INSTANCE_CONFIG) in bytes (wdfwmi.h). */
export const wdfConfigSizes = {
  x64: { provider: 40, instance: 64 },
  x86: { provider: 32, instance: 32 },
} as const satisfies Readonly<Record<Arch, { provider: number; instance: number }>>;

const allProviderFlags =
  WdfWmiProviderFlags.eventOnly | WdfWmiProviderFlags.expensive | WdfWmiProviderFlags.tracing;

const noAttributes: WdfObjectAttributes = {};

/** WdfWmiProviderCreate. */
export function createProvider(
  device: DeviceState,
  config: WdfWmiProviderConfig,
  attributes: WdfObjectAttributes = noAttributes,
): WdfWmiProviderCreateResult {
  const guid = parseGuid(config.guid);
  const invalid = checkAttributes(attributes) ?? checkProviderConfig(device, config, guid);
  if (invalid !== undefined || guid === undefined) {
    return { status: invalid ?? STATUS_INVALID_PARAMETER };
  }
  if (device.byGuid.has(guid) && !device.quirks.duplicateProviderAccepted) {
    return { status: STATUS_OBJECT_NAME_EXISTS };
  }
  const provider: ProviderRecord = {
    kind: 'WDFWMIPROVIDER',
    guid,
    flags: config.flags ?? 0,
    minInstanceBufferSize: config.minInstanceBufferSize ?? 0,
    device,
    guidBytes: guidToBytes(guid),
    functionControl: tracedControl(device, config.evtWmiProviderFunctionControl),
    instances: [],
    eventControlEnabled: false,
    dataBlockControlEnabled: false,
    tracingHandle: 0n,
    deleted: false,
    removeGuid: false,
  };
  const status = addProvider(provider);
  if (!ntSuccess(status)) {
    if (device.quirks.failedProviderLowersGuidCount) device.guidCount -= 1;
    return { status };
  }
  return { status: STATUS_SUCCESS, provider };
}

function tracedControl(
  { host, name }: DeviceState,
  functionControl: EvtWmiProviderFunctionControl | undefined,
): EvtWmiProviderFunctionControl | undefined {
  return host.trace === undefined || functionControl === undefined
    ? functionControl
    : traceFunctionControl(functionControl, host.trace, name);
}

function checkAttributes(attributes: WdfObjectAttributes): NtStatus | undefined {
  const { parent, contextSizeOverride } = attributes;
  if (
    contextSizeOverride !== undefined &&
    contextSizeOverride !== 0 &&
    contextSizeOverride < (statedContextSize(attributes) ?? 0)
  ) {
    return STATUS_WDF_OBJECT_ATTRIBUTES_INVALID;
  }
  return parent === true ? STATUS_WDF_PARENT_ASSIGNMENT_NOT_ALLOWED : undefined;
}

function checkProviderConfig(
  device: DeviceState,
  config: WdfWmiProviderConfig,
  guid: string | undefined,
): NtStatus | undefined {
  const size = wdfConfigSizes[device.host.arch].provider;
  if (config.size !== undefined && config.size !== size) return STATUS_INFO_LENGTH_MISMATCH;
  const flags = config.flags ?? 0;
  const { expensive, tracing } = WdfWmiProviderFlags;
  const wrongFlags =
    (flags & ~allProviderFlags) !== 0 || ((flags & tracing) !== 0 && flags !== tracing);
  // Only an expensive or a tracing provider may have EvtWmiProviderFunctionControl; others poll WdfWmiProviderIsEnabled
  // (docs/spec/runtime.md#differences, X9).
  const forbiddenCallback =
    config.evtWmiProviderFunctionControl !== undefined && (flags & (expensive | tracing)) === 0;
  return wrongFlags || forbiddenCallback || guid === undefined || guid === GUID_NULL
    ? STATUS_INVALID_PARAMETER
    : undefined;
}

/** ContextTypeInfo->ContextSize, or `undefined` without a context type. */
function statedContextSize(attributes: WdfObjectAttributes): number | undefined {
  return attributes.contextSize ?? attributes.context?.length;
}

/** WdfWmiInstanceCreate. */
export function createInstance(
  device: DeviceState,
  config: WdfWmiInstanceConfig,
  attributes: WdfObjectAttributes = noAttributes,
): WdfWmiInstanceCreateResult {
  const size = wdfConfigSizes[device.host.arch].instance;
  if (config.size !== undefined && config.size !== size) {
    return { status: STATUS_INFO_LENGTH_MISMATCH };
  }
  if ((config.provider === undefined) === (config.providerConfig === undefined)) {
    return { status: STATUS_INVALID_PARAMETER };
  }
  let own: ProviderRecord | undefined;
  if (config.providerConfig !== undefined) {
    const created = createProvider(device, config.providerConfig);
    if (created.provider === undefined) return { status: created.status };
    own = providerRecord(created.provider);
  }
  const provider = own ?? (config.provider && providerRecord(config.provider));
  if (provider === undefined || provider.deleted || provider.device !== device) {
    return { status: STATUS_INVALID_PARAMETER };
  }

  const invalid =
    checkEventOnly(provider, config) ??
    checkAttributes(attributes) ??
    checkContextQuery(device, provider, config, attributes);
  if (invalid !== undefined) {
    if (own !== undefined) deleteProvider(own);
    return { status: invalid };
  }
  const instance = newInstance(provider, config, attributes);
  if (config.register === true) {
    const status = addInstance(instance);
    if (!ntSuccess(status)) {
      if (own !== undefined) deleteProvider(own);
      return { status };
    }
  }
  return { status: STATUS_SUCCESS, instance };
}

function checkEventOnly(
  provider: ProviderRecord,
  config: WdfWmiInstanceConfig,
): NtStatus | undefined {
  if ((provider.flags & WdfWmiProviderFlags.eventOnly) === 0) return undefined;
  const answers =
    config.useContextForQuery === true ||
    config.evtWmiInstanceQueryInstance !== undefined ||
    config.evtWmiInstanceSetInstance !== undefined ||
    config.evtWmiInstanceSetItem !== undefined ||
    config.evtWmiInstanceExecuteMethod !== undefined;
  return answers ? STATUS_INVALID_PARAMETER : undefined;
}

function checkContextQuery(
  device: DeviceState,
  provider: ProviderRecord,
  config: WdfWmiInstanceConfig,
  attributes: WdfObjectAttributes,
): NtStatus | undefined {
  if (config.useContextForQuery !== true) return undefined;
  if (
    config.evtWmiInstanceSetInstance !== undefined ||
    config.evtWmiInstanceSetItem !== undefined ||
    statedContextSize(attributes) === undefined
  ) {
    return STATUS_INVALID_PARAMETER;
  }
  const length = contextLength(device, attributes);
  if (length > 0xffffffff) return STATUS_INTEGER_OVERFLOW;
  return length < provider.minInstanceBufferSize ? STATUS_BUFFER_TOO_SMALL : undefined;
}

/**
 * The size in bytes that a context query reports: an override replaces the size; the framework adds them up
 * (docs/spec/runtime.md#differences, X15).
 */
function contextLength(device: DeviceState, attributes: WdfObjectAttributes): number {
  const size = statedContextSize(attributes) ?? 0;
  const override = attributes.contextSizeOverride ?? 0;
  if (override === 0) return size;
  return device.quirks.contextSizeSummed ? size + override : override;
}

function newInstance(
  provider: ProviderRecord,
  config: WdfWmiInstanceConfig,
  attributes: WdfObjectAttributes,
): InstanceRecord {
  const override = attributes.contextSizeOverride ?? 0;
  const context = new Uint8Array(override !== 0 ? override : (statedContextSize(attributes) ?? 0));
  context.set((attributes.context ?? context).subarray(0, context.length));
  const useContextForQuery = config.useContextForQuery === true;
  const { host, name } = provider.device;
  const callbacks =
    host.trace === undefined ? config : traceInstanceCallbacks(config, host.trace, name);
  return {
    kind: 'WDFWMIINSTANCE',
    guid: provider.guid,
    label: config.label ?? '',
    provider,
    context,
    useContextForQuery,
    contextLength: useContextForQuery ? contextLength(provider.device, attributes) : 0,
    // With a context query a query callback is silently ignored; an execute callback remains.
    queryInstance: useContextForQuery ? undefined : callbacks.evtWmiInstanceQueryInstance,
    setInstance: callbacks.evtWmiInstanceSetInstance,
    setItem: callbacks.evtWmiInstanceSetItem,
    executeMethod: callbacks.evtWmiInstanceExecuteMethod,
    index: -1,
  };
}
