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
  testSources,
} from './core-build.js';

const LEAST_PERCENT = 95;
const FLAGS = ['-fshort-wchar', '-pthread', '-g', '-O0'];

/** What `gcov --json-format` says of a file, as far as it is used here. */
interface GcovFile {
  readonly file: string;
  readonly lines: readonly {
    readonly line_number: number;
    readonly count: number;
    readonly branches: readonly { readonly count: number }[];
  }[];
}

interface Coverage {
  readonly lines: number;
  readonly branches: number;
  /** The lines that were not reached, and those with a branch that was not taken. */
  readonly missing: readonly number[];
}

const percent = (counts: readonly number[]) =>
  (100 * counts.filter((count) => count > 0).length) / counts.length;

function coverageOf({ lines }: GcovFile): Coverage {
  const branches = lines.flatMap((line) => line.branches.map(({ count }) => count));
  return {
    lines: percent(lines.map(({ count }) => count)),
    branches: percent(branches),
    missing: lines
      .filter((line) => line.count === 0 || line.branches.some(({ count }) => count === 0))
      .map((line) => line.line_number),
  };
}

const available = availableCompilers('coverage of the C core', ['gcc']);

describe.runIf(available.length > 0)('coverage', () => {
  let build: HostBuild;
  const found = new Map<string, Coverage>();
  beforeAll(async () => {
    build = await startHostBuild('gcc', FLAGS);
    const [tests, cores] = await Promise.all([
      compileObjects(build, testSources([...CORE_TOPICS, ...KMDF_TOPICS]), FLAGS),
      compileObjects(build, [coreSource, kmdfSource], [...FLAGS, '--coverage']),
    ]);
    const program = await build.build('all', {
      sources: [...tests, ...cores],
      flags: ['--coverage'],
    });
    expect(program.output).toBe('');
    const ran = await run(program.path, [], { cwd: build.folder });
    expect(ran.status, ran.output).toBe(0);
    const gcov = await run(
      'gcov',
      ['--json-format', '--stdout', '--branch-probabilities', 'mofgen_wmi', 'mofgen_wmi_kmdf'],
      { cwd: build.folder },
    );
    expect(gcov.status, gcov.output).toBe(0);
    // One document for each object.
    for (const document of gcov.output.trim().split('\n')) {
      const { files } = JSON.parse(document) as { files: readonly GcovFile[] };
      for (const file of files) found.set(basename(file.file), coverageOf(file));
    }
  });
  afterAll(() => {
    build.remove();
  });

  test.each([coreSource, kmdfSource].map((file) => basename(file)))('%s', (file) => {
    const coverage = found.get(file);
    if (coverage === undefined) throw new Error(`gcov knows no ${file}`);
    const { lines, branches, missing } = coverage;
    console.log(
      `${file}: ${lines.toFixed(1)} % of the lines, ${branches.toFixed(1)} % of the branches; missing: ${missing.join(', ') || 'none'}`,
    );
    expect(lines).toBeGreaterThanOrEqual(LEAST_PERCENT);
    expect(branches).toBeGreaterThanOrEqual(LEAST_PERCENT);
  });
});
