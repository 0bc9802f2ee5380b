/**
 * Recognizes the build systems of a folder, and the likely targets of its MOF files, from names and a few words of project files.
 */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { systemCode } from './failures.js';
import { filesMatching } from './patterns.js';

export const BUILD_SYSTEMS = ['package.json', 'CMakeLists.txt', 'meson.build', '.vcxproj'] as const;
export type BuildSystem = (typeof BUILD_SYSTEMS)[number];

export interface Repository {
  /** The MOF files, relative to the folder. */
  readonly mofs: readonly string[];
  /** The file of each build system, relative to the folder; every project of Visual Studio. */
  readonly builds: readonly { readonly system: BuildSystem; readonly file: string }[];
  /** In the order of their evidence. */
  readonly targets: readonly string[];
}

export function lookAt(folder: string): Repository {
  const projects = filesMatching('**/*.vcxproj', folder);
  const builds = BUILD_SYSTEMS.flatMap((system) => {
    const files =
      system === '.vcxproj' ? projects : existsSync(resolve(folder, system)) ? [system] : [];
    return files.map((file) => ({ system, file }));
  });
  const targets = new Set(
    builds.flatMap(({ system, file }) => targetOf(system, textOf(resolve(folder, file)))),
  );
  return { mofs: filesMatching('**/*.mof', folder), builds, targets: [...targets] };
}

/** Patterns in project files, each with the target that it suggests. */
const EVIDENCE: readonly (readonly [RegExp, string])[] = [
  [/\b(?:storport|scsiport)\b/i, 'scsiwmi'],
  [/\bndis\.lib\b|\bndis6\d+\b|NDIS_MINIPORT_DRIVER/i, 'ndis'],
  [
    /<DriverType>\s*KMDF|\bKMDF_VERSION\b|\bwdf(?:driverentry|ldr)\b|find_package\s*\(\s*wdk\b/i,
    'kmdf',
  ],
  [/<DriverType>\s*WDM|\bwmilib\b|\bntoskrnl\b/i, 'wdm'],
];

function targetOf(system: BuildSystem, text: string): string {
  if (system === 'package.json') return 'ts';
  return EVIDENCE.find(([words]) => words.test(text))?.[1] ?? 'header';
}

/** Far beyond any project file, which has kilobytes. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Project files of Visual Studio may be UTF-16; without its NUL bytes the words are the same. */
function textOf(path: string): string {
  try {
    if (statSync(path).size > MAX_BYTES) return '';
    return readFileSync(path, 'latin1').replaceAll('\0', '');
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return '';
  }
}
