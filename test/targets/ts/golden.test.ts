// The samples' expected output: byte for byte what is emitted today, formatted and type-correct.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { analyze, emit } from '../../../src/generate.js';
import { hasErrors } from '../../../src/diagnostics/diagnostic.js';
import { type RenderedFile } from '../../../src/targets/target.js';
import { hasCorpus, includesBeside, root, samples, selfContainedFiles } from '../../mof-files.js';
import { changedByPrettier } from './prettier-styles.js';
import { imaginaryPath, typeErrors } from './type-check.js';
import { oneIn, perRun } from '../../effort.js';

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

test.each(expected)('$sample: $file.name is a fixed point of prettier', async ({ file, path }) => {
  const committed = { owner: file.owner, text: readFileSync(path, 'utf8') };
  expect(await changedByPrettier(committed)).toEqual([]);
});

test('the samples have no type errors', () => {
  expect(
    typeErrors(new Map(expected.map(({ path }) => [path, readFileSync(path, 'utf8')]))),
  ).toEqual([]);
});

test.runIf(hasCorpus)(
  'the code for real MOF files has no type errors and is formatted as it is',
  async () => {
    const files = oneIn(4, selfContainedFiles());
    const emitted = files.flatMap((path, index) =>
      (emitFile(path) ?? []).map((file) => ({
        file,
        path: imaginaryPath(String(index), file.name),
      })),
    );
    const texts = new Map(emitted.map(({ file, path }) => [path, file.text]));
    console.log(`type-checked: ${texts.size} files for ${files.length} MOF files`);
    expect(texts.size).toBe(2 * files.length);
    expect(files.length).toBeGreaterThanOrEqual(perRun({ thorough: 16, quick: 4 }));
    expect(typeErrors(texts)).toEqual([]);
    for (const { file, path } of emitted) {
      expect(await changedByPrettier(file), path).toEqual([]);
    }
  },
);
