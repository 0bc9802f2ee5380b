/**
 * Replays one recorded request of the real KMDF framework on the kmdf model in its faithful setting and returns what
 * happened in the recording's own terms. The format is described in the README of the recording; debug assertions
 * and verifier breaks are not modelled.
 */
import {
  type BufferResult,
  type WmiInstance,
  type WmiInstanceCallbacks,
} from '../../src/runtime/callbacks.js';
import { type DriverHost } from '../../src/runtime/driver-host.js';
import { type SystemControlIrp } from '../../src/runtime/irp.js';
import { wdfConfigSizes } from '../../src/runtime/kmdf/create.js';
import { createKmdfDevice } from '../../src/runtime/kmdf/device.js';
import { allKmdfQuirks, type KmdfQuirks } from '../../src/runtime/kmdf/quirks.js';
import {
  WdfWmiProviderControl,
  type KmdfDevice,
  type WdfObjectAttributes,
  type WdfWmiProviderConfig,
  type WmiInstanceHandle,
  type WmiProviderHandle,
} from '../../src/runtime/kmdf/types.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  ntStatus,
  ntSuccess,
  type NtStatus,
} from '../../src/runtime/ntstatus.js';
import { viewOf } from '../../src/runtime/memory.js';
import {
  flagBits,
  type CreationExtras,
  type Header,
  type InstanceSetup,
  type ProviderSetup,
  type RecordedIrp,
  type Script,
  type Step,
  type VectorRecord,
} from './kmdf-recording.js';

/** The result of a replay: the same members as in the record. */
export interface Replayed {
  created?: unknown;
  beforeResults?: unknown;
  result: unknown;
}

const registrationActions = ['', 'REGISTER', 'DEREGISTER', 'REREGISTER', 'UPDATE_GUIDS'] as const;

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));
const statusOf = (text: string | undefined): NtStatus => ntStatus(Number(text ?? '0x0'));
const statusText = (status: number): string => `0x${status.toString(16)}`;

/** The settings of the model for a replay. */
export interface ReplaySetting {
  readonly hardening: boolean;
  readonly quirks: KmdfQuirks;
}

/** The setting in which the model answers as the real framework does. */
export const faithfulSetting: ReplaySetting = { hardening: false, quirks: allKmdfQuirks };

