// npm run consumers: installs the packed tarball with each package manager, generates with its way of running a command, and
// runs one program with each runtime and test runner. Arguments pick some groups. Every row has to print the same lines.
import { execFileSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { bundles, optionSets } from './consumers/cases.mjs';
import { environment, makeProject, run, scratchFolder, want } from './consumers/projects.mjs';
import { preCommitRow } from './consumers/pre-commit.mjs';
import { startRegistry } from './consumers/registry.mjs';
import { installTools, platformProgram } from './consumers/tools.mjs';
import { turborepoRows } from './consumers/turborepo.mjs';
import { samples } from './sample-files.mjs';

/** The globals of a web page. */
const { TextDecoder, TextEncoder } = globalThis;
const root = fileURLToPath(new URL('..', import.meta.url));
const tools = join(root, 'build/consumer-tools');
const tool = (path) => join(tools, 'node_modules', path);
const programs = join(root, 'scripts/consumers/program');
const generate = ['mof/sensor-log.mof', '-o', 'src', '-q', '--allow', 'MOF2402'];
const { node, npx, tsc } = {
  node: process.execPath,
  npx: ['exec', '--offline', '--', 'mofgen', ...generate],
  tsc: tool('typescript/bin/tsc'),
};

let scratch = '';
let tarball = '';
let env = {};
let registry = { url: '', close: () => undefined };
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const execute = (cwd, command, ...args) => run(cwd, env, command, args);
const project = (name, type, files) =>
  makeProject(scratch, name, type, { registry: registry.url, version: manifest.version, files });

function expectLines(printed) {
  const got = printed.replaceAll('\r', '');
  if (got !== want) throw new Error(`prints\n${got}instead of\n${want}`);
}

const projects = new Map();

/** A project that several rows use. Why it could not be made is printed once, with the first of them. */
async function made(name, make) {
  if (projects.has(name)) {
    if (projects.get(name) === undefined) throw new Error(`no project ${name}: see the first row`);
    return projects.get(name);
  }
  projects.set(name, undefined);
  const folder = await make();
  projects.set(name, folder);
  return folder;
}

/** A project that npm installed and tsc compiled; made once for each kind of module. */
function npmProject(type) {
  const make = async () => {
    const folder = project(`npm-${type}`, type);
    await execute(folder, 'npm', 'install');
    await execute(folder, 'npm', ...npx);
    await execute(folder, node, tsc, '-p', '.');
    return folder;
  };
  return made(type, make);
}

/** Checks that `folder` has the files generated that npm's project has, and copies what was compiled from them there. */
async function takeCompiled(folder, type) {
  const from = await npmProject(type);
  for (const name of ['src/sensor-log.g.ts', 'src/sensor-log.provider.ts']) {
    const [here, there] = [folder, from].map((base) => readFileSync(join(base, name)));
    if (!here.equals(there)) throw new Error(`generates another ${name} than npm's mofgen`);
  }
  cpSync(join(from, 'dist'), join(folder, 'dist'), { recursive: true });
}

const TYPES = ['module', 'commonjs'];
const moduleName = { module: 'ES modules', commonjs: 'CommonJS' };

/** Rows for a package manager: it installs and generates, and what tsc made of npm's project runs in its project. */
function compiledRows(name, files, commandsOf) {
  return TYPES.map((type) => [
    `${name}, ${moduleName[type]}`,
    async () => {
      const commands = commandsOf();
      const folder = project(`${name}-${type}`, type, files);
      await execute(folder, ...commands.install);
      await execute(folder, ...commands.mofgen, ...generate);
      await takeCompiled(folder, type);
      expectLines(await execute(folder, ...commands.node, 'dist/main.js'));
    },
  ]);
}

/** npm's project, with every sample generated, for the compiler only. */
function checkedProject() {
  const make = async () => {
    const folder = await npmProject('module');
    for (const { name, mof } of samples(root)) {
      const input = ['mof', name, mof.split('/').pop()].join('/');
      cpSync(join(root, 'samples', name), join(folder, 'mof', name), { recursive: true });
      const args = ['exec', '--offline', '--', 'mofgen', input, '-o', 'all', '-q'];
      await execute(folder, 'npm', ...args);
    }
    return folder;
  };
  return made('checked', make);
}

async function typeCheck(folder, { include = ['all'], ...compilerOptions }) {
  const config = { compilerOptions: { ...compilerOptions, skipLibCheck: false }, include };
  const file = join(folder, 'tsconfig.check.json');
  writeFileSync(file, JSON.stringify(config));
  await execute(folder, node, tsc, '-p', file);
}

const groups = {
  npm: () =>
    TYPES.map((type) => [
      `${moduleName[type]}, compiled by tsc`,
      async () => expectLines(await execute(await npmProject(type), node, 'dist/main.js')),
    ]).concat([
      [
        'CommonJS by hand',
        async () => {
          const folder = await npmProject('commonjs');
          cpSync(join(programs, 'plain.cjs'), join(folder, 'dist/plain.cjs'));
          expectLines(await execute(folder, node, 'dist/plain.cjs'));
        },
      ],
      [
        'both copies of the runtime in one process',
        async () => {
          const folder = await npmProject('commonjs');
          cpSync(join(programs, 'both.mjs'), join(folder, 'dist/both.mjs'));
          expectLines(await execute(folder, node, 'dist/both.mjs'));
        },
      ],
    ]),

  jest: () => {
    const test = async (folder, config) => {
      writeFileSync(join(folder, 'jest.config.json'), JSON.stringify(config));
      const output = await execute(folder, node, tool('jest/bin/jest.js'), '--ci', '--json');
      if (JSON.parse(output).numPassedTests !== 1) throw new Error(output);
    };
    return [
      [
        'TypeScript, by ts-jest, with the one line of docs/consumers.md',
        async () => {
          const folder = project('jest-typescript', 'commonjs');
          cpSync(await npmProject('commonjs'), folder, { recursive: true });
          await test(folder, {
            roots: ['src'],
            transform: { '\\.ts$': tool('ts-jest') },
            moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
          });
        },
      ],
      [
        'compiled to CommonJS, without a line',
        async () => {
          const folder = project('jest-compiled', 'commonjs');
          cpSync(await npmProject('commonjs'), folder, { recursive: true });
          await test(folder, { roots: ['dist'] });
        },
      ],
      [
        'compiled to ES modules, with --experimental-vm-modules',
        async () => {
          const folder = project('jest-modules', 'module');
          cpSync(await npmProject('module'), folder, { recursive: true });
          const nodeOptions = env.NODE_OPTIONS;
          env.NODE_OPTIONS = '--experimental-vm-modules';
          try {
            await test(folder, { roots: ['dist'] });
          } finally {
            if (nodeOptions === undefined) delete env.NODE_OPTIONS;
            else env.NODE_OPTIONS = nodeOptions;
          }
        },
      ],
    ];
  },

  vitest: () =>
    TYPES.map((type) => [
      `TypeScript, type: ${type}`,
      async () => {
        const vitest = [tool('vitest/vitest.mjs'), 'run', '--globals', '--reporter=json'];
        const output = await execute(
          await npmProject(type),
          node,
          ...vitest,
          'src/program.test.ts',
        );
        if (JSON.parse(output).numPassedTests !== 1) throw new Error(output);
      },
    ]),

  pnpm: () =>
    compiledRows(
      'pnpm',
      {
        'pnpm-workspace.yaml': `storeDir: ${JSON.stringify(join(scratch, 'pnpm-store'))}\n`,
      },
      () => {
        const pnpm = platformProgram(tools, 'pnpm');
        return { install: [pnpm, 'install'], mofgen: [pnpm, 'exec', 'mofgen'], node: [node] };
      },
    ),

  yarn: () => {
    const yarn = [node, tool('@yarnpkg/cli-dist/bin/yarn.js')];
    const classic = [node, tool('yarn/bin/yarn.js')];
    const commands = { install: [...yarn, 'install'], mofgen: [...yarn, 'mofgen'] };
    const files = (linker) => ({ 'yarn.lock': '', '.yarnrc.yml': `nodeLinker: ${linker}\n` });
    return [
      ...compiledRows('yarn-pnp', files('pnp'), () => ({
        ...commands,
        node: [...yarn, 'node'],
      })),
      [
        "yarn-pnp, tsc and require in Yarn's zip files",
        async () => {
          const folder = project('yarn-pnp-tsc', 'commonjs', files('pnp'));
          await execute(folder, ...yarn, 'add', 'typescript@6.0.3');
          await execute(folder, ...commands.mofgen, ...generate);
          await execute(folder, ...yarn, 'tsc', '-p', '.');
          expectLines(await execute(folder, ...yarn, 'node', 'dist/main.js'));
          // Yarn would unpack mofgen, for the C in its samples, if package.json did not prefer otherwise.
          const resolve = ['-p', 'require.resolve("mofgen/runtime")'];
          const path = (await execute(folder, ...yarn, 'node', ...resolve)).trim();
          if (!/\.zip[\\/].*index\.cjs$/.test(path)) throw new Error(`loads ${path}`);
        },
      ],
      ...compiledRows('yarn-modules', files('node-modules'), () => ({ ...commands, node: [node] })),
      ...compiledRows('yarn-classic', {}, () => ({
        install: [...classic, 'install', '--silent'],
        mofgen: [...classic, '--silent', 'mofgen'],
        node: [node],
      })),
    ];
  },

  bun: () => [
    [
      'bun install, bunx mofgen, bun run, bun test',
      async () => {
        const bun = platformProgram(tools, 'bun');
        const folder = project('bun', 'module');
        await execute(folder, bun, 'install');
        await execute(folder, bun, 'x', 'mofgen', ...generate);
        await execute(folder, bun, 'x', '--bun', 'mofgen', '--check', ...generate);
        expectLines(await execute(folder, bun, 'run', 'src/main.ts'));
        await execute(folder, bun, 'test', 'src/program.test.ts');
      },
    ],
    [
      'CommonJS',
      async () => {
        const folder = await npmProject('commonjs');
        expectLines(await execute(folder, platformProgram(tools, 'bun'), 'run', 'dist/main.js'));
      },
    ],
  ],

  deno: () => [
    [
      'deno install, deno run npm:mofgen, deno run, deno test',
      async () => {
        const deno = platformProgram(tools, 'deno');
        const folder = project('deno', 'module');
        const sloppy = '--unstable-sloppy-imports';
        await execute(folder, deno, 'install');
        await execute(folder, deno, 'run', '-A', 'npm:mofgen', ...generate);
        expectLines(await execute(folder, deno, 'run', '--check', sloppy, 'src/main.ts'));
        await execute(folder, deno, 'test', sloppy, 'src/deno_test.ts');
      },
    ],
    [
      'generated with --ts-extensions, no flag',
      async () => {
        const deno = platformProgram(tools, 'deno');
        const folder = project('deno-extensions', 'module');
        await execute(folder, deno, 'install');
        await execute(folder, deno, 'run', '-A', 'npm:mofgen', ...generate, '--ts-extensions');
        for (const name of ['main.ts', 'program.ts']) {
          const file = join(folder, 'src', name);
          writeFileSync(
            file,
            readFileSync(file, 'utf8').replace(/(from '\.[^']*)\.js'/g, "$1.ts'"),
          );
        }
        expectLines(await execute(folder, deno, 'run', '--check', 'src/main.ts'));
      },
    ],
    [
      'CommonJS',
      async () => {
        const folder = await npmProject('commonjs');
        const deno = platformProgram(tools, 'deno');
        expectLines(await execute(folder, deno, 'run', '-A', 'dist/main.js'));
      },
    ],
  ],

  turborepo: () =>
    turborepoRows({
      sample: join(root, 'samples/repos/turborepo'),
      tarball,
      server: tool('turborepo-remote-cache/dist/cli.js'),
      tsc,
      scratch,
      env,
      run,
    }),

  'pre-commit': () => [preCommitRow({ root, scratch, env, run })],

  types: () => {
    return [
      ...Object.entries(optionSets).map(([name, options]) => [
        `tsc with ${name}`,
        async () => typeCheck(await checkedProject(), options),
      ]),
      [
        'tsc, an imported machine with a required provider',
        async () => {
          const folder = await npmProject('commonjs');
          cpSync(join(programs, 'mixed.mts'), join(folder, 'src/mixed.mts'));
          await typeCheck(folder, { ...optionSets.nodenext, include: ['src/mixed.mts'] });
        },
      ],
    ];
  },

  bundle: () =>
    Object.entries(bundles).map(([name, { source, limit, run: runs }]) => [
      name,
      async () => {
        const folder = await checkedProject();
        const file = join(folder, 'src', 'bundled.ts');
        writeFileSync(file, source);
        const { build } = await import('esbuild');
        const options = { bundle: true, minify: true, format: 'iife', write: false };
        // Neutral: without anything of Node.
        const { outputFiles } = await build({
          entryPoints: [file],
          ...options,
          platform: 'neutral',
        });
        const [{ contents, text }] = outputFiles;
        if (contents.length > limit) throw new Error(`${contents.length} bytes, over ${limit}`);
        const printed = [];
        const print = (line) => printed.push(line);
        const browser = { console: { log: print }, TextEncoder, TextDecoder };
        runInNewContext(text, browser);
        if (runs !== undefined) expectLines(`${printed.join('\n')}\n`);
        return `${contents.length} bytes, ${gzipSync(contents).length} with gzip`;
      },
    ]),
};

const notCovered = `
Not run, because npm does not bring it:
- browsers: the bundle runs in an empty context of node:vm in their place
- other platforms than this one (${process.platform}-${process.arch}): npm's packages of bun, deno and pnpm are for one each`;

async function main() {
  const wanted = process.argv.slice(2);
  const names = wanted.length === 0 ? Object.keys(groups) : wanted;
  const unknown = names.filter((name) => !Object.hasOwn(groups, name));
  if (unknown.length > 0) {
    throw new Error(`no group ${unknown.join(', ')}; there are ${Object.keys(groups).join(', ')}`);
  }
  installTools(tools);
  scratch = scratchFolder(tools);
  const npm = (...args) =>
    execFileSync('npm', args, { cwd: root, encoding: 'utf8', shell: process.platform === 'win32' });
  const packing = npm('pack', '--json', '--ignore-scripts', '--pack-destination', scratch);
  tarball = join(scratch, JSON.parse(packing)[0].filename);
  registry = await startRegistry(
    manifest,
    readFileSync(tarball),
    npm('config', 'get', 'registry').trim(),
  );
  env = environment(scratch, registry.url);
  let failures = 0;
  for (const name of names) {
    for (const [row, check] of groups[name]()) {
      const started = Date.now();
      try {
        const remark = await check();
        const seconds = ((Date.now() - started) / 1000).toFixed(1);
        console.log(
          `ok      ${name}: ${row}${remark === undefined ? '' : `: ${remark}`} (${seconds} s)`,
        );
      } catch (error) {
        failures += 1;
        console.log(`FAILED  ${name}: ${row}\n${error.message}`);
      }
    }
  }
  if (wanted.length === 0) console.log(notCovered);
  if (failures > 0) process.exitCode = 1;
}

try {
  await main();
} finally {
  registry.close();
  if (scratch !== '') rmSync(scratch, { recursive: true, force: true });
}
