/** The packed tarball after an installation: its files, its command, its types, its runtime. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, posix, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TARGET_NAMES } from '../../src/targets/loading.js';
import packageJson from '../../package.json' with { type: 'json' };
import { smallMof } from '../cli/command-line.js';

interface Packed {
  readonly filename: string;
  readonly files: readonly { readonly path: string; readonly mode: number }[];
  readonly unpackedSize: number;
}

const root = resolve('.');
let folder = '';
let project = '';
let packed: Packed = { filename: '', files: [], unpackedSize: 0 };

function run(cwd: string, command: string, ...args: string[]): string {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (result.error !== undefined) throw result.error;
  const shown = `${command} ${args.join(' ')}\n${result.stdout}\n${result.stderr}`;
  expect(result.status, shown).toBe(0);
  return result.stdout;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'mofgen-package-'));
  const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
  [packed = packed] = JSON.parse(run(root, 'npm', ...packing)) as Packed[];
  project = join(folder, 'project');
  mkdirSync(project);
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({
      name: 'project',
      private: true,
      type: 'module',
      dependencies: { mofgen: `file:${join(folder, packed.filename)}` },
    }),
  );
  run(project, 'npm', 'install', '--offline', '--no-audit', '--no-fund');
  writeFileSync(join(project, 'small-fan.mof'), smallMof());
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test('the tarball holds the bundles, the runtime, the types and the notices, and nothing else', () => {
  const paths = packed.files.map((file) => file.path);
  const expected = [
    'CHANGELOG.md',
    'LICENSE',
    'README.md',
    'dist/THIRD-PARTY-LICENSES',
    'dist/cli.cjs',
    'dist/cli/mofgen.cjs',
    'dist/index.js',
    'dist/node.js',
    'dist/target.js',
    'msbuild/mofgen.props',
    'msbuild/mofgen.targets',
    'package.json',
    'schemas/acpi.schema.json',
    'schemas/config.schema.json',
    'schemas/diagnostics.schema.json',
    'schemas/model.schema.json',
  ];
  expect(paths).toEqual(expect.arrayContaining(expected));
  const documents = /^(docs\/.*\.md|grammar\/README\.md|samples\/(repos|door-light|targets)\/.*)$/;
  const others = paths.filter((path) => !expected.includes(path) && !documents.test(path));
  const known =
    /^dist\/(cli\/[\w-]+\.cjs|runtime\/(.*\.(js|d\.cts)|index\.(cjs|d\.ts))|types\/.*\.d\.ts)$/;
  expect(others.filter((path) => !known.test(path))).toEqual([]);
  expect(others).toContain('dist/runtime/index.js');
  expect(packed.unpackedSize).toBeLessThan(4_200_000);
});

test('every file of the tarball is text, without a path of the machine that built it', () => {
  const [top = ''] = root.split('/').slice(1);
  for (const { path } of packed.files) {
    const bytes = readFileSync(join(project, 'node_modules/mofgen', path));
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    // eslint-disable-next-line no-control-regex -- a text has line ends and tabs, and no other control character
    expect(/[\0-\x08\x0B\x0C\x0E-\x1F]/.exec(text)?.index, path).toBe(undefined);
    expect(text.includes(`/${top}/`) && text.includes(root), path).toBe(false);
  }
});

test('every relative link of the README and the documents leads to a packed file or folder', () => {
  const paths = packed.files.map((file) => file.path);
  const pages = paths.filter((path) => path.endsWith('.md'));
  const dead = pages.flatMap((page) => {
    const text = readFileSync(join(project, 'node_modules/mofgen', page), 'utf8');
    const links = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, link = '']) => link);
    return links
      .filter((link) => !/^(https?:|#)/.test(link))
      .map((link) => posix.join(posix.dirname(page), link.replace(/#.*$/, '')))
      .filter((to) => !paths.some((path) => path === to || path.startsWith(`${to}/`)))
      .map((to) => `${page}: ${to}`);
  });
  expect(pages).toEqual(expect.arrayContaining(['README.md', 'docs/consumers.md']));
  expect(dead).toEqual([]);
});

test('the runtime can be required, and has the names that an import has', () => {
  const names = "console.log(Object.keys(runtime).filter((n) => n !== 'default').sort().join())";
  const required = run(
    project,
    process.execPath,
    '--input-type=commonjs',
    '-e',
    `const runtime = require('mofgen/runtime'); ${names}`,
  );
  const imported = run(
    project,
    process.execPath,
    '--input-type=module',
    '-e',
    `import * as runtime from 'mofgen/runtime'; ${names}`,
  );
  expect(required).toContain('createMachine');
  expect(required).toBe(imported);
});

test('nothing is installed with it, a formatter only if the project has one, and nothing runs on installing', () => {
  expect(packageJson).not.toHaveProperty('dependencies');
  expect(packageJson.peerDependenciesMeta).toEqual({ prettier: { optional: true } });
  expect(existsSync(join(project, 'node_modules/prettier'))).toBe(false);
  const scripts = Object.keys(packageJson.scripts);
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']) {
    expect(scripts).not.toContain(name);
  }
});

test('every package whose code, or tables made with it, are bundled has its licence in the notices', () => {
  const notices = readFileSync(
    join(project, 'node_modules/mofgen/dist/THIRD-PARTY-LICENSES'),
    'utf8',
  );
  for (const name of ['chevrotain', 'commander', 'handlebars']) {
    expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
  }
});

test('the bundles hold the tables of Chevrotain, and not Chevrotain itself', () => {
  const bundles = packed.files.filter(({ path }) => /^dist\/(cli\/|index\.js|cli\.cjs)/.test(path));
  const texts = bundles.map(({ path }) =>
    readFileSync(join(project, 'node_modules/mofgen', path), 'utf8'),
  );
  expect(texts.filter((text) => text.includes('{"mofSpecification":{"MANY":')).length).toBe(2);
  // Its messages link to its documentation.
  expect(texts.filter((text) => /chevrotain\.io/.test(text))).toEqual([]);
});

test('the runtime imports nothing but itself', () => {
  const runtime = packed.files.filter(({ path }) => /^dist\/runtime\/.*\.js$/.test(path));
  expect(runtime.length).toBeGreaterThan(5);
  for (const { path } of runtime) {
    const text = readFileSync(join(project, 'node_modules/mofgen', path), 'utf8');
    const imports = [...text.matchAll(/\bfrom '([^']+)'|\bimport\(?\s*'([^']+)'/g)];
    expect(
      imports.map((match) => match[1] ?? match[2]).filter((name) => !name?.startsWith('.')),
    ).toEqual([]);
  }
});

test.each(['diagnostics', 'model'])('the schema of %s can be imported', (name) => {
  const path = `mofgen/schemas/${name}.schema.json`;
  const code = `import schema from '${path}' with { type: 'json' }; console.log(schema.title)`;
  const title = run(project, process.execPath, '--no-warnings', '--input-type=module', '-e', code);
  expect(title).toMatch(/^What mofgen .* prints\n$/);
});

test('the installed command runs', () => {
  expect(run(project, 'npx', '--no-install', 'mofgen', '--version')).toBe(
    `${packageJson.version}\n`,
  );
});

test('the installed command and the library have the files of the C core', () => {
  run(project, 'npx', '--no-install', 'mofgen', 'small-fan.mof', '-t', 'wdm', '-o', 'wmi', '-q');
  const code = `import { readFileSync } from 'node:fs'; import { analyze, emit } from 'mofgen';
const { value } = analyze(readFileSync('small-fan.mof'), 'small-fan.mof');
const files = emit(value, 'small-fan.mof', { targets: ['wdm'] }).value;
console.log(JSON.stringify(files.filter(({ isShared }) => isShared).map(({ name, text }) => [name, text])));`;
  const printed = run(project, process.execPath, '--input-type=module', '-e', code);
  const files = JSON.parse(printed) as [string, string][];
  expect(files.map(([name]) => name)).toEqual([
    ...['', '_pool', '_device', '_wdm'].flatMap((part) => [
      `mofgen_wmi${part}.h`,
      `mofgen_wmi${part}.c`,
    ]),
  ]);
  for (const [name, text] of files) {
    expect(text.endsWith(readFileSync(join(root, 'src/runtime-c', name), 'utf8'))).toBe(true);
    expect(readFileSync(join(project, 'wmi', name), 'utf8')).toBe(text);
  }
});

test('generated code compiles against the installed types, strictly, and runs on the installed runtime', () => {
  run(project, 'npx', '--no-install', 'mofgen', 'small-fan.mof', '-o', 'src');
  writeFileSync(
    join(project, 'src/main.ts'),
    `import { analyze, emit, hasErrors, indexSymbols, parse, renderDiagnostics, showTables, targetNames, tokensOf, type Fix, type Model } from 'mofgen';
import { includeReader } from 'mofgen/node';
import { STATUS_WMI_SET_FAILURE } from 'mofgen/runtime';
import { registerProviders } from './small-fan.provider.js';

const bytes = new TextEncoder().encode('class A { uint32 x };');
const { value, diagnostics, filesRead, texts } = analyze(bytes, 'a.mof', includeReader());
const fixed = analyze(new TextEncoder().encode('class A { uint32 x; };'), 'a.mof');
const model: Model = fixed.value;
const fixes: readonly Fix[] = diagnostics.flatMap((each) => each.fixes);
const facts: unknown[] = [
  hasErrors(diagnostics),
  renderDiagnostics(diagnostics, 'text').split(':')[0],
  targetNames,
  emit(model, 'a.mof', { targets: ['ts', 'header'] }).value.map((file) => file.name),
  parse('class A {};').value.productions.length,
  emit(value, 'a.mof', { targets: ['ts'] }).value.length,
  fixes.map((fix) => fix.title),
  indexSymbols(texts).symbols.map((symbol) => symbol.name),
  tokensOf('class A').map((token) => token.kind),
  typeof showTables([{ name: 'a.mof', model, filesRead }]),
  STATUS_WMI_SET_FAILURE.toString(16),
  typeof registerProviders,
];
console.log(JSON.stringify(facts));
`,
  );
  writeFileSync(
    join(project, 'tsconfig.json'),
    JSON.stringify({
      compilerOptions: {
        strict: true,
        noUncheckedIndexedAccess: true,
        exactOptionalPropertyTypes: true,
        module: 'nodenext',
        target: 'es2023',
        lib: ['es2023', 'dom'],
        types: [],
        rootDir: 'src',
        outDir: 'out',
        // Our own declarations are checked with the rest.
        skipLibCheck: false,
      },
      include: ['src'],
    }),
  );
  run(project, process.execPath, join(root, 'node_modules/typescript/bin/tsc'), '-p', '.');
  expect(JSON.parse(run(project, process.execPath, 'out/main.js'))).toEqual([
    true,
    'a.mof',
    TARGET_NAMES,
    ['a.g.ts', 'a.provider.ts', 'a_wmi.h'],
    1,
    0,
    ["insert ';'"],
    ['A'],
    ['keyword', 'name'],
    'string',
    'c00002c7',
    'function',
  ]);
});
