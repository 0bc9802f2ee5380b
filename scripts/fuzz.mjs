// npm run fuzz [-- SECONDS]: fuzzes every entry point of generated C for a minute each, or as long as it is told.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const [seconds = '60'] = process.argv.slice(2);
if (!/^[1-9]\d*$/.test(seconds)) {
  console.error(`'${seconds}' is no number of seconds`);
  process.exit(2);
}
const vitest = fileURLToPath(import.meta.resolve('vitest/vitest.mjs'));
const { status } = spawnSync(process.execPath, [vitest, 'run', 'test/c/fuzz.test.ts'], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, MOFGEN_FUZZ_SECONDS: seconds, MOFGEN_REQUIRE_C: '1' },
});
process.exitCode = status ?? 1;
