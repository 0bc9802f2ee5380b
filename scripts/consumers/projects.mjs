// Makes the consumers' projects: an empty folder, the sample MOF, the program, and what a tool needs to run in it.
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const windows = process.platform === 'win32';

/** Runs a program without blocking the registry, and gives its stdout; an error carries all it printed. */
export function run(cwd, env, command, args) {
  return new Promise((resolve, reject) => {
    const shell = windows && command === 'npm';
    const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
    const [out, all] = [[], []];
    child.stdout.on('data', (chunk) => [out, all].forEach((chunks) => chunks.push(chunk)));
    child.stderr.on('data', (chunk) => all.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      if (status === 0) return resolve(Buffer.concat(out).toString());
      const shown = `${command} ${args.join(' ')}\n${Buffer.concat(all)}`;
      reject(new Error(`${shown}exit code ${status}`));
    });
  });
}

/** The folder of all projects, outside of this repository, so that nothing is found here by accident. */
export function scratchFolder(tools) {
  const scratch = mkdtempSync(join(tmpdir(), 'mofgen-consumers-'));
  // Test runners are found above the projects; mofgen is not among them.
  symlinkSync(join(tools, 'node_modules'), join(scratch, 'node_modules'), 'junction');
  mkdirSync(join(scratch, 'home'));
  return scratch;
}

/** The environment of every tool: of the user's, only the paths of programs and certificates. */
export function environment(scratch, registry) {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_|yarn_|bun_|deno_)/i.test(name),
  );
  const home = join(scratch, 'home');
  return {
    ...Object.fromEntries(own),
    CI: '1',
    NO_COLOR: '1',
    HOME: home,
    USERPROFILE: home,
    XDG_CACHE_HOME: join(home, 'cache'),
    XDG_CONFIG_HOME: join(home, 'config'),
    XDG_DATA_HOME: join(home, 'data'),
    npm_config_registry: registry,
    NPM_CONFIG_REGISTRY: registry,
    npm_config_audit: 'false',
    npm_config_fund: 'false',
    npm_config_update_notifier: 'false',
    YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
    YARN_ENABLE_TELEMETRY: '0',
    YARN_NPM_MINIMAL_AGE_GATE: '0',
    YARN_NPM_REGISTRY_SERVER: registry.replace(/\/$/, ''),
    YARN_UNSAFE_HTTP_WHITELIST: '127.0.0.1',
    DENO_DIR: join(home, 'deno'),
    DENO_NO_UPDATE_CHECK: '1',
    DENO_TLS_CA_STORE: 'system,mozilla',
  };
}

const json = (value) => `${JSON.stringify(value, null, 2)}\n`;

/** The options that a compiled consumer is made with, for each kind of module. */
const moduleOptions = {
  module: { module: 'nodenext' },
  commonjs: { module: 'commonjs', moduleResolution: 'bundler' },
};

/** The output of every consumer. */
export const want = readFileSync(join(root, 'scripts/consumers/program/want.txt'), 'utf8');

/** A project that depends on mofgen; `files` adds or replaces some. */
export function makeProject(scratch, name, type, { registry, version, files = {} }) {
  const folder = join(scratch, name);
  mkdirSync(join(folder, 'src'), { recursive: true });
  cpSync(join(root, 'samples/sensor-log'), join(folder, 'mof'), {
    recursive: true,
    filter: (path) => !/[\\/]expected$/.test(path),
  });
  cpSync(join(root, 'scripts/consumers/program'), join(folder, 'src'), {
    recursive: true,
    filter: (path) => !/\.(cjs|mjs|mts|txt)$/.test(path),
  });
  const contents = {
    'package.json': json({
      name,
      version: '1.0.0',
      private: true,
      type,
      dependencies: { mofgen: version },
    }),
    '.npmrc': `registry=${registry}\n`,
    'src/want.ts': `export const want: string[] = ${json(want.trimEnd().split('\n'))}`,
    'tsconfig.json': json({
      compilerOptions: {
        ...moduleOptions[type],
        strict: true,
        exactOptionalPropertyTypes: true,
        noUncheckedIndexedAccess: true,
        noImplicitOverride: true,
        target: 'es2023',
        lib: ['es2023', 'dom'],
        types: [],
        rootDir: 'src',
        outDir: 'dist',
      },
      include: ['src'],
    }),
    ...files,
  };
  for (const [path, text] of Object.entries(contents)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}
