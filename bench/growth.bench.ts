/**
 * How time grows with the text: the analysis from 1,000 classes to 10,000, and from a text with nothing but faults of one kind
 * to one ten times as long; and what each target takes to emit from 100 classes to 1,000.
 */
import { analyze, type Analysis, emit, targetNames } from 'mofgen';
import { growingTexts } from '../test/model/growing-texts.js';
import { alone, printRows, showAim, showSpread, spread } from './measure.js';

/** The time of a command line must grow in proportion. In one process, the heap is larger for each collection, and faults are sorted. */
const MAX_ALONE = 11;
const MAX_TOGETHER = 20;
const ROUNDS = 7;

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const noInclude = () => undefined;

/** How many times as long the larger job takes, round by round. */
function growth(one: () => void, ten: () => void): readonly number[] {
  // Both warm: the first run of either includes compilation.
  one();
  ten();
  return Array.from({ length: ROUNDS }, () => {
    // Ten small ones, so that garbage collection affects both sides alike.
    const ofTen = milliseconds(() => {
      for (let turn = 0; turn < 10; turn += 1) one();
    });
    globalThis.gc?.();
    const ofLarge = milliseconds(ten);
    globalThis.gc?.();
    return (10 * ofLarge) / ofTen;
  });
}

/** From one analysis each in a process that does nothing else, as on a command line. */
function growthAlone(one: number, ten: number): readonly number[] {
  const time = (count: number) => Number(alone(import.meta.url, '--once', String(count)));
  return Array.from({ length: ROUNDS }, () => time(ten) / time(one));
}

function analysisOf(text: string): () => Analysis {
  const bytes = new TextEncoder().encode(text);
  return () => analyze(bytes, 'growing.mof', noInclude);
}

function emissionOf(target: string, text: string): () => void {
  const { value } = analysisOf(text)();
  return () => {
    const { value: files } = emit(value, 'growing.mof', { targets: [target] });
    if (files.length === 0) throw new Error(`${target} emits nothing`);
  };
}

const [ordinary, ...faulty] = growingTexts;
if (ordinary === undefined) throw new Error('there is no text of ordinary blocks');
/** The ordinary text has two classes for each count, and one more. */
const classes = (count: number) => ordinary[2](count / 2);

const [, , once, count] = process.argv;
if (once === '--once') {
  console.log(milliseconds(analysisOf(classes(Number(count)))));
} else {
  const rows: (readonly [title: string, measured: () => readonly number[], most?: number])[] = [
    [
      '10,000 classes / 1,000 classes, each in a process',
      () => growthAlone(1_000, 10_000),
      MAX_ALONE,
    ],
    // The garbage of a large text lives until its end, so each collection has more to keep.
    [
      '10,000 classes / ten times 1,000 classes, in one process',
      () => growth(analysisOf(classes(1_000)), analysisOf(classes(10_000))),
    ],
    ...faulty.map(
      ([rule, , text]) =>
        [rule, () => growth(analysisOf(text(800)), analysisOf(text(8_000))), MAX_TOGETHER] as const,
    ),
    ...targetNames.map(
      (target) =>
        [
          `emit ${target}, without the formatter`,
          () => growth(emissionOf(target, classes(100)), emissionOf(target, classes(1_000))),
          MAX_TOGETHER,
        ] as const,
    ),
  ];
  printRows(
    ['time of ten times the text / of the text', '', ''],
    rows.map(([title, measure, most]) => {
      const measured = spread(measure());
      return [title, showSpread(measured, 1), showAim(measured.median, most)];
    }),
  );
}
