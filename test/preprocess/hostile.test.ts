// Texts that attack a preprocessor: endless, exponential or very large ones end soon, with a diagnostic.
import '../property-seed.js';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compile } from '../../src/compile/compilation.js';
import { originOf } from '../../src/text/composition.js';
import { preprocessed } from './preprocessed.js';
import { oneIn, runs } from '../effort.js';

const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => `${line(index)}\n`).join('');

type Case = [title: string, given: string, codes: string[], files?: Record<string, string>];

const CASES: readonly Case[] = [
  ['macros that double', lines(64, (i) => `#define M${i} M${i + 1} M${i + 1}`) + 'M0', ['MOF1303']],
  [
    'in a condition',
    lines(64, (i) => `#define M${i} M${i + 1} M${i + 1}`) + '#if M0\n#endif',
    ['MOF1303'],
  ],
  [
    'doubling nothing',
    lines(64, (i) => `#define M${i} M${i + 1} M${i + 1}`) + '#define M64\nM0',
    ['MOF1303'],
  ],
  ['a chain of macros', lines(100_000, (i) => `#define M${i} M${i + 1}`) + 'M0', ['MOF1303']],
  ['a ring of macros', lines(100, (i) => `#define M${i} M${(i + 1) % 100}`) + 'M0', []],
  ['a macro of 1 MB', `#define M ${'x '.repeat(500_000)}\nM M M`, []],
  [
    'a macro of 1 MB, too often',
    `#define M ${'"x" '.repeat(250_000)}\n${'M '.repeat(100)}`,
    ['MOF1303'],
  ],
  ['a macro of 1 MB over lines', `#define M ${'x \\\n'.repeat(250_000)}\nM`, []],
  ['a name of 1 MB', `#define ${'x'.repeat(1_000_000)} 1\n${'x'.repeat(1_000_000)}`, []],
  ['100,000 nested conditions', lines(100_000, () => '#if 1') + lines(100_000, () => '#endif'), []],
  [
    '100,000 nested conditions that fail',
    lines(100_000, () => '#if 0') + lines(100_000, () => '#endif'),
    [],
  ],
  ['a line of 10 MB', `#define M 1\n${'a M '.repeat(100_000)}${'x'.repeat(9_600_000)}`, []],
  [
    'a file that includes itself twice',
    '#include "a.mof"\n#include "a.mof"',
    ['MOF1005', 'MOF1005', 'MOF1005', 'MOF1005'],
    { 'a.mof': '#include "a.mof"\n#include "a.mof"' },
  ],
  [
    'includes that double',
    '#include "a0.mof"',
    ['MOF1303'],
    Object.fromEntries([
      ...Array.from({ length: 60 }, (_, i) => [
        `a${i}.mof`,
        `#include "a${i + 1}.mof"\n#include "a${i + 1}.mof"`,
      ]),
      ['a60.mof', ''],
    ]),
  ],
  [
    'a long chain of includes',
    '#include "a0.mof"',
    ['MOF1007'],
    Object.fromEntries(
      Array.from({ length: 200 }, (_, i) => [`a${i}.mof`, `#include "a${i + 1}.mof"`]),
    ),
  ],
  [
    'macros with parameters that double',
    lines(64, (i) => `#define M${i}(x) M${i + 1}(x x)`) + 'M0(1)',
    ['MOF1303'],
  ],
  ['arguments that double', `#define F(x) x x\n${'F('.repeat(60)}1${')'.repeat(60)}`, ['MOF1303']],
  [
    'arguments that double in a condition',
    `#define F(x) x x\n#if ${'F('.repeat(60)}1${')'.repeat(60)}\n#endif`,
    ['MOF1303'],
  ],
  [
    'arguments that double in a condition of a header',
    '#include "a.h"',
    ['MOF1303'],
    { 'a.h': `#define F(x) x x\n#if ${'F('.repeat(60)}1${')'.repeat(60)}\n#endif` },
  ],
  [
    'strings that double',
    `#define F(x) #x #x\n#define G(x) F(x)\n${'G('.repeat(60)}1${')'.repeat(60)}`,
    ['MOF1303'],
  ],
  [
    'names that double',
    lines(64, (i) => `#define M${i}(x) M${i + 1}(x ## x)`) + 'M0(a)',
    ['MOF1303'],
  ],
  [
    'a ring of macros with parameters',
    lines(100, (i) => `#define M${i}(x) M${(i + 1) % 100}(x)`) + 'M0(1)',
    [],
  ],
  ['a macro that grows by itself', '#define F(x) x F(x x)\nF(1)', []],
  [
    '100,000 nested uses',
    `#define F(x) x\n${'F('.repeat(100_000)}1${')'.repeat(100_000)}`,
    ['MOF1303'],
  ],
  [
    '100,000 nested parentheses',
    `#define F(x) x\nF(${'('.repeat(100_000)}1${')'.repeat(100_000)})`,
    [],
  ],
  ['100,000 uses without an end', `#define F(x) x\n${'F('.repeat(100_000)}`, ['MOF1421']],
  ['uses without an end in a large text', `#define F(x) x\n${'F(1\n'.repeat(1000)}`, ['MOF1421']],
  ['100,000 arguments', `#define V(...) __VA_ARGS__\nV(${'1,'.repeat(100_000)})`, []],
  ['100,000 parameters', `#define F(${lines(100_000, (i) => `a${i}, \\`)}z) z\nF(1)`, ['MOF1420']],
  ['an argument of 10 MB', `#define F(x) x\nF(${'x'.repeat(10_000_000)})`, ['MOF1303']],
  ['an argument of 10 MB of tokens', `#define F(x) x\nF(${'x '.repeat(5_000_000)})`, ['MOF1303']],
  ['an argument of 1 MB', `#define F(x) x\nF(${'"abcdefgh" '.repeat(90_000)})`, []],
  ['a name of a macro in every line', `#define F(x) x\n${'F\n'.repeat(200_000)}`, []],
  ['open quotes in arguments', `#define F(x) x\nF(${'\\"\n'.repeat(100_000)}`, ['MOF1421']],
  ['50,000 uses', `#define F(x, y) x y\n${'F(a, (b))\n'.repeat(50_000)}`, []],
  [
    'a large argument in many places',
    `#define F(x) ${'x #x '.repeat(10_000)}\nF(${'y '.repeat(100_000)})`,
    ['MOF1303'],
  ],
  [
    'a long name joined many times',
    `#define F(x) a${' ## x'.repeat(10_000)}\nF(${'y'.repeat(10_000)})`,
    ['MOF1303'],
  ],
  ['backslashes in a string of an argument', `#define F(x) #x\nF(${'\\\\'.repeat(100_000)}a)`, []],
  ['open quotes in every line', lines(100_000, () => '#define A "') + 'A', []],
  ['open comments in every directive', lines(1000, () => '#define A /*'), ['MOF1102']],
  [
    'a guard after a long comment',
    '#include "a.mof"',
    ['MOF1005'],
    { 'a.mof': `/*${'*'.repeat(1_000_000)}*/\n#ifndef A\n#define A\n#include "a.mof"\n#endif` },
  ],
];

