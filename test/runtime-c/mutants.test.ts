// The tests of the C core fail for every mutant of it, except for mutants that do the same as the original, each with the reason.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, hostFlags, startHostBuild } from '../c/host.js';
import { compilerWith, run, sanitizerEnvironment } from '../c/toolchain.js';
import { runsThoroughly } from '../effort.js';
import {
  BLOCKS_TOPICS,
  blocksHeaders,
  blocksSources,
  compileObjects,
  CORE_TOPICS,
  coreDefines,
  coreHeader,
  coreIncludes,
  coreSource,
  NDIS_TOPICS,
  ndisSource,
  poolHeader,
  poolSource,
  testSources,
} from './core-build.js';
import { type Mutant, mutantsOf } from './mutants.js';

/** A mutant that does the same as the original, by its line, and why. */
interface Equivalent {
  readonly after: string;
  readonly reason: string;
}

const EQUIVALENT_IN_POOL: readonly Equivalent[] = [
  {
    after:
      'return Count >= MAXULONG ? NULL : MofgenMemoryAllocate(&Request->Memory, Count * ElementSize);',
    reason: 'MAXULONG elements are more than the memory of a request, which is NULL as well',
  },
  {
    after:
      'return NT_SUCCESS(Reader->Status) && start < Reader->Size ? (Reader->Size - start) / ElementSize : 0;',
    reason: 'at the end of the data there is room for no element either way',
  },
  {
    after: 'larger = larger <= Count ? larger : Count;',
    reason: 'the smaller of two equal numbers is either',
  },
];

const EQUIVALENT_IN_BLOCKS: readonly Equivalent[] = [
  {
    after: 'whole = whole <= Memory->Size ? whole : Memory->Size;',
    reason: 'the smaller of two equal numbers is either',
  },
  {
    after:
      'return NewSize < whole || MofgenMemoryAllocate(Memory, NewSize - whole) != NULL ? Old : NULL;',
    reason: 'no bytes are always there',
  },
  {
    after: 'room = Buffer != NULL && start <= BufferSize ? BufferSize - (ULONG)start : 0;',
    reason: 'at the end of the buffer there is no room either way',
  },
  {
    after:
      'status = MofgenBlockQuery(&call, room, room >= 0 ? Buffer + (ULONG)start : NULL, &used);',
    reason: 'a buffer without room is not touched, whatever its address',
  },
  {
    after: 'else if (room >= 0 && used > 0)',
    reason: 'an answer that fits has room',
  },
];

/** Files of the core with the tests that have to fail for their mutants. */
interface Suite {
  readonly suite: string;
  readonly topics: readonly string[];
  /** Those that are changed. */
  readonly sources: readonly string[];
  readonly headers: readonly string[];
  /** Others that belong to the program. */
  readonly unchanged: readonly string[];
  readonly equivalent: readonly Equivalent[];
  readonly least: { readonly sources: number; readonly headers: number };
}

const SUITES: readonly Suite[] = [
  {
    suite: 'the core with pool',
    topics: CORE_TOPICS,
    sources: [coreSource, poolSource],
    headers: [coreHeader, poolHeader],
    unchanged: [],
    equivalent: EQUIVALENT_IN_POOL,
    least: { sources: 100, headers: 6 },
  },
  {
    suite: 'blocks',
    topics: BLOCKS_TOPICS,
    sources: blocksSources,
    headers: blocksHeaders,
    unchanged: [coreSource],
    equivalent: EQUIVALENT_IN_BLOCKS,
    least: { sources: 50, headers: 2 },
  },
  {
    suite: 'NDIS',
    topics: NDIS_TOPICS,
    sources: [ndisSource],
    headers: [],
    unchanged: [coreSource, ...blocksSources],
    equivalent: [],
    least: { sources: 19, headers: 0 },
  },
];

/** A text of one of the core's files. */
interface MutantOf {
  readonly file: string;
  readonly text: string;
}

function mutantsOfFile(file: string): (Mutant & MutantOf)[] {
  return mutantsOf(readFileSync(file, 'utf8')).map((mutant) => ({ ...mutant, file }));
}

/** Only an endless loop takes longer. */
const MILLISECONDS = 20_000;

const compiler = compilerWith('sanitizers', 'mutants of the C core', ['gcc', 'clang']);

