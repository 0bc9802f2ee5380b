// The samples' expected output: byte for byte what is emitted today, formatted, type-correct and free of lint.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import eslint from '@eslint/js';
import { Linter } from 'eslint';
import prettier from 'prettier';
import { expect, test } from 'vitest';
import tseslint from 'typescript-eslint';
import { analyze, emit } from '../../../src/generate.js';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { type RenderedFile } from '../../../src/targets/target.js';
import { hasCorpus, includesBeside, root, samples, selfContainedFiles } from '../../mof-files.js';
import { imaginaryPath, typeErrors } from './type-check.js';

/** The emitted files of a MOF file on disk with its includes; `undefined` when it has errors. */
function emitFile(path: string): readonly RenderedFile[] | undefined {
  const { value, diagnostics } = analyze(readFileSync(path), path, includesBeside());
  return hasErrors(diagnostics) ? undefined : emit(value, path, { targets: ['ts'] }).value;
}

const expected = samples.flatMap(({ name, path }) =>
  (emitFile(path) ?? []).map((file) => ({
    sample: name,
    file,
    path: join(root, 'samples', name, 'expected/ts', file.name),
  })),
);

test('there are samples, two files each', () => {
  expect(samples.length).toBeGreaterThanOrEqual(4);
  expect(expected.length).toBe(2 * samples.length);
});

test.each(expected)('$sample: $file.name is what is emitted today', ({ file, path }) => {
  expect(file.text).toBe(readFileSync(path, 'utf8'));
});

/** Prettier with the settings of this repository. */
function formatted(text: string): Promise<string> {
  return prettier.format(text, { parser: 'typescript', singleQuote: true, printWidth: 100 });
}

test.each(expected)('$sample: $file.name is a fixed point of the formatter', async ({ path }) => {
  const text = readFileSync(path, 'utf8');
  expect(await formatted(text)).toBe(text);
});

test('the samples have no type errors', () => {
  expect(
    typeErrors(new Map(expected.map(({ path }) => [path, readFileSync(path, 'utf8')]))),
  ).toEqual([]);
});

/** What eslint's and typescript-eslint's recommended rules find. */
function lint(text: string, name: string): string[] {
  const config = [
    eslint.configs.recommended,
    ...tseslint.configs.recommended,
    { files: ['**/*.ts'] },
  ];
  return new Linter().verify(text, config, name).map(({ line, message }) => `${line}: ${message}`);
}

test.each(expected)('$sample: $file.name has no lint', ({ path, file }) => {
  expect(lint(readFileSync(path, 'utf8'), file.name)).toEqual([]);
});

test('the lint finds what is wrong', () => {
  const found = lint('export let a: any = 1; interface B {}', 'x.g.ts').join();
  expect(found).toMatch(/Unexpected any/);
  expect(found).toMatch(/'B' is defined but never used/);
});

test.runIf(hasCorpus)(
  'the code for real MOF files has no type errors and is formatted as it is',
  async () => {
    const files = selfContainedFiles();
    const texts = new Map<string, string>();
    for (const [index, path] of files.entries()) {
      for (const file of emitFile(path) ?? []) {
        texts.set(imaginaryPath(String(index), file.name), file.text);
      }
    }
    console.log(`type-checked: ${texts.size} files for ${files.length} MOF files`);
    expect(texts.size).toBe(2 * files.length);
    expect(files.length).toBeGreaterThanOrEqual(16);
    expect(typeErrors(texts)).toEqual([]);
    for (const text of texts.values()) {
      const once = await formatted(text);
      expect(await formatted(once)).toBe(once);
    }
  },
);
