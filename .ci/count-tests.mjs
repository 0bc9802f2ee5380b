// Prints "<passed> <failed>" for vitest's JSON report, and on standard error what failed. What cannot be counted is a failure,
// never silence.
import { existsSync, readFileSync } from 'node:fs';

const [path, endedWell] = process.argv.slice(2);

function count() {
  if (!existsSync(path)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const failedTests = tests.filter((test) => test.status === 'failed').length;
  // A file that does not even load has no tests that could fail.
  const failedFiles = report.testResults.filter(
    (file) =>
      file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  for (const file of report.testResults) printFailures(file);
  const skipped = tests.length - passed - failedTests;
  if (skipped > 0) console.error(`${skipped} tests did not run; the log above gives the reasons`);
  const failed = failedTests + failedFiles;
  return { passed, failed: failed === 0 && endedWell !== 'yes' ? 1 : failed };
}

function printFailures({ name, status, message, assertionResults }) {
  const failures = assertionResults.filter((test) => test.status === 'failed');
  for (const test of failures) {
    console.error(`failed: ${name}: ${test.fullName}: ${firstLine(test.failureMessages?.[0])}`);
  }
  if (status === 'failed' && failures.length === 0) {
    console.error(`failed: ${name}: ${firstLine(message)}`);
  }
}

function firstLine(text = '') {
  return text.split('\n', 1)[0].slice(0, 300);
}

const { passed, failed } = count();
console.log(`${passed} ${failed}`);
