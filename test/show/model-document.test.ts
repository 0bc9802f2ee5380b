// The JSON document: valid against its schema for every sample and real files; every field of the schema occurs in a document.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { showJson } from '../../src/show/model-document.js';
import { type ShownInput } from '../../src/show/shown-input.js';
import { hasCorpus } from '../mof-files.js';
import { corpusInputs, RARITIES, sample, samples, shownText } from './all-forms.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly enum?: readonly Json[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const path = join(import.meta.dirname, '../../schemas/model.schema.json');
const schema = JSON.parse(readFileSync(path, 'utf8')) as Schema;
const ajv = new Ajv({ allErrors: true });
ajv.addSchema(schema, 'model');
const isModel = ajv.compile({ $ref: 'model' });

function documentOf(...inputs: readonly ShownInput[]): Json {
  return JSON.parse(showJson(inputs)) as Json;
}

function expectValid(document: Json): void {
  expect([isModel(document), isModel.errors]).toEqual([true, null]);
}

test.each([...samples])('%s is valid against the schema', (_name, input) => {
  expectValid(documentOf(input));
});

test('all samples in one document are valid against the schema', () => {
  const { inputs } = documentOf(...samples.values()) as { inputs: { name: string }[] };
  expect(inputs.map(({ name }) => name)).toEqual([...samples.values()].map(({ name }) => name));
  expectValid(documentOf(...samples.values()));
  expectValid(documentOf());
});

test.each(['door-light', 'sensor-log'])('%s: the document matches the snapshot', async (name) => {
  await expect(showJson([sample(name)])).toMatchFileSnapshot(`expected/${name}.json`);
});

test.runIf(hasCorpus)('real files are valid against the schema', () => {
  const inputs = corpusInputs(
    'windows-driver-samples',
    'linux-firmware',
    'bmf-pairs',
    'cim-2.32/CIM-2.32.0/Event',
  );
  console.log(`documents of ${inputs.length} real files are valid`);
  expect(inputs.length).toBeGreaterThan(20);
  for (const input of inputs) expectValid(documentOf(input));
});

/** Calls `meet` with every value in `value`, its schema and the name of its definition. */
function walk(
  value: Json,
  at: Schema,
  name: string,
  meet: (value: Json, at: Schema, name: string) => void,
): void {
  meet(value, at, name);
  if (at.$ref !== undefined) {
    const target = at.$ref.replace('#/definitions/', '');
    walk(value, definition(target), target, meet);
  }
  for (const choice of at.anyOf ?? []) {
    const fits =
      choice.$ref === undefined
        ? isList(value) === (choice.items !== undefined)
        : ajv.validate({ $ref: `model${choice.$ref}` }, value) === true;
    if (fits) walk(value, choice, name, meet);
  }
  if (isList(value)) {
    for (const element of value) walk(element, at.items ?? {}, name, meet);
  } else if (isObject(value)) {
    for (const [property, described] of Object.entries(at.properties ?? {})) {
      const inner = value[property];
      if (inner !== undefined) walk(inner, described, `${name}.${property}`, meet);
    }
  }
}

