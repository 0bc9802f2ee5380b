/** Every qualifier of the table is in a MOF text of a test: a row without a use is one that nothing tests. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { QUALIFIERS } from '../../src/model/qualifiers.js';

const texts = ['test/model', 'test/diagnostics', 'test/targets'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readFileSync(join(folder, name), 'utf8')),
);

test.each(Object.keys(QUALIFIERS))('a MOF text of a test has %s', (name) => {
  // Between brackets or commas, as in MOF.
  const use = new RegExp(String.raw`[[,{]\s*${name}\s*[,\](:{]`, 'i');
  expect(texts.some((text) => use.test(text))).toBe(true);
});
