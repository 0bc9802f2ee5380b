// Every qualifier of the table is in a MOF text of a test, is read by code, and has its type and places checked.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Place, QUALIFIERS } from '../../src/model/qualifiers.js';
import { samples } from '../mof-files.js';
import { resolveText } from './resolve-text.js';

const textsOf = (folders: readonly string[], but = ''): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .map((name) => join(folder, name))
      .filter((path) => path.endsWith('.ts') && path !== but)
      .map((path) => readFileSync(path, 'utf8')),
  );

const tests = textsOf(['test/model', 'test/diagnostics', 'test/targets']);
const sources = textsOf(
  ['src/model', 'src/targets', 'src/show', 'src/breaking'],
  join('src/model', 'qualifiers.ts'),
);

const names = Object.keys(QUALIFIERS);

/** The qualifier between brackets or commas, as in MOF. */
const useOf = (name: string) => new RegExp(String.raw`[[,{]\s*${name}\s*[,\](:{]`, 'i');

test.each(names)('a MOF text of a test has %s', (name) => {
  const advice = `no text in test/model, test/diagnostics or test/targets has ${name}: add a row in test/model/faults`;
  expect(tests.some((text) => useOf(name).test(text)) ? '' : advice).toBe('');
});

/** Those that only say something to other programs: their types and places are checked, and nothing else. */
const WITHOUT_EFFECT = ['WmiEnum', 'WmiExpense'];

test.each(names.filter((name) => !WITHOUT_EFFECT.includes(name)))('code reads %s', (name) => {
  const use = new RegExp(String.raw`['"\`]${name}['"\`]`);
  const advice = `${name} is a row of QUALIFIERS, and no code in src reads it`;
  expect(sources.some((text) => use.test(text)) ? '' : advice).toBe('');
});

const sampleTexts = samples.map(({ path }) => readFileSync(path, 'utf8'));

/** Those that change nothing of what a target emits for the samples. */
const NOT_IN_SAMPLES = [
  ...WITHOUT_EFFECT,
  ...['Static', 'WmiEventRate', 'WmiEventTrigger', 'WmiTimeStamp'],
];

test.each(names.filter((name) => !NOT_IN_SAMPLES.includes(name)))('a sample has %s', (name) => {
  const advice = `no sample has ${name}: add it to one, and run npm run samples`;
  expect(sampleTexts.some((text) => useOf(name).test(text)) ? '' : advice).toBe('');
});

const rows = Object.entries(QUALIFIERS).map(([name, row]) => ({ name, ...row }));

/** A value that is not of the type. */
const WRONG = { boolean: '"x"', integer: '"x"', string: '5', strings: 'TRUE' } as const;

/** The qualifiers of each place in a block without faults. */
const USUAL: Readonly<Record<Place, Readonly<Record<string, string>>>> = {
  class: {
    WMI: '',
    Dynamic: '',
    Provider: '("WMIProv")',
    Guid: '("{11111111-1111-1111-1111-111111111111}")',
  },
  property: { WmiDataId: '(1)', read: '' },
  method: { WmiMethodId: '(1)', Implemented: '' },
  parameter: { in: '' },
};

function textWith(place: Place, name: string, value: string): string {
  const listOf = (where: Place) => {
    const own = Object.entries(USUAL[where]).filter(
      ([each]) => where !== place || each.toLowerCase() !== name.toLowerCase(),
    );
    const added = where === place ? [[name, value] as const] : [];
    return `[${[...own, ...added].map(([each, argument]) => `${each}${argument}`).join(', ')}]`;
  };
  return `${listOf('class')} class Data { [key, read] string InstanceName; [read] boolean Active;
    ${listOf('property')} uint32 A; ${listOf('method')} void F(${listOf('parameter')} uint32 P); };`;
}

const codesOf = (text: string) => resolveText(text).diagnostics.map(({ code }) => code);

test.each(
  rows.flatMap((row) => (row.value === 'any' ? [] : [{ ...row, wrong: WRONG[row.value] }])),
)('$name($wrong) has a value of the wrong type', ({ name, places, wrong }) => {
  expect(codesOf(textWith(places[0] ?? 'class', name, `(${wrong})`))).toContain('MOF2101');
});

const PLACES: readonly Place[] = ['class', 'property', 'method', 'parameter'];

test.each(
  rows.flatMap(({ name, places }) =>
    PLACES.filter((place) => !(places as readonly Place[]).includes(place)).map((place) => ({
      name,
      place,
    })),
  ),
)('$name is not for a $place', ({ name, place }) => {
  expect(codesOf(textWith(place, name, ''))).toContain('MOF2102');
});
