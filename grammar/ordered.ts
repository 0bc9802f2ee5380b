/** Searches ascending numbers. It must not know what they count. */

/** The index of the first of the ascending `numbers` that is not below `limit`. */
export function firstFrom(numbers: readonly number[], limit: number): number {
  return firstIndex(numbers.length, (index) => (numbers[index] ?? Infinity) >= limit);
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
