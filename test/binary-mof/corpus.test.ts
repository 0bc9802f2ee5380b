/**
 * Every .bmf of the corpus: what is read is written as the very bytes that mofcomp wrote.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { compress, decompress } from '../../src/binary-mof/compression.js';
import { isBinaryMof, readBinaryMof, writeBinaryMof } from '../../src/binary-mof/index.js';
import { corpus, hasCorpus } from '../mof-files.js';
import { bmfs } from './bmf-files.js';

test.runIf(hasCorpus)('the corpus has 22 files with their MOF and 43 of firmware', () => {
  expect(bmfs.length).toBe(22 + 43);
});

test.each(bmfs)('$name: reading and writing gives the same bytes', ({ bytes }) => {
  expect(isBinaryMof(bytes)).toBe(true);
  const { value, fault } = readBinaryMof(bytes);
  expect(fault).toBeUndefined();
  if (value === undefined) expect.fail('nothing was read');
  expect(value.objects.length).toBeGreaterThan(0);
  expectSameBytes(writeBinaryMof(value), bytes);
});

test.each(bmfs)('$name: decompressing and compressing gives the same bytes', ({ bytes }) => {
  const stream = bytes.subarray(16);
  const size = new DataView(bytes.buffer, bytes.byteOffset).getUint32(12, true);
  const { value, fault } = decompress(stream, size);
  expect(fault).toBeUndefined();
  if (value === undefined) expect.fail('nothing was decompressed');
  expectSameBytes(compress(value), stream);
});

const pair = join(corpus, 'bmf-pairs/compression');
const hasPair = existsSync(pair);
if (hasCorpus && !hasPair) console.log(`the pair of compression is skipped: no ${pair}`);

test.runIf(hasPair)('the pair of compressed and decompressed bytes', () => {
  const compressed = new Uint8Array(readFileSync(join(pair, 'compressed.bin')));
  const plain = new Uint8Array(readFileSync(join(pair, 'decompressed.bin')));
  expect(decompress(compressed, plain.length)).toStrictEqual({ value: plain });
  expectSameBytes(compress(plain), compressed);
});

/** Shows the first difference, not two lists of thousands of bytes. */
function expectSameBytes(got: Uint8Array, want: Uint8Array): void {
  const at = want.findIndex((byte, index) => byte !== got[index]);
  expect({ at, length: got.length }).toStrictEqual({ at: -1, length: want.length });
}
