/**
 * The changes of a run to the records of outputs: names and hashes, before and after it writes the files. Writes nothing itself.
 */
import { type PendingFile } from './commit-files.js';
import { type RunTarget } from './emission.js';
import { type Emitted } from './emitted-files.js';
import { type HashFunction } from './file-state.js';
import { keptLines, type Leftovers } from './leftovers.js';
import { isCurrent } from './output-files.js';
import { type RecordedFile, recordText } from './output-record.js';
import { type RecordFolder, type RecordKey } from './record-folder.js';

export interface RecordChanges {
  /**
   * To be written before the outputs: both what was there and what is to be there. A run that is killed half-way leaves old and
   * new outputs, and none of them was edited.
   */
  readonly before: readonly PendingFile[];
  /** To be written after the outputs. */
  readonly after: readonly PendingFile[];
}

export function recordChanges(
  emitted: readonly Emitted[],
  targets: readonly RunTarget[],
  leftovers: Leftovers,
  records: RecordFolder,
  hashOf: HashFunction,
): RecordChanges {
  const before: PendingFile[] = [];
  const after: PendingFile[] = [];
  const record = (
    key: RecordKey,
    input: string | undefined,
    made: readonly RecordedFile[],
    changes: boolean,
  ): void => {
    const stored = records.read(key);
    const files = [...made, ...keptLines(stored, leftovers.files)];
    let present = stored?.text;
    if (stored !== undefined && changes) {
      const both = recordText({ input, files: [...stored.record.files, ...files] });
      if (both !== present) before.push(records.pending(key, both, 'replace'));
      present = both;
    }
    if (files.length > 0) {
      const text = recordText({ input, files });
      if (text !== present) after.push(records.pending(key, text, 'replace'));
    } else if (present !== undefined) after.push(records.pending(key, present, 'remove'));
  };
  for (const { input, files: once, shared } of emitted) {
    const files = [...once, ...shared];
    const hashes = new Map(files.map((file) => [file, hashOf(file.rendered.text)]));
    const path = records.recordedPath(input.path);
    for (const target of targets) {
      const names = new Set(target.fileNames(input.base).map(({ name }) => name));
      const own = files.filter(
        ({ rendered }) => rendered.owner === 'mofgen' && names.has(rendered.name),
      );
      const made = own.map((file) => ({ name: file.rendered.name, hash: hashes.get(file) ?? '' }));
      const changes = own.some((file) => !isCurrent(file));
      record({ target: target.name, base: input.base }, path, made, changes);
    }
  }
  for (const { input, mayRemove, records: keys } of leftovers.origins) {
    if (input !== undefined || !mayRemove) continue;
    for (const key of keys) record(key, records.read(key)?.record.input, [], false);
  }
  // Outputs come first, so that the message about a read-only folder names one of them.
  const isWritten = [...before, ...after].some(({ mode }) => mode === 'replace');
  return { before, after: isWritten ? [...records.pendingIgnoreFile(), ...after] : after };
}
