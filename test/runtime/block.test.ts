// Requests to a typed provider: which status is returned, what is called, and what stays unchanged.
import { expect, test, vi } from 'vitest';
import {
  bindInstance,
  type BlockTypes,
  defineMethod,
  type MethodOutput,
  type MethodReturn,
  withCommit,
  type WmiBlock,
  Committed,
} from '../../src/runtime/block.js';
import { SimulatedBugCheck } from '../../src/runtime/bug-check.js';
import { type WmiInstance, type WmiInstanceCallbacks } from '../../src/runtime/callbacks.js';
import { type Codec, fixedCodec, NO_PARAMETERS, walkedCodec } from '../../src/runtime/codec.js';
import {
  type NtStatus,
  ntStatusName,
  STATUS_ACCESS_DENIED,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_INVALID_PARAMETER_MIX,
  STATUS_SUCCESS,
  STATUS_UNSUCCESSFUL,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
} from '../../src/runtime/ntstatus.js';
import { ItemError, uint16, uint32, uint8 } from '../../src/runtime/wire.js';

const instance: WmiInstance = { guid: '01234567-89ab-cdef-0123-456789abcdef', label: 'test' };

interface Level {
  readonly Level: number;
}

const level = fixedCodec<Level>({
  name: 'Lamp',
  size: 4,
  stride: 4,
  alignment: 4,
  read: (view, at) => ({ Level: view.getUint32(at, true) }),
  write: (view, at, data) => {
    uint32.write(view, at, data.Level, 'Level');
  },
});

interface List {
  readonly Count: number;
  readonly Values: readonly number[];
}

const list = walkedCodec<List>({
  name: 'List',
  alignment: 2,
  tail: 1,
  minimumSize: 2,
  read(reader) {
    const Count = reader.uint16();
    return { Count, Values: reader.array(Count, uint8) };
  },
  write(writer, data) {
    writer.fixed(uint16, data.Count, 'Count');
    writer.array(data.Values, data.Count, uint8, 'Values');
  },
});

interface Lamp {
  query(): Level;
  set(changes: Partial<Level>): NtStatus | undefined;
}

interface LampTypes {
  readonly data: Level;
  readonly changes: Partial<Level>;
  readonly provider: Lamp;
  readonly methods: object;
}

const lamp: WmiBlock<LampTypes> = {
  contract: 2,
  name: 'Lamp',
  guid: instance.guid,
  expensive: false,
  minInstanceBufferSize: 4,
  data: level,
  items: { Level: { id: 1, type: uint32 } },
  query: (provider) => provider.query(),
  set: {
    validateInstance: (input) => (input.byteLength < 4 ? STATUS_WMI_SET_FAILURE : STATUS_SUCCESS),
    validateItem: (id, input) =>
      id === 2
        ? STATUS_WMI_READ_ONLY
        : input.byteLength < 4
          ? STATUS_WMI_SET_FAILURE
          : STATUS_SUCCESS,
    readInstance: (input) => level.read(input, 0),
    items: { 1: (input) => level.read(input, 0) },
    apply: (provider, changes) => provider.set(changes),
  },
};

function boundLamp(answer?: NtStatus) {
  const set = vi.fn<Lamp['set']>(() => answer);
  const query = vi.fn<Lamp['query']>(() => ({ Level: 7 }));
  return { set, query, callbacks: bindInstance(lamp, { query, set }) };
}

type Execute = NonNullable<WmiInstanceCallbacks['evtWmiInstanceExecuteMethod']>;

/** Calls a method without input, like the driver model: its result in `room` bytes, and the bytes that it wrote. */
function execute<Output extends MethodOutput>(
  output: Codec<Output>,
  call: () => MethodReturn<Output>,
  room: number,
) {
  const methods: object = {
    3: defineMethod({ name: 'Go', input: NO_PARAMETERS, output, call }),
  };
  const block: WmiBlock<BlockTypes> = {
    contract: 2,
    name: 'Lamp',
    guid: instance.guid,
    expensive: false,
    minInstanceBufferSize: 4,
    data: level,
    items: lamp.items,
    query: () => ({ Level: 0 }),
    methods,
  };
  const memory = new Uint8Array(room + 4).fill(0xee);
  const { evtWmiInstanceExecuteMethod } = bindInstance(block, {});
  const run = evtWmiInstanceExecuteMethod as Execute;
  const { status, bufferUsed } = run(instance, 3, 0, room, memory, 2);
  return { status: ntStatusName(status), bufferUsed, memory: [...memory] };
}

