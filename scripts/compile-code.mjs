// Compiles the code that commands run, for the launcher to load: node compile-code.mjs FOLDER, with a JSON list of command
// lines on standard input. It runs each once, so that V8 has compiled what it needs, and writes the code beside the files.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, join } from 'node:path';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const [, , folder] = process.argv;
const launcher = join(folder, 'cli.cjs');
const commandLines = JSON.parse(readFileSync(0, 'utf8'));

/** Every file that was loaded, by name; loaded again, it is the same one, with what it has compiled so far. */
const scripts = new Map();
vm.Script = class extends vm.Script {
  constructor(source, options) {
    if (scripts.has(options.filename)) return scripts.get(options.filename);
    super(source, options);
    scripts.set(options.filename, this);
  }
};

for (const args of commandLines) {
  process.argv = [process.execPath, launcher, ...args];
  delete require.cache[launcher];
  const exitCode = await require(launcher).finished;
  if (exitCode !== 0) throw new Error(`mofgen ${args.join(' ')} ended with ${exitCode}`);
}
for (const [name, script] of scripts) {
  const path = join(folder, 'cli', basename(name));
  writeFileSync(`${path}.code`, script.createCachedData());
}
