// npm run fuzz [-- SECONDS [acpi|bmf|mof|c]]: fuzzes every entry point of generated C, the C core's reader and writer, and reading MOF
// texts, binary MOF and ACPI tables in every way that there is a test for: each for a minute, or for SECONDS; only one when it is named.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const TESTS = {
  acpi: ['test/fuzz/acpi.test.ts'],
  bmf: ['test/fuzz/binary-mof.test.ts'],
  c: ['test/c/fuzz.test.ts', 'test/runtime-c/fuzz.test.ts'],
  mof: ['test/fuzz/pipeline.test.ts'],
};
const [seconds = '60', part] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(seconds)) {
  console.error(`'${seconds}' is no number of seconds`);
  process.exit(2);
}
if (part !== undefined && !Object.hasOwn(TESTS, part)) {
  console.error(`'${part}' is nothing to fuzz: ${Object.keys(TESTS).join(', ')}`);
  process.exit(2);
}
const tests = part === undefined ? Object.values(TESTS).flat() : TESTS[part];
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', ...tests],
  {
    cwd: root,
    stdio: 'inherit',
    env: {
      MOFGEN_SEED: 'random',
      ...process.env,
      MOFGEN_FUZZ_SECONDS: seconds,
      MOFGEN_REQUIRE_C: '1',
      MOFGEN_THOROUGH: '1',
    },
  },
);
process.exitCode = status ?? 1;
