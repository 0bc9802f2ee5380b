/** Which of some names was most likely meant by one that is none of them; it must not know what they name. */

/** Above these, looking costs more than it helps: a text may have thousands of wrong names. */
const MOST_CANDIDATES = 64;
const LONGEST = 32;

/** The candidate that a slip of the pen or two leads to, when there is only one; names do not differ by case. */
export function likelyName<T>(
  wrong: string,
  candidates: Iterable<T>,
  nameOf: (candidate: T) => string,
): string | undefined {
  const allowed = wrong.length < 3 ? 0 : wrong.length < 6 ? 1 : 2;
  if (allowed === 0 || wrong.length > LONGEST) return undefined;
  const names: string[] = [];
  for (const candidate of candidates) {
    if (names.length === MOST_CANDIDATES) return undefined;
    names.push(nameOf(candidate));
  }
  let found: string | undefined;
  let best = allowed + 1;
  for (const name of names) {
    if (Math.abs(name.length - wrong.length) > allowed) continue;
    const slips = slipsBetween(wrong.toLowerCase(), name.toLowerCase(), best);
    if (slips < best) [best, found] = [slips, name];
    else if (slips === best && found?.toLowerCase() !== name.toLowerCase()) found = undefined;
  }
  return best > allowed ? undefined : found;
}

/** Letters that are wrong, missing, too many, or two that changed places (optimal string alignment); not counted above `most`. */
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
