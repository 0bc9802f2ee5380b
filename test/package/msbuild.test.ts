/**
 * The .props and .targets files for MSBuild, run by Mono's xbuild: which commands they run for the projects of samples/repos/msbuild, when
 * they run again, and what they add to the build. Visual Studio's own files are replaced by those in vc/.
 */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { availableCompilers, compile } from '../c/toolchain.js';
import { runsThoroughly } from '../effort.js';
import { hasBuildTools } from '../cli/build-tools.js';
import { smallMof } from '../cli/command-line.js';

const root = resolve('.');
const canBuild =
  runsThoroughly('msbuild/*.targets') && hasBuildTools('msbuild/*.targets', ['xbuild']);

let folder = '';
const path = (name: string) => join(folder, name);
const text = (name: string) => readFileSync(path(name), 'utf8');

interface Build {
  readonly succeeded: boolean;
  readonly output: string;
  /** The command lines of mofgen, from the name of the command on. */
  readonly commands: readonly string[];
  /** The files that the compilers would compile. */
  readonly compiled: readonly string[];
}

function build(project: string, ...args: string[]): Build {
  const file = `${project}/${project}.vcxproj`;
  const vc = `/p:VCTargetsPath=${join(root, 'test/package/vc')}`;
  const { status, stdout, stderr, error } = spawnSync(
    'xbuild',
    ['/nologo', '/v:n', vc, ...args, file],
    { cwd: folder, encoding: 'utf8' },
  );
  if (error !== undefined) throw error;
  const output = `${stdout}${stderr}`;
  const runs = output.matchAll(/^\s*Executing: (.*)$/gm);
  const steps = output.matchAll(/^\s*((?:CL|RC|WDK) .*)$/gm);
  return {
    succeeded: status === 0,
    output,
    commands: Array.from(runs, ([, line = '']) =>
      line
        .replace(/^.*?(?:cli\.cjs|tool)" /, '')
        .replaceAll(folder, '.')
        .trim(),
    ),
    compiled: Array.from(steps, ([, step = '']) => step),
  };
}

function succeed(project: string, ...args: string[]): Build {
  const built = build(project, ...args);
  expect(built.succeeded, built.output).toBe(true);
  return built;
}

/** The names of the commands that a build ran. */
const ran = (project: string, ...args: string[]): string[] =>
  succeed(project, ...args).commands.map((line) =>
    line.includes('--list-outputs') ? 'list' : line.replace(/ .*$/, ''),
  );

/** A time after all stamps, for a changed file. */
function touch(name: string): void {
  const soon = new Date(Date.now() + 2000);
  utimesSync(path(name), soon, soon);
}

/** Sets the times of all files back, so that a change is newer than the stamps. */
function age(at = folder): void {
  if (at === folder) utimesSync(path('node_modules/mofgen/package.json'), 1000, 1000);
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    if (entry.isSymbolicLink()) continue;
    const each = join(at, entry.name);
    if (entry.isDirectory()) age(each);
    else utimesSync(each, 1000, 1000);
  }
}

function edit(name: string, change: (old: string) => string): void {
  const changed = change(text(name));
  expect(changed).not.toBe(text(name));
  writeFileSync(path(name), changed);
}

