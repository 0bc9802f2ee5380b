/**
 * One run reports every independent error: two rules broken at once in a file that follows all of them, each pair of the
 * mutations that do not touch the same text. Both codes are reported, and no other.
 */
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/generate.js';
import { bytesOf, type Mutation, MUTATIONS, VALID } from './mutations.js';
import { oneIn } from '../effort.js';

interface Placed extends Mutation {
  readonly start: number;
  readonly end: number;
}

const placed = MUTATIONS.map((each): Placed => {
  const start = VALID.indexOf(each.from);
  return { ...each, start, end: start + each.from.length };
});

function codesOf(text: string): string[] {
  const bytes = bytesOf(text);
  const { diagnostics } = analyze(bytes, 'a.mof', () => undefined);
  return [...new Set(diagnostics.map(({ code }) => code))].sort();
}

function broken(first: Placed, second: Placed): string | undefined {
  const [a, b] = first.start < second.start ? [first, second] : [second, first];
  if (a.end > b.start) return undefined;
  return `${VALID.slice(0, a.start)}${a.to}${VALID.slice(a.end, b.start)}${b.to}${VALID.slice(b.end)}`;
}

/** Pairs in which one fault contains or repairs the other: both codes, and what is reported instead. */
const TOGETHER: readonly (readonly [
  why: string,
  one: string,
  others: string,
  ...reported: string[],
])[] = [
  ['the include may declare the class', 'MOF1004', 'MOF2004 MOF2008', 'MOF1004'],
  ['the include may define the macro', 'MOF1004', 'MOF2108 MOF2109 MOF2606', 'MOF1004'],
  ['the include may declare the class', 'MOF1006', 'MOF2004 MOF2008', 'MOF1006'],
  ['the include may define the macro', 'MOF1006', 'MOF2108 MOF2109 MOF2606', 'MOF1006'],
  ['the macro may be the name', 'MOF1301', 'MOF2004 MOF2008 MOF2108 MOF2109 MOF2606', 'MOF1301'],
  ['the other branch may have it', 'MOF1304', 'MOF2004 MOF2008 MOF2108 MOF2109 MOF2606', 'MOF1304'],
  ['the other branch may have it', 'MOF1306', 'MOF2004 MOF2008 MOF2108 MOF2109 MOF2606', 'MOF1306'],
  [
    'the macro is in the open string',
    'MOF1102',
    'MOF2108 MOF2109 MOF2305 MOF2605 MOF2606',
    'MOF1102',
  ],
  [
    'the open string may hold the item',
    'MOF1102',
    'MOF2203 MOF2209 MOF2210 MOF2214 MOF2313',
    'MOF1102',
  ],
  ['the macro is in the open string', 'MOF1121', 'MOF2108 MOF2109 MOF2305', 'MOF1121'],
  ['the macro is defined once', 'MOF1302', 'MOF2109'],
  ['the second definition counts', 'MOF1302', 'MOF2305', 'MOF1302'],
  ['Fan leads nowhere, so not back to itself', 'MOF2004', 'MOF2006', 'MOF2004'],
  ['the superclass may have it', 'MOF2004', 'MOF2209 MOF2210 MOF2214 MOF2313', 'MOF2004'],
  ['the superclass may have it', 'MOF2006', 'MOF2209 MOF2210 MOF2214 MOF2313', 'MOF2006'],
  [
    'it is not a class of WMI, as far as anyone knows',
    'MOF2110',
    'MOF2009 MOF2010 MOF2012 MOF2015 MOF2201 MOF2207 MOF2213 MOF2217 MOF2403 MOF2505',
    'MOF2110',
  ],
  ['what has no id is no part of the event', 'MOF2403', 'MOF2201', 'MOF2201'],
  ['what has no id is no part of the event', 'MOF2403', 'MOF2217', 'MOF2217'],
  ['what has no id is no part of the event', 'MOF2201', 'MOF2603', 'MOF2201', 'MOF2611'],
  ['what has no id is no part of the event', 'MOF2217', 'MOF2603', 'MOF2217', 'MOF2611'],
  ['the directive is in the open string', 'MOF1102', 'MOF1422', 'MOF1102', 'MOF1201'],
  ['the directive is in the broken string', 'MOF1121', 'MOF1422', 'MOF1121', 'MOF1201'],
  ['the value is in the broken string', 'MOF1121', 'MOF2605 MOF2606', 'MOF1121'],
  ['only events are limited', 'MOF2015', 'MOF2403', 'MOF2015'],
  ['one report names both', 'MOF2209', 'MOF2214', 'MOF2209'],
  ['the GUID that the other one repeats is malformed', 'MOF2104', 'MOF2106', 'MOF2104'],
  ['the qualifier with the fault is gone', 'MOF2109', 'MOF2402', 'MOF2402'],
  ['the qualifier with the fault is gone', 'MOF2305', 'MOF2402', 'MOF2402'],
  ['WmiSizeIs has to go, whatever it names', 'MOF2312', 'MOF2313 MOF2314', 'MOF2312'],
  ['WmiSizeIs has to go, whatever it names', 'MOF2318', 'MOF2313 MOF2314', 'MOF2318'],
  ['a scalar without WmiSizeIs is right, but its place costs', 'MOF2312', 'MOF2317', 'MOF2404'],
  ['an array of four without WmiSizeIs is right', 'MOF2317', 'MOF2318'],
  ['Max is the length', 'MOF2316', 'MOF2319'],
  ['the limit of the string is unknown', 'MOF2109', 'MOF2605', 'MOF2109'],
  ['the limit of the string is unknown', 'MOF2305', 'MOF2605', 'MOF2305'],
  ['the string has no limit', 'MOF2402', 'MOF2605', 'MOF2402'],
  ['it is a value of no layout', 'MOF2110', 'MOF2603', 'MOF2110', 'MOF2611'],
  ['the class has no layout', 'MOF2303', 'MOF2608', 'MOF2303'],
  ['the record has no layout', 'MOF2401', 'MOF2607', 'MOF2401'],
  ...['MOF2312', 'MOF2313', 'MOF2314', 'MOF2317', 'MOF2318'].map(
    (code) => ['it is not known to be a count', code, 'MOF2607', code] as const,
  ),
  ['the id is free', 'MOF2501', 'MOF2502', 'MOF2501'],
];

