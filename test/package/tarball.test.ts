/** The packed tarball, as somebody who installs it meets it: its files, its command, its types, its runtime. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
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
  // The one dependency comes from the packages of this repository, so that no network is needed.
  const prettier = `file:${join(root, 'node_modules/prettier')}`;
  writeFileSync(
    join(project, 'package.json'),
    JSON.stringify({
      name: 'project',
      private: true,
      type: 'module',
      dependencies: { mofgen: `file:${join(folder, packed.filename)}`, prettier },
      overrides: { mofgen: { prettier } },
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
    'package.json',
    'schemas/diagnostics.schema.json',
    'schemas/model.schema.json',
  ];
  expect(paths).toEqual(expect.arrayContaining(expected));
  const others = paths.filter((path) => !expected.includes(path));
  const known = /^dist\/(cli\/[\w-]+\.cjs|runtime\/.*\.(js|d\.ts)|types\/.*\.d\.ts)$/;
  expect(others.filter((path) => !known.test(path))).toEqual([]);
  expect(others).toContain('dist/runtime/index.js');
  expect(packed.unpackedSize).toBeLessThan(2_500_000);
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

test('prettier is the only dependency, and nothing runs on installing', () => {
  expect(Object.keys(packageJson.dependencies)).toEqual(['prettier']);
  const scripts = Object.keys(packageJson.scripts);
  for (const name of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish']) {
    expect(scripts).not.toContain(name);
  }
});

test('every bundled package has its licence in the notices', () => {
  const notices = readFileSync(
    join(project, 'node_modules/mofgen/dist/THIRD-PARTY-LICENSES'),
    'utf8',
  );
  for (const name of ['commander', 'handlebars']) {
    expect(notices).toMatch(new RegExp(`^${name} \\d`, 'm'));
  }
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

test('the installed command runs', () => {
  expect(run(project, 'npx', '--no-install', 'mofgen', '--version')).toBe(
    `${packageJson.version}\n`,
  );
});

test('generated code compiles against the installed types, strictly, and runs on the installed runtime', () => {
  run(project, 'npx', '--no-install', 'mofgen', 'small-fan.mof', '-o', 'src');
  writeFileSync(
    join(project, 'src/main.ts'),
    `import { analyze, emit, hasErrors, parse, renderDiagnostics, targetNames, type Model } from 'mofgen';
import { STATUS_WMI_SET_FAILURE } from 'mofgen/runtime';
import { registerProviders } from './small-fan.provider.js';

const bytes = new TextEncoder().encode('class A { uint32 x };');
const { value, diagnostics } = analyze(bytes, 'a.mof', () => undefined);
const model: Model = value;
const facts: unknown[] = [
  hasErrors(diagnostics),
  renderDiagnostics(diagnostics, 'text').split(':')[0],
  targetNames,
  emit(model, 'a.mof', { targets: ['ts', 'header'] }).value.map((file) => file.name),
  parse('class A {};').value.productions.length,
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
    ['ts', 'header', 'kmdf', 'wdm'],
    ['a.g.ts', 'a.provider.ts', 'a_wmi.h'],
    1,
    'c00002c7',
    'function',
  ]);
});
