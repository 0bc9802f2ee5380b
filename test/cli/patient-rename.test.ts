/** Renaming over a file that another program has open: Windows refuses that, and allows it a moment later. */
import { expect, test } from 'vitest';
import { patientRename } from '../../src/cli/patient-rename.js';

/** A rename that fails so many times; the calls are counted. */
function failing(times: number, code: string) {
  const calls: string[][] = [];
  const rename = (from: unknown, to: unknown) => {
    calls.push([String(from), String(to)]);
    if (calls.length <= times) throw Object.assign(new Error(code), { code });
  };
  return { calls, rename };
}

test.each([
  ['a file that no program has open', 0, 'EPERM', true, 1],
  ['EPERM twice', 2, 'EPERM', true, 3],
  ['EBUSY twice', 2, 'EBUSY', true, 3],
  ['EACCES twice', 2, 'EACCES', true, 3],
])('%s is renamed', (_case, times, code, isWindows, want) => {
  const { calls, rename } = failing(times, code);
  patientRename('a', 'b', rename, isWindows);
  expect(calls).toEqual(Array.from({ length: want }, () => ['a', 'b']));
});

test.each([
  ['a file that stays open', 'EPERM', true, 9],
  ['another reason', 'ENOSPC', true, 1],
  ['another system, where an open file is replaced', 'EPERM', false, 1],
])('%s: it fails with the reason', (_case, code, isWindows, want) => {
  const { calls, rename } = failing(Infinity, code);
  expect(() => {
    patientRename('a', 'b', rename, isWindows);
  }).toThrow(code);
  expect(calls).toHaveLength(want);
});
