/**
 * Vectors for one block: requests as bytes, with what the generated TypeScript provider makes of each.
 *
 * The provider is the skeleton as it was emitted, so that the C skeleton has to do the same. Requests build on each
 * other: a query behind a set shows what the set has changed.
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
}

/** The skeletons do not ask which instance it is. */
const INSTANCE = {} as WmiInstance;

/** The requests of all rounds, in order, and their answers. */
export function blockVectors(
  generated: GeneratedBlock,
  index: number,
  source: Random,
  { rounds }: Effort,
): Vector[] {
  const { block } = generated;
  const ask = asker(generated, index);
  ask.query(4096);
  for (let round = 0; round < rounds; round += 1) {
    querySizes(ask);
    if (block.data.items.some(({ access }) => access !== 'read-only')) {
      setInstances(block, ask, source);
      for (const item of block.data.items) setItems(item, ask, source);
    } else {
      ask.setInstance(recordBytes(block.data, source));
    }
    for (const id of [
      0,
      0x7fff_ffff,
      0xffff_ffff,
      1 + Math.max(0, ...block.data.items.map((each) => each.id)),
    ]) {
      ask.setItem(id, itemBytes(ANY_ITEM, 1, source));
    }
    methods(block, ask, source);
  }
  return ask.vectors;
}

/** An item of four bytes, for requests that name none. */
const ANY_ITEM = {
  type: { kind: 'integer', name: 'uint32', bits: 32, signed: false },
  count: { kind: 'scalar' },
  layout: { alignment: 4 },
} as unknown as WireItem;

type Asker = ReturnType<typeof asker>;

/** Sends requests to the TypeScript provider and writes down what came back. */
function asker(generated: GeneratedBlock, block: number) {
  const callbacks = bindInstance(generated.dispatch, generated.newSkeleton());
  const vectors: Vector[] = [];
  let size = 0;
  const ask = (operation: Operation): number => {
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
    query: (room: number) => ask({ kind: 'query', room }),
    setInstance: (bytes: readonly number[]) =>
      ask({ kind: 'setInstance', bytes: Uint8Array.from(bytes) }),
    setItem: (id: number, bytes: readonly number[]) =>
      ask({ kind: 'setItem', id, bytes: Uint8Array.from(bytes) }),
    execute: (id: number, bytes: readonly number[], room: number) =>
      ask({ kind: 'execute', id, bytes: Uint8Array.from(bytes), room }),
  };
}

/** Room that is exact, one short, one long, none, and every size in between for small blocks. */
function querySizes(ask: Asker): void {
  ask.query(4096);
  const { size } = ask;
  for (const room of new Set([0, 1, size - 1, size, size + 1, Math.floor(size / 2)])) {
    if (room >= 0) ask.query(room);
  }
}

/** Every truncation up to here, and some beyond. */
const EVERY = 160;

function truncations(bytes: readonly number[]): number[][] {
  const lengths = Array.from({ length: Math.min(EVERY, bytes.length) }, (_none, length) => length);
  if (bytes.length > EVERY) lengths.push(bytes.length - 2, bytes.length - 1);
  return lengths.map((length) => bytes.slice(0, length));
}

function setInstances(block: DataBlock, ask: Asker, source: Random): void {
  const bytes = recordBytes(block.data, source);
  for (const short of truncations(bytes)) ask.setInstance(short);
  ask.query(4096);
  ask.setInstance(bytes);
  ask.query(4096);
  ask.setInstance([...recordBytes(block.data, source), source.below(256)]);
  ask.query(4096);
  for (let count = 0; count < 12; count += 1) {
    ask.setInstance(damaged(recordBytes(block.data, source), source));
    if (source.chance(50)) ask.query(4096);
  }
  ask.query(4096);
}

function setItems(item: WireItem, ask: Asker, source: Random): void {
  const { id } = item;
  for (const length of [0, 1, 2, 3]) {
    const bytes = itemBytes(item, length, source);
    if (length === 2) for (const short of truncations(bytes)) ask.setItem(id, short);
    ask.setItem(id, bytes);
    ask.setItem(id, [...bytes, 0]);
    ask.setItem(id, damaged(bytes, source));
    if (item.count.kind === 'scalar' || item.count.kind === 'fixed') break;
  }
  // A count that stays what it is: small, and zeros behind.
  for (let value = 0; value < 5; value += 1) ask.setItem(id, [value, 0, 0, 0, 0, 0, 0, 0]);
  ask.query(4096);
}

function methods(block: DataBlock, ask: Asker, source: Random): void {
  for (const { id, input, output } of block.methods) {
    const bytes = recordBytes(input, source);
    const room = ask.execute(id, bytes, 4096);
    for (const short of truncations(bytes)) ask.execute(id, short, 4096);
    for (const each of new Set([0, 1, room - 1, room, room + 1, bytes.length])) {
      if (each >= 0) ask.execute(id, bytes, each);
    }
    for (let count = 0; count < 8; count += 1) {
      ask.execute(id, damaged(recordBytes(input, source), source), source.chance(50) ? 4096 : room);
    }
    if (output.items.length > 0) ask.execute(id, [...recordBytes(input, source), 0], room);
  }
  for (const id of [0, 0x8000_0000, 0xffff_ffff]) ask.execute(id, [0, 0, 0, 0], 16);
  ask.query(4096);
}
