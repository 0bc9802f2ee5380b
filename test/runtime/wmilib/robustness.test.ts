// The wmilib model under malformed requests: with hardening it never throws, its routines get only bytes that are there, and a refusal changes nothing.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SimulatedBugCheck } from '../../../src/runtime/bug-check.js';
import { createSystemControlIrp } from '../../../src/runtime/irp.js';
import { createKernel } from '../../../src/runtime/kernel.js';
import { WMIGUID_QUERY, WMIGUID_SET } from '../../../src/runtime/kernel/handles.js';
import {
  STATUS_BUFFER_TOO_SMALL,
  STATUS_PENDING,
  STATUS_SUCCESS,
  STATUS_WMI_SET_FAILURE,
  ntSuccess,
} from '../../../src/runtime/ntstatus.js';
import { createWmilibDevice } from '../../../src/runtime/wmilib/device.js';
import { wmiCompleteRequest } from '../../../src/runtime/wmilib/requests.js';
import { type WmilibContext } from '../../../src/runtime/wmilib/types.js';
import { WMIREG_FLAG_INSTANCE_BASENAME } from '../../../src/runtime/wmireg.js';
import { viewOf } from '../../../src/runtime/memory.js';
import { blockGuid, isGuarded, must, partOfBuffer } from '../rig.js';
import { recordingContext } from './rig.js';
import { runs } from '../../effort.js';

const size = 6;

/** Two instances of six bytes; every routine insists that what it is given lies in the buffer, and counts its calls. */
function store(pends: boolean) {
  const data = [new Uint8Array(size), new Uint8Array(size)];
  const counter = { changes: 0 };
  const inside = (memory: Uint8Array, offset: number, length: number) => {
    if (offset < 64 || offset + length > memory.length) throw new Error('outside');
  };
  const context: WmilibContext = {
    guidList: [{ guid: blockGuid, instanceCount: data.length }],
    queryWmiRegInfo: () => ({
      status: STATUS_SUCCESS,
      regFlags: WMIREG_FLAG_INSTANCE_BASENAME,
      instanceName: 'Store',
      registryPath: '\\R',
    }),
    queryWmiDataBlock: (device, irp, _guid, first, count, lengths, room, memory, offset) => {
      const need = (count - 1) * 8 + size;
      if (offset === null || lengths === null || room < need) {
        return wmiCompleteRequest(device, irp, STATUS_BUFFER_TOO_SMALL, need);
      }
      inside(memory, offset, room);
      for (let index = 0; index < count; index += 1) {
        memory.set(must(data[first + index]), offset + index * 8);
        lengths[index] = size;
      }
      return wmiCompleteRequest(device, irp, STATUS_SUCCESS, need);
    },
    setWmiDataBlock: (device, irp, _guid, index, length, memory, offset) => {
      if (length > 0) inside(memory, offset, length);
      if (length < size) return wmiCompleteRequest(device, irp, STATUS_WMI_SET_FAILURE, 0);
      const change = () => {
        counter.changes += 1;
        must(data[index]).set(memory.subarray(offset, offset + size));
        return wmiCompleteRequest(device, irp, STATUS_SUCCESS, 0);
      };
      if (!pends) return change();
      device.queueWorkItem(change);
      return STATUS_PENDING;
    },
    setWmiDataItem: (device, irp, _guid, _index, _id, length, memory, offset) => {
      if (length > 0) inside(memory, offset, length);
      return wmiCompleteRequest(device, irp, STATUS_WMI_SET_FAILURE, 0);
    },
    executeWmiMethod: (device, irp, _guid, _index, _id, inSize, outSize, memory, offset) => {
      inside(memory, offset, Math.max(inSize, outSize));
      return wmiCompleteRequest(device, irp, STATUS_SUCCESS, outSize);
    },
  };
  const kernel = createKernel();
  const device = createWmilibDevice(kernel, { context, name: 'store' });
  return { kernel, device, data, counter };
}

/** Header and fields at random, with the sensible values often enough to pass the first checks. */
const requests = fc.record({
  minor: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 11),
  bytes: fc.uint8Array({ maxLength: 160, size: 'max' }),
  flags: fc.oneof(fc.constant(0x82), fc.nat(0xffffffff)),
  index: fc.oneof(fc.nat(2), fc.nat(0xffffffff)),
  offset: fc.oneof(fc.constantFrom(64, 72, 80), fc.nat(0xffffffff)),
  length: fc.oneof(fc.nat(90), fc.nat(0xffffffff)),
  bufferSize: fc.option(fc.oneof(fc.nat(200), fc.nat(0xffffffff)), { nil: undefined }),
});

/** A valid request, which a test with refusals only would lack: it changes the second instance. */
const soundSet = {
  minor: 2 as const,
  bytes: new Uint8Array(80).fill(7),
  flags: 0x82,
  index: 1,
  offset: 64,
  length: size,
  bufferSize: undefined,
};

