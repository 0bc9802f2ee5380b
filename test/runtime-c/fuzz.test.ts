// Fuzzing of the C core's reader and writer without a report: values that are read from any bytes are written and read again
// unchanged. Runs for MOFGEN_FUZZ_SECONDS (a few by default, a minute in `npm run fuzz`).
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hostFlags, type HostBuild, startHostBuild } from '../c/host.js';
import { perRun } from '../effort.js';
import { compilerWith, run, sanitizerEnvironment } from '../c/toolchain.js';
import {
  coreDefines,
  coreIncludes,
  coreSource,
  poolSource,
  TEST_PARTS,
  testFolder,
} from './core-build.js';

const compiler = compilerWith('fuzzer', 'fuzzing of the C core', ['clang']);
const seconds = Number(process.env['MOFGEN_FUZZ_SECONDS'] ?? perRun({ thorough: 5, quick: 1 }));

/** The sanitizers with libFuzzer; the program's main is libFuzzer's. */
const FUZZED = [
  ...hostFlags.filter((flag) => !flag.startsWith('-fsanitize=')),
  '-fsanitize=fuzzer,address,undefined',
];
/** The same for files that are only linked in. */
const LINKED = FUZZED.map((flag) => flag.replace('=fuzzer,', '=fuzzer-no-link,'));

/** Two bytes of options, two for each step, 15 0 as the last one, and the data. */
const CORPUS = [
  // A number of 4 bytes, a string, padding.
  [0, 0, 0, 2, 3, 0, 10, 3, 15, 0, 1, 2, 3, 4, 2, 0, 97, 0],
  // Booleans, a string with MaxLen.
  [1, 0, 1, 8, 2, 8, 15, 0, 0, 1, 2, 0, 2, 0, 97, 0],
  // Arrays with counts of 4 and 8 bytes.
  [0, 0, 4, 1, 5, 0, 15, 0, 2, 0, 0, 0, 1, 0, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 9],
  // Strings with a count, strings to the end; the third allocation fails in the second.
  [0, 0, 6, 0, 12, 0, 2, 0, 0, 0, 0, 0, 2, 0, 97, 0, 0, 0],
  [0x80, 2, 6, 0, 12, 0, 2, 0, 0, 0, 0, 0, 2, 0, 97, 0, 0, 0],
  // Groups with a count, groups to the end.
  [0, 0, 7, 0, 13, 0, 1, 0, 0, 0, 1, 0, 2, 0, 97, 0, 7, 0, 0, 0, 0, 0, 8],
  // Strings with MaxLen as elements, and to the end.
  [0, 0, 8, 0, 9, 4, 14, 0, 1, 0, 0, 0, 2, 0, 97, 0, 0, 0, 0, 0, 2, 0, 98, 0],
  [3, 0, 11, 1, 1, 0, 2, 0, 3],
];

describe.runIf(compiler !== undefined)('fuzzing', () => {
  let build: HostBuild;
  beforeAll(async () => {
    if (compiler === undefined) return;
    build = await startHostBuild(compiler, LINKED);
  });
  afterAll(() => {
    build.remove();
  });

  test('reader and writer', { timeout: 120_000 + seconds * 2000 }, async () => {
    const program = await build.build('fuzz', {
      sources: [
        ...['fuzz', ...TEST_PARTS].map((name) => join(testFolder, `${name}.c`)),
        coreSource,
        poolSource,
      ],
      includes: coreIncludes,
      defines: coreDefines,
      flags: ['-fsanitize=fuzzer,address,undefined'],
    });
    expect(program.output).toBe('');
    const seeds = join(build.folder, 'corpus');
    mkdirSync(seeds);
    for (const [index, bytes] of CORPUS.entries()) {
      writeFileSync(join(seeds, String(index)), Uint8Array.from(bytes));
    }
    const { status, output } = await run(
      program.path,
      [`-max_total_time=${seconds}`, '-max_len=512', '-seed=1', '-print_final_stats=1', seeds],
      { cwd: build.folder, env: sanitizerEnvironment(build.compiler) },
    );
    expect(output).not.toMatch(/ERROR|SUMMARY|runtime error|host_check/);
    expect(status).toBe(0);
    const [, executed = '0'] = /number_of_executed_units: (\d+)/.exec(output) ?? [];
    console.log(`fuzzed the C core: ${executed} inputs in ${seconds} s`);
    expect(Number(executed)).toBeGreaterThan(1000);
  });
});
