// npm run conformance: runs the conformance table and rewrites docs/conformance.md with the results of the run.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/conformance/conformance.test.ts'],
  { cwd: root, env: { ...process.env, MOFGEN_WRITE_CONFORMANCE: '1' }, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
