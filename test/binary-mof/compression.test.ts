/**
 * Compression: the very matches of the rule, in bounded time for any bytes; and streams that are damaged.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compress, decompress, maxDecompressedSize } from '../../src/binary-mof/compression.js';
import { faultText } from '../../src/binary-mof/faults.js';
import { OrderedMatches } from '../../src/binary-mof/ordered-matches.js';
import { MatchFinder } from '../../src/binary-mof/match-finder.js';
import { runs } from '../effort.js';

const WINDOW = 4414;
const CHUNK = 512;

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A stream's tokens as bits, the first one first, after the header. */
function stream(...tokens: readonly string[]): Uint8Array {
  const bits = tokens.join('').replaceAll(' ', '');
  const bytes = bits.match(/.{1,8}/g) ?? [];
  return Uint8Array.from([
    ...[0x44, 0x53, 0, 1],
    ...bytes.map((byte) => parseInt([...byte.padEnd(8, '0')].reverse().join(''), 2)),
  ]);
}

/** A number's bits, the lowest first. */
const low = (value: number, count: number) =>
  count === 0 ? '' : [...value.toString(2).padStart(count, '0')].reverse().join('');
const literal = (character: string) => `${low(2, 2)} ${low(character.charCodeAt(0), 7)}`;
const near = (distance: number) => `${low(0, 2)} ${low(distance, 6)}`;
const middle = (distance: number) => `${low(3, 2)} 0 ${low(distance - 64, 8)}`;
const far = (distance: number) => `${low(3, 2)} 1 ${low(distance - 320, 12)}`;
/** As many zeros as there are bits after the one. */
const length = (zeros: number, bits: number) => `${'0'.repeat(zeros)} 1 ${low(bits, zeros)}`;
const SYNC = far(4415);

test.each([
  ['nothing', '', stream(SYNC)],
  ['a low and a high literal', 'a\xff', stream(literal('a'), low(1, 2), low(0x7f, 7), SYNC)],
  ['the shortest match', 'abab', stream(literal('a'), literal('b'), near(2), length(0, 0), SYNC)],
  ['a match that runs into itself', 'aaaaaa', stream(literal('a'), near(1), length(2, 0), SYNC)],
  [
    'the nearest of equally long ones',
    'abcabdabe',
    stream(
      ...[...'abc'].map(literal),
      ...[near(3), length(0, 0), literal('d')],
      ...[near(3), length(0, 0), literal('e'), SYNC],
    ),
  ],
  [
    'the longest, although another is nearer',
    'abcxabyabc',
    stream(
      ...[...'abcx'].map(literal),
      ...[near(4), length(0, 0), literal('y')],
      ...[near(7), length(1, 0), SYNC],
    ),
  ],
])('%s', (_case, plain, want) => {
  expect(compress(bytesOf(plain))).toStrictEqual(want);
  expect(decompress(want, plain.length)).toStrictEqual({ value: bytesOf(plain) });
});

test('one marker after each 512 bytes, none more at the end; matches end there', () => {
  const first = [literal('a'), near(1), length(8, 511 - 257), SYNC];
  expect(compress(new Uint8Array(512).fill(0x61))).toStrictEqual(stream(...first));
  const second = [near(1), length(8, 512 - 257), SYNC];
  expect(compress(new Uint8Array(1024).fill(0x61))).toStrictEqual(stream(...first, ...second));
  const third = [...second, literal('a'), SYNC];
  expect(compress(new Uint8Array(1025).fill(0x61))).toStrictEqual(stream(...first, ...third));
});

test.each([
  [63, near(63)],
  [64, middle(64)],
  [319, middle(319)],
  [320, far(320)],
  [WINDOW, far(WINDOW)],
])('a distance of %i', (distance, token) => {
  // Two unique bytes at this distance, with one long run between them.
  const plain = new Uint8Array(distance + 2);
  plain.set([1, 2]);
  plain.set([1, 2], distance);
  const bits = [...compress(plain)].map((byte) => low(byte, 8)).join('');
  const end = `${token}${length(0, 0)}${SYNC}`.replaceAll(' ', '');
  expect(bits.replace(/0{0,7}$/, '')).toContain(end.replace(/0*$/, ''));
  expect(decompress(compress(plain), plain.length).value).toStrictEqual(plain);
});

test('no match is farther back than 4414 bytes', () => {
  const plain = new Uint8Array(WINDOW + 3);
  plain.set([1, 2]);
  plain.set([1, 2], WINDOW + 1);
  const bits = [...compress(plain)].map((byte) => low(byte, 8)).join('');
  const end = [low(2, 2), low(1, 7), low(2, 2), low(2, 7), SYNC].join('').replaceAll(' ', '');
  expect(bits).toContain(end);
});

/** The rule of the format, tried candidate by candidate. */
function bestMatch(bytes: Uint8Array, at: number, end: number): readonly [number, number] {
  let best = 1;
  let distance = 0;
  for (let back = 1; back <= Math.min(at, WINDOW); back += 1) {
    let same = 0;
    while (at + same < end && bytes[at + same] === bytes[at + same - back]) same += 1;
    if (same > best) [best, distance] = [same, back];
  }
  return distance === 0 ? [0, 0] : [best, distance];
}

/** Texts with many repetitions, of every kind. */
const anyPlain = fc
  .array(
    fc.oneof(
      fc.uint8Array({ maxLength: 40 }),
      fc.uint8Array({ max: 1, maxLength: 200 }),
      fc.uint8Array({ max: 3, maxLength: 200 }),
      fc.tuple(fc.nat(3), fc.nat(700)).map(([byte, count]) => new Uint8Array(count).fill(byte)),
      fc
        .tuple(fc.uint8Array({ minLength: 1, maxLength: 9, max: 4 }), fc.nat(90))
        .map(([part, count]) =>
          Uint8Array.from({ length: count * part.length }, (_, at) => part[at % part.length] ?? 0),
        ),
    ),
    { maxLength: 30 },
  )
  .map((parts) => new Uint8Array(Buffer.concat(parts)));

