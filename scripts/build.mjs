// Builds dist/: the bundled command line and library, the unbundled runtime, the types, the licences.
import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { embeddedCore } from './embedded-core.mjs';
import { engineOptions } from './engine.mjs';
import { joinedFiles } from './joined-files.mjs';
import { lightCommander } from './light-commander.mjs';
import { precompiledTemplates } from './precompiled-templates.mjs';
import { entryOf, loadOf, PARTS, partsPlugin } from './seldom-used.mjs';
import { thirdPartyLicenses } from './third-party-licenses.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
// Built in another folder and moved into place, so that a build that fails leaves the last good one.
const fresh = join(root, 'build', `dist-${process.pid}`);

function tsc(...args) {
  const compiler = fileURLToPath(import.meta.resolve('typescript/bin/tsc'));
  const { status } = spawnSync(process.execPath, [compiler, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  // The compiler has printed what is wrong.
  if (status !== 0) process.exit(1);
}

process.on('exit', () => {
  rmSync(fresh, { recursive: true, force: true });
  rmSync(`${fresh}-old`, { recursive: true, force: true });
});

const engine = await engineOptions(root);

/** Keeps the texts of package.json, such as the version; the rest is for npm. */
const packageTexts = {
  name: 'package-texts',
  setup(plugin) {
    plugin.onLoad({ filter: /[\\/]package\.json$/ }, ({ path }) => {
      const fields = Object.entries(JSON.parse(readFileSync(path, 'utf8')));
      const texts = fields.filter(([, value]) => typeof value === 'string');
      return { contents: JSON.stringify(Object.fromEntries(texts)), loader: 'json' };
    });
  },
};

/** The compiler of templates in one file: its other form names a package of Node and one for source maps. */
const templateCompiler = {
  name: 'template-compiler',
  setup(plugin) {
    const path = join(root, 'node_modules/handlebars/dist/handlebars.js');
    plugin.onResolve({ filter: /^handlebars$/ }, () => ({ path }));
  },
};

/** The options that all bundles have. */
const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  plugins: [
    precompiledTemplates(root),
    embeddedCore(root),
    lightCommander,
    packageTexts,
    templateCompiler,
  ],
  // Its main file is UMD, which cannot be bundled.
  alias: {
    ...engine.alias,
    'jsonc-parser': join(root, 'node_modules/jsonc-parser/lib/esm/main.js'),
  },
  define: engine.define,
  tsconfigRaw: {},
  metafile: true,
  logLevel: 'warning',
};

function bundle({ define, plugins = [], ...options }) {
  return build({
    ...common,
    minify: true,
    // Error and node names stay readable in reports; classes and functions may be renamed.
    keepNames: false,
    legalComments: 'none',
    plugins: [...plugins, ...common.plugins],
    define: { ...common.define, ...define },
    ...options,
  });
}

/** `import.meta` in CommonJS. */
const commonJs = { 'import.meta.filename': '__filename', 'import.meta.dirname': '__dirname' };

/** The modules that every run loads, and those that every check loads as well. */
const START = 'src/cli/bin.ts';
const CHECK = 'src/cli/check-command.ts';

/** The modules that an entry needs at once: itself and what it imports. */
function neededBy(entry, { outputs }) {
  const needed = new Set();
  const visit = (path) => {
    if (needed.has(basename(path))) return;
    needed.add(basename(path));
    for (const { kind, path: imported, external } of outputs[path].imports) {
      if (kind === 'import-statement' && external !== true) visit(imported);
    }
  };
  visit(Object.keys(outputs).find((path) => outputs[path].entryPoint === entry));
  return needed;
}

/**
 * The file of each module that is not in one of its own, by module: of what every run needs, of the parser of options, of what
 * commands need that read MOF files, and of what is seldom used.
 */
function groupedFiles(metafile) {
  const [start, parser, check, explain] = [
    START,
    'src/cli/command-line.ts',
    CHECK,
    'src/cli/explain-command.ts',
  ].map((entry) => neededBy(entry, metafile));
  const parts = PARTS.map((part) => ({ part, needed: neededBy(entryOf(part), metafile) }));
  const others = Object.values(metafile.outputs)
    .flatMap(({ entryPoint }) => entryPoint ?? [])
    .filter((entry) => !PARTS.map(entryOf).includes(entry))
    .map((entry) => neededBy(entry, metafile));
  const isAny = (sets, module) => sets.some((set) => set.has(module));
  const files = {};
  for (const module of start) files[module] = 'mofgen.cjs';
  // The parser and `explain` read no MOF file, and a check may need no parser.
  for (const module of check) {
    files[module] ??= isAny([parser, explain], module) ? 'mofgen.cjs' : 'check.cjs';
  }
  const partSets = parts.map(({ needed }) => needed);
  for (const module of parser) {
    files[module] ??= isAny(partSets, module) ? 'mofgen.cjs' : 'command-line.cjs';
  }
  for (const { part, needed } of parts) {
    for (const module of needed) if (!isAny(others, module)) files[module] ??= `${part}.cjs`;
  }
  return files;
}

/**
 * The command line, in files that are loaded when a command needs them. CommonJS, because it starts faster than ES modules do.
 */
async function bundleCommandLine() {
  const result = await bundle({
    entryPoints: { mofgen: START, ...Object.fromEntries(PARTS.map((part) => [part, part])) },
    plugins: [
      await partsPlugin({
        root,
        entry: START,
        commands: [CHECK],
        options: { ...common, define: { ...common.define, ...commonJs } },
      }),
    ],
    outdir: join(fresh, 'cli'),
    format: 'esm',
    splitting: true,
    // The files are minified when they have been joined.
    minify: false,
    chunkNames: '[name]-[hash]',
    define: commonJs,
    write: false,
  });
  const grouped = groupedFiles(result.metafile);
  const files = await joinedFiles({
    result,
    fileOf: (module) => grouped[module] ?? module.replace(/\.js$/, '.cjs'),
    placeholders: Object.fromEntries(PARTS.map((part) => [loadOf(part), `${part}.cjs`])),
    options: {
      target: common.target,
      charset: 'ascii',
      legalComments: 'none',
      logLevel: 'warning',
    },
  });
  mkdirSync(join(fresh, 'cli'), { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(fresh, 'cli', file), text);
  writeFileSync(join(fresh, 'cli.cjs'), "#!/usr/bin/env node\nrequire('./cli/mofgen.cjs');\n");
  return result;
}

/** The library: without anything of Node's, so that a page can load it. A built-in module in it fails the build. */
function bundleLibrary() {
  return bundle({
    entryPoints: ['src/index.ts'],
    outfile: join(fresh, 'index.js'),
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
  });
}

/** The parts of the library that need Node: `mofgen/node`, and `mofgen/target` for targets of one's own. */
function bundleForNode() {
  return bundle({
    entryPoints: { node: 'src/node/index.ts', target: 'src/node/target.ts' },
    outdir: fresh,
    format: 'esm',
  });
}

/**
 * The runtime's second copy, for `require`: jest, Yarn's zip files and older tools cannot require an ES module. One file,
 * because bundlers do not shake trees of CommonJS, and readable, because users debug it.
 */
function buildRuntimeForRequire() {
  return bundle({
    entryPoints: ['src/runtime/index.ts'],
    outfile: join(fresh, 'runtime/index.cjs'),
    format: 'cjs',
    target: 'es2023',
    minify: false,
  });
}

/**
 * Gives both copies of the runtime the same types, so that an imported machine takes a required provider. The declarations are
 * CommonJS, since an ES module may import those, but not the other way round.
 */
function shareRuntimeTypes() {
  const runtime = join(fresh, 'runtime');
  for (const name of readdirSync(runtime, { recursive: true })) {
    if (!name.endsWith('.d.ts')) continue;
    const text = readFileSync(join(runtime, name), 'utf8');
    const required = text.replace(/((?:from|import\()\s*'\.[^']*)\.js'/g, "$1.cjs'");
    writeFileSync(join(runtime, name.replace(/\.d\.ts$/, '.d.cts')), required);
    rmSync(join(runtime, name));
  }
  writeFileSync(join(runtime, 'index.d.ts'), "export * from './index.cjs';\n");
}

/** Removes declarations that the public ones do not reach, and refuses public ones that need another package. */
function prunedTypes(folder) {
  const reached = new Set();
  const visit = (path) => {
    if (reached.has(path)) return;
    reached.add(path);
    const text = readFileSync(path, 'utf8');
    for (const [, name] of text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)) {
      if (!name.startsWith('.')) {
        throw new Error(`${relative(folder, path)} is public and needs the types of '${name}'`);
      }
      visit(resolve(dirname(path), name.replace(/\.js$/, '.d.ts')));
    }
  };
  for (const entry of ['src/index.d.ts', 'src/node/index.d.ts', 'src/node/target.d.ts'])
    visit(join(folder, entry));
  return reached;
}

function buildTypes() {
  const all = join(fresh, 'all-types');
  tsc('-p', 'tsconfig.types.json', '--outDir', all);
  for (const path of prunedTypes(all)) {
    const target = join(fresh, 'types', relative(all, path));
    mkdirSync(dirname(target), { recursive: true });
    renameSync(path, target);
  }
  rmSync(all, { recursive: true });
}

mkdirSync(fresh, { recursive: true });
tsc('-p', 'tsconfig.runtime.json', '--outDir', join(fresh, 'runtime'));
shareRuntimeTypes();
await buildRuntimeForRequire();
buildTypes();
const results = await Promise.all([bundleCommandLine(), bundleLibrary(), bundleForNode()]);
writeFileSync(
  join(fresh, 'THIRD-PARTY-LICENSES'),
  thirdPartyLicenses(
    root,
    results.map((result) => result.metafile),
  ),
);
const dist = join(root, 'dist');
if (existsSync(dist)) renameSync(dist, `${fresh}-old`);
renameSync(fresh, dist);
