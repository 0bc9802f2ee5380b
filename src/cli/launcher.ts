/**
 * The executable: loads the modules of the bundled command line, with the compiled code that the build put beside them.
 *
 * Compiling them takes about a third of a short run. V8 takes compiled code only of its own version and flags, and
 * compiles a file itself otherwise; nothing is ever written here. Nothing here knows the command line.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';
import { type ExitCode } from './io.js';

type ModuleFunction = (
  exports: unknown,
  require: (name: string) => unknown,
  module: { readonly exports: unknown },
  filename: string,
) => void;

/** The launcher is CommonJS, so Node hands it this; making another one takes longer. */
const requireOfNode: (name: string) => unknown = require;
const folder = join(import.meta.dirname, 'cli');
const functions = new Map<string, ModuleFunction>();
const modules = new Map<string, { readonly exports: unknown }>();

/** Reads a file of modules; scripts/build.mjs says what it looks like. It is ASCII, and decoding latin1 is a plain copy. */
function read(file: string): void {
  const path = join(folder, file);
  // Compiled code holds the name, which must not be that of a folder on the machine that built it.
  const filename = `mofgen/${file}`;
  const script = new Script(readFileSync(path, 'latin1'), { filename, ...compiled(path) });
  const found = script.runInThisContext() as Readonly<Record<string, ModuleFunction>>;
  for (const [name, module] of Object.entries(found)) functions.set(name, module);
}

function compiled(path: string): { readonly cachedData?: Buffer } {
  try {
    return { cachedData: readFileSync(`${path}.code`) };
  } catch {
    return {};
  }
}

/** What a module sees as `require`: another module of the bundle, or what Node finds from here. */
function load(name: string): unknown {
  if (!name.startsWith('./')) return requireOfNode(name);
  const known = modules.get(name);
  if (known !== undefined) return known.exports;
  const file = name.slice('./'.length);
  // Small modules lie in the first file; a large one has a file of its name.
  if (!functions.has(file)) read(file);
  const module = { exports: {} };
  modules.set(name, module);
  functions.get(file)?.(module.exports, load, module, join(folder, file));
  return module.exports;
}

read('mofgen.cjs');

/** The exit code, when the run is over; scripts/compile-code.mjs waits for it. */
export const { finished } = load('./mofgen.cjs') as { readonly finished: Promise<ExitCode> };
