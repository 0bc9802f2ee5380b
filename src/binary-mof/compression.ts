/**
 * Compresses and expands DS-01, DoubleSpace's format, which binary MOF uses.
 *
 * `compress` finds the matches that mofcomp finds: at each position the longest earlier occurrence within the window and the
 * chunk, of equally long ones the nearest. So its streams equal mofcomp's, bit by bit.
 */
import { fail, type Reading, readingOf } from './faults.js';
import { MatchFinder } from './match-finder.js';

/** Output bytes between two sync markers. No match crosses from one chunk into the next. */
const CHUNK = 512;

/** "DS", 0, 1. */
const HEADER = [0x44, 0x53, 0x00, 0x01];

// The first two bits of a token.
const NEAR = 0;
const HIGH_LITERAL = 1;
const LOW_LITERAL = 2;
const FAR = 3;

// Distances of 1 to 63 take 6 bits; the others are counted from these, in 8 and in 12 bits.
const MIDDLE_BASE = 64;
const FAR_BASE = 320;
/** The distance code of a sync marker: twelve ones. */
const SYNC = 0xfff;
/** The most zeros before a length. */
const MAX_LENGTH_BITS = 8;

/** The fewest bits that a chunk takes: one match, which has a distance and a length, and the sync marker. */
const MIN_CHUNK_BITS = 8 + 17 + 15;

/** The most bytes that a stream of so many can hold. */
export function maxDecompressedSize(compressedSize: number): number {
  return CHUNK * Math.ceil((compressedSize * 8) / MIN_CHUNK_BITS);
}

/** Compresses exactly as mofcomp does. */
export function compress(bytes: Uint8Array): Uint8Array {
  const stream = new BitWriter(bytes.length);
  const matches = new MatchFinder(bytes);
  for (let at = 0; at < bytes.length;) {
    const chunkEnd = Math.min(bytes.length, at - (at % CHUNK) + CHUNK);
    while (at < chunkEnd) {
      const length = matches.find(at, chunkEnd);
      if (length > 0) {
        putDistance(stream, matches.distance);
        putLength(stream, length);
        at += length;
      } else {
        const byte = bytes[at] ?? 0;
        stream.put(byte >= 0x80 ? HIGH_LITERAL : LOW_LITERAL, 2);
        stream.put(byte & 0x7f, 7);
        at += 1;
      }
    }
    putSync(stream);
  }
  // mofcomp compresses nothing that is empty; the marker at the very end makes this readable.
  if (bytes.length === 0) putSync(stream);
  return stream.finish();
}

function putDistance(stream: BitWriter, distance: number): void {
  if (distance < MIDDLE_BASE) stream.put(NEAR | (distance << 2), 8);
  else if (distance < FAR_BASE) stream.put(FAR | ((distance - MIDDLE_BASE) << 3), 11);
  else stream.put(FAR | 4 | ((distance - FAR_BASE) << 3), 15);
}

/** A number of zeros, a one, and as many bits as there were zeros. */
function putLength(stream: BitWriter, length: number): void {
  const bits = 31 - Math.clz32(length - 1);
  stream.put(1 << bits, bits + 1);
  stream.put(length - 1 - (1 << bits), bits);
}

function putSync(stream: BitWriter): void {
  stream.put(FAR | 4 | (SYNC << 3), 15);
}

class BitWriter {
  readonly #bytes: Uint8Array;
  #at: number;
  /** Bits that do not fill a byte yet, from the lowest. */
  #held = 0;
  #count = 0;

  /** Has room for as many literals, with a sync marker for each chunk. */
  constructor(literals: number) {
    const bits = 9 * literals + 15 * (literals / CHUNK + 1);
    this.#bytes = new Uint8Array(HEADER.length + Math.ceil(bits / 8));
    this.#bytes.set(HEADER);
    this.#at = HEADER.length;
  }

