/**
 * Random requests: with hardening the kmdf model never throws, never hands a callback a range outside the buffer,
 * never runs a set callback for a request that it refuses, and changes nothing outside the buffer's stated size.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSystemControlIrp } from '../../src/runtime/irp.js';
import { createKernel, type Kernel } from '../../src/runtime/kernel.js';
import { SYNCHRONIZE, WMIGUID_NOTIFICATION } from '../../src/runtime/kernel/handles.js';
import { createKmdfDevice } from '../../src/runtime/kmdf/device.js';
import { STATUS_BUFFER_TOO_SMALL, STATUS_SUCCESS, ntStatus } from '../../src/runtime/ntstatus.js';
import { buildWnode, emptyHeader } from '../../src/runtime/wnode-codec.js';
import { viewOf } from '../../src/runtime/memory.js';
import { blockGuid, isGuarded, must, partOfBuffer } from './rig.js';
import { runs } from '../effort.js';

/** Mostly small numbers, and those on the edges of 32 bits. */
const edgy = fc.oneof(
  fc.nat(160),
  fc.nat(320),
  fc.constantFrom(0x7fffffff, 0x80000000, 0xfffffff8, 0xffffffff, 64, 68, 72, 80),
);

const requests = fc.record({
  minor: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0xa, 0xb, 0xc),
  bufferSize: edgy,
  memory: fc.oneof(
    fc.uint8Array({ maxLength: 160 }),
    fc.uint8Array({ minLength: 160, maxLength: 320 }),
  ),
  // Flags, index, and the two words that hold DataBlockOffset and size or id.
  words: fc.tuple(fc.constantFrom(0x82, 0x2, 0x91, 0xffffffff), edgy, edgy, edgy, edgy),
});

interface Range {
  readonly size: number;
  readonly memory: Uint8Array;
  readonly offset: number | null;
}

function deviceWith(kernel: Kernel, seen: Range[], minimum: number, used: number, status: number) {
  const device = createKmdfDevice(kernel);
  const { provider } = device.wdfWmiProviderCreate({
    guid: blockGuid,
    minInstanceBufferSize: minimum,
  });
  const answer = (size: number, memory: Uint8Array, offset: number | null) => {
    seen.push({ size, memory, offset });
    if (used > size) return { status: STATUS_BUFFER_TOO_SMALL, bufferUsed: used };
    if (offset !== null) memory.fill(0xaa, offset, offset + used);
    return { status: ntStatus(status), bufferUsed: used };
  };
  for (let count = 0; count < 3; count += 1) {
    device.wdfWmiInstanceCreate({
      provider: must(provider),
      register: true,
      evtWmiInstanceQueryInstance: (_instance, size, memory, offset) =>
        answer(size, memory, offset),
      evtWmiInstanceSetInstance: (_instance, size, memory, offset) => {
        seen.push({ size, memory, offset });
        return STATUS_SUCCESS;
      },
      evtWmiInstanceSetItem: (_instance, _id, size, memory, offset) => {
        seen.push({ size, memory, offset });
        return STATUS_SUCCESS;
      },
      evtWmiInstanceExecuteMethod: (_instance, _id, inSize, outSize, memory, offset) => {
        seen.push({ size: inSize, memory, offset });
        return answer(outSize, memory, offset);
      },
    });
  }
  return device;
}

