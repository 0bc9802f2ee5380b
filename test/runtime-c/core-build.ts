// Builds the tests of the C core: which files belong together, and how they are compiled.
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { type HostBuild, hostIncludes } from '../c/host.js';
import { compileObject } from '../c/toolchain.js';

export const testFolder = import.meta.dirname;
export const runtimeFolder = join(testFolder, '../../src/runtime-c');

export const coreHeader = join(runtimeFolder, 'mofgen_wmi.h');
export const coreSource = join(runtimeFolder, 'mofgen_wmi.c');
export const poolHeader = join(runtimeFolder, 'mofgen_wmi_pool.h');
export const poolSource = join(runtimeFolder, 'mofgen_wmi_pool.c');
export const kmdfSource = join(runtimeFolder, 'mofgen_wmi_kmdf.c');

/** Blocks without a transport, whose memory is not pool: not for the same program as the pool. */
export const blocksSources = ['arena', 'blocks'].map((part) =>
  join(runtimeFolder, `mofgen_wmi_${part}.c`),
);
export const ndisSource = join(runtimeFolder, 'mofgen_wmi_ndis.c');
export const blocksHeaders = blocksSources.map((file) => file.replace(/\.c$/, '.h'));

/** A limit that tests can reach with less than 64 MB. */
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
export const BLOCKS_TOPICS = ['arena', 'blocks'];
export const NDIS_TOPICS = ['ndis'];

const CALLER_MEMORY_TOPICS: readonly string[] = [...BLOCKS_TOPICS, ...NDIS_TOPICS];

/** Files that all tests need. */
export const TEST_PARTS = ['records', 'expect', 'tests'];

/** The files of a program with these topics, without the core. */
export function testSources(topics: readonly string[]): string[] {
  const hasPool = !topics.every((topic) => CALLER_MEMORY_TOPICS.includes(topic));
  const parts = TEST_PARTS.filter((part) => hasPool || part !== 'tests');
  return ['main', ...topics, ...parts].map((name) => join(testFolder, `${name}.c`));
}

/** The names of the tests of a topic, in their order. */
export function testNames(topic: string): string[] {
  const text = readFileSync(join(testFolder, `${topic}.c`), 'utf8');
  return [...text.matchAll(/^TEST\((\w+)\)$/gm)].map(([, name = '']) => name);
}

/** Compiles sources into objects in the build's folder. Throws on any warning. */
export async function compileObjects(
  build: HostBuild,
  sources: readonly string[],
  flags: readonly string[],
): Promise<string[]> {
  return Promise.all(
    sources.map((file) =>
      compileObject({
        compiler: build.compiler,
        file,
        includes: [...hostIncludes, ...coreIncludes],
        defines: coreDefines,
        flags,
        output: join(build.folder, `${basename(file, '.c')}.o`),
        cwd: build.folder,
      }),
    ),
  );
}
