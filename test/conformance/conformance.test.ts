/**
 * The conformance table: every row is one test for each driver model that it applies to, and docs/conformance.md has the
 * results of the run. With MOFGEN_WRITE_CONFORMANCE the run writes the document in place of comparing it.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { conformanceDocument, resultKey, type Result } from './document.js';
import { countRules } from './hardening.js';
import { models } from './models.js';
import { corpusRecording, readRecording, root } from './recording.js';
import { ids, rows } from './table.js';

const runs = rows.flatMap((row) =>
  row.models.flatMap((kind) => {
    const model = models.get(kind);
    return model === undefined ? [] : [{ row, kind, model }];
  }),
);

const results = new Map<string, Result>();

test.each(runs.map((run) => [`${run.row.id} ${run.row.condition} [${run.kind}]`, run] as const))(
  '%s',
  async (_title, { row, kind, model }) => {
    results.set(resultKey(row, kind), 'FAILS');
    await row.run(model);
    results.set(resultKey(row, kind), 'passes');
  },
);

test('the table has every id, each for at least one model', () => {
  expect(rows.filter(({ models: of }) => of.length === 0)).toEqual([]);
  expect(rows.map(({ id }) => id)).toEqual(ids);
});

test('an id is the title of its row only: other tests do not repeat it', () => {
  const folder = join(root, 'test/runtime');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.ts'),
  );
  const id = new RegExp(`['"\`](?:${ids.join('|')})[ ,'"\`]`);
  expect(files.length).toBeGreaterThan(30);
  expect(files.filter((name) => id.test(readFileSync(join(folder, name), 'utf8')))).toEqual([]);
});

test('every model that a row names exists', () => {
  expect(rows.flatMap((row) => row.models.filter((kind) => !models.has(kind)))).toEqual([]);
});

test('docs/conformance.md matches this run; npm run conformance rewrites it', async () => {
  const path = join(root, 'docs/conformance.md');
  const previous = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const recording = readRecording(corpusRecording);
  if (recording === undefined) {
    console.warn('conformance: the counts of the hardening rules are kept, no recording there');
  }
  const counts = recording && countRules(recording);
  const text = await conformanceDocument(rows, results, counts, previous);
  if (process.env['MOFGEN_WRITE_CONFORMANCE'] !== undefined) writeFileSync(path, text);
  else expect(text).toBe(previous);
});
