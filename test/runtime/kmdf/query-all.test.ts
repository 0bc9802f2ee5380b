/**
 * IRP_MN_QUERY_ALL_DATA in the kmdf model.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { STATUS_ACCESS_DENIED, STATUS_SUCCESS } from '../../../src/runtime/ntstatus.js';
import { readAllData, readTooSmall } from '../../../src/runtime/wnode-codec.js';
import { WdfWmiProviderFlags } from '../../../src/runtime/kmdf/types.js';
import {
  createRig,
  dispatch,
  must,
  natural,
  now,
  request,
  type Answers,
  type RigOptions,
} from '../rig.js';

const queryAll = (options: RigOptions, bufferSize: number, flags = 0x81) => {
  const rig = createRig(options);
  const irp = request(rig.device, { minor: 0, bufferSize, flags });
  const { status, information } = dispatch(rig.device, irp);
  return { ...rig, irp, status, information, tooSmall: readTooSmall(irp.memory) };
};
const sized = (size: number): Answers => ({
  query: natural(Array.from({ length: size }, (_, index) => index + 1)),
});
const min = (minInstanceBufferSize: number, ...instances: Answers[]): RigOptions => ({
  provider: { minInstanceBufferSize },
  instances,
});

test('BufferSize 71 -> STATUS_UNSUCCESSFUL', () => {
  const { status, information, calls } = queryAll(min(0, sized(4)), 71);
  expect([status, information, calls]).toEqual(['STATUS_UNSUCCESSFUL', 0, []]);
});

test('BufferSize 72 with one instance -> too small', () => {
  const { status, information, tooSmall } = queryAll(min(0, sized(4)), 72);
  expect([status, information, tooSmall?.sizeNeeded]).toEqual(['STATUS_SUCCESS', 56, 84]);
});

test.each([
  ['x64', 1, 80],
  ['x64', 3, 96],
  ['x86', 1, 72],
  ['x86', 3, 88],
] as const)('DataBlockOffset on %s with %i instances is %i', (arch, count, offset) => {
  const instances = Array.from({ length: count }, () => sized(4));
  const { irp } = queryAll({ kernel: { arch }, instances }, 400);
  expect(irp.view.getUint32(48, true)).toBe(offset);
});

test('a known size, one byte short -> too small, no callbacks', () => {
  const { status, calls, tooSmall } = queryAll(min(8, sized(8), sized(8)), 80 + 16 + 7);
  expect([status, calls, tooSmall?.sizeNeeded]).toEqual(['STATUS_SUCCESS', [], 104]);
});

test('exact fit: lengths and offsets, 16 bytes apart', () => {
  const { irp, status, information } = queryAll(min(8, sized(8), sized(8)), 104);
  expect([status, information, irp.view.getUint32(0, true)]).toEqual(['STATUS_SUCCESS', 104, 104]);
  const entries = [60, 64, 68, 72].map((at) => irp.view.getUint32(at, true));
  expect(entries).toEqual([80, 8, 96, 8]);
  expect(irp.view.getBigUint64(16, true)).toBe(now);
});

test('an instance that cannot be queried has length 0 and the next one shares its offset', () => {
  const { irp, information } = queryAll(min(0, sized(4), {}, sized(2)), 400);
  const entries = [60, 64, 68, 72, 76, 80].map((at) => irp.view.getUint32(at, true));
  expect(entries).toEqual([96, 4, 112, 0, 112, 2]);
  expect(information).toBe(114);
});

test('after a too-small instance all others are still queried', () => {
  const { calls, tooSmall } = queryAll(min(0, sized(4), sized(40), sized(3)), 96 + 20);
  expect(calls.map(({ label }) => label)).toEqual(['i0', 'i1', 'i2']);
  expect(tooSmall?.sizeNeeded).toBe(96 + 16 + 48 + 3);
});

test('an error of the second instance ends the request', () => {
  const failing: Answers = { query: () => ({ status: STATUS_ACCESS_DENIED, bufferUsed: 0 }) };
  const { status, information, calls } = queryAll(min(0, sized(4), failing, sized(4)), 400);
  expect([status, information]).toEqual(['STATUS_ACCESS_DENIED', 0]);
  expect(calls.map(({ label }) => label)).toEqual(['i0', 'i1']);
});

test('a later error beats an earlier too-small', () => {
  const failing: Answers = { query: () => ({ status: STATUS_ACCESS_DENIED, bufferUsed: 0 }) };
  expect(queryAll(min(0, sized(400), failing), 100).status).toBe('STATUS_ACCESS_DENIED');
});

test('FIXED_INSTANCE_SIZE is cleared', () => {
  const { irp } = queryAll(min(0, sized(4)), 400, 0x91);
  expect(irp.view.getUint32(44, true)).toBe(0x81);
});

test.each([
  ['off', false, 86],
  ['on', true, 76],
])('tight buffer, quirk %s', (_state, queryAllUnderReports, size) => {
  const options = { ...min(0, sized(6)), device: { quirks: { queryAllUnderReports } } };
  const { information, irp } = queryAll(options, 86);
  expect([information, irp.view.getUint32(0, true)]).toEqual([size, size]);
});

test('an event-only block with two instances: success with empty entries', () => {
  const options = { provider: { flags: WdfWmiProviderFlags.eventOnly }, instances: [{}, {}] };
  const { status, information, irp } = queryAll(options, 400);
  expect([status, information]).toEqual(['STATUS_SUCCESS', 80]);
  expect(readAllData(irp.memory)?.instances.map(({ data }) => data.length)).toEqual([0, 0]);
});

test.each([
  [0xfffffff8, 1],
  [0x80000000, 3],
])('sizes past 32 bits (Min %i, %i instances) -> STATUS_INTEGER_OVERFLOW', (size, count) => {
  const instances = Array.from({ length: count }, () => sized(1));
  const { status, information, calls } = queryAll(min(size, ...instances), 400);
  expect([status, information, calls]).toEqual(['STATUS_INTEGER_OVERFLOW', 0, []]);
});

test('with the quirk SizeNeeded wraps', () => {
  const options = { ...min(0xfffffff8, sized(1)), device: { quirks: { sizeNeededWraps: true } } };
  expect(queryAll(options, 400).tooSmall?.sizeNeeded).toBe(72);
});

test('removing an instance during the query of the first ends the loop; earlier data stays', () => {
  const rig = createRig({ instances: [] });
  const { device, provider } = rig;
  const second = () =>
    must(device.wdfWmiInstanceCreate({ provider, evtWmiInstanceQueryInstance: queried }).instance);
  let queries = 0;
  const queried = () => {
    queries += 1;
    return { status: STATUS_SUCCESS, bufferUsed: 0 };
  };
  const victim = second();
  device.wdfWmiInstanceCreate({
    provider,
    register: true,
    evtWmiInstanceQueryInstance: (_instance, _room, memory, offset) => {
      memory.set([7, 7], must(offset ?? undefined));
      device.wdfWmiInstanceDeregister(victim);
      return { status: STATUS_SUCCESS, bufferUsed: 2 };
    },
  });
  device.wdfWmiInstanceRegister(victim);
  const irp = request(device, { minor: 0, bufferSize: 200 });
  expect(dispatch(device, irp)).toMatchObject({ status: 'STATUS_SUCCESS', information: 82 });
  expect(queries).toBe(0);
  // 9.6: the count is not reduced.
  expect(irp.view.getUint32(52, true)).toBe(2);
  expect([...irp.memory.subarray(80, 82)]).toEqual([7, 7]);
});

test('with hardening and no quirks the reported size is enough and nothing is cut', () => {
  const sizes = fc.array(fc.nat(40), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(sizes, fc.nat(200), fc.constantFrom('x64', 'x86'), (all, room, arch) => {
      const { device } = createRig({ kernel: { arch }, instances: all.map(sized) });
      let irp = request(device, { minor: 0, bufferSize: 72 + room });
      if (dispatch(device, irp).information === 56) {
        irp = request(device, { minor: 0, bufferSize: must(readTooSmall(irp.memory)).sizeNeeded });
        dispatch(device, irp);
      }
      const { information } = irp.ioStatus;
      const read = must(readAllData(irp.memory.subarray(0, information)));
      expect(read.instances.map(({ data }) => data.length)).toEqual(all);
    }),
  );
});
