// The selfHandled model under malformed requests: it never throws, its callbacks get only bytes that are there, and a refusal changes nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type WmiInstanceCallbacks } from '../../../src/runtime/callbacks.js';
import { createSystemControlIrp } from '../../../src/runtime/irp.js';
import { createKernel } from '../../../src/runtime/kernel.js';
import { WMIGUID_QUERY, WMIGUID_SET } from '../../../src/runtime/kernel/handles.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
  STATUS_WMI_SET_FAILURE,
  ntSuccess,
} from '../../../src/runtime/ntstatus.js';
import { createSelfHandledDevice } from '../../../src/runtime/self-handled/device.js';
import { viewOf } from '../../../src/runtime/memory.js';
import { blockGuid, isGuarded, must, partOfBuffer } from '../rig.js';
import { runs } from '../../effort.js';

const size = 6;

/** Two instances of six bytes; every callback insists that what it is given lies in the buffer, and counts changes. */
function store(kind: 'list' | 'dynamic') {
  const counter = { changes: 0 };
  const inside = (memory: Uint8Array, offset: number | null, length: number) => {
    if (length > 0 && (offset === null || offset + length > memory.length)) throw new Error('out');
  };
  const bind = (data: Uint8Array): WmiInstanceCallbacks => ({
    evtWmiInstanceQueryInstance: (_instance, room, memory, offset) => {
      inside(memory, offset, room);
      if (room < size) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: size };
      memory.set(data, offset ?? 0);
      return { status: STATUS_SUCCESS, bufferUsed: size };
    },
    evtWmiInstanceSetInstance: (_instance, length, memory, offset) => {
      inside(memory, offset, length);
      if (length < size || offset === null) return STATUS_WMI_SET_FAILURE;
      counter.changes += 1;
      data.set(memory.subarray(offset, offset + size));
      return STATUS_SUCCESS;
    },
    evtWmiInstanceSetItem: (_instance, _id, length, memory, offset) => {
      inside(memory, offset, length);
      return STATUS_WMI_SET_FAILURE;
    },
    evtWmiInstanceExecuteMethod: (_instance, _id, inSize, outSize, memory, offset) => {
      inside(memory, offset, Math.max(inSize, outSize));
      return { status: STATUS_SUCCESS, bufferUsed: outSize };
    },
  });
  const data = [new Uint8Array(size), new Uint8Array(size)];
  const kernel = createKernel();
  const instances = data.map((bytes, index) => ({ name: `s${index}`, callbacks: bind(bytes) }));
  const device = createSelfHandledDevice(kernel, {
    name: 'store',
    blocks: [{ naming: { kind }, block: { guid: blockGuid, instances } }],
  });
  return { kernel, device, data, counter };
}

/** Header and fields at random, with the sensible values often enough to pass the first checks. */
const requests = fc.record({
  minor: fc.nat(12),
  bytes: fc.uint8Array({ maxLength: 200, size: 'max' }),
  flags: fc.oneof(fc.constantFrom(0x82, 0x2), fc.nat(0xffffffff)),
  nameAt: fc.oneof(fc.constantFrom(64, 68, 190), fc.nat(0xffffffff)),
  nameSize: fc.oneof(fc.constantFrom(4, 6), fc.nat(0xffff)),
  index: fc.oneof(fc.nat(2), fc.nat(0xffffffff)),
  offset: fc.oneof(fc.constantFrom(64, 72, 80), fc.nat(0xffffffff)),
  length: fc.oneof(fc.nat(90), fc.nat(0xffffffff)),
  bufferSize: fc.option(fc.oneof(fc.nat(220), fc.nat(0xffffffff)), { nil: undefined }),
});

/** A request that is carried out: it changes the second instance. */
const soundSet = (kind: 'list' | 'dynamic') => ({
  minor: 2,
  bytes: new Uint8Array(100).fill(7),
  flags: kind === 'list' ? 0x82 : 0x2,
  nameAt: 64,
  nameSize: 4,
  index: 1,
  offset: 80,
  length: size,
  bufferSize: undefined,
});

test.each(['list', 'dynamic'] as const)(
  'random requests to a block with %s names: nothing throws, no other byte is accessed, a refusal changes nothing',
  (kind) => {
    const { device, data, counter } = store(kind);
    fc.assert(
      fc.property(requests, (parts) => {
        const { minor, nameAt } = parts;
        const bytes = partOfBuffer(parts.bytes);
        const view = viewOf(bytes);
        const wide = minor === 3 || minor === 9;
        for (const [at, value] of [
          [44, parts.flags],
          [48, nameAt],
          [52, parts.index],
          [wide ? 60 : 56, parts.offset],
          [wide ? 64 : 60, parts.length],
        ] as const) {
          if (at + 4 <= bytes.length) view.setUint32(at, value >>> 0, true);
        }
        if (nameAt + 8 <= bytes.length) {
          view.setUint16(nameAt, parts.nameSize, true);
          bytes.set([0x73, 0, 0x31, 0, 0, 0], nameAt + 2);
        }
        const before = data.map((one) => [...one]);
        const changes = counter.changes;
        const dataPath = minor === 8 || minor === 11 ? 0 : blockGuid;
        const { deviceObject } = device;
        const irp = createSystemControlIrp(minor, deviceObject, dataPath, bytes, parts.bufferSize);
        device.dispatch(irp);
        const { status, information } = irp.ioStatus;
        expect(isGuarded(bytes)).toBe(true);
        expect(information).toBeLessThanOrEqual(bytes.length);
        if (ntSuccess(status)) return;
        expect([0, 4]).toContain(information);
        expect(counter.changes).toBe(changes);
        expect(data.map((one) => [...one])).toEqual(before);
      }),
      { numRuns: runs(3000), examples: [[soundSet(kind)]] },
    );
    expect(counter.changes).toBeGreaterThan(0);
  },
);

test.each(['list', 'dynamic'] as const)(
  'with %s names, a query returns the data of the last set, in any buffer that is large enough',
  (kind) => {
    const { kernel, data } = store(kind);
    const access = WMIGUID_QUERY | WMIGUID_SET;
    const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
    fc.assert(
      fc.property(fc.nat(1), fc.uint8Array({ maxLength: 12 }), fc.nat(90), (index, value, room) => {
        const name = `S${index}`;
        const before = must(data[index]).slice();
        const status = kernel.ioWmiSetSingleInstance(block, name, 0, value);
        expect(ntSuccess(status)).toBe(value.length >= size);
        const want = ntSuccess(status) ? value.slice(0, size) : before;
        const answer = kernel.ioWmiQuerySingleInstance(block, name, room);
        const whole = kernel.ioWmiQuerySingleInstance(block, name, answer.bufferSize);
        expect(ntSuccess(answer.status)).toBe(room >= answer.bufferSize);
        expect(whole.data).toEqual(want);
      }),
    );
  },
);
