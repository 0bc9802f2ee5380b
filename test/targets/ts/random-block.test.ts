// Generated providers of random blocks on the runtime core, compared with a reference codec: whatever the bytes are, a
// request never throws, never reads or writes outside its buffer, and changes nothing unless it succeeds.
import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { bindInstance } from '../../../src/runtime/block.js';
import { SimulatedBugCheck } from '../../../src/runtime/bug-check.js';
import { type WmiInstanceCallbacks } from '../../../src/runtime/callbacks.js';
import {
  ntStatusName,
  STATUS_BUFFER_TOO_SMALL,
  STATUS_SUCCESS,
} from '../../../src/runtime/ntstatus.js';
import { oneIn, perRun, runsThoroughly } from '../../effort.js';
import { type BlockRig, rigFor } from './block-rig.js';
import { emitted, type GeneratedModule, importGenerated, type Row } from './generated-module.js';
import {
  FORMS,
  lengthsOf,
  mofText,
  type RandomBlock,
  randomBlocks,
  type RandomMethod,
  twoValues,
  valueOf,
} from './random-block.js';
import { acceptedInstance, acceptedItem, decode, encode, shown } from './reference-codec.js';
import { imaginaryPath, typeErrors } from './type-check.js';

/** Another seed gives other blocks: MOFGEN_SEED=7 MOFGEN_BLOCKS=500 npx vitest run test/targets/ts/random-block.test.ts */
const wanted = process.env['MOFGEN_SEED'] ?? '20261121';
const seed = wanted === 'random' ? Math.floor(Math.random() * 0x7fffffff) : Number(wanted);
const blocks = randomBlocks(Number(process.env['MOFGEN_BLOCKS'] ?? 60), seed);
/** Those with random values. */
const tried = oneIn(4, blocks);
const RUNS = { numRuns: perRun({ thorough: 4, quick: 1 }), seed };

const { STATUS_WMI_SET_FAILURE, ...STATUS } = {
  STATUS_WMI_SET_FAILURE: 'STATUS_WMI_SET_FAILURE',
  INVALID: 'STATUS_INVALID_PARAMETER_MIX',
  READ_ONLY: 'STATUS_WMI_READ_ONLY',
  NO_ITEM: 'STATUS_WMI_ITEMID_NOT_FOUND',
  SUCCESS: 'STATUS_SUCCESS',
};

let module: GeneratedModule;

beforeAll(async () => {
  module = await importGenerated(mofText(blocks), 'random-block');
});

/** A block with the skeleton that was emitted for it. */
function standing(block: RandomBlock) {
  const generated = module.blockOf(block.name);
  return { ...generated, skeleton: generated.newSkeleton() };
}

const rig = (block: RandomBlock): BlockRig => rigFor(module, block);

/** Runs a property for every block with two values of its items; a failure names the block's text. */
function forEveryBlock(
  check: (block: RandomBlock, values: readonly [Row, Row], garbage: readonly number[]) => void,
): void {
  const garbage = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 255 })), {
    maxLength: 160,
  });
  for (const block of tried) {
    try {
      fc.assert(
        fc.property(twoValues(block.items), garbage, (values, bytes) => {
          check(block, values, bytes);
        }),
        RUNS,
      );
    } catch (error) {
      throw new Error(`${mofText([block])}\n${String(error)}`, { cause: error });
    }
  }
}

function forEveryMethod(
  check: (block: RandomBlock, method: RandomMethod, input: Row, output: Row) => void,
): void {
  for (const block of tried) {
    for (const method of block.methods) {
      const values = fc
        .tuple(lengthsOf(method.input), lengthsOf(method.output))
        .chain(([input, output]) =>
          fc.tuple(valueOf(method.input, input), valueOf(method.output, output)),
        );
      try {
        fc.assert(
          fc.property(values, ([input, output]) => {
            check(block, method, input, output);
          }),
          { ...RUNS, numRuns: perRun({ thorough: 2, quick: 1 }) },
        );
      } catch (error) {
        throw new Error(`${method.name} of ${mofText([block])}\n${String(error)}`, {
          cause: error,
        });
      }
    }
  }
}

/** All shorter versions of `bytes`, the longest first. */
const truncated = (bytes: readonly number[]): number[][] =>
  bytes.map((_byte, cut) => bytes.slice(0, bytes.length - 1 - cut));

test.each(Object.entries(FORMS))('the blocks have this form: %s', (_form, find) => {
  expect(blocks.some(find)).toBe(true);
});

test.runIf(runsThoroughly('types of code for random blocks'))(
  'the code and the skeleton have no type errors',
  () => {
    const files = emitted(mofText(blocks));
    const texts = files.map((file) => [imaginaryPath(file.name), file.text] as const);
    expect(typeErrors(new Map(texts))).toEqual([]);
  },
);

