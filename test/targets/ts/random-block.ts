/**
 * Random data blocks and random values for them: MOF text that uses every type, and what a provider may hold.
 *
 * It knows MOF and values, but neither mofgen's model nor bytes (those are reference-codec.ts).
 */
import fc from 'fast-check';
import { type Row } from './generated-module.js';

export const INTEGERS = {
  uint8: [0n, 2n ** 8n - 1n],
  sint8: [-(2n ** 7n), 2n ** 7n - 1n],
  uint16: [0n, 2n ** 16n - 1n],
  sint16: [-(2n ** 15n), 2n ** 15n - 1n],
  uint32: [0n, 2n ** 32n - 1n],
  sint32: [-(2n ** 31n), 2n ** 31n - 1n],
  uint64: [0n, 2n ** 64n - 1n],
  sint64: [-(2n ** 63n), 2n ** 63n - 1n],
} as const;

export type IntegerName = keyof typeof INTEGERS;

export type Element =
  | { readonly kind: 'integer'; readonly name: IntegerName }
  | { readonly kind: 'boolean' | 'char16' | 'datetime' }
  | { readonly kind: 'string'; readonly maxLength: number | undefined }
  | { readonly kind: 'structure'; readonly structure: Structure };

export interface Structure {
  readonly name: string;
  readonly items: readonly Item[];
}

export type Count =
  | { readonly kind: 'one' }
  | { readonly kind: 'fixed'; readonly length: number }
  | { readonly kind: 'sizedBy'; readonly item: string }
  | { readonly kind: 'rest' };

export interface Item {
  readonly name: string;
  readonly id: number;
  readonly element: Element;
  readonly count: Count;
  readonly access: 'read-only' | 'read-write' | 'write-only';
}

export interface RandomMethod {
  readonly name: string;
  readonly id: number;
  readonly input: readonly Item[];
  readonly output: readonly Item[];
}

export interface RandomBlock {
  readonly name: string;
  readonly guid: string;
  readonly structures: readonly Structure[];
  readonly items: readonly Item[];
  readonly methods: readonly RandomMethod[];
}

// --- Blocks ---------------------------------------------------------------------------------------------------------

const integerName = fc.constantFrom(...(Object.keys(INTEGERS) as IntegerName[]));

const simpleElement: fc.Arbitrary<Element> = fc.oneof(
  { weight: 4, arbitrary: integerName.map((name) => ({ kind: 'integer', name }) as const) },
  fc.constantFrom({ kind: 'boolean' }, { kind: 'char16' }, { kind: 'datetime' } as const),
  fc.constant({ kind: 'string', maxLength: undefined } as const),
  fc.integer({ min: 1, max: 6 }).map((maxLength) => ({ kind: 'string', maxLength }) as const),
);

interface Draft {
  readonly element: Element | { readonly kind: 'embedded'; readonly level: number };
  readonly count: 'one' | 'fixed' | 'sized' | 'rest';
  readonly length: number;
  readonly counter: IntegerName;
  readonly sharesCounter: boolean;
  readonly access: Item['access'];
  readonly counterIsWritable: boolean;
  readonly gap: number;
}

function draft(levels: number): fc.Arbitrary<Draft> {
  const embedded = fc.record({
    kind: fc.constant('embedded' as const),
    level: fc.integer({ min: 0, max: Math.max(0, levels - 1) }),
  });
  return fc.record({
    element:
      levels === 0 ? simpleElement : fc.oneof({ weight: 3, arbitrary: simpleElement }, embedded),
    count: fc.constantFrom('one', 'one', 'one', 'fixed', 'sized', 'rest'),
    length: fc.integer({ min: 1, max: 3 }),
    counter: integerName,
    sharesCounter: fc.boolean(),
    access: fc.constantFrom('read-only', 'read-write', 'read-write', 'write-only'),
    counterIsWritable: fc.boolean(),
    gap: fc.constantFrom(1, 1, 1, 2, 7),
  });
}

const drafts = (levels: number): fc.Arbitrary<readonly Draft[]> =>
  fc.array(draft(levels), { minLength: 1, maxLength: 5 });

