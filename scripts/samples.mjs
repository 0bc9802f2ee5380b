// npm run samples: rewrites samples/<name>/expected/<target>/ with what mofgen emits today, and samples/targets/<name>/expected/ with
// what that target emits; --check only compares.
import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { targetNames } from 'mofgen';
import { samples, targetSamples } from './sample-files.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const check = process.argv.includes('--check');

function filesOf(folder) {
  return existsSync(folder) ? readdirSync(folder).sort() : [];
}

/** The names of files that differ between two folders, or are in one only. */
function differences(actual, expected) {
  const names = new Set([...filesOf(actual), ...filesOf(expected)]);
  return [...names].filter((name) => {
    const paths = [join(actual, name), join(expected, name)];
    if (!paths.every((path) => existsSync(path))) return true;
    const [a, b] = paths.map((path) => readFileSync(path));
    return !a.equals(b);
  });
}

// Generated into an empty folder: an existing skeleton would be kept, which would hide drift.
const scratch = mkdtempSync(join(tmpdir(), 'mofgen-samples-'));
const drifted = [];
try {
  for (const { name, mof } of samples(root)) {
    for (const target of targetNames) {
      const output = join(scratch, name, target);
      const args = ['dist/cli.cjs', mof, '-t', target, '-o', output, '-q'];
      const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
      if (status !== 0) throw new Error(`generating ${target} for ${mof} failed`);
      // Records are not outputs.
      rmSync(join(output, '.mofgen'), { recursive: true });
      // The C core is the same for all; it is in src/runtime-c.
      for (const file of filesOf(output)) {
        if (/^mofgen_wmi(?:_\w+)?\.[ch]$/.test(file)) rmSync(join(output, file));
      }
    }
  }
  for (const name of new Set(samples(root).map((sample) => sample.name))) {
    const expected = join(root, 'samples', name, 'expected');
    const targets = new Set([...targetNames, ...filesOf(expected)]);
    for (const target of targets) {
      for (const file of differences(join(scratch, name, target), join(expected, target))) {
        drifted.push(`samples/${name}/expected/${target}/${file}`);
      }
    }
    if (!check) {
      rmSync(expected, { recursive: true, force: true });
      cpSync(join(scratch, name), expected, { recursive: true });
    }
  }
  for (const { name, module, mofs } of targetSamples(root)) {
    const output = join(scratch, 'targets', name);
    const args = ['dist/cli.cjs', ...mofs, '-t', module, '-o', output, '-q'];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    if (status !== 0) throw new Error(`generating ${module} failed`);
    rmSync(join(output, '.mofgen'), { recursive: true });
    const expected = `samples/targets/${name}/expected`;
    for (const file of differences(output, join(root, expected)))
      drifted.push(`${expected}/${file}`);
    if (!check) {
      rmSync(join(root, expected), { recursive: true, force: true });
      cpSync(output, join(root, expected), { recursive: true });
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const path of drifted) console.log(`${check ? 'differs' : 'rewritten'}: ${path}`);
if (check && drifted.length > 0) {
  console.error(`npm run samples rewrites them; look at the change before committing it`);
  process.exitCode = 1;
}
