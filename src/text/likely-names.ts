/** Suggests the known name that a misspelled one most likely means. */

/** Limits of the search: a text may have thousands of wrong names. */
const MAX_CANDIDATES = 64;
const LONGEST = 32;

/** The only candidate within the allowed number of typing errors; case is ignored. */
export function likelyName<T>(
  wrong: string,
  candidates: Iterable<T>,
  nameOf: (candidate: T) => string,
): string | undefined {
  const allowed = wrong.length < 3 ? 0 : wrong.length < 6 ? 1 : 2;
  if (allowed === 0 || wrong.length > LONGEST) return undefined;
  const names: string[] = [];
  for (const candidate of candidates) {
    if (names.length === MAX_CANDIDATES) return undefined;
    names.push(nameOf(candidate));
  }
  const [closest, second] = closestNames(wrong, names, allowed);
  return second === undefined ? closest : undefined;
}

/** The names with the fewest typing errors, at most `allowed`; each once, ignoring case. */
export function closestNames(
  wrong: string,
  names: Iterable<string>,
  allowed: number,
): readonly string[] {
  if (allowed === 0 || wrong.length > LONGEST) return [];
  const found = new Map<string, string>();
  let best = allowed;
  for (const name of names) {
    if (Math.abs(name.length - wrong.length) > best) continue;
    const slips = slipsBetween(wrong.toLowerCase(), name.toLowerCase(), best);
    if (slips > best) continue;
    if (slips < best) found.clear();
    best = slips;
    found.set(name.toLowerCase(), name);
  }
  return [...found.values()];
}

/** The number of wrong, missing, surplus or transposed letters (optimal string alignment distance); Infinity above `most`. */
function slipsBetween(a: string, b: string, most: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1];
      let cost = Math.min(
        (last[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + 1,
        (last[j - 1] ?? 0) + (isSame ? 0 : 1),
      );
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
    }
    if (Math.min(...row) > most) return Infinity;
    [beforeLast, last] = [last, row];
  }
  return last[b.length] ?? 0;
}
