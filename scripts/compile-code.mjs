// Compiles the code that commands run, for the launcher to load: node compile-code.mjs FOLDER, with a JSON list of command
// lines on standard input. It runs each once, so that V8 has compiled what it needs, and writes the code beside the parts.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import vm from 'node:vm';

const require = createRequire(import.meta.url);
const launcher = join(process.argv[2], 'cli.cjs');
const commandLines = JSON.parse(readFileSync(0, 'utf8'));

/** Every part that was loaded, by path; loaded again, it is the same one, with what it has compiled so far. */
const parts = new Map();
vm.Script = class extends vm.Script {
  constructor(source, options) {
    if (parts.has(options.filename)) return parts.get(options.filename);
    super(source, options);
    parts.set(options.filename, this);
  }
};

for (const args of commandLines) {
  process.argv = [process.execPath, launcher, ...args];
  delete require.cache[launcher];
  const exitCode = await require(launcher).finished;
  if (exitCode !== 0) throw new Error(`mofgen ${args.join(' ')} ended with ${exitCode}`);
}
for (const [path, script] of parts) writeFileSync(`${path}.code`, script.createCachedData());
