// Runs a list of commands on programs and compares what they give: exit codes, both outputs, and the bytes of every file.
import { createHash } from 'node:crypto';
import { closeSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { environment, home, run } from './node-builds.mjs';

export const sha256 = (data) => createHash('sha256').update(data).digest('hex');

/** Every file below a folder with a hash of its bytes. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${path.slice(folder.length + 1)} ${sha256(readFileSync(path))}`);
}

/** The outcomes of all commands, run in `folder` in this order, and the files after them. `program` begins each command. */
export function outcomesOf([command, ...before], commands, folder) {
  const found = commands.map(({ args, ...options }) => {
    const all = [...before, ...args];
    return { what: `mofgen ${args.join(' ')}`, ...run(folder, command, all, options) };
  });
  return [...found, { what: 'the files written', files: filesIn(folder) }];
}

const SHOWN = 300;

/**
 * The differences between outcomes, with the text around the first one. Names of files that mofgen makes up begin with one of
 * `folders` and have the separator of the platform.
 */
export function differences(want, got, platform, folders) {
  const separators = new RegExp(`(${folders.join('|')})\\\\\\\\`, 'g');
  return want.flatMap((each, index) => {
    const wanted = JSON.stringify(each);
    let found = JSON.stringify(got[index]);
    if (platform === 'win-x64') found = found.replace(separators, '$1/');
    if (wanted === found) return [];
    let at = 0;
    while (wanted[at] === found[at]) at++;
    const shown = (text) => text.slice(Math.max(0, at - 40), at + SHOWN);
    return [`${each.what}\n  want …${shown(wanted)}\n  got  …${shown(found)}`];
  });
}

function time(folder, [command, ...args]) {
  // Standard output and error are a file: this is the cheapest way to run that all platforms have.
  const path = join(home, `output-${process.pid}`);
  const output = openSync(path, 'w');
  try {
    const started = performance.now();
    const { status } = spawnSync(command, args, {
      cwd: folder,
      env: environment,
      stdio: ['ignore', output, output],
    });
    const elapsed = performance.now() - started;
    if (status !== 0) throw new Error(`${command} ${args.join(' ')} ended with ${status}`);
    return elapsed;
  } finally {
    closeSync(output);
    rmSync(path);
  }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** How long each command takes in multiples of the first one, in rounds of runs: the median of that in ms, ratios of the others. */
export function timesOf(commands, rounds, folder) {
  const times = Array.from({ length: rounds }, () =>
    commands.map((command) => time(folder, command)),
  );
  const ratios = commands
    .slice(1)
    .map((_, index) => times.map(([floor, ...others]) => others[index] / floor));
  return {
    floor: median(times.map(([floor]) => floor)),
    ratios: ratios.map((each) => ({ median: median(each), smallest: Math.min(...each) })),
  };
}