const mofgen = (...args: string[]) => {
  const cli = join(root, 'dist/cli.cjs');
  const { status, stderr } = spawnSync(process.execPath, [cli, ...args], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect(status, stderr).toBe(0);
};

describe.skipIf(!canBuild)('samples/repos/msbuild', () => {
  beforeEach(() => {
    folder = join(mkdtempSync(join(tmpdir(), 'mofgen-msbuild-')), "a driver's (100%) & more");
    cpSync(join(root, 'samples/repos/msbuild'), folder, { recursive: true });
    cpSync(join(root, 'samples/door-light/door-light.mof'), path('door-light.mof'));
    mkdtempSync(path('x'));
    symlinkSync(linked(), path('node_modules'));
    onTestFinished(() => {
      rmSync(resolve(folder, '..'), { recursive: true, force: true });
    });
  });

  /** A node_modules folder with this package. */
  function linked(): string {
    const modules = path('../node_modules');
    if (!existsSync(modules)) {
      cpSync(join(root, 'msbuild'), join(modules, 'mofgen/msbuild'), { recursive: true });
      cpSync(join(root, 'package.json'), join(modules, 'mofgen/package.json'));
      symlinkSync(join(root, 'dist'), join(modules, 'mofgen/dist'));
    }
    return modules;
  }

  const [compiler] = canBuild ? availableCompilers('samples/repos/msbuild', ['mingw64-gcc']) : [];

  test.runIf(compiler !== undefined).each(['radiator', 'bus', 'pump'])(
    'the sources of %s compile with what is generated',
    async (project) => {
      const { compiled: steps } = succeed(project);
      const outcome = await compile({
        compiler: compiler ?? 'mingw64-gcc',
        files: steps.filter((step) => step.startsWith('CL')).map((step) => step.slice(3)),
        includes: ['x64/Debug', 'x64/Debug/mofgen'],
        systemIncludes: [join(root, 'test/c/include')],
        cwd: path(project),
      });
      expect(outcome).toEqual({ status: 0, output: '' });
    },
  );

  describe('a project with the items of the WDK', () => {
    test('runs mofcomp and wmimofck of mofgen with the switches of the metadata', () => {
      const { commands, compiled, output } = succeed('radiator');
      expect(commands).toEqual([
        'mofcomp -WMI  "-B:x64/Debug//radiator.bmf" "-depfile:x64/Debug//radiator.bmf.read" "./radiator/radiator.mof"',
        'wmimofck "-hx64/Debug//RadiatorMof.h" -m "-xx64/Debug//radiator.x" "-tx64/Debug//radiator.vbs" "-wx64/Debug//htm"  "./radiator/x64/Debug//radiator.bmf"',
      ]);
      // After mofgen, and without the items that the WDK's targets would take.
      expect(compiled).toEqual(['CL wmi.c', 'RC radiator.rc']);
      expect(output.indexOf('Target _MofgenWmimofck')).toBeLessThan(output.indexOf('CL wmi.c'));
      expect(output).toContain(
        'wmimofck: -t does differs: writes Pester tests in place of VBScript',
      );
    });

    test('has the files that the commands write by hand', () => {
      succeed('radiator');
      mofgen('compile', 'radiator/radiator.mof', '-q', '-o', 'own.bmf');
      expect(readFileSync(path('radiator/x64/Debug/radiator.bmf'))).toEqual(
        readFileSync(path('own.bmf')),
      );
      mofgen('wmimofck', '-hRadiatorMof.h', '-m', 'radiator/x64/Debug/radiator.bmf');
      const header = text('radiator/x64/Debug/RadiatorMof.h');
      expect(header).toBe(text('RadiatorMof.h'));
      expect(header).toContain('Hold_IN');
    });

    test('an item that is listed twice runs once', () => {
      expect(ran('bus')).toEqual(['mofcomp', 'wmimofck']);
      expect(ran('bus')).toEqual([]);
    });

    test('items with other metadata for one file all run', () => {
      const more = '<Wmimofck Include="$(IntDir)\\bus.bmf" />';
      const hex = more.replace(' />', '><HexdumpOutputFile>$(IntDir)bus.x</HexdumpOutputFile>');
      edit('bus/bus.vcxproj', (old) =>
        old.replace('<!-- Listed', `${more}${hex}</Wmimofck><!-- Listed`),
      );
      const { commands } = succeed('bus');
      expect(
        commands
          .map((line) => line.replace(/ +"\S*bus\.bmf"$/, ''))
          .slice(1)
          .sort(),
      ).toEqual(['wmimofck', 'wmimofck "-hx64/Debug//BusMof.h"', 'wmimofck "-xx64/Debug/bus.x"']);
      expect(ran('bus')).toEqual([]);
    });

    test('MofgenWdkItems=false leaves them to the WDK', () => {
      const { commands, compiled } = succeed('bus', '/p:MofgenWdkItems=false');
      expect(commands).toEqual([]);
      expect(compiled).toEqual(expect.arrayContaining(['WDK mofcomp bus.mof']));
    });

    test('ExcludedFromBuild leaves an item out', () => {
      edit('radiator/radiator.vcxproj', (old) =>
        old.replaceAll(
          '<WMISyntaxCheck>',
          '<ExcludedFromBuild>true</ExcludedFromBuild><WMISyntaxCheck>',
        ),
      );
      const { commands, output } = build('radiator');
      expect(commands.map((line) => line.replace(/ .*$/, ''))).toEqual(['wmimofck']);
      expect(output).toContain('radiator.bmf');
    });

    test('without CreateBinaryMOFFile the binary MOF goes into IntDir', () => {
      edit('bus/bus.vcxproj', (old) =>
        old.replace('<CreateBinaryMOFFile>$(IntDir)\\bus.bmf</CreateBinaryMOFFile>', ''),
      );
      expect(ran('bus')).toEqual(['mofcomp', 'wmimofck']);
      expect(existsSync(path('bus/x64/Debug/bus.bmf'))).toBe(true);
      expect(ran('bus')).toEqual([]);
    });

    test.each([
      ['the MOF', 'bus.mof', ['mofcomp', 'wmimofck']],
      ['the binary MOF', 'x64/Debug/bus.bmf', ['wmimofck']],
    ])('a newer file runs what depends on it: %s', (_case, name, want) => {
      succeed('bus');
      age();
      touch(`bus/${name}`);
      // mofgen does not write a file whose text is unchanged, so nothing else runs.
      const expected = name === 'bus.mof' ? want.slice(0, 1) : want;
      expect(ran('bus')).toEqual(expected);
      if (name === 'bus.mof') {
        edit('bus/bus.mof', (old) => old.replace('DebugLevel', 'Level'));
        touch('bus/bus.mof');
        expect(ran('bus')).toEqual(want);
      }
    });

    test.each([
      ['the binary MOF', 'bus.bmf', ['mofcomp', 'wmimofck']],
      ['the header', 'BusMof.h', ['wmimofck']],
    ])('a missing file is made again: %s', (_case, name, want) => {
      succeed('bus');
      rmSync(path(`bus/x64/Debug/${name}`));
      expect(ran('bus')).toEqual(want);
      expect(ran('bus')).toEqual([]);
    });

    test('an included file that changes compiles again', () => {
      edit('bus/bus.mof', (old) => `#include "level.h"\n${old}`);
      writeFileSync(path('bus/level.h'), '#define LEVEL 1\n');
      succeed('bus');
      age();
      touch('bus/level.h');
      expect(ran('bus')).toContain('mofcomp');
    });

    test('a change of metadata runs again', () => {
      succeed('bus');
      edit('bus/bus.vcxproj', (old) =>
        old.replace(
          '<CreateBinaryMOFFile>',
          '<WMISyntaxCheck>true</WMISyntaxCheck><CreateBinaryMOFFile>',
        ),
      );
      age();
      touch('bus/bus.vcxproj');
      expect(ran('bus')).toContain('mofcomp');
    });

    test('a localised MOF is split, merged and compiled, as in samples of Microsoft', () => {
      cpSync(join(root, 'samples/smart-fan/smart-fan.mof'), path('bus/fan.mof'));
      edit('bus/bus.vcxproj', (old) =>
        old.replace(
          / {4}<Mofcomp [^]*?<\/Mofcomp>/,
          [
            '<Mofcomp Include="fan.mof"><Amendment>ms_409</Amendment>',
            '<LanguageNeutralOutput>$(IntDir)MOF.MOF</LanguageNeutralOutput>',
            '<LanguageSpecificOutput>$(IntDir)MFL.MFL</LanguageSpecificOutput></Mofcomp>',
            '<Wmimofck Include="$(IntDir)bus.mof"><MOFFile>$(IntDir)MOF.MOF</MOFFile>',
            '<MFLFile>$(IntDir)MFL.MFL</MFLFile></Wmimofck>',
            '<Mofcomp Include="$(IntDir)bus.mof">',
            '<CreateBinaryMOFFile>$(IntDir)bus.bmf</CreateBinaryMOFFile></Mofcomp>',
          ].join(''),
        ),
      );
      const { commands } = succeed('bus');
      expect(commands.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
        'mofcomp "-Amendment:ms_409" "-MOF:x64/Debug/MOF.MOF" "-MFL:x64/Debug/MFL.MFL" "./bus/fan.mof"',
        'wmimofck "-yx64/Debug/MOF.MOF" "-zx64/Debug/MFL.MFL" "./bus/x64/Debug/bus.mof"',
        'mofcomp "-B:x64/Debug/bus.bmf" "-depfile:x64/Debug/bus.bmf.read" "./bus/x64/Debug/bus.mof"',
        'wmimofck "-hx64/Debug//BusMof.h" "./bus/x64/Debug//bus.bmf"',
      ]);
      expect(text('bus/x64/Debug/BusMof.h')).toContain('SmartFan');
      expect(ran('bus')).toEqual([]);
      succeed('bus', '/t:Clean');
      expect(files('bus/x64').filter((name) => !name.includes('.mofgen/'))).toEqual([
        'Debug/mofgen/commands.txt',
      ]);
    });
  });

  const files = (name: string): string[] =>
    readdirSync(path(name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(path(name).length + 1))
      .sort();

  describe('a project with a MofGen item', () => {
    const state = 'x64/Debug/mofgen/.mofgen/pump.kmdf';

    test('generates, compiles the binary MOF, and adds sources and resource', () => {
      const { commands, compiled } = succeed('pump');
      const where = '-t kmdf -o "x64/Debug/mofgen/." --user-output "./pump/."';
      expect(commands.map((line) => line.replaceAll(/ +/g, ' '))).toEqual([
        `generate --no-config "./pump/pump.mof" ${where} --list-outputs --list-owner mofgen > "${state}.outputs"`,
        `generate --no-config "./pump/pump.mof" ${where} --list-outputs --list-owner user > "${state}.yours"`,
        `generate --no-config "./pump/pump.mof" ${where} -q --diagnostics msvs --depfile "${state}.read" --depfile-format lines --stamp "${state}.stamp"`,
        `compile "./pump/pump.mof" -o "x64/Debug/mofgen/pump.bmf" -q --diagnostics msvs --stamp "${state}.bmf.stamp"`,
      ]);
      expect(compiled).toEqual([
        'CL driver.c',
        'CL pump_wmi_impl.c',
        'CL x64/Debug/mofgen/pump_wmi.c',
        'CL x64/Debug/mofgen/mofgen_wmi.c',
        'CL x64/Debug/mofgen/mofgen_wmi_pool.c',
        'CL x64/Debug/mofgen/mofgen_wmi_kmdf.c',
        'RC x64/Debug/mofgen/pump_wmi.rc',
      ]);
      expect(existsSync(path('pump/pump_wmi_impl.c'))).toBe(true);
    });

    test('touching nothing runs nothing, and compiles the same', () => {
      const first = succeed('pump');
      const second = succeed('pump');
      expect(second.commands).toEqual([]);
      expect(second.compiled).toEqual(first.compiled);
    });

    test.each([['pump/pump.mof'], ['shared/range.mof'], ['../node_modules/mofgen/package.json']])(
      'a newer %s generates again, also when no output changes, and once only',
      (name) => {
        succeed('pump');
        const header = text('pump/x64/Debug/mofgen/pump_wmi.h');
        age();
        const now = new Date();
        utimesSync(path(name), now, now);
        const list = name.endsWith('package.json') ? ['list', 'list'] : [];
        expect(ran('pump')).toEqual([...list, 'generate', 'compile']);
        expect(ran('pump')).toEqual([]);
        expect(text('pump/x64/Debug/mofgen/pump_wmi.h')).toBe(header);
      },
    );

    test.each([
      ['another target', '<Targets>kmdf', '<Targets>wdm'],
      ['a macro', '</MofGen>', '<PreprocessorDefinitions>A=1;B</PreprocessorDefinitions></MofGen>'],
      ['switches', '</MofGen>', '<AdditionalOptions>--neutral</AdditionalOptions></MofGen>'],
      ['warnings', '</MofGen>', '<TreatWarningAsError>true</TreatWarningAsError></MofGen>'],
    ])('a change of metadata runs again: %s', (_case, from, to) => {
      succeed('pump');
      age();
      edit('pump/pump.vcxproj', (old) => old.replace(from, to));
      const again = ran('pump');
      expect(again).toContain('generate');
      expect(again).toContain('compile');
      expect(ran('pump')).toEqual([]);
    });

    test('lists of folders and macros become switches', () => {
      renameSync(path('shared'), path('an other'));
      edit('pump/pump.mof', (old) => old.replace('../shared/', ''));
      edit('pump/pump.vcxproj', (old) =>
        old.replace(
          '</MofGen>',
          `<AdditionalIncludeDirectories>inc;..\\an other</AdditionalIncludeDirectories>
           <PreprocessorDefinitions>A=1;B</PreprocessorDefinitions></MofGen>`,
        ),
      );
      const { commands } = succeed('pump');
      const switches = ' -I "inc" -I "../an other" -D "A=1" -D "B" ';
      expect(commands.filter((line) => line.includes(switches))).toEqual(commands.slice(2));
      expect(ran('pump')).toEqual([]);
    });

    test.each([
      ['pump_wmi.h', 'generate'],
      ['pump.bmf', 'compile'],
      ['../../../pump_wmi_impl.c', 'generate'],
    ])('a missing %s is made again', (name, command) => {
      succeed('pump');
      rmSync(path(`pump/x64/Debug/mofgen/${name}`));
      expect(ran('pump')).toEqual([command]);
      expect(ran('pump')).toEqual([]);
    });

    test('an error stops the build at its place, as MSBuild reads it', () => {
      succeed('pump');
      age();
      edit('shared/range.mof', (old) => old.replace('uint32 Highest', 'uint33 Highest'));
      const { succeeded, output, compiled } = build('pump');
      expect(succeeded).toBe(false);
      expect(output).toMatch(/range\.mof\(6,\d+\): error MOF\d{4}: /);
      expect(compiled).toEqual([]);
      // The stamp is as old as before.
      expect(build('pump').succeeded).toBe(false);
    });

    test('cleaning removes what mofgen wrote and its state, and keeps your file', () => {
      succeed('pump');
      succeed('pump', '/t:Clean');
      expect(files('pump/x64')).toEqual(['Debug/mofgen/commands.txt']);
      expect(existsSync(path('pump/pump_wmi_impl.c'))).toBe(true);
      expect(ran('pump')).toEqual(['list', 'list', 'generate', 'compile']);
    });

    test.each([['a first time'], ['again']])('a rebuild, %s, compiles all', (when) => {
      if (when === 'again') succeed('pump');
      const { compiled, commands } = succeed('pump', '/t:Rebuild');
      expect(compiled).toHaveLength(7);
      expect(commands).toHaveLength(4);
      expect(ran('pump')).toEqual([]);
    });

    test('MOF files of one project share the core, and one that changes leaves the other alone', () => {
      writeFileSync(path('pump/valve.mof'), smallMof('Valve'));
      edit('pump/pump.vcxproj', (old) =>
        old.replace('<MofGen ', '<MofGen Include="valve.mof" />\n<MofGen '),
      );
      const { compiled } = succeed('pump');
      expect(compiled.filter((step) => step.includes('mofgen_wmi.c'))).toHaveLength(1);
      expect(compiled).toContain('CL x64/Debug/mofgen/valve_wmi.c');
      age();
      touch('pump/valve.mof');
      const { commands } = succeed('pump');
      expect(commands.map((line) => line.replace(/\.mof.*$/, ''))).toEqual([
        'generate --no-config "./pump/valve',
        'compile "./pump/valve',
      ]);
    });

    test.each([
      ['spaces', 'my pump.mof'],
      ['what MSBuild escapes', "b's (a) & c.mof"],
    ])('a name with %s', (_case, name) => {
      renameSync(path('pump/pump.mof'), path(`pump/${name}`));
      const include = name.replaceAll('&', '&amp;').replaceAll('(', '%28');
      edit('pump/pump.vcxproj', (old) =>
        old
          .replace('"pump.mof"', `"${include}"`)
          .replace('<ClCompile Include="driver.c" />', '')
          .replace('<ClCompile Include="pump_wmi_impl.c" />', ''),
      );
      const { compiled } = succeed('pump');
      expect(compiled).toContain(`CL x64/Debug/mofgen/${name.replace('.mof', '_wmi.c')}`);
      expect(ran('pump')).toEqual([]);
    });

    test('without a binary MOF there is no step for it', () => {
      edit('pump/pump.vcxproj', (old) =>
        old.replace('</MofGen>', '<BinaryMof>false</BinaryMof></MofGen>'),
      );
      expect(ran('pump')).toEqual(['list', 'list', 'generate']);
    });

    test('the folders are those of the metadata', () => {
      edit('pump/pump.vcxproj', (old) =>
        old
          .replace('<ClCompile Include="pump_wmi_impl.c" />', '')
          .replace(
            '</MofGen>',
            '<OutputDirectory>gen</OutputDirectory><UserOutputDirectory>src</UserOutputDirectory></MofGen>',
          ),
      );
      const { compiled } = succeed('pump');
      expect(compiled).toEqual(
        expect.arrayContaining(['CL gen/pump_wmi.c', 'CL src/pump_wmi_impl.c']),
      );
      expect(ran('pump')).toEqual([]);
    });

    test('another program can be chosen', () => {
      const tool = path('my tool');
      const cli = join(root, 'dist/cli.cjs');
      writeFileSync(tool, `#!/bin/sh\nexec node '${cli}' "$@"\n`, { mode: 0o755 });
      expect(ran('pump', `/p:MofgenExe=${tool}`)).toEqual(['list', 'list', 'generate', 'compile']);
      age();
      const now = new Date();
      utimesSync(tool, now, now);
      expect(ran('pump', `/p:MofgenExe=${tool}`)).toContain('generate');
    });

    test('the logs of Visual Studio have the full paths of the files that were read and written', () => {
      succeed('pump');
      const log = (kind: string) =>
        text(`pump/x64/Debug/pump.tlog/mofgen.${kind}.1u.tlog`).trimEnd();
      expect(log('read').split('\n')).toEqual([
        `^${path('pump/pump.mof')}`,
        path('pump/pump.mof'),
        expect.stringMatching(/shared\/range\.mof$/),
      ]);
      expect(log('write').split('\n')).toEqual(
        expect.arrayContaining([
          `^${path('pump/pump.mof')}`,
          path('pump/x64/Debug/mofgen/pump_wmi.h'),
          path('pump/x64/Debug/mofgen/pump.bmf'),
        ]),
      );
    });
  });
});

describe('what xbuild does not read', () => {
  const targets = readFileSync('msbuild/mofgen.targets', 'utf8');
  const props = readFileSync('msbuild/mofgen.props', 'utf8');
  const page = readFileSync('docs/msbuild.md', 'utf8');
  const names = (pattern: RegExp, from: string) =>
    new Set(Array.from(from.matchAll(pattern), ([, name = '']) => name));

  test.each(['ClCompile', 'ResourceCompile'])('%s finds what is generated', (type) => {
    const [, groups = ''] =
      /<ItemDefinitionGroup>([^]*)<\/ItemDefinitionGroup>/.exec(targets) ?? [];
    const [, metadata = ''] = new RegExp(`<${type}>([^]*)</${type}>`).exec(groups) ?? [];
    expect(metadata.trim()).toBe(
      '<AdditionalIncludeDirectories>$(MofgenOutputDirectory);%(AdditionalIncludeDirectories)</AdditionalIncludeDirectories>',
    );
  });

  test('a metadata name without its item type is one that all items of the target have', () => {
    // MSBuild stops (MSB4096) where an item does not define it.
    const bare = names(/%\((\w+)\)/g, targets.replaceAll(/@\([^)]*->'[^']*'/g, ''));
    expect([...bare].sort()).toEqual(['AdditionalIncludeDirectories', 'MofgenState']);
  });

  test('every property that is read is set in these files, or is MSBuild’s or Visual Studio’s', () => {
    const both = `${props}${targets}`;
    const read = names(/\$\((\w+)[).]/g, both);
    const set = names(/<(\w+)(?: Condition="[^"]*")?>/g, both);
    const outputs = names(/PropertyName="(\w+)"/g, both);
    const theirs = [...read].filter((name) => !set.has(name) && !outputs.has(name));
    expect(theirs.sort()).toEqual([
      'IntDir',
      'MSBuildProjectDirectory',
      'MSBuildThisFileDirectory',
      'MofgenExe',
      'OS',
      'TLogLocation',
    ]);
  });

  test('docs/msbuild.md has every property that a project may set, and all metadata', () => {
    const properties = names(/Condition="'\$\((Mofgen\w+)\)' == ''/g, `${props}${targets}`);
    const metadata = names(/'%\(Mof[Gg]en(?:Mofcomp|Wmimofck)?\.(\w+)\)'/g, targets);
    const missing = [...properties, ...metadata].filter((name) => !page.includes(`\`${name}\``));
    expect(missing.filter((name) => name !== 'MofgenState')).toEqual([]);
    expect(properties.size).toBeGreaterThan(5);
    expect(metadata.size).toBeGreaterThan(10);
  });
});
