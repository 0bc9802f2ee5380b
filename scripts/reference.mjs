// npm run reference: writes docs/options.md from the commands' own options, and docs/qualifiers.md from the table of qualifiers.
// --check compares instead.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const isCheck = process.argv.includes('--check');
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    'test/cli/reference.test.ts',
    'test/model/qualifiers-page.test.ts',
  ],
  {
    cwd: root,
    env: { ...process.env, ...(isCheck ? {} : { MOFGEN_WRITE_REFERENCE: '1' }) },
    stdio: 'inherit',
  },
);
process.exitCode = status ?? 1;