test('random payloads: both searches find the matches of the rule', () => {
  fc.assert(
    fc.property(anyPlain, (plain) => {
      const finder = new MatchFinder(plain);
      const ordered = new OrderedMatches(plain);
      for (let at = 0; at < plain.length;) {
        const end = Math.min(plain.length, at - (at % CHUNK) + CHUNK);
        const [want, distance] = bestMatch(plain, at, end);
        for (const matches of [finder, ordered]) {
          const found = matches.find(at, end);
          if (found === want && (want === 0 || matches.distance === distance)) continue;
          expect.fail(`at ${at}: ${found} from ${matches.distance}, not ${want} from ${distance}`);
        }
        at += Math.max(want, 1);
      }
    }),
    { numRuns: runs(25) },
  );
});

test('random payloads: decompressing restores them', () => {
  fc.assert(
    fc.property(anyPlain, (plain) => {
      const compressed = compress(plain);
      expect(plain.length).toBeLessThanOrEqual(maxDecompressedSize(compressed.length));
      const { value, fault } = decompress(compressed, plain.length);
      expect(fault).toBeUndefined();
      expect(Buffer.compare(value ?? new Uint8Array(), plain)).toBe(0);
    }),
    { numRuns: runs(200) },
  );
});

/** Numbers from 0 to 1 that look random and are the same in every run. */
function* noise(): Generator<number, never> {
  for (let state = 123456789; ;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield (state >>> 0) / 2 ** 32;
  }
}

/** Texts in which a position has most of the window as candidates. */
const hard: readonly (readonly [string, (random: () => number, at: number) => number])[] = [
  ['zeros', () => 0],
  ['two random symbols', (random) => Math.floor(2 * random())],
  ['runs of many lengths', (random) => (random() < 0.01 ? 1 : 0)],
  ['runs and many delimiters', (random) => (random() < 0.05 ? Math.floor(256 * random()) : 0)],
  ['a period of 7', (_random, at) => at % 7],
  ['random bytes', (random) => Math.floor(256 * random())],
];

test.each(hard)('%s: the time of a byte does not grow', (_case, symbol) => {
  const numbers = noise();
  const random = () => numbers.next().value;
  const plain = Uint8Array.from({ length: 300_000 }, (_, at) => symbol(random, at));
  const started = process.cpuUsage();
  const compressed = compress(plain);
  const { user, system } = process.cpuUsage(started);
  // It is under half a second; comparing every position with the whole window takes a minute.
  expect((user + system) / 1e6).toBeLessThan(5);
  const { value } = decompress(compressed, plain.length);
  expect(Buffer.compare(value ?? new Uint8Array(), plain)).toBe(0);
});

test('where comparing is given up, the rest of the block has the same matches', () => {
  const numbers = noise();
  const plain = Uint8Array.from({ length: 80_000 }, () => Math.floor(2 * numbers.next().value));
  const finder = new MatchFinder(plain);
  for (let at = 0; at < plain.length;) {
    const end = Math.min(plain.length, at - (at % CHUNK) + CHUNK);
    const found = finder.find(at, end);
    // All positions would take a minute.
    if (at % 50 === 0) {
      const [want, distance] = bestMatch(plain, at, end);
      expect([at, found, found && finder.distance]).toStrictEqual([at, want, distance]);
    }
    at += Math.max(found, 1);
  }
});

test.each([
  [
    'nothing',
    [],
    5,
    'byte 0: expected "DS" 00 01, the start of compressed data, found the end of the data',
  ],
  [
    'another start',
    [0x44, 0x53, 0, 2],
    1,
    'byte 3: expected "DS" 00 01, the start of compressed data, found 0x02',
  ],
  [
    'nothing after the start',
    [0x44, 0x53, 0, 1],
    1,
    'byte 4: expected more compressed data, found the end of the data',
  ],
  [
    'a size that is too large',
    [0x44, 0x53, 0, 1],
    2 ** 32 - 1,
    'byte 0: expected 4294967295 compressed bytes, found 4 bytes',
  ],
  [
    'a match before the start',
    stream(literal('a'), near(2), length(0, 0), SYNC),
    3,
    'byte 5: expected a distance of 1 to 1 bytes, found 2',
  ],
  [
    'a distance of 0',
    stream(literal('a'), near(0), length(0, 0), SYNC),
    3,
    'byte 5: expected a distance of 1 to 1 bytes, found 0',
  ],
  [
    'a match beyond the end',
    stream(literal('a'), near(1), length(2, 0), SYNC),
    3,
    'byte 5: expected a match of at most 2 bytes, found 5',
  ],
  [
    'a length without an end',
    stream(literal('a'), near(1), length(9, 0), SYNC),
    600,
    "byte 5: expected at most 8 zero bits in a match's length, found more",
  ],
  [
    'an early marker',
    stream(literal('a'), SYNC),
    3,
    'byte 5: expected 2 more bytes before the sync marker, found the marker',
  ],
  [
    'no marker',
    stream(literal('a'), literal('b'), SYNC),
    1,
    'byte 5: expected a sync marker after 1 decompressed bytes, found other data',
  ],
])('%s', (_case, given, size, want) => {
  const { value, fault } = decompress(Uint8Array.from(given), size);
  expect(value).toBeUndefined();
  expect(fault && faultText(fault)).toBe(want);
});
