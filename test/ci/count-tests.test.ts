/** The test counts of continuous integration include every failure. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((each) => ({ status: each })),
});

test.each([
  ['all passed', [file('passed', 'passed', 'passed'), file('passed', 'passed')], 'yes', '3 0'],
  ['one failed', [file('failed', 'passed', 'failed')], 'no', '1 1'],
  ['a file that does not load', [file('passed', 'passed'), file('failed')], 'no', '1 1'],
  ['a failing set-up after passing tests', [file('failed', 'passed')], 'no', '1 1'],
  ['a failure that no test shows', [file('passed', 'passed')], 'no', '1 1'],
  ['a skipped test counts for neither', [file('passed', 'passed', 'skipped')], 'yes', '1 0'],
  ['no report', undefined, 'no', '0 1'],
  ['no report, although it ended well', undefined, 'yes', '0 1'],
])('%s', (_case, testResults, endedWell, want) => {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-count-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'report.json');
  if (testResults !== undefined) writeFileSync(path, JSON.stringify({ testResults }));
  const args = ['.ci/count-tests.mjs', path, endedWell];
  expect(spawnSync(process.execPath, args, { encoding: 'utf8' }).stdout).toBe(`${want}\n`);
});

test('what failed is named with the first line of its message', () => {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-count-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const path = join(folder, 'report.json');
  const testResults = [
    {
      name: 'a.test.ts',
      status: 'failed',
      assertionResults: [
        { status: 'failed', fullName: 'one', failureMessages: ['Error: 1 is not 2\n    at'] },
        { status: 'passed', fullName: 'two' },
      ],
    },
    { name: 'b.test.ts', status: 'failed', message: 'no such module\n', assertionResults: [] },
  ];
  writeFileSync(path, JSON.stringify({ testResults }));
  const args = ['.ci/count-tests.mjs', path, 'no'];
  const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  expect(stdout).toBe('1 2\n');
  expect(stderr).toBe(
    'failed: a.test.ts: one: Error: 1 is not 2\nfailed: b.test.ts: no such module\n',
  );
});
