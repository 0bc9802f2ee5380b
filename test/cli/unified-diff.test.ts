/** Unified diffs: what they look like, and that applying one gives the other text. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unifiedDiff } from '../../src/cli/unified-diff.js';
import { runs } from '../effort.js';

const numbered = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `line ${first + index}\n`).join('');

test.each([
  ['equal texts', 'a\nb\n', 'a\nb\n', []],
  ['two empty texts', '', '', []],
  ['a changed line', 'a\nb\nc\n', 'a\nB\nc\n', ['@@ -1,3 +1,3 @@', ' a', '-b', '+B', ' c']],
  ['an added line', 'a\nc\n', 'a\nb\nc\n', ['@@ -1,2 +1,3 @@', ' a', '+b', ' c']],
  ['a removed line', 'a\nb\nc\n', 'a\nc\n', ['@@ -1,3 +1,2 @@', ' a', '-b', ' c']],
  ['a text where none was', '', 'a\n', ['@@ -0,0 +1 @@', '+a']],
  ['no text where one was', 'a\nb\n', '', ['@@ -1,2 +0,0 @@', '-a', '-b']],
  [
    'a line end at the end that is gone',
    'a\nb\n',
    'a\nb',
    ['@@ -1,2 +1,2 @@', ' a', '-b', '+b', '\\ No newline at end of file'],
  ],
  [
    'three lines around a change',
    numbered(1, 20),
    numbered(1, 9) + numbered(11, 20),
    [
      '@@ -7,7 +7,6 @@',
      ' line 7',
      ' line 8',
      ' line 9',
      '-line 10',
      ' line 11',
      ' line 12',
      ' line 13',
    ],
  ],
  [
    'changes that are six lines apart share a hunk',
    `x\n${numbered(1, 6)}x\n`,
    `y\n${numbered(1, 6)}y\n`,
    [
      '@@ -1,8 +1,8 @@',
      '-x',
      '+y',
      ...numbered(1, 6)
        .trimEnd()
        .split('\n')
        .map((line) => ` ${line}`),
      '-x',
      '+y',
    ],
  ],
  [
    'changes that are seven lines apart do not',
    `x\n${numbered(1, 7)}x\n`,
    `y\n${numbered(1, 7)}y\n`,
    [
      '@@ -1,4 +1,4 @@',
      '-x',
      '+y',
      ' line 1',
      ' line 2',
      ' line 3',
      '@@ -6,4 +6,4 @@',
      ' line 5',
      ' line 6',
      ' line 7',
      '-x',
      '+y',
    ],
  ],
  ['an escape of a terminal', 'a\n', '\u001b[2J\n', ['@@ -1 +1 @@', '-a', String.raw`+\x1b[2J`]],
] as const)('%s', (_case, before, after, want) => {
  expect(unifiedDiff(before, after)).toEqual(want);
});

/** Applies a diff to `before`; throws when it does not fit. */
function applied(before: string, diff: readonly string[]): string {
  const old = before === '' ? [] : before.split(/(?<=\n)/);
  const result: string[] = [];
  let at = 0;
  diff.forEach((line, index) => {
    const range = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@$/.exec(line);
    if (range !== null) {
      const start = Number(range[1]) - (range[2] === '0' ? 0 : 1);
      result.push(...old.slice(at, start));
      at = start;
      expect(result.length).toBe(Number(range[3]) - (range[4] === '0' ? 0 : 1));
      return;
    }
    if (line.startsWith('\\')) return;
    const text = line.slice(1) + (diff[index + 1]?.startsWith('\\') === true ? '' : '\n');
    if (!line.startsWith('+')) expect(old[at++]).toBe(text);
    if (!line.startsWith('-')) result.push(text);
  });
  return [...result, ...old.slice(at)].join('');
}

const words = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n'), { maxLength: 40 });
const someText = fc
  .tuple(words, fc.constantFrom('', 'no end'))
  .map(([lines, end]) => lines.join('') + end);

test('applied to the first text, a diff gives the second', () => {
  fc.assert(
    fc.property(someText, someText, (before, after) => {
      const diff = unifiedDiff(before, after);
      expect(applied(before, diff)).toBe(after);
      if (before === after) expect(diff).toEqual([]);
    }),
    { numRuns: runs(2000) },
  );
});

test('a diff has no more edits than the longest common subsequence leaves', () => {
  const longestCommon = (a: readonly string[], b: readonly string[]): number => {
    let row = b.map(() => 0);
    for (const line of a) {
      let diagonal = 0;
      let left = 0;
      row = b.map((other, index) => {
        const above = row[index] ?? 0;
        left = line === other ? diagonal + 1 : Math.max(left, above);
        diagonal = above;
        return left;
      });
    }
    return row.at(-1) ?? 0;
  };
  fc.assert(
    fc.property(words, words, (before, after) => {
      const edits = unifiedDiff(before.join(''), after.join('')).filter((l) => /^[-+]/.test(l));
      expect(edits.length).toBe(before.length + after.length - 2 * longestCommon(before, after));
    }),
    { numRuns: runs(500) },
  );
});

test('texts that have little in common are compared quickly', () => {
  const before = numbered(1, 5000);
  const after = numbered(1, 5000).replaceAll('line', 'row');
  expect(applied(before, unifiedDiff(before, after))).toBe(after);
});