test('random requests', () => {
  const statuses = fc.constantFrom(0, 0, 0, 0x103, 0x40000000, 0xc0000022);
  fc.assert(
    fc.property(requests, fc.nat(24), fc.nat(24), statuses, (parts, minimum, used, status) => {
      const { minor, bufferSize, words } = parts;
      const memory = partOfBuffer(parts.memory);
      const view = viewOf(memory);
      for (const [index, word] of words.entries()) {
        const at = [44, 52, 56, 60, 64][index] ?? 0;
        if (at + 4 <= memory.length) view.setUint32(at, word, true);
      }
      const before = Buffer.from(memory);
      const seen: Range[] = [];
      const device = deviceWith(createKernel(), seen, minimum, used, status);
      const irp = createSystemControlIrp(minor, device.deviceObject, blockGuid, memory, bufferSize);
      device.dispatch(irp);

      const usable = Math.min(bufferSize, memory.length);
      for (const range of seen) {
        if (range.offset === null) expect(range.size).toBe(0);
        else if (range.memory === memory) {
          expect(range.offset).toBeGreaterThanOrEqual(64);
          expect(range.offset + range.size).toBeLessThanOrEqual(usable);
        } else expect(range.size).toBe(1);
      }
      expect(isGuarded(memory)).toBe(true);
      expect(memory.subarray(usable)).toEqual(before.subarray(usable));
      if (minor === 2 || minor === 3) {
        expect(seen.length > 0).toBe(irp.ioStatus.status === STATUS_SUCCESS);
        expect(memory).toEqual(before);
      }
      if (minor !== 8 && minor !== 0xb)
        expect(irp.ioStatus.information).toBeLessThanOrEqual(usable);
    }),
    { numRuns: runs(3000) },
  );
});

test('mutated event blocks and references of a block that is there', () => {
  const valid = fc.record({
    reference: fc.boolean(),
    index: fc.constantFrom(0, 1, 2, 3, 0xffffffff),
    size: fc.oneof(fc.nat(64), edgy),
    room: fc.nat(200),
    mutations: fc.array(fc.record({ at: fc.nat(199), byte: fc.nat(255) }), { maxLength: 3 }),
  });
  let delivered = 0;
  fc.assert(
    fc.property(valid, fc.nat(24), ({ reference, index, size, room, mutations }, used) => {
      const kernel = createKernel();
      const seen: Range[] = [];
      const device = deviceWith(kernel, seen, 0, used, STATUS_SUCCESS);
      const instance = { kind: 'static', instanceIndex: index } as const;
      const providerId = Number(BigInt.asUintN(32, device.deviceObject));
      const header = { ...emptyHeader(blockGuid), providerId };
      const block = reference
        ? buildWnode({
            kind: 'eventReference',
            header,
            instance,
            targetGuid: blockGuid,
            targetDataBlockSize: size,
          })
        : buildWnode({ kind: 'singleInstance', header, instance, data: new Uint8Array(room) });
      const wnode = new Uint8Array(block.length + room);
      wnode.set(block);
      for (const { at, byte } of mutations) if (at < wnode.length) wnode[at] = byte;
      const access = WMIGUID_NOTIFICATION | SYNCHRONIZE;
      const listener = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
      kernel.ioWmiSetNotificationCallback(listener, (event) => {
        delivered += 1;
        const view = new DataView(event.buffer, event.byteOffset, event.byteLength);
        // A WNODE_TOO_SMALL is an answer to the kernel, never an event.
        if (reference && mutations.length === 0) expect(view.getUint32(44, true) & 0x20).toBe(0);
      });
      expect(() => kernel.ioWmiWriteEvent(wnode)).not.toThrow();
    }),
  );
  expect(delivered).toBeGreaterThan(runs(3000) / 150);
});

test('random event blocks', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 120 }), edgy, edgy, edgy, (bytes, size, flags, word) => {
      const kernel = createKernel();
      createKmdfDevice(kernel);
      const view = new DataView(bytes.buffer);
      if (bytes.length >= 4) view.setUint32(0, size, true);
      if (bytes.length >= 48) view.setUint32(44, flags | (word % 2 === 0 ? 0x2000 : 0), true);
      if (bytes.length >= 68) view.setUint32(64, word, true);
      const access = WMIGUID_NOTIFICATION | SYNCHRONIZE;
      const block = must(kernel.ioWmiOpenBlock(blockGuid, access).dataBlockObject);
      kernel.ioWmiSetNotificationCallback(block, () => undefined);
      expect(() => kernel.ioWmiWriteEvent(bytes)).not.toThrow();
    }),
  );
});
