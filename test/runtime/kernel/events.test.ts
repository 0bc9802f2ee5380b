/**
 * Events, and switching blocks on and off for their consumers.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Kernel } from '../../../src/runtime/kernel.js';
import {
  SYNCHRONIZE,
  WMIGUID_NOTIFICATION,
  WMIGUID_QUERY,
  WMIGUID_SET,
} from '../../../src/runtime/kernel/handles.js';
import {
  type DataBlockObject,
  type WmiNotificationCallback,
} from '../../../src/runtime/kernel/state.js';
import { WdfWmiProviderFlags } from '../../../src/runtime/kmdf/types.js';
import { guidToBytes } from '../../../src/runtime/guid.js';
import {
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  ntStatusName,
  type NtStatus,
} from '../../../src/runtime/ntstatus.js';
import { buildWnode, emptyHeader, readSingleInstance } from '../../../src/runtime/wnode-codec.js';
import { blockGuid, createRig, must, now, type RigOptions } from '../rig.js';

const listening = WMIGUID_NOTIFICATION | SYNCHRONIZE;
const { eventOnly, expensive } = WdfWmiProviderFlags;

function eventRig(options: RigOptions = {}) {
  return createRig({ provider: { flags: eventOnly }, instances: [{}, {}], ...options });
}

function subscribe(kernel: Kernel, callback: WmiNotificationCallback, context?: unknown) {
  const block = must(kernel.ioWmiOpenBlock(blockGuid, listening).dataBlockObject);
  expect(kernel.ioWmiSetNotificationCallback(block, callback, context)).toBe(STATUS_SUCCESS);
  return block;
}

test('the header of a fired event', () => {
  const { kernel, device, instances } = eventRig();
  let block: Uint8Array | undefined;
  subscribe(kernel, (wnode) => (block = wnode));
  device.wdfWmiInstanceFireEvent(must(instances[1]), Uint8Array.of(1, 2, 3));
  const event = must(readSingleInstance(must(block)));
  expect(event).toMatchObject({
    instance: { kind: 'static', instanceIndex: 1 },
    data: Uint8Array.of(1, 2, 3),
    header: { flags: 0x8a, guid: blockGuid, timeStamp: now },
  });
  expect(event.header.providerId).toBe(Number(device.deviceObject & 0xffffffffn));
  const view = new DataView(must(block).buffer);
  expect([view.getUint32(0, true), view.getUint32(56, true)]).toEqual([67, 64]);
});

test('NULL data with a size: size 0', () => {
  const { kernel, device, instances } = eventRig();
  const sizes: number[] = [];
  subscribe(kernel, (wnode) => sizes.push(wnode.length));
  expect(device.wdfWmiInstanceFireEvent(must(instances[0]), null, 8)).toBe(STATUS_SUCCESS);
  expect(sizes).toEqual([64]);
});

test.each([
  ['over the limit', 1025 - 64, {}, 'STATUS_BUFFER_OVERFLOW'],
  ['at the limit', 1024 - 64, {}, 'STATUS_SUCCESS'],
  ['WMI unavailable', 1, { isWmiAvailable: () => false }, 'STATUS_UNSUCCESSFUL'],
])('%s: the status, and no block is lost', (_row, size, kernelOptions, want) => {
  const { kernel, device, instances } = eventRig({ kernel: kernelOptions });
  const status = device.wdfWmiInstanceFireEvent(must(instances[0]), new Uint8Array(size));
  expect(ntStatusName(status)).toBe(want);
  expect(kernel.poolBlocksInUse).toBe(0);
});

test('every subscriber is called with its context, also when one throws', () => {
  const { kernel, device, instances } = eventRig();
  const seen: unknown[] = [];
  subscribe(
    kernel,
    (_wnode, context) => {
      seen.push(context);
      throw new Error('consumer fault');
    },
    'first',
  );
  subscribe(kernel, (_wnode, context) => seen.push(context), 'second');
  expect(() => device.wdfWmiInstanceFireEvent(must(instances[0]), null)).toThrow('consumer fault');
  expect(seen).toEqual(['first', 'second']);
});

test('without a subscriber the event is accepted and dropped', () => {
  const { kernel, device, instances } = eventRig();
  expect(device.wdfWmiInstanceFireEvent(must(instances[0]), null)).toBe(STATUS_SUCCESS);
  let calls = 0;
  subscribe(kernel, () => (calls += 1));
  expect(calls).toBe(0);
});

test.each([
  ['Uint8Array', (bytes: Uint8Array) => bytes],
  ['Buffer', (bytes: Uint8Array) => Buffer.from(bytes)],
] as const)('an event of a %s has the bytes that it was written with', (_kind, memoryOf) => {
  const { kernel, device, instances } = eventRig();
  const seen: number[][] = [];
  const block = memoryOf(
    buildWnode({
      kind: 'singleInstance',
      header: { ...emptyHeader(blockGuid), providerId: Number(device.deviceObject & 0xffffffffn) },
      instance: { kind: 'static', instanceIndex: 0 },
      data: Uint8Array.of(1, 2, 3),
    }),
  );
  const want = [...block];
  subscribe(kernel, (wnode) => {
    // The memory is the driver's again: it is used for something else before the next delivery.
    block.fill(0xee);
    seen.push([...wnode]);
  });
  expect(instances.length).toBeGreaterThan(0);
  expect(kernel.ioWmiWriteEvent(block)).toBe(STATUS_SUCCESS);
  expect(seen).toEqual([want]);
});

test('an event reference makes WMI query the instance', () => {
  const { kernel, device, calls } = createRig();
  const seen: unknown[] = [];
  subscribe(kernel, (wnode) => seen.push(readSingleInstance(wnode)));
  const wnode = buildWnode({
    kind: 'eventReference',
    header: { ...emptyHeader(blockGuid), providerId: Number(device.deviceObject & 0xffffffffn) },
    instance: { kind: 'static', instanceIndex: 0 },
    targetGuid: blockGuid,
    targetDataBlockSize: 4,
  });
  expect(kernel.ioWmiWriteEvent(wnode)).toBe(STATUS_SUCCESS);
  expect(calls.map(({ name }) => name)).toEqual(['query']);
  expect(seen).toMatchObject([{ data: Uint8Array.of(1, 2, 3, 4), header: { flags: 0x1008a } }]);
});

function reference(targetDataBlockSize: number, providerId: number, instanceIndex = 0) {
  return buildWnode({
    kind: 'eventReference',
    header: { ...emptyHeader(blockGuid), providerId },
    instance: { kind: 'static', instanceIndex },
    targetGuid: blockGuid,
    targetDataBlockSize,
  });
}

test.each([
  ['its size is too small: queried again', 1, 2, 1],
  ['its size is beyond every bound: dropped', 0xffffffff, 0, 0],
])('an event reference, %s', (_row, size, queries, delivered) => {
  const { kernel, device, calls } = createRig();
  const seen: unknown[] = [];
  subscribe(kernel, (wnode) => seen.push(readSingleInstance(wnode)?.data));
  const providerId = Number(device.deviceObject & 0xffffffffn);
  expect(kernel.ioWmiWriteEvent(reference(size, providerId))).toBe(STATUS_SUCCESS);
  expect(calls).toHaveLength(queries);
  expect(seen).toEqual(Array(delivered).fill(Uint8Array.of(1, 2, 3, 4)));
});

test('an instance that always grows is queried a limited number of times: the reference is dropped', () => {
  const { kernel, device, calls } = createRig({
    instances: [{ query: (room) => ({ status: STATUS_BUFFER_TOO_SMALL, bufferUsed: room + 1 }) }],
  });
  let heard = 0;
  subscribe(kernel, () => (heard += 1));
  kernel.ioWmiWriteEvent(reference(4, Number(device.deviceObject & 0xffffffffn)));
  expect([heard, calls.length]).toEqual([0, 3]);
});

test.each([
  ['of another driver', 1, 0],
  ['of an unused index', 0, 1],
])('a reference to an instance %s is dropped', (_case, otherDriver, index) => {
  const { kernel, device, calls } = createRig();
  let heard = 0;
  subscribe(kernel, () => (heard += 1));
  const providerId = Number(device.deviceObject & 0xffffffffn) + otherDriver;
  expect(kernel.ioWmiWriteEvent(reference(4, providerId, index))).toBe(STATUS_SUCCESS);
  expect([heard, calls]).toEqual([0, []]);
});

test('a reference that is written within a request is resolved after it', () => {
  const order: string[] = [];
  const rig = createRig({
    instances: [
      {
        set: () => {
          kernel.ioWmiWriteEvent(reference(4, Number(device.deviceObject & 0xffffffffn)));
          order.push('set');
          return STATUS_SUCCESS;
        },
        query: () => {
          order.push('query');
          return { status: STATUS_SUCCESS, bufferUsed: 0 };
        },
      },
    ],
  });
  const { kernel, device, name } = rig;
  subscribe(kernel, () => order.push('event'));
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
  kernel.ioWmiSetSingleInstance(block, name(), 0, new Uint8Array(1));
  expect(order).toEqual(['set', 'query', 'event']);
});

test('subscribers get a copy of BufferSize bytes, not the block that the driver may change', () => {
  const { kernel } = createRig();
  let seen: Uint8Array | undefined;
  subscribe(kernel, (wnode) => (seen = wnode));
  const wnode = new Uint8Array(100);
  wnode.set(guidToBytes(blockGuid), 24);
  wnode[0] = 64;
  kernel.ioWmiWriteEvent(wnode);
  wnode.fill(0xff);
  expect([seen?.length, seen?.[60]]).toEqual([64, 0]);
});

test.each([
  ['smaller than a header', 47, 47],
  ['larger than the block', 65, 64],
])('a block whose BufferSize is %s is STATUS_INVALID_PARAMETER', (_case, size, length) => {
  const { kernel } = createRig();
  const wnode = new Uint8Array(length);
  wnode[0] = size;
  expect(ntStatusName(kernel.ioWmiWriteEvent(wnode))).toBe('STATUS_INVALID_PARAMETER');
});

test('no memory -> STATUS_INSUFFICIENT_RESOURCES', () => {
  const { device, instances } = eventRig({ kernel: { allocate: () => undefined } });
  const status = device.wdfWmiInstanceFireEvent(must(instances[0]), null);
  expect(ntStatusName(status)).toBe('STATUS_INSUFFICIENT_RESOURCES');
});

test('an event fired inside a set is delivered after the set', () => {
  const order: string[] = [];
  const rig = createRig({ instances: [] });
  const { device, kernel, provider } = rig;
  const instance = must(
    device.wdfWmiInstanceCreate({
      provider,
      register: true,
      evtWmiInstanceSetInstance: (self) => {
        device.wdfWmiInstanceFireEvent(must(instance), null);
        order.push(`set of ${self.guid === blockGuid ? 'the block' : 'another'}`);
        return STATUS_SUCCESS;
      },
    }).instance,
  );
  subscribe(kernel, () => order.push('event'));
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_SET).dataBlockObject);
  const name = must(device.wdfWmiInstanceGetInstanceName(instance));
  expect(kernel.ioWmiSetSingleInstance(block, name, 0, new Uint8Array(1))).toBe(STATUS_SUCCESS);
  expect(order).toEqual(['set of the block', 'event']);
});

test('an instance that is not registered sends an unused index', () => {
  const { kernel, device, provider } = eventRig();
  const loose = must(device.wdfWmiInstanceCreate({ provider }).instance);
  let index: unknown;
  subscribe(kernel, (wnode) => (index = readSingleInstance(wnode)?.instance));
  device.wdfWmiInstanceFireEvent(loose, null);
  expect(index).toEqual({ kind: 'static', instanceIndex: 2 });
});

/** A block that notes every switch. */
function switched(flags: number, status: () => NtStatus = () => STATUS_SUCCESS) {
  const switches: string[] = [];
  const rig = createRig({
    provider: {
      flags,
      evtWmiProviderFunctionControl: (_provider, control, enable) => {
        switches.push(`${control === 1 ? 'events' : 'collection'} ${enable ? 'on' : 'off'}`);
        return status();
      },
    },
  });
  return { ...rig, switches };
}