const untouched = (room: number): number[] => Array<number>(room + 4).fill(0xee);

test('a query that fits writes the data and states its size', () => {
  const { callbacks } = boundLamp();
  const memory = new Uint8Array(8).fill(0xee);
  expect(callbacks.evtWmiInstanceQueryInstance?.(instance, 6, memory, 2)).toEqual({
    status: STATUS_SUCCESS,
    bufferUsed: 4,
  });
  expect([...memory]).toEqual([0xee, 0xee, 7, 0, 0, 0, 0xee, 0xee]);
});

test.each([
  ['one byte short', 3, 8, 0],
  ['no room', 0, 8, 0],
  ['no room, and a NULL pointer', 0, 8, null],
])('a query without room returns the size and does not call the provider: %s', (...row) => {
  const [, size, length, offset] = row;
  const { callbacks, query } = boundLamp();
  const memory = new Uint8Array(length).fill(0xee);
  const answer = callbacks.evtWmiInstanceQueryInstance?.(instance, size, memory, offset);
  expect(answer).toEqual({ status: STATUS_BUFFER_TOO_SMALL, bufferUsed: 4 });
  expect(query).not.toHaveBeenCalled();
  expect(memory.every((byte) => byte === 0xee)).toBe(true);
});

test.each([
  ['a NULL pointer', 8, null],
  ['room that reaches past the memory', 3, 0],
  ['an offset past the memory', 8, 9],
  ['a negative offset', 8, -1],
])('a query whose stated room does not exist writes nothing: %s', (_case, length, offset) => {
  const { callbacks } = boundLamp();
  const memory = new Uint8Array(length).fill(0xee);
  const run = () => callbacks.evtWmiInstanceQueryInstance?.(instance, 4, memory, offset);
  expect(run).toThrow(SimulatedBugCheck);
  expect(memory.every((byte) => byte === 0xee)).toBe(true);
});