  /** Appends at most 16 bits, the lowest first. */
  put(bits: number, count: number): void {
    this.#held |= bits << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#bytes[this.#at++] = this.#held;
      this.#held >>>= 8;
      this.#count -= 8;
    }
  }

  /** Fills the last byte with zeros. */
  finish(): Uint8Array {
    if (this.#count > 0) this.put(0, 8 - this.#count);
    return this.#bytes.slice(0, this.#at);
  }
}

/**
 * Decompresses a stream that holds `size` bytes. A fault's offset counts from the start of the stream. Bytes after the last sync
 * marker are ignored.
 */
export function decompress(bytes: Uint8Array, size: number): Reading<Uint8Array> {
  return readingOf(() => {
    HEADER.forEach((byte, index) => {
      const found = bytes[index];
      if (found === byte) return;
      fail('file', index, `"DS" 00 01, the start of compressed data`, byteText(found));
    });
    const most = maxDecompressedSize(bytes.length);
    if (size > most) fail('file', 0, `${size} compressed bytes`, `${bytes.length} bytes`);
    return decompressTokens(new BitReader(bytes, HEADER.length), size);
  });
}

function byteText(byte: number | undefined): string {
  return byte === undefined
    ? 'the end of the data'
    : `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function decompressTokens(stream: BitReader, size: number): Uint8Array {
  const out = new Uint8Array(size);
  let at = 0;
  do {
    const chunkEnd = Math.min(size, at + CHUNK);
    while (at < chunkEnd) {
      const token = stream.next();
      const kind = stream.take(2);
      if (kind === HIGH_LITERAL || kind === LOW_LITERAL) {
        out[at] = stream.take(7) | (kind === HIGH_LITERAL ? 0x80 : 0);
        at += 1;
        continue;
      }
      const distance = takeDistance(stream, kind);
      if (distance === FAR_BASE + SYNC) {
        const missing = `${chunkEnd - at} more bytes before the sync marker`;
        fail('file', token, missing, 'the marker');
      }
      if (distance === 0 || distance > at) {
        fail('file', token, `a distance of 1 to ${at} bytes`, distance);
      }
      const length = takeLength(stream, token);
      if (length > chunkEnd - at) {
        fail('file', token, `a match of at most ${chunkEnd - at} bytes`, length);
      }
      for (const end = at + length; at < end; at += 1) out[at] = out[at - distance] ?? 0;
    }
    const token = stream.next();
    const kind = stream.take(2);
    if (kind !== FAR || takeDistance(stream, kind) !== FAR_BASE + SYNC) {
      fail('file', token, `a sync marker after ${at} decompressed bytes`, 'other data');
    }
  } while (at < size);
  return out;
}

/** The distance of a match, or of a sync marker. */
function takeDistance(stream: BitReader, kind: number): number {
  if (kind === NEAR) return stream.take(6);
  return stream.take(1) === 0 ? MIDDLE_BASE + stream.take(8) : FAR_BASE + stream.take(12);
}

function takeLength(stream: BitReader, token: number): number {
  let bits = 0;
  while (stream.take(1) === 0) {
    bits += 1;
    if (bits > MAX_LENGTH_BITS) {
      fail('file', token, `at most ${MAX_LENGTH_BITS} zero bits in a match's length`, 'more');
    }
  }
  return stream.take(bits) + (1 << bits) + 1;
}

class BitReader {
  /** Bits of the bytes before `at` that are not taken yet, the next one lowest. */
  #held = 0;
  #count = 0;

  constructor(
    private readonly bytes: Uint8Array,
    private at: number,
  ) {}

  /** The byte that has the next bit. */
  next(): number {
    return this.at - (this.#count > 0 ? 1 : 0);
  }

  /** Takes at most 12 bits. */
  take(count: number): number {
    while (this.#count < count) {
      const byte = this.bytes[this.at];
      if (byte === undefined) fail('file', this.at, 'more compressed data', byteText(byte));
      this.#held |= byte << this.#count;
      this.#count += 8;
      this.at += 1;
    }
    const bits = this.#held & ((1 << count) - 1);
    this.#held >>>= count;
    this.#count -= count;
    return bits;
  }
}