/** Settles what drafts leave open: counters in front of arrays, arrays without a length at the end only. */
function settle(
  these: readonly Draft[],
  structures: readonly Structure[],
  mayEndOpen: boolean,
  prefix: string,
): Item[] {
  const items: Item[] = [];
  let id = 0;
  let counter: string | undefined;
  for (const [index, each] of these.entries()) {
    const { element: wanted } = each;
    const structure = wanted.kind === 'embedded' ? structures[wanted.level] : undefined;
    const element: Element =
      wanted.kind !== 'embedded'
        ? wanted
        : structure === undefined
          ? { kind: 'boolean' }
          : { kind: 'structure', structure };
    let count: Count = { kind: 'one' };
    if (each.count === 'rest' && mayEndOpen && index === these.length - 1) count = { kind: 'rest' };
    else if (each.count === 'fixed' || each.count === 'rest') {
      count = { kind: 'fixed', length: each.length };
    } else if (each.count === 'sized') {
      if (counter === undefined || !each.sharesCounter) {
        id += 1;
        counter = `${prefix}N${id}`;
        items.push({
          name: counter,
          id,
          element: { kind: 'integer', name: each.counter },
          count: { kind: 'one' },
          access: each.counterIsWritable ? 'read-write' : 'read-only',
        });
      }
      count = { kind: 'sizedBy', item: counter };
    }
    id += each.gap;
    items.push({ name: `${prefix}P${id}`, id, element, count, access: each.access });
  }
  return items;
}

/** A block, the structures it embeds up to two deep, and two methods; its index makes its names and its GUID. */
export const block: fc.Arbitrary<(index: number) => RandomBlock> = fc
  .record({
    inner: drafts(0),
    outer: drafts(1),
    items: drafts(2),
    both: fc.option(simpleElement),
    inputs: fc.array(drafts(2), { minLength: 2, maxLength: 2 }),
    outputs: fc.array(drafts(2), { minLength: 2, maxLength: 2 }),
  })
  .map((parts) => (index: number): RandomBlock => {
    const structures: Structure[] = [];
    for (const [level, these] of [parts.inner, parts.outer].entries()) {
      const name = `S${level}Of${index}`;
      structures.push({ name, items: settle(these, structures, false, '') });
    }
    const shared: Item[] =
      parts.both === null
        ? []
        : [
            {
              name: 'Both',
              id: 0,
              element: parts.both,
              count: { kind: 'one' },
              access: 'read-write',
            },
          ];
    const parameters = (these: readonly Draft[] = [], prefix = ''): readonly Item[] => [
      ...shared,
      ...settle(these, structures, true, prefix),
    ];
    return {
      name: `B${index}`,
      guid: `0f0e0d0c-0b0a-4908-8706-${index.toString(16).padStart(12, '0')}`,
      structures,
      items: settle(parts.items, structures, true, ''),
      methods: [0, 1].map((number) => ({
        name: `M${number}`,
        id: 3 * number + 1,
        input: parameters(parts.inputs[number], 'I'),
        output: parameters(parts.outputs[number], 'O'),
      })),
    };
  });

/** The same blocks for the same seed. */
export function randomBlocks(howMany: number, seed: number): RandomBlock[] {
  return fc.sample(block, { numRuns: howMany, seed }).map((make, index) => make(index));
}

// --- MOF text -------------------------------------------------------------------------------------------------------

const ACCESS = { 'read-only': 'read', 'read-write': 'read, write', 'write-only': 'write' } as const;

function declared({ name, element, count }: Item, qualifiers: readonly string[]): string {
  const all = [
    ...qualifiers,
    ...(element.kind === 'string' && element.maxLength !== undefined
      ? [`MaxLen(${element.maxLength})`]
      : []),
    ...(count.kind === 'sizedBy' ? [`WmiSizeIs("${count.item}")`] : []),
  ];
  const type =
    element.kind === 'structure'
      ? element.structure.name
      : element.kind === 'integer'
        ? element.name
        : element.kind;
  const suffix = count.kind === 'one' ? '' : count.kind === 'fixed' ? `[${count.length}]` : '[]';
  return `[${all.join(', ')}] ${type} ${name}${suffix}`;
}

/** Properties stand in the text in another order than their ids. */
function properties(items: readonly Item[]): string {
  const texts = items.map(
    (item) => `  ${declared(item, [`WmiDataId(${item.id})`, ACCESS[item.access]])};\n`,
  );
  const middle = Math.floor(texts.length / 2);
  return [...texts.slice(middle).reverse(), ...texts.slice(0, middle)].join('');
}