test.each([
  ['a < b;', ['a <= b;']],
  ['a <= b;', ['a < b;']],
  ['a > b;', ['a >= b;']],
  ['a >= b;', ['a > b;']],
  ['a == 0;', ['a != 0;']],
  ['a != 0;', ['a == 0;']],
  ['a && b || c;', ['a || b || c;', 'a && b && c;']],
  ['a + 1 - 1;', ['a + 0 - 1;', 'a + 1 - 0;']],
  ['a += 1, a++, a << 1, a >> 1, a->b, a + 10, a - x;', []],
  ['// a < b', []],
  ['/* a < b */ "a < b"', []],
  ["#if a < b\n'<';", []],
  ['_When_(a != NULL, _In_) VOID *b;', []],
])('the mutants of %s', (text, lines) => {
  expect(mutantsOf(text).map(({ after }) => after)).toEqual(lines);
});

const isRun = compiler !== undefined && runsThoroughly('mutants of the C core');

describe.runIf(isRun).each(SUITES)('mutants of $suite', (suite) => {
  const { topics, sources, headers, unchanged, equivalent, least } = suite;
  let build: HostBuild;
  let tests: string[];
  beforeAll(async () => {
    if (compiler === undefined) return;
    build = await startHostBuild(compiler);
    tests = await compileObjects(build, [...testSources(topics), ...unchanged], hostFlags);
  });
  afterAll(() => {
    build.remove();
  });

  /** Whether the tests pass as a program of these parts. */
  async function pass(name: string, parts: readonly string[], includes: readonly string[]) {
    const built = await build.build(name, {
      sources: parts,
      includes: [...includes, ...coreIncludes],
      defines: coreDefines,
      flags: ['-O0', '-g0', '-w'],
    });
    if (built.status !== 0) return false;
    const { status } = await run(built.path, [], {
      // The harness counts live blocks; leak detection would take longer than the tests.
      env: { ...sanitizerEnvironment(build.compiler), ASAN_OPTIONS: 'detect_leaks=0' },
      timeout: MILLISECONDS,
    });
    return status === 0;
  }

  /** Whether the tests pass with this text in the place of one of the files. */
  async function survives(name: string, { file, text }: MutantOf): Promise<boolean> {
    const source = join(build.folder, `${name}.c`);
    writeFileSync(source, text);
    const others = sources.filter((each) => each !== file);
    return pass(name, [source, ...others, ...tests], []);
  }

  /** Whether they pass with this text as a header, whose inline functions are compiled into the tests too. */
  async function headerSurvives(name: string, { file, text }: MutantOf): Promise<boolean> {
    const folder = join(build.folder, `${name}-files`);
    mkdirSync(folder);
    // A file includes those of its own folder first.
    for (const each of [...sources, ...headers]) copyFileSync(each, join(folder, basename(each)));
    writeFileSync(join(folder, basename(file)), text);
    const changed = sources.map((each) => join(folder, basename(each)));
    return pass(name, [...changed, ...unchanged, ...testSources(topics)], [folder]);
  }

  test('all of the headers are caught', { timeout: 900_000 }, async () => {
    for (const file of headers) {
      const original = { file, text: readFileSync(file, 'utf8') };
      expect(await headerSurvives(basename(file, '.h'), original), 'it passes').toBe(true);
    }
    const mutants = headers.flatMap(mutantsOfFile);
    expect(mutants.length).toBeGreaterThanOrEqual(least.headers);
    const survivors: string[] = [];
    for (const [index, mutant] of mutants.entries()) {
      if (await headerSurvives(`header-${index}`, mutant))
        survivors.push(`${mutant.line}: ${mutant.before}  ->  ${mutant.after}`);
    }
    expect(survivors).toEqual([]);
    console.log(`${mutants.length} of ${mutants.length} mutants of the headers are caught`);
  });

  test('all are caught', { timeout: 900_000 }, async () => {
    for (const file of sources) {
      const original = { file, text: readFileSync(file, 'utf8') };
      expect(await survives(`original-${basename(file, '.c')}`, original), 'it passes').toBe(true);
    }
    const mutants = sources.flatMap(mutantsOfFile);
    expect(mutants.length).toBeGreaterThanOrEqual(least.sources);
    const survivors: Mutant[] = [];
    await Promise.all(
      mutants.map(async (mutant, index) => {
        if (await survives(`mutant-${index}`, mutant)) survivors.push(mutant);
      }),
    );
    const caught = mutants.length - survivors.length;
    console.log(
      `${caught} of ${mutants.length} mutants are caught, ${equivalent.length} are equivalent`,
    );
    const described = ({ line, before, after }: Mutant) => `${line}: ${before}  ->  ${after}`;
    const wanted = new Set(equivalent.map(({ after }) => after));
    expect(survivors.filter(({ after }) => !wanted.has(after)).map(described)).toEqual([]);
    const survived = new Set(survivors.map(({ after }) => after));
    expect(
      equivalent.filter(({ after }) => !survived.has(after)),
      'listed as equivalent, but no mutant that survives',
    ).toEqual([]);
    expect(survivors).toHaveLength(equivalent.length);
  });
});
