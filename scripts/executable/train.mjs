// Makes the code caches of a single executable: `node train.mjs PLAN`, run by the same Node as the one in the executable, since
// V8 accepts no code of another. A cache holds the functions that ran until it was made, so the commands of the plan run before.
//
// PLAN is a JSON file: `from`, the folder of the command line; `to`, the folder for texts and caches; `commands`, the arguments
// of each command. They run in the working directory.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setImmediate } from 'node:timers';
import { Script } from 'node:vm';
import { loaderOf, wrapped } from './loader.mjs';

const { from, to, commands } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const scripts = new Map(
  readdirSync(from).map((file) => {
    const text = wrapped(readFileSync(join(from, file), 'latin1'));
    return [file, { text, script: new Script(text, { filename: file }) }];
  }),
);

function runNext() {
  process.argv.splice(2, Infinity, ...commands.shift());
  const load = loaderOf((file) => scripts.get(file).script, createRequire(import.meta.url));
  load('mofgen.cjs');
}

// A command ends when nothing is left to do, as the process would. One that ends the process itself leaves others.
process.on('beforeExit', () => {
  if (commands.length > 0) setImmediate(runNext);
});
process.on('exit', () => {
  process.exitCode = commands.length === 0 ? 0 : 1;
  if (commands.length > 0) return;
  mkdirSync(to, { recursive: true });
  for (const [file, { text, script }] of scripts) {
    writeFileSync(join(to, file), text, 'latin1');
    writeFileSync(join(to, `${file}.cache`), script.createCachedData());
  }
});
runNext();
