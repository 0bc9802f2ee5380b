/** The summary of `npm test`: failures with reason and place, what was skipped and why, the counts as the last line. */
import { expect, onTestFinished, test, vi } from 'vitest';
import { type TestModule, type TestSpecification } from 'vitest/node';
import { ShortReporter } from './short-reporter.js';

interface FakeTest {
  readonly name: string;
  readonly state: 'passed' | 'failed' | 'skipped';
  readonly note?: string;
  readonly message?: string;
}

const file = (name: string, tests: readonly FakeTest[], errors: readonly string[] = []) => {
  const cases = tests.map(({ name: fullName, state, note, message }) => ({
    fullName,
    result: () => ({
      state,
      note,
      errors: [{ message, diff: '- 1\n+ 2', stacks: [{ file: name, line: 3, column: 7 }] }],
    }),
  }));
  return {
    type: 'module',
    relativeModuleId: name,
    state: () =>
      errors.length > 0 || tests.some(({ state }) => state === 'failed') ? 'failed' : 'passed',
    errors: () => errors.map((message) => ({ message, stack: '' })),
    children: { allTests: () => cases, allSuites: () => [] },
  } as unknown as TestModule;
};

function printed(
  files: readonly TestModule[],
  logged: string,
  reason: 'passed' | 'failed' | 'interrupted',
): string[] {
  let text = '';
  const write = vi.spyOn(process.stdout, 'write').mockImplementation((more) => {
    text += String(more);
    return true;
  });
  onTestFinished(() => {
    write.mockRestore();
  });
  const reporter = new ShortReporter();
  reporter.onTestRunStart(files.map(() => ({}) as TestSpecification));
  reporter.onUserConsoleLog({ content: logged } as Parameters<
    ShortReporter['onUserConsoleLog']
  >[0]);
  for (const each of files) reporter.onTestModuleEnd(each);
  reporter.onTestRunEnd(files, [], reason);
  write.mockRestore();
  return text
    .trimEnd()
    .split('\n')
    .filter((line) => line !== '');
}

test('the whole page', () => {
  const files = [
    file('test/a.test.ts', [
      { name: 'adds', state: 'passed' },
      { name: 'subtracts', state: 'failed', message: 'expected 2 to be 1' },
      { name: 'divides', state: 'skipped', note: 'there is no divider' },
    ]),
    file('test/b.test.ts', [], ["cannot find './c.js'"]),
  ];
  const lines = printed(
    files,
    'wine: not tested, since there is no wine\n12 of 12 caught\n',
    'failed',
  );
  expect(lines.filter((line) => !/^2 files in \d+ min \d+ s$/.test(line))).toEqual([
    'running 2 test files',
    'failed: test/a.test.ts: subtracts',
    '  expected 2 to be 1',
    '  - 1',
    '  + 2',
    '  at test/a.test.ts:3:7',
    'failed: test/b.test.ts',
    "  cannot find './c.js'",
    'Not tested:',
    '  there is no divider',
    '  wine: not tested, since there is no wine',
    'Skipped:',
    '  1 in test/a.test.ts',
    '1 passed, 2 failed',
  ]);
});

test.each([
  ['passed', '1 passed, 0 failed'],
  ['failed', '1 passed, 1 failed'],
  ['interrupted', '1 passed, 1 failed'],
] as const)('a run that %s ends with its counts', (reason, last) => {
  const files = [file('test/a.test.ts', [{ name: 'adds', state: 'passed' }])];
  expect(printed(files, '', reason).at(-1)).toBe(last);
});
