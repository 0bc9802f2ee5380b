/**
 * Binary MOF: the times of reading, writing, decompiling and compiling the payload of a large firmware, compared with parsing and resolving
 * its MOF text, and how compression grows with the payload.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyze } from 'mofgen';
import { compress, decompress } from '../src/binary-mof/compression.js';
import { readContainer } from '../src/binary-mof/container.js';
import { readBinaryMof, toBinaryMof, toMofText, writeBinaryMof } from '../src/binary-mof/index.js';
import { readPayload } from '../src/binary-mof/payload-reader.js';
import { writePayload } from '../src/binary-mof/payload-writer.js';
import { compile } from '../src/compile/compilation.js';
import { decode } from '../src/compile/decode.js';
import {
  type Contender,
  printRows,
  ratio,
  showAim,
  showSpread,
  spread,
  timeRounds,
} from './measure.js';

/** The payload nearest to this size is measured. */
const WANTED_SIZE = 90_000;
/** Reading, writing, decompiling and compiling a whole file, in multiples of parsing and resolving its text. */
const MAX_RATIO = 2;
const MAX_GROWTH = 15;

const corpus = process.env['MOFGEN_CORPUS'] ?? '../shared/corpus';
const folder = join(corpus, 'firmware-bmf');

const files = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith('.bmf'))
      .sort()
      .map((name) => {
        const bytes = new Uint8Array(readFileSync(join(folder, name)));
        const { value: payload } = readContainer(bytes);
        if (payload === undefined) throw new Error(`${name} is damaged`);
        return { name, bytes, payload };
      })
  : [];
const distance = (size: number) => Math.abs(size - WANTED_SIZE);
const [file] = files.toSorted(
  (one, other) => distance(one.payload.length) - distance(other.payload.length),
);

if (file === undefined)
  console.log(`binary-mof: skipped, ${folder} does not exist (set MOFGEN_CORPUS)`);
else measure(file);

function measure({ name, bytes, payload }: (typeof files)[number]): void {
  const { value: document } = readBinaryMof(bytes);
  if (document === undefined) throw new Error('nothing to measure');
  const mof = new TextEncoder().encode(toMofText(document).value);
  const stream = bytes.subarray(16);

  const jobs: readonly Contender[] = [
    job(
      'parse and resolve its text',
      () => analyze(mof, 'text.mof', () => undefined).diagnostics.length,
    ),
    job('decompress', () => decompress(stream, payload.length).value?.length ?? NaN),
    job('read objects', () => readPayload(payload).value?.objects.length ?? NaN),
    job('write objects', () => writePayload(document).length),
    job('compress', () => compress(payload).length),
    job('read a file, all checks', () => readBinaryMof(bytes).value?.objects.length ?? NaN),
    job('write a file', () => writeBinaryMof(document).length),
    job('decompile a file', () => {
      const { value } = readBinaryMof(bytes);
      return value === undefined ? NaN : toMofText(value).value.length;
    }),
    job('compile its text to a file', () => {
      const { value: unit } = compile(decode(mof, name).value, () => undefined);
      return writeBinaryMof(toBinaryMof(unit).value).length;
    }),
  ];
  const timings = timeRounds(jobs, { rounds: 7, milliseconds: 40, slices: 3 });
  const [parsing] = timings;
  if (parsing === undefined) throw new Error('nothing was measured');
  console.log(
    `binary-mof: ${name}, ${bytes.length} bytes, payload ${payload.length}; MOF text of ${mof.length}`,
  );
  printRows(
    ['', 'time', 'vs parsing', 'aim'],
    timings.map((timing) => {
      const times = ratio(timing, parsing);
      const aim = timing.name.includes('file') ? MAX_RATIO : undefined;
      const time = `${(spread(timing.rounds).median / 1e6).toFixed(2)} ms`;
      return [timing.name, time, showSpread(times), showAim(times.median, aim)];
    }),
  );
  measureGrowth();
}

function job(name: string, once: () => number): Contender {
  return {
    name,
    run(count) {
      let sum = 0;
      for (let turn = 0; turn < count; turn += 1) sum += once();
      return sum;
    },
  };
}

/** Ten megabytes compared with one: concatenated payloads, and texts that make comparing expensive. */
function measureGrowth(): void {
  const payloads = Buffer.concat(files.map(({ payload }) => payload));
  let state = 1;
  const random = () => {
    state = (Math.imul(state, 48271) >>> 0) % 0x7fff_ffff;
    return state / 0x7fff_ffff;
  };
  const texts: readonly (readonly [string, (at: number) => number])[] = [
    ['payloads', (at) => payloads[at % payloads.length] ?? 0],
    ['zeros', () => 0],
    ['random bytes', () => Math.floor(256 * random())],
    ['two random symbols', () => Math.floor(2 * random())],
    ['runs of random lengths', () => (random() < 0.01 ? 1 : 0)],
  ];
  printRows(
    ['compress', '1 MB', '10 MB', 'times', 'aim'],
    texts.map(([name, byte]) => {
      const large = Uint8Array.from({ length: 10_000_000 }, (_, at) => byte(at));
      const small = seconds(large.subarray(0, 1_000_000));
      const all = seconds(large);
      const times = all / small;
      const cells = [`${small.toFixed(2)} s`, `${all.toFixed(2)} s`, times.toFixed(1)];
      return [name, ...cells, showAim(times, MAX_GROWTH)];
    }),
  );
}

/** Processor time, which other work disturbs less. */
function seconds(bytes: Uint8Array): number {
  const started = process.cpuUsage();
  compress(bytes);
  const { user, system } = process.cpuUsage(started);
  return (user + system) / 1e6;
}
