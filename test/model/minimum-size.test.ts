// No valid encoding of a record is shorter than minimumSize. Checked against encodings of random contents.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type WireRecord, type WireType } from '../../src/model/model.js';
import { blockNamed, items, modelOf, structure } from './resolve-text.js';
import { runs } from '../effort.js';

const SCALARS = ['uint8', 'uint16', 'uint32', 'uint64', 'datetime', 'boolean'];

interface Member {
  readonly type: string;
  readonly suffix: string;
}

/** A member of structure `index`; types from S0 on are the structures before it. */
function member(index: number): fc.Arbitrary<Member> {
  const structures = Array.from({ length: index }, (_, number) => `S${number}`);
  return fc.record({
    type: fc.constantFrom(...SCALARS, 'string', 'bounded', ...structures, ...structures),
    suffix: fc.constantFrom('', '', '[2]', '[3]', '[]'),
  });
}

const program = fc.tuple(
  ...[0, 1, 2].map((index) => fc.array(member(index), { minLength: 1, maxLength: 4 })),
);

function mofText(structures: readonly (readonly Member[])[]): string {
  return structures
    .map((members, index) =>
      structure(
        `S${index}`,
        items(
          'uint8 N',
          ...members.map(({ type, suffix }, place) => {
            const qualifiers = [
              ...(type === 'bounded' ? ['MaxLen(3)'] : []),
              ...(suffix === '[]' ? ['WmiSizeIs("N")'] : []),
            ].join(', ');
            const name = `${type === 'bounded' ? 'string' : type} M${place}${suffix}`;
            return qualifiers === '' ? name : `[${qualifiers}] ${name}`;
          }),
        ),
      ),
    )
    .join('');
}

/** The state of a reader: bytes read, and the alignment of the last structure, which applies before the next item. */
interface Cursor {
  at: number;
  due: number;
}

/** Returns the length of one encoding, with contents from `choose`. */
function lengthOf(record: WireRecord, choose: (most: number) => number): number {
  const cursor: Cursor = { at: 0, due: 1 };
  walk(record, cursor, choose);
  return cursor.at;
}

function walk(record: WireRecord, cursor: Cursor, choose: (most: number) => number): void {
  for (const { count, type, layout } of record.items) {
    const length = count.kind === 'scalar' ? 1 : count.kind === 'fixed' ? count.length : choose(3);
    for (let index = 0; index < length; index += 1) {
      while (cursor.at % cursor.due !== 0 || cursor.at % layout.alignment !== 0) cursor.at += 1;
      cursor.due = 1;
      walkElement(type, cursor, choose);
    }
  }
}

function walkElement(type: WireType, cursor: Cursor, choose: (most: number) => number): void {
  switch (type.kind) {
    case 'boolean':
      cursor.at += 1;
      return;
    case 'integer':
      cursor.at += type.bits / 8;
      return;
    case 'char16':
      cursor.at += 2;
      return;
    case 'datetime':
      cursor.at += 50;
      return;
    case 'string':
      cursor.at += 2 + 2 * choose(type.maxLength ?? 5);
      return;
    case 'structure': {
      const { layout } = type.structure.data;
      if (layout.kind === 'fixed') {
        cursor.at += layout.paddedSize ?? NaN;
        return;
      }
      walk(type.structure.data, cursor, choose);
      if (layout.kind === 'bounded') cursor.due = layout.alignment;
      return;
    }
    default:
      throw new Error(`unknown type ${type satisfies never as string}`);
  }
}

test('no encoding is shorter than minimumSize', () => {
  fc.assert(
    fc.property(program, fc.infiniteStream(fc.nat(100)), (structures, contents) => {
      const model = modelOf(mofText(structures));
      structures.forEach((_, index) => {
        const { data } = blockNamed(model, `S${index}`);
        const length = lengthOf(data, (most) => Number(contents.next().value) % (most + 1));
        expect(length).toBeGreaterThanOrEqual(data.layout.minimumSize);
      });
    }),
    { numRuns: runs(500) },
  );
});

/** Whether an item ends in a structure whose padding depends on the next item: there minimumSize is smaller. */
function leavesPaddingOpen({ items: all }: WireRecord): boolean {
  return all.some(({ type }) => {
    if (type.kind !== 'structure') return false;
    const { data } = type.structure;
    // Arrays that may be empty do not count as the end.
    const last = data.items.findLast(
      ({ count }) => count.kind !== 'sizedBy' && count.kind !== 'rest',
    );
    const isOpen = data.layout.kind === 'variable' && last?.type.kind === 'structure';
    return isOpen || leavesPaddingOpen(data);
  });
}

test('minimumSize is reached by empty contents where no padding is left open, also of structures in structures', () => {
  let nested = 0;
  fc.assert(
    fc.property(program, (structures) => {
      const model = modelOf(mofText(structures));
      structures.forEach((members, index) => {
        const { data } = blockNamed(model, `S${index}`);
        if (leavesPaddingOpen(data)) return;
        if (members.some(({ type }) => type.startsWith('S'))) nested += 1;
        expect(lengthOf(data, () => 0)).toBe(data.layout.minimumSize);
      });
    }),
    { numRuns: runs(1000) },
  );
  expect(nested).toBeGreaterThan(runs(1000) / 5);
});

test.each<[rule: string, declarations: string[], want: number]>([
  ['fixed items end without tail padding', ['uint32 A', 'uint8 B'], 5],
  ['a string is its count', ['string A'], 2],
  ['a string with MaxLen is its count too', ['[MaxLen(9)] string A'], 2],
  [
    'an empty array has no bytes, nor has the padding before it',
    ['uint8 N', '[WmiSizeIs("N")] uint64 A[]'],
    1,
  ],
  ['what follows a string is aligned for itself', ['string A', 'uint32 B'], 8],
  ['fixed structures are padded, also at the end', ['Padded A[2]'], 16],
  ['bounded structures are padded between each other, not at the end', ['Bounded A[2]'], 14],
  ['a bounded structure is padded before what follows', ['Bounded A', 'uint8 B'], 9],
  ['variable structures follow each other aligned', ['Variable A[2]'], 14],
  ['a variable structure is not padded before what follows', ['Variable A', 'uint8 B'], 7],
])('minimumSize: %s', (_rule, declarations, want) => {
  const text =
    structure('Padded', items('uint32 A', 'uint8 B')) +
    structure('Bounded', items('uint32 A', '[MaxLen(4)] string B')) +
    structure('Variable', items('uint32 A', 'string B')) +
    structure('Record', items(...declarations));
  expect(blockNamed(modelOf(text), 'Record').data.layout.minimumSize).toBe(want);
});

test('a class that may be empty takes no bytes, not even for the padding before it', () => {
  const empty = structure('E', items('uint32 A[]'));
  const least = (mof: string): number => blockNamed(modelOf(mof), 'S').data.layout.minimumSize;
  expect(least(`${empty}${structure('S', items('uint8 N', 'E M'))}`)).toBe(1);
});
