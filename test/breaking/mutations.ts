/**
 * Changes of a random block, each with the codes of the findings that it must give.
 */
import {
  INTEGERS,
  type Item,
  type RandomBlock,
  type RandomMethod,
} from '../targets/ts/random-block.js';

export interface Mutation {
  readonly name: string;
  /** Undefined where the change does not apply to the block. `pick` chooses one of several. */
  readonly apply: (block: RandomBlock, pick: Pick) => Mutant | undefined;
}

export interface Mutant {
  readonly block: RandomBlock;
  /** All codes that are found. */
  readonly wanted: readonly string[];
}

export type Pick = <T>(choices: readonly T[]) => T | undefined;

/** The names of items that are the count of others. */
function counters(items: readonly Item[]): ReadonlySet<string> {
  return new Set(items.flatMap(({ count }) => (count.kind === 'sizedBy' ? [count.item] : [])));
}

function changed(items: readonly Item[], item: Item, to: Item): readonly Item[] {
  return items.map((each) => (each === item ? to : each));
}

/** The same item with another integer type of the same kind of use; a counter may have any. */
function retyped(item: Item): Item | undefined {
  const { element } = item;
  if (element.kind !== 'integer') return undefined;
  const names = Object.keys(INTEGERS) as (keyof typeof INTEGERS)[];
  const next = names[(names.indexOf(element.name) + 3) % names.length];
  return next && { ...item, element: { kind: 'integer', name: next } };
}

function isOpen({ count, element }: Item): boolean {
  return (
    count.kind === 'rest' || (element.kind === 'structure' && element.structure.items.some(isOpen))
  );
}

function ofItem(
  name: string,
  code: string,
  choose: (items: readonly Item[]) => readonly Item[],
  change: (item: Item) => Item | undefined,
): Mutation {
  return {
    name,
    apply(block, pick) {
      const item = pick(choose(block.items));
      const to = item && change(item);
      if (item === undefined || to === undefined) return undefined;
      return { block: { ...block, items: changed(block.items, item, to) }, wanted: [code] };
    },
  };
}

function ofMethod(
  name: string,
  code: string | undefined,
  change: (method: RandomMethod) => RandomMethod | readonly RandomMethod[] | undefined,
): Mutation {
  return {
    name,
    apply(block, pick) {
      const method = pick(block.methods);
      const to = method && change(method);
      if (method === undefined || to === undefined) return undefined;
      const methods = block.methods.flatMap((each) => (each === method ? to : each));
      return { block: { ...block, methods }, wanted: code === undefined ? [] : [code] };
    },
  };
}

/** The input of a method without the parameters that are outputs as well. */
function inputOnly({ input }: RandomMethod): readonly Item[] {
  return input.filter((item) => !item.name.includes('Both') && !item.name.startsWith('Tail'));
}

const SMALLEST_ITEM: Item = {
  name: 'Added',
  id: 9999,
  element: { kind: 'integer', name: 'uint8' },
  count: { kind: 'one' },
  access: 'read-only',
};

