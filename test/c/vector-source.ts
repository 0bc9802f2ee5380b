/**
 * Vectors for one block: requests as bytes, with the answer of the generated TypeScript provider to each.
 *
 * The provider is the emitted skeleton, so that the C skeleton has to do the same. Requests build on each other: a query
 * after a set shows what the set has changed.
 */
import { type DataBlock, type WireItem } from '../../src/model/model.js';
import { bindInstance } from '../../src/runtime/block.js';
import { type WmiInstance } from '../../src/runtime/callbacks.js';
import { type GeneratedBlock } from '../targets/ts/generated-module.js';
import { answerOf } from './vectors/answers.js';
import { type Operation, type Vector } from './vectors/format.js';
import { damaged, itemBytes, type Random, recordBytes } from './wire-bytes.js';

/** How many rounds of requests a block gets. */
export interface Effort {
  readonly rounds: number;
  /** Whether the transport sets single items; true by default. */
  readonly setsItems?: boolean;
}

/** The skeletons do not depend on the instance. */
const INSTANCE = {} as WmiInstance;

/** The requests of all rounds, in order, and their answers. */
export function blockVectors(
  generated: GeneratedBlock,
  index: number,
  source: Random,
  { rounds, setsItems = true }: Effort,
): Vector[] {
  const { block } = generated;
  const recorder = recorderFor(generated, index, setsItems);
  recorder.query(4096);
  for (let round = 0; round < rounds; round += 1) {
    querySizes(recorder);
    if (block.data.items.some(({ access }) => access !== 'read-only')) {
      setInstances(block, recorder, source);
      for (const item of block.data.items) setItems(item, recorder, source);
    } else {
      recorder.setInstance(recordBytes(block.data, source));
    }
    for (const id of [
      0,
      0x7fff_ffff,
      0xffff_ffff,
      1 + Math.max(0, ...block.data.items.map((each) => each.id)),
    ]) {
      recorder.setItem(id, itemBytes(ANY_ITEM, 1, source));
    }
    methods(block, recorder, source);
  }
  return recorder.vectors;
}

/** An item of four bytes, for requests with an unknown id. */
const ANY_ITEM = {
  type: { kind: 'integer', name: 'uint32', bits: 32, signed: false },
  count: { kind: 'scalar' },
  layout: { alignment: 4 },
} as unknown as WireItem;

type Recorder = ReturnType<typeof recorderFor>;

/** Sends requests to the TypeScript provider and records its answers. */
function recorderFor(generated: GeneratedBlock, block: number, setsItems: boolean) {
  const callbacks = bindInstance(generated.dispatch, generated.newSkeleton());
  const vectors: Vector[] = [];
  let size = 0;
  const send = (operation: Operation): number => {
    if (operation.kind === 'setItem' && !setsItems) return 0;
    const expected = answerOf(callbacks, INSTANCE, operation);
    vectors.push({ block, operation, expected });
    const used = expected === 'absent' ? 0 : expected.bufferUsed;
    if (operation.kind === 'query') size = used;
    return used;
  };
  return {
    vectors,
    /** Bytes that the data takes now. */
    get size() {
      return size;
    },
    query: (room: number) => send({ kind: 'query', room }),
    setInstance: (bytes: readonly number[]) =>
      send({ kind: 'setInstance', bytes: Uint8Array.from(bytes) }),
    setItem: (id: number, bytes: readonly number[]) =>
      send({ kind: 'setItem', id, bytes: Uint8Array.from(bytes) }),
    execute: (id: number, bytes: readonly number[], room: number) =>
      send({ kind: 'execute', id, bytes: Uint8Array.from(bytes), room }),
  };
}

/** Room that is exact, one short, one long, none, and every size in between for small blocks. */
function querySizes(recorder: Recorder): void {
  recorder.query(4096);
  const { size } = recorder;
  for (const room of new Set([0, 1, size - 1, size, size + 1, Math.floor(size / 2)])) {
    if (room >= 0) recorder.query(room);
  }
}

/** Every truncation up to here, and some beyond. */
const EVERY = 160;

function truncations(bytes: readonly number[]): number[][] {
  const lengths = Array.from({ length: Math.min(EVERY, bytes.length) }, (_none, length) => length);
  if (bytes.length > EVERY) lengths.push(bytes.length - 2, bytes.length - 1);
  return lengths.map((length) => bytes.slice(0, length));
}

function setInstances(block: DataBlock, recorder: Recorder, source: Random): void {
  const bytes = recordBytes(block.data, source);
  for (const short of truncations(bytes)) recorder.setInstance(short);
  recorder.query(4096);
  recorder.setInstance(bytes);
  recorder.query(4096);
  recorder.setInstance([...recordBytes(block.data, source), source.below(256)]);
  recorder.query(4096);
  for (let count = 0; count < 12; count += 1) {
    recorder.setInstance(damaged(recordBytes(block.data, source), source));
    if (source.chance(50)) recorder.query(4096);
  }
  recorder.query(4096);
}

function setItems(item: WireItem, recorder: Recorder, source: Random): void {
  const { id } = item;
  for (const length of [0, 1, 2, 3]) {
    const bytes = itemBytes(item, length, source);
    if (length === 2) for (const short of truncations(bytes)) recorder.setItem(id, short);
    recorder.setItem(id, bytes);
    recorder.setItem(id, [...bytes, 0]);
    recorder.setItem(id, damaged(bytes, source));
    if (item.count.kind === 'scalar' || item.count.kind === 'fixed') break;
  }
  // A small count, followed by zeros.
  for (let value = 0; value < 5; value += 1) recorder.setItem(id, [value, 0, 0, 0, 0, 0, 0, 0]);
  recorder.query(4096);
}

function methods(block: DataBlock, recorder: Recorder, source: Random): void {
  for (const { id, input, output } of block.methods) {
    const bytes = recordBytes(input, source);
    const room = recorder.execute(id, bytes, 4096);
    for (const short of truncations(bytes)) recorder.execute(id, short, 4096);
    for (const each of new Set([0, 1, room - 1, room, room + 1, bytes.length])) {
      if (each >= 0) recorder.execute(id, bytes, each);
    }
    for (let count = 0; count < 8; count += 1) {
      recorder.execute(
        id,
        damaged(recordBytes(input, source), source),
        source.chance(50) ? 4096 : room,
      );
    }
    if (output.items.length > 0) recorder.execute(id, [...recordBytes(input, source), 0], room);
  }
  for (const id of [0, 0x8000_0000, 0xffff_ffff]) recorder.execute(id, [0, 0, 0, 0], 16);
  recorder.query(4096);
}
