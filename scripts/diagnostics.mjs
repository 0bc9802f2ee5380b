// npm run diagnostics: writes docs/diagnostics.md and test/diagnostics/findings.txt from the pages in src/diagnostics/explain.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { status } = spawnSync(
  process.execPath,
  ['node_modules/vitest/vitest.mjs', 'run', 'test/diagnostics/pages.test.ts'],
  { cwd: root, env: { ...process.env, MOFGEN_WRITE_DIAGNOSTICS: '1' }, stdio: 'inherit' },
);
process.exitCode = status ?? 1;