test('two event consumers: one enable, one disable', () => {
  const { kernel, switches } = switched(expensive);
  const first = subscribe(kernel, () => undefined);
  const second = subscribe(kernel, () => undefined);
  kernel.obDereferenceObject(first);
  kernel.obDereferenceObject(first);
  kernel.obDereferenceObject(second);
  expect(switches.filter((one) => one.startsWith('events'))).toEqual(['events on', 'events off']);
});

test('two consumers of an expensive block: one enable, one disable', () => {
  const { kernel, switches } = switched(expensive);
  const open = () => must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY).dataBlockObject);
  const [first, second] = [open(), open()];
  kernel.obDereferenceObject(second);
  kernel.obDereferenceObject(first);
  kernel.obDereferenceObject(open());
  expect(switches).toEqual(['collection on', 'collection off', 'collection on', 'collection off']);
});

test('opening a block that is not expensive sends nothing', () => {
  const minors: string[] = [];
  const { kernel } = createRig({
    kernel: { trace: (event) => void (event.kind === 'irpBegin' && minors.push(event.minorName)) },
  });
  minors.length = 0;
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY).dataBlockObject);
  kernel.obDereferenceObject(block);
  expect(minors).toEqual([]);
});

test('a driver that registers while consumers wait is switched on at once', () => {
  const { kernel, device, switches, instances } = switched(expensive);
  const instance = must(instances[0]);
  device.remove();
  const listener = subscribe(kernel, () => undefined);
  expect(switches).toEqual([]);
  expect(kernel.ioWmiRegistrationControl(device, 1)).toBe(STATUS_SUCCESS);
  expect(switches).toEqual(['collection on', 'events on']);
  kernel.obDereferenceObject(listener);
  expect(switches).toEqual(['collection on', 'events on', 'collection off', 'events off']);
  expect(device.wdfWmiInstanceGetInstanceName(instance)).toBeDefined();
});