test.each(oneIn(3, CASES))('%s', (_title, given, codes, files) => {
  const before = performance.now();
  const { diagnostics } = preprocessed(given, files);
  expect(diagnostics.map(({ code }) => code)).toEqual(codes);
  expect(performance.now() - before).toBeLessThan(20_000);
});

const piece = fc.oneof(
  fc.constantFrom(
    '#define',
    '#undef',
    '#if',
    '#ifdef',
    '#elif',
    '#else',
    '#endif',
    '#include',
    '#pragma',
    '#',
    '#pragma once',
  ),
  fc.constantFrom(
    'A',
    'B',
    'defined',
    '(',
    ')',
    '"',
    "'",
    '/*',
    '*/',
    '//',
    '\\',
    '\n',
    '\r\n',
    '\\\n',
    ' ',
  ),
  fc.constantFrom(
    '"a.mof"',
    '<b.h>',
    '"main.mof"',
    'class X {',
    '};',
    '1',
    '&&',
    '?',
    ':',
    '\uFEFF',
    '\0',
    '0x',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);
const anyText = fc.array(piece, { maxLength: 60 }).map((all) => all.join(''));

test('any text has a result, and every place of it is a place of a file', () => {
  fc.assert(
    fc.property(anyText, anyText, anyText, (given, a, b) => {
      const encoder = new TextEncoder();
      const main = { name: 'main.mof', text: given, encoding: 'utf-8' } as const;
      const files: Readonly<Record<string, string>> = { 'a.mof': a, 'b.h': b, 'main.mof': given };
      const { diagnostics } = compile(main, (path) => {
        const text = files[path];
        return text === undefined ? undefined : { name: path, bytes: encoder.encode(text) };
      });
      for (const { location, related } of diagnostics) {
        for (const place of [location, ...related.map((each) => each.location)]) {
          if (place === undefined) throw new Error('a diagnostic without a place');
          expect(place.source.composition).toBeUndefined();
          expect(place.span.start).toBeGreaterThanOrEqual(0);
          expect(place.span.end).toBeGreaterThanOrEqual(place.span.start);
          expect(place.span.end).toBeLessThanOrEqual(place.source.text.length);
        }
      }
      const { result } = preprocessed(given, { 'a.mof': a, 'b.h': b });
      for (let start = 0; start < result.text.length; start += 3) {
        const { place } = originOf({ source: result, span: { start, end: start + 2 } });
        expect(place.span.end).toBeGreaterThanOrEqual(place.span.start);
      }
    }),
    { numRuns: runs(3000) },
  );
});