test('an unchanged skeleton returns zeros from a query', () => {
  for (const block of blocks) {
    const { codec, dispatch, skeleton } = standing(block);
    const zeros = codec.decode(codec.encode(dispatch.query(skeleton)));
    expect(Object.keys(zeros ?? {})).toEqual(block.items.map(({ name }) => name));
  }
});

test('encoded bytes are those of the reference, and come back as they were (P1)', () => {
  forEveryBlock((block, [value]) => {
    const { codec } = module.blockOf(block.name);
    const bytes = encode(block.items, value);
    expect([...codec.encode(value)]).toEqual(bytes);
    expect(codec.decode(Uint8Array.from(bytes))).toEqual(value);
    expect(decode(block.items, bytes)).toEqual(value);
  });
});

test('every prefix decodes to what the reference makes of it', () => {
  forEveryBlock((block, [value]) => {
    const { codec } = module.blockOf(block.name);
    for (const bytes of truncated(encode(block.items, value))) {
      expect(codec.decode(Uint8Array.from(bytes))).toEqual(decode(block.items, bytes));
    }
  });
});

test('any bytes decode to what the reference makes of them', () => {
  forEveryBlock((block, [value], garbage) => {
    const { codec } = module.blockOf(block.name);
    const bytes = encode(block.items, value).map((byte, index) => byte ^ (garbage[index] ?? 0));
    for (const each of [bytes, garbage, [...bytes, ...garbage]]) {
      expect(codec.decode(Uint8Array.from(each))).toEqual(decode(block.items, each));
    }
  });
});

test('a query gives the data with zeros for write-only items; without room, the size that suffices', () => {
  forEveryBlock((block, [value]) => {
    const { own, query } = rig(block);
    own.state = value;
    const bytes = encode(block.items, shown(block.items, value));
    const probe = query(0);
    expect(ntStatusName(probe.status)).toBe('STATUS_BUFFER_TOO_SMALL');
    const answer = query(probe.bufferSize);
    expect([ntStatusName(answer.status), ...(answer.data ?? [])]).toEqual([
      STATUS.SUCCESS,
      ...bytes,
    ]);
    if (bytes.length > 0) expect(query(probe.bufferSize - 1).status).toBe(STATUS_BUFFER_TOO_SMALL);
  });
});

test('a set-instance changes the writable items or nothing, for every truncation (CI10-13, P2)', () => {
  forEveryBlock((block, [value, wanted], garbage) => {
    const { own, setInstance, query } = rig(block);
    const isWritable = block.items.some(({ access }) => access !== 'read-only');
    const bytes = encode(block.items, wanted);
    const mixed = bytes.map((byte, index) => byte ^ (garbage[index] ?? 0));
    const requests = [bytes, [...bytes, ...garbage], mixed, garbage, ...truncated(bytes)];
    for (const sent of requests) {
      own.state = value;
      own.changes.length = 0;
      const before = [...(query(4096).data ?? [])];
      const status = setInstance(sent);
      const accepted = acceptedInstance(block.items, value, sent);
      if (!isWritable) expect(status).toBe(STATUS.READ_ONLY);
      else expect(status).toBe(accepted === undefined ? STATUS_WMI_SET_FAILURE : STATUS.SUCCESS);
      if (accepted === undefined || !isWritable) {
        expect(own.changes).toEqual([]);
        expect(own.state).toBe(value);
        expect([...(query(4096).data ?? [])]).toEqual(before);
      } else {
        expect(own.changes).toEqual([accepted]);
        const now = shown(block.items, { ...value, ...accepted });
        expect([...(query(8192).data ?? [])]).toEqual(encode(block.items, now));
      }
    }
  });
});

test('a set-item changes that item or nothing, for every truncation (IT2-6, IT10-14)', () => {
  forEveryBlock((block, [value, wanted], garbage) => {
    const { own, setItem } = rig(block);
    const isWritable = block.items.some(({ access }) => access !== 'read-only');
    own.state = value;
    const ids = new Set(block.items.map(({ id }) => id));
    for (const id of [0, 2, 9, Math.max(...ids) + 1, 0xffff_ffff]) {
      if (ids.has(id)) continue;
      expect(setItem(id, [1, 2, 3])).toBe(isWritable ? STATUS.NO_ITEM : STATUS.READ_ONLY);
    }
    for (const item of block.items) {
      if (item.access === 'read-only') {
        for (const sent of [[], [1], garbage])
          expect(setItem(item.id, sent)).toBe(STATUS.READ_ONLY);
        continue;
      }
      const alone = {
        ...item,
        count: item.count.kind === 'sizedBy' ? { kind: 'rest' as const } : item.count,
      };
      const bytes = encode([alone], wanted);
      for (const sent of [bytes, [...bytes, ...garbage], garbage, ...truncated(bytes)]) {
        own.state = value;
        own.changes.length = 0;
        const accepted = acceptedItem(block.items, item, value, sent);
        expect(setItem(item.id, sent)).toBe(
          accepted === undefined ? STATUS_WMI_SET_FAILURE : STATUS.SUCCESS,
        );
        expect(own.changes).toEqual(accepted === undefined ? [] : [accepted]);
        if (accepted === undefined) expect(own.state).toBe(value);
        else expect(() => rig(block).codec.encode({ ...value, ...accepted })).not.toThrow();
      }
    }
    expect(own.inputs).toEqual([]);
  });
});