test.each([
  ['nothing', undefined, 'STATUS_SUCCESS'],
  ['STATUS_SUCCESS', STATUS_SUCCESS, 'STATUS_SUCCESS'],
  ['a failure', STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED'],
] as const)('a provider that returns %s from set', (_case, answer, want) => {
  const { callbacks, set } = boundLamp(answer);
  const memory = Uint8Array.of(0xee, 9, 0, 0, 0);
  const whole = callbacks.evtWmiInstanceSetInstance?.(instance, 4, memory, 1);
  const item = callbacks.evtWmiInstanceSetItem?.(instance, 1, 4, memory, 1);
  expect([whole, item].map((status) => ntStatusName(status ?? -1))).toEqual([want, want]);
  expect(set.mock.calls).toEqual([[{ Level: 9 }], [{ Level: 9 }]]);
});

const noAnswers: readonly (readonly [string, unknown])[] = [
  ['a promise', Promise.resolve(STATUS_SUCCESS)],
  ['null', null],
  ['a text', 'STATUS_SUCCESS'],
  ['true', true],
  ['NaN', NaN],
  ['a number beyond 32 bits', 2 ** 33],
];

test.each(noAnswers)(
  '%s where a provider owes an answer is STATUS_UNSUCCESSFUL',
  (_case, answer) => {
    const provider = { query: () => answer, set: () => answer } as unknown as Lamp;
    const callbacks = bindInstance(lamp, provider);
    const memory = new Uint8Array(4);
    expect(callbacks.evtWmiInstanceSetInstance?.(instance, 4, memory, 0)).toBe(STATUS_UNSUCCESSFUL);
    expect(callbacks.evtWmiInstanceSetItem?.(instance, 1, 4, memory, 0)).toBe(STATUS_UNSUCCESSFUL);
    const nothing = { status: STATUS_UNSUCCESSFUL, bufferUsed: 0 };
    expect(callbacks.evtWmiInstanceQueryInstance?.(instance, 4, memory, 0)).toEqual(nothing);
    const call = () => answer as NtStatus;
    const commit = () => withCommit({ Level: 1 }, call);
    const unsuccessful = { status: 'STATUS_UNSUCCESSFUL', bufferUsed: 0 };
    expect(execute(NO_PARAMETERS, call, 4)).toMatchObject(unsuccessful);
    expect(execute(level, call, 4)).toMatchObject(unsuccessful);
    expect(execute(level, commit, 4)).toEqual({ ...unsuccessful, memory: untouched(4) });
  },
);

test('nothing returned is success for a method without output only', () => {
  const nothing = () => undefined as unknown as Level;
  expect(execute(NO_PARAMETERS, () => undefined, 0).status).toBe('STATUS_SUCCESS');
  expect(execute(level, nothing, 4).status).toBe('STATUS_UNSUCCESSFUL');
  expect(execute(level, () => withCommit(nothing(), () => undefined), 4).status).toBe(
    'STATUS_UNSUCCESSFUL',
  );
});

test.each([
  ['a size that reaches past the memory', 4, 1],
  ['a NULL pointer', 4, null],
  ['an offset past the memory', 4, 5],
  ['a negative offset', 4, -1],
] as const)('a set whose input is not there calls nothing: %s', (_case, size, offset) => {
  const { callbacks, set } = boundLamp();
  const memory = new Uint8Array(4);
  expect(() => callbacks.evtWmiInstanceSetInstance?.(instance, size, memory, offset)).toThrow(
    SimulatedBugCheck,
  );
  expect(() => callbacks.evtWmiInstanceSetItem?.(instance, 1, size, memory, offset)).toThrow(
    SimulatedBugCheck,
  );
  expect(set).not.toHaveBeenCalled();
});

test('a set without input fails and calls nothing', () => {
  const { callbacks, set } = boundLamp();
  const memory = new Uint8Array(4);
  const whole = callbacks.evtWmiInstanceSetInstance?.(instance, 0, memory, null);
  const item = callbacks.evtWmiInstanceSetItem?.(instance, 1, 0, memory, null);
  expect([whole, item]).toEqual([STATUS_WMI_SET_FAILURE, STATUS_WMI_SET_FAILURE]);
  expect(set).not.toHaveBeenCalled();
});

test('a read-only item is read-only whatever its bytes are', () => {
  const { callbacks, set } = boundLamp();
  const status = callbacks.evtWmiInstanceSetItem?.(instance, 2, 99, new Uint8Array(1), 0);
  expect(status).toBe(STATUS_WMI_READ_ONLY);
  expect(set).not.toHaveBeenCalled();
});

test('a block without a setter or methods has no callbacks for them', () => {
  const { set, ...readOnly } = lamp;
  expect(set).toBeDefined();
  const callbacks = bindInstance(readOnly, { query: () => ({ Level: 1 }), set: () => undefined });
  expect(Object.keys(callbacks)).toEqual(['evtWmiInstanceQueryInstance']);
});

test('a block without items and methods can be queried: it has no bytes', () => {
  type Nothing = Record<string, never>;
  const block: WmiBlock<{
    data: Nothing;
    changes: never;
    provider: { query(): Nothing };
    methods: object;
  }> = {
    contract: 2,
    name: 'Empty',
    guid: instance.guid,
    expensive: false,
    minInstanceBufferSize: 0,
    data: fixedCodec<Nothing>({
      name: 'Empty',
      size: 0,
      stride: 0,
      alignment: 1,
      read: () => ({}),
      write: () => undefined,
    }),
    items: {},
    query: (provider) => provider.query(),
  };
  const { evtWmiInstanceQueryInstance: query } = bindInstance(block, { query: () => ({}) });
  expect(query?.(instance, 0, new Uint8Array(0), null)).toEqual({
    status: STATUS_SUCCESS,
    bufferUsed: 0,
  });
});

// --- Methods --------------------------------------------------------------------------------------------------------

test('a fixed output that does not fit: the method is not called', () => {
  const call = vi.fn(() => ({ Level: 1 }));
  expect(execute(level, call, 3)).toEqual({
    status: 'STATUS_BUFFER_TOO_SMALL',
    bufferUsed: 4,
    memory: untouched(3),
  });
  expect(call).not.toHaveBeenCalled();
});

test('a varying output that does not fit: the required size, no commit, nothing written', () => {
  const commit = vi.fn();
  const call = () => withCommit({ Count: 3, Values: [1, 2, 3] }, commit);
  expect(execute(list, call, 4)).toEqual({
    status: 'STATUS_BUFFER_TOO_SMALL',
    bufferUsed: 5,
    memory: untouched(4),
  });
  expect(commit).not.toHaveBeenCalled();
  expect(execute(list, call, 5).memory).toEqual([0xee, 0xee, 3, 0, 1, 2, 3, 0xee, 0xee]);
  expect(commit).toHaveBeenCalledTimes(1);
});

test.each([
  ['a failure', STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED'],
  ['a buffer that is too small', STATUS_BUFFER_TOO_SMALL, 'STATUS_BUFFER_TOO_SMALL'],
])('a commit that returns %s: its status, and nothing written', (_case, status, want) => {
  const answer = execute(list, () => withCommit({ Count: 1, Values: [1] }, () => status), 8);
  expect(answer).toEqual({ status: want, bufferUsed: 0, memory: untouched(8) });
});

test('outputs have their values from before the commit', () => {
  const samples = [1, 2];
  const drain = () =>
    withCommit({ Count: samples.length, Values: samples }, () => {
      samples.length = 0;
    });
  const { status, memory } = execute(list, drain, 4);
  expect([status, ...memory]).toEqual(['STATUS_SUCCESS', 0xee, 0xee, 2, 0, 1, 2, 0xee, 0xee]);
  expect(samples).toEqual([]);
});

test('an output that does not fit its type has no effect', () => {
  const commit = vi.fn();
  const call = () => withCommit({ Count: 1, Values: [256] }, commit);
  expect(() => execute(list, call, 8)).toThrow(new ItemError('List.Values', '256 is not a uint8'));
  expect(commit).not.toHaveBeenCalled();
});

test.each([
  ['a failure', STATUS_ACCESS_DENIED, 'STATUS_ACCESS_DENIED'],
  ['success without the outputs', STATUS_SUCCESS, 'STATUS_UNSUCCESSFUL'],
  ['informational success without the outputs', 0x4000_0000, 'STATUS_UNSUCCESSFUL'],
])('a method with outputs that returns %s', (_case, status, want) => {
  for (const output of [level, list] as Codec<object>[]) {
    const answer = execute(output, () => status as NtStatus, 8);
    expect(answer).toEqual({ status: want, bufferUsed: 0, memory: untouched(8) });
  }
});

test.each([
  ['nothing', undefined, 'STATUS_SUCCESS'],
  ['STATUS_SUCCESS', STATUS_SUCCESS, 'STATUS_SUCCESS'],
  ['a failure', STATUS_UNSUCCESSFUL, 'STATUS_UNSUCCESSFUL'],
] as const)('a method without outputs that returns %s', (_case, status, want) => {
  expect(execute(NO_PARAMETERS, () => status, 0)).toEqual({
    status: want,
    bufferUsed: 0,
    memory: untouched(0),
  });
});

test('a method without outputs may still have a commit', () => {
  const commit = vi.fn();
  expect(execute(NO_PARAMETERS, () => withCommit(undefined, commit), 0).status).toBe(
    'STATUS_SUCCESS',
  );
  expect(commit).toHaveBeenCalledTimes(1);
});

test('input is checked before the room for the output, and copied before output is written', () => {
  const pair = fixedCodec<{ readonly First: number; readonly Second: number }>({
    name: 'Lamp.Swap',
    size: 4,
    stride: 4,
    alignment: 1,
    read: (view, at) => ({ First: view.getUint8(at + 2), Second: view.getUint8(at + 3) }),
    write: (view, at, data) => {
      uint8.write(view, at + 2, data.First, 'First');
      uint8.write(view, at + 3, data.Second, 'Second');
    },
  });
  const swap = defineMethod({
    name: 'Swap',
    input: pair,
    validate: (input) => (input.byteLength < 4 ? STATUS_INVALID_PARAMETER_MIX : STATUS_SUCCESS),
    output: list,
    call: (_provider: object, { First, Second }) => ({ Count: 2, Values: [Second, First] }),
  });
  expect([swap.name, swap.input, swap.output]).toEqual(['Swap', pair, list]);
  const memory = Uint8Array.of(0, 0, 5, 6);
  const output = { memory, offset: 0, size: 4 };
  expect(swap.execute({}, new DataView(memory.buffer, 0, 3), { ...output, size: 0 })).toEqual({
    status: STATUS_INVALID_PARAMETER_MIX,
    bufferUsed: 0,
  });
  expect(swap.execute({}, new DataView(memory.buffer), output).status).toBe(STATUS_SUCCESS);
  expect([...memory]).toEqual([2, 0, 6, 5]);
});

test('only a result of withCommit is committed later', () => {
  class Lookalike {
    commit(): undefined {
      return undefined;
    }
  }
  expect(withCommit({ a: 1 }, () => undefined)).toBeInstanceOf(Committed);
  expect(new Lookalike()).not.toBeInstanceOf(Committed);
});
