/**
 * Random blocks. A block compared with itself has no findings, and each mutation has its own. Layout errors are found where offsets of
 * old items change; without one, an old reader reads new data. Corpus files compared with themselves have no findings.
 */
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { analyze } from '../../src/analyze.js';
import { breakingChanges } from '../../src/breaking/breaking-changes.js';
import { hasErrors } from '../../src/diagnostics/diagnostic.js';
import { type Model, type WireRecord } from '../../src/model/model.js';
import { typeWords } from '../../src/show/wording.js';
import { corpus, corpusFiles, hasCorpus, includesBeside } from '../mof-files.js';
import { modelOf, resolveText } from '../model/resolve-text.js';
import { type Row } from '../targets/ts/generated-module.js';
import { decode, encode } from '../targets/ts/reference-codec.js';
import {
  block as randomBlock,
  type Item,
  lengthsOf,
  mofText,
  type RandomBlock,
  valueOf,
} from '../targets/ts/random-block.js';
import { MUTATIONS, type Pick, withStructures } from './mutations.js';
import '../property-seed.js';
import { runs } from '../effort.js';

const block = randomBlock.map((make) => make(1));
const number = fc.nat(1000);

function picking(at: number): Pick {
  return (choices) => choices[at % Math.max(1, choices.length)];
}

function codes(now: Model, before: Model): readonly string[] {
  return breakingChanges([{ now, before }]).map(({ code }) => code);
}

describe('each mutation gives its findings and no others', () => {
  const RUNS = runs(40);

  test.each(MUTATIONS)('$name', ({ apply }) => {
    let applied = 0;
    fc.assert(
      fc.property(block, number, (before, at) => {
        const mutant = apply(before, picking(at));
        if (mutant === undefined) return;
        applied += 1;
        const found = codes(modelOf(mofText([mutant.block])), modelOf(mofText([before])));
        expect([...new Set(found)]).toEqual(mutant.wanted);
      }),
      { numRuns: RUNS },
    );
    expect(applied).toBeGreaterThan(RUNS / 8);
  });
});

/** Offset and type of each scalar of a record, down to embedded classes; undefined where offsets vary. */
function leaves(record: WireRecord, start = 0, path = ''): readonly string[] | undefined {
  const found: string[] = [];
  for (const item of record.items) {
    const { offset, elementSize } = item.layout;
    if (item.layout.kind !== 'fixed' || offset === undefined || elementSize === undefined) {
      return undefined;
    }
    const length = item.count.kind === 'fixed' ? item.count.length : 1;
    for (let index = 0; index < length; index += 1) {
      const place = start + offset + index * elementSize;
      const name = `${path}/${item.name}${item.count.kind === 'fixed' ? `[${index} of ${length}]` : ''}`;
      if (item.type.kind === 'structure') {
        const inner = leaves(item.type.structure.data, place, name);
        if (inner === undefined) return undefined;
        found.push(...inner);
      } else found.push(`${name} ${typeWords(item)} @${place}`);
    }
  }
  return found;
}

/** Fixed-size items only, so that every offset is known. */
function fixedOnly(given: RandomBlock): RandomBlock {
  const fixed = (items: readonly Item[]) =>
    items.map((item): Item => {
      const isOpen = item.count.kind === 'rest' || item.count.kind === 'sizedBy';
      const isText = item.element.kind === 'string';
      return {
        ...item,
        ...(isOpen ? { count: { kind: 'fixed', length: 2 } } : {}),
        ...(isText ? { element: { kind: 'integer', name: 'uint16' } } : {}),
      };
    });
  const closed = withStructures({ ...given, methods: [] }, (each) => ({
    ...each,
    items: fixed(each.items),
  }));
  return { ...closed, items: fixed(closed.items) };
}

/** The same with a class embedded in a class embedded in the block, which is rare in random blocks. */
function embedding(given: RandomBlock, at: number): RandomBlock {
  const embed = (items: readonly Item[], structure: RandomBlock['structures'][number]) => {
    const counters = new Set(
      items.flatMap(({ count }) => (count.kind === 'sizedBy' ? [count.item] : [])),
    );
    const free = items.filter(({ name, count }) => !counters.has(name) && count.kind !== 'rest');
    const chosen = free[at % Math.max(1, free.length)];
    return items.map((item): Item =>
      item === chosen ? { ...item, element: { kind: 'structure', structure } } : item,
    );
  };
  const [inner, outer, open] = given.structures;
  if (inner === undefined || outer === undefined || open === undefined) return given;
  const whole = { ...outer, items: embed(outer.items, inner) };
  const structures = [inner, whole, open];
  const renewed = withStructures(given, (each) => (each.name === whole.name ? whole : each));
  return { ...renewed, structures, items: embed(renewed.items, at % 3 === 0 ? inner : whole) };
}

interface Edit {
  /** The block, or a class that it may embed. */
  readonly record: string;
  readonly kind: string;
  readonly at: number;
  readonly type: 'uint8' | 'uint16' | 'uint32' | 'uint64';
}

/** One change of one record. */
const changeOfRecord: fc.Arbitrary<Edit> = fc.record({
  record: fc.constantFrom('block', 'S0Of1', 'S1Of1'),
  kind: fc.constantFrom('append', 'insert', 'remove', 'retype', 'lengthen'),
  at: number,
  type: fc.constantFrom('uint8', 'uint16', 'uint32', 'uint64'),
});

