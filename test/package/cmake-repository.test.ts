/** A driver repository with CMake and Ninja, from the packed tarball: what it builds, and what it rebuilds after which change. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { availableCompilers } from '../c/toolchain.js';
import { runsThoroughly } from '../effort.js';
import { hasBuildTools } from '../cli/build-tools.js';
import { outputsIn, smallMof } from '../cli/command-line.js';

const check = 'samples/repos/cmake';
const canBuild =
  runsThoroughly(check) &&
  hasBuildTools(check, ['cmake', 'ninja']) &&
  availableCompilers(check, ['mingw64-gcc']).length > 0;

const root = resolve('.');
const npm = ['--offline', '--no-audit', '--no-fund', '--no-package-lock'];
let folder = '';
let repository = '';

function run(cwd: string, command: string, ...args: string[]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (error !== undefined) throw error;
  return { status, stdout, output: `${stdout}${stderr}` };
}

function succeed(cwd: string, command: string, ...args: string[]): string {
  const { status, output } = run(cwd, command, ...args);
  expect(status, `${command} ${args.join(' ')}\n${output}`).toBe(0);
  return output;
}

const build = (...args: string[]) =>
  run(repository, 'cmake', '--build', '--preset', 'mingw', ...args);

/** The steps of a successful build: a command of mofgen, or the name of the built file. */
function steps(...args: string[]): string[] {
  const { status, output } = build(...args);
  expect(status, output).toBe(0);
  if (output.includes('no work to do')) return [];
  return Array.from(output.matchAll(/^\[\d+\/\d+\] (.*)$/gm), ([, step = '']) =>
    step.startsWith('Generating')
      ? 'generate'
      : step.startsWith('Compiling')
        ? 'compile'
        : step.replace(/^.*[ /]/, ''),
  ).sort();
}

/**
 * The resources of the built driver: type, name, data. windres writes them as a .res file, whose format is that of
 * learn.microsoft.com, "Resource file formats": each resource has a header with two texts, and both parts end at a multiple of four.
 */
function resources(): { type: string; name: string; data: Buffer }[] {
  const args = ['-J', 'coff', '-O', 'res', 'build/filter-pump.sys', 'build/filter-pump.res'];
  succeed(repository, 'x86_64-w64-mingw32-windres', ...args);
  const bytes = readFileSync(path('build/filter-pump.res'));
  const found: ReturnType<typeof resources> = [];
  for (let at = 0; at < bytes.length;) {
    const [size, head] = [bytes.readUInt32LE(at), bytes.readUInt32LE(at + 4)];
    const texts = bytes.toString('utf16le', at + 8, at + head);
    const [type = '', name = ''] = texts.split('\0');
    const data = bytes.subarray(at + head, at + head + size);
    // The first one is empty, and marks the 32-bit format.
    if (at > 0) found.push({ type, name, data });
    at += head + Math.ceil(size / 4) * 4;
  }
  return found;
}

const path = (name: string) => join(repository, name);
const text = (name: string) => readFileSync(path(name), 'utf8');

/** Changes a file of the repository for the rest of the test. */
function edit(name: string, change: (old: string) => string): void {
  const old = text(name);
  const changed = change(old);
  expect(changed).not.toBe(old);
  writeFileSync(path(name), changed);
  onTestFinished(() => {
    writeFileSync(path(name), old);
    build();
  });
}

const generated = 'build/filter-pump-mofgen';
const yours = 'src/filter-pump_wmi_impl.c';
const generatedTexts = () =>
  outputsIn(path(generated)).map((name) => [name, text(`${generated}/${name}`)]);
const mofgen = ['--no-install', 'mofgen'];
const inputs = ['mof/filter-pump.mof', '-t', 'wdm', '-o', generated, '--user-output', 'src'];

