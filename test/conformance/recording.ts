/**
 * Reads the recorded KMDF answers for the tests that compare with them, or reports that they are missing.
 */
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type Header, type VectorRecord } from '../runtime/kmdf-recording.js';

export const root = resolve(import.meta.dirname, '../..');
const corpus = resolve(root, process.env['MOFGEN_CORPUS'] ?? '../shared/corpus');

/** The recording of the corpus. */
export const corpusRecording = resolve(corpus, 'kmdf-vectors/vectors.jsonl.gz');

/** The recording that the tests read: MOFGEN_KMDF_VECTORS, or the one of the corpus. */
export const namedRecording = resolve(root, process.env['MOFGEN_KMDF_VECTORS'] ?? corpusRecording);

export interface Recording {
  readonly header: Header;
  readonly records: readonly VectorRecord[];
}

/** The records of a file, plain or .gz; `undefined` without the file. */
export function readRecording(file: string): Recording | undefined {
  if (!existsSync(file)) return undefined;
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const [first = '{}', ...lines] = text.trimEnd().split('\n');
  return {
    header: JSON.parse(first) as Header,
    records: lines.map((line) => JSON.parse(line) as VectorRecord),
  };
}
