// npm start: with arguments the command line, as seen from where the user stands; without, a tour of what mofgen does.
// The tour generates every sample with every target, then lets a consumer use the generated providers.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { samples } from './sample-files.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

function node(args, cwd) {
  const { status, error } = spawnSync(process.execPath, args, { cwd, stdio: 'inherit' });
  if (error !== undefined) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

async function tour() {
  const folder = join(root, 'build', 'start');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { targetNames } = await import('mofgen');
  for (const { name, mof } of samples(root)) {
    for (const target of targetNames) {
      // Laid out as in samples/, so that the tour's imports lead to what was generated just now.
      const output = `build/start/${name}/expected/${target}`;
      node(['dist/cli.cjs', mof, '-t', target, '-o', output], root);
    }
  }
  for (const file of ['tour.ts', 'tour-table.ts']) {
    copyFileSync(join(root, 'samples', file), join(folder, file));
  }
  const { build } = await import('esbuild');
  await build({
    entryPoints: [join(folder, 'tour.ts')],
    outfile: join(folder, 'tour.mjs'),
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    // The runtime comes from dist/, as it does for a user, whatever the development settings say.
    tsconfigRaw: {},
    logLevel: 'warning',
  });
  node([join(folder, 'tour.mjs')], root);
}

const args = process.argv.slice(2);
if (args.length > 0) node([join(root, 'dist/cli.cjs'), ...args], process.env.INIT_CWD ?? root);
else await tour();
