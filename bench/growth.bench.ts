/**
 * How the time of an analysis grows with the text: from 1,000 classes to 10,000, and from a text with nothing but faults of
 * one kind to one ten times as long.
 */
import { analyze } from 'mofgen';
import { growingTexts } from '../test/model/growing-texts.js';
import { printRows, showAim, showSpread, spread } from './measure.js';

/** Classes are what people write, so their cost must be linear; a text of faults may also sort and count them. */
const MOST_FOR_CLASSES = 11;
const MOST_FOR_FAULTS = 20;
const ROUNDS = 7;

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

const noInclude = () => undefined;

/** How many times as long the larger text takes, round by round. */
function growth(small: string, large: string): readonly number[] {
  const [one, ten] = [small, large].map((text) => new TextEncoder().encode(text));
  const read = (bytes = new Uint8Array()) => analyze(bytes, 'growing.mof', noInclude);
  // Both warm: the first run of either is the price of compiling.
  read(one);
  read(ten);
  return Array.from({ length: ROUNDS }, () => {
    // Ten small ones, so that garbage collection falls on both sides alike.
    const ofTen = milliseconds(() => {
      for (let turn = 0; turn < 10; turn += 1) read(one);
    });
    globalThis.gc?.();
    const ofLarge = milliseconds(() => read(ten));
    globalThis.gc?.();
    return (10 * ofLarge) / ofTen;
  });
}

const [ordinary, ...faulty] = growingTexts;
if (ordinary === undefined) throw new Error('there is no text of ordinary blocks');
/** The ordinary text has two classes for each count, and one more. */
const classes = (count: number) => ordinary[2](count / 2);

printRows(
  ['time of ten times the text / of the text', '', ''],
  [
    [
      '10,000 classes / 1,000 classes',
      showSpread(spread(growth(classes(1_000), classes(10_000))), 1),
      MOST_FOR_CLASSES,
    ] as const,
    ...faulty.map(
      ([rule, , text]) =>
        [rule, showSpread(spread(growth(text(800), text(8_000))), 1), MOST_FOR_FAULTS] as const,
    ),
  ].map(([title, shown, most]) => [title, shown, showAim(Number.parseFloat(shown), most)]),
);
