/**
 * Finds the longest earlier occurrence of the bytes at a position, of equally long ones the nearest.
 *
 * Compares all earlier positions that begin with the same two bytes. In some texts those are most of the window at every
 * position. So comparisons are counted, and `OrderedMatches` searches the rest of a block that takes too many: it is slower for
 * ordinary texts, but its time is bounded.
 */
import { MIN_MATCH, WINDOW } from './match-limits.js';
import { BLOCK, OrderedMatches } from './ordered-matches.js';

/** Comparisons in a block before it is searched in order. Payloads take about 10 for each byte. */
const MAX_COMPARISONS = 64 * BLOCK;

export class MatchFinder {
  /** How far back the last match lies. */
  distance = 0;
  /** For each pair of bytes, the last position that begins with it, plus 1. */
  readonly #last = new Int32Array(0x10000);
  /** For each position, the one before it that begins with the same pair, plus 1. */
  readonly #earlier: Int32Array;
  /** Positions before this one are in `#last` and `#earlier`. */
  #entered = 0;
  /** Where the block of the last position ends. */
  #blockEnd = 0;
  /** How many comparisons that block has taken. */
  #comparisons = 0;
  #ordered: OrderedMatches | undefined;

  constructor(private readonly bytes: Uint8Array) {
    this.#earlier = new Int32Array(bytes.length);
  }

  /**
   * The length of the best match at a position, up to `end`; 0 when there is none. Positions must ascend, and `end` must not be
   * beyond the block of `at`.
   */
  find(at: number, end: number): number {
    if (at >= this.#blockEnd) {
      this.#blockEnd = at - (at % BLOCK) + BLOCK;
      this.#comparisons = 0;
    }
    this.#enterBefore(at);
    if (end - at < MIN_MATCH) return 0;
    if (this.#comparisons <= MAX_COMPARISONS) return this.#compareEarlier(at, end);
    this.#ordered ??= new OrderedMatches(this.bytes);
    const length = this.#ordered.find(at, end);
    this.distance = this.#ordered.distance;
    return length;
  }

  #compareEarlier(at: number, end: number): number {
    const { bytes } = this;
    const earlier = this.#earlier;
    const most = end - at;
    const oldest = at - WINDOW;
    let comparisons = 0;
    let best = MIN_MATCH - 1;
    // The byte that a longer match has at this position.
    let wanted = bytes[at + best];
    let start = this.#last[this.#pairAt(at)]! - 1;
    while (start >= 0 && start >= oldest) {
      comparisons += 1;
      if (bytes[start + best] === wanted) {
        let length = MIN_MATCH;
        while (length < most && bytes[start + length] === bytes[at + length]) length += 1;
        comparisons += length;
        if (length > best) {
          best = length;
          this.distance = at - start;
          if (best === most) break;
          wanted = bytes[at + best];
        }
      }
      start = earlier[start]! - 1;
    }
    this.#comparisons += comparisons;
    return best < MIN_MATCH ? 0 : best;
  }

  #enterBefore(at: number): void {
    const last = this.#last;
    for (; this.#entered < at; this.#entered += 1) {
      const pair = this.#pairAt(this.#entered);
      this.#earlier[this.#entered] = last[pair]!;
      last[pair] = this.#entered + 1;
    }
  }

  #pairAt(at: number): number {
    return (this.bytes[at]! << 8) | this.bytes[at + 1]!;
  }
}