export const MUTATIONS: readonly Mutation[] = [
  { name: 'nothing', apply: (block) => ({ block, wanted: [] }) },
  {
    name: 'another order in the text',
    apply: (block) => ({
      block: { ...block, items: block.items.toReversed(), methods: block.methods.toReversed() },
      wanted: [],
    }),
  },
  {
    name: 'another class name',
    apply: (block) => ({ block: { ...block, name: `${block.name}New` }, wanted: ['MOF6004'] }),
  },
  {
    name: 'another GUID',
    apply: (block) => ({
      block: { ...block, guid: block.guid.replace('-4908-', '-4909-') },
      wanted: ['MOF6002'],
    }),
  },
  {
    name: 'another class name and GUID',
    apply: (block) => ({
      block: { ...block, name: `${block.name}New`, guid: block.guid.replace('-4908-', '-4909-') },
      wanted: ['MOF6001'],
    }),
  },
  {
    name: 'other names of structures',
    apply: (block) => ({ block: renamedStructures(block), wanted: [] }),
  },
  ofItem('another type', 'MOF6104', (items) => items, retyped),
  ofItem(
    'another name',
    'MOF6102',
    (items) => items.filter(({ name }) => !counters(items).has(name)),
    (item) => ({ ...item, name: 'Renamed' }),
  ),
  ofItem(
    'another id, in the same order',
    'MOF6103',
    (items) => items.slice(-1),
    (item) => ({ ...item, id: item.id + 100 }),
  ),
  ofItem(
    'another length',
    'MOF6104',
    (items) => items.filter(({ count }) => count.kind === 'fixed'),
    (item) => ({ ...item, count: { kind: 'fixed', length: 9 } }),
  ),
  ofItem(
    'write is lost',
    'MOF6106',
    (items) => items.filter(({ access }) => access === 'read-write'),
    (item) => ({ ...item, access: 'read-only' }),
  ),
  ofItem(
    'read is lost',
    'MOF6106',
    (items) => items.filter(({ access }) => access === 'read-write'),
    (item) => ({ ...item, access: 'write-only' }),
  ),
  {
    name: 'the last item is gone',
    apply(block) {
      const last = block.items.at(-1);
      if (block.items.length < 2 || last === undefined) return undefined;
      return { block: { ...block, items: block.items.slice(0, -1) }, wanted: ['MOF6101'] };
    },
  },
  {
    name: 'write is gained',
    apply(block, pick) {
      const item = pick(block.items.filter(({ access }) => access !== 'read-write'));
      if (item === undefined) return undefined;
      const items = changed(block.items, item, { ...item, access: 'read-write' });
      return { block: { ...block, items }, wanted: [] };
    },
  },
  {
    name: 'an item more, at the end',
    apply(block) {
      if (block.items.some(isOpen)) return undefined;
      const isSettable = block.items.some(({ access }) => access !== 'read-only');
      return {
        block: { ...block, items: [...block.items, SMALLEST_ITEM] },
        wanted: [isSettable ? 'MOF6108' : 'MOF6107'],
      };
    },
  },
  ofMethod('a method that is gone', 'MOF6201', () => []),
  ofMethod('another method name', 'MOF6202', (method) => ({ ...method, name: 'Other' })),
  ofMethod('another method id', 'MOF6203', (method) => ({ ...method, id: method.id + 100 })),
  ofMethod('one method more', undefined, (method) => [
    method,
    { ...method, name: 'Other', id: method.id + 100 },
  ]),
  ofMethod('another type of a parameter', 'MOF6204', (method) => {
    const item = inputOnly(method).find((each) => retyped(each) !== undefined);
    const to = item && retyped(item);
    return item && to && { ...method, input: changed(method.input, item, to) };
  }),
  ofMethod('a parameter less', 'MOF6204', (method) => {
    const last = method.input.at(-1);
    return last === undefined || !inputOnly(method).includes(last)
      ? undefined
      : { ...method, input: method.input.slice(0, -1) };
  }),
  ofMethod('a parameter more', 'MOF6204', (method) => {
    const isEmpty = method.output.length === 0;
    return method.output.some(isOpen) || isEmpty
      ? undefined
      : { ...method, output: [...method.output, SMALLEST_ITEM] };
  }),
];

function renamedStructures(block: RandomBlock): RandomBlock {
  return withStructures(block, (structure) => ({ ...structure, name: `${structure.name}New` }));
}

type Structure = RandomBlock['structures'][number];

/** The block with other structures, wherever they are embedded. */
export function withStructures(
  block: RandomBlock,
  change: (structure: Structure) => Structure,
): RandomBlock {
  const done = new Map<Structure, Structure>();
  const item = (each: Item): Item =>
    each.element.kind === 'structure'
      ? { ...each, element: { kind: 'structure', structure: structure(each.element.structure) } }
      : each;
  const structure = (each: Structure): Structure => {
    const known = done.get(each);
    if (known !== undefined) return known;
    const made = change({ ...each, items: each.items.map(item) });
    done.set(each, made);
    return made;
  };
  return {
    ...block,
    structures: block.structures.map(structure),
    items: block.items.map(item),
    methods: block.methods.map((method) => ({
      ...method,
      input: method.input.map(item),
      output: method.output.map(item),
    })),
  };
}
