// One change of one token is one finding nearly everywhere, and independent changes are all found in one run.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { tokenize } from '../../grammar/lexer.js';
import { analyze } from '../../src/analyze.js';
import { type Diagnostic } from '../../src/diagnostics/diagnostic.js';
import { perRun } from '../effort.js';

const SAMPLES = fileURLToPath(new URL('../../samples', import.meta.url));
const paths = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((name) => /^[^/\\]+[/\\][^/\\]+\.mof$/.test(name))
  .sort();

/** The step between the tokens of a sample that are changed. */
const STEP = perRun({ thorough: 9, quick: 18 });

function found(text: string): readonly Diagnostic[] {
  return analyze(new TextEncoder().encode(text), 'a.mof', () => undefined).diagnostics;
}

/** Findings that the whole text does not have; those that only moved to another place do not count. */
function news(text: string, before: readonly Diagnostic[]): readonly string[] {
  const known = new Set(before.map(({ code, message }) => `${code} ${message}`));
  const now = found(text);
  const countOf = (all: readonly Diagnostic[], code: string) =>
    all.filter((each) => each.code === code).length;
  return now
    .filter(({ code }) => countOf(now, code) > countOf(before, code))
    .map(({ code, message }) => `${code} ${message}`)
    .filter((words) => !known.has(words));
}

test('one token lost, doubled or misspelt is hardly ever more than one finding, and never more than four', () => {
  const many: string[] = [];
  let changes = 0;
  for (const path of paths) {
    // Without suppressions, so that a finding that only moved is one that the whole text has.
    const text = readFileSync(join(SAMPLES, path), 'utf8').replace(/ *\/\/ mofgen-allow .*/g, '');
    const before = found(text);
    for (const [index, { image, startOffset }] of tokenize(text).tokens.entries()) {
      if (index % STEP !== 0) continue;
      const end = startOffset + image.length;
      for (const put of ['', `${image} ${image}`, '?']) {
        changes++;
        const all = news(text.slice(0, startOffset) + put + text.slice(end), before);
        if (all.length > 4)
          expect.fail(`'${image}' at ${startOffset} of ${path}: ${all.join('\n')}`);
        if (all.length > 1)
          many.push(`${path} ${startOffset} ${image} -> ${put}: ${all.join('; ')}`);
      }
    }
  }
  expect(changes).toBeGreaterThan(4500 / STEP);
  if (many.length > changes / 40) expect.fail(many.join('\n'));
});

const TEXT = `[WMI, Dynamic, Provider("WMIProv"), guid("{00000000-0000-0000-0000-000000000001}")]
class A
{
  [key, read] string InstanceName;
  [read] boolean Active;
  [WmiDataId(1), read] uint32 First;
  [WmiDataId(2), read] uint32 Second[4];
  [WmiDataId(3), read, MaxLen(8)] string Third;
  [WmiMethodId(1)] void Do([in] uint32 Input, [out] uint32 Output);
};
[WMI, guid("{00000000-0000-0000-0000-000000000002}")]
class B
{
  [WmiDataId(1)] uint32 Only;
};
class C : D { string Free = "text"; };
class D { uint8 Last; };
instance of C { Free = "x"; };
`;

/** Single breaks of the text, in the order of the text; each gives one finding. */
const BREAKS: readonly (readonly [from: string, to: string])[] = [
  ['Dynamic, Provider', 'Dynamic Provider'],
  ['string InstanceName;', 'string InstanceName!;'],
  ['boolean Active;', 'boolean Active'],
  ['WmiDataId(1), read', 'WmiDataId(1, read'],
  ['Second[4]', 'Second[4'],
  ['MaxLen(8)', 'MaxLen(9x)'],
  ['uint32 Output);', 'uint32 Output;'],
  ['class B\n', 'class\n'],
  ['uint32 Only', 'uint32'],
  ['class C : D', 'class C D'],
  ['uint8 Last;', 'uint8 Last = ;'],
  ['Free = "x"', 'Free "x"'],
];

const NAMELESS = BREAKS.find(([, to]) => to === 'class\n');
const WITHIN = BREAKS.find(([, to]) => to === 'uint32');

function broken(breaks: readonly (readonly [string, string])[]): string {
  return breaks.reduce((text, [from, to]) => text.replace(from, () => to), TEXT);
}

test('the text of these tests has no fault', () => {
  expect(found(TEXT)).toEqual([]);
  for (const [from] of BREAKS) expect(TEXT).toContain(from);
});

test.each(BREAKS)('one finding: %s -> %s', (from, to) => {
  expect(found(broken([[from, to]])).map(({ code, message }) => `${code} ${message}`)).toHaveLength(
    1,
  );
});

test('two and three breaks at once are two and three findings', () => {
  const wrong: string[] = [];
  for (const [i, first] of BREAKS.entries()) {
    for (const [j, second] of BREAKS.entries()) {
      if (j <= i) continue;
      for (const third of [undefined, ...BREAKS.slice(j + 1)]) {
        // A class without a name is skipped with all that is in it.
        if ([first, second, third].includes(NAMELESS) && [second, third].includes(WITHIN)) continue;
        const breaks = third === undefined ? [first, second] : [first, second, third];
        const all = found(broken(breaks)).map(({ code, message }) => `${code} ${message}`);
        if (all.length !== breaks.length) {
          wrong.push(`${breaks.map(([, to]) => to).join(' + ')}: ${all.join('; ')}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});
