// Generated blocks on a device: one provider a block, one instance a provider object, and the calls of each provider.
import { expect, test, vi } from 'vitest';
import { type WmiBlock, type WmiEventBlock } from '../../src/runtime/block.js';
import { fixedCodec } from '../../src/runtime/codec.js';
import { createKernel } from '../../src/runtime/kernel.js';
import {
  SYNCHRONIZE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
} from '../../src/runtime/kernel/handles.js';
import { createKmdfDevice } from '../../src/runtime/kmdf/device.js';
import { type NtStatus, STATUS_ACCESS_DENIED, STATUS_SUCCESS } from '../../src/runtime/ntstatus.js';
import { registerBlock, registerEvent } from '../../src/runtime/register.js';
import { uint8 } from '../../src/runtime/wire.js';
import { readSingleInstance } from '../../src/runtime/wnode-codec.js';

interface Level {
  readonly Level: number;
}

interface Lamp {
  query(): Level;
  collect?(enabled: boolean): NtStatus | undefined;
}

interface LampTypes {
  readonly data: Level;
  readonly changes: never;
  readonly provider: Lamp;
  readonly methods: object;
}

const data = fixedCodec<Level>({
  name: 'Level',
  size: 1,
  stride: 1,
  alignment: 1,
  read: (view, at) => ({ Level: view.getUint8(at) }),
  write: (view, at, value) => view.setUint8(at, value.Level),
});

const guid = '01234567-89ab-cdef-0123-456789abcdef';

const lamp: WmiBlock<LampTypes> = {
  contract: 2,
  name: 'Lamp',
  guid,
  expensive: true,
  minInstanceBufferSize: 1,
  data,
  items: { Level: { id: 1, type: uint8 } },
  query: (provider) => provider.query(),
  collect: (provider, enabled) => provider.collect?.(enabled),
};

const alarm: WmiEventBlock<Level> = { contract: 2, name: 'Alarm', guid, expensive: false, data };

function bench() {
  const kernel = createKernel();
  return { kernel, device: createKmdfDevice(kernel, { name: 'bench' }) };
}

const provider = (level: number): Lamp => ({ query: () => ({ Level: level }) });

test('one object is one instance, named like the block', () => {
  const { device } = bench();
  const { instances, handle } = registerBlock(device, lamp, provider(1));
  expect(handle.guid).toBe(guid);
  expect(instances.map(({ name, instanceName }) => [name, instanceName])).toEqual([
    ['Lamp', 'ROOT\\BENCH\\0000_0'],
  ]);
});

test('several instances keep their order and answer for themselves', () => {
  const { device, kernel } = bench();
  const { instances } = registerBlock(device, lamp, [
    { name: 'left', provider: provider(1) },
    { name: 'right', provider: provider(2) },
  ]);
  const { dataBlockObject: object } = kernel.ioWmiOpenBlock(guid, WMIGUID_QUERY);
  if (object === undefined) throw new Error('no block');
  const levels = instances.map(({ name, instanceName }) => {
    const answer = kernel.ioWmiQuerySingleInstance(object, instanceName ?? '', 100);
    return [name, ...(answer.data ?? [])];
  });
  expect(levels).toEqual([
    ['left', 1],
    ['right', 2],
  ]);
});

test('no instances are allowed: they may come later', () => {
  expect(registerBlock(bench().device, lamp, []).instances).toEqual([]);
});

