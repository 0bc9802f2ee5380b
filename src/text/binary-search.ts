/** Binary search, over lists and over ranges of indices. */

/** The index of the first of the ascending `numbers` that is not below `limit`. */
export function firstFrom(numbers: readonly number[], limit: number): number {
  return firstWhere(numbers, (number) => number >= limit);
}

/** The index of the first entry that `isFound`, or the length; every entry after that one must be found too. */
export function firstWhere<T>(sorted: readonly T[], isFound: (entry: T) => boolean): number {
  return firstIndex(sorted.length, (index) => {
    const entry = sorted[index];
    return entry === undefined || isFound(entry);
  });
}

/** The first index below `length` from which on `isFound`, or `length`. */
export function firstIndex(length: number, isFound: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isFound(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
