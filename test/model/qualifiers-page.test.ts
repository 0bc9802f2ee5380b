/** docs/qualifiers.md lists every qualifier that mofgen uses. `npm run reference` writes it, this test compares it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { format } from 'prettier';
import { expect, test } from 'vitest';
import { type Place, qualifierNames, qualifierRow } from '../../src/model/qualifiers.js';

const page = 'docs/qualifiers.md';

const PLACES: Readonly<Record<Place, string>> = {
  class: 'classes',
  property: 'properties',
  method: 'methods',
  parameter: 'parameters',
};

const VALUES = {
  boolean: 'TRUE or FALSE',
  integer: 'integer',
  string: 'string',
  strings: 'list of strings',
  any: 'any',
} as const;

function row(name: string): string {
  const found = qualifierRow(name);
  if (found === undefined) throw new Error(`no row of ${name}`);
  const { places, value, meaning } = found;
  const where =
    places.length === Object.keys(PLACES).length
      ? 'everywhere'
      : places.map((place) => PLACES[place]).join(', ') || 'nowhere';
  return `| \`${name}\` | ${where} | ${VALUES[value]} | ${meaning} |`;
}

function document(): string {
  return [
    '# Qualifiers',
    '<!-- Written by npm run reference from src/model/qualifiers.ts; do not edit. -->',
    [
      'The qualifiers that mofgen uses. Names ignore case. A qualifier in another place has no effect and gives the warning',
      '[MOF2102](diagnostics.md), a value of another type is the error [MOF2101](diagnostics.md). All other qualifiers are kept',
      'in the model and otherwise ignored.',
    ].join('\n'),
    [
      '| qualifier | allowed on | value | meaning |',
      '| --- | --- | --- | --- |',
      ...qualifierNames().map(row),
    ].join('\n'),
  ].join('\n\n');
}

test('the page is what npm run reference writes', async () => {
  const options = { parser: 'markdown', printWidth: 130, proseWrap: 'preserve' } as const;
  const text = await format(document(), options);
  if (process.env['MOFGEN_WRITE_REFERENCE'] === '1') writeFileSync(page, text);
  expect(readFileSync(page, 'utf8')).toBe(text);
});
