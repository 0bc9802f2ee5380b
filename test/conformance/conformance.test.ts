/**
 * The conformance table: every row is one test for each driver model that it applies to.
 */
import { expect, test } from 'vitest';
import { models } from './models.js';
import { ids, pending, rows } from './table.js';

const runs = rows.flatMap((row) =>
  row.models.flatMap((kind) => {
    const model = models.get(kind);
    return model === undefined ? [] : [{ row, kind, model }];
  }),
);

test.each(runs.map((run) => [`${run.row.id} ${run.row.condition} [${run.kind}]`, run] as const))(
  '%s',
  async (_title, { row, model }) => {
    await row.run(model);
  },
);

test('the table has every id, each for at least one model', () => {
  for (const [id, reason] of pending) console.warn(`conformance: ${id} is pending: ${reason}`);
  expect(rows.filter(({ models: of }) => of.length === 0)).toEqual([]);
  expect([...rows.map(({ id }) => id), ...pending.keys()].sort()).toEqual([...ids].sort());
});

test('every model that a row names is there', () => {
  expect(rows.flatMap((row) => row.models.filter((kind) => !models.has(kind)))).toEqual([]);
});
