/** Which patterns would match a missing file, compared with their matches among existing files. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isCovered } from '../../src/cli/pattern-cover.js';
import { filesMatching } from '../../src/cli/patterns.js';
import { workplace } from './command-line.js';

const FILES = [
  'old.mof',
  'mof/old.mof',
  'mof/Old.mof',
  'mof/.old.mof',
  'mof/old.mfl',
  'mof/deep/old.mof',
  'mof/deep/er/old.mof',
  'mof/.hidden/old.mof',
  'mof/node_modules/old.mof',
  'mof [1]/old.mof',
  'other/old.mof',
];

test.each([
  'mof/*.mof',
  './mof/*.mof',
  'other/../mof/*.mof',
  '*.mof',
  '**/*.mof',
  'mof/**/*.mof',
  'mof/**',
  '**/deep/*.mof',
  '*/old.mof',
  'mof/[a-z]*.mof',
  'mof/[!o]*.mof',
  'mof/???.mof',
  'mof/.*.mof',
  '{mof,other}/*.mof',
  'mof/{old,new}.m?f',
  'mof [1]/*.mof',
  'mof/*/',
  'mof/*/*/old.mof',
  'nowhere/*.mof',
  '?',
])('%s', (pattern) => {
  const { folder } = workplace(Object.fromEntries(FILES.map((name) => [name, ''])));
  const matching = filesMatching(pattern, folder).map((name) => resolve(folder, name));
  const covered = FILES.map((name) => join(folder, name)).filter((path) =>
    isCovered([pattern], path, folder),
  );
  expect(covered.sort()).toEqual(matching.sort());
});

test('a name is no pattern, an absolute pattern is one, and one of several is enough', () => {
  const { folder, path } = workplace({ 'mof/a.mof': '' });
  const gone = path('mof/gone.mof');
  expect(isCovered([], gone, folder)).toBe(false);
  expect(isCovered(['{mof,x}/gone.mof'], gone, folder)).toBe(false);
  expect(isCovered([path('mof/*.mof')], gone, folder)).toBe(true);
  expect(isCovered(['*.mof', '../*/mof/*.mof'], gone, folder)).toBe(true);
  expect(isCovered(['*.mof'], gone, path('mof'))).toBe(true);
});

test('a pattern that names a folder by a link covers what is in the folder; one that would go through a link does not', () => {
  const { folder, path } = workplace({ 'real/mof/a.mof': '' });
  mkdirSync(path('link'));
  symlinkSync(path('real/mof'), path('link/mof'));
  const gone = path('real/mof/gone.mof');
  expect(isCovered(['link/mof/*.mof'], gone, folder)).toBe(true);
  expect(isCovered(['link/*/*.mof'], gone, folder)).toBe(false);
});
