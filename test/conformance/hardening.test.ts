/**
 * With hardening on and quirks off, every answer that differs from the recorded one of the real framework belongs to a named
 * rule. Reads the file named by MOFGEN_KMDF_VECTORS (plain or .gz; default: the one in the corpus).
 */
import { expect, test } from 'vitest';
import { countRules, rules } from './hardening.js';
import { namedRecording, readRecording } from './recording.js';

const recording = readRecording(namedRecording);
if (recording === undefined) {
  console.warn('hardening: skipped, no recording there (MOFGEN_KMDF_VECTORS, MOFGEN_CORPUS)');
}

test.runIf(recording !== undefined)('every difference from the recorded answers has a rule', () => {
  if (recording === undefined) return;
  const { records, different, byRule, unexplained } = countRules(recording);
  expect(records).toBeGreaterThan(0);
  expect(unexplained.slice(0, 5)).toEqual([]);
  expect(unexplained).toHaveLength(0);
  expect([...byRule.keys()]).toEqual([...rules.keys()]);
  const total = [...byRule.values()].reduce((sum, count) => sum + count, 0);
  expect(total).toBeGreaterThanOrEqual(different);
});
