// Compiles the code that a command runs, for the launcher to load: node compile-code.mjs FOLDER COMMAND [ARG...]
// It runs the command once, so that V8 has compiled what it needs, and writes the code to FOLDER/code/COMMAND.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { Script } from 'node:vm';

const [folder, command, ...args] = process.argv.slice(2);
const bundlePath = join(folder, 'mofgen.cjs');
const source = readFileSync(bundlePath, 'latin1');
const script = new Script(
  `(function (exports, require, module, __filename, __dirname) {${source}\n})`,
  { filename: bundlePath },
);
process.argv = [process.execPath, bundlePath, command, ...args];
const bundle = { exports: {} };
script.runInThisContext()(bundle.exports, createRequire(bundlePath), bundle, bundlePath, folder);
const exitCode = await bundle.exports.finished;
if (exitCode !== 0) throw new Error(`mofgen ${command} ${args.join(' ')} ended with ${exitCode}`);
mkdirSync(join(folder, 'code'), { recursive: true });
writeFileSync(join(folder, 'code', command), script.createCachedData());
