// schemas/config.schema.json and the table of docs/configuration.md have every key of src/config/keys.ts. The schema is
// updated by `npx vitest run test/config/schema.test.ts -u`.
import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { configFaults } from '../../src/config/faults.js';
import { ENTRY_KEYS, type Kind, type KeyRow, TOP_KEYS } from '../../src/config/keys.js';
import { TARGET_NAMES } from '../../src/targets/loading.js';
import { EMIT_OPTIONS, flagOf, type OptionRow } from '../../src/targets/options.js';
import { OUTSIDE_NAME } from '../../src/targets/outside-name.js';

const root = join(import.meta.dirname, '../..');
const path = join(root, 'schemas/config.schema.json');

const text = { type: 'string', minLength: 1 };

const BUILT_IN = { enum: TARGET_NAMES };

function schemaOfOption(row: OptionRow): object {
  switch (row.type) {
    case 'switch':
      return { type: 'boolean' };
    case 'choice':
      return { enum: row.choices };
    case 'number':
      return { type: 'integer', minimum: row.min, maximum: row.max };
    case 'text':
      return { type: 'string', ...(row.pattern && { pattern: row.pattern.source }) };
    default:
      return row satisfies never;
  }
}

/** With all targets built in, all options are. */
const builtInTargets = { properties: { targets: { items: BUILT_IN } } };
const builtInOptions = {
  properties: { options: { propertyNames: { enum: Object.keys(EMIT_OPTIONS) } } },
};

function schemaOf(kind: Kind): object {
  switch (kind.type) {
    case 'text':
      return text;
    case 'texts':
    case 'codes':
      return { type: 'array', items: text };
    case 'targets':
      return {
        type: 'array',
        items: { anyOf: [BUILT_IN, { type: 'string', pattern: OUTSIDE_NAME }] },
      };
    case 'switch':
      return { type: 'boolean' };
    case 'number':
      return { type: 'integer', minimum: 0 };
    case 'integer':
      return { type: 'integer' };
    case 'choice':
      return { enum: kind.choices };
    case 'macros':
      return {
        type: 'object',
        propertyNames: { pattern: '^[A-Za-z_][A-Za-z0-9_]*$' },
        additionalProperties: { anyOf: [{ type: 'string' }, { type: 'number' }, { const: true }] },
      };
    case 'options':
      return {
        type: 'object',
        // Those of targets that are not built in.
        additionalProperties: { type: ['boolean', 'string', 'integer'] },
        properties: Object.fromEntries(
          Object.entries<OptionRow>(EMIT_OPTIONS).map(([name, row]) => [
            name,
            { description: `${row.summary} (${flagOf(name)})`, ...schemaOfOption(row) },
          ]),
        ) as object,
      };
    default:
      return kind satisfies never;
  }
}

function propertiesOf(rows: Readonly<Record<string, KeyRow>>): object {
  return Object.fromEntries(
    Object.entries(rows).map(([key, { kind, flag, isFilled = false, summary }]) => {
      const description = flag === undefined ? summary : `${summary} (${flag})`;
      return [key, { description, ...schemaOf(kind), ...(isFilled ? { minItems: 1 } : {}) }];
    }),
  );
}

const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'The configuration of mofgen',
  description: 'mofgen.config.json; docs/configuration.md describes it.',
  allowComments: true,
  allowTrailingCommas: true,
  type: 'object',
  additionalProperties: false,
  anyOf: [{ required: ['inputs'] }, { required: ['entries'] }],
  if: { properties: { ...builtInTargets.properties, entries: { items: builtInTargets } } },
  then: { properties: { ...builtInOptions.properties, entries: { items: builtInOptions } } },
  properties: {
    ...propertiesOf(TOP_KEYS),
    ...propertiesOf(ENTRY_KEYS),
    entries: {
      description:
        'several entries, each with inputs of its own; keys outside them apply where an entry does not set them',
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['inputs'],
        properties: propertiesOf(ENTRY_KEYS),
      },
    },
  },
};

test('the schema has the keys of the table', async () => {
  const options = { ...(await resolveConfig(path)), filepath: path };
  await expect(await format(JSON.stringify(schema), options)).toMatchFileSnapshot(path);
});

test('the documentation has the keys of the table', () => {
  const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8').replaceAll(/ +/g, ' ');
  for (const [key, row] of Object.entries({ ...ENTRY_KEYS, ...TOP_KEYS })) {
    const { flag, summary }: KeyRow = row;
    const option = flag === undefined ? ' ' : ` \`${flag}\` `;
    expect(page).toContain(`| \`${key}\` |${option}| ${summary} |`);
  }
});

const validate = new Ajv().compile(schema);

test.each<[unknown, boolean]>([
  [{ inputs: ['a.mof'] }, true],
  [{ entries: [{ inputs: ['a.mof'], targets: ['kmdf'], options: { enums: true } }] }, true],
  [{ inputs: ['a.mof'], define: { A: 1, B: true, C: '' }, wdk: 'arm64', maxErrors: 0 }, true],
  [{}, false],
  [{ inputs: 'a.mof' }, false],
  [{ inputs: ['a.mof'], ouput: 'x' }, false],
  [{ inputs: ['a.mof'], define: { 'A B': 1 } }, false],
  [{ inputs: ['a.mof'], options: { enum: true } }, false],
  [{ inputs: ['a.mof'], maxErrors: 1.5 }, false],
  [{ inputs: [] }, false],
  [{ inputs: ['a.mof'], targets: [] }, false],
  [{ inputs: ['a.mof'], targets: ['kmfd'] }, false],
  [{ inputs: ['a.mof'], options: { poolTag: 'Abcd', core: 'copy' } }, true],
  [{ inputs: ['a.mof'], options: { poolTag: 'Abcde' } }, false],
  [{ inputs: ['a.mof'], options: { core: 'none' } }, false],
  [{ inputs: ['a.mof'], options: { implExt: true } }, false],
  [{ inputs: ['a.mof'], targets: ['./mine.mjs'] }, true],
  [{ inputs: ['a.mof'], targets: ['mofgen-target-x', '@fans/target'] }, true],
  [{ inputs: ['a.mof'], targets: ['mine'] }, false],
  [{ entries: [] }, false],
  [{ entries: [{}] }, false],
])('the schema and mofgen agree about %j', (value, isRight) => {
  expect(validate(value)).toBe(isRight);
  expect(configFaults(value).length === 0).toBe(isRight);
});
