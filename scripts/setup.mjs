// Makes a clone ready to run: installs the pinned packages and builds, each only when something changed.
// It runs before the packages are there, so it may use nothing but Node itself.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const at = (...path) => join(root, ...path);

const lowestNode = [20, 19];

/** Everything that the contents of dist/ depend on. */
const buildInputs = [
  'grammar',
  // The build checks the samples, to see what runs (scripts/seldom-used.mjs).
  'samples',
  'src',
  'templates',
  'package.json',
  'package-lock.json',
  'scripts/build.mjs',
  'scripts/embedded-core.mjs',
  'scripts/engine.mjs',
  'scripts/joined-files.mjs',
  'scripts/light-commander.mjs',
  'scripts/precompiled-templates.mjs',
  'scripts/seldom-used.mjs',
  'scripts/third-party-licenses.mjs',
  'tsconfig.json',
  'tsconfig.runtime.json',
  'tsconfig.types.json',
];

function hashOf(paths) {
  const hash = createHash('sha256');
  const visit = (path) => {
    if (!existsSync(at(path))) return;
    const entries = readdirSync(at(path), { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
    for (const entry of entries) add(`${path}/${entry.name}`, entry.isDirectory());
  };
  const add = (path, isFolder) => {
    if (isFolder) visit(path);
    else if (existsSync(at(path))) hash.update(`${path}\0`).update(readFileSync(at(path)));
  };
  for (const path of paths) add(path, !path.includes('.'));
  return hash.digest('hex');
}

function stampIs(path, value) {
  return existsSync(at(path)) && readFileSync(at(path), 'utf8') === value;
}

/** Whether `npm install` by hand has already put there what the lockfile names. */
function installedByHand() {
  const hidden = at('node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = JSON.parse(readFileSync(at('package-lock.json'), 'utf8')).packages;
  const found = JSON.parse(readFileSync(hidden, 'utf8')).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || found[path]?.version === entry.version || (entry.optional && !found[path]),
  );
}

function run(command, args) {
  // Messages go to stderr: stdout belongs to the program that is set up.
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (error !== undefined || status !== 0) {
    console.error(`'${command} ${args.join(' ')}' failed${error ? `: ${error.message}` : ''}`);
    process.exit(status || 1);
  }
}

function install() {
  const stamp = 'node_modules/.mofgen-lockfile';
  const value = hashOf(['package-lock.json']);
  if (stampIs(stamp, value)) return;
  if (!installedByHand()) {
    console.error('installing the packages of package-lock.json');
    run('npm', ['ci', '--include=dev', '--ignore-scripts', '--no-audit', '--no-fund']);
  }
  writeFileSync(at(stamp), value);
}

function build() {
  const stamp = 'dist/.stamp';
  const value = hashOf(buildInputs);
  if (stampIs(stamp, value)) return;
  console.error('building');
  run(process.execPath, [at('scripts/build.mjs')]);
  writeFileSync(at(stamp), value);
}

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < lowestNode[0] || (major === lowestNode[0] && minor < lowestNode[1])) {
  console.error(`mofgen needs Node ${lowestNode.join('.')} or later; this is ${process.version}`);
  process.exit(1);
}
install();
if (!process.argv.includes('--no-build')) build();
