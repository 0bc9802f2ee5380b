// Checks that an executable gives what `node dist/cli.cjs` gives, for every sample and every target, and measures how it starts.
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { targetNames } from 'mofgen';
import { run } from '../node-builds.mjs';
import { differences, outcomesOf, timesOf } from '../outcomes.mjs';
import { samples } from '../sample-files.mjs';
import { copySamples } from './make.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const cli = join(root, 'dist/cli.cjs');
const FAN = 'samples/smart-fan/smart-fan.mof';
const READER = 'samples/card-reader/card-reader.mof';
const inputs = samples(root).map(({ mof }) => mof);

/** The commands to run, in this order. */
const COMMANDS = [
  { args: ['--version'] },
  { args: ['--help'] },
  { args: ['check', ...inputs] },
  { args: ['check', 'samples/*/*.mof'] },
  { args: ['check', '-'], input: readFileSync(join(root, FAN)) },
  { args: ['check', '-'], input: 'class A { uint32 x; ];' },
  { args: ['check', 'missing.mof'] },
  { args: ['check', 'broken.mof', '--diagnostics', 'pretty'] },
  { args: ['check', 'broken.mof', '--diagnostics', 'json'] },
  { args: ['check', 'broken.mof', '--diagnostics', 'sarif'] },
  ...targetNames.map((target) => ({
    args: ['generate', ...inputs, '-t', target, '-o', `gen-${target}`],
  })),
  // The project's prettier writes to Node's streams.
  { args: ['generate', FAN, '-t', 'ts', '-o', 'gen-formatted', '--format'], hasPipes: false },
  { args: ['generate', FAN, '-t', 'kmdf', '-o', 'gen-kmdf', '--check'] },
  { args: ['generate', FAN, '-t', 'kmdf', '-o', 'gen-none', '--check'] },
  { args: ['generate', FAN, '-t', 'header', '-o', '-'] },
  { args: ['stubs', '--missing', '-o', 'gen-ts', FAN] },
  { args: ['show', ...inputs] },
  { args: ['show', FAN, '--json'] },
  { args: ['show', FAN, '--markdown'] },
  { args: ['show', FAN, '--mermaid'] },
  { args: ['compile', FAN, '-o', 'fan.bmf'] },
  { args: ['decompile', 'fan.bmf'] },
  { args: ['show', 'fan.bmf'] },
  { args: ['split', '-o', 'gen-split', FAN] },
  { args: ['explain', 'MOF2202'] },
  { args: ['chekc', FAN] },
];

/** Every way to end, except a bug. */
const EXIT_CODES = [0, 1, 2, 3];

function outcomesIn(folder, command) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copySamples(folder);
  writeFileSync(join(folder, 'broken.mof'), 'class Broken\n{\n  uint32 Speed = ;\n};\n');
  return outcomesOf(command, COMMANDS, folder);
}

/** Lists the code caches that V8 refused, in the file that the variable names. */
const PROBE = `const { appendFileSync } = require('node:fs');
const vm = require('node:vm');
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options);
    const state = this.cachedDataRejected === false ? 'used' : 'refused';
    appendFileSync(process.env.PROBE_LIST, options.filename + ' ' + state + '\\n');
  }
};`;

/** Throws unless V8 uses the code caches: without them all works, and starts later. */
function expectCaches([command, ...before], folder) {
  const [probe, list] = ['probe.cjs', 'caches.txt'].map((name) => join(folder, name));
  writeFileSync(probe, PROBE);
  const env = { NODE_OPTIONS: `--require=${probe}`, PROBE_LIST: list };
  run(folder, command, [...before, 'check', READER], { env });
  const seen = existsSync(list) ? readFileSync(list, 'utf8') : '';
  if (seen !== 'mofgen.cjs used\ncheck.cjs used\n') {
    throw new Error(`a check uses these code caches, not those of two files: ${seen || 'none'}`);
  }
}

/** Throws when something differs. `folder` is for scratch. */
export function expectSameOutcomes(executable, platform, folder) {
  const want = outcomesIn(join(folder, 'want'), [process.execPath, cli]);
  const codes = new Set(want.slice(0, -1).map(({ status }) => status));
  if (EXIT_CODES.some((code) => !codes.has(code)) || codes.size !== EXIT_CODES.length) {
    throw new Error(`node dist/cli.cjs ends with ${[...codes].sort().join(' ')}`);
  }
  const got = outcomesIn(join(folder, 'got'), executable);
  const wrong = differences(want, got, platform, ['gen-\\w+']);
  if (wrong.length > 0) {
    throw new Error(`${wrong.length} of ${want.length} differ\n${wrong.join('\n')}`);
  }
  expectCaches(executable, join(folder, 'got'));
  return want.length;
}

/** Start-up times in multiples of that Node's `node -e 0`, as a line; of Node with dist/cli.cjs as well. */
export function startUpOf(executable, node, rounds, folder) {
  const generate = ['generate', READER, '-t', 'kmdf', '-o', 'gen-timed'];
  const commands = [['--version'], ['check', READER], generate];
  const { floor, ratios } = timesOf(
    [
      [...node, '-e', '0'],
      ...commands.map((args) => [...executable, ...args]),
      ...commands.map((args) => [...node, cli, ...args]),
    ],
    rounds,
    join(folder, 'got'),
  );
  const [inside, outside] = [ratios.slice(0, commands.length), ratios.slice(commands.length)];
  const each = commands.map(
    ([name], at) =>
      `${name} ${inside[at].median.toFixed(2)} (node dist/cli.cjs ${outside[at].median.toFixed(2)})`,
  );
  return `times node -e 0 (${floor.toFixed(0)} ms): ${each.join(', ')}`;
}
