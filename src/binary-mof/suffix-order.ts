/**
 * Sorts the suffixes of a text of bytes, and computes the common length of neighbours.
 *
 * Sorts by prefixes of 1, 2, 4, … bytes until all differ, in O(n log n) for any text. Its memory is reused.
 */
export class SuffixOrder {
  /** The positions of the text, by the order of their suffixes. */
  readonly positions: Int32Array;
  /** For each position its place in that order. */
  readonly ranks: Int32Array;
  /** For each place, how many bytes its suffix has in common with that of the place before. */
  readonly common: Int32Array;
  readonly #other: Int32Array;
  readonly #counts: Int32Array;

  constructor(maxLength: number) {
    this.positions = new Int32Array(maxLength);
    this.ranks = new Int32Array(maxLength);
    this.common = new Int32Array(maxLength);
    this.#other = new Int32Array(maxLength);
    this.#counts = new Int32Array(Math.max(maxLength, 0x100));
  }

  /** Orders the suffixes of a text, at most as long as the constructor's argument. */
  order(text: Uint8Array): void {
    const { length } = text;
    const { positions, ranks } = this;
    const other = this.#other;
    for (let at = 0; at < length; at += 1) {
      ranks[at] = text[at]!;
      other[at] = at;
    }
    this.#sortByRank(length, 0x100);
    let classes = this.#rankBySecond(length, 0);
    for (let prefix = 1; classes < length; prefix *= 2) {
      // The order by what comes after the prefix is known: it is that of the positions so much later.
      let next = 0;
      for (let at = length - prefix; at < length; at += 1) other[next++] = at;
      for (let place = 0; place < length; place += 1) {
        const at = positions[place]! - prefix;
        if (at >= 0) other[next++] = at;
      }
      this.#sortByRank(length, classes);
      classes = this.#rankBySecond(length, prefix);
    }
    this.#compareNeighbours(text);
  }

  /** Sorts `#other` by ranks, equal ones as they are, into `positions`. */
  #sortByRank(length: number, classes: number): void {
    const { positions, ranks } = this;
    const other = this.#other;
    const counts = this.#counts.fill(0, 0, classes);
    for (let at = 0; at < length; at += 1) counts[ranks[at]!]! += 1;
    for (let rank = 1; rank < classes; rank += 1) counts[rank]! += counts[rank - 1]!;
    for (let place = length - 1; place >= 0; place -= 1) {
      const at = other[place]!;
      positions[--counts[ranks[at]!]!] = at;
    }
  }

  /** Ranks positions anew: they are sorted by their rank and by the rank `prefix` later. Returns how many ranks there are. */
  #rankBySecond(length: number, prefix: number): number {
    const { positions, ranks } = this;
    const fresh = this.#other;
    let rank = -1;
    let first = -1;
    let second = -1;
    for (let place = 0; place < length; place += 1) {
      const at = positions[place]!;
      const later = at + prefix < length ? ranks[at + prefix]! : -1;
      if (ranks[at] !== first || later !== second) rank += 1;
      first = ranks[at]!;
      second = later;
      fresh[at] = rank;
    }
    ranks.set(fresh.subarray(0, length));
    return rank + 1;
  }

  /** Kasai's algorithm: the next position's suffix has at most one byte less in common. */
  #compareNeighbours(text: Uint8Array): void {
    const { length } = text;
    const { positions, ranks, common } = this;
    let same = 0;
    for (let at = 0; at < length; at += 1) {
      const place = ranks[at]!;
      if (place === 0) {
        common[0] = 0;
        same = 0;
        continue;
      }
      const neighbour = positions[place - 1]!;
      const most = length - Math.max(at, neighbour);
      while (same < most && text[at + same] === text[neighbour + same]) same += 1;
      common[place] = same;
      if (same > 0) same -= 1;
    }
  }
}
