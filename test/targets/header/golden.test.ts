// The samples' C headers: byte for byte what is emitted today, and only what belongs there.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root, samples } from '../../mof-files.js';
import { headerOfFile } from './emit-files.js';

const expected = samples.map(({ name, path }) => ({
  sample: name,
  file: headerOfFile(path, {}),
  folder: join(root, 'samples', name, 'expected/header'),
}));

test.each(expected)('$sample: $file.name is what is emitted today', ({ file, folder }) => {
  expect(readdirSync(folder)).toEqual([file.name]);
  expect(readFileSync(join(folder, file.name), 'utf8')).toBe(file.text);
});

test.each(expected)('$sample: $file.name is the same each time', ({ sample, file }) => {
  const path = samples.find(({ name }) => name === sample)?.path ?? '';
  expect(headerOfFile(path, {})).toEqual(file);
});

test.each(expected)('$sample: $file.name is ASCII with LF line ends', ({ file: { text } }) => {
  expect(text).toMatch(/^[\n -~]*[^\n]\n$/);
  expect(text).not.toMatch(/[ \t]$/m);
});
