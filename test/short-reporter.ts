// What `npm test` prints: progress, each failure with its reason and place, what was skipped and why, and as the last line
// `N passed, N failed`. `npx vitest run --reporter=default` has every test with its time.
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { type SerializedError, type UserConsoleLog } from 'vitest';
import { type Reporter, type TestCase, type TestModule, type TestSpecification } from 'vitest/node';

/** Lines of tests about tools that this machine lacks. */
const REASON =
  /not run|not tested|not compared|skipped|does not exist|does not work here|no corpus/;

/** The most lines of an error that are printed; a run of the one test prints all. */
const MAX_LINES = 30;

type TestError = Pick<SerializedError, 'message' | 'stack'> & {
  readonly diff?: string | undefined;
  readonly stacks?: readonly { file: string; line: number; column: number }[] | undefined;
};

export class ShortReporter implements Reporter {
  private readonly isTerminal = process.stdout.isTTY;
  private readonly reasons = new Set<string>();
  /** How many in each file. */
  private readonly skipped = new Map<string, number>();
  private files = 0;
  private ended = 0;
  private passed = 0;
  private failed = 0;
  private started = Date.now();

  onTestRunStart(specifications: readonly TestSpecification[]): void {
    this.files = specifications.length;
    [this.ended, this.passed, this.failed] = [0, 0, 0];
    this.skipped.clear();
    this.started = Date.now();
    this.reasons.clear();
    if (!this.isTerminal) print(`running ${this.files} test files`);
  }

  onUserConsoleLog({ content }: UserConsoleLog): void {
    for (const line of content.split('\n')) if (REASON.test(line)) this.reasons.add(line.trim());
  }

  onTestModuleEnd(module: TestModule): void {
    this.ended += 1;
    const tests = Array.from(module.children.allTests());
    const failures = tests.filter((test) => test.result().state === 'failed');
    this.passed += tests.filter((test) => test.result().state === 'passed').length;
    this.noteSkipped(module, tests);
    if (this.isTerminal) process.stdout.write(`\r\u001b[K`);
    for (const test of failures) {
      const { errors = [] } = test.result();
      this.fail(`${module.relativeModuleId}: ${test.fullName}`, errors);
    }
    const groups = [module, ...module.children.allSuites()].filter(
      (each) => each.errors().length > 0,
    );
    for (const group of groups) {
      const name = group.type === 'module' ? '' : `: ${group.fullName}`;
      this.fail(`${module.relativeModuleId}${name}`, group.errors());
    }
    if (module.state() === 'failed' && failures.length + groups.length === 0) {
      this.fail(module.relativeModuleId, []);
    }
    this.printProgress();
  }

  onTestRunEnd(
    _modules: readonly TestModule[],
    unhandled: readonly SerializedError[],
    reason: 'passed' | 'failed' | 'interrupted',
  ): void {
    if (this.isTerminal) process.stdout.write('\r\u001b[K');
    for (const error of unhandled) this.fail('an error outside of tests', [error]);
    if (reason === 'interrupted') this.fail('the run was interrupted', []);
    else if (reason === 'failed' && this.failed === 0) this.fail('the run failed', []);
    this.printSkipped();
    const seconds = Math.round((Date.now() - this.started) / 1000);
    print(`\n${this.ended} files in ${Math.floor(seconds / 60)} min ${seconds % 60} s`);
    print(`${this.passed} passed, ${this.failed} failed`);
  }

  private noteSkipped(module: TestModule, tests: readonly TestCase[]): void {
    const results = tests.map((test) => test.result()).filter(({ state }) => state === 'skipped');
    if (results.length === 0) return;
    this.skipped.set(module.relativeModuleId, results.length);
    for (const result of results) {
      if (result.state === 'skipped' && result.note !== undefined) this.reasons.add(result.note);
    }
  }

  private fail(name: string, errors: readonly TestError[]): void {
    this.failed += 1;
    print(`\nfailed: ${name}`);
    for (const error of errors) print(described(error).replaceAll(/^/gm, '  '));
  }

  private printSkipped(): void {
    if (this.reasons.size > 0) print('\nNot tested:');
    for (const each of [...this.reasons].sort()) print(`  ${each}`);
    const files = [...this.skipped].sort().map(([name, count]) => `  ${count} in ${name}`);
    if (files.length > 0) print(`\nSkipped:\n${files.join('\n')}`);
  }

  private printProgress(): void {
    const counts = `${this.ended} of ${this.files} files, ${this.passed} passed, ${this.failed} failed`;
    if (this.isTerminal) process.stdout.write(counts);
    // About ten lines in a log.
    else if (this.ended % Math.max(Math.ceil(this.files / 10), 10) === 0) print(counts);
  }
}

/** The message, how it differs, and the place, without colours. */
function described({ message, diff, stacks = [], stack = '' }: TestError): string {
  const [place] = stacks;
  const at =
    place === undefined
      ? stack
      : `at ${relative('.', place.file)}:${String(place.line)}:${String(place.column)}`;
  const text = stripVTControlCharacters([message, diff ?? ''].join('\n'));
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const more = lines.length - MAX_LINES;
  const shown = more > 0 ? [...lines.slice(0, MAX_LINES), `… ${more} more lines`] : lines;
  return [...shown, at].filter((line) => line !== '').join('\n');
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
