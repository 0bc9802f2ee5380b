// Builds of Node from npm, and how they run here: those of arm64 under qemu-aarch64, those of Windows under Wine. They are in
// build/node-matrix/builds/.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The folder of everything that has to do with builds. */
export const home = join(root, 'build/node-matrix');

/** A folder that holds Debian's arm64 libraries, for qemu. */
const ARM64_LIBRARIES = '/usr/aarch64-linux-gnu';

/** How the programs of a platform run here: what goes before them, and their name. */
const PLATFORMS = {
  'linux-x64': { before: () => [], program: 'node' },
  'linux-arm64': {
    before: () => [
      found(['qemu-aarch64', 'qemu-aarch64-static'], 'qemu-user'),
      '-L',
      ARM64_LIBRARIES,
    ],
    program: 'node',
  },
  'win-x64': {
    // Debian's wine64 puts the program aside; the package named wine, which is not needed, has the command.
    before: () => [found(['wine64', '/usr/lib/wine/wine64'], 'wine64')],
    program: 'node.exe',
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

/** `{ platform, version }` of a build that is written `linux-x64@20.19.0`; throws for another text. */
export function partsOf(build) {
  const [platform, version] = build.split('@');
  if (PLATFORMS[platform] === undefined || version === undefined) {
    throw new Error(`no such build: ${build}; --list prints them`);
  }
  return { platform, version };
}

/** The command that runs a program of the platform; throws when an emulator is missing. */
export function commandBefore(platform) {
  return PLATFORMS[platform].before();
}

/** The environment that programs of other platforms need here. */
export const environment = {
  ...process.env,
  // Node 20 reads extra certificates at start, which would hide half of every start-up time.
  NODE_EXTRA_CA_CERTS: undefined,
  NODE_OPTIONS: undefined,
  // Node for Windows refuses the version of Windows that Wine reports.
  NODE_SKIP_PLATFORM_CHECK: '1',
  WINEDEBUG: '-all',
  WINEPREFIX: join(home, 'wine'),
};

const PIPES = 'set -o pipefail; cat <"$0" | "${@:3}" 2>"$2" | cat >"$1"';
const FILES = '"${@:3}" <"$0" >"$1" 2>"$2"';

/**
 * Runs a program with pipes and a file, as a shell does, or with files alone. What Node makes for a pipe is a socket, which Wine
 * does not support; Node's own stream for a pipe does not work under Wine either, so what writes to that needs files.
 */
export function run(cwd, command, args, { input = '', env = {}, hasPipes = true } = {}) {
  mkdirSync(home, { recursive: true });
  const folder = mkdtempSync(join(home, 'run-'));
  const [stdin, stdout, stderr] = ['in', 'out', 'err'].map((name) => join(folder, name));
  writeFileSync(stdin, input);
  try {
    const { status, signal, error } = spawnSync(
      'bash',
      ['-c', hasPipes ? PIPES : FILES, stdin, stdout, stderr, command, ...args],
      { cwd, env: { ...environment, ...env }, stdio: 'ignore', timeout: 120_000 },
    );
    if (error !== undefined) throw error;
    return {
      status: signal ?? status,
      stdout: readFileSync(stdout, 'utf8'),
      stderr: withoutWineReports(readFileSync(stderr, 'utf8')),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * Matches the lines that Wine prints when a thread of a program dies. About once in several hundred runs one of V8's own threads does, and the run
 * ends as usual; a program that dies of it has another exit code.
 */
const WINE_REPORT = /^wine: Unhandled .*\n/gm;

function withoutWineReports(stderr) {
  for (const [line] of stderr.matchAll(WINE_REPORT)) console.warn(`printed by Wine: ${line}`);
  return stderr.replace(WINE_REPORT, '');
}

/** Runs a program that has to end well; returns its standard output. */
export function succeed(cwd, command, args) {
  const { status, stdout, stderr } = run(cwd, command, args);
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}\n${stdout}${stderr}`);
  return stdout;
}

const packageOf = (platform) => `node-${platform}`;
const pathOf = (platform, version) =>
  join(home, 'builds', `${platform}-${version}`, PLATFORMS[platform].program);

const newestFirst = (a, b) => b.localeCompare(a, 'en', { numeric: true });
const isRelease = (version) => /^\d+\.\d+\.\d+$/.test(version);

/** The newest version of a platform that begins like `wanted`. */
function resolveVersion(platform, wanted) {
  if (isRelease(wanted)) return wanted;
  const name = packageOf(platform);
  const [newest] = JSON.parse(succeed(root, 'npm', ['view', name, 'versions', '--json']))
    .filter(isRelease)
    .filter((each) => wanted === 'newest' || each.startsWith(`${wanted}.`))
    .sort(newestFirst);
  if (newest === undefined) throw new Error(`there is no ${name} ${wanted}`);
  return newest;
}

/** Puts one file of a package at `path`. The rest of the package is left out, because it is large. */
function fetchFile(platform, version, file, path) {
  mkdirSync(join(path, '..'), { recursive: true });
  const scratch = mkdtempSync(join(home, 'fetch-'));
  try {
    succeed(scratch, 'npm', ['pack', '--silent', `${packageOf(platform)}@${version}`]);
    const [tarball] = readdirSync(scratch);
    succeed(scratch, 'tar', ['-xzf', tarball, `package/${file}`]);
    renameSync(join(scratch, 'package', file), path);
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** The program of a build, fetched when it is not here, and its version. */
export function fetchProgram({ platform, version: wanted }) {
  const version = resolveVersion(platform, wanted);
  const path = pathOf(platform, version);
  if (!existsSync(path)) fetchFile(platform, version, `bin/${PLATFORMS[platform].program}`, path);
  return { path, version };
}

/** The licence of a version of Node and of what is in it. The packages for Windows have none, so it is that of Linux'. */
export function fetchLicense(version) {
  const path = join(home, 'builds', `LICENSE-${version}`);
  if (!existsSync(path)) fetchFile('linux-x64', version, 'LICENSE', path);
  return path;
}

/** The newest program of a build that was fetched; `undefined` without one. Uses no registry. */
export function fetchedProgram({ platform, version: wanted }) {
  const builds = join(home, 'builds');
  const [version] = (existsSync(builds) ? readdirSync(builds) : [])
    .filter((name) => name.startsWith(`${platform}-`))
    .map((name) => name.slice(platform.length + 1))
    .filter((each) => each === wanted || each.startsWith(`${wanted}.`))
    .sort(newestFirst);
  return version === undefined ? undefined : { path: pathOf(platform, version), version };
}
