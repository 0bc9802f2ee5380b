// Fuzzing of generated C without a report: a libFuzzer target for each entry point of each driver model, of the sample whose data
// varies in length. Each runs for MOFGEN_FUZZ_SECONDS (a few by default, a minute in `npm run fuzz`).
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { analyze, emit } from '../../src/generate.js';
import { oneIn, perRun } from '../effort.js';
import { hostFlags, type HostBuild, hostIncludes, startHostBuild } from './host.js';
import { compileObject, compilerWith, run, sanitizerEnvironment } from './toolchain.js';

const compiler = compilerWith('fuzzer', 'fuzzing of generated C', ['clang']);
const seconds = Number(process.env['MOFGEN_FUZZ_SECONDS'] ?? perRun({ thorough: 3, quick: 1 }));
const here = import.meta.dirname;
const sample = join(here, '../../samples/sensor-log/sensor-log.mof');

/** The sanitizers with libFuzzer; the program's main is libFuzzer's. */
const FUZZED = [
  ...hostFlags.filter((flag) => !flag.startsWith('-fsanitize=')),
  '-fsanitize=fuzzer,address,undefined',
];
/** The same for files that are only linked in. */
const LINKED = FUZZED.map((flag) => flag.replace('=fuzzer,', '=fuzzer-no-link,'));

/** A request for the first instance: minor function, number of the block, and the WNODE. */
function wnode(minor: number, id: number, data: readonly number[], room = data.length): number[] {
  const isInstance = minor === 1 || minor === 2;
  const offset = isInstance ? 64 : 72;
  const bytes = Buffer.alloc(offset + Math.max(room, data.length));
  bytes.writeUInt32LE(STATIC_INSTANCE_NAMES, 44);
  if (!isInstance) bytes.writeUInt32LE(id, 56);
  bytes.writeUInt32LE(offset, isInstance ? 56 : 60);
  bytes.writeUInt32LE(data.length, isInstance ? 60 : 64);
  bytes.set(data, offset);
  return [minor, 0, ...bytes];
}

/** WNODE_FLAG_STATIC_INSTANCE_NAMES. */
const STATIC_INSTANCE_NAMES = 0x200;

const ZEROS = new Array<number>(62).fill(0);

const ENTRIES = [
  {
    entry: 1,
    name: 'query',
    corpus: [
      [0, 0, ...ZEROS],
      [62, 0, ...ZEROS],
      [30, 0],
    ],
  },
  { entry: 2, name: 'set instance', corpus: [ZEROS] },
  { entry: 3, name: 'set item', corpus: [[8, 4, 0, 104, 0, 105, 0], [2, 1, 0, 0, 0], [6]] },
  {
    entry: 4,
    name: 'method',
    corpus: [
      [10, 64, 0, 2, 0, 0, 0],
      [11, 0, 0, 1, 0, 0, 0, 5, 0, 0, 0],
    ],
  },
  {
    entry: 5,
    name: 'whole request',
    corpus: [
      [0, 0, ...new Array<number>(200).fill(0)],
      wnode(1, 0, [], 100),
      wnode(2, 0, ZEROS),
      wnode(3, 2, [1, 0, 0, 0]),
      [4, 0, ...ZEROS],
      [7, 1, ...ZEROS],
      [8, 0, ...new Array<number>(200).fill(0)],
      wnode(9, 10, [2, 0, 0, 0], 64),
    ],
  },
];

/** The adapter between fuzz.c and a driver model. */
const ADAPTERS = { kmdf: 'kmdf-adapter', wdm: 'wmilib-adapter', irp: 'irp-adapter' } as const;
type Target = keyof typeof ADAPTERS;
const TARGETS = oneIn(3, Object.keys(ADAPTERS) as Target[]);

/** A whole request reaches what the other entry points do. */
const entries = perRun({ thorough: ENTRIES, quick: ENTRIES.slice(-1) });

const rows = TARGETS.flatMap((target) => entries.map((entry) => ({ target, ...entry })));

describe.runIf(compiler !== undefined)('fuzzing', () => {
  let build: HostBuild;
  /** What all entry points of a target have. */
  const objects = new Map<Target, readonly string[]>();
  beforeAll(async () => {
    if (compiler === undefined) return;
    build = await startHostBuild(compiler, LINKED);
    const { value } = analyze(readFileSync(sample), sample, (included, from) => {
      const name = join(dirname(from), included);
      return { name, bytes: readFileSync(name) };
    });
    for (const target of TARGETS) {
      const folder = join(build.folder, target);
      mkdirSync(folder);
      const files = emit(value, sample, { targets: [target] }).value;
      for (const file of files) writeFileSync(join(folder, file.name), file.text);
      const sources = files
        .filter(({ name }) => name.endsWith('.c'))
        .map(({ name }) => join(folder, name));
      sources.push(join(here, `fuzz/sensor-log-${target}.c`));
      sources.push(join(here, `vectors/${ADAPTERS[target]}.c`));
      objects.set(target, await Promise.all(sources.map((file) => object(file, folder))));
    }
  }, 240_000);

  function object(file: string, folder: string): Promise<string> {
    return compileObject({
      compiler: build.compiler,
      file,
      includes: [...hostIncludes, folder],
      flags: LINKED,
      output: join(folder, `${basename(file, '.c')}.o`),
    });
  }

  afterAll(() => {
    build.remove();
  });

  test.each(rows)(
    '$target: $name',
    { timeout: 60_000 + seconds * 2000 },
    async ({ target, entry, name, corpus }) => {
      const program = await build.build(`fuzz-${target}-${entry}`, {
        sources: [join(here, 'fuzz/fuzz.c'), ...(objects.get(target) ?? [])],
        defines: [`FUZZ_ENTRY=${entry}`],
        flags: ['-fsanitize=fuzzer,address,undefined'],
      });
      expect(program.output).toBe('');
      const seeds = join(build.folder, `corpus-${target}-${entry}`);
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
      console.log(`fuzzed ${name} of ${target}: ${executed} inputs in ${seconds} s`);
      expect(Number(executed)).toBeGreaterThan(1000);
    },
  );
});
