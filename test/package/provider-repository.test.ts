/** A provider repository from the packed tarball: it installs, builds, passes its tests, and notices a new method. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runsThoroughly } from '../effort.js';

const root = resolve('.');
const npm = ['--offline', '--no-audit', '--no-fund', '--no-package-lock'];
let folder = '';
let repository = '';

function run(cwd: string, command: string, ...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, output: `${stdout}${stderr}`, stdout };
}

function succeed(cwd: string, command: string, ...args: string[]): string {
  const { status, output, stdout } = run(cwd, command, ...args);
  expect(status, `${command} ${args.join(' ')}\n${output}`).toBe(0);
  return stdout;
}

const isRun = runsThoroughly('samples/repos/npm');

describe.runIf(isRun)('samples/repos/npm', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mofgen-repository-'));
    repository = join(folder, 'repository');
    const own = (path: string): boolean => !/[\\/](node_modules|dist)$|\.g\.ts$/.test(path);
    cpSync(join(root, 'samples/repos/npm'), repository, { recursive: true, filter: own });
    const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const [packed] = JSON.parse(succeed(root, 'npm', ...packing)) as { filename: string }[];
    cpSync(join(folder, packed?.filename ?? ''), join(repository, 'mofgen.tgz'));

    // Everything but mofgen comes from this repository's own packages, so that no network is needed.
    const manifestPath = join(repository, 'package.json');
    const manifest = JSON.parse(readFileSync(manifestPath, 'utf8')) as Record<string, unknown>;
    writeFileSync(
      manifestPath,
      JSON.stringify({
        ...manifest,
        dependencies: { mofgen: 'file:mofgen.tgz' },
        devDependencies: {},
      }),
    );
    succeed(repository, 'npm', 'install', ...npm);
    for (const name of ['typescript', '@types', '.bin/tsc', 'undici-types']) {
      symlinkSync(join(root, 'node_modules', name), join(repository, 'node_modules', name));
    }
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('npm test generates, compiles and passes the tests of the filled-in provider', () => {
    const before = readFileSync(join(repository, 'src/thermostat.provider.ts'), 'utf8');
    const output = succeed(repository, 'npm', 'test');
    expect(output).toMatch(/# pass 4\b/);
    expect(output).toMatch(/# fail 0\b/);
    expect(readFileSync(join(repository, 'src/thermostat.provider.ts'), 'utf8')).toBe(before);
  });

  test('a method added to the MOF makes tsc name the missing member, and stubs --missing prints its body', () => {
    const mof = join(repository, 'mof/thermostat.mof');
    const grown = readFileSync(mof, 'utf8').replace(
      /\n\};\s*$/,
      '\n\n    [Implemented, WmiMethodId(2)] void StopBoost([out] boolean WasOn);\n};\n',
    );
    writeFileSync(mof, grown);
    const { status, output } = run(repository, 'npm', 'run', 'build');
    expect(status).not.toBe(0);
    expect(output).toMatch(
      /thermostat\.provider\.ts.*'RoomThermostat'.*\n.*'StopBoost' is missing/,
    );
    const stubs = ['mofgen', 'stubs', '--missing', 'mof/thermostat.mof', '-o', 'src'];
    expect(succeed(repository, 'npx', ...stubs)).toContain('StopBoost(): wmi.MethodReturn<');
  });
});
