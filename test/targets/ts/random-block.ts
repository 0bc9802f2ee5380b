/**
 * Random data blocks and random values for them: MOF text that uses every type, and what a provider may hold.
 *
 * Bytes are in reference-codec.ts.
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
  readonly counterAccess: Item['access'];
  /** At the end of a record that may end so: a class that itself ends in an array without a length. */
  readonly endsInOpenClass: boolean;
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
    counterAccess: fc.constantFrom('read-only', 'read-only', 'read-write', 'write-only'),
    endsInOpenClass: fc.boolean(),
    gap: fc.constantFrom(1, 1, 1, 2, 7),
  });
}

const drafts = (levels: number): fc.Arbitrary<readonly Draft[]> =>
  fc.array(draft(levels), { minLength: 1, maxLength: 5 });

interface Ending {
  /** Whether the record may end in an array without a length, and in a class that does. */
  readonly open: boolean;
  readonly openClass?: Structure;
}

const CLOSED: Ending = { open: false };

/** Completes drafts: counters before arrays, arrays without a length at the end only. */
function settle(
  these: readonly Draft[],
  structures: readonly Structure[],
  ending: Ending,
  prefix: string,
): Item[] {
  const items: Item[] = [];
  let id = 0;
  let counter: string | undefined;
  for (const [index, each] of these.entries()) {
    const { element: wanted } = each;
    const structure = wanted.kind === 'embedded' ? structures[wanted.level] : undefined;
    let element: Element =
      wanted.kind !== 'embedded'
        ? wanted
        : structure === undefined
          ? { kind: 'boolean' }
          : { kind: 'structure', structure };
    let count: Count = { kind: 'one' };
    const mayBeOpen = ending.open && index === these.length - 1;
    if (mayBeOpen && each.endsInOpenClass && ending.openClass !== undefined) {
      element = { kind: 'structure', structure: ending.openClass };
    } else if (each.count === 'rest' && mayBeOpen) count = { kind: 'rest' };
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
          access: each.counterAccess,
        });
      }
      count = { kind: 'sizedBy', item: counter };
    }
    id += each.gap;
    items.push({ name: `${prefix}P${id}`, id, element, count, access: each.access });
  }
  return items;
}

/** How the last parameter of a method is both input and output, and an array whose length may differ. */
type OpenBoth = 'none' | 'open' | 'counted by the input';

/**
 * The parameters of a method. Those that are `[in, out]` come first, but for an array that takes the rest of the output:
 * it is the last parameter, and may have its length from one that is input alone.
 */
function parametersOf(
  inputs: readonly Draft[],
  outputs: readonly Draft[],
  both: readonly Draft[],
  openBoth: OpenBoth,
  structures: readonly Structure[],
  openClass: Structure,
): Pick<RandomMethod, 'input' | 'output'> {
  const ending: Ending = openBoth === 'none' ? { open: true, openClass } : CLOSED;
  const shared = settle(both, structures, CLOSED, 'Both');
  const input = [...shared, ...settle(inputs, structures, ending, 'I')];
  const output = [...shared, ...settle(outputs, structures, ending, 'O')];
  if (openBoth === 'none') return { input, output };
  const [{ element: wanted } = { element: { kind: 'boolean' } as const }] = outputs;
  const rest: Item = {
    name: 'TailBoth',
    id: 0,
    element: wanted.kind === 'embedded' ? { kind: 'integer', name: 'uint16' } : wanted,
    count: { kind: 'rest' },
    access: 'read-write',
  };
  if (openBoth === 'open') return { input: [...input, rest], output: [...output, rest] };
  const counter: Item = {
    name: 'TailCount',
    id: 0,
    element: { kind: 'integer', name: 'uint32' },
    count: { kind: 'one' },
    access: 'read-write',
  };
  const counted: Item = { ...rest, count: { kind: 'sizedBy', item: counter.name } };
  return { input: [...input, counter, counted], output: [...output, rest] };
}

