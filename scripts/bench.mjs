// npm run bench: bundles every bench/*.ts, or those named as arguments, and runs them one after the other.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const wanted = process.argv.slice(2);
const names = readdirSync(join(root, 'bench'))
  .filter((file) => file.endsWith('.bench.ts'))
  .map((file) => file.slice(0, -'.bench.ts'.length))
  .filter((name) => wanted.length === 0 || wanted.includes(name))
  .sort();

if (names.length === 0) throw new Error(`no such benchmark: ${wanted.join(' ')}`);

await build({
  absWorkingDir: root,
  entryPoints: names.map((name) => `bench/${name}.bench.ts`),
  outdir: 'build/bench',
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  // mofgen and mofgen/runtime are the built ones, as a user has them.
  tsconfigRaw: {},
  logLevel: 'warning',
});

// Node 20 reads extra certificates at start, which would hide the half of every start-up time.
const env = { ...process.env };
delete env.NODE_EXTRA_CA_CERTS;
for (const name of names) {
  console.log(`\n${name}`);
  const args = ['--expose-gc', join(root, 'build/bench', `${name}.bench.mjs`)];
  const { status } = spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' });
  if (status !== 0) process.exitCode = 1;
}