test('method input reaches the method as sent, or not at all, for every truncation (EM4)', () => {
  forEveryMethod((block, { id, input: items, output: outputs }, input, output) => {
    const { own, execute } = rig(block);
    own.output = output;
    const bytes = encode(items, input);
    const room = Math.max(bytes.length, encode(outputs, output).length);
    for (const sent of [bytes, ...truncated(bytes)]) {
      own.inputs.length = 0;
      own.commits = 0;
      const accepted = decode(items, sent);
      expect(execute(id, sent, room)).toBe(
        accepted === undefined ? STATUS.INVALID : STATUS.SUCCESS,
      );
      expect(own.inputs).toEqual(accepted === undefined ? [] : [accepted]);
      expect(own.commits).toBe(accepted === undefined ? 0 : 1);
    }
  });
});

test('without room for the output the size is given and nothing is committed; then once (EM5, EM6)', () => {
  forEveryMethod((block, { id, input: items, output: outputs }, input, output) => {
    const { own, dispatch } = rig(block);
    own.output = output;
    const { evtWmiInstanceExecuteMethod } = bindInstance(dispatch, own.provider);
    const sent = encode(items, input);
    const expected = encode(outputs, output);
    const run = (room: number) => {
      const memory = new Uint8Array(Math.max(sent.length, room)).fill(0xee);
      memory.set(sent);
      const instance = { guid: block.guid, label: 'x' };
      const answer = evtWmiInstanceExecuteMethod?.(instance, id, sent.length, room, memory, 0);
      return { ...answer, memory };
    };
    for (let room = 0; room < expected.length; room += 1) {
      const { status, bufferUsed, memory } = run(room);
      expect([status, bufferUsed]).toEqual([STATUS_BUFFER_TOO_SMALL, expected.length]);
      expect([...memory.subarray(0, sent.length)]).toEqual(sent);
    }
    expect(own.commits).toBe(0);
    const { status, bufferUsed, memory } = run(expected.length);
    expect([status, bufferUsed, own.commits]).toEqual([STATUS_SUCCESS, expected.length, 1]);
    expect([...memory.subarray(0, expected.length)]).toEqual(expected);
    expect(own.inputs.at(-1)).toEqual(input);
  });
});

type Callback = (callbacks: WmiInstanceCallbacks, window: Uint8Array) => unknown;

test('nothing outside the memory is read or written, whatever offset and size are', () => {
  const instance = { guid: '', label: 'x' };
  forEveryBlock((block, [value, wanted], garbage) => {
    const { own, dispatch } = rig(block);
    const callbacks = bindInstance(dispatch, own.provider);
    const bytes = encode(block.items, wanted);
    const places = [
      [0, bytes.length],
      [0, bytes.length + 1],
      [1, bytes.length],
      [bytes.length, 8],
      [bytes.length + 1, 1],
      [garbage.length, 0xffff_ffff],
      [0xffff_ffff, 1],
      [0xffff_ffff, 0xffff_ffff],
    ] as const;
    const calls = places.flatMap(([offset, size]): Callback[] => [
      (each, window) => each.evtWmiInstanceQueryInstance?.(instance, size, window, offset),
      (each, window) => each.evtWmiInstanceSetInstance?.(instance, size, window, offset),
      ...block.items.map(
        ({ id }): Callback =>
          (to, window) =>
            to.evtWmiInstanceSetItem?.(instance, id, size, window, offset),
      ),
      ...block.methods.map(
        ({ id }): Callback =>
          (to, window) =>
            to.evtWmiInstanceExecuteMethod?.(instance, id, size, size, window, offset),
      ),
    ]);
    own.output = {};
    for (const call of calls) {
      const results = [0x00, 0x5a].map((canary) => {
        const memory = new Uint8Array(bytes.length + 128).fill(canary);
        const window = memory.subarray(64, 64 + bytes.length);
        window.set(bytes);
        own.state = value;
        own.changes.length = 0;
        let result: unknown;
        try {
          result = call(callbacks, window);
        } catch (error) {
          // A driver would touch what is not its own, or this provider leaves out the outputs of a method.
          result = String(error);
          if (!(error instanceof SimulatedBugCheck)) expect(own.inputs.length).toBeGreaterThan(0);
        }
        own.inputs.length = 0;
        const outside = [...memory.subarray(0, 64), ...memory.subarray(64 + bytes.length)];
        expect(outside.every((byte) => byte === canary)).toBe(true);
        return { result, changes: [...own.changes], window: [...window] };
      });
      expect(results[0]).toEqual(results[1]);
    }
  });
});
