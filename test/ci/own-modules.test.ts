// Every file that replaces modules has modules of its own in a quick run.
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { expect, test } from 'vitest';
import { OWN_MODULES } from '../own-modules.js';

const files = readdirSync('test', { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join('test', name).replaceAll(sep, '/'));

test('those that replace modules are listed', () => {
  const replacing = files.filter((name) =>
    /\bvi\.(?:mock|doMock|resetModules)\(/.test(readFileSync(name, 'utf8')),
  );
  expect(replacing).not.toEqual([]);
  expect(replacing.filter((name) => !OWN_MODULES.includes(name))).toEqual([]);
});

test('those that are listed exist', () => {
  expect(OWN_MODULES.filter((name) => !files.includes(name))).toEqual([]);
});
