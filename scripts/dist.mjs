// Makes single executables of the command line, which need no Node where they run:
//
//   npm run dist                      for Linux and Windows
//   npm run dist win-x64@20.20.2 …    some of them
//   node scripts/dist.mjs --list      all that there are, one a line
//
// They are put into build/executables/node-VERSION/, with the licences of all that is in them and with SHA256SUMS, when they give
// what `node dist/cli.cjs` gives. Those for Windows are made and checked under Wine.
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expectSameOutcomes, startUpOf } from './executable/check.mjs';
import { makeExecutable } from './executable/make.mjs';
import { commandBefore, fetchLicense, fetchProgram, partsOf, succeed } from './node-builds.mjs';
import { sha256 } from './outcomes.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const home = join(root, 'build/executables');

/** The programs of Node that may be shipped, with their SHA-256: what is in an executable is named exactly. */
const NODES = {
  'linux-x64@22.23.3': 'fde6a4bf8d0562f7751d1a2d6cb9b417c4cfe107bbcb0aa3e9a24e125e348f48',
  'win-x64@22.23.3': '9c9245166b4a8e182e0b797da9c20136117ff24368eaff1fec8343a123c8db0e',
  'linux-x64@20.20.2': '6295488653f0d93b0a157841746fef7e72cc4328cfb60c4bbe0ca2668a836ffd',
  'win-x64@20.20.2': '56c1520ee33b801e8bdb92fb321cf2e98529735b6d12bd4a2a6dec0ac0bab937',
};

/** The default: the newest Node. */
const USUAL = Object.keys(NODES).slice(0, 2);

const NAMES = { 'linux-x64': 'mofgen-linux-x64', 'win-x64': 'mofgen-win-x64.exe' };
const ROUNDS = { 'linux-x64': 15, 'win-x64': 5 };
const megabytes = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;

/** The program of Node; throws for another checksum. */
function nodeFor(build, parts) {
  const { path } = fetchProgram(parts);
  const found = sha256(readFileSync(path));
  if (found !== NODES[build]) throw new Error(`${path} has the SHA-256 ${found}, which is another`);
  return path;
}

/** Adds the licences and the checksums to the folder of the executables. */
function complete(folder, version) {
  copyFileSync(join(root, 'LICENSE'), join(folder, 'LICENSE'));
  copyFileSync(fetchLicense(version), join(folder, 'LICENSE-node'));
  copyFileSync(join(root, 'dist/THIRD-PARTY-LICENSES'), join(folder, 'THIRD-PARTY-LICENSES'));
  const sums = readdirSync(folder)
    .filter((name) => name !== 'SHA256SUMS')
    .sort()
    .map((name) => `${sha256(readFileSync(join(folder, name)))}  ${name}\n`);
  writeFileSync(join(folder, 'SHA256SUMS'), sums.join(''));
}

async function make(build) {
  if (NODES[build] === undefined) throw new Error(`no such executable: ${build}; --list has all`);
  const parts = partsOf(build);
  const { platform, version } = parts;
  const before = commandBefore(platform);
  const program = nodeFor(build, parts);
  // The first run of Wine sets itself up, and reports that on standard error.
  succeed(root, [...before, program][0], [...before, program, '-e', '0'].slice(1));
  const scratch = join(home, `scratch-${process.pid}`);
  const path = join(scratch, NAMES[platform]);
  try {
    mkdirSync(scratch, { recursive: true });
    await makeExecutable({ program, before, platform, folder: join(scratch, 'parts') }, path);
    const bytes = readFileSync(path);
    if (bytes.includes(root)) throw new Error('it has a path of this machine inside');
    const work = join(scratch, 'work');
    const count = expectSameOutcomes([...before, path], platform, work);
    const times = startUpOf([...before, path], [...before, program], ROUNDS[platform], work);
    const folder = join(home, `node-${version}`);
    mkdirSync(folder, { recursive: true });
    renameSync(path, join(folder, NAMES[platform]));
    complete(folder, version);
    const size = `${megabytes(bytes.length)}, Node alone ${megabytes(statSync(program).size)}`;
    console.log(`${sha256(bytes)}  ${join(folder, NAMES[platform]).slice(root.length)}`);
    console.log(`  ${size}; ${count} results are those of node dist/cli.cjs\n  ${times}`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const args = process.argv.slice(2);
if (args[0] === '--list') {
  console.log(Object.keys(NODES).join('\n'));
} else {
  for (const build of args.length > 0 ? args : USUAL) {
    try {
      await make(build);
    } catch (error) {
      console.error(`${build}: ${error.message}`);
      process.exitCode = 1;
    }
  }
}
