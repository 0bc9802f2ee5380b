/** The lines to add to build files, so that a build runs mofgen. */
import { posix } from 'node:path';
import { type RunTarget } from './emission.js';
import { type BuildSystem } from './repository.js';
import { baseName } from '../emit.js';
import { msbuildText } from '../targets/msbuild-text.js';

interface Situation {
  /** The MOF files relative to the folder of the configuration, printable. */
  readonly mofs: readonly string[];
  readonly targets: readonly RunTarget[];
  /** The folder of the user's own files, relative to the same folder; `undefined` where it differs by MOF. */
  readonly userFolder: string | undefined;
}

/** The lines to add to one file. */
export function adviceFor(system: BuildSystem, file: string, situation: Situation): string[] {
  switch (system) {
    case 'package.json':
      return [ofPackage()];
    case 'CMakeLists.txt':
      return ofCmake(situation);
    case 'meson.build':
      return ofMeson(situation);
    case '.vcxproj':
      return ofMsbuild(file, situation);
    default:
      return system satisfies never;
  }
}

function ofPackage(): string {
  return `Run: npm install --save-dev mofgen

Add to "scripts" in package.json:

  "gen": "mofgen",
  "gen:check": "mofgen --check"`;
}

function ofCmake({ mofs, targets, userFolder }: Situation): string[] {
  const c = namesOf(cTargets(targets));
  if (c.length === 0) return [];
  const yours =
    userFolder !== undefined && haveUserFile(cTargets(targets))
      ? ` USER_OUTPUT ${quoted(userFolder)}`
      : '';
  const calls = mofs.map(
    (mof) =>
      `  mofgen_add(TARGET <the target of the driver> MOF ${quoted(mof)} TARGETS ${c.join(' ')}${yours})`,
  );
  return [
    `Copy node_modules/mofgen/samples/repos/cmake/cmake/Mofgen.cmake to cmake/, and add to CMakeLists.txt:

  include(cmake/Mofgen.cmake)
${calls.join('\n')}`,
  ];
}

/** An argument of a CMake command. */
function quoted(name: string): string {
  return /[\s"#();$\\]/.test(name) ? `"${name.replaceAll(/["$\\]/g, String.raw`\$&`)}"` : name;
}

/** One custom target for all MOF files of a folder: no two may have an output in common, such as the core. */
function ofMeson({ mofs, targets, userFolder = '.' }: Situation): string[] {
  const c = cTargets(targets);
  if (c.length === 0) return [];
  return mesonFolders(mofs).map(({ folder, names }, index) => {
    const files = names.flatMap((name) => {
      const base = baseName(posix.basename(name));
      return c.flatMap((target) => target.fileNames(base));
    });
    const outputs = new Set(
      files.filter(({ owner }) => owner === 'mofgen').map(({ name }) => name),
    );
    const yours =
      haveUserFile(c) && userFolder !== '.'
        ? `meson.project_source_root() / ${mesonText(userFolder)}`
        : 'meson.current_source_dir()';
    const [variable, subdir] =
      folder === ''
        ? ['wmi', '']
        : [`wmi${index + 1}`, `, subdir(${mesonText(folder)}) to meson.build`];
    return `Add to ${posix.join(folder, 'meson.build')}${subdir}, and ${variable} to the sources of the driver:

  mofgen = find_program('mofgen', dirs: meson.project_source_root() / 'node_modules/.bin')
  ${variable} = custom_target(
    'wmi',
    input: [${names.map(mesonText).join(', ')}],
    output: [${[...outputs].map(mesonText).join(', ')}],
    depfile: 'wmi.d',
    command: [mofgen, '--no-config', '@INPUT@', '-t', ${mesonText(namesOf(c).join(','))}, '-o', '@OUTDIR@',
      '--user-output', ${yours}, '--depfile', '@DEPFILE@', '-q'],
  )`;
  });
}

/** The MOF files by the folder whose meson.build names them: outputs lie in its build folder, so two of one name need two. */
function mesonFolders(mofs: readonly string[]) {
  const paths = mofs.map((mof) => posix.normalize(mof.replaceAll('\\', '/')));
  const bases = new Set(paths.map((path) => posix.basename(path).toLowerCase()));
  if (bases.size === paths.length) return [{ folder: '', names: paths }];
  const folders = [...new Set(paths.map((path) => posix.dirname(path)))];
  return folders.map((folder) => ({
    folder,
    names: paths
      .filter((path) => posix.dirname(path) === folder)
      .map((path) => posix.basename(path)),
  }));
}

function mesonText(text: string): string {
  return `'${text.replaceAll(/['\\]/g, String.raw`\$&`)}'`;
}

function ofMsbuild(file: string, { mofs, targets, userFolder }: Situation): string[] {
  const c = namesOf(cTargets(targets));
  if (c.length === 0) return [];
  const folder = posix.dirname(file.replaceAll('\\', '/'));
  const fromProject = (path: string) =>
    msbuildText(posix.relative(folder, path).replaceAll('/', '\\'));
  const yours =
    userFolder !== undefined && haveUserFile(cTargets(targets))
      ? `\n      <UserOutputDirectory>$(MSBuildProjectDirectory)\\${fromProject(userFolder)}</UserOutputDirectory>`
      : '';
  const items = mofs.map(
    (mof) => `    <MofGen Include="${fromProject(mof)}">
      <Targets>${c.join(',')}</Targets>${yours}
    </MofGen>`,
  );
  return [
    `Run: npm install mofgen

Add to ${file}, after the import of Microsoft.Cpp.targets:

  <ItemGroup>
${items.join('\n')}
  </ItemGroup>
  <Import Project="${fromProject('node_modules/mofgen/msbuild/mofgen.targets')}" />`,
  ];
}

/** Targets in C: they emit a header. */
function cTargets(targets: readonly RunTarget[]): readonly RunTarget[] {
  return targets.filter((target) =>
    target.fileNames('any').some(({ name }) => name.endsWith('.h')),
  );
}

function haveUserFile(targets: readonly RunTarget[]): boolean {
  return targets.some((target) => target.fileNames('any').some(({ owner }) => owner === 'user'));
}

function namesOf(targets: readonly RunTarget[]): string[] {
  return targets.map(({ name }) => name);
}
