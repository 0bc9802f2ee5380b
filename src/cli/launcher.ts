/**
 * The executable: loads the bundled command line, with its compiled code from the run before when there is one.
 *
 * Compiling the bundle takes about a third of a short run. The compiled code lies in the package's own folder, so who
 * could change it could change the bundle itself; where that folder cannot be written there is just no cache. Nothing
 * here knows the command line. NODE_DISABLE_COMPILE_CACHE=1, Node's own switch, turns this off.
 */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** A hash of the bundle, put here by the build: compiled code never meets another bundle than its own. */
declare const BUNDLE_HASH: string;

/** What the bundle exports (bin.ts). */
interface Bundle {
  finished: Promise<number>;
}

const folder = import.meta.dirname;
const bundlePath = join(folder, 'mofgen.cjs');
const { version, arch, platform, env, argv } = process;
const cacheFolder = join(folder, 'cache');
// Commands run different code, so each has a cache of its own; anything that is no word is the default command's input.
const command = /^[a-z]{1,10}$/.exec(argv[2] ?? '')?.[0] ?? 'generate';
const cacheName = [BUNDLE_HASH, version, platform, arch, command].join('-');
const cachePath = join(cacheFolder, cacheName);

function cachedCode(): Buffer | undefined {
  if (env['NODE_DISABLE_COMPILE_CACHE'] === '1') return undefined;
  try {
    return readFileSync(cachePath);
  } catch {
    return undefined;
  }
}

/** Keeps what this run has compiled. Runs at once may both do it: the file appears in one step. */
function keepCode(script: Script): void {
  if (env['NODE_DISABLE_COMPILE_CACHE'] === '1') return;
  const temporary = `${cachePath}.${process.pid}`;
  try {
    mkdirSync(cacheFolder, { recursive: true });
    writeFileSync(temporary, script.createCachedData(), { flag: 'wx' });
    renameSync(temporary, cachePath);
  } catch {
    // A read-only installation: every run compiles.
  }
}

// The bundle is ASCII, and decoding latin1 is a plain copy.
const source = readFileSync(bundlePath, 'latin1');
const cachedData = cachedCode();
const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
  { filename: bundlePath, ...(cachedData === undefined ? {} : { cachedData }) },
);
const bundle: { exports: Partial<Bundle> } = { exports: {} };
const load = script.runInThisContext() as (...args: unknown[]) => void;
load(bundle.exports, createRequire(bundlePath), bundle, bundlePath, folder);

// A run that read no input has compiled too little to be worth keeping.
const hasInput = argv.slice(2).some((arg) => arg === '-' || /\.mof$/i.test(arg));
if (cachedData === undefined && hasInput) {
  void bundle.exports.finished?.then((exitCode) => {
    if (exitCode === 0) keepCode(script);
  });
}
