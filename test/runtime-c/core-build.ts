// Building the tests of the C core: which files belong together, and with what they are compiled; knows no test.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type HostBuild, hostIncludes } from '../c/host.js';
import { compile } from '../c/toolchain.js';

export const testFolder = import.meta.dirname;
export const runtimeFolder = join(testFolder, '../../src/runtime-c');

export const coreHeader = join(runtimeFolder, 'mofgen_wmi.h');
export const coreSource = join(runtimeFolder, 'mofgen_wmi.c');
export const poolHeader = join(runtimeFolder, 'mofgen_wmi_pool.h');
export const poolSource = join(runtimeFolder, 'mofgen_wmi_pool.c');
export const kmdfSource = join(runtimeFolder, 'mofgen_wmi_kmdf.c');

/** A limit that tests reach without 64 MB. */
export const coreDefines = ['MOFGEN_MAX_REQUEST_BYTES=0x10000'];

export const coreIncludes = [runtimeFolder];

/** The topics of the core's tests; each is a file. */
export const CORE_TOPICS = [
  'memory',
  'requests',
  'reader',
  'strings',
  'arrays',
  'elements',
  'writer',
  'stored',
];
export const KMDF_TOPICS = ['kmdf'];

/** What tests share. */
export const TEST_PARTS = ['records', 'tests'];

/** What a program of these topics is made of, the core aside. */
export function testSources(topics: readonly string[]): string[] {
  return ['main', ...topics, ...TEST_PARTS].map((name) => join(testFolder, `${name}.c`));
}

/** The names of the tests of a topic, in their order. */
export function testNames(topic: string): string[] {
  const text = readFileSync(join(testFolder, `${topic}.c`), 'utf8');
  return [...text.matchAll(/^TEST\((\w+)\)$/gm)].map(([, name = '']) => name);
}

/** Compiles sources into objects in the build's folder. Throws when that gives so much as a warning. */
export async function compileObjects(
  build: HostBuild,
  sources: readonly string[],
  flags: readonly string[],
): Promise<string[]> {
  return Promise.all(
    sources.map(async (file) => {
      const output = join(build.folder, `${basename(file, '.c')}.o`);
      const made = await compile({
        compiler: build.compiler,
        files: [file],
        includes: [...hostIncludes, ...coreIncludes],
        defines: coreDefines,
        flags: [...flags, '-c'],
        output,
        cwd: build.folder,
      });
      if (made.status !== 0 || made.output !== '') throw new Error(`${file}\n${made.output}`);
      return output;
    }),
  );
}