describe.skipIf(!canBuild)('samples/repos/cmake', () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'mofgen-cmake-'));
    // A space, which depfiles and build files must quote.
    repository = join(folder, 'a driver');
    const own = (name: string): boolean => !/[\\/](node_modules|build)$/.test(name);
    cpSync(join(root, 'samples/repos/cmake'), repository, { recursive: true, filter: own });
    const packing = ['pack', '--json', '--ignore-scripts', '--pack-destination', folder];
    const { stdout } = run(root, 'npm', ...packing);
    const [packed] = JSON.parse(stdout) as { filename: string }[];
    cpSync(join(folder, packed?.filename ?? ''), path('mofgen.tgz'));

    const manifest = JSON.parse(text('package.json')) as Record<string, unknown>;
    const offline = { devDependencies: { mofgen: 'file:mofgen.tgz' } };
    writeFileSync(path('package.json'), JSON.stringify({ ...manifest, ...offline }));
    succeed(repository, 'npm', 'install', ...npm);
    succeed(repository, 'cmake', '--preset', 'mingw');
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test('builds a driver, and leaves your file alone', () => {
    const before = readFileSync(join(root, 'samples/repos/cmake', yours), 'utf8');
    expect(steps()).toContain('filter-pump.sys');
    expect(text(yours)).toBe(before);
    expect(readdirSync(path('src')).sort()).toEqual(
      readdirSync(join(root, 'samples/repos/cmake/src')).sort(),
    );
    const symbols = succeed(repository, 'x86_64-w64-mingw32-nm', 'build/filter-pump.sys');
    expect(symbols).toMatch(/ T DriverEntry$/m);
  });

  const compiled = (...args: string[]): Buffer => {
    const out = join(folder, 'own.bmf');
    const words = [...mofgen, 'compile', 'mof/filter-pump.mof', '-q', '-o', out, ...args];
    succeed(repository, 'npx', ...words);
    return readFileSync(out);
  };

  test('the driver has one resource: what mofgen compile writes', () => {
    const want = compiled();
    expect(want.subarray(0, 4).toString('latin1')).toBe('FOMB');
    expect(resources()).toEqual([{ type: 'MOFDATA', name: 'MOFRESOURCENAME', data: want }]);
    expect(readFileSync(path('build/driver-bmf/filter-pump.bmf'))).toEqual(want);
  });

  test('the resource has the macros and folders of mofgen_add()', () => {
    const before = compiled();
    edit('CMakeLists.txt', (old) =>
      old.replace('RESOURCE driver)', 'INCLUDES more DEFINES WATER=1 RESOURCE driver)'),
    );
    const either = '\n#ifdef WATER\nDescription("Water")\n#else\nDescription("Litres")\n#endif\n';
    edit('mof/filter-pump.mof', (old) =>
      old.replace('ranges.mof', 'elsewhere.mof').replace('Description("Litres per hour.")', either),
    );
    mkdirSync(path('more'));
    renameSync(path('mof/ranges.mof'), path('more/elsewhere.mof'));
    onTestFinished(() => {
      renameSync(path('more/elsewhere.mof'), path('mof/ranges.mof'));
      rmdirSync(path('more'));
    });
    expect(steps()).toContain('compile');
    const want = compiled('-I', 'more', '-D', 'WATER');
    expect(want).not.toEqual(before);
    expect(resources().map(({ data }) => data)).toEqual([want]);
  });

  test.each([
    ['a static library', 'filter-pump', 'a static library carries no resource'],
    ['a target that is not there', 'drvier', 'there is no such target yet'],
  ])('RESOURCE refuses %s', (_case, target, want) => {
    edit('CMakeLists.txt', (old) => old.replace('RESOURCE driver', `RESOURCE ${target}`));
    const { status, output } = build();
    expect(status).not.toBe(0);
    expect(output.replace(/\s+/g, ' ')).toContain(want);
  });

  test('declares the files that mofgen writes as outputs', () => {
    const list = ['npx', ...mofgen, ...inputs, '--list-outputs'] as const;
    const [command, ...args] = list;
    const listed = succeed(repository, command, ...args)
      .trimEnd()
      .split('\n');
    expect(listed.map((name) => name.slice(generated.length + 1)).sort()).toEqual(
      outputsIn(path(generated)),
    );
  });

  test('touching nothing rebuilds nothing', () => {
    expect(steps()).toEqual([]);
  });

  test.each([
    ['touched', (old: string) => old],
    ['changed in a comment', (old: string) => `// Another comment.\n${old}`],
  ])('the included MOF, %s, is read again, and nothing is compiled', (_case, change) => {
    const before = generatedTexts();
    const old = text('mof/ranges.mof');
    writeFileSync(path('mof/ranges.mof'), change(old));
    onTestFinished(() => {
      writeFileSync(path('mof/ranges.mof'), old);
      build();
    });
    expect(steps()).toEqual(['compile', 'generate']);
    expect(steps()).toEqual([]);
    expect(generatedTexts()).toEqual(before);
  });

  test('an item added to the included MOF rebuilds exactly what depends on it', () => {
    edit('mof/ranges.mof', (old) =>
      old.replace(/\n\};\s*$/, '\n\n    [WmiDataId(3), read] uint32 Step;\n};\n'),
    );
    expect(steps()).toEqual(
      [
        'generate',
        'compile',
        'filter-pump_wmi.rc.res',
        'driver.c.obj',
        'filter-pump_wmi.c.obj',
        'filter-pump_wmi_impl.c.obj',
        'libfilter-pump.a',
        'filter-pump.sys',
      ].sort(),
    );
    expect(steps()).toEqual([]);
    expect(resources().map(({ data }) => data)).toEqual([compiled()]);
  });

  test('another version of mofgen generates again', () => {
    const now = new Date();
    utimesSync(path('node_modules/mofgen/package.json'), now, now);
    expect(steps()).toEqual(['compile', 'generate']);
    expect(steps()).toEqual([]);
  });

  test('an error in the included MOF stops the build at its place', () => {
    edit('mof/ranges.mof', (old) => `${old}class {\n`);
    const before = text(`${generated}/filter-pump_wmi.h`);
    const { status, output } = build();
    expect(status).not.toBe(0);
    expect(output).toMatch(/mof\/ranges\.mof:\d+:\d+: error MOF1201: /);
    expect(text(`${generated}/filter-pump_wmi.h`)).toBe(before);
  });

  test.each(['filter-pump_wmi.h', 'filter-pump_wmi.c'])(
    'the target mofgen-check fails when %s was edited by hand',
    (name) => {
      expect(build('--target', 'mofgen-check').status).toBe(0);
      edit(`${generated}/${name}`, (old) => `${old}// mine\n`);
      const { status, output } = build('--target', 'mofgen-check');
      expect(status).not.toBe(0);
      expect(output).toMatch(
        new RegExp(
          `${name}:\\d+:\\d+: error MOF4002: the generated file was changed after mofgen wrote it`,
        ),
      );
      expect(output).toContain('\n-// mine\n');
    },
  );

  test('a method added to the MOF is a missing symbol, whose body stubs --missing prints', () => {
    edit('mof/filter-pump.mof', (old) =>
      old.replace(
        /(\[out, Description\("The water[^\]]*\] uint32 Litres\);)/,
        '$1\n\n    [Implemented, WmiMethodId(2)] void Prime([in] uint32 Turns);',
      ),
    );
    const { status, output } = build();
    expect(status).not.toBe(0);
    expect(output).toMatch(/undefined reference to `FilterPumpPrime'/);
    const args = ['stubs', '--missing', ...inputs];
    const stubs = run(repository, 'npx', ...mofgen, ...args);
    expect(stubs.status).toBe(0);
    expect(stubs.stdout).toContain('FilterPumpPrime(');
    edit(yours, (old) => `${old}\n${stubs.stdout}`);
    expect(steps()).toEqual(
      ['filter-pump_wmi_impl.c.obj', 'libfilter-pump.a', 'filter-pump.sys'].sort(),
    );
    expect(run(repository, 'npx', ...mofgen, ...args)).toMatchObject({ status: 0, stdout: '' });
  });

  test('two MOF files of one target share the core', () => {
    const valve = smallMof('Valve').replace('0f7a11', '0f7a21');
    writeFileSync(path('mof/valve.mof'), valve);
    onTestFinished(() => {
      rmSync(path('mof/valve.mof'));
      rmSync(path('src/valve_wmi_impl.c'));
      for (const name of outputsIn(path(generated))) {
        if (name.startsWith('valve')) rmSync(path(`${generated}/${name}`));
      }
      rmSync(path(`${generated}/.mofgen/wdm/valve.sums`));
    });
    edit(
      'CMakeLists.txt',
      (old) =>
        `${old}mofgen_add(TARGET filter-pump MOF mof/valve.mof TARGETS wdm USER_OUTPUT src)\n`,
    );
    expect(steps()).toEqual(expect.arrayContaining(['generate', 'valve_wmi.c.obj']));
    expect(steps()).toEqual([]);
    const symbols = succeed(repository, 'x86_64-w64-mingw32-ar', 't', 'build/libfilter-pump.a');
    expect(symbols.match(/^mofgen_wmi.*$/gm)?.sort()).toEqual([
      'mofgen_wmi.c.obj',
      'mofgen_wmi_device.c.obj',
      'mofgen_wmi_pool.c.obj',
      'mofgen_wmi_wdm.c.obj',
    ]);
    expect(build('--target', 'mofgen-check').status).toBe(0);
  });

  test('cleaning removes what mofgen wrote, its record too, and keeps your file', () => {
    const before = text(yours);
    expect(build('--target', 'clean').status).toBe(0);
    expect(readdirSync(path(generated))).toEqual([]);
    expect(readdirSync(path('build/driver-bmf'))).toEqual([]);
    expect(text(yours)).toBe(before);
    expect(steps()).toContain('filter-pump.sys');
  });

  test('your file is written while CMake configures, if it is missing', () => {
    const old = text(yours);
    onTestFinished(() => {
      writeFileSync(path(yours), old);
    });
    rmSync(path(yours));
    succeed(repository, 'cmake', '--preset', 'mingw');
    expect(existsSync(path(yours))).toBe(true);
    expect(build().status).toBe(0);
  });
});