function definition(name: string): Schema {
  const found = schema.definitions?.[name];
  if (found === undefined) throw new Error(`the schema does not define ${name}`);
  return found;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isObject(value: Json): value is Readonly<Record<string, Json>> {
  return typeof value === 'object' && value !== null && !isList(value);
}

/** The properties and words in the documents of the samples and of the rarities, and the properties that they lack. */
function census() {
  const there = new Set<string>();
  const lacking = new Set<string>();
  const everything = documentOf(...samples.values(), shownText(RARITIES));
  walk(everything, schema, 'document', (value, at, name) => {
    for (const word of at.enum ?? [])
      if (word === value) there.add(`${name}: ${JSON.stringify(word)}`);
    if (!isObject(value)) return;
    for (const property of Object.keys(at.properties ?? {})) {
      (Object.hasOwn(value, property) ? there : lacking).add(`${name}.${property}`);
    }
  });
  return { there, lacking };
}

/** The names in the schema: properties that `wanted` picks, and words of enumerations. */
function namesIn(
  at: Schema,
  name: string,
  wanted: (property: string, at: Schema) => boolean,
): string[] {
  const properties = Object.entries(at.properties ?? {}).flatMap(([property, inner]) => [
    ...(wanted(property, at) ? [`${name}.${property}`] : []),
    ...namesIn(inner, `${name}.${property}`, wanted),
  ]);
  const definitions = Object.entries(at.definitions ?? {}).flatMap(([each, inner]) =>
    namesIn(inner, each, wanted),
  );
  return [...properties, ...definitions];
}

function wordsIn(at: Schema, name: string): string[] {
  const inner = [
    ...Object.entries(at.properties ?? {}).map(([each, of]) => [`${name}.${each}`, of] as const),
    ...Object.entries(at.definitions ?? {}),
  ];
  return [
    ...(at.enum ?? []).map((word) => `${name}: ${JSON.stringify(word)}`),
    ...inner.flatMap(([each, of]) => wordsIn(of, each)),
  ];
}

test('documents have everything that the schema has, and lack only what it does not require', () => {
  const { there, lacking } = census();
  const all = [...namesIn(schema, 'document', () => true), ...wordsIn(schema, 'document')];
  expect(all.length).toBeGreaterThan(100);
  expect([...there].sort()).toEqual(all.sort());
  const optional = namesIn(schema, 'document', (each, at) => at.required?.includes(each) !== true);
  expect([...lacking].sort()).toEqual(optional.sort());
});

test('the schema takes nothing else', () => {
  const objects = [schema, ...Object.values(schema.definitions ?? {})].filter(
    ({ properties }) => properties !== undefined,
  );
  expect(objects.length).toBeGreaterThan(20);
  for (const each of objects) expect(each.additionalProperties).toBe(false);
  expect(isModel({ version: 1, inputs: [], more: 1 })).toBe(false);
  expect(isModel({ version: 2, inputs: [] })).toBe(false);
});

interface Found {
  readonly inputs: readonly {
    readonly classes: readonly {
      readonly name: string;
      readonly superclass?: string;
      readonly role?: string;
      readonly qualifiers: readonly { readonly name: string; readonly value: Json }[];
    }[];
    readonly blocks: readonly {
      readonly data: {
        readonly items: readonly {
          readonly name: string;
          readonly place: Json;
          readonly documentation: Json;
        }[];
      };
    }[];
  }[];
}

test('integers that a reader would round are strings of digits', () => {
  const { inputs } = documentOf(shownText(RARITIES)) as unknown as Found;
  const [input] = inputs;
  expect(input?.classes[0]?.qualifiers.map(({ name, value }) => [name, value])).toEqual([
    ['Odd', { integer: '18446744073709551615' }],
    ['Real', 1.5],
    ['Unknown', 'SOME_MACRO'],
    ['Nothing', null],
    ['Listed', [{ integer: '-9223372036854775808' }, 1]],
  ]);
  expect(input?.blocks[0]?.data.items[0]?.documentation).toEqual({
    displayName: 'Shown',
    minimum: 0,
    maximum: '18446744073709551615',
    values: [
      { label: 'few', text: '0..9' },
      { label: 'many', value: '18446744073709551615', text: '18446744073709551615' },
    ],
    bits: [],
  });
});

test('classes without a layout are there, and have no role', () => {
  const { inputs } = documentOf(shownText(RARITIES)) as unknown as Found;
  expect(inputs[0]?.classes.map(({ name, superclass, role }) => [name, superclass, role])).toEqual([
    ['Plain', '__Event', undefined],
    ['Rare', undefined, 'dataBlock'],
  ]);
});

test('a place is that of the written text; the text of a macro is at its use', () => {
  const text = `#define ITEM [WmiDataId(1), read] uint32 One
[WMI, Dynamic, Provider("WmiProv"), guid("{5b3a5e0c-7a0d-4d2a-9f5b-0c6f1f0d7a11}")] class A {
[key, read] string InstanceName; [read] boolean Active;
ITEM; [WmiDataId(2), read] uint32 Two; };`;
  const { inputs } = documentOf(shownText(text, 'dir/a.mof')) as unknown as Found;
  expect(inputs[0]?.blocks[0]?.data.items.map(({ name, place }) => [name, place])).toEqual([
    ['One', { file: 'dir/a.mof', line: 4, column: 1 }],
    ['Two', { file: 'dir/a.mof', line: 4, column: 35 }],
  ]);
});

test('with any texts, the document is valid, safe to print and equal to the model', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (text) => {
      const literal = text.replace(/[^ !#-[\]-~]/g, (unit) =>
        Array.from(
          { length: unit.length },
          (_, index) => `\\x${unit.charCodeAt(index).toString(16).padStart(4, '0')}`,
        ).join(''),
      );
      const json = showJson([shownText(`[Odd("${literal}")] class A {};`)]);
      const document = JSON.parse(json) as Json;
      expectValid(document);
      expect(json.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      const { inputs } = document as unknown as Found;
      expect(inputs[0]?.classes[0]?.qualifiers[0]?.value).toBe(text);
    }),
  );
});
