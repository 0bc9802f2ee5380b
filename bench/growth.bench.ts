/**
 * How the time of an analysis grows with the text: ten times the text should take about ten times as long, for ordinary
 * blocks and for texts with nothing but faults.
 */
import { analyze } from 'mofgen';
import { growingTexts } from '../test/model/growing-texts.js';

const SMALL = 800;
const AT_MOST = 20;
const ROUNDS = 5;

function milliseconds(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const noInclude = () => undefined;
console.log(
  `  time of ten times the text / of the text, medians of ${ROUNDS} pairs; aim: at most ${AT_MOST}`,
);
for (const [rule, , text] of growingTexts) {
  const [small, large] = [SMALL, 10 * SMALL].map((count) => new TextEncoder().encode(text(count)));
  const read = (bytes = new Uint8Array()) => analyze(bytes, 'growing.mof', noInclude);
  read(small);
  const ratios = Array.from({ length: ROUNDS }, () => {
    const once = milliseconds(() => read(small));
    return milliseconds(() => read(large)) / once;
  });
  const ratio = median(ratios);
  const verdict = ratio <= AT_MOST ? 'ok' : 'MISSED';
  console.log(`  ${ratio.toFixed(1).padStart(5)}  ${verdict.padEnd(6)}  ${rule}`);
}
