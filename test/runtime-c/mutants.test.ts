// Whatever check of the C core is off by one or turned around, its tests notice: every mutant fails them, but for those
// that do the same as the original, each with the reason.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type HostBuild, hostFlags, startHostBuild } from '../c/host.js';
import { compilerWith, run, sanitizerEnvironment } from '../c/toolchain.js';
import {
  compileObjects,
  CORE_TOPICS,
  coreDefines,
  coreHeader,
  coreIncludes,
  coreSource,
  poolHeader,
  poolSource,
  testSources,
} from './core-build.js';
import { type Mutant, mutantsOf } from './mutants.js';

/** Mutants that do what the original does, by their line, and why. */
const EQUIVALENT: readonly { readonly after: string; readonly reason: string }[] = [
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

const SOURCES = [coreSource, poolSource];
const HEADERS = [coreHeader, poolHeader];

/** A text of one of the core's files. */
interface MutantOf {
  readonly file: string;
  readonly text: string;
}

function mutantsOfFile(file: string): (Mutant & MutantOf)[] {
  return mutantsOf(readFileSync(file, 'utf8')).map((mutant) => ({ ...mutant, file }));
}

/** Nothing takes seconds but a loop that does not end. */
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
])('the mutants of %s', (text, lines) => {
  expect(mutantsOf(text).map(({ after }) => after)).toEqual(lines);
});

describe.runIf(compiler !== undefined)('mutants', () => {
  let build: HostBuild;
  let tests: string[];
  beforeAll(async () => {
    if (compiler === undefined) return;
    build = await startHostBuild(compiler);
    tests = await compileObjects(build, testSources(CORE_TOPICS), hostFlags);
  });
  afterAll(() => {
    build.remove();
  });

  /** Whether the tests pass as a program of these parts. */
  async function pass(name: string, sources: readonly string[], includes: readonly string[]) {
    const built = await build.build(name, {
      sources,
      includes: [...includes, ...coreIncludes],
      defines: coreDefines,
      flags: ['-O0', '-g0', '-w'],
    });
    if (built.status !== 0) return false;
    const { status } = await run(built.path, [], {
      // The harness counts what is left; looking for leaks would take longer than the tests.
      env: { ...sanitizerEnvironment(build.compiler), ASAN_OPTIONS: 'detect_leaks=0' },
      timeout: MILLISECONDS,
    });
    return status === 0;
  }

  /** Whether the tests pass with this text in the place of one of the core's files. */
  async function survives(name: string, { file, text }: MutantOf): Promise<boolean> {
    const source = join(build.folder, `${name}.c`);
    writeFileSync(source, text);
    const others = SOURCES.filter((each) => each !== file);
    return pass(name, [source, ...others, ...tests], []);
  }

  /** Whether they pass with this text as a header, whose inline functions are compiled into the tests too. */
  async function headerSurvives(name: string, { file, text }: MutantOf): Promise<boolean> {
    const folder = join(build.folder, `${name}-files`);
    mkdirSync(folder);
    // A file includes those of its own folder first.
    for (const each of [...SOURCES, ...HEADERS]) copyFileSync(each, join(folder, basename(each)));
    writeFileSync(join(folder, basename(file)), text);
    const sources = SOURCES.map((each) => join(folder, basename(each)));
    return pass(name, [...sources, ...testSources(CORE_TOPICS)], [folder]);
  }

  test('all of the headers are caught', { timeout: 900_000 }, async () => {
    for (const file of HEADERS) {
      const original = { file, text: readFileSync(file, 'utf8') };
      expect(await headerSurvives(basename(file, '.h'), original), 'it passes').toBe(true);
    }
    const mutants = HEADERS.flatMap(mutantsOfFile);
    expect(mutants.length).toBeGreaterThan(5);
    const survivors: string[] = [];
    for (const [index, mutant] of mutants.entries()) {
      if (await headerSurvives(`header-${index}`, mutant))
        survivors.push(`${mutant.line}: ${mutant.before}  ->  ${mutant.after}`);
    }
    expect(survivors).toEqual([]);
    console.log(`${mutants.length} of ${mutants.length} mutants of the headers are caught`);
  });

  test('all are caught', { timeout: 900_000 }, async () => {
    const original = { file: coreSource, text: readFileSync(coreSource, 'utf8') };
    expect(await survives('original', original), 'the original passes').toBe(true);
    const mutants = SOURCES.flatMap(mutantsOfFile);
    expect(mutants.length).toBeGreaterThan(100);
    const survivors: Mutant[] = [];
    await Promise.all(
      mutants.map(async (mutant, index) => {
        if (await survives(`mutant-${index}`, mutant)) survivors.push(mutant);
      }),
    );
    const caught = mutants.length - survivors.length;
    console.log(
      `${caught} of ${mutants.length} mutants are caught, ${EQUIVALENT.length} are equivalent`,
    );
    const described = ({ line, before, after }: Mutant) => `${line}: ${before}  ->  ${after}`;
    const wanted = new Set(EQUIVALENT.map(({ after }) => after));
    expect(survivors.filter(({ after }) => !wanted.has(after)).map(described)).toEqual([]);
    const survived = new Set(survivors.map(({ after }) => after));
    expect(
      EQUIVALENT.filter(({ after }) => !survived.has(after)),
      'listed as equivalent, but no mutant that survives',
    ).toEqual([]);
    expect(survivors).toHaveLength(EQUIVALENT.length);
  });
});
