// What each target of the list emits for each sample, byte for byte; `npm run samples` writes it.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hasErrors } from '../../src/diagnostics/diagnostic.js';
import { analyze, emit } from '../../src/generate.js';
import { TARGETS } from '../../src/targets/index.js';
import { type Target } from '../../src/targets/target.js';
import { includesBeside, root, samples } from '../mof-files.js';

/** The files for a sample, without those that are the same for every MOF. */
function filesFor(target: Target, path: string): Readonly<Record<string, string>> {
  const { value, diagnostics } = analyze(readFileSync(path), path, includesBeside());
  expect(hasErrors(diagnostics)).toBe(false);
  const files = emit(value, path, { targets: [target] }).value;
  return Object.fromEntries(
    files.flatMap(({ name, text, isShared }) => (isShared === true ? [] : [[name, text]])),
  );
}

describe.each(TARGETS.map((target) => ({ name: target.name, target })))(
  '$name',
  ({ name, target }) => {
    test.each(samples)('$name is what is emitted today', ({ name: sample, path }) => {
      const folder = join(root, 'samples', sample, 'expected', name);
      expect(existsSync(folder), `${folder} is missing: npm run samples writes it`).toBe(true);
      const expected = readdirSync(folder).map((file): [string, string] => {
        return [file, readFileSync(join(folder, file), 'utf8')];
      });
      const emitted = filesFor(target, path);
      expect(Object.keys(emitted).sort(), 'npm run samples writes them').toEqual(
        expected.map(([file]) => file).sort(),
      );
      for (const [file, text] of expected) {
        expect(emitted[file], `${join(folder, file)}: npm run samples writes it`).toBe(text);
      }
    });
  },
);

test.each(samples)('$name has nothing of other targets', ({ name }) => {
  const names = TARGETS.map((target) => target.name);
  expect(readdirSync(join(root, 'samples', name, 'expected')).sort()).toEqual(names.sort());
});

test('each folder with an index is a target of the list', () => {
  const folder = join(root, 'src/targets');
  const folders = readdirSync(folder).filter((name) => existsSync(join(folder, name, 'index.ts')));
  expect(TARGETS.map(({ name }) => name).sort()).toEqual(folders.sort());
});
