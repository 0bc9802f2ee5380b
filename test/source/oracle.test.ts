// A C preprocessor says the same about random macros and conditionals, as far as words go.
import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONDITIONS } from './conditions.js';
import { preprocessed } from './preprocessed.js';

const compiler = ['clang', 'gcc'].find((each) => spawnSync(each, ['--version']).status === 0);
if (compiler === undefined) {
  if (process.env['MOFGEN_REQUIRE_C'] === '1') throw new Error('no C preprocessor');
  console.warn('no clang or gcc: the preprocessor is not compared with theirs');
}

function oracle(text: string): string[] {
  const args = ['-E', '-P', '-x', 'c', '-undef', '-w', '-'];
  const { stdout, status, stderr } = spawnSync(compiler ?? '', args, { input: text });
  expect(status, String(stderr)).toBe(0);
  return words(String(stdout));
}

/** Without comments, which a C preprocessor drops. */
function words(text: string): string[] {
  return text.replace(/\/\*.*?\*\/|\/\/.*/gs, ' ').match(/\w+|"[^"]*"|\S/g) ?? [];
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
    .sample(fc.array(fc.oneof(line, group), { maxLength: 12 }), 3000)
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
