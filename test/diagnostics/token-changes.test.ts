// One change of one token or quote of a real text is one finding nearly everywhere, at the line of the change or its neighbour.
// MOFGEN_CHANGES=full changes every token of every file, which takes an hour; a number changes as many tokens of each file.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { expect, test } from 'vitest';
import { decode } from '../../src/compile/decode.js';
import { corpusFiles, hasCorpus, includesBeside, root, samples } from '../mof-files.js';
import {
  type Change,
  type Kind,
  numbersFrom,
  original,
  type Outcome,
  quoteChanges,
  tokenChanges,
} from './token-changes.js';
import { perRun } from '../effort.js';

const WANTED = process.env['MOFGEN_CHANGES'] ?? perRun({ thorough: '5', quick: '1' });
const MOST = WANTED === 'full' ? Infinity : Number(WANTED);

/** The files of the CIM schema are alike, so only every nth is used. */
const EACH_OF_CIM = MOST === Infinity ? 1 : 60;

const files = [
  ...samples.map(({ path }) => path),
  ...corpusFiles('windows-driver-samples', 'linux-firmware', 'bmf-pairs', 'omi', 'pywbem'),
  ...corpusFiles('cim-2.32').filter((_path, index) => index % EACH_OF_CIM === 0),
];

const readInclude = includesBeside(`${root}/test/targets/iscsi/include`);

interface FileOutcome extends Outcome {
  readonly path: string;
}

/** The results of some changes of each file, chosen by `seed`. */
function outcomesOf(changesOf: (text: string, random: (n: number) => number) => readonly Change[]) {
  const random = numbersFrom(20261128);
  return files.flatMap((path): FileOutcome[] => {
    const { text } = decode(readFileSync(path), path).value;
    const { outcomeOf } = original(path, text, readInclude);
    return changesOf(text, random).map((change) => ({ path, ...outcomeOf(change) }));
  });
}

/** Changes of `make` at a fixed step, so that about `MOST` places are changed. */
function spread(
  make: (step: number, first: number) => readonly Change[],
  random: (n: number) => number,
): readonly Change[] {
  const count = new Set(make(1, 0).map(({ start }) => start)).size;
  const step = Math.max(1, Math.ceil(count / MOST));
  return make(step, random(step));
}

interface Figures {
  readonly changes: number;
  /** Shares, in percent. */
  readonly single: number;
  readonly near: number;
}

function figuresOf(outcomes: readonly FileOutcome[]): Figures {
  const found = outcomes.filter(({ news }) => news.length > 0);
  const share = (part: number, whole: number) => (whole === 0 ? 100 : (100 * part) / whole);
  return {
    changes: outcomes.length,
    single: share(outcomes.filter(({ news }) => news.length < 2).length, outcomes.length),
    near: share(found.filter(({ isNear }) => isNear).length, found.length),
  };
}

function print(title: string, outcomes: readonly FileOutcome[]): Figures {
  const figures = figuresOf(outcomes);
  console.log(
    `${title}: ${figures.changes} changes, at most one finding in ${figures.single.toFixed(2)} %, ` +
      `the first near the change in ${figures.near.toFixed(2)} %`,
  );
  return figures;
}

/** The kinds of changes that lead to more than one finding, by what is found, the most frequent first. */
function printWorst(outcomes: readonly FileOutcome[]): void {
  const kinds = new Map<string, FileOutcome[]>();
  for (const each of outcomes.filter(({ news }) => news.length > 1)) {
    const codes = each.news.slice(0, 3).map((words) => / (MOF\d+) /.exec(words)?.[1] ?? '');
    const kind = `${each.change.kind}: ${codes.join(' ')}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), each]);
  }
  const worst = [...kinds].sort((a, b) => b[1].length - a[1].length).slice(0, 8);
  for (const [kind, all] of worst) {
    const { path = '', place = '', change } = all[0] ?? {};
    const edit = `${change?.image.slice(0, 30) ?? ''} -> ${change?.put.slice(0, 30) ?? ''}`;
    console.log(`  ${all.length} ${kind}, such as ${relative(root, path)}:${place} ${edit}`);
  }
}

if (!hasCorpus)
  console.log('changes of tokens of the corpus: not tested, because there is no corpus');

const NAMED: readonly Kind[] = ['deleted', 'doubled', 'replaced'];

// The samples are too few for these shares; one-change.test.ts has limits for them.
test.runIf(hasCorpus)(
  'a token deleted, doubled or replaced is one finding in 99 of 100 cases, near the change in 98',
  () => {
    const all = outcomesOf((text, random) =>
      spread((step, first) => tokenChanges(text, { step, first, random }), random),
    );
    expect(all.length).toBeGreaterThan(perRun({ thorough: 500, quick: 400 }));
    for (const kind of new Set(all.map(({ change }) => change.kind))) {
      print(
        kind,
        all.filter(({ change }) => change.kind === kind),
      );
    }
    const named = all.filter(({ change }) => NAMED.includes(change.kind));
    const { single, near } = print('deleted, doubled or replaced', named);
    printWorst(all);
    // A token from elsewhere in the file may cause two faults: `write(1)` for `WmiDataId(1)`.
    expect(single).toBeGreaterThanOrEqual(99 - SLACK);
    expect(near).toBeGreaterThanOrEqual(98);
  },
  24 * 3_600_000,
);

/** The tolerance for a random sample. */
const SLACK = MOST === Infinity ? 0 : 0.5;

test(
  'a quote deleted is one or two findings, and the first is near it',
  () => {
    const all = outcomesOf((text, random) =>
      spread((step, first) => quoteChanges(text, { step, first }), random),
    );
    const { single, near } = print('quote deleted', all);
    printWorst(all);
    expect(single).toBeGreaterThanOrEqual(98);
    expect(near).toBeGreaterThanOrEqual(98);
    const few = all.filter(({ news }) => news.length < 3).length;
    expect(few / all.length).toBeGreaterThanOrEqual(0.99);
  },
  24 * 3_600_000,
);
