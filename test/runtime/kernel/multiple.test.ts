/**
 * The Multiple routines: many blocks in one call, one chain of answers.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WMIGUID_QUERY, WMIGUID_SET } from '../../../src/runtime/kernel/handles.js';
import { type QueryMultipleResult } from '../../../src/runtime/kernel/multiple.js';
import { createKmdfDevice } from '../../../src/runtime/kmdf/device.js';
import { type KmdfDevice } from '../../../src/runtime/kmdf/types.js';
import { STATUS_ACCESS_DENIED, ntStatusName } from '../../../src/runtime/ntstatus.js';
import { type TraceEvent } from '../../../src/runtime/trace.js';
import { blockGuid, createRig, must, natural, recording, unknownGuid } from '../rig.js';

const otherGuid = '11111111-2222-3333-4444-555555555555';

/** Two blocks: the rig's one with two drivers, another one with one instance; and one without drivers. */
function machine(sizes: readonly [number, number, number] = [4, 2, 3], otherFails = false) {
  const trace: TraceEvent[] = [];
  const bytes = (size: number) => Array.from({ length: size }, (_, index) => index + 1);
  const { kernel, name } = createRig({
    kernel: { trace: (step) => trace.push(step) },
    instances: [{ query: natural(bytes(sizes[0])) }],
  });
  const second = createKmdfDevice(kernel, { name: 'second' });
  const failing = () => ({ status: STATUS_ACCESS_DENIED, bufferUsed: 0 });
  const add = (owner: KmdfDevice, guid: string, query: ReturnType<typeof natural>) => {
    const callbacks = recording({ query }, []);
    const config = { providerConfig: { guid }, register: true, ...callbacks };
    return must(owner.wdfWmiInstanceCreate(config).instance);
  };
  add(second, blockGuid, natural(bytes(sizes[1])));
  const other = add(second, otherGuid, otherFails ? failing : natural(bytes(sizes[2])));
  const open = (guid: string, access = WMIGUID_QUERY) =>
    must(kernel.ioWmiOpenBlock(guid, access).dataBlockObject);
  const otherName = must(second.wdfWmiInstanceGetInstanceName(other));
  return {
    kernel,
    trace,
    name: name(),
    otherName,
    open,
    block: open(blockGuid),
    other: open(otherGuid),
    unknown: open(unknownGuid),
  };
}

/** The sizes of the WNODEs that the chain by Linkage leads to. */
function chained({ wnodes }: QueryMultipleResult): number[] {
  const view = new DataView(must(wnodes).buffer);
  const sizes: number[] = [];
  for (let at = 0; ;) {
    expect(at % 8).toBe(0);
    sizes.push(view.getUint32(at, true));
    const linkage = view.getUint32(at + 12, true);
    if (linkage === 0) return sizes;
    at += linkage;
  }
}

const shown = ({ status, bufferSize, instances }: QueryMultipleResult) => ({
  status: ntStatusName(status),
  bufferSize,
  instances: instances?.map(({ guid, data }) => [guid, data.length]),
});

const nothing = { status: 'STATUS_SUCCESS', bufferSize: 0, instances: undefined };

test('all data of several blocks is one chain, also where a block has several drivers', () => {
  const { kernel, block, other, unknown } = machine();
  const answer = kernel.ioWmiQueryAllDataMultiple([other, unknown, block], 1000);
  expect(shown(answer)).toMatchObject({
    status: 'STATUS_SUCCESS',
    instances: [
      [otherGuid, 3],
      [blockGuid, 4],
      [blockGuid, 2],
    ],
  });
  expect(chained(answer)).toEqual([83, 84, 82]);
  expect(answer.bufferSize).toBe(must(answer.wnodes).length);
});

