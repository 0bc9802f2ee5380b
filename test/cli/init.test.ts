import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { smallMof, workplace } from './command-line.js';

const KMDF_PROJECT =
  '<Project><PropertyGroup><DriverType>KMDF</DriverType></PropertyGroup></Project>';
const mofs = { 'mof/a.mof': smallMof() };

async function configOf(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[] = [],
) {
  const place = workplace(files);
  const { exitCode, stdout, stderr } = await place.run(['init', ...args]);
  expect([exitCode, stderr]).toEqual([0, expect.stringMatching(/^mofgen\.config\.json: written/)]);
  const config = JSON.parse(readFileSync(place.path('mofgen.config.json'), 'utf8')) as object;
  return { config, stdout, place };
}

test.each<[string, Readonly<Record<string, string | Uint8Array>>, readonly string[], object]>([
  ['nothing but a MOF', { 'a.mof': '' }, [], { inputs: ['*.mof'], targets: ['ts'], output: 'gen' }],
  [
    'package.json',
    { ...mofs, 'package.json': '{}' },
    [],
    {
      $schema: './node_modules/mofgen/schemas/config.schema.json',
      inputs: ['mof/*.mof'],
      targets: ['ts'],
      output: 'gen',
    },
  ],
  ['KMDF', { ...mofs, 'drv/drv.vcxproj': KMDF_PROJECT }, [], { targets: ['kmdf'] }],
  [
    'KMDF in UTF-16',
    { ...mofs, 'drv.vcxproj': Buffer.from(`\ufeff${KMDF_PROJECT}`, 'utf16le') },
    [],
    { targets: ['kmdf'] },
  ],
  ['WDM', { ...mofs, 'a.vcxproj': '<DriverType>WDM</DriverType>' }, [], { targets: ['wdm'] }],
  ['Storport', { ...mofs, 'a.vcxproj': 'storport.lib' }, [], { targets: ['scsiwmi'] }],
  ['NDIS', { ...mofs, 'a.vcxproj': 'ndis.lib' }, [], { targets: ['ndis'] }],
  ['CMake', { ...mofs, 'CMakeLists.txt': 'project(x C)' }, [], { targets: ['header'] }],
  [
    'two driver models',
    { ...mofs, 'a.vcxproj': KMDF_PROJECT, 'b.vcxproj': '<DriverType>WDM</DriverType>' },
    [],
    { targets: ['kmdf'] },
  ],
  [
    'a package with a driver',
    { ...mofs, 'package.json': '{}', 'a.vcxproj': KMDF_PROJECT },
    [],
    { targets: ['ts', 'kmdf'] },
  ],
  [
    'options',
    mofs,
    ['-t', 'wdm', '-o', 'c', '--user-output', 'src'],
    { targets: ['wdm'], output: 'c', userOutput: 'src' },
  ],
  ['inputs', mofs, ['mof/a.mof'], { inputs: ['mof/a.mof'] }],
  [
    'two files of one name',
    { 'x/a.mof': '', 'y/a.mof': '' },
    [],
    { inputs: ['x/*.mof', 'y/*.mof'], output: '{folder}/gen' },
  ],
  [
    'many folders',
    Object.fromEntries(['1', '2', '3', '4', '5'].map((name) => [`${name}/m${name}.mof`, ''])),
    [],
    { inputs: ['**/*.mof'] },
  ],
])('%s', async (_, files, args, want) => {
  expect((await configOf(files, args)).config).toMatchObject(want);
});

test('what it writes can be run at once', async () => {
  const { place } = await configOf({ ...mofs, 'package.json': '{}' });
  expect(await place.run([])).toMatchObject({ exitCode: 0, stderr: 'mof/a.mof: 2 written\n' });
  expect(await place.run(['--check'])).toMatchObject({ exitCode: 0 });
});

