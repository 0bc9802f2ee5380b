// Runs the packed tarball's command line on many builds of Node and compares what it writes, byte for byte:
//
//   npm run node-matrix                       all builds
//   npm run node-matrix linux-x64@20.19.0 …   some of them; a version may be 'newest', '22' or '20.19.0'
//   node scripts/node-matrix.mjs --list       the builds, one a line
//   node scripts/node-matrix.mjs --fetch win-x64@20 …   fetches builds, for tests that need them
//
// Everything lies in build/node-matrix/: builds (scripts/node-builds.mjs), and the project that the tarball is installed in.
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandBefore, fetchProgram, home, partsOf, succeed } from './node-builds.mjs';
import { differences, outcomesOf, sha256, timesOf } from './outcomes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
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

/** The number of timed pairs of runs; emulators are slow. */
const PAIRS = { 'linux-x64': 15, 'linux-arm64': 3, 'win-x64': 3 };

/** Another time zone and locale than the reference has: neither shows in what is written. */
const ELSEWHERE = { TZ: 'Pacific/Chatham', LANG: 'sv_SE.UTF-8', LC_ALL: 'sv_SE.UTF-8' };

/** The targets, by the expected output of a sample, which is there before anything is built. */
const targetNames = readdirSync(join(root, 'samples/smart-fan/expected'));

/** For each run, the targets and the folder. */
const GENERATED = {
  ts: ['ts,header', 'gen'],
  ...Object.fromEntries(
    targetNames
      .filter((name) => name !== 'ts' && name !== 'header')
      .map((name) => [name, [name, name]]),
  ),
};

/** A run of it makes the files of several targets from one list of inputs. */
const CONFIGURATION = {
  inputs: ['{card,smart}-*.mof'],
  entries: [
    { targets: ['ts', 'header'], output: 'configured/ts' },
    { targets: ['kmdf'], output: 'configured/kmdf' },
  ],
};

/** The folders that commands write to. */
const FOLDERS = [
  ...Object.values(GENERATED).map(([, folder]) => folder),
  'split',
  'merged',
  'configured/ts',
  'configured/kmdf',
];

/** The commands to run, in this order: arguments, and standard input if any. */
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
  { args: ['--config', 'configured.json'] },
  { args: ['--config', 'configured.json', '--check'] },
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
  writeFileSync(join(folder, 'configured.json'), JSON.stringify(CONFIGURATION));
}

/** The outcome of every command, and the files that they wrote. */
function results(node, place) {
  const folder = join(project, 'work');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  fillInputs(folder);
  const commands = COMMANDS.map((each) => ({ ...each, env: place }));
  return outcomesOf([...node, join('..', cli)], commands, folder);
}

/** The reference, from the Node that runs this script: made once for each build of dist/. */
function reference() {
  const path = join(home, 'reference.json');
  const stamp = readFileSync(join(root, 'dist/.stamp'), 'utf8');
  const key = sha256(
    stamp + readFileSync(fileURLToPath(import.meta.url), 'utf8') + process.version,
  );
  if (existsSync(path)) {
    const known = JSON.parse(readFileSync(path, 'utf8'));
    if (known.key === key) return known.want;
  }
  rmSync(path, { force: true });
  install();
  const want = results([process.execPath], { TZ: 'UTC', LANG: 'en_US.UTF-8', LC_ALL: undefined });
  const codes = want.slice(0, -1).map(({ status }) => status);
  if (codes.some((code) => typeof code !== 'number' || code >= 70)) {
    throw new Error(`this Node: exit codes ${codes.join(' ')}`);
  }
  writeFileSync(path, JSON.stringify({ key, want }));
  return want;
}

/** The time of a check compared with a Node that does nothing, in pairs of runs. */
function startUp(node, pairs) {
  const folder = join(project, 'work');
  const check = [join('..', cli), 'check', 'card-reader.mof'];
  const { floor, ratios } = timesOf(
    [
      [...node, '-e', '0'],
      [...node, ...check],
    ],
    pairs,
    folder,
  );
  const [{ median, smallest }] = ratios;
  return `check ${median.toFixed(2)} times node -e 0 (${floor.toFixed(0)} ms), smallest ${smallest.toFixed(2)}`;
}

/** The first run of an emulator may set itself up, and report that on standard error. */
function setUp([command, ...before]) {
  succeed(home, command, [...before, '-e', '0']);
}

/** Runs everything on one build; returns whether it gave what the others give. */
function judge(build) {
  const parts = partsOf(build);
  const { platform } = parts;
  const want = reference();
  const before = commandBefore(platform);
  const { path, version } = fetchProgram(parts);
  const node = [...before, path];
  setUp(node);
  const title = `${platform} ${version}`;
  const wrong = differences(want, results(node, ELSEWHERE), platform, FOLDERS);
  if (wrong.length > 0) {
    console.error(`${title}: ${wrong.length} of ${want.length} differ\n${wrong.join('\n')}`);
    return false;
  }
  console.log(`${title}: ${want.length} results are the same; ${startUp(node, PAIRS[platform])}`);
  return true;
}

const args = process.argv.slice(2);
if (args[0] === '--list') {
  console.log(BUILDS.join('\n'));
} else if (args[0] === '--fetch') {
  for (const build of args.slice(1)) {
    const parts = partsOf(build);
    const { path } = fetchProgram(parts);
    console.log(path);
    setUp([...commandBefore(parts.platform), path]);
  }
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
