// With hardening off, generated code accesses memory like a real driver: data is at the offset and of the size that a request
// states, and an access outside of memory is a simulated bug check.
import { expect, test } from 'vitest';
import {
  bindBlock,
  createKernel,
  createKmdfDevice,
  defineMethod,
  type DriverModel,
  fixedCodec,
  NO_PARAMETERS,
  type NtStatus,
  registerBlock,
  registerWmilibBlocks,
  SimulatedBugCheck,
  STATUS_INVALID_PARAMETER_MIX,
  STATUS_SUCCESS,
  STATUS_WMI_READ_ONLY,
  STATUS_WMI_SET_FAILURE,
  uint32,
  walkedCodec,
  type WmiBlock,
} from '../../src/runtime/index.js';
import { blockGuid, dispatch, isGuarded, partOfBuffer, request, type RequestParts } from './rig.js';

interface Level {
  readonly Level: number;
}

interface Levels {
  readonly Levels: readonly number[];
}

interface Lamp {
  level: number;
  readonly levels: number[];
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

/** As many levels as the input has room for. */
const levels = walkedCodec<Levels>({
  name: 'Lamp.All',
  alignment: 4,
  tail: 1,
  minimumSize: 0,
  read: (reader) => ({ Levels: reader.rest(uint32) }),
  write(writer, data) {
    writer.array(data.Levels, undefined, uint32, 'Levels');
  },
});

const tooShort = (input: DataView, status: NtStatus) =>
  input.byteLength < 4 ? status : STATUS_SUCCESS;

const block: WmiBlock<{
  readonly data: Level;
  readonly changes: Partial<Level>;
  readonly provider: Lamp;
  readonly methods: object;
}> = {
  contract: 2,
  name: 'Lamp',
  guid: blockGuid,
  expensive: false,
  minInstanceBufferSize: 0,
  data: level,
  items: { Level: { id: 1, type: uint32 } },
  query: (lamp) => ({ Level: lamp.level }),
  set: {
    validateInstance: (input) => tooShort(input, STATUS_WMI_SET_FAILURE),
    validateItem: (id, input) =>
      id === 1 ? tooShort(input, STATUS_WMI_SET_FAILURE) : STATUS_WMI_READ_ONLY,
    readInstance: (input) => level.read(input, 0),
    items: { 1: (input) => level.read(input, 0) },
    apply(lamp, { Level = 0 }) {
      lamp.level = Level;
      return undefined;
    },
  },
  methods: {
    1: defineMethod({
      name: 'Swap',
      input: level,
      validate: (input) => tooShort(input, STATUS_INVALID_PARAMETER_MIX),
      output: level,
      call(lamp: Lamp, { Level }) {
        const before = lamp.level;
        lamp.level = Level;
        return { Level: before };
      },
    }),
    2: defineMethod({
      name: 'All',
      input: levels,
      output: NO_PARAMETERS,
      call(lamp: Lamp, { Levels }) {
        lamp.levels.push(...Levels);
        return undefined;
      },
    }),
    3: defineMethod({
      name: 'Read',
      input: NO_PARAMETERS,
      output: level,
      call: (lamp: Lamp) => ({ Level: lamp.level }),
    }),
  },
};

const models = ['kmdf', 'wmilib'] as const;

function rig(model: (typeof models)[number]) {
  const kernel = createKernel();
  const lamp: Lamp = { level: 7, levels: [] };
  let device: DriverModel;
  if (model === 'kmdf') {
    const made = createKmdfDevice(kernel, { hardening: false });
    registerBlock(made, block, lamp);
    device = made;
  } else {
    device = registerWmilibBlocks(kernel, [bindBlock(block, lamp)], { hardening: false });
  }
  return { lamp, device };
}

const five = [5, 0, 0, 0];

interface Case {
  readonly name: string;
  readonly parts: RequestParts;
  /** The bytes that the buffer really has; default: BufferSize. */
  readonly real?: number;
  readonly want: string;
  readonly level?: number;
  readonly levels?: readonly number[];
}

const cases: readonly Case[] = [
  {
    name: 'query: the data begins after the buffer',
    parts: { minor: 1, bufferSize: 200, dataBlockOffset: 500 },
    want: 'bug check',
  },
  {
    name: 'query: the buffer is shorter than BufferSize, and has the data',
    parts: { minor: 1, bufferSize: 1000 },
    real: 68,
    want: 'STATUS_SUCCESS',
  },
  {
    name: 'query: the buffer is shorter than BufferSize, and ends inside the data',
    parts: { minor: 1, bufferSize: 200 },
    real: 66,
    want: 'bug check',
  },
  {
    name: 'set instance: SizeDataBlock lies, and the data is there',
    parts: { minor: 2, data: five, size: 1000 },
    want: 'STATUS_SUCCESS',
    level: 5,
  },
  {
    name: 'set instance: the last bytes are missing',
    parts: { minor: 2, size: 4, bufferSize: 66 },
    want: 'bug check',
  },
  {
    name: 'set instance: the data begins after the buffer',
    parts: { minor: 2, size: 4, dataBlockOffset: 500, bufferSize: 200 },
    want: 'bug check',
  },
  {
    name: 'set instance: too short a size is refused before anything is read',
    parts: { minor: 2, size: 3, dataBlockOffset: 500, bufferSize: 200 },
    want: 'STATUS_WMI_SET_FAILURE',
  },
  {
    name: 'set item: SizeDataItem lies, and the data is there',
    parts: { minor: 3, data: five, size: 0xffffffff },
    want: 'STATUS_SUCCESS',
    level: 5,
  },
  {
    name: 'set item: the data begins after the buffer',
    parts: { minor: 3, size: 4, dataBlockOffset: 500, bufferSize: 200 },
    want: 'bug check',
  },
  {
    name: 'set item: an item that is read-only is refused before anything is read',
    parts: { minor: 3, id: 2, size: 4, dataBlockOffset: 500, bufferSize: 200 },
    want: 'STATUS_WMI_READ_ONLY',
  },
  {
    name: 'method: SizeDataBlock lies, and the input is there',
    parts: { minor: 9, data: five, size: 1000 },
    want: 'STATUS_SUCCESS',
    level: 5,
  },
  {
    name: 'method: the input begins after the buffer',
    parts: { minor: 9, size: 4, dataBlockOffset: 500, bufferSize: 200 },
    want: 'bug check',
  },
  {
    name: 'method: an unknown one is refused before anything is read',
    parts: { minor: 9, id: 4, size: 4, dataBlockOffset: 500, bufferSize: 200 },
    want: 'STATUS_WMI_ITEMID_NOT_FOUND',
  },
  {
    name: 'method: an array that takes the rest reads beyond the buffer',
    parts: { minor: 9, id: 2, data: five, size: 1000 },
    want: 'bug check',
  },
  {
    name: 'method: an array that takes the rest of the stated size',
    parts: { minor: 9, id: 2, data: five },
    want: 'STATUS_SUCCESS',
    levels: [5],
  },
  {
    name: 'method: the buffer is shorter than BufferSize, and ends inside the output',
    parts: { minor: 9, id: 3, bufferSize: 200 },
    real: 74,
    want: 'bug check',
  },
  {
    name: 'method: the buffer is shorter than BufferSize, and has the output',
    parts: { minor: 9, id: 3, bufferSize: 200 },
    real: 76,
    want: 'STATUS_SUCCESS',
  },
];

const memories = [
  ['Uint8Array', (bytes: Uint8Array) => bytes],
  ['Buffer', partOfBuffer],
] as const;

const rows = models.flatMap((model) =>
  memories.flatMap(([kind, memoryOf]) => cases.map((each) => ({ model, kind, memoryOf, ...each }))),
);

test.each(rows)(
  '$model, memory is a $kind, $name',
  ({ model, kind, memoryOf, parts, real, want, level: after = 7, levels: list = [] }) => {
    const { lamp, device } = rig(model);
    const irp = request(device, parts);
    const memory = memoryOf(real === undefined ? irp.memory : irp.memory.slice(0, real));
    const view = new DataView(memory.buffer, memory.byteOffset, memory.length);
    const answer = () => dispatch(device, { ...irp, memory, view, ioStatus: irp.ioStatus }).status;
    if (want === 'bug check') expect(answer).toThrow(SimulatedBugCheck);
    else expect(answer()).toBe(want);
    expect(kind === 'Uint8Array' || isGuarded(memory)).toBe(true);
    expect([lamp.level, lamp.levels]).toEqual([after, list]);
  },
);
