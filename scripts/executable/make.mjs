// Makes a single executable: a program of Node with the command line and its code caches inside.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { inject } from 'postject';
import { succeed } from '../node-builds.mjs';
import { samples } from '../sample-files.mjs';
import { withoutSignature } from './signature.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const here = (file) => fileURLToPath(new URL(file, import.meta.url));

/** The marker by which a program of Node recognizes that something is inside it (nodejs.org/api/single-executable-applications.html). */
const RESOURCE = 'NODE_SEA_BLOB';
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/**
 * The runs before the code caches are made: the more functions a cache has, the longer a run takes that needs few. All functions of
 * a check, and what generating C and TypeScript, `show` and help need beyond that.
 */
function training(inputs) {
  const [first] = inputs;
  return [
    ['check', ...inputs],
    ['generate', first, '-t', 'kmdf', '-o', 'kmdf'],
    ['generate', first, '-t', 'ts', '-o', 'ts'],
    ['show', first],
    ['explain', 'MOF2202'],
    ['--help'],
  ];
}

/** Copies the samples without their expected output, so that nothing is found that a run has written before. */
export function copySamples(folder) {
  cpSync(join(root, 'samples'), join(folder, 'samples'), {
    recursive: true,
    filter: (path) => !/[\\/](?:expected|repos)$/.test(path),
  });
}

/** Texts and code caches in `folder`; returns the names of the files. `node` is the command that runs the Node. */
function makeCaches([command, ...before], folder) {
  const work = join(folder, 'work');
  mkdirSync(work, { recursive: true });
  copySamples(work);
  const plan = join(folder, 'plan.json');
  const to = join(folder, 'assets');
  const commands = training(samples(root).map(({ mof }) => mof));
  writeFileSync(plan, JSON.stringify({ from: join(root, 'dist/cli'), to, commands }));
  succeed(work, command, [...before, here('train.mjs'), plan]);
  return readdirSync(to);
}

/** The bytes that go into the program. */
async function blobOf([command, ...before], folder) {
  const assets = makeCaches([command, ...before], folder);
  await build({
    absWorkingDir: root,
    entryPoints: [here('main.mjs')],
    outfile: join(folder, 'main.cjs'),
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20.19',
    logLevel: 'warning',
  });
  const settings = {
    main: 'main.cjs',
    output: 'blob',
    disableExperimentalSEAWarning: true,
    // Caches of functions that ran are among the assets; this one would have main.cjs alone.
    useCodeCache: false,
    useSnapshot: false,
    assets: Object.fromEntries(assets.map((name) => [name, `assets/${name}`])),
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
  succeed(folder, command, [...before, '--experimental-sea-config', 'settings.json']);
  return readFileSync(join(folder, 'blob'));
}

/** Writes the executable to `path`. `program` is the path of Node's, and `before` what runs it here; `folder` is for scratch. */
export async function makeExecutable({ program, before, platform, folder }, path) {
  rmSync(folder, { recursive: true, force: true });
  const blob = await blobOf([...before, program], folder);
  const bytes = readFileSync(program);
  writeFileSync(path, platform === 'win-x64' ? withoutSignature(bytes) : bytes, { mode: 0o755 });
  await inject(path, RESOURCE, blob, { sentinelFuse: FUSE });
}