function methodText({ name, id, input, output }: RandomMethod): string {
  const isBoth = (item: Item): boolean => item.name === 'Both';
  const parameters = [
    ...input.filter(isBoth).map((item) => declared(item, ['in', 'out'])),
    ...input.filter((item) => !isBoth(item)).map((item) => declared(item, ['in'])),
    ...output.filter((item) => !isBoth(item)).map((item) => declared(item, ['out'])),
  ];
  return `  [Implemented, WmiMethodId(${id})] void ${name}(${parameters.join(', ')});\n`;
}

/** One MOF file with all the blocks. */
export function mofText(blocks: readonly RandomBlock[]): string {
  return blocks
    .map(({ name, guid, structures, items, methods }) => {
      const embedded = structures.map(
        (each, level) =>
          `[WMI, guid("{${guid.replace(/^0f/, `${level + 1}f`)}}")] class ${each.name} {\n${properties(each.items)}};\n`,
      );
      const body = `${properties(items)}${methods.map(methodText).join('')}`;
      return `${embedded.join('')}[WMI, Dynamic, Provider("WMIProv"), guid("{${guid}}")] class ${name} {
  [key, read] string InstanceName; [read] boolean Active;\n${body}};\n`;
    })
    .join('');
}

// --- Values ---------------------------------------------------------------------------------------------------------

const utf16 = fc.integer({ min: 0, max: 0xffff });

const text = (limits: fc.ArrayConstraints): fc.Arbitrary<string> =>
  fc.array(utf16, limits).map((units) => String.fromCharCode(...units));

function elementValue(element: Element): fc.Arbitrary<unknown> {
  switch (element.kind) {
    case 'boolean':
      return fc.boolean();
    case 'char16':
      return utf16;
    case 'datetime':
      return text({ minLength: 25, maxLength: 25 });
    case 'string':
      // NULs at the end are padding, so a value that comes back has none.
      return text({ maxLength: element.maxLength ?? 8 }).map((each) => each.replace(/\0+$/, ''));
    case 'integer': {
      const [min, max] = INTEGERS[element.name];
      const value = fc.bigInt({ min, max });
      return element.name.endsWith('64') ? value : value.map(Number);
    }
    case 'structure':
      return lengthsOf(element.structure.items).chain((lengths) =>
        valueOf(element.structure.items, lengths),
      );
    default:
      throw new Error(`no value for ${element satisfies never as string}`);
  }
}

type Lengths = Readonly<Record<string, number>>;

/** How many elements each counter stands for. */
export function lengthsOf(items: readonly Item[]): fc.Arbitrary<Lengths> {
  const counters = items.flatMap(({ count }) => (count.kind === 'sizedBy' ? [count.item] : []));
  return fc.record(
    Object.fromEntries(counters.map((name) => [name, fc.integer({ min: 0, max: 4 })])),
  );
}

/** Values for the items, whose counters and arrays agree. */
export function valueOf(items: readonly Item[], lengths: Lengths): fc.Arbitrary<Row> {
  return fc.record(
    Object.fromEntries(items.map((item) => [item.name, itemValue(item, lengths)] as const)),
  );
}

function itemValue(item: Item, lengths: Lengths): fc.Arbitrary<unknown> {
  const { element, count, name } = item;
  const counted = lengths[name];
  if (counted !== undefined && element.kind === 'integer') {
    return fc.constant(element.name.endsWith('64') ? BigInt(counted) : counted);
  }
  const value = elementValue(element);
  if (count.kind === 'one') return value;
  const length =
    count.kind === 'fixed'
      ? count.length
      : count.kind === 'sizedBy'
        ? (lengths[count.item] ?? 0)
        : undefined;
  const values = fc.array(
    value,
    length === undefined ? { maxLength: 4 } : { minLength: length, maxLength: length },
  );
  return element.kind === 'integer' && element.name === 'uint8'
    ? values.map((bytes) => Uint8Array.from(bytes as number[]))
    : values;
}

/** Two values of which the second is half of the time as long as the first, so that either may replace the other. */
export function twoValues(items: readonly Item[]): fc.Arbitrary<readonly [Row, Row]> {
  return fc
    .tuple(lengthsOf(items), lengthsOf(items), fc.boolean())
    .chain(([first, second, same]) =>
      fc.tuple(valueOf(items, first), valueOf(items, same ? first : second)),
    );
}
