// The package managers, runtimes and test runners of the consumer matrix, from npm, in build/.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const versions = {
  '@yarnpkg/cli-dist': '4.18.1',
  bun: '1.4.5',
  deno: '2.9.6',
  jest: '30.5.2',
  pnpm: '12.21.0',
  'ts-jest': '29.4.15',
  'turborepo-remote-cache': '2.12.0',
  typescript: '6.0.3',
  vitest: '4.1.12',
  yarn: '1.22.22',
};

/** Tools whose program is in a package for each platform, since nothing runs on installing. */
const platformPrograms = {
  bun: ['@oven', 'bun-', 'bin/bun'],
  deno: ['@deno', '', 'deno'],
  pnpm: ['@pnpm', 'exe.', 'pnpm'],
};

/** Installs the tools into `folder`, unless it holds just these versions. */
export function installTools(folder) {
  const manifest = JSON.stringify({ private: true, dependencies: versions });
  const stamp = join(folder, 'installed.json');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === manifest) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), manifest);
  console.log(`fetching ${Object.keys(versions).join(', ')} from npm`);
  const { status } = spawnSync('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('npm does not bring the tools: is its registry reachable?');
  writeFileSync(stamp, manifest);
}

/** The program of a tool that has one for each platform; an error when npm has none for this platform. */
export function platformProgram(folder, tool) {
  const [scope, prefix, path] = platformPrograms[tool];
  const packages = join(folder, 'node_modules', scope);
  const names = existsSync(packages) ? readdirSync(packages) : [];
  const windows = process.platform === 'win32' ? '.exe' : '';
  for (const name of names.filter((each) => each.startsWith(prefix))) {
    const program = join(packages, name, path + windows);
    if (existsSync(program)) return program;
  }
  const platform = `${process.platform}-${process.arch}`;
  throw new Error(`npm's packages of ${tool} ${versions[tool]} hold no program for ${platform}`);
}
