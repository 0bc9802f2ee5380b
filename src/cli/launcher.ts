/**
 * The executable: loads the bundled command line, with the compiled code that the build put beside it.
 *
 * Compiling the bundle takes about a third of a short run. V8 takes compiled code only of its own version and flags, and
 * compiles the bundle itself otherwise; nothing is ever written here. Nothing here knows the command line.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

const folder = import.meta.dirname;
const bundlePath = join(folder, 'mofgen.cjs');
// Commands run different code, so each has its own; anything that is no word is the default command's input.
const command = /^[a-z]{1,10}$/.exec(process.argv[2] ?? '')?.[0] ?? 'generate';

function compiledCode(): { readonly cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(join(folder, 'code', command)) };
  } catch {
    return {};
  }
}

// The bundle is ASCII, and decoding latin1 is a plain copy.
const source = readFileSync(bundlePath, 'latin1');
// scripts/compile-code.mjs wraps the bundle in the same way: code is taken only for the very same text.
const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
  { filename: bundlePath, ...compiledCode() },
);
const bundle = { exports: {} };
const load = script.runInThisContext() as (...args: unknown[]) => void;
load(bundle.exports, createRequire(bundlePath), bundle, bundlePath, folder);