test('a block that the framework refuses is an error that names it', () => {
  const { device } = bench();
  registerBlock(device, lamp, provider(1));
  expect(() => registerBlock(device, lamp, provider(2))).toThrow(/^Lamp \{01234567-/);
});

/** Providers that record calls of `collect`, with the status each returns. */
function collectors(answers: readonly (NtStatus | undefined)[]) {
  const calls: string[] = [];
  const instances = answers.map((answer, index) => ({
    name: `i${index}`,
    provider: {
      ...provider(index),
      collect: (enabled: boolean) => {
        calls.push(`${index} ${enabled ? 'on' : 'off'}`);
        return enabled ? answer : undefined;
      },
    },
  }));
  return { calls, instances };
}

test('an expensive block calls every provider for the first consumer and the last', () => {
  const { device, kernel } = bench();
  const { calls, instances } = collectors([undefined, STATUS_SUCCESS]);
  const { handle } = registerBlock(device, lamp, instances);
  expect(calls).toEqual([]);
  const first = kernel.ioWmiOpenBlock(handle.guid, WMIGUID_QUERY);
  const second = kernel.ioWmiOpenBlock(handle.guid, WMIGUID_QUERY);
  expect(calls).toEqual(['0 on', '1 on']);
  if (first.dataBlockObject !== undefined) kernel.obDereferenceObject(first.dataBlockObject);
  expect(calls).toEqual(['0 on', '1 on']);
  if (second.dataBlockObject !== undefined) kernel.obDereferenceObject(second.dataBlockObject);
  expect(calls).toEqual(['0 on', '1 on', '0 off', '1 off']);
});

test('when one provider cannot collect, those started before it are stopped', () => {
  const { device, kernel } = bench();
  const { calls, instances } = collectors([undefined, undefined, STATUS_ACCESS_DENIED, undefined]);
  registerBlock(device, lamp, instances);
  kernel.ioWmiOpenBlock(guid, WMIGUID_QUERY);
  expect(calls).toEqual(['0 on', '1 on', '2 on', '1 off', '0 off']);
});

test('a promise of a provider is no consent to collect', () => {
  const { device, kernel } = bench();
  const promise = Promise.resolve(STATUS_SUCCESS) as unknown as NtStatus;
  const { calls, instances } = collectors([undefined, promise]);
  registerBlock(device, lamp, instances);
  kernel.ioWmiOpenBlock(guid, WMIGUID_QUERY);
  expect(calls).toEqual(['0 on', '1 on', '0 off']);
});

test('one provider that fails to stop does not keep the others from stopping', () => {
  const { device, kernel } = bench();
  const calls: number[] = [];
  const stop = (index: number, status: NtStatus) => ({
    name: `i${index}`,
    provider: {
      ...provider(index),
      collect: (enabled: boolean) => {
        if (enabled) return STATUS_SUCCESS;
        calls.push(index);
        return status;
      },
    },
  });
  registerBlock(device, lamp, [stop(0, STATUS_ACCESS_DENIED), stop(1, STATUS_SUCCESS)]);
  const { dataBlockObject } = kernel.ioWmiOpenBlock(guid, WMIGUID_QUERY);
  if (dataBlockObject === undefined) throw new Error('no block');
  kernel.obDereferenceObject(dataBlockObject);
  expect(calls).toEqual([0, 1]);
});

test('an event reaches its listeners, with its instance and its data', () => {
  const { device, kernel } = bench();
  const event = registerEvent(device, alarm, ['left', 'right']);
  expect(event.enabled).toBe(false);
  expect(event.fire({ Level: 1 })).toBe(STATUS_SUCCESS);
  const { dataBlockObject } = kernel.ioWmiOpenBlock(guid, WMIGUID_NOTIFICATION | SYNCHRONIZE);
  if (dataBlockObject === undefined) throw new Error('no block');
  const heard = vi.fn();
  kernel.ioWmiSetNotificationCallback(dataBlockObject, (wnode) => {
    const read = readSingleInstance(wnode);
    heard(read?.instance, data.decode(read?.data ?? new Uint8Array()));
  });
  expect(event.fire({ Level: 7 }, 1)).toBe(STATUS_SUCCESS);
  expect(heard.mock.calls).toEqual([[{ kind: 'static', instanceIndex: 1 }, { Level: 7 }]]);
});

test('an event has one instance when no names are given, and no other can fire', () => {
  const event = registerEvent(bench().device, alarm);
  expect(event.instances.map(({ name }) => name)).toEqual(['Alarm']);
  expect(() => event.fire({ Level: 1 }, 1)).toThrow(
    new RangeError('Alarm: no instance 1, there are 1'),
  );
});
