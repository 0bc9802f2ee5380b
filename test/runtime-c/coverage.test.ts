// The tests of the C core reach nearly all of its lines and branches, as gcov counts them.
import { basename } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, startHostBuild } from '../c/host.js';
import { availableCompilers, run } from '../c/toolchain.js';
import {
  compileObjects,
  CORE_TOPICS,
  coreSource,
  KMDF_TOPICS,
  kmdfSource,
  poolSource,
  testSources,
} from './core-build.js';
import { type Coverage, expectCovered, gcov } from './gcov.js';

const CORES = [coreSource, poolSource, kmdfSource];
const FLAGS = ['-fshort-wchar', '-pthread', '-g', '-O0'];

const available = availableCompilers('coverage of the C core', ['gcc']);

describe.runIf(available.length > 0)('coverage', () => {
  let build: HostBuild;
  const found = new Map<string, Coverage>();
  beforeAll(async () => {
    build = await startHostBuild('gcc', FLAGS);
    const [tests, cores] = await Promise.all([
      compileObjects(build, testSources([...CORE_TOPICS, ...KMDF_TOPICS]), FLAGS),
      compileObjects(build, CORES, [...FLAGS, '--coverage']),
    ]);
    const program = await build.build('all', {
      sources: [...tests, ...cores],
      flags: ['--coverage'],
    });
    expect(program.output).toBe('');
    const ran = await run(program.path, [], { cwd: build.folder });
    expect(ran.status, ran.output).toBe(0);
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
