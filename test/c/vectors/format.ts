// Vectors, and the bytes in which run.c reads them: requests for a block's callbacks, and what has to come back.
import { guidToBytes, parseGuid } from '../../../src/runtime/guid.js';
import { type NtStatus } from '../../../src/runtime/ntstatus.js';

/** One call of a callback. Sizes are bytes. */
export type Operation =
  | { readonly kind: 'query'; readonly room: number }
  | { readonly kind: 'setInstance'; readonly bytes: Uint8Array }
  | { readonly kind: 'setItem'; readonly id: number; readonly bytes: Uint8Array }
  | {
      readonly kind: 'execute';
      readonly id: number;
      readonly bytes: Uint8Array;
      /** OutBufferSize: the buffer has the larger of this and the input's size. */
      readonly room: number;
    };

/** What has to come back. */
export interface Answer {
  readonly status: NtStatus;
  /** Compared on success and with STATUS_BUFFER_TOO_SMALL; sets have none. */
  readonly bufferUsed: number;
  /** The bytes written, on success. */
  readonly output: Uint8Array;
}

/** One step: a call with its answer, `absent` where the block has no such operation, or a new device. */
export type Vector =
  | {
      readonly block: number;
      readonly operation: Operation;
      readonly expected: Answer | 'absent';
    }
  | 'restart';

const operationCodes = { query: 1, setInstance: 2, setItem: 3, execute: 4 } as const;

const none = new Uint8Array(0);

const inputOf = (operation: Operation): Uint8Array =>
  operation.kind === 'query' ? none : operation.bytes;

const idOf = (operation: Operation): number =>
  operation.kind === 'setItem' || operation.kind === 'execute' ? operation.id : 0;

const roomOf = (operation: Operation): number =>
  operation.kind === 'query' || operation.kind === 'execute' ? operation.room : 0;

/** The numbers before a vector's bytes, in order. */
const numbersOf = (vector: Vector): readonly number[] => {
  if (vector === 'restart') return [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const { block, operation, expected } = vector;
  const answer = expected === 'absent' ? undefined : expected;
  return [
    block,
    operationCodes[operation.kind],
    idOf(operation),
    inputOf(operation).length,
    roomOf(operation),
    expected === 'absent' ? 1 : 0,
    answer?.status ?? 0,
    answer?.bufferUsed ?? 0,
    answer?.output.length ?? 0,
  ];
};

const bytesOf = (vector: Vector): readonly Uint8Array[] =>
  vector === 'restart'
    ? []
    : [inputOf(vector.operation), vector.expected === 'absent' ? none : vector.expected.output];

function ulongs(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 4);
  const view = new DataView(bytes.buffer);
  for (const [index, number] of numbers.entries()) view.setUint32(index * 4, number, true);
  return bytes;
}

/**
 * `MOFV`, the version, the numbers of blocks and vectors, the blocks' GUIDs; then each vector: nine ULONGs (`numbersOf`),
 * its input, its output.
 */
export function encodeVectors(guids: readonly string[], vectors: readonly Vector[]): Uint8Array {
  return Buffer.concat([
    Buffer.from('MOFV', 'ascii'),
    ulongs([1, guids.length, vectors.length]),
    ...guids.map((guid) => {
      const parsed = parseGuid(guid);
      if (parsed === undefined) throw new Error(`'${guid}' is no GUID`);
      return guidToBytes(parsed);
    }),
    ...vectors.flatMap((vector) => [ulongs(numbersOf(vector)), ...bytesOf(vector)]),
  ]);
}
