/**
 * How fast a large schema, CIM 2.32, is parsed and resolved, compared with a plain hand-written scan of the same bytes; and how
 * much memory one analysis takes. Needs the corpus folder, and reports when it is absent.
 *
 * Files are read before anything is timed. The scan finds the ends of words, numbers, strings and comments and
 * ignores them: no reader of MOF can be faster than that, so its ratio is the cost of tree and meaning.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { analyze, decode, hasErrors, type IncludeReader, parse } from 'mofgen';
import { alone, printRows, ratio, showAim, showSpread, spread, timeRounds } from './measure.js';
import { scan } from './schema-scan.js';

/** How often the analysis runs in a process of its own. */
const COLD_RUNS = 3;

/** MiB that an analysis of the whole schema may need at its peak. */
const PEAK_AIM = 200;

const corpus = resolve(process.env['MOFGEN_CORPUS'] ?? '../shared/corpus');
const main = join(corpus, 'cim-2.32/CIM_Schema.mof');

const files = new Map<string, Uint8Array>();
/** Reads a file on first use. */
function bytesOf(path: string): Uint8Array {
  const known = files.get(path);
  if (known !== undefined) return known;
  const bytes = readFileSync(path);
  files.set(path, bytes);
  return bytes;
}

const readInclude: IncludeReader = (path, from) => {
  const name = join(dirname(from), path.replaceAll('\\', '/'));
  return files.has(name) || existsSync(name) ? { name, bytes: bytesOf(name) } : undefined;
};

/** Throws when the schema has an error: an analysis that stops early would look fast. */
function analyzeSchema(): number {
  const { value, diagnostics } = analyze(bytesOf(main), main, readInclude);
  if (hasErrors(diagnostics)) {
    const [first] = diagnostics.filter(({ severity }) => severity === 'error');
    throw new Error(`the schema has errors, the first: ${first?.message ?? ''}`);
  }
  return value.classes.length;
}

/** The time and memory of one analysis in a process of its own. */
interface ColdRun {
  readonly milliseconds: number;
  readonly peakMib: number;
}

function coldRun(): ColdRun {
  return JSON.parse(alone(import.meta.url, '--once')) as ColdRun;
}

function runOnce(): void {
  const started = performance.now();
  analyzeSchema();
  const milliseconds = performance.now() - started;
  const result: ColdRun = { milliseconds, peakMib: process.resourceUsage().maxRSS / 1024 };
  console.log(JSON.stringify(result));
}

function compareStages(): void {
  const classes = analyzeSchema();
  const all = [...files];
  const bytes = all.reduce((sum, [, content]) => sum + content.length, 0);
  console.log(
    `  CIM 2.32: ${all.length} files, ${(bytes / 1e6).toFixed(2)} MB, ${classes} classes; ` +
      `every file parsed by itself`,
  );
  const repeatedly = (name: string, once: () => number) => ({
    name,
    run(count: number) {
      let sum = 0;
      for (let done = 0; done < count; done += 1) sum += once();
      return sum;
    },
  });
  const parseAll = (): number => {
    let productions = 0;
    for (const [name, content] of all) {
      productions += parse(decode(content, name).value.text).value.productions.length;
    }
    return productions;
  };
  const timings = timeRounds(
    [
      repeatedly('plain scan of the bytes', () =>
        all.reduce((tokens, [, content]) => tokens + scan(content), 0),
      ),
      repeatedly('decode and parse', parseAll),
      repeatedly('decode, parse, resolve', analyzeSchema),
    ],
    { rounds: 7, milliseconds: 100, slices: 3 },
  );
  const [yardstick] = timings;
  if (yardstick === undefined) return;
  printRows(
    ['', 'ms', 'MB/s', 'this / scan', ''],
    timings.map((timing) => {
      const { median } = spread(timing.rounds);
      return [
        timing.name,
        (median / 1e6).toFixed(0),
        ((bytes / median) * 1e3).toFixed(1),
        timing === yardstick ? '' : showSpread(ratio(timing, yardstick), 1),
        '',
      ];
    }),
  );
}

function reportColdRuns(): void {
  const runs = Array.from({ length: COLD_RUNS }, coldRun);
  const peak = spread(runs.map((run) => run.peakMib));
  console.log(
    `  one analysis in a fresh process, reading included: ` +
      `${showSpread(spread(runs.map((run) => run.milliseconds)), 0)} ms; ` +
      `peak RSS ${showSpread(peak, 0)} MiB, ${showAim(peak.median, PEAK_AIM)}`,
  );
}

if (!existsSync(main)) {
  console.log(`  not measured: ${main} does not exist (set MOFGEN_CORPUS)`);
} else if (process.argv.includes('--once')) {
  runOnce();
} else {
  compareStages();
  reportColdRuns();
}
