// The tests of the C core reach nearly all of its lines and branches, as gcov counts them.
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, startHostBuild } from '../c/host.js';
import { thoroughCompilers, run } from '../c/toolchain.js';
import {
  BLOCKS_TOPICS,
  blocksSources,
  compileObjects,
  CORE_TOPICS,
  coreSource,
  KMDF_TOPICS,
  kmdfSource,
  NDIS_TOPICS,
  ndisSource,
  poolSource,
  testSources,
} from './core-build.js';
import { type Coverage, expectCovered, gcov } from './gcov.js';

/** Two programs, one for each kind of memory. */
const PROGRAMS = [
  {
    program: 'pool',
    tests: testSources([...CORE_TOPICS, ...KMDF_TOPICS]),
    cores: [coreSource, poolSource, kmdfSource],
  },
  {
    program: 'caller',
    tests: testSources([...BLOCKS_TOPICS, ...NDIS_TOPICS]),
    cores: [coreSource, ...blocksSources, ndisSource],
  },
];
const CORES = [...new Set(PROGRAMS.flatMap(({ cores }) => cores))];
const FLAGS = ['-fshort-wchar', '-pthread', '-g', '-O0'];

/** The object that `compileObjects` makes of a source. */
const object = ({ folder }: HostBuild, file: string): string =>
  join(folder, `${basename(file, '.c')}.o`);

const available = thoroughCompilers('coverage of the C core', ['gcc']);

describe.runIf(available.length > 0)('coverage', () => {
  let build: HostBuild;
  const found = new Map<string, Coverage>();
  beforeAll(async () => {
    build = await startHostBuild('gcc', FLAGS);
    const tests = [...new Set(PROGRAMS.flatMap((each) => each.tests))];
    await Promise.all([
      compileObjects(build, tests, FLAGS),
      compileObjects(build, CORES, [...FLAGS, '--coverage']),
    ]);
    for (const { program, ...parts } of PROGRAMS) {
      const sources = [...parts.tests, ...parts.cores].map((file) => object(build, file));
      const built = await build.build(program, { sources, flags: ['--coverage'] });
      expect(built.output).toBe('');
      const ran = await run(built.path, [], { cwd: build.folder });
      expect(ran.status, ran.output).toBe(0);
    }
    for (const [file, coverage] of await gcov(
      build.folder,
      CORES.map((file) => basename(file, '.c')),
    )) {
      found.set(file, coverage);
    }
  });
  afterAll(() => {
    build.remove();
  });

  test.each(CORES.map((file) => basename(file)))('%s', (file) => {
    const coverage = found.get(file);
    if (coverage === undefined) throw new Error(`gcov knows no ${file}`);
    expectCovered(file, coverage);
  });
});
