// Fuzzing of generated C: a libFuzzer target for each entry point of the sample whose data varies in length, run for
// MOFGEN_FUZZ_SECONDS each (a few unless said otherwise; `npm run fuzz` takes a minute), without a report.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze, emit } from '../../src/generate.js';
import { hostFlags, type HostBuild, startHostBuild } from './host.js';
import { compilerWith, run, sanitizerEnvironment } from './toolchain.js';

const compiler = compilerWith('fuzzer', 'fuzzing of generated C', ['clang']);
const seconds = Number(process.env['MOFGEN_FUZZ_SECONDS'] ?? 5);
const here = import.meta.dirname;
const sample = join(here, '../../samples/sensor-log/sensor-log.mof');

/** The sanitizers with libFuzzer; the program's main is libFuzzer's. */
const FUZZED = [
  ...hostFlags.filter((flag) => !flag.startsWith('-fsanitize=')),
  '-fsanitize=fuzzer,address,undefined',
];
/** The same for what is only linked in. */
const LINKED = FUZZED.map((flag) => flag.replace('=fuzzer,', '=fuzzer-no-link,'));

const ENTRIES = [
  { entry: 1, name: 'set instance', corpus: [new Array<number>(62).fill(0)] },
  { entry: 2, name: 'set item', corpus: [[8, 4, 0, 104, 0, 105, 0], [2, 1, 0, 0, 0], [6]] },
  {
    entry: 3,
    name: 'method',
    corpus: [
      [10, 64, 0, 2, 0, 0, 0],
      [11, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0],
    ],
  },
];

describe.runIf(compiler !== undefined)('fuzzing', () => {
  let build: HostBuild;
  let sources: string[] = [];
  beforeAll(async () => {
    if (compiler === undefined) return;
    build = await startHostBuild(compiler, LINKED);
    const { value } = analyze(readFileSync(sample), sample, (included, from) => {
      const name = join(dirname(from), included);
      return { name, bytes: readFileSync(name) };
    });
    const files = emit(value, sample, { targets: ['kmdf'] }).value;
    for (const file of files) writeFileSync(join(build.folder, file.name), file.text);
    sources = files
      .filter(({ name }) => name.endsWith('.c'))
      .map(({ name }) => join(build.folder, name));
  }, 120_000);
  afterAll(() => {
    build.remove();
  });

  test.each(ENTRIES)(
    '$name',
    { timeout: 60_000 + seconds * 2000 },
    async ({ entry, name, corpus }) => {
      const program = await build.build(`fuzz-${entry}`, {
        sources: [...sources, join(here, 'fuzz/fuzz.c')],
        includes: [build.folder],
        defines: [`FUZZ_ENTRY=${entry}`],
        flags: ['-fsanitize=fuzzer,address,undefined'],
      });
      expect(program.output).toBe('');
      const seeds = join(build.folder, `corpus-${entry}`);
      mkdirSync(seeds);
      for (const [index, bytes] of corpus.entries()) {
        writeFileSync(join(seeds, String(index)), Uint8Array.from(bytes));
      }
      const { status, output } = await run(
        program.path,
        [`-max_total_time=${seconds}`, '-max_len=512', '-seed=1', '-print_final_stats=1', seeds],
        { cwd: build.folder, env: sanitizerEnvironment(build.compiler) },
      );
      expect(output).not.toMatch(/ERROR|SUMMARY|runtime error/);
      expect(status).toBe(0);
      const [, executed = '0'] = /number_of_executed_units: (\d+)/.exec(output) ?? [];
      console.log(`fuzzed ${name}: ${executed} inputs in ${seconds} s`);
      expect(Number(executed)).toBeGreaterThan(1000);
    },
  );
});
