// Emitted C is a fixed point of clang-format: the samples' expected output of every C target.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from '@wasm-fmt/clang-format';
import { expect, test } from 'vitest';
import { headerOf } from '../header/header-of.js';
import { rules } from '../header/rules.js';

const root = join(import.meta.dirname, '../../..');
const style = readFileSync(join(root, '.clang-format'), 'utf8');

const files = readdirSync(join(root, 'samples')).flatMap((sample) =>
  ['header', 'kmdf', 'wdm', 'irp', 'blocks', 'scsiwmi', 'ndis']
    .map((target) => join(root, 'samples', sample, 'expected', target))
    .filter((folder) => existsSync(folder))
    .flatMap((folder) => readdirSync(folder).map((name) => join(folder, name)))
    .filter((path) => /\.[ch]$/.test(path)),
);

/** `text` as clang-format writes it. */
const formatted = (text: string): string => format(text, 'text.c', style);

test('there are C files', () => {
  expect(files.length).toBeGreaterThanOrEqual(5);
});

test.each(files.map((path) => ({ name: path.slice(root.length + 1), path })))(
  '$name is a fixed point',
  ({ path }) => {
    const text = readFileSync(path, 'utf8');
    expect(formatted(text)).toBe(text);
  },
);

test.each(rules)('a fixed point: $rule', ({ mof, options }) => {
  // The text of cpp_quote is copied unchanged.
  const { text } = headerOf(mof, { ...options, allowCppQuote: false });
  expect(formatted(text)).toBe(text);
});

test('the style changes what is out of shape', () => {
  expect(formatted('typedef struct _A {\n  ULONG  X;\n} A;\n')).toBe(
    'typedef struct _A\n{\n    ULONG X;\n} A;\n',
  );
});