function edited(items: readonly Item[], { kind, at, type }: Edit): readonly Item[] {
  const index = at % items.length;
  const chosen = items[index];
  if (chosen === undefined) return items;
  const added: Item = {
    name: 'Added',
    id: chosen.id - 1,
    element: { kind: 'integer', name: type },
    count: { kind: 'one' },
    access: 'read-only',
  };
  switch (kind) {
    case 'append':
      return [...items, { ...added, id: (items.at(-1)?.id ?? 0) + 1 }];
    case 'insert':
      return items.toSpliced(index, 0, added);
    case 'remove':
      return items.length > 1 ? items.toSpliced(index, 1) : items;
    case 'retype':
      return items.toSpliced(index, 1, { ...chosen, element: { kind: 'integer', name: type } });
    default:
      return items.toSpliced(index, 1, { ...chosen, count: { kind: 'fixed', length: 3 } });
  }
}

function editedIn(before: RandomBlock, change: Edit): RandomBlock {
  return change.record === 'block'
    ? { ...before, items: edited(before.items, change) }
    : withStructures(before, (each) =>
        each.name === change.record ? { ...each, items: edited(each.items, change) } : each,
      );
}

/** The same with room between ids, so that an item between two others changes no id. */
function renumbered(given: RandomBlock): RandomBlock {
  const twice = (items: readonly Item[]) => items.map((item) => ({ ...item, id: item.id * 2 }));
  const inner = withStructures(given, (each) => ({ ...each, items: twice(each.items) }));
  return { ...inner, items: twice(inner.items) };
}

test('a layout error is found exactly where an old item moved or is another one', () => {
  const seen = { broken: 0, kept: 0 };
  fc.assert(
    fc.property(block, changeOfRecord, (random, change) => {
      const before = renumbered(fixedOnly(embedding(random, change.at)));
      const old = modelOf(mofText([before]));
      const now = modelOf(mofText([editedIn(before, change)]));
      const dataOf = ({ blocks }: Model) => blocks.find(({ name }) => name === 'B1')?.data;
      const [oldData, nowData] = [dataOf(old), dataOf(now)];
      const oldLeaves = oldData && leaves(oldData);
      const nowLeaves = new Set(nowData && leaves(nowData));
      if (oldLeaves === undefined) throw new Error('a place is not known');
      const isKept = oldLeaves.every((each) => nowLeaves.has(each));
      seen[isKept ? 'kept' : 'broken'] += 1;
      const found = codes(now, old);
      expect({ isBroken: found.some((code) => /MOF610[1-5]/.test(code)), found }).toEqual({
        isBroken: !isKept,
        found,
      });
    }),
    { numRuns: runs(700) },
  );
  expect(Math.min(seen.broken, seen.kept)).toBeGreaterThan(runs(700) / 7);
});

/** The part of a value that an old consumer reads: the old items, down to embedded classes. */
function known(items: readonly Item[], row: Row): Row {
  return Object.fromEntries(items.map((item) => [item.name, knownOf(item, row[item.name])]));
}

function knownOf({ element, count }: Item, value: unknown): unknown {
  if (element.kind !== 'structure') return value;
  const { items } = element.structure;
  return count.kind === 'one'
    ? known(items, value as Row)
    : (value as readonly Row[]).map((each) => known(items, each));
}

test('where no layout error is found, an old consumer reads what a new provider writes', () => {
  const seen = { compared: 0, changed: 0 };
  fc.assert(
    fc.property(block, changeOfRecord, number, (random, change, seed) => {
      const before = renumbered({ ...embedding(random, change.at), methods: [] });
      const after = editedIn(before, change);
      const now = validModel(after);
      fc.pre(now !== undefined);
      const found = codes(now, modelOf(mofText([before])));
      if (found.some((code) => /MOF610[1-5]/.test(code))) return;
      seen.compared += 1;
      if (mofText([after]) !== mofText([before])) seen.changed += 1;
      const values = lengthsOf(after.items).chain((lengths) => valueOf(after.items, lengths));
      for (const value of fc.sample(values, { numRuns: 3, seed })) {
        const read = decode(before.items, encode(after.items, value));
        expect(read).toEqual(known(before.items, value));
      }
    }),
    { numRuns: runs(500) },
  );
  expect(Math.min(seen.compared, seen.changed)).toBeGreaterThan(runs(500) / 10);
});

/** Undefined where the change leaves no valid text, such as an array without its count. */
function validModel(given: RandomBlock): Model | undefined {
  const { value, diagnostics } = resolveText(mofText([given]));
  return hasErrors(diagnostics) ? undefined : value;
}

describe.runIf(hasCorpus)('corpus files compared with themselves have no findings', () => {
  const files = corpusFiles('windows-driver-samples', 'linux-firmware');
  const modelIn = (path: string) => analyze(readFileSync(path), path, includesBeside()).partial;

  test.each(files.map((path) => [relative(corpus, path), path]))('%s', (_name, path) => {
    expect(codes(modelIn(path), modelIn(path))).toEqual([]);
  });

  test('most of them have blocks to compare', () => {
    const filled = files.filter((path) => modelIn(path).blocks.some(({ guid }) => guid));
    expect(filled.length).toBeGreaterThan(files.length / 2);
  });
});
