// The number and the length of diagnostics are limited, however faulty a text is.
import { expect, test } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { boundedDiagnostics, MAX_OF_A_CODE } from '../../src/diagnostics/bounded.js';
import { type DiagnosticCode } from '../../src/diagnostics/codes.js';
import { diagnostic } from '../../src/diagnostics/diagnostic.js';

const source = { name: 'a.mof', text: 'class A { };', encoding: 'utf-8' } as const;

function found(code: DiagnosticCode, index: number) {
  return diagnostic(code, { source, span: { start: 0, end: 1 } }, `number ${index}`);
}

test('the limit of a code, and a note about it', () => {
  const { add, all, hasEnough } = boundedDiagnostics();
  for (let index = 0; index < MAX_OF_A_CODE; index++) add(found('MOF2203', index));
  expect(hasEnough('MOF2203')).toBe(false);
  for (let index = 0; index < 10; index++) add(found('MOF2203', index));
  add(found('MOF2204', 0));
  expect(hasEnough('MOF2203')).toBe(true);
  expect(all.slice(-3).map(({ code, message }) => `${code} ${message}`)).toEqual([
    `MOF2203 number ${MAX_OF_A_CODE - 1}`,
    `MOF2203 more than ${MAX_OF_A_CODE} findings of MOF2203; the rest is not shown`,
    'MOF2204 number 0',
  ]);
});

test.each([
  ['the model', 'MOF2005', (index: number) => `class A${index} : B${index} { };\n`],
  ['the preprocessor', 'MOF1305', () => '#endif\n'],
  ['includes', 'MOF1004', () => '#pragma include("gone.mof")\n'],
])('a text with very many faults of one kind: %s', (_stage, code, line) => {
  const text = Array.from({ length: MAX_OF_A_CODE + 100 }, (_, index) => line(index)).join('');
  const { diagnostics } = analyze(new TextEncoder().encode(text), 'a.mof', () => undefined);
  expect(diagnostics).toHaveLength(MAX_OF_A_CODE + 1);
  expect(diagnostics.at(-1)).toMatchObject({
    code,
    message: `more than ${MAX_OF_A_CODE} findings of ${code}; the rest is not shown`,
  });
});

test('messages about very long names are cut', () => {
  const name = 'x'.repeat(100_000);
  const text = [
    `#define ${name}Inner ${name}Base`,
    `#define ${name}Outer ${name}Inner`,
    `[WMI] class ${name} : ${name}Outer { };`,
  ].join('\n');
  const { diagnostics } = analyze(new TextEncoder().encode(text), 'a.mof', () => undefined);
  const texts = diagnostics.flatMap(({ message, help = '', related }) => [
    message,
    help,
    ...related.map((each) => each.message),
  ]);
  expect(texts.map((words) => words.replace(/x{100,}/g, 'x'))).toEqual([
    "the superclass 'x…",
    expect.stringMatching(/…$/),
    "in the text of the macro 'x…",
    "which is in the text of the macro 'x…",
  ]);
  expect(Math.max(...texts.map((words) => words.length))).toBe(1001);
});