/** Replays one record. */
export function replay(
  record: VectorRecord,
  header: Header,
  setting: ReplaySetting = faithfulSetting,
): Replayed {
  const { setup } = record;
  const arch = setup.arch ?? 'x64';
  const machine = header[arch];
  const actions: string[] = [];
  const callbacks: unknown[] = [];
  const providers: (WmiProviderHandle | undefined)[] = [];
  const instances: (WmiInstanceHandle | undefined)[][] = [];
  let references = 0;
  let poolLeft = 0;
  let block: Uint8Array | undefined;
  let writeStatus: NtStatus = STATUS_SUCCESS;
  let buffer: Uint8Array = new Uint8Array(0);

  const host: DriverHost = {
    arch,
    trace: undefined,
    systemTime: () => BigInt(header.time),
    newObjectPointer: () => 0n,
    newDeviceInstancePath: () => '',
    allocatePool: (size) => {
      poolLeft += 1;
      return new Uint8Array(size);
    },
    freePool: () => {
      poolLeft -= 1;
    },
    obReferenceObject: (object) => {
      if (object === BigInt(machine.pdo)) references += 1;
    },
    ioWmiRegistrationControl: (_driver, action) => {
      actions.push(registrationActions[action] ?? String(action));
      return STATUS_SUCCESS;
    },
    ioWmiWriteEvent: (wnode) => {
      block = wnode.slice();
      if (ntSuccess(writeStatus)) poolLeft -= 1;
      return writeStatus;
    },
    staticInstanceName: () => undefined,
  };

  const options = { ...setting, start: false };
  let parentDevice: KmdfDevice | undefined;
  for (const name of [...(setup.parentMofResourceNames ?? [])].reverse()) {
    parentDevice = createKmdfDevice(host, {
      ...options,
      ...(parentDevice === undefined ? {} : { parentDevice }),
    });
    if (name !== null) parentDevice.wdfDeviceAssignMofResourceName(name);
  }
  const device = createKmdfDevice(host, {
    ...options,
    deviceObject: BigInt(machine.deviceObject),
    pdo: BigInt(machine.pdo),
    registryPath: setup.registryPath ?? header.defaultRegistryPath,
    ...(setup.hasLower ? {} : { lowerDevice: null }),
    ...(parentDevice === undefined ? {} : { parentDevice }),
  });
  if (setup.mofResourceName !== undefined) {
    device.wdfDeviceAssignMofResourceName(setup.mofResourceName);
  }

  const created = setup.providers.map((provider) => createWithInstances(provider));
  if (setup.registered ?? true) device.start();
  actions.length = 0;
  const beforeResults = record.before?.map((step) => run(step));
  const step: Step | undefined =
    record.irp === undefined ? record.call : { op: 'irp', ...record.irp };
  if (step === undefined) throw new Error(`${record.id}: neither irp nor call`);
  const replayed: Replayed = { result: run(step) };
  if (created.some(({ status, instances: all }) => [status, ...all].some((one) => one !== '0x0'))) {
    replayed.created = created;
  }
  if (beforeResults !== undefined) replayed.beforeResults = beforeResults;
  return replayed;

  function createWithInstances(provider: ProviderSetup): { status: string; instances: string[] } {
    const status = createProvider(provider, {});
    const index = providers.length - 1;
    const statuses = (provider.instances ?? []).map((instance) =>
      createInstance({ op: 'createInstance', provider: index, ...instance }),
    );
    return { status: statusText(status), instances: statuses.map((one) => statusText(one)) };
  }

  function providerConfig(provider: ProviderSetup, index: number): WdfWmiProviderConfig {
    const { functionControl, flags, guid, minInstanceBufferSize } = provider;
    return {
      guid,
      minInstanceBufferSize,
      flags:
        typeof flags === 'number' ? flags : flags.reduce((all, name) => all | flagBits[name], 0),
      ...(functionControl === null
        ? {}
        : {
            evtWmiProviderFunctionControl: (handle, control, enable) => {
              const state = stateOf(handle);
              callbacks.push({ name: 'functionControl', provider: index, control, enable, state });
              return statusOf(functionControl.status);
            },
          }),
    };
  }

  function createProvider(provider: ProviderSetup, extras: CreationExtras): NtStatus {
    const size = wdfConfigSizes[arch].provider + (extras.configSizeDelta ?? 0);
    const config = { ...providerConfig(provider, providers.length), size };
    const answer = device.wdfWmiProviderCreate(config, extras.attributes);
    providers.push(answer.provider);
    instances.push([]);
    return answer.status;
  }

  function createInstance(step: Extract<Step, { op: 'createInstance' }>): NtStatus {
    const at = step.provider ?? providers.length;
    const ofProvider = (instances[at] ??= []);
    const provider = step.provider === null ? undefined : providers[step.provider];
    const { contextSize, contextSizeOverride, context } = step;
    const attributes: WdfObjectAttributes = {
      ...step.attributes,
      ...(contextSize === undefined ? {} : { contextSize }),
      ...(contextSizeOverride === undefined ? {} : { contextSizeOverride }),
      ...(context === undefined ? {} : { context: bytesOf(context) }),
    };
    const answer = device.wdfWmiInstanceCreate(
      {
        size: wdfConfigSizes[arch].instance + (step.configSizeDelta ?? 0),
        register: step.register ?? true,
        useContextForQuery: step.useContextForQuery ?? false,
        ...(provider === undefined ? {} : { provider }),
        ...(step.providerConfig === undefined
          ? {}
          : { providerConfig: providerConfig(step.providerConfig, at) }),
        ...scriptedCallbacks(step, at, ofProvider.length),
      },
      attributes,
    );
    ofProvider.push(answer.instance);
    return answer.status;
  }

  function stateOf(provider: WmiProviderHandle): object {
    return {
      eventControl: device.wdfWmiProviderIsEnabled(provider, WdfWmiProviderControl.eventControl),
      instanceControl: device.wdfWmiProviderIsEnabled(
        provider,
        WdfWmiProviderControl.instanceControl,
      ),
      tracingHandle: `0x${device.wdfWmiProviderGetTracingHandle(provider).toString(16)}`,
    };
  }

  /** The position of a callback's pointer, in the form of the recording. */
  function place(memory: Uint8Array, offset: number | null): object {
    return memory === buffer || offset === null ? { offset } : { scratch: true };
  }

  /** The input that a callback can see. */
  function input(memory: Uint8Array, offset: number | null, size: number): object {
    if (offset === null) return { in: null };
    if (offset + size > memory.length) return { inOutside: true };
    return { in: hex(memory.subarray(offset, offset + size)) };
  }

  /** Plays an output callback's script: what it writes, reports and returns. */
  function play(
    script: Script | undefined,
    room: number,
    memory: Uint8Array,
    offset: number | null,
    call: object,
  ): BufferResult {
    const text = script?.data ?? script?.writes ?? '';
    const whole = bytesOf(text);
    const natural = script?.data !== undefined;
    const fits = !natural || whole.length <= room;
    const writes = fits ? whole.subarray(0, room) : whole.subarray(0, 0);
    const outside = offset !== null && offset + writes.length > memory.length;
    callbacks.push(outside && writes.length > 0 ? { ...call, writeSkipped: true } : call);
    if (!outside && offset !== null) memory.set(writes, offset);
    if (script?.deregister !== undefined) {
      const [provider, instance] = script.deregister;
      const handle = instances[provider]?.[instance];
      if (handle !== undefined) device.wdfWmiInstanceDeregister(handle);
    }
    if (natural) {
      const status = fits ? statusOf(script.status) : STATUS_BUFFER_TOO_SMALL;
      return { status, bufferUsed: whole.length };
    }
    const bufferUsed = script === undefined ? 0 : (script.bufferUsed ?? undefined);
    return { status: statusOf(script?.status), bufferUsed };
  }

  function scriptedCallbacks(
    setupOf: InstanceSetup,
    provider: number,
    instance: number,
  ): WmiInstanceCallbacks {
    const behaviour = setupOf.behaviour ?? record.behaviour ?? {};
    const has = (name: string): boolean => setupOf.callbacks?.includes(name) ?? false;
    const who = { provider, instance };
    const query = (_: WmiInstance, size: number, memory: Uint8Array, offset: number | null) =>
      play(behaviour.query, size, memory, offset, {
        name: 'query',
        ...who,
        size,
        ...place(memory, offset),
      });
    const set = (_: WmiInstance, size: number, memory: Uint8Array, offset: number | null) => {
      const seen = { ...place(memory, offset), ...input(memory, offset, size) };
      callbacks.push({ name: 'set', ...who, size, ...seen });
      return statusOf(behaviour.set?.status);
    };
    const setItem = (
      _: WmiInstance,
      itemId: number,
      size: number,
      memory: Uint8Array,
      offset: number | null,
    ) => {
      const seen = { ...place(memory, offset), ...input(memory, offset, size) };
      callbacks.push({ name: 'setItem', ...who, itemId, size, ...seen });
      return statusOf(behaviour.setItem?.status);
    };
    const execute = (
      _: WmiInstance,
      methodId: number,
      inSize: number,
      outSize: number,
      memory: Uint8Array,
      offset: number | null,
    ) =>
      play(behaviour.execute, outSize, memory, offset, {
        name: 'execute',
        ...who,
        methodId,
        inSize,
        outSize,
        ...place(memory, offset),
        ...input(memory, offset, inSize),
        // The contract presets BufferUsed with 0 and does not show it to the callback.
        usedBefore: 0,
      });
    return {
      ...(has('query') ? { evtWmiInstanceQueryInstance: query } : {}),
      ...(has('set') ? { evtWmiInstanceSetInstance: set } : {}),
      ...(has('setItem') ? { evtWmiInstanceSetItem: setItem } : {}),
      ...(has('execute') ? { evtWmiInstanceExecuteMethod: execute } : {}),
    };
  }

  function run(step: Step): object {
    actions.length = 0;
    const result = runStep(step);
    return actions.length === 0 ? result : { ...result, registration: [...actions] };
  }

  function runStep(step: Step): object {
    switch (step.op) {
      case 'irp':
        return sendIrp(step);
      case 'register':
        return { status: statusText(device.start()) };
      case 'deregister':
        device.remove();
        return {};
      case 'cleanup':
        device.cleanup();
        return {};
      case 'removeInstance':
        device.wdfWmiInstanceDeregister(existing(instances[step.provider]?.[step.instance]));
        return {};
      case 'addInstance': {
        const instance = existing(instances[step.provider]?.[step.instance]);
        return { status: statusText(device.wdfWmiInstanceRegister(instance)) };
      }
      case 'createProvider':
        return { status: statusText(createProvider(step, step)) };
      case 'createInstance':
        return { status: statusText(createInstance(step)) };
      case 'fireEvent': {
        writeStatus = statusOf(step.writeStatus);
        const instance = existing(instances[step.provider]?.[step.instance]);
        const data = step.data === null ? null : bytesOf(step.data);
        const status = device.wdfWmiInstanceFireEvent(instance, data, step.size);
        return {
          status: statusText(status),
          ...(block === undefined ? {} : { block: hex(block) }),
          poolLeft,
        };
      }
      default:
        return step satisfies never;
    }
  }

  function sendIrp(recorded: RecordedIrp): object {
    buffer = bytesOf(recorded.buffer);
    callbacks.length = 0;
    references = 0;
    const irp: SystemControlIrp = {
      minor: recorded.minor,
      providerId: BigInt(
        recorded.providerIdIsDevice ? machine.deviceObject : machine.otherProviderId,
      ),
      dataPath: recorded.guid ?? recorded.dataPath ?? 0,
      memory: buffer,
      view: viewOf(buffer),
      bufferSize: recorded.bufferSize,
      ioStatus: {
        status: statusOf(recorded.statusBefore),
        information: recorded.informationBefore,
      },
    };
    const outcome = device.dispatch(irp);
    const { minor } = recorded;
    const isControl = minor >= 4 && minor <= 7;
    const isRegistration = minor === 8 || minor === 0xb;
    return {
      outcome,
      status: statusText(irp.ioStatus.status),
      information: irp.ioStatus.information,
      buffer: hex(buffer),
      callbacks: [...callbacks],
      ...(isControl ? { providers: providers.map((one) => stateOf(existing(one))) } : {}),
      ...(isRegistration ? { pdoReferences: references } : {}),
    };
  }

  function existing<Handle>(handle: Handle | undefined): Handle {
    if (handle === undefined)
      throw new Error(`${record.id}: a step names an object that is not there`);
    return handle;
  }
}
