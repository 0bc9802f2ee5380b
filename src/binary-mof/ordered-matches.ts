/**
 * Finds the longest earlier occurrence of the bytes at a position, of equally long ones the nearest, in O(log n) for any bytes.
 *
 * Sorts the suffixes of a block and of the window before it. The longest match is one of the two neighbours in that order within
 * the window; of all with the same common length, the newest is the nearest.
 */
import { MIN_MATCH, WINDOW } from './match-limits.js';
import { SuffixOrder } from './suffix-order.js';

/** Bytes of which the suffixes are ordered at once, with the window before them. */
export const BLOCK = 32 * 1024;

export class OrderedMatches {
  /** How far back the last match lies. */
  distance = 0;
  readonly #order: SuffixOrder;
  /** How many leaves the trees have, a power of two. */
  readonly #leaves: number;
  /** A tree over the order of suffixes: the newest position entered below a node, plus 1. */
  readonly #newest: Int32Array;
  /** A tree over the order of suffixes: the least that one has in common with the one before it. */
  readonly #least: Int32Array;
  /** Where the ordered text begins and ends. */
  #start = 0;
  #end = 0;
  /** Positions of the ordered text before this one are entered. */
  #entered = 0;

  constructor(private readonly bytes: Uint8Array) {
    const maxLength = Math.min(bytes.length, WINDOW + BLOCK);
    this.#order = new SuffixOrder(maxLength);
    this.#leaves = 2 ** Math.ceil(Math.log2(Math.max(maxLength, 2)));
    this.#newest = new Int32Array(2 * this.#leaves);
    this.#least = new Int32Array(2 * this.#leaves);
  }

  /**
   * The length of the best match at a position, up to `end`; 0 when there is none. Positions must ascend, and no block's end may
   * lie between `at` and `end`.
   */
  find(at: number, end: number): number {
    if (at >= this.#end) this.#nextBlock(at);
    const here = at - this.#start;
    for (; this.#entered < here; this.#entered += 1) this.#enter(this.#entered);
    const place = this.#order.ranks[here]!;
    // Positions are kept plus 1.
    const oldest = here - WINDOW + 1;
    const before = this.#placeBefore(place, oldest);
    const after = this.#placeAfter(place, oldest);
    const length = Math.max(this.#commonWith(before, at, end), this.#commonWith(after, at, end));
    if (length < MIN_MATCH) return 0;
    this.distance = here + 1 - this.#newestWith(place, length);
    return length;
  }

  #nextBlock(at: number): void {
    const blockStart = at - (at % BLOCK);
    this.#start = Math.max(0, blockStart - WINDOW);
    this.#end = Math.min(this.bytes.length, blockStart + BLOCK);
    this.#entered = 0;
    const text = this.bytes.subarray(this.#start, this.#end);
    this.#order.order(text);
    this.#newest.fill(0);
    const least = this.#least.fill(0);
    least.set(this.#order.common.subarray(0, text.length), this.#leaves);
    for (let node = this.#leaves - 1; node > 0; node -= 1) {
      least[node] = Math.min(least[2 * node]!, least[2 * node + 1]!);
    }
  }

  #enter(position: number): void {
    const newest = this.#newest;
    const place = this.#order.ranks[position]!;
    for (let node = this.#leaves + place; node > 0; node >>= 1) newest[node] = position + 1;
  }

  /** The last place before one whose position is not too old; -1 when there is none. */
  #placeBefore(place: number, oldest: number): number {
    const newest = this.#newest;
    const least = Math.max(oldest, 1);
    let node = this.#leaves + place;
    while ((node & 1) === 0 || newest[node - 1]! < least) {
      if (node <= 1) return -1;
      node >>= 1;
    }
    node -= 1;
    while (node < this.#leaves) {
      node = 2 * node + 1;
      if (newest[node]! < least) node -= 1;
    }
    return node - this.#leaves;
  }

  /** The first place after one whose position is not too old; -1 when there is none. */
  #placeAfter(place: number, oldest: number): number {
    const newest = this.#newest;
    const least = Math.max(oldest, 1);
    let node = this.#leaves + place;
    while ((node & 1) === 1 || newest[node + 1]! < least) {
      if (node <= 1) return -1;
      node >>= 1;
    }
    node += 1;
    while (node < this.#leaves) {
      node = 2 * node;
      if (newest[node]! < least) node += 1;
    }
    return node - this.#leaves;
  }

  /** How many bytes a place's suffix has in common with the bytes at `at`, up to `end`. */
  #commonWith(place: number, at: number, end: number): number {
    if (place < 0) return 0;
    const { bytes } = this;
    let earlier = this.#start + this.#order.positions[place]!;
    let next = at;
    while (next < end && bytes[next] === bytes[earlier]) {
      next += 1;
      earlier += 1;
    }
    return next - at;
  }

  /** The newest position, plus 1, among those whose suffixes begin with the same `length` bytes as a place's. */
  #newestWith(place: number, length: number): number {
    const newest = this.#newest;
    const least = this.#least;
    let best = 0;
    // To the left: each place belongs to it while it has enough in common with the next one.
    let node = this.#leaves + place;
    while (least[node]! >= length) {
      // All below the node are as the place before them.
      while ((node & 1) === 0) node >>= 1;
      node -= 1;
      if (least[node]! >= length) {
        best = Math.max(best, newest[node]!);
        continue;
      }
      while (node < this.#leaves) {
        node = 2 * node + 1;
        if (least[node]! >= length) {
          best = Math.max(best, newest[node]!);
          node -= 1;
        }
      }
      best = Math.max(best, newest[node]!);
    }
    // To the right, as far as each has enough in common with the one before.
    node = this.#leaves + place;
    for (;;) {
      while ((node & 1) === 1) node >>= 1;
      if (node === 0) return best;
      node += 1;
      if (least[node]! >= length) {
        best = Math.max(best, newest[node]!);
        continue;
      }
      while (node < this.#leaves) {
        node = 2 * node;
        if (least[node]! >= length) {
          best = Math.max(best, newest[node]!);
          node += 1;
        }
      }
      return best;
    }
  }
}
