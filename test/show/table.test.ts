/** Tables take any number of rows: rows are not passed as arguments of a call. */
import { expect, test } from 'vitest';
import { markdownTable } from '../../src/show/markdown-text.js';
import { table } from '../../src/show/table.js';

const rows = Array.from({ length: 300_000 }, (_, index) => [String(index), 'x']);

test.each([
  ['table', table, 300_001],
  ['page', markdownTable, 300_002],
])('a %s of many rows', (_what, make, lines) => {
  const text = make(
    [
      { title: 'number', align: 'right' },
      { title: 'text', align: 'left' },
    ],
    rows,
  );
  expect(text.split('\n')).toHaveLength(lines + 1);
  expect(text).toContain('299999');
});