const ELEMENTS: readonly Draft['element'][] = [
  { kind: 'integer', name: 'uint16' },
  { kind: 'boolean' },
  { kind: 'char16' },
  { kind: 'datetime' },
  { kind: 'string', maxLength: undefined },
  { kind: 'string', maxLength: 3 },
  { kind: 'embedded', level: 1 },
];
const COUNTS = ['one', 'fixed', 'sized', 'rest'] as const;
const ACCESSES = ['read-only', 'read-write', 'write-only'] as const;

/**
 * Makes the last item of the first blocks one of a form each: every element in every kind of array, then every access of a
 * count with every access of its array. Chance alone leaves some out.
 */
function withForm(these: readonly Draft[], index: number): readonly Draft[] {
  const last = these.at(-1);
  if (last === undefined) return these;
  const before = these.slice(0, -1);
  const element = ELEMENTS[index % ELEMENTS.length] ?? last.element;
  const count = COUNTS[Math.floor(index / ELEMENTS.length)];
  if (count !== undefined) return [...before, { ...last, element, count, endsInOpenClass: false }];
  const accesses = index - ELEMENTS.length * COUNTS.length;
  const counterAccess = ACCESSES[Math.floor(accesses / ACCESSES.length)];
  const access = ACCESSES[accesses % ACCESSES.length] ?? last.access;
  if (counterAccess === undefined) return these;
  const counted = { count: 'sized', sharesCounter: false, endsInOpenClass: false } as const;
  return [...before, { ...last, ...counted, counterAccess, access }];
}

/** A block, the structures it embeds up to two deep, and two methods; its index makes its names and its GUID. */
export const block: fc.Arbitrary<(index: number) => RandomBlock> = fc
  .record({
    inner: drafts(0),
    outer: drafts(1),
    items: drafts(2),
    open: drafts(0),
    both: fc.array(fc.array(draft(2), { maxLength: 3 }), { minLength: 2, maxLength: 2 }),
    openBoth: fc.array(
      fc.constantFrom<OpenBoth>('none', 'none', 'none', 'open', 'counted by the input'),
      { minLength: 2, maxLength: 2 },
    ),
    inputs: fc.array(drafts(2), { minLength: 2, maxLength: 2 }),
    outputs: fc.array(drafts(2), { minLength: 2, maxLength: 2 }),
  })
  .map((parts) => (index: number): RandomBlock => {
    const structures: Structure[] = [];
    for (const [level, these] of [parts.inner, parts.outer].entries()) {
      const name = `S${level}Of${index}`;
      structures.push({ name, items: settle(these, structures, CLOSED, '') });
    }
    const closed = [...structures];
    const openClass: Structure = {
      name: `S2Of${index}`,
      items: settle(
        parts.open.map((each) => ({
          ...each,
          count: each === parts.open.at(-1) ? 'rest' : each.count,
        })),
        [],
        { open: true },
        '',
      ),
    };
    structures.push(openClass);
    return {
      name: `B${index}`,
      guid: `0f0e0d0c-0b0a-4908-8706-${index.toString(16).padStart(12, '0')}`,
      structures,
      items: settle(withForm(parts.items, index), closed, { open: true, openClass }, ''),
      methods: [0, 1].map((number) => ({
        name: `M${number}`,
        id: 3 * number + 1,
        ...parametersOf(
          number === 0 ? withForm(parts.inputs[0] ?? [], index) : (parts.inputs[number] ?? []),
          number === 0 ? withForm(parts.outputs[0] ?? [], index) : (parts.outputs[number] ?? []),
          parts.both[number] ?? [],
          number === 0 ? 'none' : (parts.openBoth[number] ?? 'none'),
          closed,
          openClass,
        ),
      })),
    };
  });

/** The same blocks for the same seed. */
export function randomBlocks(howMany: number, seed: number): RandomBlock[] {
  return fc.sample(block, { numRuns: howMany, seed }).map((make, index) => make(index));
}

