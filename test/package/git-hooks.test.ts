/** The hooks of docs/git-hooks.md and .pre-commit-hooks.yaml in a Git repository that commits its generated files. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { smallMof } from '../cli/command-line.js';
import { oneIn } from '../effort.js';

// Built by `npm test` beforehand (scripts/setup.mjs).
const cli = resolve('dist/cli.cjs');
const hooks = readFileSync('.pre-commit-hooks.yaml', 'utf8');

/** The environment without the variables of Git and pre-commit, because a hook may run this test. */
const ownEnvironment = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(GIT_|PRE_COMMIT)/.test(name)),
);

interface Repository {
  readonly path: (name: string) => string;
  readonly run: (command: string, ...args: string[]) => { exitCode: number | null; output: string };
}

/** A repository whose first commit has a MOF, a configuration and their generated files. */
function repository(): Repository {
  const folder = mkdtempSync(join(tmpdir(), 'mofgen-hooks-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = (name: string) => join(folder, name);
  const programs = path('node_modules/.bin');
  mkdirSync(programs, { recursive: true });
  writeFileSync(join(programs, 'mofgen'), `#!/bin/sh\nexec '${process.execPath}' '${cli}' "$@"\n`);
  chmodSync(join(programs, 'mofgen'), 0o755);
  writeFileSync(path('.gitignore'), 'node_modules/\ncache/\n');
  writeFileSync(path('fan.mof'), smallMof());
  writeFileSync(path('mofgen.config.json'), '{ "inputs": ["*.mof"] }');
  const env = {
    ...ownEnvironment,
    PATH: `${programs}${delimiter}${process.env['PATH'] ?? ''}`,
    PRE_COMMIT_HOME: path('cache'),
    GIT_CONFIG_GLOBAL: '/dev/null',
  };
  const run = (command: string, ...args: string[]) => {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    if (error !== undefined) throw error;
    return { exitCode: status, output: stdout + stderr };
  };
  const succeed = (command: string, ...args: string[]) => {
    const { exitCode, output } = run(command, ...args);
    expect(exitCode, output).toBe(0);
  };
  succeed('git', 'init', '--quiet');
  succeed('git', 'config', 'user.name', 'test');
  succeed('git', 'config', 'user.email', 'test@localhost');
  succeed('mofgen', '-q');
  succeed('git', 'add', '--all');
  succeed('git', 'commit', '--quiet', '--message', 'first');
  return { path, run };
}

const change = ({ path }: Repository) =>
  writeFileSync(path('fan.mof'), smallMof('SmallFan', '[WmiDataId(3), read] uint32 Turns;'));

/** What is staged, and what the folder has at that time. */
const COMMITS = [
  {
    title: 'a changed MOF without its outputs',
    prepare: (repo: Repository) => {
      change(repo);
      repo.run('git', 'add', 'fan.mof');
    },
    isRefused: true,
  },
  {
    title: 'a changed MOF whose outputs were generated and not staged',
    prepare: (repo: Repository) => {
      change(repo);
      repo.run('mofgen', '-q');
      repo.run('git', 'add', 'fan.mof');
    },
    isRefused: true,
  },
  {
    title: 'a changed MOF with its outputs',
    prepare: (repo: Repository) => {
      change(repo);
      repo.run('mofgen', '-q');
      repo.run('git', 'add', '--all');
    },
    isRefused: false,
  },
  {
    title: 'a changed MOF with its outputs, and a later change that is not staged',
    prepare: (repo: Repository) => {
      change(repo);
      repo.run('mofgen', '-q');
      repo.run('git', 'add', '--all');
      writeFileSync(repo.path('fan.mof'), 'class');
    },
    isRefused: false,
  },
  {
    title: 'a changed configuration without its outputs',
    prepare: (repo: Repository) => {
      const config = '{ "inputs": ["*.mof"], "targets": ["ts", "header"] }';
      writeFileSync(repo.path('mofgen.config.json'), config);
      repo.run('git', 'add', '--all');
    },
    isRefused: true,
  },
  {
    title: 'another file, while a changed MOF is not staged',
    prepare: (repo: Repository) => {
      change(repo);
      appendFileSync(repo.path('readme.txt'), 'text');
      repo.run('git', 'add', 'readme.txt');
    },
    isRefused: false,
  },
];

describe('the hook of docs/git-hooks.md', () => {
  const [, script] =
    /```sh\n(#!\/bin\/sh\n[^]*?)```/.exec(readFileSync('docs/git-hooks.md', 'utf8')) ?? [];

  test.each(COMMITS)('$title', ({ prepare, isRefused }) => {
    const repo = repository();
    prepare(repo);
    writeFileSync(repo.path('.git/hooks/pre-commit'), script ?? '', { mode: 0o755 });
    const { exitCode, output } = repo.run('git', 'commit', '--message', 'second');
    expect(exitCode, output).toBe(isRefused ? 1 : 0);
    expect(/error MOF400[123]/.test(output)).toBe(isRefused);
  });
});

const hasFramework = spawnSync('pre-commit', ['--version']).status === 0;
if (!hasFramework) console.log('hooks of the framework: not run, because there is no pre-commit');

/** Stages the hooks as local ones, which take mofgen from the PATH: nothing is fetched. */
function useFramework(repo: Repository, id: string) {
  const local = hooks.replace(/^#.*\n/, '').replaceAll('language: node', 'language: system');
  const wanted = local.split(/^(?=- )/m).filter((hook) => hook.startsWith(`- id: ${id}\n`));
  const lines = wanted.join('').replace(/^/gm, '      ');
  writeFileSync(
    repo.path('.pre-commit-config.yaml'),
    `repos:\n  - repo: local\n    hooks:\n${lines}`,
  );
  repo.run('git', 'add', '.pre-commit-config.yaml');
}

describe.skipIf(!hasFramework)('the hooks of the framework', () => {
  test.each(oneIn(3, COMMITS))('mofgen-check: $title', ({ prepare, isRefused }) => {
    const repo = repository();
    prepare(repo);
    useFramework(repo, 'mofgen-check');
    const { exitCode, output } = repo.run('pre-commit', 'run', '--color=never');
    expect(exitCode, output).toBe(isRefused ? 1 : 0);
    expect(/error MOF400[123]/.test(output)).toBe(isRefused);
  });

  test('mofgen-generate fails once, and passes when what it wrote is staged', () => {
    const repo = repository();
    change(repo);
    repo.run('git', 'add', 'fan.mof');
    useFramework(repo, 'mofgen-generate');
    const first = repo.run('pre-commit', 'run', '--color=never');
    expect(first.output).toContain('files were modified by this hook');
    repo.run('git', 'add', '--all');
    const second = repo.run('pre-commit', 'run', '--color=never');
    expect(second).toMatchObject({ exitCode: 0 });
    expect(readFileSync(repo.path('gen/fan.g.ts'), 'utf8')).toContain('Turns');
  });
});

test.each([
  ['fan.mof', true],
  ['mof/fan.mfl', true],
  ['mofgen.config.json', true],
  ['driver/mofgen.config.mjs', true],
  ['gen/fan.g.ts', false],
  ['fan.mof.txt', false],
  ['other-mofgen.config.json', false],
])('%s starts a hook: %s', (name, want) => {
  const patterns = [...hooks.matchAll(/^ {2}files: (.*)$/gm)].map(([, pattern = '']) => pattern);
  expect(patterns).toHaveLength(2);
  expect(patterns.map((pattern) => new RegExp(pattern).test(name))).toEqual([want, want]);
});