test('of each block the instance with the name at the same place', () => {
  const { kernel, block, other, name, otherName } = machine();
  const query = (names: readonly string[]) =>
    kernel.ioWmiQuerySingleInstanceMultiple([block, other], names, 1000);
  const both = query([name, otherName]);
  expect(shown(both).instances).toEqual([
    [blockGuid, 4],
    [otherGuid, 3],
  ]);
  expect(chained(both)).toEqual([68, 67]);
  expect(shown(query([otherName, name])).instances).toEqual([[blockGuid, 2]]);
  expect(shown(query(['x', otherName])).instances).toEqual([[otherGuid, 3]]);
  expect(shown(query(['x', 'y']))).toEqual(nothing);
});

test('lists of different lengths, empty lists, and a negative size', () => {
  const { kernel, block, name } = machine();
  const invalid = 'STATUS_INVALID_PARAMETER';
  const single = (objects: (typeof block)[], names: string[]) =>
    ntStatusName(kernel.ioWmiQuerySingleInstanceMultiple(objects, names, 100).status);
  expect([single([block], []), single([], [name]), single([], [])]).toEqual([
    invalid,
    invalid,
    'STATUS_SUCCESS',
  ]);
  expect(shown(kernel.ioWmiQueryAllDataMultiple([], 100))).toEqual(nothing);
  expect(ntStatusName(kernel.ioWmiQueryAllDataMultiple([block], -1).status)).toBe(invalid);
});

test('one object without the right refuses the whole call before anything is sent', () => {
  const { kernel, block, open, trace } = machine();
  const forSet = open(blockGuid, WMIGUID_SET);
  trace.length = 0;
  const answer = kernel.ioWmiQueryAllDataMultiple([block, forSet], 1000);
  expect(ntStatusName(answer.status)).toBe('STATUS_ACCESS_DENIED');
  kernel.obDereferenceObject(forSet);
  trace.length = 0;
  const closed = kernel.ioWmiQueryAllDataMultiple([block, forSet], 1000);
  expect(ntStatusName(closed.status)).toBe('STATUS_OBJECT_TYPE_MISMATCH');
  expect(trace).toMatchObject([
    {
      kind: 'routineBegin',
      routine: 'IoWMIQueryAllDataMultiple',
      guid: `${blockGuid} ${blockGuid}`,
    },
    { kind: 'routineEnd', routine: 'IoWMIQueryAllDataMultiple', bufferSize: 0 },
  ]);
});

test('the status of a block that fails is returned only when no other block has data', () => {
  const { kernel, block, other, unknown } = machine([4, 2, 3], true);
  const query = (...objects: (typeof block)[]) =>
    shown(kernel.ioWmiQueryAllDataMultiple(objects, 1000));
  expect(query(other, unknown).status).toBe('STATUS_ACCESS_DENIED');
  expect(query(other, block).instances).toEqual([
    [blockGuid, 4],
    [blockGuid, 2],
  ]);
});

test('with any room: too small with a size that is enough, or everything', () => {
  const size = fc.nat(30);
  fc.assert(
    fc.property(fc.tuple(size, size, size), fc.nat(400), (sizes, room) => {
      const { kernel, block, other, name, otherName } = machine(sizes);
      for (const query of [
        (bytes: number) => kernel.ioWmiQueryAllDataMultiple([block, other], bytes),
        (bytes: number) =>
          kernel.ioWmiQuerySingleInstanceMultiple([block, other], [name, otherName], bytes),
      ]) {
        let answer = query(room);
        if (answer.wnodes === undefined) {
          expect(ntStatusName(answer.status)).toBe('STATUS_BUFFER_TOO_SMALL');
          expect(answer.bufferSize).toBeGreaterThan(room);
          answer = query(answer.bufferSize);
        }
        expect(ntStatusName(answer.status)).toBe('STATUS_SUCCESS');
        expect(chained(answer)).toHaveLength(must(answer.instances).length);
        expect(must(answer.instances).at(-1)?.data).toHaveLength(sizes[2]);
      }
    }),
  );
});
