/** Compares two texts, as a unified diff. */
import { printable } from '../diagnostics/printable.js';

/** Unchanged lines shown around a change. */
const CONTEXT = 3;

/** Texts that differ in more lines are shown as replaced: the search takes the square of the number. */
const MAX_EDITS = 500;

type Kind = ' ' | '-' | '+';

interface Line {
  readonly kind: Kind;
  /** With its line end, if it has one. */
  readonly text: string;
}

/** The hunks of the diff, safe to print, one element a line; none when the texts are equal. */
export function unifiedDiff(before: string, after: string): string[] {
  return hunksOf(changes(linesOf(before), linesOf(after))).flatMap(shownHunk);
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.split(/(?<=\n)/);
}

/** Both texts in step: the lines that they share, those of the first only, those of the second only. */
function changes(before: readonly string[], after: readonly string[]): Line[] {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++;
  return [
    ...lines(' ', before.slice(0, start)),
    ...changedPart(
      before.slice(start, before.length - end),
      after.slice(start, after.length - end),
    ),
    ...lines(' ', before.slice(before.length - end)),
  ];
}

function lines(kind: Kind, texts: readonly string[]): Line[] {
  return texts.map((text) => ({ kind, text }));
}

/** The shortest edit script (E. Myers, "An O(ND) Difference Algorithm and Its Variations", 1986). */
function changedPart(before: readonly string[], after: readonly string[]): Line[] {
  // Indexed by diagonal: how far into `before` the furthest path with as many edits reaches.
  let reach = new Map<number, number>([[1, 0]]);
  const steps: Map<number, number>[] = [];
  for (let edits = 0; edits <= Math.min(before.length + after.length, MAX_EDITS); edits++) {
    steps.push(reach);
    const next = new Map<number, number>();
    for (let diagonal = -edits; diagonal <= edits; diagonal += 2) {
      let x = firstStep(reach, diagonal, edits).x;
      while (x < before.length && before[x] === after[x - diagonal]) x++;
      next.set(diagonal, x);
      if (x >= before.length && x - diagonal >= after.length) return wayBack(steps, before, after);
    }
    reach = next;
  }
  return [...lines('-', before), ...lines('+', after)];
}

/** Where a path with `edits` edits enters a diagonal: from above by a line of `after`, or from the left by one of `before`. */
function firstStep(
  reach: ReadonlyMap<number, number>,
  diagonal: number,
  edits: number,
): { readonly x: number; readonly from: number } {
  const above = reach.get(diagonal + 1) ?? -1;
  const left = reach.get(diagonal - 1) ?? -1;
  const down = diagonal === -edits || (diagonal !== edits && left < above);
  return down ? { x: above, from: diagonal + 1 } : { x: left + 1, from: diagonal - 1 };
}

function wayBack(
  steps: readonly ReadonlyMap<number, number>[],
  before: readonly string[],
  after: readonly string[],
): Line[] {
  const parts: Line[][] = [];
  let x = before.length;
  let y = after.length;
  for (const [edits, reach] of [...steps.entries()].reverse()) {
    const { x: entry, from } = firstStep(reach, x - y, edits);
    parts.unshift(lines(' ', before.slice(entry, x)));
    y -= x - entry;
    x = entry;
    if (edits === 0) break;
    const isAddition = reach.get(from) === x;
    parts.unshift(
      isAddition ? lines('+', after.slice(y - 1, y)) : lines('-', before.slice(x - 1, x)),
    );
    if (isAddition) y -= 1;
    else x -= 1;
  }
  return parts.flat();
}

interface Hunk {
  /** How many lines of each text come before it. */
  readonly skipped: { readonly before: number; readonly after: number };
  readonly lines: readonly Line[];
}

/** Changes that are near each other, with the lines around them. */
function hunksOf(all: readonly Line[]): Hunk[] {
  const hunks: Hunk[] = [];
  const changed = all.flatMap(({ kind }, index) => (kind === ' ' ? [] : [index]));
  for (let at = 0; at < changed.length;) {
    const start = Math.max(0, (changed[at] ?? 0) - CONTEXT);
    let end = start;
    while (at < changed.length && (changed[at] ?? 0) - CONTEXT <= Math.max(end, start)) {
      end = (changed[at++] ?? 0) + 1 + CONTEXT;
    }
    const earlier = all.slice(0, start);
    hunks.push({
      skipped: { before: count(earlier, '-'), after: count(earlier, '+') },
      lines: all.slice(start, end),
    });
  }
  return hunks;
}

/** How many of them are in the text with lines of `kind`. */
function count(some: readonly Line[], kind: '-' | '+'): number {
  return some.filter((line) => line.kind === kind || line.kind === ' ').length;
}

function shownHunk({ skipped, lines: part }: Hunk): string[] {
  const before = range(skipped.before, count(part, '-'));
  const after = range(skipped.after, count(part, '+'));
  return [`@@ -${before} +${after} @@`, ...part.flatMap(shownLine)];
}

/** As diff writes it: an empty range names the line before it, and a length of 1 is omitted. */
function range(skipped: number, length: number): string {
  const start = length === 0 ? skipped : skipped + 1;
  return length === 1 ? `${start}` : `${start},${length}`;
}

function shownLine({ kind, text }: Line): string[] {
  const shown = kind + printable(text.replace(/\n$/, ''));
  return text.endsWith('\n') ? [shown] : [shown, '\\ No newline at end of file'];
}