/** An unused suppression may be for a finding that an error hides. */
const IDLE = 'MOF1901';

function reported(a: string, b: string): readonly string[] {
  const row = TOGETHER.find(
    ([, one, others]) => (one === a && others.includes(b)) || (one === b && others.includes(a)),
  );
  return row === undefined ? [...new Set([a, b])].sort() : row.slice(3);
}

/** Reported only without any other possible cause. */
const ALONE = 'MOF2404';

const isErrorAlone = new Map(
  placed.map(({ code, from, to }) => {
    const bytes = bytesOf(VALID.replace(from, () => to));
    const { diagnostics } = analyze(bytes, 'a.mof', () => undefined);
    return [code, diagnostics.some(({ severity }) => severity === 'error')];
  }),
);

/** Whether `other` hides `code`. */
function isHidden(code: string, other: string): boolean {
  if (code === IDLE) return isErrorAlone.get(other) === true;
  if (code !== ALONE || other === ALONE) return false;
  return isErrorAlone.get(other) === true || other.startsWith('MOF2');
}

const firsts = oneIn(
  3,
  placed.map((each, index) => ({ ...each, index })),
);

describe.each(firsts)('$code: $from -> $to', (first) => {
  test('with each of the others', () => {
    const wrong: string[] = [];
    for (const second of placed.slice(first.index + 1)) {
      const text = broken(first, second);
      if (text === undefined) continue;
      const [a, b] = [first.code, second.code];
      const want = reported(a, b).filter(
        (code) => !(code === a && isHidden(a, b)) && !(code === b && isHidden(b, a)),
      );
      const found = codesOf(text);
      if (found.join() !== want.join()) {
        wrong.push(`${second.code} (${second.from} -> ${second.to}): ${found.join()}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

test('there are many pairs, and each row of the table is one', () => {
  const pairs = placed.flatMap((a, index) =>
    placed
      .slice(index + 1)
      .filter((b) => broken(a, b) !== undefined)
      .map((b) => [a.code, b.code]),
  );
  expect(pairs.length).toBeGreaterThan(2400);
  const idle = TOGETHER.flatMap(([, one, others]) =>
    others
      .split(' ')
      .filter((other) => !pairs.some((pair) => pair.includes(one) && pair.includes(other))),
  );
  expect(idle).toEqual([]);
});