test('a failed enable is not followed by a disable', () => {
  const { kernel, switches } = switched(expensive, () => STATUS_ACCESS_DENIED);
  const { status, dataBlockObject } = kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY);
  expect(status).toBe(STATUS_SUCCESS);
  kernel.obDereferenceObject(must(dataBlockObject));
  expect(switches).toEqual(['collection on']);
});

test('an enable that throws leaves nothing open', () => {
  let failing = true;
  const { kernel, switches } = switched(expensive, () => {
    if (failing) throw new Error('provider fault');
    return STATUS_SUCCESS;
  });
  expect(() => kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY)).toThrow('provider fault');
  failing = false;
  switches.length = 0;
  const block = must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY).dataBlockObject);
  kernel.obDereferenceObject(block);
  expect(switches).toEqual(['collection on', 'collection off']);
});

test('switches balance under any interleaving of consumers', () => {
  const steps = fc.array(fc.record({ close: fc.boolean(), which: fc.nat(5), hears: fc.boolean() }));
  fc.assert(
    fc.property(steps, (all) => {
      const { kernel, device, provider, switches } = switched(expensive);
      const open: DataBlockObject[] = [];
      const listeners = new Set<DataBlockObject>();
      for (const { close, which, hears } of all) {
        if (close) {
          const [closed] = open.splice(which, 1);
          if (closed === undefined) continue;
          listeners.delete(closed);
          kernel.obDereferenceObject(closed);
        } else if (hears) {
          const listener = subscribe(kernel, () => undefined);
          open.push(listener);
          listeners.add(listener);
        } else {
          open.push(must(kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY).dataBlockObject));
        }
        expect(device.wdfWmiProviderIsEnabled(provider, 1)).toBe(listeners.size > 0);
        expect(device.wdfWmiProviderIsEnabled(provider, 2)).toBe(open.length > 0);
      }
      for (const one of open) kernel.obDereferenceObject(one);
      for (const kind of ['events', 'collection']) {
        const own = switches.filter((one) => one.startsWith(kind));
        const alternating = own.map((_, index) => `${kind} ${index % 2 === 0 ? 'on' : 'off'}`);
        expect(own).toEqual(alternating);
        expect(own.length % 2).toBe(0);
      }
    }),
  );
});

test('an event fired by a consumer waits for its turn', () => {
  const { kernel, device, instances } = eventRig();
  const order: string[] = [];
  let fired = false;
  subscribe(kernel, (wnode) => {
    order.push(`first ${wnode.length}`);
    if (fired) return;
    fired = true;
    device.wdfWmiInstanceFireEvent(must(instances[0]), new Uint8Array(1));
  });
  subscribe(kernel, (wnode) => order.push(`second ${wnode.length}`));
  device.wdfWmiInstanceFireEvent(must(instances[0]), null);
  expect(order).toEqual(['first 64', 'second 64', 'first 65', 'second 65']);
});
