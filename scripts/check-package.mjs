// npm run check:package: packs the tarball and runs publint, attw and knip on it. Arguments pick some of them.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scratch = mkdtempSync(join(tmpdir(), 'mofgen-pack-'));

function run(command, args, stdio = 'inherit') {
  const shell = process.platform === 'win32';
  return spawnSync(command, args, { cwd: root, stdio, shell, encoding: 'utf8' });
}

function bin(name, args) {
  return run(join(root, 'node_modules/.bin', name), args).status === 0;
}

function pack() {
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', scratch];
  const { status, stdout } = run('npm', args, ['ignore', 'pipe', 'inherit']);
  if (status !== 0) throw new Error('npm pack failed');
  return join(scratch, JSON.parse(stdout)[0].filename);
}

const checks = {
  publint: (tarball) => bin('publint', ['run', tarball, '--strict']),
  // The runtime can be required as well.
  attw: (tarball) =>
    bin('attw', [tarball, '--profile', 'esm-only', '--exclude-entrypoints', 'runtime']) &&
    bin('attw', [tarball, '--profile', 'node16', '--entrypoints', 'runtime']),
  knip: () => bin('knip', []),
};

try {
  const wanted = process.argv.slice(2);
  const names = Object.keys(checks).filter((name) => wanted.length === 0 || wanted.includes(name));
  const tarball = pack();
  for (const name of names) {
    console.log(`\n== ${name}`);
    if (!checks[name](tarball)) {
      console.error(`${name} failed`);
      process.exitCode = 1;
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
