// Builds and runs the C tests of the C core, one program's topics after another, on the host harness under sanitizers.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, startHostBuild } from '../c/host.js';
import {
  availableCompilers,
  compilerWith,
  type CompilerName,
  run,
  sanitizerEnvironment,
} from '../c/toolchain.js';
import {
  BLOCKS_TOPICS,
  blocksSources,
  CORE_TOPICS,
  coreDefines,
  coreIncludes,
  coreSource,
  KMDF_TOPICS,
  kmdfSource,
  NDIS_TOPICS,
  ndisSource,
  poolSource,
  testNames,
  testSources,
} from './core-build.js';

const compilers = availableCompilers('tests of the C core', ['gcc', 'clang']).filter(
  (name) => compilerWith('sanitizers', 'tests of the C core', [name]) !== undefined,
);

const PROGRAMS = [
  { program: 'core', topics: CORE_TOPICS, sources: [coreSource, poolSource] },
  { program: 'kmdf', topics: KMDF_TOPICS, sources: [coreSource, poolSource, kmdfSource] },
  { program: 'blocks', topics: BLOCKS_TOPICS, sources: [coreSource, ...blocksSources] },
  { program: 'ndis', topics: NDIS_TOPICS, sources: [coreSource, ...blocksSources, ndisSource] },
];

test.skipIf(compilers.length === 0)('there is a compiler', () => {
  expect(compilers).not.toEqual([]);
});

describe.each(compilers)('%s', (compiler: CompilerName) => {
  let build: HostBuild;
  beforeAll(async () => {
    build = await startHostBuild(compiler);
    const built = await Promise.all(
      PROGRAMS.map(({ program, topics, sources }) =>
        build.build(program, {
          sources: [...testSources(topics), ...sources],
          includes: coreIncludes,
          defines: coreDefines,
        }),
      ),
    );
    for (const { output, status } of built)
      expect({ output, status }).toEqual({ output: '', status: 0 });
  });
  afterAll(() => {
    build.remove();
  });

  describe.each(PROGRAMS)('$program', ({ program, topics }) => {
    test.each(topics)('%s', async (topic) => {
      const names = testNames(topic);
      expect(names).not.toEqual([]);
      const outcome = await run(join(build.folder, program), names, {
        env: sanitizerEnvironment(compiler),
      });
      expect(outcome).toEqual({ status: 0, output: names.map((name) => `${name}\n`).join('') });
    });
  });
});
