// `show --json` reads each field that models have: a field that the document lacks fails here by its name.
import { expect, test } from 'vitest';
import { showJson } from '../../src/show/model-document.js';
import { RARITIES, samples, shownText } from './all-forms.js';

/** Fields that the document leaves out, each with the reason. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'model.errors': 'a faulty text has no document',
  'blocks.choices': 'what a driver in C does, and not what consumers see',
  'blocks.qualifiers': 'the class has its own; those of its bases are theirs',
  'entries.propagation': 'what the flavors mean',
  'qualifiers.index': 'how a name is looked up',
  'qualifiers.names': 'how a name is looked up',
  'placeholders.macro': 'a part of the words',
};

/** What an object is, by the key that leads to it. */
function labelOf(owner: string, key: string): string {
  switch (key) {
    case 'structure':
      return 'blocks';
    case 'class':
      return 'classes';
    case 'input':
    case 'output':
      return 'data';
    // Classes and blocks, records and items have fields of these names that differ.
    case 'layout':
    case 'methods':
    case 'parameters':
      return `${owner}.${key}`;
    default:
      return key;
  }
}

/** Places have texts and trees, and the others are left out as a whole. */
const WHOLE = ['location', 'propagation', 'errors', 'choices'];

function isWalked(key: string, value: unknown): value is object {
  return typeof value === 'object' && value !== null && !WHOLE.includes(key);
}

/** The names of all fields of a model, such as `items.layout.offset`. */
function fieldsOf(value: object, label: string, seen = new Set<object>()): string[] {
  if (seen.has(value)) return [];
  seen.add(value);
  if (Array.isArray(value)) {
    return value.flatMap((each: unknown) =>
      isWalked('', each) ? fieldsOf(each, label, seen) : [],
    );
  }
  return Object.entries(value).flatMap(([key, member]) => [
    `${label}.${key}`,
    ...(isWalked(key, member) ? fieldsOf(member, labelOf(label, key), seen) : []),
  ]);
}

/** A model that notes which of its fields are read. One object has one proxy, so that it stays the same. */
function noting<T extends object>(
  value: T,
  label: string,
  read: Set<string>,
  proxies = new WeakMap<object, object>(),
): T {
  const known = proxies.get(value);
  if (known !== undefined) return known as T;
  const proxy = new Proxy(value, {
    get(target, key) {
      const member: unknown = Reflect.get(target, key);
      if (typeof key === 'symbol') return member;
      const isList = Array.isArray(target);
      if (!isList) read.add(`${label}.${key}`);
      // The methods of lists call back with what they get from the proxy.
      if (!isWalked(key, member)) return member;
      return noting(member, isList ? label : labelOf(label, key), read, proxies);
    },
  });
  proxies.set(value, proxy);
  return proxy;
}

test('the document reads each field of the models', () => {
  const read = new Set<string>();
  const fields = new Set<string>();
  for (const input of [...samples.values(), shownText(RARITIES)]) {
    const expected = showJson([input]);
    expect(showJson([{ ...input, model: noting(input.model, 'model', read) }])).toBe(expected);
    for (const field of fieldsOf(input.model, 'model')) fields.add(field);
  }
  expect(fields).toContain('items.layout.offset');
  expect([...fields].filter((field) => !read.has(field)).sort()).toEqual(
    Object.keys(LEFT_OUT).sort(),
  );
});

test('a field that it lacks is found', () => {
  const [input] = samples.values();
  if (input === undefined) throw new Error('there is no sample');
  const read = new Set<string>();
  const blocks = input.model.blocks.map((block) => ({ ...block, colour: 'red' }));
  showJson([{ ...input, model: noting({ ...input.model, blocks }, 'model', read) }]);
  const lacking = fieldsOf({ ...input.model, blocks }, 'model').filter((field) => !read.has(field));
  expect(lacking).toContain('blocks.colour');
});