/** The forms that random blocks have to have among them, each with how to find it. */
export const FORMS: Readonly<Record<string, (block: RandomBlock) => boolean>> = {
  ...countForms('data', ({ items }) => items),
  ...countForms('input', ({ methods }) => methods.flatMap(({ input }) => input)),
  ...countForms('output', ({ methods }) => methods.flatMap(({ output }) => output)),
  'data: a class that ends in an array without a length': ({ items }) => items.some(endsOpen),
  'input: a class that ends in an array without a length': ({ methods }) =>
    methods.some(({ input }) => input.some(endsOpen)),
  'output: a class that ends in an array without a length': ({ methods }) =>
    methods.some(({ output }) => output.some(endsOpen)),
  ...bothForms(),
  ...counterForms(),
};

function elementName(element: Element): string {
  return element.kind === 'string' && element.maxLength !== undefined ? 'MaxLen' : element.kind;
}

/** Each kind of element in each kind of array. */
function countForms(where: string, itemsOf: (block: RandomBlock) => readonly Item[]) {
  const elements = ['integer', 'boolean', 'char16', 'datetime', 'string', 'MaxLen', 'structure'];
  const counts = ['one', 'fixed', 'sizedBy', 'rest'] as const;
  return Object.fromEntries(
    elements.flatMap((element) =>
      counts.map((kind) => [
        `${where}: ${element}, ${kind}`,
        (block: RandomBlock) =>
          itemsOf(block).some(
            (item) => elementName(item.element) === element && item.count.kind === kind,
          ),
      ]),
    ),
  );
}

function endsOpen({ element }: Item): boolean {
  return element.kind === 'structure' && element.structure.items.at(-1)?.count.kind === 'rest';
}

/** `[in, out]` parameters by their kind of array, and the way in which the last one is counted. */
function bothForms() {
  const has = (test: (method: RandomMethod) => boolean) => (block: RandomBlock) =>
    block.methods.some(test);
  const named = (items: readonly Item[], name: string) => items.find((item) => item.name === name);
  const tail = (inputCount: Count['kind']) =>
    has(({ input }) => named(input, 'TailBoth')?.count.kind === inputCount);
  return {
    'in-out: one': has(({ input }) => input.some(isBothWith('one'))),
    'in-out: fixed': has(({ input }) => input.some(isBothWith('fixed'))),
    'in-out: counted by an in-out parameter': has(({ input }) => input.some(isBothWith('sizedBy'))),
    'in-out: without a length': tail('rest'),
    'in-out: counted by an in parameter': tail('sizedBy'),
  };
}

function isBothWith(kind: Count['kind']) {
  return ({ name, count }: Item): boolean => name.startsWith('Both') && count.kind === kind;
}

/** Every access of a count with every access of its array. */
function counterForms() {
  const accesses = ['read-only', 'read-write', 'write-only'] as const;
  return Object.fromEntries(
    accesses.flatMap((ofCounter) =>
      accesses.map((ofArray) => [
        `data: a ${ofArray} array with a ${ofCounter} count`,
        ({ items }: RandomBlock) =>
          items.some(
            ({ count, access }) =>
              count.kind === 'sizedBy' &&
              access === ofArray &&
              items.find(({ name }) => name === count.item)?.access === ofCounter,
          ),
      ]),
    ),
  );
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

/** Properties are in the text in another order than their ids. */
function properties(items: readonly Item[]): string {
  const texts = items.map(
    (item) => `  ${declared(item, [`WmiDataId(${item.id})`, ACCESS[item.access]])};\n`,
  );
  const middle = Math.floor(texts.length / 2);
  return [...texts.slice(middle).reverse(), ...texts.slice(0, middle)].join('');
}

function methodText({ name, id, input, output }: RandomMethod): string {
  const isTail = (item: Item): boolean => item.name === 'TailBoth';
  const isBoth = (item: Item): boolean => item.name.startsWith('Both');
  const isOneWay = (item: Item): boolean => !isTail(item) && !isBoth(item);
  const parameters = [
    ...input.filter(isBoth).map((item) => declared(item, ['in', 'out'])),
    ...input.filter(isOneWay).map((item) => declared(item, ['in'])),
    ...output.filter(isOneWay).map((item) => declared(item, ['out'])),
    ...input.filter(isTail).map((item) => declared(item, ['in', 'out'])),
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

/** The number of elements of each counter. */
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
