// A C preprocessor gives the same words for random macros and conditionals.
import { spawnSync } from 'node:child_process';
import '../property-seed.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONDITIONS } from './conditions.js';
import { CONDITION_MACROS, conditionTexts, macroTexts, RESET } from './macro-texts.js';
import { preprocessed } from './preprocessed.js';
import { runs } from '../effort.js';

const compiler = ['gcc', 'clang'].find((each) => spawnSync(each, ['--version']).status === 0);
if (compiler === undefined) {
  if (process.env['MOFGEN_REQUIRE_C'] === '1') throw new Error('no C preprocessor');
  console.warn('no gcc or clang: the preprocessor is not compared with theirs');
}

function oracle(text: string): string[] {
  const args = ['-E', '-P', '-x', 'c', '-undef', '-w', '-'];
  const { stdout, status, stderr } = spawnSync(compiler ?? '', args, { input: text });
  expect(status, String(stderr)).toBe(0);
  return words(String(stdout));
}

/** Without comments, which a C preprocessor drops. */
function words(text: string): string[] {
  return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, ' ').match(/\w+|"(?:[^"\\]|\\.)*"|\S/g) ?? [];
}

const names = fc.constantFrom('A', 'B', 'C', 'D', 'E');
const word = fc.oneof(names, fc.constantFrom('1', '2', '"A B"', 'x', '(', ')', ',', '/* A */'));
const body = fc.array(word, { maxLength: 5 }).map((all) => all.join(' '));
const joined = fc.array(body, { maxLength: 3 }).map((all) => all.join(' \\\n '));
const condition = fc.oneof(
  names.map((name) => `defined(${name})`),
  names.map((name) => `!defined ${name}`),
  fc.constantFrom('1', '0', '1 == 2 || 3 > 2'),
);
const line: fc.Arbitrary<string> = fc.oneof(
  fc.tuple(names, joined).map(([name, text]) => `#undef ${name}\n#define ${name} ${text}`),
  names.map((name) => `#undef ${name}`),
  body.filter((text) => !text.includes('(')),
  body,
);
const { group } = fc.letrec<{ group: string; lines: string }>((tie) => ({
  lines: fc
    .array(fc.oneof({ weight: 4, arbitrary: line }, tie('group')), { maxLength: 6 })
    .map((all) => all.join('\n')),
  group: fc
    .tuple(condition, tie('lines'), condition, tie('lines'), tie('lines'))
    .map(([a, x, b, y, z]) => `#if ${a}\n${x}\n#elif ${b}\n${y}\n#else\n${z}\n#endif`),
}));

test.runIf(compiler)('random texts', () => {
  // Several texts go through one process, each with macros of its own.
  const reset = '\n#undef A\n#undef B\n#undef C\n#undef D\n#undef E\nNEXT\n';
  const texts = fc
    .sample(fc.array(fc.oneof(line, group), { maxLength: 12 }), runs(3000))
    .map((all) => all.join('\n'));
  const whole = texts.join(reset);
  const { text, findings } = preprocessed(whole);
  expect(findings).toEqual([]);
  const mine = words(text).join(' ').split('NEXT');
  const theirs = oracle(whole).join(' ').split('NEXT');
  mine.forEach((each, index) => {
    expect(each, texts[index]).toBe(theirs[index]);
  });
  expect(mine.length).toBe(theirs.length);
});

test.runIf(compiler)('conditions', () => {
  const text = CONDITIONS.map(([each], index) => `#if ${each}\ny${index}\n#endif`).join('\n');
  const want = CONDITIONS.flatMap(([, holds], index) => (holds ? [`y${index}`] : []));
  expect(oracle(text)).toEqual(want);
});

/** The output of the compiler for each text; `undefined` for those that it refuses. */
function byCompiler(texts: readonly string[]): (string | undefined)[] {
  const whole = texts.map((text) => `${RESET}${text}\nNEXT\n`);
  const args = ['-E', '-P', '-x', 'c', '-std=gnu11', '-undef', '-w', '-'];
  const { stdout, stderr } = spawnSync(compiler ?? '', args, {
    input: whole.join(''),
    maxBuffer: 1 << 28,
  });
  const ends: number[] = [];
  for (const text of whole) ends.push((ends.at(-1) ?? 0) + text.split('\n').length - 1);
  const refused = new Set<number>();
  for (const [, line] of String(stderr).matchAll(/^<stdin>:(\d+):(?:\d+:)? error/gm)) {
    refused.add(ends.findIndex((end) => Number(line) <= end));
  }
  const results = words(String(stdout)).join(' ').split('NEXT');
  expect(results.length).toBe(texts.length + 1);
  return texts.map((_, index) => (refused.has(index) ? undefined : results[index]?.trim()));
}

test.runIf(compiler)('random macros with parameters, # and ##', { timeout: 120_000 }, () => {
  const texts = fc.sample(macroTexts, Number(process.env['MOFGEN_ORACLE_TEXTS'] ?? runs(6000)));
  const theirs = byCompiler(texts);
  let compared = 0;
  texts.forEach((text, index) => {
    const { result, findings } = preprocessed(RESET + text);
    const want = theirs[index];
    if (want === undefined) expect(findings, text).not.toEqual([]);
    else {
      expect(findings, text).toEqual([]);
      expect(words(result.text).join(' '), text).toBe(want);
      compared++;
    }
  });
  expect(compared).toBeGreaterThan(texts.length / 3);
});

test.runIf(compiler)('random conditions', () => {
  const conditions = fc.sample(conditionTexts, runs(4000));
  const texts = conditions.map(
    (each) => `${CONDITION_MACROS}#if ${each}\nyes\n#else\nno\n#endif\n`,
  );
  const theirs = byCompiler(texts);
  texts.forEach((text, index) => {
    const { text: mine, findings } = preprocessed(text);
    const want = theirs[index];
    if (want === undefined) expect(findings.length, text).toBe(1);
    else expect({ mine, findings }, text).toEqual({ mine: want, findings: [] });
  });
  expect(theirs.filter((each) => each === undefined).length).toBeLessThan(texts.length / 4);
});
