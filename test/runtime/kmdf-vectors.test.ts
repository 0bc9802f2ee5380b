/**
 * The kmdf model in its faithful setting answers as the real framework does: every record of the recording named by
 * MOFGEN_KMDF_VECTORS (plain or .gz; default the one in the corpus).
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type Header, type VectorRecord } from './kmdf-recording.js';
import { replay } from './kmdf-replay.js';

const root = resolve(import.meta.dirname, '../..');
const corpus = resolve(root, process.env.MOFGEN_CORPUS ?? '../shared/corpus');
const file = resolve(
  root,
  process.env.MOFGEN_KMDF_VECTORS ?? resolve(corpus, 'kmdf-vectors/vectors.jsonl.gz'),
);
const present = existsSync(file);
if (!present) {
  console.warn('kmdf vectors: skipped, no recording there (MOFGEN_KMDF_VECTORS, MOFGEN_CORPUS)');
}

/** Parts of the recording that the model does not cover. */
const notCompared = new Set(['debugAsserts', 'verifierBreaks']);

function comparable(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key: string, member: unknown) =>
    notCompared.has(key) ? undefined : member,
  );
}

test.runIf(present)('every recorded request is answered as the real framework answered it', () => {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [first = '{}', ...lines] = text.trimEnd().split('\n');
  const header = JSON.parse(first) as Header;
  expect(lines.length).toBeGreaterThan(0);
  const different: unknown[] = [];
  for (const line of lines) {
    const record = JSON.parse(line) as VectorRecord;
    const { id, about, created, beforeResults, result } = record;
    const want = comparable({ created, beforeResults, result });
    const got = comparable(replay(record, header));
    try {
      expect(got).toEqual(want);
    } catch {
      different.push({ id, about, want, got });
    }
  }
  expect(different.slice(0, 3)).toEqual([]);
  expect(different.length).toBe(0);
});