describe('what it prints', () => {
  test('for each build system', async () => {
    const { stdout } = await configOf(
      {
        'mof/a b.mof': smallMof(),
        'package.json': '{}',
        'CMakeLists.txt': '',
        'meson.build': '',
        'drv/drv.vcxproj': KMDF_PROJECT,
      },
      ['-t', 'header,ts'],
    );
    expect(stdout).toBe(`mofgen             generates
mofgen --check     exits 1 when a generated file is out of date
mofgen --watch     generates again when a file changes

Run: npm install --save-dev mofgen

Add to "scripts" in package.json:

  "gen": "mofgen",
  "gen:check": "mofgen --check"

Copy node_modules/mofgen/samples/repos/cmake/cmake/Mofgen.cmake to cmake/, and add to CMakeLists.txt:

  include(cmake/Mofgen.cmake)
  mofgen_add(TARGET <the target of the driver> MOF "mof/a b.mof" TARGETS header)

Add to meson.build, and wmi to the sources of the driver:

  mofgen = find_program('mofgen', dirs: meson.project_source_root() / 'node_modules/.bin')
  wmi = custom_target(
    'wmi',
    input: ['mof/a b.mof'],
    output: ['a b_wmi.h'],
    depfile: 'wmi.d',
    command: [mofgen, '--no-config', '@INPUT@', '-t', 'header', '-o', '@OUTDIR@',
      '--user-output', meson.current_source_dir(), '--depfile', '@DEPFILE@', '-q'],
  )

Run: npm install mofgen

Add to drv/drv.vcxproj, after the import of Microsoft.Cpp.targets:

  <ItemGroup>
    <MofGen Include="..\\mof\\a b.mof">
      <Targets>header</Targets>
    </MofGen>
  </ItemGroup>
  <Import Project="..\\node_modules\\mofgen\\msbuild\\mofgen.targets" />
`);
  });

  test('your own file lies where the configuration has it', async () => {
    const { stdout } = await configOf(
      { ...mofs, 'CMakeLists.txt': '', 'meson.build': '', 'drv/drv.vcxproj': KMDF_PROJECT },
      ['-t', 'kmdf', '--user-output', 'src'],
    );
    expect(stdout).toContain('MOF mof/a.mof TARGETS kmdf USER_OUTPUT src)');
    expect(stdout).toContain(`'--user-output', meson.project_source_root() / 'src',`);
    expect(stdout).toContain(
      String.raw`<UserOutputDirectory>$(MSBuildProjectDirectory)\..\src</UserOutputDirectory>`,
    );
  });

  test('MSBuild: characters with a meaning of their own are escaped', async () => {
    const { stdout } = await configOf(
      { "mof/50%;'(a) & b.mof": smallMof(), 'drv.vcxproj': KMDF_PROJECT },
      ['-t', 'header'],
    );
    expect(stdout).toContain(String.raw`<MofGen Include="mof\50%25%3B%27%28a%29 &amp; b.mof">`);
  });

  test('Meson: one target for all MOF files, which have the core in common', async () => {
    const { stdout } = await configOf(
      { 'x/a.mof': smallMof(), 'y/b.mof': smallMof('B'), 'meson.build': '' },
      ['-t', 'kmdf'],
    );
    expect(stdout).toContain(`input: ['x/a.mof', 'y/b.mof'],`);
    expect(stdout.match(/'mofgen_wmi\.h'/g)).toHaveLength(1);
  });

  test('Meson: two files of one name, each in its folder', async () => {
    const { stdout } = await configOf(
      { 'x/a.mof': smallMof(), 'y/a.mof': smallMof('B'), 'meson.build': '' },
      ['-t', 'header'],
    );
    for (const [index, folder] of ['x', 'y'].entries()) {
      expect(stdout).toContain(
        `Add to ${folder}/meson.build, subdir('${folder}') to meson.build, and wmi${index + 1} to the sources`,
      );
    }
    expect(stdout.match(/input: \['a\.mof'\],/g)).toHaveLength(2);
  });

  test('nothing about C for ts alone', async () => {
    const { stdout } = await configOf({ ...mofs, 'package.json': '{}', 'CMakeLists.txt': '' }, [
      '-t',
      'ts',
    ]);
    expect(stdout).not.toContain('CMakeLists.txt');
  });
});

test.each<[string, Readonly<Record<string, string>>, readonly string[], number, string]>([
  [
    'a configuration that is there',
    { ...mofs, 'mofgen.config.mjs': '' },
    [],
    2,
    'there is mofgen.config.mjs already',
  ],
  ['standard input', mofs, ['-'], 2, `standard input ('-') is not a file`],
  ['a folder', mofs, ['mof'], 3, `'mof' is a folder; write 'mof/*.mof'`],
  ['a file that is not there', mofs, ['mof/b.mof'], 3, `cannot read 'mof/b.mof'`],
  ['no MOF file', {}, [], 2, 'there is no .mof file here; name one: mofgen init mof/a.mof'],
  ['an unknown target', mofs, ['-t', 'kmdv'], 2, `did you mean 'kmdf'?`],
  ['rivals', mofs, ['-t', 'kmdf,wdm'], 2, 'have a file of yours of the same name'],
])('%s is refused', async (_, files, args, exitCode, message) => {
  const { run, path } = workplace(files);
  const outcome = await run(['init', ...args]);
  expect(outcome.exitCode).toBe(exitCode);
  expect(outcome.stderr).toContain(message);
  expect(existsSync(path('mofgen.config.json'))).toBe(false);
});

test('a configuration of the user is never replaced', async () => {
  const { run, path } = workplace({ ...mofs, 'mofgen.config.json': 'mine' });
  await run(['init']);
  expect(readFileSync(path('mofgen.config.json'), 'utf8')).toBe('mine');
});