test('random requests: nothing throws, no other byte is accessed, a refusal changes nothing', () => {
  const { device, data, counter } = store(false);
  fc.assert(
    fc.property(requests, ({ minor, flags, index, offset, length, bufferSize, ...given }) => {
      const bytes = partOfBuffer(given.bytes);
      const view = viewOf(bytes);
      const wide = minor === 3 || minor === 9;
      for (const [at, value] of [
        [44, flags],
        [52, index],
        [wide ? 60 : 56, offset],
        [wide ? 64 : 60, length],
      ] as const) {
        if (at + 4 <= bytes.length) view.setUint32(at, value >>> 0, true);
      }
      const before = JSON.stringify(data.map((one) => [...one]));
      const changes = counter.changes;
      const irp = createSystemControlIrp(
        minor,
        device.deviceObject,
        minor === 8 || minor === 11 ? 0 : blockGuid,
        bytes,
        bufferSize,
      );
      expect(device.dispatch(irp)).toBe('completed');
      expect(isGuarded(bytes)).toBe(true);
      expect(irp.ioStatus.information).toBeLessThanOrEqual(Math.max(bytes.length, 56));
      if (!ntSuccess(irp.ioStatus.status)) {
        expect(irp.ioStatus.information).toBe(0);
        expect(counter.changes).toBe(changes);
        expect(JSON.stringify(data.map((one) => [...one]))).toBe(before);
      }
    }),
    { numRuns: runs(2000), examples: [[soundSet]] },
  );
  expect(counter.changes).toBeGreaterThan(0);
});

test('without hardening random bytes end in an answer or a simulated bug check, nothing else', () => {
  const { kernel } = store(false);
  const context: WmilibContext = {
    ...recordingContext({ instanceCount: 3 }, []),
    // Like a real routine it trusts its arguments, and stops where memory ends.
    setWmiDataBlock: (device, irp) => wmiCompleteRequest(device, irp, STATUS_SUCCESS, 0),
    setWmiDataItem: (device, irp) => wmiCompleteRequest(device, irp, STATUS_SUCCESS, 0),
    queryWmiDataBlock: (device, irp, _guid, _first, _count, _lengths, room) =>
      wmiCompleteRequest(device, irp, STATUS_SUCCESS, room % 7),
    executeWmiMethod: (device, irp, _guid, _index, _id, _in, outSize) =>
      wmiCompleteRequest(device, irp, STATUS_SUCCESS, outSize),
  };
  const device = createWmilibDevice(kernel, { context, hardening: false, start: false });
  const ends = { answered: 0, crashed: 0 };
  fc.assert(
    fc.property(requests, ({ minor, flags, index, bufferSize, ...given }) => {
      const bytes = partOfBuffer(given.bytes);
      const view = viewOf(bytes);
      if (bytes.length >= 56) {
        view.setUint32(44, flags >>> 0, true);
        view.setUint32(52, index >>> 0, true);
      }
      const dataPath = minor === 8 || minor === 11 ? 0 : blockGuid;
      const irp = createSystemControlIrp(minor, device.deviceObject, dataPath, bytes, bufferSize);
      try {
        expect(device.dispatch(irp)).toBe('completed');
        ends.answered += 1;
      } catch (failure) {
        expect(failure).toBeInstanceOf(SimulatedBugCheck);
        ends.crashed += 1;
      }
      expect(isGuarded(bytes)).toBe(true);
    }),
    { numRuns: runs(1000) },
  );
  expect(ends.answered).toBeGreaterThan(0);
  expect(ends.crashed).toBeGreaterThan(0);
});

test.each([
  ['at once', false],
  ['pending', true],
])(
  'a query returns the data that was set %s, in any buffer that is large enough',
  (_case, pends) => {
    const { kernel, data } = store(pends);
    const block = must(
      kernel.ioWmiOpenBlock(blockGuid, WMIGUID_QUERY | WMIGUID_SET).dataBlockObject,
    );
    fc.assert(
      fc.property(
        fc.nat(1),
        fc.uint8Array({ minLength: 0, maxLength: 12 }),
        fc.nat(90),
        (index, value, room) => {
          const name = `Store${index}`;
          const before = must(data[index]).slice();
          const status = kernel.ioWmiSetSingleInstance(block, name, 0, value);
          expect(ntSuccess(status)).toBe(value.length >= size);
          const want = ntSuccess(status) ? value.slice(0, size) : before;
          const answer = kernel.ioWmiQuerySingleInstance(block, name, room);
          const whole = kernel.ioWmiQuerySingleInstance(block, name, answer.bufferSize);
          expect(answer.status).toBe(room < 70 ? STATUS_BUFFER_TOO_SMALL : STATUS_SUCCESS);
          expect(whole.data).toEqual(want);
        },
      ),
    );
  },
);
